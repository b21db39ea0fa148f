//! Where two models differ, and the statements that would say why it matters. What somebody tied to a feature stands apart
//! from what only touches the same words.

use super::tables;
use crate::compare::{Explanations, Matrix, difference, explain, likeness, pairs};
use crate::id::Id;
use crate::model::{Because, Value};
use crate::report::block::{Block, Run};
use crate::report::cerqual::finding;
use crate::report::standings::Standings;
use crate::report::words::{Press, stopped};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// Headings of statements that somebody tied to a feature, and of those that nobody did.
const TIED: &str = "Said to explain why it matters";
const TOUCHING: &str = "Statements from the same passages";

/// A statement that may explain something, written out.
#[derive(Debug, Clone)]
pub struct Statement {
    pub id: String,
    pub sentence: String,
    pub standings: Option<explain::Standings>,
    /// The same in a sentence, as every paper says it.
    pub stands: String,
    /// How it explains the feature, where somebody said so.
    pub because: Option<Because>,
}

/// A feature in which two models differ.
#[derive(Debug, Clone)]
pub struct Differs {
    pub row: usize,
    pub values: [Value; 2],
    pub tied: Vec<Statement>,
    pub touching: Vec<Statement>,
}

/// The difference of two models, written out.
#[derive(Debug, Clone)]
pub struct Told {
    pub columns: [usize; 2],
    pub differs: Vec<Differs>,
    /// Reported for one of them alone.
    pub one_sided: Vec<(usize, [Value; 2])>,
    pub silent: usize,
}

/// Writes the difference of two models out.
pub fn told(press: &Press, matrix: &Matrix, one: usize, other: usize) -> Told {
    let found = difference(matrix, one, other);
    let features: BTreeSet<Id> = found.differing.iter().map(|one| matrix.rows[one.row].code.id).collect();
    let explanations = Explanations::of(press.synthesis, &features);
    let write = |id: Id, because: Option<&Because>| {
        let statement = press.synthesis.hypotheses.get(&id);
        Statement {
            id: press.synthesis.label(id),
            sentence: statement.map(|one| finding(press, one)).unwrap_or_default(),
            standings: explanations.standings(id),
            stands: statement.map(|one| Standings::of(&press.bearings, one).sentence()).unwrap_or_default(),
            because: because.cloned(),
        }
    };
    let differs = found.differing.iter().map(|one| {
        let explained = explanations.get(matrix.rows[one.row].code.id);
        let tied = explained.iter().flat_map(|explained| &explained.tied);
        let touching = explained.iter().flat_map(|explained| &explained.touching);
        Differs {
            row: one.row,
            values: one.values,
            tied: tied.map(|(id, because)| write(*id, Some(*because))).collect(),
            touching: touching.map(|id| write(*id, None)).collect(),
        }
    });
    Told {
        columns: [one, other],
        differs: differs.collect(),
        one_sided: found.one_sided.iter().map(|one| (one.row, one.values)).collect(),
        silent: found.silent,
    }
}

impl Statement {
    fn line(&self) -> String {
        let why = self.because.as_ref().map(|because| format!(" Because: {}", stopped(&because.why)));
        format!("{} {}{} {}", self.id, stopped(&self.sentence), why.unwrap_or_default(), self.stands)
    }

    /// In full where it is met first, then by its label alone; how it explains a feature each time.
    fn runs(&self, said_before: &mut BTreeSet<String>) -> Vec<Run> {
        let is_new = said_before.insert(self.id.clone());
        let mut runs = vec![Run::Strong(format!("{} ", self.id))];
        runs.push(Run::plain(if is_new { stopped(&self.sentence) } else { "Told in full above.".to_owned() }));
        runs.extend(self.because.iter().map(|because| Run::plain(format!(" Because: {}", stopped(&because.why)))));
        runs.extend(is_new.then(|| Run::Small(self.stands.clone())));
        runs
    }

    fn json(&self) -> Json {
        json!({
            "hypothesis": self.id, "statement": self.sentence, "standings": self.standings,
            "why": self.because.as_ref().map(|one| &one.why),
        })
    }
}

impl Told {
    /// Features that differ, a row each.
    pub fn table(&self, synthesis: &Synthesis, matrix: &Matrix) -> Table {
        let [one, other] = self.columns.map(|at| tables::model(synthesis, matrix.models[at]));
        let mut table = Table::with(&[
            ("feature", "Feature"),
            ("a", &one),
            ("b", &other),
            ("explained_by", TIED),
            ("touch_the_same_words", TOUCHING),
        ]);
        let lines = |all: &[Statement]| match all {
            [] => Cell::Empty,
            some => Cell::text(some.iter().map(Statement::line).collect::<Vec<_>>().join("\n")),
        };
        for differs in &self.differs {
            table.push(vec![
                matrix.rows[differs.row].code.name.as_str().into(),
                matrix.cells[differs.row][self.columns[0]].title().into(),
                matrix.cells[differs.row][self.columns[1]].title().into(),
                lines(&differs.tied),
                lines(&differs.touching),
            ]);
        }
        table
    }

    /// Which of the two is said to lack a feature, and no passage that says so is left: `a`, `b`.
    fn unfounded(&self, matrix: &Matrix, row: usize) -> Vec<&'static str> {
        let sides = self.columns.into_iter().zip(["a", "b"]);
        sides.filter(|(at, _)| matrix.cells[row][*at].is_unfounded()).map(|(_, side)| side).collect()
    }

    /// `{"models","match","differs","one_sided","silent","not_reported"}`.
    pub fn json(&self, synthesis: &Synthesis, matrix: &Matrix) -> Json {
        let [one, other] = self.columns;
        let feature = |row: usize| synthesis.label(matrix.rows[row].code.id);
        let statements = |all: &[Statement]| all.iter().map(Statement::json).collect::<Vec<_>>();
        let differs = self.differs.iter().map(|differs| {
            json!({
                "feature": feature(differs.row), "name": matrix.rows[differs.row].code.name,
                "a": differs.values[0], "b": differs.values[1], "no_passage_left": self.unfounded(matrix, differs.row),
                "explained_by": statements(&differs.tied),
                "touch_the_same_words": statements(&differs.touching),
            })
        });
        let one_sided = self.one_sided.iter().map(|(row, values)| {
            json!({ "feature": feature(*row), "name": matrix.rows[*row].code.name, "a": values[0], "b": values[1] })
        });
        json!({
            "models": self.columns.map(|at| tables::model_json(synthesis, matrix.models[at])),
            "match": tables::likeness_json(matrix, one, other),
            "differs": differs.collect::<Vec<_>>(),
            "one_sided": one_sided.collect::<Vec<_>>(),
            "silent": self.silent,
            "not_reported": self.columns.map(|at| matrix.of_model(at)),
            "rule": pairs::RULE,
        })
    }

    /// What cannot be compared, in one sentence; nothing where everything can.
    pub fn not_compared(&self, matrix: &Matrix) -> Option<String> {
        let names = |side: usize| {
            let told = self.one_sided.iter().filter(|(_, values)| values[side].is_reported());
            told.map(|(row, _)| matrix.rows[*row].code.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let only = [0, 1].map(|side| (matrix.models[self.columns[side]].name.as_str(), names(side)));
        let only = only.iter().filter(|(_, names)| !names.is_empty());
        let mut parts: Vec<String> =
            only.map(|(model, names)| format!("reported for {model} alone: {names}")).collect();
        if self.silent > 0 {
            parts.push(format!("reported for neither: {}", self.silent));
        }
        (!parts.is_empty()).then(|| format!("Not compared: {}.", parts.join("; ")))
    }
}

pub(super) fn section(press: &Press, matrix: &Matrix, told: &[Told]) -> Vec<Block> {
    if matrix.rows.is_empty() || matrix.models.len() < 2 {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(2, "Differences", "differences")];
    if told.is_empty() {
        blocks.push(Block::to_write("which model is the team's own, to set it against the others"));
    }
    let mut said_before = BTreeSet::new();
    for one in told {
        let title = between(matrix, one);
        blocks.push(Block::heading(3, &title, format!("differences-{}-{}", one.columns[0] + 1, one.columns[1] + 1)));
        blocks.extend(of_pair(press, matrix, one, &mut said_before));
    }
    blocks.push(Block::rule(pairs::RULE));
    blocks
}

fn between(matrix: &Matrix, told: &Told) -> String {
    let [one, other] = told.columns.map(|at| matrix.models[at].name.as_str());
    format!("{one} and {other}")
}

/// How far two models match, where they differ, and feature by feature what would say why that matters.
pub(super) fn of_pair(press: &Press, matrix: &Matrix, told: &Told, said_before: &mut BTreeSet<String>) -> Vec<Block> {
    let [one, other] = told.columns;
    let mut blocks = vec![Block::Paragraph(vec![
        Run::Strong("Match: ".to_owned()),
        Run::plain(format!("{}.", likeness(matrix, one, other).in_words())),
    ])];
    if !told.differs.is_empty() {
        let mut values = told.table(press.synthesis, matrix);
        values.drop_columns(&["explained_by", "touch_the_same_words"]);
        blocks.push(Block::table(format!("Where they differ: {}", between(matrix, told)), values));
    }
    for differs in &told.differs {
        let place = format!("why-{}-{}-{}", one + 1, other + 1, differs.row + 1);
        if !differs.tied.is_empty() || !differs.touching.is_empty() {
            blocks.push(Block::heading(4, &matrix.rows[differs.row].code.name, place));
        }
        for (title, statements) in [(TIED, &differs.tied), (TOUCHING, &differs.touching)] {
            if !statements.is_empty() {
                blocks.push(Block::paragraph(format!("{title}:")));
                blocks.push(Block::list(false, statements.iter().map(|one| one.runs(said_before)).collect()));
            }
        }
    }
    blocks.extend(told.not_compared(matrix).map(Block::paragraph));
    blocks
}
