//! `realist stats spans`

mod differ;
mod numbers;
mod shown;

use super::output::{Answer, warn};
use super::own;
use super::sheet::{InOrder, Sheet};
use crate::act::agreement::{self as act, Aside, By};
use crate::cli::Context;
use crate::cli::commands::shared::word;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::report::disagreements::NOTE;
use crate::stats::chance::Draws;
use crate::stats::spans::{Continuum, Unit};
use crate::stats::spans_over::Text;
use differ::Differ;
use serde_json::{Value, json};
use shown::Shown;
use std::collections::BTreeSet;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns coder, start, end, value (- for standard input). A span begins at start and stops before
    /// end. A row with a coder alone is a coder who marked nothing. With a column document (and length, where documents
    /// differ in it) also an interval. Without it the project's own codings, each code a value.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// Length of the text, or of each document, in the units of start and end.
    #[arg(long, value_name = "L")]
    length: Option<f64>,
    /// Where the text begins; 0 unless you say.
    #[arg(long, value_name = "AT", allow_negative_numbers = true)]
    from: Option<f64>,
    /// Of the project's codes only this one; may be repeated.
    #[arg(long, value_name = "CODE", conflicts_with = "file")]
    code: Vec<String>,
    /// What was coded in this blind pass, as it stood when the pass was closed.
    #[arg(long, value_name = "BP1.gj", conflicts_with = "file")]
    pass: Option<String>,
    /// code (each value a row, over all documents; unless you say) or document: each document by itself.
    #[arg(long, value_parser = word::<By>)]
    by: Option<By>,
    /// Each pair of coders by itself too, on the documents that both have read.
    #[arg(long)]
    pairs: bool,
    /// How many of the stretches coders differ on to show.
    #[arg(long, default_value_t = 20, value_name = "N")]
    disagreements: usize,
    /// Resamples of documents behind an interval.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    bootstrap: u32,
    /// No intervals.
    #[arg(long, conflicts_with = "bootstrap")]
    no_ci: bool,
    /// Where chance starts; the same seed gives the same intervals everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Arguments {
    fn draws(&self) -> Option<Draws> {
        (!self.no_ci).then_some(Draws { number: self.bootstrap, seed: self.seed })
    }
}

/// What is compared.
struct Marked {
    texts: Vec<Text>,
    values: Vec<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let (Marked { texts, values }, aside) = match &arguments.file {
        Some(file) => (read(&Sheet::read(file)?, &arguments, context)?, None),
        None => own_codings(&arguments, context).map(|(marked, aside)| (marked, Some(aside)))?,
    };
    let mut answer = Answer::default();
    let differ = Differ::of(&texts, &values, arguments.disagreements);
    differ.tell(&mut answer);
    let disagreements = differ.json();
    let groups: Vec<(Option<String>, Vec<Text>)> = match arguments.by {
        Some(By::Document) => texts.into_iter().map(|text| (Some(text.name.clone()), vec![text])).collect(),
        Some(By::Code) | None => vec![(None, texts)],
    };
    let mut all = Vec::new();
    for (group, texts) in groups {
        all.push(Shown::of(group.clone(), None, &texts, values.len(), arguments.draws()));
        for pair in if arguments.pairs { pairs(&texts) } else { Vec::new() } {
            let both: Vec<Text> = texts.iter().filter_map(|text| text.pair(&pair)).collect();
            all.push(Shown::of(group.clone(), Some(pair), &both, values.len(), arguments.draws()));
        }
    }
    answer.heading(format!("Agreement on spans (2016): {NOTE}"));
    answer.numbers(numbers::table(&all, &values, aside.is_some()));
    numbers::rules(&mut answer, &all, &arguments);
    let mut json = whole_json(&all, &values, &arguments);
    json["disagreements"] = disagreements;
    answer.show(context, &aside.as_ref().map_or(json.clone(), |aside| own::with_aside(json, aside)));
    numbers::cautions(context, &all);
    let overlap = all.iter().find_map(|one| one.overlap).filter(|_| aside.is_none());
    if let Some((one, other)) = overlap {
        let message = format!(
            "spans of one coder overlap ([{}, {}) and [{}, {})): only what takes each value by itself exists",
            one.start, one.end, other.start, other.end
        );
        warn(context, "overlapping-spans", message);
    }
    Ok(Exit::Done)
}

/// Each two coders who have read a text.
fn pairs(texts: &[Text]) -> Vec<[String; 2]> {
    let names: Vec<&String> = texts.iter().flat_map(|text| &text.coders).collect::<BTreeSet<_>>().into_iter().collect();
    let each = (0..names.len()).flat_map(|one| (one + 1..names.len()).map(move |other| (one, other)));
    let pairs = each.map(|(one, other)| [names[one].clone(), names[other].clone()]);
    let is_read = |pair: &[String; 2]| texts.iter().any(|text| pair.iter().all(|coder| text.coders.contains(coder)));
    pairs.filter(is_read).collect()
}

/// One answer; or document by document, each with the pairs of its coders.
fn whole_json(all: &[Shown], values: &[String], arguments: &Arguments) -> Value {
    let of_group = |group: &Option<String>| {
        let here = || all.iter().filter(move |one| one.group == *group);
        let mut whole = here().find(|one| one.pair.is_none()).map_or(Value::Null, |one| one.json(values, arguments.seed));
        let pairs = here().filter(|one| one.pair.is_some()).map(|one| {
            let mut json = one.json(values, arguments.seed);
            json["coders"] = json!(one.pair);
            json
        });
        whole["pairs"] = pairs.collect();
        whole
    };
    if arguments.by != Some(By::Document) {
        return of_group(&None);
    }
    let groups = all.iter().filter(|one| one.pair.is_none()).map(|one| {
        let mut json = of_group(&one.group);
        json["group"] = json!(one.group);
        json
    });
    json!({ "by": By::Document, "groups": groups.collect::<Vec<_>>() })
}

/// What the project's coders marked. Faults: `not-of-project`, and those of [`own::compared`].
fn own_codings(arguments: &Arguments, context: &Context) -> Result<(Marked, Aside)> {
    let given = [("--length", arguments.length.is_some()), ("--from", arguments.from.is_some())];
    own::refuse_of_file(&given, "--code, --pass, --by code or document, --pairs; a text is as long as its characters")?;
    let project = context.open()?;
    let compared = own::compared(&project, &arguments.code, arguments.pass.as_ref())?;
    let act::Marked { texts, codes, aside } = act::spans(&project, &compared)?;
    let what = "spans: codings, in characters of the text of {documents}";
    own::told(context, &project, &aside, arguments.pass.as_ref(), what);
    Ok((Marked { texts, values: codes }, aside))
}

fn read(sheet: &Sheet, arguments: &Arguments, context: &Context) -> Result<Marked> {
    let [coder, start, end] = ["coder", "start", "end"].map(|name| sheet.needed(name));
    let (coder, start, end) = (coder?, start?, end?);
    let [value, document, length] = ["value", "document", "length"].map(|name| sheet.column(name));
    if arguments.by == Some(By::Document) {
        sheet.needed("document")?;
    }
    sheet.note_unread(&["coder", "start", "end", "value", "document", "length"], context);
    let mut coders: InOrder<()> = InOrder::default();
    let mut values: InOrder<()> = InOrder::default();
    let mut documents: InOrder<(Option<f64>, Vec<Unit>)> = InOrder::default();
    let from = arguments.from.unwrap_or_default();
    sheet.each(|line| {
        let coder = coders.place(line.word(coder)?);
        let held = documents.entry(document.map_or(Ok(""), |document| line.word(document))?);
        if let Some(length) = length.map(|length| line.real(length)).transpose()?.flatten() {
            if held.0.is_some_and(|other| other.total_cmp(&length).is_ne()) {
                return Err(line.fault("bad-length", "this document has another length further up"));
            }
            held.0 = Some(length);
        }
        if line.text(start).is_none() && line.text(end).is_none() {
            return Ok(());
        }
        let (start, end) = (line.some_real(start)?, line.some_real(end)?);
        let until = held.0.or(arguments.length).map_or(f64::INFINITY, |length| from + length);
        if !(from <= start && start < end && end <= until) {
            return Err(line
                .fault("bad-span", format!("[{start}, {end}) is no span of [{from}, {until})"))
                .hint("a span ends after it starts, and lies within --length"));
        }
        let value = values.place(value.map_or(Ok("marked"), |value| line.word(value))?);
        held.1.push(Unit { coder, start, end, value });
        Ok(())
    })?;
    let values: Vec<String> = values.names().into_iter().map(str::to_owned).collect();
    if documents.entries().is_empty() {
        documents.entry("");
    }
    let names: Vec<String> = coders.names().into_iter().map(str::to_owned).collect();
    let text = |(name, (length, units)): (String, (Option<f64>, Vec<Unit>))| {
        let length = length.or(arguments.length).filter(|length| *length > 0.0 && (from + length).is_finite());
        let length = length.ok_or_else(|| {
            sheet
                .fault("bad-length", "--length is a number above 0")
                .hint("give the length of the text the spans lie in, or each document's in a column length")
        })?;
        // A length that was said behind the spans.
        if let Some(unit) = units.iter().find(|unit| unit.end > from + length) {
            return Err(sheet
                .fault("bad-span", format!("[{}, {}) is no span of [{from}, {})", unit.start, unit.end, from + length))
                .hint("a span ends after it starts, and lies within its document"));
        }
        let continuum = Continuum { start: from, length, coders: names.len(), values: values.len(), units };
        Ok(Text { name, coders: names.clone(), continuum })
    };
    let texts = documents.into_entries().into_iter().map(text).collect::<Result<Vec<_>>>()?;
    Ok(Marked { texts, values })
}
