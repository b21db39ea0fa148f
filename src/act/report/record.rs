//! What followed from decisions: what somebody undertook.

use crate::action::Action;
use crate::id::Id;
use crate::project::Project;
use crate::report::record::ToDo;
use std::collections::BTreeMap;

pub(super) fn to_do(project: &Project) -> BTreeMap<Id, Vec<ToDo>> {
    let mut all: BTreeMap<Id, Vec<ToDo>> = BTreeMap::new();
    for one in project.state().in_order::<Action>() {
        let Some(decision) = one.decision else { continue };
        let done = one.done.map(|done| done.on);
        let id = project.label(one.id);
        all.entry(decision).or_default().push(ToDo { id, text: one.text, who: one.owner, due: one.due, done });
    }
    all
}
