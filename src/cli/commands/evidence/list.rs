//! `realist evidence list`

use crate::act::ask::{self as act, Answer, Asked, Silent};
use crate::act::search::Found;
use crate::act::{self as acts, resolve};
use crate::cli::Context;
use crate::cli::commands::shared::{word, counted, excerpt, marked};
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::Result;
use crate::evidence::Stance;
use crate::id::{Id, Kind};
use crate::project::{Depth, Project};
use crate::strand::SourceKind;
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A term that the statement or the quotation holds, in any form, or a synonym from realist.toml.
    #[arg(long, value_name = "TERM")]
    about: Option<String>,
    #[arg(long, value_name = "H1.gj")]
    hypothesis: Option<String>,
    #[arg(long)]
    component: Option<String>,
    #[arg(long, value_parser = word::<Stance>)]
    stance: Option<Stance>,
    /// Kind of source.
    #[arg(long, value_parser = word::<SourceKind>)]
    kind: Option<SourceKind>,
    /// Only links not yet appraised.
    #[arg(long)]
    unappraised: bool,
}

/// Columns for a terminal.
const NARROW: &[(&str, &str)] = &[
    ("id", "Id"),
    ("hypothesis", "Of"),
    ("stance", "Stance"),
    ("part", "Part"),
    ("passage", "Passage"),
    ("speaker", "Speaker"),
    ("source", "Source"),
    ("text", "Words"),
    ("scores", "R/R/R"),
];

/// Columns for files.
const WIDE: &[(&str, &str)] = &[
    ("id", "Id"),
    ("hypothesis", "Statement"),
    ("stance", "Stance"),
    ("part", "Part"),
    ("passage", "Passage"),
    ("speaker", "Speaker"),
    ("source", "Source"),
    ("kind", "Kind"),
    ("text", "Words"),
    ("relevance", "Rel"),
    ("richness", "Rich"),
    ("rigour", "Rig"),
];

/// Passages not yet linked that are shown on a terminal.
const SHOWN: usize = 20;

pub fn run(arguments: Arguments, context: &Context, project: &Project) -> Result<Exit> {
    let hypothesis = arguments.hypothesis.map(|typed| resolve::find(project, Kind::Hypothesis, &typed)).transpose()?;
    let component = arguments.component.map(|typed| resolve::component(project, &typed)).transpose()?;
    let about = arguments.about.map(|typed| act::about(project.settings(), &typed)).transpose()?;
    let Arguments { stance, kind, unappraised, .. } = arguments;
    let asked = Asked { about, hypothesis, component, stance, kind, unappraised };
    let synthesis = project.synthesis(Depth::Headers)?;
    let progress = context.ui.progress("indexing");
    let answer = act::ask(project, &synthesis, &asked, &|done, all| progress.at(done, all))?;
    let (table, links) = links(context, project, &synthesis, &answer)?;
    let json = match &asked.about {
        None => json!(links),
        Some(about) => json!({
            "query": about.to_string(), "links": links, "unlinked": answer.unlinked.iter().map(passage).collect::<Vec<_>>(),
            "nothing_found": answer.silent.iter().map(|silent| nothing(&synthesis, silent)).collect::<Vec<_>>(),
        }),
    };
    context.ui.list(&table, &json);
    let filter = told(&synthesis, &asked);
    context.ui.say(&format!("{} of {}{filter}", table.rows.len(), counted(synthesis.evidence.len(), "link")));
    if asked.about.is_some() {
        unlinked(context, &answer);
    }
    for silent in answer.silent.iter().filter(|silent| !silent.nothing.is_empty()) {
        context.ui.say(&said_nothing(&synthesis, silent));
    }
    Ok(Exit::negative_if(table.is_empty()))
}

fn links(context: &Context, project: &Project, synthesis: &Synthesis, answer: &Answer) -> Result<(Table, Vec<Value>)> {
    let lookup = project.lookup();
    let narrow = context.ui.format() == Format::Table;
    let mut table = if narrow { Table::with(NARROW) } else { Table::with(WIDE) };
    let mut json = Vec::new();
    for link in &answer.links {
        let source = synthesis.sources.get(&link.source);
        let quotation = project.quotation(&lookup, &link.anchor)?;
        let passage = acts::anchor::show(project, &lookup, &link.anchor);
        let at = if narrow {
            acts::anchor::for_people(project, &lookup, &link.anchor, quotation.units)
        } else {
            passage.clone()
        };
        let number = |score: Option<u8>| score.map(usize::from).into();
        let shown = |score: Option<u8>| score.map_or("–".to_owned(), |score| score.to_string());
        let mut row = vec![
            synthesis.label(link.id).into(),
            synthesis.label(link.hypothesis).into(),
            link.stance.word().into(),
            link.part.as_deref().unwrap_or("whole").into(),
            at.into(),
            quotation.speaker.clone().into(),
            synthesis.source_title(link.source).into(),
        ];
        if narrow {
            let scores = [link.relevance, link.richness, link.rigour].map(shown).join("/");
            row.extend([excerpt(&marked(link.carried, &quotation.marked()), 160).into(), scores.into()]);
        } else {
            row.extend([
                source.map(|source| source.kind.word()).unwrap_or_default().into(),
                excerpt(&marked(link.carried, &quotation.marked()), usize::MAX).into(),
                number(link.relevance),
                number(link.richness),
                number(link.rigour),
            ]);
        }
        table.push(row);
        json.push(json!({
            "id": synthesis.label(link.id), "hypothesis": synthesis.label(link.hypothesis), "stance": link.stance,
            "part": link.part, "passage": passage, "quote": quotation.text, "voice": quotation.voice,
            "state": quotation.wholeness, "carried": link.carried, "document": synthesis.label(link.anchor.document),
            "speaker": quotation.speaker, "source": synthesis.label(link.source),
            "kind": source.map(|source| source.kind), "circumstances": link.circumstances,
            "relevance": link.relevance, "richness": link.richness, "rigour": link.rigour,
            "inference": link.inference, "reason": link.reason, "appraiser": link.appraiser,
        }));
    }
    Ok((table, json))
}

/// The filter in words, synonyms and all.
fn told(synthesis: &Synthesis, asked: &Asked) -> String {
    let filter: Vec<String> = [
        asked.about.as_ref().map(|about| format!("about {about}")),
        asked.hypothesis.map(|id| format!("on {}", synthesis.label(id))),
        asked.component.map(|id| format!("on component {}", synthesis.label(id))),
        asked.stance.map(|stance| format!("stance {stance}")),
        asked.kind.map(|kind| format!("kind {kind}")),
        asked.unappraised.then(|| "not yet appraised".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if filter.is_empty() { String::new() } else { format!(": {}", filter.join(", ")) }
}

/// What matches and is not linked, below the links.
fn unlinked(context: &Context, answer: &Answer) {
    let count = answer.unlinked.len();
    let least = if answer.cut { "at least " } else { "" };
    context.ui.say(&format!("{least}{} with these words not linked to any statement yet", counted(count, "passage")));
    if count > 0 && context.ui.format() == Format::Table {
        let mut table = Table::with(&[("passage", "Passage"), ("speaker", "Speaker"), ("kind", "Kind"), ("text", "Words")]);
        for one in answer.unlinked.iter().take(SHOWN) {
            table.push(vec![
                one.passage.as_str().into(),
                one.speaker.clone().into(),
                one.kind.title().into(),
                excerpt(&one.text, 160).into(),
            ]);
        }
        context.ui.list(&table, &Value::Null);
        if count > SHOWN {
            context.ui.say(&format!("{SHOWN} of them shown; --format json gives all"));
        }
    }
}

fn passage(found: &Found) -> Value {
    json!({
        "passage": found.passage, "document": found.document, "speaker": found.speaker, "kind": found.kind,
        "source": found.source, "text": found.text,
    })
}

fn nothing(synthesis: &Synthesis, silent: &Silent) -> Value {
    let labels: Vec<String> = silent.nothing.iter().map(|id| synthesis.label(*id)).collect();
    json!({ "kind": silent.kind, "sources": silent.sources, "nothing": labels })
}

/// `2 of 5 focus groups: nothing found (not discussed or not coded)`
fn said_nothing(synthesis: &Synthesis, silent: &Silent) -> String {
    let title = |id: &Id| format!("{} ({})", synthesis.source_title(*id), synthesis.label(*id));
    let kind = silent.kind.title();
    let plural = if kind.ends_with('s') || silent.sources == 1 { kind } else { format!("{kind}s") };
    format!(
        "{} of {} {plural}: nothing found (not discussed or not coded): {}",
        silent.nothing.len(),
        silent.sources,
        silent.nothing.iter().map(title).collect::<Vec<_>>().join(", ")
    )
}
