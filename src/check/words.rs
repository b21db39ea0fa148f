//! **words**: researchers' own sentences do not carry participants' words off.
//!
//! The journal is kept and shared for ever, and a purge cannot reach into it. Where eight or more
//! words in a row of a transcript stand in anything that somebody typed and the journal keeps, that is named:
//! by label and field, never by the words. What a withdrawal found goes on being named until it is reworded. Say it in your own words, or link the passage as evidence.
//! Published texts are left out of the comparison: their words are nobody's secret.

use super::typed::{self, Typed};
use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::document::{Document, Voice};
use crate::id::Id;
use crate::project::Project;
use crate::synthesis::Synthesis;
use crate::text::words;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words in a row that are no coincidence.
const RUN: usize = 8;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// What somebody typed that repeats words of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    pub typed: Typed,
    pub document: Id,
    /// Number of the unit, and how many words in a row.
    pub turn: usize,
    pub run: usize,
}

/// What of all that was ever typed repeats eight or more words in a row of what is given: document, number of the
/// unit, speech. Of several wordings of one field the longest run.
pub fn repeated<'w>(project: &Project, speech: impl IntoIterator<Item = (Id, usize, &'w str)>) -> Vec<Repeated> {
    let typed: Vec<Typed> = typed::ever(project).into_iter().collect();
    let mut comparison = Comparison::new(typed.iter().map(|one| one.text.as_str()));
    for (document, turn, words) in speech {
        comparison.read_words(document, turn, words);
    }
    let found = comparison.found.iter().map(|((at, document), (turn, run))| Repeated {
        typed: typed[*at].clone(),
        document: *document,
        turn: *turn,
        run: *run,
    });
    found.collect()
}

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let typed: Vec<Typed> = typed::in_clear(project).into_iter().collect();
    let mut comparison = Comparison::new(typed.iter().map(|one| one.text.as_str()));
    if !comparison.shingles.is_empty() {
        for document in synthesis.documents.values().filter(|one| one.kind.is_own_data() && !one.purged) {
            for (n, speech) in units(project, document)? {
                comparison.read_words(document.id, n, &speech);
            }
        }
    }
    let severity = if synthesis.settings.synthetic { Severity::Note } else { Severity::Warning };
    let found = comparison.found.iter().map(|((at, document), (turn, run))| {
        let Typed { id, field, .. } = &typed[*at];
        let document = synthesis.label(*document);
        let message =
            format!("{}: {field} repeats {run} words in a row of {document}, turn {turn}", called(project, *id));
        Diagnostic::new(severity, "words-carried-off", message)
            .hint("the journal outlives a purge: say it in your own words and link the passage as evidence")
    });
    Ok(found.chain(left_by_a_withdrawal(project, synthesis, &typed)).collect())
}

/// How a thing is called aloud.
pub fn called(project: &Project, id: Id) -> String {
    if id == project.settings().project { crate::project::SETTINGS_FILE.to_owned() } else { project.label(id) }
}

/// Sentences that a withdrawal found and nobody has reworded since: the words to compare them with are gone.
fn left_by_a_withdrawal<'s>(
    project: &'s Project,
    synthesis: &'s Synthesis,
    typed: &'s [Typed],
) -> impl Iterator<Item = Diagnostic> + 's {
    let people = synthesis.participants.values();
    let left = people.flat_map(|person| person.repeated.iter().map(move |one| (person.id, one)));
    left.filter_map(move |(person, one)| {
        let still = typed.iter().find(|typed| typed.id == one.id && typed.print() == one.print)?;
        let message = format!(
            "{}: {} repeats words of {}, who withdrew",
            called(project, still.id),
            still.field,
            synthesis.label(person)
        );
        let hint = "reword it: until then papers for others leave it out; the journal keeps what was typed";
        Some(Diagnostic::warning("words-of-withdrawn", message).hint(hint))
    })
}

/// What one unit of a text says, and who says it.
pub struct Spoken {
    /// From 1.
    pub n: usize,
    pub speech: String,
    /// Index into the speakers of the document.
    pub speaker: Option<usize>,
    pub voice: Voice,
}

/// Each unit of a document's text in force, as far as it is on this computer.
pub fn spoken(project: &Project, document: &Document) -> Result<Vec<Spoken>> {
    let mut units = Vec::new();
    for number in 0..document.shards() {
        if let Some(shard) = project.read_shard(document, &document.version, number)? {
            units.extend(shard.units.iter().map(|unit| Spoken {
                n: unit.n,
                speech: shard.speech(unit),
                speaker: unit.speaker,
                voice: unit.voice.unwrap_or(shard.header.voice),
            }));
        }
    }
    Ok(units)
}

/// Number and speech of each unit.
pub fn units(project: &Project, document: &Document) -> Result<Vec<(usize, String)>> {
    Ok(spoken(project, document)?.into_iter().map(|one| (one.n, one.speech)).collect())
}

/// Runs of words of some texts, looked for in others; what these are called is the caller's business.
pub struct Comparison<K> {
    /// Hash of each run of eight words: the texts and places it stands at.
    shingles: HashMap<u64, Vec<(usize, usize)>>,
    /// By number of the text and what was read: the unit there and the length of the longest run.
    pub found: BTreeMap<(usize, K), (usize, usize)>,
}

impl<K: Ord + Copy> Comparison<K> {
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut shingles: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
        for (number, text) in texts.into_iter().enumerate() {
            for (at, hash) in rolling(text).enumerate() {
                shingles.entry(hash).or_default().push((number, at));
            }
        }
        Comparison { shingles, found: BTreeMap::new() }
    }

    /// Reads unit `n` of something.
    pub fn read_words(&mut self, of: K, n: usize, speech: &str) {
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
                let longest = self.found.entry((*sentence, of)).or_insert((n, run));
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
        let mut comparison = Comparison::new([sentence]);
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
