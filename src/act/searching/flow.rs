//! How many records went through each stage of screening, stream by stream, and by which stream sources came.

use super::count;
use crate::act::need::take;
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::Kind;
use crate::origin::Stream;
use crate::project::{Batch, Done, Project};
use crate::screening::gaps;
use crate::searching::{Flow, Reason, Stage};
use crate::source::Source;
use crate::text::words::on_one_line;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// One number of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub stream: Stream,
    pub stage: Stage,
    /// Why so many were left out; none: the stage as a whole.
    pub reason: Option<String>,
    /// A number as typed; an empty text takes it away, and `-` says that records do not go through the stage.
    pub n: String,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// Streams that were told of, in order.
    pub streams: Vec<Stream>,
    /// Numbers that were not there before or were others.
    pub changed: usize,
    /// What does not add up in these streams, in words.
    pub gaps: Vec<String>,
}

/// Sets counts and, of one stream, how it was screened: all of it, or nothing. The same said again changes nothing.
///
/// Faults: `bad-count`, `bad-reason`, `not-reasoned`, `not-passed-over`, `said-twice`.
pub fn set(project: &mut Project, entries: &[Entry], how: Option<(Stream, &str)>, rows: &[usize]) -> Result<Done<Set>> {
    project.write("flow set", true, |batch| {
        let mut of: BTreeMap<Stream, Fields> = BTreeMap::new();
        for (entry, row) in entries.iter().zip(rows) {
            let taken = take_entry(of.entry(entry.stream).or_default(), entry);
            taken.map_err(|fault| fault.in_row_of(*row, entries.len()))?;
        }
        if let Some((stream, how)) = how {
            take(of.entry(stream).or_default(), "how", Some(how));
        }
        let mut set = Set::default();
        for (stream, fields) in of {
            set.streams.push(stream);
            let (changed, flow) = write(batch, stream, fields);
            set.changed += changed;
            set.gaps.extend(flow.iter().flat_map(gaps).map(|gap| gap.in_words()));
        }
        Ok(set)
    })
}

fn take_entry(fields: &mut Fields, entry: &Entry) -> Result<()> {
    let reason = entry.reason.as_deref().map(on_one_line);
    if reason.as_ref().is_some_and(String::is_empty) {
        return Err(fault("bad-reason", format!("why were {} left out? '={}' names no reason", entry.n, entry.n))
            .hint("write the reason, = and the number: \"no causal content=12\""));
    }
    let (name, value) = match reason {
        None if is_passed_over(entry)? => (entry.stage.word().to_owned(), Flow::SKIPS.into()),
        None => (entry.stage.word().to_owned(), count(&entry.n)?),
        Some(reason) if Stage::REASONED.contains(&entry.stage) => {
            let name = format!("{}:{}", entry.stage, Flow::id_of_reason(&reason));
            (name, count(&entry.n)?.as_u64().map_or(Json::Null, |n| json!(Reason { reason, n })))
        }
        Some(reason) => {
            return Err(fault(
                "not-reasoned",
                format!("'{reason}' is said of {}, where nothing is left out for a reason", entry.stage),
            )
            .hint("reasons belong to screened_out (title and abstract) and to excluded (full text)"));
        }
    };
    match fields.insert(name, value.clone()) {
        Some(before) if before != value => {
            Err(fault("said-twice", format!("{} of {} has two numbers", entry.stage, entry.stream))
                .hint("keep one of the rows"))
        }
        _ => Ok(()),
    }
}

/// Records do not go through the stage. Fault `not-passed-over`: it is where a stream begins or ends.
fn is_passed_over(entry: &Entry) -> Result<bool> {
    let is_said = ["-", "–", "not applicable"].contains(&entry.n.trim().to_lowercase().as_str());
    if is_said && !entry.stage.may_be_skipped() {
        return Err(fault("not-passed-over", format!("every stream has records {}", entry.stage))
            .hint("leave the number empty where nobody counted"));
    }
    Ok(is_said)
}

/// Writes what is new of a stream; answers how much that is, and the stream as it then stands.
fn write(batch: &mut Batch<'_>, stream: Stream, mut fields: Fields) -> (usize, Option<Flow>) {
    let id = Flow::id_of(stream);
    let entity = batch.project().state().entity(id);
    let is_here = entity.as_ref().is_some_and(|entity| entity.is_here());
    let mut whole = entity.map(|entity| entity.fields()).unwrap_or_default();
    if is_here {
        fields.retain(|name, value| whole.get(name).unwrap_or(&Json::Null) != value);
        batch.set(Kind::Flow, id, &fields);
    } else {
        fields.retain(|_, value| !value.is_null());
        if fields.is_empty() {
            return (0, None);
        }
        // One that was taken away begins anew.
        whole.into_iter().for_each(|(name, _)| _ = fields.entry(name).or_insert(Json::Null));
        fields.insert("stream".to_owned(), json!(stream));
        fields.insert("author".to_owned(), batch.coder().into());
        batch.create_as(Kind::Flow, id, &fields);
        whole = Fields::new();
    }
    let changed = fields.keys().filter(|name| !["stream", "author", "gone"].contains(&name.as_str())).count();
    whole.extend(fields);
    (changed, Flow::of_fields(id, &whole))
}

/// Takes all counts of a stream away, with the reason. Faults `no-counts`, `reason-needed`.
pub fn remove(project: &mut Project, stream: Stream, reason: &str) -> Result<Done<Stream>> {
    project.write("flow remove", true, |batch| {
        let id = Flow::id_of(stream);
        if batch.project().state().get::<Flow>(id).is_none() {
            return Err(fault("no-counts", format!("nothing was counted of {stream}")).hint("realist flow show"));
        }
        if reason.trim().is_empty() {
            return Err(
                fault("reason-needed", format!("why are the counts of {stream} taken away?")).hint("add --why \"...\"")
            );
        }
        batch.remove(Kind::Flow, id, reason);
        Ok(stream)
    })
}

/// Says by which stream published works came: sources, or all of a strand that say none yet. `None` takes it back. Answers the
/// labels of those that changed.
///
/// Faults: `own-data`, `no-sources`, and those of finding sources and strands.
pub fn origin(
    project: &mut Project,
    stream: Option<Stream>,
    typed: &[String],
    strand: Option<&str>,
) -> Result<Done<Vec<String>>> {
    project.write("flow origin", true, |batch| {
        let project = batch.project();
        let mut ids = typed.iter().map(|one| resolve::source(project, one)).collect::<Result<BTreeSet<_>>>()?;
        if let Some(strand) = strand {
            let key = resolve::strand(project, strand)?;
            let of = |one: &Source| one.strand == key && !one.kind.is_own_data() && one.origin.is_none();
            ids.extend(project.state().all::<Source>().iter().filter(|one| of(one)).map(|one| one.id));
        }
        if typed.is_empty() && strand.is_none() {
            return Err(fault("no-sources", "which sources came by it?")
                .hint("realist flow origin databases S1.gj S2.gj, or --strand with the key of a strand"));
        }
        let mut changed = Vec::new();
        for id in ids {
            let source: Source = resolve::read(batch.project(), id)?;
            let label = batch.project().label(id);
            if source.kind.is_own_data() {
                return Err(fault("own-data", format!("{label} is own data, and came by no search"))
                    .hint("own data stand in the flow by themselves"));
            }
            if source.origin != stream {
                batch.set(Kind::Source, id, &Fields::from_iter([("origin".to_owned(), json!(stream))]));
                changed.push(label);
            }
        }
        Ok(changed)
    })
}
