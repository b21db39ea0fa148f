//! Ties: which component would meet a need, how it stands to a driver, and which statements explain that.

use super::{find, policy};
use crate::act::resolve;
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::need::{Need, Policy, Position, Stance, Tie};
use crate::project::{Batch, Done, Project};
use crate::theory::Component;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// One tie as a person says it. What further wishes say of the same two in one act adds to it.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// A need or a driver: label, id, or what it says.
    pub of: String,
    /// Label or name.
    pub component: String,
    /// Of a driver; a tie that is there keeps its own where nothing is said.
    pub stance: Option<Stance>,
    /// Labels of statements that explain how.
    pub because: Vec<String>,
    /// Statements that are no longer to.
    pub without: Vec<String>,
    /// How, in this context; an empty text empties it.
    pub how: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Tied {
    pub of: String,
    pub component: String,
    pub stance: Option<Stance>,
    /// Labels of all statements named with it now.
    pub because: Vec<String>,
    /// Those among them that are statements of another component, or of none.
    pub of_other_components: Vec<String>,
}

/// Ties of one thing, by component.
type Held = BTreeMap<Id, (Option<Stance>, Tie)>;

/// What is tied to components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Need,
    Policy,
}

impl Of {
    fn kind(self) -> Kind {
        match self {
            Of::Need => Kind::Need,
            Of::Policy => Kind::Policy,
        }
    }

    /// The word of its command.
    fn verb(self) -> &'static str {
        match self {
            Of::Need => "need",
            Of::Policy => "policy",
        }
    }

    /// The field of a tie to a component.
    fn field(self, component: Id) -> String {
        match self {
            Of::Need => format!("met_by:{component}"),
            Of::Policy => format!("stance:{component}"),
        }
    }

    fn find(self, project: &Project, typed: &str) -> Result<Id> {
        match self {
            Of::Need => find(project, typed),
            Of::Policy => policy::find(project, typed),
        }
    }

    /// Whether it is retired, and its ties.
    fn read(self, project: &Project, id: Id) -> Result<(bool, Held)> {
        Ok(match self {
            Of::Need => {
                let need: Need = resolve::read(project, id)?;
                (need.retired, need.met_by.into_iter().map(|(to, tie)| (to, (None, tie))).collect())
            }
            Of::Policy => {
                let policy: Policy = resolve::read(project, id)?;
                let stances = policy.stances.into_iter();
                (policy.retired, stances.map(|(to, one)| (to, (Some(one.stance), one.tie))).collect())
            }
        })
    }
}

/// Says which components would meet needs: all of it, or nothing.
///
/// Faults: `retired`, `no-such-reason`, and those of finding things.
pub fn meet(project: &mut Project, wishes: &[Wish], rows: &[usize]) -> Result<Done<Vec<Tied>>> {
    tie_all(project, Of::Need, wishes, rows)
}

/// Says how components stand to drivers: all of it, or nothing. Faults: those of [`meet`], `no-stance`.
pub fn position(project: &mut Project, wishes: &[Wish], rows: &[usize]) -> Result<Done<Vec<Tied>>> {
    tie_all(project, Of::Policy, wishes, rows)
}

fn tie_all(project: &mut Project, of: Of, wishes: &[Wish], rows: &[usize]) -> Result<Done<Vec<Tied>>> {
    project.write(&format!("{} link", of.verb()), true, |batch| {
        let mut so_far = BTreeMap::new();
        let mut tied = Vec::with_capacity(wishes.len());
        for (wish, row) in wishes.iter().zip(rows) {
            let one = tie(batch, of, wish, &mut so_far);
            tied.push(one.map_err(|fault| fault.in_row_of(*row, wishes.len()))?);
        }
        Ok(tied)
    })
}

/// Ties as this act has left them so far, by both ends.
type SoFar = BTreeMap<(Id, Id), (Option<Stance>, Tie)>;

fn tie(batch: &mut Batch<'_>, of: Of, wish: &Wish, so_far: &mut SoFar) -> Result<Tied> {
    let project = batch.project();
    let (id, component) = ends(project, of, wish)?;
    let (retired, mut ties) = of.read(project, id)?;
    refuse_retired(project, of, id, retired, component)?;
    let before = so_far.remove(&(id, component)).or_else(|| ties.remove(&component));
    let stance = wish.stance.or(before.as_ref().and_then(|(stance, _)| *stance));
    if of == Of::Policy && stance.is_none() {
        return Err(fault("no-stance", "how does the component stand to what the driver requires?")
            .hint("add aligned_with or conflicts_with"));
    }
    let held = before.as_ref().map(|(_, tie)| tie);
    let named = held.map(|tie| tie.because.clone()).unwrap_or_default();
    let because = statements(project, &wish.because)?;
    let without = statements(project, &wish.without)?;
    if let Some(strange) = without.difference(&named).next() {
        return Err(never_named(project, *strange));
    }
    let field = |statement: &Id| format!("because:{component}:{statement}");
    let mut fields: Fields = because.difference(&named).map(|statement| (field(statement), json!(true))).collect();
    fields.extend(without.iter().map(|statement| (field(statement), Json::Null)));
    let how = match wish.how.as_deref().map(str::trim) {
        Some(how) => Some(how.to_owned()).filter(|how| !how.is_empty()),
        None => held.and_then(|tie| tie.how.clone()),
    };
    let unchanged = before.as_ref().filter(|(former, tie)| *former == stance && tie.how == how);
    let by = unchanged.map_or_else(|| batch.coder().to_owned(), |(_, tie)| tie.by.clone());
    let is_new = unchanged.is_none();
    let because = named.union(&because).filter(|id| !without.contains(*id)).copied().collect();
    let tie = Tie { how, by, because };
    if is_new {
        let value = match stance {
            Some(stance) => json!(Position { stance, tie: tie.clone() }),
            None => json!(tie),
        };
        fields.insert(of.field(component), value);
    }
    let answer = told(project, id, component, stance, &tie);
    batch.set(of.kind(), id, &fields);
    so_far.insert((id, component), (stance, tie));
    Ok(answer)
}

fn ends(project: &Project, of: Of, wish: &Wish) -> Result<(Id, Id)> {
    Ok((of.find(project, &wish.of)?, resolve::component(project, &wish.component)?))
}

fn statements(project: &Project, typed: &[String]) -> Result<BTreeSet<Id>> {
    typed.iter().map(|typed| resolve::find(project, Kind::Hypothesis, typed)).collect()
}

/// A tie to what is left out everywhere would be seen by nobody.
fn refuse_retired(project: &Project, of: Of, id: Id, is_retired: bool, component: Id) -> Result<()> {
    if is_retired {
        let label = project.label(id);
        return Err(fault("retired", format!("{label} is retired"))
            .hint(format!("take it up again first: realist {} retire {label} --back", of.verb())));
    }
    if resolve::read::<Component>(project, component)?.retired {
        return Err(fault("retired", format!("the component {} is retired", project.label(component)))
            .hint("name one in use: realist component list"));
    }
    Ok(())
}

fn never_named(project: &Project, statement: Id) -> Fault {
    fault("no-such-reason", format!("{} was never said to explain this tie", project.label(statement)))
        .hint("the ties with their statements: realist need show, realist policy show")
}

fn told(project: &Project, of: Id, component: Id, stance: Option<Stance>, tie: &Tie) -> Tied {
    let is_of_other = |id: &&Id| {
        let statement = project.state().get::<Hypothesis>(**id);
        statement.is_some_and(|one| one.component != Some(component))
    };
    let labels = |ids: Vec<&Id>| ids.into_iter().map(|id| project.label(*id)).collect::<Vec<_>>();
    Tied {
        of: project.label(of),
        component: project.label(component),
        stance,
        because: labels(tie.because.iter().collect()),
        of_other_components: labels(tie.because.iter().filter(is_of_other).collect()),
    }
}

/// Takes a tie away, with what was said to explain it; gives the labels of both ends. Fault `not-tied`.
pub fn unmeet(project: &mut Project, need: &str, component: &str) -> Result<Done<(String, String)>> {
    untie(project, Of::Need, need, component)
}

/// The same of a driver.
pub fn leave(project: &mut Project, driver: &str, component: &str) -> Result<Done<(String, String)>> {
    untie(project, Of::Policy, driver, component)
}

fn untie(project: &mut Project, of: Of, typed: &str, component: &str) -> Result<Done<(String, String)>> {
    project.write(&format!("{} unlink", of.verb()), true, |batch| {
        let project = batch.project();
        let (id, component) = (of.find(project, typed)?, resolve::component(project, component)?);
        let labels = (project.label(id), project.label(component));
        let (_, held) = of.read(project, id)?;
        let Some((_, tie)) = held.get(&component) else {
            return Err(fault("not-tied", format!("{} and {} are not tied", labels.0, labels.1)).hint(format!(
                "what is tied: realist {} show {}",
                of.verb(),
                labels.0
            )));
        };
        let mut fields = Fields::from_iter([(of.field(component), Json::Null)]);
        let named = tie.because.iter().map(|statement| (format!("because:{component}:{statement}"), Json::Null));
        fields.extend(named);
        batch.set(of.kind(), id, &fields);
        Ok(labels)
    })
}
