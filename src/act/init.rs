//! Starting a project: with what the command line says, or by asking a person a few things.

use super::join;
use crate::diagnostic::{Fault, Result, fault};
use crate::project::{Outline, Project, Surroundings};
use crate::settings::Group;
use crate::strand::SlotScheme;
use std::io::{BufRead, Write};
use std::path::Path;

/// Makes an empty project in `root`, which is created where it does not exist.
pub fn init(root: &Path, title: &str, questions: &[String], surroundings: &Surroundings) -> Result<()> {
    Project::create(root, title, questions, surroundings)
}

/// The same with slot scheme and groups settled.
pub fn init_with(root: &Path, outline: &Outline, surroundings: &Surroundings) -> Result<()> {
    Project::create_from(root, outline, surroundings)
}

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    pub outline: Outline,
    /// The tag to keep in the user's configuration, where one was given.
    pub coder: Option<String>,
}

/// The slot schemes, each with one configuration worked out in it.
const SCHEMES: &[(SlotScheme, &str, &str)] = &[
    (
        SlotScheme::CmoRr,
        "context, resource, reasoning, outcome",
        "context: people were let down before | resource: a worker who comes unasked | reasoning: \"she means it\" | outcome: they keep in touch",
    ),
    (
        SlotScheme::Cmo,
        "context, mechanism, outcome",
        "context: people were let down before | mechanism: unasked visits build trust | outcome: they keep in touch",
    ),
    (
        SlotScheme::Icamo,
        "intervention, context, actor, mechanism, outcome",
        "intervention: outreach | context: people were let down before | actor: care worker | mechanism: visits build trust | outcome: they keep in touch",
    ),
    (
        SlotScheme::Scmo,
        "strategy, context, mechanism, outcome",
        "strategy: fund small caseloads | context: people were let down before | mechanism: workers have time to build trust | outcome: they keep in touch",
    ),
    (
        SlotScheme::Cimo,
        "context, intervention, mechanism, outcome",
        "context: people were let down before | intervention: outreach | mechanism: visits build trust | outcome: they keep in touch",
    ),
];

/// Asks line by line. An empty answer takes what stands in brackets; nothing is made here.
pub fn ask(input: &mut dyn BufRead, output: &mut dyn Write, known_coder: Option<&str>) -> Result<Answers> {
    let mut talk = Talk { input, output };
    let title = talk.line("Title of the synthesis", "Untitled synthesis")?;
    talk.say(
        "Review questions, one a line; an empty line ends. (What works, for whom, in what circumstances, how and why?)",
    )?;
    let mut questions = Vec::new();
    loop {
        match talk.line("Question", "")? {
            question if question.is_empty() => break,
            question => questions.push(question),
        }
    }
    let configuration = talk.scheme()?;
    let groups = talk.line("Stakeholder groups, with commas between", "Service users, Practitioners")?;
    let coder = match known_coder {
        Some(_) => None,
        None => talk.tag()?,
    };
    let groups = groups.split(',').filter_map(group).collect();
    Ok(Answers { outline: Outline { title, questions, configuration, groups }, coder })
}

/// `Service users` is `service_users`.
fn group(title: &str) -> Option<Group> {
    let words: Vec<String> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    (!words.is_empty()).then(|| Group { key: words.join("_"), title: title.trim().to_owned() })
}

/// A conversation by lines.
struct Talk<'t> {
    input: &'t mut dyn BufRead,
    output: &'t mut dyn Write,
}

impl Talk<'_> {
    fn say(&mut self, text: &str) -> Result<()> {
        writeln!(self.output, "{text}").map_err(|error| broken(&error))
    }

    /// One answer, trimmed; the default where it is empty.
    fn line(&mut self, question: &str, default: &str) -> Result<String> {
        let brackets = if default.is_empty() { String::new() } else { format!(" [{default}]") };
        write!(self.output, "{question}{brackets}: ")
            .and_then(|()| self.output.flush())
            .map_err(|error| broken(&error))?;
        let mut line = String::new();
        if self.input.read_line(&mut line).map_err(|error| broken(&error))? == 0 {
            return Err(fault("stopped", "stopped before the last question; nothing was made")
                .hint("or say it in one line: realist init DIR --title \"...\" --question \"...\""));
        }
        let answer = line.trim();
        Ok(if answer.is_empty() { default.to_owned() } else { answer.to_owned() })
    }

    fn scheme(&mut self) -> Result<SlotScheme> {
        self.say("Which parts does a configuration have?")?;
        for (number, (scheme, parts, worked)) in SCHEMES.iter().enumerate() {
            self.say(&format!("  {} {:<7}{parts}\n    {worked}", number + 1, scheme.word()))?;
        }
        loop {
            let answer = self.line("Number or name", "1")?;
            let by_number = answer.parse::<usize>().ok().and_then(|n| SCHEMES.get(n.checked_sub(1)?));
            match by_number.map(|(scheme, ..)| *scheme).map_or_else(|| answer.parse(), Ok) {
                Ok(scheme) => return Ok(scheme),
                Err(_) => self.say(&format!("  '{answer}' is none of them"))?,
            }
        }
    }

    fn tag(&mut self) -> Result<Option<String>> {
        loop {
            let tag =
                self.line("Your tag: two to five letters that sign what you write, such as gj (empty: later)", "")?;
            if tag.is_empty() {
                return Ok(None);
            }
            let tag = tag.to_lowercase();
            match join::check(&tag) {
                Ok(()) => return Ok(Some(tag)),
                Err(fault) => self.say(&format!("  {fault}"))?,
            }
        }
    }
}

fn broken(error: &std::io::Error) -> Fault {
    fault("io", format!("cannot talk to the terminal: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &str) -> (Result<Answers>, String) {
        let mut output = Vec::new();
        let answers = ask(&mut lines.as_bytes(), &mut output, None);
        (answers, String::from_utf8(output).unwrap())
    }

    #[test]
    fn a_person_is_asked_five_things() {
        let (answers, shown) = answers("Care navigators\nWhat works?\nFor whom?\n\nicamo\nCarers, GPs & nurses\nGJ\n");
        let answers = answers.unwrap();
        assert_eq!(answers.outline.title, "Care navigators");
        assert_eq!(answers.outline.questions, ["What works?", "For whom?"]);
        assert_eq!(answers.outline.configuration, SlotScheme::Icamo);
        let keys: Vec<&str> = answers.outline.groups.iter().map(|group| group.key.as_str()).collect();
        assert_eq!(keys, ["carers", "gps_nurses"]);
        assert_eq!(answers.coder.as_deref(), Some("gj"));
        assert_eq!(shown.matches("outcome: they keep in touch").count(), 5, "a worked example for each scheme");
    }

    #[test]
    fn empty_answers_take_the_default_and_wrong_ones_are_asked_again() {
        let (answers, shown) = answers("\n\n9\n\n\ncon\n\n");
        let answers = answers.unwrap();
        assert_eq!((answers.outline.configuration, answers.outline.groups.len()), (SlotScheme::CmoRr, 2));
        assert_eq!(answers.coder, None);
        assert!(shown.contains("'9' is none of them") && shown.contains("'con' cannot be"));
    }

    #[test]
    fn a_conversation_that_stops_makes_nothing() {
        assert_eq!(answers("Care navigators\n").0.unwrap_err().0.code, "stopped");
    }
}
