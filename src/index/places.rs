//! Where in each unit the words stand that a query points at, from the postings: no text is read.

use super::matching;
use super::segment::Segment;
use super::sought::{Run, Sought, Terms, sought};
use super::terms::Stems;
use super::{Index, Trouble, guarded};
use crate::diagnostic::Result;
use crate::id::Id;
use crate::query::Query;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// A run of words in a unit, which bears the number that whoever asks gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub unit: u32,
    pub run: Run,
}

impl Index {
    /// Where the words stand that a query points at (as [`super::highlights`] has it), in units that `number` gives a
    /// number, by document and the unit's number there; ascending by that number. Fault `index-damaged`.
    pub fn places(&self, query: &Query, number: &dyn Fn(Id, usize) -> Option<u32>) -> Result<Vec<Place>> {
        guarded(|| {
            let (mut places, mut stems) = (Vec::new(), Stems::new());
            for sought in sought(query) {
                let slots: Vec<Terms> =
                    sought.slots.iter().map(|slot| slot.terms(self, &mut stems)).collect::<Result<_, _>>()?;
                for (ordinal, segment) in self.segments.iter().enumerate() {
                    let number = |doc: DocId| self.number(segment, doc, number);
                    match slots.as_slice() {
                        [terms] => alone(segment, ordinal, terms, &number, &mut places)?,
                        slots => together(segment, ordinal, &sought, slots, &number, &mut places)?,
                    }
                }
            }
            places.sort_unstable();
            places.dedup();
            Ok(places)
        })
        .map_err(Trouble::into_fault)
    }

    fn number(
        &self,
        segment: &Segment,
        doc: DocId,
        number: &dyn Fn(Id, usize) -> Option<u32>,
    ) -> Result<Option<u32>, Trouble> {
        if !segment.is_alive(doc) {
            return Ok(None);
        }
        let document = self.documents[self.rank(segment.entry.get_val(doc))? as usize];
        Ok(number(document, super::search::whole(segment.n.get_val(doc))?))
    }
}

type Number<'n> = dyn Fn(DocId) -> Result<Option<u32>, Trouble> + 'n;

/// Each place of each term by itself.
fn alone(
    segment: &Segment,
    ordinal: usize,
    terms: &Terms,
    number: &Number,
    places: &mut Vec<Place>,
) -> Result<(), Trouble> {
    let mut standing = Vec::new();
    for info in &terms.found[ordinal] {
        let mut postings = segment.postings(terms.form, info, IndexRecordOption::WithFreqsAndPositions)?;
        while postings.doc() != TERMINATED {
            if let Some(unit) = number(postings.doc())? {
                postings.positions(&mut standing);
                places.extend(standing.iter().map(|at| Place { unit, run: (*at, 1) }));
            }
            postings.advance();
        }
    }
    Ok(())
}

/// Places of several words that match together.
fn together(
    segment: &Segment,
    ordinal: usize,
    sought: &Sought,
    slots: &[Terms],
    number: &Number,
    places: &mut Vec<Place>,
) -> Result<(), Trouble> {
    let mut wanted = Vec::new();
    for (doc, _) in matching::rarest(segment, ordinal, slots)? {
        if let Some(unit) = number(doc)? {
            wanted.push((doc, unit));
        }
    }
    matching::each_standing(segment, ordinal, slots, &wanted, |(_, unit), standing| {
        places.extend(sought.runs(standing).into_iter().map(|run| Place { unit, run }));
    })
}
