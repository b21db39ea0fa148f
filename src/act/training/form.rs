//! The form of a training case: one text file for an editor. What [`print()`] writes, [`parse()`] reads as it was.

use crate::act::block_text::{block, line};
use crate::diagnostic::{Fault, Place, Result, fault};
use crate::text::words::on_one_line;
use crate::training::{Host, Preamble, Telling};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// A case as a person writes it; labels as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// Of an edit: what the case said when the form was made.
    pub state: String,
    pub title: String,
    pub setting: String,
    pub origin: String,
    pub consent: String,
    pub participants: Vec<String>,
    pub trains: Vec<String>,
    pub minutes: Option<u32>,
    pub preamble: Preamble,
    pub objectives: Vec<ObjectiveForm>,
    pub stages: Vec<StageForm>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectiveForm {
    /// Empty: a new one.
    pub key: String,
    pub text: String,
    pub rests_on: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageForm {
    /// Empty: a new one.
    pub key: String,
    pub minutes: Option<u32>,
    pub rests_on: Vec<String>,
    pub against: Vec<String>,
    pub telling: Telling,
}

/// What stands at the head of a form.
const HEAD: &str = "\
# A training case. Write between the three marks ''' and leave the marks as they are; a line that begins with # is a note.
# Nobody but the facilitator reads commentary and roles; everything else is handed out.
# No real names, and nobody's own words in a story that is not told with their consent.
";

/// The form for an editor.
pub fn print(form: &Form) -> String {
    let Preamble { introduction, questions, information, reflection, roles } = &form.preamble;
    let mut out = HEAD.to_owned();
    let mut put = |note: &str, key: &str, value: String| {
        if !note.is_empty() {
            let _ = writeln!(out, "# {note}");
        }
        let _ = writeln!(out, "{key} = {value}");
    };
    if !form.state.is_empty() {
        put("What the case said when this was written out: leave it.", "state", line(&form.state));
    }
    put("", "title", line(&form.title));
    put("Where it plays.", "setting", line(&form.setting));
    put(
        "To be chosen: composite (put together from several people), fictional (made up) or consented (somebody's own story).",
        "origin",
        line(&form.origin),
    );
    put("consented: how the person agreed.", "consent", line(&form.consent));
    put(
        "consented: participants whose consent for publication covers it: P3.gj",
        "participants",
        line(&form.participants.join(", ")),
    );
    put("Roles it trains for: care partner, GP", "trains", line(&form.trains.join(", ")));
    match form.minutes {
        Some(minutes) => put("Minutes of the whole session.", "minutes", minutes.to_string()),
        None => put("Minutes of the whole session: a number, such as 90.", "minutes", line("")),
    }
    put("What the group is told before the first stage.", "introduction", block(introduction));
    put("To be kept in mind through all stages; one a line.", "questions", block(&questions.join("\n")));
    put("Where to read on; one a line.", "information", block(&information.join("\n")));
    put("For the end: what each asks themselves; one a line.", "reflection", block(&reflection.join("\n")));
    out.push_str("\n# What each of them does. For the facilitator alone.\n[roles]\n");
    for host in Host::ALL {
        let text = roles.get(host).map_or("", String::as_str);
        let _ = writeln!(out, "{host} = {}", block(text));
    }
    for one in &form.objectives {
        out.push_str("\n# What people are to learn, and the statements and decisions it rests on.\n[[objective]]\n");
        key(&mut out, &one.key);
        let _ = writeln!(out, "text = {}\nrests_on = {}", block(&one.text), line(&one.rests_on.join(", ")));
    }
    for one in &form.stages {
        stage(&mut out, one);
    }
    out
}

fn key(out: &mut String, key: &str) {
    if !key.is_empty() {
        let _ = writeln!(out, "key = {}", line(key));
    }
}

fn stage(out: &mut String, one: &StageForm) {
    let Telling { title, vignette, prompts, commentary } = &one.telling;
    out.push_str("\n# A stage: one sheet that is handed out.\n[[stage]]\n");
    key(out, &one.key);
    let _ = writeln!(out, "title = {}", line(title));
    let _ = writeln!(out, "minutes = {}", one.minutes.map_or_else(|| line(""), |minutes| minutes.to_string()));
    let _ = writeln!(out, "# What happens, in the present tense.\nvignette = {}", block(vignette));
    let _ = writeln!(out, "# What the group is asked; one a line.\nprompts = {}", block(&prompts.join("\n")));
    let _ = writeln!(out, "# For the facilitator, after the discussion.\ncommentary = {}", block(commentary));
    let _ = writeln!(
        out,
        "# Statements and decisions behind it: H12.gj, X3.gj\nrests_on = {}",
        line(&one.rests_on.join(", "))
    );
    let _ = writeln!(
        out,
        "# Evidence that disagrees, for the facilitator: E4.gj; chosen by a printed rule where none is named.\nagainst = {}",
        line(&one.against.join(", "))
    );
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    state: String,
    title: String,
    setting: String,
    origin: String,
    consent: String,
    participants: Several,
    trains: Several,
    minutes: Minutes,
    introduction: String,
    questions: Lines,
    information: Lines,
    reflection: Lines,
    roles: BTreeMap<Host, String>,
    objective: Vec<RawObjective>,
    stage: Vec<RawStage>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawObjective {
    key: String,
    text: String,
    rests_on: Several,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawStage {
    key: String,
    title: String,
    minutes: Minutes,
    vignette: String,
    prompts: Lines,
    commentary: String,
    rests_on: Several,
    against: Several,
}

/// A text or a list of texts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Text(String),
    List(Vec<String>),
}

/// Parted by commas, or by lines, or a list.
#[derive(Default)]
struct Several(Vec<String>);

/// Parted by lines, or a list.
#[derive(Default)]
struct Lines(Vec<String>);

/// A number, or nothing.
#[derive(Default)]
struct Minutes(Option<u32>);

fn parted(loose: Loose, marks: &[char]) -> Vec<String> {
    let texts = match loose {
        Loose::Text(text) => text.split(marks).map(str::to_owned).collect(),
        Loose::List(texts) => texts,
    };
    texts.iter().map(|text| on_one_line(text)).filter(|text| !text.is_empty()).collect()
}

impl<'de> Deserialize<'de> for Several {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Loose::deserialize(from).map(|loose| Several(parted(loose, &[',', ';', '\n'])))
    }
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Loose::deserialize(from).map(|loose| Lines(parted(loose, &['\n'])))
    }
}

impl<'de> Deserialize<'de> for Minutes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            Number(u32),
            Text(String),
        }
        match Said::deserialize(from)? {
            Said::Number(number) => Ok(Minutes(Some(number))),
            Said::Text(text) if text.trim().is_empty() => Ok(Minutes(None)),
            Said::Text(text) => text
                .trim()
                .parse()
                .map(|number| Minutes(Some(number)))
                .map_err(|_| serde::de::Error::custom(format!("'{}' is no number of minutes", text.trim()))),
        }
    }
}

/// Reads a form. Fault `bad-form`, with its line.
pub fn parse(text: &str) -> Result<Form> {
    let raw: Raw = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        fault("bad-form", on_one_line(error.message()))
            .at(Place { line: Some(line), ..Place::default() })
            .hint("keep the three marks around a text as they are")
    })?;
    Ok(Form {
        state: on_one_line(&raw.state),
        title: on_one_line(&raw.title),
        setting: on_one_line(&raw.setting),
        origin: on_one_line(&raw.origin),
        consent: on_one_line(&raw.consent),
        participants: raw.participants.0,
        trains: raw.trains.0,
        minutes: raw.minutes.0,
        preamble: Preamble {
            introduction: tidy(&raw.introduction),
            questions: raw.questions.0,
            information: raw.information.0,
            reflection: raw.reflection.0,
            roles: raw
                .roles
                .into_iter()
                .map(|(host, text)| (host, tidy(&text)))
                .filter(|(_, text)| !text.is_empty())
                .collect(),
        },
        objectives: raw
            .objective
            .into_iter()
            .map(|one| ObjectiveForm { key: on_one_line(&one.key), text: tidy(&one.text), rests_on: one.rests_on.0 })
            .filter(|one| !one.key.is_empty() || !one.text.is_empty() || !one.rests_on.is_empty())
            .collect(),
        stages: raw.stage.into_iter().map(of_raw).filter(|one| *one != StageForm::default()).collect(),
    })
}

fn of_raw(one: RawStage) -> StageForm {
    StageForm {
        key: on_one_line(&one.key),
        minutes: one.minutes.0,
        rests_on: one.rests_on.0,
        against: one.against.0,
        telling: Telling {
            title: on_one_line(&one.title),
            vignette: tidy(&one.vignette),
            prompts: one.prompts.0,
            commentary: tidy(&one.commentary),
        },
    }
}

/// Line ends of one kind, and nothing around the text.
fn tidy(text: &str) -> String {
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Reads a form from a file.
///
/// Faults: `bad-form`, and those of reading.
pub fn read(file: &Path) -> Result<Form> {
    let bytes = std::fs::read(file).map_err(|error| Fault::io("read", file, &error))?;
    parse(&crate::import::decode(&bytes)?.text).map_err(|fault| {
        let line = fault.0.place.as_ref().and_then(|place| place.line);
        fault.at(Place { file: Some(file.display().to_string()), line, ..Place::default() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        "[a-z'\"\\\\#=é]{0,6}( [a-z'\u{1b}]{1,4})?(\n\n?[a-z]{1,5})?".prop_map(|text| tidy(&text))
    }

    fn one_line() -> impl Strategy<Value = String> {
        "[a-z'\"\\\\#=é]{0,6}( [a-z']{1,4})?".prop_map(|text| on_one_line(&text))
    }

    fn lines() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[a-z'\"\\\\#é]{1,6}( [a-z']{1,4})?", 0..3)
    }

    prop_compose! {
        fn stages()(
            title in one_line(), vignette in text(), prompts in lines(), commentary in text(),
            minutes in proptest::option::of(0u32..90), key in "(s[1-9]\\.gj)?"
        ) -> StageForm {
            let telling = Telling { title, vignette, prompts, commentary };
            StageForm { key, minutes, rests_on: vec!["H1.gj".to_owned(), "X2.gj".to_owned()], against: Vec::new(), telling }
        }
    }

    prop_compose! {
        fn forms()(
            title in one_line(), introduction in text(), questions in lines(), reflection in lines(), facilitator in text(),
            minutes in proptest::option::of(0u32..200), stages in proptest::collection::vec(stages(), 0..3), trains in "[a-z]{1,5}"
        ) -> Form {
            let roles = if facilitator.is_empty() { BTreeMap::new() } else { BTreeMap::from([(Host::Facilitator, facilitator)]) };
            Form {
                title, minutes, stages, trains: vec![trains], origin: "composite".to_owned(),
                preamble: Preamble { introduction, questions, reflection, roles, ..Preamble::default() },
                objectives: vec![ObjectiveForm { key: String::new(), text: "to see it".to_owned(), rests_on: vec!["H1.gj".to_owned()] }],
                ..Form::default()
            }
        }
    }

    proptest! {
        /// Whatever a case says stands in its form, and reads back as it was.
        #[test]
        fn a_form_reads_back(form in forms()) {
            prop_assert_eq!(parse(&print(&form)).unwrap(), form);
        }
    }

    #[test]
    fn a_mistake_is_named_by_its_line() {
        let refused = parse("title = \"a\"\n[[stage]]\nvignete = \"b\"\n").unwrap_err();
        assert_eq!((refused.0.code, refused.0.place.as_ref().and_then(|place| place.line)), ("bad-form", Some(3)));
        assert!(refused.0.message.contains("vignette"), "{refused:?}");
        assert_eq!(parse("minutes = \"soon\"\n").unwrap_err().0.code, "bad-form");
        assert_eq!(parse("introduction = '''\nno end\n").unwrap_err().0.code, "bad-form");
    }

    #[test]
    fn lists_may_be_written_as_such_and_windows_line_ends_are_nothing() {
        let form = parse(
            "trains = [\"GP\", \"nurse\"]\r\nquestions = '''\r\nwhy?\r\nfor whom?\r\n'''\r\nminutes = \"20\"\r\n",
        )
        .unwrap();
        assert_eq!((form.trains.len(), form.minutes), (2, Some(20)));
        assert_eq!(form.preamble.questions, ["why?", "for whom?"]);
    }
}
