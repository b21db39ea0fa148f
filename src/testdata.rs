//! Where tests find real data, which is never copied into the repository. Compiled for tests only.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A folder or file of the test data; a printed notice and `None` where it is absent. Either way it is
/// noted in the file that `REALIST_DATA_TEST_LOG` names, so that a run can say how many were skipped.
#[allow(clippy::disallowed_methods, clippy::print_stderr)] // tests are told by the environment
pub fn real(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("REALIST_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = root.join(name);
    let there = path.exists();
    if let Some(log) = std::env::var_os("REALIST_DATA_TEST_LOG")
        && let Ok(mut log) = std::fs::OpenOptions::new().create(true).append(true).open(log)
    {
        let _ = writeln!(log, "{} {name}", if there { "ran" } else { "skipped" });
    }
    if !there {
        eprintln!("skipped (no data): {name}");
    }
    there.then_some(path)
}
