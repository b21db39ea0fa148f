//! What a text file is written in, told by passing over it, and a reader that hands it on as UTF-8 with
//! LF. Holds a buffer, never the file.

use super::source::{Source, unreadable};
use super::{decode, foreign};
use crate::diagnostic::{Diagnostic, Result};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Bytes looked at for the marks of other formats.
const HEAD: u64 = 1 << 20;
const BUFFER: usize = 1 << 16;

/// How the bytes of a file are to be read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Script {
    pub encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    pub mark: usize,
}

/// Tells UTF-8, UTF-16 and Windows-1252 apart, and says so where it is not UTF-8.
///
/// Faults: `empty-file`, `not-text`, `wrong-format`.
pub fn recognise(source: &dyn Source) -> Result<(Script, Vec<Diagnostic>)> {
    let head = source.head(HEAD)?;
    if let Some(known) = foreign::binary(&head) {
        return Err(known);
    }
    let (script, look) = match Encoding::for_bom(&head) {
        Some((encoding, mark)) => marked(source, Script { encoding, mark })?,
        None => unmarked(source, &head)?,
    };
    if look.has_zero {
        return Err(decode::not_text());
    }
    if look.is_blank {
        return Err(decode::empty());
    }
    Ok((script, said(script, look.is_broken)))
}

fn marked(source: &dyn Source, script: Script) -> Result<(Script, Look)> {
    let look = Look::over(source, script)?;
    if script.encoding == UTF_8 && look.is_broken { windows(source) } else { Ok((script, look)) }
}

fn unmarked(source: &dyn Source, head: &[u8]) -> Result<(Script, Look)> {
    let plain = Script { encoding: UTF_8, mark: 0 };
    let look = Look::over(source, plain)?;
    if !look.is_broken && !look.has_zero {
        return Ok((plain, look));
    }
    if let Some(encoding) = sixteen_bits(head, source.length()?) {
        let script = Script { encoding, mark: 0 };
        let look = Look::over(source, script)?;
        if !look.is_broken {
            return Ok((script, look));
        }
    }
    if look.has_zero || has_controls(head) {
        return Err(decode::not_text());
    }
    windows(source)
}

fn windows(source: &dyn Source) -> Result<(Script, Look)> {
    let script = Script { encoding: WINDOWS_1252, mark: 0 };
    Ok((script, Look::over(source, script)?))
}

fn said(script: Script, is_broken: bool) -> Vec<Diagnostic> {
    if script.encoding == UTF_8 {
        return Vec::new();
    }
    let mut message = format!("the file is not UTF-8: it was read as {}", script.encoding.name());
    if is_broken {
        message.push_str(", and some of its characters could not be read");
    }
    let said = Diagnostic::warning("not-utf8", message);
    let advice = "look at the accents and quotation marks in the text; if they are wrong, save the file as UTF-8 and import that";
    vec![if script.encoding == WINDOWS_1252 { said.hint(advice) } else { said }]
}

/// Text in UTF-16 without a mark: every other byte of its Latin letters and spaces is zero.
fn sixteen_bits(head: &[u8], length: u64) -> Option<&'static Encoding> {
    let sample = &head[..head.len().min(4096) / 2 * 2];
    if !length.is_multiple_of(2) || sample.is_empty() {
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

/// More control characters than any text has.
fn has_controls(head: &[u8]) -> bool {
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b);
    let sample = &head[..head.len().min(65_536)];
    sample.iter().filter(control).count() * 50 > sample.len()
}

/// What one pass over a file in one encoding showed.
#[derive(Debug, Clone, Copy)]
struct Look {
    is_broken: bool,
    has_zero: bool,
    is_blank: bool,
}

impl Look {
    fn over(source: &dyn Source, script: Script) -> Result<Self> {
        let mut reader = Utf8::of(source, script)?;
        let mut look = Look { is_broken: false, has_zero: false, is_blank: true };
        while let Some(piece) = reader.piece().map_err(|error| unreadable(&error))? {
            look.has_zero |= memchr::memchr(0, piece).is_some();
            look.is_blank &= std::str::from_utf8(piece).is_ok_and(|piece| piece.trim().is_empty());
        }
        look.is_broken = reader.is_broken;
        Ok(look)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Reading,
    /// There is no more to read, but perhaps to decode.
    Ending,
    Done,
}

/// Reads a file as UTF-8 with LF, whatever it is written in; what cannot be read becomes U+FFFD.
pub struct Utf8<'s> {
    from: Box<dyn Read + 's>,
    decoder: Decoder,
    raw: Box<[u8]>,
    /// What of `raw` is still to be decoded.
    waiting: std::ops::Range<usize>,
    /// Whole characters, and how many bytes of them have been handed on.
    out: Vec<u8>,
    given: usize,
    after_return: bool,
    stage: Stage,
    /// Something could not be read so far.
    is_broken: bool,
}

impl<'s> Utf8<'s> {
    pub fn of(source: &'s dyn Source, script: Script) -> Result<Self> {
        let mut from = source.open()?;
        io::copy(&mut from.by_ref().take(script.mark as u64), &mut io::sink()).map_err(|error| unreadable(&error))?;
        Ok(Utf8 {
            from,
            decoder: script.encoding.new_decoder_without_bom_handling(),
            raw: vec![0; BUFFER].into_boxed_slice(),
            waiting: 0..0,
            out: Vec::new(),
            given: 0,
            after_return: false,
            stage: Stage::Reading,
            is_broken: false,
        })
    }

    /// The next whole characters; `None` at the end.
    fn piece(&mut self) -> io::Result<Option<&[u8]>> {
        self.out.clear();
        self.given = 0;
        while self.out.is_empty() {
            if self.stage == Stage::Done {
                return Ok(None);
            }
            self.decode()?;
        }
        Ok(Some(&self.out))
    }

    fn decode(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() && self.stage == Stage::Reading {
            let read = self.from.read(&mut self.raw)?;
            self.waiting = 0..read;
            if read == 0 {
                self.stage = Stage::Ending;
            }
        }
        let is_last = self.stage == Stage::Ending;
        // The longest that 64 KiB become: three bytes for each byte of Windows-1252.
        self.out.resize(3 * BUFFER + 16, 0);
        let waiting = &self.raw[self.waiting.clone()];
        let (result, read, written, had_errors) = self.decoder.decode_to_utf8(waiting, &mut self.out, is_last);
        self.waiting.start += read;
        self.is_broken |= had_errors;
        if is_last && result == CoderResult::InputEmpty {
            self.stage = Stage::Done;
        }
        self.out.truncate(written);
        self.unix_lines();
        Ok(())
    }

    /// CR LF and CR alone become LF, also where a pair is cut in two.
    fn unix_lines(&mut self) {
        let is_second_half = self.after_return && self.out.first() == Some(&b'\n');
        if !self.out.is_empty() {
            self.after_return = self.out.last() == Some(&b'\r');
        }
        if is_second_half {
            self.out.remove(0);
        }
        if memchr::memchr(b'\r', &self.out).is_none() {
            return;
        }
        let mut after_return = false;
        self.out.retain_mut(|byte| {
            let keep = !(after_return && *byte == b'\n');
            after_return = *byte == b'\r';
            if after_return {
                *byte = b'\n';
            }
            keep
        });
    }
}

impl Read for Utf8<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.out.len() && self.piece()?.is_none() {
            return Ok(0);
        }
        let length = into.len().min(self.out.len() - self.given);
        into[..length].copy_from_slice(&self.out[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}
