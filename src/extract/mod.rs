//! Extraction: files are read within limits, those of foreign formats in a process of their own.
//!
//! A parser of somebody else's format may loop, panic or ask for all the memory there is, and a damaged
//! or hostile file makes it. So [`Extractor`] starts this same program again (`__extract`), hands it
//! the bytes and takes back the draft; what goes wrong there is one file that could not be read.
//! `wire` is what the two say to each other, `child` the side that reads, `watch` the side that waits.
//! What is plain text is read here, and everything is where no program is named (tests of acts).

mod child;
mod watch;
mod wire;

pub use child::serve;

use crate::diagnostic::{Result, fault};
use crate::import::{self, Imported, Limits, MIB, Request};
use std::path::{Path, PathBuf};
use watch::{Child, Outcome};

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
        let Some(program) = self.program.clone() else { return import::read(request) };
        if request.bytes.is_empty() || !import::is_foreign(import::importer(request)?.key()) {
            return import::read(request);
        }
        let (child, used) = match self.child.take() {
            Some(child) => (child, true),
            None => (Child::start(&program)?, false),
        };
        match self.ask(child, request) {
            // What earlier files left behind may have been too much: the file gets a process of its own.
            Outcome::Broken if used => {
                let fresh = Child::start(&program)?;
                self.ask(fresh, request).settle(request)
            }
            outcome => outcome.settle(request),
        }
    }

    fn ask(&mut self, mut child: Child, request: &Request) -> Outcome {
        let outcome = child.read(request);
        if outcome.leaves_child_alive() {
            self.child = Some(child);
        }
        outcome
    }
}

impl Outcome {
    fn settle(self, request: &Request) -> Result<Imported> {
        let limits = &request.limits;
        match self {
            Outcome::Read(read) => *read,
            Outcome::Late => Err(fault("too-slow", format!("it was not read within {} seconds", limits.seconds))
                .hint(RESAVE)
                .hint("or give it longer: --limit seconds=600")),
            Outcome::Broken => {
                let message = format!("reading it broke off: it takes more than {} MB of memory, or is damaged", limits.memory);
                Err(fault("too-costly", message).hint(RESAVE).hint("or give it more: --limit memory=4096"))
            }
            Outcome::TooMuch => Err(fault("too-large", format!("it holds more than {} MB of text", watch::LARGEST_ANSWER / MIB))
                .hint("split it and import the parts")),
        }
    }
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
