//! The form of a record: TOML for an editor, or a sheet. Where there may be several of something, each has a line of
//! its own, in either.

use super::recorded;
use crate::act::block_text::block;
use crate::act::form::Located;
use crate::act::meeting::agenda::lines;
use crate::act::meeting::rounds;
use crate::act::sheet::cells::Sheet;
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::meeting::{Meeting, Minute};
use crate::project::Project;
use crate::report::meeting::Line;
use crate::round::{Round, Stage};
use crate::text::words::on_one_line;
use crate::theory::Component;
use crate::uncertainty::Uncertainty;
use serde::Deserialize;
use std::fmt::Write as _;
use toml::Spanned;

/// An entry of a form as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins, from 1.
    pub line: usize,
    pub minute: Minute,
}

/// What can be said of an item: the key, and what it is for. The last columns belong to a decision.
const FIELDS: &[(&str, &str)] = &[
    ("for", "points made for it"),
    ("against", "points made against it"),
    ("notes", "what else was said"),
    ("actions", "what somebody undertook: gj 2026-05-01: revise the manual"),
    ("statements", "new explanations that were raised, each a sentence: they become drafts"),
    ("outcome", "agreed, agreed_with_dissent, not_agreed, rejected, defer_to_test, out_of_scope; nothing: not decided"),
    ("option", "letter of the option chosen"),
    ("sentence", "what was settled, in one sentence"),
    ("round", "the closed round it rests on"),
    ("settles", "statements and components it settles: H1.gj"),
    ("dissent", "in their own words: gps: ..."),
    ("effects", "what it changes: H3.gj=rejected"),
];

/// Those that every item has, decided on or not.
const ALWAYS: usize = 5;

/// Text of a field, several lines of one with several.
fn get(minute: &Minute, field: &str) -> String {
    match field {
        "for" => minute.r#for.join("\n"),
        "against" => minute.against.join("\n"),
        "actions" => minute.actions.join("\n"),
        "statements" => minute.statements.join("\n"),
        "settles" => minute.settles.join("\n"),
        "dissent" => minute.dissent.join("\n"),
        "effects" => minute.effects.join("\n"),
        "notes" => minute.notes.clone(),
        "outcome" => minute.outcome.clone(),
        "option" => minute.option.clone(),
        "sentence" => minute.sentence.clone(),
        _ => minute.round.clone(),
    }
}

/// Fault `unknown-field`.
fn set(minute: &mut Minute, field: &str, text: &str) -> Result<(), Fault> {
    let several = || text.lines().map(on_one_line).filter(|line| !line.is_empty()).collect::<Vec<String>>();
    match field {
        "item" => minute.item = on_one_line(text),
        "for" => minute.r#for = several(),
        "against" => minute.against = several(),
        "actions" => minute.actions = several(),
        "statements" => minute.statements = several(),
        "settles" => minute.settles = text.split([',', '\n']).map(on_one_line).filter(|one| !one.is_empty()).collect(),
        "dissent" => minute.dissent = several(),
        "effects" => minute.effects = several(),
        "notes" => text.trim().clone_into(&mut minute.notes),
        "outcome" => minute.outcome = on_one_line(text),
        "option" => minute.option = on_one_line(text),
        "sentence" => minute.sentence = on_one_line(text),
        "round" => minute.round = on_one_line(text),
        other => {
            let known = || FIELDS.iter().map(|(key, _)| *key);
            let refused = fault("unknown-field", format!("a record has no '{other}'"));
            return Err(crate::act::resolve::meant(refused, &did_you_mean(other, known()))
                .hint(format!("it has: item, {}", known().collect::<Vec<_>>().join(", "))));
        }
    }
    Ok(())
}

/// An entry for each item of the agenda, with what was recorded before.
fn entries(project: &Project, meeting: &Meeting) -> Vec<(Line, Option<Uncertainty>, Minute)> {
    let of = |line: Line| {
        let item = meeting.items.iter().find(|one| one.key == line.key);
        let about = item.and_then(|one| one.uncertainty).and_then(|id| project.state().get::<Uncertainty>(id));
        let minute = recorded(project, meeting, &line.key).unwrap_or_default();
        (line.clone(), about, Minute { item: line.key, ..minute })
    };
    lines(project, meeting).into_iter().map(of).collect()
}

/// The form for an editor.
pub fn print(project: &Project, meeting: &Meeting) -> String {
    let mut form = format!(
        "# Record of {}: {}{}\n\
         # Where several things may stand, each has a line of its own. What is left empty is not recorded.\n\
         # Name people by their tokens (gp1) or groups: names stand nowhere in a project.\n",
        project.label(meeting.id),
        on_one_line(&meeting.title),
        meeting.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default(),
    );
    for (line, about, minute) in entries(project, meeting) {
        let label = line.uncertainty.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
        let _ = write!(form, "\n# {}. {label}{}\n", line.number, on_one_line(&line.what));
        if let Some(about) = &about {
            for option in &about.options {
                let _ = writeln!(form, "#    option {}: {}", option.key, on_one_line(&option.text));
            }
            for line in may_stand(project, meeting, about) {
                let _ = writeln!(form, "#    {line}");
            }
        }
        let _ = write!(form, "[[item]]\nitem = \"{}\"\n", line.key);
        let fields = if about.is_some() { FIELDS } else { &FIELDS[..ALWAYS] };
        for (key, what) in fields {
            let _ = write!(form, "# {what}\n{key} = {}\n", block(&get(&minute, key)));
        }
    }
    form
}

/// Closed rounds that asked it, and what a decision on it may settle.
fn may_stand(project: &Project, meeting: &Meeting, about: &Uncertainty) -> Vec<String> {
    let asked = |round: &Round| round.terms().items.iter().any(|item| item.about == Some(about.id));
    let held = rounds(project, meeting.id).into_iter().filter(|one| one.stage() == Stage::Closed && asked(one));
    let statement = |id: &Id| {
        let one: Hypothesis = project.state().get(*id)?;
        let parts = || one.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("; ");
        let words = one.statement.clone().unwrap_or_else(parts);
        Some(format!("may be settled: {} {}", project.label(*id), on_one_line(&words)))
    };
    let component = |id: Id| {
        let one: Component = project.state().get(id)?;
        Some(format!("may be settled: {} {}", project.label(id), on_one_line(&one.name)))
    };
    let mut lines: Vec<String> = held.map(|one| format!("closed round: {}", project.label(one.id))).collect();
    lines.extend(about.hypotheses.iter().filter_map(statement));
    lines.extend(about.component.and_then(component));
    lines
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default)]
    item: Vec<Spanned<toml::Table>>,
}

/// Reads the form back; mistakes are named by their line.
pub fn parse(text: &str, faults: &mut Vec<Located>) -> Vec<Row> {
    let line_of = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let form: Form = match toml::from_str(text) {
        Ok(form) => form,
        Err(error) => {
            let line = line_of(error.span().map_or(0, |span| span.start));
            let said = fault("bad-form", on_one_line(error.message()));
            faults.push(Located { line, fault: said.hint("keep the three marks around a text as they are") });
            return Vec::new();
        }
    };
    let mut rows = Vec::new();
    for one in form.item {
        let line = line_of(one.span().start);
        match read(one.get_ref()) {
            Ok(minute) => rows.push(Row { line, minute }),
            Err(fault) => faults.push(Located { line, fault }),
        }
    }
    rows
}

fn read(table: &toml::Table) -> Result<Minute> {
    let mut minute = Minute::default();
    for (key, value) in table {
        let text = match value {
            toml::Value::Array(lines) => lines.iter().map(plain).collect::<Vec<_>>().join("\n"),
            other => plain(other),
        };
        set(&mut minute, key, &text)?;
    }
    named(minute)
}

fn plain(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Fault `no-item`.
fn named(minute: Minute) -> Result<Minute> {
    if minute.item.is_empty() && !minute.is_blank() {
        return Err(fault("no-item", "this says of no item what it is about").hint("item is its key or its number: a1"));
    }
    Ok(minute)
}

/// The same as a sheet: a row an item.
pub fn sheet(project: &Project, meeting: &Meeting) -> Sheet {
    let keys = FIELDS.iter().map(|(key, _)| (*key).to_owned());
    let headings = ["item", "what"].map(str::to_owned).into_iter().chain(keys).collect();
    let row = |(line, _, minute): (Line, Option<Uncertainty>, Minute)| {
        let label = line.uncertainty.map(|label| format!("{label} ")).unwrap_or_default();
        let cells = FIELDS.iter().map(|(key, _)| get(&minute, key));
        [line.key, format!("{label}{}", line.what)].into_iter().chain(cells).collect()
    };
    Sheet { headings, rows: entries(project, meeting).into_iter().map(row).collect() }
}

/// Reads a sheet back; mistakes are named by their row.
pub fn of_sheet(sheet: &Sheet, faults: &mut Vec<Located>) -> Vec<Row> {
    let headings: Vec<String> = sheet.headings.iter().map(|one| one.to_lowercase()).collect();
    let mut rows = Vec::new();
    for (index, cells) in sheet.rows.iter().enumerate() {
        let mut minute = Minute::default();
        let filled = headings.iter().zip(cells).filter(|(heading, cell)| *heading != "what" && !cell.trim().is_empty());
        let done = filled.map(|(heading, cell)| set(&mut minute, heading, cell)).collect::<Result<Vec<()>, Fault>>();
        let line = index + 2;
        match done.and_then(|_| named(minute)) {
            Ok(minute) => rows.push(Row { line, minute }),
            Err(fault) => faults.push(Located { line, fault }),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn filled(lines: &[String], notes: &str) -> Minute {
        Minute {
            item: "a1".to_owned(),
            r#for: lines.to_vec(),
            dissent: lines.to_vec(),
            notes: notes.trim().to_owned(),
            outcome: "agreed".to_owned(),
            ..Minute::default()
        }
    }

    fn as_toml(minute: &Minute) -> String {
        let fields = FIELDS.iter().map(|(key, _)| format!("{key} = {}\n", block(&get(minute, key))));
        format!("# said\n[[item]]\nitem = \"{}\"\n{}", minute.item, fields.collect::<String>())
    }

    proptest! {
        /// Whatever was recorded stands in the form, and reads back as it was.
        #[test]
        fn a_form_reads_back(lines in proptest::collection::vec("[a-z'\"\\\\#=é]{1,6}( [a-z']{1,4})?", 0..4), notes in "[a-z'\" ]{0,20}") {
            let minute = filled(&lines, &notes);
            let mut faults = Vec::new();
            let rows = parse(&as_toml(&minute), &mut faults);
            prop_assert!(faults.is_empty());
            prop_assert_eq!(&rows, &[Row { line: 2, minute }]);
        }
    }

    #[test]
    fn a_mistake_is_named_by_its_line() {
        let mut faults = Vec::new();
        assert!(parse("[[item]]\nitem = \"a1\"\noutcom = \"agreed\"\n", &mut faults).is_empty());
        assert_eq!((faults[0].line, faults[0].fault.0.code), (1, "unknown-field"));
        assert!(faults[0].fault.0.hints[0].contains("outcome"), "{:?}", faults[0].fault);
        let mut faults = Vec::new();
        assert!(parse("[[item]]\nnotes = '''\nno end\n", &mut faults).is_empty());
        assert_eq!(faults[0].fault.0.code, "bad-form");
        let mut faults = Vec::new();
        parse("[[item]]\nnotes = \"of what?\"\n", &mut faults);
        assert_eq!(faults[0].fault.0.code, "no-item");
    }

    #[test]
    fn a_list_may_be_written_as_one() {
        let rows = parse("[[item]]\nitem = 2\nfor = [\"one\", \"two\"]\nsettles = \"H1.gj, K2.gj\"\n", &mut Vec::new());
        assert_eq!(rows[0].minute.r#for, ["one", "two"]);
        assert_eq!((rows[0].minute.item.as_str(), rows[0].minute.settles.len()), ("2", 2));
    }
}
