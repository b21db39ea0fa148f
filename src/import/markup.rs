//! The words of a caption without its tags: whose they are, entities decoded.

use super::completeness::Tally;
use super::stamp;

/// Words by voice, without tags, entities decoded; `tally` takes up what of it is no words.
pub fn voices(payload: &str, tally: &mut Tally) -> Vec<(Option<String>, String)> {
    let mut parts = vec![(None, String::new())];
    let mut rest = payload;
    while let Some(at) = rest.find(['<', '{']) {
        push(&mut parts, &rest[..at]);
        rest = &rest[at..];
        if let Some((tag, after)) = tag(rest) {
            tally.set_aside(&rest[..rest.len() - after.len()]);
            if let Some(name) = tag {
                parts.push((Some(name), String::new()));
            }
            rest = after;
        } else {
            push(&mut parts, &rest[..1]);
            rest = &rest[1..];
        }
    }
    push(&mut parts, rest);
    parts
        .into_iter()
        .map(|(voice, words)| (voice, entities(&words, tally)))
        .filter(|(voice, words)| voice.is_some() || !words.trim().is_empty())
        .collect()
}

fn push(parts: &mut [(Option<String>, String)], words: &str) {
    if let Some((_, last)) = parts.last_mut() {
        last.push_str(words);
    }
}

/// A known tag at the start: the name it gives, if any, and what follows. `<[?]>` is no tag.
fn tag(text: &str) -> Option<(Option<String>, &str)> {
    if let Some(inside) = text.strip_prefix("{\\") {
        return inside.split_once('}').filter(|(tag, _)| tag.len() < 40).map(|(_, after)| (None, after));
    }
    let (inside, after) = text.strip_prefix('<')?.split_once('>')?;
    let name = inside.trim_start_matches('/').split(['.', ' ', '\t']).next().unwrap_or_default().to_lowercase();
    let is_known = matches!(name.as_str(), "c" | "i" | "b" | "u" | "s" | "v" | "lang" | "ruby" | "rt" | "font");
    if name == "v" && !inside.starts_with('/') {
        let spoken = inside.split_once([' ', '\t']).map(|(_, name)| entities(name.trim(), &mut Tally::default()));
        return Some((spoken.filter(|name| !name.is_empty()), after));
    }
    let is_time = stamp::clock(inside).is_some_and(|stamp| stamp.len == inside.len());
    (is_known || is_time).then_some((None, after))
}

fn entities(text: &str, tally: &mut Tally) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let decoded = rest[1..].split_once(';').and_then(|(name, after)| Some((entity(name)?, after)));
        if let Some((letter, after)) = decoded {
            tally.set_aside(&rest[..rest.len() - after.len()]);
            tally.make(letter.encode_utf8(&mut [0; 4]));
            out.push(letter);
            rest = after;
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number).filter(|letter| !letter.is_control())?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_tags_and_entities() {
        let voices = |payload| voices(payload, &mut Tally::default());
        let found = voices("<v.loud Ana Lee>Fish &amp; <i>chips</i></v> <v Ben>No <[?]> &x; 1 < 2");
        let expected = [(Some("Ana Lee"), "Fish & chips "), (Some("Ben"), "No <[?]> &x; 1 < 2")];
        assert_eq!(found.iter().map(|(name, words)| (name.as_deref(), words.as_str())).collect::<Vec<_>>(), expected);
        assert_eq!(voices("{\\an8}<00:01.000>Hi")[0].1, "Hi");
    }
}
