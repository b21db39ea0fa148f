//! EXMARaLDA's basic transcriptions (`.exb`): a table of speakers, a common timeline, and tiers of events
//! that hang between its points.
//!
//! The tiers of type `t` are what was said. Events that follow each other without a gap in one tier are
//! one stretch of speech; stretches stand in the order in which they begin, so that of two people who
//! speak at once both are kept, whole, one after the other. Other tiers (gestures, notes, translations)
//! are left out, counted and said.

use super::completeness::{Loss, Tally, letters_in_xml};
use super::lines::{Line, LineKind};
use super::turns::{Matter, cut};
use super::xml::{self, Listener, Step, attribute, local};
use super::{Imported, Importer, Request, decode};
use crate::diagnostic::{Result, fault};
use crate::text::Span;
use crate::text::words::on_one_line;
use quick_xml::events::BytesStart;
use std::collections::{BTreeMap, BTreeSet};

pub struct Exb;

impl Importer for Exb {
    fn key(&self) -> &'static str {
        "exb"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["exb"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let decoded = decode::decode(request.bytes)?;
        if !decoded.text.contains("<basic-transcription") {
            return Err(fault("wrong-format", "this is no transcription by EXMARaLDA")
                .hint("save it in the Partitur-Editor as a basic transcription (.exb) and import that"));
        }
        let mut score = Score::default();
        xml::walk(&decoded.text, &mut score)?;
        if score.tiers.iter().all(|tier| !tier.is_speech()) {
            return Err(fault("no-speech", "none of its tiers is of type t (transcription)")
                .hint("set the type of the tiers that hold what was said, in the Partitur-Editor, and save it again"));
        }
        let body = decoded.text.find("<basic-body").map_or("", |start| &decoded.text[start..]);
        let matter = score.set_out(letters_in_xml(body, &["ud-information"]));
        if matter.lines.is_empty() {
            return Err(decode::empty());
        }
        Ok(cut(matter, request))
    }
}

/// What the file holds, as it is read.
#[derive(Debug, Default)]
struct Score {
    speakers: Vec<Speaker>,
    /// Points of the timeline: where each stands, and its seconds where they were measured.
    points: BTreeMap<String, (usize, Option<f64>)>,
    tiers: Vec<Tier>,
    particulars: BTreeMap<String, String>,
    languages: BTreeSet<String>,
    /// The element whose words are being taken.
    within: Option<Within>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Particular(&'static str),
    Abbreviation,
    Event,
}

#[derive(Debug, Default)]
struct Speaker {
    id: String,
    abbreviation: String,
}

#[derive(Debug, Default)]
struct Tier {
    /// Id of its speaker.
    speaker: Option<String>,
    /// `t`: transcription, `d`: description, `a`: annotation.
    kind: String,
    events: Vec<Event>,
}

#[derive(Debug, Default)]
struct Event {
    start: String,
    end: String,
    words: String,
}

/// Events of one tier that follow each other.
struct Stretch<'s> {
    /// Where it begins on the timeline.
    place: usize,
    time: Option<f64>,
    end: &'s str,
    speaker: Option<&'s str>,
    words: String,
}

/// Elements whose words tell of the transcription, and what they are kept as.
const PARTICULARS: &[(&str, &str)] = &[
    ("project-name", "project"),
    ("transcription-name", "title"),
    ("transcription-convention", "transcription_convention"),
];

impl Listener for Score {
    fn start(&mut self, element: &BytesStart) -> Step {
        let value = |name: &str| attribute(element, name).unwrap_or_default();
        match local(element.name().as_ref()) {
            "speaker" => self.speakers.push(Speaker { id: value("id"), ..Speaker::default() }),
            "abbreviation" => self.within = Some(Within::Abbreviation),
            "language" => self.languages.extend(attribute(element, "lang").filter(|lang| !lang.is_empty())),
            "tli" => {
                let place = self.points.len();
                let time = attribute(element, "time").and_then(|time| time.trim().parse().ok());
                self.points.insert(value("id"), (place, time));
            }
            "tier" => {
                let speaker = attribute(element, "speaker").filter(|speaker| !speaker.is_empty());
                self.tiers.push(Tier { speaker, kind: value("type"), events: Vec::new() });
            }
            "event" => {
                if let Some(tier) = self.tiers.last_mut() {
                    let (start, end) = (value("start"), value("end"));
                    tier.events.push(Event { start, end, words: String::new() });
                    self.within = Some(Within::Event);
                }
            }
            "ud-meta-information" | "ud-speaker-information" | "ud-tier-information" | "ud-information" => {
                return Step::Over;
            }
            name => {
                let found = PARTICULARS.iter().find(|(element, _)| *element == name);
                self.within = found.map(|(_, kept)| Within::Particular(kept)).or(self.within);
            }
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        let name = local(element);
        if matches!(name, "abbreviation" | "event") || PARTICULARS.iter().any(|(element, _)| *element == name) {
            self.within = None;
        }
    }

    fn text(&mut self, words: &str) {
        let place = match self.within {
            Some(Within::Particular(kept)) => self.particulars.entry(kept.to_owned()).or_default(),
            Some(Within::Abbreviation) => match self.speakers.last_mut() {
                Some(speaker) => &mut speaker.abbreviation,
                None => return,
            },
            Some(Within::Event) => match self.tiers.last_mut().and_then(|tier| tier.events.last_mut()) {
                Some(event) => &mut event.words,
                None => return,
            },
            None => return,
        };
        place.extend(words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
    }
}

impl Tier {
    fn is_speech(&self) -> bool {
        self.kind == "t"
    }

    fn stretches<'s>(&'s self, points: &BTreeMap<String, (usize, Option<f64>)>) -> Vec<Stretch<'s>> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for event in &self.events {
            match stretches.last_mut().filter(|last| last.end == event.start) {
                Some(last) => {
                    last.end = &event.end;
                    last.words.push_str(&event.words);
                }
                None => {
                    let (place, time) = points.get(&event.start).copied().unwrap_or((usize::MAX, None));
                    let (end, words) = (event.end.as_str(), event.words.clone());
                    stretches.push(Stretch { place, time, end, speaker: self.speaker.as_deref(), words });
                }
            }
        }
        stretches
    }
}

impl Score {
    /// The stretches as lines, in the order in which they begin; `container` letters and digits are in the
    /// body of the file.
    fn set_out(&self, container: usize) -> Matter {
        let mut tally = Tally::default();
        for event in self.tiers.iter().filter(|tier| !tier.is_speech()).flat_map(|tier| &tier.events) {
            tally.lose(Loss::Tier, &event.words);
        }
        let spoken = self.tiers.iter().filter(|tier| tier.is_speech());
        let mut stretches: Vec<Stretch> = spoken.flat_map(|tier| tier.stretches(&self.points)).collect();
        stretches.sort_by_key(|stretch| stretch.place);
        let names = self.names();
        let mut matter = Matter { names, particulars: self.told(), ..Matter::new("exb") };
        for stretch in stretches {
            let words = on_one_line(&stretch.words);
            if words.is_empty() {
                continue;
            }
            if !matter.text.is_empty() {
                matter.text.push('\n');
            }
            let start = matter.text.len();
            matter.text.push_str(&words);
            let speaker = stretch.speaker.and_then(|id| self.speakers.iter().position(|one| one.id == id));
            let kind = speaker.map_or(LineKind::Nobody, LineKind::Voiced);
            let span = Span::new(start, matter.text.len());
            matter.lines.extend(span.map(|span| Line { span, kind, starts: true, time: stretch.time }));
        }
        (matter.container, matter.tally) = (container, tally);
        matter
    }

    /// What each speaker is called: the abbreviation, with the id where that is missing or another's too.
    fn names(&self) -> Vec<String> {
        let name = |speaker: &Speaker| {
            let short = speaker.abbreviation.trim();
            let shared = self.speakers.iter().filter(|one| one.abbreviation.trim() == short).count() > 1;
            match (short.is_empty(), shared) {
                (true, _) => speaker.id.clone(),
                (false, true) => format!("{short} ({})", speaker.id),
                (false, false) => short.to_owned(),
            }
        };
        self.speakers.iter().map(name).collect()
    }

    fn told(&self) -> BTreeMap<String, String> {
        let mut told: BTreeMap<String, String> = self
            .particulars
            .iter()
            .map(|(name, words)| (name.clone(), words.trim().to_owned()))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        if !self.languages.is_empty() {
            let languages: Vec<&str> = self.languages.iter().map(String::as_str).collect();
            told.insert("languages".to_owned(), languages.join(", "));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{INTERVIEW, code, labels, losses, request, sound, turns};
    use super::*;
    use crate::testdata::real;

    const SCORE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<basic-transcription><head><meta-information><project-name>Wards</project-name><transcription-name> Visit 2 </transcription-name>
<ud-meta-information><ud-information attribute-name="path">C:\x</ud-information></ud-meta-information><comment></comment></meta-information>
<speakertable><speaker id="SPK0"><abbreviation>INT</abbreviation><sex value="f"/><languages-used><language lang="eng"/></languages-used></speaker>
<speaker id="SPK1"><abbreviation>MB</abbreviation></speaker></speakertable></head>
<basic-body><common-timeline><tli id="T0" time="0.0"/><tli id="T1" time="1.5"/><tli id="T2"/><tli id="T3" time="4.25"/><tli id="T4" time="6"/></common-timeline>
<tier id="TIE0" speaker="SPK1" category="v" type="t"><event start="T1" end="T2">Every </event><event start="T2" end="T3">week. </event><event start="T4" end="T0">And &amp; then? </event></tier>
<tier id="TIE1" speaker="SPK0" category="v" type="t"><event start="T0" end="T1">How often? </event><event start="T2" end="T3">mhm </event></tier>
<tier id="TIE2" speaker="SPK1" category="nv" type="d"><event start="T1" end="T2">nods</event></tier>
<tier id="TIE3" category="v" type="t"><event start="T3" end="T4">(a door)</event></tier></basic-body></basic-transcription>"#;

    #[test]
    fn speech_stands_in_the_order_it_begins_and_what_overlaps_is_kept() {
        let read = Exb.read(&request("a.exb", SCORE.as_bytes(), INTERVIEW)).unwrap();
        sound(&read.draft);
        let expected = [("INT", "How often?"), ("MB", "Every week."), ("INT", "mhm"), ("MB", "And & then?")];
        assert_eq!(turns(&read.draft), expected.map(|(name, words)| (name.to_owned(), words.to_owned())));
        let times: Vec<Option<f64>> = read.draft.units.iter().map(|unit| unit.time).collect();
        assert_eq!(times, [Some(0.0), Some(1.5), None, Some(4.25), Some(6.0)]);
        assert_eq!(read.draft.units[3].speaker, None);
        assert_eq!(losses(&read), [(Loss::Tier, 4)]);
        assert_eq!(read.draft.header.particulars["title"], "Visit 2");
        assert_eq!(read.draft.header.particulars["languages"], "eng");
    }

    #[test]
    fn speakers_without_a_name_of_their_own_keep_their_id() {
        let same = SCORE.replace("<abbreviation>MB</abbreviation>", "<abbreviation>INT</abbreviation>");
        assert_eq!(
            labels(&Exb.read(&request("a", same.as_bytes(), INTERVIEW)).unwrap().draft),
            ["INT (SPK0)", "INT (SPK1)"]
        );
        let none = SCORE.replace("<abbreviation>MB</abbreviation>", "<abbreviation/>");
        assert_eq!(labels(&Exb.read(&request("a", none.as_bytes(), INTERVIEW)).unwrap().draft), ["INT", "SPK1"]);
    }

    #[test]
    fn what_is_no_score_is_refused_with_its_reason() {
        assert_eq!(code("a.exb", b"hello"), "wrong-format");
        assert_eq!(code("a.exb", SCORE.replace("type=\"t\"", "type=\"d\"").as_bytes()), "no-speech");
        assert_eq!(code("a.exb", &SCORE.as_bytes()[..SCORE.len() - 60]), "damaged-file");
        let entity = SCORE.replacen("<basic-tr", "<!DOCTYPE x [<!ENTITY a \"b\">]><basic-tr", 1);
        assert_eq!(code("a.exb", entity.as_bytes()), "unsafe-file");
    }

    /// Every event of the speakers' tiers of a real score is in a turn of its speaker.
    #[test]
    fn a_real_score_is_read_whole() {
        let Some(path) = real("transcripts/formats-small/HardTalk.exb") else { return };
        let bytes = std::fs::read(path).unwrap();
        let read = Exb.read(&request("HardTalk.exb", &bytes, INTERVIEW)).unwrap();
        sound(&read.draft);
        assert_eq!(labels(&read.draft), ["StS", "DD"]);
        let xml = String::from_utf8(bytes).unwrap();
        let flat = |text: &str| text.split_whitespace().collect::<String>();
        for (speaker, tier) in [("StS", "TIE0"), ("DD", "TIE1")] {
            let events = xml.split(&format!("<tier id=\"{tier}\"")).nth(1).unwrap().split("</tier>").next().unwrap();
            // Before the words of the first event close its tier's tag and its own.
            let words: String = events.split("\">").skip(2).map(|one| one.split("</event>").next().unwrap()).collect();
            let said: String =
                turns(&read.draft).into_iter().filter(|(name, _)| name == speaker).map(|(_, words)| words).collect();
            assert_eq!(flat(&said).len(), flat(&words).replace("&amp;", "&").len(), "{speaker}");
        }
        assert!(losses(&read).iter().all(|(what, _)| *what == Loss::Tier));
    }
}
