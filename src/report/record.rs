//! `report record`: what was decided, meeting by meeting (method reference 6.3): who was there, what was put,
//! what was decided and by whom, dissent, and what follows. What no decision holds is left to be written.

mod follows;
mod left;
mod votes;

use super::agenda::settled;
use super::agenda::views::StatementEvidence;
use super::block::{Block, Report, Run, day_in_words};
use super::contest::Contest;
use super::deciders::Deciders;
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::meeting::Shown;
use super::words::Press;
use super::{Brief, TO_WRITE, glossary, minutes};
use crate::decision::{Consensus, Decision, Method, Outcome};
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::table::Table;
use crate::uncertainty::{Choice, Uncertainty};
pub use follows::ToDo;
use serde::Serialize;
use serde_json::{Value, json};
pub use votes::Votes;

/// One decision, as it goes into the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Minute {
    pub id: String,
    pub date: Option<String>,
    /// What it was about: an uncertainty, components or statements.
    pub about: String,
    pub uncertainty: Option<String>,
    pub outcome: Outcome,
    /// The views on it and what the evidence amounted to.
    pub views: Vec<String>,
    pub options: Vec<Choice>,
    pub option: Option<String>,
    pub text: Option<String>,
    /// With the numbers present, groups too small to name together.
    pub by_whom: String,
    pub how: String,
    /// By group: words for the team, a placeholder for others.
    pub dissent: Vec<String>,
    /// Components and statements whose standing by agreement it set.
    pub sets: Vec<String>,
    /// Those that it was about and that stay open.
    pub stays_open: Vec<String>,
    /// What it changed in the theory, in words.
    pub changes: Vec<String>,
    /// What the round came to that it rests on, as it was kept then.
    pub votes: Option<Votes>,
    pub to_do: Vec<ToDo>,
    #[serde(skip)]
    method: Method,
    #[serde(skip)]
    asked: Option<Id>,
    /// The meeting it was taken at.
    /// Label of the later decision on the same question, which counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<String>,
    #[serde(skip)]
    meeting: Option<Id>,
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let mut minutes: Vec<Minute> = synthesis
        .decisions
        .iter()
        .filter(|one| brief.about.is_empty() || one.uncertainty.is_some_and(|id| brief.is_about(id)))
        .map(|one| Minute::of(&press, brief, one))
        .collect();
    if let Some(meeting) = &brief.meeting {
        minutes.retain(|one| one.meeting == Some(meeting.meeting));
    }
    // In the order of their days; what has no date comes last.
    minutes.sort_by_key(|one| (one.date.is_none(), one.date.clone()));
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    if minutes.is_empty() && brief.meetings.is_empty() {
        blocks.push(Block::none_of("Decisions"));
    }
    for sitting in sittings(&brief.meetings, &minutes) {
        blocks.extend(sitting.blocks(&press));
    }
    blocks.extend(left::blocks(&press, brief));
    blocks.extend(follows::next_theory(brief));
    blocks.extend(glossary::section(&blocks, brief.audience));
    blocks.extend(closing(&press));
    Report {
        key: "record",
        title: format!("{}: what was decided", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&minutes),
        data: data(&press, brief, &minutes),
    }
}

fn data(press: &Press, brief: &Brief, minutes: &[Minute]) -> Value {
    let settings = &press.synthesis.settings;
    let mut data = json!({
        "report": "record",
        "title": settings.title,
        "audience": brief.audience,
        "synthetic": settings.synthetic,
        "decisions": minutes,
        "theory": follows::theory(brief).collect::<Vec<_>>(),
        "withheld": withheld(press),
    });
    if !brief.meetings.is_empty() {
        data["meetings"] = brief.meetings.iter().map(|one| minutes::data(press, one)).collect();
    }
    data
}

/// What was decided at one meeting, or, where none is named, on one day.
struct Sitting<'m> {
    meeting: Option<&'m Shown>,
    minutes: Vec<&'m Minute>,
}

/// Meetings that were held or recorded, and days of other decisions, in their order.
fn sittings<'m>(meetings: &'m [Shown], minutes: &'m [Minute]) -> Vec<Sitting<'m>> {
    let of = |one: &'m Shown| Sitting {
        minutes: minutes.iter().filter(|minute| minute.meeting == Some(one.meeting)).collect(),
        meeting: Some(one),
    };
    let told = |one: &Sitting| {
        one.meeting.is_some_and(|held| held.look.held || !held.minutes.is_empty()) || !one.minutes.is_empty()
    };
    let mut sittings: Vec<Sitting> = meetings.iter().map(of).filter(told).collect();
    let is_of_one = |minute: &&Minute| meetings.iter().any(|one| minute.meeting == Some(one.meeting));
    let others: Vec<&Minute> = minutes.iter().filter(|minute| !is_of_one(minute)).collect();
    sittings.extend(
        others.chunk_by(|one, next| one.date == next.date).map(|day| Sitting { meeting: None, minutes: day.to_vec() }),
    );
    sittings.sort_by_key(|one| (one.date().is_none(), one.date().map(str::to_owned)));
    sittings
}

impl Sitting<'_> {
    fn date(&self) -> Option<&str> {
        let first = || self.minutes.first().and_then(|one| one.date.as_deref());
        self.meeting.and_then(|one| one.look.date.as_deref()).or_else(first)
    }

    fn blocks(&self, press: &Press) -> Vec<Block> {
        let Some(held) = self.meeting else { return day(press, &self.minutes) };
        let mut blocks = minutes::head(press, held);
        blocks.extend(self.minutes.iter().flat_map(|one| one.blocks(press, Some(held))));
        let decided: Vec<Id> = self.minutes.iter().filter_map(|one| one.asked).collect();
        blocks.extend(minutes::talked_over(press, held, &decided));
        blocks.extend(minutes::to_do(press, held));
        blocks
    }
}

impl Minute {
    fn of(press: &Press, brief: &Brief, decision: &Decision) -> Self {
        let synthesis = press.synthesis;
        let uncertainty = decision.uncertainty.and_then(|id| synthesis.uncertainties.get(&id));
        let (settled, stays_open) = sets(synthesis, decision);
        let deciders = Deciders::of(press, decision);
        let deciders = match brief.meetings.iter().find(|one| decision.meeting == Some(one.meeting)) {
            Some(held) => deciders.at(held.look.held.then(|| held.by_group(|one| one.there == Some(true)))),
            None => deciders,
        };
        Minute {
            id: synthesis.label(decision.id),
            date: decision.date.clone(),
            about: about(synthesis, decision, uncertainty),
            uncertainty: decision.uncertainty.map(|id| synthesis.label(id)),
            outcome: decision.outcome,
            views: uncertainty.map(|one| views(press, one)).unwrap_or_default(),
            options: uncertainty.map(|one| one.options.clone()).unwrap_or_default(),
            option: decision.option.clone(),
            text: decision.text.clone(),
            by_whom: deciders.told(),
            how: settled::how(decision.method).to_owned(),
            dissent: deciders.dissent(),
            sets: settled,
            stays_open,
            changes: decision.effects.iter().map(|one| one.told(|id| component(synthesis, id))).collect(),
            votes: Votes::of(synthesis, decision),
            to_do: follows::of_decision(press, brief, decision.id),
            method: decision.method,
            asked: decision.uncertainty,
            superseded_by: superseded(press.synthesis, decision),
            meeting: decision.meeting,
        }
    }

    fn blocks(&self, press: &Press, meeting: Option<&Shown>) -> Vec<Block> {
        let mut blocks = vec![Block::heading(3, self.about.clone(), format!("decision-{}", self.id))];
        let pair = |term: &str, said: Run| (term.to_owned(), vec![said]);
        let none = [String::from("none recorded")];
        let dissent = if self.dissent.is_empty() { none.as_slice() } else { &self.dissent };
        let against_rule =
            self.votes.as_ref().and_then(|votes| votes.against_rule(self.outcome, self.option.as_deref()));
        let mut pairs = vec![pair("Outcome", Run::Strong(self.outcome.word().replace('_', " ")))];
        let later = self.superseded_by.iter();
        pairs.extend(later.map(|one| pair("Since then", Run::plain(format!("decided anew: {one} counts")))));
        pairs.extend([
            pair("Chosen", self.chosen()),
            pair("In a sentence", Run::or_to_write(self.text.as_deref())),
            pair("By whom", Run::plain(self.by_whom.clone())),
            pair("How", Run::plain(self.how.clone())),
            pair("Votes", Run::plain(self.voted())),
        ]);
        pairs.extend(against_rule.map(|came_to| {
            let body = self.by_whom.split(':').next().unwrap_or_default();
            let said =
                format!("Not by the rule: the round came to {came_to}. Decided all the same by {body}, because: ");
            ("By the rule".to_owned(), vec![Run::plain(said), Run::Gap(TO_WRITE.to_owned())])
        }));
        pairs.extend(dissent.iter().map(|one| pair("Dissent", Run::plain(one.clone()))));
        blocks.push(Block::Pairs(pairs));
        blocks.extend(self.options());
        blocks.extend(self.votes.iter().flat_map(|votes| votes.blocks(&self.id)));
        let said = meeting.zip(self.asked).and_then(|(held, asked)| minutes::points(press, held, asked));
        if !self.views.is_empty() {
            blocks.push(Block::paragraph("The views on it, as they and the evidence stand now:"));
            blocks.push(Block::lines(&self.views));
        }
        match said {
            Some(said) => blocks.extend(said),
            None if self.views.is_empty() => {}
            None => blocks.push(Block::to_write("what was said for and against, and by which groups")),
        }
        for (what, lines) in [
            ("What this settles:", &self.sets),
            ("Stays open:", &self.stays_open),
            ("What this changes in the theory:", &self.changes),
        ] {
            if !lines.is_empty() {
                blocks.extend([Block::paragraph(what), Block::lines(lines)]);
            }
        }
        if self.outcome == Outcome::DeferToTest {
            blocks.extend(self.to_be_tested());
        }
        blocks
    }

    fn outcome_in_brief(&self) -> String {
        let outcome = self.outcome.word().replace('_', " ");
        self.superseded_by.as_ref().map_or(outcome.clone(), |later| format!("{outcome}; decided anew: {later}"))
    }

    /// No question was put, nothing voted on and nothing changed: a line says it.
    fn is_brief(&self) -> bool {
        self.uncertainty.is_none() && self.votes.is_none() && self.changes.is_empty() && self.to_do.is_empty()
    }

    fn chosen(&self) -> Run {
        let chosen = self.options.iter().find(|option| Some(&option.key) == self.option.as_ref());
        match (chosen, &self.option) {
            (Some(option), _) => Run::plain(format!("{}: {}", option.key, option.text)),
            (None, Some(key)) => Run::plain(key.clone()),
            (None, None) => Run::plain("no option"),
        }
    }

    /// What somebody undertook after it was put off to be tested.
    fn to_be_tested(&self) -> Vec<Block> {
        let heading = Block::Paragraph(vec![Run::Strong("What is to be tested".to_owned())]);
        let missing = || Block::to_write("what is to be tested, where, by whom and until when");
        let said = |one: &ToDo| {
            let due = one.due.as_ref().map(|due| format!(", by {}", day_in_words(due))).unwrap_or_default();
            format!("{} ({}{due})", one.text, one.who)
        };
        let lines: Vec<String> = self.to_do.iter().map(said).collect();
        vec![heading, if lines.is_empty() { missing() } else { Block::lines(&lines) }]
    }

    fn voted(&self) -> String {
        if let Some(votes) = &self.votes {
            return votes.in_short();
        }
        match self.method {
            Method::Discussion | Method::ConsentRule => format!("none taken: {}", self.how),
            Method::NotStated => "not stated".to_owned(),
            _ => format!("{TO_WRITE}: the votes by group, the rule and what it gave ({})", self.how),
        }
    }

    fn options(&self) -> Option<Block> {
        if self.options.is_empty() {
            return None;
        }
        let mut table = Table::with(&[
            ("key", "Option"),
            ("text", "What"),
            ("consequence", "What the manual would say"),
            ("chosen", "Chosen"),
        ]);
        for option in &self.options {
            let chosen = if Some(&option.key) == self.option.as_ref() { "chosen" } else { "" };
            let consequence = option.consequence.clone().unwrap_or_else(|| TO_WRITE.to_owned());
            table.push(vec![
                option.key.as_str().into(),
                option.text.as_str().into(),
                consequence.into(),
                chosen.into(),
            ]);
        }
        Some(Block::table(format!("Options as they were put, {}", self.id), table))
    }
}

/// All that was decided on one day at no meeting that is named.
fn day(press: &Press, minutes: &[&Minute]) -> Vec<Block> {
    let date = minutes.first().and_then(|one| one.date.as_deref());
    let title = date
        .map_or_else(|| "Decided on a day not stated".to_owned(), |date| format!("Decided on {}", day_in_words(date)));
    let mut blocks = vec![Block::heading(2, title, format!("meeting-{}", date.unwrap_or("undated")))];
    let (brief, whole): (Vec<&Minute>, Vec<&Minute>) = minutes.iter().partition(|one| one.is_brief());
    blocks.extend(whole.into_iter().flat_map(|one| one.blocks(press, None)));
    if !brief.is_empty() {
        let caption = if date.is_some() { "Also decided" } else { "What was decided" };
        blocks.push(Block::table(caption, in_brief(&brief)));
    }
    if date.is_some() {
        let id = format!("meeting-{}-to-do", date.unwrap_or_default());
        blocks.push(Block::heading(3, "To do", id));
        blocks.push(Block::table("Who does what until when", follows::to_do(minutes)));
        blocks.push(Block::to_write("interests that members declared, or that there were none"));
    }
    blocks
}

/// What settled its question in its place; a question that was left out was not settled by it.
fn superseded(synthesis: &Synthesis, decision: &Decision) -> Option<String> {
    let asked = decision.uncertainty.filter(|_| decision.outcome.consensus().is_some())?;
    synthesis.decided_anew(decision, asked).map(|last| synthesis.label(last.id))
}

/// One row a decision.
fn in_brief(minutes: &[&Minute]) -> Table {
    let mut table = Table::with(&[
        ("id", "No."),
        ("about", "What"),
        ("outcome", "Outcome"),
        ("text", "In a sentence"),
        ("by_whom", "By whom"),
        ("how", "How"),
        ("dissent", "Dissent"),
    ]);
    for one in minutes {
        let dissent = if one.dissent.is_empty() { "none recorded".to_owned() } else { one.dissent.join("\n") };
        table.push(vec![
            one.id.as_str().into(),
            one.about.as_str().into(),
            one.outcome_in_brief().into(),
            one.text.clone().unwrap_or_else(|| TO_WRITE.to_owned()).into(),
            one.by_whom.as_str().into(),
            one.how.as_str().into(),
            dissent.into(),
        ]);
    }
    table
}

/// `U1.gj …?`, or the components and statements that a decision is about.
pub(super) fn about(synthesis: &Synthesis, decision: &Decision, uncertainty: Option<&Uncertainty>) -> String {
    if let Some(one) = uncertainty {
        return format!("{} {}", synthesis.label(one.id), one.text);
    }
    let named: Vec<String> = decision.components.iter().map(|id| component(synthesis, *id)).collect();
    let statements = decision.hypotheses.iter().map(|id| synthesis.label(*id));
    let all: Vec<String> = named.into_iter().chain(statements).collect();
    if all.is_empty() { synthesis.label(decision.id) } else { all.join(", ") }
}

fn component(synthesis: &Synthesis, id: Id) -> String {
    let name = synthesis.components.get(&id).map(|one| format!(" {}", one.name)).unwrap_or_default();
    format!("{}{name}", synthesis.label(id))
}

/// `Lead view, H1.gj: If … (contested; 8 sources for, 3 against)`.
fn views(press: &Press, uncertainty: &Uncertainty) -> Vec<String> {
    let contest = Contest::of(press.synthesis, uncertainty);
    let say = |one: &StatementEvidence| {
        format!("{}: {} ({})", one.name(), one.statement.as_deref().unwrap_or(TO_WRITE), one.in_short())
    };
    StatementEvidence::all(press, &contest).iter().filter(|one| one.is_view()).map(say).collect()
}

/// `K1.gj A named person: agreed`, as the last decision on each left it; and apart from them what stays uncertain.
fn sets(synthesis: &Synthesis, decision: &Decision) -> (Vec<String>, Vec<String>) {
    let components = decision.components.iter().map(|id| (*id, component(synthesis, *id)));
    let statement = |id: &Id| {
        let text = synthesis.hypotheses.get(id).and_then(|one| one.statement.clone());
        (*id, [Some(synthesis.label(*id)), text].into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    let standing = |id| synthesis.consensus(id).word().replace('_', " ");
    let told = components.chain(decision.hypotheses.iter().map(statement));
    let told = told.filter(|(id, _)| synthesis.consensus(*id) != Consensus::Untested);
    let (open, settled): (Vec<_>, Vec<_>) = told.partition(|(id, _)| synthesis.consensus(*id) == Consensus::Uncertain);
    let settled = settled.into_iter().map(|(id, name)| format!("{name}: {}", standing(id)));
    (settled.collect(), open.into_iter().map(|(_, name)| name).collect())
}

/// One row a decision.
fn sheet(minutes: &[Minute]) -> Table {
    let mut sheet = Table::with(&[
        ("id", "Decision"),
        ("date", "Date"),
        ("about", "About"),
        ("outcome", "Outcome"),
        ("option", "Option"),
        ("text", "In a sentence"),
        ("by_whom", "By whom"),
        ("how", "How"),
        ("dissent", "Dissent"),
        ("sets", "What it settles"),
        ("stays_open", "What stays open"),
    ]);
    for one in minutes {
        sheet.push(vec![
            one.id.as_str().into(),
            one.date.clone().into(),
            one.about.as_str().into(),
            one.outcome.word().replace('_', " ").into(),
            one.option.clone().into(),
            one.text.clone().into(),
            one.by_whom.as_str().into(),
            one.how.as_str().into(),
            one.dissent.join("\n").into(),
            one.sets.join("\n").into(),
            one.stays_open.join("\n").into(),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    #[test]
    fn of_two_decisions_on_a_question_the_record_says_which_counts() {
        let mut synthesis = sample::synthesis();
        let mut decide = |name: &str, outcome| {
            let mut one = synthesis.decisions[0].clone();
            one.id = Id::derived([name.as_bytes()]);
            one.uncertainty = Some(id(Kind::Uncertainty, 1));
            one.outcome = outcome;
            synthesis.decisions.push(one);
        };
        decide("first", Outcome::DeferToTest);
        decide("second", Outcome::Agreed);
        decide("aside", Outcome::OutOfScope);
        let second = synthesis.decisions[2].id;
        let (label, brief) = (synthesis.label(second), Brief::new(Audience::Team));
        let press = Press::new(&synthesis, Audience::Team);
        let said = |at: usize| Minute::of(&press, &brief, &synthesis.decisions[at]).superseded_by;
        assert_eq!([said(1), said(2), said(3)], [Some(label.clone()), None, None]);
        let text = make(&synthesis, &brief).blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
        assert_eq!(text.matches(&format!("decided anew: {label}")).count(), 1, "{text}");
    }
}
