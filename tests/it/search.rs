//! Finding passages: what search says must be what a plain reading of the units says.

use crate::data::data;
use crate::desk::{Desk, keys};
use crate::story::transcripts;
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn the_answer_has_the_promised_shape() {
    let desk = transcripts();
    let answer = desk.json(&["search", "ledger"]);
    assert_eq!(keys(&answer), ["query", "total", "hits"]);
    assert_eq!(answer["total"], 1);
    let hit = &answer["hits"][0];
    assert_eq!(
        keys(hit),
        ["document", "passage", "speaker", "kind", "source", "start", "end", "start_char", "end_char", "text", "score"]
    );
    assert_eq!(hit["passage"], "D1.gj/2");
    assert_eq!(hit["speaker"], "Marguerite");
    let text = desk.run(&["document", "text", "D1.gj"]).done().stdout;
    let span = |from: &str, to: &str| {
        usize::try_from(hit[from].as_u64().unwrap()).unwrap()..usize::try_from(hit[to].as_u64().unwrap()).unwrap()
    };
    assert_eq!(&text[span("start", "end")], hit["text"].as_str().unwrap());
    let letters: Vec<char> = text.chars().collect();
    assert_eq!(letters[span("start_char", "end_char")].iter().collect::<String>(), hit["text"].as_str().unwrap());
}

#[test]
fn no_hit_is_a_negative_answer() {
    let desk = transcripts();
    let answer = desk.run(&["search", "walrus", "--format", "json"]).negative();
    assert_eq!(answer.json()["total"], 0);
}

#[test]
fn speaker_labels_are_not_speech() {
    let desk = transcripts();
    desk.run(&["search", "=Marguerite"]).negative();
    desk.run(&["search", "speaker:Marguerite"]).done();
}

#[test]
fn a_new_document_is_found_and_one_taken_back_is_not() {
    let desk = transcripts();
    desk.run(&["search", "pelican"]).negative();
    desk.file("new.txt", "Ana: a pelican came\n\nBo: did it\n");
    desk.run(&["import", "new.txt", "--kind", "interview"]).done();
    desk.run(&["search", "pelican"]).done();
    desk.run(&["undo"]).done();
    desk.run(&["search", "pelican"]).negative();
}

#[test]
fn those_who_dread_quoting_need_none() {
    let desk = transcripts();
    let total = |arguments: &[&str]| desk.json(&[&["search"], arguments].concat())["total"].clone();
    assert_eq!(total(&["trusted", "her", "--phrase"]), total(&["\"trusted her\""]));
    assert_eq!(total(&["notes", "month", "--near", "8"]), 1);
}

/// Words of each unit, folded, as the text versions on disk have them.
fn units(desk: &Desk) -> Vec<Vec<String>> {
    let mut units = Vec::new();
    for path in desk.files("corpus/text") {
        let Some(stem) = path.to_str().unwrap().strip_suffix(".units.jsonl") else { continue };
        let text = std::fs::read_to_string(format!("{stem}.txt")).unwrap();
        for line in std::fs::read_to_string(&path).unwrap().lines().skip(1) {
            let unit: Value = serde_json::from_str(line).unwrap();
            let segments = unit["speech"].as_array().unwrap();
            let speech: Vec<&str> = segments.iter().map(|segment| &text[span(&segment["span"])]).collect();
            units.push(speech.join(" ").unicode_words().map(str::to_lowercase).collect());
        }
    }
    units
}

fn span(value: &Value) -> std::ops::Range<usize> {
    let at = |place: usize| usize::try_from(value[place].as_u64().unwrap()).unwrap();
    at(0)..at(1)
}

/// Frequent, rare and odd ones: every nth of the words in order of frequency.
fn sample(units: &[Vec<String>], wanted: usize) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in units.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut words: Vec<(usize, &str)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    words.sort_unstable_by(|a, b| b.cmp(a));
    let step = words.len() / wanted;
    let spread = words.iter().step_by(step).map(|(_, word)| (*word).to_owned());
    let odd = words.iter().filter(|(_, word)| word.contains(['’', '\'', '.'])).take(5);
    spread.chain(odd.map(|(_, word)| (*word).to_owned())).collect()
}

fn phrases(units: &[Vec<String>], wanted: usize) -> Vec<Vec<String>> {
    let long: Vec<&Vec<String>> = units.iter().filter(|words| words.len() > 12).collect();
    let step = long.len() / wanted;
    let cut = |(at, words): (usize, &&Vec<String>)| words[at % 7..at % 7 + 2 + at % 3].to_vec();
    long.iter().step_by(step).enumerate().map(cut).collect()
}

#[test]
fn exact_words_and_phrases_are_counted_as_a_plain_reading_counts_them() {
    let Some(folder) = data("search_totals", "transcripts/interviews-sheffield-docx-txt") else { return };
    let desk = Desk::new();
    desk.run(&["import", folder.to_str().unwrap(), "--kind", "interview", "--format", "json"]).negative();
    let units = units(&desk);
    assert!(units.len() > 1500, "{}", units.len());
    let mut asked: Vec<(String, usize)> = Vec::new();
    for word in sample(&units, 45) {
        let naive = units.iter().filter(|unit| unit.contains(&word)).count();
        asked.push((format!("={word}"), naive));
    }
    for phrase in phrases(&units, 25) {
        let naive = units.iter().filter(|unit| unit.windows(phrase.len()).any(|at| at == phrase)).count();
        asked.push((format!("\"{}\"", phrase.join(" ")), naive));
    }
    let ask = |query: &str| desk.run(&["search", query, "--all", "--format", "json"]).json();
    let mut answers = Vec::new();
    for (query, naive) in &asked {
        let answer = ask(query);
        assert_eq!(answer["total"], *naive, "{query}");
        assert_eq!(answer["hits"].as_array().unwrap().len(), *naive, "{query}");
        in_order(&answer);
        answers.push(answer);
    }
    desk.forget_cache();
    for ((query, _), before) in asked.iter().zip(&answers).step_by(4) {
        assert_eq!(ask(query), *before, "{query} after the cache was deleted");
    }
}

/// Best first; ties by document, then by place.
fn in_order(answer: &Value) {
    let number = |label: &str| label[1..].split('.').next().unwrap().parse::<u64>().unwrap();
    let hits = answer["hits"].as_array().unwrap();
    let keys: Vec<(f64, u64, u64)> = hits
        .iter()
        .map(|hit| {
            let document = number(hit["document"].as_str().unwrap());
            (hit["score"].as_f64().unwrap(), document, hit["start"].as_u64().unwrap())
        })
        .collect();
    for pair in keys.windows(2) {
        assert!(pair[0].0 >= pair[1].0, "{}: {pair:?}", answer["query"]);
        if (pair[0].0 - pair[1].0).abs() < f64::EPSILON {
            assert!((pair[0].1, pair[0].2) < (pair[1].1, pair[1].2), "{}: {pair:?}", answer["query"]);
        }
    }
}

#[test]
fn a_damaged_index_is_built_anew_without_asking() {
    let desk = transcripts();
    let before = desk.json(&["search", "trusted"]);
    for path in crate::desk::files_below(&desk.cache()) {
        let length = std::fs::metadata(&path).unwrap().len();
        if length > 0 {
            std::fs::write(&path, vec![0x5a; usize::try_from(length).unwrap()]).unwrap();
        }
    }
    assert_eq!(desk.json(&["search", "trusted"]), before);
}

#[test]
fn who_speaks_is_answered_without_opening_a_text() {
    let desk = transcripts();
    let asked = |what: &[&str]| desk.json(&[&["search"], what].concat());
    let by_name = asked(&["speaker:marguerite"])["total"].clone();
    assert!(by_name.as_u64().unwrap() > 0);
    std::fs::rename(desk.project.join("corpus/text"), desk.project.join("corpus/elsewhere")).unwrap();
    assert_eq!(asked(&["speaker:marguerite"])["total"], by_name);
    // What is counted is what is on this computer, as with `query run --count`; the rest is said.
    desk.run(&["search", "*", "--count", "speaker"]).negative().says("2 documents");
    let unknown = desk.run(&["search", "speaker:margerite"]);
    assert!(unknown.stderr.contains("did you mean speaker:\"Marguerite\""), "{}", unknown.stderr);
}
