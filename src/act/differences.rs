//! Two settings files side by side, and taking single keys from one into the other. Pure: texts in,
//! texts out. Settings are edited by hand, so nobody but a person says which side is right.

use crate::diagnostic::{Result, did_you_mean, fault};
use std::collections::BTreeMap;
use toml_edit::{ArrayOfTables, DocumentMut, Item};

/// One key that differs: `title`, `thresholds.quotations`, `group.service_users`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub key: String,
    /// As TOML; `None` where the key is not there.
    pub ours: Option<String>,
    pub theirs: Option<String>,
}

/// What differs, by key.
pub fn differences(ours: &str, theirs: &str) -> Result<Vec<Difference>> {
    let (ours, theirs) = (leaves(ours)?, leaves(theirs)?);
    let keys: std::collections::BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    Ok(keys
        .into_iter()
        .filter(|key| ours.get(*key) != theirs.get(*key))
        .map(|key| Difference { key: key.clone(), ours: ours.get(key).cloned(), theirs: theirs.get(key).cloned() })
        .collect())
}

fn parse(text: &str) -> Result<DocumentMut> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        fault("bad-toml", format!("realist.toml cannot be read: {}", error.message()))
    })
}

/// Every setting by its dotted key. Format and identity are no settings.
fn leaves(text: &str) -> Result<BTreeMap<String, String>> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        fault("bad-toml", format!("realist.toml cannot be read: {}", error.message()))
    })?;
    let mut leaves = BTreeMap::new();
    for (key, value) in table.iter().filter(|(key, _)| !["format", "project"].contains(&key.as_str())) {
        match value {
            toml::Value::Table(inner) => {
                leaves.extend(inner.iter().map(|(name, value)| (format!("{key}.{name}"), value.to_string())));
            }
            toml::Value::Array(items) if items.iter().any(|item| entry_key(item).is_some()) => {
                let keyed = items.iter().filter_map(|item| Some((entry_key(item)?, item)));
                leaves.extend(keyed.map(|(name, item)| (format!("{key}.{name}"), item.to_string())));
            }
            other => {
                leaves.insert(key.clone(), other.to_string());
            }
        }
    }
    Ok(leaves)
}

/// `[[strand]]` and `[[group]]` are known by their `key`.
fn entry_key(item: &toml::Value) -> Option<&str> {
    item.as_table()?.get("key")?.as_str()
}

/// `ours` with the keys named as `theirs` has them. Comments stay.
pub fn take(ours: &str, theirs: &str, keys: &[String]) -> Result<String> {
    let differing = differences(ours, theirs)?;
    let (mut document, source) = (parse(ours)?, parse(theirs)?);
    for key in keys {
        if !differing.iter().any(|one| one.key == *key) {
            let near = did_you_mean(key, differing.iter().map(|one| one.key.as_str()));
            let all: Vec<&str> = differing.iter().map(|one| one.key.as_str()).collect();
            let fault = fault("unknown-key", format!("the settings do not differ in '{key}'"));
            let fault = near.first().into_iter().fold(fault, |fault, near| fault.hint(format!("did you mean {near}?")));
            return Err(fault.hint(format!(
                "they differ in: {}",
                if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
            )));
        }
        take_key(&mut document, &source, key);
    }
    Ok(document.to_string())
}

fn take_key(document: &mut DocumentMut, source: &DocumentMut, key: &str) {
    let Some((outer, inner)) = key.split_once('.') else {
        match source.get(key) {
            // The value alone: what stands around it on the line is ours.
            Some(item) => {
                document[key] = item.as_value().map_or_else(|| item.clone(), |value| toml_edit::value(value.clone()));
            }
            None => drop(document.remove(key)),
        }
        return;
    };
    let theirs = source.get(outer);
    if let Some(tables) = theirs.and_then(Item::as_array_of_tables) {
        take_entry(document, outer, inner, tables);
    } else if let Some(tables) = document.get_mut(outer).and_then(Item::as_array_of_tables_mut) {
        tables.retain(|table| table.get("key").and_then(Item::as_str) != Some(inner));
    } else if let Some(item) = theirs.and_then(|table| table.get(inner)) {
        document[outer].or_insert(toml_edit::table())[inner] = item.clone();
    } else if let Some(table) = document.get_mut(outer).and_then(Item::as_table_mut) {
        table.remove(inner);
    }
}

fn take_entry(document: &mut DocumentMut, outer: &str, key: &str, theirs: &ArrayOfTables) {
    let is_it = |table: &toml_edit::Table| table.get("key").and_then(Item::as_str) == Some(key);
    let wanted = theirs.iter().find(|table| is_it(table));
    let ours = document.entry(outer).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(ours) = ours.as_array_of_tables_mut() else { return };
    let there = ours.iter().position(is_it);
    match (there, wanted) {
        (Some(at), Some(wanted)) => {
            if let Some(table) = ours.get_mut(at) {
                for (name, item) in wanted {
                    table.insert(name, item.clone());
                }
                let gone: Vec<String> =
                    table.iter().map(|(name, _)| name.to_owned()).filter(|name| !wanted.contains_key(name)).collect();
                for name in gone {
                    table.remove(&name);
                }
            }
        }
        (None, Some(wanted)) => {
            let mut table = wanted.clone();
            table.set_position(None);
            ours.push(table);
        }
        (Some(at), None) => drop(ours.remove(at)),
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "format = 1\nproject = \"a\"\n# ours\ntitle = \"One\" # kept\nquestions = []\n\n[[group]]\nkey = \"gps\"\ntitle = \"GPs\"\n\n[thresholds]\nquotations = 3\n";
    const THEIRS: &str = "format = 1\nproject = \"a\"\ntitle = \"Two\"\nquestions = []\n\n[[group]]\nkey = \"gps\"\ntitle = \"General practitioners\"\n\n[[group]]\nkey = \"peers\"\ntitle = \"Peer workers\"\n\n[thresholds]\nquotations = 5\n";

    fn keys(ours: &str, theirs: &str) -> Vec<String> {
        differences(ours, theirs).unwrap().into_iter().map(|one| one.key).collect()
    }

    #[test]
    fn differences_are_named_key_by_key() {
        assert_eq!(keys(OURS, THEIRS), ["group.gps", "group.peers", "thresholds.quotations", "title"]);
        assert!(keys(OURS, OURS).is_empty());
    }

    #[test]
    fn taking_every_key_leaves_no_difference_and_keeps_comments() {
        let mut text = OURS.to_owned();
        for key in keys(OURS, THEIRS) {
            text = take(&text, THEIRS, std::slice::from_ref(&key)).unwrap();
        }
        assert!(keys(&text, THEIRS).is_empty(), "{text}");
        assert!(text.contains("# ours"));
        let mut back = THEIRS.to_owned();
        for key in keys(THEIRS, OURS) {
            back = take(&back, OURS, &[key]).unwrap();
        }
        assert!(keys(&back, OURS).is_empty(), "{back}");
    }

    #[test]
    fn a_key_that_does_not_differ_is_refused() {
        assert_eq!(take(OURS, THEIRS, &["questions".to_owned()]).unwrap_err().0.code, "unknown-key");
    }
}
