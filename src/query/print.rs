//! A query shown: in its canonical form, and as a tree in words.

use super::{Query, Value, Word};
use std::fmt;

impl fmt::Display for Query {
    /// The canonical form; [`Query::parse`] reads it back as the same query.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::All => f.write_str("*"),
            Query::Word(word) => word.fmt(f),
            Query::Phrase(words) => quoted(f, &words.join(" ")),
            Query::Near { words, gap } if words.iter().all(|word| word.exact) => {
                let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
                quoted(f, &texts.join(" "))?;
                write!(f, "~{gap}")
            }
            Query::Near { words, gap } => {
                let words: Vec<String> = words.iter().map(Word::to_string).collect();
                write!(f, "NEAR/{gap}({})", words.join(" "))
            }
            Query::Prefix(word) => write!(f, "{}{word}*", guard(word)),
            Query::Fuzzy { word, distance } => write!(f, "{}{word}~{distance}", guard(word)),
            Query::Field(field, value) => write!(f, "{field}:{value}"),
            Query::Not(inner) => {
                f.write_str("NOT ")?;
                grouped(f, inner, inner.is_joined())
            }
            Query::And(parts) => joined(f, parts, " AND ", |part| matches!(part, Query::Or(_))),
            Query::Or(parts) => joined(f, parts, " OR ", |_| false),
            Query::Related { left, relation, negated, right } => {
                grouped(f, left, left.is_loose())?;
                write!(f, " {}{relation} ", if *negated { "NOT " } else { "" })?;
                grouped(f, right, right.is_loose())
            }
            Query::Only(inner) => {
                f.write_str("ONLY ")?;
                grouped(f, inner, inner.is_loose())
            }
            Query::AtLeast(number, parts) => {
                write!(f, "ATLEAST/{number}(")?;
                joined(f, parts, " ", Query::is_joined)?;
                f.write_str(")")
            }
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.exact { "=" } else { guard(&self.text) }, self.text)
    }
}

/// What must stand before a word that would be read as an operator or as a field.
fn guard(word: &str) -> &'static str {
    let is_field = |(name, _): (&str, &str)| name.bytes().all(|b| b.is_ascii_alphabetic());
    let is_guarded = matches!(word, "AND" | "OR" | "NOT" | "ONLY")
        || super::relation::WORDS.contains(&word)
        || word.split_once(':').is_some_and(is_field);
    if is_guarded { "text:" } else { "" }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) if text == "*" => f.write_str(text),
            Value::Text(text) => value(f, text),
            Value::Attribute(attribute) => attribute.fmt(f),
            Value::Years(from, to) if from == to => from.iter().try_for_each(|year| year.fmt(f)),
            Value::Years(from, to) => range(f, from.as_ref(), to.as_ref()),
            Value::Days(from, to) if from == to => from.iter().try_for_each(|day| day.fmt(f)),
            Value::Days(from, to) => range(f, from.as_ref(), to.as_ref()),
        }
    }
}

/// A text as it is, or between quotation marks where that would be read otherwise.
pub(super) fn value(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '~');
    if !text.is_empty() && text.chars().all(plain) { f.write_str(text) } else { quoted(f, text) }
}

fn range<T: fmt::Display>(f: &mut fmt::Formatter<'_>, from: Option<&T>, to: Option<&T>) -> fmt::Result {
    from.iter().try_for_each(|from| from.fmt(f))?;
    f.write_str("..")?;
    to.iter().try_for_each(|to| to.fmt(f))
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '\u{201c}' | '\u{201d}' | '\u{201e}') {
            f.write_str("\\")?;
        }
        write!(f, "{letter}")?;
    }
    f.write_str("\"")
}

fn grouped(f: &mut fmt::Formatter<'_>, query: &Query, brackets: bool) -> fmt::Result {
    if brackets { write!(f, "({query})") } else { write!(f, "{query}") }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Query], by: &str, brackets: fn(&Query) -> bool) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str(by)?;
        }
        grouped(f, part, brackets(part))?;
    }
    Ok(())
}

impl Query {
    /// Operands side by side, which a NOT before them would not hold together.
    fn is_joined(&self) -> bool {
        matches!(self, Query::And(_) | Query::Or(_))
    }

    /// What binds less than a relation does.
    fn is_loose(&self) -> bool {
        self.is_joined() || matches!(self, Query::Not(_) | Query::Related { .. })
    }

    /// How the query was understood, one line a part, indented by two spaces a level.
    ///
    /// ```
    /// use realist::query::Query;
    /// let query = Query::parse("trust -\"care partner\"")?;
    /// assert_eq!(query.explain(), "all of\n  trust in any form\n  not\n    exactly \"care partner\"\n");
    /// # Ok::<(), realist::diagnostic::Fault>(())
    /// ```
    pub fn explain(&self) -> String {
        let mut tree = String::new();
        self.branch(0, &mut tree);
        tree
    }

    fn branch(&self, depth: usize, tree: &mut String) {
        let (line, parts): (String, &[Query]) = match self {
            Query::All => ("every unit".to_owned(), &[]),
            Query::Word(word) => (meant(word), &[]),
            Query::Phrase(_) => (format!("exactly {self}"), &[]),
            Query::Near { words, gap } => {
                let words: Vec<String> = words.iter().map(meant).collect();
                (format!("in any order, with at most {gap} other words among them: {}", words.join("; ")), &[])
            }
            Query::Prefix(word) => (format!("a word beginning with {word}"), &[]),
            Query::Fuzzy { word, distance } => (format!("a word at most {distance} letter(s) away from {word}"), &[]),
            Query::Field(field, value) => (format!("{field} is {value}"), &[]),
            Query::Not(inner) => ("not".to_owned(), std::slice::from_ref(&**inner)),
            Query::Related { left, relation, negated, right } => {
                tree.push_str(&"  ".repeat(depth));
                tree.push_str("stretches of\n");
                left.branch(depth + 1, tree);
                tree.push_str(&"  ".repeat(depth));
                tree.push_str(if *negated { "that do not: " } else { "that " });
                tree.push_str(&relation.meaning());
                tree.push('\n');
                right.branch(depth + 1, tree);
                return;
            }
            Query::Only(inner) => {
                ("stretches that no coding of another code overlaps, of".to_owned(), std::slice::from_ref(&**inner))
            }
            Query::AtLeast(number, parts) => (format!("at least {number} of"), parts),
            Query::And(parts) => ("all of".to_owned(), parts),
            Query::Or(parts) => ("any of".to_owned(), parts),
        };
        tree.push_str(&"  ".repeat(depth));
        tree.push_str(&line);
        tree.push('\n');
        for part in parts {
            part.branch(depth + 1, tree);
        }
    }
}

fn meant(word: &Word) -> String {
    if word.exact { format!("exactly {}", word.text) } else { format!("{} in any form", word.text) }
}
