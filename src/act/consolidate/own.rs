//! The team's own groups, sorted from cards at a table.

use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::grouping::{Grouping, Member, Verdict};
use crate::hypothesis::Hypothesis;
use crate::id::Kind;
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use serde_json::json;
use std::collections::BTreeMap;

/// A card: which statement lies in which group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub statement: String,
    pub group: String,
}

/// A group as it was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    pub id: String,
    pub name: String,
    pub members: usize,
    /// It was there before, with these members.
    pub unchanged: bool,
}

/// Takes in all groups of a sorting as one act. A group of the same name is put in the place of the former;
/// reading one file twice changes nothing. Faults: `no-groups`, `card-twice`.
pub fn enter(project: &mut Project, cards: &[Card]) -> Result<Done<Vec<Entered>>> {
    project.write("theory consolidate --groups", true, |batch| {
        let mut piles: BTreeMap<String, (String, Vec<Member>)> = BTreeMap::new();
        let mut seen = BTreeMap::new();
        for card in cards.iter().filter(|card| !card.group.trim().is_empty()) {
            let id = resolve::find(batch.project(), Kind::Hypothesis, &card.statement)?;
            let statement: Hypothesis = resolve::read(batch.project(), id)?;
            let name = card.group.trim();
            if let Some(other) = seen.insert(id, name.to_owned()).filter(|other| fold(other) != fold(name)) {
                let label = batch.project().label(id);
                return Err(fault("card-twice", format!("{label} lies in '{other}' and in '{name}'"))
                    .hint("a card lies in one group; what belongs to two can feed both once they are consolidated"));
            }
            let pile = piles.entry(fold(name)).or_insert_with(|| (name.to_owned(), Vec::new()));
            if !pile.1.iter().any(|member| member.statement == id) {
                pile.1.push(Member::of(&statement));
            }
        }
        if piles.is_empty() {
            return Err(fault("no-groups", "no card names a group")
                .hint("write the name of its group beside each statement, in the column 'group'"));
        }
        let held = batch.project().state().all::<Grouping>();
        let informed = informed(batch.project(), &held);
        Ok(piles.into_values().map(|(name, members)| entered(batch, &held, informed, name, members)).collect())
    })
}

/// Proposals were shown before, as far as the project knows; it only knows where the team sorts by hand first.
fn informed(project: &Project, held: &[Grouping]) -> Option<bool> {
    let looked = held.iter().any(|one| one.verdict == Verdict::Looked);
    let after_own = held.iter().any(|one| one.verdict == Verdict::Sorted && one.informed == Some(false));
    match (looked, project.settings().consolidation.by_hand_first) {
        (true, _) => Some(true),
        (false, true) if !after_own => Some(false),
        _ => None,
    }
}

fn entered(
    batch: &mut Batch<'_>,
    held: &[Grouping],
    informed: Option<bool>,
    name: String,
    mut members: Vec<Member>,
) -> Entered {
    members.sort_by_key(|member| member.statement);
    let number = members.len();
    let same_name = |one: &&Grouping| one.name.as_deref().is_some_and(|held| fold(held) == fold(&name));
    let twin = held.iter().filter(|one| one.verdict == Verdict::Sorted).find(same_name);
    if let Some(twin) = twin {
        let (id, unchanged) = (batch.project().label(twin.id), twin.members == members);
        if !unchanged {
            batch.set(Kind::Grouping, twin.id, &Batch::fields(json!({ "members": members, "informed": informed })));
        }
        return Entered { id, name, members: number, unchanged };
    }
    let fields = Batch::fields(json!({
        "verdict": Verdict::Sorted, "name": name, "members": members, "informed": informed, "author": batch.coder(),
    }));
    let (_, label) = batch.create(Kind::Grouping, &fields);
    Entered { id: label.to_string(), name, members: number, unchanged: false }
}
