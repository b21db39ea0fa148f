//! From the typed line to tokens, each with its place.

use super::Field;
use super::attribute::{Attribute, Comparison};
use super::relation::{self, Relation};
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::text::Span;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `kind:`; `None` is `text:`.
    Field(Option<Field>),
    /// `attr:age=30-39`.
    Attribute(Attribute),
    /// `NEAR/5`, directly before its bracket.
    Near(usize),
    /// `WITHIN`, `NEAR/5` between two operands.
    Relation(Relation),
    Only,
    /// `ATLEAST/2`, directly before its bracket.
    AtLeast(usize),
    /// Between quotation marks, escapes undone, and the number behind `~`.
    Quoted(String, Option<usize>),
    /// Anything else up to a space, a bracket or a quotation mark.
    Bare(String),
}

/// All tokens of the line, or the fault with a caret under its place.
pub fn tokens(line: &str) -> Result<Vec<(Token, Span)>> {
    let mut reader = Reader { line, at: 0, tokens: Vec::new() };
    while let Some(letter) = reader.peek() {
        if letter.is_whitespace() {
            reader.at += letter.len_utf8();
        } else {
            reader.token(letter)?;
        }
    }
    Ok(reader.tokens)
}

/// Straight quotation marks and the curly ones that word processors put in.
fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

struct Reader<'l> {
    line: &'l str,
    at: usize,
    tokens: Vec<(Token, Span)>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.line[self.at..].chars().next()
    }

    fn push(&mut self, token: Token, length: usize) {
        if let Some(span) = Span::new(self.at, self.at + length) {
            self.tokens.push((token, span));
        }
        self.at += length;
    }

    fn fault(&self, length: usize, message: String) -> Fault {
        let fault = fault("bad-query", message);
        match Span::new(self.at, self.at + length) {
            Some(span) => fault.under(self.line, span),
            None => fault,
        }
    }

    fn token(&mut self, letter: char) -> Result<()> {
        match letter {
            '(' => self.push(Token::Open, 1),
            ')' => self.push(Token::Close, 1),
            '-' if self.line[self.at + 1..].starts_with(|next: char| !next.is_whitespace()) => self.push(Token::Not, 1),
            _ if is_quote(letter) => self.quoted(letter)?,
            _ => self.bare()?,
        }
        Ok(())
    }

    fn quoted(&mut self, open: char) -> Result<()> {
        let (inner, length) = self.between_quotes(&self.line[self.at..], open)?;
        self.gap(inner, length)
    }

    /// What stands between the quotation marks that a text begins with, escapes undone, and the length of it all.
    fn between_quotes(&self, text: &str, open: char) -> Result<(String, usize)> {
        let start = open.len_utf8();
        let mut inner = String::new();
        let mut letters = text[start..].char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => inner.extend(letters.next().map(|(_, escaped)| escaped)),
                _ if is_quote(letter) => return Ok((inner, start + at + letter.len_utf8())),
                _ => inner.push(letter),
            }
        }
        Err(self.fault(start, "this quotation mark is not closed".to_owned()).hint("close it with \""))
    }

    /// `age=30-39`, `"years in service">5` behind `attr:`.
    fn attribute(&mut self, prefix: usize) -> Result<()> {
        let line = self.line;
        let rest = &line[self.at + prefix..];
        let (name, mut length) = self.piece(rest, |letter| matches!(letter, '=' | '<' | '>'))?;
        if name.trim().is_empty() {
            return Err(self
                .fault(prefix, "attr: needs the name of an attribute directly behind the colon".to_owned())
                .hint("as in attr:age=30-39, or attr:\"years in service\">5"));
        }
        let mut is = None;
        if let Some(comparison) = Comparison::at_the_start_of(&rest[length..]) {
            length += comparison.word().len();
            let (typed, more) = self.piece(&rest[length..], |_| false)?;
            length += more;
            if typed.trim().is_empty() {
                let message = format!("attr:{name}{comparison} needs a value directly behind it");
                return Err(self.fault(prefix + length, message));
            }
            if comparison != Comparison::Is && super::number(&typed).is_none() {
                let message = format!("'{typed}' is no number: {comparison} compares numbers");
                return Err(self.fault(prefix + length, message));
            }
            is = Some((comparison, typed));
        }
        self.push(Token::Attribute(Attribute { name, is }), prefix + length);
        Ok(())
    }

    /// A text in quotation marks, or up to a space, a bracket or one of these; and its length.
    fn piece(&self, text: &str, ends: impl Fn(char) -> bool) -> Result<(String, usize)> {
        if let Some(open) = text.chars().next().filter(|letter| is_quote(*letter)) {
            return self.between_quotes(text, open);
        }
        let stops = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')') || ends(letter);
        let length = text.find(stops).unwrap_or(text.len());
        Ok((text[..length].to_owned(), length))
    }

    /// The `~5` that may follow a closing quotation mark.
    fn gap(&mut self, inner: String, length: usize) -> Result<()> {
        let Some(behind) = self.line[self.at + length..].strip_prefix('~') else {
            self.push(Token::Quoted(inner, None), length);
            return Ok(());
        };
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let whole = length + 1 + digits;
        let gap = self.number(&behind[..digits], whole)?;
        self.push(Token::Quoted(inner, Some(gap)), whole);
        Ok(())
    }

    fn number(&self, digits: &str, length: usize) -> Result<usize> {
        let widest = super::build::WIDEST;
        digits.parse().ok().filter(|number| *number <= widest).ok_or_else(|| {
            self.fault(length, format!("how many other words may stand between? a number up to {widest} is missing"))
        })
    }

    fn bare(&mut self) -> Result<()> {
        let line = self.line;
        let rest = &line[self.at..];
        let prefix = Field::Attr.word().len() + 1;
        if rest.get(..prefix).is_some_and(|start| start.eq_ignore_ascii_case("attr:")) {
            return self.attribute(prefix);
        }
        let length = bare_length(rest);
        let text = &rest[..length];
        match text {
            "AND" => self.push(Token::And, length),
            "OR" => self.push(Token::Or, length),
            "NOT" => self.push(Token::Not, length),
            _ if text.starts_with("NEAR/") && rest[length..].starts_with('(') => {
                let gap = self.number(&text[5..], length)?;
                self.push(Token::Near(gap), length);
            }
            "ONLY" => self.push(Token::Only, length),
            _ if text.starts_with("ATLEAST/") && rest[length..].starts_with('(') => {
                let Some(number) = text[8..].parse().ok().filter(|number| (1..=1000).contains(number)) else {
                    return Err(self.fault(length, "ATLEAST needs a number, as in ATLEAST/2(a b c)".to_owned()));
                };
                self.push(Token::AtLeast(number), length);
            }
            _ if let Some(relation) = relation::read(text) => {
                let relation = relation.map_err(|message| self.fault(length, message))?;
                self.push(Token::Relation(relation), length);
            }
            _ => match text.split_once(':') {
                Some((name, value)) if !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    self.field(
                        name,
                        value.to_owned(),
                        rest[length..].starts_with(|next| next == '(' || is_quote(next)),
                    )?;
                }
                _ => self.push(Token::Bare(text.to_owned()), length),
            },
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: String, more: bool) -> Result<()> {
        let lower = name.to_ascii_lowercase();
        let field = Field::ALL.iter().copied().find(|field| field.word() == lower);
        if field.is_none() && lower != "text" {
            let all: Vec<&str> = Field::ALL.iter().map(|field| field.word()).chain(["text"]).collect();
            let fault = self.fault(name.len(), format!("there is no field '{name}'"));
            let fault = match did_you_mean(name, all.iter().copied()).first() {
                Some(near) => fault.hint(format!("did you mean {near}:?")),
                None => fault,
            };
            return Err(fault.hint(format!(
                "the fields are {}; to search for a colon's neighbours put them in quotation marks",
                all.join(", ")
            )));
        }
        if value.is_empty() && !more {
            return Err(self.fault(name.len() + 1, format!("{lower}: needs a value directly behind the colon")));
        }
        self.push(Token::Field(field), name.len() + 1);
        if !value.is_empty() {
            let length = value.len();
            self.push(Token::Bare(value), length);
        }
        Ok(())
    }
}

/// Up to a space, a bracket or a quotation mark; a mark between two letters belongs to the word, as
/// in Hebrew.
fn bare_length(rest: &str) -> usize {
    let mut before = ' ';
    for (at, letter) in rest.char_indices() {
        let inside = |next: Option<char>| before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        let ends = letter.is_whitespace()
            || matches!(letter, '(' | ')')
            || (is_quote(letter) && !inside(rest[at + letter.len_utf8()..].chars().next()));
        if ends {
            return at;
        }
        before = letter;
    }
    rest.len()
}
