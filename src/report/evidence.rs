//! `report evidence`: the CMO table, component by component, with the passages for and against.

use super::block::{Block, Report, Run, count_of, sentence_case};
use super::cmo::{self, Statement};
use super::references::Listed;
use super::words::Press;
use super::{Brief, sheet, tally};
use crate::synthesis::Synthesis;
use crate::theory::Component;
use serde_json::json;

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let groups = groups(synthesis, brief);
    let ids: Vec<crate::id::Id> = groups.iter().flat_map(|(_, ids)| ids).copied().collect();
    let groups: Vec<(Option<&Component>, Vec<Statement>)> =
        groups.into_iter().map(|(component, ids)| (component, Statement::all(&mut press, &ids))).collect();

    let mut blocks = opening(synthesis, &groups);
    for (component, statements) in &groups {
        blocks.extend(component_section(&press, *component, statements));
    }
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.push(Block::rule(tally::STANDING_RULE));
    blocks.push(Block::rule(tally::COVERAGE_RULE));
    blocks.extend(Listed::behind(&press, brief, ids).section(synthesis));
    blocks.extend(annex(&press, brief));
    blocks.extend(closing(&press));

    let statements: Vec<Statement> = groups.into_iter().flat_map(|(_, statements)| statements).collect();
    Report {
        key: "evidence",
        title: format!("{}: evidence for and against", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet::of(&statements),
        data: json!({
            "report": "evidence",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rules": { "standing": tally::STANDING_RULE, "coverage": tally::COVERAGE_RULE },
            "statements": statements,
            "withheld": withheld(&press),
        }),
    }
}

/// Living statements that a paper is about, component by component, then those of none, if there are any.
pub(super) fn groups<'s>(synthesis: &'s Synthesis, brief: &Brief) -> Vec<(Option<&'s Component>, Vec<crate::id::Id>)> {
    let components = synthesis.components_in_order().into_iter();
    let mut groups: Vec<_> = components.map(|one| (Some(one), cmo::living(synthesis, Some(one.id)))).collect();
    let loose = loose(synthesis);
    if !loose.is_empty() || groups.is_empty() {
        groups.push((None, loose));
    }
    if let Some(meant) = brief.statements(synthesis) {
        for (_, ids) in &mut groups {
            ids.retain(|id| meant.contains(id));
        }
        groups.retain(|(_, ids)| !ids.is_empty());
    }
    groups
}

/// Living statements that hang on no component, or on one that is retired or gone.
fn loose(synthesis: &Synthesis) -> Vec<crate::id::Id> {
    let held = |id| synthesis.components.get(&id).is_some_and(|component| !component.retired);
    let mut ids: Vec<_> =
        synthesis.living_hypotheses().filter(|one| !one.component.is_some_and(held)).map(|one| one.id).collect();
    cmo::in_label_order(synthesis, &mut ids);
    ids
}

/// What a paper of the project is called; a title with a colon of its own gets no second one.
pub(super) fn titled(synthesis: &Synthesis, what: &str) -> String {
    let project = &synthesis.settings.title;
    if project.contains(": ") { format!("{project}. {}", sentence_case(what)) } else { format!("{project}: {what}") }
}

/// Whom a paper is for.
pub(super) fn subtitle(brief: &Brief) -> String {
    match brief.audience {
        crate::participant::Audience::Team => "For the team: not to be passed on".to_owned(),
        crate::participant::Audience::Meeting => "For the meeting".to_owned(),
        crate::participant::Audience::Publication => "For publication".to_owned(),
    }
}

/// Says so where every quotation is made up.
pub(super) fn synthetic_notice(synthesis: &Synthesis) -> Option<Block> {
    let text = "These papers are synthetic: every quotation in them is made up and nobody said it.";
    synthesis.settings.synthetic.then(|| Block::notice(text))
}

/// What was kept back, at the end of every report that quotes anybody or might have.
pub(super) fn closing(press: &Press) -> Vec<Block> {
    if !press.has_quoted() {
        return Vec::new();
    }
    vec![
        Block::heading(2, "Withheld", "withheld"),
        Block::Note { kind: super::NoteKind::Withheld, text: press.closing() },
    ]
}

/// The same for machines: every reason with its count; one that comes with corrections only where it does.
pub(super) fn withheld(press: &Press) -> serde_json::Value {
    let tally = press.tally();
    let reasons: serde_json::Map<_, _> = super::words::Withheld::ALL
        .iter()
        .filter(|why| **why != super::words::Withheld::Unsettled || tally.contains_key(why))
        .map(|why| (why.word().to_owned(), tally.get(why).copied().unwrap_or(0).into()))
        .collect();
    json!({ "quotations": tally.values().sum::<usize>(), "reasons": reasons })
}

fn opening(synthesis: &Synthesis, groups: &[(Option<&Component>, Vec<Statement>)]) -> Vec<Block> {
    let statements = groups.iter().map(|(_, statements)| statements.len()).sum();
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::Paragraph(vec![
        Run::plain(format!(
            "{} in {}. ",
            count_of(statements, "statement"),
            count_of(groups.iter().filter(|(component, _)| component.is_some()).count(), "component")
        )),
        Run::plain(
            "Each says in what circumstances something works, through what, and with what result. Beside it stands what \
             the evidence amounts to. Agreement is not evidence, and neither is a test.",
        ),
    ]));
    blocks
}

fn component_section(press: &Press, component: Option<&Component>, statements: &[Statement]) -> Vec<Block> {
    let (title, id) = match component {
        Some(component) => {
            let label = press.synthesis.label(component.id);
            (format!("{label} {}", component.name), format!("component-{label}"))
        }
        None => ("Statements of no component".to_owned(), "no-component".to_owned()),
    };
    let caption = format!("Statements: {title}");
    let mut blocks = vec![Block::heading(2, title, id.clone())];
    if let Some(text) = component.and_then(|component| component.description.as_deref()) {
        blocks.push(Block::paragraph(text));
    }
    blocks.extend(cmo::section(statements, press.audience, 3, &caption, &id));
    blocks
}

/// The tables the caller hands over, for the team.
fn annex(press: &Press, brief: &Brief) -> Vec<Block> {
    if !press.is_for_team() || brief.tables.is_empty() || !brief.about.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::PageBreak, Block::heading(2, "Annex for the team: tables", "annex-tables")];
    for (name, table) in &brief.tables {
        blocks.push(Block::table(sentence_case(&name.replace('_', " ")), table.clone()));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn no_title_has_two_colons() {
        let mut synthesis = sample::synthesis();
        assert_eq!(titled(&synthesis, "briefings"), "Care in practice: briefings");
        synthesis.settings.title = "Partners: an example".to_owned();
        assert_eq!(titled(&synthesis, "briefings"), "Partners: an example. Briefings");
    }
}
