//! Extraction: files are read within limits, those of foreign formats in a process of their own.
//!
//! A parser of somebody else's format may loop, panic or ask for all the memory there is, and a damaged
//! or hostile file makes it. So [`Extractor`] starts this same program again (`__extract`), hands it
//! the bytes and takes back the draft; what goes wrong there is one file that could not be read.
//! `wire` and `library` are what the two say to each other, `child` the side that reads, `watch` the side that waits.
//! Plain text is read here, unless it is very long; and everything is where no program is named (tests of
//! acts).

mod child;
mod library;
mod watch;
mod wire;

pub use child::serve;
pub use library::Received;

use crate::diagnostic::{Fault, Result, fault};
use crate::import::references::{self, About, Record};
use crate::import::{self, Imported, Limits, MIB, RESAVE, Request, codebook};
use crate::text::words::counted;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use watch::{Child, Outcome};
use wire::{Answer, Job, Task};

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
        self.answer(&program, &Job::new(request), request.bytes)?.into_result()
    }

    /// The cells of a workbook, row by row, as a reader sees them; which sheet, as in [`import::cells`].
    ///
    /// Faults: as [`Extractor::read`].
    pub fn cells(&mut self, request: &Request) -> Result<Vec<Vec<String>>> {
        check_size(request.bytes.len() as u64, &request.limits)?;
        match self.program.clone() {
            Some(program) => self.answer(&program, &Job::for_cells(request), request.bytes)?.into_cells(),
            None => import::cells(request),
        }
    }

    /// Reads a list of references, whatever its format, within limits; each record goes to `take` as it is
    /// read, and a fault of its own ends the reading.
    ///
    /// Faults: those of [`references::read_each`] and of `take`; `too-large`, `too-slow`, `too-costly`,
    /// `mishap`.
    pub fn references(
        &mut self,
        path: &Path,
        format: Option<&str>,
        limits: &Limits,
        take: &mut Received,
    ) -> Result<About> {
        let open = || File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (bytes, mut file) = open().map_err(|error| Fault::io("read", path, &error))?;
        check_size(bytes, limits)?;
        let Some(program) = &self.program else {
            return read_here(path, &mut file, format, limits, take);
        };
        // One of its own: what other files left behind must not count, for the records already taken in
        // could not be given back and asked for again.
        self.child = None;
        let mut child = Child::start(program)?;
        let job = Job { task: Task::References(format.map(str::to_owned)), limits: *limits, bytes };
        let outcome = child.references(&job, &mut file, take);
        if outcome.leaves_child_alive() {
            self.child = Some(child);
        }
        outcome.settle(limits, bytes)
    }

    /// Reads a codebook within limits, one of a foreign format in a process of its own.
    ///
    /// Faults: those of [`codebook::read`], and `too-large`, `too-slow`, `too-costly`, `mishap`.
    pub fn codebook(&mut self, format: codebook::Format, bytes: &[u8], limits: &Limits) -> Result<codebook::Read> {
        codebook::check_size(bytes.len() as u64, limits)?;
        let Some(program) = self.program.clone().filter(|_| format.is_foreign()) else {
            return codebook::read(format, bytes, limits);
        };
        self.answer(&program, &Job::of_codebook(format, bytes, *limits), bytes)?.into_codebook()
    }

    fn answer(&mut self, program: &Path, job: &Job, bytes: &[u8]) -> Result<Answer> {
        let (child, used) = match self.child.take() {
            Some(child) => (child, true),
            None => (Child::start(program)?, false),
        };
        match self.ask(child, job, bytes) {
            // What earlier files left behind may have been too much: the file gets a process of its own.
            Outcome::Broken if used => {
                let fresh = Child::start(program)?;
                self.ask(fresh, job, bytes).settle(&job.limits, job.bytes)
            }
            outcome => outcome.settle(&job.limits, job.bytes),
        }
    }

    fn ask(&mut self, mut child: Child, job: &Job, bytes: &[u8]) -> Outcome {
        let outcome = child.read(job, bytes);
        if outcome.leaves_child_alive() {
            self.child = Some(child);
        }
        outcome
    }
}

/// The same in this process.
fn read_here(
    path: &Path,
    file: &mut File,
    format: Option<&str>,
    limits: &Limits,
    take: &mut Received,
) -> Result<About> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| Fault::io("read", path, &error))?;
    let mut taken = Ok(());
    let about = references::read_each(&bytes, format, limits, &mut |record: Record| {
        if taken.is_ok() {
            taken = take(record);
        }
    });
    taken.and(about)
}

impl<T> Outcome<T> {
    /// `bytes`: size of the file.
    fn settle(self, limits: &Limits, bytes: u64) -> Result<T> {
        match self {
            Outcome::Read(read) => *read,
            Outcome::Stopped(fault) => Err(fault),
            Outcome::Late => {
                let seconds = counted(usize::try_from(limits.seconds).unwrap_or(usize::MAX), "second");
                Err(fault("too-slow", format!("it was not read within {seconds}"))
                    .hint(RESAVE)
                    .hint("or give it longer: --limit seconds=600"))
            }
            Outcome::Broken => {
                let message =
                    format!("reading it broke off: it takes more than {} MB of memory, or is damaged", limits.memory);
                Err(fault("too-costly", message).hint(RESAVE).hint("or give it more: --limit memory=4096"))
            }
            Outcome::TooMuch => {
                let most = watch::largest_answer(bytes) / MIB;
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
    fn a_list_of_references_whose_reader_fails_is_one_file_that_failed() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("a.ris");
        crate::disk::replace(&list, b"TY  - JOUR\nTI  - a\nER  - \n").unwrap();
        let code = |script: &str, limits: Limits| {
            let mut extractor = Extractor::new(Some(&program(folder.path(), script)));
            let code = extractor.references(&list, None, &limits, &mut |_| Ok(())).unwrap_err().0.code;
            assert!(extractor.child.is_none());
            code
        };
        let hasty = Limits { seconds: 1, ..Limits::default() };
        assert_eq!(code("exec sleep 600", hasty), "too-slow");
        assert_eq!(code("exit 1", Limits::default()), "too-costly");
        assert_eq!(code("exec yes", Limits::default()), "too-large");
        assert_eq!(code("cat", Limits { file: 0, ..Limits::default() }), "too-large");
    }

    #[test]
    fn whoever_takes_the_records_may_end_the_reading() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("a.ris");
        crate::disk::replace(&list, "TY  - JOUR\nTI  - a\nER  - \n".repeat(1000).as_bytes()).unwrap();
        let part = br#"{"Record":{"number":1,"line":1,"read":{"Err":"why"}}}"#;
        let sent = [(part.len() as u64).to_le_bytes().as_slice(), part].concat().repeat(1000);
        crate::disk::replace(&folder.path().join("sent"), &sent).unwrap();
        let script = format!("cat {}/sent; exec sleep 600", folder.path().display());
        let mut extractor = Extractor::new(Some(&program(folder.path(), &script)));
        let mut taken = 0;
        let stopped = extractor.references(&list, None, &Limits::default(), &mut |_| {
            taken += 1;
            if taken < 3 { Ok(()) } else { Err(fault("enough", "no more")) }
        });
        assert_eq!((stopped.unwrap_err().0.code, taken), ("enough", 3));
        assert!(extractor.child.is_none());
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
