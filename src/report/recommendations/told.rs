//! One recommendation, told to readers: its words, what it rests on and how that stands, what speaks against it.

use super::material::Towards;
use super::workforce::NO_TRAINING;
use crate::decision::Decision;
use crate::grounds::{Footing, Ground, Grounds, Worth, footing};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::recommendation::{Addressee, Gap, Recommendation};
use crate::report::agenda::settled;
use crate::report::block::{Block, Run, sentence_case};
use crate::report::cerqual::finding;
use crate::report::deciders::Deciders;
use crate::report::record::{self, Votes};
use crate::report::standings::Standings;
use crate::report::who;
use crate::report::words::Press;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// From 1; a skeleton has none.
    pub number: Option<usize>,
    pub id: String,
    pub audience: Addressee,
    pub action: Option<String>,
    pub for_whom: Option<String>,
    pub context: Option<String>,
    /// What carries it first.
    pub because: Vec<Rests>,
    pub footing: Footing,
    /// What every reader is told where it is not firm.
    pub warning: Option<&'static str>,
    pub would_change: Option<String>,
    /// In print nobody is told by their tag or token.
    pub owner: Option<String>,
    pub due: Option<String>,
    pub done: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    pub role: Option<String>,
    pub competency: Option<String>,
    pub gap: Option<String>,
    pub supervision: Option<String>,
    pub training: Vec<String>,
    pub needs: Vec<String>,
    pub lacks: Vec<Gap>,
    pub towards: Towards,
}

/// A decision or statement that a recommendation names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rests {
    pub id: String,
    pub worth: Worth,
    pub why: String,
    /// What of it fell since or is lacking, where it carries.
    pub reservations: Vec<String>,
    /// What was decided, or what the statement says.
    pub text: String,
    /// Of a decision: by whom, when and how, with its votes. Of a statement: its standings.
    pub standing: String,
    /// Of a decision, by group: words for the team, a placeholder for others.
    pub dissent: Vec<String>,
}

impl Told {
    pub fn of(press: &Press, grounds: &Grounds<'_, '_>, one: &Recommendation, number: Option<usize>) -> Self {
        let synthesis = press.synthesis;
        let behind = grounds.behind(one);
        let footing = footing(&behind);
        let need = |id: &Id| {
            let held = synthesis.needs.get(id);
            let statement = held.map(|need| format!(" {}", need.statement)).unwrap_or_default();
            let retired = if held.is_some_and(|need| need.retired) { " (retired)" } else { "" };
            format!("{}{statement}{retired}", synthesis.label(*id))
        };
        let training = |id: &Id| {
            let held = synthesis.trainings.get(id);
            let title = held.map(|case| format!(" {}", case.title)).unwrap_or_default();
            let retired = if held.is_some_and(|case| case.retired) { " (retired)" } else { "" };
            format!("{}{title}{retired}", synthesis.label(*id))
        };
        Told {
            number,
            id: synthesis.label(one.id),
            audience: one.audience,
            action: one.action.clone(),
            for_whom: one.for_whom.clone(),
            context: one.context.clone(),
            because: behind.iter().map(|ground| Rests::of(press, grounds, ground)).collect(),
            footing,
            warning: footing.warning(),
            would_change: one.would_change.clone(),
            owner: one.owner.as_ref().map(|owner| who::told(press, owner)),
            due: one.due.clone(),
            done: one.done.as_ref().map(|done| done.on.clone()),
            result: one.done.as_ref().and_then(|done| done.result.clone()),
            role: one.role.clone(),
            competency: one.competency.clone(),
            gap: one.gap.clone(),
            supervision: one.supervision.clone(),
            training: in_order(press, &one.training, training),
            needs: in_order(press, &one.needs, need),
            lacks: one.gaps(),
            towards: Towards::of(press, &grounds.material(&behind), &behind),
        }
    }

    /// `agreed decision X1.gj; contested H3.gj beside`.
    pub fn rests_in_short(&self) -> String {
        let said = |one: &Rests| match one.worth {
            Worth::Agreed => format!("agreed decision {}{}", one.id, one.provisional()),
            Worth::Supported => format!("supported statement {}{}", one.id, one.provisional()),
            Worth::Contested if self.footing.is_carried() => format!("beside these {}, contested", one.id),
            Worth::Contested => format!("contested statement {}", one.id),
            Worth::Insufficient => format!("beside these {}, {}", one.id, one.why),
            Worth::Fallen => format!("no more on {}: {}", one.id, one.why),
        };
        if self.because.is_empty() {
            "nothing".to_owned()
        } else {
            self.because.iter().map(said).collect::<Vec<_>>().join("; ")
        }
    }

    pub fn blocks(&self, press: &Press) -> Vec<Block> {
        let number = self.number.map(|number| format!(" {number}")).unwrap_or_default();
        let mut blocks = vec![
            Block::heading(3, format!("Recommendation{number} ({})", self.id), format!("recommendation-{}", self.id)),
            Block::Paragraph(vec![Run::Strong(self.action.clone().unwrap_or_default())]),
        ];
        blocks.extend(self.warning.map(Block::notice));
        let written = |term: &str, text: &Option<String>| (term.to_owned(), vec![Run::or_to_write(text.as_deref())]);
        blocks.push(Block::Pairs(vec![
            written("For whom", &self.for_whom),
            written("In what circumstances", &self.context),
        ]));
        blocks.extend(self.because_blocks());
        blocks.push(Block::Pairs(vec![written("What would change our mind", &self.would_change)]));
        blocks.extend(self.towards.blocks(press));
        let mut pairs = Vec::new();
        if self.audience == Addressee::Workforce {
            let training = (!self.training.is_empty()).then(|| self.training.join("; "));
            let training = training.map_or_else(|| Run::Gap(NO_TRAINING.to_owned()), Run::plain);
            pairs.extend([
                written("Role", &self.role),
                written("Competency", &self.competency),
                written("Missing today", &self.gap),
                written("Supervision", &self.supervision),
                ("Training cases".to_owned(), vec![training]),
            ]);
        }
        pairs.extend(self.needs.iter().map(|need| ("Answers a need".to_owned(), vec![Run::plain(need.clone())])));
        pairs.push(written("Who sees to it", &self.owner));
        pairs.push(written("By when", &self.due));
        if let Some(day) = &self.done {
            let result = self.result.as_ref().map(|result| format!(": {result}")).unwrap_or_default();
            pairs.push(("Done".to_owned(), vec![Run::plain(format!("{day}{result}"))]));
        }
        blocks.push(Block::Pairs(pairs));
        blocks
    }

    /// What it rests on, what is only named beside, and what has fallen.
    pub fn because_blocks(&self) -> Vec<Block> {
        if self.because.is_empty() {
            return vec![titled("Because"), Block::none_of("What it rests on")];
        }
        let title = |one: &Rests| match one.worth {
            Worth::Agreed | Worth::Supported => "Because",
            Worth::Contested if self.footing.is_carried() => "Named beside, contested",
            Worth::Contested => "Because, though contested",
            Worth::Insufficient => "Named beside, not enough by itself",
            Worth::Fallen => "Does not carry it now",
        };
        let groups = self.because.chunk_by(|one, next| title(one) == title(next));
        let group = |rests: &[Rests]| {
            let items = rests.iter().map(Rests::runs).collect();
            [titled(rests.first().map_or("", title)), Block::list(false, items)]
        };
        groups.flat_map(group).collect()
    }
}

/// A few words that head what follows.
pub(super) fn titled(title: &str) -> Block {
    Block::Paragraph(vec![Run::Strong(title.to_owned())])
}

fn in_order(press: &Press, ids: &BTreeSet<Id>, said: impl Fn(&Id) -> String) -> Vec<String> {
    press.synthesis.in_label_order(ids.iter().copied()).iter().map(said).collect()
}

impl Rests {
    pub fn of(press: &Press, grounds: &Grounds<'_, '_>, ground: &Ground) -> Self {
        let Ground { of, worth, why, .. } = ground;
        let reservations = ground.reservations().map(str::to_owned).collect();
        let (text, standing, dissent) = match (grounds.decision(*of), press.synthesis.hypotheses.get(of)) {
            (Some(decision), _) => {
                (decided(press, decision), taken(press, grounds, decision), Deciders::of(press, decision).dissent())
            }
            (None, Some(one)) => (finding(press, one), stands(press, one), Vec::new()),
            (None, None) => (String::new(), String::new(), Vec::new()),
        };
        Rests { id: press.synthesis.label(*of), worth: *worth, why: why.clone(), reservations, text, standing, dissent }
    }

    /// ` (provisional: not appraised: 2 of 2 sources)`; nothing where nothing is lacking.
    fn provisional(&self) -> String {
        if self.reservations.is_empty() {
            return String::new();
        }
        format!(" (provisional: {})", self.reservations.join("; "))
    }

    /// Why it is worth what it is, with all that is to be said against that.
    pub fn in_full(&self) -> String {
        std::iter::once(&self.why).chain(&self.reservations).map(String::as_str).collect::<Vec<_>>().join("; ")
    }

    fn runs(&self) -> Vec<Run> {
        let text = match self.text.trim().trim_end_matches('.') {
            "" => " ".to_owned(),
            text => format!(" {text}. "),
        };
        let mut runs = vec![Run::Strong(self.id.clone()), Run::plain(text)];
        // How a contested statement stands is told with its standings.
        let said = if self.worth == Worth::Contested { self.worth.word() } else { &self.why };
        if !self.worth.carries() {
            runs.push(Run::Emphasis(format!("{}. ", sentence_case(said))));
        }
        if !self.reservations.is_empty() {
            runs.push(Run::Emphasis(format!("Provisional: {}. ", self.reservations.join("; "))));
        }
        runs.push(Run::plain(self.standing.clone()));
        runs.extend(self.dissent.iter().map(|one| Run::plain(format!(" Dissent: {one}"))));
        runs
    }

    /// All of it on one line.
    pub fn line(&self) -> String {
        self.runs().iter().map(Run::text).collect::<String>().trim().to_owned()
    }
}

/// Its three standings; how much of the evidence is appraised, where not all of it is.
fn stands(press: &Press, statement: &Hypothesis) -> String {
    let standings = Standings::of(&press.bearings, statement);
    let so_far = if standings.evidence.provisional {
        let (appraised, links) = (standings.evidence.appraised, standings.evidence.links);
        format!(" Appraised so far: {appraised} of {links} passages.")
    } else {
        String::new()
    };
    standings.sentence() + &so_far
}

/// What was decided, on what: `Option B: Peer workers … (U1.gj May peer workers …?)`.
pub(super) fn decided(press: &Press, decision: &Decision) -> String {
    let synthesis = press.synthesis;
    let uncertainty = decision.uncertainty.and_then(|id| synthesis.uncertainties.get(&id));
    let about = record::about(synthesis, decision, uncertainty);
    match settled::decided(synthesis, decision) {
        Some(said) => format!("{} (on {about})", said.replace('\n', ". ")),
        None => format!("on {about}"),
    }
}

/// `Agreed with dissent by stakeholders: 14 people present (…), 2026-03-14, by discussion. Votes: …`
fn taken(press: &Press, grounds: &Grounds<'_, '_>, decision: &Decision) -> String {
    let outcome = sentence_case(&decision.outcome.word().replace('_', " "));
    let when = decision.date.clone().unwrap_or_else(|| "on a day not stated".to_owned());
    let votes = Votes::of(press.synthesis, decision).map(|votes| format!(" Votes: {}.", votes.in_short()));
    let by = Deciders::of(press, decision).told();
    let how = settled::how(decision.method);
    let evidence = settled::evidence_on(press, &grounds.statements_about(decision));
    format!("{outcome}; by whom: {by}; {when}; how: {how}.{} Evidence on it: {evidence}.", votes.unwrap_or_default())
}
