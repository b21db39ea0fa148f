//! `realist panel`

use super::shared::{confirm, counted, excerpt};
use crate::act::panel::{self as act, Look, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Start a panel.
    Add {
        name: String,
        /// What it is for.
        #[arg(long)]
        purpose: Option<String>,
    },
    /// All panels.
    List,
    /// One panel: its members by group, who is invited, interests declared.
    Show {
        #[arg(value_name = "N1.gj")]
        panel: String,
    },
    /// Members: tokens by stakeholder group, never names.
    Member {
        #[command(subcommand)]
        command: Member,
    },
}

#[derive(Debug, clap::Subcommand)]
enum Member {
    /// Add members of a group.
    Add {
        #[arg(value_name = "N1.gj")]
        panel: String,
        /// Stakeholder group, by key or title.
        #[arg(long)]
        group: String,
        /// A token of your own, such as gp1; may be repeated. Made from the group's name unless given.
        #[arg(long = "token", value_name = "TOKEN", conflicts_with = "people")]
        tokens: Vec<String>,
        /// So many members, with tokens made for them.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=500))]
        people: Option<u32>,
        /// Interests they declare, in their words.
        #[arg(long, value_name = "WORDS")]
        interests: Option<String>,
    },
    /// Note that members were invited: all who were not yet, unless tokens are named.
    Invite {
        #[arg(value_name = "N1.gj")]
        panel: String,
        #[arg(value_name = "TOKEN")]
        tokens: Vec<String>,
        /// Day it was done; today unless said.
        #[arg(long, value_name = "2026-03-14")]
        on: Option<String>,
    },
    /// Keep the interests a member declares.
    Declare {
        #[arg(value_name = "N1.gj")]
        panel: String,
        #[arg(value_name = "TOKEN")]
        token: String,
        /// In their words; none where they have none: "none".
        interests: String,
    },
    /// A member leaves. What they answered stands, unless they want it destroyed too.
    Withdraw {
        #[arg(value_name = "N1.gj")]
        panel: String,
        #[arg(value_name = "TOKEN")]
        token: String,
        /// Destroy their answers, reasons, interests and registered dissent, here and at every colleague's.
        #[arg(long)]
        with_ballots: bool,
        /// With --with-ballots this cannot be undone: say that you mean it.
        #[arg(long)]
        yes: bool,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { name, purpose } => {
            let done = act::add(&mut project, &name, purpose.as_deref())?;
            let id = &done.answer;
            confirm(context, &done, &format!("added {id} '{}'", name.trim()), json!({ "id": id }));
            if !done.rehearsal {
                context.ui.say(&format!("then its members: realist panel member add {id} --group gps --people 3"));
            }
            Ok(Exit::Done)
        }
        Command::List => list(context, &project),
        Command::Show { panel } => {
            show(context, &act::look(&project, &panel)?);
            Ok(Exit::Done)
        }
        Command::Member { command } => member(command, context, &mut project),
    }
}

fn member(command: Member, context: &Context, project: &mut Project) -> Result<Exit> {
    match command {
        Member::Add { panel, group, tokens, people, interests } => {
            let wish = Wish { group, tokens, people, interests };
            let done = act::add_members(project, &panel, &[wish])?;
            let tokens = done.answer.join(", ");
            confirm(context, &done, &format!("added {tokens}"), json!({ "tokens": done.answer }));
            if !done.rehearsal {
                context.ui.say("who is who stands nowhere in the project: keep that list apart from it");
            }
        }
        Member::Invite { panel, tokens, on } => {
            let done = act::invite(project, &panel, &tokens, on.as_deref())?;
            let said = format!("noted {} as invited", counted(done.answer.len(), "member"));
            confirm(context, &done, &said, json!({ "tokens": done.answer }));
        }
        Member::Declare { panel, token, interests } => {
            let done = act::declare(project, &panel, &token, &interests)?;
            confirm(context, &done, &format!("kept the interests of {}", done.answer), json!({ "token": done.answer }));
        }
        Member::Withdraw { panel, token, with_ballots, yes } => {
            return withdraw(context, project, &panel, &token, with_ballots, yes);
        }
    }
    Ok(Exit::Done)
}

fn withdraw(
    context: &Context,
    project: &mut Project,
    panel: &str,
    token: &str,
    with_ballots: bool,
    yes: bool,
) -> Result<Exit> {
    let told = |one: &act::Withdrawn| {
        let rounds = if one.answered.is_empty() { "no round".to_owned() } else { one.answered.join(", ") };
        let fate = if with_ballots { "destroyed" } else { "kept" };
        format!("{}; what they answered in {rounds} is {fate}", one.token)
    };
    let as_json = |one: &act::Withdrawn| {
        json!({ "token": one.token, "answered": one.answered, "with_ballots": with_ballots, "decisions": one.dissents })
    };
    let rehearsal = context.surroundings.rehearsal;
    if with_ballots && (rehearsal || !yes) {
        let plan = act::rehearse(project, panel, token)?;
        context.ui.answer(&format!("would withdraw {}", told(&plan)), &as_json(&plan));
        context.ui.say("this cannot be undone; to go ahead add --yes");
        return Ok(Exit::negative_if(!rehearsal));
    }
    let done = act::withdraw(project, panel, token, with_ballots)?;
    confirm(context, &done, &format!("withdrew {}", told(&done.answer)), as_json(&done.answer));
    for round in &done.answer.open {
        context.ui.say(&format!("{round} is open, and is counted without a new ballot of theirs"));
    }
    if with_ballots {
        context.ui.say("out of reach from here: ballots and papers already sent or saved elsewhere; delete them too");
    }
    Ok(Exit::Done)
}

fn list(context: &Context, project: &Project) -> Result<Exit> {
    let all = act::looks(project);
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("no-panels", "there is no panel yet").hint("realist panel add 'Consensus panel'"));
    }
    let columns =
        [("id", "Id"), ("name", "Name"), ("members", "Members"), ("invited", "Invited"), ("purpose", "Purpose")];
    let mut table = Table::with(&columns);
    for one in &all {
        table.push(vec![
            one.id.as_str().into(),
            one.name.as_str().into(),
            one.here().into(),
            one.invited().into(),
            one.purpose.as_deref().map(|text| excerpt(text, 60)).into(),
        ]);
    }
    context.ui.list(&table, &json!(all));
    Ok(Exit::negative_if(all.is_empty()))
}

fn show(context: &Context, panel: &Look) {
    let columns =
        [("token", "Member"), ("group", "Group"), ("invited", "Invited"), ("interests", "Interests"), ("left", "Left")];
    let mut table = Table::with(&columns);
    for one in &panel.members {
        table.push(vec![
            one.token.as_str().into(),
            one.group.as_str().into(),
            one.invited.clone().into(),
            one.interests.as_deref().map(|words| excerpt(words, 60)).into(),
            one.left.clone().into(),
        ]);
    }
    context.ui.heading(&format!("{} {}", panel.id, panel.name));
    context.ui.list(&table, &json!(panel));
    let groups = panel.groups.iter().map(|(group, (here, invited))| format!("{group} {here} ({invited} invited)"));
    context.ui.say(&groups.collect::<Vec<_>>().join(", "));
}
