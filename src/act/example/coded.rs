//! Codes, what was coded with them, and evidence.

use super::maker::{Maker, filled, owned};
use crate::act::anchor::Spot;
use crate::act::{code, codebook, evidence};
use crate::diagnostic::Result;
use std::collections::BTreeMap;

impl Maker<'_> {
    pub(super) fn codes(&mut self) -> Result<()> {
        for row in self.rows("codes")? {
            let parent = self.named(&row, "parent")?;
            let entry = codebook::Entry {
                name: owned(&row, "name"),
                parent,
                kind: filled(&row, "kind").map(str::parse).transpose()?,
                definition: owned(&row, "definition"),
                include: owned(&row, "include"),
                exclude: owned(&row, "exclude"),
                ..codebook::Entry::default()
            };
            let label = codebook::add(&mut self.open("gj")?, &entry)?.answer;
            self.keep(&row, label);
        }
        Ok(())
    }

    pub(super) fn codings(&mut self) -> Result<()> {
        let mut piles: BTreeMap<(String, String), Vec<code::Wish>> = BTreeMap::new();
        for row in self.rows("codings")? {
            let (coder, document) =
                (owned(&row, "coder").unwrap_or_default(), owned(&row, "document").unwrap_or_default());
            let wish = code::Wish {
                codes: vec![self.label(filled(&row, "code").unwrap_or_default())?],
                spot: Spot::parse(&self.label(&document)?, None, filled(&row, "quote"))?,
                memo: None,
            };
            piles.entry((coder, document)).or_default().push(wish);
        }
        for ((coder, _), wishes) in piles {
            code::add(&mut self.open(&coder)?, &wishes)?;
        }
        Ok(())
    }

    pub(super) fn evidence(&mut self) -> Result<()> {
        let mut piles: BTreeMap<(String, String), Vec<evidence::Wish>> = BTreeMap::new();
        for row in self.rows("evidence")? {
            let score = |column: &str| filled(&row, column).and_then(|score| score.parse().ok());
            let judgement = evidence::Judgement {
                stance: filled(&row, "stance").map(str::parse).transpose()?,
                circumstances: filled(&row, "circumstances").map(str::parse).transpose()?,
                part: owned(&row, "part").filter(|part| part != "whole"),
                relevance: score("relevance"),
                richness: score("richness"),
                rigour: score("rigour"),
                inference: filled(&row, "inference").map(str::parse).transpose()?,
                reason: owned(&row, "reason"),
            };
            let (author, document) =
                (owned(&row, "author").unwrap_or_default(), owned(&row, "document").unwrap_or_default());
            let wish = evidence::Wish {
                hypothesis: self.label(filled(&row, "hypothesis").unwrap_or_default())?,
                spot: Spot::parse(&self.label(&document)?, None, filled(&row, "quote"))?,
                judgement,
            };
            piles.entry((author, document)).or_default().push(wish);
        }
        for ((author, _), wishes) in piles {
            evidence::add(&mut self.open(&author)?, &wishes)?;
        }
        Ok(())
    }
}
