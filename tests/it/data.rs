//! Real test data beside the project. A test that needs it says so here and is skipped, with a notice,
//! where it is absent.

use std::io::Write;
use std::path::{Path, PathBuf};

/// Place of a file or folder of the test data for the test `name`; `None` where the data is absent. Each
/// answer is a line in the file that `REALIST_DATA_TEST_LOG` names, for the count at the end of a run.
pub fn data(name: &str, place: &str) -> Option<PathBuf> {
    let root = std::env::var_os("REALIST_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = root.join(place);
    let there = path.exists();
    if !there {
        println!("skipped (no data): {name}");
    }
    log(if there { "ran" } else { "skipped" }, name);
    there.then_some(path)
}

fn log(what: &str, name: &str) {
    let Some(path) = std::env::var_os("REALIST_DATA_TEST_LOG") else { return };
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| file.write_all(format!("{what} {name}\n").as_bytes()));
    written.unwrap_or_else(|error| eprintln!("the log of data tests cannot be written: {error}"));
}
