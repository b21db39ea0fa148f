//! Lines that begin with a tag, as RIS, MEDLINE, Web of Science and Refer have them: what all four
//! share. A format says which tag a line begins with; a line without one goes on with the line before.

/// A tag with all that was written under it.
pub struct Tagged<'t> {
    pub tag: &'t str,
    pub value: String,
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
            lines.push(Tagged { tag, value: value.trim().to_owned(), line: at + 1, after_gap: gap });
        } else if let Some(before) = lines.last_mut().filter(|before| !ends.contains(&before.tag)) {
            before.value.push('\n');
            before.value.push_str(line.trim());
        } else {
            outside += 1;
        }
        gap = false;
    }
    (lines, outside)
}

/// Whether any of the first lines of a text is tagged so.
pub fn begins(start: &str, grammar: Grammar, tags: &[&str]) -> bool {
    let line = |line: &str| grammar(line.trim_start_matches('\u{feff}')).is_some_and(|(tag, _)| tags.contains(&tag));
    start.lines().any(line)
}
