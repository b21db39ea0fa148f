//! `realist source`

use super::references;
use super::shared::{confirm, counted, excerpt, word, year};
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::document::Study;
use crate::id::Kind;
use crate::project::{Depth, Project};
use crate::source::Described;
use crate::strand::SourceKind;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// All sources, by strand. A source is the unit of independence.
    List,
    /// All that is known of one source.
    Show {
        #[arg(value_name = "S1.gj")]
        source: String,
    },
    /// Sources that may be one report taken in twice, with reasons for and against.
    Duplicates {
        /// Show pairs at least so certain.
        #[arg(long, value_name = "0..1", default_value_t = crate::reference::twins::LEAST)]
        least: f64,
        /// Count as one every pair at least so certain (0.95 or more); undo takes it back.
        #[arg(long, value_name = "0..1")]
        above: Option<f64>,
    },
    /// Say that two sources are two, however alike: the pair is not proposed again. Without sources: all
    /// pairs that were judged so.
    Different {
        #[arg(value_name = "S1.gj", requires = "other")]
        one: Option<String>,
        #[arg(value_name = "S2.gj")]
        other: Option<String>,
        #[arg(long, value_name = "WHY")]
        reason: Option<String>,
        /// They may be one after all: propose the pair again.
        #[arg(long, requires = "other", conflicts_with = "reason")]
        take_back: bool,
    },
    /// Correct what is said of a source.
    Set {
        #[arg(value_name = "S1.gj")]
        source: String,
        #[arg(long)]
        title: Option<String>,
        #[arg(long, value_parser = word::<SourceKind>)]
        kind: Option<SourceKind>,
        #[arg(long)]
        strand: Option<String>,
        #[arg(long, value_parser = year)]
        year: Option<i32>,
        #[command(flatten)]
        described: Description,
        /// Two reports of one study count once: count this one as that; none parts them again.
        #[arg(long, value_name = "S2.gj")]
        same_study: Option<String>,
    },
}

/// What the table of sources says (realist report characteristics).
#[derive(Debug, clap::Args)]
struct Description {
    #[arg(long)]
    country: Option<String>,
    /// Where it was done: primary care, prisons, ...
    #[arg(long)]
    setting: Option<String>,
    /// How it was done: cohort, interviews, ...
    #[arg(long)]
    design: Option<String>,
    /// Who took part.
    #[arg(long)]
    population: Option<String>,
}

impl From<Description> for Described {
    fn from(said: Description) -> Self {
        let Description { country, setting, design, population } = said;
        Described { country, setting, design, population }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List => {
            let synthesis = project.synthesis(Depth::Headers)?;
            let mut table = Table::with(&[
                ("id", "Id"),
                ("title", "Title"),
                ("kind", "Kind"),
                ("strand", "Strand"),
                ("year", "Year"),
                ("links", "Links"),
                ("counts_as", "Counts as"),
            ]);
            let mut sources: Vec<_> = synthesis.sources.values().collect();
            sources.sort_by_key(|source| (source.strand.clone(), synthesis.labels.get(&source.id).cloned()));
            for source in sources {
                let links = synthesis.evidence.values().filter(|link| link.source == source.id).count();
                let counts_as = synthesis.counts_as(source.id);
                table.push(vec![
                    synthesis.label(source.id).into(),
                    synthesis.source_title(source.id).into(),
                    source.kind.word().into(),
                    source.strand.as_str().into(),
                    synthesis.source_year(source.id).and_then(|year| usize::try_from(year).ok()).into(),
                    links.into(),
                    (counts_as != source.id).then(|| synthesis.label(counts_as)).into(),
                ]);
            }
            context.ui.list(&table, &table.to_json());
            context.ui.say("rule: an included study, an interview or a group is one source; sources marked same-study count once");
        }
        Command::Show { source } => show(context, &project, &source)?,
        Command::Duplicates { least, above: None } => return propose(context, &project, least),
        Command::Duplicates { above: Some(above), .. } => count_once(context, &mut project, above)?,
        Command::Different { one: Some(one), other: Some(other), reason, take_back } => {
            let done = if take_back {
                act::different::take_back(&mut project, &one, &other)?
            } else {
                act::different::judge(&mut project, &one, &other, reason.as_deref())?
            };
            let (one, other) = &done.answer;
            let said = if take_back { "may be one report again" } else { "are two reports" };
            confirm(context, &done, &format!("{one} and {other} {said}"), json!({ "different": !take_back, "pair": [one, other] }));
        }
        Command::Different { .. } => list_different(context, &project)?,
        Command::Set { source, title, kind, strand, year, described, same_study } => {
            let described = described.into();
            let changes = act::source::Changes { title, kind, strand, year, described, same_study };
            let done = act::source::set(&mut project, &source, &changes)?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
        }
    }
    Ok(Exit::Done)
}

fn show(context: &Context, project: &Project, typed: &str) -> Result<()> {
    let id = act::resolve::find(project, Kind::Source, typed)?;
    let synthesis = project.synthesis(Depth::Headers)?;
    let source = synthesis.sources.get(&id);
    let mut lines = vec![
        ("id".to_owned(), synthesis.label(id)),
        ("cited as".to_owned(), synthesis.source_title(id)),
        ("kind".to_owned(), source.map(|source| source.kind.word().to_owned()).unwrap_or_default()),
        ("strand".to_owned(), source.map(|source| source.strand.clone()).unwrap_or_default()),
    ];
    let counts_as = synthesis.counts_as(id);
    if counts_as != id {
        lines.push(("counts as".to_owned(), synthesis.label(counts_as)));
    }
    let reference = source.and_then(|source| source.reference.as_deref());
    lines.extend(reference.map(references::lines).unwrap_or_default());
    let study = source.and_then(|source| synthesis.study_of(source));
    lines.extend(study.map(told_of).unwrap_or_default());
    let mut table = Table::with(&[("what", "What"), ("says", "Says")]);
    for (what, says) in lines {
        table.push(vec![what.into(), says.into()]);
    }
    let json = json!({
        "id": synthesis.label(id),
        "title": synthesis.source_title(id),
        "kind": source.map(|source| source.kind),
        "strand": source.map(|source| &source.strand),
        "year": synthesis.source_year(id),
        "counts_as": (counts_as != id).then(|| synthesis.label(counts_as)),
        "reference": reference,
        "study": study.map(|study| json!({
            "author": study.author,
            "year": study.year,
            "title": study.title,
            "more": study.more,
        })),
    });
    context.ui.list(&table, &json);
    Ok(())
}

/// What the columns of a table say of a study, under their headings.
fn told_of(study: &Study) -> Vec<(String, String)> {
    let named = [("title", &study.title), ("authors", &study.author)];
    let named = named.into_iter().filter_map(|(what, says)| Some((what.to_owned(), says.clone()?)));
    let year = study.year.map(|year| ("year".to_owned(), year.to_string()));
    named.chain(year).chain(study.more.clone()).collect()
}

/// Pairs to look at; nothing is written.
fn propose(context: &Context, project: &Project, least: f64) -> Result<Exit> {
    let (synthesis, pairs) = act::duplicates::find(project, least)?;
    let mut table = Table::with(&[
        ("certainty", "Certain"),
        ("keep", "One"),
        ("other", "Other"),
        ("keep_title", "Title"),
        ("other_title", "Other title"),
        ("reasons", "For and against"),
    ]);
    let mut rows = Vec::new();
    for pair in &pairs {
        let title = |id| {
            let source = synthesis.sources.get(&id).and_then(|source| source.reference.as_ref());
            let title = source.and_then(|reference| reference.title.clone()).unwrap_or_default();
            format!("{}. {title}", synthesis.source_title(id))
        };
        let (keep, other) = (synthesis.label(pair.keep), synthesis.label(pair.other));
        table.push(vec![
            format!("{:.3}", pair.certainty).into(),
            keep.as_str().into(),
            other.as_str().into(),
            excerpt(&title(pair.keep), 60).into(),
            excerpt(&title(pair.other), 60).into(),
            pair.reasons.join("; ").into(),
        ]);
        rows.push(json!({
            "keep": keep,
            "other": other,
            "certainty": pair.certainty,
            "reasons": pair.reasons,
            "titles": [title(pair.keep), title(pair.other)],
        }));
    }
    context.ui.list(&table, &json!(rows));
    context.ui.say(&format!("{} that may be one report; nothing was changed", counted(pairs.len(), "pair")));
    if let Some(pair) = pairs.first() {
        let (keep, other) = (synthesis.label(pair.keep), synthesis.label(pair.other));
        context.ui.say(&format!("count one pair once:     realist source set {other} --same-study {keep}"));
        context.ui.say(&format!("or say that it is two:   realist source different {keep} {other} --reason WHY"));
        context.ui.say("the surest all at once:  realist source duplicates --above 0.99 --dry-run");
    }
    Ok(Exit::negative_if(pairs.is_empty()))
}

fn list_different(context: &Context, project: &Project) -> Result<()> {
    let (synthesis, pairs) = act::different::list(project)?;
    let mut table = Table::with(&[
        ("one", "One"),
        ("other", "Other"),
        ("one_title", "Title"),
        ("other_title", "Other title"),
        ("by", "Judged by"),
        ("reason", "Reason"),
    ]);
    for pair in &pairs {
        table.push(vec![
            synthesis.label(pair.one).into(),
            synthesis.label(pair.other).into(),
            excerpt(&synthesis.source_title(pair.one), 60).into(),
            excerpt(&synthesis.source_title(pair.other), 60).into(),
            pair.difference.by.as_str().into(),
            pair.difference.reason.clone().into(),
        ]);
    }
    context.ui.list(&table, &table.to_json());
    Ok(())
}

fn count_once(context: &Context, project: &mut Project, above: f64) -> Result<()> {
    let done = act::duplicates::count_once(project, above)?;
    let label = |id| project.label(id);
    let pairs: Vec<_> = done
        .answer
        .iter()
        .map(|pair| json!({ "keep": label(pair.keep), "other": label(pair.other), "certainty": pair.certainty, "reasons": pair.reasons }))
        .collect();
    let said = format!("counted {} once", counted(pairs.len(), "pair"));
    confirm(context, &done, &said, json!({ "counted_once": pairs }));
    Ok(())
}
