//! Ties: which component would meet a need, how it stands to a driver, and which statements explain that.

use super::{find, policy};
use crate::act::resolve::{self, ByName};
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::{Id, Kind};
use crate::need::{Need, Policy, Position, Stance, Tie};
use crate::project::{Batch, Depth, Done, Project};
use crate::synthesis::Bearings;
use crate::theory::Component;
use serde_json::{Value as Json, json};
use std::collections::btree_map::Entry;
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
    /// Those among them that are drafts which no evidence is linked to.
    pub bare_drafts: Vec<String>,
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

    /// What its things are called by.
    fn names(self, project: &Project) -> ByName {
        let state = project.state();
        match self {
            Of::Need => ByName::of(Kind::Need, state.all::<Need>().into_iter().map(|one| (one.id, one.statement))),
            Of::Policy => ByName::of(Kind::Policy, state.all::<Policy>().into_iter().map(|one| (one.id, one.name))),
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
        let mut ground = Ground::of(batch.project(), of);
        let mut tied = Vec::with_capacity(wishes.len());
        for (wish, row) in wishes.iter().zip(rows) {
            let one = tie(batch, wish, &mut ground);
            tied.push(one.map_err(|fault| fault.in_row_of(*row, wishes.len()))?);
        }
        point_out_bare_drafts(batch.project(), &mut tied)?;
        Ok(tied)
    })
}

/// A draft without evidence explains as little as it did before it was named.
fn point_out_bare_drafts(project: &Project, tied: &mut [Tied]) -> Result<()> {
    let named: BTreeSet<&String> = tied.iter().flat_map(|one| &one.because).collect();
    let draft = |label: &&String| {
        let id = resolve::find(project, Kind::Hypothesis, label).ok()?;
        let held = project.state().get::<Hypothesis>(id)?;
        (held.status == Editorial::Draft).then(|| ((*label).clone(), id))
    };
    let drafts: Vec<(String, Id)> = named.iter().filter_map(draft).collect();
    if drafts.is_empty() {
        return Ok(());
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    let bearings = Bearings::of(&synthesis);
    let bare: BTreeSet<String> =
        drafts.into_iter().filter(|(_, id)| bearings.on(*id).is_empty()).map(|(label, _)| label).collect();
    for one in tied {
        one.bare_drafts = one.because.iter().filter(|label| bare.contains(*label)).cloned().collect();
    }
    Ok(())
}

/// What an act ties, looked up once: names, and the ties of each need or driver as the act has left them so far.
struct Ground {
    of: Of,
    names: ByName,
    components: ByName,
    /// Whether each is retired, and its ties.
    held: BTreeMap<Id, (bool, Held)>,
}

impl Ground {
    fn of(project: &Project, of: Of) -> Self {
        let components = project.state().all::<Component>().into_iter().map(|one| (one.id, one.name));
        Ground {
            of,
            names: of.names(project),
            components: ByName::of(Kind::Component, components),
            held: BTreeMap::new(),
        }
    }

    fn ties(&mut self, project: &Project, id: Id) -> Result<&mut (bool, Held)> {
        Ok(match self.held.entry(id) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(free) => free.insert(self.of.read(project, id)?),
        })
    }
}

fn tie(batch: &mut Batch<'_>, wish: &Wish, ground: &mut Ground) -> Result<Tied> {
    let (project, of) = (batch.project(), ground.of);
    let (id, component) = (ground.names.find(project, &wish.of)?, ground.components.find(project, &wish.component)?);
    let (retired, ties) = ground.ties(project, id)?;
    refuse_retired(project, of, id, *retired, component)?;
    let before = ties.remove(&component);
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
    ties.insert(component, (stance, tie));
    batch.set(of.kind(), id, &fields);
    Ok(answer)
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
        bare_drafts: Vec::new(),
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
