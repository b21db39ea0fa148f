//! The codebook as an outline, for another program or another team. It holds no words of participants: an
//! example is named by its coding.

use crate::codebook::{Code, Field, Outline, Outlined, Parent, Tree};
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::project::Project;
use std::collections::BTreeMap;

/// Every code, retired ones too, each before those below it. Fault `no-codes`.
pub fn outline(project: &Project) -> Result<Outline> {
    let codes = project.state().all::<Code>();
    let tree = Tree::new(&codes);
    let mut places: BTreeMap<Id, usize> = BTreeMap::new();
    let mut outline = Outline::default();
    for (at, (_, code)) in tree.in_order().into_iter().enumerate() {
        places.insert(code.id, at);
        let mut entry = Outlined::new(at + 1, &code.name);
        entry.id = Some(code.id);
        entry.parent = tree.parent(code.id).and_then(|parent| places.get(&parent).copied()).map(Parent::Entry);
        for field in Field::ALL {
            let mut texts = field.of(code);
            if *field == Field::Examples {
                texts = code.examples.iter().map(|id| format!("{} ({id})", project.label(*id))).collect();
            }
            entry
                .say(*field, &texts)
                .map_err(|what| fault("bad-code", format!("{}: {what}", project.label(code.id))))?;
        }
        outline.entries.push(entry);
    }
    if outline.entries.is_empty() {
        return Err(fault("no-codes", "there is no code yet")
            .hint("realist codebook add Trust, or take a ready codebook in: realist codebook add --ready cmo"));
    }
    Ok(outline)
}
