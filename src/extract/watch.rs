//! The side that waits: starts the reading process, hands it files, and ends it when it is late.

use super::wire::{self, Answer, Job};
use crate::diagnostic::{Result, fault};
use crate::import::{Imported, MIB, Request};
use std::io::{self, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Bytes of the longest answer taken: text, units and all.
pub const LARGEST_ANSWER: u64 = 64 * MIB;

/// What came of a job.
pub enum Outcome {
    /// It was answered, if only with a refusal.
    Read(Box<Result<Imported>>),
    Late,
    /// The process ended without an answer.
    Broken,
    /// The answer is longer than will be taken.
    TooMuch,
}

impl Outcome {
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
    pub fn read(&mut self, request: &Request) -> Outcome {
        let job = Job::new(request);
        let Child { process, stdin, stdout } = self;
        let patience = Duration::from_secs(request.limits.seconds);
        std::thread::scope(|scope| {
            let (tell, told) = channel();
            scope.spawn(move || drop(tell.send(exchange(stdin, stdout, &job, request.bytes))));
            let outcome = match told.recv_timeout(patience) {
                Ok(Ok(Some(answer))) => Outcome::Read(Box::new(answer.into_result())),
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
    if length > LARGEST_ANSWER {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&wire::bytes(stdout, length)?)?))
}
