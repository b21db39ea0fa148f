//! Which statements say nearly the same, which the same in other circumstances, and which explain one thing
//! in two ways: proposals for a team that consolidates hundreds of micro-hypotheses, each with the words and
//! parts that made it. Pure. It only proposes: nothing here knows how to merge.
//!
//! [`account`] takes a statement apart, `lexicon` its words; `pairs` finds what is worth comparing,
//! [`likeness`] compares, `linkage` makes groups. `docs/consolidation.md` says how well it does.

pub mod account;
pub mod lexicon;
pub mod likeness;
mod linkage;
mod pairs;
mod signs;

pub use account::{Account, Aspect};
pub use lexicon::{Lexicon, Synonyms};
pub use signs::denials;

pub use crate::grouping::Relation;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::language::Language;
use likeness::{Likeness, Weights, compare};
use std::collections::{BTreeMap, BTreeSet};

/// The least likeness worth showing to a person, tuned on one half of a list of known groups.
pub const LEAST: f64 = 0.3;

/// A pair less alike than this part of the least asked for counts nothing in the mean of a group.
const WORTH_KEEPING: f64 = 0.5;

/// What a pair that is nothing to each other counts in that mean: this part of its likeness.
const UNRELATED: f64 = 0.5;

/// Words shown of an aspect.
const MOST_WORDS: usize = 6;

/// How proposals are to be made.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// What the statements are written in.
    pub language: Language,
    pub synonyms: &'a Synonyms,
    /// Pairs (the smaller id first) that are not to be proposed: refused, rivals by declaration, linked already.
    pub apart: &'a BTreeSet<(Id, Id)>,
    /// 0 to 1.
    pub least: f64,
}

/// Statements that belong on one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Eight hexadecimal digits over the members and their wordings: the same as long as nobody rewords one.
    pub key: String,
    /// Of a group that of its loosest pair.
    pub relation: Relation,
    /// Two or more, in the order of their ids.
    pub members: Vec<Id>,
    /// What is held against the least asked for: the mean over all pairs of members of what each counts. Of rival
    /// candidates, which follow from their parts, the likeness of their words.
    pub score: f64,
    pub because: Vec<Because>,
    pub pairs: Vec<Pair>,
}

/// What of an aspect made a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// `None`: the wording as a whole.
    pub aspect: Option<Aspect>,
    /// Mean likeness over the pairs that both say it.
    pub value: f64,
    /// Words that two or more share, those of most pairs first.
    pub shared: Vec<String>,
    /// Words that one says and another denies.
    pub opposed: Vec<String>,
    /// They count the same thing otherwise.
    pub other_number: bool,
}

/// Two members of a proposal, or two that are near each other without being proposed.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub one: Id,
    pub other: Id,
    /// Likeness of their words.
    pub score: f64,
    /// What that counts in the mean of a group: all of it; half where they are nothing to each other; nothing where one
    /// denies what the other says, or where it is too little.
    pub counts: f64,
    /// `None` where the group holds them together and not their own likeness.
    pub relation: Option<Relation>,
}

crate::vocabulary! {
    /// Why two statements near each other are not proposed.
    pub enum WhyNot "reason not to propose" {
        /// One denies the outcome of the other.
        Contrary "contrary_outcomes",
        OtherOutcome "other_outcome",
        TooLittle "below_least",
        /// One or both are in a group that the other would loosen.
        Grouped "grouped_otherwise",
    }
}

/// Two statements near each other that are in no proposal together.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub component: Id,
    pub pair: Pair,
    pub why_not: WhyNot,
}

/// All that is worth proposing: duplicates, then related ones, then rival candidates; the most alike first.
/// Groups do not overlap; a rival candidate is a pair, and its two are never in one group.
pub fn proposals(statements: &[&Hypothesis], asked: &Asked) -> Vec<Proposal> {
    let mut statements = statements.to_vec();
    statements.sort_by_key(|one| one.id);
    let table = Table::lay(&statements, asked);
    let found = table.look(asked);
    let groups = linkage::groups(statements.len(), &found.alike, &found.apart, asked.least);
    let rivals = found.rivals.into_iter().map(|(one, other)| vec![one, other]);
    let mut proposals: Vec<Proposal> =
        groups.into_iter().chain(rivals).map(|members| table.proposal(&members, asked.least)).collect();
    proposals.sort_by(|a, b| {
        let order = a.relation.cmp(&b.relation).then(b.score.total_cmp(&a.score));
        order.then_with(|| a.members.cmp(&b.members))
    });
    proposals
}

/// A component of more statements than this has no list of what is nearest: every pair in it would have to be compared.
const COMPARED_WHOLE: usize = 400;

/// Of each component the pairs that are most alike and still stand in no proposal, the most alike first: where somebody
/// who knows the field may look first. At most `most` of a component.
pub fn nearest(statements: &[&Hypothesis], asked: &Asked, proposals: &[Proposal], most: usize) -> Vec<Near> {
    let mut statements = statements.to_vec();
    statements.sort_by_key(|one| one.id);
    let table = Table::lay(&statements, asked);
    let proposed: BTreeSet<(Id, Id)> =
        proposals.iter().flat_map(|one| one.pairs.iter().map(|pair| (pair.one, pair.other))).collect();
    let mut components: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (at, statement) in statements.iter().enumerate() {
        if let Some(component) = statement.component {
            components.entry(component).or_default().push(at);
        }
    }
    let mut nearest = Vec::new();
    for (component, members) in components.into_iter().filter(|(_, members)| members.len() <= COMPARED_WHOLE) {
        let mut pairs = Vec::new();
        for (nth, one) in members.iter().enumerate() {
            for other in &members[nth + 1..] {
                let ids = (statements[*one].id, statements[*other].id);
                if asked.apart.contains(&ids) || proposed.contains(&ids) {
                    continue;
                }
                let likeness = compare(&table.accounts[*one], &table.accounts[*other], &table.weights);
                let pair = table.pair(*one, *other, &likeness, asked.least);
                pairs.push(Near { component, why_not: why_not(&pair, &likeness, asked.least), pair });
            }
        }
        pairs.retain(|near| near.pair.score > 0.0);
        pairs.sort_by(|Near { pair: a, .. }, Near { pair: b, .. }| {
            b.score.total_cmp(&a.score).then_with(|| (a.one, a.other).cmp(&(b.one, b.other)))
        });
        nearest.extend(pairs.into_iter().take(most));
    }
    nearest
}

fn why_not(pair: &Pair, likeness: &Likeness, least: f64) -> WhyNot {
    match () {
        () if likeness.is_contrary() => WhyNot::Contrary,
        () if pair.relation.is_none() && pair.score >= least => WhyNot::OtherOutcome,
        () if pair.counts < least => WhyNot::TooLittle,
        () => WhyNot::Grouped,
    }
}

/// What a pair counts in the mean of its group.
fn counts(likeness: &Likeness, least: f64) -> f64 {
    let relation = likeness.relation(least);
    let is_apart = relation == Some(Relation::RivalCandidate) || likeness.is_contrary();
    match relation {
        _ if is_apart || likeness.score < least * WORTH_KEEPING => 0.0,
        Some(_) => likeness.score,
        None => UNRELATED * likeness.score,
    }
}

/// The language that most of the statements' words are in; English where that cannot be told.
pub fn language_of(statements: &[&Hypothesis]) -> Language {
    const ENOUGH: usize = 20_000;
    let mut text = String::new();
    for statement in statements {
        if text.len() > ENOUGH {
            break;
        }
        text.push_str(&statement.sentence());
        text.push('\n');
    }
    Language::of_text(&text).unwrap_or_default()
}

/// Statements laid out to be compared.
struct Table<'a> {
    statements: &'a [&'a Hypothesis],
    accounts: Vec<Account>,
    weights: Weights,
    lexicon: Lexicon,
}

/// What a look at all pairs found.
#[derive(Default)]
struct Found {
    alike: Vec<linkage::Pair>,
    rivals: Vec<(usize, usize)>,
    /// Never to be in one group.
    apart: BTreeSet<(usize, usize)>,
}

impl<'a> Table<'a> {
    fn lay(statements: &'a [&'a Hypothesis], asked: &Asked) -> Self {
        let mut lexicon = Lexicon::new(asked.language, asked.synonyms);
        let accounts: Vec<Account> = statements.iter().map(|one| Account::of(one, &mut lexicon)).collect();
        let weights = Weights::of(&accounts, lexicon.len());
        Table { statements, accounts, weights, lexicon }
    }

    fn look(&self, asked: &Asked) -> Found {
        let mut found = Found::default();
        let place: BTreeMap<Id, usize> = self.accounts.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let known = asked.apart.iter().filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?)));
        found.apart.extend(known.map(|(a, b)| (a.min(b), a.max(b))));
        pairs::visit(&self.accounts, &self.weights, |one, other| {
            if found.apart.contains(&(one, other)) {
                return;
            }
            let likeness = compare(&self.accounts[one], &self.accounts[other], &self.weights);
            let relation = likeness.relation(asked.least);
            if relation == Some(Relation::RivalCandidate) {
                found.rivals.push((one, other));
            }
            if relation == Some(Relation::RivalCandidate) || likeness.is_contrary() {
                found.apart.insert((one, other));
            } else {
                let counts = counts(&likeness, asked.least);
                found.alike.extend((counts > 0.0).then_some((one, other, counts)));
            }
        });
        found
    }

    fn proposal(&self, members: &[usize], least: f64) -> Proposal {
        let mut compared = Vec::new();
        for (nth, one) in members.iter().enumerate() {
            for other in &members[nth + 1..] {
                compared.push((*one, *other, compare(&self.accounts[*one], &self.accounts[*other], &self.weights)));
            }
        }
        let pairs: Vec<Pair> =
            compared.iter().map(|(one, other, likeness)| self.pair(*one, *other, likeness, least)).collect();
        let loosest = pairs.iter().map(|pair| pair.relation.unwrap_or(Relation::Related)).max();
        let relation = loosest.unwrap_or(Relation::Related);
        let compared_by = |pair: &Pair| if relation == Relation::RivalCandidate { pair.score } else { pair.counts };
        let score = pairs.iter().map(compared_by).sum::<f64>() / pairs.len().max(1) as f64;
        Proposal {
            key: key(members.iter().map(|at| self.statements[*at])),
            relation,
            members: members.iter().map(|at| self.accounts[*at].id).collect(),
            score,
            because: self.because(&compared.into_iter().map(|(.., likeness)| likeness).collect::<Vec<_>>()),
            pairs,
        }
    }

    fn pair(&self, one: usize, other: usize, likeness: &Likeness, least: f64) -> Pair {
        Pair {
            one: self.accounts[one].id,
            other: self.accounts[other].id,
            score: likeness.score,
            counts: counts(likeness, least),
            relation: likeness.relation(least),
        }
    }

    fn because(&self, compared: &[Likeness]) -> Vec<Because> {
        let mut because = Vec::new();
        for aspect in Aspect::ALL.iter().copied() {
            let said: Vec<_> = compared.iter().filter_map(|one| one.of(aspect)).collect();
            if !said.is_empty() {
                because.push(Because {
                    aspect: Some(aspect),
                    value: said.iter().map(|one| one.value).sum::<f64>() / said.len() as f64,
                    shared: self.words(said.iter().map(|one| &one.shared)),
                    opposed: self.words(said.iter().map(|one| &one.opposed)),
                    other_number: said.iter().any(|one| one.other_number),
                });
            }
        }
        if because.is_empty() {
            let value = compared.iter().map(|one| one.score).sum::<f64>() / compared.len().max(1) as f64;
            let shared = self.words(compared.iter().map(|one| &one.shared));
            because.push(Because { aspect: None, value, shared, opposed: Vec::new(), other_number: false });
        }
        because
    }

    /// The words of most pairs, as people read them.
    fn words<'l>(&self, lists: impl Iterator<Item = &'l Vec<u32>>) -> Vec<String> {
        let mut ranks: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for list in lists {
            for (rank, stem) in list.iter().enumerate() {
                let (pairs, ranked) = ranks.entry(*stem).or_default();
                *pairs += 1;
                *ranked += rank;
            }
        }
        let mut words: Vec<(usize, usize, &str)> = ranks
            .into_iter()
            .map(|(stem, (pairs, ranked))| (usize::MAX - pairs, ranked / pairs, self.lexicon.form(stem)))
            .collect();
        words.sort_unstable();
        words.into_iter().take(MOST_WORDS).map(|(.., word)| word.to_owned()).collect()
    }
}

/// Names some statements as they are worded.
pub fn key<'h>(members: impl Iterator<Item = &'h Hypothesis>) -> String {
    let mut wordings: Vec<(Id, String)> = members.map(|one| (one.id, one.revision())).collect();
    wordings.sort();
    let mut hasher = blake3::Hasher::new();
    for (id, revision) in wordings {
        hasher.update(id.as_bytes());
        hasher.update(revision.as_bytes());
    }
    hasher.finalize().to_hex()[..8].to_owned()
}

#[cfg(test)]
mod labelled;
#[cfg(test)]
mod tests;
