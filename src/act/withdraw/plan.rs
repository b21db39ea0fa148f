//! What a withdrawal destroys and what it changes, looked up before anything is done.

use super::traces::Traces;
use crate::act::participant;
use crate::check::typed::{self, Typed};
use crate::check::words;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Role, Version};
use crate::evidence::Standing;
use crate::id::{Id, Kind};
use crate::participant::{Participant, Repeats, Scope};
use crate::project::{Depth, Project, Without};
use crate::synthesis::Synthesis;
use crate::training::Training;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a withdrawal touches, by label.
#[derive(Debug, Clone)]
pub struct Plan {
    pub participant: String,
    pub scope: Scope,
    pub documents: Vec<Touched>,
    /// Evidence links, codings and memos on their words.
    pub links: Vec<String>,
    pub codings: Vec<String>,
    pub memos: Vec<String>,
    /// Further codings and memos that go, and that an open blind pass keeps from whoever looks: counted, not named.
    pub unseen: usize,
    /// Codings among those that hold a memo in the journal itself, as older journals do: it stays there for good.
    pub keep_memos: Vec<String>,
    /// Statements whose evidence is another afterwards.
    pub standings: Vec<Moved>,
    /// Papers in `outputs/` that go; and other files there, which nobody but you can judge.
    pub papers: Vec<String>,
    pub beside: Vec<String>,
    /// Of those files and of the others in the project's folder: which hold eight of their words in a row.
    pub holding: Vec<String>,
    /// Files below `corpus/` that are destroyed.
    pub files: usize,
    /// What researchers typed that repeats their words. The journal keeps what is not sealed.
    pub repeated: Vec<Repeated>,
    /// Where else their words stand: in other documents, or where others speak in theirs.
    pub elsewhere: Vec<Elsewhere>,
    /// Where their name stands, as in `D2.gj (3 units)` or `H4.gj (statement)`.
    pub named: Vec<String>,
}

/// A document they speak in.
#[derive(Debug, Clone)]
pub struct Touched {
    pub document: String,
    pub turns: usize,
    pub words: usize,
    /// Other participants who speak there.
    pub others: usize,
}

/// A statement whose evidence is another afterwards.
#[derive(Debug, Clone)]
pub struct Moved {
    pub hypothesis: String,
    pub before: Standing,
    pub after: Standing,
}

/// `CD4.gj: memo repeats 9 words in a row of D2.gj/7`.
#[derive(Debug, Clone)]
pub struct Repeated {
    pub id: String,
    pub field: String,
    pub passage: String,
    pub words: usize,
    /// It is destroyed with the words.
    pub goes: bool,
}

/// A document of which so many of their turns have eight words in a row, the longest run so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub document: String,
    pub turns: usize,
    pub words: usize,
}

/// Who withdraws, and where their words still stand.
pub(super) struct Person {
    pub id: Id,
    pub held: Participant,
    /// Documents that still hold words of theirs, with their indices among its speakers.
    pub speaks: Vec<(Document, BTreeSet<usize>)>,
}

impl Person {
    /// Faults: `unknown-id`, `unknown-speaker`, `already-withdrawn`.
    pub fn find(project: &Project, typed: &str, scope: Scope) -> Result<Self> {
        let id = participant::find(project, typed)?;
        let held: Participant = crate::act::resolve::read(project, id)?;
        let mut by_document: BTreeMap<Id, BTreeSet<usize>> = BTreeMap::new();
        for at in &held.speaks {
            by_document.entry(at.document).or_default().insert(at.speaker);
        }
        let speaks = by_document.into_iter().filter_map(|(document, speakers)| {
            let document = project.state().get::<Document>(document)?;
            let is_there = !document.purged && !document.without().contains(&id);
            is_there.then_some((document, speakers))
        });
        let person = Person { id, speaks: speaks.collect(), held };
        let is_done = person.held.withdrawn_scope.is_some_and(|done| done >= scope);
        if is_done && (scope == Scope::Quotes || person.speaks.is_empty()) {
            return Err(fault("already-withdrawn", format!("{} has withdrawn already", project.label(id)))
                .hint("`realist participant show` says when and how far; a wider --scope goes further"));
        }
        Ok(person)
    }
}

/// What a withdrawal would do, and the names below `corpus/` of what is to be destroyed.
pub(super) struct Survey {
    pub plan: Plan,
    pub files: BTreeSet<String>,
    /// What of that which the journal keeps repeats their words as it stands now.
    pub left: Vec<Repeats>,
    /// Documents whose title goes.
    pub titles: BTreeSet<Id>,
}

impl Survey {
    pub fn of(project: &Project, person: &Person, scope: Scope) -> Result<Self> {
        let before = project.synthesis(Depth::Headers)?;
        let mut after = before.clone();
        let mut documents = Vec::new();
        let mut said: Vec<(Id, usize, String)> = Vec::new();
        for (document, speakers) in &person.speaks {
            let without = match Without::survey(project, document, speakers.clone()) {
                Err(fault) if fault.0.code == "text-missing" && scope == Scope::Document => None,
                survey => Some(survey?),
            };
            documents.push(Touched {
                document: project.label(document.id),
                turns: without.as_ref().map_or(0, |without| without.said.len()),
                words: without.as_ref().map_or(0, Without::words),
                others: others(&before, document, speakers),
            });
            said.extend(without.iter().flat_map(|one| &one.said).map(|(n, words)| (document.id, *n, words.clone())));
            let Some(held) = after.documents.get_mut(&document.id) else { continue };
            match without {
                Some(without) if scope != Scope::Document => imagine(held, &without, person.id)?,
                _ => held.purged = true,
            }
        }
        let is_touched = |link: &crate::evidence::Evidence| after.is_gone(link) && !before.is_gone(link);
        let links: Vec<Id> = before.evidence.values().filter(|link| is_touched(link)).map(|link| link.id).collect();
        let gone = |anchor: &crate::passage::Anchor| {
            let lost =
                |all: &Synthesis| all.documents.get(&anchor.document).is_some_and(|one| anchor.carried(one).is_none());
            lost(&after) && !lost(&before)
        };
        let codings: Vec<&Coding> = before.codings.values().filter(|one| gone(&one.anchor)).collect();
        let keep_memos = codings.iter().filter(|one| one.memo.as_ref().is_some_and(|memo| !memo.trim().is_empty()));
        let keep_memos: Vec<Id> = keep_memos.map(|one| one.id).collect();
        let codings: Vec<Id> = codings.into_iter().map(|one| one.id).collect();
        let mut stood: BTreeSet<Id> = links.iter().copied().chain([person.id]).collect();
        stood.extend(&codings);
        let memos = before.memos.values().filter(|one| {
            one.anchor.as_ref().is_some_and(gone) || one.about.is_some_and(|about| stood.contains(&about))
        });
        let memos = memos.filter(|one| scope != Scope::Quotes || one.about == Some(person.id)).map(|one| one.id);
        let mut memos: BTreeSet<Id> = memos.collect();
        let found = words::repeated(project, said.iter().map(|(id, n, words)| (*id, *n, words.as_str())));
        let goes = |one: &Typed| scope != Scope::Quotes && one.sealed.is_some() && can_go(one);
        memos.extend(
            found
                .iter()
                .map(|one| &one.typed)
                .filter(|one| one.kind == Some(Kind::Memo) && goes(one))
                .map(|one| one.id),
        );
        let memos: Vec<Id> = memos.into_iter().collect();
        let mut files = files(project, person, scope, &memos);
        let sealed = found.iter().filter(|one| goes(&one.typed)).filter_map(|one| one.typed.sealed.as_ref());
        files.extend(sealed.map(|name| format!("sealed/{name}.json")));
        let titles = found.iter().map(|one| &one.typed).filter(|one| one.kind == Some(Kind::Document) && goes(one));
        let titles = titles.map(|one| one.id).collect();
        let now = typed::in_clear(project);
        let left = found.iter().map(|one| &one.typed).filter(|one| now.contains(one));
        let left = left.map(|one| Repeats { id: one.id, print: one.print() }).collect();
        let traces = Traces::of(project, person, &said)?;
        let mut papers = project.papers();
        if scope != Scope::Quotes {
            papers.extend(person.speaks.iter().flat_map(|(document, _)| project.sheets_of(document.id)));
        }
        let is_seen = |id: &&Id| !project.state().hides(**id);
        let seen = |ids: &[Id]| -> Vec<String> { ids.iter().filter(is_seen).map(|id| project.label(*id)).collect() };
        let plan = Plan {
            participant: project.label(person.id),
            scope,
            documents,
            links: links.iter().map(|id| project.label(*id)).collect(),
            unseen: codings.iter().chain(&memos).filter(|id| !is_seen(id)).count(),
            keep_memos: seen(&keep_memos),
            codings: seen(&codings),
            memos: seen(&memos),
            standings: if scope == Scope::Quotes { Vec::new() } else { moved(project, &before, &after) },
            beside: project.files_beside_papers().into_iter().filter(|name| !papers.contains(name)).collect(),
            papers,
            files: project.count_here(&files),
            repeated: repeated(project, &found, goes),
            holding: traces.files,
            elsewhere: traces.elsewhere,
            named: traces.named,
        };
        Ok(Survey { plan, files, left, titles })
    }
}

/// A document as it will be once the words are out, for telling what would rest on them.
fn imagine(document: &mut Document, without: &Without, person: Id) -> Result<()> {
    let Some(version) = document.versions.get(&document.version) else { return Ok(()) };
    let cut = without.cut(person)?;
    let name = format!("{} without", document.version);
    let ways = without.ways(&cut)?.into_iter().map(|(from, way)| ((from, name.clone()), way));
    document.ways.extend(ways);
    let to_be = Version { number: version.number + 1, cut: Some(cut), ..version.clone() };
    document.versions.insert(name.clone(), to_be);
    document.version = name;
    Ok(())
}

fn others(synthesis: &Synthesis, document: &Document, own: &BTreeSet<usize>) -> usize {
    let Some(header) = synthesis.headers.get(&document.id) else { return 0 };
    let all = header.speakers.iter().enumerate();
    all.filter(|(index, speaker)| speaker.role == Role::Participant && !own.contains(index)).count()
}

fn moved(project: &Project, before: &Synthesis, after: &Synthesis) -> Vec<Moved> {
    let (was, will) = (before.standings(), after.standings());
    let all = was.into_iter().filter_map(|(id, before)| Some((id, before, will.get(&id)?.clone())));
    let mut moved: Vec<Moved> = all
        .filter(|(_, before, after)| before != after)
        .map(|(id, before, after)| Moved { hypothesis: project.label(id), before, after })
        .collect();
    moved.sort_by_key(|one| one.hypothesis.parse::<crate::id::Label>().ok());
    moved
}

/// Memos, titles and what training cases tell can be destroyed without a trace.
fn can_go(one: &Typed) -> bool {
    matches!(one.kind, Some(Kind::Memo | Kind::Document | Kind::Training))
}

fn repeated(project: &Project, found: &[words::Repeated], goes: impl Fn(&Typed) -> bool) -> Vec<Repeated> {
    let mut all: Vec<Repeated> = Vec::new();
    for one in found.iter().filter(|one| !project.state().hides(one.typed.id)) {
        let id = words::called(project, one.typed.id);
        let passage = format!("{}/{}", project.label(one.document), one.turn);
        // Of several wordings of one field the longest run.
        let same = |held: &&mut Repeated| (&held.id, &held.field) == (&id, &one.typed.field);
        match all.iter_mut().find(same) {
            Some(held) if held.words >= one.run => {}
            Some(held) => (held.passage, held.words) = (passage, one.run),
            None => {
                let field = one.typed.field.clone();
                all.push(Repeated { id, field, passage, words: one.run, goes: goes(&one.typed) });
            }
        }
    }
    all
}

fn files(project: &Project, person: &Person, scope: Scope, memos: &[Id]) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = memos.iter().flat_map(|memo| project.files_of(*memo)).collect();
    names.extend(selves(project, &person.held).into_iter().flat_map(|id| project.files_of(id)));
    if scope != Scope::Quotes {
        // A story that was told with their consent is theirs, in whatever words.
        let theirs = project.state().all::<Training>().into_iter().filter(|one| one.consenting.contains(&person.id));
        names.extend(theirs.flat_map(|one| project.files_of(one.id)));
    }
    for (document, speakers) in &person.speaks {
        match scope {
            Scope::Quotes => {}
            Scope::Turns => {
                let tells = title_tells(project, document, speakers);
                names.extend(
                    project.files_of(document.id).into_iter().filter(|name| tells || !name.starts_with("sealed/")),
                );
            }
            Scope::Document => names.extend(project.files_with_all_on(document.id)),
        }
    }
    names
}

/// Every participant that this person ever was here: two that were joined are one.
pub(super) fn selves(project: &Project, held: &Participant) -> BTreeSet<Id> {
    let speaks = |fields: &crate::history::Fields| -> Vec<crate::participant::SpeakerRef> {
        fields.get("speaks").and_then(|speaks| serde_json::from_value(speaks.clone()).ok()).unwrap_or_default()
    };
    let all = project.state().ever(Kind::Participant).into_iter();
    let same =
        all.filter(|(_, entity)| entity.all_writes().any(|one| speaks(&one).iter().any(|at| held.speaks.contains(at))));
    same.map(|(id, _)| id).chain([held.id]).collect()
}

/// A document's title may be the person's: it names them, or nobody else takes part.
pub(super) fn title_tells(project: &Project, document: &Document, speakers: &BTreeSet<usize>) -> bool {
    let Ok(Some(header)) = project.header(document) else { return true };
    let taking_part = header.speakers.iter().enumerate().filter(|(_, one)| one.role == Role::Participant);
    let title = crate::text::words::fold(&project.title(document));
    let named = |index: &usize| {
        header.speakers.get(*index).is_some_and(|one| title.contains(&crate::text::words::fold(&one.label)))
    };
    taking_part.filter(|(index, _)| !speakers.contains(index)).count() == 0 || speakers.iter().any(named)
}
