//! References on the screen: a library before it is taken in, one reference in full.

use super::shared::{counted, excerpt};
use crate::cli::Context;
use crate::import::references::Library;
use crate::reference::Reference;
use crate::table::Table;
use serde_json::json;

/// References shown of a library; all of them in JSON.
const SHOWN: usize = 12;

/// What a library would make, a line a reference.
pub fn show(context: &Context, name: &str, library: &Library) {
    let references: Vec<_> = library.references().collect();
    context.ui.heading(&format!("{name}: {}, {}", library.about.title, counted(references.len(), "reference")));
    let mut table = Table::with(&[("n", "#"), ("citation", "Cited as"), ("title", "Title"), ("journal", "In")]);
    for (record, reference) in references.iter().take(SHOWN) {
        let short = |text: &Option<String>, letters| text.as_deref().map(|text| excerpt(text, letters));
        table.push(vec![
            record.number.into(),
            reference.citation().into(),
            short(&reference.title, 70).into(),
            short(&reference.journal, 30).into(),
        ]);
    }
    let all = references
        .iter()
        .map(|(record, reference)| json!({ "n": record.number, "line": record.line, "reference": reference }));
    let json = json!({ "path": name, "as": crate::act::import::As::References, "format": library.about.format, "records": references.len(), "codings": library.about.coded.as_ref().map(|coded| coded.codings.len()), "references": all.collect::<Vec<_>>() });
    context.ui.list(&table, &json);
    if references.len() > SHOWN {
        context.ui.say(&format!("and {} more", references.len() - SHOWN));
    }
    if let Some(coded) = &library.about.coded {
        let (codings, notes) = (counted(coded.codings.len(), "coding"), counted(coded.remarks.len(), "note"));
        context.ui.say(&format!("with {codings} of {} and {notes}", counted(coded.codes.len(), "code")));
    }
}

/// Every field of a reference, a line each.
pub fn lines(reference: &Reference) -> Vec<(String, String)> {
    let people =
        |names: &[crate::reference::Name]| names.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let year = reference.year.map(|year| year.to_string());
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let mut lines = vec![
        ("title".to_owned(), text(&reference.title)),
        ("authors".to_owned(), people(&reference.authors)),
        ("editors".to_owned(), people(&reference.editors)),
        ("year".to_owned(), text(&year)),
        ("kind of work".to_owned(), reference.kind.word().to_owned()),
        ("in".to_owned(), text(&reference.journal)),
        ("volume".to_owned(), text(&reference.volume)),
        ("issue".to_owned(), text(&reference.issue)),
        ("pages".to_owned(), text(&reference.pages)),
        ("doi".to_owned(), text(&reference.doi)),
        ("pmid".to_owned(), text(&reference.pmid)),
        ("issn".to_owned(), reference.issn.join("; ")),
        ("language".to_owned(), text(&reference.language)),
        ("url".to_owned(), reference.urls.join(" ")),
        ("keywords".to_owned(), reference.keywords.join("; ")),
        ("abstract".to_owned(), text(&reference.summary)),
    ];
    lines.extend(reference.other.iter().map(|(name, values)| (name.clone(), values.join("; "))));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}
