//! The panel and its rounds.

use super::maker::{Maker, Row, filled, list, owned};
use crate::act::panel;
use crate::act::round::{self, collect};
use crate::diagnostic::{Result, fault};
use crate::project::Project;

/// The day the panel was made and invited.
const INVITED: &str = "2026-02-02T09:00:00Z";

impl Maker<'_> {
    pub(super) fn panel(&mut self) -> Result<()> {
        self.later(Some(INVITED))?;
        let purpose = "to settle what the evidence leaves open";
        let label = panel::add(&mut self.open("gj")?, "Consensus panel", Some(purpose))?.answer;
        let wish = |row: &Row| panel::Wish {
            group: owned(row, "group").unwrap_or_default(),
            tokens: owned(row, "token").into_iter().collect(),
            people: None,
            interests: owned(row, "interests"),
        };
        let wishes: Vec<panel::Wish> = self.rows("members")?.iter().map(wish).collect();
        panel::add_members(&mut self.open("gj")?, &label, &wishes)?;
        panel::invite(&mut self.open("gj")?, &label, &[], None)?;
        self.labels.insert("panel".to_owned(), label);
        Ok(())
    }

    pub(super) fn open_round(&mut self, row: &Row) -> Result<()> {
        self.later(filled(row, "opened"))?;
        let quorum = |column: &str| filled(row, column).map(str::parse).transpose();
        let wish = round::Wish {
            way: filled(row, "method").unwrap_or_default().parse()?,
            name: owned(row, "name"),
            items: self.labels_of(&list(row, "items"))?,
            scale: None,
            rule: round::Asked {
                judge: owned(row, "rule"),
                quorum: quorum("quorum")?,
                quorum_each: quorum("quorum_each")?,
                ..round::Asked::default()
            },
            after: self.named(row, "after")?,
        };
        let panel = self.label("panel")?;
        let label = round::add(&mut self.open("gj")?, &panel, &wish)?.answer;
        round::open(&mut self.open("gj")?, &label)?;
        self.keep(row, label);
        Ok(())
    }

    /// Takes the ballots of a round in as one grid, and closes it.
    pub(super) fn votes(&mut self, row: &Row) -> Result<()> {
        self.later(filled(row, "collected"))?;
        let key = filled(row, "key").unwrap_or_default().to_owned();
        let label = self.label(&key)?;
        let project = self.open("mb")?;
        let grid = self.grid(&project, &key, &label)?;
        drop(project);
        let path = self.scratch.join(format!("{key}.csv"));
        crate::disk::replace(&path, &grid)?;
        let said = collect::collect(&mut self.open("mb")?, &label, &[path], false)?.answer;
        if let Some(refused) = said.refused.first() {
            return Err(fault("bad-example", format!("{}: {}", refused.place, refused.because)));
        }
        round::close(&mut self.open("gj")?, &label)?;
        Ok(())
    }

    /// The grid as a secretary fills it in: a row a member, with reasons and dissent where there are any.
    fn grid(&self, project: &Project, key: &str, label: &str) -> Result<Vec<u8>> {
        let round = round::find(project, label)?;
        let of_round = |row: &Row| filled(row, "round") == Some(key);
        let voices: Vec<Row> = self.rows("voices")?.into_iter().filter(of_round).collect();
        let items: Vec<&str> = round.terms().items.iter().map(|item| item.key.as_str()).collect();
        let mut headings: Vec<String> = collect::GRID.map(str::to_owned).to_vec();
        headings.extend(items.iter().flat_map(|item| {
            [(*item).to_owned(), format!("{item} reason"), format!("{item} dissent"), format!("{item} print")]
        }));
        let mut writer = csv::Writer::from_writer(Vec::new());
        let bad = |error: &dyn std::fmt::Display| fault("bad-example", format!("{key}: {error}"));
        writer.write_record(&headings).map_err(|error| bad(&error))?;
        for vote in self.rows("votes")?.iter().filter(|row| of_round(row)) {
            let token = filled(vote, "member").unwrap_or_default();
            let member = panel::member(project, round.panel, token)?;
            let mark = collect::mark(&panel::key(project, &member)?, round.id);
            let mut cells = vec![mark, member.token.clone(), member.group.clone()];
            for item in &items {
                let voice = voices
                    .iter()
                    .find(|row| filled(row, "member") == Some(token) && filled(row, "item") == Some(*item));
                let said = |column: &str| voice.and_then(|row| owned(row, column)).unwrap_or_default();
                cells.push(owned(vote, item).unwrap_or_default());
                cells.extend(["reason", "dissent", "print"].map(said));
            }
            writer.write_record(&cells).map_err(|error| bad(&error))?;
        }
        writer.into_inner().map_err(|error| bad(&error))
    }
}
