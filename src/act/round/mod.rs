//! Rounds: planned, opened, answered, closed; what they come to and what goes back to members.

pub mod ballot;
pub mod collect;
pub mod count;
pub mod feedback;
mod items;
mod look;
pub mod rated;
pub mod results;
mod stage;

pub use count::{Count, count};
pub use look::{Look, Who, look, looks, seats};
pub use stage::{Amended, Closed, Opened, admit, amend, close, open};

use super::{panel, resolve};
use crate::consensus;
use crate::diagnostic::{Result, fault};
use crate::id::Kind;
use crate::project::{Batch, Done, Project};
use crate::round::{Least, Round, Rule, Scale, Stage, Terms, Way};
use serde_json::json;
use std::collections::BTreeMap;

/// A round as a person wants it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub way: Way,
    pub name: Option<String>,
    /// `U1.gj`, `U1.gj/A`, `U1.gj/*`, `H3.gj`, `K2.gj`, or a sentence.
    pub items: Vec<String>,
    /// Highest rating.
    pub scale: Option<u32>,
    pub rule: Asked,
    /// The round before.
    pub after: Option<String>,
}

/// The rule as typed; `None` leaves what is usual, or what stood before.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub judge: Option<String>,
    pub least_group: Option<usize>,
    pub quorum: Option<Least>,
    pub quorum_each: Option<Least>,
    /// Group and number.
    pub quorum_of: Vec<(String, Least)>,
    pub response: Option<Least>,
}

/// Plans a round; gives its label. Faults: `bad-rule`, `bad-scale`, `no-items`, `no-options`, `other-panel`.
pub fn add(project: &mut Project, panel: &str, wish: &Wish) -> Result<Done<String>> {
    project.write("round add", true, |batch| {
        let project = batch.project();
        let panel = panel::panel(project, panel)?;
        let items = items::all(project, wish.way, &wish.items)?;
        let after = wish.after.as_deref().map(|typed| find(project, typed)).transpose()?;
        if let Some(before) = after.as_ref().filter(|before| before.panel != panel.id) {
            let label = project.label(before.id);
            return Err(fault("other-panel", format!("{label} is a round of another panel"))
                .hint("answers are compared within one panel"));
        }
        let bare = Rule {
            judge: Some(usual(wish.way, items.len())).filter(|rule| !rule.is_empty()),
            least_group: 2,
            quorum: None,
            quorum_each: None,
            quorum_of: BTreeMap::new(),
            response: None,
        };
        let rule = ruled(project, wish.way, bare, &wish.rule, items.len())?;
        let terms = Terms { way: wish.way, scale: scale(wish.way, wish.scale)?, items, rule };
        let so_far = project.state().about::<Round>(panel.id).len();
        let name = wish.name.clone().unwrap_or_else(|| format!("Round {}", so_far + 1));
        let fields = Batch::fields(json!({
            "panel": panel.id,
            "name": name.trim(),
            "terms": terms,
            "after": after.map(|before| before.id),
            "author": batch.coder(),
        }));
        Ok(batch.create(Kind::Round, &fields).1.to_string())
    })
}

/// Changes rule or scale of a round that is not open yet. Fault `rule-fixed`.
pub fn edit(project: &mut Project, typed: &str, asked: &Asked, most: Option<u32>) -> Result<Done<String>> {
    project.write("round edit", true, |batch| {
        let project = batch.project();
        let round = find(project, typed)?;
        let label = project.label(round.id);
        if round.stage() != Stage::Planned || !collect::ballots(project, round.id).is_empty() {
            return Err(fault(
                "rule-fixed",
                format!("what {label} asks, its scale and its rule were fixed when it opened"),
            )
            .hint(format!("a change is a round of its own: realist round amend {label} --why \"...\"")));
        }
        let Terms { way, items, .. } = round.terms.clone();
        let rule = ruled(project, way, round.terms.rule.clone(), asked, items.len())?;
        let scale = if most.is_some() { scale(way, most)? } else { round.terms.scale };
        let terms = Terms { way, items, scale, rule };
        if terms != round.terms {
            batch.set(Kind::Round, round.id, &Batch::fields(json!({ "terms": terms })));
        }
        Ok(label)
    })
}

fn usual(way: Way, items: usize) -> String {
    match way {
        Way::Ngt => format!("picks:{}", items.min(5)),
        _ => consensus::usual(way).to_owned(),
    }
}

fn scale(way: Way, most: Option<u32>) -> Result<Option<Scale>> {
    match (way, most) {
        (Way::Ram, Some(other)) if other != 9 => {
            Err(fault("bad-scale", "RAND/UCLA ratings go from 1 to 9").hint("another scale: --method delphi"))
        }
        (Way::Ram | Way::Delphi, None) => Ok(Some(Scale::NINE)),
        (Way::Ram | Way::Delphi, Some(most)) => Scale::to(most).map(Some),
        (_, None) => Ok(None),
        (way, Some(_)) => {
            Err(fault("bad-scale", format!("nothing is rated in a round by {way}")).hint("leave --scale out"))
        }
    }
}

fn ruled(project: &Project, way: Way, bare: Rule, asked: &Asked, items: usize) -> Result<Rule> {
    let judge = asked.judge.as_deref().map(|typed| typed.trim().to_owned()).or(bare.judge);
    consensus::check(way, judge.as_deref().unwrap_or_default(), items)?;
    let judge = judge.map(|typed| consensus::written(way, &typed)).transpose()?;
    let mut quorum_of = bare.quorum_of;
    for (group, least) in &asked.quorum_of {
        quorum_of.insert(resolve::group(project, group)?, *least);
    }
    Ok(Rule {
        judge,
        least_group: asked.least_group.unwrap_or(bare.least_group),
        quorum: asked.quorum.or(bare.quorum),
        quorum_each: asked.quorum_each.or(bare.quorum_each),
        quorum_of,
        response: asked.response.or(bare.response),
    })
}

/// A round by label or id. Fault `unknown-id`.
pub fn find(project: &Project, typed: &str) -> Result<Round> {
    resolve::read(project, resolve::find(project, Kind::Round, typed)?)
}
