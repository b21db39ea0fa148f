//! `realist hypothesis status | tested | part | merge | split | refine`

use super::fields::Fields;
use crate::act::hypothesis::{self, Entry};
use crate::act::life::merge::{self, Into, Merged};
use crate::act::life::split::{self, Succeeded};
use crate::act::life::{status, tested};
use crate::act::parts::Saying;
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, word};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Detail, Editorial, Test};
use crate::project::{Done, Project};
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Move statements on: draft, screened, active; then parked, superseded or rejected.
    Status {
        #[arg(required = true, value_name = "H1.gj")]
        hypotheses: Vec<String>,
        /// screened, active, parked, superseded or rejected.
        #[arg(value_parser = word::<Editorial>)]
        status: Editorial,
        #[arg(long)]
        why: String,
    },
    /// Say whether a statement was put to the test, and what came of it.
    Tested {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        /// not_tested, formative or trial.
        #[arg(value_parser = word::<Test>)]
        test: Test,
        /// What came of it, in your words.
        #[arg(long)]
        result: Option<String>,
    },
    /// Say more of one part: where a context lies, whom an outcome befalls. An empty word takes it back.
    Part {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        /// Key or kind: c1, outcome.
        part: String,
        #[command(flatten)]
        details: Box<Details>,
        /// Why; others may have relied on how it read.
        #[arg(long)]
        why: Option<String>,
    },
    /// Merge statements: they stay as they are and are seen, with their evidence, through the one they go into.
    Merge {
        #[arg(required = true, value_name = "H1.gj")]
        hypotheses: Vec<String>,
        /// A statement that is there (H9.gj), or the sentence of a new one.
        #[arg(long, value_name = "H9.gj|SENTENCE")]
        into: String,
        /// Parts and more of the new statement.
        #[command(flatten)]
        fields: Box<Fields>,
        #[arg(long)]
        why: String,
    },
    /// Split a statement into several; it is superseded and keeps its evidence.
    Split {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        /// Sentence of a new statement; twice or more.
        #[arg(long, required = true, value_name = "SENTENCE")]
        into: Vec<String>,
        /// Each new statement begins with all parts of the former.
        #[arg(long)]
        keep_parts: bool,
        #[arg(long)]
        why: String,
    },
    /// Say a statement more closely; what you leave out is as it was. The former is superseded.
    Refine {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        #[command(flatten)]
        fields: Box<Fields>,
        /// The former goes on standing.
        #[arg(long)]
        beside: bool,
        #[arg(long)]
        why: String,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Details {
    /// Of a context: individual, interpersonal, institutional, infrastructural.
    #[arg(long)]
    level: Option<String>,
    /// Of a context: enabling, constraining.
    #[arg(long)]
    polarity: Option<String>,
    /// Whose it is.
    #[arg(long)]
    of_actor: Option<String>,
    /// Of an outcome: intended, unintended.
    #[arg(long)]
    valence: Option<String>,
    /// Of an outcome: proximal, intermediate, distal.
    #[arg(long)]
    proximity: Option<String>,
    /// Of an outcome: increase, decrease, no_change.
    #[arg(long)]
    direction: Option<String>,
    /// Whom an outcome befalls.
    #[arg(long)]
    affects: Option<String>,
    /// Of a resource, reasoning or mechanism: low, mid, high, or 0 to 1.
    #[arg(long)]
    activation: Option<String>,
}

impl Details {
    fn sayings(self, part: &str) -> Vec<Saying> {
        let all = [
            (Detail::Level, self.level),
            (Detail::Polarity, self.polarity),
            (Detail::Actor, self.of_actor),
            (Detail::Valence, self.valence),
            (Detail::Proximity, self.proximity),
            (Detail::Direction, self.direction),
            (Detail::Affects, self.affects),
            (Detail::Activation, self.activation),
        ];
        let said = all.into_iter().filter_map(|(detail, text)| Some((detail, text?)));
        said.map(|(detail, text)| Saying { part: part.to_owned(), detail, text }).collect()
    }
}

pub(super) fn run(command: Command, context: &Context, project: &mut Project) -> Result<()> {
    match command {
        Command::Status { hypotheses, status, why } => {
            let done = status::set(project, &hypotheses, status, &why)?;
            let ids: Vec<&str> = done.answer.iter().map(|step| step.id.as_str()).collect();
            let steps: Vec<_> =
                done.answer.iter().map(|one| json!({ "id": one.id, "from": one.from, "to": one.to })).collect();
            confirm(context, &done, &format!("{}: {status}", ids.join(", ")), json!({ "steps": steps }));
        }
        Command::Tested { hypothesis, test, result } => {
            let done = tested::set(project, &hypothesis, test, result.as_deref())?;
            confirm(context, &done, &format!("{}: {test}", done.answer), json!({ "id": done.answer, "tested": test }));
        }
        Command::Part { hypothesis, part, details, why } => {
            let say = details.sayings(&part);
            if say.is_empty() {
                return Err(fault("nothing-said", "say something of the part")
                    .hint(format!("realist hypothesis part {hypothesis} {part} --level institutional")));
            }
            let entry = Entry { say, ..Entry::default() };
            let done = hypothesis::edit(project, &hypothesis, &entry, why.as_deref())?;
            let (id, said) = (&done.answer.id, &done.answer.said);
            confirm(context, &done, &format!("said more of {part} of {id}"), json!({ "id": id, "said": said }));
        }
        Command::Merge { hypotheses, into, fields, why } => {
            let entry: Entry = (*fields).into();
            let done = merge::merge(project, &hypotheses, &target(into, entry)?, &why)?;
            say_merged(context, &done);
        }
        Command::Split { hypothesis, into, keep_parts, why } => {
            let done = split::split(project, &hypothesis, &into, keep_parts, &why)?;
            say_succeeded(context, &done, "split");
        }
        Command::Refine { hypothesis, fields, beside, why } => {
            let done = split::refine(project, &hypothesis, &(*fields).into(), beside, &why)?;
            say_succeeded(context, &done, "refined");
        }
    }
    Ok(())
}

/// `--into` names a statement, or else is the sentence of a new one.
fn target(into: String, entry: Entry) -> Result<Into> {
    let is_label = into.parse::<crate::id::Label>().is_ok()
        || into.strip_prefix(['H', 'h']).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    if !is_label {
        return Ok(Into::New(Box::new(Entry { statement: Some(into), ..entry })));
    }
    let is_bare = entry.parts.is_empty() && entry.statement.is_none() && entry.say.is_empty();
    if !is_bare {
        return Err(fault("into-is-there", format!("{into} is there already: its words are not changed by a merge"))
            .hint(format!("merge first, then: realist hypothesis edit {into} ...")));
    }
    Ok(Into::Existing(into))
}

fn say_merged(context: &Context, done: &Done<Merged>) {
    let Merged { parent, is_new, children, links, loose, id: _ } = &done.answer;
    let new = if *is_new { "new " } else { "" };
    let json = json!({ "id": parent, "new": is_new, "merged": children, "links": links, "loose": loose });
    confirm(context, done, &format!("merged {} into {new}{parent}", children.join(", ")), json);
    for one in loose {
        context.ui.say(&format!("{parent} now stands in its place: {one}"));
    }
    context.ui.say(&format!("its evidence reads inherited until confirmed: realist evidence confirm --all {parent}"));
}

fn say_succeeded(context: &Context, done: &Done<Succeeded>, verb: &str) {
    let Succeeded { former, new, links, beside, left, sentence_stands } = &done.answer;
    let stays = if *beside { "stands beside" } else { "is superseded" };
    let json = json!({ "ids": new, "former": former, "links": links, "superseded": !beside, "left": left, "sentence_stands": sentence_stands });
    confirm(context, done, &format!("{verb} {former}: {}; {former} {stays}", new.join(", ")), json);
    if let (Some(sentence), [one]) = (sentence_stands, new.as_slice()) {
        super::say_sentence_stands(context, one, sentence);
    }
    for one in new {
        context.ui.say(&format!("evidence of {former} that holds for {one}: realist evidence confirm E1.gj --for {one}"));
    }
    for one in left {
        context.ui.say(&format!("hangs on {former} still: {one}"));
    }
    if !left.is_empty() {
        context.ui.say("move what holds on: realist link move L1.gj; what waits: realist link list --waiting");
    }
}
