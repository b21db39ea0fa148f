//! Which files of another copy are wanted here, and whether a file is what its name says.

use crate::document::Document;
use crate::history::{Record, State};
use crate::id::{Id, Kind};
use crate::journal::Line;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the journals of both sides know of files.
pub(super) struct Wanted {
    /// Document and number of shards of each text version.
    pub versions: BTreeMap<String, (Id, usize)>,
    /// Destroyed on purpose: never taken in again.
    pub purged: BTreeSet<String>,
    /// Stems of the files that the new lines name.
    pub fresh: HashSet<String>,
}

impl Wanted {
    pub fn by(state: &State, fresh: &[&Line]) -> Self {
        let fresh_names =
            fresh.iter().flat_map(|line| line.text.split('"')).map(|word| stem(word.trim_start_matches("version:")));
        let fresh_names = fresh_names.filter(|word| word.len() == 16).map(str::to_owned).collect();
        let mut wanted = Wanted { versions: BTreeMap::new(), purged: BTreeSet::new(), fresh: fresh_names };
        for document in state.all::<Document>() {
            let id = document.id;
            wanted.versions.extend(document.versions.into_iter().map(|(name, version)| (name, (id, version.shards))));
        }
        wanted.purged.extend(state.purges().into_iter().flat_map(|order| order.files));
        for record in fresh.iter().flat_map(|line| &line.operation.records) {
            wanted.take(record);
        }
        wanted
    }

    fn take(&mut self, record: &Record) {
        match record {
            Record::Put { put: Kind::Document, id, set, .. } => {
                let fields: crate::history::Fields = serde_json::from_str(set.get()).unwrap_or_default();
                for (name, value) in fields {
                    let shards = value.get("shards").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
                    if let (Some(version), Some(shards)) = (name.strip_prefix("version:"), shards) {
                        self.versions.insert(version.to_owned(), (*id, shards));
                    }
                }
            }
            Record::Purge { files, .. } => self.purged.extend(files.iter().cloned()),
            _ => {}
        }
    }
}

pub(super) const DAMAGED: &str = "its content is not what its name says: damaged on the way";

/// What the files of one thing have in common: `text/<stem>.0001.units.jsonl`.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.split('.').next().unwrap_or_default()
}

/// Why a file is not what its name says.
pub(super) fn refusal(name: &str, bytes: &[u8]) -> Option<&'static str> {
    if name.starts_with("originals/") {
        let fits = blake3::hash(bytes).to_hex()[..16] == *stem(name);
        return (!fits).then_some(DAMAGED);
    }
    let sealed = serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value.get("value").is_some());
    (!sealed).then_some("it is no sealed value: damaged on the way")
}
