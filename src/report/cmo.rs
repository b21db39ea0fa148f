//! A statement with all that must stand beside it: its parts, its standing, what that rests on and
//! the passages for and against. Both reports show statements through this file.

use super::block::{Block, Run, Side, count_of};
use super::standings::Standings;
use super::tally::{self, Coverage, MechanismBasis};
use super::words::{Cited, Press};
use super::{NONE_FOUND, TO_WRITE};
use crate::decision::Consensus;
use crate::evidence::{Evidence, Stance, Standing};
use crate::hypothesis::{Editorial, Hypothesis, Inference, PartKind, Tested};
use crate::id::Id;
use crate::participant::Audience;
use crate::synthesis::{Judged, Synthesis};
use crate::table::Table;
use serde::Serialize;

/// One row of the CMO table, with everything a reader may ask of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    pub id: String,
    pub component: Option<String>,
    pub component_name: Option<String>,
    /// The team's own sentence.
    pub statement: Option<String>,
    /// Machine-made, for the team only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    pub editorial: Editorial,
    pub consensus: Consensus,
    pub parts: Vec<StatementPart>,
    pub standing: Standing,
    pub sources: usize,
    pub strands: usize,
    pub coverage: Coverage,
    pub mechanism_basis: MechanismBasis,
    /// Passages judged irrelevant, left out everywhere.
    pub irrelevant: usize,
    /// Passages judged against an earlier wording.
    pub earlier_wording: usize,
    /// Passages judged for a statement merged into this one or feeding it, and not yet for this one.
    #[serde(skip_serializing_if = "is_none_of_them")]
    pub inherited: usize,
    /// What came of putting it to the test; left out where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tested: Option<Tested>,
    pub quotations: Quotations,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementPart {
    pub key: String,
    pub kind: PartKind,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quotations {
    pub supports: Vec<Cited>,
    pub refutes: Vec<Cited>,
    pub refines: Vec<Cited>,
    pub ambiguous: Vec<Cited>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
fn is_none_of_them(number: &usize) -> bool {
    *number == 0
}

/// Statements that still stand, of a component or of none, in label order.
pub fn living(synthesis: &Synthesis, component: Option<Id>) -> Vec<Id> {
    let mut ids: Vec<Id> =
        synthesis.living_hypotheses().filter(|one| one.component == component).map(|one| one.id).collect();
    in_label_order(synthesis, &mut ids);
    ids
}

pub fn in_label_order(synthesis: &Synthesis, ids: &mut [Id]) {
    ids.sort_by_key(|id| (!synthesis.labels.contains_key(id), synthesis.labels.get(id).cloned(), *id));
}

impl Statement {
    pub fn of(press: &mut Press, hypothesis: &Hypothesis) -> Self {
        let synthesis = press.synthesis;
        let bearings = tally::bearing(&press.bearings, hypothesis.id);
        let links: Vec<&Evidence> = bearings.iter().map(|one| one.link).collect();
        let judged = |how| bearings.iter().filter(|one| one.judged == how).count();
        let (sources, strands) = tally::spread(synthesis, &links);
        let component = hypothesis.component.and_then(|id| synthesis.components.get(&id));
        Statement {
            id: synthesis.label(hypothesis.id),
            component: component.map(|component| synthesis.label(component.id)),
            component_name: component.map(|component| component.name.clone()),
            statement: hypothesis.statement.clone(),
            generated: press.is_for_team().then(|| hypothesis.generated_sentence()).flatten(),
            editorial: hypothesis.status,
            consensus: synthesis.consensus(hypothesis.id),
            parts: hypothesis
                .parts
                .iter()
                .map(|part| StatementPart { key: part.key.clone(), kind: part.kind, text: part.text.clone() })
                .collect(),
            standing: press.bearings.standing(hypothesis.id),
            sources,
            strands,
            coverage: Coverage::of(&press.bearings, hypothesis),
            mechanism_basis: MechanismBasis::of(&press.bearings, hypothesis),
            irrelevant: press.bearings.on(hypothesis.id).iter().filter(|one| one.link.is_irrelevant()).count(),
            earlier_wording: judged(Judged::EarlierWording),
            inherited: judged(Judged::Inherited),
            tested: hypothesis.tested.clone(),
            quotations: Quotations::of(press, &links),
        }
    }

    /// Every statement of a list, unknown ids left out.
    pub fn all(press: &mut Press, ids: &[Id]) -> Vec<Self> {
        let synthesis = press.synthesis;
        ids.iter().filter_map(|id| synthesis.hypotheses.get(id)).map(|one| Statement::of(press, one)).collect()
    }

    fn texts(&self, kinds: &[PartKind]) -> String {
        let texts: Vec<&str> =
            self.parts.iter().filter(|part| kinds.contains(&part.kind)).map(|part| part.text.as_str()).collect();
        if texts.is_empty() { TO_WRITE.to_owned() } else { texts.join("\n") }
    }

    fn context(&self) -> String {
        self.texts(&[PartKind::Context])
    }

    fn outcome(&self) -> String {
        self.texts(&[PartKind::Outcome])
    }

    /// Resource and reasoning named as such where the mechanism is split.
    fn mechanism(&self, audience: Audience) -> String {
        let lines: Vec<String> = self
            .parts
            .iter()
            .filter_map(|part| match part.kind {
                PartKind::Mechanism => Some(part.text.clone()),
                PartKind::Resource | PartKind::Reasoning => {
                    Some(format!("{}: {}", part_title(part.kind, audience), part.text))
                }
                _ => None,
            })
            .collect();
        if lines.is_empty() { TO_WRITE.to_owned() } else { lines.join("\n") }
    }

    /// `H3.gj If …`; the label alone where the team has written no sentence.
    pub fn title(&self) -> String {
        [Some(self.id.as_str()), self.statement.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What stands in place of a sentence: a gap, and for the team the generated one, labelled.
    pub fn unwritten(&self) -> Option<Block> {
        if self.statement.is_some() {
            return None;
        }
        let mut runs = vec![Run::Gap(TO_WRITE.to_owned())];
        if let Some(generated) = &self.generated {
            runs.push(Run::Emphasis(format!(" (generated: {generated})")));
        }
        Some(Block::Paragraph(runs))
    }

    /// Every part by its name, in one line.
    pub fn parts_line(&self, audience: Audience) -> String {
        if self.parts.is_empty() {
            return TO_WRITE.to_owned();
        }
        let part = |part: &StatementPart| format!("{} ({}): {}", part_title(part.kind, audience), part.key, part.text);
        self.parts.iter().map(part).collect::<Vec<_>>().join("; ")
    }

    /// `6 for, 1 against; 7 sources in 4 strands`.
    fn balance(&self) -> String {
        let spread = tally::show_spread((self.sources, self.strands));
        match self.sources {
            0 => spread,
            _ => format!("{} for, {} against; {spread}", self.standing.r#for, self.standing.against),
        }
    }

    /// Some passage bears on it, printed or withheld.
    pub fn has_passages(&self) -> bool {
        let Quotations { supports, refutes, refines, ambiguous } = &self.quotations;
        [supports, refutes, refines, ambiguous].iter().any(|cited| !cited.is_empty())
    }

    pub fn standings(&self) -> Standings {
        Standings { evidence: self.standing.clone(), consensus: self.consensus, tested: self.tested.clone() }
    }

    /// `8 sources in 4 strands: supports 8, refines 0, refutes 4, unclear 0`.
    pub fn sources_line(&self) -> String {
        let standing = &self.standing;
        format!(
            "{}: supports {}, refines {}, refutes {}, unclear {}",
            tally::show_spread((self.sources, self.strands)),
            standing.supports,
            standing.refines,
            standing.against,
            standing.ambiguous
        )
    }

    /// What a reader needs beside the standing word.
    pub fn particulars(&self) -> Block {
        let mechanism_is = match self.mechanism_basis.statement {
            Some(Inference::Explicit) | None => "Mechanism",
            Some(_) => "Mechanism (inferred)",
        };
        let mut pairs = self.standings().pairs();
        pairs.extend([
            ("Sources".to_owned(), vec![Run::plain(self.sources_line())]),
            ("Coverage of parts (sources)".to_owned(), vec![Run::plain(self.coverage_line())]),
            ("One source tells it whole".to_owned(), vec![Run::plain(self.told_line())]),
            (mechanism_is.to_owned(), vec![Run::plain(self.mechanism_basis.show())]),
        ]);
        let again = [
            (self.earlier_wording, "judged against an earlier wording"),
            (self.inherited, "judged for a statement that was merged into this one or feeds it"),
        ];
        let again: Vec<String> =
            again.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{} {why}", count_of(*n, "passage"))).collect();
        if !again.is_empty() {
            pairs.push(("To look at again".to_owned(), vec![Run::plain(again.join("; "))]));
        }
        if self.irrelevant > 0 {
            let what = format!("{} judged irrelevant", count_of(self.irrelevant, "passage"));
            pairs.push(("Left out".to_owned(), vec![Run::plain(what)]));
        }
        Block::Pairs(pairs)
    }

    pub fn coverage_line(&self) -> String {
        let each: Vec<String> = self
            .parts
            .iter()
            .map(|part| {
                let sources = self.coverage.parts.get(&part.key).copied().unwrap_or(0);
                format!("{} {} {sources}", part.kind, part.key)
            })
            .chain([format!("whole statement {}", self.coverage.whole)])
            .collect();
        each.join(", ")
    }

    fn told_line(&self) -> String {
        match self.coverage.told_by_one {
            0 => "no".to_owned(),
            n => format!(
                "yes, {} by itself",
                if n == 1 { "1 source".to_owned() } else { format!("each of {n} sources") }
            ),
        }
    }

    /// Every passage: for, against, then those that refine or are unclear.
    pub fn quotations(&self) -> Block {
        let Quotations { supports, refutes, refines, ambiguous } = &self.quotations;
        let mut sides = vec![side("For", supports), side("Against", refutes)];
        let apart = [("Refines", refines), ("Unclear", ambiguous)];
        sides.extend(apart.into_iter().filter(|(_, cited)| !cited.is_empty()).map(|(title, cited)| side(title, cited)));
        Block::Sides(sides)
    }
}

fn side(title: &str, cited: &[Cited]) -> Side {
    let mut blocks: Vec<Block> = cited.iter().map(|one| Block::Quote(one.quote_under_statement())).collect();
    if blocks.is_empty() {
        blocks.push(Block::none_found());
    }
    Side { title: format!("{title} ({})", cited.len()), blocks }
}

impl Quotations {
    fn of(press: &mut Press, links: &[&Evidence]) -> Self {
        let mut cite =
            |stance| links.iter().filter(|link| link.stance == stance).map(|link| press.cite(link)).collect::<Vec<_>>();
        Quotations {
            supports: cite(Stance::Supports),
            refutes: cite(Stance::Refutes),
            refines: cite(Stance::Refines),
            ambiguous: cite(Stance::Ambiguous),
        }
    }
}

/// What a part is called: in plain words for a meeting.
pub fn part_title(kind: PartKind, audience: Audience) -> &'static str {
    let plain = audience == Audience::Meeting;
    match kind {
        PartKind::Intervention => "Intervention",
        PartKind::Strategy => "Strategy",
        PartKind::Actor if plain => "Who",
        PartKind::Actor => "Actor",
        PartKind::Context if plain => "What has to be in place",
        PartKind::Context => "Context",
        PartKind::Resource if plain => "What is offered",
        PartKind::Resource => "Resource",
        PartKind::Reasoning | PartKind::Mechanism if plain => "What changes in people's thinking",
        PartKind::Reasoning => "Reasoning",
        PartKind::Mechanism => "Mechanism",
        PartKind::Outcome if plain => "What happens",
        PartKind::Outcome => "Outcome",
    }
}

/// The table papers print: one row a statement.
pub fn table(statements: &[Statement], audience: Audience) -> Table {
    let title = |kind| part_title(kind, audience);
    let mechanism = match audience {
        Audience::Meeting => "What is offered, and what changes in people's thinking",
        _ => "Mechanism",
    };
    let mut table = Table::with(&[
        ("id", "Statement"),
        ("context", title(PartKind::Context)),
        ("mechanism", mechanism),
        ("outcome", title(PartKind::Outcome)),
        ("standing", "Standings"),
        ("sources", "Sources"),
    ]);
    for one in statements {
        table.push(vec![
            one.id.as_str().into(),
            one.context().into(),
            one.mechanism(audience).into(),
            one.outcome().into(),
            one.standings().lines().into(),
            one.balance().into(),
        ]);
    }
    table
}

/// A table of statements and, under it, each with its particulars and passages.
pub fn section(statements: &[Statement], audience: Audience, level: u8, caption: &str, id: &str) -> Vec<Block> {
    if statements.is_empty() {
        return vec![Block::Paragraph(vec![
            Run::plain("Statements: "),
            Run::Gap(NONE_FOUND.to_owned()),
            Run::plain("."),
        ])];
    }
    let mut blocks = vec![Block::table(caption, table(statements, audience))];
    for one in statements {
        blocks.push(Block::heading(level, one.title(), format!("{id}-{}", one.id)));
        blocks.extend(one.unwritten());
        blocks.push(one.particulars());
        if one.has_passages() {
            blocks.push(one.quotations());
        }
    }
    blocks
}
