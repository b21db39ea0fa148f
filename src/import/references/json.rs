//! Lists and members of a JSON text, cut out as they stand: each is read by itself, so that one that is
//! broken costs itself alone and no tree grows with the file.

use serde_json::Value;
use std::ops::Range;

/// One value that was cut out; the error says what is wrong with it.
pub fn read(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("the JSON is broken ({error})"))
}

/// What stands in a list that opens at byte `open`, with the line each begins on.
pub fn elements(text: &str, open: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut at = inside(text, open, b'[');
    while let Some(start) = at.filter(|at| text.as_bytes()[*at] != b']') {
        let end = end_of(text, start);
        line += text[counted..start].matches('\n').count();
        counted = start;
        found.push((line, text[start..end].trim_end()));
        at = next(text, end.max(start + 1));
    }
    found
}

/// Names and values of an object that opens at byte `open`, the values by where they stand.
pub fn members(text: &str, open: usize) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = inside(text, open, b'{');
    while let Some(start) = at.filter(|at| text.as_bytes()[*at] == b'"') {
        let name = start..end_of(text, start);
        let Some(value) = next(text, name.end).filter(|at| *at > name.end) else { break };
        let end = end_of(text, value);
        found.push((text[name].trim_matches('"'), value..end));
        at = next(text, end.max(value + 1));
    }
    found
}

/// The first value in what opens with this bracket; `None` where something else stands there.
fn inside(text: &str, open: usize, bracket: u8) -> Option<usize> {
    (text.as_bytes().get(open) == Some(&bracket)).then(|| next(text, open + 1))?
}

/// The next byte that is neither space nor punctuation between values.
pub fn next(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    rest.iter().position(|byte| !byte.is_ascii_whitespace() && !b",:\0".contains(byte)).map(|at| from + at)
}

/// Just after the value that begins at `start`; the end of the text where it is never closed.
fn end_of(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut is_string = false;
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\\' if is_string => at += 1,
            b'"' => is_string = !is_string,
            _ if is_string => continue,
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' if depth == 0 => return at - 1,
            b'}' | b']' => depth -= 1,
            _ => continue,
        }
        if depth == 0 && !is_string {
            return at.min(text.len());
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_members_are_cut_as_they_stand() {
        let text = "{\"a\": [ {\"x\": \"]} \\\" é\"},\n 12,\n[1, [2]], \"s\"],\n \"b\" : {\"c\": 1}, \"d\": null}";
        let members: Vec<_> = members(text, 0).into_iter().map(|(name, at)| (name, text[at].to_owned())).collect();
        assert_eq!(members.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["a", "b", "d"]);
        assert_eq!((members[1].1.as_str(), members[2].1.as_str()), ("{\"c\": 1}", "null"));
        let list = elements(text, text.find('[').unwrap());
        assert_eq!(list, [(1, "{\"x\": \"]} \\\" é\"}"), (2, "12"), (3, "[1, [2]]"), (3, "\"s\"")]);
    }

    #[test]
    fn what_is_never_closed_ends_with_the_text() {
        assert_eq!(elements("[{\"a\": 1}, {\"b\": [", 0), [(1, "{\"a\": 1}"), (1, "{\"b\": [")]);
        assert_eq!(elements("[", 0), []);
        assert_eq!(members("{\"a\"", 0), []);
        assert_eq!((elements("é", 0), members("é", 0)), (Vec::new(), Vec::new()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_without_end_or_panic(text in "[\\[{é]?[\\[\\]{}\",:\\\\a é\n]{0,40}") {
            let _ = (elements(&text, 0), members(&text, 0));
        }
    }
}
