//! Where to look for what speaks against a pattern: queries in the language of `search`, ready to be run.

use super::Pattern;
use crate::query::{Field, Query, Value, Word};
use crate::text::words;

/// A search that might find exceptions.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What a hit would mean.
    pub looks_for: String,
    pub query: Query,
}

/// Words between a denial and what it denies.
const REACH: usize = 4;

/// Searches worth making; `groups` are the stakeholder groups of the project. None where a pattern has no words.
pub fn prompts(pattern: &Pattern, groups: &[String]) -> Vec<Prompt> {
    let [context, mechanism, outcome] = &pattern.words;
    let mut prompts = Vec::new();
    let mut add = |looks_for: &str, query: Option<Query>| {
        prompts.extend(query.map(|query| Prompt { looks_for: looks_for.to_owned(), query }));
    };
    let (some_context, some_mechanism, some_outcome) = (any(context), any(mechanism), any(outcome));
    let without = some_outcome.clone().map(|outcome| Query::Not(Box::new(outcome)));
    add("the circumstances, and nothing of what should come of them", joined([some_context.clone(), without.clone()]));
    add("the mechanism at work, and nothing of the outcome", joined([some_mechanism.clone(), without]));
    add("the outcome denied", denied(outcome));
    let no_mechanism = some_mechanism.clone().map(|mechanism| Query::Not(Box::new(mechanism)));
    add("the outcome by another way", joined([some_outcome.clone(), no_mechanism]));
    let spoken: Vec<&str> = pattern
        .contrasts
        .iter()
        .filter(|contrast| contrast.by == "group")
        .flat_map(|contrast| contrast.rows.iter().filter_map(|row| row.value.as_deref()))
        .collect();
    let silent: Vec<Query> =
        groups.iter().filter(|group| !spoken.contains(&group.as_str())).map(|group| group_is(group)).collect();
    let any_word = one_of([some_mechanism, some_outcome].into_iter().flatten().collect());
    add("groups of which nobody has been heard on this", joined([one_of(silent), any_word]));
    prompts
}

fn group_is(group: &str) -> Query {
    Query::Field(Field::Group, Value::Text(group.to_owned()))
}

/// Any of the words; several side by side as they stand.
fn any(words: &[String]) -> Option<Query> {
    one_of(words.iter().filter_map(|word| stands(word)).collect())
}

fn stands(word: &str) -> Option<Query> {
    let mut words = plain(word);
    match words.len() {
        0 => None,
        1 => words.pop().map(Query::Word),
        _ => Some(Query::Near { words, gap: 0 }),
    }
}

fn plain(text: &str) -> Vec<Word> {
    words::words(text).map(|(_, word)| Word { text: word.to_owned(), exact: false }).collect()
}

fn denied(words: &[String]) -> Option<Query> {
    let denials = ["not", "never", "no"];
    let near = |word: &String| {
        denials.map(|denial| {
            let mut words = vec![Word { text: denial.to_owned(), exact: true }];
            words.extend(plain(word));
            Query::Near { words, gap: REACH }
        })
    };
    one_of(words.iter().take(1).flat_map(near).collect())
}

fn one_of(mut queries: Vec<Query>) -> Option<Query> {
    match queries.len() {
        0 => None,
        1 => queries.pop(),
        _ => Some(Query::or(queries)),
    }
}

/// All of them; nothing where one is wanting.
fn joined<const N: usize>(queries: [Option<Query>; N]) -> Option<Query> {
    queries.into_iter().collect::<Option<Vec<Query>>>().map(Query::and)
}
