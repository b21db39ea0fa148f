//! The team's own codings as spans: what each coder marked in each document, in characters of its text.
//!
//! Counted are the same codings, documents and coders as unit by unit ([`super::compared`]). A document is as long as its
//! text in force has characters, labels of speakers and line breaks among them; rows of a table lie one behind the other.
//! Units that say nothing any more, since their words were destroyed or a coder's coding also stood on destroyed words, are
//! taken out for all coders and codes. Codings of one code by one coder that overlap are one span.

use super::{Aside, Compared};
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Id;
use crate::project::{Project, Shard};
use crate::stats::spans::{Continuum, Unit};
use crate::stats::spans_over::Text;
use crate::text::Offsets;
use std::collections::BTreeSet;

/// What the codings of a project say about agreement on spans.
#[derive(Debug)]
pub struct Marked {
    /// By label; a unit's value is a place in `codes`.
    pub texts: Vec<Text>,
    pub codes: Vec<String>,
    pub aside: Aside,
}

/// Each document that is compared, as a text with what its coders marked.
pub fn spans(project: &Project, compared: &Compared) -> Result<Marked> {
    let mut documents: Vec<Id> = compared.documents.keys().copied().collect();
    documents.sort_by_cached_key(|id| (project.state().label_of(*id), *id));
    let read = |id: Id| compared.as_read(id).map(|document| text(project, compared, document)).transpose();
    let texts = documents.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    let texts = texts.into_iter().flatten().filter(|text| text.continuum.length > 0.0).collect();
    let codes = compared.codes.iter().map(|code| code.name.clone()).collect();
    Ok(Marked { texts, codes, aside: compared.aside() })
}

fn text(project: &Project, compared: &Compared, document: &Document) -> Result<Text> {
    let coders: Vec<String> = compared.documents.get(&document.id).into_iter().flatten().cloned().collect();
    let (values, mut units, mut length) = (compared.codes.len(), Vec::new(), 0);
    let silent = compared.silent_units(document.id);
    for number in 0..document.shards() {
        let Some(shard) = project.shard(document, &document.version, number)? else { continue };
        let ruler = Ruler::of(&shard, &silent, length);
        for (value, code) in compared.codes.iter().enumerate() {
            let by_coder = compared.put(document.id, code.id).into_iter().flatten();
            for (coder, put) in by_coder.filter_map(|(tag, put)| Some((coders.iter().position(|one| one == tag)?, put)))
            {
                let here = put.iter().filter(|put| !put.is_gone && shard.unit(*put.units.start()).is_some());
                let anchors = here.filter_map(|put| put.coding.anchor.carried(document));
                let placed = anchors.filter_map(|anchor| shard.words_at(&anchor)).flatten().map(|(span, _)| span);
                let spans = placed.map(|span| (ruler.at(span.start()), ruler.at(span.end()))).collect();
                let unit = |(start, end)| Unit { coder, start: start as f64, end: end as f64, value };
                units.extend(united(spans).into_iter().map(unit));
            }
        }
        length = ruler.at(shard.text.len());
    }
    let continuum = Continuum { start: 0.0, length: length as f64, coders: coders.len(), values, units };
    Ok(Text { name: project.label(document.id), coders, continuum })
}

/// Spans that overlap as one each; what is empty goes.
fn united(mut spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    spans.retain(|(start, end)| start < end);
    spans.sort_unstable();
    let mut united: Vec<(usize, usize)> = Vec::new();
    for (start, end) in spans {
        match united.last_mut().filter(|last| start < last.1) {
            Some(last) => last.1 = last.1.max(end),
            None => united.push((start, end)),
        }
    }
    united
}

/// From bytes of a text to characters of what is left of it.
struct Ruler<'s> {
    offsets: Offsets<'s>,
    /// What is taken out, in characters: from where, to where, and how much was taken out before.
    out: Vec<(usize, usize, usize)>,
    /// Characters of the texts before.
    from: usize,
}

impl<'s> Ruler<'s> {
    fn of(shard: &'s Shard, silent: &BTreeSet<usize>, from: usize) -> Self {
        let offsets = Offsets::new(&shard.text);
        let mut before = 0;
        let gone = shard.units.iter().filter(|unit| silent.contains(&unit.n));
        let out = gone.map(|unit| {
            let (start, end) = (offsets.chars(unit.span.start()), offsets.chars(unit.span.end()));
            before += end - start;
            (start, end, before + start - end)
        });
        let out = out.collect();
        Ruler { offsets, out, from }
    }

    fn at(&self, byte: usize) -> usize {
        let at = self.offsets.chars(byte);
        let begun = self.out.partition_point(|(start, ..)| *start < at);
        let taken = self.out[..begun].last().map_or(0, |(start, end, before)| before + at.min(*end) - start);
        self.from + at - taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_one_coder_and_code_that_overlap_are_one() {
        assert_eq!(united(vec![(5, 9), (0, 3), (2, 4), (4, 5), (7, 7)]), [(0, 4), (4, 5), (5, 9)]);
    }
}
