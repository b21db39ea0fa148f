//! From bytes to text: UTF-8, UTF-16 or Windows-1252, always LF, never binary.
//!
//! Nothing is taken away but a byte order mark and carriage returns; what was not UTF-8 is said.

use super::encoding::{self, Script};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use encoding_rs::UTF_8;
use std::borrow::Cow;

/// The text of a file; borrowed where it is UTF-8 with LF already.
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub warnings: Vec<Diagnostic>,
}

/// Faults: `empty-file`, `not-text`.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>> {
    let (Script { encoding, mark }, warnings) = encoding::recognise(&bytes)?;
    let text = match std::str::from_utf8(&bytes[mark..]) {
        Ok(text) if encoding == UTF_8 => Cow::Borrowed(text),
        _ => encoding.decode_without_bom_handling(&bytes[mark..]).0,
    };
    Ok(Decoded { text: unix_lines(text), warnings })
}

pub fn empty() -> Fault {
    fault("empty-file", "the file holds no text").hint("check that it was saved or copied to the end")
}

pub fn not_text() -> Fault {
    fault("not-text", "the file is not text").hint("save it as .docx, .txt or .csv and import that")
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

    /// The same text read through a buffer, from a source that gives `step` bytes at a time.
    fn streamed(bytes: &[u8], step: usize) -> String {
        struct Steps<'b>(&'b [u8], usize);
        struct Step<'b>(&'b [u8], usize);
        impl std::io::Read for Step<'_> {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                let length = self.1.min(into.len()).min(self.0.len());
                into[..length].copy_from_slice(&self.0[..length]);
                self.0 = &self.0[length..];
                Ok(length)
            }
        }
        impl super::super::source::Source for Steps<'_> {
            fn open(&self) -> Result<Box<dyn std::io::Read + '_>> {
                Ok(Box::new(Step(self.0, self.1)))
            }
            fn length(&self) -> Result<u64> {
                Ok(self.0.len() as u64)
            }
        }
        let source = Steps(bytes, step);
        let (script, _) = encoding::recognise(&source).unwrap();
        std::io::read_to_string(encoding::Utf8::of(&source, script).unwrap()).unwrap()
    }

    #[test]
    fn a_pair_of_line_ends_is_one_also_where_a_buffer_ends_between() {
        for step in 1..6 {
            assert_eq!(streamed(b"a\r\n\r\n\rb\r", step), "a\n\n\nb\n");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_buffer_changes_nothing(
            pieces in proptest::collection::vec(proptest::sample::select(vec![
                "a", "\r", "\n", "\r\n", "é", "世", "𝄞", "\u{feff}", " ",
            ]), 1..30),
            wide: bool,
            windows: bool,
            step in 1_usize..9,
        ) {
            let text = pieces.concat();
            let bytes: Vec<u8> = match (wide, windows) {
                (true, _) => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
                (_, true) => [text.as_bytes(), b"\x92"].concat(),
                _ => text.into_bytes(),
            };
            if let Ok(decoded) = decode(&bytes) {
                assert_eq!(streamed(&bytes, step), decoded.text);
            }
        }

        #[test]
        fn any_bytes_give_text_or_a_fault(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            if let Ok(decoded) = decode(&bytes) {
                assert!(!decoded.text.contains(['\r', '\0']));
                assert!(!decoded.text.trim().is_empty());
            }
        }
    }
}
