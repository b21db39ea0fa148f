//! The side that reads: one job after the other from standard input, until it closes.
//!
//! Before a job is read the process bounds itself: memory, time on the processor, no files written, no
//! core dump (which would be a copy of somebody's words).

use super::library;
use super::wire::{self, Answer, Job, Task};
use crate::diagnostic::{Result, fault};
use crate::import::{RESAVE, references};
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Answers jobs. `from` and `to` are the pipes of the process that started this one.
pub fn serve(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    bounds::settle();
    while let Some(length) = wire::length(from)? {
        let job: Job = serde_json::from_slice(&wire::bytes(from, length)?)?;
        bounds::allow(&job.limits);
        let bytes = wire::bytes(from, job.bytes)?;
        match &job.task {
            Task::References(format) => {
                library::answer(to, |take| {
                    guarded(|| references::read_each(&bytes, format.as_deref(), &job.limits, take))
                })?;
            }
            task => {
                let answer = guarded(|| task.answer(&bytes, job.limits));
                wire::send(to, &answer.unwrap_or_else(Answer::from))?;
            }
        }
    }
    Ok(())
}

/// What a reader gives, or that it failed.
fn guarded<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(fault("mishap", "the reader of this format failed on it").hint(RESAVE)))
}

#[cfg(unix)]
mod bounds {
    use crate::import::{Limits, MIB, THREADS};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    /// For good, whatever is read. A limit that cannot be set here leaves the other ones, and the parent's clock.
    pub fn settle() {
        for (resource, most) in [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nofile, 32)] {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }

    /// For the next job. Its threads together have the time each of them has by the parent's clock.
    pub fn allow(limits: &Limits) {
        soft(Resource::As, limits.memory.saturating_mul(MIB));
        let seconds = limits.seconds.saturating_mul(u64::from(THREADS));
        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
        soft(Resource::Cpu, used.saturating_add(seconds).saturating_add(1));
    }

    fn soft(resource: Resource, most: u64) {
        let maximum = getrlimit(resource).maximum;
        let current = maximum.map_or(most, |maximum| maximum.min(most));
        let _ = setrlimit(resource, Rlimit { current: Some(current), maximum });
    }
}

#[cfg(not(unix))]
mod bounds {
    use crate::import::Limits;

    /// Nothing can be set without unsafe code; the parent's clock still runs.
    pub fn settle() {}

    pub fn allow(_: &Limits) {}
}
