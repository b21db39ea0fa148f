//! **chain**: every line of the journal is in its place in its stream.
//!
//! Each line's hash is computed anew. Each names the line before it in its stream and what else its
//! writer had seen; numbers grow along both. A stream with two lines after one forked: its folder was
//! copied, or branched in git, and nothing is lost by it. Lines that are missing are the business of
//! the rule *journal*.

use super::Looked;
use crate::diagnostic::{Diagnostic, Place, Result};
use crate::history::{Header, Operation};
use crate::id::Id;
use crate::journal::{self, Placed, Walked};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    let Walked { headers, operations: lines } = journal::walk(&project.root().join("journal"))?;
    looked.counts = vec![(headers.len() + lines.len(), "line")];
    let own = project.settings().project;
    let foreign: BTreeSet<&str> =
        headers.iter().filter(|(header, _)| header.project != own).map(|(header, _)| header.stream.as_str()).collect();
    let mut streams: BTreeMap<&str, &Header> = BTreeMap::new();
    for (header, place) in headers.iter().filter(|(header, _)| header.project == own) {
        let first = *streams.entry(&header.stream).or_insert(header);
        if first != header {
            looked.diagnostics.push(
                found("two-headers", format!("stream {} has two headers that differ", header.stream), place)
                    .hint("ask whoever writes it for the journal file once more"),
            );
        }
    }
    let ours = |line: &&Placed| {
        let stream = line.operation.stream.as_str();
        streams.contains_key(stream) || !foreign.contains(stream)
    };
    let chain = Chain::of(lines.iter().filter(ours));
    let named: BTreeSet<&str> = chain.lines.iter().map(|line| line.operation.stream.as_str()).collect();
    looked.counts.push((named.len(), "stream"));
    for stream in named.into_iter().filter(|stream| !streams.contains_key(stream)) {
        let place = chain.lines.iter().find(|line| line.operation.stream == stream).map(|line| &line.place);
        looked.diagnostics.extend(place.map(|place| {
            found("no-header", format!("stream {stream} has lost its first line, which says whose it is"), place)
                .hint("restore the journal file from a backup or a colleague's copy")
        }));
    }
    looked.diagnostics.extend(chain.lines.iter().flat_map(|line| chain.faults(line, &streams)));
    looked.diagnostics.extend(chain.forks());
    Ok(())
}

fn found(code: &'static str, message: String, place: &Place) -> Diagnostic {
    Diagnostic::warning(code, message).at(place.clone())
}

/// Every operation once, and how to find it.
struct Chain<'l> {
    lines: Vec<&'l Placed>,
    by_hash: HashMap<&'l str, &'l Operation>,
    by_id: HashMap<Id, &'l Placed>,
}

impl<'l> Chain<'l> {
    fn of(all: impl Iterator<Item = &'l Placed>) -> Self {
        let mut chain = Chain { lines: Vec::new(), by_hash: HashMap::new(), by_id: HashMap::new() };
        for line in all {
            if chain.by_hash.insert(&line.operation.hash, &line.operation).is_none() {
                chain.by_id.entry(line.operation.id).or_insert(line);
                chain.lines.push(line);
            }
        }
        chain
    }

    /// What is wrong with one line's links.
    fn faults(&self, line: &Placed, streams: &BTreeMap<&str, &Header>) -> Vec<Diagnostic> {
        let Placed { operation, place } = line;
        let mut faults = Vec::new();
        let mut say = |code, message: &str| {
            let about = format!("'{}' by {} of {}: {message}", operation.act, operation.by, operation.time);
            faults.push(found(code, about, place).hint(
                "no honest writer makes such a line: ask whose stream it is what happened, and keep a copy of the file",
            ));
        };
        if self.by_hash.get(operation.prev.as_str()).is_some_and(|before| before.stream != operation.stream) {
            say("broken-chain", "the line it names before it belongs to another stream");
        }
        let seen = operation.after.iter().chain([&operation.prev]);
        let mut seen = seen.filter_map(|hash| self.by_hash.get(hash.as_str()));
        if seen.any(|before| before.lamport >= operation.lamport) {
            say("broken-order", "its number is not above that of a line it was written after");
        }
        if streams.get(operation.stream.as_str()).is_some_and(|header| header.tag != operation.by) {
            say("other-hand", "its stream belongs to somebody else");
        }
        if self.by_id.get(&operation.id).is_some_and(|first| first.operation.hash != operation.hash) {
            say("same-identity", "another line has the same identity and says something else; only one is in use");
        }
        faults
    }

    fn forks(&self) -> Vec<Diagnostic> {
        let mut after: BTreeMap<(&str, &str), Vec<&Placed>> = BTreeMap::new();
        for line in &self.lines {
            after.entry((&line.operation.stream, &line.operation.prev)).or_default().push(line);
        }
        let forks = after.into_iter().filter(|(_, lines)| lines.len() > 1);
        let tell = |((stream, _), lines): ((&str, &str), Vec<&Placed>)| {
            let acts: Vec<String> =
                lines.iter().map(|line| format!("'{}' of {}", line.operation.act, line.operation.time)).collect();
            Diagnostic::note("fork", format!("stream {stream} forks: {} follow one line", acts.join(" and ")))
                .at(lines[1].place.clone())
                .hint("nothing is lost: the folder was copied, or branched in git, and both went on")
        };
        forks.map(tell).collect()
    }
}
