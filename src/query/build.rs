//! Queries made without quoting: `--phrase`, `--near`, and joining.

use super::{Query, Word};
use crate::diagnostic::{Result, fault};
use crate::text::words;

/// Most other words a proximity may allow.
pub const WIDEST: usize = 1000;

impl Query {
    /// The words of a text one after the other (`--phrase`).
    pub fn phrase(text: &str) -> Result<Query> {
        let found: Vec<String> = words::words(text).map(|(_, word)| word.to_owned()).collect();
        if found.is_empty() {
            return Err(fault("empty-query", format!("there is no word in '{text}'")));
        }
        Ok(Query::Phrase(found))
    }

    /// The words of the query with at most `gap` other words among them (`--near`). Fields and what
    /// is asked with NOT stay as they are.
    ///
    /// ```
    /// use realist::query::Query;
    /// let near = Query::parse("care partner kind:interview")?.near(5)?;
    /// assert_eq!(near.to_string(), "NEAR/5(care partner) AND kind:interview");
    /// # Ok::<(), realist::diagnostic::Fault>(())
    /// ```
    pub fn near(self, gap: usize) -> Result<Query> {
        if gap > WIDEST {
            return Err(fault("bad-query", format!("--near goes up to {WIDEST} words")));
        }
        let parts = match self {
            Query::And(parts) => parts,
            one => vec![one],
        };
        let (mut near, mut rest) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Query::Word(word) => near.push(word),
                Query::Phrase(phrase) => {
                    near.extend(phrase.into_iter().map(|text| Word { text, exact: true }));
                }
                Query::Field(..) | Query::Not(_) => rest.push(part),
                other => {
                    return Err(fault("bad-query", format!("--near takes words, not {other}"))
                        .hint("leave --near away, or give plain words, each exact with = before it"));
                }
            }
        }
        if near.len() < 2 {
            return Err(fault("bad-query", "--near needs two words or more"));
        }
        rest.insert(0, Query::Near { words: near, gap });
        Ok(Query::and(rest))
    }

    /// All of these; one alone stays itself, an AND within is taken apart.
    pub fn and(parts: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Query::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        alone(flat, Query::And)
    }

    /// Any of these; one alone stays itself, an OR within is taken apart.
    pub fn or(parts: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Query::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        alone(flat, Query::Or)
    }
}

fn alone(mut parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Query {
    match parts.pop() {
        None => Query::All,
        Some(one) if parts.is_empty() => one,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_need_no_quoting() {
        assert_eq!(Query::phrase("don't  panic!").unwrap().to_string(), "\"don't panic\"");
        assert_eq!(Query::phrase("?!").unwrap_err().0.code, "empty-query");
    }

    #[test]
    fn near_takes_words_and_leaves_fields() {
        let near = |text: &str| Query::parse(text).unwrap().near(3).map(|query| query.to_string());
        assert_eq!(near("=care =partner -x").unwrap(), "\"care partner\"~3 AND NOT x");
        assert_eq!(near("care (a OR b)").unwrap_err().0.message, "--near takes words, not a OR b");
        assert!(near("care").is_err());
        assert!(Query::parse("a b").unwrap().near(WIDEST + 1).is_err());
    }
}
