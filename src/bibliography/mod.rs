//! Lists of references in a citation style: published works and a style (CSL 1.0) in, formatted entries out. The only user of
//! `hayagriva`, which brings some hundred styles and follows the team's own.
//!
//! Not here: which works a paper lists (`report/references`), and how libraries are read (`import/references`).

mod item;
mod proof;
mod style;
#[cfg(test)]
mod tests;

pub use item::csl;
pub use style::{Offered, Style, offered};

use crate::reference::Reference;
use hayagriva::citationberg::{Display, FontStyle, FontWeight};
use hayagriva::{BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest, ElemChild};
use hayagriva::{ElemChildren, Formatted};
use std::collections::BTreeMap;

/// One work as the style has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key it was handed in under.
    pub key: String,
    /// `1.` or `[Ada14]` before it, in styles that count or label.
    pub mark: Option<String>,
    /// The entry itself, in stretches of one face.
    pub pieces: Vec<Piece>,
}

impl Entry {
    /// Without faces, the mark before it.
    pub fn text(&self) -> String {
        let text: String = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        self.mark.as_ref().map_or(text.clone(), |mark| format!("{mark} {text}"))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub face: Face,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Upright,
    Italic,
    Bold,
}

impl Style {
    /// The list of these works, each under a key of its own, in the style's order: sorted where the style sorts, else as they
    /// are handed in.
    pub fn list(&self, works: &[(String, &Reference)]) -> Vec<Entry> {
        let items: Vec<hayagriva::Entry> = works.iter().map(|(key, work)| item::entry(key, work)).collect();
        let first = self.rendered(&items.iter().collect::<Vec<_>>());
        // Years are told apart by letters in the order in which works are cited: cited as they are sorted, 2013a comes first.
        let by_key: BTreeMap<&str, &hayagriva::Entry> = items.iter().map(|item| (item.key(), item)).collect();
        let in_order: Vec<&hayagriva::Entry> =
            first.iter().filter_map(|one| by_key.get(one.key.as_str()).copied()).collect();
        self.rendered(&in_order).into_iter().map(entry).collect()
    }

    fn rendered(&self, items: &[&hayagriva::Entry]) -> Vec<BibliographyItem> {
        let (style, locales) = (&self.rules, style::locales());
        let mut driver = BibliographyDriver::new();
        for item in items {
            let cited = vec![CitationItem::with_entry(*item)];
            driver.citation(CitationRequest::new(cited, style, self.locale(), locales, None));
        }
        let finished = driver.finish(BibliographyRequest::new(style, self.locale(), locales));
        finished.bibliography.map(|list| list.items).unwrap_or_default()
    }
}

fn entry(item: BibliographyItem) -> Entry {
    let mark = item.first_field.map(|field| {
        let mut pieces = Vec::new();
        flatten(&field, &mut pieces);
        pieces.iter().map(|piece| piece.text.trim()).collect::<String>()
    });
    let mut pieces = Vec::new();
    children(&item.content, &mut pieces);
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    // Left behind where a style asks for a month and only the year is known.
    for piece in &mut pieces {
        piece.text = piece.text.replace(",)", ")");
    }
    Entry { key: item.key, mark: mark.filter(|mark| !mark.is_empty()), pieces }
}

fn children(all: &ElemChildren, pieces: &mut Vec<Piece>) {
    all.0.iter().for_each(|child| flatten(child, pieces));
}

fn flatten(child: &ElemChild, pieces: &mut Vec<Piece>) {
    match child {
        ElemChild::Text(text) | ElemChild::Link { text, .. } => push(text, pieces),
        ElemChild::Markup(text) => put(text, Face::Upright, pieces),
        ElemChild::Elem(elem) => {
            if elem.display == Some(Display::Block) && !pieces.is_empty() {
                put(" ", Face::Upright, pieces);
            }
            children(&elem.children, pieces);
        }
        ElemChild::Transparent { .. } => {}
    }
}

fn push(text: &Formatted, pieces: &mut Vec<Piece>) {
    let face = match (text.formatting.font_style, text.formatting.font_weight) {
        (FontStyle::Italic, _) => Face::Italic,
        (_, FontWeight::Bold) => Face::Bold,
        _ => Face::Upright,
    };
    put(&text.text, face, pieces);
}

fn put(text: &str, face: Face, pieces: &mut Vec<Piece>) {
    match pieces.last_mut() {
        Some(last) if last.face == face => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), face }),
    }
}
