//! The sections of `report needs`.

use super::tables;
use super::told::Told;
use crate::coverage::{Cell as Tie, Doubt, Grid, RULE, Reason, gaps};
use crate::id::Id;
use crate::need::{Need, Policy, Stance};
use crate::report::block::{Block, Run};
use crate::report::cerqual::finding;
use crate::report::standings::Standings;
use crate::report::words::{Press, stopped};
use crate::report::{TO_WRITE, figure, shelf_marks};
use crate::table::Table;
use crate::theory::Component;
use std::collections::BTreeSet;

/// Needs with their figures.
pub(super) fn needs(press: &Press, grid: &Grid<Need>) -> Vec<Block> {
    let mut table = Table::with(&[
        ("need", "Need"),
        ("population", "Who"),
        ("measure", "Measure"),
        ("value", "Value"),
        ("source", "Source"),
        ("date", "Date"),
        ("place", "Place"),
    ]);
    for need in &grid.rows {
        let lacks = gaps::lacks(press.synthesis, need);
        let or_gap = |said: Option<String>, lack| said.or_else(|| lacks.contains(&lack).then(|| TO_WRITE.to_owned()));
        table.push(vec![
            tables::named(press.synthesis, *need).into(),
            need.population.clone().into(),
            need.measure.clone().into(),
            need.value.clone().unwrap_or_else(|| "no figure".to_owned()).into(),
            or_gap(source(press, need.source), gaps::Lack::Source).into(),
            or_gap(need.date.clone(), gaps::Lack::Date).into(),
            need.place.clone().into(),
        ]);
    }
    vec![Block::heading(2, "The needs", "needs"), Block::table("Needs, as their sources give them", table)]
}

/// How a paper names the source of a need or a driver, where the project holds it.
fn source(press: &Press, id: Option<Id>) -> Option<String> {
    id.filter(|id| press.synthesis.sources.contains_key(id)).map(|id| shelf_marks::source(press, id))
}

/// Needs by component, drawn; what is unmet, and which components answer to none.
pub(super) fn coverage(press: &Press, grid: &Grid<Need>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "Which component would meet which need", "coverage")];
    blocks.extend(drawn(press, grid));
    blocks.extend(beside(press, grid));
    blocks
}

fn drawn<T: figure::Marked>(press: &Press, grid: &Grid<T>) -> Vec<Block> {
    if grid.rows.is_empty() || grid.components.is_empty() {
        return Vec::new();
    }
    vec![Block::Figure(Box::new(figure::coverage(press.synthesis, grid))), Block::rule(RULE)]
}

/// What is missing, and what was left out.
fn beside<T: Told>(press: &Press, grid: &Grid<T>) -> Vec<Block> {
    let remarks = tables::remarks(press.synthesis, grid);
    let items = remarks.iter().map(|remark| match remark.split_once(": ") {
        Some((what, which)) => {
            vec![Run::Strong(format!("{}: ", crate::report::block::sentence_case(what))), Run::plain(which)]
        }
        None => vec![Run::plain(remark.clone())],
    });
    if remarks.is_empty() { Vec::new() } else { vec![Block::list(false, items.collect())] }
}

/// Need by need: each component, how it would meet the need, and the statements that explain it.
pub(super) fn how_met(press: &Press, grid: &Grid<Need>, said_before: &mut BTreeSet<Id>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "How each component would meet the need", "how")];
    let mut is_empty = true;
    for (need, line) in grid.rows.iter().zip(&grid.cells) {
        let tied: Vec<(&Component, &Tie)> =
            grid.components.iter().copied().zip(line).filter_map(|(one, tie)| Some((one, tie.as_ref()?))).collect();
        if tied.is_empty() {
            continue;
        }
        is_empty = false;
        blocks.push(Block::heading(
            3,
            tables::named(press.synthesis, *need),
            format!("need-{}", press.synthesis.label(need.id)),
        ));
        blocks.extend(context(need));
        let explained =
            tied.into_iter().flat_map(|(component, tie)| explained(press, (*need, component), tie, said_before));
        blocks.extend(explained);
    }
    if is_empty {
        blocks.push(Block::none_found());
    }
    blocks
}

/// Where and for whom: `Adults with psychosis, in Sandwell, 2011.`
fn context(need: &Need) -> Option<Block> {
    let place = need.place.as_ref().map(|place| format!("in {place}"));
    let parts: Vec<String> = [need.population.clone(), place, need.date.clone()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Block::paragraph(format!("In this context: {}.", parts.join(", "))))
}

/// A component, how, and why that should be so. A statement is told in full where it is met first, then by its label.
fn explained<T: Told>(
    press: &Press,
    (row, component): (&T, &Component),
    tie: &Tie,
    said_before: &mut BTreeSet<Id>,
) -> Vec<Block> {
    let label = press.synthesis.label(component.id);
    let place = format!("tie-{}-{label}", press.synthesis.label(row.id()));
    let how = tie.tie.how.as_deref().map(stopped);
    let mut blocks = vec![
        Block::heading(4, format!("{label} {}", component.name), place),
        Block::Paragraph(vec![Run::or_to_write(how.as_deref())]),
    ];
    if tie.reasons.is_empty() {
        blocks.push(Block::Paragraph(vec![Run::Gap("Nothing explains how yet.".to_owned())]));
    } else {
        blocks.push(Block::paragraph("Explained by:"));
        let items =
            tie.reasons.iter().map(|reason| reason_runs(press, reason, said_before.insert(reason.statement.id)));
        blocks.push(Block::list(false, items.collect()));
    }
    blocks
}

/// A statement with its standings below it, and what tells against leaning on it.
fn reason_runs(press: &Press, reason: &Reason, is_new: bool) -> Vec<Run> {
    let sentence = stopped(&finding(press, reason.statement));
    let said = if is_new { sentence } else { "Told in full above.".to_owned() };
    let doubts = doubts(press, reason).into_iter().map(|doubt| Run::plain(format!(" {doubt}")));
    let label = Run::Strong(format!("{} ", press.synthesis.label(reason.statement.id)));
    let standings = || Run::Small(Standings::of(&press.bearings, reason.statement).sentence());
    [label, Run::plain(said)].into_iter().chain(doubts).chain(is_new.then(standings)).collect()
}

/// `H1.gj If …, then …. Evidence: … Agreement: … Test: …`, and what tells against leaning on it.
pub fn reason_line(press: &Press, reason: &Reason) -> String {
    let synthesis = press.synthesis;
    let sentence = stopped(&finding(press, reason.statement));
    let standings = Standings::of(&press.bearings, reason.statement).sentence();
    let said = format!("{}: {sentence} {standings}", synthesis.label(reason.statement.id));
    std::iter::once(said).chain(doubts(press, reason)).collect::<Vec<_>>().join(" ")
}

/// What tells against leaning on a statement here.
fn doubts(press: &Press, reason: &Reason) -> Vec<String> {
    let mut said = Vec::new();
    if !reason.stands() {
        let anew: Vec<String> = reason.heirs.iter().map(|id| press.synthesis.label(*id)).collect();
        let anew = if anew.is_empty() { String::new() } else { format!("; said anew by {}", anew.join(", ")) };
        said.push(format!("It no longer stands ({}{anew}).", reason.standings.editorial));
    }
    if reason.doubts.contains(&Doubt::OtherComponent) {
        said.push("It is not a statement of this component.".to_owned());
    }
    said
}

/// Drivers, and what each requires.
pub(super) fn drivers(press: &Press, grid: &Grid<Policy>) -> Vec<Block> {
    let mut table = Table::with(&[
        ("driver", "Driver"),
        ("level", "Level"),
        ("requirement", "Requires"),
        ("source", "Source"),
        ("date", "Date"),
    ]);
    for driver in &grid.rows {
        let cited = source(press, driver.source).or_else(|| driver.citation.clone());
        table.push(vec![
            tables::named(press.synthesis, *driver).into(),
            driver.level.word().into(),
            driver.requirement.clone().unwrap_or_else(|| TO_WRITE.to_owned()).into(),
            cited.unwrap_or_else(|| TO_WRITE.to_owned()).into(),
            driver.date.clone().into(),
        ]);
    }
    vec![Block::heading(2, "Policy drivers", "drivers"), Block::table("Drivers and what they require", table)]
}

/// Conflicts first, then where components are aligned, driver by driver.
pub(super) fn trace(press: &Press, grid: &Grid<Policy>, said_before: &mut BTreeSet<Id>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (stance, title, id) in [
        (Stance::ConflictsWith, "Conflicts with policy", "conflicts"),
        (Stance::AlignedWith, "Aligned with policy", "aligned"),
    ] {
        blocks.push(Block::heading(2, title, id));
        let mut before = None;
        for (driver, component, tie) in grid.of_stance(stance) {
            if before != Some(driver.id) {
                let place = format!("{id}-{}", press.synthesis.label(driver.id));
                blocks.push(Block::heading(3, tables::named(press.synthesis, driver), place));
            }
            before = Some(driver.id);
            blocks.extend(explained(press, (driver, component), tie, said_before));
        }
        if before.is_none() {
            blocks.push(Block::none_found());
        }
    }
    blocks.push(Block::heading(2, "Drivers by component", "trace"));
    blocks.extend(drawn(press, grid));
    blocks.extend(beside(press, grid));
    blocks
}

/// What the team still has to find or to write.
pub(super) fn open(press: &Press, needs: &Grid<Need>, drivers: &Grid<Policy>) -> Vec<Block> {
    let mut lines: Vec<String> = needs.gaps().iter().map(|gap| gap.in_words(press.synthesis)).collect();
    lines.extend(drivers.gaps().iter().map(|gap| gap.in_words(press.synthesis)));
    lines.extend(needs.rows.iter().filter_map(|need| {
        let lacks = gaps::lacks_in_words(press.synthesis, need)?;
        Some(format!("{}: {lacks}", press.synthesis.label(need.id)))
    }));
    if needs.rows.is_empty() && drivers.rows.is_empty() {
        return Vec::new();
    }
    vec![Block::heading(2, "Gaps", "gaps"), Block::lines(&lines)]
}
