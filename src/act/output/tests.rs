//! The gate, tried with planted identifiers in every format.

use super::*;
use crate::act::desk::Desk;
use crate::act::identifier::{self, Entry};
use crate::id::Kind;
use crate::render::RENDERERS;
use crate::render::figure::FORMATS;
use crate::report::sample::{self, id};
use crate::report::{Brief, figure};
use unicode_normalization::UnicodeNormalization;

/// Identifiers to plant, none of which stands in the sample: one or two words, with and without accents and apostrophes.
fn names(count: usize) -> Vec<Known> {
    const FIRST: [&str; 10] = ["Bz", "Öv", "Krz", "O\u{2019}Q", "Ñar", "Vuk", "Łyq", "Zzt", "Ámb", "Gwx"];
    const MIDDLE: [&str; 10] = ["ara", "ölf", "emu", "ika", "ostu", "ûma", "etja", "ombe", "yrse", "aqui"];
    const LAST: [&str; 10] = ["Xq", "Wyn-J", "Qum", "Zød", "Tchv", "Ryß", "Plk", "Fñ", "Hjx", "Dæv"];
    let word = |at: usize| match at % 3 {
        0 => format!("{}{}", FIRST[at % 10], MIDDLE[at / 10 % 10]),
        1 => format!("{}{} {}{}", FIRST[at % 10], MIDDLE[at / 10 % 10], LAST[at / 7 % 10], MIDDLE[at / 3 % 10]),
        _ => format!("{}{}", LAST[at % 10], MIDDLE[at / 10 % 10]),
    };
    let known = |at: usize| Known {
        id: id(Kind::Identifier, u32::try_from(at).unwrap()),
        label: format!("I{at}.gj"),
        name: word(at),
        spellings: vec![word(at)],
        instead: None,
        only_capital: false,
        is_person: true,
        is_of_speaker: false,
    };
    (0..count).map(known).collect()
}

/// A name as somebody may have written it.
fn dressed(name: &str, dress: usize) -> String {
    let middle = name.char_indices().nth(2).map_or(0, |(at, _)| at);
    let (start, end) = name.split_at(middle);
    match dress % 14 {
        0 => name.to_owned(),
        1 => name.to_uppercase(),
        2 => name.to_lowercase(),
        3 => name.nfd().collect(),
        4 => format!("{start}\u{ad}{end}"),
        5 => format!("{start}\u{200b}{end}"),
        6 => format!("{name}\u{2019}s"),
        7 => name.replace(' ', "-"),
        8 => name.replace(' ', "\n"),
        9 => name.chars().map(|letter| if letter == 'a' { "&#97;".to_owned() } else { letter.to_string() }).collect(),
        10 => name.replace(' ', "\u{a0} "),
        11 => format!("({name})"),
        12 => name.replace('\u{2019}', "'"),
        _ => name.nfkd().filter(char::is_ascii).collect::<String>() + if name.is_ascii() { "es" } else { "" },
    }
}

fn gate(project: &Project, known: Vec<Known>) -> Gate<'_> {
    Gate { project, audience: Audience::Publication, lookout: lookout(&known), known, leaves: Vec::new() }
}

/// Plants each name somewhere among the texts whose place is wanted.
fn plant<T: Texts + Clone>(made: &T, names: &[String], is_wanted: impl Fn(&str) -> bool) -> T {
    let (mut made, mut count) = (made.clone(), 0);
    made.visit(&mut |_, place| count += usize::from(is_wanted(&place())));
    assert!(count > 0);
    let (mut at, stride) = (0, (names.len() / count).max(1) + 1);
    made.visit(&mut |text, place| {
        if is_wanted(&place()) {
            for name in names.iter().skip(at * stride).take(stride) {
                *text = format!("{text} as {name} said");
            }
            at += 1;
        }
    });
    made
}

/// Letters that no fold makes plain are gone from the last dress: such a name is another.
fn is_same(name: &str, dress: usize) -> bool {
    dress % 14 != 13 || name.is_ascii()
}

#[test]
fn every_planted_identifier_is_stopped_in_every_format() {
    let desk = Desk::new();
    let known = names(90);
    let gate = gate(&desk.project, known.clone());
    let all = sample::synthesis();
    let report = (crate::report::find("evidence").unwrap().make)(&all, &Brief::new(Audience::Publication));
    let mut stopped = 0;
    for (number, renderer) in RENDERERS.iter().enumerate() {
        // Text that escapes of Markdown stand in is met before rendering.
        let dresses: Vec<usize> = (0..known.len()).map(|at| at + number).collect();
        let written: Vec<String> = known.iter().zip(&dresses).map(|(one, dress)| dressed(&one.name, *dress)).collect();
        let part = match renderer.key() {
            "csv" | "xlsx" => "the table for csv, row",
            "json" => "the data at",
            _ => "",
        };
        let is_wanted = |place: &str| {
            let is_elsewhere = place.starts_with("the table for csv") || place.starts_with("the data at");
            if part.is_empty() { !is_elsewhere } else { place.starts_with(part) }
        };
        let planted = plant(&report, &written, is_wanted);
        let name = format!("paper.{}", renderer.extension());
        let (_, before) = gate.dressed(&name, planted.clone());
        let after = gate.met_in(&name, &renderer.render(&planted).unwrap());
        for (at, one) in known.iter().enumerate().filter(|(at, one)| is_same(&one.name, dresses[*at])) {
            let is_met = |leaks: &BTreeSet<Leak>| leaks.iter().any(|leak| leak.id == one.label);
            assert!(is_met(&before), "{:?} before {}", written[at], renderer.key());
            let is_escape = renderer.key() == "md" && dresses[at] % 14 == 9;
            assert!(is_escape || is_met(&after), "{:?} in {}", written[at], renderer.key());
            stopped += 1;
        }
    }
    let drawn = drawing();
    for (number, format) in FORMATS.iter().enumerate() {
        let dresses: Vec<usize> = (0..known.len()).map(|at| at * 3 + number).collect();
        let written: Vec<String> = known.iter().zip(&dresses).map(|(one, dress)| dressed(&one.name, *dress)).collect();
        let planted = plant(&drawn, &written, |_| true);
        let (_, before) = gate.dressed("map", planted.clone());
        let bytes = (format.write)(&planted).into_bytes();
        let after = gate.met_in(&format!("map.{}", format.key), &bytes);
        for (at, one) in known.iter().enumerate().filter(|(at, one)| is_same(&one.name, dresses[*at])) {
            let met = before.iter().chain(&after).any(|leak| leak.id == one.label);
            assert!(met, "{:?} in {}", written[at], format.key);
            stopped += 1;
        }
    }
    assert!(stopped >= 1_000, "{stopped}");
}

fn drawing() -> Figure {
    let all = sample::synthesis();
    let one = all.living_hypotheses().next().unwrap();
    figure::cmo(&all, one)
}

#[test]
fn a_clean_paper_passes_and_the_name_of_a_file_counts() {
    let desk = Desk::new();
    let gate = gate(&desk.project, names(90));
    let all = sample::synthesis();
    for kind in crate::report::REPORTS.iter().filter(|kind| kind.key != "disagreements") {
        let report = (kind.make)(&all, &Brief::new(Audience::Publication));
        let (same, leaks) = gate.dressed("paper", report.clone());
        assert_eq!(leaks, BTreeSet::new());
        assert_eq!(same, report);
        for renderer in RENDERERS {
            assert_eq!(gate.met_in("paper.x", &renderer.render(&report).unwrap()), BTreeSet::new());
        }
    }
    let name = names(90).remove(0).name;
    let leaks = gate.met_in(&format!("for {name}.csv"), b"a,b\n");
    assert_eq!(leaks.first().unwrap().place, "the name of the file");
}

#[test]
fn a_stand_in_is_put_in_and_leave_lets_one_stand() {
    let mut desk = Desk::with_interview();
    let entry = |words: &str| Entry { spellings: vec![words.to_owned()], ..Entry::default() };
    let town = Entry { instead: Some("a town".to_owned()), ..entry("Care in practice") };
    identifier::add(&mut desk.project, &[town, entry("open door")]).unwrap();
    let mut report = (crate::report::find("evidence").unwrap().make)(&sample::synthesis(), &Brief::new(Audience::Team));
    "Care in practice, by the open door".clone_into(&mut report.subtitle);
    let refused =
        super::report(&desk.project, report.clone(), "evidence", &[&crate::render::markdown::Markdown], Print::Usual)
            .unwrap_err();
    assert_eq!(refused.0.code, "identifier-found");
    let hints = refused.0.hints.join("\n");
    for said in [
        "I2.gj “open door” in evidence, the line below the title",
        "--instead",
        "withhold",
        "--from others",
        "permit I2.gj --in evidence",
    ] {
        assert!(hints.contains(said), "{said}: {hints}");
    }
    assert!(!desk.project.outputs_folder().join("evidence.md").exists());
    identifier::permit::permit(&mut desk.project, "open door", Some("evidence.html"), "it is public").unwrap();
    let written =
        super::report(&desk.project, report, "evidence", &[&crate::render::markdown::Markdown], Print::Usual).unwrap();
    let text = std::fs::read_to_string(&written[0]).unwrap();
    assert!(text.contains("\\[a town\\], by the open door"), "{text}");
    let others = super::file(&desk.project, Audience::Team, &desk.path().join("other.txt"), b"the open door".to_vec());
    assert_eq!(others.unwrap_err().0.code, "identifier-found");
    identifier::remove(&mut desk.project, &["I2.gj".to_owned()]).unwrap();
    assert!(identifier::permit::all(&desk.project).is_empty());
}
