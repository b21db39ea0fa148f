//! Judging how much confidence to have in a finding: four aspects, each with its explanation, then the overall level.
//! Every level is given by a person; none is worked out.

use super::{hypothesis, resolve};
use crate::cerqual::{Aspect, Concern, Confidence, Judged, Worksheet};
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// A level and why, as typed.
#[derive(Debug, Clone)]
pub struct Said<T> {
    pub level: T,
    pub why: String,
}

/// What is said of one finding; what is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub hypothesis: String,
    pub judged: Vec<(Aspect, Said<Concern>)>,
    pub overall: Option<Said<Confidence>>,
}

/// Writes worksheets: all of them, or none. Answers the labels of the findings.
///
/// Faults: `why-needed`, `judgements-missing`, `merged`, and those of finding statements.
pub fn judge(project: &mut Project, entries: &[Entry]) -> Result<Done<Vec<String>>> {
    project.write("cerqual judge", true, |batch| entries.iter().map(|entry| judge_one(batch, entry)).collect())
}

fn judge_one(batch: &mut Batch<'_>, entry: &Entry) -> Result<String> {
    let project = batch.project();
    let finding = hypothesis::open(project, &entry.hypothesis)?;
    let label = project.label(finding.id);
    let held = worksheet(project, finding.id);
    let mut sheet = held.clone().unwrap_or_else(|| blank(finding.id));
    let mut fields = Fields::new();
    for (aspect, said) in &entry.judged {
        let judged = signed(batch, &finding, &aspect.title().to_lowercase(), said)?;
        fields.insert(format!("judged:{aspect}"), json!(judged));
        sheet.judged.insert(*aspect, judged);
    }
    if let Some(said) = &entry.overall {
        let missing: Vec<String> = sheet.missing().iter().map(|aspect| aspect.title().to_lowercase()).collect();
        if !missing.is_empty() {
            let not_yet = format!("{label} has no judgement yet on {}", missing.join(", "));
            return Err(fault("judgements-missing", not_yet)
                .hint("an overall level rests on four judgements, each with its explanation")
                .hint(format!("realist cerqual judge {label} {} minor --why \"...\"", sheet.missing()[0])));
        }
        fields.insert("overall".to_owned(), json!(signed(batch, &finding, "the overall level", said)?));
        fields.insert("weighed".to_owned(), json!(sheet.levels()));
    }
    if fields.is_empty() {
        return Ok(label);
    }
    if held.is_some() {
        batch.set(Kind::Worksheet, sheet.id, &fields);
    } else {
        fields.insert("hypothesis".to_owned(), json!(finding.id));
        if project.state().entity(sheet.id).is_some() {
            // One that was taken away begins anew.
            let blank = Aspect::ALL
                .iter()
                .map(|aspect| format!("judged:{aspect}"))
                .chain(["overall", "weighed"].map(str::to_owned));
            for field in blank {
                fields.entry(field).or_insert(serde_json::Value::Null);
            }
        }
        batch.create_as(Kind::Worksheet, sheet.id, &fields);
    }
    Ok(label)
}

fn blank(hypothesis: Id) -> Worksheet {
    let (judged, weighed) = (BTreeMap::new(), BTreeMap::new());
    Worksheet { id: Worksheet::id_of(hypothesis), hypothesis, judged, overall: None, weighed }
}

fn signed<T: Copy + Serialize>(
    batch: &Batch<'_>,
    finding: &Hypothesis,
    what: &str,
    said: &Said<T>,
) -> Result<Judged<T>> {
    let why = said.why.trim();
    if why.is_empty() {
        return Err(fault("why-needed", format!("why so, of {what}? every judgement has its explanation"))
            .hint("add --why \"...\""));
    }
    Ok(Judged { level: said.level, why: why.to_owned(), by: batch.coder().to_owned(), revision: finding.revision() })
}

/// What a filled-in sheet says that the worksheets do not say already: a row that nobody touched is no new judgement, and
/// does not confirm one that was made for an earlier wording. Faults: those of finding statements.
pub fn news(project: &Project, entries: Vec<Entry>) -> Result<Vec<Entry>> {
    let mut news = Vec::new();
    for mut entry in entries {
        let held = worksheet(project, resolve::find(project, Kind::Hypothesis, &entry.hypothesis)?);
        if let Some(held) = held {
            entry.judged.retain(|(aspect, said)| !held.judged.get(aspect).is_some_and(|one| repeats(said, one)));
            entry.overall = entry.overall.filter(|said| !held.confidence().is_some_and(|one| repeats(said, one)));
        }
        if !entry.judged.is_empty() || entry.overall.is_some() {
            news.push(entry);
        }
    }
    Ok(news)
}

fn repeats<T: PartialEq>(said: &Said<T>, held: &Judged<T>) -> bool {
    said.level == held.level && said.why.trim() == held.why
}

/// Takes a worksheet away, with the reason. Fault `no-worksheet`.
pub fn remove(project: &mut Project, typed: &str, reason: &str) -> Result<Done<String>> {
    project.write("cerqual remove", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Hypothesis, typed)?;
        let label = batch.project().label(id);
        let Some(sheet) = worksheet(batch.project(), id) else {
            return Err(fault("no-worksheet", format!("nothing was judged of {label}")).hint("realist cerqual list"));
        };
        batch.remove(Kind::Worksheet, sheet.id, reason);
        Ok(label)
    })
}

/// What was judged of a finding.
pub fn worksheet(project: &Project, hypothesis: Id) -> Option<Worksheet> {
    project.state().get(Worksheet::id_of(hypothesis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::desk::Desk;

    fn said<T>(level: T) -> Said<T> {
        Said { level, why: "few and thin".to_owned() }
    }

    fn entry(aspects: &[Aspect], overall: Option<Confidence>) -> Entry {
        Entry {
            hypothesis: "H1.gj".to_owned(),
            judged: aspects.iter().map(|aspect| (*aspect, said(Concern::Serious))).collect(),
            overall: overall.map(said),
        }
    }

    #[test]
    fn an_overall_level_waits_for_all_four_and_is_never_worked_out() {
        let mut desk = Desk::new();
        desk.statement("Something");
        let id = resolve::find(&desk.project, Kind::Hypothesis, "H1.gj").unwrap();
        judge(&mut desk.project, &[entry(&[Aspect::Limitations, Aspect::Coherence, Aspect::Adequacy], None)]).unwrap();
        let refused = judge(&mut desk.project, &[entry(&[], Some(Confidence::High))]).unwrap_err();
        assert_eq!(refused.0.code, "judgements-missing");
        assert!(refused.0.message.contains("relevance"), "{}", refused.0.message);
        judge(&mut desk.project, &[entry(&[Aspect::Relevance], None)]).unwrap();
        assert_eq!(worksheet(&desk.project, id).unwrap().confidence(), None, "four serious concerns give no level");
        judge(&mut desk.project, &[entry(&[], Some(Confidence::High))]).unwrap();
        let sheet = worksheet(&desk.project, id).unwrap();
        assert_eq!(sheet.confidence().unwrap().level, Confidence::High, "what the person says stands");
        let minor = Entry { judged: vec![(Aspect::Coherence, said(Concern::Minor))], ..entry(&[], None) };
        judge(&mut desk.project, &[minor]).unwrap();
        assert_eq!(worksheet(&desk.project, id).unwrap().confidence(), None, "to be given anew for what is judged now");
        judge(&mut desk.project, &[entry(&[], Some(Confidence::Moderate))]).unwrap();
        assert_eq!(worksheet(&desk.project, id).unwrap().confidence().unwrap().level, Confidence::Moderate);
        remove(&mut desk.project, "H1.gj", "begun anew").unwrap();
        assert_eq!(worksheet(&desk.project, id), None);
        assert_eq!(remove(&mut desk.project, "H1.gj", "again").unwrap_err().0.code, "no-worksheet");
        judge(&mut desk.project, &[entry(&[Aspect::Relevance], None)]).unwrap();
        assert_eq!(worksheet(&desk.project, id).unwrap().missing().len(), 3, "what was removed is not taken up again");
    }

    #[test]
    fn every_judgement_is_explained() {
        let mut desk = Desk::new();
        desk.statement("Something");
        let mut bare = entry(&[Aspect::Coherence], None);
        bare.judged[0].1.why = "  ".to_owned();
        assert_eq!(judge(&mut desk.project, &[bare]).unwrap_err().0.code, "why-needed");
    }
}
