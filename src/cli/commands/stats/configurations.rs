//! `realist stats configurations`

use super::output::{Answer, Object, cell, table, warn};
use super::sheet::{Line, Sheet};
use crate::act::configurations::{Told, extracted, refuse_one_coder};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, word};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::hypothesis::PartKind;
use crate::index::Keys;
use crate::language::Language;
use crate::report::block::sentence_case;
use crate::report::disagreements::NOTE;
use crate::stats::chance::Draws;
use crate::stats::configurations::{Comparison, Lines, Mean, OfSlot, Reading, Summary, Verdict, compare, summarise};
use crate::table::{Cell, Table};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns coder, place, hypothesis, part, text, a row a part (- for standard input); part is context,
    /// resource, reasoning, mechanism, outcome, actor, intervention or strategy, and empty for a sentence. Without it the
    /// project's own statements, by the passages they were read from.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// Of the project's coders only these, by their tags: gj,mb
    #[arg(long = "between", value_name = "TAG,TAG", value_delimiter = ',', num_args = 1, conflicts_with = "file")]
    coders: Vec<String>,
    /// Language of the file's words, by name or code; those of a project are known.
    #[arg(long, value_parser = word::<Language>, default_value = "English", requires = "file")]
    language: Language,
    /// A part that both name is alike from this similarity, 0 to 1.
    #[arg(long, default_value_t = Lines::default().alike, value_name = "SHARE", value_parser = share)]
    alike: f64,
    /// Statements less similar than this are no pair, 0 to 1.
    #[arg(long, default_value_t = Lines::default().least, value_name = "SHARE", value_parser = share)]
    least: f64,
    /// Resamples of places behind an interval.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    bootstrap: u32,
    /// No intervals.
    #[arg(long, conflicts_with = "bootstrap")]
    no_ci: bool,
    /// Where chance starts; the same seed gives the same intervals everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    number.ok_or_else(|| format!("'{text}' is no number from 0 to 1"))
}

/// The rule, in the words of docs/statistics.md.
const RULE: &str = "similarity: Dice's coefficient of word stems, 2 |A and B| / (|A| + |B|); of two statements the mean over the \
parts that either names, 0 where only one does; pairs at a place have the largest sum of similarities there can be";

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let readings = match &arguments.file {
        Some(file) => of_file(&Sheet::read(file)?, arguments.language, context)?,
        None => {
            let found = extracted(&context.open()?, &arguments.coders)?;
            refuse_one_coder(&found)?;
            if found.left_out > 0 {
                let what = format!(
                    "{} left out: the words they were read from are gone or have changed",
                    counted(found.left_out, "statement")
                );
                warn(context, "statements-left-out", what);
            }
            found.readings
        }
    };
    let comparison = compare(&readings, Lines { alike: arguments.alike, least: arguments.least });
    let draws = (!arguments.no_ci).then_some(Draws { number: arguments.bootstrap, seed: arguments.seed });
    let summary = summarise(&comparison, &readings, draws);
    let mut answer = Answer::default();
    answer.heading(format!(
        "Statements read from one passage by two coders: {}, {} left over",
        counted(comparison.pairs.len(), "pair"),
        comparison.unmatched.len()
    ));
    answer.aside(pairs(&comparison, &readings));
    answer.heading(format!("Agreement on configurations: {NOTE}"));
    answer.numbers(numbers(&summary));
    answer.note(format!(
        "N: {} at which two of {} have statements; {} stand at places of one coder and are not compared.",
        counted(comparison.places.len(), "place"),
        counted(comparison.coders.len(), "coder"),
        counted(comparison.alone.len(), "statement"),
    ));
    answer.note(format!("{}.", sentence_case(RULE)));
    answer.note(format!(
        "Alike from {}; no pair below {}. AC1 and alpha: whether the part is named at all.",
        arguments.alike, arguments.least
    ));
    if let Some(interval) = summary.matched.interval {
        let how = if interval.exact { "every".to_owned() } else { format!("seed {},", arguments.seed) };
        answer.note(format!(
            "95 %: percentile bootstrap over places, {how} {} resamples, inverse of the distribution function.",
            interval.resamples
        ));
        if comparison.places.len() < 20 {
            let places = counted(comparison.places.len(), "place");
            warn(context, "few-places", format!("an interval from {places} says little"));
        }
    }
    answer.show(context, &as_json(&comparison, &readings, &summary, &arguments));
    Ok(Exit::Done)
}

/// Place, coder and statement.
type Key = [String; 3];

/// Parts with what they say; without a kind a sentence.
type Texts = Vec<(Option<PartKind>, String)>;

/// Statements of a file, in the order in which they first come.
fn of_file(sheet: &Sheet, language: Language, context: &Context) -> Result<Vec<Reading>> {
    let columns = ["coder", "place", "hypothesis", "part", "text"];
    let [coder, place, hypothesis, part, text] = columns.map(|name| sheet.needed(name));
    let (coder, place, hypothesis, part, text) = (coder?, place?, hypothesis?, part?, text?);
    sheet.note_unread(&columns, context);
    let mut order: BTreeMap<Key, usize> = BTreeMap::new();
    let mut told: Vec<(Key, Texts)> = Vec::new();
    sheet.each(|line: &Line| {
        let key = [line.word(place)?, line.word(coder)?, line.word(hypothesis)?].map(str::to_owned);
        let kind = line.text(part).map(|typed| {
            typed.parse::<PartKind>().map_err(|refused| {
                line.fault("unknown-part", refused.0.message).hint("leave the cell empty for a sentence without parts")
            })
        });
        let at = *order.entry(key.clone()).or_insert(told.len());
        if at == told.len() {
            told.push((key, Vec::new()));
        }
        told[at].1.push((kind.transpose()?, line.word(text)?.to_owned()));
        Ok(())
    })?;
    let mut keys = Keys::of_stems();
    let reading = |([place, coder, name], texts): (Key, Texts)| {
        let sentence: Vec<&str> =
            texts.iter().filter(|(kind, _)| kind.is_none()).map(|(_, text)| text.as_str()).collect();
        let sentence = sentence.join(" ");
        let parts = texts.iter().filter_map(|(kind, text)| Some(((*kind)?, text.as_str()))).collect();
        Told { place, coder: &coder, name, parts, sentence: Some(&sentence), language }.reading(&mut keys)
    };
    Ok(told.into_iter().map(reading).collect())
}

/// What there is to talk about, before any number.
fn pairs(comparison: &Comparison, readings: &[Reading]) -> Table {
    let mut pairs = table(
        &[
            ("place", "Place"),
            ("first", "First"),
            ("second", "Second"),
            ("similarity", "Similarity"),
            ("parts", "Parts"),
        ],
        3,
    );
    let named = |reading: usize| format!("{} ({})", readings[reading].name, readings[reading].coder);
    for pair in &comparison.pairs {
        let (one, other) = pair.readings;
        let said = pair.slots.iter().filter(|slot| slot.verdict != Verdict::Neither).map(|slot| {
            let what = match slot.verdict {
                Verdict::OnlyFirst => format!("only {}", readings[one].coder),
                Verdict::OnlySecond => format!("only {}", readings[other].coder),
                verdict => verdict.word().to_owned(),
            };
            format!("{} {what}", slot.slot)
        });
        pairs.push(vec![
            readings[one].place.as_str().into(),
            named(one).into(),
            named(other).into(),
            pair.similarity.into(),
            said.collect::<Vec<_>>().join(", ").into(),
        ]);
    }
    for left in &comparison.unmatched {
        let against = &readings[left.against].coder;
        pairs.push(vec![
            readings[left.reading].place.as_str().into(),
            named(left.reading).into(),
            Cell::Empty,
            Cell::Empty,
            format!("nothing like it of {against}").into(),
        ]);
    }
    pairs
}

fn numbers(summary: &Summary) -> Table {
    let columns = [
        ("part", "Part"),
        ("alike", "Alike"),
        ("different", "Differ"),
        ("only_one", "Only one"),
        ("neither", "Neither"),
        ("percent", "Named alike"),
        ("gwet_ac1", "AC1"),
        ("krippendorff_alpha_nominal", "Alpha"),
        ("similarity", "Similarity"),
        ("ci_low", "95 % from"),
        ("ci_high", "to"),
    ];
    let mut numbers = table(&columns, 3);
    let mean = |mean: &Mean| {
        let low = mean.interval.map(|one| one.low);
        [cell(&mean.value), low.into(), mean.interval.map(|one| one.high).into()]
    };
    for one in &summary.slots {
        let mut row: Vec<Cell> = vec![one.slot.word().into()];
        row.extend([one.alike, one.different, one.only_one, one.neither].map(Cell::from));
        row.extend([&one.percent, &one.ac1, &one.alpha].map(cell));
        row.extend(mean(&one.similarity));
        numbers.push(row);
    }
    for (name, value) in [("statements of a pair", &summary.similarity), ("share in a pair", &summary.matched)] {
        let mut row: Vec<Cell> = vec![name.into()];
        row.extend(std::iter::repeat_n(Cell::Empty, 7));
        row.extend(mean(value));
        numbers.push(row);
    }
    numbers
}

fn with_mean(object: Object, key: &str, mean: &Mean) -> Object {
    let interval = mean.interval;
    object
        .defined(key, &mean.value)
        .with(&format!("{key}_ci_low"), interval.map(|one| one.low))
        .with(&format!("{key}_ci_high"), interval.map(|one| one.high))
        .with(&format!("{key}_dropped"), interval.map(|one| one.dropped))
}

fn as_json(comparison: &Comparison, readings: &[Reading], summary: &Summary, arguments: &Arguments) -> Value {
    let statement = |reading: usize| json!({ "coder": readings[reading].coder, "hypothesis": readings[reading].name });
    let pairs = comparison.pairs.iter().map(|pair| {
        json!({
            "place": readings[pair.readings.0].place,
            "statements": [statement(pair.readings.0), statement(pair.readings.1)],
            "similarity": pair.similarity,
            "parts": pair.slots.iter().map(|one| {
                json!({ "part": one.slot, "verdict": one.verdict, "similarity": one.similarity })
            }).collect::<Vec<_>>(),
        })
    });
    let alone = |reading: usize| {
        let mut value = statement(reading);
        value["place"] = json!(readings[reading].place);
        value
    };
    let unmatched = comparison.unmatched.iter().map(|left| {
        let mut value = alone(left.reading);
        value["against"] = json!(readings[left.against].coder);
        value
    });
    let of_slot = |one: &OfSlot| {
        let object = Object::default()
            .with("part", one.slot.word())
            .with("alike", one.alike)
            .with("different", one.different)
            .with("only_one", one.only_one)
            .with("neither", one.neither)
            .defined("percent", &one.percent)
            .defined("gwet_ac1", &one.ac1)
            .defined("krippendorff_alpha_nominal", &one.alpha);
        with_mean(object, "similarity", &one.similarity).finish()
    };
    let object = Object::default()
        .with("pairs", pairs.collect::<Vec<_>>())
        .with("unmatched", unmatched.collect::<Vec<_>>())
        .with("alone", comparison.alone.iter().map(|one| alone(*one)).collect::<Vec<_>>())
        .with("note", NOTE)
        .with("n_places", comparison.places.len())
        .with("coders", comparison.coders.clone())
        .with("parts", summary.slots.iter().map(of_slot).collect::<Vec<_>>());
    let object = with_mean(object, "similarity", &summary.similarity);
    with_mean(object, "matched", &summary.matched)
        .with("alike", arguments.alike)
        .with("least", arguments.least)
        .with("rule", RULE)
        .with("bootstrap", summary.matched.interval.map(|one| {
            json!({ "seed": arguments.seed, "resamples": one.resamples, "exact": one.exact, "resampled": "places" })
        }))
        .finish()
}
