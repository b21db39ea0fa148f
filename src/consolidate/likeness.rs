//! How alike two statements are, aspect by aspect, and what that makes of them.
//!
//! Each aspect is a set of terms, and two sets are as alike as the cosine of their weights: Σ shared w² over
//! the root of Σ w² of either side, a term that one of them denies taken off (where the other does not deny
//! something else instead). A term weighs `1 / (1 + ln n)`,
//! where n statements hold it in that aspect: the rarer, the more, as in every inverse document frequency, but
//! in a form that does not hang on how many statements there are, so that one which shares no word with two
//! others changes nothing between them.

use super::account::{Account, Aspect};
use super::lexicon::Term;
use crate::grouping::Relation;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What an aspect, in the order of [`Aspect::ALL`], counts in the score where both statements say it; and the
/// wording as a whole. Tuned on one half of a list of known groups (`docs/consolidation.md`).
const SHARES: [f64; 4] = [0.5, 1.0, 1.0, 1.0];
const SHARE_OF_WHOLE: f64 = 1.0;
/// From here on an aspect is the same in both; below [`UNLIKE`] it is another.
const ALIKE: f64 = 0.35;
const UNLIKE: f64 = 0.15;

/// From here on two statements that share but one aspect, or none, may be called duplicates.
const PLAIN: f64 = 0.8;

/// How an aspect compares.
#[derive(Debug, Clone, PartialEq)]
pub struct OfAspect {
    pub aspect: Aspect,
    /// 0 to 1.
    pub value: f64,
    /// Stems in both, the weightiest first.
    pub shared: Vec<u32>,
    /// Stems that one side denies.
    pub opposed: Vec<u32>,
    /// Both count the same thing, and otherwise.
    pub other_number: bool,
}

/// How two statements compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// 0 to 1: the mean of the aspects that both say, and of the whole wording.
    pub score: f64,
    /// Of what both say.
    pub aspects: Vec<OfAspect>,
    /// Stems that both wordings hold anywhere, the weightiest first.
    pub shared: Vec<u32>,
}

/// How much each stem weighs, by aspect and in the whole.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    aspects: [Vec<f64>; 4],
    pub whole: Vec<f64>,
}

impl Weights {
    /// From all accounts that are compared; `stems` is how many there are.
    pub fn of(accounts: &[Account], stems: usize) -> Self {
        let aspect = |at: usize| rarity(accounts.iter().map(|one| one.aspects[at].terms.as_slice()), stems);
        Weights {
            aspects: [aspect(0), aspect(1), aspect(2), aspect(3)],
            whole: rarity(accounts.iter().map(|one| one.whole.as_slice()), stems),
        }
    }
}

fn rarity<'a>(texts: impl Iterator<Item = &'a [Term]>, stems: usize) -> Vec<f64> {
    let mut holders = vec![0_u32; stems];
    for terms in texts {
        for (at, term) in terms.iter().enumerate() {
            // A text that says and denies one thing holds it once.
            if at == 0 || terms[at - 1].stem != term.stem {
                holders[term.stem as usize] += 1;
            }
        }
    }
    holders.into_iter().map(|holders| 1.0 / (1.0 + f64::from(holders.max(1)).ln())).collect()
}

/// Compares two statements; the same from either side.
pub fn compare(one: &Account, other: &Account, weights: &Weights) -> Likeness {
    let mut aspects = Vec::new();
    let (mut sum, mut shares) = (0.0, 0.0);
    for aspect in Aspect::ALL.iter().copied() {
        let (a, b) = (one.said(aspect), other.said(aspect));
        if a.terms.is_empty() || b.terms.is_empty() {
            continue;
        }
        let met = meet(&a.terms, &b.terms, &weights.aspects[aspect as usize]);
        sum += SHARES[aspect as usize] * met.value;
        shares += SHARES[aspect as usize];
        let other_number = count_otherwise(&a.numbers, &b.numbers);
        aspects.push(OfAspect { aspect, value: met.value, shared: met.shared, opposed: met.opposed, other_number });
    }
    let whole = meet(&one.whole, &other.whole, &weights.whole);
    let score = (sum + SHARE_OF_WHOLE * whole.value) / (shares + SHARE_OF_WHOLE);
    Likeness { score, aspects, shared: whole.shared }
}

/// How two sets of terms compare.
struct Met {
    value: f64,
    shared: Vec<u32>,
    opposed: Vec<u32>,
}

fn meet(one: &[Term], other: &[Term], weights: &[f64]) -> Met {
    let weight = |term: &Term| weights[term.stem as usize];
    let norm = |terms: &[Term]| terms.iter().map(|term| weight(term).powi(2)).sum::<f64>();
    // `no test is done twice` and `tests are not repeated` deny once each: what they deny is the same.
    let denials = |terms: &[Term]| terms.iter().filter(|term| term.denied).count();
    let turned = (denials(one) + denials(other)) % 2 == 1;
    let (mut shared, mut opposed, mut dot) = (Vec::new(), Vec::new(), 0.0);
    let (mut a, mut b) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.stem.cmp(&right.stem) {
            Ordering::Less => drop(a.next()),
            Ordering::Greater => drop(b.next()),
            Ordering::Equal => {
                let square = weight(left).powi(2);
                if left.denied == right.denied || !turned {
                    dot += square;
                    shared.push(left.stem);
                } else {
                    dot -= square;
                    opposed.push(left.stem);
                }
                a.next();
                b.next();
            }
        }
    }
    let heaviest_first = |a: &u32, b: &u32| weights[*b as usize].total_cmp(&weights[*a as usize]).then(a.cmp(b));
    shared.sort_by(heaviest_first);
    opposed.sort_by(heaviest_first);
    let norms = (norm(one) * norm(other)).sqrt();
    Met { value: if norms > 0.0 { (dot / norms).clamp(0.0, 1.0) } else { 0.0 }, shared, opposed }
}

/// `two days` and `three days`, or `two days` and `two weeks`; nothing is said where only one side counts.
fn count_otherwise(one: &BTreeSet<(String, u32)>, other: &BTreeSet<(String, u32)>) -> bool {
    const TIMES: &[&str] = &["minut", "hour", "day", "week", "month", "year", "tag", "woch", "monat", "jahr"];
    let is_time = |counted: &str| TIMES.contains(&counted);
    one.iter().any(|(counted, number)| {
        let alike = other.iter().filter(|(what, _)| what == counted || (is_time(what) && is_time(counted)));
        let mut alike = alike.peekable();
        alike.peek().is_some() && alike.all(|(what, held)| (what, held) != (counted, number))
    })
}

impl Likeness {
    pub fn of(&self, aspect: Aspect) -> Option<&OfAspect> {
        self.aspects.iter().find(|one| one.aspect == aspect)
    }

    /// What the two are to each other, at least `least` alike; `None` where there is nothing to say.
    pub fn relation(&self, least: f64) -> Option<Relation> {
        let verdict = |aspect: Aspect| self.of(aspect).map(Verdict::of);
        let [context, offered, reasoning, outcome] =
            [verdict(Aspect::Context), verdict(Aspect::Offered), verdict(Aspect::Reasoning), verdict(Aspect::Outcome)];
        let same = Some(Verdict::Same);
        let shares_ground = offered == same || context == same;
        let reasons_otherwise = matches!(reasoning, Some(Verdict::Other | Verdict::Opposed));
        let is_rival = match outcome {
            Some(Verdict::Opposed) => shares_ground || reasoning == same,
            Some(Verdict::Same) => shares_ground && reasons_otherwise,
            Some(Verdict::Other | Verdict::Unclear) => offered == same && context == same && reasons_otherwise,
            None => false,
        };
        if is_rival {
            return Some(Relation::RivalCandidate);
        }
        if self.score < least || matches!(outcome, Some(Verdict::Other | Verdict::Opposed)) {
            return None;
        }
        let counts_otherwise = self.aspects.iter().any(|one| one.other_number);
        let said_otherwise =
            [context, offered, reasoning].iter().any(|one| matches!(one, Some(Verdict::Other | Verdict::Opposed)));
        let too_little = self.aspects.len() < 2 && self.score < PLAIN;
        Some(if counts_otherwise || said_otherwise || too_little { Relation::Related } else { Relation::Duplicate })
    }

    /// One says that the outcome comes, the other that it does not: never in one group.
    pub fn is_contrary(&self) -> bool {
        self.of(Aspect::Outcome).is_some_and(|one| Verdict::of(one) == Verdict::Opposed)
    }
}

/// What an aspect amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Same,
    Unclear,
    Other,
    /// What one says the other denies.
    Opposed,
}

impl Verdict {
    fn of(one: &OfAspect) -> Self {
        match one.value {
            _ if !one.opposed.is_empty() => Verdict::Opposed,
            ALIKE.. => Verdict::Same,
            UNLIKE.. => Verdict::Unclear,
            _ => Verdict::Other,
        }
    }
}
