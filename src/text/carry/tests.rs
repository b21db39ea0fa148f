//! Random corrections of random interviews: where each passage must land, and where it must not.

use super::*;
use crate::text::words;
use proptest::prelude::*;
use std::fmt::Write;

/// A word and which word of the former text it is, if it is one.
type Word = (String, Option<usize>);

#[derive(Debug, Clone)]
struct Turn {
    speaker: usize,
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
enum Edit {
    Insert(usize, usize, usize),
    Delete(usize, usize),
    Replace(usize, usize, usize),
    MoveTurn(usize, usize),
    SwapTurns(usize, usize),
    CopyTurn(usize, usize),
    DeleteTurn(usize),
    Relabel(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = 0..1000usize;
    prop_oneof![
        (at.clone(), at.clone(), at.clone()).prop_map(|(turn, word, new)| Edit::Insert(turn, word, new)),
        (at.clone(), at.clone()).prop_map(|(turn, word)| Edit::Delete(turn, word)),
        (at.clone(), at.clone(), at.clone()).prop_map(|(turn, word, new)| Edit::Replace(turn, word, new)),
        (at.clone(), at.clone()).prop_map(|(turn, to)| Edit::MoveTurn(turn, to)),
        (at.clone(), at.clone()).prop_map(|(turn, other)| Edit::SwapTurns(turn, other)),
        (at.clone(), at.clone()).prop_map(|(turn, to)| Edit::CopyTurn(turn, to)),
        at.clone().prop_map(Edit::DeleteTurn),
        (at.clone(), at).prop_map(|(turn, speaker)| Edit::Relabel(turn, speaker)),
    ]
}

fn apply(turns: &mut Vec<Turn>, edit: &Edit) {
    if turns.is_empty() {
        return;
    }
    let count = turns.len();
    let new = |word: usize| (format!("new{word}"), None);
    match *edit {
        Edit::Insert(turn, word, with) => {
            let words = &mut turns[turn % count].words;
            words.insert(word % (words.len() + 1), new(with));
        }
        Edit::Delete(turn, word) => {
            let words = &mut turns[turn % count].words;
            if words.len() > 1 {
                words.remove(word % words.len());
            }
        }
        Edit::Replace(turn, word, with) => {
            let words = &mut turns[turn % count].words;
            let at = word % words.len();
            words[at] = new(with);
        }
        Edit::MoveTurn(turn, to) => {
            let moved = turns.remove(turn % count);
            turns.insert(to % count, moved);
        }
        Edit::SwapTurns(one, other) => turns.swap(one % count, other % count),
        Edit::CopyTurn(turn, to) => {
            let mut copy = turns[turn % count].clone();
            copy.words.iter_mut().for_each(|word| word.1 = None);
            turns.insert(to % count, copy);
        }
        Edit::DeleteTurn(turn) => {
            turns.remove(turn % count);
        }
        Edit::Relabel(turn, speaker) => turns[turn % count].speaker = speaker % 4,
    }
}

/// Who says each turn of a rendered text.
fn voices(turns: &[Turn], text: &str) -> Vec<(Span, Option<usize>)> {
    let mut start = 0;
    let spans = text.split_inclusive("\n\n").map(|turn| {
        start += turn.len();
        Span::new(start - turn.len(), start - 2).unwrap()
    });
    spans.zip(turns.iter().map(|turn| Some(turn.speaker))).collect()
}

fn speaker_at(voices: &Voices, at: usize) -> Option<usize> {
    voices.iter().find(|(turn, _)| turn.start() <= at && at < turn.end()).and_then(|(_, who)| *who)
}

/// The text of an interview, with each word's place in it and which word of the former text it is.
fn render(turns: &[Turn]) -> (String, Vec<(Span, Option<usize>)>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for turn in turns {
        write!(text, "P{}:", turn.speaker).unwrap();
        for (word, known) in &turn.words {
            text.push(' ');
            places.push((Span::new(text.len(), text.len() + word.len()).unwrap(), *known));
            text.push_str(word);
        }
        text.push_str(".\n\n");
    }
    (text, places)
}

/// Interviews of `turns`; words are drawn from so many, or each stands once where there are 0.
fn interview(vocabulary: usize) -> impl Strategy<Value = Vec<Turn>> {
    prop::collection::vec((0..4usize, prop::collection::vec(0..vocabulary.max(1), 1..14)), 1..9).prop_map(
        move |turns| {
            let mut known = 0;
            let mut word = |drawn: usize| {
                known += 1;
                let name = if vocabulary == 0 { known } else { drawn };
                (format!("w{name}"), Some(known - 1))
            };
            let mut turn = |(speaker, words): (usize, Vec<usize>)| Turn {
                speaker,
                words: words.into_iter().map(&mut word).collect(),
            };
            turns.into_iter().map(&mut turn).collect()
        },
    )
}

fn said(text: &str, span: Span) -> Vec<String> {
    words::words(span.of(text).unwrap()).map(|(_, word)| words::fold(word)).collect()
}

/// Longest common subsequence.
fn agreeing(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, second) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == second { before + 1 } else { above.max(row[at]) };
            before = above;
        }
    }
    row[other.len()]
}

/// What holds of every carried place, whatever was done to the text.
fn holds_its_word(old: &str, new: &str, span: Span, carried: Option<(Span, Sureness)>) {
    match carried {
        None => {}
        Some((place, Sureness::Exact)) => assert_eq!(said(old, span), said(new, place)),
        Some((place, Sureness::Near)) => {
            let (former, later) = (said(old, span), said(new, place));
            let agreeing = agreeing(&former, &later);
            assert!(8 * agreeing >= 3 * (former.len() + later.len()), "{former:?} is not near {later:?}");
        }
    }
}

/// Stretches of one to eight words of one turn.
fn stretches(turns: &[Turn]) -> Vec<(usize, usize)> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for turn in turns {
        let length = turn.words.len();
        for (from, wide) in [(0, length), (0, 1), (length / 2, 4), (length / 3, 8), (length - 1, 1)] {
            stretches.push((start + from, start + (from + wide).min(length)));
        }
        start += length;
    }
    stretches
}

fn occurrences(text: &str, span_words: &[String]) -> usize {
    let all: Vec<String> = words::words(text).map(|(_, word)| words::fold(word)).collect();
    all.windows(span_words.len()).filter(|window| *window == span_words).count()
}

fn check(former: &[Turn], edits: &[Edit]) {
    let mut turns = former.to_vec();
    for edit in edits {
        apply(&mut turns, edit);
    }
    let ((old, old_places), (new, new_places)) = (render(former), render(&turns));
    let (old_voices, new_voices) = (voices(former, &old), voices(&turns, &new));
    let carrier = Carrier::spoken((&old, &old_voices), (&new, &new_voices));
    for (from, to) in stretches(former) {
        let span = old_places[from].0.join(old_places[to - 1].0);
        let carried = carrier.carry(span);
        holds_its_word(&old, &new, span, carried);
        let speaker = speaker_at(&old_voices, span.start());
        if let Some((place, Sureness::Exact)) = carried {
            let here = new_places.iter().filter(|(word, _)| word.overlaps(place));
            for (word, _) in here {
                assert_eq!(speaker_at(&new_voices, word.start()), speaker, "another's words at {place:?} of {new}");
            }
        }
        let words = said(&old, span);
        let start = new_places.iter().position(|(_, known)| *known == Some(from));
        let untouched = start.filter(|start| {
            let now = new_places.get(*start..start + (to - from)).unwrap_or_default();
            now.len() == to - from && now.iter().zip(from..).all(|((_, known), was)| *known == Some(was))
        });
        if let Some(start) = untouched
            && occurrences(&old, &words) == 1
            && occurrences(&new, &words) == 1
        {
            let place = new_places[start].0.join(new_places[start + to - from - 1].0);
            // Words that another says now are near, if they are found; that they are not exact was seen above.
            if speaker_at(&new_voices, place.start()) == speaker {
                assert_eq!(carried, Some((place, Sureness::Exact)), "'{}' was not touched", span.of(&old).unwrap());
            }
        }
    }
}

/// Interviews in which three people say one of a few sentences, over and over.
fn chorus() -> impl Strategy<Value = Vec<Turn>> {
    const SENTENCES: [&str; 4] =
        ["yes", "and she helped you to fill the form in", "i think so", "we waited for a long time in the rain there"];
    prop::collection::vec((0..3usize, 0..SENTENCES.len()), 2..14).prop_map(|turns| {
        let mut known = 0;
        let mut word = |word: &str| {
            known += 1;
            (word.to_owned(), Some(known - 1))
        };
        let turn =
            |(speaker, at): (usize, usize)| Turn { speaker, words: SENTENCES[at].split(' ').map(&mut word).collect() };
        turns.into_iter().map(turn).collect()
    })
}

proptest! {
    #[test]
    fn corrections_of_a_text_in_which_people_say_the_same(
        former in chorus(),
        edits in prop::collection::vec(edit(), 0..6),
    ) {
        check(&former, &edits);
    }

    #[test]
    fn corrections_of_a_text_of_rare_words(
        former in interview(0),
        edits in prop::collection::vec(edit(), 0..8),
    ) {
        check(&former, &edits);
    }

    #[test]
    fn corrections_of_a_text_of_few_words(
        former in interview(5),
        edits in prop::collection::vec(edit(), 0..6),
    ) {
        check(&former, &edits);
    }

    #[test]
    fn what_is_the_same_is_the_same_byte_for_byte_and_fits(
        old in "([a-c]{1,2}[ .\\n]){0,60}", new in "([a-c]{1,2}[ .\\n]){0,60}", modulus in 1usize..4,
    ) {
        let fits = |old: Span, new: Span| old.start() % modulus == new.start() % modulus;
        let mut end = 0;
        for [from, to, length] in Carrier::new(&old, &new).same(fits) {
            prop_assert!(from >= end && length > 0);
            prop_assert_eq!(old.get(from..from + length), new.get(to..to + length));
            prop_assert_eq!(from % modulus, to % modulus);
            end = from + length;
        }
        let whole: usize = Carrier::new(&old, &old).same(|_, _| true).iter().map(|[.., length]| length).sum();
        prop_assert!(old.split_whitespace().count() < 4 || whole == old.trim().len());
    }

    #[test]
    fn of_rare_words_nothing_lands_on_others(
        former in interview(0),
        edits in prop::collection::vec(edit(), 0..12),
    ) {
        let mut turns = former.clone();
        for edit in &edits {
            apply(&mut turns, edit);
        }
        let ((old, old_places), (new, new_places)) = (render(&former), render(&turns));
        let carrier = Carrier::new(&old, &new);
        for (from, to) in stretches(&former) {
            let span = old_places[from].0.join(old_places[to - 1].0);
            let Some((place, _)) = carrier.carry(span) else { continue };
            let here: Vec<Option<usize>> =
                new_places.iter().filter(|(word, _)| word.overlaps(place)).map(|(_, known)| *known).collect();
            let foreign = here.iter().flatten().filter(|known| !(from..to).contains(*known)).count();
            let own = to - from;
            prop_assert!(3 * foreign <= 2 * own, "'{}' landed on '{}'", span.of(&old).unwrap(), place.of(&new).unwrap());
        }
    }

    #[test]
    fn a_text_that_was_not_changed_keeps_every_place(former in interview(3)) {
        let (text, places) = render(&former);
        let carrier = Carrier::new(&text, &text);
        for (from, to) in stretches(&former) {
            let span = places[from].0.join(places[to - 1].0);
            prop_assert_eq!(carrier.carry(span), Some((span, Sureness::Exact)));
        }
    }

    #[test]
    fn places_stand_on_letters(
        old in "[a-cé\u{df}\u{301}'\u{2019}. \n]{0,60}",
        new in "[a-cé\u{df}\u{301}'\u{2019}. \n]{0,60}",
        from in 0usize..60, length in 1usize..20,
    ) {
        let span = Span::new(from, from + length).unwrap();
        if span.of(&old).is_some()
            && let Some((place, _)) = Carrier::new(&old, &new).carry(span)
        {
            prop_assert!(place.of(&new).is_some());
        }
    }
}

fn carried(old: &str, new: &str, words: &str) -> Option<(String, Sureness)> {
    let at = old.find(words).unwrap();
    let span = Span::new(at, at + words.len()).unwrap();
    Carrier::new(old, new).carry(span).map(|(place, sureness)| (place.of(new).unwrap().to_owned(), sureness))
}

const OLD: &str = "I: How was it?\n\nP1: I trust the nurse because she rang every week.\n\nI: And then?\n\n\
    P1: Yes.\n\nI: Did it help?\n\nP1: Yes.\n\nP2: I trust the doctor too.\n";

#[test]
fn signs_and_spaces_do_not_count_and_words_do() {
    let new = OLD.replace("because she", "because\nShe").replace("P1: I trust", "P1:  I trust");
    let words = "I trust the nurse because she rang";
    assert_eq!(carried(OLD, &new, words), Some(("I trust the nurse because\nShe rang".to_owned(), Sureness::Exact)));
    let new = OLD.replace("trust the nurse", "trusted the nurse");
    assert_eq!(carried(OLD, &new, words), Some(("I trusted the nurse because she rang".to_owned(), Sureness::Near)));
    let new = OLD.replace("nurse because", "nurse, because");
    assert_eq!(carried(OLD, &new, words).map(|(_, sureness)| sureness), Some(Sureness::Near), "a comma is said");
}

#[test]
fn the_edge_of_a_passage_may_have_been_replaced() {
    let new = OLD.replace("I trust the nurse", "We trust the nurse").replace("every week", "every day");
    let words = "I trust the nurse because she rang every week";
    let near = carried(OLD, &new, words);
    assert_eq!(near, Some(("We trust the nurse because she rang every day".to_owned(), Sureness::Near)));
    let new = OLD
        .replace("P1: I trust", "P1: He left. Then he came back to us. I trust")
        .replace("I trust the nurse", "trust the nurse");
    let near = carried(OLD, &new, words).unwrap();
    assert_eq!(near.0, "trust the nurse because she rang every week", "what was put before it is not taken in");
}

#[test]
fn words_that_were_taken_out_are_not_found_in_others_like_them() {
    let new = OLD.replace("P1: I trust the nurse because she rang every week.\n\n", "");
    assert_eq!(carried(OLD, &new, "I trust the nurse"), None, "'I trust the doctor' stands for itself");
    let new = OLD.replace("I: And then?\n\nP1: Yes.\n\n", "");
    assert_eq!(carried(OLD, &new, "Yes"), None, "the second yes stands for itself");
}

/// Turns as given; each speaker is known by the label.
fn carried_in_talk(old: &str, new: &str, turn: &str) -> Option<(String, Sureness)> {
    let voices = |text: &str| {
        let mut start = 0;
        let turns = text.split_inclusive('\n').map(|line| {
            start += line.len();
            let who = ["I:", "Ana:", "Ben:"].iter().position(|label| line.starts_with(label));
            (Span::new(start - line.len(), start - 1).unwrap(), who)
        });
        turns.collect::<Vec<_>>()
    };
    let at = old.find(turn).unwrap() + turn.find(' ').unwrap() + 1;
    let span = Span::new(at, old.find(turn).unwrap() + turn.len()).unwrap();
    let carrier = Carrier::spoken((old, &voices(old)), (new, &voices(new)));
    carrier.carry(span).map(|(place, sureness)| {
        let line = new[..place.start()].rfind('\n').map_or(0, |at| at + 1);
        (new[line..place.end()].to_owned(), sureness)
    })
}

#[test]
fn words_that_were_taken_out_are_not_found_in_anothers_mouth() {
    for words in ["And she helped you to fill the form in.", "Yes."] {
        let former = format!(
            "I: Did anyone come to see you there at home?\nAna: The woman from the council came round.\nI: {words}\n\
             Ana: {words}\nI: And what did you make of that?\nAna: She was kind, and that helped.\n"
        );
        let turn = format!("Ana: {words}");
        let without = former.replace(&format!("{turn}\n"), "");
        assert_eq!(carried_in_talk(&former, &without, &turn), None);
        let nearby = without.replace("came round", "came by");
        assert_eq!(carried_in_talk(&former, &nearby, &turn), None, "a word nearby was changed");
        let asked = format!("I: {words}");
        assert_eq!(carried_in_talk(&former, &nearby, &asked), Some((asked.clone(), Sureness::Exact)));
    }
}

#[test]
fn a_turn_that_went_to_another_speaker_is_near() {
    let former = "I: Why?\nBen: Yes, because she came back every week.\nI: And?\nBen: Yes.\nI: So?\nAna: No.\n";
    let new = former.replace("Ben: Yes", "Ana: Yes").replace("Ana: No", "Ben: Well. No");
    let near = |turn: &str, now: &str| {
        assert_eq!(carried_in_talk(former, &new, turn), Some((now.to_owned(), Sureness::Near)));
    };
    near("Ben: Yes, because she came back every week.", "Ana: Yes, because she came back every week.");
    near("Ben: Yes.", "Ana: Yes.");
    near("Ana: No.", "Ben: Well. No.");
}

#[test]
fn of_equal_words_each_finds_its_own() {
    let new = format!("P3: Yes.\n\n{OLD}");
    let carrier = Carrier::new(OLD, &new);
    for (at, word) in OLD.match_indices("Yes") {
        let place = carrier.carry(Span::new(at, at + word.len()).unwrap());
        let there = Span::new(at + 10, at + 13).unwrap();
        assert_eq!(place, Some((there, Sureness::Exact)));
    }
}

#[test]
fn a_passage_may_begin_within_a_word() {
    let new = format!("P3: Well.\n\n{OLD}");
    assert_eq!(carried(OLD, &new, "rust the nur"), Some(("rust the nur".to_owned(), Sureness::Exact)));
}

#[test]
fn all_spans_of_a_passage_are_carried_or_none() {
    let spans = |text: &str| -> Vec<Span> {
        ["trust the nurse", "rang every"]
            .map(|words| text.find(words).map(|at| (at, at + words.len())).unwrap())
            .map(|(start, end)| Span::new(start, end).unwrap())
            .to_vec()
    };
    let new = format!("P3: Well.\n\n{OLD}");
    assert_eq!(Carrier::new(OLD, &new).carry_all(&spans(OLD)), Some((spans(&new), Sureness::Exact)));
    let new = OLD.replace("rang every week", "came");
    assert_eq!(Carrier::new(OLD, &new).carry_all(&spans(OLD)), None);
}
