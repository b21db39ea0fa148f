//! Writing micro-hypotheses.

use super::parts::{Placing, Saying};
use super::relate::{self, Net};
use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::hypothesis::{Editorial, Hypothesis, Inference, Origin, Part, PartKind};
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::memo::Memo;
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// A statement as a person gives it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub statement: Option<String>,
    /// Parts, in order. In an edit the one part of such a kind gets these words, or the statement
    /// its first part of that kind.
    pub parts: Vec<(PartKind, String)>,
    /// Parts an edit adds beside those of their kind.
    pub more: Vec<(PartKind, String)>,
    /// Parts to reword, by key.
    pub reword: Vec<(String, String)>,
    /// Keys of parts to take away.
    pub drop: Vec<String>,
    /// What is said of parts beside their words.
    pub say: Vec<Saying>,
    pub component: Option<String>,
    pub status: Option<Editorial>,
    pub origin: Option<Origin>,
    pub inference: Option<Inference>,
    pub memo: Option<String>,
    pub rival_of: Option<String>,
    pub leads_to: Vec<String>,
}

fn plain_fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let component = entry.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    Ok(Batch::fields(json!({
        "statement": entry.statement.as_deref().map(str::trim),
        "component": component,
        "status": entry.status,
        "origin": entry.origin,
        "inference": entry.inference,
        "memo": entry.memo,
    })))
}

/// The rivals and chains that an entry names, as links of their own.
fn relate(batch: &mut Batch<'_>, net: &mut Option<Net>, statement: &Hypothesis, entry: &Entry) -> Result<()> {
    let rival = entry.rival_of.iter().map(|typed| (LinkKind::RivalOf, typed));
    let wanted: Vec<(LinkKind, &String)> =
        rival.chain(entry.leads_to.iter().map(|typed| (LinkKind::LeadsTo, typed))).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let net = net.get_or_insert_with(|| Net::of(batch.project()));
    net.take_up(statement.clone());
    for (kind, typed) in wanted {
        let to = resolve::find(batch.project(), Kind::Hypothesis, typed)?;
        net.lay(batch, relate::bare(statement.id, kind, to, None))?;
    }
    Ok(())
}

/// Every part key a statement ever had.
pub(super) fn used_keys(project: &Project, id: Id) -> Vec<String> {
    let entity = project.state().entity(id);
    let writes = entity.iter().flat_map(|entity| entity.all_writes());
    writes
        .flat_map(|fields| {
            fields.keys().filter_map(|name| name.strip_prefix("part:").map(str::to_owned)).collect::<Vec<_>>()
        })
        .collect()
}

/// Adds a statement; a sentence alone, or one part alone, is a valid draft. Returns its label.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("hypothesis add", true, |batch| create(batch, &mut None, entry).map(|made| made.label))
}

/// Adds many statements as one act.
pub fn add_all(project: &mut Project, entries: &[Entry]) -> Result<Done<Vec<String>>> {
    project.write("hypothesis add", true, |batch| {
        let mut net = None;
        entries.iter().map(|entry| create(batch, &mut net, entry).map(|made| made.label)).collect()
    })
}

/// A statement that the batch will make. The project's state does not hold it yet.
pub(super) struct Made {
    pub label: String,
    pub statement: Hypothesis,
}

/// `net` is made where the entry names other statements, and serves the whole batch.
pub(super) fn create(batch: &mut Batch<'_>, net: &mut Option<Net>, entry: &Entry) -> Result<Made> {
    create_as(batch, None, net, entry)
}

/// The same of a statement whose id follows from what it says: taken in at two sites it is one, and none of the team wrote it.
pub(super) fn create_as(batch: &mut Batch<'_>, id: Option<Id>, net: &mut Option<Net>, entry: &Entry) -> Result<Made> {
    let empty = |text: &str| text.trim().is_empty();
    if entry.statement.as_deref().is_none_or(empty) && entry.parts.iter().all(|(_, text)| empty(text)) {
        return Err(fault("empty-statement", "a hypothesis needs a sentence or at least one part")
            .hint("realist hypothesis add --context \"...\" --mechanism \"...\" --outcome \"...\"")
            .hint("or a draft sentence alone: --statement \"If ... then ... because ...\""));
    }
    if needs_memo(entry.inference) && entry.memo.as_deref().is_none_or(empty) {
        return Err(memo_needed("statement"));
    }
    if entry.status == Some(Editorial::Merged) {
        return Err(fault("merge-instead", "a statement becomes merged by a merge only")
            .hint("add it first, then: realist hypothesis merge H3.gj --into H9.gj --why \"...\""));
    }
    let mut fields = plain_fields(batch.project(), entry)?;
    if id.is_none() {
        fields.insert("author".to_owned(), batch.coder().into());
    }
    let bare = Hypothesis::of_fields(crate::source::nobody(), fields.clone()).map_err(unreadable)?;
    let coder = batch.coder().to_owned();
    let mut placing = Placing::of(bare, Vec::new(), &coder);
    entry.parts.iter().for_each(|(kind, text)| drop(placing.add(&Part::new("", *kind, text))));
    entry.say.iter().try_for_each(|saying| placing.say(saying).map(drop))?;
    fields.extend(placing.fields());
    let id = id.unwrap_or_else(|| batch.chance().id());
    let label = batch.create_as(Kind::Hypothesis, id, &fields);
    let statement = Hypothesis::of_fields(id, fields).map_err(unreadable)?;
    relate(batch, net, &statement, entry)?;
    Ok(Made { label: label.to_string(), statement })
}

fn unreadable(what: String) -> crate::diagnostic::Fault {
    fault("unreadable-record", what)
}

/// What was read into the words, or worked out from what came of it, must be accounted for.
pub(super) fn needs_memo(inference: Option<Inference>) -> bool {
    matches!(inference, Some(Inference::Abduced | Inference::Retroduced))
}

pub(super) fn memo_needed(what: &str) -> crate::diagnostic::Fault {
    let said = format!("an abduced or retroduced {what} needs a memo that says how you got there");
    fault("memo-needed", said).hint("add --memo \"...\"")
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    pub id: String,
    /// Keys of parts.
    pub reworded: Vec<String>,
    pub added: Vec<String>,
    pub dropped: Vec<String>,
    /// Keys of parts of which more is said.
    pub said: Vec<String>,
    /// The team's own sentence, where it stands in its former words although parts were changed.
    pub sentence_stands: Option<String>,
}

/// Changes a statement. Links judged against the wording before say so from then on.
pub fn edit(project: &mut Project, hypothesis: &str, entry: &Entry, reason: Option<&str>) -> Result<Done<Edited>> {
    project.write("hypothesis edit", true, |batch| {
        let held = open(batch.project(), hypothesis)?;
        let (id, label) = (held.id, batch.project().label(held.id));
        let sentence = held.statement.clone().filter(|_| entry.statement.is_none());
        if let Some(to) = entry.status {
            super::life::status::refuse_step(batch.project(), &held, to, reason)?;
        }
        let says_how = entry.memo.is_some() || held.memo.is_some();
        if needs_memo(entry.inference) && !says_how && batch.project().state().about::<Memo>(id).is_empty() {
            return Err(memo_needed("statement"));
        }
        let mut fields = plain_fields(batch.project(), entry)?;
        let coder = batch.coder().to_owned();
        let mut placing = Placing::of(held, used_keys(batch.project(), id), &coder);
        let (mut reworded, mut added) = placing.place(&entry.parts)?;
        for (key, text) in &entry.reword {
            reworded.push(placing.reword(key, text)?);
        }
        let dropped = entry.drop.iter().map(|key| placing.drop(key)).collect::<Result<_>>()?;
        added.extend(entry.more.iter().map(|(kind, text)| placing.add(&Part::new("", *kind, text))));
        let said = entry.say.iter().map(|saying| placing.say(saying)).collect::<Result<_>>()?;
        fields.extend(placing.fields());
        if !fields.is_empty()
            && let Some(reason) = reason
        {
            fields.insert("reason".to_owned(), reason.into());
        }
        batch.set(Kind::Hypothesis, id, &fields);
        relate(batch, &mut None, &placing.statement, entry)?;
        let is_changed = [&reworded, &added, &dropped].iter().any(|keys| !keys.is_empty());
        Ok(Edited { id: label, reworded, added, dropped, said, sentence_stands: sentence.filter(|_| is_changed) })
    })
}

/// A statement that may be changed: one that was merged may not.
pub(super) fn open(project: &Project, typed: &str) -> Result<Hypothesis> {
    let held: Hypothesis = resolve::read(project, resolve::find(project, Kind::Hypothesis, typed)?)?;
    if held.status == Editorial::Merged {
        relate::refuse_merged(project, &held, &project.state().about::<Link>(held.id))?;
    }
    Ok(held)
}

/// Removes a statement that nothing rests on; else it is rejected, not removed.
pub fn remove(project: &mut Project, hypothesis: &str, reason: &str) -> Result<Done<String>> {
    project.write("hypothesis remove", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Hypothesis, hypothesis)?;
        let tied = batch.project().state().about::<Link>(id);
        if let Some(link) = tied.first() {
            let (link, label) = (batch.project().label(link.id), batch.project().label(id));
            return Err(fault("still-in-use", format!("{link} ties {label} to another statement"))
                .hint(format!("take the link away first: realist link remove {link} --reason \"...\"")));
        }
        let links = batch.project().state().all::<crate::evidence::Evidence>();
        let held = links.iter().filter(|link| link.hypothesis == id).count();
        let label = batch.project().label(id);
        if held > 0 {
            return Err(fault("still-in-use", format!("{held} evidence links rest on {label}")).hint(format!(
                "reject it instead, its history stays: realist hypothesis status {label} rejected --why \"...\""
            )));
        }
        batch.remove(Kind::Hypothesis, id, reason);
        Ok(label)
    })
}
