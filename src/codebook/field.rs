//! What can be said of a code besides its name and its place: one list, from which the codebook files, the
//! tables and the exchange formats all take their columns.

use super::{Code, CodeKind, Colour, MAIN_BOOK, is_book};
use crate::text::words::on_one_line;
use serde_json::Value;

crate::vocabulary! {
    pub enum Field "field of a code" {
        Kind "kind",
        Colour "colour",
        Heading "heading",
        Definition "definition",
        Include "include",
        Exclude "exclude",
        Source "source",
        Question "question",
        Examples "examples",
        Aliases "aliases",
        Sets "sets",
        Book "book",
        MergedInto "merged_into",
        Retired "retired",
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Word,
    /// Any number of lines.
    Text,
    /// `yes`, or nothing.
    Flag,
    /// Lines.
    List,
    /// Another code: its id, or its path before it is looked up.
    Code,
    /// Codings: ids, or labels before they are looked up.
    Codings,
}

/// What a flag that is set says.
pub const YES: &str = "yes";

impl Field {
    pub fn shape(self) -> Shape {
        match self {
            Field::Kind | Field::Colour | Field::Book => Shape::Word,
            Field::Definition | Field::Include | Field::Exclude | Field::Source | Field::Question => Shape::Text,
            Field::Heading | Field::Retired => Shape::Flag,
            Field::Aliases | Field::Sets => Shape::List,
            Field::Examples => Shape::Codings,
            Field::MergedInto => Shape::Code,
        }
    }

    /// More than one value may stand in it.
    pub fn is_many(self) -> bool {
        matches!(self.shape(), Shape::List | Shape::Codings)
    }

    /// The field of a code as texts; none where it says nothing but what every code says.
    pub fn of(self, code: &Code) -> Vec<String> {
        let one = |text: &Option<String>| text.iter().filter(|text| !text.is_empty()).cloned().collect();
        let flag = |set: bool| if set { vec![YES.to_owned()] } else { Vec::new() };
        match self {
            Field::Kind if code.kind == CodeKind::Descriptive => Vec::new(),
            Field::Kind => vec![code.kind.word().to_owned()],
            Field::Colour => code.colour.iter().map(ToString::to_string).collect(),
            Field::Heading => flag(code.heading),
            Field::Definition => one(&code.definition),
            Field::Include => one(&code.include),
            Field::Exclude => one(&code.exclude),
            Field::Source => one(&code.source),
            Field::Question => one(&code.question),
            Field::Examples => code.examples.iter().map(ToString::to_string).collect(),
            Field::Aliases => code.aliases.clone(),
            Field::Sets => code.sets.clone(),
            Field::Book if code.book == MAIN_BOOK => Vec::new(),
            Field::Book => vec![code.book.clone()],
            Field::MergedInto => code.merged_into.iter().map(ToString::to_string).collect(),
            Field::Retired => flag(code.retired),
        }
    }

    /// Texts as this field keeps them: trimmed, words of a list known, what says nothing left out. The error
    /// says what is wrong.
    pub fn normal(self, texts: &[String]) -> Result<Vec<String>, String> {
        let mut kept = Vec::new();
        for text in texts {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let text = if self.shape() == Shape::Text { text.trim().to_owned() } else { on_one_line(&text) };
            if let Some(text) = self.normal_one(text)?
                && !kept.contains(&text)
            {
                kept.push(text);
            }
        }
        if self == Field::Sets {
            kept.sort_unstable();
        }
        if kept.len() > 1 && !self.is_many() {
            return Err(format!("the {} is said twice", self.word()));
        }
        Ok(kept)
    }

    fn normal_one(self, text: String) -> Result<Option<String>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        Ok(match self {
            Field::Kind => {
                let kind: CodeKind = text.parse().map_err(|fault: crate::diagnostic::Fault| fault.to_string())?;
                (kind != CodeKind::Descriptive).then(|| kind.word().to_owned())
            }
            Field::Colour => Some(text.parse::<Colour>()?.to_string()),
            Field::Heading | Field::Retired => match text.to_lowercase().as_str() {
                "yes" | "true" | "1" | "x" => Some(YES.to_owned()),
                "no" | "false" | "0" => None,
                _ => return Err(format!("{} is yes or no, not '{text}'", self.word())),
            },
            Field::Book if !is_book(&text) => {
                return Err(format!("'{text}' is no name for a codebook: use letters, digits, - and _"));
            }
            Field::Book => (text != MAIN_BOOK).then_some(text),
            _ => Some(text),
        })
    }

    /// Texts as the journal keeps them; `null` for none.
    pub fn value(self, texts: &[String]) -> Value {
        match (self.shape(), texts) {
            (Shape::Flag, texts) => Value::from(!texts.is_empty()),
            (_, []) => Value::Null,
            (Shape::List | Shape::Codings, texts) => Value::from(texts.to_vec()),
            (_, [first, ..]) => Value::from(first.as_str()),
        }
    }

    /// The reverse, of whatever stands there.
    pub fn texts(value: &Value) -> Vec<String> {
        match value {
            Value::Null | Value::Bool(false) => Vec::new(),
            Value::Bool(true) => vec![YES.to_owned()],
            Value::String(text) if text.is_empty() => Vec::new(),
            Value::String(text) => vec![text.clone()],
            Value::Array(items) => items.iter().flat_map(Field::texts).collect(),
            other => vec![other.to_string()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_left_out_and_what_is_wrong_is_named() {
        let normal = |field: Field, text: &str| field.normal(&[text.to_owned()]);
        assert_eq!(normal(Field::Kind, "Descriptive"), Ok(vec![]));
        assert_eq!(normal(Field::Kind, "CMO part"), Ok(vec!["cmo_part".to_owned()]));
        assert_eq!(normal(Field::Retired, "No"), Ok(vec![]));
        assert_eq!(normal(Field::Definition, "  two\r\nlines "), Ok(vec!["two\nlines".to_owned()]));
        assert_eq!(normal(Field::Aliases, " two\nlines "), Ok(vec!["two lines".to_owned()]));
        for (field, text) in
            [(Field::Kind, "sort"), (Field::Colour, "red"), (Field::Retired, "maybe"), (Field::Book, "../x")]
        {
            assert!(normal(field, text).is_err(), "{text}");
        }
        let twice = ["a".to_owned(), "b".to_owned()];
        assert!(Field::Definition.normal(&twice).is_err());
        assert_eq!(Field::Sets.normal(&twice).map(|kept| kept.len()), Ok(2));
    }

    #[test]
    fn values_and_texts_are_inverse() {
        for field in Field::ALL {
            let text = match field.shape() {
                Shape::Flag => YES,
                _ => "words",
            };
            let texts = vec![text.to_owned()];
            assert_eq!(Field::texts(&field.value(&texts)), texts, "{field}");
            assert_eq!(Field::texts(&field.value(&[])), [""; 0], "{field}");
        }
    }
}
