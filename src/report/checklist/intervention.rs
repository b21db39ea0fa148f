//! What the components of an intervention say to the items of TIDieR.

use super::holdings::Holdings;
use super::{Answer, held, partly, to_write};
use crate::hypothesis::Editorial;
use crate::report::block::count_of;
use crate::theory::Component;
use crate::tidier::Tidier;

impl Holdings<'_> {
    fn components_in_use(&self) -> Vec<&Component> {
        self.synthesis.components_in_order()
    }

    /// `K2.gj Care Partners: trained for five days`, a component each that answers the item.
    fn answers(&self, item: Tidier) -> Vec<String> {
        let said = |one: &&Component| {
            Some(format!("{} {}: {}", self.synthesis.label(one.id), one.name, one.says(item)?.trim_end_matches('.')))
        };
        self.components_in_use().iter().filter_map(said).collect()
    }

    /// The answers with how many components give one.
    fn answered(&self, item: Tidier) -> Option<String> {
        let answers = self.answers(item);
        let all = count_of(self.components_in_use().len(), "component");
        (!answers.is_empty()).then(|| format!("Said of {} of {all}. {}.", answers.len(), answers.join("; ")))
    }

    /// What the whole is called, where a component says so; else what it is made of.
    pub fn intervention(&self) -> Answer {
        let named: Vec<&str> =
            self.components_in_use().into_iter().filter_map(|one| one.tidier.get(&Tidier::Name)?.as_deref()).collect();
        match self.component_names() {
            Some(names) if named.is_empty() => partly(names, "the name of the whole"),
            Some(names) => held(format!("{}; {names}", named.join("; "))),
            None => to_write("the name of the intervention"),
        }
    }

    /// The programme theory of each component, and what they say themselves.
    pub fn why(&self) -> Answer {
        let is_of = |component: &Component| {
            let all = self.synthesis.hypotheses.values();
            all.filter(|one| one.status == Editorial::Active && one.component == Some(component.id)).count()
        };
        let theory: Vec<String> = self
            .components_in_use()
            .into_iter()
            .map(|one| (one, is_of(one)))
            .filter(|(_, n)| *n > 0)
            .map(|(one, n)| format!("{} {} ({n})", self.synthesis.label(one.id), one.name))
            .collect();
        let theory = (!theory.is_empty()).then(|| {
            format!("Active statements of the programme theory, by component: {} (report cmo).", theory.join("; "))
        });
        let said: Vec<String> = self.answered(Tidier::Why).into_iter().chain(theory).collect();
        if said.is_empty() { to_write("the theory or aim behind its parts") } else { held(said.join(" ")) }
    }

    /// What is done: as components say, else by their names alone.
    pub fn procedures(&self) -> Answer {
        match self.answered(Tidier::Procedures) {
            Some(_) => self.tidier(Tidier::Procedures, "what is done"),
            None => self.components("what is done for each component"),
        }
    }

    pub fn modifications(&self) -> Answer {
        match (self.answered(Tidier::Modifications), self.changes()) {
            (Some(said), Answer { held: Some(changes), .. }) => held(format!("{said} {changes}")),
            (Some(said), _) => held(said),
            (None, changes) => changes,
        }
    }

    /// An item as the components answer it; those that say nothing of it are named.
    pub fn tidier(&self, item: Tidier, rest: &'static str) -> Answer {
        let silent: Vec<String> = self
            .components_in_use()
            .into_iter()
            .filter(|one| one.says(item).is_none())
            .map(|one| self.synthesis.label(one.id))
            .collect();
        match self.answered(item) {
            None => to_write(rest),
            Some(said) if silent.is_empty() => held(said),
            Some(said) => partly(said, format!("{rest}, of {}", silent.join(", "))),
        }
    }
}
