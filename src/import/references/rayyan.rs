//! What Rayyan writes into the notes of a record: decisions, labels, reasons for exclusion, users' notes.
//!
//! `RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Excluded"} | RAYYAN-LABELS: a,b | USER-NOTES: {"Ann"=>["x"]}`
//! The decisions are counted; who made them is left out, for it is kept where everybody reads it.

use std::collections::BTreeMap;

/// Name of a value in a record, and the value.
pub type Said = (&'static str, String);

/// The parts of a note, and what of it is no part of Rayyan's; `None` where Rayyan wrote none of it.
pub fn parts(note: &str) -> Option<(Vec<Said>, Option<String>)> {
    if !note.contains("RAYYAN-") {
        return None;
    }
    let (mut said, mut rest) = (Vec::new(), Vec::new());
    for part in note.split(" | ").map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once(':').map(|(name, value)| (name.trim(), value.trim())) {
            Some(("RAYYAN-INCLUSION", value)) => said.push(("rayyan decision", decisions(value))),
            Some(("RAYYAN-LABELS", value)) => said.extend(list("rayyan label", value)),
            Some(("RAYYAN-EXCLUSION-REASONS", value)) => said.extend(list("rayyan exclusion reason", value)),
            Some(("USER-NOTES", value)) => {
                said.extend(
                    quoted(value).into_iter().filter(|(is_name, _)| !is_name).map(|(_, note)| ("rayyan note", note)),
                );
            }
            _ => rest.push(part),
        }
    }
    Some((said, (!rest.is_empty()).then(|| rest.join(" | "))))
}

fn list(name: &'static str, value: &str) -> impl Iterator<Item = Said> {
    value.split(',').map(str::trim).filter(|one| !one.is_empty()).map(move |one| (name, one.to_owned()))
}

/// `Excluded by 1, Included by 2`.
fn decisions(value: &str) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (is_name, decision) in quoted(value) {
        if !is_name {
            *counts.entry(decision).or_default() += 1;
        }
    }
    let each: Vec<String> = counts.into_iter().map(|(decision, count)| format!("{decision} by {count}")).collect();
    each.join(", ")
}

/// What stands in quotation marks, in order, and whether it is the name of who said what follows.
fn quoted(value: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('"') {
        let mut end = 0;
        let mut letters = after.char_indices();
        let mut text = String::new();
        while let Some((at, letter)) = letters.next() {
            end = at + letter.len_utf8();
            match letter {
                '\\' => text.extend(letters.next().map(|(_, escaped)| escaped)),
                '"' => break,
                _ => text.push(letter),
            }
        }
        rest = after.get(end..).unwrap_or_default();
        found.push((rest.trim_start().starts_with("=>"), text));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_counted_and_nobody_is_named() {
        let note = "RAYYAN-INCLUSION: {\"Ann\"=>\"Included\", \"Bo\"=>\"Excluded\", \"Cy\"=>\"Included\"} | \
            RAYYAN-LABELS: rural, cost | RAYYAN-EXCLUSION-REASONS: wrong outcome | USER-NOTES: {\"Ann\"=>[\"see \\\"fig\\\" 2\"]} | PMID: 12";
        let (said, rest) = parts(note).unwrap();
        let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(
            said,
            [
                ("rayyan decision", "Excluded by 1, Included by 2"),
                ("rayyan label", "rural"),
                ("rayyan label", "cost"),
                ("rayyan exclusion reason", "wrong outcome"),
                ("rayyan note", "see \"fig\" 2"),
            ]
        );
        assert_eq!(rest.as_deref(), Some("PMID: 12"));
        assert_eq!(parts("Cited By: 3"), None);
        assert!(parts("RAYYAN-INCLUSION: {\"Ann\\").is_some());
    }
}
