//! What a file is taken in as: a document, an extract table, a list of references, or a facesheet. Guessed
//! from the file, shown, and settled by `--as`.

use super::library::Asked;
use crate::diagnostic::Result;
use crate::import::facesheet::{Columns, Sheet};
use crate::import::references::REFERENCES;
use crate::import::{self, Field, Mapping};
use crate::strand::SourceKind;
use std::path::Path;

crate::vocabulary! {
    /// What a file is taken in as.
    pub enum As "way of taking a file in" {
        /// Prose or a conversation.
        Document "document",
        /// A table of passages, a row a passage.
        Extract "extract",
        /// A list of published works.
        References "references",
        /// A facesheet: a row a participant.
        Attributes "attributes",
    }
}

/// Formats that hold tables.
const TABLES: &[&str] = &["csv", "tsv", "xlsx", "ods"];
/// A facesheet is small: larger tables are taken for extracts unless somebody says otherwise.
pub const LARGEST_GUESSED: u64 = 1 << 20;

/// Larger workbooks are not looked through for references: that reads them once more.
pub const LARGEST_BOOK: u64 = 16 << 20;

/// What `--as` says: one of these words, or the key of a format. Both are distinct.
pub fn asked(typed: &str) -> (Option<As>, Option<String>) {
    match typed.parse::<As>() {
        Ok(As::References) => (Some(As::References), Some(REFERENCES.to_owned())),
        Ok(taken_as) => (Some(taken_as), None),
        Err(_) => (None, Some(typed.to_owned())),
    }
}

/// Whether a file's name, or the format it is to be read as, is that of a table.
pub fn is_table(name: &str, format: Option<&str>) -> bool {
    format.or_else(|| import::format_of_name(name)).is_some_and(|format| TABLES.contains(&format))
}

/// Whether a table can be nothing but a facesheet: it says who and what they agreed to, and no column
/// holds words of theirs.
pub fn is_facesheet(sheet: &Sheet, kind: SourceKind) -> bool {
    let columns = Columns::guess(&sheet.headings);
    let is_remark =
        |heading: &str| ["notes", "note", "comments", "comment"].contains(&heading.trim().to_lowercase().as_str());
    let told = |heading: &str| {
        columns.0.iter().any(|one| one.heading == heading && one.holds != import::facesheet::Use::Attribute)
    };
    let holds_words = Mapping::guess(&sheet.headings, kind)
        .of(Field::Text)
        .any(|term| !is_remark(&term.heading) && !told(&term.heading));
    columns.tell_who() && columns.tell_consent() && !holds_words
}

/// Whether a file is to be taken in as references.
pub fn is_library(asked: &Asked<'_>, taken_as: Option<As>, path: &Path) -> Result<bool> {
    match taken_as {
        None | Some(As::References) => asked.is_library(path),
        Some(As::Document | As::Extract | As::Attributes) => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one(headings: &[&str]) -> bool {
        let sheet = Sheet { headings: headings.iter().map(|one| (*one).to_owned()).collect(), rows: Vec::new() };
        is_facesheet(&sheet, SourceKind::Interview)
    }

    #[test]
    fn a_facesheet_says_who_and_what_they_agreed_to_and_holds_no_words() {
        assert!(is_one(&["Participant", "Age", "Consent", "Notes"]));
        assert!(is_one(&["Transcript", "Speaker", "Town", "Quotes in meetings", "Quotes in publications"]));
        assert!(!is_one(&["Study", "Speaker", "Quote"]));
        assert!(!is_one(&["Participant", "Age", "Town"]), "a table of people may be anything");
        assert!(!is_one(&["Participant", "Consent", "Answer"]));
        assert!(!is_one(&["Study", "Author", "Quote"]));
    }

    #[test]
    fn both_vocabularies_of_as() {
        assert_eq!(asked("attributes"), (Some(As::Attributes), None));
        assert_eq!(asked("docx"), (None, Some("docx".to_owned())));
        assert_eq!(asked("references"), (Some(As::References), Some("references".to_owned())));
        assert_eq!(asked("ris"), (None, Some("ris".to_owned())));
        for one in As::ALL {
            assert!(import::format_key(one.word()).is_err(), "{one} is no format");
        }
    }
}
