//! Which statements a passage may belong to: those that share most of its rarer words. A suggestion
//! to look at, never a link.

use crate::text::words;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a text, folded and cut to six letters, so that `continuity` meets `continue`. Words of
/// three letters and fewer say nothing of what a text is about.
fn gist(text: &str) -> BTreeSet<String> {
    words::words(text)
        .map(|(_, word)| words::fold(word))
        .filter(|word| word.chars().count() > 3)
        .map(|word| word.chars().take(6).collect())
        .collect()
}

/// The places in `statements` of the nearest, nearest first: at most `most`. Each shared word counts
/// by how few statements hold it, and a statement must share two.
pub fn nearest(passage: &str, statements: &[String], most: usize) -> Vec<usize> {
    let passage = gist(passage);
    let gists: Vec<BTreeSet<String>> = statements.iter().map(|one| gist(one)).collect();
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for word in gists.iter().flatten() {
        *holders.entry(word).or_default() += 1;
    }
    let rarity = |word: &str| (1.0 + statements.len() as f64 / holders.get(word).copied().unwrap_or(1) as f64).ln();
    let mut near: Vec<(f64, usize)> = gists
        .iter()
        .enumerate()
        .filter_map(|(at, gist)| {
            let shared: Vec<&String> = gist.intersection(&passage).collect();
            let weight: f64 = shared.iter().map(|word| rarity(word)).sum();
            (shared.len() >= 2).then(|| (weight / (gist.len() as f64).sqrt(), at))
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().take(most).map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarer_shared_words_come_first() {
        let statements = [
            "If people are seen as people, people stay",
            "If the worker keeps contact through crises, then trust continues",
            "If workers share premises with the practice, then people are seen sooner",
        ]
        .map(str::to_owned);
        let passage = "She kept in contact, even in the crisis, and the trust was continuous for people who were seen";
        assert_eq!(nearest(passage, &statements, 5), [1, 0, 2]);
        assert_eq!(nearest(passage, &statements, 1), [1]);
        assert_eq!(nearest("Bread and butter", &statements, 5), [] as [usize; 0]);
    }
}
