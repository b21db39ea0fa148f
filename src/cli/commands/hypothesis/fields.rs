//! A statement as options or as rows of a table give it.

use crate::act::hypothesis::Entry;
use crate::act::parts::Saying;
use crate::cli::commands::columns;
use crate::cli::commands::shared::{in_lines, optional, rows, word};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Editorial, Inference, Origin, PartKind};

#[derive(Debug, clap::Args)]
pub(super) struct Fields {
    /// The team's own sentence.
    #[arg(long)]
    statement: Option<String>,
    #[arg(long)]
    intervention: Vec<String>,
    #[arg(long)]
    strategy: Vec<String>,
    #[arg(long)]
    actor: Vec<String>,
    /// What has to be in place; may be repeated, as may all parts.
    #[arg(long)]
    context: Vec<String>,
    /// What is offered.
    #[arg(long)]
    resource: Vec<String>,
    /// What changes in people's thinking.
    #[arg(long)]
    reasoning: Vec<String>,
    /// A mechanism not split into resource and reasoning.
    #[arg(long)]
    mechanism: Vec<String>,
    /// What happens.
    #[arg(long)]
    outcome: Vec<String>,
    /// Name or label of a component.
    #[arg(long)]
    component: Option<String>,
    /// draft, screened, active, parked, rejected, superseded.
    #[arg(long, value_parser = word::<Editorial>)]
    status: Option<Editorial>,
    /// extracted, stakeholder, team or substantive_theory.
    #[arg(long, value_parser = word::<Origin>)]
    origin: Option<Origin>,
    /// explicit, implied, abduced or retroduced (the last two need a memo).
    #[arg(long, value_parser = word::<Inference>)]
    inference: Option<Inference>,
    #[arg(long)]
    memo: Option<String>,
    /// Another statement that explains the same otherwise.
    #[arg(long, value_name = "H2.gj")]
    rival_of: Option<String>,
    /// Its outcome is a context or resource of this one; may be repeated.
    #[arg(long, value_name = "H3.gj")]
    leads_to: Vec<String>,
    /// More of a part: context.level=institutional, o1.valence=unintended; may be repeated. Level and polarity
    /// of a context; valence, proximity, direction and affects of an outcome; activation of a mechanism; actor.
    #[arg(long = "detail", value_name = "PART.DETAIL=WORD", value_parser = |typed: &str| Saying::parse(typed).map_err(|fault| in_lines(&fault)))]
    details: Vec<Saying>,
}

impl From<Fields> for Entry {
    fn from(fields: Fields) -> Self {
        let Fields { statement, intervention, strategy, actor, context, resource, reasoning, mechanism, outcome, .. } = fields;
        let slots = [
            (PartKind::Intervention, intervention),
            (PartKind::Strategy, strategy),
            (PartKind::Actor, actor),
            (PartKind::Context, context),
            (PartKind::Resource, resource),
            (PartKind::Reasoning, reasoning),
            (PartKind::Mechanism, mechanism),
            (PartKind::Outcome, outcome),
        ];
        Entry {
            statement,
            parts: slots.into_iter().flat_map(|(kind, texts)| texts.into_iter().map(move |text| (kind, text))).collect(),
            component: fields.component,
            status: fields.status,
            origin: fields.origin,
            inference: fields.inference,
            memo: fields.memo,
            rival_of: fields.rival_of,
            leads_to: fields.leads_to,
            say: fields.details,
            ..Entry::default()
        }
    }
}

pub(super) fn part_text(typed: &str) -> Result<(String, String)> {
    let (key, text) = typed
        .split_once('=')
        .ok_or_else(|| fault("bad-part", format!("'{typed}' sets no part")).hint("write it as c1=\"new words\""))?;
    Ok((key.trim().to_owned(), text.trim().to_owned()))
}

pub(super) fn entries(text: &str, name: &str) -> Result<Vec<Entry>> {
    rows(text, name, columns::HYPOTHESIS)?
        .iter()
        .map(|row| {
            let own = |column: &str| optional(row, column).map(str::to_owned);
            let parts = PartKind::ALL.iter().filter_map(|kind| Some((*kind, own(kind.word())?))).collect();
            Ok(Entry {
                statement: own("statement"),
                parts,
                component: own("component"),
                status: own("status").map(|word| word.parse()).transpose()?,
                origin: own("origin").map(|word| word.parse()).transpose()?,
                inference: own("inference").map(|word| word.parse()).transpose()?,
                memo: own("memo"),
                rival_of: own("rival_of"),
                leads_to: own("leads_to").map(|list| list.split(';').map(|one| one.trim().to_owned()).collect()).unwrap_or_default(),
                say: own("details").map(|list| Saying::list(&list)).transpose()?.unwrap_or_default(),
                ..Entry::default()
            })
        })
        .collect()
}
