//! Time stamps as transcripts write them: `00:01:02`, `[01:02]`, `\[00:04:01.06\]`,
//! `#00:01:02-3#`, `[-00:00:04]`, days in front (`[00:00:28:53]`), ranges (`0:0:0.0 --> 0:0:1.5`).
//!
//! Only what stands apart is a stamp: `at 10:30` inside a sentence stays speech.

use crate::text::Span;

/// A stamp at the start of some text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp {
    /// Bytes it takes, brackets included.
    pub len: usize,
    pub seconds: f64,
    /// In brackets or between `#`.
    pub apart: bool,
    /// 2 for `mm:ss`, 3 for `hh:mm:ss`, 4 with days.
    pub fields: usize,
}

/// The stamp that `text` starts with.
pub fn at_start(text: &str) -> Option<Stamp> {
    match text.as_bytes().first()? {
        b'0'..=b'9' | b'-' => clock(text),
        b'[' | b'(' | b'{' | b'#' | b'<' | b'\\' => bracketed(text),
        _ => None,
    }
}

/// `0:0:0.0 --> 0:0:1.510`: a stamp, an arrow, a stamp.
pub fn range(text: &str) -> Option<Stamp> {
    let first = clock(text)?;
    let rest = text[first.len..].trim_start().strip_prefix("-->")?.trim_start();
    let second = clock(rest)?;
    Some(Stamp { len: text.len() - rest.len() + second.len, apart: true, ..first })
}

fn bracketed(text: &str) -> Option<Stamp> {
    let inner = text.strip_prefix('\\').unwrap_or(text);
    let open = inner.chars().next().filter(|letter| "[({#<".contains(*letter))?;
    let inner = &inner[1..];
    let skipped = inner.trim_start_matches([' ', '\\']);
    let stamp = clock(skipped)?;
    let after = skipped[stamp.len..].trim_start_matches([' ', '\\']);
    let close = match open {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        '<' => '>',
        same => same,
    };
    let rest = after.strip_prefix(close)?;
    Some(Stamp { len: text.len() - rest.len(), apart: true, ..stamp })
}

/// A stamp to the hour that a word follows without a space: `00:03:40.5Zack`. Not `10:30:00am`.
pub fn glued(text: &str) -> Option<Stamp> {
    let figures = text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ':' | '.')))?;
    let stamp = clock(&text[..figures]).filter(|stamp| stamp.len == figures && stamp.fields > 2)?;
    let follows = &text[figures..];
    follows.starts_with(char::is_uppercase).then_some(stamp)
}

/// The stamp between `#` that `text` ends with, as f4 writes it behind what it times.
pub fn at_end(text: &str) -> Option<f64> {
    let text = text.trim_end().strip_suffix('#')?;
    let start = text.rfind('#')?;
    clock(&text[start + 1..]).filter(|stamp| stamp.len == text.len() - start - 1).map(|stamp| stamp.seconds)
}

/// Figures and colons, with a fraction after `.`, `,` or (in `#` stamps) `-`.
pub fn clock(text: &str) -> Option<Stamp> {
    let bytes = text.as_bytes();
    let (mut at, negative) = if bytes.first() == Some(&b'-') { (1, true) } else { (0, false) };
    let mut fields = [0_u32; 4];
    let mut widths = [0; 4];
    let mut count = 0;
    loop {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 3 || count == 4 || (count > 0 && digits > 2) {
            return None;
        }
        fields[count] = text[at..at + digits].parse().ok()?;
        widths[count] = digits;
        count += 1;
        at += digits;
        if bytes.get(at) == Some(&b':') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            at += 1;
        } else {
            break;
        }
    }
    if count < 2 || (count == 2 && widths[1] != 2) {
        return None;
    }
    let (fraction, taken) = fraction(&text[at..]);
    at += taken;
    if bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let seconds = seconds(&fields[..count])? + fraction;
    Some(Stamp { len: at, seconds: if negative { -seconds } else { seconds }, apart: false, fields: count })
}

fn fraction(text: &str) -> (f64, usize) {
    let mut letters = text.chars();
    if !matches!(letters.next(), Some('.' | ',' | '-')) {
        return (0.0, 0);
    }
    let digits = letters.take_while(char::is_ascii_digit).count();
    match digits {
        1..=9 => (format!("0.{}", &text[1..=digits]).parse().unwrap_or(0.0), 1 + digits),
        _ => (0.0, 0),
    }
}

/// Four fields are days to seconds where that is a time of day, else hours to frames.
fn seconds(fields: &[u32]) -> Option<f64> {
    let sum = |parts: &[u32]| f64::from(parts.iter().fold(0_u32, |sum, part| sum * 60 + part));
    match *fields {
        [minutes, seconds] if seconds < 60 => Some(sum(&[minutes, seconds])),
        [_, minutes, seconds] if minutes < 60 && seconds < 60 => Some(sum(fields)),
        [days, hours, minutes, seconds] if hours < 24 && minutes < 60 && seconds < 60 => {
            Some(f64::from(days) * 86_400.0 + sum(&[hours, minutes, seconds]))
        }
        [_, minutes, seconds, _] if minutes < 60 && seconds < 60 => Some(sum(&fields[..3])),
        _ => None,
    }
}

/// Where stamps stand within `text` (from byte `from` on): in square brackets, between `#`, or in
/// round brackets when written out to the hour. Of `[unintelligible 00:01:49]` only the time.
pub fn within(text: &str, from: usize, mut found: impl FnMut(Span, f64)) {
    let mut at = from;
    while let Some(ahead) = text[at..].find(['[', '#', '(']) {
        let start = at + ahead;
        let escaped = usize::from(text[..start].ends_with('\\') && start > from);
        at = start + 1;
        if let Some(stamp) =
            bracketed(&text[start..]).filter(|stamp| !text[start..].starts_with('(') || stamp.fields > 2)
        {
            at = start + stamp.len;
            if let Some(span) = Span::new(start - escaped, at) {
                found(span, stamp.seconds);
            }
        } else if text[start..].starts_with('[')
            && let Some((span, seconds)) = noted(text, start)
        {
            at = span.end();
            found(span, seconds);
        }
    }
}

/// A time as the last word in square brackets.
fn noted(text: &str, start: usize) -> Option<(Span, f64)> {
    let end = start + text[start..].bytes().take(80).position(|byte| byte == b']')?;
    let inside = text.get(start + 1..end)?.trim_end_matches('\\').trim_end();
    let last = inside.rsplit(char::is_whitespace).next().filter(|last| last.len() < inside.len())?;
    let word = inside.len() - last.len();
    let stamp = clock(last).filter(|stamp| stamp.len == last.len())?;
    Some((Span::new(start + 1 + word, start + 1 + inside.len())?, stamp.seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        at_start(text).map(|stamp| (stamp.seconds * 1000.0).round() / 1000.0)
    }

    #[test]
    fn the_usual_ways_to_write_a_time() {
        assert_eq!(seconds("00:01:02 so"), Some(62.0));
        assert_eq!(seconds("[01:02] so"), Some(62.0));
        assert_eq!(seconds(r"\[00:04:01.06\] so"), Some(241.06));
        assert_eq!(seconds("#00:01:02-3# so"), Some(62.3));
        assert_eq!(seconds("[-00:00:00:10]"), Some(-10.0));
        assert_eq!(seconds("[00:00:28:53]"), Some(1733.0));
        assert_eq!(seconds("[-00:01:57:00]"), Some(-7020.0));
        assert_eq!(seconds("1:02:03,5"), Some(3723.5));
        assert_eq!(range("0:0:0.5 --> 0:0:1.510").map(|stamp| stamp.seconds), Some(0.5));
    }

    #[test]
    fn a_stamp_behind_what_it_times() {
        assert_eq!(at_end("Yes. #00:01:02-0# "), Some(62.0));
        assert_eq!([at_end("Yes. #1"), at_end("Yes. [00:01:02]"), at_end("#12#"), at_end("#")], [None; 4]);
    }

    #[test]
    fn what_is_no_time() {
        for text in ["16:9 screens", "10:36am", "1:75", "2023-05-12", "10", "[laughs]", "12-May-2023", "1:2"] {
            assert_eq!(at_start(text), None, "{text}");
        }
    }

    #[test]
    fn stamps_within_a_sentence() {
        let text = r"we \[04:01\] met at 10:30 (00:01:02) \[unintelligible 00:01:49.02\] #00:01:02-3# (10:30)";
        let mut words = Vec::new();
        within(text, 0, |span, _| words.push(span.of(text).unwrap()));
        assert_eq!(words, [r"\[04:01\]", "(00:01:02)", "00:01:49.02", "#00:01:02-3#"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_trips_it(text in r"[\[\](){}#\\:0-9a-zé ,.-]{0,40}") {
            let _ = at_start(&text);
            let mut last = 0;
            within(&text, 0, |span, _| {
                assert!(span.of(&text).is_some() && span.start() >= last);
                last = span.end();
            });
        }
    }
}
