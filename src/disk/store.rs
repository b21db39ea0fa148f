//! The steps that every change of a user's files is made of, behind a trait: the disk itself here, and
//! in tests a twin that fails (`faulty.rs`). Which steps an operation takes, and in what order, is
//! settled beside the operation, not here.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file open for writing, under the name it had when it was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub path: PathBuf,
    pub file: File,
}

/// What a new file of a free name is called, and who may read it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Naming<'n> {
    pub prefix: &'n str,
    pub suffix: &'n str,
    /// Permission bits where there are such, before the umask; `None`: for this person alone.
    pub mode: Option<u32>,
}

/// One step each. Only [`Store::sync`] and [`Store::sync_folder`] promise that anything outlasts a
/// power cut: the first for a file's content, the second for the names in a folder.
pub(crate) trait Store {
    /// Makes one folder; those above it are there.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a new, empty file of a free name.
    fn create(&self, folder: &Path, naming: Naming<'_>) -> io::Result<Opened>;
    /// Opens a file to write at its end, and makes it where there is none.
    fn open_end(&self, path: &Path) -> io::Result<Opened>;
    /// Opens a file that is there.
    fn open(&self, path: &Path) -> io::Result<Opened>;
    fn write(&self, to: &mut Opened, bytes: &[u8]) -> io::Result<()>;
    /// Waits until a file's content is on the disk.
    fn sync(&self, file: &Opened) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk. Windows neither can nor needs to.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name, over a file that has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn set_length(&self, file: &Opened, length: u64) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder and all below it.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
    /// Opens a lock's file and waits for the lock.
    fn lock(&self, path: &Path) -> io::Result<File>;
    /// Reads a file from `offset` to its end.
    fn read(&self, path: &Path, offset: u64) -> io::Result<Vec<u8>>;
}

/// The disk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Real;

impl Store for Real {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            made => made,
        }
    }

    fn create(&self, folder: &Path, naming: Naming<'_>) -> io::Result<Opened> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(naming.prefix).suffix(naming.suffix);
        #[cfg(unix)]
        if let Some(mode) = naming.mode {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        // Whoever asked for it removes it, so that removing is a step like any other.
        let (file, path) = builder.tempfile_in(folder)?.keep().map_err(|error| error.error)?;
        Ok(Opened { path, file })
    }

    fn open_end(&self, path: &Path) -> io::Result<Opened> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Opened { path: path.to_owned(), file })
    }

    fn open(&self, path: &Path) -> io::Result<Opened> {
        let file = OpenOptions::new().write(true).open(path)?;
        Ok(Opened { path: path.to_owned(), file })
    }

    fn write(&self, to: &mut Opened, bytes: &[u8]) -> io::Result<()> {
        to.file.write_all(bytes)
    }

    fn sync(&self, file: &Opened) -> io::Result<()> {
        file.file.sync_all()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(windows) {
            return Ok(());
        }
        File::open(folder)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Virus scanners and sync clients hold files open for a moment on Windows.
        for pause in [20, 80, 320, 1000] {
            match fs::rename(from, to) {
                Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied => {
                    std::thread::sleep(std::time::Duration::from_millis(pause));
                }
                done => return done,
            }
        }
        fs::rename(from, to)
    }

    fn set_length(&self, file: &Opened, length: u64) -> io::Result<()> {
        file.file.set_len(length)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
        file.lock()?;
        Ok(file)
    }

    fn read(&self, path: &Path, offset: u64) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let mut bytes = Vec::new();
        if offset > 0 {
            file.seek(SeekFrom::Start(offset))?;
        }
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
