//! What the two people do with statements: write, reword, merge, refine, split, link and move.

use super::moves::{Move, World, undoable};
use crate::act::hypothesis::{self, Entry};
use crate::act::life::{merge, split, status};
use crate::act::relate::{self, Wish, carry};
use crate::diagnostic::Result;
use crate::hypothesis::{Editorial, Hypothesis, PartKind};
use crate::link::LinkKind;
use crate::project::{Depth, Project};

pub(super) const MOVES: &[Move] = &[
    undoable(6, "write a statement", write),
    undoable(6, "merge statements", merge_two),
    undoable(4, "refine", refine),
    undoable(3, "split a statement", split_one),
    undoable(7, "relate", relate_two),
    undoable(4, "move links", move_waiting),
    undoable(4, "editorial step", step),
];

/// A statement that stands, by lot.
fn one(world: &mut World, project: &Project) -> Option<String> {
    let mut living: Vec<Hypothesis> =
        project.state().all::<Hypothesis>().into_iter().filter(|one| one.status.is_living()).collect();
    living.sort_by_key(|one| one.id);
    if living.is_empty() {
        return None;
    }
    let drawn = usize::try_from(world.draw(living.len() as u64)).unwrap();
    Some(project.label(living[drawn].id))
}

fn sentence(world: &mut World) -> Entry {
    let (cause, effect) = (world.draw(4), world.draw(4));
    let parts = vec![(PartKind::Context, format!("state {cause}")), (PartKind::Outcome, format!("state {effect}"))];
    Entry { statement: Some(format!("If {cause}, then {effect}")), parts, ..Entry::default() }
}

fn write(world: &mut World, project: &mut Project) -> Result<()> {
    let entry = sentence(world);
    hypothesis::add(project, &entry).map(drop)
}

fn merge_two(world: &mut World, project: &mut Project) -> Result<()> {
    let (Some(first), Some(second)) = (one(world, project), one(world, project)) else { return Ok(()) };
    if world.draw(2) == 0 {
        let into = merge::Into::New(Box::new(sentence(world)));
        return merge::merge(project, &[first, second], &into, "alike").map(drop);
    }
    merge::merge(project, &[first], &merge::Into::Existing(second), "alike").map(drop)
}

fn refine(world: &mut World, project: &mut Project) -> Result<()> {
    let Some(former) = one(world, project) else { return Ok(()) };
    let entry = sentence(world);
    let beside = world.draw(3) == 0;
    split::refine(project, &former, &entry, beside, "closer").map(drop)
}

fn split_one(world: &mut World, project: &mut Project) -> Result<()> {
    let Some(former) = one(world, project) else { return Ok(()) };
    let sentences = ["One claim".to_owned(), "Another claim".to_owned()];
    let keep_parts = world.draw(2) == 0;
    split::split(project, &former, &sentences, keep_parts, "two claims").map(drop)
}

fn relate_two(world: &mut World, project: &mut Project) -> Result<()> {
    let (Some(from), Some(to)) = (one(world, project), one(world, project)) else { return Ok(()) };
    let kinds = [LinkKind::LeadsTo, LinkKind::RivalOf, LinkKind::Feeds, LinkKind::Refines];
    let kind = kinds[usize::try_from(world.draw(4)).unwrap()];
    relate::add(project, &[Wish { from, kind, to, enters_as: None, reason: None }]).map(drop)
}

fn move_waiting(_: &mut World, project: &mut Project) -> Result<()> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let waiting: Vec<String> =
        synthesis.all_waiting().into_iter().take(1).map(|(link, _)| project.label(link.id)).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    carry::shift(project, &waiting, &carry::Ends::default(), None).map(drop)
}

fn step(world: &mut World, project: &mut Project) -> Result<()> {
    let Some(label) = one(world, project) else { return Ok(()) };
    let to = [Editorial::Screened, Editorial::Active, Editorial::Rejected][usize::try_from(world.draw(3)).unwrap()];
    status::set(project, &[label], to, "by lot").map(drop)
}
