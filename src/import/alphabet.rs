//! Which alphabet the bytes of a text speak for, where they are neither UTF-8 nor UTF-16.

use super::source::{Source, unreadable};
use crate::diagnostic::Result;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use std::io::{ErrorKind, Read};

/// The likeliest encoding of a text; `head` is its beginning.
pub fn likeliest(source: &dyn Source, head: &[u8]) -> Result<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let mut from = source.open()?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => drop(detector.feed(&buffer[..read], false)),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(&error)),
        }
    }
    detector.feed(&[], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    Ok(if is_latin(guess) { western(head, guess) } else { guess })
}

/// Sets the detector's guess right for alphabets that look alike to it.
///
/// It does not know Mac Roman. What gives that away: read as Windows-1252 it has capitals amid words
/// (`donÕt`); read as what it is, it has not. And a handful of accents may speak for the Baltic or Hungary
/// by chance: where they make sense in Windows-1252, that is what they are.
fn western(bytes: &[u8], guess: &'static Encoding) -> &'static Encoding {
    const SAMPLE: usize = 200_000;
    const FEW: usize = 12;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let odd = |encoding: &'static Encoding| oddities(&encoding.decode_without_bom_handling(sample).0);
    let foreign = sample.iter().filter(|byte| **byte >= 0x80).count();
    let odd_here = odd(WINDOWS_1252);
    if odd_here * 2 > foreign && odd(MACINTOSH) * 4 < odd_here {
        MACINTOSH
    } else if odd_here == 0 && foreign <= FEW {
        WINDOWS_1252
    } else {
        guess
    }
}

/// A single-byte encoding of a Latin alphabet.
fn is_latin(encoding: &'static Encoding) -> bool {
    let (letters, _) = encoding.decode_without_bom_handling(&[0xc1, 0xd0, 0xe1, 0xf0]);
    encoding.is_single_byte() && letters.chars().filter(|letter| *letter < '\u{250}').count() >= 3
}

/// Characters beyond ASCII where no text has them: capitals amid words or behind a full stop, marks of
/// quotation read as letters, symbols.
fn oddities(text: &str) -> usize {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    let mut count = 0;
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_odd = if letter.is_uppercase() {
            let is_dash = before.is_whitespace() && next.is_whitespace() && "ÐÑ".contains(letter);
            let opens = next.is_uppercase() && "ÒÔ".contains(letter);
            before.is_lowercase() || ".,!?;:".contains(before) || is_dash || opens
        } else {
            let is_letter = letter.is_alphabetic() && !('\u{2b0}'..'\u{300}').contains(&letter);
            let is_mark = "‘’“”–—…«»‹›•·§©°\u{a0}".contains(letter);
            let is_amid = "•·§©°".contains(letter) && before.is_alphabetic() && next.is_alphabetic();
            !is_letter && (!is_mark || is_amid)
        };
        count += usize::from(!letter.is_ascii() && is_odd);
        before = letter;
    }
    count
}
