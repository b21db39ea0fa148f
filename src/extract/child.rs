//! The side that reads: one job after the other from standard input, until it closes.
//!
//! Before a job is read the process bounds itself: memory, time on the processor, no files written, no
//! core dump (which would be a copy of somebody's words).

use super::wire::{self, Job};
use crate::diagnostic::{Result, fault};
use crate::import::Imported;
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
        let answer = catch_unwind(AssertUnwindSafe(|| job.answer(&bytes))).unwrap_or_else(|_| {
            let failed: Result<Imported> = Err(fault("mishap", "the reader of this format failed on it")
                .hint("open it in the program it was made with, save it again and import that"));
            failed.into()
        });
        wire::send(to, &answer)?;
    }
    Ok(())
}

#[cfg(unix)]
mod bounds {
    use crate::import::{Limits, MIB};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    /// For good, whatever is read. A limit that cannot be set here leaves the other ones, and the parent's clock.
    pub fn settle() {
        for (resource, most) in [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nofile, 32)] {
            let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }

    /// For the next job.
    pub fn allow(limits: &Limits) {
        soft(Resource::As, limits.memory.saturating_mul(MIB));
        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
        soft(Resource::Cpu, used.saturating_add(limits.seconds).saturating_add(1));
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
