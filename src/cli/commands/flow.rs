//! `realist flow`

use super::columns;
use super::searching::stream;
use super::shared::{Row, confirm, counted, optional, required};
use super::ties;
use crate::act::searching::flow::{self as act, Entry, Set};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Fault, Result, fault};
use crate::origin::Stream;
use crate::project::{Depth, Done, Project};
use crate::report::document_flow::records;
use crate::screening::Screening;
use crate::searching::Stage;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say how many records of a stream went through each stage of screening; "" takes a number away, and - says that records
    /// of the stream do not go through that stage.
    Set {
        /// databases, citations, experts, grey or purposive (purposive-2 for the second round of later searches).
        #[arg(value_parser = stream)]
        stream: Stream,
        #[command(flatten)]
        counts: Counts,
    },
    /// Read counts from CSV or JSON Lines (- for standard input): stream, stage, reason, n. The same table again changes
    /// nothing.
    Import {
        #[arg(value_name = "FILE.csv")]
        file: String,
    },
    /// Records by stream and stage, whether they add up, and how they stand to what the project holds.
    Show,
    /// Take all counts of a stream away.
    Remove {
        #[arg(value_parser = stream)]
        stream: Stream,
        /// Why.
        #[arg(long)]
        why: String,
    },
    /// Say by which stream published works came: sources, or those of a strand that say none yet.
    Origin {
        /// databases, citations, experts, grey, purposive; none takes it back.
        stream: String,
        /// Labels of sources, or of documents of them.
        #[arg(value_name = "S1.gj")]
        sources: Vec<String>,
        /// Key or title of a strand.
        #[arg(long)]
        strand: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Counts {
    /// Records that the searches of the stream found.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    identified: Option<String>,
    /// Duplicates removed before screening.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    duplicates: Option<String>,
    /// Screened on title and abstract.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    screened: Option<String>,
    /// Left out on title and abstract.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    screened_out: Option<String>,
    /// Of those, for a reason, as in "no service=12"; may be repeated.
    #[arg(long, value_name = "WHY=N")]
    screened_out_for: Vec<String>,
    /// Assessed on the full text.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    full_text: Option<String>,
    /// Left out on the full text, or because it could not be had.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    excluded: Option<String>,
    /// Of those, for a reason, as in "not retrieved=3"; may be repeated.
    #[arg(long, value_name = "WHY=N")]
    excluded_for: Vec<String>,
    /// Included.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    included: Option<String>,
    /// How it was screened, and by how many people.
    #[arg(long)]
    how: Option<String>,
}

impl Counts {
    fn entries(&self, stream: Stream) -> Result<Vec<Entry>> {
        let whole = [
            (Stage::Identified, &self.identified),
            (Stage::Duplicates, &self.duplicates),
            (Stage::Screened, &self.screened),
            (Stage::ScreenedOut, &self.screened_out),
            (Stage::FullText, &self.full_text),
            (Stage::Excluded, &self.excluded),
            (Stage::Included, &self.included),
        ];
        let mut entries: Vec<Entry> = whole
            .into_iter()
            .filter_map(|(stage, n)| Some(Entry { stream, stage, reason: None, n: n.clone()? }))
            .collect();
        for (stage, said) in [(Stage::ScreenedOut, &self.screened_out_for), (Stage::Excluded, &self.excluded_for)] {
            for one in said {
                let (reason, n) = one.rsplit_once('=').ok_or_else(|| {
                    fault("bad-reason", format!("'{one}' does not say how many"))
                        .hint("write the reason, = and the number: \"no causal content=12\"")
                })?;
                entries.push(Entry { stream, stage, reason: Some(reason.to_owned()), n: n.to_owned() });
            }
        }
        Ok(entries)
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Set { stream, counts } => {
            let entries = counts.entries(stream)?;
            let how = counts.how.as_deref().map(|how| (stream, how));
            if entries.is_empty() && how.is_none() {
                return Err(fault("nothing-said", format!("nothing is said of {stream}"))
                    .hint(format!("realist flow set {stream} --identified 412 --duplicates 60 --screened 352")));
            }
            let rows: Vec<usize> = (1..=entries.len()).collect();
            said(context, &act::set(&mut project, &entries, how, &rows)?);
        }
        Command::Import { file } => {
            let (entries, rows) = ties::from_table(&file, columns::FLOW, in_table)?;
            said(context, &act::set(&mut project, &entries, None, &rows)?);
        }
        Command::Show => return show(context, &project),
        Command::Remove { stream, why } => {
            let done = act::remove(&mut project, stream, &why)?;
            confirm(context, &done, &format!("took the counts of {stream} away"), json!({ "stream": stream }));
        }
        Command::Origin { stream: typed, sources, strand } => {
            let takes_back = typed.trim().eq_ignore_ascii_case("none");
            let stream = (!takes_back).then(|| typed.parse::<Stream>()).transpose()?;
            let done = act::origin(&mut project, stream, &sources, strand.as_deref())?;
            let came = stream.map_or_else(|| "of no stream".to_owned(), |stream| format!("by {stream}"));
            let sentence = format!("{} came {came}", counted(done.answer.len(), "source"));
            confirm(context, &done, &sentence, json!({ "stream": stream, "sources": done.answer }));
        }
    }
    Ok(Exit::Done)
}

/// What was counted, and what does not add up now.
fn said(context: &Context, done: &Done<Set>) {
    let streams: Vec<String> = done.answer.streams.iter().map(ToString::to_string).collect();
    let sentence = format!("counted {}: {} changed", streams.join(", "), counted(done.answer.changed, "number"));
    let json = json!({ "streams": done.answer.streams, "changed": done.answer.changed, "gaps": done.answer.gaps });
    confirm(context, done, &sentence, json);
    done.answer.gaps.iter().for_each(|gap| context.ui.say(gap));
}

fn in_table(row: &Row, number: usize) -> Result<Entry> {
    let read = || -> Result<Entry> {
        Ok(Entry {
            stream: required(row, "stream", number)?.parse()?,
            stage: Stage::read(required(row, "stage", number)?)?,
            reason: optional(row, "reason").map(str::to_owned),
            n: optional(row, "n").unwrap_or_default().to_owned(),
        })
    };
    read().map_err(|fault: Fault| if fault.0.code == "missing-column" { fault } else { fault.in_row(number) })
}

fn show(context: &Context, project: &Project) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let screening = Screening::of(&synthesis);
    if screening.accounts.is_empty() {
        return Err(fault("no-counts", "no search and no count of records is recorded yet")
            .hint("realist searching add \"PsycINFO\" --stream databases --records 412")
            .hint("realist flow set databases --identified 412 --duplicates 60 --screened 352"));
    }
    context.ui.list(&records::table(&screening), &records::json(&screening));
    for line in records::troubles(&screening) {
        context.ui.say(&line);
    }
    Ok(Exit::Done)
}
