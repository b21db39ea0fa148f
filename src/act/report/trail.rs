//! The life of a statement, read from the journal: what was done to it, to its links and to what bears on it, by acts that
//! nobody took back.

mod grown;

use super::WITHHELD;
use super::names::Names;
use crate::act::programme::versions;
use crate::act::{anchor, resolve};
use crate::check::typed::print;
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::evidence::Evidence;
use crate::history::{Entity, Fields, Place, Stored, Write};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::link::Link;
use crate::memo::{Access, Memo};
use crate::participant::Audience;
use crate::project::{Lookup, Project};
use crate::report::trail::{Event, Trail, What};
use crate::synthesis::Synthesis;
use crate::uncertainty::Uncertainty;
use grown::Grown;
use serde_json::Value;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The statements named, else all that live, in the order of their labels. Faults: those of finding statements.
pub(super) fn gather(
    project: &Project,
    synthesis: &Synthesis,
    named: &[String],
    (audience, names): (Audience, &Names),
) -> Result<Vec<Trail>> {
    let mut ids =
        named.iter().map(|typed| resolve::find(project, Kind::Hypothesis, typed)).collect::<Result<Vec<Id>>>()?;
    if ids.is_empty() {
        ids = synthesis.living_hypotheses().map(|one| one.id).collect();
        crate::report::cmo::in_label_order(synthesis, &mut ids);
    }
    let repeated = synthesis.participants.values().flat_map(|one| &one.repeated);
    let withheld = if audience == Audience::Team {
        BTreeSet::new()
    } else {
        repeated.map(|one| (one.id, one.print.clone())).collect()
    };
    let versions = versions(project);
    let held = versions.iter().map(|version| {
        let listed = version.programme.listed().map(|(id, _)| id).collect();
        (version.id, version.name.clone(), listed)
    });
    let notes = if audience == Audience::Team { Vec::new() } else { super::memos::gather(project)? };
    let held_back = notes.iter().filter(|note| note.repeats).map(|note| note.memo).collect();
    let lookup = (audience == Audience::Team).then(|| project.lookup());
    let teller = Teller { project, synthesis, audience, names, withheld, lookup, held_back, versions: held.collect() };
    Ok(ids.into_iter().map(|id| teller.tell(id)).collect())
}

struct Teller<'t> {
    project: &'t Project,
    synthesis: &'t Synthesis,
    audience: Audience,
    names: &'t Names,
    /// Sentences that a withdrawal found to repeat somebody's words.
    withheld: BTreeSet<(Id, String)>,
    /// For telling the team where a passage is.
    lookup: Option<Lookup>,
    /// Memos for the supplement that repeat a transcript.
    held_back: BTreeSet<Id>,
    /// Versions of the theory: id, name, what they list.
    versions: Vec<(Id, String, BTreeSet<Id>)>,
}

/// Something that happened, before it is put into words for its readers.
struct Said {
    op: Rc<Place>,
    what: What,
    says: String,
    why: Option<String>,
}

impl Teller<'_> {
    fn tell(&self, id: Id) -> Trail {
        let mut said = self.own(id);
        said.extend(self.links(id));
        let mut grown = Grown::of(self.project, self.synthesis, id);
        said.extend(grown.told(self));
        said.extend(self.settled(id));
        said.extend(self.memos(id));
        said.extend(self.in_versions(id));
        said.extend(self.judged(id));
        said.sort_by(|one, other| (&one.op, one.what).cmp(&(&other.op, other.what)));
        let events = said.into_iter().filter_map(|one| self.event(one, &mut grown));
        Trail { hypothesis: id, events: events.collect() }
    }

    fn event(&self, said: Said, grown: &mut Grown) -> Option<Event> {
        let note = self.project.state().note(said.op.id)?;
        Some(Event {
            at: note.time.chars().take(10).collect(),
            by: self.names.coder(&note.by),
            what: said.what,
            says: self.names.hide(&said.says),
            why: said.why.map(|why| self.names.hide(&why)),
            sources: grown.changed_by(&said.op, said.what),
        })
    }

    fn label(&self, id: Id) -> String {
        self.project.label(id)
    }

    /// Where the words of a link are, for the team: `D3.gj@1:1024-1101`.
    fn place(&self, link: Id) -> Option<String> {
        let link: Evidence = self.project.state().get(link)?;
        Some(anchor::show(self.project, self.lookup.as_ref()?, &link.anchor))
    }

    /// A wording as these readers may know it.
    fn wording(&self, id: Id, text: &str) -> String {
        if self.withheld.contains(&(id, print(text))) { WITHHELD.to_owned() } else { text.to_owned() }
    }

    /// What was done to the statement itself.
    fn own(&self, id: Id) -> Vec<Said> {
        let Some(entity) = self.project.state().entity(id) else { return Vec::new() };
        let mut told = Vec::new();
        let mut held = Fields::new();
        for (at, write) in entity.active_writes().enumerate() {
            let set = write.fields();
            let why = text(&set, "reason").filter(|why| Some(why) != text(&held, "reason").as_ref() || at > 0);
            let mut push = |what, says: String| told.push(said(write, what, says, why.clone()));
            if at == 0 {
                push(What::Written, self.written(id, &set));
            }
            for (field, new) in &set {
                let old = held.get(field);
                if old == Some(new) || (at == 0 && field != "gone") {
                    continue;
                }
                if let Some((what, says)) = self.changed(id, field, old, new) {
                    push(what, says);
                }
            }
            held.extend(set);
        }
        told
    }

    fn written(&self, id: Id, set: &Fields) -> String {
        let sentence = Hypothesis::of_fields(id, set.clone()).map(|one| one.sentence()).unwrap_or_default();
        let sentence = self.wording(id, &sentence);
        let origin = text(set, "origin").map(|origin| origin.replace('_', " "));
        let status = text(set, "status").filter(|status| status != "draft").map(|status| format!("as {status}"));
        let more: Vec<String> = [origin, text(set, "inference"), status].into_iter().flatten().collect();
        if more.is_empty() { sentence } else { format!("{sentence} ({})", more.join(", ")) }
    }

    fn changed(&self, id: Id, field: &str, old: Option<&Value>, new: &Value) -> Option<(What, String)> {
        let of = |value: Option<&Value>| value.and_then(Value::as_str).map(|text| self.wording(id, text));
        let named = |value: Option<&Value>| value.and_then(Value::as_str)?.parse().ok().map(|id: Id| self.label(id));
        if let Some(key) = field.strip_prefix("part:") {
            let kind = [Some(new), old].into_iter().flatten().find_map(|part| part["kind"].as_str()).unwrap_or("part");
            let words = |part: Option<&Value>| part.and_then(|part| of(part.get("text")));
            return Some((What::Part, moved(&format!("{kind} {key}"), words(old), words(Some(new)))));
        }
        match field {
            "statement" => {
                Some((What::Reworded, of(Some(new)).unwrap_or_else(|| "the sentence was taken away".to_owned())))
            }
            "status" => Some((What::Status, moved("status", of(old).or(Some("draft".to_owned())), of(Some(new))))),
            "component" => Some((What::Standing, moved("component", named(old), named(Some(new))))),
            "origin" | "inference" => Some((What::Standing, moved(field, of(old), of(Some(new))))),
            "tested" => {
                let test = new["test"].as_str().unwrap_or("not_tested").replace('_', " ");
                let result = new["result"].as_str().map(|result| format!(": {result}")).unwrap_or_default();
                Some((What::Standing, format!("test: {test}{result}")))
            }
            "gone" => Some((What::Removed, new.as_str().unwrap_or("removed").to_owned())),
            _ => None,
        }
    }

    /// Links with the statement at one end.
    fn links(&self, id: Id) -> Vec<Said> {
        let state = self.project.state();
        let mut told = Vec::new();
        for (link_id, entity) in state.ever_mentioning(id, Kind::Link) {
            let made: Option<&Write> = entity.active_writes().next();
            let Some((made, Ok(link))) = made.map(|made| (made, read_at_first::<Link>(link_id, made))) else {
                continue;
            };
            let Some(says) = self.link(id, &link) else { continue };
            told.push(said(made, What::Link, says.clone(), link.reason.clone()));
            if let Some((write, why)) = removal(&entity) {
                told.push(said(write, What::Link, format!("taken away: {says}"), Some(why)));
            }
        }
        told
    }

    fn link(&self, id: Id, link: &Link) -> Option<String> {
        let end = |id: Id| match self.project.state().get::<crate::theory::SubstantiveTheory>(id) {
            Some(theory) => theory.name,
            None => self.label(id),
        };
        if link.from == id {
            return Some(format!("{} {}", link.kind.phrase(), end(link.to)));
        }
        // What lends evidence is told by what it brings.
        (link.to == id).then(|| format!("{} {}", link.kind.phrase_back(), end(link.from)))
    }

    /// Uncertainties that name it, and decisions on it or on these.
    fn settled(&self, id: Id) -> Vec<Said> {
        let state = self.project.state();
        let mut told = Vec::new();
        let mut questions = BTreeSet::new();
        for (at, entity) in state.mentioning(id, Kind::Uncertainty) {
            let Ok(one) = Uncertainty::read(at, &entity) else { continue };
            let first = entity.active_writes().find(|write| names(&write.fields(), "hypotheses", id));
            let (true, Some(first)) = (one.hypotheses.contains(&id), first) else { continue };
            questions.insert(at);
            told.push(said(
                first,
                What::Uncertainty,
                format!("{} asks: {}", self.label(at), self.wording(at, &one.text)),
                None,
            ));
        }
        let of_questions = questions.iter().flat_map(|question| state.mentioning(*question, Kind::Decision));
        let mut decisions: Vec<(Id, Rc<Entity>)> = state.mentioning(id, Kind::Decision);
        decisions.extend(of_questions);
        decisions.sort_by_key(|(id, _)| *id);
        decisions.dedup_by_key(|(id, _)| *id);
        for (at, entity) in decisions {
            let (Ok(one), Some(made)) = (Decision::read(at, &entity), entity.active_writes().next()) else { continue };
            let is_on_it = one.hypotheses.contains(&id) || one.uncertainty.is_some_and(|on| questions.contains(&on));
            if is_on_it {
                let date = one.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
                let body = one.body.word().replace('_', " ");
                let at_meeting = one.meeting.map(|id| format!(", at meeting {}", self.label(id))).unwrap_or_default();
                let on_round = one.round.map(|id| format!(", on round {}", self.label(id))).unwrap_or_default();
                let outcome = one.outcome.word().replace('_', " ");
                let says = format!("{} {outcome} by: {body}{date}{at_meeting}{on_round}", self.label(at));
                told.push(said(made, What::Decision, says, one.text.as_deref().map(|text| self.wording(at, text))));
            }
        }
        told
    }

    /// Memos on the statement: the team's own for the team, for others those of the supplement that repeat no transcript;
    /// private ones for nobody.
    fn memos(&self, id: Id) -> Vec<Said> {
        let mut told = Vec::new();
        for (at, entity) in self.project.state().mentioning(id, Kind::Memo) {
            let (Ok(memo), Some(made)) = (Memo::read(at, &entity), entity.active_writes().next()) else { continue };
            let is_for_them = match memo.access {
                Access::Private => false,
                Access::Team => self.audience == Audience::Team,
                Access::Supplement => self.audience == Audience::Team || !self.held_back.contains(&at),
            };
            let text = self.project.unseal_text(&memo.text).filter(|_| is_for_them && memo.about == Some(id));
            told.extend(text.map(|text| said(made, What::Memo, text, None)));
        }
        told
    }

    fn in_versions(&self, id: Id) -> Vec<Said> {
        let of = self.versions.iter().filter(|(_, _, listed)| listed.contains(&id));
        let told = of.filter_map(|(version, name, _)| {
            let entity = self.project.state().entity(*version)?;
            Some(said(
                entity.active_writes().next()?,
                What::Version,
                format!("part of {name} ({})", self.label(*version)),
                None,
            ))
        });
        told.collect()
    }

    /// What was judged of it as a finding.
    fn judged(&self, id: Id) -> Vec<Said> {
        let sheet = crate::cerqual::Worksheet::id_of(id);
        let Some(entity) = self.project.state().entity(sheet) else { return Vec::new() };
        let mut told = Vec::new();
        for write in entity.active_writes() {
            for (field, value) in write.fields() {
                let of = field.strip_prefix("judged:").or((field == "overall").then_some("overall confidence"));
                let (Some(of), Some(level)) = (of, value["level"].as_str()) else { continue };
                let why = value["why"].as_str().map(str::to_owned);
                told.push(said(write, What::Appraisal, format!("CERQual, {of}: {}", level.replace('_', " ")), why));
            }
        }
        told
    }
}

fn said(write: &Write, what: What, says: String, why: Option<String>) -> Said {
    Said { op: Rc::clone(&write.op), what, says, why }
}

fn text(fields: &Fields, field: &str) -> Option<String> {
    fields.get(field).and_then(Value::as_str).map(str::to_owned)
}

/// A field that lists things names this one.
fn names(fields: &Fields, field: &str, id: Id) -> bool {
    let listed = fields.get(field).and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(Value::as_str).any(|one| one == id.to_string())
}

/// As the first write that counts made it.
fn read_at_first<T: Stored>(id: Id, made: &Write) -> std::result::Result<T, String> {
    let mut noun: T = serde_json::from_value(Value::Object(made.fields())).map_err(|error| error.to_string())?;
    noun.set_id(id);
    Ok(noun)
}

/// The write that took a thing away, and why.
fn removal(entity: &Entity) -> Option<(&Write, String)> {
    if entity.is_here() {
        return None;
    }
    entity.active_writes().find_map(|write| Some((write, text(&write.fields(), "gone")?)))
}

/// `status: draft, now active`.
fn moved(name: &str, old: Option<String>, new: Option<String>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("{name}: {old}, now {new}"),
        (None, Some(new)) => format!("{name}: {new}"),
        (Some(old), None) => format!("{name} taken away: {old}"),
        (None, None) => name.to_owned(),
    }
}
