//! Setting a report by a template: its sections are found by the ids of their headings, put into order
//! and given the team's own words.

use super::shape::{Rule, Section, Shape};
use super::{Entry, Template};
use crate::report::{Block, Report};

impl Template {
    pub fn apply(&self, shape: &Shape, mut report: Report) -> Report {
        if let Some(title) = &self.title {
            report.title.clone_from(title);
        }
        report.blocks = arranged(report.blocks, 2, shape.sections, &self.sections);
        report
    }
}

/// The blocks of one level anew; what stands before the first heading stays where it is.
fn arranged(blocks: Vec<Block>, level: u8, known: &[Section], wanted: &[Entry]) -> Vec<Block> {
    let (mut all, sections) = parted(blocks, level);
    let place = |section: &Stretch| {
        let key = section.kind(known).map(|kind| kind.key);
        let named = wanted.iter().position(|entry| Some(entry.key.as_str()) == key);
        let usual = known.iter().position(|kind| Some(kind.key) == key);
        (named.unwrap_or(usize::MAX), usual.unwrap_or(usize::MAX))
    };
    let mut sections: Vec<((usize, usize), Stretch)> =
        sections.into_iter().map(|section| (place(&section), section)).collect();
    sections.sort_by_key(|(place, _)| *place);
    for ((named, usual), section) in sections {
        match (wanted.get(named), known.get(usual)) {
            (Some(entry), Some(kind)) => all.extend(section.set(level, kind, entry)),
            _ => all.extend(section.0),
        }
    }
    all
}

/// A section: a page break before it, its heading, and what stands under that.
struct Stretch(Vec<Block>);

/// What comes before the first heading of a level, and the sections after it.
fn parted(blocks: Vec<Block>, level: u8) -> (Vec<Block>, Vec<Stretch>) {
    let mut before = Vec::new();
    let mut sections: Vec<Stretch> = Vec::new();
    for block in blocks {
        if matches!(&block, Block::Heading { level: this, .. } if *this == level) {
            let above = sections.last_mut().map_or(&mut before, |section| &mut section.0);
            let is_break = matches!(above.last(), Some(Block::PageBreak));
            let mut section: Vec<Block> = if is_break { above.pop().into_iter().collect() } else { Vec::new() };
            section.push(block);
            sections.push(Stretch(section));
        } else {
            sections.last_mut().map_or(&mut before, |section| &mut section.0).push(block);
        }
    }
    (before, sections)
}

impl Stretch {
    fn id(&self) -> &str {
        let ids = self.0.iter().map(|block| if let Block::Heading { id, .. } = block { id.as_str() } else { "" });
        ids.take(2).find(|id| !id.is_empty()).unwrap_or_default()
    }

    fn kind<'k>(&self, known: &'k [Section]) -> Option<&'k Section> {
        let id = self.id();
        let is_it = |kind: &&Section| {
            id == kind.key
                || (kind.rule == Rule::Many && id.strip_prefix(kind.key).is_some_and(|rest| rest.starts_with('-')))
                || id.strip_suffix(kind.key).is_some_and(|rest| rest.ends_with('-'))
        };
        known.iter().find(is_it)
    }

    fn set(self, level: u8, kind: &Section, entry: &Entry) -> Vec<Block> {
        if entry.leave_out {
            return Vec::new();
        }
        let mut all = self.0;
        let heading = usize::from(matches!(all.first(), Some(Block::PageBreak)));
        let rest = all.split_off((heading + 1).min(all.len()));
        for block in &mut all {
            if let (Block::Heading { text, .. }, Some(heading)) = (block, &entry.heading) {
                text.clone_from(heading);
            }
        }
        all.extend(paragraphs(entry.before.as_deref()));
        match &entry.text {
            Some(text) => all.extend(paragraphs(Some(text))),
            None => all.extend(arranged(rest, level + 1, kind.parts, &entry.parts)),
        }
        all.extend(paragraphs(entry.after.as_deref()));
        all
    }
}

/// An empty line parts paragraphs.
fn paragraphs(text: Option<&str>) -> impl Iterator<Item = Block> {
    let parts = text.unwrap_or_default().split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(Block::paragraph)
}
