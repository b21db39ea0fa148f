//! Links between statements: making and removing them, and the one door through which every other act
//! makes one, so that no link is written that breaks a rule.

pub mod carry;

use super::{parts, resolve};
use crate::diagnostic::{Fault, Result, fault};
use crate::hypothesis::{Editorial, Hypothesis, PartKind};
use crate::id::{Id, Kind};
use crate::link::rules::{self, Broken};
use crate::link::{Entry, Link, LinkKind, written_in};
use crate::project::{Batch, Done, Project};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A link as a person asks for it.
#[derive(Debug, Clone)]
pub struct Wish {
    /// `H3.gj`, or `H3.gj:o1` for one part.
    pub from: String,
    pub kind: LinkKind,
    /// Likewise; of `informed_by` a substantive theory.
    pub to: String,
    pub enters_as: Option<Entry>,
    pub reason: Option<String>,
}

/// Makes links: all of them, or none. Answers their labels.
pub fn add(project: &mut Project, wishes: &[Wish]) -> Result<Done<Vec<String>>> {
    project.write("link add", true, |batch| {
        let mut net = Net::of(batch.project());
        wishes.iter().map(|wish| net.wish(batch, wish)).collect()
    })
}

/// Takes links away, with the reason. One that a merge made goes with the merge only.
pub fn remove(project: &mut Project, links: &[String], reason: &str) -> Result<Done<Vec<String>>> {
    project.write("link remove", true, |batch| {
        let mut labels = Vec::new();
        for typed in links {
            let id = resolve::find(batch.project(), Kind::Link, typed)?;
            let held: Link = resolve::read(batch.project(), id)?;
            let label = batch.project().label(id);
            if held.kind == LinkKind::MergedInto {
                return Err(fault("merge-stands", format!("{label} says what a merge did"))
                    .hint("take the merge back: realist undo OPERATION (see `realist log`)"));
            }
            batch.remove(Kind::Link, id, reason);
            labels.push(label);
        }
        Ok(labels)
    })
}

/// Takes away a link that first versions wrote into the statement itself.
pub fn clear(project: &mut Project, from: &str, kind: LinkKind, to: &str) -> Result<Done<String>> {
    project.write("link remove", true, |batch| {
        let project = batch.project();
        let held: Hypothesis = resolve::read(project, resolve::find(project, Kind::Hypothesis, from)?)?;
        let to = resolve::find(project, Kind::Hypothesis, to)?;
        let label = project.label(held.id);
        let Some(link) = written_in(&held).into_iter().find(|link| link.kind == kind && link.to == to) else {
            return Err(fault("no-link", format!("{label} itself says nothing of {kind} {}", project.label(to)))
                .hint("a link with a label goes by it: realist link remove L1.gj"));
        };
        let left: Vec<Id> = held.leads_to.iter().copied().filter(|other| *other != link.to).collect();
        let fields = match kind {
            LinkKind::LeadsTo => [("leads_to".to_owned(), json!(left))],
            _ => [("rival_of".to_owned(), Value::Null)],
        };
        batch.set(Kind::Hypothesis, held.id, &fields.into_iter().collect());
        Ok(label)
    })
}

/// All links and statements, those of the batch included: what the rules look at.
pub(super) struct Net {
    links: Vec<Link>,
    statements: BTreeMap<Id, Hypothesis>,
}

impl Net {
    pub fn of(project: &Project) -> Self {
        let statements = project.state().all::<Hypothesis>();
        let mut links = project.state().all::<Link>();
        links.extend(statements.iter().flat_map(written_in));
        Net { links, statements: statements.into_iter().map(|one| (one.id, one)).collect() }
    }

    /// Takes up a statement that the batch makes.
    pub fn take_up(&mut self, statement: Hypothesis) {
        self.statements.insert(statement.id, statement);
    }

    /// Makes a link as typed. Answers its label.
    pub fn wish(&mut self, batch: &mut Batch<'_>, wish: &Wish) -> Result<String> {
        let (from, from_part) = self.end(batch.project(), &wish.from)?;
        let (to, to_part) = match wish.kind {
            LinkKind::InformedBy => (resolve::substantive_theory(batch.project(), &wish.to)?, None),
            _ => self.end(batch.project(), &wish.to)?,
        };
        if wish.kind == LinkKind::MergedInto {
            return Err(fault("merge-instead", "a merge is an act of its own")
                .hint("realist hypothesis merge H3.gj --into H9.gj --why \"...\""));
        }
        let mut link = bare(from, wish.kind, to, wish.reason.as_deref());
        (link.from_part, link.to_part, link.enters_as) = (from_part, to_part, wish.enters_as);
        self.lay(batch, link)
    }

    /// Forgets a link that the batch takes away.
    fn forget(&mut self, id: Id) {
        self.links.retain(|link| link.id != id);
    }

    fn end(&self, project: &Project, typed: &str) -> Result<(Id, Option<String>)> {
        let (label, key) = typed.split_once(':').map_or((typed, None), |(label, key)| (label, Some(key)));
        let id = resolve::find(project, Kind::Hypothesis, label)?;
        let statement = self.statements.get(&id);
        let key =
            key.zip(statement).map(|(key, held)| parts::part(held, key).map(|part| part.key.clone())).transpose()?;
        Ok((id, key))
    }

    /// Makes a link that breaks no rule. Answers its label.
    ///
    /// Faults: `merged`, `link-exists`, `no-outcome`, `which-outcome`, `wrong-entry`, `circle`, `to-itself`,
    /// `merged-twice`, `rivals`.
    pub fn lay(&mut self, batch: &mut Batch<'_>, mut link: Link) -> Result<String> {
        let project = batch.project();
        for end in [link.from, link.to] {
            if let Some(held) = self.statements.get(&end) {
                refuse_merged(project, held, &self.links)?;
            }
        }
        self.settle_chain(project, &mut link)?;
        if let Some(twin) = self.links.iter().find(|other| other.says_the_same_as(&link)) {
            return Err(fault("link-exists", format!("{} says so already", name(project, twin))));
        }
        if let Some(broken) = rules::breaks(&self.links, &link) {
            return Err(refusal(project, &broken));
        }
        batch.coder().clone_into(&mut link.author);
        let fields = Batch::fields(json!(link));
        let (id, label) = batch.create(Kind::Link, &fields);
        self.links.push(Link { id, ..link });
        Ok(label.to_string())
    }

    /// A chain starts at an outcome, the only one unless it is named, and enters as what its end is.
    fn settle_chain(&self, project: &Project, link: &mut Link) -> Result<()> {
        if link.kind != LinkKind::LeadsTo {
            return match link.enters_as {
                None => Ok(()),
                Some(_) => Err(fault("wrong-entry", "only what leads to a statement enters it as something")
                    .hint("leave --as out, or use leads_to")),
            };
        }
        let (Some(from), Some(to)) = (self.statements.get(&link.from), self.statements.get(&link.to)) else {
            return Ok(());
        };
        let label = project.label(link.from);
        match &link.from_part {
            Some(key) => {
                if from.parts.iter().any(|part| part.key == *key && part.kind != PartKind::Outcome) {
                    return Err(fault("no-outcome", format!("a chain starts at an outcome; {key} of {label} is none"))
                        .hint("name an outcome, such as H3.gj:o1"));
                }
            }
            None => {
                let outcomes: Vec<&str> = from.parts_of(PartKind::Outcome).map(|part| part.key.as_str()).collect();
                link.from_part = Some(match outcomes.as_slice() {
                    [one] => (*one).to_owned(),
                    [] => {
                        return Err(fault(
                            "no-outcome",
                            format!("a chain starts at an outcome, and {label} has none yet"),
                        )
                        .hint(format!("realist hypothesis edit {label} --outcome \"...\"")));
                    }
                    many => {
                        return Err(fault("which-outcome", format!("which outcome of {label}? {}", many.join(", ")))
                            .hint(format!("name it: {label}:{}", many[0])));
                    }
                });
            }
        }
        settle_entry(to, link)
    }
}

fn settle_entry(to: &Hypothesis, link: &mut Link) -> Result<()> {
    let kind = |entry: Entry| match entry {
        Entry::Context => PartKind::Context,
        Entry::Resource => PartKind::Resource,
    };
    let Some(key) = &link.to_part else {
        if let Some(entry) = link.enters_as {
            let fits: Vec<&str> = to.parts_of(kind(entry)).map(|part| part.key.as_str()).collect();
            link.to_part = if let [one] = fits.as_slice() { Some((*one).to_owned()) } else { None };
        }
        return Ok(());
    };
    let found = to.parts.iter().find(|part| part.key == *key).map(|part| part.kind);
    let is = Entry::ALL.iter().copied().find(|entry| Some(kind(*entry)) == found);
    match (is, link.enters_as) {
        (Some(is), None) => link.enters_as = Some(is),
        (Some(is), Some(wanted)) if is == wanted => {}
        _ => {
            return Err(fault(
                "wrong-entry",
                format!("an outcome enters as a context or a resource; {key} is not that"),
            )
            .hint("name a context or a resource of the statement, or leave the part out"));
        }
    }
    Ok(())
}

/// A link of which nothing more is said.
pub(super) fn bare(from: Id, kind: LinkKind, to: Id, reason: Option<&str>) -> Link {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    let author = String::new();
    Link { id: from, from, from_part: None, to, to_part: None, kind, enters_as: None, reason, author }
}

/// A merged statement is never edited again: its parent speaks for it.
pub(super) fn refuse_merged(project: &Project, held: &Hypothesis, links: &[Link]) -> Result<()> {
    if held.status != Editorial::Merged {
        return Ok(());
    }
    let label = project.label(held.id);
    let parents = links.iter().filter(|link| link.kind == LinkKind::MergedInto && link.from == held.id);
    let parents: Vec<String> = parents.map(|link| project.label(link.to)).collect();
    let refused = fault("merged", format!("{label} was merged and stands as it was"));
    Err(match parents.as_slice() {
        [] => refused.hint("take the merge back: realist undo OPERATION (see `realist log`)"),
        [parent] => refused.hint(format!("{parent} speaks for it: use {parent} instead")),
        many => refused
            .hint(format!("two sites merged it, into {}: realist check says how to settle that", many.join(" and "))),
    })
}

fn name(project: &Project, link: &Link) -> String {
    match project.state().label_of(link.id) {
        Some(label) => label.to_string(),
        None => format!("{} {} {}", project.label(link.from), link.kind.phrase(), project.label(link.to)),
    }
}

fn refusal(project: &Project, broken: &Broken) -> Fault {
    let label = |id: &Id| project.label(*id);
    match broken {
        Broken::ToItself(kind, id) => fault("to-itself", format!("{} cannot be linked to itself by {kind}", label(id)))
            .hint("name another statement"),
        Broken::Circle(kind, circle) => {
            let way: Vec<String> = circle.iter().chain(circle.first()).map(label).collect();
            fault("circle", format!("{kind} would run in a circle: {}", way.join(" → ")))
                .hint("remove one of the links that are there (realist link list), or turn this one round")
        }
        Broken::MergedTwice(child, parents) => {
            let parents: Vec<String> = parents.iter().map(label).collect();
            fault("merged-twice", format!("{} would be merged into {}", label(child), parents.join(" and ")))
                .hint("to lend evidence to several, let it feed them: realist link add H3.gj feeds H9.gj")
        }
        Broken::RivalsMerged(one, other) => {
            fault("rivals", format!("{} and {} are rivals: they cannot be one statement", label(one), label(other)))
                .hint("settle first which holds, or take the rivalry away: realist link list, realist link remove")
        }
        Broken::RivalFed(lender, to) => {
            let (lender, to) = (label(lender), label(to));
            fault("rivals", format!("{lender} and {to} are rivals: the one cannot lend its evidence to the other"))
                .hint(format!("what a passage says against {to} is a link of its own: realist evidence add {to} D1.gj/2 --stance refutes"))
                .hint("or settle first which holds, or take the rivalry away: realist link list, realist link remove")
        }
        Broken::NotFromOutcome(id) => fault("no-outcome", format!("{} does not start at an outcome", label(id)))
            .hint("name an outcome, such as H3.gj:o1"),
    }
}

#[cfg(test)]
mod tests;
