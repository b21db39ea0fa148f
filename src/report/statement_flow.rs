//! `report statement-flow`: what became of every statement ever made, strand by strand, so that nothing is lost between
//! the first account and the theory. What does not add up is named ([`Flow::differences`]).

use super::block::{Block, Report, count_of};
use super::document_flow::arrow;
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use super::{Brief, NONE_FOUND};
use crate::hypothesis::Editorial;
use crate::picture::figure::Inside;
use crate::picture::{Figure, Item, Look, Shape};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// How a statement came to be.
    pub enum Made "way of being made" {
        Written "written",
        /// Others were merged into it as it was made.
        Merging "by_merging",
        Splitting "by_splitting",
        Refining "by_refining",
    }
}

crate::vocabulary! {
    /// Where it stands at the moment asked for.
    pub enum Stands "state of a statement" {
        Draft "draft",
        Screened "screened",
        Active "active",
        Parked "parked",
        Rejected "rejected",
        Merged "merged",
        Superseded "superseded",
        /// Taken out, with a reason; nothing rested on it.
        Removed "removed",
    }
}

impl From<Editorial> for Stands {
    fn from(status: Editorial) -> Self {
        match status {
            Editorial::Draft => Stands::Draft,
            Editorial::Screened => Stands::Screened,
            Editorial::Active => Stands::Active,
            Editorial::Parked => Stands::Parked,
            Editorial::Rejected => Stands::Rejected,
            Editorial::Merged => Stands::Merged,
            Editorial::Superseded => Stands::Superseded,
        }
    }
}

/// Where the first account of a statement came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Key of a strand.
    Strand(String),
    /// It was made from statements of several.
    Several,
    /// No passage was ever linked to it.
    None,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Label.
    pub id: String,
    pub made: Made,
    pub stands: Stands,
    pub origin: Origin,
    /// Statements it is merged into, by label.
    pub into: Vec<String>,
}

/// All of them at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow {
    /// `IPT (V1.gj)`, `now`, a date.
    pub at: String,
    pub date: Option<String>,
    pub lines: Vec<Line>,
    /// Statements as the theory has them then, by label: those it lists, and what became of others.
    pub theory: BTreeMap<String, String>,
    /// Operations of colleagues that the moment knew of and that are not here.
    pub missing: usize,
}

impl Flow {
    /// What does not add up, each named; empty where all does.
    pub fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        for line in &self.lines {
            match (line.stands, line.into.as_slice()) {
                (Stands::Merged, []) => differences.push(format!("{} is merged, and no link says into what", line.id)),
                (Stands::Merged, [_]) => {}
                (Stands::Merged, many) => {
                    differences.push(format!("{} is merged into {}", line.id, many.join(" and ")));
                }
                (_, []) => {}
                (stands, into) => {
                    differences.push(format!(
                        "{} is {stands}, and a link says that it is merged into {}",
                        line.id,
                        into.join(", ")
                    ));
                }
            }
        }
        let of_theory = |stands| matches!(stands, Stands::Draft | Stands::Screened | Stands::Removed);
        let held: BTreeMap<&str, &str> = self
            .lines
            .iter()
            .filter(|line| !of_theory(line.stands))
            .map(|line| (line.id.as_str(), line.stands.word()))
            .collect();
        for (id, status) in &self.theory {
            match held.get(id.as_str()) {
                Some(stands) if stands == status => {}
                Some(stands) => {
                    differences.push(format!("{id} is {stands} in the journal and {status} in {}", self.at));
                }
                None => differences.push(format!("{id} is {status} in {} and not among the statements made", self.at)),
            }
        }
        for (id, stands) in held.iter().filter(|(id, _)| !self.theory.contains_key(**id)) {
            differences.push(format!("{id} is {stands} in the journal and not in {}", self.at));
        }
        if self.missing > 0 {
            differences.push(format!(
                "{} of colleagues that {} rests on: what was done there has not been taken in",
                count_of(self.missing, "journal"),
                self.at
            ));
        }
        differences
    }

    fn count(&self, of: impl Fn(&Line) -> bool) -> usize {
        self.lines.iter().filter(|line| of(line)).count()
    }
}

const RULE: &str = "How this is counted. Made: every statement that was ever written, or made by merging, splitting or \
refining others; what was taken back by an undo was never made. Each stands in one state, so the states add up to what was \
made. A merged statement is seen through the one it was merged into; one that was split or said more closely is superseded. \
The strand is that of the first passage linked to the statement; one made from others has theirs, and where these differ it \
is counted under several. Every merged statement has a link that says into what, and what is active is what the theory \
lists; where that fails this report is refused.";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let flow = &brief.flow.as_ref().map(|flow| shown(&press, flow)).unwrap_or_default();
    let table = table(synthesis, flow);
    let stands = |stands| flow.count(|line| line.stands == stands);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::paragraph(format!(
        "{} made by {}: {} active.",
        count_of(flow.lines.len(), "statement"),
        when(flow),
        stands(Stands::Active)
    )));
    blocks.push(Block::heading(2, "Flow of statements", "flow"));
    blocks.push(Block::Figure(Box::new(figure(
        synthesis,
        flow,
        table.turned("State", |at| format!("strand_{}", at + 1)),
    ))));
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "statement-flow",
        title: format!("{}: flow of statements", synthesis.settings.title),
        subtitle: format!("{}. At: {}.", subtitle(brief), when(flow)),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "statement-flow",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "at": flow.at,
            "date": flow.date,
            "made": Made::ALL.iter().map(|made| (made.word(), flow.count(|line| line.made == *made))).collect::<BTreeMap<_, _>>(),
            "stands": Stands::ALL.iter().map(|one| (one.word(), stands(*one))).collect::<BTreeMap<_, _>>(),
            "statements": flow.lines.len(),
            "strands": table.to_json(),
            "differences": flow.differences(),
            "withheld": withheld(&press),
        }),
        sheet: table,
    }
}

/// With strands as these readers may tell them apart.
fn shown(press: &Press, flow: &Flow) -> Flow {
    let mut flow = flow.clone();
    for line in &mut flow.lines {
        if let Origin::Strand(key) = &line.origin {
            line.origin = Origin::Strand(press.strand_shown(key).to_owned());
        }
    }
    flow
}

fn when(flow: &Flow) -> String {
    match &flow.date {
        Some(date) if *date != flow.at => format!("{}, {date}", flow.at),
        _ => flow.at.clone(),
    }
}

fn title(synthesis: &Synthesis, origin: &Origin) -> String {
    match origin {
        Origin::Strand(key) => synthesis.settings.strand_title(key),
        Origin::Several => "From several strands".to_owned(),
        Origin::None => "No passage linked".to_owned(),
    }
}

/// Origins that occur: strands as declared, others, several, none.
fn origins(synthesis: &Synthesis, flow: &Flow) -> Vec<Origin> {
    let declared = synthesis.settings.strands.iter().map(|strand| Origin::Strand(strand.key.clone()));
    let found: BTreeSet<&Origin> = flow.lines.iter().map(|line| &line.origin).collect();
    let declared: Vec<Origin> = declared.filter(|origin| found.contains(origin)).collect();
    let rest = found.into_iter().filter(|origin| !declared.contains(origin)).cloned();
    declared.iter().cloned().chain(rest).collect()
}

fn table(synthesis: &Synthesis, flow: &Flow) -> Table {
    let mut table = Table::with(&[
        ("strand", "Strand"),
        ("written", "Written"),
        ("by_merging", "By merging"),
        ("by_splitting", "By splitting"),
        ("by_refining", "By refining"),
        ("made", "Made in all"),
        ("draft", "Draft"),
        ("screened", "Screened"),
        ("active", "Active"),
        ("parked", "Parked"),
        ("rejected", "Rejected"),
        ("merged", "Merged"),
        ("superseded", "Superseded"),
        ("removed", "Removed"),
    ]);
    let row = |name: String, of: &dyn Fn(&Line) -> bool| {
        let made = Made::ALL.iter().map(|made| flow.count(|line| of(line) && line.made == *made));
        let all = flow.count(of);
        let stands = Stands::ALL.iter().map(|stands| flow.count(|line| of(line) && line.stands == *stands));
        let numbers = made.chain([all]).chain(stands).map(Cell::from);
        std::iter::once(name.into()).chain(numbers).collect::<Vec<Cell>>()
    };
    for origin in origins(synthesis, flow) {
        table.push(row(title(synthesis, &origin), &|line| line.origin == origin));
    }
    table.push(row("All".to_owned(), &|_| true));
    table
}

/// From left to right: how statements were made, how many there are, where they stand.
fn figure(synthesis: &Synthesis, flow: &Flow, table: Table) -> Figure {
    let by_strand = |of: &dyn Fn(&Line) -> bool| {
        let origins = origins(synthesis, flow).into_iter();
        let counted = origins.map(|origin| {
            let number = flow.count(|line| of(line) && line.origin == origin);
            (title(synthesis, &origin), number)
        });
        let inside = counted.filter(|(_, number)| *number > 0);
        inside.map(|(name, number)| Inside { words: format!("{name} {number}"), look: Look::Plain }).collect::<Vec<_>>()
    };
    let mut items = vec![Item {
        key: "made".to_owned(),
        heading: format!("{} made", count_of(flow.lines.len(), "statement")),
        words: String::new(),
        remark: String::new(),
        look: Look::Plain,
        inside: Vec::new(),
        layer: Some(1),
    }];
    let mut arrows = Vec::new();
    for made in Made::ALL {
        let number = flow.count(|line| line.made == *made);
        if number == 0 {
            continue;
        }
        items.push(Item {
            key: format!("from-{}", made.word().replace('_', "-")),
            heading: format!("{number} {}", made.word().replace('_', " ")),
            words: String::new(),
            remark: String::new(),
            look: Look::Plain,
            inside: by_strand(&|line| line.made == *made),
            layer: Some(0),
        });
        arrows.push(arrow(items.len() - 1, 0, made.word()));
    }
    for stands in Stands::ALL {
        let number = flow.count(|line| line.stands == *stands);
        if number == 0 {
            continue;
        }
        let is_active = *stands == Stands::Active;
        items.push(Item {
            key: stands.word().to_owned(),
            heading: format!("{number} {stands}"),
            words: String::new(),
            remark: remark(flow, *stands),
            look: Look::Plain,
            inside: if is_active { by_strand(&|line| line.stands == *stands) } else { Vec::new() },
            layer: Some(2),
        });
        arrows.push(arrow(0, items.len() - 1, stands.word()));
    }
    Figure {
        key: "statement-flow".to_owned(),
        title: "Flow of statements".to_owned(),
        description: format!(
            "From left to right: how {} were made, and where each stands at {}.",
            count_of(flow.lines.len(), "statement"),
            when(flow)
        ),
        items,
        arrows,
        shape: Shape::Network,
        notes: Vec::new(),
        table,
    }
}

/// What more is to be said of a state.
fn remark(flow: &Flow, stands: Stands) -> String {
    if stands != Stands::Merged {
        return String::new();
    }
    let heirs: BTreeSet<&String> = flow.lines.iter().flat_map(|line| &line.into).collect();
    if heirs.is_empty() { NONE_FOUND.to_owned() } else { format!("into {}", count_of(heirs.len(), "statement")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, stands: Stands, into: &[&str]) -> Line {
        Line {
            id: id.to_owned(),
            made: Made::Written,
            stands,
            origin: Origin::None,
            into: into.iter().map(|one| (*one).to_owned()).collect(),
        }
    }

    fn flow(lines: Vec<Line>, theory: &[(&str, &str)]) -> Flow {
        let theory = theory.iter().map(|(id, status)| ((*id).to_owned(), (*status).to_owned())).collect();
        Flow { at: "now".to_owned(), lines, theory, ..Flow::default() }
    }

    #[test]
    fn what_does_not_add_up_is_named() {
        let sound = vec![
            line("H1.gj", Stands::Merged, &["H3.gj"]),
            line("H2.gj", Stands::Draft, &[]),
            line("H3.gj", Stands::Active, &[]),
        ];
        let theory = [("H1.gj", "merged"), ("H3.gj", "active")];
        assert_eq!(flow(sound.clone(), &theory).differences(), Vec::<String>::new());
        let named = |lines: Vec<Line>, theory: &[(&str, &str)]| flow(lines, theory).differences().join("; ");
        assert_eq!(named(sound.clone(), &[("H1.gj", "merged")]), "H3.gj is active in the journal and not in now");
        assert_eq!(
            named(sound.clone(), &[("H1.gj", "merged"), ("H3.gj", "active"), ("H9.gj", "active")]),
            "H9.gj is active in now and not among the statements made"
        );
        let mut lost = sound.clone();
        lost[0].into.clear();
        assert_eq!(named(lost, &theory), "H1.gj is merged, and no link says into what");
        let mut twice = sound;
        twice[1].into.push("H3.gj".to_owned());
        assert_eq!(named(twice, &theory), "H2.gj is draft, and a link says that it is merged into H3.gj");
        let parted = Flow { missing: 2, ..flow(Vec::new(), &[]) };
        assert_eq!(parted.differences().len(), 1);
    }
}
