//! What two coders read into one passage, where it is not the same.

use super::words::Reader;
use crate::act::configurations::{Extracted, extracted};
use crate::diagnostic::Result;
use crate::passage::Anchor;
use crate::project::Project;
use crate::report::disagreements::found::{Configurations, ReadApart, StatementPair};
use crate::stats::configurations::{Comparison, Lines, Pair, Verdict, compare, summarise};

/// Compares the statements of these coders, or of all. Faults of the disk.
pub fn gather(project: &Project, coders: &[String]) -> Result<Configurations> {
    let found = extracted(project, coders)?;
    let comparison = compare(&found.readings, Lines::default());
    let reader = Reader::of(project);
    let apart = comparison.places.iter().map(|place| read_apart(&reader, &found, &comparison, place));
    let apart = apart.collect::<Result<Vec<Option<ReadApart>>>>()?;
    let passages = comparison.places.len();
    Ok(Configurations {
        passages,
        apart: apart.into_iter().flatten().collect(),
        numbers: (passages > 0).then(|| summarise(&comparison, &found.readings, None)),
    })
}

fn read_apart(reader: &Reader, found: &Extracted, comparison: &Comparison, place: &str) -> Result<Option<ReadApart>> {
    let is_here = |reading: usize| found.readings[reading].place == place;
    let pairs: Vec<StatementPair> = comparison
        .pairs
        .iter()
        .filter(|pair| is_here(pair.readings.0) && differs(pair))
        .map(|pair| StatementPair {
            statements: (found.statements[pair.readings.0].id, found.statements[pair.readings.1].id),
            similarity: pair.similarity,
            slots: pair.slots.clone(),
        })
        .collect();
    let left = comparison.unmatched.iter().filter(|left| is_here(left.reading));
    let unmatched: Vec<_> =
        left.map(|left| (found.statements[left.reading].id, found.readings[left.against].coder.clone())).collect();
    if pairs.is_empty() && unmatched.is_empty() {
        return Ok(None);
    }
    let here = found.readings.iter().zip(&found.anchors).filter(|(reading, _)| reading.place == place);
    let anchors: Vec<&Anchor> = here.map(|(_, anchor)| anchor).collect();
    let said = reader.stretch(&anchors)?;
    Ok(said.map(|said| ReadApart { place: place.to_owned(), said, pairs, unmatched }))
}

/// Sentences without parts are only as like as their words.
fn differs(pair: &Pair) -> bool {
    let is_settled = |verdict| matches!(verdict, Verdict::Alike | Verdict::Neither);
    if pair.slots.is_empty() { pair.similarity < 1.0 } else { !pair.slots.iter().all(|slot| is_settled(slot.verdict)) }
}
