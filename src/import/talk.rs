//! Whether a document is a conversation, and which of the labels sighted in it are speakers.
//!
//! A label is a speaker's when it recurs beside another that does, or with a time each time; one
//! seen once where others clearly make a conversation and it is written as they are. What only may
//! be a speaker's is doubted: its words are given to nobody, never to whoever spoke before. Headings
//! of field notes, glossaries and "Note:" fail these tests and stay prose.

use super::crowd::is_crowd;
use super::joint::{self, Known};
use super::label::{Label, Style, capitalised};
use super::role;
use std::collections::{BTreeMap, BTreeSet};

/// Labels nobody speaks under, by key.
const HEADINGS: &[&str] = &[
    "note",
    "notes",
    "nb",
    "n.b.",
    "example",
    "examples",
    "general",
    "context",
    "transcript",
    "review",
    "summary",
    "background",
    "method",
    "methods",
    "result",
    "results",
    "discussion",
    "conclusion",
    "conclusions",
    "objective",
    "objectives",
    "aim",
    "aims",
    "abstract",
    "title",
    "topic",
    "slides",
    "paper",
    "source",
    "link",
    "links",
    "date",
    "time",
    "duration",
    "place",
    "location",
    "venue",
    "subject",
    "mechanism",
    "mechanisms",
    "outcome",
    "outcomes",
    "resource",
    "reasoning",
    "intervention",
    "if",
    "then",
    "because",
    "definition",
    "figure",
    "table",
    "step",
    "warning",
    "tip",
    "update",
    "edit",
    "todo",
    "ps",
    "re",
    "keywords",
    "references",
    "recording",
    "attendees",
    "present",
    "apologies",
    "action",
    "actions",
    "agenda",
    "strengths",
    "weaknesses",
    "transcript by",
    "transcribed by",
    "hypothesis",
    "for example",
    "for instance",
    "in short",
    "in other words",
    "that is",
    "so",
    "also",
    "but",
    "and",
    "first",
    "second",
    "third",
    "finally",
    "remember",
];
/// Words that open a remark, not a label.
const OPENERS: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "my", "our", "your", "his", "her", "their", "its", "one",
    "two", "three", "another", "other", "some", "any", "every", "no", "not", "what", "which", "how", "why", "i", "it",
    "he", "she", "we", "you", "they", "there", "here", "just", "to", "in", "on", "at", "of", "or", "and", "but", "so",
    "as", "if", "with", "for", "all", "even", "same", "number",
];
/// How words for what people are or do end.
const CALLINGS: &[&str] = &[
    "er", "or", "ist", "ian", "ant", "ent", "ee", "nurse", "gp", "wife", "son", "friend", "partner", "lead", "staff",
    "user", "man", "woman", "aide", "guide", "peer",
];
/// What fills a pause: nobody's turn, though labelled like one.
const INTERLUDES: &[&str] =
    &["break", "ad break", "jingle", "music", "pause", "theme music", "intro", "outro", "advertisement"];

/// A label met at the start of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    pub line: usize,
    pub key: String,
    pub style: Style,
    pub is_timed: bool,
    /// Alone on its line, the speech below.
    pub is_lone: bool,
    pub is_capitalised: bool,
}

impl Sighting {
    /// `None` for labels that are never speakers'.
    pub fn new(line: usize, label: &Label, is_lone: bool, is_timed: bool) -> Option<Self> {
        let key = role::key(label.name);
        let is_heading = |part: &str| HEADINGS.contains(&part);
        let is_listed = joint::is_joined(&key)
            && joint::parts(&key)
                .iter()
                .any(|part| is_heading(part) || (OPENERS.contains(part) && !role::is_part(part)));
        (!is_heading(&key) && !is_listed && !is_interlude(&key)).then(|| Sighting {
            line,
            style: label.style,
            is_timed: is_timed || label.time.is_some(),
            is_lone,
            is_capitalised: capitalised(label.name),
            key,
        })
    }

    fn is_part(&self) -> bool {
        role::is_part(&self.key)
    }

    /// Names with a comma between, which a sentence may begin with too: they are no speaker's unless those
    /// they name speak.
    fn is_list(&self) -> bool {
        self.style != Style::Bold && self.key.contains(',')
    }

    /// A name, a part, or what somebody is: `Support worker`.
    fn is_person(&self) -> bool {
        self.is_part() || self.is_capitalised || self.is_calling()
    }

    fn is_calling(&self) -> bool {
        let mut words = self.key.split(' ');
        let opens = words.next().is_some_and(|first| !OPENERS.contains(&first));
        opens && words.next_back().is_some_and(|last| CALLINGS.iter().any(|end| last.ends_with(end)))
    }
}

/// Who speaks in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heard {
    /// Keys of the labels that are speakers', empty where the document is no conversation.
    pub speakers: BTreeSet<String>,
    /// Lines of speakers who speak once, and are no plain part such as `P2`.
    pub once: Vec<usize>,
    /// Lines that may be a speaker's: whose, nobody can tell.
    pub doubted: BTreeSet<usize>,
    /// Labels of a text that is no conversation, where each stands once and most of it is labelled: too few to
    /// tell speakers by.
    pub single: usize,
}

/// Labelled like a turn, but nobody's.
pub fn is_interlude(key: &str) -> bool {
    INTERLUDES.contains(&key)
}

/// Listens to a document; `paragraphs` counts what could have been labelled, `named` are keys of labels that
/// a person said are speakers'.
pub fn hear(sightings: &[Sighting], paragraphs: usize, named: &[String]) -> Heard {
    let talk = Talk::new(sightings, paragraphs);
    let mut recurring = talk.recurring();
    let told: Vec<&str> = talk
        .sightings
        .iter()
        .map(|one| one.key.as_str())
        .filter(|key| named.iter().any(|named| named == key))
        .collect();
    recurring.extend(&told);
    let is_conversation = match recurring.len() {
        _ if !told.is_empty() => true,
        0 => talk.is_short_exchange(),
        1 => talk.is_timed_monologue() || talk.is_short_exchange(),
        _ => talk.alternates(&recurring),
    };
    if !is_conversation {
        return Heard { single: if recurring.is_empty() { talk.all_single() } else { 0 }, ..Heard::default() };
    }
    let (sure, mut doubted): (Vec<_>, Vec<_>) =
        talk.seen_once(&recurring).partition(|one| talk.trusts(one, &recurring));
    let begun = talk.sightings.iter().find(|one| recurring.contains(one.key.as_str())).map(|one| one.line);
    let mut speakers: BTreeSet<String> =
        recurring.into_iter().chain(sure.iter().map(|one| one.key.as_str())).map(str::to_owned).collect();
    let is_known = |key: &str| joint::known(key, |part| speakers.contains(part));
    let is_joint = |key: &str| joint::is_joined(key) && is_known(key) == Known::All;
    let lists = sightings.iter().filter(|one| one.is_list() && is_known(&one.key) != Known::None);
    let (known, unsure): (Vec<_>, Vec<_>) = lists.partition(|one| is_known(&one.key) == Known::All);
    doubted.extend(unsure);
    let once = sure.iter().filter(|one| begun.is_some() && !one.is_part() && !is_joint(&one.key));
    Heard {
        once: once.map(|one| one.line).collect(),
        doubted: doubted.iter().map(|one| one.line).filter(|line| begun.is_some_and(|begun| *line > begun)).collect(),
        speakers: {
            speakers.extend(known.into_iter().map(|one| one.key.clone()));
            speakers
        },
        single: 0,
    }
}

struct Talk<'s> {
    sightings: Vec<&'s Sighting>,
    counts: BTreeMap<&'s str, usize>,
    paragraphs: usize,
    style: Option<Style>,
    is_timed: bool,
}

impl<'s> Talk<'s> {
    /// Where labels in bold prevail, plain ones that never are bold are prose.
    fn new(sightings: &'s [Sighting], paragraphs: usize) -> Self {
        let sightings: Vec<&Sighting> = sightings.iter().filter(|one| !one.is_list()).collect();
        let mut by_style: BTreeMap<Style, usize> = BTreeMap::new();
        for sighting in &sightings {
            *by_style.entry(sighting.style).or_default() += 1;
        }
        let most =
            by_style.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > sightings.len());
        let style = most.map(|(style, _)| style);
        let dressed: BTreeSet<&str> =
            sightings.iter().filter(|one| Some(one.style) == style).map(|one| one.key.as_str()).collect();
        let fits =
            |one: &&Sighting| !matches!(style, Some(Style::Bold | Style::Bare)) || dressed.contains(one.key.as_str());
        let sightings: Vec<&Sighting> = sightings.iter().copied().filter(fits).collect();
        let mut counts = BTreeMap::new();
        for sighting in &sightings {
            *counts.entry(sighting.key.as_str()).or_default() += 1;
        }
        let timed = sightings.iter().filter(|one| one.is_timed).count();
        let is_timed = !sightings.is_empty() && timed * 10 >= sightings.len() * 8;
        Talk { sightings, counts, paragraphs, style, is_timed }
    }

    fn recurring(&self) -> BTreeSet<&'s str> {
        self.counts.iter().filter(|(_, count)| **count > 1).map(|(key, _)| *key).collect()
    }

    /// Labelled paragraphs of a hundred; a label on a line of its own shares its paragraph.
    fn share(&self) -> usize {
        let lone = self.sightings.iter().filter(|one| one.is_lone).count();
        self.sightings.len() * 100 / self.paragraphs.saturating_sub(lone).max(1)
    }

    /// How many people are named, where most paragraphs name one.
    fn all_single(&self) -> usize {
        let people = self.sightings.iter().filter(|one| one.is_person()).count();
        if people >= 2 && self.share() >= 50 { people } else { 0 }
    }

    fn has_part(&self) -> bool {
        self.sightings.iter().any(|one| one.is_part())
    }

    /// Several labels take turns, often enough for the text to be made of them.
    fn alternates(&self, recurring: &BTreeSet<&str>) -> bool {
        let order: Vec<&str> =
            self.sightings.iter().map(|one| one.key.as_str()).filter(|key| recurring.contains(key)).collect();
        let changes = order.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let parts = order.iter().filter(|key| role::is_part(key)).count();
        let is_marked = self.is_timed || parts * 2 >= order.len() || self.style == Some(Style::Bold);
        (changes >= 2 || self.is_timed) && (is_marked || self.share() >= 10)
    }

    /// One voice, a time before every turn.
    fn is_timed_monologue(&self) -> bool {
        self.is_timed && self.sightings.len() >= 3
    }

    /// Too short for labels to recur, but hardly anything is unlabelled.
    fn is_short_exchange(&self) -> bool {
        let people = self.counts.len() >= 2 && self.sightings.iter().all(|one| one.is_person());
        let recurs = self.counts.values().any(|count| *count > 1) && self.sightings.len() >= 3;
        let is_cued = self.style == Some(Style::Cue);
        people && (is_cued || (self.share() >= 50 && self.has_part()) || (self.share() >= 60 && recurs))
    }

    /// Labels met once that are dressed like the others.
    fn seen_once(&self, recurring: &BTreeSet<&str>) -> impl Iterator<Item = &'s Sighting> {
        let style = self.style;
        let dressed = move |one: &&Sighting| style.is_none_or(|style| one.style == style);
        self.sightings.iter().copied().filter(|one| !recurring.contains(one.key.as_str())).filter(dressed)
    }

    /// Surely a speaker's, though met once.
    fn trusts(&self, one: &Sighting, recurring: &BTreeSet<&str>) -> bool {
        // A talk with questions at its end has labels of other sorts before them.
        let is_asking =
            !recurring.is_empty() && recurring.iter().all(|key| matches!(*key, "q" | "a" | "question" | "answer"));
        let is_told = !joint::is_joined(&one.key)
            || is_crowd(&one.key)
            || joint::known(&one.key, |part| recurring.contains(part)) != Known::None;
        (!self.is_timed || one.is_timed)
            && is_told
            && one.is_person()
            && (!is_asking || one.is_part() || one.key.len() <= 3)
    }
}

#[cfg(test)]
mod tests {
    use super::super::label;
    use super::*;

    /// Speakers of lines, each a paragraph.
    fn found_with(text: &str, named: &[String]) -> Vec<String> {
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let sightings: Vec<Sighting> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| label::at_start(line).map(|label| (at, line, label)))
            .filter_map(|(at, line, label)| Sighting::new(at, &label, label.len == line.len(), false))
            .collect();
        hear(&sightings, lines.len(), named).speakers.into_iter().collect()
    }

    fn found(text: &str) -> Vec<String> {
        found_with(text, &[])
    }

    #[test]
    fn labels_that_take_turns_are_speakers() {
        assert_eq!(found("Ana: Yes.\nBen: No.\nAna: Why?\nBen: Because."), ["ana", "ben"]);
        assert_eq!(found("Interviewer: How was it?\nP1: Fine."), ["interviewer", "p1"]);
        assert_eq!(found("I: How?\nAna: Fine."), ["ana", "i"]);
        assert_eq!(found("I: How?\nP1: So.\nI: And?\nP1: So so.\nP2: Not for me."), ["i", "p1", "p2"]);
        assert_eq!(found("[00:01] PAO: Go\n[00:02] PAO: Go on\n[00:03] PAO: Gone"), ["pao"]);
    }

    #[test]
    fn labels_of_several_people_are_speakers_where_those_people_speak() {
        let talk =
            |label: &str| found(&format!("I: How?\nP1: So.\nP2: No.\n{label}: Both.\nI: And?\nP1: So.\nP2: Aye."));
        for (label, key) in [("P1/P2", "p1/p2"), ("P1, P2", "p1, p2"), ("P1 / All", "p1 / all"), ("N/A", "n/a")] {
            let speakers = talk(label);
            assert!(speakers.iter().any(|one| one == key) && speakers.len() == 4, "{speakers:?}");
        }
        assert_eq!(talk("Leeds, Monday"), ["i", "p1", "p2"]);
        assert_eq!(talk("So, P1"), ["i", "p1", "p2"]);
    }

    #[test]
    fn labels_that_a_person_names_are_speakers_however_often_they_stand() {
        let text = "Jo: How was it?\nAna: Fine.\nsome words\nmore\nof it\nand so on";
        assert!(found(text).is_empty());
        assert_eq!(found_with(text, &["ana".to_owned(), "jo".to_owned()]), ["ana", "jo"]);
        assert!(found_with(text, &["ben".to_owned()]).is_empty());
    }

    #[test]
    fn headings_and_asides_are_not() {
        assert!(found("GENERAL: a review\nCONTEXT: at work\nThey met: twice\nTRANSCRIPT: none\nmore\nmore").is_empty());
        assert!(found("For example: this\nsome text\nmore text\nFor example: that\nmore").is_empty());
        assert!(found("Trust: a belief\nHope: a wish\nFear: a worry").is_empty());
        assert!(found("Note: once\nNote: twice\nWarning: once\nWarning: twice\nNote: again").is_empty());
        let one = "Q: at the end\n".to_owned() + &"prose\n".repeat(20) + "A: short";
        assert!(found(&one).is_empty());
    }

    #[test]
    fn in_bold_talk_plain_labels_are_prose() {
        let text = "**Ana:** Yes.\n**Ben:** No.\nThe rule: x\n**Ana:** So.\nThe rule: y\n**Ben:** So.";
        assert_eq!(found(text), ["ana", "ben"]);
    }
}
