//! `realist hypothesis`

use super::columns;
use super::shared::{confirm, counted, excerpt, optional, read_input, rows, word};
use crate::act::hypothesis::{self as act, Entry};
use crate::act::{self as acts, resolve};
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Editorial, Inference, Origin, PartKind};
use crate::id::{Id, Kind};
use crate::passage::Carried;
use crate::project::{Depth, Project};
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write a statement: its parts, or a sentence, or both.
    Add {
        #[command(flatten)]
        fields: Fields,
        /// Many at once, from CSV or JSON Lines (- for standard input); columns named like the options.
        #[arg(long, value_name = "FILE")]
        from: Option<String>,
    },
    /// Change a statement. Links judged against the old wording say so from then on.
    Edit {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        #[command(flatten)]
        fields: Fields,
        /// New words for a part: c1="..."; may be repeated.
        #[arg(long = "set", value_name = "PART=TEXT")]
        reword: Vec<String>,
        /// One more part beside those of its kind: outcome="..."; may be repeated.
        #[arg(long = "add", value_name = "KIND=TEXT")]
        more: Vec<String>,
        /// Take a part away, by its key; may be repeated.
        #[arg(long = "drop", value_name = "PART")]
        drop: Vec<String>,
        /// Why; others may have relied on the old wording.
        #[arg(long)]
        reason: Option<String>,
    },
    /// All statements with their standings.
    List {
        #[arg(long)]
        component: Option<String>,
        /// none, single_source, supported, contested or refuted_only.
        #[arg(long, value_parser = word::<crate::evidence::Evidential>)]
        standing: Option<crate::evidence::Evidential>,
        #[arg(long, value_parser = word::<Editorial>)]
        status: Option<Editorial>,
        /// Tag of the author.
        #[arg(long = "by", value_name = "TAG")]
        by: Option<String>,
    },
    /// One statement with its parts, standings and evidence.
    Show {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
    },
    /// Remove a statement that no evidence rests on.
    Remove {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// The team's own sentence.
    #[arg(long)]
    statement: Option<String>,
    #[arg(long)]
    intervention: Vec<String>,
    #[arg(long)]
    strategy: Vec<String>,
    #[arg(long)]
    actor: Vec<String>,
    /// What has to be in place; may be repeated, as may all parts.
    #[arg(long)]
    context: Vec<String>,
    /// What is offered.
    #[arg(long)]
    resource: Vec<String>,
    /// What changes in people's thinking.
    #[arg(long)]
    reasoning: Vec<String>,
    /// A mechanism not split into resource and reasoning.
    #[arg(long)]
    mechanism: Vec<String>,
    /// What happens.
    #[arg(long)]
    outcome: Vec<String>,
    /// Name or label of a component.
    #[arg(long)]
    component: Option<String>,
    /// draft, screened, active, parked, rejected, superseded.
    #[arg(long, value_parser = word::<Editorial>)]
    status: Option<Editorial>,
    /// extracted, stakeholder, team or substantive_theory.
    #[arg(long, value_parser = word::<Origin>)]
    origin: Option<Origin>,
    /// explicit, implied, abduced or retroduced (the last two need a memo).
    #[arg(long, value_parser = word::<Inference>)]
    inference: Option<Inference>,
    #[arg(long)]
    memo: Option<String>,
    #[arg(long, value_name = "H2.gj")]
    rival_of: Option<String>,
    /// Its outcome is a context or resource of this one; may be repeated.
    #[arg(long, value_name = "H3.gj")]
    leads_to: Vec<String>,
}

impl From<Fields> for Entry {
    fn from(fields: Fields) -> Self {
        let Fields { statement, intervention, strategy, actor, context, resource, reasoning, mechanism, outcome, .. } = fields;
        let slots = [
            (PartKind::Intervention, intervention),
            (PartKind::Strategy, strategy),
            (PartKind::Actor, actor),
            (PartKind::Context, context),
            (PartKind::Resource, resource),
            (PartKind::Reasoning, reasoning),
            (PartKind::Mechanism, mechanism),
            (PartKind::Outcome, outcome),
        ];
        Entry {
            statement,
            parts: slots.into_iter().flat_map(|(kind, texts)| texts.into_iter().map(move |text| (kind, text))).collect(),
            component: fields.component,
            status: fields.status,
            origin: fields.origin,
            inference: fields.inference,
            memo: fields.memo,
            rival_of: fields.rival_of,
            leads_to: fields.leads_to,
            ..Entry::default()
        }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { from: Some(file), .. } => {
            let entries = entries(&read_input(&file)?, &file)?;
            let done = act::add_all(&mut project, &entries)?;
            let sentence = format!("added {}", counted(done.answer.len(), "hypothesis"));
            confirm(context, &done, &sentence, json!({ "ids": done.answer }));
        }
        Command::Add { fields, from: None } => {
            let done = act::add(&mut project, &fields.into())?;
            confirm(context, &done, &format!("added {}", done.answer), json!({ "id": done.answer }));
            hint_missing(context, &project, &done.answer)?;
        }
        Command::Edit { hypothesis, fields, reword, more, drop, reason } => {
            let reword = reword.iter().map(|typed| part_text(typed)).collect::<Result<_>>()?;
            let more = more.iter().map(|typed| Ok((part_text(typed)?.0.parse()?, part_text(typed)?.1))).collect::<Result<_>>()?;
            let entry = Entry { more, reword, drop, ..fields.into() };
            let done = act::edit(&mut project, &hypothesis, &entry, reason.as_deref())?;
            let act::Edited { id, reworded, added, dropped } = &done.answer;
            let said = [("reworded", reworded), ("added", added), ("took away", dropped)];
            let said: Vec<String> = said
                .iter()
                .filter(|(_, keys)| !keys.is_empty())
                .map(|(verb, keys)| format!("{verb} {}", keys.join(", ")))
                .collect();
            let what = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
            let json = json!({ "id": id, "reworded": reworded, "added": added, "dropped": dropped });
            confirm(context, &done, &format!("changed {id}{what}"), json);
        }
        Command::List { component, standing, status, by } => {
            let component = component.map(|typed| resolve::component(&project, &typed)).transpose()?;
            return list(context, &project, component, standing, status, by.as_deref());
        }
        Command::Show { hypothesis } => show(context, &project, &hypothesis)?,
        Command::Remove { hypothesis, reason } => {
            let done = act::remove(&mut project, &hypothesis, &reason)?;
            confirm(context, &done, &format!("removed {}", done.answer), json!({ "id": done.answer }));
        }
    }
    Ok(Exit::Done)
}

fn part_text(typed: &str) -> Result<(String, String)> {
    let (key, text) = typed
        .split_once('=')
        .ok_or_else(|| fault("bad-part", format!("'{typed}' sets no part")).hint("write it as c1=\"new words\""))?;
    Ok((key.trim().to_owned(), text.trim().to_owned()))
}

fn entries(text: &str, name: &str) -> Result<Vec<Entry>> {
    rows(text, name, columns::HYPOTHESIS)?
        .iter()
        .map(|row| {
            let own = |column: &str| optional(row, column).map(str::to_owned);
            let parts = PartKind::ALL.iter().filter_map(|kind| Some((*kind, own(kind.word())?))).collect();
            Ok(Entry {
                statement: own("statement"),
                parts,
                component: own("component"),
                status: own("status").map(|word| word.parse()).transpose()?,
                origin: own("origin").map(|word| word.parse()).transpose()?,
                inference: own("inference").map(|word| word.parse()).transpose()?,
                memo: own("memo"),
                rival_of: own("rival_of"),
                leads_to: own("leads_to").map(|list| list.split(';').map(|one| one.trim().to_owned()).collect()).unwrap_or_default(),
                ..Entry::default()
            })
        })
        .collect()
}

fn hint_missing(context: &Context, project: &Project, label: &str) -> Result<()> {
    let id = resolve::find(project, Kind::Hypothesis, label)?;
    let held: crate::hypothesis::Hypothesis = resolve::read(project, id)?;
    let missing = held.missing(project.settings().configuration);
    if !missing.is_empty() {
        context.ui.say(&format!("still a draft: no {} yet", missing.join(", no ")));
    }
    Ok(())
}

fn list(
    context: &Context,
    project: &Project,
    component: Option<Id>,
    standing: Option<crate::evidence::Evidential>,
    status: Option<Editorial>,
    by: Option<&str>,
) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let standings = synthesis.standings();
    let mut table = Table::with(&[
        ("id", "Id"),
        ("statement", "Statement"),
        ("component", "Component"),
        ("editorial", "Editorial"),
        ("evidential", "Evidential"),
        ("for", "For"),
        ("against", "Against"),
        ("appraised", "Appraised"),
        ("consensus", "Consensus"),
        ("author", "Author"),
    ]);
    let mut hypotheses: Vec<_> = synthesis.hypotheses.values().collect();
    hypotheses.sort_by_key(|one| synthesis.labels.get(&one.id).cloned());
    for one in &hypotheses {
        let rests = &standings[&one.id];
        let wanted = component.is_none_or(|component| one.component == Some(component))
            && standing.is_none_or(|standing| rests.standing == standing)
            && status.is_none_or(|status| one.status == status)
            && by.is_none_or(|by| one.author == by);
        if !wanted {
            continue;
        }
        let full = context.ui.format() != crate::cli::ui::Format::Table;
        table.push(vec![
            synthesis.label(one.id).into(),
            if full { one.sentence() } else { excerpt(&one.sentence(), 90) }.into(),
            one.component.and_then(|id| synthesis.components.get(&id)).map(|one| one.name.clone()).into(),
            one.status.word().into(),
            rests.standing.word().into(),
            rests.r#for.into(),
            rests.against.into(),
            format!("{} of {}", rests.appraised, rests.links).into(),
            synthesis.consensus(one.id).word().into(),
            one.author.as_str().into(),
        ]);
    }
    context.ui.list(&table, &table.to_json());
    context.ui.say(&format!("{} of {}; counts are distinct sources", table.rows.len(), counted(hypotheses.len(), "hypothesis")));
    Ok(Exit::negative_if(table.is_empty()))
}

fn show(context: &Context, project: &Project, typed: &str) -> Result<()> {
    let id = resolve::find(project, Kind::Hypothesis, typed)?;
    let synthesis = project.synthesis_of(id, Depth::Headers)?;
    let Some(one) = synthesis.hypotheses.get(&id) else {
        return resolve::read::<crate::hypothesis::Hypothesis>(project, id).map(drop);
    };
    let rests = synthesis.standing(id);
    let lookup = project.lookup();
    let mut table = Table::with(&[
        ("id", "Id"),
        ("stance", "Stance"),
        ("part", "Part"),
        ("passage", "Passage"),
        ("source", "Source"),
        ("scores", "Rel/Rich/Rig"),
        ("text", "Words"),
        ("note", "Note"),
    ]);
    let mut evidence = Vec::new();
    for link in synthesis.evidence_of(id) {
        let quotation = project.quotation(&lookup, &link.anchor)?;
        let passage = acts::anchor::show(project, &lookup, &link.anchor);
        let at = match context.ui.format() {
            Format::Table => acts::anchor::for_people(project, &lookup, &link.anchor, quotation.units),
            _ => passage.clone(),
        };
        let score = |score: Option<u8>| score.map_or("–".to_owned(), |score| score.to_string());
        let earlier = link.revision != one.revision();
        let note: Vec<&str> = [earlier.then_some("judged against earlier wording"), link.carried.map(Carried::title)]
            .into_iter()
            .flatten()
            .collect();
        table.push(vec![
            synthesis.label(link.id).into(),
            link.stance.word().into(),
            link.part.as_deref().unwrap_or("whole").into(),
            at.into(),
            synthesis.source_title(link.source).into(),
            format!("{}/{}/{}", score(link.relevance), score(link.richness), score(link.rigour)).into(),
            excerpt(&quotation.marked(), if context.ui.format() == Format::Table { 90 } else { usize::MAX }).into(),
            note.join("; ").into(),
        ]);
        evidence.push(json!({
            "id": synthesis.label(link.id), "passage": passage, "stance": link.stance, "part": link.part,
            "quote": quotation.text, "state": quotation.wholeness, "carried": link.carried, "voice": quotation.voice,
            "source": synthesis.label(link.source), "circumstances": link.circumstances,
            "relevance": link.relevance, "richness": link.richness, "rigour": link.rigour,
            "inference": link.inference, "reason": link.reason, "appraiser": link.appraiser,
            "earlier_wording": earlier,
        }));
    }
    let parts: Vec<Value> =
        one.parts.iter().map(|part| json!({ "key": part.key, "kind": part.kind, "text": part.text })).collect();
    let conflicts = project.state().conflicts_of(id);
    let json = json!({
        "id": synthesis.label(id), "statement": one.sentence(), "own_sentence": one.statement,
        "generated": one.generated_sentence(), "parts": parts,
        "component": one.component.map(|id| synthesis.label(id)),
        "standing": {
            "editorial": one.status, "evidential": rests.standing, "consensus": synthesis.consensus(id),
            "provisional": rests.provisional, "appraised": rests.appraised, "links": rests.links,
            "supports": rests.supports, "refines": rests.refines, "refutes": rests.against, "ambiguous": rests.ambiguous,
        },
        "author": one.author, "memo": one.memo, "rival_of": one.rival_of.map(|id| project.label(id)),
        "leads_to": one.leads_to.iter().map(|id| project.label(*id)).collect::<Vec<_>>(),
        "evidence": evidence, "conflicts": conflicts,
    });
    if context.ui.is_json() {
        context.ui.json(&json);
    } else {
        if context.ui.format() == Format::Table {
            describe(context, &synthesis, one, &rests);
        } else {
            context.ui.list(&parts_table(&synthesis.label(id), one), &json);
        }
        if !table.is_empty() {
            if context.ui.format() != Format::Table {
                context.ui.text("");
            }
            context.ui.list(&table, &json);
        }
        for conflict in conflicts {
            context.ui.say(&format!(
                "two people set {} without seeing each other: kept {} ({}), other {} ({})",
                conflict.field, conflict.kept, conflict.kept_by, conflict.other, conflict.other_by
            ));
        }
    }
    Ok(())
}

/// The statement and its parts, for CSV and Markdown.
fn parts_table(label: &str, one: &crate::hypothesis::Hypothesis) -> Table {
    let mut table = Table::with(&[("id", "Id"), ("part", "Part"), ("kind", "Kind"), ("text", "Words")]);
    table.push(vec![label.into(), "whole".into(), "statement".into(), one.sentence().into()]);
    for part in &one.parts {
        table.push(vec![label.into(), part.key.as_str().into(), part.kind.word().into(), part.text.as_str().into()]);
    }
    table
}

fn describe(context: &Context, synthesis: &Synthesis, one: &crate::hypothesis::Hypothesis, rests: &crate::evidence::Standing) {
    context.ui.heading(&format!("{}  {}", synthesis.label(one.id), one.sentence()));
    for part in &one.parts {
        context.ui.text(&format!("  {:<4} {:<12} {}", part.key, part.kind, part.text));
    }
    if one.statement.is_some()
        && let Some(generated) = one.generated_sentence()
    {
        context.ui.text(&format!("  generated: {generated}"));
    }
    let missing = one.missing(synthesis.settings.configuration);
    if !missing.is_empty() {
        context.ui.text(&format!("  incomplete: no {}", missing.join(", no ")));
    }
    let provisional = if rests.provisional { ", provisional" } else { "" };
    context.ui.text(&format!("  editorial  {}", one.status));
    context.ui.text(&format!(
        "  evidential {}{provisional}: {} for ({} supporting, {} refining), {} against, {} ambiguous; {} of {} appraised",
        rests.standing,
        counted(rests.r#for, "source"),
        rests.supports,
        rests.refines,
        rests.against,
        rests.ambiguous,
        rests.appraised,
        counted(rests.links, "link"),
    ));
    context.ui.text(&format!("  consensus  {}", synthesis.consensus(one.id)));
}
