//! SubRip captions.

use super::{Imported, Importer, Request, vtt};
use crate::diagnostic::Result;

pub struct Srt;

impl Importer for Srt {
    fn key(&self) -> &'static str {
        "srt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["srt"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        vtt::captions("srt", false, request)
    }
}
