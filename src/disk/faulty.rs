//! A twin of the disk for tests: any step can fail, once or from then on; the process can die there;
//! the power can go. What it does until then it does on the real disk, but for waiting for it.

use super::power::Power;
use super::store::{Naming, Opened, Real, Store};
use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::rc::Rc;

thread_local! {
    static IN_FORCE: RefCell<Option<Rc<dyn Store>>> = const { RefCell::new(None) };
}

pub(super) fn in_force() -> Rc<dyn Store> {
    IN_FORCE.with_borrow(Option::clone).unwrap_or_else(|| Rc::new(Real))
}

/// Runs `act` with everything that this thread writes going through `twin`.
pub(crate) fn with_store<T>(twin: Rc<dyn Store>, act: impl FnOnce() -> T) -> T {
    struct Reset;
    impl Drop for Reset {
        fn drop(&mut self) {
            IN_FORCE.set(None);
        }
    }
    IN_FORCE.set(Some(twin));
    let _reset = Reset;
    act()
}

/// What becomes of the step it strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    None,
    /// It fails; a write leaves half its bytes.
    Once(ErrorKind),
    /// It and all after it fail.
    Always(ErrorKind),
    /// The process is killed there: nothing it does from then on reaches the disk.
    Killed,
    /// The power goes, and with it what was not synced, as far as the seed says.
    PowerCut(u64),
}

/// Ways in which a store could break its word, to see that the tests notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Careless {
    #[default]
    Not,
    /// Says that a file is synced, and it is not.
    Files,
    /// Says that a folder is synced, and it is not.
    Folders,
    /// Says that it wrote, and wrote half.
    Writes,
    /// Says that it removed, and did not.
    Removals,
    /// Replaces a file by writing over it.
    Renames,
}

/// The kind of a step, as far as it matters which errors it can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Write,
    Read,
    Other,
}

enum Fate {
    Goes,
    Fails(io::Error),
}

pub(crate) struct Twin {
    mishap: Mishap,
    /// Number of the step it strikes, from 1.
    at: usize,
    careless: Careless,
    steps: Cell<usize>,
    struck: Cell<bool>,
    dead: Cell<bool>,
    power: Option<RefCell<Power>>,
}

impl Twin {
    /// One that does all it is asked, but wait.
    pub(crate) fn sound() -> Rc<Self> {
        Self::new(Mishap::None, 0, Careless::Not)
    }

    pub(crate) fn new(mishap: Mishap, at: usize, careless: Careless) -> Rc<Self> {
        let power = matches!(mishap, Mishap::PowerCut(_)).then(|| RefCell::new(Power::default()));
        let (steps, struck, dead) = (Cell::new(0), Cell::new(false), Cell::new(false));
        Rc::new(Twin { mishap, at, careless, steps, struck, dead, power })
    }

    /// Whether the mishap came about.
    pub(crate) fn struck(&self) -> bool {
        self.struck.get()
    }

    /// Cuts the power now, unless it is cut already.
    pub(crate) fn cut_power(&self) {
        if let (Some(power), Mishap::PowerCut(seed), false) = (&self.power, self.mishap, self.dead.replace(true)) {
            power.borrow().cut(seed);
        }
    }

    fn fate(&self, step: Step) -> Fate {
        if self.dead.get() {
            return Fate::Fails(io::Error::other("the process is dead"));
        }
        self.steps.set(self.steps.get() + 1);
        let now = self.steps.get();
        let (strikes, kind) = match self.mishap {
            Mishap::None => (false, None),
            Mishap::Once(kind) => (now == self.at, Some(kind)),
            Mishap::Always(kind) => (now >= self.at, Some(kind)),
            Mishap::Killed | Mishap::PowerCut(_) => (now == self.at, None),
        };
        // A full disk can be read.
        if !strikes || (step == Step::Read && kind == Some(ErrorKind::StorageFull)) {
            return Fate::Goes;
        }
        self.struck.set(true);
        match self.mishap {
            Mishap::Killed => self.dead.set(true),
            Mishap::PowerCut(_) => self.cut_power(),
            _ => {}
        }
        Fate::Fails(kind.map_or_else(|| io::Error::other("the process is dead"), io::Error::from))
    }

    fn go<T>(&self, step: Step, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.fate(step) {
            Fate::Goes => act(),
            Fate::Fails(error) => Err(error),
        }
    }

    fn note(&self, note: impl FnOnce(&mut Power)) {
        if let Some(power) = &self.power {
            note(&mut power.borrow_mut());
        }
    }
}

impl Store for Twin {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.go(Step::Other, || {
            Real.make_folder(folder)?;
            self.note(|power| power.made_folder(folder));
            Ok(())
        })
    }

    fn create(&self, folder: &Path, naming: Naming<'_>) -> io::Result<Opened> {
        self.go(Step::Other, || {
            let made = Real.create(folder, naming)?;
            self.note(|power| power.created(&made.path));
            Ok(made)
        })
    }

    fn open_end(&self, path: &Path) -> io::Result<Opened> {
        self.go(Step::Other, || {
            let fresh = !path.exists();
            self.note(|power| {
                power.meet(path);
            });
            let opened = Real.open_end(path)?;
            self.note(|power| {
                if fresh {
                    power.created(path);
                }
            });
            Ok(opened)
        })
    }

    fn open(&self, path: &Path) -> io::Result<Opened> {
        self.go(Step::Other, || {
            self.note(|power| {
                power.meet(path);
            });
            Real.open(path)
        })
    }

    fn write(&self, to: &mut Opened, bytes: &[u8]) -> io::Result<()> {
        let alive = !self.dead.get();
        let half = &bytes[..bytes.len() / 2];
        match self.fate(Step::Write) {
            Fate::Goes if self.careless == Careless::Writes => Real.write(to, half),
            Fate::Goes => Real.write(to, bytes),
            Fate::Fails(error) => {
                // A power cut has had its say about every file already.
                if alive && self.power.is_none() {
                    Real.write(to, half)?;
                }
                Err(error)
            }
        }
    }

    fn sync(&self, file: &Opened) -> io::Result<()> {
        self.go(Step::Other, || {
            self.note(|power| {
                if self.careless != Careless::Files {
                    power.synced(&file.path);
                }
            });
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.go(Step::Other, || {
            self.note(|power| {
                if self.careless != Careless::Folders {
                    power.synced_folder(folder);
                }
            });
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.careless == Careless::Renames && to.exists() {
            let bytes = std::fs::read(from)?;
            let mut over = Real.open(to)?;
            self.set_length(&over, 0)?;
            self.write(&mut over, &bytes)?;
            return self.remove(from);
        }
        self.go(Step::Other, || {
            self.note(|power| power.renamed(from, to));
            Real.rename(from, to)
        })
    }

    fn set_length(&self, file: &Opened, length: u64) -> io::Result<()> {
        self.go(Step::Other, || Real.set_length(file, length))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.go(Step::Other, || {
            if self.careless == Careless::Removals {
                return Ok(());
            }
            self.note(|power| power.removed(path));
            Real.remove(path)
        })
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.go(Step::Other, || Real.remove_folder(folder))
    }

    fn lock(&self, path: &Path) -> io::Result<File> {
        self.go(Step::Other, || Real.lock(path))
    }

    fn read(&self, path: &Path, offset: u64) -> io::Result<Vec<u8>> {
        self.go(Step::Read, || Real.read(path, offset))
    }
}
