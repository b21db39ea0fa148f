//! The seven checks of a pathway (method reference 5.2), one function each. They are drawn from what the second source of
//! this project says of stepped primary care mental health, and are checks of design: a pathway that passes them all has not
//! been shown to help anybody.

use super::{Pathway, reach};
use crate::id::Id;
use crate::pathway::{Intensity, Step, folded};
use crate::text::words::counted;
use std::collections::BTreeSet;

/// What one check makes of a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Failed,
    /// There was nothing to look at, which is not passing.
    NothingToLookAt,
}

impl Verdict {
    pub fn title(self) -> &'static str {
        match self {
            Verdict::Passed => "passed",
            Verdict::Failed => "failed",
            Verdict::NothingToLookAt => "nothing to look at",
        }
    }
}

/// One way in which a step fails a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure<'s> {
    pub step: &'s Step,
    /// What is the matter, naming the step.
    pub said: String,
    /// What would mend it, in words.
    pub mend: &'static str,
    /// The command for that, behind `realist step`.
    pub command: String,
}

/// What a check looked at and found.
struct Looked<'s> {
    /// In words: `4 steps; step 1: low, step 2: low`. `Err`: why there was nothing to look at.
    at: Result<String, &'static str>,
    failures: Vec<Failure<'s>>,
}

/// One check.
pub struct Rule {
    /// `S1`.
    pub key: &'static str,
    pub title: &'static str,
    /// What in the second source it comes from.
    pub from: &'static str,
    look: for<'s> fn(&Pathway<'s>) -> Looked<'s>,
}

/// A check that was made.
pub struct Checked<'s> {
    pub rule: &'static Rule,
    pub verdict: Verdict,
    /// What was looked at, or why nothing was.
    pub looked_at: String,
    pub failures: Vec<Failure<'s>>,
}

/// The checks in order.
pub static RULES: &[Rule] = &[
    Rule {
        key: "S1",
        title: "Intensity does not fall as one goes up",
        from: "Steps are graduated from low to high intensity.",
        look: intensity,
    },
    Rule {
        key: "S2",
        title: "Every step offers a choice of its own",
        from: "People are offered a range of interventions, others at each level.",
        look: choice,
    },
    Rule {
        key: "S3",
        title: "Every step does something for recovery",
        from: "Recovery and wellbeing are built into every step.",
        look: recovery,
    },
    Rule {
        key: "S4",
        title: "From every step one gets back to primary care, and down",
        from: "People can return to primary care at any point, and step back.",
        look: way_back,
    },
    Rule {
        key: "S5",
        title: "Every step is reviewed, and leads up",
        from: "People are to flow between the steps rather than stay on one.",
        look: flow,
    },
    Rule {
        key: "S6",
        title: "No step must be left to enter another",
        from: "Steps are non-exclusive: a person may use several at once.",
        look: open,
    },
    Rule {
        key: "S7",
        title: "Every step has somebody trained to give it",
        from: "An integrated service needs a workforce skilled to deliver it.",
        look: trained,
    },
];

/// Makes every check of a pathway.
pub fn check<'s>(pathway: &Pathway<'s>) -> Vec<Checked<'s>> {
    let made = RULES.iter().map(|rule| {
        let looked = if pathway.steps.is_empty() {
            Looked { at: Err("the model has no step"), failures: Vec::new() }
        } else {
            (rule.look)(pathway)
        };
        let (verdict, looked_at) = match looked.at {
            Err(why) => (Verdict::NothingToLookAt, why.to_owned()),
            Ok(said) if looked.failures.is_empty() => (Verdict::Passed, said),
            Ok(said) => (Verdict::Failed, said),
        };
        Checked { rule, verdict, looked_at, failures: looked.failures }
    });
    made.collect()
}

/// What is told of each step, in order: `4 steps: low, low, moderate, high`.
fn each(pathway: &Pathway, told: impl Fn(&Step) -> String) -> String {
    let told: Vec<String> = pathway.steps.iter().map(|one| format!("step {}: {}", one.rank, told(one))).collect();
    format!("{}; {}", counted(pathway.steps.len(), "step"), told.join(", "))
}

/// Of every step what is the matter with it.
fn failing<'s>(pathway: &Pathway<'s>, of: impl Fn(&'s Step) -> Vec<Failure<'s>>) -> Vec<Failure<'s>> {
    pathway.steps.iter().flat_map(|one| of(one)).collect()
}

/// A failure of a step; `command` goes on behind `realist step VERB LABEL`.
fn failure<'s>(
    pathway: &Pathway<'s>,
    step: &'s Step,
    said: &str,
    mend: &'static str,
    command: (&str, &str),
) -> Failure<'s> {
    let command = format!("{} {} {}", command.0, pathway.synthesis.label(step.id), command.1);
    Failure { step, said: format!("{} {said}", pathway.name(step.id)), mend, command }
}

/// S1. A step without an intensity cannot be placed, which is a failure too.
fn intensity<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let Some(own) = step.intensity else {
            let mend = "say how intensive the step is: low, moderate or high";
            return vec![failure(pathway, step, "has no intensity", mend, ("edit", "--intensity low"))];
        };
        let lower = pathway.steps.iter().filter(|one| one.rank < step.rank && one.intensity > Some(own));
        let Some(lower) = lower.max_by_key(|one| one.intensity) else { return Vec::new() };
        let theirs = lower.intensity.map_or("", Intensity::word);
        let said = format!("is of {own} intensity, and {}, below it, of {theirs}", pathway.name(lower.id));
        let mend = "set its intensity anew, or put it at another rank";
        vec![failure(pathway, step, &said, mend, ("edit", "--rank 1"))]
    });
    let at = each(pathway, |one| one.intensity.map_or("not said", Intensity::word).to_owned());
    Looked { at: Ok(at), failures }
}

fn offered(step: &Step) -> BTreeSet<String> {
    step.interventions.iter().map(|one| folded(one)).filter(|one| !one.is_empty()).collect()
}

/// S2. Interventions are compared by their words, however they are written.
fn choice<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let own = offered(step);
        let mut found = Vec::new();
        if own.len() < 2 {
            let said = match own.len() {
                0 => "offers no intervention".to_owned(),
                _ => format!("offers one intervention alone: {}", step.interventions.join(", ")),
            };
            let mend = "name two that differ, so that there is a choice";
            found.push(failure(pathway, step, &said, mend, ("edit", "--intervention \"...\"")));
        }
        let before = pathway.steps.iter().take_while(|one| one.id != step.id);
        if let Some(twin) = before.filter(|one| !own.is_empty() && offered(one) == own).last() {
            let said = format!("offers the very same as {}", pathway.name(twin.id));
            let mend = "say what is offered here and not there, or make the two one step";
            found.push(failure(pathway, step, &said, mend, ("edit", "--intervention \"...\"")));
        }
        found
    });
    let at = each(pathway, |one| counted(offered(one).len(), "intervention"));
    Looked { at: Ok(at), failures }
}

/// Something was written there.
fn is_said(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// S3.
fn recovery<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let mend = "say what in it serves recovery or wellbeing, whatever else it treats";
        let failure = || failure(pathway, step, "has no recovery element", mend, ("edit", "--recovery \"...\""));
        (!is_said(step.recovery_element.as_deref())).then(failure).into_iter().collect()
    });
    Looked { at: Ok(counted(pathway.steps.len(), "step")), failures }
}

/// S4. One move is enough to be back in primary care; down may take several.
fn way_back<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let mut found = Vec::new();
        if !reach::is_near_primary_care(pathway, step) {
            let said = "is not in primary care, and no single move leads there";
            let mend =
                "let people move out to primary care, or write primary care into its setting where it is given there";
            found.push(failure(pathway, step, said, mend, ("move", "out \"primary care\" --when \"...\"")));
        }
        if !pathway.is_first(step) && !reach::leads_down(pathway, step) {
            let lower = pathway.steps.iter().rfind(|one| one.rank < step.rank);
            let lower = lower.map(|one| pathway.synthesis.label(one.id)).unwrap_or_default();
            let rest = format!("down {lower} --when \"...\"");
            let mend = "say what makes one step down, and where to";
            found.push(failure(pathway, step, "leads to no lower step", mend, ("move", &rest)));
        }
        found
    });
    let near = pathway.steps.iter().filter(|one| reach::is_in_primary_care(one)).count();
    let at = format!("{}, {near} of them in primary care", counted(pathway.steps.len(), "step"));
    Looked { at: Ok(at), failures }
}

/// S5. A move up counts where it goes to a step of a higher rank.
fn flow<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let mut found = Vec::new();
        if !is_said(step.review_interval.as_deref()) {
            let mend = "say when it is looked at whether it helps";
            found.push(failure(pathway, step, "has no review", mend, ("edit", "--review \"every six weeks\"")));
        }
        let above = |id: &Id| pathway.get(*id).is_some_and(|one| one.rank > step.rank);
        if !pathway.is_last(step) && !step.up.keys().any(above) {
            let said = match step.up.keys().next() {
                None => "has no move up".to_owned(),
                Some(other) => format!("moves up to {}, which is not above it or not in use", pathway.name(*other)),
            };
            let next = pathway.steps.iter().find(|one| one.rank > step.rank);
            let next = next.map(|one| pathway.synthesis.label(one.id)).unwrap_or_default();
            let rest = format!("up {next} --when \"...\"");
            found.push(failure(pathway, step, &said, "say what makes one step up, and where to", ("move", &rest)));
        }
        found
    });
    let reviewed = pathway.steps.iter().filter(|one| is_said(one.review_interval.as_deref())).count();
    Looked { at: Ok(format!("{}, {reviewed} of them reviewed", counted(pathway.steps.len(), "step"))), failures }
}

/// S6. Asked of models whose steps exclude each other it would make no sense.
fn open<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    if pathway.model.exclusive {
        return Looked { at: Err("the model says that a person uses one step at a time"), failures: Vec::new() };
    }
    let failures = failing(pathway, |step| {
        let Some(first) = step.leaving.first() else { return Vec::new() };
        let others: Vec<String> = step.leaving.iter().map(|id| pathway.name(*id)).collect();
        let said = format!("asks one to leave {} first", others.join(" and "));
        let rest = format!("--not-leaving {}", pathway.synthesis.label(*first));
        let mend = "let people come onto it as they are, or say that the model's steps exclude each other";
        vec![failure(pathway, step, &said, mend, ("edit", &rest))]
    });
    Looked { at: Ok(format!("how one comes onto {}", counted(pathway.steps.len(), "step"))), failures }
}

/// S7. A training case names the roles it trains; one is enough.
fn trained<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let cases: Vec<_> = pathway.synthesis.trainings.values().filter(|one| !one.retired).collect();
    let failures = failing(pathway, |step| {
        let (said, mend) = match step.providers.as_slice() {
            [] => ("has no provider".to_owned(), "say in which roles people give it"),
            some if some.iter().any(|role| cases.iter().any(|one| one.is_for(role))) => return Vec::new(),
            some => (
                format!("is given by {}, and no training case is for that", some.join(", ")),
                "make a training case for one of these roles, or name the role as the case does",
            ),
        };
        vec![failure(pathway, step, &said, mend, ("edit", "--provider \"...\""))]
    });
    let at = format!("{}, {}", counted(pathway.steps.len(), "step"), counted(cases.len(), "training case"));
    Looked { at: Ok(at), failures }
}
