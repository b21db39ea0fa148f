//! The side that waits: starts the reading process, hands it files, and ends it when it is late.

use super::wire::{self, Answer, Job};
use crate::diagnostic::{Result, fault};
use crate::import::MIB;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Bytes of the longest answer taken for a file of so many bytes. Measured: what is made of an answer takes
/// up to three times its length (a text of the shortest turns there are); with the file itself that is kept
/// under 300 MB in all.
pub fn largest_answer(bytes: u64) -> u64 {
    const ROOM: u64 = 240 * MIB;
    (ROOM.saturating_sub(bytes) / 3).max(16 * MIB)
}

/// What came of a job.
pub enum Outcome {
    /// It was answered, if only with a refusal.
    Answered(Box<Answer>),
    Late,
    /// The process ended without an answer.
    Broken,
    /// The answer is longer than will be taken.
    TooMuch,
}

impl Outcome {
    pub fn leaves_child_alive(&self) -> bool {
        matches!(self, Outcome::Answered(_))
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
    pub fn ask(&mut self, job: &Job, bytes: &[u8]) -> Outcome {
        let Child { process, stdin, stdout } = self;
        let patience = Duration::from_secs(job.limits.seconds);
        std::thread::scope(|scope| {
            let (tell, told) = channel();
            scope.spawn(move || drop(tell.send(exchange(stdin, stdout, job, bytes))));
            let outcome = match told.recv_timeout(patience) {
                Ok(Ok(Some(answer))) => Outcome::Answered(Box::new(answer)),
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
