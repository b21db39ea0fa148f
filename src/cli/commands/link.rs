//! `realist link`

use super::shared::{confirm, counted, word};
use crate::act::relate::{self as act, Wish, carry};
use crate::act::resolve;
use crate::check::waiting::told;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::id::{Id, Kind};
use crate::link::{Entry, Link, LinkKind};
use crate::project::Depth;
use crate::synthesis::{Seen, Synthesis, Waiting};
use crate::table::Table;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Link a statement to others: H3.gj feeds H9.gj, H3.gj:o1 leads_to H7.gj:c1, H3.gj informed_by ST1.gj.
    Add {
        /// A statement, or one part of it: H3.gj:o1.
        #[arg(value_name = "H3.gj")]
        from: String,
        /// leads_to, refines, rival_of, duplicate_of, contains, informed_by, split_from or feeds.
        #[arg(value_parser = word::<LinkKind>)]
        kind: LinkKind,
        /// Statements or parts of them; a substantive theory for informed_by.
        #[arg(required = true, value_name = "H7.gj")]
        to: Vec<String>,
        /// What the outcome is there: context or resource.
        #[arg(long = "as", value_parser = word::<Entry>)]
        enters_as: Option<Entry>,
        #[arg(long)]
        why: Option<String>,
    },
    /// All links as they were written, or those of one statement as they are seen at it: of what was merged into it too.
    List {
        #[arg(long, value_name = "H3.gj")]
        of: Option<String>,
        #[arg(long, value_parser = word::<LinkKind>)]
        kind: Option<LinkKind>,
        /// Only those that wait to be moved: they name a statement that was merged, refined or split.
        #[arg(long)]
        waiting: bool,
    },
    /// Move links from a statement that was merged, refined or split to the one that says it now.
    Move {
        #[arg(required = true, value_name = "L1.gj")]
        links: Vec<String>,
        /// Where it begins: H20.gj, or H20.gj:o1. Needed only where it does not follow.
        #[arg(long, value_name = "H20.gj")]
        from: Option<String>,
        /// Where it ends, likewise.
        #[arg(long, value_name = "H20.gj")]
        to: Option<String>,
        /// A new reason; the former one stays unless you give one.
        #[arg(long)]
        why: Option<String>,
    },
    /// Take links away.
    Remove {
        #[arg(required = true, value_name = "L1.gj")]
        links: Vec<String>,
        #[arg(long)]
        why: String,
    },
    /// Take away a link without a label: one that an older version wrote into the statement itself.
    Clear {
        #[arg(value_name = "H3.gj")]
        from: String,
        /// leads_to or rival_of.
        #[arg(value_parser = word::<LinkKind>)]
        kind: LinkKind,
        #[arg(value_name = "H7.gj")]
        to: String,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { from, kind, to, enters_as, why } => {
            let wishes: Vec<Wish> = to
                .into_iter()
                .map(|to| Wish { from: from.clone(), kind, to, enters_as, reason: why.clone() })
                .collect();
            let done = act::add(&mut project, &wishes)?;
            let said: Vec<String> = done
                .answer
                .iter()
                .zip(&wishes)
                .map(|(label, wish)| format!("{label}: {} {} {}", wish.from, kind.phrase(), wish.to))
                .collect();
            confirm(context, &done, &said.join("; "), json!({ "ids": done.answer }));
        }
        Command::List { of, kind, waiting } => {
            let of = of.map(|typed| resolve::find(&project, Kind::Hypothesis, &typed)).transpose()?;
            let synthesis = project.synthesis(Depth::Facts)?;
            let waits: BTreeMap<Id, Waiting> = if waiting {
                synthesis.all_waiting().into_iter().map(|(link, why)| (link.id, why)).collect()
            } else {
                BTreeMap::new()
            };
            let wanted = |link: &Link| {
                (!waiting || waits.contains_key(&link.id)) && kind.is_none_or(|kind| link.kind == kind)
            };
            let mut relations: Vec<Relation> = match of {
                Some(id) => relations(&synthesis, id),
                None => synthesis.links.values().map(|link| Relation::as_written(&synthesis, link)).collect(),
            };
            relations.retain(|one| wanted(&one.link));
            relations.sort_by_key(|one| {
                (synthesis.labels.get(&one.link.id), synthesis.labels.get(&one.link.from), one.link.id)
            });
            context.ui.list(&table(&relations), &relations.iter().map(Relation::json).collect());
            for (id, why) in &waits {
                if let Some(link) = synthesis.links.get(id) {
                    let (said, hint) = told(&synthesis, link, why);
                    context.ui.say(&format!("{said} {hint}"));
                }
            }
            context.ui.say(&counted(relations.len(), "link"));
            return Ok(Exit::negative_if(relations.is_empty()));
        }
        Command::Move { links, from, to, why } => {
            let done = carry::shift(&mut project, &links, &carry::Ends { from, to }, why.as_deref())?;
            let said: Vec<String> =
                done.answer.iter().map(|one| format!("{} is now {}", one.former, one.link)).collect();
            let moved: Vec<Value> =
                done.answer.iter().map(|one| json!({ "former": one.former, "id": one.link })).collect();
            confirm(context, &done, &said.join("; "), json!({ "moved": moved }));
        }
        Command::Remove { links, why } => {
            let done = act::remove(&mut project, &links, &why)?;
            confirm(context, &done, &format!("removed {}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Clear { from, kind, to } => {
            let done = act::clear(&mut project, &from, kind, &to)?;
            confirm(context, &done, &format!("{} no longer says {kind} {to}", done.answer), json!({ "id": done.answer }));
        }
    }
    Ok(Exit::Done)
}

/// One link as it is shown from one of its ends.
pub(super) struct Relation {
    label: Option<String>,
    from: String,
    to: String,
    /// With its parts as they are seen.
    link: Link,
    is_back: bool,
    /// Labels of the merged statements that the link itself names.
    through: Vec<String>,
}

impl Relation {
    fn as_written(synthesis: &Synthesis, link: &Link) -> Self {
        let label = synthesis.labels.get(&link.id).map(ToString::to_string);
        let (from, to) = (synthesis.label(link.from), synthesis.label(link.to));
        Relation { label, from, to, link: link.clone(), is_back: false, through: Vec::new() }
    }

    fn of(synthesis: &Synthesis, seen: Seen<'_>, at: Id) -> Self {
        let Seen { link, from, to } = seen;
        let ends = [(link.from, from.statement), (link.to, to.statement)];
        let through = ends.into_iter().filter(|(named, seen)| named != seen).map(|(named, _)| synthesis.label(named));
        Relation {
            from: synthesis.label(from.statement),
            to: synthesis.label(to.statement),
            link: Link { from_part: from.part, to_part: to.part, ..link.clone() },
            is_back: from.statement != at,
            through: through.collect(),
            ..Relation::as_written(synthesis, link)
        }
    }

    pub(super) fn json(&self) -> Value {
        let Link { kind, from_part, to_part, enters_as, reason, author, .. } = &self.link;
        json!({
            "id": self.label, "from": self.from, "from_part": from_part, "kind": kind, "to": self.to,
            "to_part": to_part, "as": enters_as, "reason": reason, "author": author, "through": self.through,
        })
    }

    /// The statement it leads on to.
    pub(super) fn leads_to(&self) -> Option<&str> {
        (self.link.kind == LinkKind::LeadsTo && !self.is_back).then_some(self.to.as_str())
    }

    /// `leads to H7.gj, from o1.gj to c1.gj as context (L1.gj)`.
    pub(super) fn in_words(&self) -> String {
        let (phrase, other) = if self.is_back {
            (self.link.kind.phrase_back(), &self.from)
        } else {
            (self.link.kind.phrase(), &self.to)
        };
        let place = |word: &str, part: &Option<String>| part.as_ref().map(|key| format!(", {word} {key}"));
        let enters = self.link.enters_as.map(|entry| format!(", as {entry}"));
        let through = (!self.through.is_empty()).then(|| format!(", through {}", self.through.join(" and ")));
        let more = [place("from", &self.link.from_part), place("to", &self.link.to_part), enters, through];
        let more = more.into_iter().flatten();
        let label = self.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
        format!("{phrase} {other}{}{label}", more.collect::<String>())
    }
}

/// The links of one statement, as seen from it.
pub(super) fn relations(synthesis: &Synthesis, id: Id) -> Vec<Relation> {
    let seen = synthesis.seen_at(id, &synthesis.speakers()).into_iter();
    let mut all: Vec<Relation> = seen.map(|one| Relation::of(synthesis, one, id)).collect();
    all.sort_by_key(|one| (one.is_back, one.link.kind, synthesis.labels.get(&one.link.id), one.link.id));
    all
}

fn table(relations: &[Relation]) -> Table {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("from", "From"),
        ("from_part", "Part"),
        ("kind", "Kind"),
        ("to", "To"),
        ("to_part", "Part"),
        ("as", "As"),
        ("reason", "Reason"),
        ("author", "Author"),
        ("through", "Through"),
    ]);
    for one in relations {
        let Link { kind, from_part, to_part, enters_as, reason, author, .. } = &one.link;
        table.push(vec![
            one.label.clone().into(),
            one.from.as_str().into(),
            from_part.clone().into(),
            kind.word().into(),
            one.to.as_str().into(),
            to_part.clone().into(),
            enters_as.map(|entry| entry.word().to_owned()).into(),
            reason.clone().into(),
            author.as_str().into(),
            one.through.join(" ").into(),
        ]);
    }
    table
}
