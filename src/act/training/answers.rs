//! Answers that groups or people gave in a session become draft statements of stakeholders. Whose they are stays a group
//! or a token; which case and stage they come from is kept with the case.

use super::{find, pack};
use crate::act::form::Located;
use crate::act::hypothesis::{self, Entry};
use crate::act::identifier::known::{known, lookout};
use crate::act::parts::Saying;
use crate::act::sheet::cells::Sheet;
use crate::act::{resolve, workbook};
use crate::diagnostic::{Fault, Place, Result, fault};
use crate::history::Fields;
use crate::hypothesis::{Detail, Origin, PartKind, Polarity};
use crate::id::{Id, Kind};
use crate::panel;
use crate::participant::Audience;
use crate::privacy::Lookout;
use crate::project::{Batch, Done, Project};
use crate::text::words::{fold, on_one_line};
use crate::training::{Answer, FOUR, Training};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// What may stand over an answer beside its question.
const SHORT: [&str; 4] = ["happening", "for whom", "try", "fail"];

/// What may stand beside the answers.
const BESIDE: [&str; 5] = ["case", "stage", "title", "who", "component"];

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Taken {
    pub id: String,
    /// Draft statements, in the order of the rows.
    pub statements: Vec<String>,
    /// Rows that were in already.
    pub known: usize,
    /// Rows in which nothing is answered.
    pub blank: usize,
}

/// One row.
struct Row {
    line: usize,
    case: String,
    stage: String,
    who: String,
    component: String,
    /// In the order of [`FOUR`].
    said: [String; 4],
}

/// Takes answers in: all of them, or none.
///
/// Faults: `unknown-column`, `no-answers`, `answers-refused` with each row and why, and those of reading.
pub fn take(project: &mut Project, typed: &str, file: &Path) -> Result<Done<Taken>> {
    let sheet = workbook::sheet(project, file)?;
    let rows = rows(&sheet).map_err(|fault| fault.in_file(file.display().to_string()))?;
    let lookout = lookout(&known(project, Audience::Publication)?);
    let mut refused = Vec::new();
    let done = project.write("training answers", true, |batch| {
        let held = find(batch.project(), typed)?;
        let mut taken = Taken { id: batch.project().label(held.id), ..Taken::default() };
        let (mut fields, mut seen) = (Fields::new(), BTreeSet::new());
        for row in &rows {
            let done = batch.attempt(|batch| one(batch, &held, row, &lookout, &mut seen));
            match done {
                Ok(Came::Blank) => taken.blank += 1,
                Ok(Came::Known) => taken.known += 1,
                Ok(Came::Made { id, label, answer }) => {
                    fields.insert(format!("answer:{id}"), json!(answer));
                    taken.statements.push(label);
                }
                Err(why) if batch.cannot_write() => return Err(why),
                Err(why) => refused.push(Located { line: row.line, fault: why }),
            }
        }
        if !refused.is_empty() {
            return Err(fault("answers-refused", "rows were refused"));
        }
        if taken.statements.is_empty() && taken.known == 0 {
            return Err(fault("no-answers", "no row holds an answer")
                .hint(format!("a sheet to fill in: realist training sheet {} --to xlsx", taken.id)));
        }
        batch.set(Kind::Training, held.id, &fields);
        Ok(taken)
    });
    done.map_err(|why| if refused.is_empty() { why } else { told(&refused, file) })
}

/// Every row that was refused, and why.
fn told(refused: &[Located], file: &Path) -> Fault {
    const SHOWN: usize = 12;
    let rows = crate::text::words::counted(refused.len(), "row");
    let first = refused.first().map(|one| one.line);
    let lines = refused.iter().take(SHOWN).map(|one| format!("row {}: {}", one.line, one.fault.on_one_line()));
    let more = refused.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!("… and {more} more"));
    fault("answers-refused", format!("{rows} cannot be taken in; nothing was written"))
        .at(Place { file: Some(file.display().to_string()), line: first, ..Place::default() })
        .hints(lines.chain(more))
}

/// Which of [`FOUR`] a heading stands over.
fn question(heading: &str) -> Option<usize> {
    let plain = |text: &str| fold(text.trim()).trim_end_matches('?').replace('_', " ");
    let wanted = plain(heading);
    FOUR.iter().zip(SHORT).position(|(long, short)| wanted == plain(long) || wanted == short)
}

/// Faults: `unknown-column`, `no-column`, `too-long`.
fn rows(sheet: &Sheet) -> Result<Vec<Row>> {
    let plain = |heading: &String| fold(heading.trim()).replace('_', " ");
    let strange = sheet.headings.iter().enumerate().find(|(at, heading)| {
        let is_empty = sheet.rows.iter().all(|row| row[*at].trim().is_empty());
        let is_known = question(heading).is_some() || BESIDE.contains(&plain(heading).as_str());
        let is_blank = heading.is_empty() && is_empty;
        !is_known && !is_blank
    });
    if let Some((_, heading)) = strange {
        return Err(fault("unknown-column", format!("answers have no column '{heading}'"))
            .hint(format!("they have: {}, and a column for each question: {}", BESIDE.join(", "), SHORT.join(", ")))
            .hint("who is a stakeholder group or a token such as gp1; names are not taken in"));
    }
    if sheet.column("stage").is_none() || sheet.headings.iter().all(|heading| question(heading).is_none()) {
        return Err(fault("no-column", "answers need a column 'stage' and one for a question")
            .hint(format!("questions stand under: {}", SHORT.join(", "))));
    }
    refuse_long(sheet)?;
    let row = |(at, cells): (usize, &Vec<String>)| {
        let mut said = <[String; 4]>::default();
        for (heading, cell) in sheet.headings.iter().zip(cells) {
            if let Some(which) = question(heading) {
                said[which] = on_one_line(cell);
            }
        }
        let cell = |name| on_one_line(sheet.cell(cells, name));
        Row {
            line: at + 2,
            case: cell("case"),
            stage: cell("stage"),
            who: cell("who"),
            component: cell("component"),
            said,
        }
    };
    Ok(sheet.rows.iter().enumerate().map(row).collect())
}

/// Letters in one answer; what is longer is no answer but a file pasted into a cell.
const LONGEST: usize = 10_000;

/// Fault `too-long`.
fn refuse_long(sheet: &Sheet) -> Result<()> {
    for (at, row) in sheet.rows.iter().enumerate() {
        for (heading, cell) in sheet.headings.iter().zip(row).filter(|(_, cell)| cell.len() > LONGEST) {
            let letters = cell.chars().count();
            if letters > LONGEST {
                return Err(fault(
                    "too-long",
                    format!(
                        "row {}, column '{heading}': {letters} characters; an answer holds at most {LONGEST}",
                        at + 2
                    ),
                )
                .hint("shorten the answer, or write it in several rows"));
            }
        }
    }
    Ok(())
}

enum Came {
    Blank,
    Known,
    Made { id: Id, label: String, answer: Answer },
}

fn one(batch: &mut Batch<'_>, held: &Training, row: &Row, lookout: &Lookout, seen: &mut BTreeSet<Id>) -> Result<Came> {
    if row.said.iter().all(String::is_empty) {
        return Ok(Came::Blank);
    }
    let project = batch.project();
    let label = project.label(held.id);
    if !row.case.is_empty() && !resolve::find(project, Kind::Training, &row.case).is_ok_and(|id| id == held.id) {
        return Err(fault("other-case", format!("this row is of another case than {label}"))
            .hint("take each case's answers in by themselves"));
    }
    let stage = held.stages[pack::stage_of(project, held, &row.stage)?].key.clone();
    let who = who(project, &row.who)?;
    if row.said.iter().any(|text| !lookout.sightings(text).is_empty()) {
        // The name itself is not repeated.
        return Err(fault("names-somebody", "an answer holds a listed identifier or the name of a participant")
            .hint("say who it is in other words: a nurse, the town"));
    }
    let component = (!row.component.is_empty()).then(|| row.component.clone());
    let answer = Answer { stage, who };
    let id = id_of(held.id, &answer, &row.said);
    // A draft that somebody removed since is not brought back; one whose making was undone is made anew.
    let was_made = project.state().entity(id).is_some_and(|entity| entity.active_writes().next().is_some());
    if was_made || !seen.insert(id) {
        return Ok(Came::Known);
    }
    let made = hypothesis::create_as(batch, Some(id), &mut None, &entry(&row.said, component))?;
    Ok(Came::Made { id, label: made.label, answer })
}

/// One answer is one draft, on however many machines it is taken in.
fn id_of(training: Id, answer: &Answer, said: &[String; 4]) -> Id {
    let said = said.each_ref().map(|text| fold(text));
    let who = answer.who.as_deref().unwrap_or_default();
    let head = [b"training answer".as_slice(), training.as_bytes(), answer.stage.as_bytes(), who.as_bytes()];
    Id::derived(head.into_iter().chain(said.iter().map(String::as_bytes)))
}

/// A group by its key or title, or a token. Fault `not-a-group`.
fn who(project: &Project, typed: &str) -> Result<Option<String>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let found = resolve::group(project, typed).or_else(|_| panel::token(typed));
    // What was typed may be a name: it is not repeated.
    found.map(Some).map_err(|_| {
        let groups: Vec<&str> = project.settings().groups.iter().map(|one| one.key.as_str()).collect();
        fault("not-a-group", "who is neither a stakeholder group nor a token such as gp1; names are not taken in")
            .hint(format!("groups: {}", groups.join(", ")))
    })
}

/// What they think is happening is the sentence; whom it is for, what they would try and what would make it fail are parts.
fn entry(said: &[String; 4], component: Option<String>) -> Entry {
    let [happening, whom, attempt, fail] = said;
    let parts = [(PartKind::Actor, whom), (PartKind::Strategy, attempt), (PartKind::Context, fail)];
    let holds_back = Saying {
        part: PartKind::Context.word().to_owned(),
        detail: Detail::Polarity,
        text: Polarity::Constraining.word().to_owned(),
    };
    Entry {
        statement: (!happening.is_empty()).then(|| happening.clone()),
        parts: parts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(kind, text)| (kind, text.clone()))
            .collect(),
        say: (!fail.is_empty()).then_some(holds_back).into_iter().collect(),
        component,
        origin: Some(Origin::Stakeholder),
        ..Entry::default()
    }
}
