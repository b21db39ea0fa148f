//! Where people move from a step, and what makes one move.

use super::Held;
use super::entry::{refuse_stranger, yes_or_no};
use crate::act::resolve;
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::pathway::{Exit, Move, Step, Way, id_of};
use crate::project::{Batch, Done, Project};
use crate::text::words::on_one_line;
use serde_json::{Value as Json, json};

/// A move that was set, in words: label of the step, and where it leads.
#[derive(Debug, Clone)]
pub struct Moved {
    pub step: String,
    /// Label of a step, or the place.
    pub to: String,
}

/// Sets a move from a step: up or down to a step of the same pathway, or out to a place in words. Setting it again says
/// anew what makes one move. Of a place somebody may say whether it is in primary care.
///
/// Faults: `no-place-of-its-own` (a step says that of itself), `not-yes-or-no`, `not-above`, `not-below`, `same-step`, `other-pathway`, `no-place`, and those of finding steps.
pub fn set(
    project: &mut Project,
    typed: &str,
    way: Way,
    to: &str,
    when: Option<&str>,
    in_primary_care: Option<&str>,
) -> Result<Done<Moved>> {
    project.write("step move", true, |batch| {
        let id = resolve::step(batch.project(), typed)?;
        let step: Step = resolve::read(batch.project(), id)?;
        let when = when.map(str::trim).filter(|when| !when.is_empty()).map(str::to_owned);
        let (field, value, to) = match way {
            Way::Out => {
                let held = step.out.get(&id_of(to)).and_then(|exit| exit.in_primary_care);
                out(to, when, in_primary_care.map_or(Ok(held), yes_or_no)?)?
            }
            _ if in_primary_care.is_some() => {
                return Err(fault(
                    "no-place-of-its-own",
                    format!("a move {way} leads to a step, which says that of itself"),
                )
                .hint(format!("realist step edit {to} --in-primary-care yes")));
            }
            Way::Up | Way::Down => {
                let other = resolve::step(batch.project(), to)?;
                refuse_stranger(batch.project(), &Held::of(batch.project(), step.model), Some(&step), other)?;
                let other: Step = resolve::read(batch.project(), other)?;
                let labels = (batch.project().label(id), batch.project().label(other.id));
                refuse_turned(way, (&labels.0, step.rank), (&labels.1, other.rank))?;
                (format!("{way}:{}", other.id), json!(Move { when }), labels.1)
            }
        };
        Ok(apply(batch, id, field, value, to))
    })
}

/// Takes a move away. Fault `no-such-move`, and those of finding steps.
pub fn lift(project: &mut Project, typed: &str, way: Way, to: &str) -> Result<Done<Moved>> {
    project.write("step move", true, |batch| {
        let id = resolve::step(batch.project(), typed)?;
        let step: Step = resolve::read(batch.project(), id)?;
        let other = if way == Way::Out { id_of(to) } else { resolve::step(batch.project(), to)? };
        let held = match way {
            Way::Up => step.up.contains_key(&other),
            Way::Down => step.down.contains_key(&other),
            Way::Out => step.out.contains_key(&other),
        };
        if !held {
            let label = batch.project().label(id);
            return Err(fault("no-such-move", format!("nobody moves {way} from {label} to '{}'", to.trim()))
                .hint(format!("its moves: realist step show {label}")));
        }
        let to = if way == Way::Out { on_one_line(to) } else { batch.project().label(other) };
        Ok(apply(batch, id, format!("{way}:{other}"), Json::Null, to))
    })
}

fn apply(batch: &mut Batch<'_>, id: Id, field: String, value: Json, to: String) -> Moved {
    let now = batch.project().state().entity(id).map(|entity| entity.fields()).unwrap_or_default();
    if now.get(&field).unwrap_or(&Json::Null) != &value {
        batch.set(Kind::Step, id, &Fields::from_iter([(field, value)]));
    }
    Moved { step: batch.project().label(id), to }
}

/// The field of a move out, its value, and the place. Fault `no-place`.
pub(super) fn out(place: &str, when: Option<String>, in_primary_care: Option<bool>) -> Result<(String, Json, String)> {
    let place = on_one_line(place);
    if place.is_empty() {
        return Err(
            fault("no-place", "out to where?").hint("realist step move Z1.gj out \"primary care\" --when \"...\"")
        );
    }
    Ok((format!("out:{}", id_of(&place)), json!(Exit { place: place.clone(), when, in_primary_care }), place))
}

/// A move up does not lead to a lower rank, nor one down to a higher. Faults: `not-above`, `not-below`.
pub(super) fn refuse_turned(way: Way, from: (&str, u32), to: (&str, u32)) -> Result<()> {
    let refused = |code, where_to| -> Fault {
        fault(code, format!("{} has rank {}, which is not {where_to} {} with rank {}", to.0, to.1, from.0, from.1))
    };
    match way {
        Way::Up if to.1 < from.1 => Err(refused("not-above", "above").hint("a move to a lower step is one down")),
        Way::Down if to.1 > from.1 => Err(refused("not-below", "below").hint("a move to a higher step is one up")),
        _ => Ok(()),
    }
}
