//! Needs, drivers, components and statements made by hand. Compiled for tests only.

use crate::compare::sample::empty;
pub use crate::compare::sample::id;
use crate::evidence::{Evidence, Stance as Side};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind, Label};
use crate::need::{Need, Policy, Position, Stance, Tie};
use crate::synthesis::Synthesis;
use crate::theory::Component;
use std::collections::BTreeSet;

pub fn need(n: usize) -> Id {
    id(11, n)
}

pub fn driver(n: usize) -> Id {
    id(12, n)
}

pub fn component(n: usize) -> Id {
    id(13, n)
}

pub fn statement(n: usize) -> Id {
    id(14, n)
}

/// So many needs, components and statements of the first component; nothing is tied yet.
pub fn blank(needs: usize, components: usize, statements: usize) -> Synthesis {
    let mut all = empty();
    for n in 0..components {
        let one: Component = read(&serde_json::json!({ "name": format!("Component {n}"), "order": n }));
        all.components.insert(component(n), Component { id: component(n), ..one });
        all.labels.insert(component(n), Label::new(Kind::Component, number(n), "gj"));
    }
    for n in 0..needs {
        let one: Need = read(&serde_json::json!({ "statement": format!("Need {n}"), "author": "gj" }));
        all.needs.insert(need(n), Need { id: need(n), ..one });
        all.labels.insert(need(n), Label::new(Kind::Need, number(n), "gj"));
    }
    for n in 0..statements {
        let one: Hypothesis = read(&serde_json::json!({
            "statement": format!("Statement {n}."), "status": "active", "author": "gj", "component": component(0),
        }));
        all.hypotheses.insert(statement(n), Hypothesis { id: statement(n), ..one });
        all.labels.insert(statement(n), Label::new(Kind::Hypothesis, number(n), "gj"));
    }
    all
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap() + 1
}

fn read<T: serde::de::DeserializeOwned>(value: &serde_json::Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn because(statements: &[usize]) -> Tie {
    let because: BTreeSet<Id> = statements.iter().map(|n| statement(*n)).collect();
    Tie { how: Some("by being there".to_owned()), by: "gj".to_owned(), because }
}

pub fn meets(all: &mut Synthesis, of: usize, to: usize, statements: &[usize]) {
    all.needs.get_mut(&need(of)).unwrap().met_by.insert(component(to), because(statements));
}

pub fn drive(all: &mut Synthesis, n: usize, stances: &[(usize, Stance, &[usize])]) {
    let one: Policy = read(&serde_json::json!({ "name": format!("Driver {n}"), "level": "national" }));
    let stances = stances
        .iter()
        .map(|(to, stance, statements)| (component(*to), Position { stance: *stance, tie: because(statements) }));
    all.policies.insert(driver(n), Policy { id: driver(n), stances: stances.collect(), ..one });
    all.labels.insert(driver(n), Label::new(Kind::Policy, number(n), "gj"));
}

/// A link of a source of its own to a statement.
pub fn bears(all: &mut Synthesis, n: usize, on: usize, side: Side) {
    let anchor = serde_json::json!({ "document": id(4, n), "version": "v", "spans": [[0, 4]], "hashes": ["0"] });
    let link: Evidence = read(&serde_json::json!({
        "hypothesis": statement(on), "anchor": anchor, "source": id(5, n), "stance": side, "relevance": 2,
        "appraiser": "gj", "revision": "1",
    }));
    all.evidence.insert(id(6, n), Evidence { id: id(6, n), ..link });
}
