//! What a heading suggests: the use of a column, and whose words a text column holds.
//!
//! Whole headings are looked up for what tells of the study; text columns go by the words in them.

use super::mapping::Field;
use crate::document::Voice;
use crate::strand::SourceKind;
use crate::text::words::{fold, on_one_line};

/// A heading with its words apart: `TranscriptName` is `Transcript Name`.
pub fn parted(heading: &str) -> String {
    let mut parted = String::with_capacity(heading.len());
    let mut before = ' ';
    for letter in heading.chars() {
        if before.is_lowercase() && letter.is_uppercase() {
            parted.push(' ');
        }
        parted.push(letter);
        before = letter;
    }
    parted
}

/// Lower case, words parted by single spaces, no marks.
fn plain(heading: &str) -> String {
    let spaced: String = parted(heading)
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else if matches!(letter, '\'' | '’') {
                '\u{0}'
            } else {
                ' '
            }
        })
        .collect();
    fold(&on_one_line(&spaced.replace('\u{0}', "")))
}

/// The use of a column, where its heading tells.
pub fn field_of(heading: &str, kind: SourceKind) -> Option<Field> {
    let name = plain(heading);
    let is = |names: &[&str]| names.contains(&name.as_str());
    if let Some(field) = study_field(heading) {
        Some(field)
    } else if is(&["page", "pages", "page number", "page no", "p", "pp"]) {
        Some(Field::Page)
    } else if is(&["speaker", "speaker name", "who", "participant", "respondent", "participant id", "respondent id"])
        && kind.is_own_data()
    {
        Some(Field::Speaker)
    } else if is(&["time", "timecode", "timestamp", "time stamp", "start", "start time"]) && kind.is_own_data() {
        Some(Field::Time)
    } else {
        is_text(&name).then_some(Field::Text)
    }
}

/// What a column says of the study, if it does.
pub fn study_field(heading: &str) -> Option<Field> {
    let name = plain(heading);
    let is = |names: &[&str]| names.contains(&name.as_str());
    if is(&[
        "study id",
        "studyid",
        "study",
        "id",
        "paper id",
        "record id",
        "article id",
        "ref id",
        "reference id",
        "source id",
        "paper",
        "key",
        "citation key",
        "citekey",
    ]) {
        Some(Field::Id)
    } else if is(&["author", "authors", "first author", "author s", "lead author"]) {
        Some(Field::Author)
    } else if is(&["year", "publication year", "year of publication", "pub year", "published", "date of publication"]) {
        Some(Field::Year)
    } else if is(&["title", "article title", "paper title", "study title"]) {
        Some(Field::Title)
    } else {
        is(&[
            "doi",
            "country",
            "countries",
            "setting",
            "design",
            "study design",
            "method",
            "methods",
            "methodology",
            "journal",
            "population",
            "sample",
            "sample size",
            "n",
            "pmid",
            "url",
            "citation",
            "reference",
            "source",
            "publication type",
            "study type",
            "region",
            "intervention",
        ])
        .then_some(Field::Study)
    }
}

fn is_text(name: &str) -> bool {
    const MARKS: &[&str] = &["id", "n", "no", "number", "count", "date", "code", "type", "name", "file"];
    const WORDS: &[&str] = &[
        "quote",
        "quotes",
        "quotation",
        "quotations",
        "verbatim",
        "finding",
        "findings",
        "statement",
        "statements",
        "extract",
        "extracts",
        "excerpt",
        "excerpts",
        "text",
        "passage",
        "summary",
        "summaries",
        "extractor",
        "notes",
        "note",
        "comment",
        "comments",
        "words",
        "transcript",
        "utterance",
        "response",
        "responses",
        "answer",
        "answers",
        "freetext",
        "evidence",
        "interpretation",
        "memo",
        "description",
        "results",
        "conclusion",
        "conclusions",
    ];
    let words: Vec<&str> = name.split(' ').collect();
    let tells_mark = words.iter().any(|word| MARKS.contains(word));
    !tells_mark && words.len() <= 6 && words.iter().any(|word| WORDS.contains(word))
}

const EXTRACTORS: &[&str] =
    &["summary", "summaries", "extractor", "reviewer", "notes", "note", "memo", "interpretation", "description"];

/// Whose words a text column most likely holds. A bare "quote" from a paper is the paper's.
pub fn voice_of(heading: &str, kind: SourceKind) -> Voice {
    let name = plain(heading);
    let has = |words: &[&str]| name.split(' ').any(|word| words.contains(&word));
    if has(&[
        "participant",
        "participants",
        "respondent",
        "respondents",
        "patient",
        "patients",
        "interviewee",
        "verbatim",
    ]) && !has(&["summary", "notes", "comment", "comments"])
    {
        Voice::Participant
    } else if has(&["author", "authors"]) {
        Voice::Author
    } else if has(EXTRACTORS) || (has(&["comment", "comments"]) && kind != SourceKind::Survey) {
        Voice::Extractor
    } else {
        words_of(kind)
    }
}

fn words_of(kind: SourceKind) -> Voice {
    use SourceKind::{FocusGroup, Interview, Log, Minutes, Observation, SessionRecording, StakeholderMeeting, Survey};
    match kind {
        Observation | Log | Minutes => Voice::FieldNote,
        Interview | FocusGroup | Survey => Voice::Participant,
        SessionRecording | StakeholderMeeting => Voice::Unknown,
        _ => Voice::Author,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_without_spaces_are_read_by_their_words() {
        assert_eq!(parted("RespondentID_asGiven HH-MM"), "Respondent ID_as Given HH-MM");
        let field = |heading| field_of(heading, SourceKind::Interview);
        assert_eq!(field("FirstAuthor"), Some(Field::Author));
        assert_eq!(field("ParticipantQuote"), Some(Field::Text));
        assert_eq!(field("TranscriptName"), None, "the name of a text is no text");
    }
}
