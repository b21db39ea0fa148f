//! Random projects, and random queries over all that can be asked of a passage: the answers against those that follow from how
//! the project was made, definition by definition. What a field means is read from the record of the making, never from the project.

use super::*;
use crate::act::anchor::{Spot, Words};
use crate::act::desk::Desk;
use crate::act::{code, codebook, import, participant, search, source};
use crate::document::Role;
use crate::query::Comparison;
use crate::retrieve::naive::{Naive, World, expected, random};
use crate::strand::SourceKind;
use crate::text::Span;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const TALKS: u32 = 8;
const TURNS: u32 = 14;
const ROWS: u32 = 20;
pub(in crate::act) const NAMES: [&str; 4] = ["Interviewer", "Ana", "Ben", "Cat"];
/// As they are cited.
pub(in crate::act) const STUDIES: [&str; 4] = ["Adams 2012", "Brown 2015", "Cole 2018", "Dunn 2021"];
const KINDS: [SourceKind; 2] = [SourceKind::Interview, SourceKind::FocusGroup];
const GROUPS: [&str; 2] = ["service_users", "practitioners"];
pub(in crate::act) const CODERS: [&str; 2] = ["gj", "mb"];
/// Code 1 lies below code 0.
pub(in crate::act) const CODES: [&str; 4] = ["trust", "hope", "access", "cost"];

/// Who speaks in a talk.
#[derive(Clone, Default)]
pub(in crate::act) struct Voice {
    pub role: Option<Role>,
    pub group: Option<&'static str>,
    pub age: Option<u32>,
    pub ward: Option<&'static str>,
}

/// Of one unit, what was put down when it was made.
pub(in crate::act) struct Told {
    pub document: u32,
    pub speaker: Option<usize>,
    pub kind: SourceKind,
    pub year: Option<i32>,
    /// Its study as it is cited, where it is a row.
    pub study: Option<&'static str>,
}

pub(in crate::act) struct Marked {
    pub coder: usize,
    pub code: u32,
    pub unread: bool,
}

/// A project, and the record of its making.
pub(in crate::act) struct Record {
    pub desk: Desk,
    voices: Vec<Vec<Voice>>,
    pub units: Vec<Told>,
    letters: Vec<String>,
    codings: BTreeMap<Id, Marked>,
}

impl Record {
    pub fn new(seed: u64, codings: u32) -> Record {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut record = Record {
            desk: Desk::new(),
            voices: Vec::new(),
            units: Vec::new(),
            letters: Vec::new(),
            codings: BTreeMap::new(),
        };
        for talk in 0..TALKS {
            record.talk(talk, &mut chance);
        }
        record.table(&mut chance);
        for (at, name) in CODES.iter().enumerate() {
            let parent = (at == 1).then(|| CODES[0].to_owned());
            let entry = codebook::Entry { name: Some((*name).to_owned()), parent, ..codebook::Entry::default() };
            codebook::add(&mut record.desk.project, &entry).unwrap();
        }
        record.code(codings, &mut chance);
        record
    }

    fn talk(&mut self, talk: u32, chance: &mut ChaCha8Rng) {
        // The first talk has everybody, and of everything that is asked some.
        let people = if talk == 0 { NAMES.len() } else { chance.random_range(2..=NAMES.len()) };
        let (mut text, mut speakers) = (String::new(), Vec::new());
        for turn in 0..TURNS {
            // Everybody speaks at the beginning, so that labels are labels.
            let speaker =
                if (turn as usize) < people * 2 { turn as usize % people } else { chance.random_range(0..people) };
            // What one person says in a row is one turn.
            let speaker = if speakers.last() == Some(&speaker) { (speaker + 1) % people } else { speaker };
            speakers.push(speaker);
            for part in [NAMES[speaker], ": ", &words(chance), "\n\n"] {
                text.push_str(part);
            }
        }
        let kind = KINDS[chance.random_range(0..KINDS.len())];
        let role = |at: usize, chance: &mut ChaCha8Rng| match at {
            0 => Role::Interviewer,
            _ if talk > 0 && chance.random_bool(0.2) => Role::Observer,
            _ => Role::Participant,
        };
        let roles: Vec<Role> = (0..people).map(|at| role(at, chance)).collect();
        let mut wanted = import::Wanted::of(vec![self.desk.file(&format!("talk{talk}.txt"), text)], kind);
        wanted.roles = NAMES.iter().zip(&roles).map(|(name, role)| ((*name).to_owned(), *role)).collect();
        import::import(&mut self.desk.project, &wanted, &|_, _| {}).unwrap();
        let (label, year) =
            (format!("D{}.gj", talk + 1), chance.random_bool(0.7).then(|| chance.random_range(2010..2020)));
        let changes = source::Changes { year, ..source::Changes::default() };
        source::set(&mut self.desk.project, &format!("S{}.gj", talk + 1), &changes).unwrap();
        let voices = NAMES.iter().zip(roles).map(|(name, role)| self.voice(&label, name, role, chance)).collect();
        self.voices.push(voices);
        let told = |speaker: &usize| Told { document: talk, speaker: Some(*speaker), kind, year, study: None };
        self.units.extend(speakers.iter().map(told));
    }

    fn voice(&mut self, document: &str, name: &str, role: Role, chance: &mut ChaCha8Rng) -> Voice {
        if role != Role::Participant {
            return Voice { role: Some(role), ..Voice::default() };
        }
        let group = chance.random_bool(0.8).then(|| GROUPS[chance.random_range(0..GROUPS.len())]);
        let is_first = document == "D1.gj";
        let age = (is_first || chance.random_bool(0.7)).then(|| chance.random_range(18..80));
        let ward = match name {
            "Ana" if is_first => Some("North"),
            "Ben" if is_first => Some("South"),
            _ => chance.random_bool(0.6).then(|| ["North", "South"][chance.random_range(0..2)]),
        };
        let ages = age.map(|age| ("Age".to_owned(), age.to_string()));
        let attributes = ages.into_iter().chain(ward.map(|ward| ("Ward".to_owned(), ward.to_owned()))).collect();
        let changes = participant::Changes { group: group.map(str::to_owned), attributes, ..Default::default() };
        if !changes.are_none() {
            participant::set(&mut self.desk.project, &[format!("{document}:{name}")], &changes).unwrap();
        }
        Voice { role: Some(role), group, age, ward }
    }

    fn table(&mut self, chance: &mut ChaCha8Rng) {
        let mut text = "text,study,year\n".to_owned();
        for _ in 0..ROWS {
            let study = STUDIES[chance.random_range(0..STUDIES.len())];
            let (author, year) = study.split_once(' ').unwrap();
            for part in [&words(chance), ",", author, ",", year, "\n"] {
                text.push_str(part);
            }
            let year = year.parse().ok();
            let kind = SourceKind::SystematicReview;
            self.units.push(Told { document: TALKS, speaker: None, kind, year, study: Some(study) });
        }
        let mut wanted = import::Wanted::of(vec![self.desk.file("rows.csv", text)], SourceKind::SystematicReview);
        let columns = ["text=text".to_owned(), "study=study".to_owned(), "year=year".to_owned()];
        wanted.mapping = Some(crate::import::Mapping::parse(&columns).unwrap());
        import::import(&mut self.desk.project, &wanted, &|_, _| {}).unwrap();
        self.voices.push(Vec::new());
    }

    /// Stretches of speech, now and then over the end of a turn, by two coders; some that nobody has read.
    fn code(&mut self, codings: u32, chance: &mut ChaCha8Rng) {
        let index = search::index(&self.desk.project, &|_, _| {}).unwrap();
        let retrieval = Retrieval::new(&self.desk.project, &index).unwrap();
        assert_eq!(retrieval.texts.count() as usize, self.units.len(), "each turn and each row is a unit");
        let mut spots = Vec::new();
        for _ in 0..codings {
            let unit = chance.random_range(0..retrieval.texts.count());
            let (held, n) = (*retrieval.texts.unit(unit), retrieval.place_of(unit).1);
            let start = chance.random_range(held.speech.0..held.speech.1);
            let end = chance.random_range(start + 1..=held.speech.1.min(start + 9));
            let span = Span::new(start as usize, end as usize).unwrap();
            let document = retrieval.place_of(unit).0;
            let words = match self.units[unit as usize].speaker {
                None => Words::InRow(n, span),
                Some(_) => Words::Bytes(None, span),
            };
            spots.push(Spot { document: self.desk.project.label(document.id), words });
        }
        let texts = (0..ordinal(retrieval.texts.count() as usize)).map(|unit| retrieval.texts.text_of(unit)).max();
        for text in 0..=texts.unwrap() {
            let (shard, base) = retrieval.shard_of(text).unwrap().unwrap();
            let units = retrieval.texts.units_of(text);
            let end = retrieval.texts.unit(units.end - 1).end as usize;
            let speech: Vec<(u32, u32)> = units.map(|unit| retrieval.texts.unit(unit).speech).collect();
            let is_said = |at: usize| speech.iter().any(|(start, end)| (*start as usize..*end as usize).contains(&at));
            // Labels are no words.
            let letter = |(at, letter)| if is_said(at) || letter == '\n' { letter } else { '#' };
            self.letters.push(shard.text[base..base + end].char_indices().map(letter).collect());
        }
        drop(retrieval);
        drop(index);
        for (coder, tag) in CODERS.iter().enumerate() {
            for unread in [false, true] {
                let mut wishes = Vec::new();
                for (at, spot) in spots.iter().enumerate() {
                    if at % CODERS.len() == coder && (at % 5 == 0) == unread {
                        let code = chance.random_range(0..CODES.len());
                        wishes.push((
                            code,
                            code::Wish { codes: vec![CODES[code].to_owned()], spot: spot.clone(), memo: None },
                        ));
                    }
                }
                let typed: Vec<code::Wish> = wishes.iter().map(|(_, wish)| wish.clone()).collect();
                let mut project = self.desk.as_coder(tag);
                let add = if unread { code::add_unread } else { code::add };
                for (one, (code, _)) in add(&mut project, &typed).unwrap().answer.iter().zip(&wishes) {
                    if !one.was_there {
                        self.codings.insert(one.coding, Marked { coder, code: ordinal(*code), unread });
                    }
                }
            }
        }
        self.desk.reopen(|_| {});
    }

    pub fn voice_of(&self, unit: &Told) -> Option<&Voice> {
        self.voices[unit.document as usize].get(unit.speaker?)
    }
}

fn words(chance: &mut ChaCha8Rng) -> String {
    let letters = (0..chance.random_range(3..10)).map(|_| char::from(chance.random_range(b'a'..=b'e')).to_string());
    letters.collect::<Vec<_>>().join(" ")
}

/// The record as the definitions ask it; how texts lie, and which codings stand where, is the project's.
pub(in crate::act) struct Asked<'r> {
    pub record: &'r Record,
    pub retrieval: &'r Retrieval<'r>,
    pub codings: Vec<&'r Marked>,
}

impl<'r> Asked<'r> {
    pub fn of(record: &'r Record, retrieval: &'r Retrieval<'r>) -> Self {
        let codings = retrieval.codings.iter().map(|held| &record.codings[&held.id]).collect();
        Asked { record, retrieval, codings }
    }
}

impl World for Asked<'_> {
    fn texts(&self) -> &Texts {
        &self.retrieval.texts
    }

    fn letters(&self, text: u32) -> &str {
        &self.record.letters[text as usize]
    }

    fn codings(&self) -> &[Stretch] {
        &self.retrieval.stretches
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.codings[coding as usize].code
    }

    fn family(&self, value: &Value) -> Vec<u32> {
        let Value::Text(typed) = value else { unreachable!("codes are told by name") };
        match typed.as_str() {
            "*" => (0..ordinal(CODES.len())).collect(),
            "trust" => vec![0, 1],
            name => vec![ordinal(CODES.iter().position(|code| *code == name.trim_start_matches('=')).unwrap())],
        }
    }

    fn meets(&self, query: &Query, unit: u32) -> bool {
        let told = &self.record.units[unit as usize];
        let voice = self.record.voice_of(told);
        let Query::Field(field, value) = query else {
            let Query::Word(word) = query else { return *query == Query::All };
            return self.speech(unit).split(' ').any(|one| one == word.text);
        };
        if let Value::Attribute(asked) = value {
            let age = voice.and_then(|one| one.age).map(f64::from);
            let ward = voice.and_then(|one| one.ward);
            return match (asked.name.to_lowercase().as_str(), &asked.is) {
                ("age", None) => age.is_some(),
                ("ward", None) => ward.is_some(),
                ("age", Some((comparison, typed))) => age.is_some_and(|age| compares(*comparison, age, typed)),
                (_, Some((_, typed))) => ward.is_some_and(|ward| ward.eq_ignore_ascii_case(typed)),
                _ => unreachable!("two attributes are recorded"),
            };
        }
        if *field == Field::Year {
            return told.year.is_some_and(|year| value.holds(year));
        }
        let Value::Text(typed) = value else { unreachable!("other fields are asked in words") };
        match field {
            Field::Kind => told.kind.word() == typed,
            // The strand of a kind is its own, in the settings that a project begins with.
            Field::Strand => self.retrieval.project.settings().strand_of(told.kind) == *typed,
            Field::Source => match told.study {
                Some(study) => study == typed,
                None => *typed == format!("S{}.gj", told.document + 1),
            },
            Field::Document => *typed == format!("D{}.gj", told.document + 1),
            Field::Speaker => told.speaker.is_some_and(|speaker| NAMES[speaker].eq_ignore_ascii_case(typed)),
            Field::Group => voice.is_some_and(|one| one.group == Some(typed)),
            Field::Role => voice.and_then(|one| one.role).is_some_and(|role| role.word() == typed),
            other => unreachable!("{other} is a field of codings"),
        }
    }

    fn passes(&self, query: &Query, coding: u32) -> bool {
        let held = self.codings[coding as usize];
        match query {
            Query::Field(Field::Coder, Value::Text(tag)) => CODERS[held.coder] == tag,
            Query::Field(Field::Unread, Value::Text(said)) => held.unread == (said == "yes"),
            Query::Field(Field::Layer, Value::Text(layer)) => layer == "coders",
            other => unreachable!("{other}"),
        }
    }
}

fn compares(comparison: Comparison, age: f64, typed: &str) -> bool {
    if let Some((from, to)) = typed.split_once("..") {
        return from.parse().is_ok_and(|from: f64| from <= age) && to.parse().is_ok_and(|to: f64| age <= to);
    }
    let typed: f64 = typed.parse().unwrap();
    match comparison {
        Comparison::AtLeast => age >= typed,
        Comparison::AtMost => age <= typed,
        Comparison::More => age > typed,
        Comparison::Less => age < typed,
        Comparison::Is => age.to_string() == typed.to_string(),
    }
}

/// One of all that can be asked.
pub(in crate::act) fn leaf(chance: &mut ChaCha8Rng) -> Query {
    let one = |chance: &mut ChaCha8Rng, of: &[&str]| of[chance.random_range(0..of.len())].to_owned();
    let number = chance.random_range(1..=TALKS);
    let text = match chance.random_range(0..22) {
        0..5 => format!("code:{}", one(chance, &["trust", "=trust", "hope", "access", "cost", "*"])),
        5 => format!("ONLY code:{}", one(chance, &["trust", "hope", "access"])),
        6..8 => one(chance, &["a", "b", "c", "d", "e"]),
        8 => format!("coder:{}", one(chance, &CODERS)),
        9 => format!("unread:{}", one(chance, &["yes", "no"])),
        10 => format!("kind:{}", one(chance, &["interview", "focus_group", "systematic_review"])),
        11 => format!("strand:{}", one(chance, &["interviews", "focus_groups"])),
        12 => one(chance, &[&format!("source:S{number}.gj"), "source:\"Brown 2015\"", "source:\"Dunn 2021\""]),
        13 => format!("document:D{}.gj", number + chance.random_range(0..=1)),
        14 => format!("speaker:{}", one(chance, &["ana", "BEN", "interviewer"])),
        15 => format!("role:{}", one(chance, &["interviewer", "participant", "observer"])),
        16 => format!("group:{}", one(chance, &GROUPS)),
        17 => format!("year:{}", one(chance, &["2012", "2010..2014", "2015..", "..2016"])),
        18 => format!("attr:age{}", one(chance, &["", ">40", "<=40", ">=30", "<60", "=30..50"])),
        19 => format!("attr:ward{}", one(chance, &["", "=north", "=South"])),
        20 => "layer:coders".to_owned(),
        _ => "*".to_owned(),
    };
    Query::parse(&text).unwrap()
}

#[test]
fn every_field_and_every_combination_means_what_the_project_was_made_of_over_10_000_codings() {
    let (mut told, mut codings) = (0, 0);
    for seed in 0..5 {
        let record = Record::new(seed, 2_100);
        let index = search::index(&record.desk.project, &|_, _| {}).unwrap();
        let retrieval = Retrieval::new(&record.desk.project, &index).unwrap();
        let asked = Asked::of(&record, &retrieval);
        codings += asked.codings.len();
        let mut chance = ChaCha8Rng::seed_from_u64(100 + seed);
        for round in 0..30 {
            let query = random(&mut chance, round % 3, leaf);
            let scope = Scope::ALL[round % Scope::ALL.len()];
            let Outcome { units, stretches } = evaluate(&retrieval, &query, scope).unwrap();
            let (naive_units, naive_stretches, _) = expected(&Naive(&asked), &query, scope, &[]);
            let naive_stretches = naive_stretches.map(|all| all.into_iter().collect::<Vec<_>>());
            assert_eq!(units, naive_units.into_iter().collect::<Vec<_>>(), "{query} by {scope}, project {seed}");
            assert!(stretches == naive_stretches, "{query} by {scope}, project {seed}");
            told += usize::from(!units.is_empty() && units.len() < record.units.len());
        }
    }
    assert!(codings > 10_000, "{codings}");
    assert!(told > 75, "most of the answers are neither nothing nor everything: {told}");
}
