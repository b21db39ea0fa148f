//! A journal file cut into lines: what is whole, what is damaged, and what a damaged line still holds.
//!
//! A line break that is damaged runs two lines into one, and a line may have been appended to one that
//! was torn. Every line ends in its own hash, so whole lines are found in such a run by their ends.

use crate::history::{Broken, Header, Operation, StreamId, parse_header, parse_line};
use crate::id::Id;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What stands at one place of a file.
#[derive(Debug)]
pub(super) enum Item<'b> {
    Header(Header),
    /// The operation, and its line letter for letter.
    Operation(Operation, &'b [u8]),
    /// Whole, but in no shape this version knows: whose it is, as far as it says.
    Newer {
        stream: Option<StreamId>,
        project: Option<Id>,
    },
    Damaged(Damage),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Damage {
    /// Nothing of the line can be read.
    Line,
    /// The line holds whole lines, given before this, and something that cannot be read.
    Part,
    /// Only a line break is damaged: every line was given before this.
    Break,
    /// The file ends within a line.
    Torn,
}

/// Hands out every item with the number of its line, from 1. Returns where the last whole line ends:
/// what follows is a torn tail.
pub(super) fn each<'b>(bytes: &'b [u8], mut take: impl FnMut(usize, Item<'b>)) -> usize {
    let (mut offset, mut good) = (0, 0);
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let end = one(line, |item| take(number + 1, item));
        good = end.map_or(good, |end| offset + end);
        offset += line.len();
    }
    good
}

/// Hands out the items of one line, which is given with its line break. Returns where in it the last
/// whole line ends; `None` where the file ends here and nothing is whole.
pub(super) fn one<'b>(line: &'b [u8], mut take: impl FnMut(Item<'b>)) -> Option<usize> {
    let text = bare(line);
    if text.is_empty() {
        return Some(line.len());
    }
    match read(text) {
        Some(item) => {
            take(item);
            Some(line.len())
        }
        None => damaged(line, line.ends_with(b"\n"), take),
    }
}

/// A line without its line break, in whatever style, and without a byte order mark.
fn bare(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

/// `None` where the line's hash does not fit.
fn read(line: &[u8]) -> Option<Item<'_>> {
    let newer = || {
        let said: serde_json::Value = serde_json::from_slice(line).unwrap_or_default();
        let text = |key: &str| said.get(key)?.as_str();
        Item::Newer {
            stream: text("stream").map(str::to_owned),
            project: text("project").and_then(|id| id.parse().ok()),
        }
    };
    let item = match parse_header(line) {
        Some(header) => header.map(Item::Header),
        None => parse_line(line).map(|operation| Item::Operation(operation, line)),
    };
    match item {
        Ok(item) => Some(item),
        // The hash fits, so nobody damaged it: a newer version wrote what this one cannot read.
        Err(Broken::Shape(_)) => Some(newer()),
        Err(Broken::Hash) => None,
    }
}

/// Gives what a damaged line still holds, then the damage. Returns where in it the last whole line
/// ends; `None` where the file ends here and nothing is whole.
fn damaged<'b>(line: &'b [u8], is_closed: bool, mut take: impl FnMut(Item<'b>)) -> Option<usize> {
    let whole = whole_lines(line);
    let mut at = 0;
    let mut gaps = Vec::with_capacity(whole.len() + 1);
    for Range { start, end } in whole.iter().cloned() {
        gaps.push(start - at);
        at = end;
        read(&line[start..end]).into_iter().for_each(&mut take);
    }
    gaps.push(line.len() - usize::from(is_closed) - at);
    let damage = match (whole.is_empty(), is_closed) {
        (true, true) => Damage::Line,
        (true, false) => Damage::Torn,
        // A line break, damaged, takes up one byte or two.
        (false, _) if gaps.iter().all(|gap| *gap <= 2) => Damage::Break,
        (false, false) if gaps.last().is_some_and(|gap| *gap > 2) => Damage::Torn,
        (false, _) => Damage::Part,
    };
    take(Item::Damaged(damage));
    if is_closed { Some(line.len()) } else { whole.last().map(|last| last.end) }
}

/// `,"h":"` … `"}`, as every line ends.
const END: &[u8] = b",\"h\":\"";
const DIGITS: usize = 32;
const STARTS: [&[u8]; 2] = [b"{\"op\":\"", b"{\"realist\":"];
/// Beginnings tried for each end: a hostile file must not take for ever.
const TRIES: usize = 8;

/// Where whole lines stand in a run of bytes, in order.
fn whole_lines(run: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(run, END) {
        let end = at + END.len() + DIGITS + 2;
        if run.get(end - 2..end) != Some(b"\"}") || at < from {
            continue;
        }
        let mut starts: Vec<usize> =
            STARTS.iter().flat_map(|start| memmem::find_iter(&run[from..end], start)).map(|at| from + at).collect();
        starts.sort_unstable();
        let whole = starts.iter().rev().take(TRIES).find(|start| read(&run[**start..end]).is_some());
        found.extend(whole.map(|start| *start..end));
        from = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::FORMAT;

    fn header() -> String {
        let project = Id::derived([b"p".as_slice()]);
        Header { realist: FORMAT, project, stream: "aaaa0000".to_owned(), tag: "gj".to_owned(), suffix: None }.to_line()
    }

    fn seen(text: &str) -> (Vec<(usize, String)>, usize) {
        let mut seen = Vec::new();
        let good = each(text.as_bytes(), |line, item| {
            let word = match item {
                Item::Header(_) => "header".to_owned(),
                Item::Operation(operation, _) => operation.act,
                Item::Newer { .. } => "newer".to_owned(),
                Item::Damaged(damage) => format!("{damage:?}"),
            };
            seen.push((line, word));
        });
        (seen, good)
    }

    fn line() -> String {
        super::super::tests::operation("aaaa0000", 1, "one").0
    }

    fn words(expected: &[(usize, &str)]) -> Vec<(usize, String)> {
        expected.iter().map(|(line, word)| (*line, (*word).to_owned())).collect()
    }

    #[test]
    fn a_damaged_line_break_costs_nothing() {
        let text = format!("{}{}", header(), line()).replacen("}\n{", "}*{", 1);
        assert_eq!(seen(&text), (words(&[(1, "header"), (1, "one"), (1, "Break")]), text.len()));
        let text = format!("{}{}*", header(), line().trim_end());
        assert_eq!(seen(&text).0, words(&[(1, "header"), (2, "one"), (2, "Break")]));
        assert_eq!(seen(&text).1, text.len() - 1, "the stray byte is a torn tail");
    }

    #[test]
    fn a_line_appended_to_a_torn_one_is_read() {
        let text = format!("{}{}{}", header(), &line()[..70], line());
        assert_eq!(seen(&text), (words(&[(1, "header"), (2, "one"), (2, "Part")]), text.len()));
        let text = format!("{}{}", line(), &line()[..70]);
        assert_eq!(seen(&text), (words(&[(1, "one"), (2, "Torn")]), line().len()));
    }

    #[test]
    fn a_hostile_line_takes_no_longer_than_a_few_tries() {
        let text = format!(
            "{}{}\n",
            STARTS[0].iter().map(|byte| char::from(*byte)).collect::<String>().repeat(50_000),
            format!(",\"h\":\"{}\"}}", "0".repeat(32)).repeat(20)
        );
        assert_eq!(seen(&text).0, words(&[(1, "Line")]));
    }
}
