//! `realist participant withdraw`

use crate::act::withdraw::{self as act, Moved, Plan};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::participant::Scope;
use crate::project::Project;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// P3.gj, or D3.gj:Name for a speaker of a document.
    #[arg(value_name = "P3.gj")]
    participant: String,
    /// quotes: their words stay in the text and are quoted nowhere; turns: what they said is taken out of
    /// every text; document: the documents they speak in are destroyed.
    #[arg(long, value_parser = crate::cli::commands::shared::word::<Scope>)]
    scope: Scope,
    /// Kept in the journal: write nothing there that tells who they are.
    #[arg(long)]
    reason: Option<String>,
    /// This cannot be undone: say that you mean it.
    #[arg(long)]
    yes: bool,
}

pub fn run(arguments: &Arguments, context: &Context, project: &mut Project) -> Result<Exit> {
    let plan = act::rehearse(project, &arguments.participant, arguments.scope)?;
    let rehearsal = context.surroundings.rehearsal;
    if rehearsal || !arguments.yes {
        context.ui.answer(&format!("would withdraw {}", told(&plan)), &as_json(&plan));
        tell(context, &plan);
        context.ui.say("this cannot be undone; to go ahead add --yes");
        return Ok(Exit::negative_if(!rehearsal));
    }
    let done = act::withdraw(project, &arguments.participant, arguments.scope, arguments.reason.as_deref())?;
    let plan = &done.answer;
    confirm(context, &done, &format!("withdrew {}", told(plan)), as_json(plan));
    tell(context, plan);
    if !plan.papers.is_empty() {
        context.ui.say("the papers were removed from outputs/; write them again with realist report");
    }
    context.ui.say("out of reach from here:");
    for (what, todo) in act::OUT_OF_REACH {
        context.ui.say(&format!("  {what}: {todo}"));
    }
    Ok(Exit::Done)
}

/// `P3.gj (turns): 14 turns, 812 words in D2.gj; 3 evidence links, 1 coding and 0 memos on their words; 4 files`.
fn told(plan: &Plan) -> String {
    let turns: usize = plan.documents.iter().map(|one| one.turns).sum();
    let words: usize = plan.documents.iter().map(|one| one.words).sum();
    let documents: Vec<&str> = plan.documents.iter().map(|one| one.document.as_str()).collect();
    let place = if documents.is_empty() { "no document".to_owned() } else { documents.join(", ") };
    format!(
        "{} ({}): {}, {} in {place}; {}, {} and {} on their words; {} destroyed",
        plan.participant,
        plan.scope,
        counted(turns, "turn"),
        counted(words, "word"),
        counted(plan.links.len(), "evidence link"),
        counted(plan.codings.len(), "coding"),
        counted(plan.memos.len(), "memo"),
        counted(plan.files, "file"),
    )
}

fn tell(context: &Context, plan: &Plan) {
    let ui = &context.ui;
    let list = |what: &str, labels: &[String]| {
        if !labels.is_empty() {
            ui.say(&format!("{what}: {}", labels.join(", ")));
        }
    };
    for one in plan.documents.iter().filter(|one| plan.scope == Scope::Document && one.others > 0) {
        ui.say(&format!("{} goes as a whole, with what {} said there", one.document, counted(one.others, "other participant")));
    }
    let after = if plan.scope == Scope::Quotes { "no longer printed in papers" } else { "will read 'purged'" };
    list(&format!("evidence links ({after})"), &plan.links);
    list("codings", &plan.codings);
    list("memos (destroyed with the words)", &plan.memos);
    if plan.unseen > 0 {
        ui.say(&format!("codings and memos of an open pass that go too and are not shown to you: {}", plan.unseen));
    }
    list("memos that an older version kept in the journal, where they stay for good (no view shows them any more)", &plan.keep_memos);
    for one in &plan.standings {
        ui.say(&format!("{}: {}", one.hypothesis, standing(one)));
    }
    list("papers in outputs/ that go", &plan.papers);
    let holds = |name: &String| plan.holding.contains(&format!("outputs/{name}"));
    let (theirs, others): (Vec<String>, Vec<String>) = plan.beside.iter().cloned().partition(holds);
    let root = plan.holding.iter().filter(|name| !name.starts_with("outputs/")).cloned();
    let theirs: Vec<String> = theirs.into_iter().map(|name| format!("outputs/{name}")).chain(root).collect();
    list("files that hold eight or more of their words in a row, and are not removed: delete them", &theirs);
    list("other files in outputs/: see for yourself whether they quote this person", &others);
    for one in &plan.elsewhere {
        let turns = counted(one.turns, "turn");
        ui.say(&format!(
            "{} holds words of theirs too and keeps them: {turns} of theirs, up to {} words in a row",
            one.document, one.words
        ));
    }
    if !plan.elsewhere.is_empty() {
        ui.say("  what is the same interview: realist purge D8.gj; what others repeat: correct the text and take it in anew");
    }
    list("their name stands in", &plan.named);
    let told = |goes: bool| plan.repeated.iter().filter(move |one| one.goes == goes);
    let tell_each = |what: &str, goes: bool| {
        if told(goes).next().is_some() {
            ui.say(what);
        }
        for one in told(goes) {
            ui.say(&format!("  {}: {} ({} words of {})", one.id, one.field, one.words, one.passage));
        }
    };
    tell_each("memos and titles that repeat eight or more of their words in a row, destroyed with them:", true);
    tell_each("what researchers typed that repeats eight or more of their words in a row:", false);
    if told(false).next().is_some() {
        ui.say("  the journal keeps what was ever typed, and this cannot take it out: reword each now, so that no paper prints it, and tell the participant that it stays; docs/people.md says how to be rid of it for good");
    }
}

/// `supported (2 for, 0 against) -> single_source (1 for, 0 against)`.
fn standing(one: &Moved) -> String {
    let word = |one: &crate::evidence::Standing| format!("{} ({} for, {} against)", one.standing, one.r#for, one.against);
    format!("{} -> {}", word(&one.before), word(&one.after))
}

fn as_json(plan: &Plan) -> Value {
    let documents = plan.documents.iter().map(|one| json!({ "id": one.document, "turns": one.turns, "words": one.words, "others": one.others }));
    let standings = plan.standings.iter().map(|one| json!({ "hypothesis": one.hypothesis, "before": one.before, "after": one.after }));
    let repeated = plan.repeated.iter().map(|one| json!({ "id": one.id, "field": one.field, "passage": one.passage, "words": one.words, "goes": one.goes }));
    let elsewhere = plan.elsewhere.iter().map(|one| json!({ "id": one.document, "turns": one.turns, "words": one.words }));
    let reach = act::OUT_OF_REACH.iter().map(|(what, todo)| json!({ "what": what, "do": todo }));
    json!({
        "participant": plan.participant,
        "scope": plan.scope,
        "documents": documents.collect::<Vec<_>>(),
        "links": plan.links,
        "codings": plan.codings,
        "memos": plan.memos,
        "unseen": plan.unseen,
        "keep_memos": plan.keep_memos,
        "standings": standings.collect::<Vec<_>>(),
        "papers": plan.papers,
        "beside": plan.beside,
        "holding": plan.holding,
        "elsewhere": elsewhere.collect::<Vec<_>>(),
        "named": plan.named,
        "files": plan.files,
        "repeated": repeated.collect::<Vec<_>>(),
        "out_of_reach": reach.collect::<Vec<_>>(),
    })
}
