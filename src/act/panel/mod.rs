//! Panels and their members: seats by stakeholder group under tokens, who is invited, what interests they declare.

mod look;
mod withdraw;

pub use look::{Look, Seat, look, looks};
pub use withdraw::{Withdrawn, rehearse, withdraw};

use super::resolve;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::panel::{Member, Panel, prefix, token};
use crate::project::{Batch, Done, Project};
use serde_json::{Value, json};

/// Starts a panel; gives its label. Fault `no-name`.
pub fn add(project: &mut Project, name: &str, purpose: Option<&str>) -> Result<Done<String>> {
    let name = name.trim();
    if name.is_empty() {
        return Err(fault("no-name", "a panel needs a name").hint("realist panel add 'Consensus panel'"));
    }
    project.write("panel add", true, |batch| {
        let fields = Batch::fields(json!({ "name": name, "purpose": purpose, "author": batch.coder() }));
        Ok(batch.create(Kind::Panel, &fields).1.to_string())
    })
}

/// Seats as a person asks for them.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub group: String,
    /// Made from the group's name where none is given.
    pub tokens: Vec<String>,
    /// So many, with tokens made for them.
    pub people: Option<u32>,
    /// Interests they declare, in their words.
    pub interests: Option<String>,
}

/// Adds members; gives their tokens. Faults: `unknown-group`, `bad-token`, `token-taken`.
pub fn add_members(project: &mut Project, panel: &str, wishes: &[Wish]) -> Result<Done<Vec<String>>> {
    project.write("panel member", true, |batch| {
        let panel = resolve::find(batch.project(), Kind::Panel, panel)?;
        // Who left keeps their token: what they answered still stands under it.
        let mut taken: Vec<String> = members(batch.project(), panel).into_iter().map(|one| one.token).collect();
        let mut made = Vec::new();
        for wish in wishes {
            let group = resolve::group(batch.project(), &wish.group)?;
            for token in tokens(wish, &group, &taken)? {
                if taken.contains(&token) {
                    return Err(fault("token-taken", format!("{token} is a member already"))
                        .hint("every member has a token of their own, also after somebody left"));
                }
                let key = format!("{}{}", batch.chance().hex(32), batch.chance().hex(32));
                let key = batch.seal(&Value::from(key))?;
                let interests = sealed(batch, wish.interests.as_deref())?;
                let fields = json!({
                    "panel": panel, "group": group, "token": token, "key": key, "interests": interests,
                });
                batch.create(Kind::Member, &Batch::fields(fields));
                taken.push(token.clone());
                made.push(token);
            }
        }
        Ok(made)
    })
}

/// Those typed, or as many as are asked for, numbered on from those there are.
fn tokens(wish: &Wish, group: &str, taken: &[String]) -> Result<Vec<String>> {
    if !wish.tokens.is_empty() {
        return wish.tokens.iter().map(|typed| token(typed)).collect();
    }
    let prefix = prefix(group);
    let free = (1..).map(|number: u32| format!("{prefix}{number}")).filter(|token| !taken.contains(token));
    Ok(free.take(wish.people.unwrap_or(1) as usize).collect())
}

fn sealed(batch: &mut Batch<'_>, words: Option<&str>) -> Result<Option<crate::sealed::Sealed>> {
    let words = words.map(str::trim).filter(|words| !words.is_empty());
    words.map(|words| batch.seal(&Value::from(words))).transpose()
}

/// Notes that members were invited: those named, or everybody who was not yet. Gives their tokens.
pub fn invite(project: &mut Project, panel: &str, named: &[String], on: Option<&str>) -> Result<Done<Vec<String>>> {
    if let Some(day) = on {
        resolve::day(day)?;
    }
    project.write("panel invite", true, |batch| {
        let panel = resolve::find(batch.project(), Kind::Panel, panel)?;
        let mut invited = if named.is_empty() {
            members(batch.project(), panel).into_iter().filter(|one| one.is_here() && one.invited.is_none()).collect()
        } else {
            let found = named.iter().map(|typed| member(batch.project(), panel, typed));
            found.collect::<Result<Vec<Member>>>()?
        };
        let day = on.map_or_else(|| batch.today(), str::to_owned);
        invited.retain(|one| one.invited.as_ref() != Some(&day));
        for one in &invited {
            refuse_left(one)?;
            batch.set(Kind::Member, one.id, &Batch::fields(json!({ "invited": day })));
        }
        Ok(invited.into_iter().map(|one| one.token).collect())
    })
}

/// Keeps the interests a member declares, in the place of what was kept; nothing takes them away.
pub fn declare(project: &mut Project, panel: &str, typed: &str, words: &str) -> Result<Done<String>> {
    project.write("panel declare", true, |batch| {
        let panel = resolve::find(batch.project(), Kind::Panel, panel)?;
        let member = member(batch.project(), panel, typed)?;
        refuse_left(&member)?;
        let interests = sealed(batch, Some(words))?;
        let fields = Fields::from_iter([("interests".to_owned(), json!(interests))]);
        batch.set(Kind::Member, member.id, &fields);
        Ok(member.token)
    })
}

/// All members a panel ever had, by group and token.
pub fn members(project: &Project, panel: Id) -> Vec<Member> {
    let mut members = project.state().about::<Member>(panel);
    members.retain(|one| one.panel == panel);
    let number = |token: &str| token.trim_start_matches(|c: char| c.is_ascii_lowercase()).parse::<u32>().ok();
    members.sort_by_cached_key(|one| (one.group.clone(), number(&one.token), one.token.clone(), one.id));
    members
}

/// A member by token, label or id. Fault `unknown-member`.
pub fn member(project: &Project, panel: Id, typed: &str) -> Result<Member> {
    let wanted = typed.trim().to_lowercase();
    let all = members(project, panel);
    let label = |one: &Member| project.label(one.id).to_lowercase();
    match all.iter().find(|one| one.token == wanted || label(one) == wanted || one.id.to_string() == wanted) {
        Some(one) => Ok(one.clone()),
        None => {
            let near = did_you_mean(&wanted, all.iter().map(|one| one.token.as_str()));
            let panel = project.label(panel);
            // What was typed may be a name: it is not repeated.
            let refused = fault("unknown-member", format!("no member of {panel} has that token"));
            Err(resolve::meant(refused, &near).hint(format!("see who is: realist panel show {panel}")))
        }
    }
}

fn refuse_left(member: &Member) -> Result<()> {
    match &member.left {
        None => Ok(()),
        Some(left) => Err(fault("member-left", format!("{} left the panel on {}", member.token, left.on))
            .hint("somebody new gets a token of their own: realist panel member add")),
    }
}

/// What marks a member's ballots and names the files that keep them. Fault `key-missing`.
pub fn key(project: &Project, member: &Member) -> Result<[u8; 32]> {
    let held = project.unseal_text(&member.key).ok_or_else(|| {
        fault("key-missing", format!("the key of {} is not on this computer", member.token))
            .hint("let the sync client finish, or merge with the colleague who added the member")
    })?;
    Ok(blake3::derive_key("realist member key v1", held.as_bytes()))
}

/// The panel itself.
pub fn panel(project: &Project, typed: &str) -> Result<Panel> {
    resolve::read(project, resolve::find(project, Kind::Panel, typed)?)
}
