//! From bytes to text: UTF-8, UTF-16 or Windows-1252, always LF, never binary.
//!
//! Nothing is taken away but a byte order mark and carriage returns; what was not UTF-8 is said.

use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file; borrowed where it is UTF-8 with LF already.
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub warnings: Vec<Diagnostic>,
}

/// Faults: `empty-file`, `not-text`.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    if let Some(known) = super::foreign::binary(bytes) {
        return Err(known);
    }
    let mut warnings = Vec::new();
    let text = characters(bytes, &mut warnings)?;
    if text.contains('\0') {
        return Err(not_text());
    }
    if text.trim().is_empty() {
        return Err(empty());
    }
    Ok(Decoded { text: unix_lines(text), warnings })
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
        if encoding != encoding_rs::UTF_8 {
            warnings.push(converted(encoding.name(), broken));
        } else if broken {
            return Ok(windows(bytes, warnings));
        }
        return Ok(text);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(Cow::Borrowed(text)),
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
    Ok(windows(bytes, warnings))
}

fn windows<'b>(bytes: &'b [u8], warnings: &mut Vec<Diagnostic>) -> Cow<'b, str> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    warnings.push(converted(WINDOWS_1252.name(), false).hint(
        "look at the accents and quotation marks in the text; if they are wrong, save the file as UTF-8 and import that",
    ));
    text
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
