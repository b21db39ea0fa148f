//! Words as UAX 29 has them, and the two ways this tool folds them.

use super::Span;
use unicode_segmentation::UnicodeSegmentation;

/// The words of a text with their byte spans, in order.
pub fn words(text: &str) -> impl Iterator<Item = (Span, &str)> {
    text.unicode_word_indices().filter_map(|(at, word)| Span::new(at, at + word.len()).map(|span| (span, word)))
}

/// Number of UAX 29 words.
pub fn count(text: &str) -> usize {
    text.unicode_words().count()
}

/// `1 turn`, `2 turns`, `3 hypotheses`, `4 studies`, `5 stretches`.
pub fn counted(number: usize, one: &str) -> String {
    if number == 1 {
        return format!("1 {one}");
    }
    match (one.strip_suffix('y'), one.strip_suffix("is")) {
        (Some(stem), _) => format!("{number} {stem}ies"),
        (_, Some(stem)) => format!("{number} {stem}es"),
        _ if ["s", "ch", "sh", "x"].iter().any(|end| one.ends_with(end)) => format!("{number} {one}es"),
        _ => format!("{number} {one}s"),
    }
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
}
