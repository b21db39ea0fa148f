//! `realist evidence`

mod appraisals;
mod appraise;
mod confirm;
mod list;

use super::columns;
use super::shared::{confirm as tell, counted, excerpt, in_lines, optional, read_input, required, rows, spot, score, word};
use crate::act::anchor::Spot;
use crate::act::evidence::{self as act, Judgement, Wish};
use crate::act::withhold::withhold;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::evidence::{Circumstances, Stance};
use crate::hypothesis::Inference;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Link a passage to a statement.
    Add {
        #[arg(value_name = "H1.gj", required_unless_present = "from")]
        hypothesis: Option<String>,
        /// Document, or a place in it: D3.gj, D3.gj/12, D3.gj@1:1024-1101
        #[arg(value_name = "D1.gj")]
        place: Option<String>,
        /// Turns: t14..17
        #[arg(value_name = "TURNS")]
        range: Option<String>,
        /// Words of the passage; "first words ... last words" is enough.
        #[arg(long, value_name = "WORDS")]
        quote: Option<String>,
        #[command(flatten)]
        fields: Fields,
        /// Many at once, from CSV or JSON Lines (- for standard input): hypothesis, document, quote, stance, ...
        #[arg(long, value_name = "FILE", conflicts_with_all = ["hypothesis", "quote"])]
        from: Option<String>,
    },
    /// Links, with the words behind them; with a term also what is not linked yet.
    List(list::Arguments),
    /// Go through the links not yet appraised: three keys each.
    Appraise(appraise::Arguments),
    /// What several people made of a link, side by side, and where they differ most.
    Appraisals(appraisals::Arguments),
    /// Settle what people made of a link differently: the scores that count, with the reason.
    Settle(appraisals::Settle),
    /// Correct a judgement; what somebody else judged needs a --reason.
    Edit {
        #[arg(value_name = "E1.gj")]
        evidence: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Confirm links judged for an earlier wording, or inherited from a statement that was merged or feeds this one.
    Confirm(confirm::Arguments),
    /// Keep the words behind links back from papers for others: another quotation is taken. The links count as before.
    Withhold {
        #[arg(required = true, value_name = "E1.gj")]
        evidence: Vec<String>,
        /// Why. It is sealed, and printed nowhere.
        #[arg(long, required_unless_present = "lift")]
        reason: Option<String>,
        /// Let them be printed again.
        #[arg(long, conflicts_with = "reason")]
        lift: bool,
    },
    /// Take links away.
    Remove {
        #[arg(required = true, value_name = "E1.gj")]
        evidence: Vec<String>,
        /// Why; others may have relied on it.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// supports, refutes, refines or ambiguous.
    #[arg(long, value_parser = word::<Stance>)]
    stance: Option<Stance>,
    /// For evidence against: same, different or unknown.
    #[arg(long, value_parser = word::<Circumstances>)]
    circumstances: Option<Circumstances>,
    /// Part it bears on: c1, outcome, ...; whole unless said.
    #[arg(long)]
    part: Option<String>,
    /// 0 none, 1 low, 2 moderate, 3 high. Not given is not 0.
    #[arg(long, value_parser = |text: &str| score(text).map_err(|fault| in_lines(&fault)))]
    relevance: Option<u8>,
    #[arg(long, value_parser = |text: &str| score(text).map_err(|fault| in_lines(&fault)))]
    richness: Option<u8>,
    #[arg(long, value_parser = |text: &str| score(text).map_err(|fault| in_lines(&fault)))]
    rigour: Option<u8>,
    /// Is it said, or read into it: explicit, implied, abduced, retroduced.
    #[arg(long, value_parser = word::<Inference>)]
    inference: Option<Inference>,
    /// Needed for a score of 0 or 3, and to change what somebody else judged.
    #[arg(long)]
    reason: Option<String>,
}

impl From<Fields> for Judgement {
    fn from(fields: Fields) -> Self {
        let Fields { stance, circumstances, part, relevance, richness, rigour, inference, reason } = fields;
        Judgement { stance, circumstances, part, relevance, richness, rigour, inference, reason }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { hypothesis, place, range, quote, fields, from } => {
            let wishes = match (from, hypothesis, place) {
                (Some(file), ..) => wishes(&read_input(&file)?, &file)?,
                (None, Some(hypothesis), Some(place)) => {
                    let spot = Spot::parse(&place, range.as_deref(), quote.as_deref())?;
                    vec![Wish { hypothesis, spot, judgement: fields.into() }]
                }
                _ => {
                    return Err(fault("no-words", "which passage?")
                        .hint("realist evidence add H1.gj D3.gj --quote \"...\" --stance supports"));
                }
            };
            let done = act::add(&mut project, &wishes)?;
            let ids: Vec<&str> = done.answer.iter().map(|one| one.id.as_str()).collect();
            let sentence = match done.answer.as_slice() {
                [one] => format!("{}: {} to {} “{}”", one.id, one.passage, one.hypothesis, excerpt(&one.text, 70)),
                many => format!("added {}", counted(many.len(), "link")),
            };
            let json = match ids.as_slice() {
                [one] => json!({ "id": one, "passage": done.answer[0].passage }),
                _ => json!({ "ids": ids }),
            };
            tell(context, &done, &sentence, json);
            done.answer.iter().flat_map(|one| &one.notes).for_each(|note| context.ui.diagnostic(note));
        }
        Command::List(arguments) => return list::run(arguments, context, &project),
        Command::Appraise(arguments) => return appraise::run(&arguments, context, &mut project),
        Command::Appraisals(arguments) => return appraisals::list(&arguments, context, &project),
        Command::Settle(arguments) => return appraisals::settle(&arguments, context, &mut project),
        Command::Confirm(arguments) => return confirm::run(&arguments, context, &mut project),
        Command::Edit { evidence, fields } => {
            let done = act::edit(&mut project, &evidence, &fields.into())?;
            tell(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
        }
        Command::Withhold { evidence, reason, lift: _ } => {
            let done = withhold(&mut project, &evidence, reason.as_deref())?;
            let what = if reason.is_some() { "kept back from papers for others" } else { "printed again" };
            tell(context, &done, &format!("{}: {what}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Remove { evidence, reason } => {
            let done = act::remove(&mut project, &evidence, &reason)?;
            tell(context, &done, &format!("removed {}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
    }
    Ok(Exit::Done)
}

fn wishes(text: &str, name: &str) -> Result<Vec<Wish>> {
    rows(text, name, columns::EVIDENCE)?
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let judgement = Judgement {
                stance: Some(required(row, "stance", number + 1)?.parse()?),
                circumstances: optional(row, "circumstances").map(str::parse).transpose()?,
                part: optional(row, "part").map(str::to_owned),
                relevance: optional(row, "relevance").map(score).transpose()?,
                richness: optional(row, "richness").map(score).transpose()?,
                rigour: optional(row, "rigour").map(score).transpose()?,
                inference: optional(row, "inference").map(str::parse).transpose()?,
                reason: optional(row, "reason").map(str::to_owned),
            };
            Ok(Wish {
                hypothesis: required(row, "hypothesis", number + 1)?.to_owned(),
                spot: spot(row, number + 1)?,
                judgement,
            })
        })
        .collect()
}
