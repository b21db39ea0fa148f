//! What each statement rests on: its standing, and what must always be read beside the word.

use super::links::{INFERRED, Links, STATED, WHOLE, counts, distinct, grouped, has_stance, is_for, relevant};
use super::{counted, numbers};
use crate::diagnostic::Result;
use crate::evidence::{Evidential, Stance, Standing};
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::synthesis::Synthesis;
use polars::prelude::{col, len};
use serde::Serialize;
use std::collections::BTreeMap;

crate::vocabulary! {
    /// Whether the sources say why it works, or the team read it into them.
    pub enum Mechanism "telling of a mechanism" {
        Stated "stated",
        Inferred "inferred",
        Unknown "unknown",
    }
}

/// Links that count (not irrelevant, not ambiguous) and how far they spread: links ≥ passages ≥
/// documents ≥ sources. A table that holds many studies is one document for each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    pub links: usize,
    pub passages: usize,
    pub documents: usize,
    pub sources: usize,
}

/// Distinct sources for and against one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartBacking {
    pub key: String,
    pub kind: PartKind,
    /// Sources that support or refine it.
    pub r#for: usize,
    pub against: usize,
}

impl PartBacking {
    pub fn is_bare(&self) -> bool {
        self.r#for + self.against == 0
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backing {
    #[serde(flatten)]
    pub standing: Standing,
    #[serde(flatten)]
    pub counts: Counts,
    /// In the order of the statement's parts.
    pub parts: Vec<PartBacking>,
    /// Sources for and against the statement as a whole.
    pub whole: (usize, usize),
    /// One source alone supports or refines every part, or the statement as a whole. Otherwise the
    /// configuration is pieced together.
    pub whole_from_one_source: bool,
    pub mechanism: Mechanism,
    /// Key of each strand with evidence that counts, and its sources.
    pub strands: Vec<(String, usize)>,
}

impl Backing {
    fn bare(hypothesis: &Hypothesis) -> Self {
        let part = |part: &crate::hypothesis::Part| PartBacking {
            key: part.key.clone(),
            kind: part.kind,
            r#for: 0,
            against: 0,
        };
        Backing {
            standing: crate::evidence::standing([], |_| false, |source| source),
            counts: Counts::default(),
            parts: hypothesis.parts.iter().map(part).collect(),
            whole: (0, 0),
            whole_from_one_source: false,
            mechanism: Mechanism::Unknown,
            strands: Vec::new(),
        }
    }

    /// `2 of 3 appraised`; `no link` where there is none.
    pub fn appraisal(&self) -> String {
        match self.standing.links {
            0 => "no link".to_owned(),
            links => format!("{} of {links} appraised", self.standing.appraised),
        }
    }

    /// `5 sources in 1 strand`; `no source` where none counts.
    pub fn spread(&self) -> String {
        match self.counts.sources {
            0 => "no source".to_owned(),
            sources => format!("{} in {}", counted(sources, "source"), counted(self.strands.len(), "strand")),
        }
    }

    /// `context 2, mechanism 0, outcome 1`: distinct sources for each part, `1 against` where some
    /// refute it, and the statement as a whole where links name no part.
    pub fn coverage(&self) -> String {
        let tell = |name: &str, r#for: usize, against: usize| match against {
            0 => format!("{name} {for}"),
            _ => format!("{name} {for} ({against} against)"),
        };
        let mut told: Vec<String> = Vec::new();
        for part in &self.parts {
            let alone = self.parts.iter().filter(|other| other.kind == part.kind).count() == 1;
            let name = if alone { part.kind.to_string() } else { format!("{} {}", part.kind, part.key) };
            told.push(tell(&name, part.r#for, part.against));
        }
        if self.whole != (0, 0) {
            told.push(tell("whole", self.whole.0, self.whole.1));
        }
        told.join(", ")
    }

    /// Parts that no link bears on, be it to the part or to the whole.
    pub fn bare_parts(&self) -> impl Iterator<Item = &PartBacking> {
        let by_whole = self.whole != (0, 0);
        self.parts.iter().filter(move |part| !by_whole && part.is_bare())
    }
}

/// What every statement rests on, also those that no longer stand.
pub fn backing(synthesis: &Synthesis) -> Result<BTreeMap<Id, Backing>> {
    of_links(&Links::of(synthesis)?)
}

pub(super) fn of_links(links: &Links) -> Result<BTreeMap<Id, Backing>> {
    let mut all: Vec<Backing> = links.hypotheses.iter().map(|one| Backing::bare(one)).collect();
    standings(links, &mut all)?;
    let apart = links.gone.iter().zip(&links.inherited);
    all.iter_mut().zip(apart).for_each(|(one, (gone, inherited))| {
        (one.standing.gone, one.standing.inherited) = (*gone, *inherited);
    });
    parts(links, &mut all)?;
    wholes(links, &mut all)?;
    strands(links, &mut all)?;
    Ok(links.hypotheses.iter().map(|one| one.id).zip(all).collect())
}

fn standings(links: &Links, all: &mut [Backing]) -> Result<()> {
    let sources = |condition, name| distinct("source", condition, name);
    let stance = |stance| relevant().and(has_stance(stance));
    let groups = grouped(
        links.all(),
        &["hypothesis"],
        &[
            len().alias("links"),
            col("appraised").sum(),
            sources(stance(Stance::Supports), "supports"),
            sources(stance(Stance::Refines), "refines"),
            sources(relevant().and(is_for()), "for"),
            sources(stance(Stance::Refutes), "against"),
            sources(stance(Stance::Ambiguous), "ambiguous"),
            col("source").filter(counts()).len().alias("counted"),
            distinct("passage", counts(), "passages"),
            distinct("document", counts(), "documents"),
            sources(counts(), "sources"),
            (col("telling") * col("relevant")).max().alias("telling"),
        ],
    )?;
    let column = |name| numbers(&groups, name);
    let (links, appraised, telling) = (column("links")?, column("appraised")?, column("telling")?);
    let (supports, refines, ambiguous) = (column("supports")?, column("refines")?, column("ambiguous")?);
    let (r#for, against, counted) = (column("for")?, column("against")?, column("counted")?);
    let (passages, documents, sources) = (column("passages")?, column("documents")?, column("sources")?);
    for (row, n) in column("hypothesis")?.into_iter().enumerate() {
        let one = &mut all[n];
        one.standing = Standing {
            standing: Evidential::of(r#for[row], against[row]),
            supports: supports[row],
            refines: refines[row],
            r#for: r#for[row],
            against: against[row],
            ambiguous: ambiguous[row],
            links: links[row],
            appraised: appraised[row],
            provisional: appraised[row] < links[row],
            gone: 0,
            inherited: 0,
        };
        one.counts =
            Counts { links: counted[row], passages: passages[row], documents: documents[row], sources: sources[row] };
        one.mechanism = match telling[row] {
            told if told == STATED as usize => Mechanism::Stated,
            told if told == INFERRED as usize => Mechanism::Inferred,
            _ => Mechanism::Unknown,
        };
    }
    Ok(())
}

fn parts(links: &Links, all: &mut [Backing]) -> Result<()> {
    let aggregates = [distinct("source", is_for(), "for"), distinct("source", has_stance(Stance::Refutes), "against")];
    let groups = grouped(links.counted(), &["hypothesis", "part"], &aggregates)?;
    let (hypotheses, places) = (numbers(&groups, "hypothesis")?, numbers(&groups, "part")?);
    let (r#for, against) = (numbers(&groups, "for")?, numbers(&groups, "against")?);
    for (row, n) in hypotheses.into_iter().enumerate() {
        if places[row] == WHOLE as usize {
            all[n].whole = (r#for[row], against[row]);
        } else if let Some(part) = all[n].parts.get_mut(places[row] - 1) {
            (part.r#for, part.against) = (r#for[row], against[row]);
        }
    }
    Ok(())
}

fn wholes(links: &Links, all: &mut [Backing]) -> Result<()> {
    let told = grouped(links.all().filter(relevant().and(is_for())), &["hypothesis", "source", "part"], &[])?;
    let (hypotheses, sources, places) =
        (numbers(&told, "hypothesis")?, numbers(&told, "source")?, numbers(&told, "part")?);
    let mut told_by: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for ((n, source), place) in hypotheses.into_iter().zip(sources).zip(places) {
        let parts = all[n].parts.len();
        if place == WHOLE as usize {
            all[n].whole_from_one_source = true;
        } else if place <= parts {
            let told = told_by.entry((n, source)).or_default();
            *told += 1;
            all[n].whole_from_one_source |= *told == parts;
        }
    }
    Ok(())
}

fn strands(links: &Links, all: &mut [Backing]) -> Result<()> {
    let sources = [col("source").n_unique().alias("sources")];
    let groups = grouped(links.counted(), &["hypothesis", "strand"], &sources)?;
    let (strands, sources) = (numbers(&groups, "strand")?, numbers(&groups, "sources")?);
    for (row, n) in numbers(&groups, "hypothesis")?.into_iter().enumerate() {
        all[n].strands.push((links.strands[strands[row]].clone(), sources[row]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, anchor};
    use super::*;
    use crate::evidence::Evidence;
    use crate::hypothesis::Inference;
    use crate::link::LinkKind;
    use crate::strand::SourceKind;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn one(sample: &Sample) -> Backing {
        backing(&sample.synthesis).unwrap().into_values().next().unwrap()
    }

    fn linked(stances: &[(usize, Stance)]) -> Sample {
        let mut sample = Sample::new();
        let hypothesis = sample.hypothesis();
        let sources = [(); 3].map(|()| sample.source(SourceKind::Interview));
        for (source, stance) in stances {
            sample.link(hypothesis, sources[*source], *stance);
        }
        sample
    }

    fn word(stances: &[(usize, Stance)]) -> Evidential {
        one(&linked(stances)).standing.standing
    }

    /// Method reference 2.4.
    #[test]
    fn each_word_of_standing() {
        use Stance::{Ambiguous, Refines, Refutes, Supports};
        assert_eq!(word(&[]), Evidential::None);
        assert_eq!(word(&[(0, Ambiguous)]), Evidential::None, "ambiguous links are shown, not counted");
        assert_eq!(word(&[(0, Supports), (0, Refines)]), Evidential::SingleSource, "a source counts once");
        assert_eq!(word(&[(0, Supports), (1, Refines)]), Evidential::Supported);
        assert_eq!(word(&[(0, Supports), (0, Refutes)]), Evidential::Contested);
        assert_eq!(word(&[(0, Supports), (1, Refines), (2, Refutes)]), Evidential::Contested);
        assert_eq!(word(&[(0, Refutes), (1, Refutes)]), Evidential::RefutedOnly);
    }

    #[test]
    fn reports_of_one_study_count_once() {
        let mut sample = linked(&[(0, Stance::Supports), (1, Stance::Supports)]);
        assert_eq!(one(&sample).standing.standing, Evidential::Supported);
        let sources: Vec<Id> = sample.synthesis.sources.keys().copied().collect();
        sample.synthesis.sources.get_mut(&sources[1]).unwrap().same_study = Some(sources[0]);
        assert_eq!(one(&sample).standing.standing, Evidential::SingleSource);
        assert_eq!(one(&sample).spread(), "1 source in 1 strand");
    }

    #[test]
    fn irrelevant_is_left_out_and_not_appraised_is_not_irrelevant() {
        let mut sample = linked(&[(0, Stance::Supports), (1, Stance::Supports)]);
        let links: Vec<Id> = sample.synthesis.evidence.keys().copied().collect();
        sample.synthesis.evidence.get_mut(&links[0]).unwrap().relevance = Some(0);
        assert_eq!(one(&sample).standing.standing, Evidential::SingleSource);
        assert!(!one(&sample).standing.provisional);
        sample.synthesis.evidence.get_mut(&links[0]).unwrap().relevance = None;
        let backing = one(&sample);
        assert_eq!((backing.standing.standing, backing.standing.provisional), (Evidential::Supported, true));
        assert_eq!(backing.appraisal(), "1 of 2 appraised");
    }

    #[test]
    fn a_whole_from_one_source_needs_every_part_or_the_whole() {
        let mut sample = Sample::new();
        let hypothesis = sample.hypothesis();
        let (first, second) = (sample.source(SourceKind::Interview), sample.source(SourceKind::Policy));
        for (source, part) in [(first, "c1"), (first, "m1"), (second, "o1"), (second, "x9")] {
            sample.link(hypothesis, source, Stance::Supports).part = Some(part.to_owned());
        }
        let pieced = one(&sample);
        assert!(!pieced.whole_from_one_source);
        assert_eq!(pieced.coverage(), "context 1, mechanism 1, outcome 1");
        assert_eq!(pieced.spread(), "2 sources in 2 strands");
        sample.link(hypothesis, first, Stance::Refutes).part = Some("o1".to_owned());
        assert!(!one(&sample).whole_from_one_source, "refuting a part does not tell it");
        assert_eq!(one(&sample).coverage(), "context 1, mechanism 1, outcome 1 (1 against)");
        sample.link(hypothesis, first, Stance::Refines).part = Some("o1".to_owned());
        assert!(one(&sample).whole_from_one_source);
        let whole = linked(&[(0, Stance::Supports)]);
        assert!(one(&whole).whole_from_one_source);
        assert_eq!(one(&whole).coverage(), "context 0, mechanism 0, outcome 0, whole 1");
    }

    #[test]
    fn a_mechanism_is_stated_where_one_link_says_it() {
        let mut sample = Sample::new();
        let (hypothesis, source) = (sample.hypothesis(), sample.source(SourceKind::Interview));
        for (part, stance, inference, wanted) in [
            (Some("o1"), Stance::Supports, Some(Inference::Explicit), Mechanism::Unknown),
            (None, Stance::Refutes, Some(Inference::Explicit), Mechanism::Unknown),
            (None, Stance::Supports, None, Mechanism::Unknown),
            (Some("m1"), Stance::Supports, Some(Inference::Abduced), Mechanism::Inferred),
            (None, Stance::Refines, Some(Inference::Explicit), Mechanism::Stated),
        ] {
            let link = sample.link(hypothesis, source, stance);
            (link.part, link.inference) = (part.map(str::to_owned), inference);
            assert_eq!(one(&sample).mechanism, wanted);
        }
    }

    #[test]
    fn what_nobody_can_read_again_is_evidence_for_nothing() {
        let mut sample = linked(&[(0, Stance::Supports), (1, Stance::Supports), (2, Stance::Refutes)]);
        assert_eq!(one(&sample).standing.standing, Evidential::Contested);
        let against = sample.synthesis.evidence.values().last().unwrap().anchor.document;
        sample.purged(against);
        let backing = one(&sample);
        assert_eq!((backing.standing.standing, backing.standing.gone), (Evidential::Supported, 1));
        assert_eq!((backing.standing.links, backing.counts.sources), (2, 2));
    }

    #[test]
    fn a_table_is_one_document_for_each_study_in_it() {
        let mut sample = linked(&[(0, Stance::Supports), (1, Stance::Supports)]);
        let document = Id::derived([]);
        for (n, link) in sample.synthesis.evidence.values_mut().enumerate() {
            link.anchor = anchor(document, n);
        }
        assert_eq!(one(&sample).counts, Counts { links: 2, passages: 2, documents: 2, sources: 2 });
    }

    fn lend(sample: &mut Sample, lending: &[(bool, usize, usize)]) {
        let hypotheses: Vec<Id> = sample.synthesis.hypotheses.keys().copied().collect();
        for (merged, from, to) in lending {
            let kind = if *merged { LinkKind::MergedInto } else { LinkKind::Feeds };
            sample.relate(hypotheses[*from], kind, hypotheses[*to]);
        }
    }

    /// Hypothesis, source, stance, document, place, relevance (3 none), rigour (4 none), part.
    type Draw = (usize, usize, usize, u8, usize, u8, u8, usize);

    fn draws() -> impl Strategy<Value = Vec<Draw>> {
        let one = (0..4_usize, 0..6_usize, 0..4_usize, 0..4_u8, 0..3_usize, 0..4_u8, 0..5_u8, 0..5_usize);
        proptest::collection::vec(one, 0..40)
    }

    fn random(draws: &[Draw], same: &[Option<usize>], purged: &[u8]) -> Sample {
        let mut sample = Sample::new();
        for document in purged {
            sample.purged(Id::derived([&[*document][..]]));
        }
        let hypotheses = [(); 4].map(|()| sample.hypothesis());
        let sources = [(); 6].map(|()| sample.source(SourceKind::Interview));
        for (source, same) in sources.iter().zip(same) {
            sample.synthesis.sources.get_mut(source).unwrap().same_study = same.map(|n| sources[n]);
        }
        for (hypothesis, source, stance, document, place, relevance, rigour, part) in draws {
            let link = sample.link(hypotheses[*hypothesis], sources[*source], Stance::ALL[*stance]);
            link.anchor = anchor(Id::derived([&[*document][..]]), *place);
            link.relevance = (*relevance < 3).then_some(*relevance);
            link.rigour = (*rigour < 4).then_some(*rigour);
            link.part = ["c1", "m1", "o1", "gone"].get(*part).map(|key| (*key).to_owned());
        }
        sample
    }

    /// Who lends to whom, circles included: two sites may bring one together.
    fn lending() -> impl Strategy<Value = Vec<(bool, usize, usize)>> {
        proptest::collection::vec((proptest::bool::ANY, 0..4_usize, 0..4_usize), 0..5)
    }

    /// Links that bear on a statement, without the graph of the code: every passage of a lender once a
    /// stance, the statement's own as they are.
    fn naive(sample: &Sample, id: Id) -> (usize, BTreeSet<Id>, BTreeSet<Id>) {
        let synthesis = &sample.synthesis;
        let mut held = BTreeSet::from([id]);
        for _ in 0..4 {
            let now = held.clone();
            held.extend(synthesis.links.values().filter(|link| now.contains(&link.to)).map(|link| link.from));
        }
        let key = |link: &Evidence| format!("{:?} {:?} {:?}", link.anchor.unversioned(), link.source, link.stance);
        let mut own: Vec<String> = Vec::new();
        let mut lent: BTreeSet<String> = BTreeSet::new();
        let (mut r#for, mut against) = (BTreeSet::new(), BTreeSet::new());
        let at_hand = synthesis.evidence.values().filter(|link| held.contains(&link.hypothesis));
        let at_hand: Vec<&Evidence> = at_hand.filter(|link| !synthesis.is_gone(link)).collect();
        at_hand.iter().filter(|link| link.hypothesis == id).for_each(|link| own.push(key(link)));
        for link in at_hand.iter().filter(|link| link.hypothesis != id && !own.contains(&key(link))) {
            lent.insert(key(link));
        }
        // A passage judged irrelevant for the statement itself is not brought back by a lender.
        let counts = |link: &&&Evidence| !link.is_irrelevant() && (link.hypothesis == id || !own.contains(&key(link)));
        for link in at_hand.iter().filter(counts) {
            let source = synthesis.counts_as(link.source);
            match link.stance {
                Stance::Supports | Stance::Refines => r#for.insert(source),
                Stance::Refutes => against.insert(source),
                Stance::Ambiguous => false,
            };
        }
        (own.len() + lent.len(), r#for, against)
    }

    proptest! {
        #[test]
        fn evidence_is_united_by_passage_and_no_source_counts_twice(
            draws in draws(), lending in lending(), purged in proptest::collection::vec(0..4_u8, 0..2),
        ) {
            let mut sample = random(&draws, &[None; 6], &purged);
            lend(&mut sample, &lending);
            for id in sample.synthesis.hypotheses.keys() {
                let standing = sample.synthesis.standing(*id);
                let (links, r#for, against) = naive(&sample, *id);
                prop_assert_eq!((standing.links, standing.r#for, standing.against), (links, r#for.len(), against.len()));
                prop_assert_eq!(standing.standing, Evidential::of(r#for.len(), against.len()));
            }
        }

        #[test]
        fn frames_agree_with_the_plain_loop(
            draws in draws(), same in proptest::collection::vec(proptest::option::of(0..6_usize), 6),
            purged in proptest::collection::vec(0..4_u8, 0..3), lending in lending(),
        ) {
            let mut sample = random(&draws, &same, &purged);
            lend(&mut sample, &lending);
            for (id, backing) in backing(&sample.synthesis).unwrap() {
                prop_assert_eq!(&backing.standing, &sample.synthesis.standing(id));
                let Counts { links, passages, documents, sources } = backing.counts;
                prop_assert!(links >= passages && passages >= documents && documents >= sources);
                prop_assert_eq!(backing.strands.iter().map(|(_, n)| n).sum::<usize>(), sources);
                for part in &backing.parts {
                    prop_assert!(part.r#for <= backing.standing.r#for && part.against <= backing.standing.against);
                }
                prop_assert!(!backing.whole_from_one_source || backing.standing.r#for > 0);
            }
        }
    }
}
