//! A codebook outside a project: what a file of another program, a table or a ready codebook says. Nothing
//! in it is looked up yet: a parent may be a name, an example a label.

use super::Field;
use super::tree::BELOW;
use crate::id::Id;
use crate::text::words::{fold, on_one_line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Codes in the order of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    pub entries: Vec<Outlined>,
}

/// One code as a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlined {
    /// Where it stands in its file, from 1.
    pub line: usize,
    pub id: Option<Id>,
    pub name: String,
    pub parent: Option<Parent>,
    /// What the file says, each as [`Field::normal`] leaves it; a field that is not here the file does not
    /// speak of.
    pub said: BTreeMap<Field, Vec<String>>,
}

/// What a code stands below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parent {
    /// Another entry, by its place in the outline.
    Entry(usize),
    /// An id, a path or a name.
    Named(String),
}

impl Outlined {
    pub fn new(line: usize, name: &str) -> Self {
        let name = on_one_line(name);
        Outlined { line, id: None, name, parent: None, said: BTreeMap::new() }
    }

    /// Adds what a file says of a field; the error says what is wrong with it.
    pub fn say(&mut self, field: Field, texts: &[String]) -> Result<(), String> {
        let mut all = self.said.get(&field).cloned().unwrap_or_default();
        all.extend_from_slice(texts);
        let all = field.normal(&all)?;
        if !all.is_empty() {
            self.said.insert(field, all);
        }
        Ok(())
    }

    /// Adds what a TOML table says; gives what is wrong with it.
    pub fn say_all(&mut self, table: &toml::Table) -> Vec<String> {
        let said = Field::ALL.iter().filter_map(|field| Some((*field, table.get(field.word())?)));
        said.filter_map(|(field, value)| {
            let texts = serde_json::to_value(value).map(|value| Field::texts(&value)).unwrap_or_default();
            self.say(field, &texts).err()
        })
        .collect()
    }

    pub fn texts(&self, field: Field) -> &[String] {
        self.said.get(&field).map_or(&[], Vec::as_slice)
    }
}

impl Outline {
    /// The entry a text means: by id, by path, or by a name that only one has.
    pub fn find(&self, text: &str) -> Option<usize> {
        Places::of(self).find(text)
    }

    /// Names from the top down to an entry, as far as the file tells: `Relationship > Trust`.
    pub fn path(&self, entry: usize) -> String {
        let mut names = Vec::new();
        let mut at = Some(entry);
        while let Some(entry) = at.and_then(|at| self.entries.get(at)).filter(|_| names.len() <= self.entries.len()) {
            names.push(entry.name.clone());
            at = match &entry.parent {
                Some(Parent::Entry(above)) => Some(*above),
                Some(Parent::Named(above)) => {
                    names.push(above.clone());
                    None
                }
                None => None,
            };
        }
        names.reverse();
        names.join(BELOW)
    }

    /// What each entry stands below, written so that [`Outline::find`] finds it again: a path, or an id.
    pub fn parents(&self) -> Vec<Option<String>> {
        let places = Places::of(self);
        let call = |at: usize| {
            let path = self.path(at);
            match self.entries.get(at).and_then(|one| one.id) {
                Some(id) if places.find(&path) != Some(at) => id.to_string(),
                _ => path,
            }
        };
        let parent = |entry: &Outlined| match entry.parent.as_ref()? {
            Parent::Entry(at) => Some(call(*at)),
            Parent::Named(text) => Some(text.clone()),
        };
        self.entries.iter().map(parent).collect()
    }

    /// Finds the parents that are named among the entries themselves; the rest stay named.
    pub fn settle_parents(&mut self) {
        // A path is known once those above it are: the tree settles a level at a time.
        for _ in 0..=self.entries.len() {
            let places = Places::of(self);
            let found: Vec<(usize, usize)> = self
                .entries
                .iter()
                .enumerate()
                .filter_map(|(at, entry)| {
                    let Some(Parent::Named(text)) = &entry.parent else { return None };
                    places.find(text).filter(|above| *above != at).map(|above| (at, above))
                })
                .collect();
            if found.is_empty() {
                return;
            }
            for (at, above) in found {
                self.entries[at].parent = Some(Parent::Entry(above));
            }
        }
    }
}

/// Entries by id, path and name; `None` where several share one.
struct Places {
    ids: BTreeMap<String, usize>,
    paths: BTreeMap<String, Option<usize>>,
    names: BTreeMap<String, Option<usize>>,
}

impl Places {
    fn of(outline: &Outline) -> Self {
        let mut places = Places { ids: BTreeMap::new(), paths: BTreeMap::new(), names: BTreeMap::new() };
        for (at, entry) in outline.entries.iter().enumerate() {
            places.ids.extend(entry.id.map(|id| (id.to_string(), at)));
            let is_settled = !matches!(entry.parent, Some(Parent::Named(_)));
            if is_settled {
                only(&mut places.paths, fold(&outline.path(at)), at);
            }
            only(&mut places.names, fold(&entry.name), at);
        }
        places
    }

    fn find(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        if let Ok(id) = text.parse::<Id>() {
            return self.ids.get(&id.to_string()).copied();
        }
        let wanted = fold(text);
        let by_path = self.paths.get(&wanted).copied().flatten();
        by_path.or_else(|| self.names.get(&wanted).copied().flatten())
    }
}

fn only(map: &mut BTreeMap<String, Option<usize>>, key: String, at: usize) {
    map.entry(key).and_modify(|one| *one = None).or_insert(Some(at));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, parent: &str) -> Outlined {
        let parent = (!parent.is_empty()).then(|| Parent::Named(parent.to_owned()));
        Outlined { parent, ..Outlined::new(1, name) }
    }

    #[test]
    fn parents_are_found_by_path_name_and_id() {
        let id = Id::from_bytes([7; 16]);
        let mut outline = Outline {
            entries: vec![
                named("Trust", "A > B"),
                named("B", "A"),
                Outlined { id: Some(id), ..named("A", "") },
                named("B", ""),
                named("deep", "trust"),
                named("by id", &id.to_string()),
                named("self", "self"),
                named("stray", "nowhere"),
            ],
        };
        outline.settle_parents();
        let paths: Vec<String> = (0..outline.entries.len()).map(|at| outline.path(at)).collect();
        assert_eq!(
            paths,
            ["A > B > Trust", "A > B", "A", "B", "A > B > Trust > deep", "A > by id", "self > self", "nowhere > stray"]
        );
        assert_eq!(outline.find("a > b"), Some(1));
        assert_eq!(outline.find("b"), Some(3), "a path before a name");
        assert_eq!(outline.find("deep"), Some(4));
    }
}
