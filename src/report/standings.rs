//! The standings of a statement side by side: what the evidence amounts to, what people agreed on, what came of a test.
//! None stands for another, and wherever one is printed all are. The one place that says them in papers and figures.

use super::block::{Run, count_of};
use super::tally;
use crate::decision::Consensus;
use crate::evidence::{Evidential, Standing};
use crate::hypothesis::{Hypothesis, Test, Tested};
use crate::synthesis::Bearings;
use crate::table::Cell;
use serde::Serialize;
use std::collections::BTreeMap;

/// Keys and titles of the columns that [`Standings::cells`] fills.
pub const COLUMNS: [(&str, &str); 3] =
    [("standing", "Standing of the evidence"), ("consensus", "Agreement"), ("tested", "Test")];

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standings {
    pub evidence: Standing,
    pub consensus: Consensus,
    /// `None`: nobody said.
    pub tested: Option<Tested>,
}

impl Standings {
    pub fn of(bearings: &Bearings<'_>, statement: &Hypothesis) -> Self {
        Standings {
            evidence: bearings.standing(statement.id),
            consensus: bearings.synthesis().consensus(statement.id),
            tested: statement.tested.clone(),
        }
    }

    fn said(&self) -> [String; 3] {
        [tally::show_standing(&self.evidence), agreement(self.consensus).to_owned(), test(self.tested.as_ref())]
    }

    /// A cell for each of [`COLUMNS`].
    pub fn cells(&self) -> [Cell; 3] {
        self.said().map(Cell::from)
    }

    /// A line for each, under its name.
    pub fn pairs(&self) -> Vec<(String, Vec<Run>)> {
        let titles = COLUMNS.iter().map(|(_, title)| (*title).to_owned());
        titles.zip(self.said()).map(|(title, said)| (title, vec![Run::plain(said)])).collect()
    }

    /// The same, with how many sources speak for and against.
    pub fn pairs_with_sources(&self) -> Vec<(String, Vec<Run>)> {
        let Standing { r#for, against, .. } = self.evidence;
        let counted = Run::plain(format!("; {} for, {against} against", count_of(r#for, "source")));
        let mut pairs = self.pairs();
        if r#for + against > 0 {
            pairs[0].1.push(counted);
        }
        pairs
    }

    /// All in one cell, a line each; the first needs no name.
    pub fn lines(&self) -> String {
        let [evidence, agreement, test] = self.said();
        format!("{evidence}\nAgreement: {agreement}\nTest: {test}")
    }

    /// All in a sentence: `Evidence: contested, 3 for and 1 against. Agreement: nobody decided. Test: not tested.`
    pub fn sentence(&self) -> String {
        let [_, agreement, test] = self.said();
        format!("Evidence: {}. Agreement: {agreement}. Test: {}.", balance(&self.evidence), test.trim_end_matches('.'))
    }

    /// For a line in a figure: `supported: 3 for, 0 against`, then what was agreed and what came of a test where there was one.
    pub fn short(&self) -> String {
        let agreed = Some(self.consensus).filter(|one| *one != Consensus::Untested).map(agreement);
        let tested = self.tested.as_ref().filter(|one| one.test != Test::NotTested);
        let tested = tested.map(|one| format!("tested: {}", one.in_words().trim_end_matches('.')));
        let more = agreed.map(str::to_owned).into_iter().chain(tested);
        std::iter::once(balance(&self.evidence)).chain(more).collect::<Vec<_>>().join("; ")
    }
}

/// `supported: 3 for, 0 against`.
fn balance(standing: &Standing) -> String {
    if standing.r#for == 0 && standing.against == 0 {
        return "no evidence".to_owned();
    }
    let word = standing.standing.word().replace('_', " ");
    format!("{word}: {} for, {} against", count_of(standing.r#for, "source"), standing.against)
}

/// What the sources amount to, for readers who know no rule.
pub fn plainly(standing: &Standing) -> String {
    let words = match standing.standing {
        Evidential::None => "no evidence found",
        Evidential::SingleSource => "one source alone",
        Evidential::Supported => "several sources agree",
        Evidential::Contested => "views differ",
        Evidential::RefutedOnly => "sources speak against it alone",
    };
    let open = standing.provisional && standing.standing != Evidential::None;
    if open { format!("{words}, and not everything is judged yet") } else { words.to_owned() }
}

/// What people decided, as readers understand it.
pub fn agreement(consensus: Consensus) -> &'static str {
    match consensus {
        Consensus::Untested => "nobody decided yet",
        Consensus::Agreed => "agreed",
        Consensus::AgreedWithDissent => "agreed with dissent",
        Consensus::Uncertain => "found uncertain",
        Consensus::Rejected => "rejected",
    }
}

/// `trial: no evidence of difference`, `not tested`.
pub fn test(tested: Option<&Tested>) -> String {
    tested.map_or_else(|| "not tested".to_owned(), Tested::in_words)
}

/// How many of several statements were tested, and how: `tested: 2 formative, 1 trial`, `none tested`.
pub fn tested_among<'h>(statements: impl IntoIterator<Item = &'h Hypothesis>) -> String {
    let mut counts: BTreeMap<Test, usize> = BTreeMap::new();
    for test in statements.into_iter().map(Hypothesis::test).filter(|test| *test != Test::NotTested) {
        *counts.entry(test).or_default() += 1;
    }
    let said: Vec<String> = counts.iter().map(|(test, count)| format!("{count} {}", test.word())).collect();
    if said.is_empty() { "none tested".to_owned() } else { format!("tested: {}", said.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_are_said_whatever_form_they_take() {
        let evidence = crate::evidence::standing([], |_| false, |source| source);
        let tested = Some(Tested { test: Test::Trial, result: Some("no difference.".to_owned()) });
        let all = Standings { evidence, consensus: Consensus::AgreedWithDissent, tested };
        assert_eq!(all.lines(), "no evidence found\nAgreement: agreed with dissent\nTest: trial: no difference.");
        assert_eq!(
            all.sentence(),
            "Evidence: no evidence. Agreement: agreed with dissent. Test: trial: no difference."
        );
        assert_eq!(all.short(), "no evidence; agreed with dissent; tested: trial: no difference");
        let evidence = Standing { r#for: 2, against: 1, ..all.evidence.clone() };
        let counted = Standings { evidence, ..all.clone() }.pairs_with_sources();
        assert_eq!(counted[0].1.last(), Some(&Run::plain("; 2 sources for, 1 against")));
        assert_eq!(all.pairs_with_sources(), all.pairs(), "of none nothing is counted");
        let bare = Standings { consensus: Consensus::Untested, tested: None, ..all };
        assert_eq!(bare.short(), "no evidence");
        assert_eq!(bare.cells()[1..], [Cell::from("nobody decided yet"), Cell::from("not tested")]);
    }
}
