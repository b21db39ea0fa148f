//! Where else a person's words and name stand: in other documents, in what others say, in files that lie in the
//! project's folder. Nothing of it is destroyed; whoever withdraws them is told.

use super::plan::{Elsewhere, Person};
use crate::act::identifier::known::name_words;
use crate::act::import::reader::{overrides, read_document};
use crate::check::typed::{self, Typed};
use crate::check::words::{Comparison, called, units};
use crate::diagnostic::Result;
use crate::document::{Document, Header};
use crate::extract::Extractor;
use crate::id::{Id, Label};
use crate::import::{Limits, Request};
use crate::project::Project;
use crate::strand::SourceKind;
use crate::text::words::{counted, fold, words};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

/// Bytes of a file that is still looked into.
const LARGEST: u64 = 32 << 20;

pub(super) struct Traces {
    pub elsewhere: Vec<Elsewhere>,
    pub named: Vec<String>,
    /// Files in the project's folder and in `outputs/` that hold their words.
    pub files: Vec<String>,
}

impl Traces {
    pub fn of(project: &Project, person: &Person, said: &[(Id, usize, String)]) -> Result<Self> {
        let speech = || said.iter().map(|(.., words)| words.as_str());
        let own: BTreeSet<(Id, usize)> = said.iter().map(|(document, n, _)| (*document, *n)).collect();
        let names = names(project, person)?;
        let mut comparison = Comparison::new(speech());
        let mut named = Vec::new();
        let mut documents = project.state().all::<Document>();
        documents.retain(|one| !one.purged && one.kind.is_own_data());
        documents.sort_by_key(|one| project.state().label_of(one.id));
        for document in &documents {
            let mut naming = 0;
            for (n, words) in units(project, document)? {
                if !own.contains(&(document.id, n)) {
                    comparison.read_words(document.id, n, &words);
                    naming += usize::from(names_any(&names, &words));
                }
            }
            let label = project.label(document.id);
            if naming > 0 {
                named.push(format!("{label} ({})", counted(naming, "unit")));
            }
            let speaks = person.speaks.iter().any(|(one, _)| one.id == document.id);
            if !speaks && project.header(document)?.is_some_and(|header| is_speaker(&names, &header)) {
                named.push(format!("{label} (a speaker)"));
            }
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        let told = |one: &Typed| one.id != person.id && !project.state().hides(one.id);
        for one in typed::ever(project).iter().filter(|one| told(one) && names_any(&names, &one.text)) {
            fields.push((called(project, one.id), one.field.clone()));
        }
        fields.sort_by_key(|(id, field)| (id.parse::<Label>().ok(), field.clone()));
        fields.dedup();
        named.extend(fields.into_iter().map(|(id, field)| format!("{id} ({field})")));
        let elsewhere = elsewhere(project, &comparison);
        Ok(Traces { elsewhere, named, files: files(project, speech())? })
    }
}

fn elsewhere(project: &Project, comparison: &Comparison<Id>) -> Vec<Elsewhere> {
    let mut by_document: BTreeMap<Id, (usize, usize)> = BTreeMap::new();
    for ((_, document), (_, run)) in &comparison.found {
        let (turns, longest) = by_document.entry(*document).or_default();
        (*turns, *longest) = (*turns + 1, (*longest).max(*run));
    }
    let mut all: Vec<Elsewhere> = by_document
        .into_iter()
        .map(|(id, (turns, words))| Elsewhere { document: project.label(id), turns, words })
        .collect();
    all.sort_by_key(|one| one.document.parse::<Label>().ok());
    all
}

/// Words of their labels and of their pseudonym that can be a name: no `P1`, no `Speaker 2`.
fn names(project: &Project, person: &Person) -> Result<BTreeSet<String>> {
    let mut all: Vec<String> = person.held.name.iter().filter_map(|sealed| project.unseal_text(sealed)).collect();
    for (document, speakers) in &person.speaks {
        let Some(header) = project.header(document)? else { continue };
        all.extend(speakers.iter().filter_map(|index| Some(header.speakers.get(*index)?.label.clone())));
    }
    Ok(all.iter().flat_map(|name| name_words(name)).map(|word| fold(&word)).collect())
}

fn names_any(names: &BTreeSet<String>, text: &str) -> bool {
    let is_name = |word: &str| {
        let word = fold(word);
        let bare = ["'s", "\u{2019}s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(&word);
        names.contains(bare)
    };
    !names.is_empty() && words(text).any(|(_, word)| !word.starts_with(char::is_lowercase) && is_name(word))
}

fn is_speaker(names: &BTreeSet<String>, header: &Header) -> bool {
    header.speakers.iter().any(|speaker| names_any(names, &speaker.label))
}

/// Files that are nobody's but the team's, and can be read.
fn files<'w>(project: &Project, speech: impl Iterator<Item = &'w str>) -> Result<Vec<String>> {
    let mut comparison = Comparison::new(speech);
    let mut extractor = Extractor::new(project.surroundings().extractor.as_deref());
    let names = project.loose_files();
    for (number, name) in names.iter().enumerate() {
        let path = project.root().join(name);
        if path.metadata().is_ok_and(|data| data.len() <= LARGEST) {
            for text in texts(project, &mut extractor, &path)? {
                comparison.read_words(number, 1, &text);
            }
        }
    }
    let holding: BTreeSet<usize> = comparison.found.keys().map(|(_, number)| *number).collect();
    Ok(holding.into_iter().map(|number| names[number].clone()).collect())
}

/// What a file says, as it stands or as an import would read it; nothing where it cannot be read.
fn texts(project: &Project, extractor: &mut Extractor, path: &Path) -> Result<Vec<String>> {
    if let Some(text) = std::fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
        let is_marked_up = text.trim_start().starts_with('<');
        let plain = if is_marked_up { text.split(['<', '>']).step_by(2).collect::<Vec<_>>().join(" ") } else { text };
        return Ok(vec![plain]);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(format) = crate::import::format_of_name(&name) else { return Ok(Vec::new()) };
    let request = Request {
        name: &name,
        bytes: &[],
        kind: SourceKind::Minutes,
        mapping: None,
        format: None,
        sheet: None,
        roles: &[],
        limits: Limits::with(format, &overrides(project)?)?,
    };
    let mut texts = Vec::new();
    if let Ok(read) = read_document(extractor, &request, path) {
        read.draft.each_shard(&mut |text, _| {
            texts.push(text.to_owned());
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(texts)
}
