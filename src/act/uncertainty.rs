//! Uncertainties: what a meeting must settle, and how stakeholders rate it.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use crate::uncertainty::{Choice, Consideration, Criterion, Uncertainty, UncertaintyStatus, Weighed};
use serde_json::json;

/// An uncertainty as a person describes it; `None` and empty lists leave a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub text: Option<String>,
    pub plain: Option<String>,
    pub why: Option<String>,
    pub unknown: Option<String>,
    pub component: Option<String>,
    pub hypotheses: Vec<String>,
    /// `A: every team has one | the manual describes the role | a post in each team | areas without peers`.
    pub options: Vec<String>,
    pub status: Option<UncertaintyStatus>,
    pub place: Option<u32>,
    pub minutes: Option<u32>,
    pub introduced_by: Option<String>,
}

/// Reads `A: text | consequence | what it needs | for whom it may not work`; the last three may be missing or empty.
pub fn choice(typed: &str) -> Result<Choice> {
    let (key, rest) = typed.split_once(':').ok_or_else(|| {
        fault("bad-option", format!("'{typed}' is no option"))
            .hint("write it as  A: what is done | what the manual would say | what it needs | for whom it may not work")
    })?;
    let mut parts = rest.splitn(4, '|').map(str::trim);
    let text = parts.next().unwrap_or_default().to_owned();
    // Dots stand where a command that was proposed is to be filled in.
    let mut said = || parts.next().filter(|part| !part.is_empty() && *part != "...").map(str::to_owned);
    Ok(Choice { key: key.trim().to_owned(), text, consequence: said(), needs: said(), not_for: said() })
}

fn fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let component = entry.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    let mut fields = Batch::fields(json!({
        "text": entry.text,
        "plain": entry.plain,
        "why": entry.why,
        "unknown": entry.unknown,
        "component": component,
        "status": entry.status,
        "place": entry.place,
        "minutes": entry.minutes,
        "introduced_by": entry.introduced_by,
    }));
    if !entry.hypotheses.is_empty() {
        let ids = entry.hypotheses.iter().map(|typed| resolve::find(project, Kind::Hypothesis, typed));
        fields.insert("hypotheses".to_owned(), json!(ids.collect::<Result<Vec<Id>>>()?));
    }
    if !entry.options.is_empty() {
        let options = entry.options.iter().map(|typed| choice(typed)).collect::<Result<Vec<Choice>>>()?;
        let mut keys: Vec<&str> = options.iter().map(|one| one.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() != options.len() {
            return Err(fault("option-twice", "two options have one letter"));
        }
        fields.insert("options".to_owned(), json!(options));
    }
    Ok(fields)
}

pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("uncertainty add", true, |batch| {
        if entry.text.as_deref().is_none_or(|text| text.trim().is_empty()) {
            return Err(fault("no-text", "what is to be settled? an uncertainty is one answerable sentence"));
        }
        let fields = fields(batch.project(), entry)?;
        Ok(batch.create(Kind::Uncertainty, &fields).1.to_string())
    })
}

pub fn edit(project: &mut Project, uncertainty: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("uncertainty edit", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Uncertainty, uncertainty)?;
        let fields = fields(batch.project(), entry)?;
        batch.set(Kind::Uncertainty, id, &fields);
        Ok(batch.project().label(id))
    })
}

/// Sets the order of the agenda: places 1, 2, … as listed.
pub fn order(project: &mut Project, uncertainties: &[String]) -> Result<Done<Vec<String>>> {
    project.write("uncertainty order", true, |batch| {
        let mut labels = Vec::new();
        for (place, typed) in uncertainties.iter().enumerate() {
            let id = resolve::find(batch.project(), Kind::Uncertainty, typed)?;
            batch.set(Kind::Uncertainty, id, &Batch::fields(json!({ "place": place + 1 })));
            labels.push(batch.project().label(id));
        }
        Ok(labels)
    })
}

/// Puts down what people judged of one consideration; what was put down before stays in the journal.
///
/// Faults: `why-needed`, and those of finding an uncertainty.
pub fn weigh(
    project: &mut Project,
    uncertainty: &str,
    consideration: Consideration,
    (judgement, why, also): (&str, &str, Option<&str>),
) -> Result<Done<String>> {
    project.write("uncertainty weigh", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Uncertainty, uncertainty)?;
        if judgement.trim().is_empty() || why.trim().is_empty() {
            let what = consideration.title().to_lowercase();
            return Err(fault(
                "why-needed",
                format!("what was judged of {what}, and why? each judgement has its reason"),
            )
            .hint("add --why \"...\""));
        }
        let weighed = Weighed {
            judgement: judgement.trim().to_owned(),
            why: why.trim().to_owned(),
            also: also.map(str::trim).filter(|also| !also.is_empty()).map(str::to_owned),
            by: batch.coder().to_owned(),
        };
        batch.set(Kind::Uncertainty, id, &Fields::from_iter([(format!("weighed:{consideration}"), json!(weighed))]));
        Ok(batch.project().label(id))
    })
}

/// One stakeholder's rating as a person gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingRow {
    pub uncertainty: String,
    pub criterion: Criterion,
    pub group: String,
    pub rater: String,
    pub value: f64,
}

/// Takes ratings in: all, or none. A rater's later rating replaces the earlier; the journal keeps both.
pub fn rate(project: &mut Project, rows: &[RatingRow]) -> Result<Done<usize>> {
    project.write("uncertainty rate", true, |batch| {
        let mut by_id: std::collections::BTreeMap<Id, Fields> = std::collections::BTreeMap::new();
        let mut changed = 0;
        for (number, row) in rows.iter().enumerate() {
            let at = |fault: crate::diagnostic::Fault| {
                if rows.len() > 1 { fault.hint(format!("row {}: nothing was recorded", number + 1)) } else { fault }
            };
            let id = resolve::find(batch.project(), Kind::Uncertainty, &row.uncertainty).map_err(at)?;
            let group = resolve::group(batch.project(), &row.group).map_err(at)?;
            if ![0.0, 0.5, 1.0].contains(&row.value) {
                return Err(at(
                    fault("bad-rating", format!("{} is no rating", row.value)).hint("a rating is 0, 0.5 or 1")
                ));
            }
            if row.rater.is_empty() || row.rater.contains(char::is_whitespace) {
                return Err(at(fault("bad-rater", format!("'{}' cannot name a rater", row.rater))
                    .hint("use a token such as su1, never a name")));
            }
            let held: Uncertainty = resolve::read(batch.project(), id)?;
            let same = held.ratings.iter().any(|one| {
                one.criterion == row.criterion
                    && one.group == group
                    && one.rater == row.rater
                    && (one.value - row.value).abs() < 1e-9
            });
            if !same {
                changed += 1;
                by_id
                    .entry(id)
                    .or_default()
                    .insert(format!("rating:{}:{group}:{}", row.criterion, row.rater), json!(row.value));
            }
        }
        for (id, fields) in by_id {
            batch.set(Kind::Uncertainty, id, &fields);
        }
        Ok(changed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_says_what_it_needs_and_for_whom_it_may_not_work() {
        let said = |typed: &str| {
            let one = choice(typed).unwrap();
            [Some(one.key), Some(one.text), one.consequence, one.needs, one.not_for].map(Option::unwrap_or_default)
        };
        assert_eq!(
            said("A: Yes | Notes are open | a lock | minors"),
            ["A", "Yes", "Notes are open", "a lock", "minors"]
        );
        assert_eq!(said("B: No | | | minors | and others"), ["B", "No", "", "", "minors | and others"]);
        assert_eq!(said("C: Wait"), ["C", "Wait", "", "", ""]);
        assert!(choice("D").is_err());
    }
}
