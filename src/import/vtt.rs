//! WebVTT captions.

use super::turns::cut;
use super::{Imported, Importer, Request, cue, decode};
use crate::diagnostic::Result;

pub struct Vtt;

impl Importer for Vtt {
    fn key(&self) -> &'static str {
        "vtt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vtt"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        captions("vtt", true, request)
    }
}

/// Reads captions of either format.
pub fn captions(format: &'static str, is_vtt: bool, request: &Request) -> Result<Imported> {
    let decoded = decode::decode(request.bytes)?;
    let matter = cue::read(format, &decoded.text, is_vtt, decoded.warnings);
    if matter.lines.is_empty() { Err(decode::empty()) } else { Ok(cut(matter, request)) }
}
