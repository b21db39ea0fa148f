//! Lines that begin with a tag, as RIS, MEDLINE, Web of Science and Refer have them: what all four
//! share. A format says which tag a line begins with; a line without one goes on with the line before.

use super::Cut;
use super::builder::Builder;
use std::borrow::Cow;

/// A tag with all that was written under it.
pub struct Tagged<'t> {
    pub tag: &'t str,
    pub value: Cow<'t, str>,
    /// From 1.
    pub line: usize,
    /// An empty line stands before it.
    pub after_gap: bool,
}

/// Tag and value of a line that begins with a tag.
pub type Grammar = for<'t> fn(&'t str) -> Option<(&'t str, &'t str)>;

/// The tagged lines of a text, continuations joined on with a line break, and how many lines belong to no
/// tag. `ends` says after which tags nothing goes on.
pub fn lines<'t>(text: &'t str, grammar: Grammar, ends: &[&str]) -> (Vec<Tagged<'t>>, usize) {
    let mut lines: Vec<Tagged> = Vec::new();
    let mut outside = 0;
    let mut gap = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start_matches(['\u{feff}', '\u{200b}']);
        if line.trim().is_empty() {
            gap = true;
            continue;
        }
        if let Some((tag, value)) = grammar(line) {
            lines.push(Tagged { tag, value: Cow::Borrowed(value.trim()), line: at + 1, after_gap: gap });
        } else if let Some(before) = lines.last_mut().filter(|before| !ends.contains(&before.tag)) {
            let value = before.value.to_mut();
            value.push('\n');
            value.push_str(line.trim());
        } else {
            outside += 1;
        }
        gap = false;
    }
    (lines, outside)
}

/// Makes a record of the lines gathered for it, if there are any, and gathers anew.
pub fn close(cut: &mut Cut, open: &mut Vec<&Tagged>, put: impl Fn(&mut Builder, &Tagged)) {
    if let Some(first) = open.first() {
        cut.push(first.line, || {
            let mut builder = Builder::new();
            for line in open.iter() {
                put(&mut builder, line);
            }
            Ok(builder)
        });
    }
    open.clear();
}

/// Whether any of the first lines of a text is tagged so.
pub fn begins(start: &str, grammar: Grammar, tags: &[&str]) -> bool {
    let line = |line: &str| grammar(line.trim_start_matches('\u{feff}')).is_some_and(|(tag, _)| tags.contains(&tag));
    start.lines().any(line)
}
