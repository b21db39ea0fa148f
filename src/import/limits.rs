//! What reading one file may cost at most, by format: one table, and every number in it can be set.
//!
//! Time, memory and the size of the file are watched by [`crate::extract`] from outside; what
//! is unpacked, its parts and its nesting by the importers themselves.

use super::references;
use crate::diagnostic::{Result, fault, suggestions};
use serde::{Deserialize, Serialize};

/// One MiB, in bytes.
pub const MIB: u64 = 1 << 20;

/// Threads at most that read one file together.
pub const THREADS: u8 = 4;

/// The most that reading one file may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Seconds by the clock.
    pub seconds: u64,
    /// MiB of memory of the process that reads.
    pub memory: u64,
    /// MiB of the file itself.
    pub file: u64,
    /// MiB of all parts of an archive together, unpacked.
    pub unpacked: u64,
    /// MiB of one part of an archive, unpacked.
    pub part: u64,
    /// Unpacked bytes for each stored one, above the first MiB of a part.
    pub ratio: u64,
    /// Parts of an archive.
    pub entries: u64,
    /// Elements one inside the other.
    pub depth: u64,
    /// Pages.
    pub pages: u64,
    /// MiB that the references of one import may take in the journal.
    pub journal: u64,
}

/// For every format that is not in [`TABLE`].
const USUAL: Limits = Limits {
    seconds: 60,
    memory: 1024,
    file: 64,
    unpacked: 400,
    part: 200,
    ratio: 200,
    entries: 10_000,
    depth: 256,
    pages: 5_000,
    journal: 64,
};

/// Text, every line of which may become a turn.
const PLAIN: Limits = Limits { file: 32, ..USUAL };

/// Read a row at a time off the disk, however long.
const ROWS: Limits = Limits { file: 1 << 20, ..USUAL };

/// Lists of references: searches run to hundreds of MB.
const REFERENCES: Limits = Limits { seconds: 120, memory: 2048, file: 512, ..USUAL };

/// What differs from the usual.
const TABLE: &[(&str, Limits)] = &[
    ("txt", PLAIN),
    ("md", PLAIN),
    ("vtt", PLAIN),
    ("srt", PLAIN),
    ("csv", ROWS),
    ("tsv", ROWS),
    ("rtf", Limits { depth: 500, ..USUAL }),
    ("html", Limits { depth: 512, ..USUAL }),
    ("epub", Limits { depth: 512, ..USUAL }),
    (references::REFERENCES, REFERENCES),
    ("pdf", Limits { seconds: 120, memory: 2048, ..USUAL }),
];

/// One limit as a person set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Key of a format; absent: of all.
    pub format: Option<String>,
    pub name: String,
    pub value: u64,
}

impl Override {
    /// From `pdf.seconds=300`, or `seconds=300` for all formats. Faults: `bad-limit`, `unknown-format`.
    pub fn parse(typed: &str) -> Result<Self> {
        let bad = || {
            fault("bad-limit", format!("'{typed}' sets no limit")).hint("write it as pdf.seconds=300 or memory=2048")
        };
        let (place, value) = typed.split_once('=').ok_or_else(bad)?;
        let value = value.trim().parse().map_err(|_| bad())?;
        let (format, name) = match place.split_once('.') {
            Some((format, name)) => (Some(Self::format_key(format.trim())?.to_owned()), name),
            None => (None, place),
        };
        Ok(Override { format, name: name.trim().to_owned(), value })
    }

    /// What limits can be set for: a format of documents, or all lists of references. Fault `unknown-format`.
    pub fn format_key(key: &str) -> Result<&'static str> {
        if key == references::REFERENCES { Ok(references::REFERENCES) } else { super::format_key(key) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        USUAL
    }
}

impl Limits {
    /// Those of a format, by its key.
    pub fn of(format: &str) -> Self {
        TABLE.iter().find(|(key, _)| *key == format).map_or(USUAL, |(_, limits)| *limits)
    }

    /// Those of a format, with what a person set otherwise; of two that set the same the later stands.
    /// Faults as [`Limits::set`].
    pub fn with<'o>(format: &str, others: impl IntoIterator<Item = &'o Override>) -> Result<Self> {
        let mut limits = Limits::of(format);
        for other in others {
            // Each is tried, so that a slip in one for another format is not passed over.
            let mut tried = limits;
            tried.set(&other.name, other.value)?;
            if other.format.as_deref().is_none_or(|one| one == format) {
                limits = tried;
            }
        }
        Ok(limits)
    }

    /// Sets one by name. Faults: `unknown-limit`, `bad-limit` (nothing can be read within 0).
    pub fn set(&mut self, name: &str, value: u64) -> Result<()> {
        if value == 0 {
            return Err(fault("bad-limit", format!("the limit '{name}' is 0, which lets nothing through"))
                .hint("give a number above 0"));
        }
        let known = self.by_name();
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        match known.into_iter().find(|(one, _)| *one == name) {
            Some((_, place)) => *place = value,
            None => {
                return Err(fault("unknown-limit", format!("there is no limit '{name}'"))
                    .hints(suggestions(name, names.iter().copied()))
                    .hint(format!("limits: {}", names.join(", "))));
            }
        }
        Ok(())
    }

    fn by_name(&mut self) -> [(&'static str, &mut u64); 10] {
        [
            ("seconds", &mut self.seconds),
            ("memory", &mut self.memory),
            ("file", &mut self.file),
            ("unpacked", &mut self.unpacked),
            ("part", &mut self.part),
            ("ratio", &mut self.ratio),
            ("entries", &mut self.entries),
            ("depth", &mut self.depth),
            ("pages", &mut self.pages),
            ("journal", &mut self.journal),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_set_by_its_name_and_no_other() {
        let mut limits = Limits::of("pdf");
        limits.set("seconds", 300).unwrap();
        assert_eq!(limits, Limits { seconds: 300, ..Limits::of("pdf") });
        assert_eq!(limits.set("second", 1).unwrap_err().0.code, "unknown-limit");
        assert_eq!(limits.set("pages", 0).unwrap_err().0.code, "bad-limit");
    }

    #[test]
    fn what_is_set_for_a_format_or_for_all_stands() {
        let typed = ["pdf.seconds=300", "memory=512", "memory=600"].map(|typed| Override::parse(typed).unwrap());
        let html = Limits::with("html", &typed).unwrap();
        assert_eq!(html, Limits { memory: 600, ..Limits::of("html") });
        let wrong = Override { format: Some("docx".to_owned()), name: "sec".to_owned(), value: 1 };
        assert_eq!(Limits::with("html", [&wrong]).unwrap_err().0.code, "unknown-limit");
        assert_eq!(Override::parse("pfd.seconds=3").unwrap_err().0.code, "unknown-format");
        assert_eq!(Override::parse("seconds=soon").unwrap_err().0.code, "bad-limit");
    }

    #[test]
    fn the_table_names_formats_that_there_are() {
        for (key, _) in TABLE {
            let known = crate::import::IMPORTERS.iter().any(|one| one.key() == *key);
            assert!(known || *key == references::REFERENCES || cfg!(not(feature = "pdf")), "{key}");
        }
    }
}
