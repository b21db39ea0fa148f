//! Ballots as they come back: files saved by the ballot page, rows of a grid. What they say is checked against what
//! was asked; messages never repeat an answer.

use super::Refused;
use crate::act::sheet::cells::Sheet;
use crate::act::workbook;
use crate::consensus::Judge;
use crate::diagnostic::{Fault, Result, fault};
use crate::project::Project;
use crate::round::{CONSENT, Terms, Way};
use crate::vote::{Answer, Answers, Dissent, Said};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The first columns of a grid; then come, for each item, its key, `<key> reason`, and where somebody wants them
/// `<key> dissent` and `<key> print` (yes: the words may be printed).
pub const GRID: [&str; 3] = ["ballot", "member", "group"];

/// One ballot as it was read.
#[derive(Debug, Clone, Deserialize)]
pub struct Slip {
    /// File, and row in it.
    #[serde(skip)]
    pub place: String,
    pub mark: String,
    pub member: String,
    #[serde(default)]
    saved: Option<String>,
    answers: BTreeMap<String, Raw>,
    /// It was saved by the ballot page, so what it leaves blank is not answered. In a row of a grid it is as it was.
    #[serde(skip)]
    pub is_whole: bool,
    /// It was kept to go on with, and is no vote.
    #[serde(default, rename = "realist_draft")]
    draft: Option<u32>,
}

/// What stands at one item.
#[derive(Debug, Clone, Default, Deserialize)]
struct Raw {
    #[serde(default)]
    said: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    dissent: String,
    #[serde(default)]
    approved: bool,
}

/// Reads files; those that cannot be read are named.
pub fn read_all(project: &Project, files: &[PathBuf], refused: &mut Vec<Refused>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for file in files {
        let name = file.display().to_string();
        match read(project, file, &name) {
            Ok(found) => slips.extend(found),
            Err(why) => refused.push(Refused { place: name, because: why.on_one_line() }),
        }
    }
    slips
}

fn read(project: &Project, file: &Path, name: &str) -> Result<Vec<Slip>> {
    if workbook::is_workbook(file) {
        return grid(&Sheet::of_rows(workbook::rows(project, file)?), name);
    }
    let bytes = std::fs::read(file).map_err(|error| Fault::io("read", file, &error))?;
    let text = crate::import::decode(&bytes)?.text.into_owned();
    if text.trim_start().starts_with('{') {
        return saved(&text, name).map(|slip| vec![slip]);
    }
    if text.trim_start().starts_with('<') {
        return Err(fault("no-ballot", "this is the page, not what was answered on it")
            .hint("the page has a button that saves the answers to a file of their own"));
    }
    grid(&Sheet::parse(&text)?, name)
}

fn saved(text: &str, name: &str) -> Result<Slip> {
    let slip: Slip = serde_json::from_str(text).map_err(|_| {
        fault("no-ballot", "this is no saved ballot, or it was cut short on its way")
            .hint("ask for the file to be saved and sent again")
    })?;
    if slip.draft.is_some() {
        return Err(fault("draft", "this is a draft, which a member kept to go on with: it is no vote")
            .hint("they open it on their page, choose 'Save my answers', and send the file that is saved then"));
    }
    Ok(Slip { place: name.to_owned(), is_whole: true, ..slip })
}

fn grid(sheet: &Sheet, name: &str) -> Result<Vec<Slip>> {
    // A heading may go on after a colon: `q1: Should peer workers …`.
    let heading = |text: &String| text.split(':').next().unwrap_or_default().trim().to_lowercase().replace('_', " ");
    let headings: Vec<String> = sheet.headings.iter().map(heading).collect();
    let column = |wanted: &str| headings.iter().position(|one| one == wanted);
    for needed in &GRID[..2] {
        if column(needed).is_none() {
            return Err(fault("no-grid", format!("the first line names no column '{needed}'"))
                .hint("make the grid with: realist round ballot R1.gj --to csv; keep its first line as it is"));
        }
    }
    let mut slips = Vec::new();
    for (index, row) in sheet.rows.iter().enumerate() {
        let cell = |wanted: &str| {
            column(wanted).and_then(|at| row.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
        };
        let keys = headings.iter().filter(|one| is_key(one));
        let raw = |key: &String| Raw {
            said: cell(key),
            reason: cell(&format!("{key} reason")),
            dissent: cell(&format!("{key} dissent")),
            approved: ["yes", "y", "true", "1", "x"].contains(&cell(&format!("{key} print")).to_lowercase().as_str()),
        };
        let answers: BTreeMap<String, Raw> = keys.map(|key| (key.clone(), raw(key))).collect();
        if answers.values().any(|one| !one.is_blank()) {
            let place = format!("{name}, row {}", index + 2);
            let (mark, member) = (cell("ballot"), cell("member"));
            slips.push(Slip { place, mark, member, saved: None, answers, is_whole: false, draft: None });
        }
    }
    Ok(slips)
}

/// `q1`, `q2`, …
fn is_key(heading: &str) -> bool {
    heading.strip_prefix('q').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Raw {
    fn is_blank(&self) -> bool {
        [&self.said, &self.reason, &self.dissent].into_iter().all(|text| text.trim().is_empty())
    }
}

impl Slip {
    /// What it says, as the round understands it. Faults: `unknown-item`, `bad-answer`.
    pub fn answers(&self, terms: &Terms) -> Result<Answers> {
        let mut answers = BTreeMap::new();
        for (key, raw) in self.answers.iter().filter(|(_, raw)| !raw.is_blank()) {
            let item = terms.item(key).ok_or_else(|| fault("unknown-item", format!("the round has no item {key}")))?;
            let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            let said = if raw.said.trim().is_empty() {
                // Words without a vote: there, and not voting.
                Said::Abstain
            } else {
                let choices: Vec<&str> = item.choices.iter().map(|choice| choice.key.as_str()).collect();
                said(&raw.said, terms, &choices).ok_or_else(|| bad(key, terms, &choices))?
            };
            let dissent = text(&raw.dissent).map(|words| Dissent { words, approved: raw.approved });
            answers.insert(key.clone(), Answer { said, reason: text(&raw.reason), dissent });
        }
        Ok(Answers { answers, saved: self.saved.clone() })
    }

    /// What counts once it is put onto what counted before. No points are as if the item were left out.
    pub fn onto(&self, terms: &Terms, before: Answers, said: Answers) -> Answers {
        let mut merged = if self.is_whole { before.replaced_by(said) } else { before.with(said) };
        merged.answers.retain(|_, answer| terms.way != Way::Ngt || answer.said != Said::Number(0.0));
        merged
    }

    /// It says something of an item.
    fn names(&self, key: &str) -> bool {
        self.answers.get(key).is_some_and(|raw| !raw.is_blank())
    }
}

fn said(typed: &str, terms: &Terms, choices: &[&str]) -> Option<Said> {
    if let Some(none) = Said::word_for_none(typed) {
        return Some(none);
    }
    let typed = typed.trim();
    let within = |least: u32, most: u32| {
        // A spreadsheet may have made 7.0 of it.
        let number = typed.parse::<f64>().ok()?;
        let fits = number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(&number);
        fits.then_some(Said::Number(number))
    };
    let chosen = |offered: &[&str]| {
        let wanted = typed.to_lowercase().replace([' ', '-'], "_");
        let found = offered.iter().find(|key| key.to_lowercase().replace([' ', '-'], "_") == wanted)?;
        Some(Said::Choice((*found).to_owned()))
    };
    match terms.way {
        Way::Ram | Way::Delphi => terms.scale.and_then(|scale| within(scale.least, scale.most)),
        Way::Rank => within(1, u32::try_from(terms.items.len()).unwrap_or(u32::MAX)),
        Way::Ngt => within(0, picks(terms)),
        Way::Percent => chosen(choices),
        Way::Consent => chosen(&CONSENT),
        Way::Discussion => None,
    }
}

/// Items each member gives points to.
pub fn picks(terms: &Terms) -> u32 {
    match Judge::read(terms.way, terms.rule.judge.as_deref().unwrap_or_default()) {
        Ok(Judge::Picks(picks)) => u32::try_from(picks).unwrap_or(u32::MAX),
        _ => 0,
    }
}

fn bad(key: &str, terms: &Terms, choices: &[&str]) -> Fault {
    let what = match (terms.way, terms.scale) {
        (_, Some(scale)) => format!("a whole number from {} to {}", scale.least, scale.most),
        (Way::Rank, _) => format!("a place from 1 to {}", terms.items.len()),
        (Way::Ngt, _) => format!("points from 1 to {}", picks(terms)),
        (Way::Consent, _) => format!("one of {}", CONSENT.join(", ")),
        _ => format!("one of {}", choices.join(", ")),
    };
    fault("bad-answer", format!("what stands at {key} is no answer"))
        .hint(format!("write {what}; or abstain, cannot judge, late, absent"))
}

/// Each number of points is given once among all that counts. Of what counted before nothing is said: only items the
/// slip itself gives points to are named. Faults: `bad-points`.
pub fn check_points(terms: &Terms, slip: &Slip, counts: &Answers) -> Result<()> {
    if terms.way != Way::Ngt {
        return Ok(());
    }
    let given: Vec<(&str, f64)> =
        counts.answers.iter().filter_map(|(key, answer)| Some((key.as_str(), answer.said.number()?))).collect();
    let is_double = |(key, points): &&(&str, f64)| {
        given.iter().any(|(other, theirs)| other != key && (points - theirs).abs() < 1e-9)
    };
    let double: Vec<&str> = given.iter().filter(is_double).map(|(key, _)| *key).filter(|key| slip.names(key)).collect();
    if double.is_empty() {
        return Ok(());
    }
    let picks = picks(terms);
    let fault = fault("bad-points", format!("another item has the same points as {}", double.join(", ")))
        .hint(format!("the best item gets {picks}, the next one fewer, down to 1"));
    Err(if slip.is_whole { fault } else { fault.hint("write 0 at an item that is to have none any more") })
}
