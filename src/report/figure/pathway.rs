//! The pathway of a model of care: a box a step with what it offers, and what makes people move.

use super::key;
use crate::pathway::{Exit, Intensity, Move, Step};
use crate::picture::figure::{Going, Inside, Stairs};
use crate::picture::{Arrow, Figure, Item, Look, Shape};
use crate::report::block::{count_of, sentence_case};
use crate::report::comparison::tables::model;
use crate::report::pathway::tables;
use crate::stepped::Pathway;
use std::collections::BTreeMap;

/// As it stands in a paper, under whose title it needs no name of the project: with all that is said of a step where that
/// can be read on one page, else with its name, intensity and place.
pub fn on_paper(one: &Pathway) -> Figure {
    let mut figure = pathway(one);
    figure.title = sentence_case(&called(one));
    if let Shape::Stairs(stairs) = &mut figure.shape {
        stairs.is_narrow = true;
    }
    if crate::picture::sheets(&figure).len() == 1 {
        return figure;
    }
    figure.items.iter_mut().for_each(|item| item.inside.clear());
    figure.description = format!(
        "{}, the lowest at the bottom. Each box says how intensive a step is and where it is given; what makes people \
         move stands beside the arrows.",
        count_of(one.steps.len(), "step")
    );
    figure
}

fn called(pathway: &Pathway) -> String {
    format!("pathway of {}", model(pathway.synthesis, pathway.model))
}

pub fn pathway(pathway: &Pathway) -> Figure {
    let synthesis = pathway.synthesis;
    let mut items: Vec<Item> = (0..).zip(&pathway.steps).map(|(at, step)| item(pathway, step, at)).collect();
    let (mut arrows, mut moves) = (Vec::new(), Vec::new());
    let at_step = |id| pathway.steps.iter().position(|one| one.id == id);
    let mut places = BTreeMap::new();
    for (from, step) in pathway.steps.iter().enumerate() {
        let mut lead = |to: usize, going: Going, when: Option<&String>| {
            arrows.push(arrow(from, to, when));
            moves.push(going);
        };
        let within = |of: &BTreeMap<_, Move>, going: Going| {
            let led = of.iter().filter_map(|(id, one)| Some((at_step(*id)?, going, one.when.clone())));
            let mut led: Vec<(usize, Going, Option<String>)> = led.collect();
            led.sort_by_key(|(to, ..)| *to);
            led
        };
        for (to, going, when) in within(&step.up, Going::Up).into_iter().chain(within(&step.down, Going::Down)) {
            lead(to, going, when.as_ref());
        }
        for (id, Exit { place, when, .. }) in &step.out {
            let to = *places.entry(*id).or_insert_with(|| {
                items.push(outside(place, items.len()));
                items.len() - 1
            });
            lead(to, Going::Out, when.as_ref());
        }
    }
    let mut notes = vec!["Arrows: solid up, dashed down, dotted out.".to_owned()];
    notes.push(if pathway.model.exclusive {
        "A person uses one step at a time.".to_owned()
    } else {
        "A person may use several steps at once.".to_owned()
    });
    Figure {
        key: format!("pathway-{}", synthesis.label(pathway.model.id).replace(['.', '~'], "-")),
        title: format!("{}: {}", synthesis.settings.title, called(pathway)),
        description: format!(
            "{}, the lowest at the bottom. Each box says how intensive a step is, where it is given, how one comes onto \
             it, what it offers and how it serves recovery; what makes people move stands beside the arrows.",
            count_of(pathway.steps.len(), "step")
        ),
        items,
        arrows,
        shape: Shape::Stairs(Stairs {
            ranks: pathway.steps.iter().map(|one| one.rank).collect(),
            moves,
            is_narrow: false,
        }),
        notes,
        table: tables::side_by_side(pathway).unwrap_or_else(|| tables::one_below_another(pathway)),
    }
}

fn item(pathway: &Pathway, step: &Step, at: usize) -> Item {
    let intensity = step.intensity.map_or_else(|| "intensity not said".to_owned(), |one| format!("{one} intensity"));
    let words = std::iter::once(sentence_case(&intensity)).chain(step.setting.clone());
    let lines = [
        ("For", step.reach.clone()),
        ("Offers", listed(&step.interventions)),
        ("Recovery", step.recovery_element.clone()),
        ("Given by", listed(&step.providers)),
        ("Entry", step.entry.clone()),
        ("Leave first", listed(&tables::names_alone(pathway.synthesis, step.leaving.iter().copied()))),
        ("Review", step.review_interval.clone()),
    ];
    let said = lines.into_iter().filter_map(|(title, text)| Some(format!("{title}: {}", text?)));
    Item {
        key: key("step", at),
        heading: format!("{}. {}", step.rank, step.name),
        words: words.collect::<Vec<_>>().join(" · "),
        remark: String::new(),
        look: look(step.intensity),
        inside: said.map(|words| Inside { words, look: Look::Plain }).collect(),
        layer: None,
    }
}

fn listed(all: &[String]) -> Option<String> {
    (!all.is_empty()).then(|| all.join("; "))
}

fn look(intensity: Option<Intensity>) -> Look {
    match intensity {
        None => Look::Plain,
        Some(Intensity::Low) => Look::Low,
        Some(Intensity::Moderate) => Look::Moderate,
        Some(Intensity::High) => Look::High,
    }
}

fn outside(place: &str, at: usize) -> Item {
    Item {
        key: key("place", at),
        heading: String::new(),
        words: place.to_owned(),
        remark: String::new(),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    }
}

/// What makes one move stands in the remark.
fn arrow(from: usize, to: usize, when: Option<&String>) -> Arrow {
    Arrow { from, to, weight: 1, is_contested: false, remark: when.cloned().unwrap_or_default(), origins: Vec::new() }
}
