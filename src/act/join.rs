//! Joining a project: a colleague, or a person's second device, gets the tag that signs what they write.

use crate::diagnostic::{Result, fault};
use crate::id::is_tag;
use crate::project::Project;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What joining came to.
#[derive(Debug, Clone)]
pub struct Joined {
    pub tag: String,
    /// The file that keeps the tag.
    pub config: PathBuf,
    /// The stream this device goes on writing; `None`: a new one begins with the first act.
    pub stream: Option<String>,
    /// Tags that write here, with the number of their streams.
    pub others: BTreeMap<String, usize>,
    /// What `--coder` or `REALIST_CODER` say instead, for as long as they say it.
    pub overruled: Option<String>,
}

/// What a person said beside the tag.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leave {
    /// The tag is in use, and it is theirs: this is another device.
    pub mine: bool,
    /// The configuration keeps another tag, and this one shall replace it.
    pub replace: bool,
}

/// Checks the tag and keeps it in the user's configuration.
pub fn join(project: &Project, tag: &str, leave: Leave) -> Result<Joined> {
    check(tag)?;
    let mut writers: BTreeMap<String, usize> = BTreeMap::new();
    for header in project.streams().values() {
        *writers.entry(header.tag.clone()).or_default() += 1;
    }
    let stream = project.own_stream(tag);
    if stream.is_none() && writers.contains_key(tag) && !leave.mine {
        let tags: Vec<&str> = writers.keys().map(String::as_str).collect();
        return Err(fault("tag-used", format!("somebody writes as {tag} here already"))
            .hint(format!("if that is you on another device: realist join {tag} --mine"))
            .hint(format!("if not, take another tag; in use are: {}", tags.join(", "))));
    }
    let surroundings = project.surroundings();
    if let Some(other) = surroundings.configured_coder().filter(|other| other != tag && !leave.replace) {
        return Err(fault("other-tag", format!("your configuration says that you are {other}"))
            .hint(format!("to sign as {tag} from now on, in every project: realist join {tag} --replace"))
            .hint(format!("for this terminal only: set REALIST_CODER={tag}")));
    }
    surroundings.configure_coder(tag)?;
    writers.remove(tag);
    Ok(Joined {
        tag: tag.to_owned(),
        config: surroundings.config_file(),
        stream,
        others: writers,
        overruled: surroundings.coder.clone().filter(|said| said != tag),
    })
}

/// Two to five letters, and not the one that stands for nobody.
pub fn check(tag: &str) -> Result<()> {
    if tag == "team" {
        return Err(fault("bad-tag", "team signs what nobody signed, so nobody can be it").hint("use your initials"));
    }
    if is_tag(tag) {
        return Ok(());
    }
    Err(fault("bad-tag", format!("'{tag}' cannot be a coder's tag"))
        .hint("a tag is two to five lower-case letters, such as gj"))
}
