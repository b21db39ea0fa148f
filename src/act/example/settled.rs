//! From the panel to the next version of the theory: two rounds, what was decided on them, and what was raised.

use super::{Maker, Row, filled, list, owned, sentences};
use crate::act::programme::freeze;
use crate::act::round::{self, collect};
use crate::act::{action, decide, hypothesis, panel};
use crate::decision::Body;
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Editorial, Origin};
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
        self.open_round(last)
    }

    /// The vote of the meeting, decisions on it, what was raised, and the next version.
    pub(super) fn at_the_meeting(&mut self) -> Result<()> {
        if let Some(last) = self.rows("rounds")?.last() {
            self.votes(last)?;
        }
        for row in self.rows("settled")? {
            self.settle(&row)?;
        }
        self.later(Some(WRITTEN_UP))?;
        for row in self.rows("raised")? {
            let entry = hypothesis::Entry {
                statement: owned(&row, "statement"),
                status: Some(Editorial::Draft),
                origin: Some(Origin::Stakeholder),
                ..hypothesis::Entry::default()
            };
            hypothesis::add(&mut self.open("gj")?, &entry)?;
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
                let voice =
                    voices.iter().find(|row| filled(row, "member") == Some(token) && filled(row, "item") == Some(*item));
                let said = |column: &str| voice.and_then(|row| owned(row, column)).unwrap_or_default();
                cells.push(owned(vote, item).unwrap_or_default());
                cells.extend(["reason", "dissent", "print"].map(said));
            }
            writer.write_record(&cells).map_err(|error| bad(&error))?;
        }
        writer.into_inner().map_err(|error| bad(&error))
    }

    fn settle(&mut self, row: &Row) -> Result<()> {
        let dissent = sentences(row, "dissent").into_iter();
        let dissent = dissent.filter_map(|one| {
            let (group, words) = one.split_once(':')?;
            Some((group.trim().to_owned(), words.trim().to_owned()))
        });
        let actions = sentences(row, "actions").iter().map(|one| action::read(one)).collect::<Result<Vec<_>>>()?;
        let effects = sentences(row, "effects").iter().map(|one| self.with_labels(one)).collect::<Result<Vec<_>>>()?;
        let wish = decide::Wish {
            outcome: filled(row, "outcome").unwrap_or_default().parse()?,
            body: Body::Stakeholders,
            method: None,
            date: owned(row, "date"),
            text: owned(row, "text"),
            uncertainty: filled(row, "uncertainty").map(|key| self.label(key)).transpose()?,
            option: owned(row, "option"),
            components: Vec::new(),
            hypotheses: self.labels_of(&list(row, "hypotheses"))?,
            present: Vec::new(),
            dissent: dissent.collect(),
            round: filled(row, "round").map(|key| self.label(key)).transpose()?,
            items: Vec::new(),
            effects,
            actions,
        };
        let label = decide::decide(&mut self.open("gj")?, &wish)?.answer.id;
        self.labels.insert(owned(row, "key").unwrap_or_default(), label);
        Ok(())
    }

    /// `{h10}=…` with the label of what the tables call `h10`.
    fn with_labels(&self, text: &str) -> Result<String> {
        let Some((key, rest)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) else {
            return Ok(text.to_owned());
        };
        Ok(format!("{}{rest}", self.label(key)?))
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
