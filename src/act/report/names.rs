//! How coders are called in a paper that tells who did what: by their tags, or by letters in the order in which they began.

use crate::id::Label;
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

crate::vocabulary! {
    pub enum Coders "way of naming coders" {
        Initials "initials",
        Anonymous "anonymous",
    }
}

/// What each tag becomes; a tag that is not here stays.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    pub(super) fn of(project: &Project, how: Coders) -> Self {
        let mut names = BTreeMap::new();
        if how == Coders::Anonymous {
            for note in project.state().notes() {
                let next = letters(names.len());
                names.entry(note.by.to_string()).or_insert(next);
            }
        }
        Names(names)
    }

    pub(super) fn coder(&self, tag: &str) -> String {
        self.0.get(tag).map_or_else(|| tag.to_owned(), |letter| format!("coder {letter}"))
    }

    /// Labels in a sentence lose the tags of who made the things, and a tag that stands by itself is replaced.
    pub(super) fn hide(&self, text: &str) -> String {
        let in_label = |label: &mut Label| self.hide_in(label);
        self.replaced(text, in_label)
    }

    /// Who searched, and how records were screened, in the team's own words: a tag that stands by itself is replaced.
    pub(super) fn hide_in_searching(&self, synthesis: &mut Synthesis) {
        let searchers = synthesis.searches.values_mut().filter_map(|one| one.searcher.as_mut());
        let screened = synthesis.flows.values_mut().filter_map(|one| one.how.as_mut());
        searchers.chain(screened).for_each(|text| *text = self.replaced(text, |_| ()));
    }

    fn replaced(&self, text: &str, in_label: impl Fn(&mut Label)) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let is_of_word = |c: char| c.is_alphanumeric() || ['.', '~', '\''].contains(&c);
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(is_of_word) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|c| !is_of_word(c)).unwrap_or(from.len());
            let (word, after) = from.split_at(end);
            let bare = word.trim_end_matches('.');
            out.push_str(before);
            match (self.0.get(bare), bare.parse::<Label>()) {
                (Some(_), _) => out.push_str(&self.coder(bare)),
                (None, Ok(mut label)) => {
                    in_label(&mut label);
                    out.push_str(&label.to_string());
                }
                (None, Err(())) => out.push_str(bare),
            }
            out.push_str(&word[bare.len()..]);
            rest = after;
        }
        out + rest
    }

    pub(super) fn hide_in(&self, label: &mut Label) {
        if let Some(letter) = self.0.get(&label.tag) {
            letter.clone_into(&mut label.tag);
        }
    }
}

/// A, B, … Z, AA, AB, …
fn letters(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or_default());
    if number < 26 { letter.to_string() } else { letters(number / 26 - 1) + &letter.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tag_is_left_in_a_sentence() {
        let names = Names([("gj", "A"), ("mb", "B")].map(|(tag, letter)| (tag.to_owned(), letter.to_owned())).into());
        assert_eq!(
            names.hide("read by gj and mb; see H3.gj, E12.mb."),
            "read by coder A and coder B; see H3.A, E12.B."
        );
        assert_eq!(names.hide("H7.zz stays; 'gjs' too. It is the end."), "H7.zz stays; 'gjs' too. It is the end.");
        assert_eq!(Names::default().hide("H3.gj by gj"), "H3.gj by gj");
        assert_eq!(
            names.replaced("gj, for H3.gj; mb one in five.", |_| ()),
            "coder A, for H3.gj; coder B one in five."
        );
    }

    #[test]
    fn letters_go_on_after_the_last() {
        assert_eq!(["A", "Z", "AA", "AB", "BA"].map(str::to_owned), [0, 25, 26, 27, 52].map(letters));
    }
}
