//! From tokens to a [`Query`], by recursive descent. Never panics; every fault shows its place.

use super::lex::{Token, tokens};
use super::{Field, Query, Relation, Value, Word};
use crate::diagnostic::{Fault, Result, fault};
use crate::text::{Span, words};
use jiff::civil::Date;
use std::str::FromStr;

/// Brackets and NOTs within each other; deeper is a slip, and would exhaust the stack.
const DEEPEST: usize = 60;

impl Query {
    /// Reads a query.
    ///
    /// ```
    /// use realist::query::Query;
    /// let query = Query::parse("trust (hope OR \"care partner\"~5) -kind:grey")?;
    /// assert_eq!(query.to_string(), "trust AND (hope OR \"care partner\"~5) AND NOT kind:grey");
    /// # Ok::<(), realist::diagnostic::Fault>(())
    /// ```
    pub fn parse(text: &str) -> Result<Query> {
        let line = text.replace(['\n', '\t'], " ");
        let mut parser = Parser { tokens: tokens(&line)?, line: &line, at: 0, depth: 0 };
        if parser.tokens.is_empty() {
            return Err(fault("empty-query", "the query is empty").hint("give a word, or * for every unit"));
        }
        let query = parser.any(Asked::Words)?;
        match parser.tokens.get(parser.at) {
            None => Ok(query),
            Some((_, span)) => Err(parser.fault(*span, "this bracket was never opened")),
        }
    }
}

impl FromStr for Query {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self> {
        Query::parse(text)
    }
}

/// What words stand for: themselves, or values of a field.
#[derive(Clone, Copy)]
enum Asked {
    Words,
    Values(Field),
}

struct Parser<'l> {
    line: &'l str,
    tokens: Vec<(Token, Span)>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn fault(&self, span: Span, message: impl Into<String>) -> Fault {
        fault("bad-query", message).under(self.line, span)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn any(&mut self, asked: Asked) -> Result<Query> {
        let mut parts = vec![self.all(asked)?];
        while self.peek() == Some(&Token::Or) {
            self.at += 1;
            parts.push(self.all(asked)?);
        }
        Ok(Query::or(parts))
    }

    fn all(&mut self, asked: Asked) -> Result<Query> {
        let mut parts = vec![self.related(asked)?];
        loop {
            match self.peek() {
                None | Some(Token::Or | Token::Close) => return Ok(Query::and(parts)),
                Some(Token::And) => self.at += 1,
                Some(_) => {}
            }
            parts.push(self.related(asked)?);
        }
    }

    /// One operand, or two with a relation between.
    fn related(&mut self, asked: Asked) -> Result<Query> {
        let left = self.one(asked)?;
        let Some((relation, negated)) = self.relation() else { return Ok(left) };
        let right = Box::new(self.one(asked)?);
        if let Some((_, span)) = self.tokens.get(self.at).cloned()
            && self.relation().is_some()
        {
            return Err(self
                .fault(span, "a relation has two sides: which two belong together?")
                .hint("put brackets round one pair, as in a WITHIN (b NEAR/5 c)"));
        }
        Ok(Query::Related { left: Box::new(left), relation, negated, right })
    }

    /// Takes `WITHIN` or `NOT WITHIN` where it stands here.
    fn relation(&mut self) -> Option<(Relation, bool)> {
        let negated = self.peek() == Some(&Token::Not);
        let at = self.at + usize::from(negated);
        match self.tokens.get(at) {
            Some((Token::Relation(relation), _)) => {
                self.at = at + 1;
                Some((*relation, negated))
            }
            _ => None,
        }
    }

    /// One operand, or the fault of the operator that lacks it.
    fn one(&mut self, asked: Asked) -> Result<Query> {
        let Some((token, span)) = self.tokens.get(self.at).cloned() else {
            let last = self.tokens[self.tokens.len() - 1].1;
            return Err(self.fault(last, "something is missing behind this"));
        };
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(span, format!("brackets and NOTs go at most {DEEPEST} deep")));
        }
        let query = self.operand(token, span, asked);
        self.depth -= 1;
        query
    }

    fn operand(&mut self, token: Token, span: Span, asked: Asked) -> Result<Query> {
        match (token, asked) {
            (Token::Open, _) => self.group(span, asked),
            (Token::Not, _) => Ok(Query::Not(Box::new(self.related(asked)?))),
            (Token::Only, Asked::Words) => Ok(Query::Only(Box::new(self.one(asked)?))),
            (Token::AtLeast(number), Asked::Words) => self.at_least(span, number),
            (Token::Field(None), Asked::Words) => self.one(asked),
            (Token::Field(Some(field)), Asked::Words) => self.one(Asked::Values(field)),
            (Token::Attribute(attribute), Asked::Words) => Ok(Query::Field(Field::Attr, Value::Attribute(attribute))),
            (Token::Near(gap), Asked::Words) => self.near(span, gap),
            (Token::Quoted(text, None), Asked::Words) => self.phrase(&text, span),
            (Token::Quoted(text, Some(gap)), Asked::Words) => match self.phrase(&text, span)? {
                Query::Phrase(words) => {
                    let words = words.into_iter().map(|text| Word { text, exact: true }).collect();
                    Ok(Query::Near { words, gap })
                }
                other => Ok(other),
            },
            (Token::Bare(text), Asked::Words) => self.bare(&text, span),
            (Token::Quoted(text, None) | Token::Bare(text), Asked::Values(field)) => self.value(field, text, span),
            (Token::And | Token::Or | Token::Close | Token::Relation(_), _) => Err(self
                .fault(span, "something is missing before this")
                .hint("to search for the word itself, write it small or with = before it")),
            (
                Token::Field(_)
                | Token::Attribute(_)
                | Token::Near(_)
                | Token::Only
                | Token::AtLeast(_)
                | Token::Quoted(..),
                Asked::Values(field),
            ) => Err(self.fault(span, format!("this cannot be a value of {field}:"))),
        }
    }

    fn group(&mut self, open: Span, asked: Asked) -> Result<Query> {
        if self.peek().is_none() {
            return Err(self.fault(open, "this bracket is not closed").hint("close it with )"));
        }
        let inner = self.any(asked)?;
        if self.peek() != Some(&Token::Close) {
            return Err(self.fault(open, "this bracket is not closed").hint("close it with )"));
        }
        self.at += 1;
        Ok(inner)
    }

    /// The operands between the brackets of `ATLEAST/2(…)`.
    fn at_least(&mut self, at_least: Span, number: usize) -> Result<Query> {
        self.at += 1; // the bracket: the lexer saw it
        let mut parts = Vec::new();
        while self.peek().is_some_and(|token| *token != Token::Close) {
            parts.push(self.related(Asked::Words)?);
        }
        if self.peek().is_none() {
            return Err(self.fault(at_least, "this bracket is not closed").hint("close it with )"));
        }
        self.at += 1;
        if parts.len() < number.max(2) {
            let message = format!("ATLEAST/{number} needs {} operands or more in its brackets", number.max(2));
            return Err(self.fault(at_least, message));
        }
        Ok(Query::AtLeast(number, parts))
    }

    /// The words between the brackets of `NEAR/5(…)`: no operators there.
    fn near(&mut self, near: Span, gap: usize) -> Result<Query> {
        self.at += 1; // the bracket: the lexer saw it
        let mut found = Vec::new();
        while let Some((token, span)) = self.tokens.get(self.at).cloned() {
            self.at += 1;
            match token {
                Token::Close if found.is_empty() => break,
                Token::Close => return Ok(Query::Near { words: found, gap }),
                Token::Field(None) => {}
                _ => found.extend(self.near_words(&token, span)?),
            }
        }
        Err(self.fault(near, "NEAR needs words in brackets, as in NEAR/5(care partner)"))
    }

    fn near_words(&self, token: &Token, span: Span) -> Result<Vec<Word>> {
        let (text, exact) = match token {
            Token::And => ("AND", false),
            Token::Or => ("OR", false),
            Token::Not if self.line.get(span.range()) == Some("NOT") => ("NOT", false),
            Token::Bare(text) => text.strip_prefix('=').map_or((text.as_str(), false), |word| (word, true)),
            _ => return Err(self.fault(span, "NEAR takes words only, each exact with = before it")),
        };
        if text.contains(['*', '~']) {
            return Err(self.fault(span, "NEAR takes whole words, no beginnings or near spellings"));
        }
        let found: Vec<&str> = words::words(text).map(|(_, word)| word).collect();
        if found.is_empty() {
            return Err(self.no_word(span));
        }
        Ok(found.into_iter().map(|text| Word { text: bare_word(text), exact }).collect())
    }

    fn no_word(&self, span: Span) -> Fault {
        self.fault(span, "there is no word here").hint("signs are not searched; only words are")
    }

    fn phrase(&self, text: &str, span: Span) -> Result<Query> {
        Query::phrase(text).map_err(|_| self.no_word(span))
    }

    fn bare(&self, text: &str, span: Span) -> Result<Query> {
        if text == "*" {
            return Ok(Query::All);
        }
        let (exact, text) = text.strip_prefix('=').map_or((false, text), |word| (true, word));
        if let Some(word) = text.strip_suffix('*') {
            return Ok(Query::Prefix(self.single(word, exact, span)?));
        }
        if let Some((word, distance)) = text.rsplit_once('~') {
            let distance = match distance {
                "" | "1" => 1,
                "2" => 2,
                _ => return Err(self.fault(span, "a near spelling is word~, word~1 or word~2")),
            };
            return Ok(Query::Fuzzy { word: self.single(word, exact, span)?, distance });
        }
        match self.phrase(text, span)? {
            Query::Phrase(words) if words.len() == 1 => Ok(Query::Word(Word { text: bare_word(&words[0]), exact })),
            several => Ok(several),
        }
    }

    /// The one word that `*` or `~` is put behind.
    fn single(&self, text: &str, exact: bool, span: Span) -> Result<String> {
        let mut found = words::words(text);
        match (found.next(), found.next()) {
            (Some((_, word)), None) if !exact && word.len() == text.len() => Ok(word.to_owned()),
            _ => Err(self.fault(span, "* and ~ stand directly behind a single word")),
        }
    }

    fn value(&self, field: Field, text: String, span: Span) -> Result<Query> {
        if text.trim().is_empty() {
            return Err(self.fault(span, format!("{field}: needs a value")));
        }
        let value = match field {
            Field::Year => self.years(&text, span)?,
            Field::Date => self.days(&text, span)?,
            _ => Value::Text(text),
        };
        Ok(Query::Field(field, value))
    }

    /// `2026-11-22`, `2026-11` (the whole month), `2026`; two of them as a range, either of which may lack.
    fn days(&self, text: &str, span: Span) -> Result<Value> {
        let wrong =
            || self.fault(span, "date: takes a day, a month, a year or a range, as in date:2026-11-03..2026-12");
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            typed => stretch_of_days(typed).map(Some).ok_or_else(wrong),
        };
        match (day(from)?.map(|(first, _)| first), day(to)?.map(|(_, last)| last)) {
            (None, None) => Err(wrong()),
            (Some(from), Some(to)) if from > to => Err(self.fault(span, "the first day is after the last")),
            (from, to) => Ok(Value::Days(from, to)),
        }
    }

    fn years(&self, text: &str, span: Span) -> Result<Value> {
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let year = |text: &str| match text.trim() {
            "" => Ok(None),
            digits => digits.parse::<i32>().map(Some),
        };
        match (year(from), year(to)) {
            (Ok(Some(from)), Ok(Some(to))) if from > to => Err(self.fault(span, "the first year is after the last")),
            (Ok(from), Ok(to)) if from.or(to).is_some() => Ok(Value::Years(from, to)),
            _ => Err(self.fault(span, "year: takes a year or a range, as in year:2010..2015 or year:2010..")),
        }
    }
}

/// A sign that a combining mark holds to its word is no part of it: `=` before a word says something else.
fn bare_word(word: &str) -> String {
    word.trim_start_matches('=').to_owned()
}

/// First and last day of a day, a month or a year.
fn stretch_of_days(typed: &str) -> Option<(Date, Date)> {
    let mut parts = typed.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok().filter(|year| (0..=9999).contains(year))?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (None, _) => Date::new(year, 12, 31).ok()?,
        (_, None) => first.last_of_month(),
        _ => first,
    };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        Query::parse(text).unwrap().to_string()
    }

    /// Message, and the text above the caret.
    fn refused(text: &str) -> (String, String) {
        let fault = Query::parse(text).unwrap_err();
        let place = fault.0.place.and_then(|place| place.excerpt);
        (fault.0.message, place.map_or(String::new(), |(line, span)| span.of(&line).unwrap().to_owned()))
    }

    #[test]
    fn every_form_reads_and_prints() {
        for (text, printed) in [
            ("trust", "trust"),
            ("care partner", "care AND partner"),
            ("care AND partner OR hope", "care AND partner OR hope"),
            ("care (partner OR hope)", "care AND (partner OR hope)"),
            ("-care NOT hope", "NOT care AND NOT hope"),
            ("-(a b)", "NOT (a AND b)"),
            ("=Don\u{2019}t", "=Don\u{2019}t"),
            ("==\u{c4a}", "=\u{c4a}"),
            ("code:* code:\"*\"", "code:* AND code:*"),
            ("patient-centred", "\"patient centred\""),
            ("\u{201c}care, partner!\u{201d}", "\"care partner\""),
            ("\"care partner\"~5", "\"care partner\"~5"),
            ("NEAR/5(care =partner AND)", "NEAR/5(care =partner text:AND)"),
            ("engag* recovry~ recovry~2", "engag* AND recovry~1 AND recovry~2"),
            ("kind:\"focus group\" Code:trust", "kind:\"focus group\" AND code:trust"),
            ("attr:age=30-39 Attr:\"years in service\">5", "attr:age=30-39 AND attr:\"years in service\">5"),
            ("attr:ward -attr:age>=3.5", "attr:ward AND NOT attr:age>=3.5"),
            ("(attr:role=\"staff nurse\" OR attr:age=30..39)", "attr:role=\"staff nurse\" OR attr:age=30..39"),
            ("kind:(interview OR -grey)", "kind:interview OR NOT kind:grey"),
            ("text:(a OR b) text:\"c d\"", "(a OR b) AND \"c d\""),
            (
                "year:2010..2015 OR year:2010.. OR year:..9 OR year:7",
                "year:2010..2015 OR year:2010.. OR year:..9 OR year:7",
            ),
            ("document:D1.gj~k7", "document:D1.gj~k7"),
            ("code:\"say \\\"ah\\\"\"", "code:\"say \\\"ah\\\"\""),
            ("* -trust", "* AND NOT trust"),
            ("code:a WITHIN code:b kind:grey", "code:a WITHIN code:b AND kind:grey"),
            ("NOT a NOT OVERLAPS b", "NOT a NOT OVERLAPS b"),
            ("(a OR b) COOCCURS (c d)", "(a OR b) OVERLAPS (c AND d)"),
            ("a NEAR/5 (b PRECEDES/turn c)", "a NEAR/5 (b PRECEDES/turn c)"),
            ("NEAR/5(a b) NEAR/5 \"a b\"~5", "NEAR/5(a b) NEAR/5 \"a b\"~5"),
            ("ONLY code:a FOLLOWS/120s -b", "ONLY code:a FOLLOWS/2min (NOT b)"),
            ("ATLEAST/2(code:a (b c) NOT d ONLY e)", "ATLEAST/2(code:a (b AND c) NOT d ONLY e)"),
            ("text:WITHIN text:ONLY within", "text:WITHIN AND text:ONLY AND within"),
            ("date:2026-02 date:2026..", "date:2026-02-01..2026-02-28 AND date:2026-01-01.."),
            ("coder:gj date:2026-02-03", "coder:gj AND date:2026-02-03"),
            ("(((a)))", "a"),
            ("and or not", "and AND or AND not"),
            ("text:NOT text:a:b .OR", "text:NOT AND text:a:b AND text:OR"),
        ] {
            assert_eq!(canonical(text), printed, "{text}");
            assert_eq!(canonical(printed), printed);
        }
    }

    #[test]
    fn faults_show_their_place() {
        for (text, message, place) in [
            ("a AND", "something is missing behind this", "AND"),
            ("a OR OR b", "something is missing before this", "OR"),
            ("(a b", "this bracket is not closed", "("),
            ("a) b", "this bracket was never opened", ")"),
            ("a \"b c", "this quotation mark is not closed", "\""),
            ("\u{e9} knd:x", "there is no field 'knd'", "knd"),
            ("kind: x", "kind: needs a value directly behind the colon", "kind:"),
            ("attr:>5", "attr: needs the name of an attribute directly behind the colon", "attr:"),
            ("attr:age= b", "attr:age= needs a value directly behind it", "attr:age="),
            ("attr:age>old", "'old' is no number: > compares numbers", "attr:age>old"),
            ("a attr:\"b c", "this quotation mark is not closed", "a"),
            ("a !!", "there is no word here", "!!"),
            ("year:soon", "year: takes a year or a range, as in year:2010..2015 or year:2010..", "soon"),
            ("year:9..3", "the first year is after the last", "9..3"),
            ("a b~9", "a near spelling is word~, word~1 or word~2", "b~9"),
            ("a-b*", "* and ~ stand directly behind a single word", "a-b*"),
            ("NEAR/3()", "NEAR needs words in brackets, as in NEAR/5(care partner)", "NEAR/3"),
            ("kind:(a code:b)", "this cannot be a value of kind:", "code:"),
            ("a WITHIN b WITHIN c", "a relation has two sides: which two belong together?", "WITHIN"),
            ("a WITHIN", "something is missing behind this", "WITHIN"),
            ("WITHIN b", "something is missing before this", "WITHIN"),
            ("a NEAR b", "NEAR needs a distance, as in NEAR/5, NEAR/turn or NEAR/2min", "NEAR"),
            ("ATLEAST/3(a b)", "ATLEAST/3 needs 3 operands or more in its brackets", "ATLEAST/3"),
            ("ATLEAST/2(a b", "this bracket is not closed", "ATLEAST/2"),
            (
                "date:2026-13",
                "date: takes a day, a month, a year or a range, as in date:2026-11-03..2026-12",
                "2026-13",
            ),
        ] {
            assert_eq!(refused(text), (message.to_owned(), place.to_owned()), "{text}");
        }
        assert_eq!(Query::parse("knd:x").unwrap_err().0.hints[0], "did you mean kind:?");
        assert_eq!(Query::parse("  ").unwrap_err().0.code, "empty-query");
        assert!(refused(&"(".repeat(100_000)).0.contains("deep"));
        assert!(refused(&"-".repeat(100_000)).0.contains("deep"));
    }

    fn word() -> impl Strategy<Value = Word> {
        let text = prop_oneof![8 => "[a-zA-Z\u{e9}]{1,6}", 1 => "AND|OR|NOT|NEAR|WITHIN|ONLY|SAME", 1 => "[a-z]:[a-z]"];
        (text, any::<bool>()).prop_map(|(text, exact)| Word { text, exact })
    }

    fn relation() -> impl Strategy<Value = Relation> {
        use super::super::Distance::{Paragraph, Seconds, Turn, Words};
        let distance =
            prop_oneof![Just(Turn), Just(Paragraph), (0usize..9).prop_map(Words), (0usize..200).prop_map(Seconds)];
        let maybe = proptest::option::of(distance.clone());
        prop_oneof![
            proptest::sample::select(vec![Relation::Same, Relation::Overlaps, Relation::Within]),
            proptest::sample::select(vec![Relation::Encloses, Relation::Touches]),
            maybe.clone().prop_map(Relation::Precedes),
            maybe.prop_map(Relation::Follows),
            distance.prop_map(Relation::Near),
        ]
    }

    fn query() -> impl Strategy<Value = Query> {
        let texts = |low| proptest::collection::vec(word().prop_map(|word| word.text), low..4);
        let fields = proptest::sample::select(Field::ALL).prop_filter("numbers and attributes apart", |field| {
            !matches!(field, Field::Year | Field::Date | Field::Attr)
        });
        let attribute = (
            "[ -~\u{e9}]{0,6}x",
            proptest::option::of("[ -~\u{e9}]{0,6}x"),
            0..99_u8,
            proptest::sample::select(super::super::Comparison::ALL),
        );
        let attribute = attribute.prop_map(|(name, typed, number, comparison)| {
            let value = if comparison == super::super::Comparison::Is { typed } else { Some(number.to_string()) };
            Query::Field(
                Field::Attr,
                Value::Attribute(super::super::Attribute { name, is: value.map(|value| (comparison, value)) }),
            )
        });
        let leaf = prop_oneof![
            Just(Query::All),
            word().prop_map(Query::Word),
            texts(1).prop_map(Query::Phrase),
            (proptest::collection::vec(word(), 1..4), 0usize..20).prop_map(|(words, gap)| Query::Near { words, gap }),
            word().prop_map(|word| Query::Prefix(word.text)),
            (word(), 1usize..3).prop_map(|(word, distance)| Query::Fuzzy { word: word.text, distance }),
            attribute,
            (fields, "[ -~\u{e9}]{0,8}x").prop_map(|(field, text)| Query::Field(field, Value::Text(text))),
            (1900..2000, 2000..2030)
                .prop_map(|(from, to)| Query::Field(Field::Year, Value::Years(Some(from), Some(to)))),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|query| Query::Not(Box::new(query))),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Query::and),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Query::or),
                (inner.clone(), relation(), any::<bool>(), inner.clone()).prop_map(
                    |(left, relation, negated, right)| {
                        Query::Related { left: Box::new(left), relation, negated, right: Box::new(right) }
                    }
                ),
                inner.clone().prop_map(|query| Query::Only(Box::new(query))),
                proptest::collection::vec(inner, 2..4).prop_map(|parts| Query::AtLeast(2, parts)),
            ]
        })
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(query in query()) {
            prop_assert_eq!(Query::parse(&query.to_string()).unwrap(), query);
        }

        #[test]
        fn anything_is_read_or_refused(text in "\\PC{0,30}", signs in "[ab:()\"~*=0-9NOTAR/ \u{201c}\n-]{0,30}") {
            for text in [text, signs] {
                if let Ok(query) = Query::parse(&text) {
                    let printed = query.to_string();
                    prop_assert_eq!(Query::parse(&printed).expect(&printed), query);
                }
            }
        }
    }
}
