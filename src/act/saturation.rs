//! The team's own codes as themes: what each interview added, in the order interviews were taken in.

use crate::codebook::{Code, Tree};
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::id::Id;
use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};

/// Interviews of one kind of source, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// `interview`, or `all`.
    pub kind: String,
    /// Label of each document, with the names of the codes on it; by label, which is the order they were taken in.
    pub interviews: Vec<(String, BTreeSet<String>)>,
}

/// What the project holds for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    pub series: Vec<Series>,
    /// Documents that nobody has coded: whether they would add anything is not known.
    pub uncoded: usize,
    /// Codings left out, since a search made them and nobody has read them.
    pub unread: usize,
    /// Codings left out, since some of their words were destroyed or all.
    pub gone: usize,
}

/// An interview is a document with a coding that somebody made or read and whose words are there; its themes are its codes, those merged into another
/// as that one. Fault `no-codings`.
pub fn coded(project: &Project, by_kind: bool) -> Result<Coded> {
    let codes = project.state().all::<Code>();
    let tree = Tree::new(&codes);
    let names: BTreeMap<Id, &str> = codes.iter().map(|code| (code.id, code.name.as_str())).collect();
    let mut themes: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
    let documents: BTreeMap<Id, Document> =
        project.state().all::<Document>().into_iter().map(|document| (document.id, document)).collect();
    let is_gone = |coding: &Coding| {
        documents.get(&coding.anchor.document).is_some_and(|document| coding.anchor.carried(document).is_none())
    };
    let (mut unread, mut gone) = (0, 0);
    for coding in project.state().all::<Coding>() {
        if coding.unread {
            unread += 1;
            continue;
        }
        if is_gone(&coding) {
            gone += 1;
            continue;
        }
        let code = tree.stands_for(coding.code);
        let name = names.get(&code).map_or_else(|| project.label(code), |name| (*name).to_owned());
        themes.entry(coding.anchor.document).or_default().insert(name);
    }
    let mut documents: Vec<Document> = documents.into_values().filter(|document| !document.purged).collect();
    documents.sort_by_cached_key(|document| (project.state().label_of(document.id), document.id));
    let mut series: Vec<Series> = Vec::new();
    let mut uncoded = 0;
    for document in documents {
        let Some(codes) = themes.remove(&document.id) else {
            uncoded += 1;
            continue;
        };
        let kind = if by_kind { document.kind.word() } else { "all" };
        let at = series.iter().position(|one| one.kind == kind).unwrap_or_else(|| {
            series.push(Series { kind: kind.to_owned(), interviews: Vec::new() });
            series.len() - 1
        });
        series[at].interviews.push((project.label(document.id), codes));
    }
    if series.is_empty() {
        return Err(fault("no-codings", "no document has been coded")
            .hint("code first: realist code add D1.gj t14..17 --code trust")
            .hint("of a table: realist stats saturation FILE.csv --base 4 --run 2"));
    }
    Ok(Coded { series, uncoded, unread, gone })
}
