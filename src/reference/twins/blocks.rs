//! Which pairs are worth comparing: those that share an identifier, the beginning or end of a title, the
//! first author and year, or the place in print.

use super::Features;
use std::collections::{BTreeMap, BTreeSet};

/// A key that more references share than this says nothing of any two of them ("Editorial").
const LARGEST: usize = 80;
/// Letters of a title that make a key.
const LETTERS: usize = 24;

/// Pairs (smaller place first), in order.
pub fn pairs(features: &[Features]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in features.iter().enumerate() {
        for key in keys(one) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let shared = blocks.values().filter(|block| (2..=LARGEST).contains(&block.len()));
    shared
        .flat_map(|block| {
            let later = move |at: usize| block[at + 1..].iter().map(move |other| (block[at], *other));
            (0..block.len()).flat_map(later)
        })
        .collect()
}

fn keys(one: &Features) -> Vec<String> {
    let mut keys = Vec::new();
    keys.extend(one.doi.as_ref().map(|doi| format!("doi {doi}")));
    keys.extend(one.pmid.as_ref().map(|pmid| format!("pmid {pmid}")));
    let letters: Vec<char> = one.title.chars().filter(|letter| *letter != ' ').collect();
    if letters.len() >= 8 {
        keys.push(format!("begins {}", letters.iter().take(LETTERS).collect::<String>()));
        keys.push(format!("ends {}", letters.iter().rev().take(LETTERS).collect::<String>()));
    }
    let year = one.year.unwrap_or_default();
    if let Some(family) = &one.family {
        keys.push(format!("by {family} {year}"));
        let longest = one.title.split(' ').max_by_key(|word| word.chars().count()).unwrap_or_default();
        keys.push(format!("by {family} {longest}"));
    }
    if let (Some(volume), Some(page)) = (&one.volume, &one.page) {
        keys.push(format!("at {volume} {page} {year}"));
    }
    keys
}
