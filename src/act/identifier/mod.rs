//! The project's list of identifiers: what no file that is written may hold. The words are sealed; the journal says
//! only that there is one more.

pub mod known;
pub mod permit;

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::identifier::{Identifier, Identifies, KeptFrom, Permit, Spellings};
use crate::privacy::letters::letters;
use crate::privacy::lookout::is_enough;
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// What is said of an identifier; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The first is what it is called by; empty leaves them.
    pub spellings: Vec<String>,
    pub kind: Option<Identifies>,
    pub kept_from: Option<KeptFrom>,
    pub only_capital: Option<bool>,
    /// What reports say in its place; an empty text takes it away.
    pub instead: Option<String>,
}

/// What became of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: String,
    pub name: String,
    /// It was listed before, and is now as said.
    pub was_there: bool,
}

/// Lists identifiers; one that is listed under any of its spellings is changed, and spellings come to those it has.
///
/// Faults: `too-short`, `own-stand-in`.
pub fn add(project: &mut Project, entries: &[Entry]) -> Result<Done<Vec<Listed>>> {
    project.write("identifier add", true, |batch| {
        let mut held = all(batch.project());
        let mut listed = Vec::new();
        for entry in entries {
            let name = entry.spellings.first().map(|name| name.trim()).unwrap_or_default();
            refuse_short(entry)?;
            let there = held.iter_mut().find(|(_, words)| entry.spellings.iter().any(|one| is_spelt(words, one)));
            let Some((identifier, words)) = there else {
                let words = told(Spellings::default(), entry)?;
                let sealed = batch.seal(&json!(words))?;
                let mut fields = plain(entry);
                fields.insert("words".to_owned(), json!(sealed));
                let (id, label) = batch.create(Kind::Identifier, &fields);
                let kind = entry.kind.unwrap_or(Identifies::Person);
                let kept_from = entry.kept_from.unwrap_or(KeptFrom::All);
                held.push((Identifier { id, kind, kept_from, only_capital: false, words: sealed }, words));
                listed.push(Listed { id: label.to_string(), name: name.to_owned(), was_there: false });
                continue;
            };
            *words = change(batch, identifier, words, entry)?;
            let id = batch.project().state().label_of(identifier.id).map(|label| label.to_string());
            listed.push(Listed { id: id.unwrap_or_default(), name: words.spellings[0].clone(), was_there: true });
        }
        Ok(listed)
    })
}

/// Changes one that is listed.
pub fn set(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<Listed>> {
    project.write("identifier set", true, |batch| {
        refuse_short(&Entry { spellings: entry.spellings.clone(), ..Entry::default() })
            .or_else(|fault| if entry.spellings.is_empty() { Ok(()) } else { Err(fault) })?;
        let id = find(batch.project(), typed)?;
        let identifier: Identifier = resolve::read(batch.project(), id)?;
        let words = spellings(batch.project(), &identifier).ok_or_else(|| {
            fault("text-missing", format!("the words of {} are not on this computer", batch.project().label(id)))
                .hint("take in the copy that has them: realist merge FOLDER")
        })?;
        let words = change(batch, &identifier, &words, entry)?;
        Ok(Listed { id: batch.project().label(id), name: words.spellings[0].clone(), was_there: true })
    })
}

/// Takes identifiers off the list, or leaves that were given for one.
pub fn remove(project: &mut Project, all: &[String]) -> Result<Done<Vec<String>>> {
    project.write("identifier remove", true, |batch| {
        let mut labels = Vec::new();
        for typed in all {
            let project = batch.project();
            let (kind, id) = match resolve::find(project, Kind::Permit, typed) {
                Ok(id) => (Kind::Permit, id),
                Err(_) => (Kind::Identifier, find(project, typed)?),
            };
            labels.push(project.label(id));
            batch.remove(kind, id, "removed");
            let leaves = project.state().all::<Permit>().into_iter().filter(|one| one.about == id);
            leaves.for_each(|one| batch.remove(Kind::Permit, one.id, "what it was for is off the list"));
        }
        Ok(labels)
    })
}

/// An identifier by its label, or by one of its spellings.
pub fn find(project: &Project, typed: &str) -> Result<Id> {
    let by_name = all(project).into_iter().find(|(_, words)| is_spelt(words, typed)).map(|(one, _)| one.id);
    by_name.map_or_else(|| resolve::find(project, Kind::Identifier, typed), Ok)
}

/// The list with its words, as far as they are on this computer.
pub fn all(project: &Project) -> Vec<(Identifier, Spellings)> {
    let listed = project.state().in_order::<Identifier>().into_iter();
    listed.filter_map(|one| spellings(project, &one).map(|words| (one, words))).collect()
}

/// How many of the list have their words elsewhere.
pub fn unknown(project: &Project) -> usize {
    project.state().all::<Identifier>().iter().filter(|one| spellings(project, one).is_none()).count()
}

fn spellings(project: &Project, identifier: &Identifier) -> Option<Spellings> {
    let words: Spellings = serde_json::from_value(project.unseal(&identifier.words)?).ok()?;
    (!words.spellings.is_empty()).then_some(words)
}

/// The same letters, however they are dressed.
fn is_spelt(words: &Spellings, typed: &str) -> bool {
    let plain = |text: &str| letters(text).iter().map(|one| one.folded).collect::<String>();
    words.spellings.iter().any(|one| plain(one) == plain(typed))
}

fn change(batch: &mut Batch, held: &Identifier, words: &Spellings, entry: &Entry) -> Result<Spellings> {
    let new = told(words.clone(), entry)?;
    let mut fields = plain(entry);
    fields.retain(|key, value| match key.as_str() {
        "kind" => *value != json!(held.kind),
        "kept_from" => *value != json!(held.kept_from),
        _ => *value != json!(held.only_capital),
    });
    if new != *words {
        fields.insert("words".to_owned(), json!(batch.seal(&json!(new))?));
    }
    batch.set(Kind::Identifier, held.id, &fields);
    Ok(new)
}

/// What may stand in the journal.
fn plain(entry: &Entry) -> Fields {
    Batch::fields(json!({
        "kind": entry.kind, "kept_from": entry.kept_from, "only_capital": entry.only_capital,
    }))
}

/// What is known of the words, with what is now said of them.
fn told(mut words: Spellings, entry: &Entry) -> Result<Spellings> {
    for one in &entry.spellings {
        let one = crate::text::words::on_one_line(one);
        if !one.is_empty() && !words.spellings.contains(&one) {
            words.spellings.push(one);
        }
    }
    if let Some(instead) = &entry.instead {
        words.instead = bracketed(instead);
    }
    if let Some(instead) = &words.instead
        && words.spellings.iter().any(|one| known::stands_in(instead, one))
    {
        return Err(fault("own-stand-in", "what is to stand in its place holds the identifier itself")
            .hint("say what it is instead: --instead \"a town in the north\""));
    }
    Ok(words)
}

/// `[a town]`: readers see that a word was put in.
fn bracketed(instead: &str) -> Option<String> {
    let bare = instead.trim().trim_start_matches('[').trim_end_matches(']').trim();
    (!bare.is_empty()).then(|| format!("[{bare}]"))
}

fn refuse_short(entry: &Entry) -> Result<()> {
    let short = entry.spellings.iter().find(|one| !is_enough(one));
    if short.is_some() || entry.spellings.is_empty() {
        return Err(fault("too-short", "an identifier has two letters or digits at the least")
            .hint("a single letter is met everywhere; list the name it stands for"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
