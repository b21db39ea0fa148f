//! Taking a codebook in: an outline becomes codes. What is not here is made, what says nothing yet is filled
//! in, and what says something else is shown. Taking it in twice changes nothing.

pub use super::matching::Meant;
use super::matching::{Match, matches};
use super::place::with_aliases;
use super::weigh::{Past, Verdict, weigh, weigh_one};
use super::{change, circle, look::in_words};
use crate::act::resolve;
use crate::codebook::{Code, Field, MAIN_BOOK, Outline, Outlined, Parent, Tree};
use crate::diagnostic::Result;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Done, Project};
use crate::text::words::fold;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is to be taken in, and how.
#[derive(Debug, Clone)]
pub struct Wish<'o> {
    pub outline: &'o Outline,
    pub meant: Meant,
    /// Where both sides say something, the file's word stands.
    pub replace: bool,
    /// The command, for the log.
    pub act: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Added,
    Changed,
    /// Both sides say something else; the project's word stands.
    Conflict,
    /// The file says what the project once said; nothing is done.
    Older,
    /// The file names something that is not here; that is left out.
    Unclear,
}

impl What {
    pub fn word(self) -> &'static str {
        match self {
            What::Added => "added",
            What::Changed => "changed",
            What::Conflict => "conflict",
            What::Older => "older",
            What::Unclear => "unclear",
        }
    }
}

/// One thing that was, or was not, done.
#[derive(Debug, Clone)]
pub struct News {
    pub what: What,
    /// Line of the file.
    pub line: usize,
    /// Label of the code.
    pub code: String,
    pub name: String,
    pub field: &'static str,
    pub here: String,
    pub there: String,
}

/// Takes an outline in, as one step to undo.
pub fn take_in(project: &mut Project, wish: &Wish) -> Result<Done<Vec<News>>> {
    project.write(wish.act, true, |batch| {
        let codes = batch.project().state().all::<Code>();
        let matches = matches(batch.project(), &codes, wish.outline, wish.meant);
        let mut taking = Taking { wish, ids: matches.iter().map(|found| found.id()).collect(), news: Vec::new() };
        let mut writes: Vec<(Match, Fields)> = Vec::new();
        for (at, (entry, found)) in wish.outline.entries.iter().zip(&matches).enumerate() {
            let fields = match found {
                Match::Here(id) => match codes.iter().find(|code| code.id == *id) {
                    Some(code) => taking.changed(batch.project(), entry, code),
                    None => continue,
                },
                Match::New(_) => taking.fresh(batch.project(), at, entry),
                Match::Twice(id) => {
                    taking.tell(
                        What::Unclear,
                        entry,
                        batch.project().label(*id),
                        "name",
                        [&entry.name, "another entry means the same code"],
                    );
                    continue;
                }
            };
            writes.push((*found, fields));
        }
        refuse_circles(&codes, &writes)?;
        for (found, fields) in writes {
            match found {
                Match::New(id) => {
                    let label = batch.create_as(Kind::Code, id, &fields).to_string();
                    taking.name_new(&id.to_string(), &label);
                }
                found => change(batch, found.id(), fields),
            }
        }
        Ok(taking.news)
    })
}

/// Nobody stands below themselves once this is written who did not before.
fn refuse_circles(codes: &[Code], writes: &[(Match, Fields)]) -> Result<()> {
    let mut after: BTreeMap<Id, Code> = codes.iter().map(|code| (code.id, code.clone())).collect();
    for (found, fields) in writes {
        let code = after.entry(found.id()).or_insert_with(|| Code::named(found.id(), ""));
        if let Some(parent) = fields.get("parent").and_then(Value::as_str) {
            code.parent = parent.parse().ok();
        }
    }
    let known = Tree::new(codes);
    let is_new = Tree::new(after.values()).circles().iter().any(|id| !known.circles().contains(id));
    if is_new { Err(circle()) } else { Ok(()) }
}

struct Taking<'w> {
    wish: &'w Wish<'w>,
    /// The code each entry means.
    ids: Vec<Id>,
    news: Vec<News>,
}

impl Taking<'_> {
    fn tell(&mut self, what: What, entry: &Outlined, code: String, field: &'static str, said: [&str; 2]) {
        let [there, here] = said.map(str::to_owned);
        self.news.push(News { what, line: entry.line, code, name: entry.name.clone(), field, here, there });
    }

    /// A new code was told of by its id: it has a label now.
    fn name_new(&mut self, id: &str, label: &str) {
        self.news.iter_mut().filter(|one| one.code == id).for_each(|one| label.clone_into(&mut one.code));
    }

    /// Fields of a code that is to be made.
    fn fresh(&mut self, project: &Project, at: usize, entry: &Outlined) -> Fields {
        let id = self.ids[at].to_string();
        self.tell(What::Added, entry, id.clone(), "", ["", ""]);
        let mut fields =
            Fields::from_iter([("name".to_owned(), entry.name.as_str().into()), ("book".to_owned(), MAIN_BOOK.into())]);
        if let Some(parent) = self.parent(project, entry, &id) {
            fields.insert("parent".to_owned(), parent.to_string().into());
        }
        for field in entry.said.keys() {
            let texts = self.looked_up(project, entry, *field, &id);
            if !texts.is_empty() {
                fields.insert(field.word().to_owned(), field.value(&texts));
            }
        }
        fields
    }

    /// What is to be set of a code that is here.
    fn changed(&mut self, project: &Project, entry: &Outlined, code: &Code) -> Fields {
        let (label, past) = (project.label(code.id), Past::of(project, code));
        let replace = self.wish.replace;
        let mut fields = Fields::new();
        let mut said: Vec<(&'static str, Vec<String>, Vec<String>, Verdict)> = Vec::new();
        let is_alias = code.aliases.iter().any(|alias| fold(alias) == fold(&entry.name));
        if !is_alias {
            let (here, there) = (vec![code.name.clone()], vec![entry.name.clone()]);
            let verdict = weigh_one("name", &here, &there, &past, replace);
            said.push(("name", here, there, verdict));
        }
        if let Some(parent) = self.parent(project, entry, &label) {
            let here: Vec<String> = code.parent.iter().map(ToString::to_string).collect();
            let there = vec![parent.to_string()];
            let verdict = weigh_one("parent", &here, &there, &past, replace);
            said.push(("parent", here, there, verdict));
        }
        // Which file a code lies in is the project's own affair.
        for field in entry.said.keys().filter(|field| **field != Field::Book) {
            let there = self.looked_up(project, entry, *field, &label);
            if !there.is_empty() {
                let verdict = weigh(*field, code, &there, &past, replace);
                said.push((field.word(), field.of(code), there, verdict));
            }
        }
        for (field, here, there, verdict) in said {
            let what = match verdict {
                Verdict::Same => continue,
                Verdict::Older => What::Older,
                Verdict::Dispute => What::Conflict,
                Verdict::Take(texts) => {
                    fields.insert(field.to_owned(), value(field, &texts));
                    What::Changed
                }
            };
            let shown = |texts: &[String]| in_words(project, &Value::from(texts.to_vec()));
            self.tell(what, entry, label.clone(), field, [&shown(&there), &shown(&here)]);
        }
        keep_old_name(&mut fields, code);
        fields
    }

    fn parent(&mut self, project: &Project, entry: &Outlined, code: &str) -> Option<Id> {
        match entry.parent.as_ref()? {
            Parent::Entry(at) => self.ids.get(*at).copied(),
            Parent::Named(typed) => self.code(project, typed).or_else(|| {
                self.tell(What::Unclear, entry, code.to_owned(), "parent", [typed, ""]);
                None
            }),
        }
    }

    fn code(&self, project: &Project, typed: &str) -> Option<Id> {
        let own = self.wish.outline.find(typed).and_then(|at| self.ids.get(at).copied());
        own.or_else(|| resolve::code_entry(project, typed).ok())
    }

    /// What a file says of a field, with codes and codings as ids; what is not here is told and left out.
    fn looked_up(&mut self, project: &Project, entry: &Outlined, field: Field, code: &str) -> Vec<String> {
        let texts = entry.texts(field).to_vec();
        let found: fn(&Self, &Project, &str) -> Option<Id> = match field {
            Field::MergedInto => Self::code,
            Field::Examples => |_, project, typed| coding(project, typed),
            _ => return texts,
        };
        let mut ids = Vec::new();
        for text in &texts {
            match found(self, project, text) {
                Some(id) => ids.push(id.to_string()),
                None => self.tell(What::Unclear, entry, code.to_owned(), field.word(), [text, ""]),
            }
        }
        ids
    }
}

fn value(field: &str, texts: &[String]) -> Value {
    match field.parse::<Field>() {
        Ok(field) => field.value(texts),
        Err(_) => texts.first().cloned().into(),
    }
}

/// A renamed code is found by its old name too.
fn keep_old_name(fields: &mut Fields, code: &Code) {
    let Some(name) = fields.get("name").and_then(Value::as_str) else { return };
    let taken = fields.get("aliases").map(Field::texts);
    let held = Code { aliases: taken.unwrap_or_else(|| code.aliases.clone()), ..code.clone() };
    let aliases = with_aliases(&held, name, [code.name.clone()]);
    fields.insert("aliases".to_owned(), aliases.into());
}

/// A coding that an example names: `CD3.gj (id)`, an id, or a label.
fn coding(project: &Project, typed: &str) -> Option<Id> {
    let in_brackets = typed.rsplit_once('(').map(|(_, id)| id.trim_end_matches(')'));
    let id = in_brackets.unwrap_or(typed).trim();
    let known = id.parse::<Id>().ok();
    let here =
        |id: &Id| project.state().entity(*id).is_some_and(|entity| entity.kind == Kind::Coding && entity.is_here());
    match known {
        Some(id) => Some(id).filter(here),
        None => resolve::find(project, Kind::Coding, typed).ok(),
    }
}
