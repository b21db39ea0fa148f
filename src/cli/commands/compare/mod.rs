//! `realist compare`

use super::out::Out;
use super::shared::{confirm, counted};
use crate::act::compare as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::compare::{Matrix, Results, likeness, pairs, results};
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::project::{Depth, Project};
use crate::report::comparison::{self, Sheet, tables};
use crate::report::figure;
use crate::report::words::Press;
use crate::synthesis::Synthesis;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Features by model, with the share not reported of each feature and each model.
    Matrix {
        #[command(flatten)]
        choice: Choice,
        #[command(flatten)]
        out: Out,
    },
    /// Outcomes by model: direction, measure, comparator.
    Outcomes {
        /// Only this model; may be repeated.
        #[arg(long = "model", value_name = "M1.gj")]
        models: Vec<String>,
        #[command(flatten)]
        out: Out,
    },
    /// Where two models differ, and the statements that would say why it matters.
    Diff {
        #[arg(value_name = "M1.gj")]
        a: String,
        #[arg(value_name = "M2.gj")]
        b: String,
        /// Only features of this codebook; may be repeated. Those in use unless said.
        #[arg(long = "taxonomy", value_name = "BOOK")]
        taxonomies: Vec<String>,
        #[command(flatten)]
        out: Out,
    },
    /// How far models say the same, two by two, over the features reported for both.
    Match {
        #[command(flatten)]
        choice: Choice,
        #[command(flatten)]
        out: Out,
    },
    /// Say that a statement would explain why a feature matters, and how.
    Explain {
        /// Name or label of a code.
        feature: String,
        #[arg(value_name = "H12.gj")]
        hypothesis: String,
        #[arg(long, required_unless_present = "lift")]
        why: Option<String>,
        /// Take that away again.
        #[arg(long, conflicts_with = "why")]
        lift: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Choice {
    /// Only features of this codebook; may be repeated. Those of which some feature has a value unless said.
    #[arg(long = "taxonomy", value_name = "BOOK")]
    taxonomies: Vec<String>,
    /// Only this model; may be repeated, and stands in this order.
    #[arg(long = "model", value_name = "M1.gj")]
    models: Vec<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Matrix { choice, out } => {
            let synthesis = project.synthesis(Depth::Facts)?;
            matrix(context, &project, &synthesis, &the_matrix(&project, &synthesis, &choice)?, &out)
        }
        Command::Match { choice, out } => {
            let synthesis = project.synthesis(Depth::Facts)?;
            let matrix = the_matrix(&project, &synthesis, &choice)?;
            let (table, data) = (tables::matches(&synthesis, &matrix), tables::matches_json(&synthesis, &matrix));
            let sheet = Sheet { key: "compare-match", title: "How far models say the same", rule: pairs::RULE, table, data };
            told(context, &project, &synthesis, sheet, &out)
        }
        Command::Outcomes { models, out } => {
            let synthesis = project.synthesis(Depth::Facts)?;
            let found = Results::of(&synthesis, &act::asked(&project, &[], &models)?.models);
            outcomes(context, &project, &synthesis, &found, &out)
        }
        Command::Diff { a, b, taxonomies, out } => {
            let synthesis = project.synthesis(Depth::Facts)?;
            diff(context, &project, &synthesis, [a, b], taxonomies, &out)
        }
        Command::Explain { feature, hypothesis, why, lift } => {
            let done = if lift {
                act::untie(&mut project, &feature, &hypothesis)?
            } else {
                act::explain(&mut project, &feature, &hypothesis, why.as_deref().unwrap_or_default())?
            };
            let (name, label) = &done.answer;
            let said = if lift { format!("{label} no longer said to explain {name}") } else { format!("{label} explains {name}") };
            confirm(context, &done, &said, json!({ "feature": name, "hypothesis": label }));
            Ok(Exit::Done)
        }
    }
}

/// Fault `nothing-to-compare`: there is no model, or no feature has a value.
fn the_matrix<'s>(project: &Project, synthesis: &'s Synthesis, choice: &Choice) -> Result<Matrix<'s>> {
    let matrix = Matrix::of(synthesis, &act::asked(project, &choice.taxonomies, &choice.models)?);
    if matrix.models.is_empty() {
        return Err(fault("nothing-to-compare", "there is no model yet").hint("realist model add 'Collaborative care' --source S3.gj"));
    }
    if matrix.rows.is_empty() {
        return Err(fault("nothing-to-compare", "no feature of any model has a value yet")
            .hint("take in a taxonomy: realist codebook add --ready rainbow")
            .hint("then: realist model cell M1 \"Clinical integration\" present --at D3 --quote \"...\""));
    }
    Ok(matrix)
}

fn matrix(context: &Context, project: &Project, synthesis: &Synthesis, matrix: &Matrix, out: &Out) -> Result<Exit> {
    if out.is_wanted() {
        let paper = comparison::of_matrix(synthesis, matrix);
        return out.write(context, project, &paper, Some(&figure::models(synthesis, matrix)));
    }
    context.ui.list(&tables::matrix(synthesis, matrix), &tables::matrix_json(synthesis, matrix));
    context.ui.say(&format!("{} by {}", counted(matrix.rows.len(), "feature"), counted(matrix.models.len(), "model")));
    context.ui.say(comparison::RULE);
    Ok(Exit::Done)
}

fn outcomes(context: &Context, project: &Project, synthesis: &Synthesis, found: &Results, out: &Out) -> Result<Exit> {
    if out.is_wanted() {
        return out.write(context, project, &comparison::of_outcomes(synthesis, found), None);
    }
    let table = tables::outcomes(synthesis, found);
    context.ui.list(&table, &tables::outcomes_json(synthesis, found));
    context.ui.say(results::RULE);
    Ok(Exit::negative_if(table.is_empty()))
}

/// A table into a file, or to be read.
fn told(context: &Context, project: &Project, synthesis: &Synthesis, sheet: Sheet, out: &Out) -> Result<Exit> {
    if out.is_wanted() {
        return out.write(context, project, &comparison::single(synthesis, sheet), None);
    }
    context.ui.list(&sheet.table, &sheet.data);
    context.ui.say(sheet.rule);
    Ok(Exit::negative_if(sheet.table.is_empty()))
}

fn diff(
    context: &Context,
    project: &Project,
    synthesis: &Synthesis,
    models: [String; 2],
    taxonomies: Vec<String>,
    out: &Out,
) -> Result<Exit> {
    let choice = Choice { taxonomies, models: models.to_vec() };
    let matrix = the_matrix(project, synthesis, &choice)?;
    if matrix.models.len() < 2 || matrix.models[0].id == matrix.models[1].id {
        return Err(fault("one-model", "a model does not differ from itself").hint("name two: realist compare diff M1.gj M2.gj"));
    }
    let press = Press::new(synthesis, Audience::Team);
    let difference = comparison::told(&press, &matrix, 0, 1);
    if out.is_wanted() {
        return out.write(context, project, &comparison::of_difference(&press, &matrix, &difference), None);
    }
    context.ui.list(&difference.table(synthesis, &matrix), &difference.json(synthesis, &matrix));
    context.ui.say(&format!("match: {}", likeness(&matrix, 0, 1).in_words()));
    difference.not_compared(&matrix).iter().for_each(|said| context.ui.say(said));
    for at in 0..2 {
        let name = tables::model(synthesis, matrix.models[at]);
        context.ui.say(&format!("{name}: not reported {}", matrix.of_model(at).in_words()));
    }
    context.ui.say(pairs::RULE);
    Ok(Exit::Done)
}
