//! `realist sheet`

use super::shared::{confirm, counted, read_input, word};
use super::write::one_json;
use crate::act::output;
use crate::act::sheet::{self as act, Form};
use crate::act::workbook;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::project::Project;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write a sheet of a document's passages, to fill in with a spreadsheet program.
    Make {
        #[arg(value_name = "D7.gj")]
        document: String,
        /// Where to; outputs/D7.gj-sheet.csv unless said (- for standard output, csv alone).
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
        /// csv or xlsx; as FILE is called unless said.
        #[arg(long = "to", value_name = "FORMAT", value_parser = word::<Form>)]
        to: Option<Form>,
    },
    /// Read a filled-in sheet: claims and links in one step to undo. Reading it twice changes nothing.
    Read {
        /// A csv, xlsx or ods file, however it was saved (- for csv on standard input).
        #[arg(value_name = "FILE")]
        file: String,
        /// Where rows that cannot be read go, with the reasons; FILE-refused unless said.
        #[arg(long, value_name = "FILE")]
        refused: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Make { document, out, to } => make(context, &project, &document, out.as_deref(), to),
        Command::Read { file, refused } => read(context, &mut project, &file, refused.as_deref()),
    }
}

fn make(context: &Context, project: &Project, document: &str, out: Option<&str>, to: Option<Form>) -> Result<Exit> {
    let is_called_xlsx = out.is_some_and(|file| Path::new(file).extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx")));
    let form = to.unwrap_or(if is_called_xlsx { Form::Xlsx } else { Form::Csv });
    let made = act::make(project, document, form)?;
    if out == Some("-") {
        if form == Form::Xlsx {
            return Err(fault("no-text", "a workbook cannot be shown here").hint("name a file: --out FILE.xlsx"));
        }
        context.ui.exact(&String::from_utf8_lossy(&made.bytes));
        return Ok(Exit::Done);
    }
    let file = match out {
        Some(file) => PathBuf::from(file),
        None => project.outputs_folder().join(format!("{}-sheet.{form}", made.document)),
    };
    if crate::disk::is_taken(&file) {
        return Err(fault("file-exists", format!("{} is there, and may be filled in", file.display()))
            .hint("name another with --out FILE, or put that one away"));
    }
    let unwritten = context.surroundings.rehearsal;
    output::file(project, Audience::Team, &file, made.bytes)?;
    let shown = file.display().to_string();
    let after = if unwritten { " (dry run: nothing was written)" } else { "" };
    context.ui.answer(
        &format!("{shown}: {} of {}{after}", counted(made.rows, "row"), made.document),
        &json!({ "document": made.document, "file": shown, "rows": made.rows }),
    );
    context.ui.say("it holds the document's words: keep it as safe as the project");
    context.ui.say(&format!("fill it in and read it back: realist sheet read {shown}"));
    Ok(Exit::Done)
}

fn read(context: &Context, project: &mut Project, file: &str, refused: Option<&str>) -> Result<Exit> {
    let done = if workbook::is_workbook(Path::new(file)) {
        act::read_workbook(project, Path::new(file))?
    } else {
        act::read(project, &read_input(file)?)?
    };
    let answer = &done.answer;
    let returned = if answer.refused.is_empty() || done.rehearsal { None } else { target(file, refused) };
    if let Some(path) = &returned {
        output::file(project, Audience::Team, path, answer.returned.clone())?;
    }
    let new = answer.written.iter().filter(|one| one.new).count();
    let mut told = vec![counted(new, "new statement"), counted(answer.written.len(), "link")];
    let also = |rows: usize, what: &str| (rows > 0).then(|| format!("{} {what}", counted(rows, "row")));
    told.extend(also(answer.unchanged, "read before"));
    told.extend(also(answer.refused.len(), "refused"));
    let sentence = told.join(", ");
    let refusals: Vec<_> =
        answer.refused.iter().map(|one| json!({ "row": one.row, "because": one.because })).collect();
    confirm(context, &done, &sentence, json!({
        "written": answer.written.iter().map(one_json).collect::<Vec<_>>(), "unchanged": answer.unchanged,
        "refused": refusals, "refused_file": returned.as_ref().map(|path| path.display().to_string()),
    }));
    for one in &answer.refused {
        context.ui.say(&format!("row {}: {}", one.row, one.because));
    }
    if let Some(path) = returned {
        context.ui.say(&format!("mend the refused rows and read them: realist sheet read {}", path.display()));
    }
    Ok(Exit::negative_if(!answer.refused.is_empty()))
}

/// Where refused rows go; a file that may be half mended is not written over.
fn target(file: &str, refused: Option<&str>) -> Option<PathBuf> {
    if let Some(named) = refused {
        return Some(PathBuf::from(named));
    }
    if file == "-" {
        return None;
    }
    let path = Path::new(file);
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let extension = path.extension().map_or_else(|| "csv".into(), |one| one.to_string_lossy());
    // What came as ods goes back as xlsx: no other workbook is written.
    let extension = if workbook::is_workbook(path) { "xlsx".into() } else { extension };
    let name = |tail: &str| path.with_file_name(format!("{stem}-refused{tail}.{extension}"));
    Some(name("")).filter(|path| !path.exists()).or_else(|| {
        (2..1000).map(|number| name(&format!("-{number}"))).find(|path| !path.exists())
    })
}
