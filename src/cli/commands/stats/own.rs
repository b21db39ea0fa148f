//! A project's own codings, as statistics take them: what is asked, and what is said of what was left out.

use super::output::{unread_left_out, warn};
use crate::act::agreement::{Aside, Compared, Wanted};
use crate::act::pass;
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use serde_json::{Value, json};

/// Codes and pass that are asked for. Faults: those of [`pass::compared_by_two`].
pub fn compared(project: &Project, codes: &[String], pass: Option<&String>) -> Result<Compared> {
    let wanted = Wanted { codes: codes.to_vec(), coders: Vec::new(), pass: pass.cloned() };
    pass::compared_by_two(project, &wanted)
}

/// Options that speak of a file, where there is none. Fault `not-of-project`.
pub fn refuse_of_file(given: &[(&str, bool)], instead: &str) -> Result<()> {
    let Some((option, _)) = given.iter().find(|(_, is_given)| *is_given) else { return Ok(()) };
    Err(fault("not-of-project", format!("{option} is for a FILE; none was named, so the project's own is compared"))
        .hint(format!("of a project: {instead}"))
        .hint("of a table: name the FILE, or - for standard input"))
}

/// Says what is compared and what was left out.
pub fn told(context: &Context, project: &Project, aside: &Aside, pass: Option<&String>, what: &str) {
    let documents = counted(aside.documents, "document");
    let which = if pass.is_some() { "of the pass" } else { "that two or more coders have coded" };
    context.ui.say(&what.replace("{documents}", &format!("{documents} {which}")));
    for label in pass::closed(project).into_iter().filter(|_| pass.is_none()) {
        context.ui.say(&format!("all codings as they are now; what was coded blind alone: --pass {label}"));
    }
    aside.notes.iter().for_each(|note| context.ui.say(note));
    unread_left_out(context, aside.unread);
    if aside.gone > 0 {
        let units = counted(aside.gone, "unit");
        warn(context, "units-gone", format!("{units} left out: their words were destroyed; they are missing, not \"no\""));
    }
    if aside.left_out > 0 {
        let codings = counted(aside.left_out, "coding");
        warn(
            context,
            "codings-left-out",
            format!("{codings} left out: they stand on a former text, or it is not on this computer"),
        );
    }
}

/// Adds what was left out to an answer.
pub fn with_aside(mut answer: Value, aside: &Aside) -> Value {
    let said = json!({
        "units_gone": aside.gone, "codings_left_out": aside.left_out, "unread": aside.unread, "notes": aside.notes,
    });
    if let (Value::Object(answer), Value::Object(said)) = (&mut answer, said) {
        answer.extend(said);
    }
    answer
}
