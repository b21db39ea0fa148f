//! Finding a project and reading its `realist.toml`.

use crate::diagnostic::{Fault, Place, Result, fault};
use crate::settings::{FORMAT, Group, Settings};
use crate::strand::SlotScheme;
use crate::text::{Offsets, Span};
use std::path::{Path, PathBuf};

/// Name of the settings file, which marks a project's top folder.
pub const FILE: &str = "realist.toml";

/// The project that holds `start`: the nearest folder at or above it with a `realist.toml`.
pub fn find_root(start: &Path) -> Result<PathBuf> {
    let from = start.canonicalize().map_err(|error| Fault::io("open", start, &error))?;
    from.ancestors().find(|folder| folder.join(FILE).is_file()).map(Path::to_owned).ok_or_else(|| {
        fault("no-project", format!("{} is not in a realist project", start.display()))
            .hint("start one with: realist init DIR --title \"...\"")
            .hint("or point at one with -C DIR")
    })
}

/// Reads and checks the settings of the project in `root`.
pub fn read(root: &Path) -> Result<Settings> {
    let path = root.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|error| Fault::io("read", &path, &error))?;
    refuse_newer(&text)?;
    toml::from_str(&text).map_err(|error| misread(&text, &error, FILE))
}

/// The format number is looked at before anything else, so that a newer file's other changes do not
/// hide the real reason.
fn refuse_newer(text: &str) -> Result<()> {
    let format = text.parse::<toml::Table>().ok().and_then(|table| table.get("format")?.as_integer());
    match format {
        Some(format) if format > i64::from(FORMAT) => Err(fault(
            "newer-format",
            format!(
                "this project is in format {format}; this version of realist reads up to {FORMAT}. Nothing was changed"
            ),
        )
        .hint("install the newest version to open it")),
        _ => Ok(()),
    }
}

/// A TOML mistake, with its place.
pub(super) fn misread(text: &str, error: &toml::de::Error, file: &str) -> Fault {
    let fault = fault("bad-toml", format!("{file} cannot be read: {}", error.message()));
    let Some(range) = error.span() else { return fault.in_file(file) };
    let (line, column) = Offsets::new(text).line_column(range.start);
    let start = text[..range.start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
    let whole = text[start..].lines().next().unwrap_or_default().to_owned();
    let from = range.start - start;
    let excerpt = Span::new(from, (range.end - start).clamp(from + 1, whole.len().max(from + 1)));
    fault.at(Place {
        file: Some(file.to_owned()),
        line: Some(line),
        column: Some(column),
        excerpt: excerpt.map(|span| (whole, span)),
    })
}

/// A settings file that is given but for format and identity.
pub(super) fn with_identity(project: crate::id::Id, rest: &str) -> String {
    format!("format = {FORMAT}\nproject = \"{project}\"\n{rest}")
}

/// What is said of a project when it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    pub title: String,
    pub questions: Vec<String>,
    pub configuration: SlotScheme,
    pub groups: Vec<Group>,
}

impl Outline {
    /// With the slot scheme and groups that most begin with.
    pub fn new(title: &str, questions: &[String]) -> Self {
        let group = |key: &str, title: &str| Group { key: key.to_owned(), title: title.to_owned() };
        Outline {
            title: title.to_owned(),
            questions: questions.to_vec(),
            configuration: SlotScheme::default(),
            groups: vec![
                group("service_users", "Service users"),
                group("practitioners", "Practitioners"),
                group("gps", "GPs"),
                group("commissioners", "Commissioners"),
            ],
        }
    }
}

/// The settings file of a new project, with comments that say what can be set.
pub(super) fn template(project: crate::id::Id, outline: &Outline) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let questions: Vec<String> = outline.questions.iter().map(|question| quoted(question)).collect();
    let group = |group: &Group| format!("[[group]]\nkey = {}\ntitle = {}\n", quoted(&group.key), quoted(&group.title));
    let groups: Vec<String> = outline.groups.iter().map(group).collect();
    format!(
        r#"# Settings of a realist synthesis. Edit by hand; comments are kept.
format = {FORMAT}
project = "{project}"
title = {title}
# Review questions: what works, for whom, in what circumstances, how and why?
questions = [{questions}]
# Which parts a configuration has: cmo, cmo_rr (resource and reasoning apart), icamo, scmo, cimo
configuration = "{configuration}"

# A source is the unit of independence: an included study; for your own data one interview, group or
# household. A strand sits above it. Counts read "5 sources in 1 strand".
[[strand]]
key = "systematic_review"
title = "Systematic review"
kinds = ["systematic_review", "primary_study"]

[[strand]]
key = "narrative_review"
title = "Narrative review"
kinds = ["narrative_review"]

[[strand]]
key = "interviews"
title = "Interviews"
kinds = ["interview"]

[[strand]]
key = "focus_groups"
title = "Focus groups"
kinds = ["focus_group"]

# Stakeholder groups, for participants, ratings and meetings.
{groups}
[thresholds]
# Groups smaller than this are not shown on their own in papers for others.
smallest_group = 3
# Quotations a side in a briefing.
quotations = 3

# Terms that mean the same, for: realist evidence list --about TERM, and where statements are compared
[synonyms]
# co-location = ["colocation", "shared premises"]

# Weights of the priority order of uncertainties. Display aids, not evidence grades.
[priority]
conflict = 1.0
thinness = 1.0
divergence = 1.0
centrality = 1.0
importance = 1.0
urgency = 1.0
answerability = 1.0
"#,
        title = quoted(&outline.title),
        questions = questions.join(", "),
        configuration = outline.configuration,
        groups = groups.join("\n"),
    )
}
