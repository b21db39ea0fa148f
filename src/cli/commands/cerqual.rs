//! `realist cerqual`

use super::columns;
use super::shared::{confirm, counted, optional, read_input, required, rows, word};
use crate::act::cerqual::{self as act, Entry, Said};
use crate::act::resolve;
use crate::cerqual::{Aspect, Concern, Confidence, Worksheet};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::id::Kind;
use crate::project::{Depth, Project};
use crate::report::cerqual::{Feed, RULE};
use crate::synthesis::{Bearings, Synthesis};
use crate::table::{Cell, Table};
use serde_json::json;

/// Said of what was judged before the finding was reworded.
const EARLIER: &str = "judged for an earlier wording, to be looked at again";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Findings with what was judged of each; with --all also those of which nothing was.
    List {
        #[arg(long)]
        all: bool,
    },
    /// The worksheet of one finding, with what the evidence shows for each of the four.
    Show {
        #[arg(value_name = "H1.gj")]
        finding: String,
    },
    /// Judge one of the four: limitations, coherence, adequacy, relevance.
    Judge {
        #[arg(value_name = "H1.gj")]
        finding: String,
        #[arg(value_parser = word::<Aspect>)]
        aspect: Aspect,
        /// none_or_very_minor, minor, moderate or serious.
        #[arg(value_parser = word::<Concern>)]
        concern: Concern,
        #[arg(long)]
        why: String,
    },
    /// Give the overall level: high, moderate, low or very_low. All four must be judged first; nothing is worked out.
    Overall {
        #[arg(value_name = "H1.gj")]
        finding: String,
        #[arg(value_parser = word::<Confidence>)]
        level: Confidence,
        #[arg(long)]
        why: String,
    },
    /// Take in a sheet that was filled in: what `realist cerqual list --all --format csv` writes.
    Read {
        #[arg(value_name = "FILE.csv")]
        file: String,
    },
    /// Take away what was judged of a finding.
    Remove {
        #[arg(value_name = "H1.gj")]
        finding: String,
        #[arg(long)]
        why: String,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List { all } => return list(context, &project, all),
        Command::Show { finding } => show(context, &project, &finding)?,
        Command::Judge { finding, aspect, concern, why } => {
            let judged = vec![(aspect, Said { level: concern, why })];
            let done = act::judge(&mut project, &[Entry { hypothesis: finding, judged, overall: None }])?;
            let label = &done.answer[0];
            let missing = missing(&project, label)?;
            let said = format!("{label}: {}, {}", aspect.title().to_lowercase(), concern.title());
            confirm(context, &done, &said, json!({ "id": label, "missing": missing }));
            if missing.is_empty() {
                context.ui.say(&format!("all four are judged: realist cerqual overall {label} LEVEL --why \"...\""));
            }
        }
        Command::Overall { finding, level, why } => {
            let overall = Some(Said { level, why });
            let done = act::judge(&mut project, &[Entry { hypothesis: finding, judged: Vec::new(), overall }])?;
            let label = &done.answer[0];
            confirm(context, &done, &format!("{label}: {}", level.title()), json!({ "id": label, "overall": level }));
        }
        Command::Read { file } => {
            let entries = act::news(&project, entries(&read_input(&file)?, &file)?)?;
            let done = act::judge(&mut project, &entries)?;
            let said = format!("took in {}", counted(done.answer.len(), "finding"));
            confirm(context, &done, &said, json!({ "ids": done.answer }));
        }
        Command::Remove { finding, why } => {
            let done = act::remove(&mut project, &finding, &why)?;
            confirm(context, &done, &format!("took away what was judged of {}", done.answer), json!({ "id": done.answer }));
        }
    }
    Ok(Exit::Done)
}

fn missing(project: &Project, label: &str) -> Result<Vec<&'static str>> {
    let sheet = act::worksheet(project, resolve::find(project, Kind::Hypothesis, label)?);
    Ok(sheet.map_or_else(Vec::new, |sheet| sheet.missing().iter().map(|aspect| aspect.word()).collect()))
}

fn list(context: &Context, project: &Project, all: bool) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let mut table = Table::with(&columns::CERQUAL.map(|column| (column, column)));
    let mut findings: Vec<_> = synthesis.living_hypotheses().collect();
    findings.sort_by_key(|one| (synthesis.labels.get(&one.id), one.id));
    let mut again = 0;
    for finding in findings {
        let sheet = synthesis.worksheets.get(&Worksheet::id_of(finding.id));
        if !all && sheet.is_none() {
            continue;
        }
        let mut row: Vec<Cell> = vec![synthesis.label(finding.id).into(), finding.sentence().into()];
        for aspect in Aspect::ALL {
            let judged = sheet.and_then(|sheet| sheet.judged.get(aspect));
            row.push(judged.map(|judged| judged.level.word()).into());
            row.push(judged.map(|judged| judged.why.clone()).into());
        }
        let overall = sheet.and_then(Worksheet::confidence);
        row.push(overall.map(|judged| judged.level.word()).into());
        row.push(overall.map(|judged| judged.why.clone()).into());
        let earlier = sheet.map_or_else(Vec::new, |sheet| sheet.of_earlier_wording(finding));
        again += usize::from(!earlier.is_empty());
        row.push(Some(earlier.join(", ")).filter(|earlier| !earlier.is_empty()).into());
        table.push(row);
    }
    let json = table.to_json();
    if context.ui.is_for_reading() {
        table.drop_columns(&["limitations_why", "coherence_why", "adequacy_why", "relevance_why", "overall_why"]);
    }
    context.ui.list(&table, &json);
    if again > 0 {
        context.ui.say(&format!("{} {EARLIER}", counted(again, "finding")));
    }
    Ok(Exit::negative_if(table.is_empty()))
}

fn show(context: &Context, project: &Project, typed: &str) -> Result<()> {
    let id = resolve::find(project, Kind::Hypothesis, typed)?;
    let synthesis = project.synthesis_of(id, Depth::Facts)?;
    let sheet = synthesis.worksheets.get(&Worksheet::id_of(id));
    let table = worksheet(&synthesis, id, sheet);
    let label = synthesis.label(id);
    let earlier = sheet.zip(synthesis.hypotheses.get(&id)).map(|(sheet, one)| sheet.of_earlier_wording(one));
    let earlier = earlier.unwrap_or_default();
    let json = json!({
        "id": label, "rule": RULE, "earlier_wording": !earlier.is_empty(), "judged_for_earlier_wording": earlier,
        "worksheet": table.to_json(),
    });
    context.ui.list(&table, &json);
    if !earlier.is_empty() {
        context.ui.say(&format!("{} {EARLIER}", earlier.join(", ")));
    }
    if sheet.is_some_and(|sheet| sheet.overall.is_some() && sheet.confidence().is_none()) {
        let how = format!("realist cerqual overall {label} LEVEL --why \"...\"");
        context.ui.say(&format!("the overall level was given for other judgements: {how}"));
    }
    context.ui.say(RULE);
    Ok(())
}

fn worksheet(synthesis: &Synthesis, id: crate::id::Id, sheet: Option<&Worksheet>) -> Table {
    let feed = Feed::of(&Bearings::of(synthesis), id);
    let mut table = Table::with(&[
        ("aspect", "Aspect"),
        ("shows", "What the evidence shows"),
        ("level", "Level"),
        ("why", "Explanation"),
        ("by", "By"),
    ]);
    for aspect in Aspect::ALL {
        let judged = sheet.and_then(|sheet| sheet.judged.get(aspect));
        table.push(vec![
            aspect.word().into(),
            feed.shows(*aspect).into(),
            judged.map(|judged| judged.level.word()).into(),
            judged.map(|judged| judged.why.clone()).into(),
            judged.map(|judged| judged.by.clone()).into(),
        ]);
    }
    let overall = sheet.and_then(Worksheet::confidence);
    table.push(vec![
        "overall".into(),
        Cell::Empty,
        overall.map(|judged| judged.level.word()).into(),
        overall.map(|judged| judged.why.clone()).into(),
        overall.map(|judged| judged.by.clone()).into(),
    ]);
    table
}

fn entries(text: &str, file: &str) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (number, row) in rows(text, file, &columns::CERQUAL)?.iter().enumerate() {
        let why = |level: &str| optional(row, &format!("{level}_why")).unwrap_or_default().to_owned();
        let mut entry = Entry { hypothesis: required(row, "finding", number + 1)?.to_owned(), ..Entry::default() };
        for aspect in Aspect::ALL {
            if let Some(level) = optional(row, aspect.word()) {
                entry.judged.push((*aspect, Said { level: level.parse()?, why: why(aspect.word()) }));
            }
        }
        if let Some(level) = optional(row, "overall") {
            entry.overall = Some(Said { level: level.parse()?, why: why("overall") });
        }
        if !entry.judged.is_empty() || entry.overall.is_some() {
            entries.push(entry);
        }
    }
    Ok(entries)
}
