//! A file that came back from a word processor: its text, its comments, and which document it is of.

use crate::act::import::reader::{overrides, read_document};
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Note};
use crate::extract::Extractor;
use crate::id::Kind;
use crate::import::{self, Limits, Request};
use crate::project::Project;
use crate::strand::SourceKind;
use std::collections::BTreeMap;
use std::path::Path;

/// Names the particular of an exported file that holds the text version it was made of.
pub const MARK: &str = "realist";

pub struct Returned {
    pub text: String,
    pub notes: Vec<Note>,
    /// Words of speech, as counted when it was read.
    words: usize,
    /// Sixteen digits that may name a text version.
    marks: Vec<String>,
}

/// Reads any file with comments that an import would read.
///
/// Faults: those of reading it.
pub fn read(project: &Project, path: &Path) -> Result<Returned> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let format = import::format_of_name(name);
    let request = Request {
        name,
        bytes: &[],
        kind: SourceKind::Interview,
        mapping: None,
        format,
        sheet: None,
        roles: &[],
        limits: Limits::with(format.unwrap_or_default(), &overrides(project)?)?,
    };
    let mut extractor = Extractor::new(project.surroundings().extractor.as_deref());
    let draft = read_document(&mut extractor, &request, path)?.draft;
    let mut text = String::new();
    draft.each_shard(&mut |shard, _| {
        text.push_str(shard);
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    let header = draft.header();
    Ok(Returned { text, notes: draft.notes().to_vec(), words: header.words, marks: marks(&header.particulars) })
}

/// Everything in a file's particulars that looks like the name of a text version.
pub fn marks(particulars: &BTreeMap<String, String>) -> Vec<String> {
    let words = particulars.values().flat_map(|text| text.split(|letter: char| !letter.is_ascii_alphanumeric()));
    let is_mark = |word: &&str| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    words.filter(is_mark).map(str::to_owned).collect()
}

/// The document whose numbered turns a file with these particulars holds.
pub fn version_named(project: &Project, particulars: &BTreeMap<String, String>) -> Option<Document> {
    named(project, &marks(particulars)).map(|(document, _)| document)
}

/// The document whose text version a file names.
fn named(project: &Project, marks: &[String]) -> Option<(Document, String)> {
    let documents = project.state().all::<Document>();
    marks.iter().find_map(|mark| {
        let of = documents.iter().find(|document| document.versions.contains_key(mark))?;
        Some((of.clone(), mark.clone()))
    })
}

impl Returned {
    /// The document it is of, and the text version it was made of if that is known: as the person says, else
    /// as the file says, else the one with the same text.
    ///
    /// Faults: `other-document`, `which-document`.
    pub fn document(&self, project: &Project, wanted: Option<&str>) -> Result<(Document, Option<String>)> {
        let named = named(project, &self.marks);
        let Some(typed) = wanted else {
            return named.map(|(document, version)| (document, Some(version))).map_or_else(|| self.alike(project), Ok);
        };
        let document: Document = resolve::read(project, resolve::find(project, Kind::Document, typed)?)?;
        match named {
            Some((other, _)) if other.id != document.id => {
                let (own, other) = (project.label(document.id), project.label(other.id));
                Err(fault("other-document", format!("this file was made of {other}, not of {own}"))
                    .hint("leave --for out: the file says which document it is of"))
            }
            named => Ok((document, named.map(|(_, version)| version))),
        }
    }

    /// A document with the same text.
    fn alike(&self, project: &Project) -> Result<(Document, Option<String>)> {
        for document in project.state().all::<Document>().into_iter().filter(|one| !one.purged) {
            let version = document.versions.get(&document.version);
            if version.is_none_or(|version| version.shards > 1 || version.words != self.words) {
                continue;
            }
            if project.shard(&document, &document.version, 0)?.is_some_and(|shard| shard.text == self.text) {
                return Ok((document, None));
            }
        }
        Err(fault("which-document", "which document is this file of? It names none, and no document has the same text")
            .hint("say so: realist document comments FILE --for D3.gj (see `realist document list`)"))
    }
}
