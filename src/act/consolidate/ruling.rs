//! What a meeting decided about proposals: read as a whole, written as one operation. Nothing is done to a statement
//! that was reworded since its sheet was made.

use crate::act::hypothesis::Entry;
use crate::act::life::merge::{self, Into, Merged};
use crate::act::relate::{self, Net};
use crate::act::{hypothesis, resolve};
use crate::consolidate;
use crate::diagnostic::{Result, fault};
use crate::grouping::{Grouping, Member, Relation, Verdict};
use crate::hypothesis::{Hypothesis, Part, PartKind, wording};
use crate::id::{Id, Kind};
use crate::link::LinkKind;
use crate::project::{Batch, Done, Project};
use serde_json::json;

crate::vocabulary! {
    pub enum Decision "decision" {
        /// They are the same, or as good as: kept as a group, each statement as it is.
        Accept "accept",
        /// The same mechanism and outcome in other circumstances: likewise.
        Related "related",
        /// They do not belong together; not proposed again unless one is reworded.
        Reject "reject",
        /// It becomes part of the consolidated statement, which speaks for it from now on.
        Merge "merge",
        /// It lends its evidence to the consolidated statement and goes on standing for itself.
        Feeds "feeds",
    }
}

/// A row of the sheet: one member of a proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Key of the proposal; a group that the team made has any other name.
    pub proposal: String,
    pub statement: String,
    pub decision: Option<Decision>,
    pub relation: Option<Relation>,
    /// The consolidated statement, where it is there already.
    pub into: Option<String>,
    /// The sentence of a new one.
    pub sentence: Option<String>,
    /// Its parts, as far as they are said.
    pub parts: Vec<(PartKind, String)>,
    pub reason: Option<String>,
}

/// What came of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub proposal: String,
    /// Labels by what was decided.
    pub accepted: Vec<String>,
    pub rejected: Vec<String>,
    pub merged: Vec<String>,
    pub feeds: Vec<String>,
    pub parent: Option<String>,
    /// What names a merged statement still, and is for somebody to look at.
    pub loose: Vec<String>,
}

/// Carries out what was decided, all of it or nothing. Proposals without a decision stay open.
///
/// Faults: `reworded`, `nothing-decided`, `reason-needed`, `no-sentence`, `two-parents`, `too-few`, and those of a merge.
pub fn apply(project: &mut Project, rows: &[Row]) -> Result<Done<Vec<Settled>>> {
    project.write("theory consolidate --decide", true, |batch| {
        let mut piles: Vec<Vec<&Row>> = Vec::new();
        for row in rows {
            match piles.iter_mut().find(|pile| pile[0].proposal == row.proposal) {
                Some(pile) => pile.push(row),
                None => piles.push(vec![row]),
            }
        }
        let decided = piles.into_iter().filter(|pile| pile.iter().any(|row| row.decision.is_some()));
        let settled =
            decided.map(|pile| Pile::of(batch.project(), &pile)?.settle(batch)).collect::<Result<Vec<_>>>()?;
        if settled.is_empty() {
            return Err(fault("nothing-decided", "no row says what was decided")
                .hint("write accept, related, reject, merge or feeds into the column 'decision'"));
        }
        Ok(settled)
    })
}

/// The rows of one proposal.
struct Pile<'r> {
    proposal: &'r str,
    members: Vec<(&'r Row, Hypothesis)>,
}

impl<'r> Pile<'r> {
    fn of(project: &Project, rows: &[&'r Row]) -> Result<Self> {
        let mut members: Vec<(&Row, Hypothesis)> = Vec::new();
        for row in rows {
            let id = resolve::find(project, Kind::Hypothesis, &row.statement)?;
            members.push((row, resolve::read(project, id)?));
        }
        let proposal = rows[0].proposal.as_str();
        let is_key = proposal.len() == 8 && proposal.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_key && consolidate::key(members.iter().map(|(_, one)| one)) != proposal {
            return Err(fault(
                "reworded",
                format!("a statement of proposal {proposal} was reworded since, or a row is missing"),
            )
            .hint("keep all rows of a proposal, or make the sheet anew: realist theory consolidate --sheet FILE.csv"));
        }
        Ok(Pile { proposal, members })
    }

    fn decided(&self, wanted: Decision) -> Vec<&(&'r Row, Hypothesis)> {
        self.members.iter().filter(|(row, _)| row.decision == Some(wanted)).collect()
    }

    fn settle(&self, batch: &mut Batch<'_>) -> Result<Settled> {
        let labels = |batch: &Batch<'_>, of: &[&(&Row, Hypothesis)]| -> Vec<String> {
            of.iter().map(|(_, one)| batch.project().label(one.id)).collect()
        };
        let (accepted, related) = (self.decided(Decision::Accept), self.decided(Decision::Related));
        let rejected = self.decided(Decision::Reject);
        self.accept(batch, Decision::Accept, &accepted, self.relation())?;
        self.accept(batch, Decision::Related, &related, Relation::Related)?;
        self.reject(batch, &rejected)?;
        let merged = self.consolidate(batch)?;
        let kept: Vec<_> = accepted.into_iter().chain(related).collect();
        Ok(Settled {
            proposal: self.proposal.to_owned(),
            accepted: labels(batch, &kept),
            rejected: labels(batch, &rejected),
            merged: labels(batch, &self.decided(Decision::Merge)),
            feeds: labels(batch, &self.decided(Decision::Feeds)),
            parent: merged.as_ref().map(|one| one.parent.clone()),
            loose: merged.map(|one| one.loose).unwrap_or_default(),
        })
    }

    fn relation(&self) -> Relation {
        self.members.iter().find_map(|(row, _)| row.relation).unwrap_or(Relation::Duplicate)
    }

    /// Why this was decided: what the rows of the decision say, each reason once; else what a row without a decision
    /// says for the whole proposal.
    fn reason(&self, decision: Decision) -> Option<String> {
        let of = |wanted: Option<Decision>| {
            let rows = self.members.iter().filter(|(row, _)| row.decision == wanted);
            let said = rows.filter_map(|(row, _)| row.reason.as_deref().map(str::trim)).filter(|text| !text.is_empty());
            let mut reasons: Vec<&str> = Vec::new();
            for reason in said {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            (!reasons.is_empty()).then(|| reasons.join("; "))
        };
        of(Some(decision)).or_else(|| of(None))
    }

    fn accept(
        &self,
        batch: &mut Batch<'_>,
        decision: Decision,
        members: &[&(&Row, Hypothesis)],
        relation: Relation,
    ) -> Result<()> {
        match members.len() {
            0 => Ok(()),
            1 => Err(fault("too-few", format!("one statement of {} is accepted, and with none", self.proposal))
                .hint("a group takes two; say of the others too what was decided")),
            _ => {
                record(batch, Verdict::Accepted, relation, members, self.reason(decision).as_deref());
                Ok(())
            }
        }
    }

    /// All rejected: the group is refused. Some: each of them with every other member.
    fn reject(&self, batch: &mut Batch<'_>, rejected: &[&(&Row, Hypothesis)]) -> Result<()> {
        if rejected.is_empty() {
            return Ok(());
        }
        let Some(why) = self.reason(Decision::Reject) else {
            return Err(fault("reason-needed", format!("say why {} was rejected", self.proposal))
                .hint("write it into the column 'reason' of a row that is rejected: others will want to know"));
        };
        let all: Vec<&(&Row, Hypothesis)> = self.members.iter().collect();
        if rejected.len() == all.len() {
            record(batch, Verdict::Refused, self.relation(), &all, Some(&why));
            return Ok(());
        }
        for one in rejected {
            let others = all
                .iter()
                .filter(|(_, other)| other.id != one.1.id && (!is_among(rejected, other.id) || other.id > one.1.id));
            for other in others {
                record(batch, Verdict::Refused, self.relation(), &[*one, *other], Some(&why));
            }
        }
        Ok(())
    }

    fn consolidate(&self, batch: &mut Batch<'_>) -> Result<Option<Merged>> {
        let (merge, feeds) = (self.decided(Decision::Merge), self.decided(Decision::Feeds));
        if merge.is_empty() && feeds.is_empty() {
            return Ok(None);
        }
        let reason = |decision: Decision| {
            self.reason(decision).ok_or_else(|| {
                fault(
                    "reason-needed",
                    format!(
                        "say why the statements of {} {}",
                        self.proposal,
                        match decision {
                            Decision::Feeds => "feed another",
                            _ => "become one",
                        }
                    ),
                )
                .hint(format!("write it into the column 'reason' of a row with {decision}: others will want to know"))
            })
        };
        let into = self.parent()?;
        let children: Vec<String> = merge.iter().map(|(_, one)| batch.project().label(one.id)).collect();
        let merged = if children.is_empty() {
            only_fed(batch, &into)?
        } else {
            merge::unite(batch, &children, &into, &reason(Decision::Merge)?)?
        };
        let mut net = Net::of(batch.project());
        for (_, lender) in feeds {
            net.lay(batch, relate::bare(lender.id, LinkKind::Feeds, merged.id, Some(&reason(Decision::Feeds)?)))?;
        }
        Ok(Some(merged))
    }

    /// The consolidated statement: one that is there, or a new sentence, said once or alike.
    fn parent(&self) -> Result<Into> {
        let mut said: Vec<Into> = Vec::new();
        for (row, _) in &self.members {
            let text = |text: &Option<String>| {
                text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
            };
            let (into, sentence) = (text(&row.into), text(&row.sentence));
            let same = |one: &Into, other: &Into| match (one, other) {
                (Into::Existing(one), Into::Existing(other)) => one.eq_ignore_ascii_case(other),
                (Into::New(one), Into::New(other)) => one.statement == other.statement,
                _ => false,
            };
            let new = |statement: String| {
                Into::New(Box::new(Entry { statement: Some(statement), parts: self.parts(), ..Entry::default() }))
            };
            for one in into.map(Into::Existing).into_iter().chain(sentence.map(new)) {
                if !said.iter().any(|other| same(other, &one)) {
                    said.push(one);
                }
            }
        }
        let named = said.len();
        match (said.pop(), named) {
            (Some(one), 1) => Ok(one),
            (None, _) => Err(fault(
                "no-sentence",
                format!("the statements of {} become one without a sentence", self.proposal),
            )
            .hint("write its sentence into the column 'new_sentence', or the label of one that is there into 'into'")),
            _ => Err(fault("two-parents", format!("{} names more than one consolidated statement", self.proposal))
                .hint("fill in 'into' or 'new_sentence', and once")),
        }
    }
}

impl Pile<'_> {
    /// Parts of a new consolidated statement: what the rows say; else what all that are merged say alike.
    fn parts(&self) -> Vec<(PartKind, String)> {
        let mut said: Vec<(PartKind, String)> = Vec::new();
        for part in self.members.iter().flat_map(|(row, _)| &row.parts) {
            if !said.contains(part) {
                said.push(part.clone());
            }
        }
        if !said.is_empty() {
            return said;
        }
        let merged: Vec<&Hypothesis> = self.decided(Decision::Merge).into_iter().map(|(_, one)| one).collect();
        let Some((first, others)) = merged.split_first() else { return said };
        let says = |one: &Hypothesis, part: &Part| {
            one.parts.iter().any(|other| other.kind == part.kind && wording(&other.text) == wording(&part.text))
        };
        let alike = first.parts.iter().filter(|part| others.iter().all(|other| says(other, part)));
        alike.map(|part| (part.kind, part.text.clone())).collect()
    }
}

fn record(
    batch: &mut Batch<'_>,
    verdict: Verdict,
    relation: Relation,
    members: &[&(&Row, Hypothesis)],
    reason: Option<&str>,
) {
    let mut members: Vec<Member> = members.iter().map(|(_, one)| Member::of(one)).collect();
    members.sort_by_key(|member| member.statement);
    let held = batch.project().state().all::<Grouping>();
    if held.iter().any(|one| one.verdict == verdict && one.members == members) {
        return;
    }
    let fields = Batch::fields(json!({
        "verdict": verdict, "relation": relation, "members": members, "reason": reason, "author": batch.coder(),
    }));
    batch.create(Kind::Grouping, &fields);
}

fn is_among(members: &[&(&Row, Hypothesis)], id: Id) -> bool {
    members.iter().any(|(_, one)| one.id == id)
}

/// A consolidated statement into which nothing is merged: it is only fed.
fn only_fed(batch: &mut Batch<'_>, into: &Into) -> Result<Merged> {
    let (id, parent, is_new) = match into {
        Into::Existing(typed) => {
            let id = resolve::find(batch.project(), Kind::Hypothesis, typed)?;
            (id, batch.project().label(id), false)
        }
        Into::New(entry) => {
            let made = hypothesis::create(batch, &mut None, entry)?;
            (made.statement.id, made.label, true)
        }
    };
    Ok(Merged { id, parent, is_new, children: Vec::new(), links: Vec::new(), loose: Vec::new() })
}
