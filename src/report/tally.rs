//! What the evidence tables count: distinct sources and passages by stance and strand, medians of
//! appraisal, coverage of each part. Links judged irrelevant (relevance 0) are left out of all.

use super::NONE_FOUND;
use super::block::count_of;
use crate::evidence::{Evidence, Evidential, Stance, Standing};
use crate::hypothesis::{Hypothesis, Inference, PartKind};
use crate::id::Id;
use crate::synthesis::{Bearing, Bearings, Synthesis, Target};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The rule behind the standing word, printed once in every report that uses it.
pub const STANDING_RULE: &str = "How the standing is worked out. Sources are counted, not passages: an included study is \
one source, and so is one interview, one group or one household. Passages judged irrelevant (relevance 0) are left out. \
No evidence found: no source supports, refines or refutes the statement. Single source: one source supports or refines \
it and none refutes it. Supported: two or more support or refine it and none refutes it. Contested: at least one \
supports or refines it and at least one refutes it. Refuted only: at least one refutes it and none supports or refines \
it. Unclear passages are shown and not counted. A passage not yet appraised counts, and the standing is then \
provisional. The standing is no measure of truth, and agreement is not evidence.";

/// The rule behind coverage and the other columns beside the standing.
pub const COVERAGE_RULE: &str = "Coverage of a part is the number of sources with a passage that supports or refines that \
very part; passages tied to the statement as a whole are counted apart. One source tells it whole where a single source \
has a passage on the whole statement or one on every part. Mechanism stated or inferred counts the passages on a \
mechanism, resource or reasoning by how far their words go.";

/// Distinct sources and distinct passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    pub sources: usize,
    pub passages: usize,
}

impl Count {
    pub fn of<'e>(synthesis: &Synthesis, links: impl IntoIterator<Item = &'e Evidence>) -> Self {
        let (mut sources, mut passages) = (BTreeSet::new(), BTreeSet::new());
        for link in links {
            sources.insert(synthesis.counts_as(link.source));
            passages.insert(&link.anchor);
        }
        Count { sources: sources.len(), passages: passages.len() }
    }

    /// `2 sources (5 passages)`, or `none found`.
    pub fn in_words(self) -> String {
        if self.passages == 0 {
            return NONE_FOUND.to_owned();
        }
        format!("{} ({})", count_of(self.sources, "source"), count_of(self.passages, "passage"))
    }

    /// `2 (5)` for two sources with five passages, or `none found`.
    pub fn in_figures(self) -> String {
        if self.passages == 0 { NONE_FOUND.to_owned() } else { format!("{} ({})", self.sources, self.passages) }
    }
}

/// What counts of all that bears on a statement, what others lend it included, in label order.
pub fn bearing<'s>(bearings: &Bearings<'s>, hypothesis: Id) -> Vec<Bearing<'s>> {
    let synthesis = bearings.synthesis();
    let mut bearing = bearings.on(hypothesis);
    bearing.retain(|one| !one.link.is_irrelevant());
    bearing.sort_by_key(|one| {
        let id = one.link.id;
        (!synthesis.labels.contains_key(&id), synthesis.labels.get(&id), id)
    });
    bearing
}

/// The links among it.
pub fn relevant<'s>(bearings: &Bearings<'s>, hypothesis: Id) -> Vec<&'s Evidence> {
    bearing(bearings, hypothesis).into_iter().map(|one| one.link).collect()
}

/// Key of the strand a link's source is in.
pub fn strand_of<'s>(synthesis: &'s Synthesis, link: &Evidence) -> &'s str {
    synthesis.sources.get(&synthesis.counts_as(link.source)).map_or("not_known", |source| source.strand.as_str())
}

/// Strands a table has a column for: those declared, then others that hold a source.
pub fn strands<'s>(synthesis: &'s Synthesis, links: &[&'s Evidence]) -> Vec<&'s str> {
    let mut keys: Vec<&str> = synthesis.settings.strands.iter().map(|strand| strand.key.as_str()).collect();
    let held: BTreeSet<&str> = synthesis
        .sources
        .values()
        .map(|source| source.strand.as_str())
        .chain(links.iter().map(|link| strand_of(synthesis, link)))
        .collect();
    for key in held {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// `5 sources in 2 strands`.
pub fn spread(synthesis: &Synthesis, links: &[&Evidence]) -> (usize, usize) {
    let strands: BTreeSet<&str> = links.iter().map(|link| strand_of(synthesis, link)).collect();
    (Count::of(synthesis, links.iter().copied()).sources, strands.len())
}

pub fn show_spread((sources, strands): (usize, usize)) -> String {
    if sources == 0 {
        return NONE_FOUND.to_owned();
    }
    format!("{} in {}", count_of(sources, "source"), count_of(strands, "strand"))
}

/// Medians of the three scores, over the links that have them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quality {
    pub relevance: Option<f64>,
    pub richness: Option<f64>,
    pub rigour: Option<f64>,
    pub appraised: usize,
    pub links: usize,
}

impl Quality {
    pub fn of(links: &[&Evidence]) -> Self {
        let scores = |score: fn(&Evidence) -> Option<u8>| median(links.iter().filter_map(|link| score(link)).collect());
        Quality {
            relevance: scores(|link| link.relevance),
            richness: scores(|link| link.richness),
            rigour: scores(|link| link.rigour),
            appraised: links.iter().filter(|link| link.is_appraised()).count(),
            links: links.len(),
        }
    }

    /// `relevance 3, richness 2.5, rigour 2 (4 of 5 appraised)`.
    pub fn show(&self) -> String {
        if self.links == 0 {
            return NONE_FOUND.to_owned();
        }
        let score = |value: Option<f64>| value.map_or_else(|| "undefined (not scored)".to_owned(), |v| v.to_string());
        if [self.relevance, self.richness, self.rigour].iter().all(Option::is_none) {
            return format!("not appraised (0 of {})", self.links);
        }
        format!(
            "relevance {}, richness {}, rigour {} ({} of {} appraised)",
            score(self.relevance),
            score(self.richness),
            score(self.rigour),
            self.appraised,
            self.links
        )
    }
}

/// How often each score from 0 to 3 was given.
pub fn counted(given: impl IntoIterator<Item = u8>) -> [usize; 4] {
    let mut counted = [0; 4];
    for score in given {
        counted[usize::from(score.min(3))] += 1;
    }
    counted
}

/// The middle score, or half-way between the two middle ones.
fn median(mut scores: Vec<u8>) -> Option<f64> {
    scores.sort_unstable();
    let middle = scores.len() / 2;
    let upper = f64::from(*scores.get(middle)?);
    if scores.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(f64::from(scores[middle - 1]), upper))
}

/// How far evidence for a statement reaches over its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Sources for each part, by the part's key.
    pub parts: BTreeMap<String, usize>,
    /// Sources with a passage on the statement as a whole.
    pub whole: usize,
    /// Sources that tell the whole configuration by themselves.
    pub told_by_one: usize,
}

impl Coverage {
    pub fn of(bearings: &Bearings, hypothesis: &Hypothesis) -> Self {
        let synthesis = bearings.synthesis();
        let mut by_source: BTreeMap<Id, BTreeSet<Option<&str>>> = BTreeMap::new();
        for one in bearing(bearings, hypothesis.id) {
            let part = match one.target {
                Target::Whole => None,
                Target::Part(key) => Some(key),
                Target::OfLender(_) => continue,
            };
            if matches!(one.link.stance, Stance::Supports | Stance::Refines) {
                by_source.entry(synthesis.counts_as(one.link.source)).or_default().insert(part);
            }
        }
        let sources_on = |key: Option<&str>| by_source.values().filter(|told| told.contains(&key)).count();
        let tells_all = |told: &BTreeSet<Option<&str>>| {
            told.contains(&None)
                || (!hypothesis.parts.is_empty() && hypothesis.parts.iter().all(|part| told.contains(&Some(&part.key))))
        };
        Coverage {
            parts: hypothesis.parts.iter().map(|part| (part.key.clone(), sources_on(Some(&part.key)))).collect(),
            whole: sources_on(None),
            told_by_one: by_source.values().filter(|told| tells_all(told)).count(),
        }
    }
}

/// How far the words about the mechanism go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MechanismBasis {
    /// What the team says of the statement as a whole.
    pub statement: Option<Inference>,
    /// Passages on a mechanism, resource or reasoning.
    pub stated: usize,
    pub inferred: usize,
    pub not_recorded: usize,
}

impl MechanismBasis {
    pub fn of(bearings: &Bearings, hypothesis: &Hypothesis) -> Self {
        let is_mechanism = |link: &Evidence| {
            let judged_for = bearings.synthesis().hypotheses.get(&link.hypothesis);
            judged_for.into_iter().flat_map(|one| &one.parts).any(|part| {
                link.part.as_ref() == Some(&part.key)
                    && matches!(part.kind, PartKind::Mechanism | PartKind::Resource | PartKind::Reasoning)
            })
        };
        let mut basis = MechanismBasis { statement: hypothesis.inference, stated: 0, inferred: 0, not_recorded: 0 };
        for link in relevant(bearings, hypothesis.id) {
            if is_mechanism(link) {
                match link.inference {
                    Some(Inference::Explicit) => basis.stated += 1,
                    Some(_) => basis.inferred += 1,
                    None => basis.not_recorded += 1,
                }
            }
        }
        basis
    }

    pub fn show(&self) -> String {
        let statement = match self.statement {
            Some(Inference::Explicit) => "stated (explicit)".to_owned(),
            Some(other) => format!("inferred ({other})"),
            None => "not recorded for the statement".to_owned(),
        };
        if self.stated + self.inferred + self.not_recorded == 0 {
            return format!("{statement}; passages on it: {NONE_FOUND}");
        }
        format!(
            "{statement}; passages on it: {} stated, {} inferred, {} not recorded",
            self.stated, self.inferred, self.not_recorded
        )
    }
}

/// The standing as a reader sees it: `supported (provisional: 2 of 5 appraised)`.
pub fn show_standing(standing: &Standing) -> String {
    let word = standing_title(standing.standing);
    match (standing.links, standing.provisional) {
        (0, _) if standing.gone > 0 => "no evidence left: the words were destroyed on purpose".to_owned(),
        (0, _) => word.to_owned(),
        (links, true) => format!("{word} (provisional: {} of {links} appraised)", standing.appraised),
        (links, false) => format!("{word} ({links} of {links} appraised)"),
    }
}

pub fn standing_title(standing: Evidential) -> &'static str {
    match standing {
        Evidential::None => "no evidence found",
        Evidential::SingleSource => "single source",
        Evidential::Supported => "supported",
        Evidential::Contested => "contested",
        Evidential::RefutedOnly => "refuted only",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3, 1, 2]), Some(2.0));
        assert_eq!(median(vec![3, 2]), Some(2.5));
    }

    #[test]
    fn nothing_found_is_said_and_not_left_blank() {
        assert_eq!(Count::default().in_figures(), "none found");
        assert_eq!(Count { sources: 2, passages: 5 }.in_figures(), "2 (5)");
        assert_eq!(Quality::of(&[]).show(), "none found");
        assert_eq!(show_spread((0, 0)), "none found");
        assert_eq!(show_spread((5, 1)), "5 sources in 1 strand");
    }
}
