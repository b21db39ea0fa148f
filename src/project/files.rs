//! Which files belong to what: those in the corpus that were ever recorded of a thing, and those in `outputs/`.

use super::{Project, texts};
use crate::document::Document;
use crate::id::{Id, Kind};
use crate::participant::Audience;
use crate::source::Source;
use serde_json::Value;
use std::collections::BTreeSet;

impl Project {
    /// Names below `corpus/` of everything that ever held a thing's words or name: all its text versions,
    /// originals and sealed values, those of acts taken back included.
    pub fn files_of(&self, id: Id) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for fields in self.state.entity(id).iter().flat_map(|entity| entity.all_writes()) {
            for (field, value) in &fields {
                if let Some(version) = field.strip_prefix("version:") {
                    let shards = value.get("shards").and_then(Value::as_u64).unwrap_or(1);
                    names.extend(texts::file_names(version, usize::try_from(shards).unwrap_or(1)));
                }
                if let ("original", Some(original)) = (field.as_str(), value.as_str()) {
                    names.insert(format!("originals/{original}"));
                }
                add_sealed(value, &mut names);
            }
        }
        names
    }

    /// The same for a document, the sources that are its own and the memos on it.
    pub fn files_with_all_on(&self, document: Id) -> BTreeSet<String> {
        let mut names = self.files_of(document);
        for source in self.own_sources(document) {
            names.extend(self.files_of(source).into_iter().filter(|name| name.starts_with("sealed/")));
        }
        names.extend(self.memos_on(document).into_iter().flat_map(|memo| self.files_of(memo)));
        names
    }

    /// How many of the files with these names below `corpus/` are on this computer.
    pub fn count_here(&self, names: &BTreeSet<String>) -> usize {
        let corpus = self.root.join("corpus");
        names.iter().filter(|name| corpus.join(name).exists()).count()
    }

    /// Sources that no other document belongs to: its own, and the studies of a table.
    pub(super) fn own_sources(&self, document: Id) -> Vec<Id> {
        // Orders to destroy name people too.
        if self.state.entity(document).is_some_and(|entity| entity.kind != Kind::Document) {
            return Vec::new();
        }
        let documents = self.state.all::<Document>();
        let own = |source: &Source| {
            source.study.is_some_and(|study| study.document == document)
                || documents.iter().any(|one| one.id == document && one.source == source.id)
        };
        let shared = |source: &Source| documents.iter().any(|one| one.id != document && one.source == source.id);
        let sources = self.state.all::<Source>().into_iter();
        sources.filter(|source| own(source) && !shared(source)).map(|source| source.id).collect()
    }

    /// Papers in `outputs/` that this tool writes.
    pub fn papers(&self) -> Vec<String> {
        self.in_outputs(is_paper)
    }

    /// Other files in `outputs/`.
    pub fn files_beside_papers(&self) -> Vec<String> {
        self.in_outputs(|name| !is_paper(name) && !name.starts_with('.'))
    }

    /// Files in the project's folder and in `outputs/` that are none of its own, below the root.
    pub fn loose_files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.root).into_iter().flatten().flatten();
        let names =
            entries.filter(|entry| entry.path().is_file()).filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> =
            names.filter(|name| !name.starts_with('.') && name != super::SETTINGS_FILE).collect();
        names.sort();
        names.extend(self.files_beside_papers().into_iter().map(|name| format!("outputs/{name}")));
        names
    }

    /// Sheets and numbered turns of a document in `outputs/`: they hold its words, and are named after it.
    pub fn sheets_of(&self, document: Id) -> Vec<String> {
        let labels: Vec<String> = self.state.labels_of(document).iter().map(|label| format!("{label}-")).collect();
        self.in_outputs(|name| labels.iter().any(|label| name.starts_with(label)))
    }

    /// Files in `outputs/` whose names are asked for, in order; those too that a team has put into folders of their own.
    fn in_outputs(&self, is_asked: impl Fn(&str) -> bool) -> Vec<String> {
        let (mut found, mut folders) = (Vec::new(), vec![String::new()]);
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(self.outputs_folder().join(&folder)).into_iter().flatten().flatten();
            for entry in entries {
                let Ok(name) = entry.file_name().into_string() else { continue };
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(format!("{folder}{name}/"));
                } else if is_asked(&name) {
                    found.push(format!("{folder}{name}"));
                }
            }
        }
        found.sort();
        found
    }
}

/// Stems and endings of the papers written to `outputs/`; a test holds them against the tables of
/// reports and renderers, which stand further down.
pub const PAPERS: &[&str] = &[
    "agenda",
    "briefing",
    "slides",
    "question-frame",
    "record",
    "member-page",
    "secretary",
    "evidence",
    "passages",
    "cmo",
    "cerqual",
    "characteristics",
    "references",
    "appraisal",
    "document-flow",
    "searches",
    "statement-flow",
    "refinement",
    "trail",
    "memos",
    "methods",
    "stages",
    "rameses1",
    "rameses2",
    "entreq",
    "tidier",
    "accord",
    "disagreements",
    "matrix-codes",
    "matrix-by-document",
    "matrix-by-source",
    "matrix-by-kind",
    "matrix-by-strand",
    "matrix-by-group",
    "matrix-by-speaker",
    "matrix-by-coder",
    "map",
    "theory",
    "evidence-matrix",
    "comparison",
    "recommendations",
    "compare-matrix",
    "compare-outcomes",
    "compare-diff",
    "compare-match",
    "needs",
    "need-coverage",
    "policy-trace",
    "matrix-by-attribute",
    "pathway",
];
pub const PAPER_ENDINGS: &[&str] =
    &["md", "html", "docx", "xlsx", "csv", "json", "pdf", "svg", "dot", "mermaid", "graphml"];

/// After the stem of a paper in large print.
pub const LARGE_PRINT: &str = "-large-print";

/// Before the number of an uncertainty, a meeting, a model, a pass, a code or a statement that a paper is about alone.
const ABOUT: &[&str] = &["-U", "-G", "-M", "-BP", "-C", "-H"];

/// Before the tags of coders that a paper lays beside each other, and before the moment it tells of.
pub const BETWEEN: &str = "-between-";
pub const AT: &str = "-at-";

/// Before the label of a statement in the name of its figure.
pub const FIGURE_OF: &str = "cmo-";

/// Before the label of a round in the name of its results.
pub const ROUND_OF: &str = "round-";

/// Before the label of a training case in the names of what it hands out.
pub const TRAINING_OF: &str = "training-T";

fn add_sealed(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("sealed").and_then(Value::as_str) {
                names.insert(format!("sealed/{name}.json"));
            }
            fields.values().for_each(|value| add_sealed(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| add_sealed(value, names)),
        _ => {}
    }
}

/// What stands before all that a paper is about: `agenda-G1.gj` is an agenda.
fn without_labels(stem: &str) -> &str {
    let labelled = |before: &&str| {
        let (key, labels) = stem.split_once(*before)?;
        labels.starts_with(|letter: char| letter.is_ascii_digit()).then_some(key)
    };
    let worded = [BETWEEN, AT].into_iter().filter_map(|before| Some(stem.split_once(before)?.0));
    ABOUT.iter().filter_map(labelled).chain(worded).min_by_key(|key| key.len()).unwrap_or(stem)
}

fn is_paper(name: &str) -> bool {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = stem.strip_suffix(LARGE_PRINT).unwrap_or(stem);
    let key = stem.rsplit_once("-for-").filter(|(_, whom)| Audience::ALL.iter().any(|one| one.word() == *whom));
    let key = key.map_or(stem, |(key, _)| key);
    let key = without_labels(key);
    let is_named_after = [FIGURE_OF, ROUND_OF, TRAINING_OF].iter().any(|start| stem.starts_with(start));
    (PAPERS.contains(&key) || is_named_after) && PAPER_ENDINGS.contains(&ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_known_by_name_whoever_and_whatever_they_are_for() {
        let papers = [
            "agenda.html",
            "briefing-U1.gj.docx",
            "briefing-U1.gj-U12.mb-for-meeting-large-print.pdf",
            "question-frame-for-publication.md",
            "briefing-U1.gj-G1.gj-for-meeting.html",
            "record-G12.mb.docx",
            "round-R1.gj-for-meeting.html",
            "pathway-M1-gj.svg",
            "training-T1-gj-participants.docx",
            "disagreements-BP1.gj.md",
            "disagreements-BP1.gj-C2.gj-C10.gj-between-gj-mb.md",
            "disagreements-between-gj-mb.csv",
            "trail-H1.gj-and-39-more-1f2e3d4c.html",
            "statement-flow-at-V1.gj.svg",
            "statement-flow-at-2026-03-14.svg",
        ];
        for name in papers {
            assert!(is_paper(name), "{name}");
        }
        for name in ["letter.docx", "agenda.txt", "briefing-Unknown.md", "mine-U1.gj.md"] {
            assert!(!is_paper(name), "{name}");
        }
    }
}
