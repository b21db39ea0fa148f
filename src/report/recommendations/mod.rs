//! `report recommendations`: who should do what, for whom, in which circumstances, because of what, what would change our
//! mind, who sees to it and by when (method reference 5.4). What nobody has worded yet stands apart, and what was considered
//! and is blocked stands at the end.

mod blocked;
mod material;
#[cfg(test)]
mod tests;
mod told;
mod workforce;

use super::block::{Block, Report, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use super::{Brief, TO_WRITE, glossary, tally};
use crate::grounds::{Footing, Grounds, RULE};
use crate::recommendation::{Addressee, Recommendation};
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::json;

pub use blocked::{table as blocked_table, text as blocked_text};
pub use material::Towards;
pub use told::{Rests, Told};
pub use workforce::{rows as workforce_rows, table as workforce_table};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let grounds = Grounds::new(&press.bearings);
    let all = every(&press, &grounds);
    let (written, skeletons): (Vec<&Told>, Vec<&Told>) = all.iter().partition(|one| one.number.is_some());
    let blocked = blocked::Considered::of(&press, &grounds);

    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.extend(opening(&written, &skeletons));
    for audience in Addressee::ALL {
        let theirs: Vec<&&Told> = written.iter().filter(|one| one.audience == *audience).collect();
        if theirs.is_empty() {
            continue;
        }
        blocks.push(Block::heading(2, audience.heading(), format!("for-{audience}")));
        blocks.extend(theirs.into_iter().flat_map(|one| one.blocks(&press)));
        if *audience == Addressee::Workforce {
            blocks.extend(workforce::section(&all));
        }
    }
    blocks.extend(not_written(&press, &skeletons));
    blocks.extend(blocked.section(&press));
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.push(Block::rule(RULE));
    blocks.push(Block::rule(tally::STANDING_RULE));
    blocks.extend(glossary::section(&blocks, brief.audience));
    blocks.extend(closing(&press));
    Report {
        key: "recommendations",
        title: format!("{}: recommendations", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&all),
        data: json!({
            "report": "recommendations",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "recommendations": written,
            "not_written": skeletons,
            "blocked": blocked.data(),
            "withheld": withheld(&press),
        }),
    }
}

/// Every recommendation that was not retired, by audience and label; those that are worded are numbered.
pub fn every(press: &Press, grounds: &Grounds<'_, '_>) -> Vec<Told> {
    let synthesis = press.synthesis;
    let mut all: Vec<&Recommendation> = synthesis.recommendations.values().filter(|one| !one.retired).collect();
    all.sort_by_key(|one| (one.audience, synthesis.labels.get(&one.id), one.id));
    let mut number = 0;
    let told = all.into_iter().map(|one| {
        number += usize::from(!one.is_skeleton());
        Told::of(press, grounds, one, (!one.is_skeleton()).then_some(number))
    });
    told.collect()
}

/// How many there are, and all on one page.
fn opening(written: &[&Told], skeletons: &[&Told]) -> Vec<Block> {
    if written.is_empty() {
        let what = if skeletons.is_empty() { "recommendations" } else { "what each recommendation says is to be done" };
        return vec![Block::to_write(what)];
    }
    let of = |audience: &Addressee| written.iter().filter(|one| one.audience == *audience).count();
    let each = Addressee::ALL.iter().filter(|one| of(one) > 0).map(|one| format!("{one} {}", of(one)));
    let each = each.collect::<Vec<_>>().join(", ");
    let mut blocks = vec![Block::paragraph(format!("{}: {each}.", count_of(written.len(), "recommendation")))];
    for (footing, said) in [
        (Footing::Provisional, "grounds that are provisional; what is lacking stands beside each"),
        (Footing::OnlyContested, "contested statements alone; each is marked"),
        (Footing::None, "nothing that stands now; each is marked and is to be looked at again"),
    ] {
        let these: Vec<String> = written
            .iter()
            .filter(|one| one.footing == footing)
            .filter_map(|one| one.number)
            .map(|n| n.to_string())
            .collect();
        if !these.is_empty() {
            let (verb, noun) = if these.len() == 1 { ("rests", "recommendation") } else { ("rest", "recommendations") };
            blocks.push(Block::notice(format!("{} {noun} ({}) {verb} on {said}.", these.len(), these.join(", "))));
        }
    }
    blocks.push(Block::table("All recommendations", in_brief(written)));
    blocks
}

fn in_brief(written: &[&Told]) -> Table {
    let mut table = Table::with(&[
        ("number", "No."),
        ("action", "Recommendation"),
        ("audience", "For"),
        ("rests_on", "Rests on"),
        ("owner", "Who sees to it"),
        ("due", "By when"),
    ]);
    let or_gap = |text: &Option<String>| text.clone().unwrap_or_else(|| TO_WRITE.to_owned());
    for one in written {
        let due = one.done.as_ref().map_or_else(|| or_gap(&one.due), |day| format!("done {day}"));
        table.push(vec![
            one.number.into(),
            one.action.clone().into(),
            one.audience.word().into(),
            one.rests_in_short().into(),
            or_gap(&one.owner).into(),
            due.into(),
        ]);
    }
    table
}

/// Skeletons: what could be recommended and nobody has worded.
fn not_written(press: &Press, skeletons: &[&Told]) -> Vec<Block> {
    if skeletons.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(2, "Not yet written", "not-written"),
        Block::paragraph(format!(
            "{}: what it rests on is chosen, and what is to be done is not worded yet.",
            count_of(skeletons.len(), "skeleton")
        )),
    ];
    for one in skeletons {
        blocks.push(Block::heading(3, format!("{}, for {}", one.id, one.audience), format!("skeleton-{}", one.id)));
        blocks.extend(one.warning.map(Block::notice));
        blocks.extend(one.because_blocks());
        if press.is_for_team() {
            blocks.extend(one.towards.blocks(press));
        }
    }
    blocks
}

/// One row a recommendation, skeletons too.
fn sheet(all: &[Told]) -> Table {
    let mut sheet = Table::with(&[
        ("id", "Recommendation"),
        ("audience", "For"),
        ("action", "To be done"),
        ("for_whom", "For whom"),
        ("context", "In what circumstances"),
        ("because", "Because"),
        ("beside", "Named beside"),
        ("footing", "Footing"),
        ("would_change", "What would change our mind"),
        ("against", "What speaks against it"),
        ("owner", "Who sees to it"),
        ("due", "By when"),
        ("done", "Done"),
        ("role", "Role"),
        ("competency", "Competency"),
        ("gap", "Missing today"),
        ("supervision", "Supervision"),
        ("training", "Training cases"),
        ("needs", "Needs"),
    ]);
    for one in all {
        let (carries, beside): (Vec<&Rests>, Vec<&Rests>) = one.because.iter().partition(|rests| rests.worth.carries());
        let lines = |rests: &[&Rests]| rests.iter().map(|one| one.line()).collect::<Vec<_>>().join("\n");
        let text = |text: &Option<String>| text.clone().into();
        sheet.push(vec![
            one.id.as_str().into(),
            one.audience.word().into(),
            text(&one.action),
            text(&one.for_whom),
            text(&one.context),
            lines(&carries).into(),
            lines(&beside).into(),
            one.footing.word().into(),
            text(&one.would_change),
            one.towards.against.join("\n").into(),
            text(&one.owner),
            text(&one.due),
            text(&one.done),
            text(&one.role),
            text(&one.competency),
            text(&one.gap),
            text(&one.supervision),
            one.training.join("\n").into(),
            one.needs.join("\n").into(),
        ]);
    }
    sheet
}
