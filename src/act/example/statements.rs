//! Components and the statements about them, with rivals and chains.

use super::maker::{Maker, filled, list, owned};
use crate::act::{component, hypothesis};
use crate::diagnostic::Result;
use crate::tidier::Tidier;
use std::collections::BTreeMap;

impl Maker<'_> {
    pub(super) fn components(&mut self) -> Result<()> {
        for row in self.rows("components")? {
            let entry = component::Entry {
                name: owned(&row, "name"),
                description: owned(&row, "description"),
                order: filled(&row, "order").and_then(|order| order.parse().ok()),
                tidier: Tidier::ALL.iter().filter_map(|item| Some((*item, Some(owned(&row, item.field())?)))).collect(),
                ..component::Entry::default()
            };
            let label = component::add(&mut self.open("gj")?, &entry)?.answer;
            self.keep(&row, label);
        }
        Ok(())
    }

    /// Each coder's statements of one component are one act.
    pub(super) fn hypotheses(&mut self) -> Result<()> {
        let mut piles: BTreeMap<(String, String), Vec<(String, hypothesis::Entry)>> = BTreeMap::new();
        for row in self.rows("hypotheses")? {
            let component = self.named(&row, "component")?;
            let kinds = crate::hypothesis::PartKind::ALL;
            let entry = hypothesis::Entry {
                statement: owned(&row, "statement"),
                parts: kinds.iter().filter_map(|kind| Some((*kind, owned(&row, kind.word())?))).collect(),
                component,
                status: filled(&row, "status").map(str::parse).transpose()?,
                origin: filled(&row, "origin").map(str::parse).transpose()?,
                inference: filled(&row, "inference").map(str::parse).transpose()?,
                memo: owned(&row, "memo"),
                ..hypothesis::Entry::default()
            };
            let pile = (owned(&row, "author").unwrap_or_default(), owned(&row, "component").unwrap_or_default());
            piles.entry(pile).or_default().push((owned(&row, "key").unwrap_or_default(), entry));
        }
        for ((author, _), pile) in piles {
            let (keys, entries): (Vec<String>, Vec<hypothesis::Entry>) = pile.into_iter().unzip();
            let labels = hypothesis::add_all(&mut self.open(&author)?, &entries)?.answer;
            self.labels.extend(keys.into_iter().zip(labels));
        }
        Ok(())
    }

    /// Rivals and chains, once every statement is there.
    pub(super) fn links_between(&mut self) -> Result<()> {
        for row in self.rows("hypotheses")? {
            let rival_of = self.named(&row, "rival_of")?;
            let leads_to = self.labels_of(&list(&row, "leads_to"))?;
            if rival_of.is_none() && leads_to.is_empty() {
                continue;
            }
            let label = self.label(filled(&row, "key").unwrap_or_default())?;
            let author = owned(&row, "author").unwrap_or_default();
            let entry = hypothesis::Entry { rival_of, leads_to, ..hypothesis::Entry::default() };
            hypothesis::edit(&mut self.open(&author)?, &label, &entry, None)?;
        }
        Ok(())
    }
}
