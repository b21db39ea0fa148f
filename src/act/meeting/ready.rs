//! Is a meeting ready? What still blocks it, each with the command that mends it.

use super::issue::changes;
use super::{agenda, attend, of, rounds};
use crate::act::{panel, programme, report, round};
use crate::consensus::lacking;
use crate::diagnostic::Result;
use crate::evidence::Evidence;
use crate::id::Id;
use crate::meeting::{Meeting, Practical, Reply};
use crate::panel::Member;
use crate::participant::Audience;
use crate::programme::Programme;
use crate::project::{Depth, Project};
use crate::report::agenda::briefing::Briefing;
use crate::report::agenda::{length, order};
use crate::report::meeting::Blocker;
use crate::report::words::{Press, Withheld};
use crate::report::{Brief, member_page};
use crate::round::{Round, Stage};
use crate::synthesis::Synthesis;
use crate::text::words::counted;
use crate::uncertainty::Choice;
use std::collections::{BTreeMap, BTreeSet};

/// Labels named in one line; with the next call come the next.
const MOST_NAMED: usize = 20;

/// What blocks a meeting, in the order in which it is mended; nothing: it is ready.
pub fn blockers(project: &Project, meeting: &Meeting) -> Result<Vec<Blocker>> {
    let mut desk = prepared(project, meeting)?;
    desk.papers()?;
    Ok(desk.found)
}

/// All but how the papers stand that were sent: they are made anew for that.
fn prepared<'p>(project: &'p Project, meeting: &'p Meeting) -> Result<Desk<'p>> {
    let synthesis = project.synthesis(Depth::Quotations)?;
    let mut desk = Desk { project, meeting, label: project.label(meeting.id), found: Vec::new() };
    desk.plan();
    desk.people();
    desk.agenda();
    desk.briefings(&synthesis);
    desk.rounds();
    desk.theory(&synthesis);
    desk.page()?;
    Ok(desk)
}

/// The same without what has to be read from evidence and papers: fast however large the project is.
pub fn at_a_glance(project: &Project, meeting: &Meeting) -> Vec<Blocker> {
    let mut desk = Desk { project, meeting, label: project.label(meeting.id), found: Vec::new() };
    desk.plan();
    desk.people();
    desk.agenda();
    desk.rounds();
    if meeting.issued.is_empty() {
        desk.not_issued();
    }
    desk.found
}

/// Everything but that papers were not sent, or changed since: what somebody who sends them now should know.
pub fn but_for_papers(project: &Project, meeting: &Meeting) -> Result<Vec<Blocker>> {
    let found = prepared(project, meeting)?.found;
    Ok(found.into_iter().filter(|one| one.key != "ballots-missing").collect())
}

struct Desk<'p> {
    project: &'p Project,
    meeting: &'p Meeting,
    label: String,
    found: Vec<Blocker>,
}

impl Desk<'_> {
    fn block(&mut self, key: &'static str, what: impl Into<String>, command: impl Into<String>) {
        self.found.push(Blocker { key, what: what.into(), command: command.into() });
    }

    fn plan(&mut self) {
        let (meeting, label) = (self.meeting, self.label.clone());
        for (key, said, what, option) in [
            ("no-date", meeting.date.is_some(), "no day is set", "--date 2026-03-14"),
            ("no-start", meeting.start.is_some(), "it is not said when it begins", "--start 14:00"),
            ("no-length", meeting.minutes.is_some(), "it is not said how long it lasts", "--minutes 120"),
            ("no-purpose", meeting.purpose.is_some(), "it is not said what it is for", "--purpose \"...\""),
        ] {
            if !said {
                self.block(key, what, format!("realist meeting edit {label} {option}"));
            }
        }
        let has = |which| meeting.practical.contains_key(&which);
        if !has(Practical::Place) && !has(Practical::Join) {
            self.block(
                "no-place",
                "it is not said where it is",
                format!("realist meeting edit {label} --place \"...\""),
            );
        }
        let missing: Vec<&str> = [Practical::Afterwards, Practical::Payment, Practical::Access, Practical::Contact]
            .into_iter()
            .filter(|which| !has(*which))
            .map(Practical::word)
            .collect();
        if !missing.is_empty() {
            let what = format!("members are not told of: {}", missing.join(", "));
            let options: Vec<String> = missing.iter().map(|which| format!("--{which} \"...\"")).collect();
            self.block("not-told", what, format!("realist meeting edit {label} {}", options.join(" ")));
        }
    }

    fn people(&mut self) {
        let Ok(panel) = attend::meets(self.project, self.meeting) else {
            let command = format!("realist meeting edit {} --panel N1.gj", self.label);
            return self.block("no-panel", "no panel is named", command);
        };
        let here: Vec<_> = panel::members(self.project, panel).into_iter().filter(Member::is_here).collect();
        let waiting = here.iter().filter(|one| one.invited.is_none()).count();
        let panel = self.project.label(panel);
        if here.is_empty() {
            let command = format!("realist panel member add {panel} --group gps --people 3");
            self.block("no-members", format!("{panel} has no members"), command);
        } else if waiting > 0 {
            let what = format!("{} of {panel} not invited", counted(waiting, "member"));
            self.block("not-invited", what, format!("realist panel member invite {panel}"));
        }
    }

    fn agenda(&mut self) {
        let label = self.label.clone();
        let lines = agenda::lines(self.project, self.meeting);
        if lines.is_empty() {
            return self.block(
                "no-agenda",
                "nothing is on the agenda",
                format!("realist meeting item add {label} U1.gj --minutes 30"),
            );
        }
        let (minutes, _) = agenda::length(&lines);
        if let Some(slot) = self.meeting.minutes.filter(|slot| minutes > *slot) {
            let longest = lines.iter().max_by_key(|one| one.minutes).map_or(1, |one| one.number);
            let what = format!("the agenda takes {minutes} minutes, {} more than there are", minutes - slot);
            self.block("over-time", what, format!("realist meeting item set {label} {longest} --minutes N"));
        }
        let unsaid: Vec<String> =
            lines.iter().filter(|one| one.minutes.is_none()).map(|one| one.number.to_string()).collect();
        if let Some(first) = unsaid.first() {
            let what = format!("no minutes are given to item {}", unsaid.join(", "));
            self.block("no-minutes", what, format!("realist meeting item set {label} {first} --minutes 20"));
        }
    }

    /// What a briefing would print as TO WRITE or none found.
    fn briefings(&mut self, synthesis: &Synthesis) {
        let mut brief = Brief::new(Audience::Meeting);
        brief.meeting = Some(of(self.project, self.meeting));
        let mut press = Press::new(synthesis, Audience::Meeting);
        let briefings = Briefing::all(&mut press, &brief, &order::in_order(synthesis, &brief));
        for one in &briefings {
            let id = &one.id;
            if one.options.len() < 2 {
                let held = one.options.iter().map(Choice::to_type);
                let free = ["A", "B", "C"].into_iter().filter(|key| one.options.iter().all(|held| held.key != *key));
                let more = free.map(|key| format!("--option \"{key}: ... | ... | ... | ...\""));
                let options: Vec<String> = held.chain(more).take(2).collect();
                let command = format!("realist uncertainty edit {id} {}", options.join(" "));
                self.block("no-options", format!("{id} offers fewer than two options"), command);
            }
            for (key, said, what, option) in [
                ("no-plain-words", &one.plain, "is not put in plain words", "--plain"),
                ("no-why", &one.why, "does not say why it matters", "--why"),
            ] {
                if said.is_none() {
                    self.block(key, format!("{id} {what}"), format!("realist uncertainty edit {id} {option} \"...\""));
                }
            }
            if one.voices.is_empty() {
                let command = format!("realist uncertainty edit {id} --hypothesis H1.gj");
                self.block("no-views", format!("{id} names no statements that it is to settle between"), command);
            }
            // That nothing was found is said by people, under what nobody knows.
            for view in one.voices.iter().filter(|_| one.unknown.is_none()) {
                let sides = [("for", view.in_favour.found), ("against", view.against.found)];
                for (side, _) in sides.into_iter().filter(|(_, found)| *found == 0) {
                    let what = format!("{id}: nothing {side} {}; look for it, or say that nothing was found", view.id);
                    self.block("empty-side", what, format!("realist uncertainty edit {id} --unknown \"...\""));
                }
            }
        }
        self.gaps(&briefings);
        for one in &briefings {
            let over = length::lines_over(&one.blocks(&press));
            if over > 0 {
                let what =
                    format!("the briefing on {} is about {} longer than two pages", one.id, counted(over, "line"));
                self.block("briefing-too-long", what, format!("realist uncertainty edit {} --plain \"...\"", one.id));
            }
        }
        self.consent(synthesis, &press);
    }

    /// What else the briefings would print as TO WRITE.
    fn gaps(&mut self, briefings: &[Briefing]) {
        for one in briefings {
            for (gap, command) in one.gaps() {
                self.block("to-write", format!("the papers still say TO WRITE: {}: {gap}", one.id), command);
            }
        }
    }

    /// Quotations that the briefings would print and may not: whose consent nobody recorded, who refused, and where it is not
    /// known who speaks. What the team keeps back itself waits for nothing.
    fn consent(&mut self, synthesis: &Synthesis, press: &Press) {
        let is_kept = |one: &&Evidence| press.is_withheld(&one.anchor) == Some(Withheld::NoConsent);
        let kept = synthesis.evidence.values().filter(|one| one.withheld.is_none()).filter(is_kept);
        let (mut unasked, mut refused, mut unknown) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for link in kept {
            let quotation = synthesis.quotations.get(&link.id);
            let person = quotation.and_then(|one| synthesis.participants.get(&one.participant?));
            match person {
                Some(one) if !one.withdrawn && !one.consent.contains_key(&Audience::Meeting) => {
                    unasked.insert(one.id);
                }
                Some(_) => {
                    refused.insert(link.id);
                }
                None => {
                    unknown.insert(link.id);
                }
            }
        }
        let first = |ids: &BTreeSet<Id>| -> Vec<String> {
            synthesis.labels_of(ids.iter().copied()).into_iter().take(MOST_NAMED).collect()
        };
        let listed = |ids: &BTreeSet<Id>| format!("{}{}", first(ids).join(", "), and_more(ids.len()));
        if !unasked.is_empty() {
            let what = format!(
                "quotations kept back: whether they may be quoted to the meeting is not recorded of {}; ask, and note the answer",
                listed(&unasked)
            );
            let who = first(&unasked).join(" ");
            self.block(
                "no-consent",
                what,
                format!("realist participant set {who} --audience meeting --consent ANSWER"),
            );
        }
        if !refused.is_empty() {
            let what = format!(
                "{} kept back: the person does not wish to be quoted to the meeting; leave it out",
                listed(&refused)
            );
            let command = format!("realist evidence withhold {} --reason \"...\"", first(&refused).join(" "));
            self.block("consent-refused", what, command);
        }
        if !unknown.is_empty() {
            let what = format!("{} kept back: it is not known who speaks; say who, or leave it out", listed(&unknown));
            let command = format!("realist evidence withhold {} --reason \"...\"", first(&unknown).join(" "));
            self.block("speaker-unknown", what, command);
        }
    }

    fn rounds(&mut self) {
        let held = rounds(self.project, self.meeting.id);
        let label = self.label.clone();
        let on_agenda = self.meeting.items.iter().filter_map(|item| item.uncertainty);
        let asked = |id| held.iter().any(|round| round.terms().items.iter().any(|item| item.about == Some(id)));
        let unasked: Vec<String> = on_agenda.filter(|id| !asked(*id)).map(|id| self.project.label(id)).collect();
        if !unasked.is_empty() && !self.meeting.practical.contains_key(&Practical::Deciding) {
            let [are, it] = if unasked.len() > 1 { ["are", "them"] } else { ["is", "it"] };
            let what = format!("it is not said how {} {are} decided: no round asks {it}", unasked.join(", "));
            self.block(
                "no-round",
                what,
                format!("realist meeting edit {label} --deciding \"...\", or: realist meeting round {label} R1.gj"),
            );
        }
        for round in &held {
            let id = self.project.label(round.id);
            if round.stage() == Stage::Planned {
                self.block("round-not-open", format!("{id} is not open"), format!("realist round open {id}"));
            }
            if round.stage() != Stage::Closed {
                self.quorum(round, &id);
            }
            let sent = self.meeting.issued.iter().flat_map(|one| &one.papers);
            let has_ballots = sent.into_iter().any(|paper| paper.name.starts_with(&format!("{id}-")));
            let votes = round.terms().way != crate::round::Way::Discussion;
            if round.stage() == Stage::Open && votes && !has_ballots && !self.meeting.issued.is_empty() {
                let what = format!("the papers were sent without ballots of {id}");
                self.block("ballots-missing", what, format!("realist meeting issue {label}"));
            }
        }
    }

    /// Whether its quorum can be reached at all, by those who may come or have answered.
    fn quorum(&mut self, round: &Round, id: &str) {
        let members = panel::members(self.project, round.panel);
        let seats = round::seats(self.project, round);
        let opened = round.opened.is_some();
        let (mut invited, mut may_come) = (BTreeMap::new(), BTreeMap::new());
        for one in members.iter().filter(|one| one.invited.is_some()) {
            let seat = seats.iter().find(|seat| seat.token == one.token);
            if opened && seat.is_none() || !opened && !one.is_here() {
                continue;
            }
            *invited.entry(one.group.clone()).or_insert(0) += 1;
            let answered = seat.is_some_and(|seat| seat.answered || seat.deputy.is_some());
            let comes = one.is_here() && self.meeting.replied.get(&one.id) != Some(&Reply::Declined);
            *may_come.entry(one.group.as_str()).or_insert(0) += usize::from(answered || comes);
        }
        for lack in lacking(&round.terms().rule, &invited, &may_come) {
            let of = lack
                .group
                .map_or_else(String::new, |group| format!(" ({})", self.project.settings().group_title(&group)));
            let what = format!(
                "{id} cannot be quorate: of the {} invited{of} {} may still come, and its rule asks for {}",
                lack.invited, lack.there, lack.least
            );
            let command = if opened {
                format!("realist round admit {id} TOKEN --for TOKEN --why \"...\"")
            } else {
                let panel = self.project.label(round.panel);
                format!("realist panel member add {panel} --group gps, or: realist round edit {id} --quorum N")
            };
            self.block("no-quorum", what, command);
        }
    }

    fn theory(&mut self, synthesis: &Synthesis) {
        let now = Programme::of(synthesis);
        let last = programme::versions(self.project).into_iter().next_back();
        if now.listed().next().is_some() && last.as_ref().is_none_or(|version| version.hash != now.hash()) {
            let what = match last {
                Some(version) => format!("the theory is not what {} froze", self.project.label(version.id)),
                None => "no version of the theory is frozen".to_owned(),
            };
            self.block("not-frozen", what, "realist theory freeze NAME");
        }
    }

    fn page(&mut self) -> Result<()> {
        let asked = report::Asked { meeting: Some(self.label.clone()), ..report::Asked::default() };
        let page = report::make(self.project, "member-page", Audience::Meeting, &asked)?;
        let over = member_page::lines_over(&page);
        if over > 0 {
            let what = format!("the member page is about {} longer than one side of A4", counted(over, "line"));
            let command = self.shortens_the_page();
            self.block("page-too-long", what, command);
        }
        Ok(())
    }

    fn papers(&mut self) -> Result<()> {
        let label = self.label.clone();
        match changes(self.project, self.meeting)? {
            Some((last, changed)) if !changed.is_empty() => {
                let what = format!(
                    "{} of the papers changed since {} was sent; look at them, then send anew",
                    counted(changed.len(), "section"),
                    last.key
                );
                self.block("papers-changed", what, format!("realist meeting issue {label}"));
            }
            None if self.meeting.issued.is_empty() => {
                self.not_issued();
            }
            _ => {}
        }
        Ok(())
    }

    /// Words it anew what takes most room on the member page.
    fn shortens_the_page(&self) -> String {
        let practical = Practical::ALL.iter().filter_map(|which| {
            let words = super::practical(self.project, self.meeting, *which)?;
            Some((words.chars().count(), which.word()))
        });
        let purpose = self.meeting.purpose.as_ref().map(|words| (words.chars().count(), "purpose"));
        let longest = practical.chain(purpose).max().map_or("purpose", |(_, which)| which);
        format!("realist meeting edit {} --{longest} \"...\"", self.label)
    }

    fn not_issued(&mut self) {
        self.block("not-issued", "no papers were sent", format!("realist meeting issue {}", self.label));
    }
}

/// ` and 12 more`, of what is more than is named.
fn and_more(all: usize) -> String {
    match all.saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_would_name_thousands_says_how_many_more() {
        assert_eq!([and_more(0), and_more(20), and_more(3021)], ["", "", " and 3001 more"]);
    }
}
