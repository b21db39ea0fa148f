//! A project of its own for the tests of acts. Compiled for tests only.

use super::import::{self, Wanted};
use crate::project::{Project, Surroundings};
use crate::strand::SourceKind;
use std::path::Path;

pub struct Desk {
    pub project: Project,
    folder: tempfile::TempDir,
}

const INTERVIEW: &str = "\
Interviewer: How was it when things were hard?

Ana: She kept contact all through the crisis, “even then” – every week.

Interviewer: And afterwards?

Ana: =nothing= changed: it was the same person, in the same building.
";

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let surroundings =
            Surroundings { seed: Some("desk".to_owned()), ..Surroundings::within(folder.path(), Some("gj")) };
        let root = folder.path().join("project");
        Project::create(&root, "Test", &[], &surroundings).unwrap();
        let project = Project::open(&root, surroundings).unwrap();
        Desk { project, folder }
    }

    pub fn with_interview() -> Self {
        let mut desk = Desk::new();
        desk.import("interview.txt", INTERVIEW, SourceKind::Interview);
        desk
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> std::path::PathBuf {
        let path = self.folder.path().join(name);
        crate::disk::replace(&path, bytes.as_ref()).unwrap();
        path
    }

    pub fn import(&mut self, name: &str, text: &str, kind: SourceKind) {
        let wanted = Wanted::of(vec![self.file(name, text)], kind);
        import::import(&mut self.project, &wanted, &|_, _| {}).unwrap();
    }

    pub fn statement(&mut self, sentence: &str) -> String {
        let entry = super::hypothesis::Entry { statement: Some(sentence.to_owned()), ..Default::default() };
        super::hypothesis::add(&mut self.project, &entry).unwrap().answer
    }

    /// Opens the project again in other surroundings.
    pub fn reopen(&mut self, change: impl FnOnce(&mut Surroundings)) {
        let mut surroundings = self.project.surroundings().clone();
        change(&mut surroundings);
        self.project = Project::open(self.project.root(), surroundings).unwrap();
    }

    /// The same project as somebody else has it open.
    pub fn as_coder(&self, tag: &str) -> Project {
        let surroundings = Surroundings { coder: Some(tag.to_owned()), ..self.project.surroundings().clone() };
        Project::open(self.project.root(), surroundings).unwrap()
    }
}
