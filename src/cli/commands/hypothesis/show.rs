//! `realist hypothesis show`

use crate::act::life::history;
use crate::act::training::look;
use crate::act::{self as acts, resolve};
use crate::cli::Context;
use crate::cli::commands::link::{Relation, relations};
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Format;
use crate::diagnostic::Result;
use crate::hypothesis::{Hypothesis, Part};
use crate::id::{Id, Kind};
use crate::project::{Depth, Project};
use crate::synthesis::{Bearings, Judged, Synthesis, Target};
use crate::table::Table;
use serde_json::{Value, json};

pub(super) fn show(context: &Context, project: &Project, typed: &str, with_history: bool) -> Result<()> {
    let id = resolve::find(project, Kind::Hypothesis, typed)?;
    let synthesis = project.synthesis_of(id, Depth::Headers)?;
    let Some(one) = synthesis.hypotheses.get(&id) else {
        return resolve::read::<Hypothesis>(project, id).map(drop);
    };
    let bearings = Bearings::around(&synthesis, id);
    let rests = bearings.standing(id);
    let (table, evidence) = evidence(context, project, &synthesis, &bearings, one)?;
    let parts: Vec<Value> =
        one.parts.iter().map(part_json).collect();
    let links = relations(&synthesis, id);
    let clashes = clashes(&synthesis, &bearings, id);
    let children: Vec<Value> = history::children(project, id)
        .iter()
        .map(|child| json!({ "id": project.label(child.id), "statement": child.sentence() }))
        .collect();
    let events = if with_history { history::of(project, id) } else { Vec::new() };
    let conflicts = project.state().conflicts_of(id);
    let later = history::parts_later_than_sentence(project, id);
    let mut json = json!({
        "id": synthesis.label(id), "statement": one.sentence(), "own_sentence": one.statement,
        "generated": one.generated_sentence(), "parts": parts, "parts_later_than_sentence": later,
        "component": one.component.map(|id| synthesis.label(id)),
        "standing": {
            "editorial": one.status, "evidential": rests.standing, "consensus": synthesis.consensus(id),
            "tested": one.test(), "test_result": one.tested.as_ref().and_then(|tested| tested.result.clone()),
            "provisional": rests.provisional, "appraised": rests.appraised, "links": rests.links,
            "supports": rests.supports, "refines": rests.refines, "refutes": rests.against, "ambiguous": rests.ambiguous,
            "inherited": rests.inherited,
        },
        "author": one.author, "memo": one.memo, "rival_of": synthesis.rivals_of(id).into_iter().next().map(|id| project.label(id)),
        "leads_to": links.iter().filter_map(Relation::leads_to).collect::<Vec<_>>(),
        "links": links.iter().map(Relation::json).collect::<Vec<_>>(),
        "children": children, "clashes": clashes,
        "evidence": evidence, "conflicts": conflicts,
    });
    if with_history {
        json["history"] = json!(events);
    }
    let asked_in = look::asked_in(project, id);
    json["answer_in"] = asked_in.as_ref().map_or(Value::Null, |(training, stage, who)| {
        json!({ "training": training, "stage": stage, "who": who })
    });
    if context.ui.is_json() {
        context.ui.json(&json);
    } else {
        if context.ui.format() == Format::Table {
            describe(context, &synthesis, one, &rests, &later);
            if let Some((training, stage, who)) = &asked_in {
                let who = who.as_ref().map(|who| format!(", {who}")).unwrap_or_default();
                context.ui.text(&format!("an answer in {training}, stage {stage}{who}"));
            }
            for link in &links {
                context.ui.hanging("  ", &link.in_words());
            }
            for child in &children {
                let (label, sentence) = (child["id"].as_str(), child["statement"].as_str());
                context.ui.hanging(&format!("    {}  ", label.unwrap_or_default()), sentence.unwrap_or_default());
            }
        } else {
            context.ui.list(&parts_table(&synthesis.label(id), one), &json);
        }
        if !table.is_empty() {
            if context.ui.format() != Format::Table {
                context.ui.text("");
            }
            context.ui.list(&table, &json);
        }
        for clash in &clashes {
            let text = |side: &str| clash[side].as_str().unwrap_or_default();
            let what = if clash["same"] == true { "one passage speaks" } else { "passages that overlap speak" };
            context.ui.say(&format!("{what} for it ({}) and against it ({})", text("for"), text("against")));
        }
        if with_history {
            context.ui.heading("What became of it");
            for event in &events {
                let why = event.why.as_deref().map(|why| format!("; why: {why}")).unwrap_or_default();
                context.ui.hanging(&format!("  {}  {}  ", event.time, event.by), &format!("{}{why}", event.what));
            }
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

/// What bears on a statement: for reading, and for machines.
fn evidence(
    context: &Context,
    project: &Project,
    synthesis: &Synthesis,
    bearings: &Bearings<'_>,
    one: &Hypothesis,
) -> Result<(Table, Vec<Value>)> {
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
    for bearing in bearings.on(one.id) {
        let link = bearing.link;
        let quotation = project.quotation(&lookup, &link.anchor)?;
        let passage = acts::anchor::show(project, &lookup, &link.anchor);
        let at = match context.ui.format() {
            Format::Table => acts::anchor::for_people(project, &lookup, &link.anchor, quotation.units),
            _ => passage.clone(),
        };
        let score = |score: Option<u8>| score.map_or("–".to_owned(), |score| score.to_string());
        let through = bearing.through.map(|id| synthesis.label(id));
        let note: Vec<String> = [
            bearing.judged.note().map(str::to_owned),
            through.as_ref().map(|label| format!("through {label}")),
            link.carried.map(|carried| carried.title().to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        table.push(vec![
            synthesis.label(link.id).into(),
            link.stance.word().into(),
            part_of(bearing.target, through.as_deref()).into(),
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
            "earlier_wording": bearing.judged == Judged::EarlierWording,
            "judged": bearing.judged, "through": through, "by_author": link.appraiser == one.author,
        }));
    }
    Ok((table, evidence))
}

/// The statement and its parts, for CSV and Markdown.
fn parts_table(label: &str, one: &Hypothesis) -> Table {
    let mut table = Table::with(&[("id", "Id"), ("part", "Part"), ("kind", "Kind"), ("text", "Words")]);
    table.push(vec![label.into(), "whole".into(), "statement".into(), one.sentence().into()]);
    for part in &one.parts {
        table.push(vec![label.into(), part.key.as_str().into(), part.kind.word().into(), part.text.as_str().into()]);
    }
    table
}

fn describe(context: &Context, synthesis: &Synthesis, one: &Hypothesis, rests: &crate::evidence::Standing, later: &[String]) {
    context.ui.heading(&synthesis.label(one.id));
    context.ui.hanging("  ", &one.sentence());
    for part in &one.parts {
        let said = part.details.in_words();
        let said = if said.is_empty() { said } else { format!("  [{said}]") };
        context.ui.hanging(&format!("  {:<4} {:<12} ", part.key, part.kind), &format!("{}{said}", part.text));
    }
    if one.statement.is_some()
        && let Some(generated) = one.generated_sentence()
    {
        context.ui.hanging("  generated: ", &generated);
    }
    if !later.is_empty() {
        let (keys, label) = (later.join(", "), synthesis.label(one.id));
        context.ui.hanging("  note: ", &format!("{keys} changed after the sentence was written; --statement \"...\" says it anew, or again: realist hypothesis edit {label}"));
    }
    let missing = one.missing(synthesis.settings.configuration);
    if !missing.is_empty() {
        context.ui.text(&format!("  incomplete: no {}", missing.join(", no ")));
    }
    let provisional = if rests.provisional { ", provisional" } else { "" };
    context.ui.text(&format!("  editorial  {}", one.status));
    let evidential = format!(
        "{}{provisional}: {} for ({} supporting, {} refining), {} against, {} ambiguous; {} of {} appraised",
        rests.standing,
        counted(rests.r#for, "source"),
        rests.supports,
        rests.refines,
        rests.against,
        rests.ambiguous,
        rests.appraised,
        counted(rests.links, "link"),
    );
    context.ui.hanging("  evidential ", &evidential);
    if rests.inherited > 0 {
        let inherited = counted(rests.inherited, "link");
        context.ui.text(&format!("             {inherited} inherited, not confirmed here: realist evidence confirm --all {}", synthesis.label(one.id)));
    }
    let links = synthesis.evidence_of(one.id);
    let own = links.filter(|link| link.appraiser == one.author).count();
    if own > 0 {
        let all = counted(synthesis.evidence_of(one.id).count(), "link");
        context.ui.text(&format!("             {own} of {all} were judged by who wrote the statement"));
    }
    context.ui.text(&format!("  consensus  {}", synthesis.consensus(one.id)));
    context.ui.hanging("  tested     ", &crate::report::standings::test(one.tested.as_ref()));
}

/// What of the statement a link bears on, as a reader may find it.
fn part_of(target: Target<'_>, through: Option<&str>) -> String {
    match (target, through) {
        (Target::Whole, _) => "whole".to_owned(),
        (Target::OfLender(key), Some(lender)) => format!("{key} of {lender}"),
        (Target::Part(key), _) | (Target::OfLender(key), None) => key.to_owned(),
    }
}

fn part_json(part: &Part) -> Value {
    let mut json = json!({ "key": part.key, "kind": part.kind, "text": part.text });
    if !part.details.is_empty() {
        json["details"] = json!(part.details);
    }
    json
}

/// Passages for it and against it at once, by the labels of their links.
fn clashes(synthesis: &Synthesis, bearings: &Bearings<'_>, id: Id) -> Vec<Value> {
    let labels = |ids: &[Id]| ids.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
    let clashes = bearings.clashes(id).into_iter();
    clashes
        .map(|one| json!({ "for": labels(&one.r#for), "against": labels(&one.against), "same": one.is_same }))
        .collect()
}
