//! Places of words that come from the index against the same texts read.

use super::*;
use crate::act::search;
use crate::index::highlights;
use crate::project::Surroundings;
use crate::text::Span;

/// What the query points at in some units, from their words.
fn read(retrieval: &Retrieval<'_>, query: &Query, units: &[u32]) -> Vec<Stretch> {
    let mut all = Vec::new();
    for unit in units {
        let text = retrieval.texts.text_of(*unit);
        let (document, n) = retrieval.place_of(*unit);
        let (shard, base) = retrieval.shard_of(text).unwrap().unwrap();
        let segments: Vec<Span> = shard.unit(n).unwrap().speech.iter().map(|segment| segment.span).collect();
        all.extend(highlights(query, &shard.text, &segments, document.language).into_iter().map(|span| Stretch {
            text,
            start: ordinal(span.start() - base),
            end: ordinal(span.end() - base),
            coding: UNCODED,
        }));
    }
    all.sort_unstable();
    all
}

#[test]
fn words_of_the_example_stand_where_its_texts_have_them() {
    let home = tempfile::tempdir().unwrap();
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::look(example, Surroundings::within(home.path(), Some("gj"))).unwrap();
    let index = search::index(&project, &|_, _| {}).unwrap();
    let retrieval = Retrieval::new(&project, &index).unwrap();
    let all: Vec<u32> = (0..retrieval.texts.count()).collect();
    let some: Vec<u32> = all.iter().copied().filter(|unit| unit % 3 == 0).collect();
    let mut found = 0;
    for typed in
        ["the", "=I", "\"care partner\"", "w*", "hope~1", "NEAR/4(care the)", "\"a lot of\" OR of", "and NOT the"]
    {
        let query = Query::parse(typed).unwrap();
        for units in [&all, &some] {
            let meant = retrieval.meant(&query, units).unwrap();
            assert_eq!(meant, read(&retrieval, &query, units), "{typed}");
            found += meant.len();
        }
    }
    assert!(found > 1_000, "{found} places");
    let rows = (1..ordinal(retrieval.texts.count() as usize)).filter(|unit| {
        let text = retrieval.texts.text_of(*unit);
        retrieval.shard_of(text).unwrap().is_some_and(|(_, base)| base > 0)
    });
    assert!(rows.count() > 0, "the example holds a table");
}
