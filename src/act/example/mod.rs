//! The worked example: made by the tool's own acts from the material in `examples/`, with clock and
//! chance fixed, so that it comes out the same byte for byte wherever it is made.
//!
//! Every quotation in it is synthetic.

mod coded;
mod settled;

use super::{component, decide, hypothesis, import, participant, resolve, uncertainty};
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::id::Kind;
use crate::project::{Batch, Project, Surroundings};
use crate::strand::SourceKind;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// An example: its names, its settings, its tables and its documents.
struct Example {
    /// As it is in the end, and as it was when the panel was about to meet.
    names: [&'static str; 2],
    settings: &'static str,
    /// CSV tables by stem.
    tables: &'static [(&'static str, &'static str)],
    /// The record of its meeting, in the form of `meeting record`.
    record: &'static str,
    /// Who imports what, as which kind.
    documents: &'static [(&'static str, SourceKind, &'static [File])],
}

/// Name and content.
type File = (&'static str, &'static [u8]);

macro_rules! table {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../examples/partners/", $name, ".csv")))
    };
}

macro_rules! source {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../examples/partners/sources/", $name)).as_slice())
    };
}

static EXAMPLES: &[Example] = &[Example {
    names: ["partners", "partners-before-meeting"],
    settings: include_str!("../../../examples/partners/settings.toml"),
    tables: &[
        table!("codes"),
        table!("components"),
        table!("participants"),
        table!("hypotheses"),
        table!("evidence"),
        table!("codings"),
        table!("uncertainties"),
        table!("ratings"),
        table!("decisions"),
        table!("members"),
        table!("rounds"),
        table!("votes"),
        table!("voices"),
        table!("meeting"),
        table!("agenda"),
        table!("raised"),
        table!("theory"),
    ],
    record: include_str!("../../../examples/partners/record.toml"),
    documents: &[
        ("gj", SourceKind::SystematicReview, &[source!("collaborative-care-review-extracts.csv")]),
        ("mb", SourceKind::NarrativeReview, &[source!("recovery-review-extracts.csv")]),
        (
            "gj",
            SourceKind::Interview,
            &[
                source!("leader-interview-1.txt"),
                source!("leader-interview-2.txt"),
                source!("leader-interview-3.docx"),
                source!("leader-interview-4.docx"),
                source!("leader-interview-5.vtt"),
            ],
        ),
        (
            "mb",
            SourceKind::FocusGroup,
            &[
                source!("focus-group-1.txt"),
                source!("focus-group-2.docx"),
                source!("focus-group-3.vtt"),
                source!("focus-group-4.txt"),
                source!("focus-group-5.docx"),
            ],
        ),
    ],
}];

/// Names of the examples there are.
pub fn names() -> Vec<&'static str> {
    EXAMPLES.iter().flat_map(|example| example.names).collect()
}

/// The paper to look at first: what was decided, or before the meeting what is to be.
pub fn first_paper(name: &str) -> &'static str {
    if EXAMPLES.iter().any(|example| example.names[0] == name) { "record" } else { "agenda" }
}

/// Writes the example of that name into `folder`; returns the number of operations in its journal.
pub fn write(folder: &Path, name: &str) -> Result<usize> {
    let example = EXAMPLES.iter().find(|example| example.names.contains(&name)).ok_or_else(|| {
        fault("unknown-example", format!("there is no example '{name}'"))
            .hint(format!("examples: {}", names().join(", ")))
    })?;
    let scratch = tempfile::tempdir().map_err(|error| Fault::io("make a folder in", &std::env::temp_dir(), &error))?;
    let surroundings = Surroundings {
        now: Some(START),
        seed: Some(format!("example {}", example.names[0])),
        ..Surroundings::within(scratch.path(), None)
    };
    Project::create_with(folder, example.settings, &surroundings)?;
    let mut maker = Maker { example, folder, scratch: scratch.path(), surroundings, labels: BTreeMap::new() };
    maker.import()?;
    maker.participants()?;
    maker.codes()?;
    maker.components()?;
    maker.decisions()?;
    maker.hypotheses()?;
    maker.links_between()?;
    maker.codings()?;
    maker.evidence()?;
    maker.uncertainties()?;
    maker.before_the_meeting()?;
    if name == example.names[0] {
        maker.at_the_meeting()?;
    }
    let project = maker.open("gj")?;
    Ok(project.state().operations())
}

/// 12 January 2026, nine in the morning.
const START: jiff::Timestamp = jiff::Timestamp::constant(1_768_208_400, 0);

type Row = BTreeMap<String, String>;

struct Maker<'e> {
    example: &'e Example,
    folder: &'e Path,
    scratch: &'e Path,
    surroundings: Surroundings,
    /// Keys of the tables and names of documents, to labels.
    labels: BTreeMap<String, String>,
}

fn filled<'r>(row: &'r Row, column: &str) -> Option<&'r str> {
    row.get(column).map(|value| value.trim()).filter(|value| !value.is_empty())
}

fn owned(row: &Row, column: &str) -> Option<String> {
    filled(row, column).map(str::to_owned)
}

fn list(row: &Row, column: &str) -> Vec<String> {
    let items = filled(row, column).unwrap_or_default().split(';');
    items.map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// What may hold a semicolon is parted by two.
fn sentences(row: &Row, column: &str) -> Vec<String> {
    let items = filled(row, column).unwrap_or_default().split(";;");
    items.map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

impl Maker<'_> {
    fn rows(&self, table: &str) -> Result<Vec<Row>> {
        let text = self.example.tables.iter().find(|(name, _)| *name == table).map_or("", |(_, text)| text);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let bad = |error: csv::Error| fault("bad-example", format!("{table}.csv: {error}"));
        reader.deserialize().map(|row| row.map_err(bad)).collect()
    }

    /// The project as one coder opens it, a few minutes after what was done before.
    fn open(&mut self, coder: &str) -> Result<Project> {
        let later = jiff::SignedDuration::from_mins(7);
        self.surroundings.now = self.surroundings.now.and_then(|now| now.checked_add(later).ok());
        self.surroundings.coder = Some(coder.to_owned());
        Project::open(self.folder, self.surroundings.clone())
    }

    fn label(&self, key: &str) -> Result<String> {
        self.labels.get(key).cloned().ok_or_else(|| fault("bad-example", format!("nothing is called '{key}'")))
    }

    fn labels_of(&self, keys: &[String]) -> Result<Vec<String>> {
        keys.iter().map(|key| self.label(key)).collect()
    }

    fn import(&mut self) -> Result<()> {
        for (coder, kind, files) in self.example.documents {
            let mut paths = Vec::new();
            for (name, bytes) in *files {
                let path = self.scratch.join(name);
                crate::disk::replace(&path, bytes)?;
                paths.push(path);
            }
            let wanted = import::Wanted::of(paths, *kind);
            let summary = import::import(&mut self.open(coder)?, &wanted, &|_, _| {})?.answer;
            if let Some(failed) = summary.failed.into_iter().next() {
                return Err(failed.fault);
            }
            for ((name, _), file) in files.iter().zip(summary.imported) {
                self.labels.insert((*name).to_owned(), file.id);
            }
        }
        Ok(())
    }

    /// People of one group and consent are set together.
    fn participants(&mut self) -> Result<()> {
        let mut alike: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for row in self.rows("participants")? {
            let (Some(document), Some(speaker)) = (filled(&row, "document"), filled(&row, "speaker")) else { continue };
            let who = format!("{}:{speaker}", self.label(document)?);
            let key = (owned(&row, "group").unwrap_or_default(), owned(&row, "consent").unwrap_or_default());
            alike.entry(key).or_default().push(who);
        }
        for ((group, consent), who) in alike {
            let group = Some(group).filter(|group| !group.is_empty());
            let mut project = self.open("gj")?;
            participant::set(&mut project, &who, &participant::Changes { group, ..participant::Changes::default() })?;
            for one in consent.split(';').filter(|one| !one.is_empty()) {
                let (audience, level) = one.split_once('=').unwrap_or((one, "none"));
                let changes = participant::Changes {
                    consent: Some((level.parse()?, vec![audience.parse()?])),
                    ..participant::Changes::default()
                };
                participant::set(&mut project, &who, &changes)?;
            }
        }
        Ok(())
    }

    fn components(&mut self) -> Result<()> {
        for row in self.rows("components")? {
            let entry = component::Entry {
                name: owned(&row, "name"),
                description: owned(&row, "description"),
                order: filled(&row, "order").and_then(|order| order.parse().ok()),
                retired: None,
            };
            let label = component::add(&mut self.open("gj")?, &entry)?.answer;
            self.labels.insert(owned(&row, "key").unwrap_or_default(), label);
        }
        Ok(())
    }

    fn decisions(&mut self) -> Result<()> {
        for row in self.rows("decisions")? {
            let wish = decide::Wish {
                outcome: filled(&row, "outcome").unwrap_or("agreed").parse()?,
                body: filled(&row, "body").unwrap_or("not_stated").parse()?,
                method: Some(filled(&row, "method").unwrap_or("not_stated").parse()?),
                date: owned(&row, "date"),
                text: owned(&row, "text"),
                uncertainty: None,
                option: None,
                components: self.labels_of(&list(&row, "component"))?,
                hypotheses: Vec::new(),
                present: Vec::new(),
                dissent: Vec::new(),
                round: None,
                meeting: None,
                items: Vec::new(),
                effects: Vec::new(),
                actions: Vec::new(),
            };
            decide::decide(&mut self.open("gj")?, &wish)?;
        }
        Ok(())
    }

    /// Each coder's statements of one component are one act.
    fn hypotheses(&mut self) -> Result<()> {
        let mut piles: BTreeMap<(String, String), Vec<(String, hypothesis::Entry)>> = BTreeMap::new();
        for row in self.rows("hypotheses")? {
            let component = filled(&row, "component").map(|key| self.label(key)).transpose()?;
            let kinds = crate::hypothesis::PartKind::ALL;
            let entry = hypothesis::Entry {
                statement: owned(&row, "statement"),
                parts: kinds.iter().filter_map(|kind| Some((*kind, owned(&row, kind.word())?))).collect(),
                component,
                status: filled(&row, "status").map(str::parse).transpose()?,
                origin: filled(&row, "origin").map(str::parse).transpose()?,
                inference: filled(&row, "inference").map(str::parse).transpose()?,
                memo: owned(&row, "memo"),
                ..hypothesis::Entry::default()
            };
            let pile = (owned(&row, "author").unwrap_or_default(), owned(&row, "component").unwrap_or_default());
            piles.entry(pile).or_default().push((owned(&row, "key").unwrap_or_default(), entry));
        }
        for ((author, _), pile) in piles {
            let (keys, entries): (Vec<String>, Vec<hypothesis::Entry>) = pile.into_iter().unzip();
            let labels = hypothesis::add_all(&mut self.open(&author)?, &entries)?.answer;
            self.labels.extend(keys.into_iter().zip(labels));
        }
        Ok(())
    }

    /// Rivals and chains, once every statement is there.
    fn links_between(&mut self) -> Result<()> {
        for row in self.rows("hypotheses")? {
            let rival_of = filled(&row, "rival_of").map(|key| self.label(key)).transpose()?;
            let leads_to = self.labels_of(&list(&row, "leads_to"))?;
            if rival_of.is_none() && leads_to.is_empty() {
                continue;
            }
            let label = self.label(filled(&row, "key").unwrap_or_default())?;
            let author = owned(&row, "author").unwrap_or_default();
            let entry = hypothesis::Entry { rival_of, leads_to, ..hypothesis::Entry::default() };
            hypothesis::edit(&mut self.open(&author)?, &label, &entry, None)?;
        }
        Ok(())
    }

    fn uncertainties(&mut self) -> Result<()> {
        for row in self.rows("uncertainties")? {
            self.uncertainty(&row)?;
        }
        let mut ratings = Vec::new();
        for row in self.rows("ratings")? {
            ratings.push(uncertainty::RatingRow {
                uncertainty: self.label(filled(&row, "uncertainty").unwrap_or_default())?,
                criterion: filled(&row, "criterion").unwrap_or_default().parse()?,
                group: owned(&row, "group").unwrap_or_default(),
                rater: owned(&row, "rater").unwrap_or_default(),
                value: filled(&row, "value").and_then(|value| value.parse().ok()).unwrap_or(f64::NAN),
            });
        }
        let mut project = self.open("gj")?;
        uncertainty::rate(&mut project, &ratings)?;
        self.note_that_ratings_are_made_up(&mut project)
    }

    fn uncertainty(&mut self, row: &Row) -> Result<()> {
        let entry = uncertainty::Entry {
            text: owned(row, "text"),
            plain: owned(row, "plain"),
            why: owned(row, "why"),
            unknown: owned(row, "unknown"),
            component: filled(row, "component").map(|key| self.label(key)).transpose()?,
            hypotheses: self.labels_of(&list(row, "hypotheses"))?,
            options: sentences(row, "options"),
            status: None,
            place: None,
            minutes: filled(row, "minutes").and_then(|minutes| minutes.parse().ok()),
            introduced_by: owned(row, "introduced_by"),
        };
        let label = uncertainty::add(&mut self.open("gj")?, &entry)?.answer;
        self.labels.insert(owned(row, "key").unwrap_or_default(), label);
        Ok(())
    }

    /// Ratings in an example are invented, and the record itself says so.
    fn note_that_ratings_are_made_up(&self, project: &mut Project) -> Result<()> {
        let keys: Vec<String> = self.rows("uncertainties")?.iter().filter_map(|row| owned(row, "key")).collect();
        let note = "made up: PARTNERS2 is not known to have voted";
        project.write("uncertainty edit", true, |batch| {
            for label in self.labels_of(&keys)? {
                let id = resolve::find(batch.project(), Kind::Uncertainty, &label)?;
                let fields: Fields = Batch::fields(json!({ "ratings_note": note }));
                batch.set(Kind::Uncertainty, id, &fields);
            }
            Ok(())
        })?;
        Ok(())
    }
}
