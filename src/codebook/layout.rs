//! What a program has no field for, laid out as lines below a code's definition, so that it can be read
//! back: `Key: value`, a further line of a value set in by two spaces.
//!
//! In REFI-QDA the lines stand in the description, below a line `[realist]`:
//!
//! ```text
//! Reliance on a worker's word
//!
//! [realist]
//! Include: reasons for believing
//!   or not believing
//! Alias: Confidence
//! ```

use super::Field;
use std::collections::BTreeMap;

/// The line that parts a definition from what follows it.
pub const MARK: &str = "[realist]";

/// What a code says, field by field.
pub type Said = BTreeMap<Field, Vec<String>>;

/// The word before the colon.
pub fn key(field: Field) -> &'static str {
    match field {
        Field::Kind => "Kind",
        Field::Colour => "Colour",
        Field::Heading => "Heading",
        Field::Definition => "Definition",
        Field::Include => "Include",
        Field::Exclude => "Exclude",
        Field::Source => "Source",
        Field::Question => "Question",
        Field::Examples => "Example",
        Field::Aliases => "Alias",
        Field::Sets => "Set",
        Field::Book => "Book",
        Field::MergedInto => "Merged into",
        Field::Retired => "Retired",
    }
}

/// The lines of the fields that are `wanted`, a line an item of a list, each begun with `bullet`.
pub fn lines(said: &Said, wanted: impl Fn(Field) -> bool, bullet: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for (field, texts) in said.iter().filter(|(field, _)| wanted(**field)) {
        for text in texts {
            let mut rows = text.lines();
            lines.push(format!("{bullet}{}: {}", key(*field), rows.next().unwrap_or_default()));
            lines.extend(rows.map(|row| if row.is_empty() { String::new() } else { format!("  {row}") }));
        }
    }
    lines
}

/// Reads lines back; also gives those that are none of these.
pub fn read<'t>(text: impl Iterator<Item = &'t str>, bullet: &str) -> (Vec<(Field, String)>, Vec<&'t str>) {
    let mut found: Vec<(Field, String)> = Vec::new();
    let mut others = Vec::new();
    for line in text {
        let keyed = line.strip_prefix(bullet).and_then(|rest| rest.split_once(':'));
        let field = keyed.and_then(|(word, _)| Field::ALL.iter().find(|field| key(**field) == word));
        match (field, keyed, found.last_mut()) {
            (Some(field), Some((_, value)), _) => found.push((*field, value.trim_start().to_owned())),
            (_, _, Some((_, value))) if line.is_empty() => value.push('\n'),
            (_, _, Some((_, value))) if line.starts_with("  ") => {
                value.push('\n');
                value.push_str(&line[2..]);
            }
            _ => others.push(line),
        }
    }
    (found, others)
}

/// A definition with the fields that are `wanted` below it; `None` where there is nothing to say.
pub fn described(said: &Said, wanted: impl Fn(Field) -> bool) -> Option<String> {
    let definition = said.get(&Field::Definition).and_then(|texts| texts.first()).map_or("", String::as_str);
    let lines = lines(said, wanted, "");
    if lines.is_empty() && !definition.lines().any(|line| line.trim_end() == MARK) {
        return (!definition.is_empty()).then(|| definition.to_owned());
    }
    let gap = if definition.is_empty() { "" } else { "\n\n" };
    let below: Vec<&str> = std::iter::once(MARK).chain(lines.iter().map(String::as_str)).collect();
    Some(format!("{definition}{gap}{}", below.join("\n")))
}

/// What a description says, [`Field::Definition`] first. Lines that somebody wrote below the mark belong
/// to the definition.
pub fn undescribed(description: &str) -> Vec<(Field, String)> {
    let text = description.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let Some(at) = lines.iter().rposition(|line| line.trim_end() == MARK) else {
        return vec![(Field::Definition, text)];
    };
    let (found, others) = read(lines[at + 1..].iter().copied(), "");
    let definition: Vec<&str> = lines[..at].iter().copied().chain(others).collect();
    std::iter::once((Field::Definition, definition.join("\n"))).chain(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_below(field: Field) -> bool {
        matches!(field, Field::Include | Field::Exclude | Field::Aliases | Field::MergedInto | Field::Retired)
    }

    fn said(texts: Vec<(Field, String)>) -> Said {
        let mut entry = super::super::Outlined::new(1, "x");
        for (field, text) in texts {
            entry.say(field, &[text]).unwrap();
        }
        entry.said
    }

    #[test]
    fn a_definition_alone_stands_as_it_is() {
        let alone = said(vec![(Field::Definition, "One\n\ntwo".to_owned())]);
        assert_eq!(described(&alone, is_below).as_deref(), Some("One\n\ntwo"));
        assert_eq!(described(&Said::new(), is_below), None);
    }

    #[test]
    fn what_somebody_wrote_below_is_not_lost() {
        let read = undescribed("Reliance\n\n[realist]\nAlias: Faith\nadded in another program\n");
        assert_eq!(said(read)[&Field::Definition], ["Reliance\n\nadded in another program"]);
    }

    /// Lines that look like what the layout itself writes.
    fn awkward() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            "[ -~é]{0,12}",
            Just("[realist]".to_owned()),
            Just("Alias: x".to_owned()),
            Just("  set in".to_owned()),
            Just(String::new())
        ];
        proptest::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn writing_and_reading_are_inverse(definition in awkward(), include in awkward(), alias in "[ -~]{0,12}", other in "[ -~]{0,12}", retired: bool) {
            let mut texts = vec![(Field::Definition, definition), (Field::Include, include), (Field::Aliases, alias), (Field::Aliases, other)];
            if retired {
                texts.push((Field::Retired, "yes".to_owned()));
            }
            let before = said(texts);
            let after = described(&before, is_below).map(|text| said(undescribed(&text))).unwrap_or_default();
            prop_assert_eq!(before, after);
        }
    }
}
