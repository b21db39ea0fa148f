//! `realist round add`, and the options of a rule.

use crate::act::round::{self as act, Asked, Wish};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, word};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::round::{Least, Way};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Add {
    /// The panel that is asked.
    #[arg(value_name = "N1.gj")]
    panel: String,
    /// ram, delphi, ngt, rank, percent, consent or discussion_only.
    #[arg(long = "method", value_name = "METHOD", value_parser = word::<Way>)]
    way: Way,
    /// What is asked: U1.gj (each option, where options are rated), U1.gj/A, U1.gj/*, H3.gj, K2.gj, or a sentence; may be repeated.
    #[arg(long = "item", value_name = "ITEM")]
    items: Vec<String>,
    /// What the round is called; Round 1, 2, ... unless said.
    #[arg(long)]
    name: Option<String>,
    /// Highest rating of a delphi round; 9 unless said.
    #[arg(long, value_name = "MOST")]
    scale: Option<u32>,
    /// The round before, whose answers these are compared with.
    #[arg(long, value_name = "R1.gj")]
    after: Option<String>,
    #[command(flatten)]
    rule: Rule,
}

#[derive(Debug, clap::Args)]
pub struct Rule {
    /// By which answers are judged. ram: classic, ipras or thirds, then q7 or sas5. delphi: 70/15, percent:75, iqr:2,
    /// median-iqr:3, all-groups:70. percent: percent:75. ngt: picks:5.
    #[arg(long = "rule", value_name = "RULE")]
    judge: Option<String>,
    /// With a group smaller than this there is no figure in which groups weigh the same; 2 unless said.
    #[arg(long, value_name = "N")]
    min_group: Option<usize>,
    /// How many of those invited must be there: 8, 60%; of one group: gps=1; may be repeated.
    #[arg(long = "quorum", value_name = "N")]
    quorum: Vec<String>,
    /// How many of each group must be there.
    #[arg(long, value_name = "N", value_parser = word::<Least>)]
    quorum_each: Option<Least>,
    /// How many of those invited must answer at all.
    #[arg(long, value_name = "N", value_parser = word::<Least>)]
    response: Option<Least>,
}

impl Rule {
    pub fn asked(self) -> Result<Asked> {
        let mut asked = Asked {
            judge: self.judge,
            least_group: self.min_group,
            quorum_each: self.quorum_each,
            response: self.response,
            ..Asked::default()
        };
        for typed in &self.quorum {
            match typed.split_once('=') {
                Some((group, least)) => asked.quorum_of.push((group.trim().to_owned(), least.parse()?)),
                None if asked.quorum.is_some() => {
                    return Err(fault("quorum-twice", "the quorum of all was given twice")
                        .hint("of one group: --quorum gps=1; of each group: --quorum-each 1"));
                }
                None => asked.quorum = Some(typed.parse()?),
            }
        }
        Ok(asked)
    }
}

pub fn add(context: &Context, project: &mut Project, add: Add) -> Result<Exit> {
    let Add { panel, way, items, name, scale, after, rule } = add;
    let wish = Wish { way, name, items, scale, rule: rule.asked()?, after };
    let done = act::add(project, &panel, &wish)?;
    let id = &done.answer;
    confirm(context, &done, &format!("planned {id}"), json!({ "id": id }));
    if !done.rehearsal {
        context.ui.say(&format!("look it over, since it is fixed when it opens: realist round show {id}"));
        context.ui.say(&format!("then: realist round open {id}"));
    }
    Ok(Exit::Done)
}
