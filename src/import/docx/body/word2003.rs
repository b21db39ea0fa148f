//! What lies in parts of its own since 2007 and Word 2003 wrote into the text: notes, comments, tracked
//! changes.

use super::{Body, id};
use crate::import::completeness::Loss;
use crate::import::xml::{Step, attribute};
use quick_xml::events::BytesStart;

impl Body {
    /// A note; those with a type are the lines Word draws above notes. Word 2003 wrote notes into the text.
    pub(super) fn note(&mut self, name: &str, element: &BytesStart) -> Step {
        if attribute(element, "type").is_some_and(|kind| kind != "normal") {
            return self.aside();
        }
        let is_within = self.composition.paragraph().is_some();
        let number = if is_within { (self.composition.references.len() + 1).to_string() } else { id(element) };
        let key = format!("{name} {number}");
        if is_within {
            self.composition.refer(&key);
        }
        self.composition.open_note(key);
        Step::Into
    }

    /// A tracked change or comment as Word 2003 has it.
    pub(super) fn annotation(&mut self, element: &BytesStart) -> Step {
        let kind = attribute(element, "type").unwrap_or_default();
        match kind.as_str() {
            "Word.Deletion" => {
                self.composition.changes.deletions += 1;
                return self.over(Loss::Deleted);
            }
            "Word.Insertion" => self.composition.changes.insertions += 1,
            "Word.Comment.Start" => self.composition.comment_start(id(element)),
            "Word.Comment.End" => self.composition.comment_end(id(element)),
            "Word.Comment" => self.composition.open_comment(id(element), attribute(element, "author")),
            _ => {}
        }
        self.annotations.push(kind == "Word.Comment");
        Step::Into
    }
}
