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
        let mine = if leave.mine { " --mine" } else { "" };
        return Err(fault("other-tag", format!("your configuration says that you are {other}"))
            .hint(format!("to sign as {tag} from now on, in every project: realist join {tag}{mine} --replace"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::codebook;
    use crate::project::Surroundings;
    use std::path::Path;

    fn surroundings(scratch: &Path, device: &str, coder: Option<&str>) -> Surroundings {
        Surroundings::within(&scratch.join(device), coder)
    }

    fn code(project: &mut Project) {
        let entry = codebook::Entry { name: Some("Trust".to_owned()), ..codebook::Entry::default() };
        codebook::add(project, &entry).unwrap();
    }

    #[test]
    fn a_tag_in_use_is_given_to_its_owner_only() {
        let scratch = tempfile::tempdir().unwrap();
        let (first, second) = (surroundings(scratch.path(), "a", Some("gj")), surroundings(scratch.path(), "b", None));
        let root = scratch.path().join("p");
        Project::create(&root, "T", &[], &first).unwrap();
        let mut project = Project::open(&root, first).unwrap();
        assert_eq!(join(&project, "gj", Leave::default()).unwrap().stream, None);
        code(&mut project);
        assert!(join(&project, "gj", Leave::default()).unwrap().stream.is_some(), "this device's own");

        let there = Project::open(&root, second.clone()).unwrap();
        assert_eq!(join(&there, "gj", Leave::default()).unwrap_err().0.code, "tag-used");
        assert_eq!(second.configured_coder(), None);
        let joined = join(&there, "gj", Leave { mine: true, replace: false }).unwrap();
        assert_eq!((joined.stream, second.configured_coder().as_deref()), (None, Some("gj")));
        assert_eq!(join(&there, "mb", Leave::default()).unwrap_err().0.code, "other-tag");
        let joined = join(&there, "mb", Leave { mine: false, replace: true }).unwrap();
        assert_eq!(joined.others.into_iter().collect::<Vec<_>>(), [("gj".to_owned(), 1)]);
        assert_eq!(second.configured_coder().as_deref(), Some("mb"));
    }

    #[test]
    fn a_configuration_that_cannot_be_read_is_not_written_over() {
        let scratch = tempfile::tempdir().unwrap();
        let mine = surroundings(scratch.path(), "a", None);
        let root = scratch.path().join("p");
        Project::create(&root, "T", &[], &mine).unwrap();
        let project = Project::open(&root, mine.clone()).unwrap();
        join(&project, "gj", Leave::default()).unwrap();
        let bytes = b"editor = \"\xe9\"\n";
        crate::disk::replace(&mine.config_file(), bytes).unwrap();
        assert!(join(&project, "gj", Leave::default()).is_err());
        assert_eq!(std::fs::read(mine.config_file()).unwrap(), bytes);
    }

    #[test]
    fn nobody_is_called_team() {
        for tag in ["team", "x", "con", "g-j"] {
            assert_eq!(check(tag).unwrap_err().0.code, "bad-tag", "{tag}");
        }
    }
}
