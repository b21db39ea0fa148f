//! Extraction: files are read within limits, those of foreign formats in a process of their own.
//!
//! A parser of somebody else's format may loop, panic or ask for all the memory there is, and a damaged
//! or hostile file makes it. So [`Extractor`] starts this same program again (`__extract`), hands it
//! the bytes and takes back the draft; what goes wrong there is one file that could not be read.
//! `wire` is what the two say to each other, `child` the side that reads, `watch` the side that waits.
//! Plain text is read here, unless it is very long; and everything is where no program is named (tests of
//! acts).

mod child;
mod watch;
mod wire;

pub use child::serve;

use crate::diagnostic::{Result, fault};
use crate::import::{self, Imported, Limits, MIB, Request, codebook};
use std::path::{Path, PathBuf};
use watch::{Child, Outcome};
use wire::{Answer, Job};

/// Reads files, one after the other.
#[derive(Debug)]
pub struct Extractor {
    /// The program to start for foreign formats.
    program: Option<PathBuf>,
    child: Option<Child>,
}

impl Extractor {
    /// `program` answers to `__extract`; without one everything is read in this process.
    pub fn new(program: Option<&Path>) -> Self {
        Extractor { program: program.map(Path::to_owned), child: None }
    }

    /// Reads one file within the request's limits.
    ///
    /// Faults: those of [`import::read`], and `too-large`, `too-slow`, `too-costly`, `mishap`.
    pub fn read(&mut self, request: &Request) -> Result<Imported> {
        check_size(request.bytes.len() as u64, &request.limits)?;
        let Some(program) = self.program.clone().filter(|_| needs_process(request)) else {
            return import::read(request);
        };
        self.ask(&program, &Job::new(request), request.bytes)?.into_result()
    }

    /// Reads a codebook within limits, one of a foreign format in a process of its own.
    ///
    /// Faults: those of [`codebook::read`], and `too-large`, `too-slow`, `too-costly`, `mishap`.
    pub fn codebook(&mut self, format: codebook::Format, bytes: &[u8], limits: &Limits) -> Result<codebook::Read> {
        codebook::check_size(bytes.len() as u64, limits)?;
        let Some(program) = self.program.clone().filter(|_| format.is_foreign()) else {
            return codebook::read(format, bytes, limits);
        };
        self.ask(&program, &Job::of_codebook(format, bytes, *limits), bytes)?.into_codebook()
    }

    fn ask(&mut self, program: &Path, job: &Job, bytes: &[u8]) -> Result<Answer> {
        let (child, used) = match self.child.take() {
            Some(child) => (child, true),
            None => (Child::start(program)?, false),
        };
        match self.ask_child(child, job, bytes) {
            // What earlier files left behind may have been too much: the file gets a process of its own.
            Outcome::Broken if used => self.ask_child(Child::start(program)?, job, bytes).settle(job),
            outcome => outcome.settle(job),
        }
    }

    fn ask_child(&mut self, mut child: Child, job: &Job, bytes: &[u8]) -> Outcome {
        let outcome = child.ask(job, bytes);
        if outcome.leaves_child_alive() {
            self.child = Some(child);
        }
        outcome
    }
}

impl Outcome {
    fn settle(self, job: &Job) -> Result<Answer> {
        let limits = &job.limits;
        match self {
            Outcome::Answered(answer) => Ok(*answer),
            Outcome::Late => Err(fault("too-slow", format!("it was not read within {} seconds", limits.seconds))
                .hint(RESAVE)
                .hint("or give it longer: --limit seconds=600")),
            Outcome::Broken => {
                let message =
                    format!("reading it broke off: it takes more than {} MB of memory, or is damaged", limits.memory);
                Err(fault("too-costly", message).hint(RESAVE).hint("or give it more: --limit memory=4096"))
            }
            Outcome::TooMuch => {
                let most = watch::largest_answer(job.bytes) / MIB;
                let message = format!("it holds too much: text and numbered units take more than {most} MB");
                Err(fault("too-large", message).hint("split it and import the parts"))
            }
        }
    }
}

/// Formats that are not plain text, and texts so long that their turns might fill the memory.
fn needs_process(request: &Request) -> bool {
    const LONG: u64 = 2 * MIB;
    let is_foreign = || import::importer(request).is_ok_and(|importer| import::is_foreign(importer.key()));
    !request.bytes.is_empty() && (request.bytes.len() as u64 > LONG || is_foreign())
}

const RESAVE: &str = "open it in the program it was made with, save it again and import that";

/// Refuses a file that is too large, if need be before it is read into memory. `bytes` is its size.
pub fn check_size(bytes: u64, limits: &Limits) -> Result<()> {
    let most = limits.file;
    if bytes <= most * MIB {
        return Ok(());
    }
    Err(fault("too-large", format!("the file has {} MB; {most} are read at most", bytes.div_ceil(MIB)))
        .hint("split it and import the parts")
        .hint("or allow more: --limit file=200"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::strand::SourceKind;
    use std::os::unix::fs::PermissionsExt;

    /// A program that does this when it is asked to read.
    fn program(folder: &Path, script: &str) -> PathBuf {
        let path = folder.join("program");
        crate::disk::replace(&path, format!("#!/bin/sh\n{script}\n").as_bytes()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    fn code(script: &str, limits: Limits) -> &'static str {
        let folder = tempfile::tempdir().unwrap();
        let mut extractor = Extractor::new(Some(&program(folder.path(), script)));
        let request = Request {
            name: "a.html",
            bytes: b"<p>words</p>",
            kind: SourceKind::Grey,
            mapping: None,
            format: None,
            sheet: None,
            roles: &[],
            limits,
        };
        let code = extractor.read(&request).unwrap_err().0.code;
        assert!(extractor.child.is_none(), "a process that failed is not asked again");
        code
    }

    #[test]
    fn a_reader_that_hangs_dies_or_talks_without_end_is_one_file_that_failed() {
        let hasty = Limits { seconds: 1, ..Limits::default() };
        assert_eq!(code("exec sleep 600", hasty), "too-slow");
        assert_eq!(code("exit 1", Limits::default()), "too-costly");
        assert_eq!(code("cat", Limits::default()), "too-costly");
        assert_eq!(code("exec yes", Limits::default()), "too-large");
        assert_eq!(code("exec yes", Limits { file: 0, ..Limits::default() }), "too-large");
    }

    #[test]
    fn plain_text_starts_no_process() {
        let mut extractor = Extractor::new(Some(Path::new("/no/such/program")));
        let request = Request {
            name: "a.txt",
            bytes: b"words",
            kind: SourceKind::Grey,
            mapping: None,
            format: None,
            sheet: None,
            roles: &[],
            limits: Limits::default(),
        };
        assert_eq!(extractor.read(&request).unwrap().draft.text, "words");
        let page = Request { name: "a.html", ..request };
        assert_eq!(extractor.read(&page).unwrap_err().0.code, "cannot-start");
    }
}
