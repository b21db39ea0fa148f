//! A search for tests.

use crate::id::Kind;
use crate::origin::Way;
use crate::report::sample::id;
use crate::searching::Search;
use std::collections::BTreeSet;

pub fn search(number: u32, place: &str, way: Way) -> Search {
    Search {
        id: id(Kind::Search, number),
        place: place.to_owned(),
        stream: way.into(),
        platform: None,
        date: Some(format!("2011-0{number}")),
        strategy: None,
        limits: None,
        searcher: None,
        purpose: None,
        found: None,
        scoping: false,
        records: Some(12),
        serves: BTreeSet::new(),
        against: BTreeSet::new(),
        retired: false,
        author: None,
    }
}
