//! Statement cards: to print, cut out and sort at a table. A card has its label, the team's sentence, its parts and
//! the kinds of source that speak of it; never a participant's words.

use crate::act::resolve;
use crate::diagnostic::Result;
use crate::hypothesis::Hypothesis;
use crate::project::{Depth, Project};
use crate::render::cards;
use crate::synthesis::{Bearings, Synthesis};
use crate::table::Table;
use std::collections::BTreeMap;

crate::vocabulary! {
    pub enum Form "format of cards" {
        /// One row a card, with a column for its group: what `--groups` reads.
        Csv "csv",
        Docx "docx",
        Html "html",
    }
}

/// The bytes of a file, and how many cards are in it.
pub fn make(project: &Project, form: Form, component: Option<&str>) -> Result<(Vec<u8>, usize)> {
    let component = component.map(|typed| resolve::component(project, typed)).transpose()?;
    let synthesis = project.synthesis(Depth::Facts)?;
    let bearings = Bearings::of(&synthesis);
    let mut statements: Vec<&Hypothesis> =
        synthesis.living_hypotheses().filter(|one| component.is_none() || one.component == component).collect();
    statements.sort_by_key(|one| (synthesis.labels.get(&one.id), one.id));
    let cards: Vec<cards::Card> = statements.iter().map(|one| card(&synthesis, &bearings, one)).collect();
    let bytes = match form {
        Form::Csv => ["\u{feff}".as_bytes(), &crate::render::csv::table(&sheet(&cards))].concat(),
        Form::Docx => cards::docx(&synthesis.settings.title, &cards),
        Form::Html => cards::html(&synthesis.settings.title, &cards),
    };
    Ok((bytes, cards.len()))
}

fn card(synthesis: &Synthesis, bearings: &Bearings, statement: &Hypothesis) -> cards::Card {
    let mut kinds: BTreeMap<&str, std::collections::BTreeSet<crate::id::Id>> = BTreeMap::new();
    for one in bearings.on(statement.id) {
        if one.link.is_irrelevant() || synthesis.is_gone(one.link) {
            continue;
        }
        if let Some(source) = synthesis.sources.get(&one.link.source) {
            kinds.entry(source.kind.word()).or_default().insert(synthesis.counts_as(source.id));
        }
    }
    let component = statement.component.and_then(|id| synthesis.components.get(&id));
    cards::Card {
        label: synthesis.label(statement.id),
        sentence: statement.sentence(),
        parts: statement.parts.iter().map(|part| (part.kind.word().to_owned(), part.text.trim().to_owned())).collect(),
        kinds: kinds.into_iter().map(|(kind, sources)| (kind.replace('_', " "), sources.len())).collect(),
        component: component.map(|one| one.name.clone()),
    }
}

/// One row a card; `group` is for the team to fill in.
fn sheet(cards: &[cards::Card]) -> Table {
    let mut table = Table::with(&[
        ("statement", "Statement"),
        ("group", "Group"),
        ("sentence", "Sentence"),
        ("parts", "Parts"),
        ("kinds", "Kinds of source"),
        ("component", "Component"),
    ]);
    for one in cards {
        let parts: Vec<String> = one.parts.iter().map(|(kind, text)| format!("{kind}: {text}")).collect();
        table.push(vec![
            one.label.as_str().into(),
            crate::table::Cell::Empty,
            one.sentence.as_str().into(),
            parts.join("; ").into(),
            one.told_by().into(),
            one.component.clone().into(),
        ]);
    }
    table
}
