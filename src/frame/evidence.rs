//! Evidence for and against, statement by statement, and where it is wanting.

use super::backing::{Backing, of_links};
use super::links::Links;
use crate::diagnostic::Result;
use crate::hypothesis::Hypothesis;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};

/// One row a living statement, by label: distinct sources for and against, the standing word, and
/// what must be read beside it (appraisal, coverage, telling, spread).
pub fn for_and_against(synthesis: &Synthesis) -> Result<Table> {
    let mut table = Table::with(&[
        ("hypothesis", "Statement"),
        ("statement", "In words"),
        ("component", "Component"),
        ("supports", "Support"),
        ("refines", "Refine"),
        ("refutes", "Refute"),
        ("ambiguous", "Ambiguous"),
        ("standing", "Evidential standing"),
        ("appraisal", "Appraisal"),
        ("provisional", "Provisional"),
        ("coverage", "Sources for each part"),
        ("parts_with_evidence", "Parts with evidence"),
        ("parts", "Parts"),
        ("whole_from_one_source", "Whole from one source"),
        ("mechanism", "Mechanism"),
        ("spread", "Spread"),
        ("links", "Links that count"),
        ("passages", "Passages"),
        ("documents", "Documents"),
        ("sources", "Sources"),
        ("consensus", "Consensus standing"),
        ("tested", "Tested"),
        ("test_result", "Result of the test"),
    ]);
    for (hypothesis, backing) in living(synthesis)? {
        table.push(row(synthesis, hypothesis, &backing));
    }
    Ok(table)
}

/// The same in short: what fits on a screen.
pub fn for_and_against_in_short(synthesis: &Synthesis) -> Result<Table> {
    let mut table = Table::with(&[
        ("hypothesis", "Id"),
        ("statement", "Statement"),
        ("standing", "Standing"),
        ("for", "For"),
        ("against", "Against"),
        ("ambiguous", "Ambiguous"),
        ("appraisal", "Appraised"),
        ("spread", "Spread"),
        ("consensus", "Consensus"),
        ("tested", "Tested"),
    ]);
    for (hypothesis, backing) in living(synthesis)? {
        let standing = &backing.standing;
        table.push(vec![
            synthesis.label(hypothesis.id).into(),
            hypothesis.sentence().into(),
            standing.standing.word().into(),
            standing.r#for.into(),
            standing.against.into(),
            standing.ambiguous.into(),
            format!("{} of {}", standing.appraised, standing.links).into(),
            backing.spread().into(),
            synthesis.consensus(hypothesis.id).word().into(),
            hypothesis.test().word().into(),
        ]);
    }
    Ok(table)
}

fn row(synthesis: &Synthesis, hypothesis: &Hypothesis, backing: &Backing) -> Vec<Cell> {
    let (standing, counts) = (&backing.standing, &backing.counts);
    let bare = backing.bare_parts().count();
    vec![
        synthesis.label(hypothesis.id).into(),
        hypothesis.sentence().into(),
        component_name(synthesis, hypothesis).into(),
        standing.supports.into(),
        standing.refines.into(),
        standing.against.into(),
        standing.ambiguous.into(),
        standing.standing.word().into(),
        backing.appraisal().into(),
        yes_or_no(standing.provisional),
        backing.coverage().into(),
        (backing.parts.len() - bare).into(),
        backing.parts.len().into(),
        yes_or_no(backing.whole_from_one_source),
        backing.mechanism.word().into(),
        backing.spread().into(),
        counts.links.into(),
        counts.passages.into(),
        counts.documents.into(),
        counts.sources.into(),
        synthesis.consensus(hypothesis.id).word().into(),
        hypothesis.test().word().into(),
        hypothesis.tested.as_ref().and_then(|tested| tested.result.clone()).into(),
    ]
}

/// What has no evidence, what rests on one source, and parts no link bears on. Sorted by gap, then
/// label; a statement without evidence is named once, not part by part.
pub fn gaps(synthesis: &Synthesis) -> Result<Table> {
    let mut table = Table::with(&[
        ("gap", "Gap"),
        ("hypothesis", "Statement"),
        ("statement", "In words"),
        ("component", "Component"),
        ("detail", "Detail"),
    ]);
    let living = living(synthesis)?;
    for (gap, detail) in GAPS {
        for (hypothesis, backing) in &living {
            if let Some(detail) = detail(backing) {
                table.push(vec![
                    gap.into(),
                    synthesis.label(hypothesis.id).into(),
                    hypothesis.sentence().into(),
                    component_name(synthesis, hypothesis).into(),
                    detail.into(),
                ]);
            }
        }
    }
    Ok(table)
}

type Gap = fn(&Backing) -> Option<String>;

const GAPS: [(&str, Gap); 3] =
    [("no_evidence", no_evidence), ("one_source", one_source), ("part_without_evidence", part_without_evidence)];

fn no_evidence(backing: &Backing) -> Option<String> {
    (backing.counts.sources == 0).then(|| match backing.standing.links {
        0 => "no link".to_owned(),
        links => format!("{}, none that counts", super::counted(links, "link")),
    })
}

fn one_source(backing: &Backing) -> Option<String> {
    (backing.counts.sources == 1).then(|| super::counted(backing.counts.passages, "passage"))
}

fn part_without_evidence(backing: &Backing) -> Option<String> {
    let bare: Vec<String> = backing.bare_parts().map(|part| format!("{} {}", part.kind, part.key)).collect();
    (backing.counts.sources > 0 && !bare.is_empty()).then(|| bare.join(", "))
}

fn living(synthesis: &Synthesis) -> Result<Vec<(&Hypothesis, Backing)>> {
    let links = Links::of(synthesis)?;
    let mut backings = of_links(&links)?;
    let living = links.hypotheses.iter().filter(|one| is_living(one));
    Ok(living.filter_map(|one| Some((*one, backings.remove(&one.id)?))).collect())
}

/// As [`Synthesis::living_hypotheses`] has it.
pub(super) fn is_living(hypothesis: &Hypothesis) -> bool {
    hypothesis.status.is_living()
}

fn component_name(synthesis: &Synthesis, hypothesis: &Hypothesis) -> Option<String> {
    let component = hypothesis.component?;
    Some(synthesis.components.get(&component).map_or_else(|| synthesis.label(component), |one| one.name.clone()))
}

fn yes_or_no(yes: bool) -> Cell {
    if yes { "yes" } else { "no" }.into()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::evidence::Stance;
    use crate::strand::SourceKind;

    #[test]
    fn a_row_tells_the_word_and_what_it_rests_on() {
        let mut sample = Sample::new();
        let hypothesis = sample.hypothesis();
        let (first, second) = (sample.source(SourceKind::Interview), sample.source(SourceKind::Interview));
        sample.link(hypothesis, first, Stance::Supports).part = Some("c1".to_owned());
        let link = sample.link(hypothesis, second, Stance::Refines);
        (link.part, link.rigour) = (Some("o1".to_owned()), None);
        let table = for_and_against(&sample.synthesis).unwrap().to_json();
        let row = &table[0];
        assert_eq!(row["hypothesis"], "H1.gj");
        assert_eq!((&row["supports"], &row["refines"], &row["refutes"]), (&1.into(), &1.into(), &0.into()));
        assert_eq!((&row["standing"], &row["provisional"]), (&"supported".into(), &"yes".into()));
        assert_eq!(row["appraisal"], "1 of 2 appraised");
        assert_eq!(row["coverage"], "context 1, mechanism 0, outcome 1");
        assert_eq!((&row["parts_with_evidence"], &row["parts"]), (&2.into(), &3.into()));
        assert_eq!(row["whole_from_one_source"], "no");
        assert_eq!((&row["mechanism"], &row["spread"]), (&"unknown".into(), &"2 sources in 1 strand".into()));
    }

    #[test]
    fn gaps_are_named_once_each() {
        let mut sample = Sample::new();
        let hypotheses = [(); 4].map(|()| sample.hypothesis());
        let (first, second) = (sample.source(SourceKind::Interview), sample.source(SourceKind::Interview));
        sample.link(hypotheses[1], first, Stance::Supports).part = Some("m1".to_owned());
        sample.link(hypotheses[2], first, Stance::Supports);
        sample.link(hypotheses[2], second, Stance::Supports);
        sample.link(hypotheses[3], second, Stance::Supports).relevance = Some(0);
        let table = gaps(&sample.synthesis).unwrap();
        let rows: Vec<[String; 3]> = table.rows.iter().map(|row| [0, 1, 4].map(|n| row[n].show(0))).collect();
        assert_eq!(
            rows,
            [
                ["no_evidence", "H1.gj", "no link"],
                ["no_evidence", "H4.gj", "1 link, none that counts"],
                ["one_source", "H2.gj", "1 passage"],
                ["part_without_evidence", "H2.gj", "context c1, outcome o1"]
            ]
        );
    }
}
