//! Needs and policy as papers: `report needs`, and the coverage of needs and the trace of drivers by themselves.

mod sections;
pub mod tables;
#[cfg(test)]
mod tests;
pub mod told;

use super::Brief;
use super::block::{Block, Report, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::references::Listed;
use super::words::Press;
use crate::coverage::Grid;
use crate::need::{Need, Policy};
use crate::participant::Audience;
use crate::synthesis::Synthesis;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use told::Told;

pub use sections::reason_line;

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let (needs, drivers) = (Grid::<Need>::of(synthesis), Grid::<Policy>::of(synthesis));
    let mut said_before = BTreeSet::new();
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.extend(opening(&needs, &drivers));
    if !needs.rows.is_empty() {
        blocks.extend(sections::needs(&press, &needs));
        blocks.extend(sections::coverage(&press, &needs));
        blocks.extend(sections::how_met(&press, &needs, &mut said_before));
    }
    if !drivers.rows.is_empty() {
        blocks.extend(sections::drivers(&press, &drivers));
        blocks.extend(sections::trace(&press, &drivers, &mut said_before));
    }
    blocks.extend(sections::open(&press, &needs, &drivers));
    let sources =
        needs.rows.iter().filter_map(|one| one.source).chain(drivers.rows.iter().filter_map(|one| one.source));
    let held = sources.filter(|id| synthesis.sources.contains_key(id));
    blocks.extend(Listed::of(&press, brief, held).section(synthesis));
    blocks.extend(closing(&press));
    Report {
        key: "needs",
        title: format!("{}: needs and policy", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: tables::ties(&press, &needs, &drivers),
        data: json!({
            "report": "needs",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "coverage": tables::json(&press, &needs),
            "policy": policy_json(&press, &drivers),
            "withheld": withheld(&press),
        }),
    }
}

fn opening(needs: &Grid<Need>, drivers: &Grid<Policy>) -> Vec<Block> {
    if needs.rows.is_empty() && drivers.rows.is_empty() {
        return vec![Block::to_write("the needs and policies that the programme is to answer, with their sources")];
    }
    let conflicts = drivers.of_stance(crate::need::Stance::ConflictsWith).count();
    let mut said = vec![
        format!(
            "{}, {} and {} in use.",
            count_of(needs.rows.len(), "need"),
            count_of(drivers.rows.len(), "policy driver"),
            count_of(needs.components.len(), "component")
        ),
        format!("Unmet: {}.", count_of(needs.untied().len(), "need")),
    ];
    for (what, count) in [("Ties of components to needs", needs.everything()), ("To drivers", drivers.everything())] {
        said.push(format!("{what}: {}.", count.in_words()));
    }
    said.push(format!("Conflicts with drivers: {conflicts}."));
    vec![Block::paragraph(said.join(" "))]
}

/// Coverage of needs, with its figure.
pub fn coverage(press: &Press, grid: &Grid<Need>) -> Report {
    let mut blocks = sections::coverage(press, grid);
    blocks.extend(sections::how_met(press, grid, &mut BTreeSet::new()));
    single(press, "need-coverage", "Needs by component", blocks, grid, tables::json(press, grid))
}

/// The trace of drivers, conflicts first.
pub fn trace(press: &Press, grid: &Grid<Policy>) -> Report {
    single(
        press,
        "policy-trace",
        "Policy drivers by component",
        sections::trace(press, grid, &mut BTreeSet::new()),
        grid,
        policy_json(press, grid),
    )
}

fn single<T: Told>(
    press: &Press,
    key: &'static str,
    title: &str,
    blocks: Vec<Block>,
    grid: &Grid<T>,
    data: Json,
) -> Report {
    Report {
        key,
        title: format!("{}: {}", press.synthesis.settings.title, title.to_lowercase()),
        subtitle: "For the team".to_owned(),
        audience: Audience::Team,
        blocks,
        sheet: tables::grid(press.synthesis, grid),
        data,
    }
}

/// The trace for machines: with its conflicts.
pub fn policy_json(press: &Press, grid: &Grid<Policy>) -> Json {
    let synthesis = press.synthesis;
    let conflicts = grid.of_stance(crate::need::Stance::ConflictsWith).map(|(driver, component, _)| {
        json!({ "driver": synthesis.label(driver.id), "component": synthesis.label(component.id) })
    });
    let mut told = tables::json(press, grid);
    told["conflicts"] = conflicts.collect();
    told
}
