//! The side that waits: starts the reading process, hands it files, and ends it when it is late.

use super::library::{Part, Received};
use super::wire::{self, Answer, Job};
use crate::diagnostic::{Fault, Result, fault};
use crate::document::Draft;
use crate::import::MIB;
use crate::import::references::{About, Record};
use crate::text::words::counted;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, channel, sync_channel};
use std::time::{Duration, Instant};

/// Records that wait for whoever takes them in.
const WAITING: usize = 64;

/// Bytes of the longest answer taken for a file of so many bytes. Measured: what is made of an answer takes
/// up to three times its length (a text of the shortest turns there are); with the file itself that is kept
/// under 300 MB in all.
pub fn largest_answer(bytes: u64) -> u64 {
    (ROOM.saturating_sub(bytes) / 3).max(16 * MIB)
}

/// What the process that waits may hold of one file.
const ROOM: u64 = 240 * MIB;

/// Refuses, before it is sent, a text of so many short units that the process that waits would hold too
/// much. Measured there: up to 600 bytes a unit, and three for each of the text. Fault `too-large`.
pub fn check_answer(draft: &Draft, bytes: u64) -> Result<()> {
    const UNIT: u64 = 600;
    let most = ROOM.saturating_sub(bytes).max(48 * MIB);
    let (units, text) = (draft.units.len() as u64, draft.text.len() as u64);
    if units * UNIT + text * 3 <= most {
        return Ok(());
    }
    let message =
        format!("it holds too much: {} in {} MB of text", counted(draft.units.len(), "numbered unit"), text / MIB);
    Err(fault("too-large", message).hint("split it and import the parts"))
}

/// What came of a job.
pub enum Outcome<T = Answer> {
    /// It was answered, if only with a refusal.
    Read(Box<Result<T>>),
    Late,
    /// The process ended without an answer.
    Broken,
    /// The answer is longer than will be taken.
    TooMuch,
    /// Whoever takes the records wants no more of them.
    Stopped(Fault),
}

/// What comes of a list of references, part by part.
enum Step {
    Record(Box<Record>),
    Last(Result<About>),
    TooMuch,
}

impl<T> Outcome<T> {
    pub fn leaves_child_alive(&self) -> bool {
        matches!(self, Outcome::Read(_))
    }
}

/// A process that reads foreign formats.
#[derive(Debug)]
pub struct Child {
    process: std::process::Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Child {
    /// Fault `cannot-start`.
    pub fn start(program: &Path) -> Result<Self> {
        let started = Command::new(program)
            .arg("__extract")
            // A heap that is reserved before the limit is set would not count towards it.
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let parts = started.map(|mut process| {
            let pipes = (process.stdin.take(), process.stdout.take());
            (process, pipes)
        });
        match parts {
            Ok((process, (Some(stdin), Some(stdout)))) => Ok(Child { process, stdin, stdout }),
            Ok(_) => Err(cannot_start("its pipes are closed")),
            Err(error) => Err(cannot_start(&error)),
        }
    }

    /// One job. After anything but an answer the process is ended with it.
    pub fn read(&mut self, job: &Job, bytes: &[u8]) -> Outcome {
        let Child { process, stdin, stdout } = self;
        let patience = Duration::from_secs(job.limits.seconds);
        std::thread::scope(|scope| {
            let (tell, told) = channel();
            scope.spawn(move || drop(tell.send(exchange(stdin, stdout, job, bytes))));
            let outcome = match told.recv_timeout(patience) {
                Ok(Ok(Some(answer))) => Outcome::Read(Box::new(Ok(answer))),
                Ok(Ok(None)) => Outcome::TooMuch,
                Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Outcome::Broken,
                Err(RecvTimeoutError::Timeout) => Outcome::Late,
            };
            if !outcome.leaves_child_alive() {
                end(process);
            }
            outcome
        })
    }

    /// A list of references: the records go to `take` as they come, which may end the reading with a fault.
    /// Only the time that is waited for counts, not what `take` needs.
    pub fn references(&mut self, job: &Job, file: &mut (impl Read + Send), take: &mut Received) -> Outcome<About> {
        let Child { process, stdin, stdout } = self;
        let mut patience = Duration::from_secs(job.limits.seconds);
        std::thread::scope(|scope| {
            let (tell, told) = sync_channel(WAITING);
            scope.spawn(move || {
                let last = stream(stdin, stdout, job, file, &tell);
                drop(tell.send(last));
            });
            let outcome = loop {
                let begun = Instant::now();
                let step = told.recv_timeout(patience);
                patience = patience.saturating_sub(begun.elapsed());
                match step {
                    Ok(Ok(Step::Record(record))) => {
                        if let Err(fault) = take(*record) {
                            break Outcome::Stopped(fault);
                        }
                    }
                    Ok(Ok(Step::Last(read))) => break Outcome::Read(Box::new(read)),
                    Ok(Ok(Step::TooMuch)) => break Outcome::TooMuch,
                    Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => break Outcome::Broken,
                    Err(RecvTimeoutError::Timeout) => break Outcome::Late,
                }
            };
            // Whoever still waits to tell something must not be waited for.
            drop(told);
            if !outcome.leaves_child_alive() {
                end(process);
            }
            outcome
        })
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// Ends a process that may have ended already.
fn end(process: &mut std::process::Child) {
    let _ = process.kill();
    let _ = process.wait();
}

fn cannot_start(cause: impl std::fmt::Display) -> crate::diagnostic::Fault {
    fault("cannot-start", format!("the process that reads foreign formats cannot be started: {cause}"))
        .hint("realist starts itself for this: check that its file is where it was and may be run")
}

/// `None`: the answer is too long to be taken.
fn exchange(stdin: &mut ChildStdin, stdout: &mut ChildStdout, job: &Job, bytes: &[u8]) -> io::Result<Option<Answer>> {
    wire::send(stdin, job)?;
    stdin.write_all(bytes)?;
    stdin.flush()?;
    let length = wire::length(stdout)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    if length > largest_answer(job.bytes) {
        return Ok(None);
    }
    // Read as it comes: a long answer is held once, not twice.
    let mut answer = BufReader::with_capacity(1 << 16, stdout.take(length));
    Ok(Some(serde_json::from_reader(&mut answer)?))
}

/// Hands the file over and passes the records on; gives the last step.
fn stream(
    stdin: &mut ChildStdin,
    stdout: &mut ChildStdout,
    job: &Job,
    file: &mut impl Read,
    tell: &SyncSender<io::Result<Step>>,
) -> io::Result<Step> {
    wire::send(stdin, job)?;
    if io::copy(&mut file.take(job.bytes), stdin)? < job.bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    stdin.flush()?;
    let mut answers = BufReader::with_capacity(1 << 16, stdout);
    loop {
        let length = wire::length(&mut answers)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        if length > largest_answer(job.bytes) {
            return Ok(Step::TooMuch);
        }
        match serde_json::from_slice(&wire::bytes(&mut answers, length)?)? {
            Part::Record(record) => {
                tell.send(Ok(Step::Record(record))).map_err(|_| io::ErrorKind::BrokenPipe)?;
            }
            Part::Last(about) => return Ok(Step::Last(about.into_result())),
            Part::Refused(diagnostic) => return Ok(Step::Last(Err(Fault(Box::new(diagnostic.into()))))),
        }
    }
}
