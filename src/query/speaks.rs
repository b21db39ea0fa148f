//! What a query speaks of: words, codings, or which codings.

use super::{Field, Query, Value};

impl Query {
    /// `coder:`, `date:`, `layer:` and `unread:`, alone or joined: within an AND they say which codings its other parts speak of.
    pub fn is_qualifier(&self) -> bool {
        match self {
            Query::Field(Field::Coder | Field::Date | Field::Layer | Field::Unread, _) => true,
            Query::Not(inner) => inner.is_qualifier(),
            Query::And(parts) | Query::Or(parts) => parts.iter().all(Query::is_qualifier),
            _ => false,
        }
    }

    /// Speaks of codings anywhere, or of stretches and how they lie.
    pub fn is_of_codings(&self) -> bool {
        match self {
            Query::Field(field, _) => {
                matches!(field, Field::Code | Field::Coder | Field::Date | Field::Layer | Field::Unread)
            }
            Query::Related { .. } | Query::Only(_) | Query::AtLeast(..) => true,
            Query::Not(inner) => inner.is_of_codings(),
            Query::And(parts) | Query::Or(parts) => parts.iter().any(Query::is_of_codings),
            _ => false,
        }
    }

    /// Asks for unread codings, or for those that are read, anywhere.
    pub fn names_unread(&self) -> bool {
        match self {
            Query::Field(field, _) => *field == Field::Unread,
            Query::Related { left, right, .. } => left.names_unread() || right.names_unread(),
            Query::Not(inner) | Query::Only(inner) => inner.names_unread(),
            Query::And(parts) | Query::Or(parts) | Query::AtLeast(_, parts) => parts.iter().any(Query::names_unread),
            _ => false,
        }
    }

    /// `unread:no`: codings that somebody has read.
    pub fn is_read() -> Query {
        Query::Field(Field::Unread, Value::Text("no".to_owned()))
    }

    /// The same of codings that somebody has read.
    #[must_use]
    pub fn of_read(&self) -> Query {
        match self {
            Query::Related { left, relation, negated, right } => Query::Related {
                left: Box::new(left.of_read()),
                relation: *relation,
                negated: *negated,
                right: Box::new(right.of_read()),
            },
            Query::Not(inner) => Query::Not(Box::new(inner.of_read())),
            Query::Or(parts) => Query::Or(parts.iter().map(Query::of_read).collect()),
            Query::AtLeast(number, parts) => Query::AtLeast(*number, parts.iter().map(Query::of_read).collect()),
            other if other.is_of_codings() => Query::and(vec![other.clone(), Query::is_read()]),
            other => other.clone(),
        }
    }

    /// Says which layer of codings is meant.
    pub fn names_layer(&self) -> bool {
        match self {
            Query::Field(field, _) => *field == Field::Layer,
            Query::Not(inner) => inner.names_layer(),
            Query::And(parts) | Query::Or(parts) => parts.iter().any(Query::names_layer),
            _ => false,
        }
    }

    /// Names words outside NOT, so that there are words to point at.
    pub fn is_of_words(&self) -> bool {
        match self {
            Query::Word(_) | Query::Phrase(_) | Query::Near { .. } | Query::Prefix(_) | Query::Fuzzy { .. } => true,
            Query::And(parts) | Query::Or(parts) => parts.iter().any(Query::is_of_words),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::Query;

    #[test]
    fn parts_of_queries_are_told_apart() {
        let of = |text: &str| {
            let query = Query::parse(text).unwrap();
            (query.is_qualifier(), query.is_of_codings(), query.is_of_words())
        };
        assert_eq!(of("coder:gj OR NOT date:2026"), (true, true, false));
        assert_eq!(of("unread:no -coder:gj"), (true, true, false));
        assert_eq!(of("coder:gj code:a"), (false, true, false));
        assert_eq!(of("trust kind:grey"), (false, false, true));
        assert_eq!(of("NOT trust"), (false, false, false));
        assert_eq!(of("trust WITHIN kind:grey"), (false, true, false));
    }

    #[test]
    fn what_is_read_is_asked_for_on_every_side_that_speaks_of_codings() {
        let of_read = |text: &str| Query::parse(text).unwrap().of_read().to_string();
        assert_eq!(of_read("code:a OVERLAPS trust"), "(code:a AND unread:no) OVERLAPS trust");
        assert_eq!(of_read("NOT code:a"), "NOT (code:a AND unread:no)");
        let names = |text: &str| Query::parse(text).unwrap().names_unread();
        assert!(names("code:a OVERLAPS (code:b AND unread:yes)") && !names("ONLY code:a"));
    }
}
