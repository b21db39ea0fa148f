//! `numbering.xml`: the numbers of lists, as Word would show them.
//!
//! Paragraphs name an instance (`num`) of a list (`abstractNum`) and a level. Instances of one list
//! count together; one that says so starts a level anew at its first paragraph. A level begins
//! again after a paragraph of a level above it.

use super::styles::Styles;
use crate::diagnostic::Result;
use crate::import::numerals::Numeral;
use crate::import::symbol::{SymbolFont, bullet};
use crate::import::xml::{self, Listener, Step, attribute, is_on, local};
use quick_xml::events::BytesStart;
use std::collections::{BTreeMap, BTreeSet};

const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<i64>,
    numeral: Numeral,
    /// `%1.%2`
    text: String,
    /// All numbers in figures, whatever their own level says.
    is_legal: bool,
    /// Begins again after this level, from 1; 0: never.
    restart: Option<usize>,
    style: Option<String>,
    font: Option<SymbolFont>,
}

type Levels = BTreeMap<usize, Level>;

#[derive(Debug, Default)]
struct Instance {
    list: String,
    starts: BTreeMap<usize, i64>,
    levels: Levels,
}

#[derive(Debug, Default)]
pub struct Numbering {
    lists: BTreeMap<String, Levels>,
    instances: BTreeMap<String, Instance>,
    /// Last numbers of each list, by level.
    counts: BTreeMap<String, [Option<i64>; LEVELS]>,
    /// Instances and levels that have been started anew.
    started: BTreeSet<(String, usize)>,
}

impl Numbering {
    /// An empty text gives no lists.
    pub fn read(xml: &str, styles: &Styles) -> Result<Self> {
        let mut reader = Reader::default();
        if !xml.is_empty() {
            xml::walk(xml, &mut reader)?;
        }
        let mut numbering = reader.numbering;
        for (list, style) in reader.links {
            let instance = styles.list(&style).and_then(|(instance, _)| numbering.instances.get(instance));
            if let Some(levels) = instance.and_then(|instance| numbering.lists.get(&instance.list)).cloned() {
                numbering.lists.insert(list, levels);
            }
        }
        Ok(numbering)
    }

    /// The level whose paragraphs have a style.
    pub fn level_of(&self, instance: &str, style: &str) -> Option<usize> {
        let list = self.lists.get(&self.instances.get(instance)?.list)?;
        list.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }

    /// Counts a paragraph; its number, or `None` where it shows none.
    pub fn next(&mut self, instance: &str, at: usize) -> Option<String> {
        let at = at.min(LEVELS - 1);
        let found = self.instances.get(instance)?;
        let list = self.lists.get(&found.list)?;
        let level = |at: usize| found.levels.get(&at).or_else(|| list.get(&at));
        let start = |at: usize| level(at).and_then(|level| level.start).unwrap_or(1);
        let counts = self.counts.entry(found.list.clone()).or_default();
        if let Some(anew) = found.starts.get(&at)
            && self.started.insert((instance.to_owned(), at))
        {
            counts[at] = anew.checked_sub(1);
        }
        counts[at] = Some(counts[at].map_or_else(|| start(at), |last| last.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = level(deeper).and_then(|level| level.restart);
            if restart.is_none_or(|after| after > 0 && at < after) {
                *count = None;
            }
        }
        let own = level(at)?;
        match own.numeral {
            Numeral::None => None,
            Numeral::Bullet => own.text.chars().next().map(|mark| bullet(mark, own.font).to_string()),
            _ => Some(own.write(|at| {
                let numeral = level(at).map_or(Numeral::Decimal, |level| level.numeral);
                (counts[at].unwrap_or_else(|| start(at)), numeral)
            })),
        }
        .filter(|number| !number.trim().is_empty())
    }
}

impl Level {
    /// `%1.%2` with numbers put in.
    fn write(&self, number: impl Fn(usize) -> (i64, Numeral)) -> String {
        let mut written = String::new();
        let mut letters = self.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = letters.peek().and_then(|next| next.to_digit(10)).filter(|place| letter == '%' && *place > 0);
            match place.and_then(|place| usize::try_from(place).ok()) {
                Some(place) => {
                    letters.next();
                    let (number, numeral) = number(place - 1);
                    let is_plain = self.is_legal || matches!(numeral, Numeral::Bullet | Numeral::None);
                    written.push_str(&if is_plain { Numeral::Decimal } else { numeral }.write(number));
                }
                None => written.push(letter),
            }
        }
        written
    }
}

fn numeral(format: &str) -> Numeral {
    match format {
        "bullet" => Numeral::Bullet,
        "none" => Numeral::None,
        "decimalZero" => Numeral::PaddedDecimal,
        "lowerLetter" => Numeral::LowerLetter,
        "upperLetter" => Numeral::UpperLetter,
        "lowerRoman" => Numeral::LowerRoman,
        "upperRoman" => Numeral::UpperRoman,
        "ordinal" => Numeral::Ordinal,
        _ => Numeral::Decimal,
    }
}

#[derive(Default)]
struct Reader {
    numbering: Numbering,
    /// Lists that are kept under a style.
    links: Vec<(String, String)>,
    list: Option<String>,
    instance: Option<String>,
    level: usize,
}

impl Reader {
    /// The level being read: the list's own, or what an instance has instead.
    fn open(&mut self) -> Option<&mut Level> {
        let levels = if let Some(list) = &self.list {
            self.numbering.lists.get_mut(list)?
        } else {
            &mut self.numbering.instances.get_mut(self.instance.as_ref()?)?.levels
        };
        Some(levels.entry(self.level).or_default())
    }

    fn of_level(&mut self, name: &str, element: &BytesStart) {
        let Some(value) = attribute(element, "val") else { return };
        let Some(level) = self.open() else { return };
        match name {
            "start" => level.start = value.parse().ok(),
            "numFmt" => level.numeral = numeral(&value),
            "lvlText" => level.text = value,
            "lvlRestart" => level.restart = value.parse().ok(),
            "pStyle" => level.style = Some(value),
            _ => {}
        }
    }
}

impl Listener for Reader {
    fn start(&mut self, element: &BytesStart) -> Step {
        let name = element.name();
        let value = || attribute(element, "val");
        match local(name.as_ref()) {
            "abstractNum" => {
                self.list = attribute(element, "abstractNumId");
                let list = self.list.clone().unwrap_or_default();
                self.numbering.lists.insert(list, Levels::new());
            }
            "num" => {
                self.instance = attribute(element, "numId");
                let instance = self.instance.clone().unwrap_or_default();
                self.numbering.instances.insert(instance, Instance::default());
            }
            "abstractNumId" => {
                let instance = self.instance.as_ref().and_then(|id| self.numbering.instances.get_mut(id));
                if let (Some(instance), Some(list)) = (instance, value()) {
                    instance.list = list;
                }
            }
            "numStyleLink" => self.links.extend(self.list.clone().zip(value())),
            "lvl" | "lvlOverride" => {
                self.level = attribute(element, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(self.level);
            }
            "startOverride" => {
                let instance = self.instance.as_ref().and_then(|id| self.numbering.instances.get_mut(id));
                if let (Some(instance), Some(start)) = (instance, value().and_then(|start| start.parse().ok())) {
                    instance.starts.insert(self.level, start);
                }
            }
            "isLgl" => {
                if let Some(level) = self.open() {
                    level.is_legal = is_on(element);
                }
            }
            "rFonts" => {
                let font = attribute(element, "ascii").and_then(|font| SymbolFont::named(&font));
                if let Some(level) = self.open() {
                    level.font = font;
                }
            }
            "pPr" => return Step::Over,
            other => self.of_level(other, element),
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        match local(element) {
            "abstractNum" => self.list = None,
            "num" => self.instance = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: usize, format: &str, text: &str) -> String {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    }

    fn numbering(levels: &[String], instances: &str) -> Numbering {
        let xml = format!(
            r#"<w:numbering><w:abstractNum w:abstractNumId="0">{}</w:abstractNum>{instances}</w:numbering>"#,
            levels.concat()
        );
        Numbering::read(&xml, &Styles::default()).unwrap()
    }

    const TWO: &str = r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>"#;

    #[test]
    fn levels_count_and_begin_again() {
        let mut numbering = numbering(&[level(0, "decimal", "%1."), level(1, "lowerLetter", "%1.%2)")], TWO);
        let found: Vec<String> = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("2", 0), ("2", 0), ("1", 0)]
            .iter()
            .filter_map(|(instance, level)| numbering.next(instance, *level))
            .collect();
        assert_eq!(found, ["1.", "1.a)", "1.b)", "2.", "2.a)", "4.", "5.", "6."]);
    }

    #[test]
    fn bullets_legal_numbers_and_what_is_not_there() {
        let legal = level(1, "decimal", "%1.%2").replace("<w:lvlText", "<w:isLgl/><w:lvlText");
        let mut list = numbering(&[level(0, "upperRoman", "Part %1"), legal, level(2, "bullet", "\u{f0b7}")], TWO);
        assert_eq!(list.next("1", 1).as_deref(), Some("1.1"), "a level that was skipped counts as begun");
        assert_eq!(list.next("1", 0).as_deref(), Some("Part I"));
        assert_eq!(list.next("1", 0).as_deref(), Some("Part II"));
        assert_eq!(list.next("1", 1).as_deref(), Some("2.1"));
        assert_eq!(list.next("1", 2).as_deref(), Some("•"));
        assert_eq!((list.next("1", 700), list.next("9", 0)), (None, None));
    }
}
