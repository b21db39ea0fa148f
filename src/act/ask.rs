//! Asking the evidence: which links speak of a term, a statement or a component, which passages of the
//! same words are not linked yet, and which of the team's own sources say nothing.

use super::query::{Facet, PlainFacet, passages};
use super::search::{self, Found};
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Header, Role};
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::index::{self, Order};
use crate::language::Language;
use crate::project::Project;
use crate::query::{Field, Query, Value, Word};
use crate::settings::Settings;
use crate::source::Source;
use crate::strand::SourceKind;
use crate::synthesis::Synthesis;
use crate::text::{Span, quote, words};
use std::collections::{BTreeMap, BTreeSet};

/// Which links are wanted; all conditions hold together.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words that the statement or the quotation holds, in any form, or a synonym of them.
    pub about: Option<Query>,
    pub hypothesis: Option<Id>,
    pub component: Option<Id>,
    pub stance: Option<Stance>,
    pub kind: Option<SourceKind>,
    pub unappraised: bool,
}

/// What the evidence says.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub links: Vec<Evidence>,
    /// Passages that hold the words and that no link touches, interviewers' turns apart, in document order.
    pub unlinked: Vec<Found>,
    /// There are more matching passages than were looked at.
    pub cut: bool,
    pub silent: Vec<Silent>,
}

/// Own sources of one kind in which nothing was found: not discussed, or not coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    pub kind: SourceKind,
    pub sources: usize,
    /// Those with nothing.
    pub nothing: Vec<Id>,
}

/// Matching passages looked at.
const MOST: usize = 20_000;

/// A term and its synonyms as a query: words in any form, those of one term side by side.
pub fn about(settings: &Settings, typed: &str) -> Result<Query> {
    let wanted = quote::folded(typed.trim());
    let group = settings.synonyms.iter().find(|(term, others)| {
        std::iter::once(*term).chain(others.iter()).any(|one| quote::folded(one.trim()) == wanted)
    });
    let terms: Vec<&str> = match group {
        Some((term, others)) => std::iter::once(term).chain(others).map(String::as_str).collect(),
        None => vec![typed],
    };
    let queries: Vec<Query> = terms.into_iter().filter_map(one_term).collect();
    if queries.is_empty() {
        return Err(fault("empty-query", format!("there is no word in '{typed}'")));
    }
    Ok(Query::or(queries))
}

fn one_term(term: &str) -> Option<Query> {
    let mut words: Vec<Word> =
        words::words(term).map(|(_, word)| Word { text: word.to_owned(), exact: false }).collect();
    match words.len() {
        0 => None,
        1 => words.pop().map(Query::Word),
        _ => Some(Query::Near { words, gap: 0 }),
    }
}

fn speaks_of(query: &Query, text: &str, language: Language) -> bool {
    Span::new(0, text.len()).is_some_and(|whole| !index::highlights(query, text, &[whole], language).is_empty())
}

fn told(statement: &Hypothesis) -> String {
    let parts = statement.parts.iter().map(|part| part.text.as_str());
    statement.statement.as_deref().into_iter().chain(parts).collect::<Vec<_>>().join("\n")
}

/// The links that fit, and with a term what lies beside them.
pub fn ask(project: &Project, synthesis: &Synthesis, asked: &Asked, progress: &dyn Fn(usize, usize)) -> Result<Answer> {
    let mut answer = Answer { links: links(project, synthesis, asked)?, ..Answer::default() };
    let mut heard: BTreeSet<Id> = answer.links.iter().map(|link| synthesis.counts_as(link.source)).collect();
    if let Some(about) = &asked.about {
        let query = within(about, asked.kind);
        let mut found = search::search(project, &query, Order::Document, MOST, progress)?;
        answer.cut = found.total > found.found.len() + found.missing;
        let asking = interviewers(synthesis);
        found.found.retain(|one| {
            one.speaker.as_ref().is_none_or(|speaker| !asking.contains(&(one.document.clone(), speaker.clone())))
        });
        let mut labels: BTreeSet<String> = found.found.iter().map(|one| one.source.clone()).collect();
        if answer.cut {
            let counts = passages(project, &query, &Facet::Plain(PlainFacet::Source), progress)?;
            labels.extend(counts.rows.into_iter().map(|one| one.name));
        }
        let holders = synthesis.sources.keys().filter(|id| labels.contains(&synthesis.label(**id)));
        heard.extend(holders.map(|id| synthesis.counts_as(*id)));
        answer.unlinked = unlinked(project, synthesis, found.found)?;
    }
    if asked.about.is_some() || asked.hypothesis.is_some() || asked.component.is_some() {
        answer.silent = silent(synthesis, asked.kind, &heard);
    }
    Ok(answer)
}

/// Who only asks, by document and speaker label.
fn interviewers(synthesis: &Synthesis) -> BTreeSet<(String, String)> {
    let of = |(id, header): (&Id, &Header)| {
        let label = synthesis.label(*id);
        let asking = header.speakers.iter().filter(|speaker| speaker.role == Role::Interviewer);
        asking.map(|speaker| (label.clone(), speaker.label.clone())).collect::<Vec<_>>()
    };
    synthesis.headers.iter().flat_map(of).collect()
}

fn within(about: &Query, kind: Option<SourceKind>) -> Query {
    let kind = kind.map(|kind| Query::Field(Field::Kind, Value::Text(kind.word().to_owned())));
    Query::and(std::iter::once(about.clone()).chain(kind).collect())
}

fn links(project: &Project, synthesis: &Synthesis, asked: &Asked) -> Result<Vec<Evidence>> {
    let lookup = project.lookup();
    let mut speaking: BTreeMap<Id, bool> = BTreeMap::new();
    let languages: BTreeSet<Language> =
        synthesis.documents.values().map(|one| one.language).chain([Language::ENGLISH]).collect();
    let mut links = Vec::new();
    for link in synthesis.evidence.values() {
        let of = synthesis.hypotheses.get(&link.hypothesis);
        let kind = synthesis.sources.get(&link.source).map(|source| source.kind);
        let fits = asked.hypothesis.is_none_or(|id| link.hypothesis == id)
            && asked.component.is_none_or(|id| of.is_some_and(|of| of.component == Some(id)))
            && asked.stance.is_none_or(|stance| link.stance == stance)
            && asked.kind.is_none_or(|wanted| kind == Some(wanted))
            && !(asked.unappraised && link.has_scores());
        if !fits {
            continue;
        }
        if let Some(about) = &asked.about {
            // In which language a statement is written, nobody says: it may be that of any document.
            let statement = *speaking.entry(link.hypothesis).or_insert_with(|| {
                of.is_some_and(|of| languages.iter().any(|language| speaks_of(about, &told(of), *language)))
            });
            let language = synthesis.documents.get(&link.anchor.document).map_or(Language::ENGLISH, |one| one.language);
            if !statement && !speaks_of(about, &project.quotation(&lookup, &link.anchor)?.text, language) {
                continue;
            }
        }
        links.push(link.clone());
    }
    Ok(links)
}

/// Of the passages found, those that no link touches.
fn unlinked(project: &Project, synthesis: &Synthesis, found: Vec<Found>) -> Result<Vec<Found>> {
    let mut linked: BTreeSet<String> = BTreeSet::new();
    for link in synthesis.evidence.values() {
        let Some(document) = synthesis.documents.get(&link.anchor.document) else { continue };
        let label = synthesis.label(document.id);
        linked.extend(units(project, document, link)?.map(|n| format!("{label}/{n}")));
    }
    Ok(found.into_iter().filter(|one| !linked.contains(&one.passage)).collect())
}

fn units(project: &Project, document: &Document, link: &Evidence) -> Result<std::ops::RangeInclusive<usize>> {
    let units = if document.purged { None } else { project.units_in_force(document, &link.anchor)? };
    #[allow(clippy::reversed_empty_ranges)] // none at all
    Ok(units.unwrap_or(1..=0))
}

/// Own sources of the kind asked for, else of every kind there is, in which nothing was heard.
fn silent(synthesis: &Synthesis, kind: Option<SourceKind>, heard: &BTreeSet<Id>) -> Vec<Silent> {
    let own = SourceKind::ALL.iter().copied().filter(|one| one.is_own_data() && kind.is_none_or(|kind| kind == *one));
    own.filter_map(|kind| {
        let counts = |source: &&Source| source.kind == kind && synthesis.counts_as(source.id) == source.id;
        let sources: Vec<&Source> = synthesis.sources.values().filter(counts).collect();
        let nothing: Vec<Id> = sources.iter().map(|source| source.id).filter(|id| !heard.contains(id)).collect();
        (!sources.is_empty()).then_some(Silent { kind, sources: sources.len(), nothing })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::anchor::Spot;
    use crate::act::desk::Desk;
    use crate::act::evidence::{self, Judgement, Wish};
    use crate::project::Depth;

    fn link(desk: &mut Desk, hypothesis: &str, place: &str, stance: Stance) {
        let wish = Wish {
            hypothesis: hypothesis.to_owned(),
            spot: Spot::parse(place, None, None).unwrap(),
            judgement: Judgement { stance: Some(stance), ..Judgement::default() },
        };
        evidence::add(&mut desk.project, &[wish]).unwrap();
    }

    fn answer(desk: &Desk, asked: &Asked) -> Answer {
        let synthesis = desk.project.synthesis(Depth::Headers).unwrap();
        ask(&desk.project, &synthesis, asked, &|_, _| {}).unwrap()
    }

    /// Three focus groups: the first linked, the second speaks of it unlinked, the third does not.
    fn groups() -> Desk {
        let mut desk = Desk::new();
        for (name, words) in [
            (
                "a.txt",
                "Moderator: What helped?\n\nP1: Being colocated with the nurses.\n\nP2: I minded the sharing of premises.\n",
            ),
            ("b.txt", "Moderator: What helped?\n\nP1: Nothing about co-location, really.\n\nP2: The tea.\n"),
            ("c.txt", "Moderator: What of co-location?\n\nP1: The bus.\n\nP2: Somebody who rang.\n"),
        ] {
            desk.import(name, words, SourceKind::FocusGroup);
        }
        desk.statement("Shared premises make help quick");
        desk.statement("Ringing helps");
        link(&mut desk, "H1.gj", "D1.gj/3", Stance::Refutes);
        link(&mut desk, "H1.gj", "D1.gj/2", Stance::Supports);
        link(&mut desk, "H2.gj", "D3.gj/3", Stance::Supports);
        desk
    }

    #[test]
    fn what_do_the_focus_groups_say_against_it() {
        let desk = groups();
        let mut settings = desk.project.settings().clone();
        settings.synonyms.insert("co-location".to_owned(), vec!["colocated".to_owned(), "shared premises".to_owned()]);
        let query = about(&settings, "Colocated").unwrap();
        assert_eq!(query.to_string(), "NEAR/0(co location) OR colocated OR NEAR/0(shared premises)");
        let asked = Asked {
            about: Some(query),
            stance: Some(Stance::Refutes),
            kind: Some(SourceKind::FocusGroup),
            ..Asked::default()
        };
        let found = answer(&desk, &asked);
        assert_eq!(found.links.len(), 1);
        assert_eq!(found.unlinked.iter().map(|one| one.passage.as_str()).collect::<Vec<_>>(), ["D2.gj/2"]);
        let label = found.silent[0].nothing.clone();
        assert_eq!((found.silent[0].sources, label.len()), (3, 1), "{label:?}");
        let all = answer(&desk, &Asked { stance: None, ..asked });
        assert_eq!(all.links.len(), 2, "the statement on the ringing is not about it");
    }

    #[test]
    fn sources_without_a_link_are_named_only_where_something_was_asked() {
        let desk = groups();
        assert!(answer(&desk, &Asked::default()).silent.is_empty());
        let id = crate::act::resolve::find(&desk.project, crate::id::Kind::Hypothesis, "H2.gj").unwrap();
        let found = answer(&desk, &Asked { hypothesis: Some(id), ..Asked::default() });
        assert_eq!((found.links.len(), found.silent.len(), found.silent[0].nothing.len()), (1, 1, 2));
        assert_eq!(about(desk.project.settings(), " ?").unwrap_err().0.code, "empty-query");
    }
}
