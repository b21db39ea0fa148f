//! Markdown: the file as it stands; headings, points and code told apart, front matter read.

use super::lines::{Line, LineKind, filled, is_point};
use super::turns::{Matter, cut};
use super::{Imported, Importer, Request, decode::decode, weigh};
use crate::diagnostic::Result;
use std::collections::BTreeMap;

pub struct Markdown;

impl Importer for Markdown {
    fn key(&self) -> &'static str {
        "md"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let decoded = decode(request.bytes)?;
        let text = decoded.text.into_owned();
        let (start, particulars) = front_matter(&text);
        let lines = lines(&text, start);
        let container = weigh::text(request.bytes, &text);
        let matter = Matter { lines, text, container, particulars, warnings: decoded.warnings, ..Matter::new("md") };
        Ok(cut(matter, request))
    }
}

fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut in_code = false;
    let mut after_heading = false;
    for (span, blank) in filled(text, from) {
        let words = span.of(text).unwrap_or_default();
        let is_fence = words.starts_with("```") || words.starts_with("~~~");
        in_code ^= is_fence;
        if !in_code && !is_fence && is_rule(words) {
            continue;
        }
        let kind = kind(words, in_code || is_fence);
        let starts = blank || after_heading || (kind == LineKind::Verbatim && is_point(words));
        after_heading = kind == LineKind::Heading;
        lines.push(Line { span, kind, starts, time: None });
    }
    lines
}

fn kind(words: &str, in_code: bool) -> LineKind {
    let after = words.trim_start_matches('#');
    let depth = words.len() - after.len();
    if in_code {
        LineKind::Verbatim
    } else if (1..=6).contains(&depth) && after.starts_with(' ') {
        LineKind::Heading
    } else if is_point(words) || words.starts_with('|') {
        LineKind::Verbatim
    } else {
        LineKind::Prose
    }
}

/// A line across the page: `---`, `***`, `* * *`.
fn is_rule(words: &str) -> bool {
    ["-", "*", "_", "="].iter().any(|mark| {
        let left = words.replace(mark, "");
        left.trim().is_empty() && words.len() - left.len() >= 3
    })
}

/// The YAML block at the top: where it ends, and its plain pairs and lists.
fn front_matter(text: &str) -> (usize, BTreeMap<String, String>) {
    let Some(rest) = text.strip_prefix("---\n") else { return (0, BTreeMap::new()) };
    let Some(end) = ["\n---\n", "\n...\n"].iter().filter_map(|mark| rest.find(mark)).min() else {
        return (0, BTreeMap::new());
    };
    (4 + end + 5, pairs(&rest[..end]))
}

fn pairs(block: &str) -> BTreeMap<String, String> {
    let mut pairs: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in block.lines() {
        let is_inner = line.starts_with([' ', '\t', '-']);
        if let Some((key, value)) = line.split_once(':').filter(|_| !is_inner) {
            key.trim().clone_into(&mut name);
            pairs.insert(name.clone(), scalar(value));
        } else {
            let value = pairs.entry(name.clone()).or_default();
            let item = scalar(line.trim().trim_start_matches("- "));
            if !value.is_empty() && !item.is_empty() {
                value.push_str(", ");
            }
            value.push_str(&item);
        }
    }
    pairs.retain(|name, value| !name.is_empty() && !value.is_empty());
    pairs
}

fn scalar(value: &str) -> String {
    let value = value.trim();
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    let unquote = |item: &str| item.trim().trim_matches(['"', '\'']).to_owned();
    match list {
        Some(items) => items.split(',').map(unquote).collect::<Vec<_>>().join(", "),
        None if matches!(value, "|" | ">" | "|-" | ">-") => String::new(),
        None => unquote(value),
    }
}

#[cfg(test)]
mod tests {
    use super::LineKind::{Heading, Prose, Verbatim};
    use super::*;

    #[test]
    fn front_matter_is_particulars() {
        let text = "---\ntitle: \"A talk\"\ntags: ['a', \"b\"]\nspeakers:\n  - Ana\n  - Ben\n---\n# Talk\n";
        let (start, pairs) = front_matter(text);
        assert_eq!(&text[start..], "# Talk\n");
        assert_eq!(pairs["title"], "A talk");
        assert_eq!(pairs["tags"], "a, b");
        assert_eq!(pairs["speakers"], "Ana, Ben");
        assert_eq!(front_matter("---\nno end").0, 0);
    }

    #[test]
    fn kinds_of_lines() {
        let text = "# Head\ntext\nmore\n\n---\n\n- one\n- two\n```\nA: code\n```\n#hash";
        let kinds: Vec<(LineKind, bool)> = lines(text, 0).iter().map(|line| (line.kind, line.starts)).collect();
        assert_eq!(kinds[..5], [(Heading, true), (Prose, true), (Prose, false), (Verbatim, true), (Verbatim, true)]);
        assert_eq!(kinds[6].0, Verbatim);
        assert_eq!(kinds[8].0, Prose);
    }
}
