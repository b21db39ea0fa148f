//! Whether all that a file holds came through: letters and digits in its container, counted a second
//! way, against those of the text layer and of what is known to have been left out.
//!
//! A format counts what it passes over by [`Loss`] while it reads; [`dropped`] strikes the balance.
//! What no reason was given for is [`Loss::Unread`]: never silent, and in the tests always nothing.
//! Containers that are no XML are counted by [`super::weigh`].

use crate::diagnostic::Diagnostic;
use crate::text::words::counted;
use memchr::{memchr, memchr3, memmem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::AddAssign;

crate::vocabulary! {
    /// Why something in a file is in no text layer.
    pub enum Loss "kind of loss" {
        Deleted "deleted",
        Hidden "hidden",
        Reading "reading",
        Drawing "drawing",
        Picture "picture",
        Embedded "embedded",
        Symbol "symbol",
        Stray "stray",
        Tier "tier",
        Menu "menu",
        Beside "beside",
        Note "note",
        Column "column",
        Row "row",
        Sheet "sheet",
        Unread "unread",
    }
}

impl Loss {
    /// `12 letters deleted by tracked changes`.
    fn tell(self, count: usize) -> String {
        let letters = || counted(count, "letter");
        match self {
            Loss::Deleted => format!("{} deleted by tracked changes", letters()),
            Loss::Hidden => format!("{} of hidden text", letters()),
            Loss::Reading => format!("{} of phonetic readings", letters()),
            Loss::Drawing => format!("{} in charts, diagrams and descriptions of pictures", letters()),
            Loss::Picture => format!("{}, with whatever words are in them", counted(count, "picture")),
            Loss::Embedded => counted(count, "embedded document"),
            Loss::Symbol => format!("{} of symbol fonts, each marked \u{fffd} in the text", letters()),
            Loss::Stray => format!("{} between paragraphs or cells, which no word processor shows", letters()),
            Loss::Tier => format!("{} of tiers that hold no speech (gestures, notes, annotations)", letters()),
            Loss::Menu => format!("{} in menus", letters()),
            Loss::Beside => format!("{} in chapters outside the order of the book", letters()),
            Loss::Note => format!("{} in notes that are not shown", letters()),
            Loss::Column => format!("{} in columns that nothing uses", letters()),
            Loss::Row => format!("{} in rows without words, or above the headings", letters()),
            Loss::Sheet => format!("{} in other sheets", letters()),
            Loss::Unread => format!("{} that this version cannot place", letters()),
        }
    }
}

impl Loss {
    /// The format says it in words of its own.
    fn is_told(self) -> bool {
        matches!(self, Loss::Menu | Loss::Beside | Loss::Note | Loss::Column | Loss::Row | Loss::Sheet)
    }
}

/// Something left out of the text layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    pub what: Loss,
    /// Letters and digits; pictures and embedded documents count as one each.
    pub count: usize,
}

/// What a reader passed over, as it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    losses: BTreeMap<Loss, usize>,
    /// Letters and digits that are no words of the document (instructions of fields, numbers made
    /// anew, second copies) or stand elsewhere in the answer (comments, headers).
    aside: usize,
    /// Letters and digits of the text that stand in the file by other means than text.
    made: usize,
}

impl Tally {
    pub fn lose(&mut self, what: Loss, words: &str) {
        self.lose_many(what, letters(words));
    }

    pub fn lose_many(&mut self, what: Loss, count: usize) {
        if count > 0 {
            *self.losses.entry(what).or_default() += count;
        }
    }

    pub fn set_aside(&mut self, words: &str) {
        self.set_aside_many(letters(words));
    }

    pub fn set_aside_many(&mut self, count: usize) {
        self.aside += count;
    }

    pub fn make(&mut self, words: &str) {
        self.make_many(letters(words));
    }

    pub fn make_many(&mut self, count: usize) {
        self.made += count;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.aside += other.aside;
        self.made += other.made;
        for (what, count) in other.losses {
            self.lose_many(what, count);
        }
    }
}

/// The balance: `container` letters and digits in the file, `kept` of them in the text layer.
pub fn dropped(container: usize, kept: usize, tally: &Tally) -> Vec<Dropped> {
    let is_counted = |what: &Loss| !matches!(what, Loss::Picture | Loss::Embedded | Loss::Symbol);
    let lost: usize = tally.losses.iter().filter(|(what, _)| is_counted(what)).map(|(_, count)| count).sum();
    let (due, accounted) = (container + tally.made, kept + lost + tally.aside);
    #[cfg(test)]
    scales::note(due, accounted);
    let unread = due.saturating_sub(accounted);
    let known = tally.losses.iter().map(|(what, count)| Dropped { what: *what, count: *count });
    known.chain((unread > 0).then_some(Dropped { what: Loss::Unread, count: unread })).collect()
}

/// What was left out, in one sentence; nothing where nothing was.
pub fn advice(dropped: &[Dropped]) -> Option<Diagnostic> {
    let dropped: Vec<&Dropped> = dropped.iter().filter(|one| !one.what.is_told()).collect();
    let parts: Vec<String> = dropped.iter().map(|one| one.what.tell(one.count)).collect();
    let message = format!("left out of the text: {}", parts.join("; "));
    let is_small = dropped.iter().all(|one| matches!(one.what, Loss::Deleted | Loss::Picture | Loss::Tier));
    if parts.is_empty() {
        None
    } else if is_small {
        Some(Diagnostic::note("dropped", message))
    } else {
        Some(
            Diagnostic::warning("dropped", message)
                .hint("what you need of it, show or type out in the file before you import it"),
        )
    }
}

/// Letters and digits of a text, in any script.
pub fn letters(text: &str) -> usize {
    let plain = text.bytes().filter(u8::is_ascii_alphanumeric).count();
    let is_other = |letter: &char| !letter.is_ascii() && letter.is_alphanumeric();
    if text.is_ascii() { plain } else { plain + text.chars().filter(is_other).count() }
}

/// Letters and digits in all text of an XML part, elements named in `apart` left out. It knows nothing of
/// what elements mean and shares no line with the readers, so that it can catch them out.
pub fn letters_in_xml(xml: &str, apart: &[&str]) -> usize {
    let (mut rest, mut count, mut is_apart) = (xml, 0, false);
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        if !is_apart {
            count += letters_escaped(&rest[..open]);
        }
        rest = &rest[open..];
        let (end, skip) = if rest.starts_with("<![CDATA[") {
            let end = memmem::find(rest.as_bytes(), b"]]>").unwrap_or(rest.len());
            count += if is_apart { 0 } else { letters(&rest[9.min(end)..end]) };
            (end, 3)
        } else if rest.starts_with("<!--") {
            (memmem::find(rest.as_bytes(), b"-->").unwrap_or(rest.len()), 3)
        } else {
            let end = tag_end(rest);
            is_apart = !apart.is_empty() && !rest[..end].ends_with('/') && apart.contains(&name(&rest[1..end]));
            (end, 1)
        };
        rest = rest.get(end + skip..).unwrap_or_default();
    }
    count
}

/// The name of an opening tag, without its prefix.
fn name(tag: &str) -> &str {
    let end = tag.bytes().position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'/')).unwrap_or(tag.len());
    let start = tag.as_bytes()[..end].iter().rposition(|byte| *byte == b':').map_or(0, |colon| colon + 1);
    &tag[start..end]
}

/// The same within the first element of this name.
pub fn letters_within(xml: &str, element: &str, apart: &[&str]) -> usize {
    let inner = xml.find(&format!("<{element}")).map_or("", |start| &xml[start..]);
    let end = inner.rfind(&format!("</{element}>")).unwrap_or(0);
    letters_in_xml(&inner[..end], apart)
}

/// Where a tag closes; a `>` between quotation marks does not close it.
fn tag_end(tag: &str) -> usize {
    let bytes = tag.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr3(b'>', b'"', b'\'', &bytes[at..]).map(|found| at + found) {
        if bytes[found] == b'>' {
            return found;
        }
        match memchr(bytes[found], &bytes[found + 1..]) {
            Some(close) => at = found + close + 2,
            None => break,
        }
    }
    tag.len()
}

/// Letters and digits between two tags; `&amp;` is none, `&#233;` is one.
fn letters_escaped(text: &str) -> usize {
    if !text.contains('&') {
        return letters(text);
    }
    let mut parts = text.split('&');
    let first = parts.next().map_or(0, letters);
    let entity = |part: &str| {
        let (name, after) = part.split_once(';').unwrap_or(("", part));
        let code = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        usize::from(code.and_then(char::from_u32).is_some_and(char::is_alphanumeric)) + letters(after)
    };
    first + parts.map(entity).sum::<usize>()
}

/// What the last balance of this thread weighed, for tests that plant a loss.
#[cfg(test)]
pub mod scales {
    use std::cell::Cell;

    thread_local! {
        static LAST: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }

    pub fn note(due: usize, accounted: usize) {
        LAST.set((due, accounted));
    }

    /// Letters and digits of the container, and those accounted for.
    pub fn last() -> (usize, usize) {
        LAST.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_between_tags_is_counted() {
        let xml = "<?xml version='1'?><a x='no > no'>ab&amp;&#233; <b/>c1<!-- no --><o>no</o><![CDATA[<d>]]></a>";
        assert_eq!(letters_in_xml(xml, &["o"]), 6);
        assert_eq!(letters_in_xml(xml, &[]), 8);
        assert_eq!(letters_in_xml("<a>世界", &[]), 0, "an open end is no text");
    }

    #[test]
    fn what_is_lost_is_named_and_the_rest_is_unread() {
        let mut tally = Tally::default();
        tally.lose(Loss::Deleted, "old words");
        tally.lose_many(Loss::Picture, 2);
        tally.set_aside("PAGE");
        let list = |dropped: Vec<Dropped>| dropped.iter().map(|one| (one.what, one.count)).collect::<Vec<_>>();
        let exact = dropped(8 + 4 + 10, 10, &tally);
        assert!(advice(&exact).unwrap().message.contains("8 letters deleted by tracked changes; 2 pictures"));
        assert_eq!(list(exact), [(Loss::Deleted, 8), (Loss::Picture, 2)]);
        assert_eq!(list(dropped(30, 10, &tally)).last(), Some(&(Loss::Unread, 8)));
        assert_eq!(advice(&dropped(10, 10, &Tally::default())), None);
    }
}
