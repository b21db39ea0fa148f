//! How bytes reach the disk for good. The only module of the crate that creates, replaces, appends to
//! or removes files of a user's project.
//!
//! A whole file is replaced: temporary file in the same folder, written, synced, renamed, folder
//! synced. A write-once file is put in place the same way but synced later, many at a time
//! ([`Batch`]). A line is appended with one write and synced; if that fails the file is cut back to
//! where it was. The single steps stand behind a trait (`store`), so that tests can make any of them
//! fail, kill the process there or cut the power.

mod batch;
#[cfg(test)]
pub(crate) mod faulty;
mod lock;
mod pages;
#[cfg(test)]
mod power;
mod private;
pub(crate) mod store;
mod stream;

pub use batch::Batch;
pub use lock::Lock;
pub use pages::{Pages, build};
pub use private::{keep_private, make_private_folder, private_folder, write_private};
pub use stream::{holds_else, is_stream, is_taken};

use crate::diagnostic::{Fault, Result, fault};
use std::io;
use std::path::Path;
use std::time::SystemTime;
use store::{Naming, Opened};

/// Code of the fault that leaves open whether what was asked for is on the disk.
const UNSURE: &str = "unsure";

/// Whether an operation failed in such a way that what it wrote may be there all the same.
pub fn is_unsure(fault: &Fault) -> bool {
    fault.0.code == UNSURE
}

fn unsure(path: &Path, error: &io::Error) -> Fault {
    fault(UNSURE, Fault::io("finish writing", path, error).0.message)
        .hint("it may be done or not: look (`realist log`) before you do it again")
}

#[cfg(not(test))]
fn steps() -> &'static dyn store::Store {
    &store::Real
}

#[cfg(test)]
fn steps() -> std::rc::Rc<dyn store::Store> {
    faulty::in_force()
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// Makes a folder and those above it, for good.
pub fn make_folder(folder: &Path) -> Result<()> {
    let mut missing = Vec::new();
    let mut at = folder;
    while !at.as_os_str().is_empty() && !at.is_dir() {
        missing.push(at);
        let Some(above) = at.parent() else { break };
        at = above;
    }
    for folder in missing.into_iter().rev() {
        steps()
            .make_folder(folder)
            .and_then(|()| steps().sync_folder(parent(folder)))
            .map_err(|error| Fault::io("make the folder", folder, &error))?;
    }
    Ok(())
}

const PREFIX: &str = ".realist-";
const SUFFIX: &str = ".tmp";

/// The mode of the file replaced is kept; a new one follows the user's umask.
fn mode_of(path: &Path) -> u32 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).map_or(0o666, |old| old.permissions().mode() & 0o777)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        0o666
    }
}

/// Fills a new file by `fill` and gives it the name; on failure nothing is left of it.
fn put_new(file: Opened, path: &Path, fill: impl FnOnce(&mut Opened) -> io::Result<()>) -> io::Result<()> {
    let mut file = file;
    let filled = fill(&mut file);
    let Opened { path: temporary, file } = file;
    drop(file);
    filled.and_then(|()| steps().rename(&temporary, path)).inspect_err(|_| {
        // What cannot be removed now is swept away later.
        let _ = steps().remove(&temporary);
    })
}

fn put_filled(path: &Path, fill: impl FnOnce(&mut Opened) -> io::Result<()>) -> io::Result<()> {
    let naming = Naming { prefix: PREFIX, suffix: SUFFIX, mode: Some(mode_of(path)) };
    put_new(steps().create(parent(path), naming)?, path, fill)
}

fn put(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    put_filled(path, |file| {
        steps().write(file, bytes)?;
        if sync { steps().sync(file) } else { Ok(()) }
    })
}

/// Replaces a file whole, or leaves the old one; into what is no file (a pipe, a device) the bytes are sent.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    if stream::send(path, bytes)? {
        return Ok(());
    }
    put(path, bytes, true).map_err(|error| Fault::io("write", path, &error))?;
    steps().sync_folder(parent(path)).map_err(|error| unsure(path, &error))
}

/// Replaces a file whole without waiting for the disk: for what may be lost in a power cut.
pub fn replace_unsynced(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, bytes, false).map_err(|error| Fault::io("write", path, &error))
}

/// Appends whole lines to a file, which is made where it does not exist, and waits for the disk. On
/// failure the file is as long as before; where even that cannot be had the fault is [unsure](is_unsure).
pub fn append(path: &Path, lines: &[u8]) -> Result<()> {
    let fresh = !path.exists();
    let mut file = steps().open_end(path).map_err(|error| Fault::io("write", path, &error))?;
    let length = file.file.metadata().map_err(|error| Fault::io("read", path, &error))?.len();
    let written = steps().write(&mut file, lines).and_then(|()| steps().sync(&file));
    let written = written.and_then(|()| if fresh { steps().sync_folder(parent(path)) } else { Ok(()) });
    written.map_err(|error| {
        // A failed sync must not be tried again on the same bytes: they are taken back instead.
        drop(file);
        let taken_back = if fresh { remove(path) } else { cut(path, length) };
        if taken_back.is_ok() { Fault::io("write", path, &error) } else { unsure(path, &error) }
    })
}

/// Cuts a file to `length` bytes.
pub fn cut(path: &Path, length: u64) -> Result<()> {
    let cut = steps().open(path).and_then(|file| {
        steps().set_length(&file, length)?;
        steps().sync(&file)
    });
    cut.map_err(|error| Fault::io("repair", path, &error))
}

/// Removes a file; one that is not there is removed already.
pub fn remove(path: &Path) -> Result<()> {
    match steps().remove(path) {
        Ok(()) => steps().sync_folder(parent(path)).map_err(|error| Fault::io("save", path, &error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::io("remove", path, &error)),
    }
}

/// Removes a folder of the cache and all below it.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match steps().remove_folder(folder) {
        Ok(()) => steps().sync_folder(parent(folder)).map_err(|error| Fault::io("save", folder, &error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::io("remove", folder, &error)),
    }
}

/// Removes the temporary files that killed processes left in a folder: those last written to before
/// `before`, since a younger one may belong to somebody at work. What cannot be removed stays.
pub fn sweep(folder: &Path, before: SystemTime) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok) {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        let old = |entry: &std::fs::DirEntry| entry.metadata()?.modified();
        if ours && old(&entry).is_ok_and(|changed| changed < before) {
            let _ = steps().remove(&entry.path());
        }
    }
}

/// Reads a file from `offset` to its end.
pub fn read_from(path: &Path, offset: u64) -> io::Result<Vec<u8>> {
    steps().read(path, offset)
}

/// Hash over a file's content, however large it is.
pub fn digest(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path)?)?;
    Ok(hasher.finalize())
}

/// A file is no longer what it was when it was first read.
pub fn changed_meanwhile() -> Fault {
    fault("changed-meanwhile", "the file changed while it was read")
        .hint("import it again when nobody is writing to it")
}

/// A file of a free name in `folder`, for this person alone.
fn create_private(folder: &Path, prefix: &str, suffix: &str) -> io::Result<Opened> {
    steps().create(folder, Naming { prefix, suffix, mode: None })
}
