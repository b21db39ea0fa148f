//! No commentary in what participants are handed, whatever the case says and whatever it is written as.

use super::{facilitator, handout};
use crate::id::{Id, Kind};
use crate::render::RENDERERS;
use crate::report::sample;
use crate::report::{Block, Report};
use crate::sealed::Sealed;
use crate::training::{Answer, Host, Objective, Origin, Preamble, Stage, Telling, Told, Training};
use handout::Handout;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// Letters that words for everybody never have, so that a word of the facilitator's is known anywhere.
const SECRET: &str = "[qxz]{5,9}( [qxz]{5,9}){0,2}(\n\n[qxz]{5,9})?";
const OPEN: &str = "[a-p]{2,6}( [a-p'<&\"]{2,6}){0,3}(\n\n[a-p]{2,6})?";

prop_compose! {
    fn tellings()(
        title in "[a-p]{3,8}", vignette in OPEN, prompts in proptest::collection::vec("[a-p]{3,8}", 0..4), commentary in SECRET
    ) -> Telling {
        Telling { title, vignette, prompts, commentary }
    }
}

prop_compose! {
    fn cases()(
        told in proptest::collection::vec((tellings(), proptest::option::of(1u32..40)), 1..4),
        introduction in OPEN, secret in SECRET, origin in proptest::sample::select(Origin::ALL.to_vec()),
        questions in proptest::collection::vec("[a-p]{3,8}", 0..3), minutes in proptest::option::of(1u32..200)
    ) -> Told {
        case(told, Preamble {
            introduction, questions,
            reflection: vec!["mark it".to_owned()],
            roles: BTreeMap::from([(Host::Facilitator, secret)]),
            ..Preamble::default()
        }, origin, minutes)
    }
}

fn case(stages: Vec<(Telling, Option<u32>)>, preamble: Preamble, origin: Origin, minutes: Option<u32>) -> Told {
    let statement = sample::id(Kind::Hypothesis, 1);
    let held = |at: usize, minutes| Stage {
        key: format!("s{}.gj", at + 1),
        minutes,
        rests_on: vec![statement],
        against: Vec::new(),
        telling: Sealed { sealed: String::new() },
    };
    let training = Training {
        id: sample::id(Kind::Training, 1),
        title: "Nobody came back".to_owned(),
        setting: Some("a practice".to_owned()),
        origin,
        consent_basis: Some("zzqqxx".to_owned()),
        consenting: vec![sample::id(Kind::Participant, 1)],
        minutes,
        order: Vec::new(),
        preamble: None,
        retired: false,
        author: Some("zxq".to_owned()),
        trains: BTreeSet::from(["nurse".to_owned()]),
        objectives: vec![Objective {
            key: "o1.gj".to_owned(),
            text: "to call back".to_owned(),
            rests_on: vec![statement],
        }],
        stages: stages.iter().enumerate().map(|(at, (_, minutes))| held(at, *minutes)).collect(),
        answers: BTreeMap::from([(statement, Answer { stage: "s1.gj".to_owned(), who: Some("gps".to_owned()) })]),
    };
    let tellings =
        stages.into_iter().enumerate().map(|(at, (telling, _))| (format!("s{}.gj", at + 1), telling)).collect();
    Told { training, preamble, tellings }
}

/// Every file of a report, and of those that are archives every part: as text.
fn written(report: &Report) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for renderer in RENDERERS {
        let prints = [Some(renderer.render(report).unwrap()), renderer.render_large(report).map(Result::unwrap)];
        for bytes in prints.into_iter().flatten() {
            let parts = parts(&bytes).unwrap_or_else(|| vec![(String::new(), bytes)]);
            all.extend(parts.into_iter().map(|(name, bytes)| {
                (format!("{} {name}", renderer.key()), String::from_utf8_lossy(&bytes).into_owned())
            }));
        }
    }
    assert!(all.len() > RENDERERS.len(), "archives have parts");
    all
}

fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let count = archive.len();
    let read = |at| {
        let mut held = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        held.read_to_end(&mut bytes).unwrap();
        (held.name().unwrap().into_owned(), bytes)
    };
    Some((0..count).map(read).collect())
}

/// Words that only the facilitator may read.
fn secrets(told: &Told) -> Vec<&str> {
    let commentary = told.tellings.values().map(|one| one.commentary.as_str());
    let texts = commentary.chain(told.preamble.roles.values().map(String::as_str));
    texts.flat_map(str::split_whitespace).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn no_commentary_is_handed_out(told in cases()) {
        let handout = Handout::of(&told, "T1.gj", "Shared notes");
        let stages = (0..handout.stages.len()).map(|at| handout::stage(&handout, at).unwrap());
        let papers: Vec<Report> = stages.chain([handout::pack(&handout), handout::answers(&handout)]).collect();
        for (file, text) in papers.iter().flat_map(written) {
            for secret in secrets(&told) {
                prop_assert!(!text.contains(secret), "{file} holds {secret}");
            }
            prop_assert!(!text.contains("H1.gj") && !text.contains("commentary"), "{file}");
        }
    }

    #[test]
    fn every_sheet_with_a_vignette_says_where_it_comes_from(told in cases()) {
        let handout = Handout::of(&told, "T1.gj", "Shared notes");
        let said = |blocks: &[Block]| blocks.contains(&Block::notice(told.training.origin.said()));
        let pack = handout::pack(&handout).blocks;
        let sheets: Vec<&[Block]> = pack.split(|one| *one == Block::PageBreak).take(1 + handout.stages.len()).collect();
        prop_assert_eq!(sheets.len(), 1 + handout.stages.len());
        prop_assert!(sheets.into_iter().all(said));
        prop_assert!((0..handout.stages.len()).all(|at| said(&handout::stage(&handout, at).unwrap().blocks)));
        let labelled = |report: Report| {
            let origin = report.sheet.columns.iter().position(|one| one.key == "origin").unwrap();
            report.sheet.rows.iter().all(|row| row[origin].show(0) == told.training.origin.said())
        };
        prop_assert!(labelled(handout::pack(&handout)) && labelled(facilitator::pack(&sample::synthesis(), &told)));
        prop_assert!((0..handout.stages.len()).all(|at| labelled(handout::stage(&handout, at).unwrap())));
    }

    #[test]
    fn a_stage_by_itself_tells_nothing_of_the_others(told in cases()) {
        let handout = Handout::of(&told, "T1.gj", "Shared notes");
        for at in 0..handout.stages.len() {
            let mut marked = handout.clone();
            for (other, sheet) in marked.stages.iter_mut().enumerate().filter(|(other, _)| *other != at) {
                sheet.title = format!("WQW{other}");
                sheet.vignette = "WQW".to_owned();
                sheet.asked = vec!["WQW".to_owned()];
            }
            for (file, text) in written(&handout::stage(&marked, at).unwrap()) {
                prop_assert!(!text.contains("WQW"), "{file}");
            }
        }
    }
}

fn one() -> Told {
    let telling = |number: usize, prompts: &[&str]| Telling {
        title: format!("Week {number}"),
        vignette: format!("It is week {number}."),
        prompts: prompts.iter().map(|one| (*one).to_owned()).collect(),
        commentary: format!("Comment {number}."),
    };
    let preamble = Preamble { introduction: "Welcome.".to_owned(), ..Preamble::default() };
    case(vec![(telling(1, &[]), Some(20)), (telling(2, &["Who calls?"]), None)], preamble, Origin::Fictional, Some(30))
}

fn text(report: &Report) -> String {
    report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_stage_begins_a_page_and_asks_the_four_questions_where_it_has_none_of_its_own() {
    let handout = Handout::of(&one(), "T1.gj", "Shared notes");
    let pack = handout::pack(&handout);
    assert_eq!(pack.blocks.iter().filter(|one| matches!(one, Block::PageBreak)).count(), 3);
    let text = text(&pack);
    for words in ["Fictional: made up", "What would make it fail?", "Who calls?", "Stage 2 of 2", "to call back"] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    let cells = |column: usize| pack.sheet.rows.iter().map(|row| row[column].show(0)).collect::<Vec<String>>();
    assert_eq!(cells(1), ["Before we begin", "Week 1", "Week 2", "What this was for"]);
    assert_eq!(cells(2)[0], "Welcome.");
    let first = text.find("It is week 1.").unwrap();
    assert!(text.find("to call back").unwrap() > first, "what it was for is said at the end");
    assert!(handout::stage(&handout, 2).is_none());
}

/// Questions of the boxes to write in, each as wide as the page.
fn boxes(report: &Report) -> Vec<String> {
    let boxes = report.blocks.iter().filter_map(|block| match block {
        Block::Table { table, .. } if table.columns.len() == 1 => Some(table.columns[0].title.clone()),
        _ => None,
    });
    boxes.collect()
}

#[test]
fn sheets_ask_the_own_questions_of_a_stage_and_the_four_and_leave_room_for_each() {
    let told = one();
    let mut preamble = told.preamble.clone();
    preamble.reflection = vec!["What will you do differently?".to_owned()];
    let handout = Handout::of(&Told { preamble, ..told }, "T1.gj", "Shared notes");
    let sheet = handout::answers(&handout);
    let asked = boxes(&sheet);
    assert_eq!(asked.len(), 4 + 5, "{asked:?}");
    assert_eq!(asked[4], "Who calls?", "the stage's own comes first");
    assert_eq!(sheet.sheet.rows.len(), 9);
    assert_eq!(text(&sheet).matches("Your role or group").count(), 2, "on the sheet of each stage");
    assert_eq!(boxes(&handout::pack(&handout)), ["What will you do differently?"], "the reflection sheet is theirs");
}

#[test]
fn what_disagrees_stands_below_the_sentence_it_disagrees_with_and_without_labels_of_links() {
    let synthesis = sample::synthesis();
    let pack = facilitator::pack(&synthesis, &one());
    let sides: Vec<_> = pack
        .blocks
        .iter()
        .filter_map(|block| if let Block::Sides(sides) = block { Some(sides) } else { None })
        .collect();
    assert!(!sides.is_empty());
    let statement = &synthesis.hypotheses[&sample::id(Kind::Hypothesis, 1)];
    for side in sides.into_iter().flatten() {
        assert_eq!(side.title, format!("H1.gj: {}", statement.statement.as_deref().unwrap_or(crate::report::TO_WRITE)));
        let said = side.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
        assert!(said.contains("Against: ") && !said.contains("refutes") && !said.contains("E1.gj"), "{said}");
    }
}

#[test]
fn what_is_all_withheld_takes_one_line() {
    let mut silent = sample::synthesis();
    silent.participants.values_mut().for_each(|person| person.consent.clear());
    let pack = facilitator::pack(&silent, &one());
    for side in pack
        .blocks
        .iter()
        .filter_map(|block| if let Block::Sides(sides) = block { Some(sides) } else { None })
        .flatten()
    {
        let quotes = side.blocks.iter().filter(|block| matches!(block, Block::Quote(_))).count();
        let lines = side.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_))).count();
        let withheld = side.blocks.iter().filter(|block| block.text().contains("[words withheld")).count();
        assert!(quotes > 0 || lines == withheld, "{side:?}");
    }
}

#[test]
fn the_facilitator_has_commentary_times_and_what_disagrees() {
    let synthesis = sample::synthesis();
    let pack = facilitator::pack(&synthesis, &one());
    let text = text(&pack);
    for words in [
        "Comment 1.",
        "Comment 2.",
        "Fictional: made up",
        "The stages take 20 minutes (and 1 stage of which no time is said)",
        "10 are left",
        "H1.gj: ",
        "Against: ",
        "What of the evidence disagrees",
        "Reflection sheet",
        "zzqqxx",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    let against = pack.data["stages"][0]["against"].as_array().unwrap();
    assert!(!against.is_empty() && against.iter().all(|one| one["stance"] == "refutes"));
    let longer = Told { training: Training { minutes: Some(15), ..one().training }, ..one() };
    assert!(self::text(&facilitator::pack(&synthesis, &longer)).contains("5 minutes more than the session may last"));
}

#[test]
fn what_disagrees_may_be_picked_and_is_printed_only_with_consent() {
    let synthesis = sample::synthesis();
    let mut told = one();
    let against = synthesis.evidence.values().find(|link| link.stance == crate::evidence::Stance::Supports).unwrap();
    told.training.stages[0].against = vec![against.id];
    let pack = facilitator::pack(&synthesis, &told);
    assert_eq!(pack.data["stages"][0]["against"][0]["evidence"], synthesis.label(against.id));
    let mut silent = synthesis.clone();
    silent.participants.values_mut().for_each(|person| person.consent.clear());
    let own: BTreeSet<Id> = silent.sources.values().filter(|one| one.kind.is_own_data()).map(|one| one.id).collect();
    let pack = text(&facilitator::pack(&silent, &one()));
    for (id, quotation) in
        silent.quotations.iter().filter(|(_, one)| own.contains(&one.source) && one.participant.is_some())
    {
        assert!(!pack.contains(&quotation.text), "{}", silent.label(*id));
    }
}
