//! Words as UAX 29 has them, and the two ways this tool folds them.

use super::Span;
use unicode_segmentation::UnicodeSegmentation;

/// The words of a text with their byte spans, in order.
pub fn words(text: &str) -> impl Iterator<Item = (Span, &str)> {
    pieces(text).flat_map(|(start, piece)| {
        let words = piece.unicode_word_indices();
        words.filter_map(move |(at, word)| Span::new(start + at, start + at + word.len()).map(|span| (span, word)))
    })
}

/// Number of UAX 29 words.
pub fn count(text: &str) -> usize {
    pieces(text).map(|(_, piece)| piece.unicode_words().count()).sum()
}

/// A text cut where no word reaches across, at a space behind a plain letter or mark, so that every letter
/// beyond ASCII has but the words around it for company: all the rest goes by the quick way of the library.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text.as_bytes()[start..];
        let is_edge = |at: &usize| rest[*at] == b' ' && rest[*at - 1].is_ascii_graphic();
        let length = match rest.iter().position(|byte| !byte.is_ascii()) {
            None => rest.len(),
            Some(odd) => {
                let edge = (1..odd).rev().find(is_edge).or_else(|| (odd + 1..rest.len()).find(is_edge));
                edge.unwrap_or(rest.len())
            }
        };
        let piece = text.get(start..start + length).filter(|piece| !piece.is_empty())?;
        start += length;
        Some((start - length, piece))
    })
}

/// `1 turn`, `2 turns`, `3 hypotheses`, `4 studies`, `5 stretches`, `6 people`.
pub fn counted(number: usize, one: &str) -> String {
    if number == 1 {
        return format!("1 {one}");
    }
    match (one.strip_suffix('y'), one.strip_suffix("is")) {
        _ if one == "person" => format!("{number} people"),
        (Some(stem), _) => format!("{number} {stem}ies"),
        (_, Some(stem)) => format!("{number} {stem}es"),
        _ if ["s", "ch", "sh", "x"].iter().any(|end| one.ends_with(end)) => format!("{number} {one}es"),
        _ => format!("{number} {one}s"),
    }
}

/// Every run of white space made one space, and none at the ends.
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Full Unicode case folding; what an exact word is compared by.
///
/// ```
/// assert_eq!(realist::text::words::fold("Straße"), "strasse");
/// ```
pub fn fold(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { unicase::UniCase::unicode(word).to_folded_case() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_apostrophes_and_leave_punctuation() {
        let found: Vec<&str> = words("Well, I don't — really!").map(|(_, word)| word).collect();
        assert_eq!(found, ["Well", "I", "don't", "really"]);
        assert_eq!(count("a b  c"), 3);
    }

    #[test]
    fn folding_is_full() {
        assert_eq!(fold("ΣΊΣΥΦΟΣ"), fold("σίσυφος"));
    }

    proptest::proptest! {
        #[test]
        fn cutting_a_text_changes_no_word(
            pieces in proptest::collection::vec(proptest::sample::select(vec![
                " ", "  ", "\n", "a", "don", "'", "’", "t", "1", ".", ",", "_", ":", "é", "e\u{301}", "\u{301}",
                "\u{200d}", "Ⓜ", "世界", "א", "\"", "🇬", "🇧", "\u{2003}", "\u{345}", "ア", "\r",
            ]), 0..40),
        ) {
            let text = pieces.concat();
            let expected: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            let found: Vec<(usize, &str)> = words(&text).map(|(span, word)| (span.start(), word)).collect();
            assert_eq!(found, expected);
            assert_eq!(count(&text), expected.len());
        }
    }
}
