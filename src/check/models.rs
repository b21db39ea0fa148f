//! **models**: what is said of models of care rests on something.
//!
//! Absence, and that nothing changed, need a passage that says so; after a withdrawal, a purge or the removal of a coding there
//! may be none left. Other values without a passage are noted, and so are two values that a merge of features brought
//! together: the feature's own counts.

use crate::codebook::Tree;
use crate::compare::standing;
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::model::{Cell, Direction, Outcome, Value};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let tree = Tree::new(synthesis.codes.values());
    let looking = Looking { project, synthesis, tree };
    let mut found: Vec<Diagnostic> = synthesis.models.cells.values().filter_map(|one| looking.at_cell(one)).collect();
    found.extend(synthesis.models.outcomes.values().filter_map(|one| looking.at_outcome(one)));
    found.extend(looking.at_merged());
    Ok(found)
}

struct Looking<'p> {
    project: &'p Project,
    synthesis: &'p Synthesis,
    tree: Tree<'p>,
}

impl Looking<'_> {
    /// No passage can be pointed at; what an open pass hides is not missed.
    fn rests_on_nothing(&self, code: Id, passages: &BTreeSet<Id>) -> bool {
        let is_hidden = passages.iter().any(|id| self.project.state().hides(*id));
        !is_hidden && standing(self.synthesis, &self.tree, self.tree.stands_for(code), passages).is_empty()
    }

    fn name(&self, code: Id) -> String {
        let code = self.tree.stands_for(code);
        self.synthesis.codes.get(&code).map_or_else(|| self.synthesis.label(code), |code| code.name.clone())
    }

    fn at_cell(&self, cell: &Cell) -> Option<Diagnostic> {
        if !cell.value.is_reported() || !self.rests_on_nothing(cell.feature, &cell.passages) {
            return None;
        }
        let (model, feature) = (self.synthesis.label(cell.model), self.name(cell.feature));
        let code = self.synthesis.label(self.tree.stands_for(cell.feature));
        let said = format!("{model} is said to have '{feature}' {}", cell.value.title());
        Some(if cell.value == Value::Absent {
            Diagnostic::warning("absent-without-passage", format!("{said}, and no passage that says so is left"))
                .hint(format!("point at one: realist model cell {model} {code} absent --at D3 --quote \"...\""))
                .hint(format!("or, where the sources are silent: realist model cell {model} {code} not_reported"))
        } else {
            Diagnostic::note("value-without-passage", format!("{said}, with no passage"))
                .hint(format!("realist model cell {model} {code} {} --at D3 --quote \"...\"", cell.value))
        })
    }

    fn at_outcome(&self, one: &Outcome) -> Option<Diagnostic> {
        if one.direction == Direction::NotReported || !self.rests_on_nothing(one.outcome, &one.passages) {
            return None;
        }
        let label = self.synthesis.label(one.id);
        let said = format!(
            "{label} reports of {} '{}': {}",
            self.synthesis.label(one.model),
            self.name(one.outcome),
            one.direction.title()
        );
        Some(if one.direction == Direction::None {
            Diagnostic::warning("no-change-without-passage", format!("{said}; no passage that says so is left")).hint(
                format!("take it away, and keep it anew with its words: realist model drop {label} --why \"...\""),
            )
        } else {
            Diagnostic::note("result-without-passage", format!("{said}, with no passage"))
        })
    }

    /// Features were merged, and of one model each had a value of its own.
    fn at_merged(&self) -> Vec<Diagnostic> {
        let mut held: BTreeMap<(Id, Id), BTreeSet<Value>> = BTreeMap::new();
        for cell in self.synthesis.models.cells.values() {
            held.entry((cell.model, self.tree.stands_for(cell.feature))).or_default().insert(cell.value);
        }
        let several = held.into_iter().filter(|(_, values)| values.len() > 1);
        let told = several.map(|((model, feature), values)| {
            let (model, code) = (self.synthesis.label(model), self.synthesis.label(feature));
            let values: Vec<&str> = values.into_iter().map(Value::title).collect();
            let said =
                format!("{model} has more than one value of '{}', since features were merged: ", self.name(feature));
            Diagnostic::note("merged-values", said + &values.join(", "))
                .hint(format!("say which stands: realist model cell {model} {code} contested"))
        });
        told.collect()
    }
}
