//! How bytes reach the disk for good. The only file of the crate that creates, replaces, appends to
//! or removes files of a user's project.
//!
//! A whole file is replaced: temporary file in the same folder, written, synced, renamed, folder
//! synced. A write-once file is put in place the same way but synced later, many at a time. A line is
//! appended with one write and synced; if that fails the file is cut back to where it was.

use crate::diagnostic::{Fault, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// Makes names created in a folder last. Windows neither can nor needs to.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder)?.sync_all()
}

/// Makes a folder and those above it.
pub fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Fault::io("make the folder", folder, &error))
}

/// The same, for nobody but the user to read: caches hold terms of confidential texts.
pub fn make_private_folder(folder: &Path) -> Result<()> {
    make_folder(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A file system without modes is no reason to stop.
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

fn persist(temporary: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    let mut temporary = temporary;
    // Virus scanners and sync clients hold files open for a moment on Windows.
    for pause in [20, 80, 320, 1000] {
        match temporary.persist(path) {
            Ok(_) => return Ok(()),
            Err(error) if cfg!(windows) && error.error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(std::time::Duration::from_millis(pause));
                temporary = error.file;
            }
            Err(error) => return Err(error.error),
        }
    }
    temporary.persist(path).map(drop).map_err(|error| error.error)
}

fn put(path: &Path, bytes: &[u8], sync: bool) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".realist-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The mode of the file replaced is kept; a new one follows the user's umask.
        let mode = fs::metadata(path).map_or(0o666, |old| old.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut temporary = builder.tempfile_in(parent(path))?;
    temporary.write_all(bytes)?;
    if sync {
        temporary.as_file().sync_all()?;
    }
    persist(temporary, path)
}

/// Replaces a file whole, or leaves the old one.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, bytes, true).and_then(|()| sync_folder(parent(path))).map_err(|error| Fault::io("write", path, &error))
}

/// Replaces a file whole without waiting for the disk: for what may be lost in a power cut.
pub fn replace_unsynced(path: &Path, bytes: &[u8]) -> Result<()> {
    put(path, bytes, false).map_err(|error| Fault::io("write", path, &error))
}

/// Builds a file that only this person can read, without holding it in memory or waiting for the disk:
/// for caches.
pub fn build(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut temporary = tempfile::Builder::new().prefix(".realist-").suffix(".tmp").tempfile_in(parent(path))?;
    let mut out = io::BufWriter::with_capacity(1 << 20, temporary.as_file_mut());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    persist(temporary, path)
}

/// A file read here and there.
#[derive(Debug)]
pub struct Pages(File);

impl Pages {
    pub fn open(path: &Path) -> io::Result<Self> {
        File::open(path).map(Pages)
    }
}

impl crate::shelf::Bytes for Pages {
    fn length(&self) -> io::Result<u64> {
        self.0.metadata().map(|data| data.len())
    }

    #[cfg(unix)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.0, buffer, offset)
    }

    #[cfg(not(unix))]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut file = &self.0;
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(buffer)
    }
}

/// Puts a write-once file in place without waiting for the disk. It is not safe until [`Batch::sync`].
#[derive(Debug, Default)]
pub struct Batch {
    files: Vec<PathBuf>,
    /// Nothing is written at all.
    rehearsal: bool,
}

impl Batch {
    pub fn new(rehearsal: bool) -> Self {
        Batch { files: Vec::new(), rehearsal }
    }

    /// Writes the file unless it is there, byte for byte.
    pub fn write_once(&mut self, path: PathBuf, bytes: &[u8]) -> Result<()> {
        if self.rehearsal {
            return Ok(());
        }
        let same_size = fs::metadata(&path).is_ok_and(|old| old.is_file() && old.len() == bytes.len() as u64);
        let there = same_size && fs::read(&path).is_ok_and(|old| old == bytes);
        if !there {
            put(&path, bytes, false).map_err(|error| Fault::io("write", &path, &error))?;
        }
        self.files.push(path);
        Ok(())
    }

    /// Waits until every file of the batch, and its name, is on the disk.
    pub fn sync(self) -> Result<()> {
        let mut folders: Vec<&Path> = Vec::new();
        for path in &self.files {
            // Windows flushes only through a handle that may write.
            OpenOptions::new()
                .write(true)
                .open(path)
                .and_then(|file| file.sync_all())
                .map_err(|error| Fault::io("save", path, &error))?;
            folders.push(parent(path));
        }
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            sync_folder(folder).map_err(|error| Fault::io("save", folder, &error))?;
        }
        Ok(())
    }
}

/// Appends whole lines to a file, which is made where it does not exist, and waits for the disk. On
/// failure the file is as long as before.
pub fn append(path: &Path, lines: &[u8]) -> Result<()> {
    let fresh = !path.exists();
    let mut file =
        OpenOptions::new().create(true).append(true).open(path).map_err(|error| Fault::io("write", path, &error))?;
    let length = file.metadata().map_err(|error| Fault::io("read", path, &error))?.len();
    let written = file.write_all(lines).and_then(|()| file.sync_data());
    let written = written.and_then(|()| if fresh { sync_folder(parent(path)) } else { Ok(()) });
    written.map_err(|error| {
        // A failed sync must not be tried again on the same bytes: they are taken back instead.
        drop(file);
        let _ = cut(path, length);
        if fresh {
            let _ = fs::remove_file(path);
        }
        Fault::io("write", path, &error)
    })
}

/// Cuts a file to `length` bytes.
pub fn cut(path: &Path, length: u64) -> Result<()> {
    OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|file| {
            file.set_len(length)?;
            file.sync_all()
        })
        .map_err(|error| Fault::io("repair", path, &error))
}

/// Removes a file; one that is not there is removed already.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(parent(path)).map_err(|error| Fault::io("save", path, &error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::io("remove", path, &error)),
    }
}

/// Removes a folder of the cache and all below it.
pub fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::io("remove", folder, &error)),
    }
}

/// A folder below `base` that only this person can read, gone with all it holds when dropped.
pub fn private_folder(base: &Path) -> Result<tempfile::TempDir> {
    make_folder(base)?;
    tempfile::Builder::new()
        .prefix("open-")
        .tempdir_in(base)
        .map_err(|error| Fault::io("make a folder in", base, &error))
}

/// Writes a file that only this person can read, over one of that name.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = tempfile::NamedTempFile::new_in(parent(path)).and_then(|mut file| {
        file.write_all(bytes)?;
        persist(file, path)
    });
    written.map_err(|error| Fault::io("write", path, &error))
}

/// Keeps a text in a new file below `folder` that only this person can read.
pub fn keep_private(folder: &Path, prefix: &str, suffix: &str, bytes: &[u8]) -> Result<PathBuf> {
    make_folder(folder)?;
    let kept = tempfile::Builder::new().prefix(prefix).suffix(suffix).tempfile_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.keep().map(|(_, path)| path).map_err(|error| error.error)
    });
    kept.map_err(|error| Fault::io("write to", folder, &error))
}

/// Reads a file from `offset` to its end.
pub fn read_from(path: &Path, offset: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    if offset > 0 {
        file.seek(SeekFrom::Start(offset))?;
    }
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Holds a lock between processes of this machine until dropped. It lies in the cache folder; no
/// correctness across machines depends on it.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code)] File);

impl Lock {
    /// Waits for the lock.
    pub fn wait(path: &Path) -> Result<Self> {
        make_private_folder(parent(path))?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(|error| Fault::io("open", path, &error))?;
        file.lock().map_err(|error| Fault::io("lock", path, &error))?;
        Ok(Lock(file))
    }
}
