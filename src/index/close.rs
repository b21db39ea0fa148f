//! Words a few letters away from one, by definition and as an automaton over a dictionary.

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

/// Words at most some letters away from one.
pub struct Close<'w> {
    word: &'w str,
    letters: u64,
    distance: usize,
}

impl<'w> Close<'w> {
    pub fn new(word: &'w str, distance: usize) -> Self {
        Close { word, letters: letters(word), distance }
    }

    /// At most `distance` letters put in, left out, changed, or swapped with the next. Each of these
    /// brings in and takes out at most one kind of letter, which rules out most words at a glance.
    pub fn holds(&self, term: &str) -> bool {
        let (here, most) = (letters(term), self.distance);
        (here & !self.letters).count_ones() as usize <= most
            && (self.letters & !here).count_ones() as usize <= most
            && self.word.len().abs_diff(term.len()) <= 4 * most
            && strsim::osa_distance(self.word, term) <= most
    }

    /// The same as an automaton, which walks a dictionary without reading all of it.
    pub fn in_dictionary(&self) -> FuzzyTermQuery {
        // The automaton looks only at the word; the field is a matter of form.
        let word = Term::from_field_text(Field::from_field_id(0), self.word);
        FuzzyTermQuery::new(word, u8::try_from(self.distance).unwrap_or(u8::MAX), true)
    }
}

/// Which letters a word has, some falling together.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64))
}
