//! A facesheet on the screen, before it is taken in.

use super::shared::counted;
use crate::act::facesheet::Plan;
use crate::cli::Context;
use crate::table::Table;
use serde_json::json;

/// What a facesheet would set, a line a participant; then the rows that would be left out.
pub fn show(context: &Context, name: &str, plan: &Plan) {
    let (people, rows) = (counted(plan.people.len(), "participant"), counted(plan.rows, "row"));
    context.ui.heading(&format!("{name}: attributes of {people}, from {rows}"));
    let mut table =
        Table::with(&[("participant", "Participant"), ("joined", "Joined with it"), ("says", "Says"), ("new", "New")]);
    for person in &plan.people {
        let joined: Vec<&str> = person.joined.iter().map(|(_, label)| label.as_str()).collect();
        table.push(vec![
            person.label.as_str().into(),
            joined.join(", ").into(),
            person.told().into(),
            if person.changes() { "yes" } else { "no" }.into(),
        ]);
    }
    let people = plan.people.iter().map(|one| {
        let joined: Vec<&str> = one.joined.iter().map(|(_, label)| label.as_str()).collect();
        json!({ "participant": one.label, "joined": joined, "says": one.told(), "new": one.changes() })
    });
    let json = json!({
        "path": name,
        "as": crate::act::import::As::Attributes,
        "records": plan.rows,
        "columns": plan.columns.to_string(),
        "people": people.collect::<Vec<_>>(),
        "refused": plan.refused,
    });
    context.ui.list(&table, &json);
    for refused in &plan.refused {
        context.ui.say(&format!("row {} would be left out: {}", refused.row, refused.because));
    }
}
