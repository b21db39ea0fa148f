//! Counts the points of lists and the headings of an OpenDocument text.

use super::styles::{Styles, number};
use crate::import::xml::attribute;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Levels a heading may have.
const DEEPEST: usize = 10;

#[derive(Debug, Default)]
pub struct Lists {
    /// Lists around the place, outermost first.
    open: Vec<List>,
    /// Last numbers of lists by the name of their style, for those that go on.
    counts_of: BTreeMap<String, Vec<i64>>,
    headings: Vec<i64>,
}

#[derive(Debug)]
struct List {
    style: Option<String>,
    /// Numbers of all levels down to this list.
    counts: Vec<i64>,
    /// The next paragraph is the first of a point, which shows the number.
    is_due: bool,
}

impl Lists {
    /// `text:list`
    pub fn open(&mut self, styles: &Styles, element: &BytesStart) {
        let outer = self.open.last();
        let style = attribute(element, "style-name").or_else(|| outer.and_then(|list| list.style.clone()));
        let mut counts = outer.map_or_else(Vec::new, |list| list.counts.clone());
        let goes_on = attribute(element, "continue-numbering").is_some_and(|goes_on| goes_on == "true")
            || attribute(element, "continue-list").is_some();
        let at = counts.len();
        let before = style.as_ref().and_then(|style| self.counts_of.get(style)).filter(|_| goes_on);
        let levels = style.as_deref().and_then(|style| styles.list(style));
        let start = levels.and_then(|levels| levels.get(&(at + 1))).map_or(1, |level| level.start);
        counts.push(before.and_then(|before| before.get(at).copied()).unwrap_or_else(|| start.saturating_sub(1)));
        self.open.push(List { style, counts, is_due: false });
    }

    pub fn close(&mut self) {
        self.open.pop();
    }

    /// `text:list-item`
    pub fn point(&mut self, element: &BytesStart) {
        let start = attribute(element, "start-value").and_then(|start| start.parse::<i64>().ok());
        let Some(list) = self.open.last_mut() else { return };
        list.is_due = true;
        if let Some(count) = list.counts.last_mut() {
            *count = start.unwrap_or(count.saturating_add(1));
        }
        if let Some(style) = &list.style {
            self.counts_of.insert(style.clone(), list.counts.clone());
        }
    }

    /// `text:list-header`: shows no number.
    pub fn header(&mut self) {
        if let Some(list) = self.open.last_mut() {
            list.is_due = false;
        }
    }

    /// The number a paragraph or heading shows; empty where it shows none.
    pub fn number(&mut self, styles: &Styles, element: &BytesStart, is_heading: bool) -> String {
        match self.open.last_mut() {
            Some(list) => {
                if !std::mem::take(&mut list.is_due) {
                    return String::new();
                }
                let of_paragraph = attribute(element, "style-name");
                let of_paragraph = of_paragraph.as_deref().and_then(|style| styles.list_of(style));
                let levels = list.style.as_deref().or(of_paragraph).and_then(|style| styles.list(style));
                levels.map_or_else(String::new, |levels| number(levels, &list.counts))
            }
            None if is_heading => self.heading(styles, element),
            None => String::new(),
        }
    }

    fn heading(&mut self, styles: &Styles, element: &BytesStart) -> String {
        if attribute(element, "is-list-header").is_some_and(|header| header == "true") {
            return String::new();
        }
        let level = attribute(element, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
        let level = DEEPEST.min(level).max(1);
        let is_new = self.headings.len() < level;
        self.headings.truncate(level);
        while self.headings.len() < level {
            let start = styles.outline.get(&(self.headings.len() + 1)).map_or(1, |level| level.start);
            self.headings.push(start);
        }
        if !is_new && let Some(last) = self.headings.last_mut() {
            *last = last.saturating_add(1);
        }
        number(&styles.outline, &self.headings)
    }
}
