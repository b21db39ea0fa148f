//! Styles of an OpenDocument text: lists and their numbers, and what is hidden.

use crate::diagnostic::Result;
use crate::import::numerals::Numeral;
use crate::import::symbol::bullet;
use crate::import::xml::{self, Listener, Step, attribute};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Styles that rest on each other, at most.
const LONGEST_CHAIN: usize = 20;

/// One level of a list.
#[derive(Debug, Clone, Default)]
pub struct Level {
    pub numeral: Numeral,
    bullet: Option<char>,
    prefix: String,
    suffix: String,
    pub start: i64,
    /// Levels whose numbers are shown, this one last.
    shown: usize,
}

pub type Levels = BTreeMap<usize, Level>;

#[derive(Debug, Default)]
pub struct Styles {
    lists: BTreeMap<String, Levels>,
    /// Numbers of headings.
    pub outline: Levels,
    by_name: BTreeMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    is_hidden: Option<bool>,
    list: Option<String>,
}

impl Styles {
    /// From all parts that hold styles.
    pub fn read(parts: &[&str]) -> Result<Self> {
        let mut reader = Reader::default();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            xml::walk(part, &mut reader)?;
        }
        Ok(reader.styles)
    }

    pub fn is_hidden(&self, name: &str) -> bool {
        self.chain(name).find_map(|style| style.is_hidden).unwrap_or(false)
    }

    /// The levels of a list by the name of its style.
    pub fn list(&self, name: &str) -> Option<&Levels> {
        self.lists.get(name)
    }

    /// The list a paragraph's style puts it in.
    pub fn list_of(&self, name: &str) -> Option<&str> {
        self.chain(name).find_map(|style| style.list.as_deref()).filter(|list| !list.is_empty())
    }

    fn chain<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.by_name.get(name);
        let next = |style: &&'s Style| self.by_name.get(style.parent.as_deref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }
}

/// The number of a point whose levels have counted to `counts`, the point's own last; empty where
/// none is shown.
pub fn number(levels: &Levels, counts: &[i64]) -> String {
    let Some(own) = levels.get(&counts.len()) else { return String::new() };
    if let Some(mark) = own.bullet {
        return bullet(mark, None).to_string();
    }
    if own.numeral == Numeral::None {
        return String::new();
    }
    let from = counts.len().saturating_sub(own.shown.max(1));
    let numbers: Vec<String> = (from..counts.len())
        .filter_map(|at| Some(levels.get(&(at + 1))?.numeral.write(counts[at])))
        .filter(|number| !number.is_empty())
        .collect();
    format!("{}{}{}", own.prefix, numbers.join("."), own.suffix)
}

fn numeral(format: &str) -> Numeral {
    match format {
        "" => Numeral::None,
        "a" => Numeral::LowerLetter,
        "A" => Numeral::UpperLetter,
        "i" => Numeral::LowerRoman,
        "I" => Numeral::UpperRoman,
        _ => Numeral::Decimal,
    }
}

#[derive(Default)]
struct Reader {
    styles: Styles,
    /// The list style that is open; an empty name is the outline's.
    list: Option<String>,
    style: Option<String>,
}

impl Reader {
    fn level(&mut self, element: &BytesStart, numeral: Numeral) {
        let Some(list) = &self.list else { return };
        let value = |name: &str| attribute(element, name);
        let Some(at) = value("level").and_then(|level| level.parse::<usize>().ok()) else { return };
        let bullet = value("bullet-char").and_then(|mark| mark.chars().next());
        let level = Level {
            numeral,
            bullet: bullet.filter(|_| numeral == Numeral::Bullet),
            prefix: value("num-prefix").unwrap_or_default(),
            suffix: value("num-suffix").unwrap_or_default(),
            start: value("start-value").and_then(|start| start.parse().ok()).unwrap_or(1),
            shown: value("display-levels").and_then(|shown| shown.parse().ok()).unwrap_or(1),
        };
        let levels =
            if list.is_empty() { &mut self.styles.outline } else { self.styles.lists.entry(list.clone()).or_default() };
        levels.insert(at, level);
    }
}

impl Listener for Reader {
    fn start(&mut self, element: &BytesStart) -> Step {
        match element.name().as_ref() {
            "text:list-style" => self.list = attribute(element, "name"),
            "text:outline-style" => self.list = Some(String::new()),
            "text:list-level-style-number" | "text:outline-level-style" => {
                self.level(element, numeral(&attribute(element, "num-format").unwrap_or_default()));
            }
            "text:list-level-style-bullet" => self.level(element, Numeral::Bullet),
            "style:style" => {
                self.style = attribute(element, "name");
                if let Some(name) = &self.style {
                    let style = Style {
                        parent: attribute(element, "parent-style-name"),
                        list: attribute(element, "list-style-name"),
                        is_hidden: None,
                    };
                    self.styles.by_name.insert(name.clone(), style);
                }
            }
            "style:text-properties" | "style:section-properties" | "style:paragraph-properties" => {
                let style = self.style.as_ref().and_then(|name| self.styles.by_name.get_mut(name));
                if let (Some(style), Some(display)) = (style, attribute(element, "display")) {
                    style.is_hidden = Some(display == "none");
                }
            }
            "office:body" => return Step::Over,
            _ => {}
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        match element {
            "text:list-style" | "text:outline-style" => self.list = None,
            "style:style" => self.style = None,
            _ => {}
        }
    }
}
