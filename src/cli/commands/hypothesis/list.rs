//! `realist hypothesis list`

use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::hypothesis::Editorial;
use crate::id::Id;
use crate::project::{Depth, Project};
use crate::table::Table;

pub(super) fn list(
    context: &Context,
    project: &Project,
    component: Option<Id>,
    standing: Option<crate::evidence::Evidential>,
    status: Option<Editorial>,
    by: Option<&str>,
) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let standings = synthesis.standings();
    let full = context.ui.format() != crate::cli::ui::Format::Table;
    let mut columns = vec![
        ("id", "Id"),
        ("statement", "Statement"),
        ("component", "Component"),
        ("editorial", "Editorial"),
        ("evidential", "Evidential"),
        ("for", "For"),
        ("against", "Against"),
        ("appraised", "Appraised"),
        ("consensus", "Consensus"),
        ("tested", "Tested"),
        ("author", "Author"),
    ];
    if full {
        columns.push(("test_result", "Result of the test"));
    }
    let mut table = Table::with(&columns);
    let mut hypotheses: Vec<_> = synthesis.hypotheses.values().collect();
    hypotheses.sort_by_key(|one| synthesis.labels.get(&one.id).cloned());
    for one in &hypotheses {
        let rests = &standings[&one.id];
        let wanted = component.is_none_or(|component| one.component == Some(component))
            && standing.is_none_or(|standing| rests.standing == standing)
            && status.is_none_or(|status| one.status == status)
            && by.is_none_or(|by| one.author == by);
        if !wanted {
            continue;
        }
        let mut row = vec![
            synthesis.label(one.id).into(),
            if full { one.sentence() } else { excerpt(&one.sentence(), 90) }.into(),
            one.component.and_then(|id| synthesis.components.get(&id)).map(|one| one.name.clone()).into(),
            one.status.word().into(),
            rests.standing.word().into(),
            rests.r#for.into(),
            rests.against.into(),
            format!("{} of {}", rests.appraised, rests.links).into(),
            synthesis.consensus(one.id).word().into(),
            one.test().word().into(),
            one.author.as_str().into(),
        ];
        if full {
            row.push(one.tested.as_ref().and_then(|tested| tested.result.clone()).into());
        }
        table.push(row);
    }
    context.ui.list(&table, &table.to_json());
    context.ui.say(&format!("{} of {}; counts are distinct sources", table.rows.len(), counted(hypotheses.len(), "hypothesis")));
    Ok(Exit::negative_if(table.is_empty()))
}
