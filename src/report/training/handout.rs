//! What participants are handed: the pack, one stage of it, and the sheet for their answers.

use super::{minutes, origin, pairs, paragraphs, reflection, rows, to_fill_in};
use crate::participant::Audience;
use crate::report::block::{Block, Report, Run};
use crate::table::{Cell, Table};
use crate::training::{FOUR, Origin, Preamble, Stage, Telling, Told, Training};
use serde::Serialize;
use serde_json::{Value, json};

/// What may be read before the discussion, and nothing else: no commentary, no standing, no basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handout {
    /// Label of the case.
    pub training: String,
    pub project: String,
    pub title: String,
    pub setting: Option<String>,
    pub origin: Origin,
    pub trains: Vec<String>,
    pub minutes: Option<u32>,
    pub introduction: String,
    pub questions: Vec<String>,
    pub stages: Vec<Sheet>,
    /// For the end.
    pub objectives: Vec<String>,
    pub information: Vec<String>,
    pub reflection: Vec<String>,
}

/// One stage as it is handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub key: String,
    pub title: String,
    pub minutes: Option<u32>,
    pub vignette: String,
    pub asked: Vec<String>,
}

impl Handout {
    /// `label` and `project` are what case and project are called.
    pub fn of(told: &Told, label: &str, project: &str) -> Self {
        let Training { title, setting, origin, trains, minutes, objectives, .. } = &told.training;
        let Preamble { introduction, questions, information, reflection, roles: _ } = &told.preamble;
        Handout {
            training: label.to_owned(),
            project: project.to_owned(),
            title: title.clone(),
            setting: setting.clone(),
            origin: *origin,
            trains: trains.iter().cloned().collect(),
            minutes: *minutes,
            introduction: introduction.clone(),
            questions: questions.clone(),
            stages: told.stages().map(|(stage, telling)| Sheet::of(stage, telling)).collect(),
            objectives: objectives.iter().map(|one| one.text.clone()).collect(),
            information: information.clone(),
            reflection: reflection.clone(),
        }
    }

    fn called(&self, stage: usize) -> String {
        format!("Stage {} of {}", stage + 1, self.stages.len())
    }
}

impl Sheet {
    fn of(stage: &Stage, telling: Telling) -> Self {
        let asked = telling.asked();
        let Telling { title, vignette, prompts: _, commentary: _ } = telling;
        Sheet { key: stage.key.clone(), title, minutes: stage.minutes, vignette, asked }
    }

    /// What a sheet for answers asks: the stage's own questions, then those of the [`FOUR`] that are not among them.
    fn to_answer(&self) -> Vec<String> {
        let stock = FOUR.into_iter().filter(|one| !self.asked.iter().any(|own| own == *one));
        self.asked.iter().cloned().chain(stock.map(str::to_owned)).collect()
    }
}

/// The whole pack; every stage begins a page, and so does what comes last, so that they can be handed out one by one.
pub fn pack(handout: &Handout) -> Report {
    let mut blocks = vec![origin(handout.origin)];
    blocks.push(pairs([
        ("Where it plays", handout.setting.clone()),
        ("For", (!handout.trains.is_empty()).then(|| handout.trains.join(", "))),
        ("Time", minutes(handout.minutes)),
    ]));
    blocks.push(Block::heading(2, "Before we begin", "before"));
    blocks.extend(paragraphs(&handout.introduction));
    if !handout.questions.is_empty() {
        blocks.push(Block::heading(3, "Keep in mind", "keep-in-mind"));
        blocks.push(Block::lines(&handout.questions));
    }
    for at in 0..handout.stages.len() {
        blocks.push(Block::PageBreak);
        blocks.extend(stage_blocks(handout, at));
    }
    blocks.push(Block::PageBreak);
    blocks.extend(last(handout));
    report(handout, "training-participants", "For participants", blocks, rows::participants(handout), json!(handout))
}

/// One stage by itself, and nothing of the others.
pub fn stage(handout: &Handout, at: usize) -> Option<Report> {
    let sheet = handout.stages.get(at)?;
    let blocks = stage_blocks(handout, at);
    let data = json!({ "training": handout.training, "title": handout.title, "origin": handout.origin, "stage": at + 1, "handed_out": sheet });
    Some(report(handout, "training-stage", &handout.called(at), blocks, rows::stage(handout, at), data))
}

/// A sheet to write answers on, a page a stage.
pub fn answers(handout: &Handout) -> Report {
    let mut blocks = vec![Block::paragraph(
        "One sheet for each of you, or one for the group. No names: neither yours nor anybody's you speak of.",
    )];
    for at in 0..handout.stages.len() {
        if at > 0 {
            blocks.push(Block::PageBreak);
        }
        blocks.push(Block::heading(2, handout.called(at), format!("stage-{}", at + 1)));
        blocks.push(Block::paragraph(WHO));
        blocks.extend(to_fill_in(&handout.stages[at].to_answer()));
    }
    let asked: Vec<Vec<String>> = handout.stages.iter().map(Sheet::to_answer).collect();
    let data = json!({ "training": handout.training, "title": handout.title, "asked": FOUR, "asked_by_stage": asked });
    let mut sheet = Table::with(&[("stage", "Stage"), ("asked", "Asked"), ("answer", "Your answer")]);
    for (at, questions) in (1..).zip(&asked) {
        for one in questions {
            sheet.push(vec![Cell::Whole(at), one.as_str().into(), Cell::Empty]);
        }
    }
    report(handout, "training-answers", "Sheet for answers", blocks, sheet, data)
}

/// At the top of a sheet.
const WHO: &str = "Your role or group (no name): ______________________________";

fn report(
    handout: &Handout,
    key: &'static str,
    subtitle: &str,
    blocks: Vec<Block>,
    sheet: Table,
    data: Value,
) -> Report {
    Report {
        key,
        title: handout.title.clone(),
        subtitle: format!("{subtitle}. {}", handout.project),
        audience: Audience::Publication,
        blocks,
        sheet,
        data,
    }
}

/// The title of a stage stands below its number: a list of contents tells nothing of what comes.
fn stage_blocks(handout: &Handout, at: usize) -> Vec<Block> {
    let Some(sheet) = handout.stages.get(at) else { return Vec::new() };
    let id = format!("stage-{}", at + 1);
    // On every sheet, since each is handed out by itself.
    let mut blocks = vec![Block::heading(2, handout.called(at), &id), origin(handout.origin)];
    if !sheet.title.is_empty() {
        blocks.push(Block::heading(3, &sheet.title, format!("{id}-title")));
    }
    blocks.extend(paragraphs(&sheet.vignette));
    let time = minutes(sheet.minutes).map(|time| format!(" ({time})")).unwrap_or_default();
    blocks.push(Block::heading(3, format!("Talk about it{time}"), format!("{id}-asked")));
    blocks.push(Block::list(true, sheet.asked.iter().map(|one| vec![Run::plain(one)]).collect()));
    blocks
}

fn last(handout: &Handout) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "To take away", "take-away")];
    blocks.push(Block::heading(3, "What this was for", "what-for"));
    blocks.push(match handout.objectives.as_slice() {
        [] => Block::to_write("what people are to learn"),
        some => Block::lines(some),
    });
    if !handout.information.is_empty() {
        blocks.push(Block::heading(3, "Where to read on", "read-on"));
        blocks.push(Block::lines(&handout.information));
    }
    blocks.push(Block::heading(3, "Reflection sheet", "reflection"));
    blocks.extend(reflection(&handout.reflection));
    blocks
}
