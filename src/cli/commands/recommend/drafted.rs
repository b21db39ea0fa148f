//! `realist recommend draft`

use crate::act::recommend::draft::{self as act, Asked};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::grounds::{Grounds, Skeleton, Worth};
use crate::participant::Audience;
use crate::project::{Depth, Project};
use crate::report::recommendations::{Rests, Towards, blocked_table, blocked_text};
use crate::report::words::Press;
use crate::table::Table;
use serde_json::{Value as Json, json};

pub fn show(context: &Context, project: &Project, asked: &Asked) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Headers)?;
    let draft = act::draft(project, &synthesis, asked)?;
    let press = Press::new(&synthesis, Audience::Team);
    let grounds = Grounds::new(&press.bearings);
    let told: Vec<Drafted> = draft.skeletons.iter().map(|one| Drafted::of(&press, &grounds, one)).collect();
    if context.ui.is_json() {
        let blocked = draft.blocked.iter().map(|one| {
            json!({
                "id": synthesis.label(one.of), "text": blocked_text(&press, one.of), "worth": one.worth, "why": one.why,
                "open": one.open.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>(),
            })
        });
        let skeletons = told.iter().map(Drafted::json);
        context.ui.json(&json!({
            "audience": asked.audience, "skeletons": skeletons.collect::<Vec<_>>(),
            "blocked": blocked.collect::<Vec<_>>(),
        }));
        return Ok(Exit::negative_if(told.is_empty()));
    }
    for one in &told {
        one.print(context);
    }
    if !draft.blocked.is_empty() {
        context.ui.heading("Blocked");
        context.ui.list(&blocked_table(&press, &draft.blocked), &Json::Null);
    }
    let free = told.iter().filter(|one| one.there.is_empty()).count();
    context.ui.say(&format!(
        "{} for {}, {} of them without a recommendation; blocked: {}",
        counted(told.len(), "skeleton"),
        asked.audience,
        free,
        draft.blocked.len()
    ));
    if free > 0 {
        context.ui.say(&format!("write them: realist recommend draft --audience {} --write", asked.audience));
    }
    Ok(Exit::negative_if(told.is_empty()))
}

/// A skeleton as people look at it.
struct Drafted {
    basis: Vec<Rests>,
    towards: Towards,
    there: Vec<String>,
}

impl Drafted {
    fn of(press: &Press, grounds: &Grounds<'_, '_>, one: &Skeleton) -> Self {
        let there = one.there.iter().map(|id| {
            let retired = press.synthesis.recommendations.get(id).is_some_and(|one| one.retired);
            format!("{}{}", press.synthesis.label(*id), if retired { " (retired)" } else { "" })
        });
        Drafted {
            basis: one.basis.iter().map(|ground| Rests::of(press, grounds, ground)).collect(),
            towards: Towards::of(press, &one.material, &one.basis),
            there: there.collect(),
        }
    }

    fn lead(&self) -> &str {
        self.basis.first().map_or("", |one| one.id.as_str())
    }

    fn json(&self) -> Json {
        json!({ "lead": self.lead(), "basis": self.basis, "material": self.towards, "there": self.there })
    }

    fn print(&self, context: &Context) {
        let ui = &context.ui;
        let title = self.basis.first().map_or_else(String::new, |one| format!("{} {}", one.id, excerpt(&one.text, 100)));
        ui.heading(&title);
        let mut table = Table::with(&[("what", "What"), ("said", "Said")]);
        for one in &self.basis {
            let what = match one.worth {
                Worth::Agreed | Worth::Supported => "rests on",
                _ => "beside",
            };
            table.push(vec![what.into(), format!("{} {}: {}", one.id, one.in_full(), excerpt(&one.text, 120)).into()]);
            one.dissent.iter().for_each(|line| table.push(vec!["dissent".into(), line.as_str().into()]));
        }
        for (what, lines) in [
            ("for whom", &self.towards.for_whom),
            ("circumstances", &self.towards.context),
            ("against, or open", &self.towards.against),
            ("there already", &self.there),
        ] {
            for line in lines {
                table.push(vec![what.into(), line.as_str().into()]);
            }
        }
        ui.list(&table, &Json::Null);
    }
}

pub fn write(context: &Context, project: &mut Project, asked: &Asked) -> Result<Exit> {
    let done = act::write(project, asked)?;
    let (written, there) = (&done.answer.written, &done.answer.there);
    let labels = if written.is_empty() { String::new() } else { format!(" ({})", written.join(", ")) };
    let said = format!("wrote {}{labels}", counted(written.len(), "skeleton"));
    confirm(context, &done, &said, json!({ "written": written, "there": there }));
    if !there.is_empty() {
        context.ui.say(&format!("there already: {}", there.join(", ")));
    }
    if let Some(first) = written.first() {
        context.ui.say(&format!("word them: realist recommend edit {first} --action \"...\" --for-whom \"...\""));
    }
    Ok(Exit::Done)
}
