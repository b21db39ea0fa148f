//! A ZIP archive read with care: entries, sizes and ratios are capped, names are never paths.

use super::Limits;
use super::limits::MIB;
use crate::diagnostic::{Fault, Result, fault};
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What to do about a file that is damaged, hostile or too costly.
pub const RESAVE: &str = "open it in the program it was made with, save it again and import that";

/// Bytes of a part that are too few to hurt, whatever they were packed into.
const HARMLESS: u64 = MIB;

pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
    /// Bytes unpacked so far.
    unpacked: u64,
}

impl<'b> Archive<'b> {
    /// Faults: `damaged-file`, `unsafe-file`.
    pub fn within(bytes: &'b [u8], limits: &Limits) -> Result<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() as u64 > limits.entries {
            return Err(fault(
                "unsafe-file",
                format!("the file holds {} parts; {} are allowed", zip.len(), limits.entries),
            )
            .hint(RESAVE));
        }
        Ok(Archive { zip, limits: *limits, unpacked: 0 })
    }

    /// Names of the parts, in the order of the alphabet.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.readable().map(Cow::into_owned).collect();
        names.sort();
        names
    }

    fn readable(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().filter_map(std::result::Result::ok)
    }

    /// The part of this name, or the first that differs from it in case only, as careless programs write.
    pub fn find(&self, name: &str) -> Option<String> {
        if self.zip.index_for_name(name).is_some() {
            return Some(name.to_owned());
        }
        self.readable().filter(|one| one.eq_ignore_ascii_case(name)).min().map(Cow::into_owned)
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
        self.names().iter().try_for_each(|name| self.bytes(name).map(drop))
    }

    /// A part as it is.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        let part = self.zip.by_name(name).map_err(|error| damaged(&error))?;
        if part.encrypted() {
            return Err(
                fault("wrong-format", "the file is locked with a password").hint("save it without one and import that")
            );
        }
        let room = (self.limits.unpacked * MIB).saturating_sub(self.unpacked);
        let ratio = part.compressed_size().saturating_mul(self.limits.ratio).max(HARMLESS);
        let cap = (self.limits.part * MIB).min(ratio).min(room);
        let mut bytes = Vec::with_capacity(usize::try_from(part.size().min(cap)).unwrap_or(0));
        part.take(cap + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > cap {
            return Err(
                fault("unsafe-file", "a part of the file grows too much when unpacked, as in a ZIP bomb").hint(RESAVE)
            );
        }
        Ok(bytes)
    }
}

pub fn damaged(cause: &dyn std::fmt::Display) -> Fault {
    fault("damaged-file", format!("the file is damaged: {cause}")).hint(RESAVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn packed(parts: &[(&str, usize)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, size) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&vec![b'a'; *size]).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_together_and_their_number_are_capped() {
        let bytes = packed(&[("a", 900_000), ("b", 900_000), ("c", 900_000)]);
        let limits = Limits { unpacked: 2, ..Limits::default() };
        let mut archive = Archive::within(&bytes, &limits).unwrap();
        assert!(archive.bytes("a").is_ok() && archive.bytes("b").is_ok());
        assert_eq!(archive.bytes("c").unwrap_err().0.code, "unsafe-file");
        let few = Limits { entries: 2, ..limits };
        assert_eq!(Archive::within(&bytes, &few).err().unwrap().0.code, "unsafe-file");
    }
}
