//! What an example is made from: its documents, and who speaks in them.

use super::maker::{Maker, Row, filled, owned};
use crate::act::{identifier, import, participant, resolve, source};
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Kind;
use std::collections::BTreeMap;

impl Maker<'_> {
    pub(super) fn import(&mut self) -> Result<()> {
        for (coder, kind, files) in self.example.documents {
            let mut paths = Vec::new();
            for (name, bytes) in *files {
                let path = self.scratch.join(name);
                crate::disk::replace(&path, bytes)?;
                paths.push(path);
            }
            let wanted = import::Wanted::of(paths, *kind);
            let summary = import::import(&mut self.open(coder)?, &wanted, &|_, _| {})?.answer;
            if let Some(failed) = summary.failed.into_iter().next() {
                return Err(failed.fault);
            }
            for ((name, _), file) in files.iter().zip(summary.imported) {
                self.labels.insert((*name).to_owned(), file.id);
            }
        }
        Ok(())
    }

    /// Titles of papers that do not tell their own.
    pub(super) fn sources(&mut self) -> Result<()> {
        for row in self.rows("sources")? {
            let changes = source::Changes {
                title: owned(&row, "title"),
                year: filled(&row, "year").and_then(|year| year.parse().ok()),
                ..source::Changes::default()
            };
            let document = self.label(filled(&row, "document").unwrap_or_default())?;
            let mut project = self.open("gj")?;
            let of: Document = resolve::read(&project, resolve::find(&project, Kind::Document, &document)?)?;
            let label = project.label(of.source);
            source::set(&mut project, &label, &changes)?;
        }
        Ok(())
    }

    /// Names that no paper may hold, and what is said in their place.
    pub(super) fn identifiers(&mut self) -> Result<()> {
        let entry = |row: &Row| identifier::Entry {
            spellings: owned(row, "name").into_iter().collect(),
            instead: owned(row, "instead"),
            ..identifier::Entry::default()
        };
        let entries: Vec<identifier::Entry> = self.rows("identifiers")?.iter().map(entry).collect();
        identifier::add(&mut self.open("gj")?, &entries)?;
        Ok(())
    }

    /// People of one group and consent are set together.
    pub(super) fn participants(&mut self) -> Result<()> {
        let mut alike: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for row in self.rows("participants")? {
            let (Some(document), Some(speaker)) = (filled(&row, "document"), filled(&row, "speaker")) else { continue };
            let who = format!("{}:{speaker}", self.label(document)?);
            let key = (owned(&row, "group").unwrap_or_default(), owned(&row, "consent").unwrap_or_default());
            alike.entry(key).or_default().push(who);
        }
        for ((group, consent), who) in alike {
            let group = Some(group).filter(|group| !group.is_empty());
            let mut project = self.open("gj")?;
            participant::set(&mut project, &who, &participant::Changes { group, ..participant::Changes::default() })?;
            for one in consent.split(';').filter(|one| !one.is_empty()) {
                let (audience, level) = one.split_once('=').unwrap_or((one, "none"));
                let changes = participant::Changes {
                    consent: Some((level.parse()?, vec![audience.parse()?])),
                    ..participant::Changes::default()
                };
                participant::set(&mut project, &who, &changes)?;
            }
        }
        Ok(())
    }
}
