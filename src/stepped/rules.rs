//! The seven checks of a pathway (method reference 5.2), one function each. They are drawn from what the second source of
//! this project says of stepped primary care mental health, and are checks of design: a pathway that passes them all has not
//! been shown to help anybody.

use super::{Pathway, reach};
use crate::id::Id;
use crate::pathway::{Intensity, Step, alike, says_something};
use crate::text::words::counted;
use std::collections::{BTreeMap, BTreeSet};

/// What one check makes of a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Passed,
    Failed,
    /// Nothing fails, and somebody has to say how words are meant.
    ToLookAt,
    /// There was nothing to look at, which is not passing.
    NothingToLookAt,
}

impl Verdict {
    pub fn title(self) -> &'static str {
        match self {
            Verdict::Passed => "passed",
            Verdict::Failed => "failed",
            Verdict::ToLookAt => "to be looked at",
            Verdict::NothingToLookAt => "nothing to look at",
        }
    }
}

/// One way in which a step fails a check, or may.
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
    /// What fails only if its words are meant so.
    doubts: Vec<Failure<'s>>,
}

impl<'s> Looked<'s> {
    fn at(at: String, failures: Vec<Failure<'s>>) -> Self {
        Looked { at: Ok(at), failures, doubts: Vec::new() }
    }

    fn nothing(why: &'static str) -> Self {
        Looked { at: Err(why), failures: Vec::new(), doubts: Vec::new() }
    }
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
    /// What fails; behind that what is to be looked at.
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
        let looked =
            if pathway.steps.is_empty() { Looked::nothing("the model has no step") } else { (rule.look)(pathway) };
        let (verdict, looked_at) = match looked.at {
            Err(why) => (Verdict::NothingToLookAt, why.to_owned()),
            Ok(said) if !looked.failures.is_empty() => (Verdict::Failed, said),
            Ok(said) if !looked.doubts.is_empty() => (Verdict::ToLookAt, said),
            Ok(said) => (Verdict::Passed, said),
        };
        let failures = looked.failures.into_iter().chain(looked.doubts).collect();
        Checked { rule, verdict, looked_at, failures }
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
    let below = most_intensive_below(pathway);
    let failures = failing(pathway, |step| {
        let Some(own) = step.intensity else {
            let mend = "say how intensive the step is: low, moderate or high";
            return vec![failure(pathway, step, "has no intensity", mend, ("edit", "--intensity low"))];
        };
        let lower = below.get(&step.rank).copied().flatten();
        let Some(lower) = lower.filter(|one| one.intensity > Some(own)) else { return Vec::new() };
        let theirs = lower.intensity.map_or("", Intensity::word);
        let said = format!("is of {own} intensity, and {}, below it, of {theirs}", pathway.name(lower.id));
        let mend = "set its intensity anew, or put it at another rank";
        vec![failure(pathway, step, &said, mend, ("edit", "--rank 1"))]
    });
    let at = each(pathway, |one| one.intensity.map_or("not said", Intensity::word).to_owned());
    Looked::at(at, failures)
}

/// Of each rank, the most intensive step below it; of several the last.
fn most_intensive_below<'s>(pathway: &Pathway<'s>) -> BTreeMap<u32, Option<&'s Step>> {
    let mut below = BTreeMap::new();
    let mut most: Option<&Step> = None;
    for steps in pathway.steps.chunk_by(|one, other| one.rank == other.rank) {
        below.insert(steps[0].rank, most);
        most = most.into_iter().chain(steps.iter().copied()).max_by_key(|one| one.intensity);
    }
    below
}

fn offered(step: &Step) -> BTreeSet<String> {
    step.interventions.iter().map(|one| alike(one)).filter(|one| !one.is_empty()).collect()
}

/// S2. Interventions are compared by their words; case, marks and hyphens make none another.
fn choice<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let mut before: BTreeMap<BTreeSet<String>, &Step> = BTreeMap::new();
    let mut twins: BTreeMap<Id, &Step> = BTreeMap::new();
    for step in &pathway.steps {
        let own = offered(step);
        if !own.is_empty()
            && let Some(twin) = before.insert(own, step)
        {
            twins.insert(step.id, twin);
        }
    }
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
        if let Some(twin) = twins.get(&step.id) {
            let said = format!("offers the very same as {}", pathway.name(twin.id));
            let mend = "say what is offered here and not there, or make the two one step";
            found.push(failure(pathway, step, &said, mend, ("edit", "--intervention \"...\"")));
        }
        found
    });
    let at = each(pathway, |one| counted(offered(one).len(), "intervention"));
    Looked::at(at, failures)
}

/// Something was written there, and not that there is none.
fn is_said(text: Option<&str>) -> bool {
    text.is_some_and(says_something)
}

/// S3.
fn recovery<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let mend = "say what in it serves recovery or wellbeing, whatever else it treats";
        let failure = || failure(pathway, step, "has no recovery element", mend, ("edit", "--recovery \"...\""));
        (!is_said(step.recovery_element.as_deref())).then(failure).into_iter().collect()
    });
    Looked::at(counted(pathway.steps.len(), "step"), failures)
}

/// S4. One move is enough to be back in primary care; down may take several.
fn way_back<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    let failures = failing(pathway, |step| {
        let mut found = Vec::new();
        if !reach::is_near_primary_care(pathway, step) {
            let said = "is not in primary care, and no single move leads there";
            let mend = "let people move out to primary care, or say with step edit --in-primary-care yes that it is given there";
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
    Looked::at(at, failures)
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
    Looked::at(format!("{}, {reviewed} of them reviewed", counted(pathway.steps.len(), "step")), failures)
}

/// Words of an entry rule that may say that another step has to be left.
const LEAVING: [&str; 22] = [
    "after",
    "complete",
    "completed",
    "completing",
    "completion",
    "discharge",
    "discharged",
    "end",
    "ended",
    "ends",
    "exit",
    "finish",
    "finished",
    "instead",
    "leave",
    "leaves",
    "leaving",
    "left",
    "once",
    "stop",
    "stopped",
    "stops",
];

/// The words among these that stand in how one comes onto a step; none where somebody looked at it.
fn may_need_leaving(step: &Step) -> Vec<&'static str> {
    let entry = step.entry.as_deref().filter(|_| !step.leaves_none).map(alike).unwrap_or_default();
    LEAVING.into_iter().filter(|wanted| entry.split(' ').any(|word| word == *wanted)).collect()
}

/// S6. Asked of models whose steps exclude each other it would make no sense. Words alone cannot tell that a step has to be
/// left: they only ask for a look.
fn open<'s>(pathway: &Pathway<'s>) -> Looked<'s> {
    if pathway.model.exclusive {
        return Looked::nothing("the model says that a person uses one step at a time");
    }
    let failures = failing(pathway, |step| {
        let Some(first) = step.leaving.first() else { return Vec::new() };
        let others: Vec<String> = step.leaving.iter().map(|id| pathway.name(*id)).collect();
        let said = format!("asks one to leave {} first", others.join(" and "));
        let rest = format!("--not-leaving {}", pathway.synthesis.label(*first));
        let mend = "let people come onto it as they are, or say that the model's steps exclude each other";
        vec![failure(pathway, step, &said, mend, ("edit", &rest))]
    });
    let doubts = failing(pathway, |step| {
        let words = may_need_leaving(step);
        if words.is_empty() || !step.leaving.is_empty() {
            return Vec::new();
        }
        let said = format!("has an entry rule that may need leaving another step (it says: {})", words.join(", "));
        let mend = "say which step has to be left, with its label behind --leaving, or that none has to";
        vec![failure(pathway, step, &said, mend, ("edit", "--leaving none"))]
    });
    let steps = counted(pathway.steps.len(), "step");
    let at =
        format!("how one comes onto {steps}: what was said with --leaving, and words such as leave, after, stop, once");
    Looked { at: Ok(at), failures, doubts }
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
    Looked::at(at, failures)
}
