//! What a round asks, from what a person typed: things by their labels, or sentences.

use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind, Label};
use crate::project::Project;
use crate::round::{Explained, Item, Way};
use crate::text::words::on_one_line;
use crate::theory::Component;
use crate::uncertainty::{Choice, Uncertainty};

/// All of them, with keys `q1`, `q2`, … Faults: `no-items`, `no-options`, `unknown-option`.
pub fn all(project: &Project, way: Way, typed: &[String]) -> Result<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    for one in typed {
        for item in of(project, way, one.trim())? {
            if !items.iter().any(|held| held.text == item.text && held.option == item.option) {
                items.push(Item { key: format!("q{}", items.len() + 1), ..item });
            }
        }
    }
    match items.len() {
        0 => Err(fault("no-items", "what is the panel asked?")
            .hint("name uncertainties, statements or components: --item U1.gj; or a sentence: --item \"...\"")),
        1 if matches!(way, Way::Rank | Way::Ngt) => {
            Err(fault("no-items", format!("a round by {way} sets two items or more against each other"))
                .hint("add another: --item \"...\"; all options of an uncertainty: --item 'U1.gj/*'"))
        }
        _ => Ok(items),
    }
}

fn of(project: &Project, way: Way, typed: &str) -> Result<Vec<Item>> {
    let (head, option) = match typed.split_once('/') {
        Some((head, option)) if head.trim().parse::<Label>().is_ok() => (head.trim(), Some(option.trim())),
        _ => (typed, None),
    };
    let Ok(label) = head.parse::<Label>() else { return Ok(sentence(way, typed).into_iter().collect()) };
    let id = resolve::find(project, label.kind, head)?;
    match label.kind {
        Kind::Uncertainty => uncertainty(way, &resolve::read(project, id)?, head, option),
        Kind::Hypothesis => {
            let held: Hypothesis = resolve::read(project, id)?;
            let parts = || held.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("; ");
            Ok(vec![whole(way, id, &held.statement.clone().unwrap_or_else(parts))])
        }
        Kind::Component => {
            let held: Component = resolve::read(project, id)?;
            let said = held.description.map_or_else(|| held.name.clone(), |said| format!("{}: {said}", held.name));
            Ok(vec![whole(way, id, &said)])
        }
        other => Err(fault("no-item", format!("a panel is not asked about a {other}"))
            .hint("about an uncertainty, a statement, a component, or a sentence")),
    }
}

fn sentence(way: Way, typed: &str) -> Option<Item> {
    let text = on_one_line(typed);
    (!text.is_empty()).then(|| Item {
        key: String::new(),
        text,
        about: None,
        option: None,
        choices: yes_or_no(way),
        explained: None,
    })
}

fn whole(way: Way, about: Id, text: &str) -> Item {
    Item {
        key: String::new(),
        text: on_one_line(text),
        about: Some(about),
        option: None,
        choices: yes_or_no(way),
        explained: None,
    }
}

fn yes_or_no(way: Way) -> Vec<Choice> {
    let choice = |key: &str| Choice { key: key.to_lowercase(), text: key.to_owned(), ..Choice::default() };
    if way == Way::Percent { ["Yes", "No"].map(choice).to_vec() } else { Vec::new() }
}

fn uncertainty(way: Way, held: &Uncertainty, label: &str, option: Option<&str>) -> Result<Vec<Item>> {
    let bare = || Item {
        key: String::new(),
        text: held.text.clone(),
        about: Some(held.id),
        option: None,
        choices: Vec::new(),
        explained: None,
    };
    let of_option = |choice: &Choice| Item {
        text: format!("{} ({}: {})", held.text, choice.key, choice.text),
        option: Some(choice.key.clone()),
        choices: yes_or_no(way),
        ..bare()
    };
    match option {
        Some("*") if held.options.is_empty() => Err(no_options(label)),
        Some("*") => Ok(held.options.iter().map(of_option).collect()),
        Some(key) => match held.options.iter().find(|choice| choice.key.eq_ignore_ascii_case(key)) {
            Some(choice) => Ok(vec![of_option(choice)]),
            None => {
                let keys: Vec<&str> = held.options.iter().map(|choice| choice.key.as_str()).collect();
                Err(fault("unknown-option", format!("{label} has no option {key}"))
                    .hint(format!("its options are: {}", keys.join(", "))))
            }
        },
        None if way == Way::Percent && held.options.len() < 2 => Err(no_options(label)),
        None if way == Way::Percent => Ok(vec![Item { choices: held.options.clone(), ..bare() }]),
        // Each option is rated, or consented to, on its own.
        None if matches!(way, Way::Ram | Way::Delphi | Way::Consent) && !held.options.is_empty() => {
            Ok(held.options.iter().map(of_option).collect())
        }
        None => Ok(vec![bare()]),
    }
}

/// What an item is explained by, as the uncertainty stands now.
pub fn explained(project: &Project, item: &Item) -> Explained {
    let about = item.about.and_then(|id| project.state().get::<Uncertainty>(id));
    let option =
        about.as_ref().and_then(|one| one.options.iter().find(|option| Some(&option.key) == item.option.as_ref()));
    let follows = option.and_then(|option| option.consequence.clone());
    Explained { plain: about.as_ref().and_then(|one| one.plain.clone()), follows }
}

fn no_options(label: &str) -> crate::diagnostic::Fault {
    fault("no-options", format!("{label} has no options to choose from"))
        .hint(format!("realist uncertainty edit {label} --option \"A: ...\" --option \"B: ...\""))
}
