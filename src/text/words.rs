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
