//! What each column of a facesheet holds: guessed from its heading, or told as `who=Code`.

use crate::diagnostic::{Result, fault};
use crate::import::headings::parted;
use crate::import::mapping::{closing, find, quoted, split};
use crate::text::words::{fold, on_one_line};
use std::fmt;

crate::vocabulary! {
    /// What a column of a facesheet holds.
    pub enum Use "use of a column" {
        /// `P3.gj`, `D3.gj:Ana`, or a speaker's label; several with `;` between are one person.
        Who "who",
        /// Label or name of the document they speak in.
        Document "document",
        /// Label of a speaker, in that document or in the only one that has it.
        Speaker "speaker",
        /// Rows with the same entry are one person.
        Person "person",
        Pseudonym "pseudonym",
        Group "group",
        /// Consent for meeting and publication alike, or for whom `Audience` says.
        Consent "consent",
        /// Whom the answer in the column of consent is for.
        Audience "audience",
        Team "team",
        Meeting "meeting",
        Publication "publication",
        Form "form",
        Date "date",
        Attribute "attribute",
        Ignore "ignore",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub holds: Use,
    pub heading: String,
}

/// The columns of a facesheet. Printing and parsing are inverse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns(pub Vec<Column>);

impl Columns {
    /// From `who=Code` or `attribute=Age,Role`; headings that hold `,`, `:` or `;` in double quotes.
    /// Faults: `bad-mapping`, `unknown-word`.
    pub fn parse(given: &[String]) -> Result<Self> {
        let mut columns = Vec::new();
        for part in given.iter().flat_map(|given| split(given, ';')).filter(|part| !part.trim().is_empty()) {
            let (holds, headings) = part.split_once('=').ok_or_else(|| {
                fault("bad-mapping", format!("'{}' maps no column", part.trim()))
                    .hint("write it as who=Code or attribute=Age,Role")
            })?;
            let holds: Use = holds.parse()?;
            columns.extend(split(headings, ',').into_iter().map(|heading| Column { holds, heading: plain(heading) }));
        }
        Ok(Columns(columns))
    }

    /// What the headings suggest. What tells straight out who somebody is (name, e-mail) is left out.
    pub fn guess<S: AsRef<str>>(headings: &[S]) -> Self {
        let column = |heading: &S| Column { holds: of_heading(heading.as_ref()), heading: heading.as_ref().to_owned() };
        let mut columns: Vec<Column> =
            headings.iter().filter(|one| !one.as_ref().trim().is_empty()).map(column).collect();
        // Bare `Form` and `Date` are of the consent where that is asked for; a date alone may be the interview's.
        let asks_consent =
            columns.iter().any(|one| matches!(one.holds, Use::Consent | Use::Meeting | Use::Publication));
        let is = |heading: &str, word: &str| fold(heading.trim()) == word;
        if asks_consent && columns.iter().any(|one| is(&one.heading, "form")) {
            for column in &mut columns {
                match column {
                    Column { heading, .. } if is(heading, "form") => column.holds = Use::Form,
                    Column { heading, .. } if is(heading, "date") => column.holds = Use::Date,
                    _ => {}
                }
            }
        }
        let asks_for_all = columns.iter().any(|one| one.holds == Use::Consent);
        columns
            .iter_mut()
            .filter(|one| one.holds == Use::Audience && !asks_for_all)
            .for_each(|one| one.holds = Use::Attribute);
        // A code of one's own for people joins rows only where something else says who speaks.
        let names_speaker = columns.iter().any(|one| one.holds == Use::Speaker);
        let names_who = columns.iter().any(|one| one.holds == Use::Who);
        for column in &mut columns {
            match column.holds {
                Use::Who if names_speaker => column.holds = Use::Person,
                Use::Person if !names_speaker && !names_who => column.holds = Use::Who,
                _ => {}
            }
        }
        Columns(columns)
    }

    /// This mapping, completed by another for the headings it does not name. Fault `unknown-column`.
    pub fn complete<S: AsRef<str>>(&self, headings: &[S], by: &Columns) -> Result<Self> {
        let mut all = Vec::new();
        for column in &self.0 {
            all.push(Column { holds: column.holds, heading: find(&column.heading, headings)?.to_owned() });
        }
        let tells_who = all.iter().any(|one| matches!(one.holds, Use::Who | Use::Speaker));
        let is_free = |column: &&Column| {
            let is_named = all.iter().any(|one| one.heading == column.heading);
            let is_settled = tells_who && matches!(column.holds, Use::Who | Use::Speaker);
            !is_named && !is_settled
        };
        let rest: Vec<Column> = by.0.iter().filter(is_free).cloned().collect();
        all.extend(rest);
        Ok(Columns(all))
    }

    pub fn of(&self, holds: Use) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |one| one.holds == holds).map(|one| one.heading.as_str())
    }

    /// Says who a row is about, if only as whoever takes part in a document.
    pub fn tell_who(&self) -> bool {
        self.name_people() || self.of(Use::Document).next().is_some()
    }

    /// Names those whom rows are about.
    pub fn name_people(&self) -> bool {
        self.0.iter().any(|one| matches!(one.holds, Use::Who | Use::Speaker | Use::Person))
    }

    /// Says something about consent: what makes a table of people a facesheet beyond doubt.
    pub fn tell_consent(&self) -> bool {
        let has = |holds| self.of(holds).next().is_some();
        let for_both = has(Use::Meeting) && has(Use::Publication);
        has(Use::Consent) || has(Use::Form) || has(Use::Date) || for_both
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, column) in self.0.iter().enumerate() {
            write!(f, "{}{}={}", if nth > 0 { "; " } else { "" }, column.holds, quoted(&column.heading))?;
        }
        Ok(())
    }
}

/// A heading as typed: double quotes around it go.
fn plain(typed: &str) -> String {
    match typed.trim().strip_prefix('"') {
        Some(rest) => rest[..closing(rest)].replace("\"\"", "\""),
        None => typed.trim().to_owned(),
    }
}

const WHO: &[&str] = &[
    "participant",
    "participant id",
    "participant label",
    "participant code",
    "participant number",
    "participant no",
    "label",
    "who",
    "respondent",
    "respondent id",
    "interviewee",
    "id",
    "code",
    "p",
    "study id",
    "pid",
];
const SPEAKER: &[&str] =
    &["speaker", "speaker label", "speaker name", "transcript label", "label in transcript", "name in transcript"];
const DOCUMENT: &[&str] = &[
    "document",
    "document name",
    "transcript",
    "transcript name",
    "file",
    "file name",
    "filename",
    "interview",
    "recording",
    "session",
    "focus group",
];
const PERSON: &[&str] = &["person", "person id", "same person", "unique id", "case", "case id"];
const PSEUDONYM: &[&str] = &["pseudonym", "alias", "name used", "display name", "pseudonym used"];
const GROUP: &[&str] = &["group", "stakeholder group", "stakeholder", "group key"];
/// What tells straight out who somebody is.
const NAMES: &[&str] = &[
    "name",
    "full name",
    "first name",
    "last name",
    "surname",
    "forename",
    "given name",
    "family name",
    "real name",
    "email",
    "e mail",
    "email address",
    "phone",
    "telephone",
    "phone number",
    "mobile",
    "address",
    "postcode",
    "zip code",
    "date of birth",
    "dob",
    "birthday",
    "nhs number",
    "nhs no",
    "social security number",
    "initials",
    "signature",
];

fn of_heading(heading: &str) -> Use {
    let spaced: String =
        parted(heading).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let name = fold(&on_one_line(&spaced));
    let is = |names: &[&str]| names.contains(&name.as_str());
    let words: Vec<&str> = name.split(' ').collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let on_consent = has(&["consent", "consented", "agree", "agreed", "agreement"]);
    let on_quoting = on_consent || has(&["quote", "quotes", "quoted", "quotation", "quotations"]);
    if is(WHO) {
        Use::Who
    } else if is(SPEAKER) {
        Use::Speaker
    } else if is(DOCUMENT) {
        Use::Document
    } else if is(PERSON) {
        Use::Person
    } else if is(PSEUDONYM) {
        Use::Pseudonym
    } else if is(GROUP) {
        Use::Group
    } else if is(NAMES) {
        Use::Ignore
    } else if (on_consent && has(&["form", "version"])) || is(&["form version", "version of form"]) {
        Use::Form
    } else if (on_consent && has(&["date", "signed", "when", "day"])) || is(&["date signed", "signed on", "signed"]) {
        Use::Date
    } else if is(&["audience", "audiences", "consent audience", "consent for", "audience of consent"]) {
        Use::Audience
    } else if is(&["team"]) || (on_quoting && has(&["team", "researchers"])) {
        Use::Team
    } else if is(&["meeting", "meetings"]) || (on_quoting && has(&["meeting", "meetings", "workshop", "workshops"])) {
        Use::Meeting
    } else if is(&["publication", "publications"])
        || (on_quoting && has(&["publication", "publications", "publish", "paper", "papers", "published"]))
    {
        Use::Publication
    } else if on_consent || is(&["may be quoted", "can be quoted"]) {
        Use::Consent
    } else {
        Use::Attribute
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guess(headings: &[&str]) -> String {
        Columns::guess(headings).to_string()
    }

    #[test]
    fn headings_of_facesheets() {
        assert_eq!(
            guess(&[
                "ID",
                "Name",
                "Age",
                "Town",
                "Group",
                "Consent form version",
                "Date of consent",
                "Quotes in meeting",
                "Quotes in publications",
                "Pseudonym"
            ]),
            "who=ID; ignore=Name; attribute=Age; attribute=Town; group=Group; form=Consent form version; \
             date=Date of consent; meeting=Quotes in meeting; publication=Quotes in publications; pseudonym=Pseudonym"
        );
        assert_eq!(
            guess(&["Participant ID", "Transcript", "Speaker", "Consent", "Role"]),
            "person=Participant ID; document=Transcript; speaker=Speaker; consent=Consent; attribute=Role"
        );
        assert_eq!(
            guess(&["TranscriptName", "AgeGroup", "ConsentForm"]),
            "document=TranscriptName; attribute=AgeGroup; form=ConsentForm"
        );
        assert_eq!(guess(&["Speaker", "Quote", "Meeting"]), "speaker=Speaker; attribute=Quote; meeting=Meeting");
        assert_eq!(guess(&["Code", "Consent", "Form", "Date"]), "who=Code; consent=Consent; form=Form; date=Date");
        assert_eq!(guess(&["Code", "Consent", "Audience"]), "who=Code; consent=Consent; audience=Audience");
        assert_eq!(guess(&["Code", "Audience", "Form"]), "who=Code; attribute=Audience; attribute=Form");
        assert_eq!(guess(&["Code", "Consent", "Date"]), "who=Code; consent=Consent; attribute=Date");
        assert_eq!(guess(&["Person", "E-mail", "Consent?"]), "who=Person; ignore=E-mail; consent=Consent?");
    }

    #[test]
    fn what_is_told_wins_and_the_rest_is_guessed() {
        let headings = ["Code", "Label", "Name", "Agreed"];
        let told = Columns::parse(&["who=label".to_owned(), "attribute=Name".to_owned()]).unwrap();
        let all = told.complete(&headings, &Columns::guess(&headings)).unwrap();
        assert_eq!(all.to_string(), "who=Label; attribute=Name; consent=Agreed");
        let unknown = Columns::parse(&["who=Labels".to_owned()]).unwrap().complete(&headings, &Columns::default());
        assert_eq!(unknown.unwrap_err().0.code, "unknown-column");
        assert!(Columns::parse(&["text=Quote".to_owned()]).is_err());
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(
            columns in prop::collection::vec((0..Use::ALL.len(), "[a-zé\",;:= ]{1,10}"), 0..5)
        ) {
            let columns = Columns(columns.into_iter().map(|(holds, heading)| Column { holds: Use::ALL[holds], heading }).collect());
            prop_assert_eq!(Columns::parse(&[columns.to_string()]).unwrap(), columns);
        }
    }
}
