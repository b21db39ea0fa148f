//! Evidence links as one data frame of small numbers, with the lists that give the numbers meaning.
//!
//! Words do not go into the frame: each id is replaced by its place in a list, in the order papers
//! print, so that sorting by number is sorting for print.

use super::{broken, numbers};
use crate::diagnostic::Result;
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::{Hypothesis, Inference, PartKind};
use crate::id::Id;
use crate::strand::SourceKind;
use crate::synthesis::{Bearing, Bearings, Judged, Synthesis, Target};
use crate::text::Span;
use polars::prelude::{Column, DataFrame, Expr, IntoLazy, LazyFrame, SortMultipleOptions, col, lit};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// In column `part`: the whole statement; a part that is there has its place from 1.
pub(super) const WHOLE: u32 = 0;
/// In column `part`: a part the statement no longer has, or one of the statement that lends the link.
pub(super) const GONE: u32 = u32::MAX;
/// In column `telling`: how the mechanism is told by this link.
pub(super) const INFERRED: u32 = 1;
pub(super) const STATED: u32 = 2;

pub(super) struct Links<'s> {
    frame: DataFrame,
    /// By row of the frame.
    pub rows: Vec<&'s Evidence>,
    /// By column `hypothesis`.
    pub hypotheses: Vec<&'s Hypothesis>,
    /// Keys by column `strand`: all strands that hold a source.
    pub strands: Vec<String>,
    /// By column `hypothesis`: further links whose words were destroyed. They are not in the frame.
    pub gone: Vec<usize>,
    /// By column `hypothesis`: links that other statements lend and nobody has confirmed for this one.
    pub inherited: Vec<usize>,
}

impl<'s> Links<'s> {
    pub fn of(synthesis: &'s Synthesis) -> Result<Self> {
        Self::gather(synthesis, synthesis.hypotheses.values().collect())
    }

    /// Links of some statements only.
    pub fn among(synthesis: &'s Synthesis, wanted: &[Id]) -> Result<Self> {
        let wanted: BTreeSet<&Id> = wanted.iter().collect();
        Self::gather(synthesis, wanted.into_iter().filter_map(|id| synthesis.hypotheses.get(id)).collect())
    }

    fn gather(synthesis: &'s Synthesis, mut hypotheses: Vec<&'s Hypothesis>) -> Result<Self> {
        hypotheses.sort_by_key(|one| by_label(synthesis, one.id));
        let sources = Sources::of(synthesis);
        let bearings = Bearings::of(synthesis);
        let mut columns = Columns::default();
        let (mut gone, mut inherited) = (vec![0; hypotheses.len()], vec![0; hypotheses.len()]);
        for (n, hypothesis) in hypotheses.iter().enumerate() {
            for bearing in bearings.on(hypothesis.id) {
                if synthesis.is_gone(bearing.link) {
                    gone[n] += 1;
                    continue;
                }
                inherited[n] += usize::from(bearing.judged == Judged::Inherited);
                let judged_for = bearing.through.map_or(Some(*hypothesis), |id| synthesis.hypotheses.get(&id));
                columns.push(small(n), hypothesis, &bearing, telling(judged_for, bearing.link), &sources);
            }
        }
        let rows = std::mem::take(&mut columns.links);
        Ok(Links { frame: columns.frame()?, rows, hypotheses, strands: sources.strands, gone, inherited })
    }

    /// All links.
    pub fn all(&self) -> LazyFrame {
        self.frame.clone().lazy()
    }

    /// Links that count: not judged irrelevant, not ambiguous.
    pub fn counted(&self) -> LazyFrame {
        self.all().filter(counts())
    }

    /// A column of the frame before any grouping.
    pub fn column(&self, name: &str) -> Result<Vec<usize>> {
        numbers(&self.frame, name)
    }
}

/// Groups, sorted by `by`.
pub(super) fn grouped(frame: LazyFrame, by: &[&str], aggregates: &[Expr]) -> Result<DataFrame> {
    let keys: Vec<Expr> = by.iter().map(|name| col(*name)).collect();
    let order: Vec<Expr> = keys.clone();
    frame.group_by(keys).agg(aggregates).sort_by_exprs(order, SortMultipleOptions::default()).collect().map_err(broken)
}

/// Not judged irrelevant.
pub(super) fn relevant() -> Expr {
    col("relevant").eq(lit(1_u32))
}

pub(super) fn has_stance(stance: Stance) -> Expr {
    col("stance").eq(lit(stance as u32))
}

/// Supports or refines.
pub(super) fn is_for() -> Expr {
    has_stance(Stance::Supports).or(has_stance(Stance::Refines))
}

pub(super) fn counts() -> Expr {
    relevant().and(col("stance").neq(lit(Stance::Ambiguous as u32)))
}

/// Distinct values of `column` where `condition` holds.
pub(super) fn distinct(column: &str, condition: Expr, name: &str) -> Expr {
    col(column).filter(condition).n_unique().alias(name)
}

/// Sorts as papers print: by label, what has none last.
pub(super) fn by_label(synthesis: &Synthesis, id: Id) -> impl Ord + use<> {
    let label = synthesis.labels.get(&id).cloned();
    (label.is_none(), label, id)
}

/// Strands that hold a source, those of `realist.toml` first and in its order.
pub(super) fn strands_in_use(synthesis: &Synthesis) -> Vec<String> {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for id in synthesis.sources.keys() {
        if let Some(source) = synthesis.sources.get(&synthesis.counts_as(*id)) {
            used.insert(&source.strand);
        }
    }
    let declared = synthesis.settings.strands.iter().map(|strand| strand.key.as_str());
    let mut strands: Vec<String> = Vec::new();
    for key in declared.chain(used.iter().copied()) {
        if used.contains(key) && !strands.iter().any(|known| known == key) {
            strands.push(key.to_owned());
        }
    }
    strands
}

/// What each source counts as, and where it belongs.
struct Sources {
    /// By source as linked: place of the source it counts as, its strand, its kind.
    known: BTreeMap<Id, (u32, u32, u32)>,
    strands: Vec<String>,
}

impl Sources {
    fn of(synthesis: &Synthesis) -> Self {
        let mut strands = strands_in_use(synthesis);
        let linked = synthesis.evidence.values().map(|link| link.source);
        let ids: BTreeSet<Id> = synthesis.sources.keys().copied().chain(linked).collect();
        let place: HashMap<Id, u32> = ids.iter().copied().zip(0..).collect();
        let mut known = BTreeMap::new();
        for id in &ids {
            let stands_for = synthesis.counts_as(*id);
            let source = synthesis.sources.get(&stands_for);
            let key = source.map_or("not_known", |source| source.strand.as_str());
            let strand = strands.iter().position(|known| known == key).unwrap_or_else(|| {
                strands.push(key.to_owned());
                strands.len() - 1
            });
            let kind = source.map_or(SourceKind::ALL.len(), |source| source.kind as usize);
            // A source may count as one this project does not hold; then it has no place of its own.
            let counted = place.get(&stands_for).or_else(|| place.get(id)).copied().unwrap_or_default();
            known.insert(*id, (counted, small(strand), small(kind)));
        }
        Sources { known, strands }
    }
}

type PassageKey<'s> = (Id, &'s str, Option<usize>, &'s [Span], u32);

#[derive(Default)]
struct Columns<'s> {
    links: Vec<&'s Evidence>,
    hypothesis: Vec<u32>,
    part: Vec<u32>,
    source: Vec<u32>,
    strand: Vec<u32>,
    kind: Vec<u32>,
    stance: Vec<u32>,
    passage: Vec<u32>,
    document: Vec<u32>,
    relevant: Vec<u32>,
    appraised: Vec<u32>,
    telling: Vec<u32>,
    passages: HashMap<PassageKey<'s>, u32>,
    documents: HashMap<(Id, u32), u32>,
}

impl<'s> Columns<'s> {
    fn push(&mut self, n: u32, hypothesis: &Hypothesis, bearing: &Bearing<'s>, telling: u32, sources: &Sources) {
        let link = bearing.link;
        let (source, strand, kind) = sources.known[&link.source];
        let anchor = &link.anchor;
        // One table holds many studies: its rows are counted as one document for each source, so
        // that links >= passages >= documents >= sources holds for tables too.
        let passage = (anchor.document, anchor.version.as_str(), anchor.row, anchor.spans.as_slice(), source);
        let next = small(self.passages.len());
        self.passage.push(*self.passages.entry(passage).or_insert(next));
        let next = small(self.documents.len());
        self.document.push(*self.documents.entry((anchor.document, source)).or_insert(next));
        self.links.push(link);
        self.hypothesis.push(n);
        self.part.push(place_of(hypothesis, bearing.target));
        self.source.push(source);
        self.strand.push(strand);
        self.kind.push(kind);
        self.stance.push(link.stance as u32);
        self.relevant.push(u32::from(!link.is_irrelevant()));
        self.appraised.push(u32::from(link.is_appraised()));
        self.telling.push(telling);
    }

    fn frame(self) -> Result<DataFrame> {
        let height = self.hypothesis.len();
        let columns = [
            ("hypothesis", self.hypothesis),
            ("part", self.part),
            ("source", self.source),
            ("strand", self.strand),
            ("kind", self.kind),
            ("stance", self.stance),
            ("passage", self.passage),
            ("document", self.document),
            ("relevant", self.relevant),
            ("appraised", self.appraised),
            ("telling", self.telling),
        ];
        let columns = columns.into_iter().map(|(name, numbers)| Column::new(name.into(), numbers)).collect();
        DataFrame::new(height, columns).map_err(broken)
    }
}

fn place_of(hypothesis: &Hypothesis, target: Target<'_>) -> u32 {
    match target {
        Target::Whole => WHOLE,
        Target::OfLender(_) => GONE,
        Target::Part(key) => {
            hypothesis.parts.iter().position(|part| part.key == key).map_or(GONE, |place| small(place + 1))
        }
    }
}

/// What a link that counts for the statement says of the mechanism of the one it was judged for: only
/// links to the mechanism, to the reasoning or to the whole bear on it.
fn telling(judged_for: Option<&Hypothesis>, link: &Evidence) -> u32 {
    let on_mechanism = match &link.part {
        None => true,
        Some(key) => judged_for
            .into_iter()
            .flat_map(|one| &one.parts)
            .any(|part| part.key == *key && matches!(part.kind, PartKind::Mechanism | PartKind::Reasoning)),
    };
    if !on_mechanism || !matches!(link.stance, Stance::Supports | Stance::Refines) {
        return 0;
    }
    match link.inference {
        None => 0,
        Some(Inference::Explicit) => STATED,
        Some(_) => INFERRED,
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
