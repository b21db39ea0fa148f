//! What of a synthesis is programme theory.

use super::settled::open_on;
use super::{EVIDENCE, Programme, Thing};
use crate::decision::Consensus;
use crate::hypothesis::{Editorial, Hypothesis, Test};
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::synthesis::{Bearing, Bearings, Synthesis, Target};
use crate::theory::{Component, SubstantiveTheory};
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Programme {
    /// The programme theory of a synthesis: components in use; statements that are active, and of those that
    /// were (merged, superseded, rejected, parked) what became of them; links between these; the substantive
    /// theories that inform them. Drafts and statements only screened are no part of it.
    pub fn of(synthesis: &Synthesis) -> Self {
        let bearings = Bearings::of(synthesis);
        let mut things = BTreeMap::new();
        for one in synthesis.components.values().filter(|one| !one.retired) {
            things.insert(one.id, component(synthesis, one));
        }
        for one in synthesis.hypotheses.values() {
            things.extend(statement(synthesis, &bearings, one).map(|thing| (one.id, thing)));
        }
        let is_listed = |id: Id| things.get(&id).is_some_and(Thing::is_listed);
        let informs = |link: &&Link| link.kind == LinkKind::InformedBy && is_listed(link.from);
        let theories: Vec<(Id, Thing)> = synthesis
            .links
            .values()
            .filter(informs)
            .filter_map(|link| synthesis.substantive_theories.get(&link.to))
            .map(|one| (one.id, theory(one)))
            .collect();
        things.extend(theories);
        let links =
            synthesis.links.values().filter(|one| things.contains_key(&one.from) && things.contains_key(&one.to));
        let links: Vec<(Id, Thing)> = links.map(|one| (one.id, link(one))).collect();
        things.extend(links);
        Programme { things }
    }
}

fn thing(kind: Kind, fields: Value) -> Thing {
    let fields = match fields {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => BTreeMap::new(),
    };
    Thing { kind, fields }
}

/// Standing by agreement, and the decision that set it; nothing where nobody decided.
fn settled(synthesis: &Synthesis, id: Id) -> [(String, Value); 2] {
    let decision = synthesis.decision_on(id);
    let consensus = Some(synthesis.consensus(id)).filter(|one| *one != Consensus::Untested);
    [("consensus".to_owned(), json!(consensus)), ("decision".to_owned(), json!(decision.map(|one| one.id)))]
}

fn component(synthesis: &Synthesis, one: &Component) -> Thing {
    let open = open_on(synthesis, one.id);
    let mut held = thing(
        Kind::Component,
        json!({
            "name": one.name,
            "description": one.description,
            "order": one.order,
            "open": Some(open).filter(|open| !open.is_empty()),
        }),
    );
    held.fields.extend(settled(synthesis, one.id).into_iter().filter(|(_, value)| !value.is_null()));
    held
}

fn statement(synthesis: &Synthesis, bearings: &Bearings<'_>, one: &Hypothesis) -> Option<Thing> {
    match one.status {
        Editorial::Draft | Editorial::Screened => return None,
        Editorial::Active => {}
        Editorial::Merged | Editorial::Superseded | Editorial::Rejected | Editorial::Parked => {
            let into = synthesis.merged_into(one.id);
            return Some(thing(Kind::Hypothesis, json!({ "status": one.status, "into": into })));
        }
    }
    let standing = bearings.standing(one.id);
    let mut held = thing(
        Kind::Hypothesis,
        json!({
            "status": one.status,
            "statement": one.statement,
            "component": one.component,
            "form": one.form,
            "origin": one.origin,
            "inference": one.inference,
            "tested": one.tested.as_ref().filter(|tested| tested.test != Test::NotTested),
            "evidential": standing.standing,
            "sources_for": standing.r#for,
            "sources_against": standing.against,
        }),
    );
    held.fields.extend(settled(synthesis, one.id).into_iter().filter(|(_, value)| !value.is_null()));
    held.fields.extend(one.parts.iter().map(|part| (format!("part:{}", part.key), json!(part))));
    held.fields
        .extend(bearings.on(one.id).iter().map(|bearing| (format!("{EVIDENCE}{}", bearing.link.id), weighed(bearing))));
    Some(held)
}

/// How a link bears on the statement; never the passage.
fn weighed(bearing: &Bearing<'_>) -> Value {
    let link = bearing.link;
    let part = match bearing.target {
        Target::Whole => None,
        Target::Part(key) | Target::OfLender(key) => Some(key),
    };
    let scores = [link.relevance, link.richness, link.rigour];
    let mut held = serde_json::Map::new();
    held.insert("stance".to_owned(), json!(link.stance));
    held.insert("part".to_owned(), json!(part));
    held.insert("through".to_owned(), json!(bearing.through));
    held.insert("scores".to_owned(), json!(Some(scores).filter(|scores| scores.iter().any(Option::is_some))));
    held.retain(|_, value| !value.is_null());
    Value::Object(held)
}

fn link(one: &Link) -> Thing {
    thing(
        Kind::Link,
        json!({
            "from": one.from,
            "from_part": one.from_part,
            "link": one.kind,
            "to": one.to,
            "to_part": one.to_part,
            "as": one.enters_as,
        }),
    )
}

fn theory(one: &SubstantiveTheory) -> Thing {
    thing(Kind::SubstantiveTheory, json!({ "name": one.name, "citation": one.citation, "claim": one.claim }))
}
