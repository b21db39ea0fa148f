//! The meeting: planned, attended, recorded.

use super::maker::{Maker, Row, filled, owned};
use crate::act::meeting::{self, agenda, attend};
use crate::diagnostic::{Result, fault};
use crate::meeting::Practical;

impl Maker<'_> {
    /// The meeting as it was planned, and its agenda.
    pub(super) fn meeting(&mut self) -> Result<()> {
        let rows = self.rows("meeting")?;
        let row = rows.first().ok_or_else(|| fault("bad-example", "there is no meeting"))?;
        let practical = Practical::ALL.iter().filter_map(|which| Some((*which, owned(row, which.word())?)));
        let entry = meeting::Entry {
            title: owned(row, "title"),
            purpose: owned(row, "purpose"),
            date: owned(row, "date"),
            start: owned(row, "start"),
            minutes: filled(row, "minutes").and_then(|minutes| minutes.parse().ok()),
            panel: Some(self.label("panel")?),
            practical: practical.collect(),
        };
        let label = meeting::add(&mut self.open("gj")?, &entry)?.answer;
        let item = |row: &Row| {
            let what = filled(row, "what").unwrap_or_default();
            agenda::Wish {
                what: Some(self.label(what).unwrap_or_else(|_| what.to_owned())),
                minutes: filled(row, "minutes").and_then(|minutes| minutes.parse().ok()),
                by: owned(row, "by"),
            }
        };
        let items: Vec<agenda::Wish> = self.rows("agenda")?.iter().map(item).collect();
        agenda::add(&mut self.open("gj")?, &label, &items, None)?;
        let reply = |row: &Row| {
            let reply = filled(row, "reply").map(str::parse).transpose()?;
            Ok(attend::Wish { member: owned(row, "token").unwrap_or_default(), reply, ..attend::Wish::default() })
        };
        let replies = self.rows("members")?.iter().map(reply).collect::<Result<Vec<_>>>()?;
        attend::attend(&mut self.open("gj")?, &label, &replies)?;
        self.labels.insert("meeting".to_owned(), label);
        Ok(())
    }

    pub(super) fn attendance(&mut self) -> Result<()> {
        let came = |row: &Row| attend::Wish {
            member: owned(row, "token").unwrap_or_default(),
            there: filled(row, "there").map(|there| there == "yes"),
            late: owned(row, "late"),
            left: owned(row, "left"),
            ..attend::Wish::default()
        };
        let came: Vec<attend::Wish> = self.rows("members")?.iter().map(came).collect();
        let meeting = self.label("meeting")?;
        attend::attend(&mut self.open("gj")?, &meeting, &came)?;
        Ok(())
    }

    /// Takes the record in, in the form that a person fills in.
    pub(super) fn record(&mut self) -> Result<()> {
        let path = self.scratch.join("record.toml");
        crate::disk::replace(&path, self.with_labels(self.example.record).as_bytes())?;
        let meeting = self.label("meeting")?;
        meeting::record::take(&mut self.open("gj")?, &meeting, &path)?;
        Ok(())
    }
}
