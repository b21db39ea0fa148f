//! The index as a whole, against naive scans of the same units.

use super::*;
use crate::diagnostic::Result;
use crate::document::{Header, Role, Segment as Speech, Speaker, Unit, UnitKind, Voice};
use crate::query::{Extent, Facts, Field, Query, Value, unknown};
use crate::text::{Span, words};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Documents by key: each a list of shards, each a text whose lines are units.
type Corpus = BTreeMap<Key, Vec<String>>;

fn id(name: &str) -> Id {
    Id::derived([name.as_bytes()])
}

fn key(name: &str, version: &str, shards: usize) -> Key {
    Key { document: id(name), version: version.to_owned(), shards, language: Language::ENGLISH }
}

fn corpus(texts: &[&str]) -> Corpus {
    texts.iter().enumerate().map(|(at, text)| (key(&format!("D{at}"), "v1", 1), vec![(*text).to_owned()])).collect()
}

/// One unit a line; `label: ` in front is the speaker and no speech; ` // ` divides segments.
fn units(text: &str, first: usize) -> Vec<Unit> {
    let mut at = 0;
    let mut units = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let mut start = at + body.find(": ").map_or(0, |label| label + 2);
        let mut speech = Vec::new();
        for part in text[start..at + body.len()].split(" // ") {
            speech.extend(Span::new(start, start + part.len()).map(|span| Speech { span, voice: None }));
            start += part.len() + 4;
        }
        let speaker = body.find(": ").map(|_| usize::from(body.as_bytes()[0] == b'B'));
        let n = first + units.len();
        if let Some(span) = Span::new(at, at + body.len()) {
            let kind = UnitKind::Turn;
            units.push(Unit { n, kind, span, speech, speaker, study: None, voice: None, time: None, page: None });
        }
        at += line.len();
    }
    units
}

fn header() -> Header {
    Header {
        format: 1,
        units: 0,
        turns: 0,
        words: 0,
        voice: Voice::Unknown,
        speakers: Vec::new(),
        studies: Vec::new(),
        particulars: BTreeMap::new(),
    }
}

fn shard(corpus: &Corpus, key: &Key, shard: usize) -> (Header, String, Vec<Unit>) {
    let first = 1 + corpus[key][..shard].iter().map(|text| units(text, 1).len()).sum::<usize>();
    let text = corpus[key][shard].clone();
    let units = units(&text, first);
    (Header { speakers: vec![speaker("A", &key.version), speaker("B", &key.version)], ..header() }, text, units)
}

fn speaker(name: &str, version: &str) -> Speaker {
    Speaker { label: format!("{name} of {version}"), role: Role::Unknown }
}

fn update(folder: &Path, corpus: &Corpus) -> Result<Index> {
    let wanted: Vec<Key> = corpus.keys().cloned().collect();
    Index::update(folder, &wanted, &mut |key, at| Ok(Some(shard(corpus, key, at))), &|_, _| {})
}

/// What the tests' project knows: `speaker:A|B`, `document:D0`, `code:some` (units 1 to 2 everywhere).
struct Known<'c>(&'c Corpus);

impl Facts for Known<'_> {
    fn extent(&self, field: Field, value: &Value) -> Result<Extent> {
        let mut extent = Extent::default();
        let documents = || self.0.keys().map(|key| key.document);
        match (field, value.to_string().as_str()) {
            (Field::Speaker, "A") => extent.speakers = documents().map(|document| (document, 0)).collect(),
            (Field::Speaker, "B") => extent.speakers = documents().map(|document| (document, 1)).collect(),
            (Field::Document, name) => extent.documents = BTreeSet::from([id(name)]),
            (Field::Source, _) => extent.without_study = documents().collect(),
            (Field::Code, "some") => extent.units = documents().map(|document| (document, vec![1..=2])).collect(),
            (_, value) => return Err(unknown(field, value, ["some", "A", "B"])),
        }
        Ok(extent)
    }

    /// `coder:` with anything else: unit 2 everywhere.
    fn coded(&self, query: &Query) -> Result<Extent> {
        assert!(query.is_of_codings());
        let units = self.0.keys().map(|key| (key.document, vec![2..=2])).collect();
        Ok(Extent { units, ..Extent::default() })
    }
}

/// The folded words of each unit's speech, segments joined in order.
fn scanned(corpus: &Corpus) -> Vec<(Id, usize, Vec<String>)> {
    let mut found = Vec::new();
    for (key, shards) in corpus {
        for at in 0..shards.len() {
            let (_, text, units) = shard(corpus, key, at);
            for unit in units {
                let parts: Vec<&str> = unit.speech.iter().filter_map(|part| part.span.of(&text)).collect();
                let joined = parts.join("\n");
                found.push((key.document, unit.n, words::words(&joined).map(|(_, word)| words::fold(word)).collect()));
            }
        }
    }
    found.sort();
    found
}

fn hits(index: &Index, corpus: &Corpus, query: &Query, order: Order) -> Vec<(Id, usize)> {
    let hits = index.search(query, &Known(corpus), order, usize::MAX).unwrap();
    assert_eq!(hits.total, hits.hits.len());
    hits.hits.iter().map(|hit| (hit.document, hit.n)).collect()
}

fn naive(corpus: &Corpus, holds: impl Fn(&[String]) -> bool) -> Vec<(Id, usize)> {
    scanned(corpus).into_iter().filter(|(.., words)| holds(words)).map(|(document, n, _)| (document, n)).collect()
}

const TALK: &[&str] = &[
    "A: I trusted my care partner.\nB: Care is a partner of trust, of course.\nA: Well // don\u{2019}t care",
    "A: Trusting takes time\nThe care // partner rang; the care partner rang again\nrecovery, recoverie, discovery",
    "nothing here",
];

fn found(query: &str) -> Vec<(usize, usize)> {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    let mut found: Vec<(usize, usize)> = hits(&index, &corpus, &Query::parse(query).unwrap(), Order::Document)
        .into_iter()
        .map(|(document, n)| ((0..3).find(|at| id(&format!("D{at}")) == document).unwrap(), n))
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn every_kind_of_query_finds_what_it_says() {
    for (query, expected) in [
        ("trust", vec![(0, 1), (0, 2), (1, 1)]),
        ("=TRUST", vec![(0, 2)]),
        ("\"care partner\"", vec![(0, 1), (1, 2)]),
        ("\"partner care\"~2", vec![(0, 1), (0, 2), (1, 2)]),
        ("\"partner care\"~1", vec![(0, 1), (1, 2)]),
        ("NEAR/1(trust care)", vec![(0, 1)]),
        ("NEAR/1(=trust care)", vec![]),
        ("don't", vec![(0, 3)]),
        ("=don't", vec![]),
        ("=don\u{2019}t", vec![(0, 3)]),
        ("recover*", vec![(1, 3)]),
        ("recovrey~1", vec![(1, 3)]),
        ("a* -trust", vec![(1, 2)]),
        ("care NOT partner", vec![(0, 3)]),
        ("=time OR =course", vec![(0, 2), (1, 1)]),
        ("speaker:B", vec![(0, 2)]),
        ("care speaker:A", vec![(0, 1), (0, 3)]),
        ("code:some trust", vec![(0, 1), (0, 2), (1, 1)]),
        ("document:D2", vec![(2, 1)]),
        ("source:x -document:D0", vec![(1, 1), (1, 2), (1, 3), (2, 1)]),
        ("* NOT (document:D0 OR document:D1)", vec![(2, 1)]),
        ("-care -trust", vec![(1, 3), (2, 1)]),
        ("zebra", vec![]),
        ("A", vec![(0, 2)]),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
}

#[test]
fn an_unknown_value_says_what_may_have_been_meant() {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    let query = Query::parse("trust code:som").unwrap();
    let fault = index.search(&query, &Known(&corpus), Order::Ranked, 10).unwrap_err();
    assert_eq!((fault.0.code, fault.0.hints[0].as_str()), ("unknown-value", "did you mean code:\"some\"?"));
}

#[test]
fn the_limit_keeps_the_best_and_counts_them_all() {
    let corpus = corpus(&["trust\ntrust trust\nno\ntrust me", "trust"]);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    let query = Query::parse("=trust").unwrap();
    let all = index.search(&query, &Known(&corpus), Order::Ranked, usize::MAX).unwrap();
    assert!(all.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    for limit in 0..6 {
        let some = index.search(&query, &Known(&corpus), Order::Ranked, limit).unwrap();
        assert_eq!((some.total, some.hits.as_slice()), (4, &all.hits[..limit.min(4)]));
    }
}

/// BM25 by hand: 3 units, 2 hold the word, mean length 2; the unit `a a` has length 2.
#[test]
fn scores_are_bm25() {
    let corpus = corpus(&["a a\na b c\nd"]);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    let hits = index.search(&Query::parse("=a").unwrap(), &Known(&corpus), Order::Ranked, 1).unwrap();
    let expected = (1.0_f64 + 1.5 / 2.5).ln() * 2.2 * 2.0 / (2.0 + 1.2);
    assert!((hits.hits[0].score - expected).abs() < 0.5e-4);
}

#[test]
fn a_very_long_word_is_found() {
    let long = "x".repeat(70_000);
    let corpus = corpus(&[&format!("a {long} b"), &format!("a {long}y b")]);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    let query = Query::parse(&format!("\"a {long} b\"")).unwrap();
    assert_eq!(hits(&index, &corpus, &query, Order::Ranked), [(id("D0"), 1)]);
    assert_eq!(hits(&index, &corpus, &Query::parse("\"a b\"").unwrap(), Order::Ranked), []);
}

#[test]
fn shards_of_a_document_belong_together() {
    let corpus = Corpus::from([(key("T", "v1", 2), vec!["one\ntwo".to_owned(), "three\ntwo".to_owned()])]);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    assert_eq!(hits(&index, &corpus, &Query::parse("=two").unwrap(), Order::Ranked), [(id("T"), 2), (id("T"), 4)]);
    assert_eq!(hits(&index, &corpus, &Query::parse("document:T").unwrap(), Order::Document).len(), 4);
}

#[test]
fn who_speaks_is_known_of_the_texts_there_are() {
    let mut corpus =
        Corpus::from([(key("A", "v1", 1), vec!["one".to_owned()]), (key("B", "v1", 1), vec!["two".to_owned()])]);
    let folder = tempfile::tempdir().unwrap();
    update(folder.path(), &corpus).unwrap();
    corpus.remove(&key("A", "v1", 1));
    corpus.insert(key("B", "v2", 1), corpus[&key("B", "v1", 1)].clone());
    corpus.remove(&key("B", "v1", 1));
    corpus.insert(key("C", "v1", 1), vec!["three".to_owned()]);
    update(folder.path(), &corpus).unwrap();
    let Opened::Ready(index) = Index::open(folder.path()) else { panic!() };
    let speakers = index.speakers().unwrap();
    let labels = |version: &str| vec![speaker("A", version), speaker("B", version)];
    assert_eq!(speakers, BTreeMap::from([(id("B"), labels("v2")), (id("C"), labels("v1"))]));
}

#[test]
fn each_document_is_stemmed_by_the_rules_of_its_language() {
    let french = |name: &str| Key { language: "fr".parse().unwrap(), ..key(name, "v1", 1) };
    let texts = [(key("D0", "v1", 1), "nous parlaient de parler\nl'hospital"), (french("D1"), "parlaient\nl'hospital")];
    let mut corpus: Corpus = texts.map(|(key, text)| (key, vec![text.to_owned()])).into();
    let folder = tempfile::tempdir().unwrap();
    let found = |index: &Index, corpus: &Corpus, query: &str| {
        let hits = hits(index, corpus, &Query::parse(query).unwrap(), Order::Document);
        let name = |document| ["D0", "D1"].into_iter().find(|name| id(name) == document).unwrap();
        let mut named: Vec<(&str, usize)> = hits.into_iter().map(|(document, n)| (name(document), n)).collect();
        named.sort_unstable();
        named
    };
    let index = update(folder.path(), &corpus).unwrap();
    assert_eq!(found(&index, &corpus, "parlait"), [("D1", 1)]);
    assert_eq!(found(&index, &corpus, "hospital"), [("D1", 2)]);
    assert_eq!(found(&index, &corpus, "\"l'hospital\""), [("D0", 2), ("D1", 2)]);
    assert_eq!(found(&index, &corpus, "parler document:D0"), [("D0", 1)]);
    assert_eq!(found(&index, &corpus, "NEAR/2(parlait parler)"), []);

    // Another language is another reading of the same text, and of no other.
    let text = corpus.remove(&key("D0", "v1", 1)).unwrap();
    corpus.insert(french("D0"), text);
    let mut read = Vec::new();
    let mut load = |key: &Key, at: usize| {
        read.push(key.document);
        Ok(Some(shard(&corpus, key, at)))
    };
    let index = Index::update(folder.path(), &wanted(&corpus), &mut load, &|_, _| {}).unwrap();
    assert_eq!(read, [id("D0")]);
    assert!(index.is_current(&wanted(&corpus)));
    assert_eq!(found(&index, &corpus, "parlait"), [("D0", 1), ("D1", 1)]);
    assert_eq!(found(&index, &corpus, "NEAR/2(parlait parler)"), [("D0", 1)]);
}

fn wanted(corpus: &Corpus) -> Vec<Key> {
    corpus.keys().cloned().collect()
}

#[test]
fn only_what_is_new_is_read() {
    let mut corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Index::open(folder.path()), Opened::Absent));
    update(folder.path(), &corpus).unwrap();
    corpus.insert(key("N", "v1", 1), vec!["new trust".to_owned()]);
    let mut read = Vec::new();
    let mut load = |key: &Key, at: usize| {
        read.push(key.document);
        Ok(Some(shard(&corpus, key, at)))
    };
    let index = Index::update(folder.path(), &wanted(&corpus), &mut load, &|_, _| {}).unwrap();
    assert_eq!(read, [id("N")]);
    assert!(index.is_current(&wanted(&corpus)));
    let Opened::Ready(index) = Index::open(folder.path()) else { panic!() };
    assert!(index.is_current(&wanted(&corpus)));
    assert!(!index.is_current(&wanted(&corpus)[1..]));
    let unread = Index::update(folder.path(), &wanted(&corpus), &mut |_, _| panic!("nothing is new"), &|_, _| {});
    assert!(unread.is_ok());
}

#[test]
fn a_text_that_is_not_there_is_asked_for_again() {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    let gone = id("D1");
    let mut load = |key: &Key, at: usize| Ok((key.document != gone).then(|| shard(&corpus, key, at)));
    let index = Index::update(folder.path(), &wanted(&corpus), &mut load, &|_, _| {}).unwrap();
    assert!(!index.is_current(&wanted(&corpus)));
    assert_eq!(index.units(), 4);
    assert_eq!(update(folder.path(), &corpus).unwrap().units(), 7);
}

#[test]
fn a_fault_of_the_reader_comes_through() {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    let mut load = |_: &Key, _: usize| Err(crate::diagnostic::fault("gone", "gone"));
    let fault = Index::update(folder.path(), &wanted(&corpus), &mut load, &|_, _| {}).err().unwrap();
    assert_eq!(fault.0.code, "gone");
    assert!(update(folder.path(), &corpus).unwrap().is_current(&wanted(&corpus)));
}

#[test]
fn updates_at_once_wait_for_each_other() {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(update(folder.path(), &corpus).unwrap().is_current(&wanted(&corpus))));
        }
    });
}

/// Every answer the tests look at, with scores.
fn answers(index: &Index, corpus: &Corpus) -> Vec<Hits> {
    [
        "trust",
        "care OR partner OR trust OR rang OR time",
        "\"care partner\"",
        "t*",
        "recovery~2",
        "NEAR/3(care trust) OR a",
    ]
    .iter()
    .map(|query| index.search(&Query::parse(query).unwrap(), &Known(corpus), Order::Ranked, usize::MAX).unwrap())
    .collect()
}

#[test]
fn any_damage_is_noticed_and_cured() {
    let mut corpus = corpus(TALK);
    let spoil: [fn(&Path); 4] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::File::options().write(true).open(path).unwrap().set_len(0).unwrap(),
        |path| {
            let length = fs::metadata(path).unwrap().len();
            fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
        },
        |path| {
            let mut bytes = fs::read(path).unwrap();
            let middle = bytes.len() / 2;
            bytes.iter_mut().skip(middle).take(1).for_each(|byte| *byte ^= 0x10);
            rewrite(path, &bytes);
        },
    ];
    let folder = tempfile::tempdir().unwrap();
    update(folder.path(), &corpus).unwrap();
    corpus.remove(&key("D2", "v1", 1)); // so that there is a file of deletions
    let expected = answers(&update(folder.path(), &corpus).unwrap(), &corpus);
    let count = files_in(folder.path()).len();
    assert!(count >= 8);
    for at in 0..count {
        for spoil in spoil {
            let files = files_in(folder.path());
            if let Some(path) = files.get(at) {
                spoil(path);
            }
            let index = match Index::open(folder.path()) {
                Opened::Ready(index) => index,
                Opened::Absent | Opened::Unfit(_) => update(folder.path(), &corpus).unwrap(),
            };
            assert!(index.is_current(&wanted(&corpus)));
            assert_eq!(answers(&index, &corpus), expected);
            assert_eq!(answers(&update(folder.path(), &corpus).unwrap(), &corpus), expected);
        }
    }
}

/// Bits that turn without leaving a trace in size or time are noticed; where they are not looked for, an
/// answer or a fault, never a panic.
#[test]
fn silent_damage_is_a_fault_at_worst() {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    update(folder.path(), &corpus).unwrap();
    let mut turns = 0..;
    for path in files_in(&folder.path().join("g1")) {
        let (whole, time) = (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
        for at in (0..whole.len()).step_by(1 + whole.len() / 12) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (turns.next().unwrap_or(0) % 8);
            fs::remove_file(&path).unwrap();
            rewrite(&path, &bytes);
            fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
            let is_noticed = matches!(Index::open(folder.path()), Opened::Unfit(_))
                && matches!(Index::examine(folder.path()), Soundness::Unfit(_));
            // What tantivy keeps for its own housekeeping answers no question.
            assert!(is_noticed || path.file_name().unwrap().to_str().unwrap().starts_with('.'), "{}", path.display());
            // A large one is believed by size and time.
            if let Opened::Ready(index) = Index::open_with(folder.path(), manifest::Trust::Times) {
                for query in ["care OR trust", "\"care partner\"", "c* -trust", "recovery~2", "speaker:A"] {
                    let query = Query::parse(query).unwrap();
                    if let Err(fault) = index.search(&query, &Known(&corpus), Order::Ranked, 10) {
                        assert_eq!(fault.0.code, "index-damaged");
                    }
                }
            }
        }
        fs::remove_file(&path).unwrap();
        rewrite(&path, &whole);
    }
}

#[test]
fn an_empty_project_has_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &Corpus::new()).unwrap();
    assert_eq!(hits(&index, &Corpus::new(), &Query::All, Order::Ranked), []);
    assert!(matches!(Index::open(folder.path()), Opened::Ready(index) if index.is_current(&[])));
}

#[allow(clippy::disallowed_methods)] // spoils a file on purpose
fn rewrite(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

fn files_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for found in fs::read_dir(folder).unwrap().flatten() {
        if found.path().is_dir() {
            files.extend(files_in(&found.path()));
        } else {
            files.push(found.path());
        }
    }
    files.sort();
    files
}

#[test]
fn an_update_cut_short_is_begun_again() {
    let corpus = corpus(TALK);
    let folder = tempfile::tempdir().unwrap();
    let expected = answers(&update(folder.path(), &corpus).unwrap(), &corpus);
    manifest::begin(folder.path()).unwrap();
    assert!(matches!(Index::open(folder.path()), Opened::Unfit(_)));
    assert_eq!(answers(&update(folder.path(), &corpus).unwrap(), &corpus), expected);
    assert!(matches!(Index::open(folder.path()), Opened::Ready(_)));
    Index::discard(folder.path()).unwrap();
    assert!(matches!(Index::open(folder.path()), Opened::Absent));
}

fn text() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(vec![
        "a",
        "b",
        "A",
        "trust",
        "Trusted",
        "care",
        "Care",
        "don't",
        "don\u{2019}t",
        "\u{e9}t\u{e9}",
        "co-op",
        ".",
        " //",
        "\n",
        "\n",
    ]);
    proptest::collection::vec(word, 0..30).prop_map(|words| words.join(" ").replace(" \n ", "\n"))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn exact_words_phrases_and_proximity_equal_a_naive_scan(texts in texts(), gap in 0usize..4) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let corpus = corpus(&texts);
        let folder = tempfile::tempdir().unwrap();
        let index = update(folder.path(), &corpus).unwrap();
        let lists: &[&[&str]] = &[&["a"], &["trust"], &["\u{c9}T\u{c9}"], &["don't"], &["a", "b"], &["care", "a"], &["a", "a"], &["co", "op", "a"]];
        for list in lists {
            let folded: Vec<String> = list.iter().map(|word| words::fold(word)).collect();
            let in_sequence = |unit: &[String]| unit.windows(folded.len()).any(|run| run == folded);
            let near = |unit: &[String]| {
                // A stretch is wide enough when it holds each word as often as the query does.
                let width = (folded.len() + gap).min(unit.len());
                let count = |words: &[String], word: &String| words.iter().filter(|other| *other == word).count();
                width > 0 && unit.windows(width).any(|run| folded.iter().all(|word| count(run, word) >= count(&folded, word)))
            };
            let phrase = Query::phrase(&list.join(" ")).unwrap();
            prop_assert_eq!(hits(&index, &corpus, &phrase, Order::Document), naive(&corpus, in_sequence));
            let close = Query::parse(&format!("{phrase}~{gap}")).unwrap();
            prop_assert_eq!(hits(&index, &corpus, &close, Order::Document), naive(&corpus, near));
            let word = Query::parse(&format!("={}", list[0])).unwrap();
            prop_assert_eq!(hits(&index, &corpus, &word, Order::Document), naive(&corpus, |unit| unit.contains(&folded[0])));
        }
    }

    /// A word is found in all the forms that the language of each document gives it, and in no other.
    #[test]
    fn stems_equal_a_naive_scan_by_language(texts in texts(), tongues in proptest::collection::vec(0usize..3, 5)) {
        let tongue = |at: usize| ["en", "fr", "pl"][tongues[at]].parse().unwrap();
        let corpus: Corpus = texts
            .iter()
            .enumerate()
            .map(|(at, text)| (Key { language: tongue(at), ..key(&format!("D{at}"), "v1", 1) }, vec![text.clone()]))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let index = update(folder.path(), &corpus).unwrap();
        let languages: BTreeMap<Id, Language> = corpus.keys().map(|key| (key.document, key.language)).collect();
        let mut stems = terms::Stems::new();
        for word in ["trust", "trusted", "caring", "don't", "\u{e9}t\u{e9}s"] {
            let mut holds = |document: &Id, unit: &[String]| {
                let language = languages[document];
                let stem = stems.stem(&terms::exact(word), language).to_owned();
                unit.iter().any(|other| stems.stem(&terms::exact(other), language) == stem)
            };
            let expected: Vec<(Id, usize)> = scanned(&corpus)
                .into_iter()
                .filter(|(document, _, unit)| holds(document, unit))
                .map(|(document, n, _)| (document, n))
                .collect();
            prop_assert_eq!(hits(&index, &corpus, &Query::parse(word).unwrap(), Order::Document), expected.clone());
            let narrowed = Query::parse(&format!("{word} document:D0")).unwrap();
            let there: Vec<(Id, usize)> = expected.into_iter().filter(|(document, _)| *document == id("D0")).collect();
            prop_assert_eq!(hits(&index, &corpus, &narrowed, Order::Document), there);
        }
    }

    /// The postings point at the very words that reading the text points at, whatever the language and wherever
    /// speech is interrupted.
    #[test]
    fn places_of_words_equal_those_read_from_the_text(texts in texts(), tongues in proptest::collection::vec(0usize..3, 5)) {
        let tongue = |at: usize| ["en", "fr", "pl"][tongues[at]].parse().unwrap();
        let corpus: Corpus = texts
            .iter()
            .enumerate()
            .map(|(at, text)| (Key { language: tongue(at), ..key(&format!("D{at}"), "v1", 1) }, vec![text.clone()]))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let index = update(folder.path(), &corpus).unwrap();
        let all: Vec<(&Key, String, Unit)> = corpus
            .keys()
            .flat_map(|key| {
                let (_, text, units) = shard(&corpus, key, 0);
                units.into_iter().map(move |unit| (key, text.clone(), unit))
            })
            .collect();
        for typed in [
            "trust", "=Trusted", "care OR a", "t*", "car~", "\"a b\"", "\"a a\"", "\"a b\" OR b", "\"care a\"~2", "NEAR/1(trust care)",
            "a AND NOT b", "NOT a", "\"co-op a\"", "don't*", "(a b) OVERLAPS care", "kind:x", "ONLY trust",
        ] {
            let query = Query::parse(typed).unwrap();
            // Every third unit is not asked for.
            let number = |document, n| {
                let at = all.iter().position(|(key, _, unit)| key.document == document && unit.n == n)?;
                Some(u32::try_from(at).unwrap()).filter(|at| at % 3 < 2)
            };
            let places = index.places(&query, &number).unwrap();
            for (at, (key, text, unit)) in all.iter().enumerate().filter(|(at, _)| at % 3 < 2) {
                let segments: Vec<Span> = unit.speech.iter().map(|part| part.span).collect();
                let words: Vec<(usize, Span)> = segments.iter().enumerate().flat_map(|(part, segment)| {
                    let words = words::words(segment.of(text).unwrap()).map(|(word, _)| word).collect::<Vec<_>>();
                    let here = move |word: Span| Span::new(segment.start() + word.start(), segment.start() + word.end());
                    words.into_iter().filter_map(here).map(move |word| (part, word))
                }).collect();
                let runs: Vec<Run> = places.iter().filter(|place| place.unit as usize == at).map(|place| place.run).collect();
                let found = spans(
                    &runs,
                    |word| words.get(word as usize).map(|(_, span)| *span),
                    |word| words[word as usize].0 != words[word as usize - 1].0,
                );
                prop_assert_eq!(found, Some(highlights(&query, text, &segments, key.language)), "{} in {:?}", typed, text);
            }
            let outside = places.iter().filter(|place| place.unit % 3 == 2).count();
            prop_assert_eq!(outside, 0);
        }
    }

    /// However it came to be, the same texts give the same hits, scores and order.
    #[test]
    fn history_leaves_no_trace(texts in texts(), extra in texts(), cut in 0usize..5) {
        let names = |texts: &[String], prefix: &str| -> Corpus {
            texts.iter().enumerate().map(|(at, text)| (key(&format!("{prefix}{at}"), "v1", 1), vec![text.clone()])).collect()
        };
        let (kept, gone) = (names(&texts, "D"), names(&extra, "X"));
        let early: Corpus = kept.clone().into_iter().take(cut).chain(gone).collect();
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        update(one.path(), &early).unwrap();
        let grown = update(one.path(), &kept).unwrap();
        let fresh = update(other.path(), &kept).unwrap();
        prop_assert_eq!(answers(&grown, &kept), answers(&fresh, &kept));
    }
}

/// Real interviews, where the test data is there: each line is a unit, what is before the first
/// `: ` its label.
#[test]
fn real_interviews_equal_a_naive_scan() {
    let Some(folder) = crate::testdata::real("transcripts/interviews-sheffield-docx-txt") else { return };
    let found = fs::read_dir(folder).unwrap();
    let corpus: Corpus = found
        .flatten()
        .filter(|found| found.path().extension().is_some_and(|ext| ext == "txt"))
        .map(|found| {
            let text = fs::read_to_string(found.path()).unwrap().replace("\r\n", "\n").replace('\u{feff}', "");
            (key(&found.path().display().to_string(), "v1", 1), vec![text])
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    for phrase in
        ["the", "data", "open", "qualitative data", "a lot of", "I don't", "don\u{2019}t", "research culture", "zebra"]
    {
        let query = Query::phrase(phrase).unwrap();
        let folded: Vec<String> = words::words(phrase).map(|(_, word)| words::fold(word)).collect();
        let expected = naive(&corpus, |unit| unit.windows(folded.len()).any(|run| run == folded));
        assert_eq!(hits(&index, &corpus, &query, Order::Document), expected, "{phrase}");
    }
}

/// The automaton behind `~` against the definition, on every word of up to four of three letters.
#[test]
fn fuzzy_words_are_those_the_definition_takes() {
    let mut every = vec![String::new()];
    for start in 0.. {
        if every[start].chars().count() == 4 {
            break;
        }
        for letter in ['a', 'b', '\u{e9}'] {
            every.push(format!("{}{letter}", every[start]));
        }
    }
    every.remove(0);
    let corpus = corpus(&[&every.join("\n")]);
    let folder = tempfile::tempdir().unwrap();
    let index = update(folder.path(), &corpus).unwrap();
    for word in every.iter().map(String::as_str).chain(["ab\u{e9}ab", "zzz"]) {
        for distance in [1, 2] {
            let query = Query::Fuzzy { word: word.to_owned(), distance };
            let close = every.iter().filter(|term| strsim::osa_distance(word, term) <= distance).count();
            let found = index.search(&query, &Known(&corpus), Order::Document, usize::MAX).unwrap();
            assert_eq!(found.total, close, "{query}");
        }
    }
}
