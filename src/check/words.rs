//! **words**: researchers' own sentences do not carry participants' words off.
//!
//! The journal is kept and shared for ever, and a purge cannot reach into it. Where eight or more
//! words in a row of a transcript stand in a memo, reason, statement or definition, that is named:
//! by label and field, never by the words. Say it in your own words, or link the passage as evidence.
//! Published texts are left out of the comparison: their words are nobody's secret.

use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::id::Id;
use crate::project::{Project, Shard};
use crate::synthesis::Synthesis;
use crate::text::words;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in a row that are no coincidence.
const RUN: usize = 8;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A researcher's sentence that repeats words of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// Of what the sentence belongs to.
    pub id: Id,
    pub field: &'static str,
    pub document: Id,
    /// Number of the unit, and how many words in a row.
    pub turn: usize,
    pub run: usize,
}

/// Which sentences repeat eight or more words in a row of what is given: document, number of the unit,
/// speech.
pub fn repeated(synthesis: &Synthesis, speech: impl IntoIterator<Item = (Id, usize, String)>) -> Vec<Repeated> {
    let mut comparison = Comparison::new(sentences(synthesis));
    for (document, turn, words) in speech {
        comparison.read_words(document, turn, &words);
    }
    let found = comparison.found.iter().map(|((sentence, document), (turn, run))| {
        let (id, field, _) = &comparison.sentences[*sentence];
        Repeated { id: *id, field, document: *document, turn: *turn, run: *run }
    });
    found.collect()
}

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut comparison = Comparison::new(sentences(synthesis));
    if !comparison.shingles.is_empty() {
        for document in synthesis.documents.values().filter(|one| one.kind.is_own_data() && !one.purged) {
            let shards = document.versions.get(&document.version).map_or(0, |version| version.shards);
            for shard in 0..shards {
                if let Some(shard) = project.read_shard(document, &document.version, shard)? {
                    comparison.read(document.id, &shard);
                }
            }
        }
    }
    let severity = if synthesis.settings.synthetic { Severity::Note } else { Severity::Warning };
    Ok(comparison
        .found
        .iter()
        .map(|((sentence, document), (turn, run))| {
            let (id, field, _) = &comparison.sentences[*sentence];
            let message = format!(
                "{}: {field} repeats {run} words in a row of {}, turn {turn}",
                synthesis.label(*id),
                synthesis.label(*document)
            );
            Diagnostic::new(severity, "words-carried-off", message)
                .hint("the journal outlives a purge: say it in your own words and link the passage as evidence")
        })
        .collect())
}

/// A researcher's sentence: whose, which field, the words.
type Sentence = (Id, &'static str, String);

fn sentences(synthesis: &Synthesis) -> Vec<Sentence> {
    let mut all: Vec<Sentence> = Vec::new();
    let mut add = |id: Id, field: &'static str, text: &Option<String>| {
        all.extend(text.as_ref().map(|text| (id, field, text.clone())));
    };
    for one in synthesis.codes.values() {
        add(one.id, "definition", &one.definition);
        add(one.id, "include", &one.include);
        add(one.id, "exclude", &one.exclude);
    }
    for one in synthesis.codings.values() {
        add(one.id, "memo", &one.memo);
        add(one.id, "reason", &one.reason);
    }
    for one in synthesis.hypotheses.values() {
        add(one.id, "statement", &one.statement);
        add(one.id, "memo", &one.memo);
        one.parts.iter().for_each(|part| add(one.id, part.kind.word(), &Some(part.text.clone())));
    }
    for one in synthesis.evidence.values() {
        add(one.id, "reason", &one.reason);
    }
    for one in synthesis.components.values() {
        add(one.id, "description", &one.description);
    }
    for one in synthesis.uncertainties.values() {
        add(one.id, "text", &Some(one.text.clone()));
        add(one.id, "plain", &one.plain);
        add(one.id, "why", &one.why);
        add(one.id, "unknown", &one.unknown);
        one.options.iter().for_each(|option| add(one.id, "option", &Some(option.text.clone())));
    }
    all
}

/// Runs of words looked for in one pass over the texts.
struct Comparison {
    sentences: Vec<Sentence>,
    /// Hash of each run of eight words: the sentences and places it stands at.
    shingles: HashMap<u64, Vec<(usize, usize)>>,
    /// By sentence and document: the turn and the length of the longest run.
    found: BTreeMap<(usize, Id), (usize, usize)>,
}

impl Comparison {
    fn new(sentences: Vec<Sentence>) -> Self {
        let mut shingles: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
        for (sentence, (.., text)) in sentences.iter().enumerate() {
            for (at, hash) in rolling(text).enumerate() {
                shingles.entry(hash).or_default().push((sentence, at));
            }
        }
        Comparison { sentences, shingles, found: BTreeMap::new() }
    }

    fn read(&mut self, document: Id, shard: &Shard) {
        for unit in &shard.units {
            self.read_words(document, unit.n, &shard.speech(unit));
        }
    }

    fn read_words(&mut self, document: Id, n: usize, speech: &str) {
        // Runs that the window before was part of: where they go on in their sentence, and how long they are.
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        for hash in rolling(speech) {
            let hits = self.shingles.get(&hash).map_or(&[][..], Vec::as_slice);
            if hits.is_empty() {
                open.clear();
                continue;
            }
            let mut now = Vec::with_capacity(hits.len());
            for (sentence, at) in hits {
                let before = open.iter().find(|(one, next, _)| one == sentence && next == at);
                let run = before.map_or(RUN, |(.., run)| run + 1);
                now.push((*sentence, at + 1, run));
                let longest = self.found.entry((*sentence, document)).or_insert((n, run));
                if run > longest.1 {
                    *longest = (n, run);
                }
            }
            open = now;
        }
    }
}

/// Hash of each run of eight folded words, each from the one before.
fn rolling(text: &str) -> impl Iterator<Item = u64> {
    let out = (1..RUN).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut window = [0u64; RUN];
    let mut sum = 0u64;
    words::words(text).enumerate().filter_map(move |(number, (_, word))| {
        let new = hash(word);
        let slot = number % RUN;
        sum = sum.wrapping_sub(window[slot].wrapping_mul(out)).wrapping_mul(BASE).wrapping_add(new);
        window[slot] = new;
        (number + 1 >= RUN).then_some(sum)
    })
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    words::fold(word).replace('\u{2019}', "'").hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn runs(sentence: &str, speech: &str) -> Option<usize> {
        let nobody = Id::derived([]);
        let mut comparison = Comparison::new(vec![(nobody, "memo", sentence.to_owned())]);
        comparison.read_words(nobody, 1, speech);
        comparison.found.values().next().map(|(_, run)| *run)
    }

    const SPEECH: &str = "Well, she came every single week until I don\u{2019}t know when, and I trusted her.";

    #[test]
    fn eight_words_are_found_however_they_are_set() {
        assert_eq!(runs("said: SHE came every single week until I don't care", SPEECH), Some(8));
        assert_eq!(runs("she came, every single week (until I don't know) when", SPEECH), Some(10));
    }

    #[test]
    fn seven_words_are_not_enough_and_a_gap_ends_a_run() {
        assert_eq!(runs("she came every single week until I", SPEECH), None);
        assert_eq!(runs("she came every week until I don't know when", SPEECH), None);
    }

    /// The slow way: every run against every run.
    fn naive(sentence: &str, speech: &str) -> Option<usize> {
        let (a, b): (Vec<&str>, Vec<&str>) = (sentence.split(' ').collect(), speech.split(' ').collect());
        let starts = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
        let longest =
            starts.map(|(i, j)| a[i..].iter().zip(&b[j..]).take_while(|(one, other)| one == other).count()).max();
        longest.filter(|run| *run >= RUN)
    }

    proptest! {
        #[test]
        fn the_rolling_hash_finds_what_the_slow_way_finds(
            a in proptest::collection::vec("[ab]", 1..40), b in proptest::collection::vec("[ab]", 1..40)
        ) {
            let (a, b) = (a.join(" "), b.join(" "));
            prop_assert_eq!(runs(&a, &b), naive(&a, &b));
        }
    }
}
