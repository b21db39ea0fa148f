//! A desk to work at: one person, one machine, one copy of a project.

use realist::project::{Project, Surroundings};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

/// Who works where. Cloning sits the same person at the same desk.
#[derive(Clone)]
pub struct Desk {
    room: Rc<tempfile::TempDir>,
    /// Folder of the project.
    pub project: PathBuf,
    /// Cache, state and configuration of the machine.
    home: PathBuf,
    coder: Option<String>,
    now: Option<String>,
}

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    typed: String,
}

impl Desk {
    /// A desk without a project, for `gj`.
    pub fn bare() -> Self {
        let room = Rc::new(tempfile::TempDir::new().unwrap());
        let (project, home) = (room.path().join("p"), room.path().join("home"));
        Desk { room, project, home, coder: Some("gj".to_owned()), now: None }
    }

    /// A desk with an empty project in `p`.
    pub fn new() -> Self {
        let desk = Desk::bare();
        desk.outside(&["init", "p", "--title", "Trial"]).done();
        desk
    }

    /// The same project at the same machine, another person.
    pub fn as_coder(&self, tag: &str) -> Self {
        Desk { coder: Some(tag.to_owned()), ..self.clone() }
    }

    pub fn nobody(&self) -> Self {
        Desk { coder: None, ..self.clone() }
    }

    /// The clock stands still.
    pub fn at_time(&self, now: &str) -> Self {
        Desk { now: Some(now.to_owned()), ..self.clone() }
    }

    /// The same machine with the project copied to another folder.
    pub fn copy(&self, folder: &str) -> Self {
        let project = self.room.path().join(folder);
        copy_folder(&self.project, &project);
        Desk { project, ..self.clone() }
    }

    /// Another machine with a copy of the project.
    pub fn far_copy(&self, folder: &str, tag: &str) -> Self {
        let home = self.room.path().join(format!("home of {folder}"));
        Desk { home, coder: Some(tag.to_owned()), ..self.copy(folder) }
    }

    /// Folder the commands run in, for files to import.
    pub fn room(&self) -> &Path {
        self.room.path()
    }

    pub fn cache(&self) -> PathBuf {
        self.home.join("cache")
    }

    /// Puts a file in the room and answers its name.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.room().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        name.to_owned()
    }

    /// The command as the desk would type it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_realist"));
        self.furnish(&mut command);
        command.args(arguments);
        command
    }

    /// Gives a command this desk's place and surroundings.
    pub fn furnish(&self, command: &mut Command) {
        command
            .current_dir(self.room())
            .env("REALIST_CACHE_DIR", self.cache())
            .env("REALIST_STATE_DIR", self.home.join("state"))
            .env("XDG_CONFIG_HOME", self.home.join("config"))
            .env("HOME", &self.home)
            .env_remove("COLUMNS")
            .env_remove("REALIST_CODER")
            .env_remove("REALIST_NOW")
            .env_remove("REALIST_SEED")
            .stdin(Stdio::null());
        command.envs(self.coder.iter().map(|tag| ("REALIST_CODER", tag)));
        command.envs(self.now.iter().map(|now| ("REALIST_NOW", now)));
    }

    /// The desk's project, opened without the command line.
    pub fn look(&self) -> Project {
        let surroundings = Surroundings {
            cache: self.cache(),
            config: self.home.join("config").join("realist"),
            ..Surroundings::within(&self.home, self.coder.as_deref())
        };
        Project::open(&self.project, surroundings).unwrap()
    }

    /// Runs a command that names no project.
    pub fn outside(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command(arguments), arguments)
    }

    /// Runs a command on the desk's project.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.outside(&self.on_project(arguments))
    }

    /// The same, with the answer asked for as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.run(&[arguments, &["--format", "json"]].concat()).json()
    }

    /// The same, and the MB that the command itself held at most, where the system tells.
    pub fn json_and_peak(&self, arguments: &[&str]) -> (Value, Option<u64>) {
        let arguments = self.on_project(&[arguments, &["--format", "json"]].concat());
        let answer = self.room().join("answer of a watched command");
        let mut command = self.command(&arguments);
        command.stdout(std::fs::File::create(&answer).unwrap()).stderr(Stdio::null());
        let mut running = command.spawn().unwrap();
        let status = format!("/proc/{}/status", running.id());
        let mut most = None;
        while running.try_wait().unwrap().is_none() {
            let held = std::fs::read_to_string(&status).unwrap_or_default();
            let line = held.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
            most = most.max(kilobytes.map(|kilobytes| kilobytes >> 10));
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let text = std::fs::read_to_string(&answer).unwrap();
        std::fs::remove_file(&answer).unwrap();
        (serde_json::from_str(&text).unwrap(), most)
    }

    pub fn on_project<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        let folder = self.project.to_str().unwrap();
        [&["-C", folder], arguments].concat()
    }

    /// Every file of a folder of the project, by name, in order.
    pub fn files(&self, folder: &str) -> Vec<PathBuf> {
        files_below(&self.project.join(folder))
    }

    /// All bytes of the journal.
    pub fn journal(&self) -> String {
        self.files("journal").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }

    /// Everything in the project, to compare before and after.
    pub fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_below(&self.project).into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    }

    pub fn forget_cache(&self) {
        let _ = std::fs::remove_dir_all(self.cache());
    }
}

impl Answer {
    pub fn of(mut command: Command, typed: &[&str]) -> Self {
        let output = command.output().unwrap();
        Answer {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            typed: typed.join(" "),
        }
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "realist {}\n{}\n{}", self.typed, self.stdout, self.stderr);
        self
    }

    /// It did what was asked.
    #[track_caller]
    pub fn done(self) -> Self {
        self.expect(0)
    }

    /// It ran, and the answer is negative.
    #[track_caller]
    pub fn negative(self) -> Self {
        self.expect(1)
    }

    /// It could not run, and says why in one error with something to do next.
    #[track_caller]
    pub fn refused(self) -> Self {
        let answer = self.expect(2);
        let errors = answer.stderr.lines().filter(|line| line.starts_with("error:")).count();
        assert_eq!(errors, 1, "{}: {}", answer.typed, answer.stderr);
        assert!(answer.stderr.contains("\nhint: "), "{}: {}", answer.typed, answer.stderr);
        assert_eq!(answer.stdout, "", "{}", answer.typed);
        answer
    }

    /// The words stand somewhere in what was said.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.stdout.contains(words) || self.stderr.contains(words),
            "'{words}' is not in the answer to realist {}\n{}\n{}",
            self.typed,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Standard output as JSON, whatever the exit status.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("realist {}: {error}\n{}\n{}", self.typed, self.stdout, self.stderr))
    }
}

pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// The keys of an object, in order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// One text field of every item of a list.
pub fn column<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap()).collect()
}
