//! The acts on training cases that the disk is made to fail under.

use super::acts::{Act, act, on, project};
use super::scene::Place;
use crate::act::training::{self, answers, form};

pub(super) const TRAINING: &[Act] = &[
    act("training add", &[project], |place| on(place, |project| training::add(project, &written("Called back")))),
    act("training edit", &[project, held], |place| {
        on(place, |project| training::edit(project, "T1.gj", &written("Called back twice")))
    }),
    act("training retire", &[project, held], |place| on(place, |project| training::retire(project, "T1.gj", true))),
    act("training answers", &[project, held], |place| {
        let file =
            place.file("answers.csv", "stage,happening,try\n1,She is left alone,ring twice\n1,They forgot her,\n");
        on(place, |project| answers::take(project, "T1.gj", &file))
    }),
];

fn written(vignette: &str) -> form::Form {
    let form = format!(
        "title = \"A call\"\norigin = \"fictional\"\ntrains = \"nurse\"\nintroduction = \"Welcome\"\n\
         [[objective]]\ntext = \"to call\"\nrests_on = \"H1.gj\"\n[[stage]]\nvignette = \"{vignette}\"\ncommentary = \"why\"\n"
    );
    form::parse(&form).unwrap()
}

fn held(place: &Place) {
    training::add(&mut place.open().unwrap(), &written("Nobody rang")).unwrap();
}
