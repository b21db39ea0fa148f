//! From the panel to the next version of the theory: two rounds, the meeting that decided on them, and what was raised.

use super::{Maker, Row, filled, list, owned};
use crate::act::meeting::{agenda, attend};
use crate::act::programme::freeze;
use crate::act::round::{self, collect};
use crate::act::{meeting, panel};
use crate::diagnostic::{Result, fault};
use crate::meeting::Practical;
use crate::project::Project;

/// The day the panel was made and invited.
const INVITED: &str = "2026-02-02T09:00:00Z";

/// When what was said at the meeting had been written up.
const WRITTEN_UP: &str = "2026-03-12T09:00:00Z";

impl Maker<'_> {
    /// The panel, its first round, the first version of the theory, and the round that the meeting will vote in.
    pub(super) fn before_the_meeting(&mut self) -> Result<()> {
        self.panel()?;
        let rounds = self.rows("rounds")?;
        let (last, earlier) = rounds.split_last().ok_or_else(|| fault("bad-example", "there is no round"))?;
        for row in earlier {
            self.open_round(row)?;
            self.votes(row)?;
        }
        self.freeze(0)?;
        self.meeting()?;
        self.open_round(last)?;
        let (meeting, round) = (self.label("meeting")?, self.label(filled(last, "key").unwrap_or_default())?);
        meeting::hold(&mut self.open("gj")?, &meeting, &[round], false)?;
        Ok(())
    }

    /// The vote of the meeting, decisions on it, what was raised, and the next version.
    pub(super) fn at_the_meeting(&mut self) -> Result<()> {
        if let Some(last) = self.rows("rounds")?.last() {
            self.votes(last)?;
        }
        self.later(Some(WRITTEN_UP))?;
        self.attendance()?;
        self.record()?;
        for row in self.rows("raised")? {
            self.uncertainty(&row)?;
        }
        self.freeze(1)
    }

    /// Goes on at a time, where one is given.
    fn later(&mut self, at: Option<&str>) -> Result<()> {
        if let Some(at) = at {
            let read = at.parse().map_err(|_| fault("bad-example", format!("'{at}' is no time")))?;
            self.surroundings.now = Some(read);
        }
        Ok(())
    }

    fn panel(&mut self) -> Result<()> {
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

    fn open_round(&mut self, row: &Row) -> Result<()> {
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
            after: filled(row, "after").map(|key| self.label(key)).transpose()?,
        };
        let panel = self.label("panel")?;
        let label = round::add(&mut self.open("gj")?, &panel, &wish)?.answer;
        round::open(&mut self.open("gj")?, &label)?;
        self.labels.insert(owned(row, "key").unwrap_or_default(), label);
        Ok(())
    }

    /// Takes the ballots of a round in as one grid, and closes it.
    fn votes(&mut self, row: &Row) -> Result<()> {
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

    /// The meeting as it was planned, and its agenda.
    fn meeting(&mut self) -> Result<()> {
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

    fn attendance(&mut self) -> Result<()> {
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
    fn record(&mut self) -> Result<()> {
        let path = self.scratch.join("record.toml");
        crate::disk::replace(&path, self.with_labels(self.example.record).as_bytes())?;
        let meeting = self.label("meeting")?;
        meeting::record::take(&mut self.open("gj")?, &meeting, &path)?;
        Ok(())
    }

    /// Labels in the place of `{h10}`, which is what the tables call a thing.
    fn with_labels(&self, text: &str) -> String {
        self.labels.iter().fold(text.to_owned(), |text, (key, label)| text.replace(&format!("{{{key}}}"), label))
    }

    /// Freezes the version of that row of the table.
    fn freeze(&mut self, row: usize) -> Result<()> {
        let rows = self.rows("theory")?;
        let row = rows.get(row).ok_or_else(|| fault("bad-example", "theory.csv lacks a row"))?;
        self.later(filled(row, "at"))?;
        let wish = freeze::Wish {
            name: owned(row, "name").unwrap_or_default(),
            narrative: owned(row, "narrative"),
            why: owned(row, "why"),
            decisions: Vec::new(),
        };
        freeze::freeze(&mut self.open("gj")?, &wish)?;
        Ok(())
    }
}
