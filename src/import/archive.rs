//! A ZIP archive read with care: entries, sizes and ratios are capped, names are never paths.

use crate::diagnostic::{Fault, Result, fault};
use std::io::{Cursor, Read};
use zip::ZipArchive;

const MOST_ENTRIES: usize = 10_000;
/// Bytes of one entry, inflated.
const LARGEST: u64 = 200 << 20;
/// Inflated bytes for each stored one, above what is too small to hurt.
const RATIO: u64 = 200;
const HARMLESS: u64 = 1 << 20;

pub struct Archive<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> Archive<'b> {
    /// Faults: `damaged-file`, `unsafe-file`.
    pub fn open(bytes: &'b [u8]) -> Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > MOST_ENTRIES {
            return Err(fault(
                "unsafe-file",
                format!("the file holds {} parts, more than any document", archive.len()),
            ));
        }
        Ok(Archive(archive))
    }

    /// Names of the parts, in the order of the alphabet.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.0.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        names.sort();
        names
    }

    /// A part as text: UTF-8 or UTF-16, as XML allows.
    pub fn text(&mut self, name: &str) -> Result<String> {
        let bytes = self.bytes(name)?;
        if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
            return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
        }
        String::from_utf8(bytes).map_err(|error| damaged(&error))
    }

    /// Unpacks every part and throws it away: for a reader that sets no limits of its own.
    pub fn check(&mut self) -> Result<()> {
        let mut all = 0;
        for name in self.names() {
            all += self.bytes(&name)?.len() as u64;
            if all > 2 * LARGEST {
                return Err(too_large());
            }
        }
        Ok(())
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        let part = self.0.by_name(name).map_err(|error| damaged(&error))?;
        if part.encrypted() {
            return Err(
                fault("wrong-format", "the file is locked with a password").hint("save it without one and import that")
            );
        }
        let cap = LARGEST.min((part.compressed_size().saturating_mul(RATIO)).max(HARMLESS));
        let mut bytes = Vec::new();
        part.take(cap + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > cap {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

fn too_large() -> Fault {
    fault("unsafe-file", "a part of the file grows too much when unpacked, as in a ZIP bomb")
        .hint("open it in the program that made it, save it again and import that")
}

pub fn damaged(cause: &dyn std::fmt::Display) -> Fault {
    fault("damaged-file", format!("the file is damaged: {cause}"))
        .hint("open it in the program that made it, save it again and import that")
}
