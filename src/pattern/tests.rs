//! Patterns on small grounds, and against a plain recount. Compiled for tests only.

use super::*;
use crate::consolidate::Synonyms;
use crate::grouping::Relation;
use crate::hypothesis::PartKind;
use crate::language::Language;
use crate::query::Query;
use proptest::prelude::*;

fn id(number: usize) -> Id {
    Id::new(number as u64 + 1, [0; 10])
}

fn statement(number: usize, [context, mechanism, outcome]: [&str; 3]) -> Hypothesis {
    let mut held: Hypothesis = serde_json::from_value(serde_json::json!({})).unwrap();
    held.id = id(number);
    let kinds = [
        (PartKind::Context, "c1", context),
        (PartKind::Mechanism, "m1", mechanism),
        (PartKind::Outcome, "o1", outcome),
    ];
    for (kind, key, text) in kinds.into_iter().filter(|(.., text)| !text.is_empty()) {
        let mut part: crate::hypothesis::Part =
            serde_json::from_value(serde_json::json!({ "kind": kind, "text": text })).unwrap();
        key.clone_into(&mut part.key);
        held.parts.push(part);
    }
    held
}

fn voice(link: usize, source: usize, against: bool) -> Voice {
    Voice {
        link: id(1000 + link),
        source: id(2000 + source),
        of: Of::Whole,
        against,
        circumstances: against.then_some(Circumstances::Same),
        group: Some(if source.is_multiple_of(2) { "gps" } else { "users" }.to_owned()),
        kind: "interview".to_owned(),
        strand: "interviews".to_owned(),
    }
}

fn ground<'a>(statements: &'a [Hypothesis], voices: &[(usize, usize, bool)]) -> Ground<'a> {
    let mut by: BTreeMap<Id, Vec<Voice>> = BTreeMap::new();
    for (link, (at, source, against)) in voices.iter().enumerate() {
        by.entry(id(*at)).or_default().push(voice(link, *source, *against));
    }
    Ground { statements: statements.iter().collect(), voices: by, rivals: BTreeSet::new() }
}

fn look(ground: &Ground, lists: &Lists, synonyms: &[(&str, &str)], least: usize) -> Vec<Pattern> {
    let synonyms: Synonyms =
        synonyms.iter().map(|(head, other)| ((*head).to_owned(), vec![(*other).to_owned()])).collect();
    let mut found = find(ground, lists, &mut Lexicon::new(Language::ENGLISH, &synonyms));
    found.retain(|one| one.told_by.len() >= least);
    found
}

const FORCE: [&str; 3] = ["past coercion", "felt as the old threat", "they leave the service"];

#[test]
fn what_recurs_over_synonyms_lists_and_accepted_groups_is_one_pattern() {
    let statements = [
        statement(0, FORCE),
        statement(1, ["coercion in the past", "the old menace is felt", "they leave the service"]),
        statement(2, ["detained before", "felt as the old threat", "leaving the service"]),
        statement(3, ["visited by force", "an old fear comes back", "they hide"]),
    ];
    let ground = ground(&statements, &[(0, 0, false), (1, 1, false), (2, 2, false), (3, 3, false), (2, 4, true)]);
    let sizes = |found: Vec<Pattern>| {
        found.into_iter().map(|one| (one.statements.len(), one.told_by.len())).collect::<Vec<_>>()
    };
    assert!(look(&ground, &Lists::default(), &[], 2).is_empty());
    let synonyms = [("threat", "menace")];
    assert_eq!(sizes(look(&ground, &Lists::default(), &synonyms, 2)), [(2, 2)]);
    let named = BTreeMap::from([("Force known".to_owned(), vec!["coercion".to_owned(), "detained".to_owned()])]);
    let lists = Lists { named, accepted: Vec::new() };
    let found = look(&ground, &lists, &synonyms, 2);
    assert_eq!(found[0].context.as_ref().unwrap().name, "Force known");
    assert_eq!((found[0].denied_by.len(), found[0].exceptions.refuting.len()), (1, 1));
    assert_eq!(sizes(found), [(3, 3)]);
    let lists = Lists { accepted: vec![(Relation::Duplicate, vec![id(0), id(3)])], ..lists };
    assert_eq!(sizes(look(&ground, &lists, &synonyms, 2)), [(4, 4)]);
}

#[test]
fn another_outcome_of_the_same_cause_is_an_exception_and_the_contrary_is_said() {
    let statements = [
        statement(0, FORCE),
        statement(1, [FORCE[0], FORCE[1], "they do not leave the service"]),
        statement(2, [FORCE[0], FORCE[1], "they complain"]),
    ];
    let mut ground = ground(&statements, &[(0, 0, false), (0, 1, false)]);
    ground.rivals.insert((id(0), id(7)));
    let found = look(&ground, &Lists::default(), &[], 2);
    assert_eq!(found.len(), 1);
    let exceptions = &found[0].exceptions;
    assert_eq!(
        (exceptions.other_outcome.as_slice(), exceptions.contrary.as_slice()),
        ([id(1), id(2)].as_slice(), [id(1)].as_slice())
    );
    assert_eq!(exceptions.rivals, [id(7)]);
}

#[test]
fn a_share_is_said_of_five_sources_and_not_of_four() {
    let statements = [statement(0, FORCE)];
    let voices: Vec<(usize, usize, bool)> = (0..9).map(|source| (0, source, source == 1)).collect();
    let found = look(&ground(&statements, &voices), &Lists::default(), &[], 2);
    let groups = &found[0].contrasts[0];
    let rows: Vec<_> =
        groups.rows.iter().map(|row| (row.value.as_deref().unwrap(), row.told_by, row.denied_by, row.share)).collect();
    assert_eq!(rows, [("gps", 5, 0, Some(1.0)), ("users", 3, 1, None)]);
}

#[test]
fn every_prompt_is_a_query_that_reads_back() {
    let statements = [statement(0, FORCE)];
    let found = look(&ground(&statements, &[(0, 0, false)]), &Lists::default(), &[("leave", "go away")], 1);
    let prompts = prompts::prompts(&found[0], &["gps".to_owned(), "carers".to_owned()], Language::ENGLISH);
    assert_eq!(prompts.len(), 5);
    for prompt in &prompts {
        assert_eq!(Query::parse(&prompt.query.to_string()).unwrap(), prompt.query, "{}", prompt.query);
    }
    let last = prompts[4].query.to_string();
    assert!(last.contains("group:carers") && !last.contains("gps"), "{last}");
}

#[test]
fn a_source_tells_a_pattern_whole_or_is_counted_apart_with_the_parts_it_speaks_of() {
    let statements = [statement(0, FORCE), statement(1, FORCE)];
    let mut ground = ground(&statements, &[]);
    let on = |statement: usize, source: usize, of: Of| {
        (id(statement), Voice { of, ..voice(100 * statement + source, source, false) })
    };
    let part = |key: &str| Of::Part(key.to_owned());
    let voices = [
        on(0, 0, Of::Whole),
        on(0, 1, part("c1")),
        on(0, 1, part("m1")),
        on(0, 1, part("o1")),
        on(0, 2, part("o1")),
        on(0, 3, part("c1")),
        on(1, 3, part("m1")),
        on(1, 3, part("o1")),
        on(1, 4, part("x9")),
        on(1, 5, Of::Unplaced),
    ];
    for (at, voice) in voices {
        ground.voices.entry(at).or_default().push(voice);
    }
    let found = &look(&ground, &Lists::default(), &[], 0)[0];
    let whole: Vec<Id> = found.told_by.iter().copied().collect();
    assert_eq!(whole, [id(2000), id(2001)], "context of one statement and outcome of another are not one account");
    let parts: Vec<(Id, Vec<&str>)> =
        found.parts_by.iter().map(|(id, slots)| (*id, slots.iter().map(|one| one.word()).collect())).collect();
    let expected = [
        (id(2002), vec!["outcome"]),
        (id(2003), vec!["context", "mechanism", "outcome"]),
        (id(2004), vec!["other"]),
        (id(2005), vec!["other"]),
    ];
    assert_eq!(parts, expected);
    let users = &found.contrasts[0].rows[1];
    assert_eq!((users.value.as_deref(), users.told_by, users.parts_by), (Some("users"), 1, 2));
    assert!(look(&ground, &Lists::default(), &[], 3).is_empty());
}

#[test]
fn no_prompt_leaves_out_a_word_it_asks_for() {
    let statements = [
        statement(0, ["peers differ in illness", "they take a peer for a guide", "the guiding peer is taken up"]),
        statement(1, ["asking is hard", "a duty", "those who do not ask are rung"]),
        statement(2, ["debt", "help", "debts"]),
    ];
    let found = look(&ground(&statements, &[]), &Lists::default(), &[("peer", "care partner")], 0);
    assert_eq!(found.len(), 3);
    let mut stems = crate::index::Stems::new();
    for pattern in &found {
        for prompt in prompts::prompts(pattern, &[], Language::ENGLISH) {
            let Query::And(sides) = &prompt.query else { continue };
            let mut words = |sides: &[Query], out: bool| -> Vec<String> {
                let side = sides.iter().filter(|one| matches!(one, Query::Not(_)) == out).map(ToString::to_string);
                let text = side.collect::<Vec<_>>().join(" ");
                let plain = crate::text::words::words(&text).map(|(_, word)| crate::index::exact(word));
                plain
                    .filter(|word| word != "or" && word != "not")
                    .map(|one| stems.stem(&one, Language::ENGLISH).to_owned())
                    .collect()
            };
            let (asked, left_out) = (words(sides, false), words(sides, true));
            assert!(left_out.iter().all(|one| !asked.contains(one)), "{}", prompt.query);
        }
    }
    let denials = found.iter().flat_map(|one| prompts::prompts(one, &[], Language::ENGLISH));
    let denials: Vec<String> =
        denials.filter(|one| one.looks_for == "the outcome denied").map(|one| one.query.to_string()).collect();
    assert!(denials.iter().all(|one| !one.contains("ask")), "'not ask' is what that outcome says: {denials:?}");
    let german = prompts::prompts(&found[0], &[], "de".parse().unwrap());
    assert!(german.iter().any(|one| one.query.to_string().contains("=nicht")), "denied in the statements' language");
}

proptest! {
    #[test]
    fn counts_are_those_of_a_plain_recount_whatever_the_order(
        words in proptest::collection::vec([0_usize..3, 0_usize..3, 0_usize..3], 1..9),
        voices in proptest::collection::vec((0_usize..9, 0_usize..6, any::<bool>(), 0_usize..5), 0..40),
        least in 0_usize..4,
    ) {
        const OF: [Option<&str>; 5] = [None, Some("c1"), Some("m1"), Some("o1"), Some("a1")];
        const TEXTS: [[&str; 3]; 3] = [["coercion", "", "debt"], ["threat", "hope", "shame"], ["leaving", "staying", "not leaving"]];
        let texts = |[a, b, c]: [usize; 3]| [TEXTS[0][a], TEXTS[1][b], TEXTS[2][c]];
        let statements: Vec<Hypothesis> = words.iter().enumerate().map(|(at, one)| statement(at, texts(*one))).collect();
        let voices: Vec<_> = voices.into_iter().filter(|(at, ..)| *at < statements.len()).collect();
        let mut ground = ground(&statements, &[]);
        for (link, (at, source, against, of)) in voices.iter().enumerate() {
            let of = OF[*of].map_or(Of::Whole, |key| Of::Part(key.to_owned()));
            ground.voices.entry(id(*at)).or_default().push(Voice { of, ..voice(link, *source, *against) });
        }
        let found = look(&ground, &Lists::default(), &[], least);
        let mut plain: BTreeMap<[usize; 3], [BTreeSet<usize>; 2]> = BTreeMap::new();
        for (at, one) in words.iter().enumerate() {
            let [told, denied] = plain.entry(*one).or_default();
            for source in 0..6 {
                let of = |against: bool| -> BTreeSet<Option<&str>> {
                    let own = voices.iter().filter(|one| (one.0, one.1, one.2) == (at, source, against));
                    own.map(|one| OF[one.3]).collect()
                };
                let said = of(false);
                let has_context = !TEXTS[0][one[0]].is_empty();
                let each = |keys: &[&str]| keys.iter().all(|key| said.contains(&Some(*key)));
                if said.contains(&None) || each(&["m1", "o1"]) && (!has_context || each(&["c1"])) {
                    told.insert(source);
                }
                if !of(true).is_empty() {
                    denied.insert(source);
                }
            }
        }
        plain.retain(|_, [told, _]| told.len() >= least);
        let mut expected: Vec<(usize, usize, usize)> = plain
            .iter()
            .map(|(one, [told, denied])| (words.iter().filter(|other| *other == one).count(), told.len(), denied.len()))
            .collect();
        let mut counts: Vec<(usize, usize, usize)> =
            found.iter().map(|one| (one.statements.len(), one.told_by.len(), one.denied_by.len())).collect();
        expected.sort_unstable();
        counts.sort_unstable();
        prop_assert_eq!(counts, expected);
        let mut turned = ground.clone();
        turned.statements.reverse();
        turned.voices.values_mut().for_each(|voices| voices.reverse());
        prop_assert_eq!(found, look(&turned, &Lists::default(), &[], least));
    }
}
