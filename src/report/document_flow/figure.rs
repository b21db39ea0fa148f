//! The drawing: records from the top down with what was left out beside each stage, own data as a way of its own, and both meet in
//! the evidence.

use super::super::block::count_of;
use super::records::{self, NO_REASON, told};
use super::{arrow, total};
use crate::picture::figure::{Descent, Inside, Spot};
use crate::picture::{Arrow, Figure, Item, Look, Shape};
use crate::screening::{Account, Held, Screening, Strand};
use crate::searching::Stage;
use crate::table::Table;

/// Columns: the way of published work, what is left out of it, own data.
const PUBLISHED: usize = 0;
const LEFT_OUT: usize = 1;
const OWN: usize = 2;
/// Reasons that are drawn; the rest is counted.
const MOST_REASONS: usize = 7;

#[derive(Default)]
struct Drawing {
    items: Vec<Item>,
    spots: Vec<Spot>,
    arrows: Vec<Arrow>,
}

impl Drawing {
    fn put(&mut self, column: usize, row: usize, key: &str, heading: String, inside: Vec<String>) -> usize {
        let inside = inside.into_iter().map(|words| Inside { words, look: Look::Plain }).collect();
        let (words, remark) = (String::new(), String::new());
        self.items.push(Item { key: key.to_owned(), heading, words, remark, look: Look::Plain, inside, layer: None });
        self.spots.push(Spot { column, row });
        self.items.len() - 1
    }

    /// What is left out of a box, beside it, where there is anything.
    fn beside(&mut self, of: usize, heading: String, inside: Vec<String>) {
        let (row, key) = (self.spots[of].row, format!("{}-left", self.items[of].key));
        let at = self.put(LEFT_OUT, row, &key, heading, inside);
        self.arrows.push(arrow(of, at, "left out"));
    }
}

pub fn draw(screening: &Screening, strands: &[Strand], table: Table) -> Figure {
    let mut drawing = Drawing::default();
    let counted = screening.is_counted().then(|| counted(&mut drawing, screening));
    let first = drawing.spots.iter().map(|spot| spot.row + 1).max().unwrap_or(0);
    let mut ends = Vec::new();
    for (column, is_own) in [(PUBLISHED, false), (OWN, true)] {
        let of: Vec<&Strand> = strands.iter().filter(|one| one.own_data == is_own && one.held.taken_in > 0).collect();
        if of.is_empty() {
            continue;
        }
        let (begin, end) = held(&mut drawing, (column, first), &of);
        if let (Some(included), false) = (counted, is_own) {
            drawing.arrows.push(arrow(included, begin, "published work"));
        }
        ends.push(end);
    }
    let (published, own) = (total(strands, |one| !one.own_data), total(strands, |one| one.own_data));
    if !ends.is_empty() {
        let row = drawing.spots.iter().map(|spot| spot.row + 1).max().unwrap_or(0);
        let heading =
            format!("{} contribute evidence", count_of(published.with_evidence + own.with_evidence, "source"));
        let inside = [("Published work", published), ("Own data", own)];
        let inside = inside.into_iter().filter(|(_, held)| held.taken_in > 0);
        let inside = inside.map(|(name, held)| format!("{name} {}", held.with_evidence)).collect();
        let last = drawing.put(PUBLISHED, row, "evidence", heading, inside);
        drawing.arrows.extend(ends.into_iter().map(|end| arrow(end, last, "evidence")));
    }
    let all = total(strands, |_| true);
    let begun = if counted.is_some() {
        format!("records included: {}; ", told(screening, Stage::Included))
    } else {
        String::new()
    };
    Figure {
        key: "document-flow".to_owned(),
        title: "Flow of documents".to_owned(),
        description: format!(
            "From the top down: {begun}{} taken in, {} with a text, {} that contribute a passage, {} that contribute \
             evidence; what was left out beside it, own data apart.",
            count_of(all.taken_in, "source"),
            all.with_text,
            all.with_passage,
            all.with_evidence
        ),
        items: drawing.items,
        arrows: drawing.arrows,
        shape: Shape::Descent(Descent { spots: drawing.spots }),
        notes: records::troubles(screening).into_iter().map(|trouble| format!("{trouble}.")).collect(),
        table,
    }
}

/// From what was identified to what was included; answers the last box.
fn counted(drawing: &mut Drawing, screening: &Screening) -> usize {
    let by_stream = |stage: Stage| {
        let of = |one: &Account| format!("{}: {}", one.stream.title(), records::said(one, stage));
        screening.accounts.iter().map(of).collect::<Vec<_>>()
    };
    let mut last =
        drawing.put(PUBLISHED, 0, "identified", boxed(screening, Stage::Identified), by_stream(Stage::Identified));
    for (at, [_, left, to]) in Stage::STEPS.into_iter().enumerate() {
        let reasons = screening.reasons(left);
        let mut lines: Vec<String> =
            reasons.iter().take(MOST_REASONS).map(|(reason, n)| format!("{reason}: {n}")).collect();
        let rest = reasons.get(MOST_REASONS..).unwrap_or_default();
        if !rest.is_empty() {
            lines.push(format!(
                "{}: {}",
                count_of(rest.len(), "further reason"),
                rest.iter().map(|(_, n)| n).sum::<u64>()
            ));
        }
        lines.extend(screening.without_reason(left).map(|n| format!("{NO_REASON}: {n}")));
        drawing.beside(last, boxed(screening, left), lines);
        let inside = if to == Stage::Included { by_stream(to) } else { Vec::new() };
        let next = drawing.put(PUBLISHED, at + 1, to.word().replace('_', "-").as_str(), boxed(screening, to), inside);
        drawing.arrows.push(arrow(last, next, "records"));
        last = next;
    }
    last
}

fn boxed(screening: &Screening, stage: Stage) -> String {
    format!("{}: {}", stage.title(), told(screening, stage))
}

/// From what was taken in to what contributes a passage; answers the first and the last box.
fn held(drawing: &mut Drawing, (column, row): (usize, usize), of: &[&Strand]) -> (usize, usize) {
    let all = of.iter().fold(Held::default(), |mut all, one| {
        all.add(&one.held);
        all
    });
    let name = if column == OWN { "own" } else { "published" };
    let noun = if column == OWN { "piece" } else { "published work" };
    let of_own = if column == OWN { " of own data" } else { "" };
    let steps = [
        (
            format!("{}{of_own} taken in", count_of(all.taken_in, noun)),
            of.iter().map(|one| format!("{} {}", one.strand, one.held.taken_in)).collect::<Vec<_>>(),
            vec![(all.same_study, "further reports of one study"), (all.without_text, "without a text here")],
        ),
        (
            format!("{} with a text", count_of(all.with_text, "source")),
            Vec::new(),
            vec![(all.without_passage, "no passage yet")],
        ),
        (
            format!("{} with a passage", count_of(all.with_passage, "source")),
            Vec::new(),
            vec![(all.without_evidence, "no evidence yet")],
        ),
    ];
    let mut ends = (0, 0);
    for (nth, (heading, mut inside, left)) in steps.into_iter().enumerate() {
        let left: Vec<(usize, &str)> = left.into_iter().filter(|(n, _)| *n > 0).collect();
        if column == OWN {
            inside.extend(left.iter().map(|(n, why)| format!("left out: {n} {why}")));
        }
        let at = drawing.put(column, row + nth, &format!("{name}-{}", nth + 1), heading, inside);
        if column == PUBLISHED && !left.is_empty() {
            let lines = left.iter().map(|(n, why)| format!("{n} {why}")).collect();
            drawing.beside(at, format!("Left out: {}", left.iter().map(|(n, _)| n).sum::<usize>()), lines);
        }
        if nth == 0 {
            ends.0 = at;
        } else {
            drawing.arrows.push(arrow(ends.1, at, name));
        }
        ends.1 = at;
    }
    ends
}
