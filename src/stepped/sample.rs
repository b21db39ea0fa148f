//! A model with a pathway of four steps that passes every check, made by hand. Compiled for tests only.

use crate::compare::sample::{empty, id};
use crate::id::{Id, Kind, Label};
use crate::model::Model;
use crate::pathway::{Exit, Intensity, Move, Step, id_of};
use crate::synthesis::Synthesis;
use crate::training::Training;

pub fn model() -> Id {
    id(1, 0)
}

pub fn step(n: usize) -> Id {
    id(7, n)
}

pub fn moved(when: &str) -> Move {
    Move { when: Some(when.to_owned()) }
}

/// A step of that rank about which nothing more is said.
pub fn bare(synthesis: &mut Synthesis, n: usize, rank: u32) {
    let one = serde_json::json!({ "model": model(), "rank": rank, "name": format!("Step {n}") });
    synthesis.steps.insert(step(n), Step { id: step(n), ..serde_json::from_value(one).unwrap() });
    let number = u32::try_from(n).unwrap() + 1;
    synthesis.labels.insert(step(n), Label::new(Kind::Step, number, "gj"));
}

/// A model without steps.
pub fn unstepped() -> Synthesis {
    let mut all = empty();
    let one: Model = serde_json::from_str("{\"name\":\"Whole system\",\"ours\":true}").unwrap();
    all.models.models.insert(model(), Model { id: model(), ..one });
    all.labels.insert(model(), Label::new(Kind::Model, 1, "gj"));
    all
}

/// Four steps: 1 and 2 in primary care, 3 and 4 in the community and the hospital.
pub fn good() -> Synthesis {
    let mut all = unstepped();
    let said: [(&str, Intensity, &str, [&str; 2], &str); 4] = [
        ("Self-care and courses", Intensity::Low, "GP practice (primary care)", ["course", "reading"], "Nurse"),
        ("Talking therapies", Intensity::Low, "primary care", ["talking", "navigation"], "Therapist"),
        ("Shared care", Intensity::Moderate, "community team", ["care partner", "talking"], "Care partner"),
        ("Specialist care", Intensity::High, "hospital", ["ward", "crisis team"], "Psychiatrist"),
    ];
    for (n, (name, intensity, setting, interventions, provider)) in said.into_iter().enumerate() {
        bare(&mut all, n, u32::try_from(n).unwrap() + 1);
        let one = all.steps.get_mut(&step(n)).unwrap();
        one.name = name.to_owned();
        one.intensity = Some(intensity);
        one.setting = Some(setting.to_owned());
        one.interventions = interventions.map(str::to_owned).to_vec();
        one.recovery_element = Some("a goal of one's own".to_owned());
        one.providers = vec![provider.to_owned()];
        one.review_interval = Some("every six weeks".to_owned());
        if n < 3 {
            one.up.insert(step(n + 1), moved("no better"));
        }
        if n > 0 {
            one.down.insert(step(n - 1), moved("better"));
        }
    }
    let exit = Exit { place: "Primary care".to_owned(), when: Some("at any point".to_owned()), in_primary_care: None };
    all.steps.get_mut(&step(3)).unwrap().out.insert(id_of(&exit.place), exit);
    let case = serde_json::json!({ "title": "A winter", "origin": "fictional" });
    let trains = ["nurse", "THERAPIST", "Care Partner ", "psychiatrist"].map(str::to_owned).into();
    let case = Training { id: id(8, 0), trains, ..serde_json::from_value(case).unwrap() };
    all.trainings.insert(case.id, case);
    all
}
