//! From bytes to text: UTF-8, UTF-16 or what they most likely are, always LF, never binary.
//!
//! Nothing is taken away but a byte order mark and carriage returns; what was not UTF-8 is said.

use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file; borrowed where it is UTF-8 with LF already.
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub warnings: Vec<Diagnostic>,
}

/// Faults: `empty-file`, `not-text`.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    decode_as(bytes, None)
}

/// The same for a file that says its encoding itself; it is believed as far as the bytes bear it out.
///
/// Faults: `empty-file`, `not-text`.
pub fn decode_as<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'b>> {
    if let Some(known) = super::foreign::binary(bytes) {
        return Err(known);
    }
    let mut warnings = Vec::new();
    let text = match declared.and_then(|declared| as_declared(bytes, declared)) {
        Some(text) => text,
        None => characters(bytes, &mut warnings)?,
    };
    if text.contains('\0') {
        return Err(not_text());
    }
    if text.trim().is_empty() {
        return Err(empty());
    }
    Ok(Decoded { text: unix_lines(text), warnings })
}

/// `None` where the bytes say otherwise: by a mark, by being UTF-8, or by not being what was declared.
fn as_declared<'b>(bytes: &'b [u8], declared: &'static Encoding) -> Option<Cow<'b, str>> {
    let is_told_otherwise = Encoding::for_bom(bytes).is_some()
        || (declared != UTF_8 && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok())
        || looks_binary(bytes);
    if is_told_otherwise { None } else { declared.decode_without_bom_handling_and_without_replacement(bytes) }
}

pub fn empty() -> Fault {
    fault("empty-file", "the file holds no text").hint("check that it was saved or copied to the end")
}

fn not_text() -> Fault {
    fault("not-text", "the file is not text").hint("save it as .docx, .txt or .csv and import that")
}

fn characters<'b>(bytes: &'b [u8], warnings: &mut Vec<Diagnostic>) -> Result<Cow<'b, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if encoding != UTF_8 {
            warnings.push(converted(encoding.name(), broken));
        } else if broken {
            return Ok(likeliest(bytes, warnings));
        }
        return Ok(text);
    }
    match std::str::from_utf8(bytes) {
        // ISO-2022-JP is made of ASCII and these.
        Ok(text) if !text.contains('\0') && !text.contains("\u{1b}$") => Ok(Cow::Borrowed(text)),
        _ => other_encoding(bytes, warnings),
    }
}

fn other_encoding<'b>(bytes: &'b [u8], warnings: &mut Vec<Diagnostic>) -> Result<Cow<'b, str>> {
    if let Some(encoding) = sixteen_bits(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            warnings.push(converted(encoding.name(), false));
            return Ok(text);
        }
    }
    if looks_binary(bytes) {
        return Err(not_text());
    }
    Ok(likeliest(bytes, warnings))
}

/// In the encoding that the letters speak for.
fn likeliest<'b>(bytes: &'b [u8], warnings: &mut Vec<Diagnostic>) -> Cow<'b, str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = if is_latin(guess) { western(bytes, guess) } else { guess };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    warnings.push(converted(encoding.name(), broken).hint(
        "look at the accents and quotation marks in the text; if they are wrong, save the file as UTF-8 and import that",
    ));
    text
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

fn converted(encoding: &str, broken: bool) -> Diagnostic {
    let mut message = format!("the file is not UTF-8: it was read as {encoding}");
    if broken {
        message.push_str(", and some of its characters could not be read");
    }
    Diagnostic::warning("not-utf8", message)
}

/// Text in UTF-16 without a mark: every other byte of its Latin letters and spaces is zero.
fn sixteen_bits(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) / 2 * 2];
    if bytes.len() % 2 == 1 || sample.is_empty() {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 >= pairs * 4 && even * 50 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 4 && odd * 50 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A zero byte, or more control characters than any text has.
fn looks_binary(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    let sample = &bytes[..bytes.len().min(65_536)];
    bytes.contains(&0) || sample.iter().filter(control).count() * 50 > sample.len()
}

fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text.into_owned()
    }

    fn code(bytes: &[u8]) -> &'static str {
        decode(bytes).err().unwrap().0.code
    }

    #[test]
    fn marks_and_carriage_returns_go() {
        assert_eq!(text(b"\xef\xbb\xbfa\r\nb\rc\n"), "a\nb\nc\n");
        assert!(decode("plain é".as_bytes()).unwrap().warnings.is_empty());
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let wide: Vec<u8> = "Ana: Olá, tudo bem".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&wide), "Ana: Olá, tudo bem");
        let marked: Vec<u8> = "\u{feff}Да".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let decoded = decode(&marked).unwrap();
        assert_eq!(decoded.text, "Да");
        assert_eq!(decoded.warnings[0].code, "not-utf8");
    }

    #[test]
    fn windows_1252_is_read_and_said() {
        let decoded = decode(b"it\x92s na\xefve").unwrap();
        assert_eq!(decoded.text, "it’s naïve");
        assert_eq!(decoded.warnings[0].code, "not-utf8");
    }

    #[test]
    fn common_encodings_are_told_by_their_letters() {
        let texts = [
            ("windows-1252", "“It’s naïve – she said –, and that was that.” Où est-il? À l’étranger, déjà."),
            ("macintosh", "“It’s naïve – she said –, and that was that.” Où est-il? À l’étranger, déjà."),
            ("windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy, řekla žena. Šel domů později."),
            ("KOI8-R", "Мы работаем вместе, и это помогает людям жить дома, сказала она тихо."),
            ("windows-1251", "Мы работаем вместе, и это помогает людям жить дома, сказала она тихо."),
            ("IBM866", "Мы работаем вместе, и это помогает людям жить дома, сказала она тихо."),
            ("Shift_JIS", "私たちは一緒に働いています。それは人々が家で暮らすのを助けます。"),
            ("EUC-JP", "私たちは一緒に働いています。それは人々が家で暮らすのを助けます。"),
            ("ISO-2022-JP", "私たちは一緒に働いています。それは人々が家で暮らすのを助けます。"),
            ("GB18030", "我们一起工作，这帮助人们在家里生活，她轻声说道。"),
            ("Big5", "我們一起工作，這幫助人們在家裡生活，她輕聲說道。"),
            ("EUC-KR", "우리는 함께 일하고 이것은 사람들이 집에서 살도록 돕습니다."),
            ("windows-1253", "Δουλεύουμε μαζί και αυτό βοηθά τους ανθρώπους να ζουν στο σπίτι."),
        ];
        for (label, original) in texts {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, unmappable) = encoding.encode(original);
            assert!(!unmappable, "{label}");
            assert_eq!(text(&bytes), original, "{label}");
        }
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(code(b"abc\0def"), "not-text");
        assert_eq!(code(&[0xff, 1, 2, 3, 4, 0x80]), "not-text");
        assert_eq!(code(b"  \n\t\r\n"), "empty-file");
        assert_eq!(code(b"\xef\xbb\xbf"), "empty-file");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_give_text_or_a_fault(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            if let Ok(decoded) = decode(&bytes) {
                assert!(!decoded.text.contains(['\r', '\0']));
                assert!(!decoded.text.trim().is_empty());
            }
        }
    }
}
