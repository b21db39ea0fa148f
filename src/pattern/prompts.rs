//! Where to look for what speaks against a pattern: queries in the language of `search`, ready to be run. None leaves
//! out a word that it asks for: it would find nothing, whatever is there.

use super::{Clue, Pattern};
use crate::consolidate::denials;
use crate::index::{Stems, exact};
use crate::language::Language;
use crate::query::{Field, Query, Value, Word};
use crate::text::words;
use std::collections::BTreeSet;

/// A search that might find exceptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What a hit would mean.
    pub looks_for: String,
    pub query: Query,
}

/// Words between a denial and what it denies.
const REACH: usize = 4;

/// Searches worth making; `groups` are the stakeholder groups of the project, `language` is that of the statements. None
/// where a pattern has no words for one, or where all that is to be left out is asked for.
pub fn prompts(pattern: &Pattern, groups: &[String], language: Language) -> Vec<Prompt> {
    let mut stems = Stems::new();
    let [context, mechanism, outcome] = pattern.words.each_ref().map(|clues| Sought::all(clues, &mut stems, language));
    let mut prompts = Vec::new();
    let mut add = |looks_for: &str, query: Option<Query>| {
        prompts.extend(query.map(|query| Prompt { looks_for: looks_for.to_owned(), query }));
    };
    add("the circumstances, and nothing of what should come of them", without(&context, &outcome));
    add("the mechanism at work, and nothing of the outcome", without(&mechanism, &outcome));
    add("the outcome denied", denied(&outcome, language));
    add("the outcome by another way", without(&outcome, &mechanism));
    let spoken: Vec<&str> = pattern
        .contrasts
        .iter()
        .filter(|contrast| contrast.by == "group")
        .flat_map(|contrast| contrast.rows.iter().filter_map(|row| row.value.as_deref()))
        .collect();
    let silent = groups.iter().filter(|group| !spoken.contains(&group.as_str())).map(|group| group_is(group)).collect();
    let either: Vec<&Sought> = mechanism.iter().chain(&outcome).collect();
    add(
        "groups of which nobody has been heard on this",
        one_of(silent).zip(any(&either)).map(|(group, words)| Query::and(vec![group, words])),
    );
    prompts
}

/// A clue as `search` takes it.
struct Sought {
    words: Vec<Word>,
    /// Of its words, as the index has them.
    stems: BTreeSet<String>,
    denied: bool,
}

impl Sought {
    fn all(clues: &[Clue], stems: &mut Stems, language: Language) -> Vec<Self> {
        let read = |clue: &Clue| {
            let plain: Vec<&str> = words::words(&clue.form).map(|(_, word)| word).collect();
            Sought {
                words: plain.iter().map(|word| Word { text: (*word).to_owned(), exact: false }).collect(),
                stems: plain.iter().map(|word| stems.stem(&exact(word), language).to_owned()).collect(),
                denied: clue.denied,
            }
        };
        clues.iter().map(read).filter(|one| !one.words.is_empty()).collect()
    }

    /// One word, or several side by side as they stand.
    fn query(&self) -> Query {
        match self.words.as_slice() {
            [word] => Query::Word(word.clone()),
            words => Query::Near { words: words.to_vec(), gap: 0 },
        }
    }
}

fn group_is(group: &str) -> Query {
    Query::Field(Field::Group, Value::Text(group.to_owned()))
}

/// Any of these, each once.
fn any(sought: &[&Sought]) -> Option<Query> {
    let mut seen = BTreeSet::new();
    one_of(sought.iter().filter(|one| seen.insert(&one.stems)).map(|one| one.query()).collect())
}

/// Any of the one, and nothing of the other that the one does not ask for itself.
fn without(asked: &[Sought], unwanted: &[Sought]) -> Option<Query> {
    let is_asked = |one: &&Sought| asked.iter().any(|held| one.stems.is_subset(&held.stems));
    let unwanted: Vec<&Sought> = unwanted.iter().filter(|one| !is_asked(one)).collect();
    let asked = any(&asked.iter().collect::<Vec<_>>())?;
    Some(Query::and(vec![asked, Query::Not(Box::new(any(&unwanted)?))]))
}

/// A denial close to what the pattern says without one: what it denies itself would come out affirmed.
fn denied(sought: &[Sought], language: Language) -> Option<Query> {
    let affirmed = sought.iter().find(|one| !one.denied)?;
    let near = |denial: &&str| {
        let denial = Word { text: (*denial).to_owned(), exact: true };
        Query::Near { words: std::iter::once(denial).chain(affirmed.words.iter().cloned()).collect(), gap: REACH }
    };
    one_of(denials(language).iter().map(near).collect())
}

fn one_of(mut queries: Vec<Query>) -> Option<Query> {
    match queries.len() {
        0 => None,
        1 => queries.pop(),
        _ => Some(Query::or(queries)),
    }
}
