//! Which parts of statements are one thing: those of the same words once synonyms are one, those a team put on a
//! list, and those of statements that a team found to be the same.

use super::{Place, aspect_of};
use crate::consolidate::lexicon::{Said, Term};
use crate::consolidate::{Aspect, Lexicon, language_of};
use crate::grouping::Relation;
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

/// What a team said is one thing.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// Wordings by the name of their group: a part belongs there that holds all words of one of them.
    pub named: BTreeMap<String, Vec<String>>,
    /// Statements found to be the same, or related: of these only mechanism and outcome are one.
    pub accepted: Vec<(Relation, Vec<Id>)>,
}

/// Parts that a team's list puts under one name, wherever in a configuration they stand; mechanisms and actors apart,
/// which are no factors of a chain.
pub fn named_parts(synthesis: &Synthesis) -> BTreeMap<crate::chain::Place, String> {
    let mut named = BTreeMap::new();
    if synthesis.settings.part_groups.is_empty() {
        return named;
    }
    let statements: Vec<&Hypothesis> = synthesis.living_hypotheses().collect();
    let mut lexicon = Lexicon::new(language_of(&statements), &synthesis.settings.synonyms);
    let lists: Vec<(&String, Vec<Said>)> = synthesis
        .settings
        .part_groups
        .iter()
        .map(|(name, wordings)| (name, wordings.iter().chain([name]).map(|text| lexicon.read(text)).collect()))
        .collect();
    for statement in statements {
        let factors = statement.parts.iter().filter(|part| !part.kind.is_mechanism() && part.kind != PartKind::Actor);
        for part in factors {
            let said = lexicon.read(&part.text);
            if let Some((name, _)) =
                lists.iter().find(|(_, wordings)| wordings.iter().any(|wanted| holds(&said, wanted)))
            {
                let place = crate::chain::Place { hypothesis: statement.id, part: part.key.clone() };
                named.insert(place, (*name).clone());
            }
        }
    }
    named
}

/// All words and numbers of a wording are said.
fn holds(said: &Said, wanted: &Said) -> bool {
    !wanted.terms.is_empty()
        && wanted.terms.iter().all(|term| said.terms.contains(term))
        && wanted.numbers.is_subset(&said.numbers)
}

/// A group of parts as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartName {
    /// The team's name, else the words of the part written first.
    pub name: String,
    /// Parts in it: statement and key.
    pub parts: Vec<(Id, String)>,
}

/// A word, or a term of several, that a group of parts is asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    pub form: String,
    /// A part of the group denies it.
    pub denied: bool,
}

/// A part that may stand in a pattern.
struct Piece {
    statement: usize,
    key: String,
    aspect: Aspect,
    text: String,
    said: Said,
}

/// All parts, each in one group.
pub struct Grouped {
    pieces: Vec<Piece>,
    /// Pieces of each statement.
    of: Vec<Vec<usize>>,
    /// Group of each piece: the place of its first piece.
    top: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
    names: BTreeMap<usize, String>,
    /// By stem, how many parts hold it.
    spread: BTreeMap<u32, usize>,
    ids: Vec<Id>,
}

impl Grouped {
    /// Groups the parts of statements, which are in the order of their ids.
    pub fn of(statements: &[&Hypothesis], lists: &Lists, lexicon: &mut Lexicon) -> Self {
        let mut pieces = Vec::new();
        let mut of = vec![Vec::new(); statements.len()];
        for (at, statement) in statements.iter().enumerate() {
            for part in &statement.parts {
                let Some(aspect) = aspect_of(statement, part) else { continue };
                let said = lexicon.read(&part.text);
                if said.terms.is_empty() {
                    continue;
                }
                of[at].push(pieces.len());
                let (key, text) = (part.key.clone(), part.text.trim().to_owned());
                pieces.push(Piece { statement: at, key, aspect, text, said });
            }
        }
        let ids = statements.iter().map(|one| one.id).collect();
        let mut spread: BTreeMap<u32, usize> = BTreeMap::new();
        for term in pieces.iter().flat_map(|piece: &Piece| &piece.said.terms) {
            *spread.entry(term.stem).or_default() += 1;
        }
        let mut grouped = Grouped {
            spread,
            top: (0..pieces.len()).collect(),
            pieces,
            of,
            members: BTreeMap::new(),
            names: BTreeMap::new(),
            ids,
        };
        grouped.join_same_words();
        let named = grouped.join_named(lists, lexicon);
        grouped.join_accepted(lists);
        grouped.settle(&named);
        grouped
    }

    fn find(&self, mut at: usize) -> usize {
        while self.top[at] != at {
            at = self.top[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        self.top[one.max(other)] = one.min(other);
    }

    fn join_same_words(&mut self) {
        let mut first: BTreeMap<(Aspect, &Said), usize> = BTreeMap::new();
        let mut pairs = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            pairs.push((*first.entry((piece.aspect, &piece.said)).or_insert(at), at));
        }
        for (one, other) in pairs {
            self.join(one, other);
        }
    }

    /// The pieces that a name was given to.
    fn join_named(&mut self, lists: &Lists, lexicon: &mut Lexicon) -> BTreeMap<usize, String> {
        let mut holders: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            piece.said.terms.iter().for_each(|term| holders.entry(*term).or_default().push(at));
        }
        let mut named = BTreeMap::new();
        for (name, wordings) in &lists.named {
            let mut firsts: BTreeMap<Aspect, usize> = BTreeMap::new();
            for wording in wordings.iter().chain([name]) {
                let wanted = lexicon.read(wording);
                let Some(term) = wanted.terms.first() else { continue };
                for at in holders.get(term).cloned().unwrap_or_default() {
                    if holds(&self.pieces[at].said, &wanted) {
                        let first = *firsts.entry(self.pieces[at].aspect).or_insert(at);
                        self.join(first, at);
                        named.entry(at).or_insert_with(|| name.clone());
                    }
                }
            }
        }
        named
    }

    fn join_accepted(&mut self, lists: &Lists) {
        let place: BTreeMap<Id, usize> = self.ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        for (relation, members) in &lists.accepted {
            let mut firsts: BTreeMap<Aspect, usize> = BTreeMap::new();
            for statement in members.iter().filter_map(|id| place.get(id)) {
                for at in self.of[*statement].clone() {
                    let aspect = self.pieces[at].aspect;
                    let counts = match relation {
                        Relation::Duplicate => true,
                        Relation::Related => aspect != Aspect::Context,
                        Relation::RivalCandidate => false,
                    };
                    if counts {
                        let first = *firsts.entry(aspect).or_insert(at);
                        self.join(first, at);
                    }
                }
            }
        }
    }

    fn settle(&mut self, named: &BTreeMap<usize, String>) {
        self.top = (0..self.pieces.len()).map(|at| self.find(at)).collect();
        for (at, top) in self.top.iter().enumerate() {
            self.members.entry(*top).or_default().push(at);
            if let Some(name) = named.get(&at) {
                self.names.entry(*top).or_insert_with(|| name.clone());
            }
        }
    }

    /// Where a statement stands: each of its contexts with each mechanism and each outcome.
    pub(super) fn places(&self, statement: usize) -> Vec<Place> {
        let of = |aspect: Aspect| -> Vec<usize> {
            let pieces = self.of[statement].iter().filter(|at| self.pieces[**at].aspect == aspect);
            let mut groups: Vec<usize> = pieces.map(|at| self.top[*at]).collect();
            groups.sort_unstable();
            groups.dedup();
            groups
        };
        let (mechanisms, outcomes) = (of(Aspect::Reasoning), of(Aspect::Outcome));
        let mut contexts: Vec<Option<usize>> = of(Aspect::Context).into_iter().map(Some).collect();
        if contexts.is_empty() {
            contexts.push(None);
        }
        let mut places = Vec::new();
        for context in contexts {
            for mechanism in &mechanisms {
                places.extend(outcomes.iter().map(|outcome| (context, *mechanism, *outcome)));
            }
        }
        places
    }

    pub(super) fn name(&self, group: usize) -> PartName {
        let members = self.members.get(&group).map_or(&[][..], Vec::as_slice);
        PartName {
            name: self.names.get(&group).unwrap_or(&self.pieces[group].text).clone(),
            parts: members
                .iter()
                .map(|at| (self.ids[self.pieces[*at].statement], self.pieces[*at].key.clone()))
                .collect(),
        }
    }

    /// Keys of the parts of a statement that are in a group.
    pub(super) fn keys(&self, statement: usize, group: usize) -> impl Iterator<Item = &str> {
        let pieces = self.of[statement].iter().filter(move |at| self.top[**at] == group);
        pieces.map(|at| self.pieces[*at].key.as_str())
    }

    /// The words that its parts hold, those of most parts first; of words that as many hold those that are rarest
    /// elsewhere, since they find something.
    pub(super) fn clues(&self, group: usize, lexicon: &Lexicon) -> Vec<Clue> {
        const MOST: usize = 3;
        let mut counts: BTreeMap<u32, (usize, bool)> = BTreeMap::new();
        for term in self.members.get(&group).into_iter().flatten().flat_map(|at| &self.pieces[*at].said.terms) {
            let (count, denied) = counts.entry(term.stem).or_default();
            *count += 1;
            *denied |= term.denied;
        }
        let spread = |stem: u32| self.spread.get(&stem).copied().unwrap_or_default();
        let ranked = counts
            .into_iter()
            .map(|(stem, (count, denied))| (usize::MAX - count, spread(stem), lexicon.form(stem), denied));
        let mut words: Vec<(usize, usize, &str, bool)> = ranked.collect();
        words.sort_unstable();
        words.into_iter().take(MOST).map(|(.., form, denied)| Clue { form: form.to_owned(), denied }).collect()
    }

    /// One says what the other denies.
    pub(super) fn are_contrary(&self, one: usize, other: usize) -> bool {
        let of = |group: usize| self.members.get(&group).into_iter().flatten().map(|at| &self.pieces[*at].said.terms);
        of(one).any(|terms| of(other).any(|others| is_turned(terms, others)))
    }

    pub(super) fn key(&self, (context, mechanism, outcome): Place) -> String {
        let mut hasher = blake3::Hasher::new();
        for group in [context, Some(mechanism), Some(outcome)] {
            if let Some(piece) = group.map(|group| &self.pieces[group]) {
                hasher.update(self.ids[piece.statement].as_bytes());
                hasher.update(piece.key.as_bytes());
            }
            hasher.update(b"|");
        }
        hasher.finalize().to_hex()[..8].to_owned()
    }
}

/// They share a word that just one of them denies, and an odd number of denials between them.
fn is_turned(one: &[Term], other: &[Term]) -> bool {
    let denials = |terms: &[Term]| terms.iter().filter(|term| term.denied).count();
    let turned = |term: &Term| other.contains(&Term { denied: !term.denied, ..*term });
    (denials(one) + denials(other)) % 2 == 1 && one.iter().any(turned)
}
