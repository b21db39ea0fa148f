//! What the facilitator has: times, roles, what each stage is for, the commentary, what of the evidence disagrees, and a
//! sheet for the end.

use super::{minutes, origin, pairs, paragraphs, reflection, rows};
use crate::id::Id;
use crate::participant::Audience;
use crate::report::TO_WRITE;
use crate::report::block::{Block, Report, Run, Side};
use crate::report::evidence::synthetic_notice;
use crate::report::standings::{Standings, agreement};
use crate::report::voices;
use crate::report::words::{Cited, Press};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use crate::training::{Host, Stage, Telling, Told};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The pack. Passages are printed as for publication, since a facilitator need not be of the team.
pub fn pack(synthesis: &Synthesis, told: &Told) -> Report {
    let mut press = Press::new(synthesis, Audience::Publication);
    let training = &told.training;
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks
        .push(Block::notice("For the facilitator alone: commentary is read out after each discussion, never before."));
    blocks.push(origin(training.origin));
    blocks.push(pairs([
        ("Where it plays", training.setting.clone()),
        ("For", (!training.trains.is_empty()).then(|| training.trains.iter().cloned().collect::<Vec<_>>().join(", "))),
        ("How the person agreed", training.consent_basis.clone()),
    ]));
    blocks.push(Block::heading(2, "What people are to learn", "objectives"));
    blocks.push(objectives(&press, told));
    blocks.push(Block::heading(2, "Times", "times"));
    blocks.push(Block::table("When each stage begins, counted from the start", times(told)));
    blocks.push(Block::paragraph(balance(told)));
    blocks.push(Block::heading(2, "Who does what", "roles"));
    let says = |host: &Host| vec![Run::or_to_write(told.preamble.roles.get(host).map(String::as_str))];
    let title = |host: &Host| crate::report::block::sentence_case(host.title());
    blocks.push(Block::Pairs(Host::ALL.iter().map(|host| (title(host), says(host))).collect()));
    blocks.push(Block::heading(2, "Before we begin", "before"));
    blocks.extend(paragraphs(&told.preamble.introduction));
    if !told.preamble.questions.is_empty() {
        blocks.push(Block::lines(&told.preamble.questions));
    }
    let mut stages = Vec::new();
    for (at, (stage, telling)) in told.stages().enumerate() {
        blocks.push(Block::PageBreak);
        let (set, data) = stage_blocks(&mut press, at, stage, &telling);
        blocks.extend(set);
        stages.push(data);
    }
    blocks.push(Block::heading(2, "How this was made", "how"));
    blocks.push(Block::rule(voices::rule_against(&press)));
    blocks.push(Block::Note { kind: crate::report::NoteKind::Withheld, text: press.closing() });
    blocks.push(Block::PageBreak);
    blocks.push(Block::heading(2, "Reflection sheet", "reflection"));
    blocks.extend(reflection(&told.preamble.reflection));
    let label = synthesis.label(training.id);
    Report {
        key: "training-facilitator",
        title: training.title.clone(),
        subtitle: format!("For the facilitator. {}", synthesis.settings.title),
        audience: Audience::Publication,
        blocks,
        sheet: rows::facilitator(synthesis, told),
        data: json!({
            "report": "training-facilitator", "training": label, "title": training.title, "origin": training.origin,
            "trains": training.trains, "minutes": training.minutes, "minutes_of_stages": training.length().0,
            "introduction": told.preamble.introduction, "questions": told.preamble.questions,
            "roles": told.preamble.roles, "stages": stages,
            "objectives": training.objectives.iter().map(|one| json!({
                "text": one.text, "rests_on": labels(synthesis, &one.rests_on)
            })).collect::<Vec<_>>(),
            "reflection": told.preamble.reflection, "information": told.preamble.information,
        }),
    }
}

pub(super) fn labels(synthesis: &Synthesis, ids: &[Id]) -> Vec<String> {
    ids.iter().map(|id| synthesis.label(*id)).collect()
}

/// What each objective rests on, and how that stands: under the objective a row for each statement or decision.
fn objectives(press: &Press, told: &Told) -> Block {
    let mut table = Table::with(&[("basis", "Rests on"), ("stands", "How that stands")]);
    for one in &told.training.objectives {
        table.heading(&one.text);
        for id in &one.rests_on {
            let (said, stands) = (said(press, *id), basis(press, *id).1);
            table.push(vec![said.into(), stands.into()]);
        }
    }
    if table.is_empty() {
        Block::to_write("what people are to learn, and what of the theory that rests on")
    } else {
        Block::table("What each rests on, and how that stands", table)
    }
}

/// `H4.mb: If …, then …`
fn said(press: &Press, id: Id) -> String {
    format!("{}: {}", press.synthesis.label(id), basis(press, id).0)
}

/// What a statement or a decision says, and how it stands.
fn basis(press: &Press, id: Id) -> (String, String) {
    if let Some(one) = press.synthesis.hypotheses.get(&id) {
        // A sentence put together by machine is none of the team's: it stays out of papers for others.
        let said = one.statement.clone().unwrap_or_else(|| TO_WRITE.to_owned());
        return (said, Standings::of(&press.bearings, one).lines());
    }
    match press.synthesis.decisions.iter().find(|one| one.id == id) {
        Some(one) => {
            let outcome = one
                .outcome
                .consensus()
                .map_or_else(|| one.outcome.word().replace('_', " "), |one| agreement(one).to_owned());
            let on = one.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
            (one.text.clone().unwrap_or_default(), format!("Decision: {outcome}{on}"))
        }
        None => (String::new(), "no longer here".to_owned()),
    }
}

/// When each stage begins, counted from the start.
fn times(told: &Told) -> Table {
    let mut table = Table::with(&[("from", "From minute"), ("stage", "Stage"), ("minutes", "Minutes")]);
    let mut begun = Some(0u32);
    for (at, (stage, telling)) in told.stages().enumerate() {
        let called = format!("{}. {}", at + 1, telling.title);
        table.push(vec![
            begun.map(|from| from as usize).map_or(Cell::Empty, Cell::from),
            called.trim().into(),
            stage
                .minutes
                .map(|minutes| minutes as usize)
                .map_or_else(|| Cell::Undefined("not said".to_owned()), Cell::from),
        ]);
        begun = begun.zip(stage.minutes).map(|(from, minutes)| from.saturating_add(minutes));
    }
    table
}

/// The stages together, against the whole.
fn balance(told: &Told) -> String {
    let (sum, unsaid) = told.training.length();
    let open = match unsaid {
        0 => String::new(),
        n => format!(" (and {} of which no time is said)", crate::report::block::count_of(n, "stage")),
    };
    let stages = format!("The stages take {}{open}", minutes(Some(sum)).unwrap_or_default());
    match told.training.minutes {
        None => format!("{stages}; it is not said how long the session may last."),
        Some(whole) if sum > whole => {
            format!(
                "{stages}, which is {} more than the session may last.",
                minutes(Some(sum - whole)).unwrap_or_default()
            )
        }
        Some(whole) => format!(
            "{stages}; of {} for the session, {} are left for welcome, reflection and breaks.",
            minutes(Some(whole)).unwrap_or_default(),
            whole - sum
        ),
    }
}

fn stage_blocks(press: &mut Press, at: usize, stage: &Stage, telling: &Telling) -> (Vec<Block>, Value) {
    let id = format!("stage-{}", at + 1);
    let title = if telling.title.is_empty() { String::new() } else { format!(": {}", telling.title) };
    let mut blocks = vec![Block::heading(2, format!("Stage {}{title}", at + 1), &id)];
    let mut put = |title: &str, inner: Vec<Block>| {
        blocks.push(Block::heading(3, title, format!("{id}-{title}")));
        blocks.extend(inner);
    };
    put("What they are handed", paragraphs(&telling.vignette));
    let asked = telling.asked().into_iter().map(|one| vec![Run::Plain(one)]).collect();
    let time = minutes(stage.minutes).map_or_else(|| "Ask".to_owned(), |time| format!("Ask ({time})"));
    put(&time, vec![Block::list(true, asked)]);
    put("Commentary, after the discussion", paragraphs(&telling.commentary));
    let (sides, cited) = against(press, stage);
    let disagrees = if sides.is_empty() { vec![Block::none_found()] } else { vec![Block::Sides(sides)] };
    put("What of the evidence disagrees", disagrees);
    let data = json!({
        "stage": at + 1, "key": stage.key, "title": telling.title, "minutes": stage.minutes, "vignette": telling.vignette,
        "asked": telling.asked(), "commentary": telling.commentary, "rests_on": labels(press.synthesis, &stage.rests_on),
        "against": cited,
    });
    (blocks, data)
}

/// Passages that somebody picked; else those that speak against the statements behind the stage, by the rule.
fn against(press: &mut Press, stage: &Stage) -> (Vec<Side>, Vec<Cited>) {
    let picked: Vec<_> = stage.against.iter().filter_map(|id| press.synthesis.evidence.get(id)).collect();
    if !picked.is_empty() {
        let cited: Vec<(Id, Cited)> = picked.into_iter().map(|link| (link.hypothesis, press.cite(link))).collect();
        let of_one = |passages: &[(Id, Cited)]| Side {
            title: passages.first().map(|(statement, _)| said(press, *statement)).unwrap_or_default(),
            blocks: passages.iter().map(|(_, one)| Block::Quote(one.quote_unlabelled())).collect(),
        };
        let sides = cited.chunk_by(|(one, _), (next, _)| one == next).map(of_one).collect();
        return (sides, cited.into_iter().map(|(_, one)| one).collect());
    }
    let mut statements = BTreeSet::new();
    for id in &stage.rests_on {
        match press.synthesis.decisions.iter().find(|one| one.id == *id) {
            Some(decision) => statements.extend(decision.hypotheses.iter().copied()),
            None => drop(statements.insert(*id)),
        }
    }
    let (mut sides, mut all) = (Vec::new(), Vec::new());
    for id in statements {
        let heard = voices::against(press, id);
        if heard.is_empty() {
            continue;
        }
        let title = said(press, id);
        let mut blocks = Vec::new();
        for (inner, cited) in heard {
            blocks.extend(inner);
            all.extend(cited);
        }
        sides.push(Side { title, blocks });
    }
    (sides, all)
}
