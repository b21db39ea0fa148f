//! Where tests find real data, which is never copied into the repository, and programs to measure by. Compiled
//! for tests only.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder or file of the test data; a printed notice and `None` where it is absent. Either way it is
/// noted in the file that `REALIST_DATA_TEST_LOG` names, so that a run can say how many were skipped.
#[allow(clippy::disallowed_methods)] // tests are told by the environment
pub fn real(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("REALIST_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = root.join(name);
    said(name, path.exists()).then_some(path)
}

/// Whether a program of this name can be started; noted likewise.
pub fn has_program(name: &str) -> bool {
    let started = Command::new(name).arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status();
    said(name, started.is_ok())
}

#[allow(clippy::disallowed_methods, clippy::print_stderr)] // tests are told by the environment
fn said(name: &str, is_there: bool) -> bool {
    if let Some(log) = std::env::var_os("REALIST_DATA_TEST_LOG")
        && let Ok(mut log) = std::fs::OpenOptions::new().create(true).append(true).open(log)
    {
        let _ = writeln!(log, "{} {name}", if is_there { "ran" } else { "skipped" });
    }
    if !is_there {
        eprintln!("skipped (not there): {name}");
    }
    is_there
}
