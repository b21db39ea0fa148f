//! Paths that are no file to put in place: pipes, terminals, devices. What is written for people may be sent into one;
//! nothing of a project ever lies in one.

use crate::diagnostic::{Fault, Result, fault};
use std::fs::{self, Metadata, OpenOptions};
use std::io::Write;
use std::path::Path;

/// A pipe, a socket, a terminal or another device.
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// Something lies there that would be lost by writing over it.
pub fn is_taken(path: &Path) -> bool {
    path.exists() && !is_stream(path)
}

/// A file lies there, and does not say just these bytes.
pub fn holds_else(path: &Path, bytes: &[u8]) -> bool {
    is_taken(path) && !fs::read(path).is_ok_and(|there| there == bytes)
}

/// Sends bytes into what is no file, and says whether the path was such; nothing is sent otherwise.
///
/// Fault `standard-output` where the path is standard output itself and that leads on to a pipe or a file: what the
/// command answers goes there as well.
pub(super) fn send(path: &Path, bytes: &[u8]) -> Result<bool> {
    let Ok(there) = fs::metadata(path) else { return Ok(false) };
    if is_standard_output(&there) {
        return Err(fault("standard-output", format!("{} is where the answer of the command goes", path.display()))
            .hint("name a file, and look at that")
            .hint("or leave the option away and choose how the answer is printed: --format csv, --format json"));
    }
    if !is_stream(path) {
        return Ok(false);
    }
    let sent = OpenOptions::new().write(true).open(path).and_then(|mut open| open.write_all(bytes));
    sent.map_err(|error| Fault::io("write to", path, &error))?;
    Ok(true)
}

/// What is there is the pipe or file that standard output leads to; a terminal or a device takes both.
#[cfg(unix)]
fn is_standard_output(there: &Metadata) -> bool {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let same = |own: Metadata| (own.dev(), own.ino()) == (there.dev(), there.ino());
    !there.file_type().is_char_device() && fs::metadata("/dev/stdout").is_ok_and(same)
}

#[cfg(not(unix))]
fn is_standard_output(_: &Metadata) -> bool {
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::disk::replace;
    use std::process::Command;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn what_is_sent_into_a_pipe_comes_out_of_it_and_it_stays_a_pipe() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let bytes = b"many words, ".repeat(20_000);
        let (told, heard) = mpsc::channel();
        let (from, sent) = (pipe.clone(), bytes.clone());
        std::thread::spawn(move || told.send(fs::read(from).unwrap() == sent));
        replace(&pipe, &bytes).unwrap();
        assert_eq!(heard.recv_timeout(Duration::from_secs(20)), Ok(true));
        assert!(is_stream(&pipe) && !is_taken(&pipe) && !holds_else(&pipe, b""));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_device_takes_what_is_sent_and_stays_a_device() {
        replace(Path::new("/dev/null"), b"words").unwrap();
        assert!(is_stream(Path::new("/dev/null")));
    }

    #[test]
    fn a_file_and_a_folder_are_no_streams() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        assert!(!is_taken(&file) && !is_stream(&file));
        replace(&file, b"one").unwrap();
        assert!(is_taken(&file) && !is_stream(&file) && !is_stream(folder.path()) && is_taken(folder.path()));
        assert!(holds_else(&file, b"two") && !holds_else(&file, b"one"));
    }
}
