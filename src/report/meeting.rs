//! A meeting as papers tell of it: what the caller found of it, unsealed and with its labels.

use super::block::weekday_in_words;
use crate::id::Id;
use crate::meeting::{Minute, Practical, Reply};
use crate::round::{Stage, Terms, Way};
use crate::table::Table;
use crate::text::words::counted;
use serde::Serialize;
use std::collections::BTreeMap;

/// A meeting in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub title: String,
    pub date: Option<String>,
    pub start: Option<String>,
    pub minutes: Option<u32>,
    pub panel: Option<String>,
    pub items: usize,
    /// Times papers were sent.
    pub issued: usize,
    pub held: bool,
}

/// A meeting with all that is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub look: Look,
    #[serde(skip)]
    pub meeting: Id,
    pub purpose: Option<String>,
    pub practical: BTreeMap<Practical, String>,
    pub agenda: Vec<Line>,
    /// Minutes of all items together, and items without any.
    pub length: (u32, usize),
    pub members: Vec<Present>,
    pub rounds: Vec<Held>,
    pub sent: Vec<Sent>,
    pub decisions: Vec<String>,
    pub actions: Vec<Undertaken>,
    /// Keys of items that something was recorded of.
    pub minuted: Vec<String>,
    /// Statements that its record made, as drafts of stakeholders.
    #[serde(skip)]
    pub raised: Vec<Id>,
    /// What was recorded, by item.
    #[serde(skip)]
    pub minutes: BTreeMap<String, Minute>,
    /// What keeps it from being ready, where somebody looked.
    #[serde(skip)]
    pub blockers: Vec<Blocker>,
}

/// An item of the agenda, with the time it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub key: String,
    /// From 1.
    pub number: usize,
    /// `14:05`, where the meeting has a start and every item before has minutes.
    pub at: Option<String>,
    pub what: String,
    pub uncertainty: Option<String>,
    #[serde(skip)]
    pub about: Option<Id>,
    pub minutes: Option<u32>,
    pub by: Option<String>,
}

/// A member and the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Present {
    pub token: String,
    pub group: String,
    pub invited: Option<String>,
    pub reply: Option<Reply>,
    /// None: nobody noted it.
    pub there: Option<bool>,
    pub late: Option<String>,
    pub left: Option<String>,
    pub r#for: Option<String>,
    /// Interests they declared, in their words.
    #[serde(skip)]
    pub interests: Option<String>,
}

/// A round held in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    pub id: String,
    pub stage: Stage,
    #[serde(rename = "method")]
    pub way: Way,
    pub rule: Option<String>,
    /// Asked and answered, by group.
    pub groups: BTreeMap<String, (usize, usize)>,
    /// As fixed at its opening, else as planned.
    #[serde(skip)]
    pub terms: Terms,
}

/// Papers that were sent once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    pub issue: String,
    pub on: String,
    pub by: String,
    /// Tokens.
    pub to: Vec<String>,
    /// Names and hashes.
    pub papers: Vec<(String, String)>,
    pub version: Option<String>,
    /// Twelve hexadecimal digits over the theory as it stood.
    pub theory: String,
    /// The copies kept of them are here.
    pub kept: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undertaken {
    pub id: String,
    pub owner: String,
    pub due: Option<String>,
    pub text: String,
    pub done: bool,
}

/// What keeps a meeting from being ready, and the command that mends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocker {
    /// A stable word, for scripts.
    pub key: &'static str,
    pub what: String,
    pub command: String,
}

/// Tokens of members by the round whose ballots are theirs.
type Ballots<'r> = BTreeMap<&'r str, Vec<String>>;

impl Shown {
    /// People by group, of those that count.
    pub fn by_group(&self, counts: impl Fn(&Present) -> bool) -> BTreeMap<String, usize> {
        let mut groups: BTreeMap<String, usize> = BTreeMap::new();
        for one in &self.members {
            *groups.entry(one.group.clone()).or_default() += usize::from(counts(one));
        }
        groups
    }

    /// `14 March 2026, 14:00 to 16:00`; as far as it is said.
    pub fn when(&self) -> Option<String> {
        let day = weekday_in_words(self.look.date.as_deref()?);
        let start = self.look.start.as_deref();
        let end = start.and_then(crate::meeting::minute_of).zip(self.look.minutes);
        let end = end.map(|(start, minutes)| format!(" to {}", crate::meeting::at_minute(start + minutes)));
        Some(match start {
            Some(start) => format!("{day}, {start}{}", end.unwrap_or_default()),
            None => day,
        })
    }

    /// One row a paper that was sent, ballots on a page of their own in one; `version` says on which theory it rests, under the
    /// title `theory`. Tokens are for the team.
    pub fn papers_sent(&self, for_team: bool, theory: &str, version: impl Fn(&Sent) -> String) -> Table {
        let mut table = Table::with(&[
            ("issue", "Sent"),
            ("on", "Day"),
            ("by", "By"),
            ("to", "To"),
            ("paper", "Paper"),
            ("hash", "Hash"),
            ("version", theory),
        ]);
        for one in &self.sent {
            let mut put = |to: String, paper: &str, hash: &str| {
                table.push(vec![
                    one.issue.as_str().into(),
                    one.on.as_str().into(),
                    one.by.as_str().into(),
                    to.into(),
                    paper.into(),
                    hash.into(),
                    version(one).into(),
                ]);
            };
            let (ballots, papers) = self.ballots_among(&one.papers);
            for (name, hash) in papers {
                put(Self::readers(&one.to, for_team), name, hash);
            }
            for (round, tokens) in ballots {
                put(Self::readers(&tokens, for_team), &format!("ballots of {round}, a page each"), "");
            }
        }
        table
    }

    /// How many members; for the team their tokens.
    pub fn readers(tokens: &[String], for_team: bool) -> String {
        let n = counted(tokens.len(), "member");
        if for_team { format!("{n}: {}", tokens.join(", ")) } else { n }
    }

    /// What one sending held, a line each: papers with their formats, ballots by round.
    pub fn papers_in_short(&self, one: &Sent) -> Vec<String> {
        let (ballots, papers) = self.ballots_among(&one.papers);
        let mut formats: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, _) in papers {
            let (stem, format) = name.rsplit_once('.').unwrap_or((name, ""));
            match formats.iter_mut().find(|(held, _)| *held == stem) {
                Some((_, all)) => all.push(format),
                None => formats.push((stem, vec![format])),
            }
        }
        let papers = formats.into_iter().map(|(stem, all)| format!("{stem} ({})", all.join(", ")));
        let ballots =
            ballots.into_iter().map(|(round, of)| format!("ballots of {round}: {}", counted(of.len(), "page")));
        papers.chain(ballots).collect()
    }

    /// Ballots by round, with the tokens they are for, and the other papers.
    fn ballots_among<'p>(&self, papers: &'p [(String, String)]) -> (Ballots<'_>, Vec<&'p (String, String)>) {
        let (mut ballots, mut others): (Ballots<'_>, Vec<_>) = (BTreeMap::new(), Vec::new());
        for paper in papers {
            let of = |round: &'_ Held| {
                let token = paper.0.strip_prefix(&round.id)?.strip_prefix('-')?.strip_suffix(".html")?;
                Some(token.to_owned())
            };
            match self.rounds.iter().find_map(|round| Some((round.id.as_str(), of(round)?))) {
                Some((round, token)) => ballots.entry(round).or_default().push(token),
                None => others.push(paper),
            }
        }
        (ballots, others)
    }

    pub fn practical(&self, which: Practical) -> Option<&str> {
        self.practical.get(&which).map(String::as_str)
    }
}
