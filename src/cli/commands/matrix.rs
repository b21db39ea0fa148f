//! `realist matrix`

use super::shared::{counted, layers_said, left_out, where_typed, word};
use super::{paper, query, words};
use crate::act::matrix::{self as act, Against, Asked, Made};
use crate::act::query::{Facet, PlainFacet};
use crate::act::report;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::matrix::{self, Kind, Matrix, Shown};
use crate::project::Project;
use crate::retrieve::Scope;
use crate::table::{Cell, Table};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Codes by codes: how often they overlap, or stand in one turn, document or source.
    Codes {
        /// Within what two codes go together: unit (turn, paragraph, row), document or source; where not given, they
        /// must overlap.
        #[arg(long, value_name = "SCOPE", value_parser = word::<Scope>)]
        scope: Option<Scope>,
        /// Number in a cell: quotations (of the row's code), together (pairs, or places with both), or c (the
        /// c-coefficient).
        #[arg(long, value_name = "NUMBER", default_value = "quotations", value_parser = word::<Shown>)]
        show: Shown,
        #[command(flatten)]
        choice: Choice,
    },
    /// Codes by document, source, kind, strand, group, speaker or coder, or by what facesheets say of who speaks: attr:age.
    By {
        #[arg(value_name = "FACET", value_parser = word::<Facet>)]
        facet: Facet,
        #[command(flatten)]
        choice: Choice,
    },
    /// Words by how often they are spoken, in everything or in what a query means.
    Words(words::Choice),
}

/// Which codings count, and where the answer goes.
#[derive(Debug, clap::Args)]
struct Choice {
    /// Only these codes; every code that has quotations unless said.
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
    /// Count a code together with the codes below it in the tree.
    #[arg(long)]
    with_children: bool,
    /// Only quotations where this holds, as for `query run`: kind:interview, speaker:Ana, date:2026-11.
    #[arg(long = "where", value_name = "QUERY")]
    only: Option<String>,
    /// Only codings by this coder.
    #[arg(long, value_name = "TAG")]
    coded_by: Option<String>,
    /// List the quotations behind one cell instead: 'trust,access'.
    #[arg(long, value_name = "ROW,COLUMN")]
    cell: Option<String>,
    /// Quotations of a cell to show.
    #[arg(long, short = 'N', default_value_t = 20, value_name = "N", requires = "cell")]
    limit: usize,
    /// Show every quotation of a cell.
    #[arg(long, conflicts_with = "limit", requires = "cell")]
    all: bool,
    /// Format to write into outputs/: html (a heat map), md, docx, xlsx, csv, json; may be repeated.
    #[arg(long = "to", value_name = "FORMAT", conflicts_with = "cell")]
    to: Vec<String>,
    /// Write it to this file instead; its ending says the format: html, xlsx, csv, docx, md, json.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["cell", "to"])]
    out: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    match arguments.command {
        Command::Codes { scope, show, choice } => {
            let against = scope.map_or(Against::Overlap, Against::Place);
            answer(context, against, show, &choice)
        }
        Command::By { facet: Facet::Plain(PlainFacet::Code), .. } => {
            Err(fault("code-by-code", "codes by codes are a matrix of their own").hint("realist matrix codes"))
        }
        Command::By { facet, choice } => answer(context, Against::Facet(facet), Shown::Quotations, &choice),
        Command::Words(choice) => words::run(&choice, context),
    }
}

fn answer(context: &Context, against: Against, shown: Shown, choice: &Choice) -> Result<Exit> {
    let project = context.open()?;
    let only = choice.only.as_deref().map(|typed| where_typed(context, &project, typed)).transpose()?;
    let asked = Asked {
        against,
        codes: choice.codes.clone(),
        with_children: choice.with_children,
        only: act::only(only, choice.coded_by.as_deref()),
    };
    layers_said(context, &project, asked.only.as_ref());
    let progress = context.ui.progress("indexing");
    let tell = |done, all| progress.at(done, all);
    if let Some(cell) = &choice.cell {
        let limit = if choice.all { usize::MAX } else { choice.limit };
        let (asked_for, answer) = act::cell(&project, &asked, cell, limit, &tell)?;
        return query::show(context, &asked_for, asked.against.scope(), &answer);
    }
    let made = act::make(&project, &asked, &tell)?;
    if choice.to.is_empty() && choice.out.is_none() {
        show(context, &made, shown);
    } else {
        write(context, &project, &made.matrix, shown, choice)?;
    }
    left_out(context, made.missing, made.astray);
    Ok(Exit::Done)
}

fn show(context: &Context, made: &Made, shown: Shown) {
    let matrix = &made.matrix;
    let is_csv = context.ui.format() == Format::Csv;
    let mut table = if is_csv { matrix::sheet(matrix, shown) } else { matrix::table(matrix, shown) };
    if context.ui.format() == Format::Table {
        without_noughts(&mut table);
    }
    context.ui.list(&table, &matrix::json(matrix));
    if context.ui.format() == Format::Table {
        context.ui.say(if shown == Shown::C { "a blank is 0; a code has no c with itself" } else { "a blank is 0" });
    }
    context.ui.say(&matrix.rule(shown));
    matrix.warnings(shown).iter().for_each(|warning| context.ui.say(warning));
    let of = matrix.only.as_ref().map_or_else(String::new, |only| format!(", only where {only}"));
    let codes = counted(matrix.rows.len(), "code");
    context.ui.say(&format!("{} of {codes}{of}", counted(matrix.total, "quotation")));
    if let Some((cell, query)) = largest(matrix) {
        let scope = match matrix.kind {
            Kind::Place(scope) if scope != Scope::Unit => format!(" --scope {scope}"),
            _ => String::new(),
        };
        context.ui.say(&format!("the quotations of a cell: --cell '{cell}', or realist query run{scope} '{query}'"));
    }
}

/// A table of few numbers is read more easily without its noughts.
fn without_noughts(table: &mut Table) {
    for cell in table.rows.iter_mut().flat_map(|row| row.iter_mut().skip(2)) {
        if matches!(cell, Cell::Whole(0)) || matches!(cell, Cell::Real(number) if *number == 0.0) {
            *cell = Cell::Empty;
        }
    }
}

/// The cell with most quotations, off the diagonal where codes meet codes, and its query.
fn largest(matrix: &Matrix) -> Option<(String, &str)> {
    let is_of_codes = !matches!(matrix.kind, Kind::Facet(_));
    let cells = matrix.cells.iter().enumerate().flat_map(|(row, cells)| {
        cells.iter().enumerate().map(move |(column, cell)| (row, column, cell))
    });
    let others = cells.filter(|(row, column, _)| !(is_of_codes && row == column));
    let (row, column, cell) = others.filter(|(.., cell)| cell.quotations > 0).rev().max_by_key(|(.., cell)| cell.quotations)?;
    Some((format!("{},{}", matrix.rows[row].name, matrix.columns[column].name), cell.query.as_deref()?))
}

fn write(context: &Context, project: &Project, matrix: &Matrix, shown: Shown, choice: &Choice) -> Result<()> {
    let how = match &matrix.kind {
        Kind::Facet(facet) if facet.contains('"') => format!("realist matrix by '{facet}' --cell 'ROW,COLUMN'"),
        Kind::Facet(facet) => format!("realist matrix by {facet} --cell 'ROW,COLUMN'"),
        Kind::Place(scope) => format!("realist matrix codes --scope {scope} --cell 'ROW,COLUMN'"),
        Kind::Overlap => "realist matrix codes --cell 'ROW,COLUMN'".to_owned(),
    };
    let made = crate::report::matrix::make(matrix, shown, &how);
    let files: Vec<String> = match &choice.out {
        Some(file) => paper::put(context, project, &made, file)?,
        None => {
            let written = report::write(project, made, &report::renderers(&choice.to)?)?;
            let written = if context.surroundings.rehearsal { Vec::new() } else { written };
            written.iter().map(|file| file.display().to_string()).collect()
        }
    };
    let sentence = paper::sentence(&files);
    context.ui.answer(&sentence, &json!({ "matrix": matrix.key(), "for": "team", "files": files }));
    Ok(())
}
