//! Models of care: the codebooks they are compared by, what their sources say of them, and why it matters.

use super::maker::{Maker, Row, filled, list, owned};
use crate::act::anchor::Spot;
use crate::act::codebook::take_in::{Meant, Wish, take_in};
use crate::act::compare;
use crate::act::model::{self, Behind, cell, outcome};
use crate::codebook::ready;
use crate::diagnostic::Result;
use std::collections::BTreeMap;

impl Maker<'_> {
    /// Takes in codebooks that come with the tool.
    pub(super) fn ready_codebooks(&mut self, keys: &[&str]) -> Result<()> {
        for key in keys {
            let book = ready::named(key)?;
            let wish =
                Wish { outline: &book.outline, meant: Meant::InItsTree, replace: false, act: "codebook add --ready" };
            take_in(&mut self.open("gj")?, &wish)?;
        }
        Ok(())
    }

    pub(super) fn models(&mut self) -> Result<()> {
        for row in self.rows("models")? {
            let entry = model::Entry {
                name: owned(&row, "name"),
                description: owned(&row, "description"),
                sources: self.labels_of(&list(&row, "documents"))?,
                without: Vec::new(),
                axis: filled(&row, "axis").map(str::parse).transpose()?,
                reach: filled(&row, "reach").map(str::parse).transpose()?,
                words: owned(&row, "words"),
                words_from: self.named(&row, "words_from")?,
                ours: filled(&row, "ours").map(|ours| ours == "yes"),
                exclusive: None,
                retired: None,
            };
            let label = model::add(&mut self.open("gj")?, &entry)?.answer;
            self.keep(&row, label);
        }
        Ok(())
    }

    /// All that one coder says of cells is one act.
    pub(super) fn cells(&mut self) -> Result<()> {
        let mut piles: BTreeMap<String, Vec<cell::Wish>> = BTreeMap::new();
        for row in self.rows("cells")? {
            let wish = cell::Wish {
                model: self.label(filled(&row, "model").unwrap_or_default())?,
                feature: owned(&row, "feature").unwrap_or_default(),
                value: filled(&row, "value").unwrap_or_default().parse()?,
                behind: self.behind(&row)?,
                without: Vec::new(),
                note: owned(&row, "note"),
            };
            piles.entry(owned(&row, "by").unwrap_or_default()).or_default().push(wish);
        }
        for (coder, wishes) in piles {
            let rows: Vec<usize> = (1..=wishes.len()).collect();
            cell::judge(&mut self.open(&coder)?, &wishes, &rows)?;
        }
        Ok(())
    }

    pub(super) fn results(&mut self) -> Result<()> {
        for row in self.rows("results")? {
            let wish = outcome::Wish {
                model: self.label(filled(&row, "model").unwrap_or_default())?,
                outcome: owned(&row, "outcome").unwrap_or_default(),
                direction: filled(&row, "direction").unwrap_or_default().parse()?,
                measure: owned(&row, "measure"),
                comparator: owned(&row, "comparator"),
                behind: self.behind(&row)?,
                note: owned(&row, "note"),
            };
            outcome::add(&mut self.open(filled(&row, "by").unwrap_or_default())?, &wish)?;
        }
        Ok(())
    }

    pub(super) fn explanations(&mut self) -> Result<()> {
        for row in self.rows("explanations")? {
            let statement = self.label(filled(&row, "hypothesis").unwrap_or_default())?;
            let said = |column: &str| filled(&row, column).unwrap_or_default();
            compare::explain(&mut self.open("gj")?, said("feature"), &statement, said("why"))?;
        }
        Ok(())
    }

    /// The words of a row, where it points at any.
    fn behind(&self, row: &Row) -> Result<Behind> {
        let place = self.named(row, "document")?;
        let spot = place.map(|place| Spot::parse(&place, None, filled(row, "quote"))).transpose()?;
        Ok(Behind { spot, codings: Vec::new() })
    }
}
