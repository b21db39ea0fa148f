//! Papers are sent once and kept as they were: which files, to whom, from which state of the theory. Later it can be said
//! what changed since, section by section.

use super::{attend, find, ready, rounds};
use crate::act::programme::{self, Moment};
use crate::act::round::{self, ballot};
use crate::act::{output, panel, report};
use crate::decision::Decision;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::evidence::Evidence;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::meeting::{Issue, Meeting, Paper, Reply};
use crate::participant::Audience;
use crate::project::{Batch, Done, Project};
use crate::render::{Print, Renderer};
use crate::report::meeting::Blocker;
use crate::report::{Block, Report, member_page};
use crate::round::{Round, Stage, Way};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Papers of every pack, by their reports.
const PACK: [&str; 3] = ["member-page", "agenda", "briefing"];

/// What came of sending papers.
#[derive(Debug, Clone)]
pub struct Issued {
    pub id: String,
    /// `1.gj`
    pub issue: String,
    /// Tokens of those they go to.
    pub to: Vec<String>,
    /// What still kept it from being ready when they were sent.
    pub open: Vec<Blocker>,
    /// Where the files are to lie.
    pub folder: PathBuf,
    pub files: Vec<PathBuf>,
}

/// What is to be sent.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Formats of papers; html and docx unless said.
    pub formats: Vec<String>,
    /// Members; all who were invited and did not decline unless said.
    pub to: Vec<String>,
    /// Folder the files are written to.
    pub out: Option<PathBuf>,
    /// Papers and ballots in letters of 18 points and more.
    pub large_print: bool,
}

/// The papers of a meeting as they would be sent now.
struct Pack {
    /// Names and bytes.
    files: Vec<(String, Vec<u8>)>,
    sections: Sections,
}

/// Of each paper its sections, each told by twelve hexadecimal digits.
type Sections = BTreeMap<String, Vec<(String, String)>>;

/// Keeps papers as they are to be sent, for ever; [`copy`] then writes them into the folder.
///
/// Faults: `nobody-invited`, `folder-exists`, `identifier-found`, and those of the papers.
pub fn issue(project: &mut Project, typed: &str, wish: &Wish) -> Result<Done<Issued>> {
    let meeting = find(project, typed)?;
    let label = project.label(meeting.id);
    let to = readers(project, &meeting, &wish.to)?;
    let print = if wish.large_print { Print::Large } else { Print::Usual };
    let pack = pack(project, &meeting, &wish.formats, &to, print)?;
    let open = ready::but_for_papers(project, &meeting)?;
    project.write("meeting issue", true, |batch| {
        let key = next_key(batch, meeting.id);
        let folder = wish.out.clone().unwrap_or_else(|| PathBuf::from(format!("{label}-papers-{key}")));
        refuse_taken(&folder)?;
        let mut papers = Vec::new();
        for (name, bytes) in &pack.files {
            let kept = batch.seal(&Value::from(STANDARD.encode(bytes)))?;
            papers.push(Paper { name: name.clone(), hash: digits(bytes), kept });
        }
        let files = papers.iter().map(|paper| folder.join(&paper.name)).collect();
        let issue = Issue {
            key: key.clone(),
            on: batch.today(),
            by: batch.coder().to_owned(),
            to: to.iter().map(|(id, _)| *id).collect(),
            papers,
            version: programme::versions(batch.project()).last().map(|one| one.id),
            theory: Moment::now(batch.project())?.hash().chars().take(12).collect(),
            sections: batch.seal(&json!(pack.sections))?,
            quoting: quoting(batch.project()),
            voicing: Some(voicing(batch.project())),
        };
        batch.set(Kind::Meeting, meeting.id, &Fields::from_iter([(format!("issued:{key}"), json!(issue))]));
        let to = to.iter().map(|(_, token)| token.clone()).collect();
        Ok(Issued { id: label.clone(), issue: key, to, open, folder, files })
    })
}

/// Fault `folder-exists`: it holds files, and none is ever written over.
fn refuse_taken(folder: &Path) -> Result<()> {
    if std::fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(fault("folder-exists", format!("{} is there already and holds files", folder.display()))
            .hint("name another with --out FOLDER: what was sent is never written over"));
    }
    Ok(())
}

/// `2.gj`: the coder's next number of this meeting, also after one was taken back.
fn next_key(batch: &Batch<'_>, meeting: Id) -> String {
    let tag = batch.coder();
    let entity = batch.project().state().entity(meeting);
    let names = entity.iter().flat_map(|entity| entity.all_writes()).flatten().map(|(name, _)| name);
    let numbers = names.filter_map(|name| {
        let (number, by) = name.strip_prefix("issued:")?.split_once('.')?;
        (by == tag).then(|| number.parse::<u32>().ok())?
    });
    format!("{}.{tag}", numbers.max().unwrap_or(0) + 1)
}

fn readers(project: &Project, meeting: &Meeting, named: &[String]) -> Result<Vec<(Id, String)>> {
    let panel = attend::meets(project, meeting)?;
    if !named.is_empty() {
        let found = named.iter().map(|typed| panel::member(project, panel, typed).map(|one| (one.id, one.token)));
        return found.collect();
    }
    let mut all = panel::members(project, panel);
    all.retain(|one| one.is_here() && one.invited.is_some() && meeting.replied.get(&one.id) != Some(&Reply::Declined));
    if all.is_empty() {
        let panel = project.label(panel);
        return Err(fault("nobody-invited", format!("nobody of {panel} was invited, so nobody is sent anything"))
            .hint(format!("realist panel member invite {panel}")));
    }
    Ok(all.into_iter().map(|one| (one.id, one.token)).collect())
}

/// Documents whose words papers may hold, with the version of their text.
fn quoting(project: &Project) -> BTreeMap<Id, String> {
    let quoted: BTreeSet<Id> = project.state().all::<Evidence>().iter().map(|one| one.anchor.document).collect();
    let documents = quoted.into_iter().filter_map(|id| project.state().get::<Document>(id));
    documents.filter(|one| !one.purged).map(|one| (one.id, one.version)).collect()
}

/// Members whose registered dissent papers may print.
fn voicing(project: &Project) -> BTreeSet<Id> {
    let decisions = project.state().all::<Decision>();
    let voices = decisions.iter().flat_map(|one| &one.registered);
    voices.filter(|(_, voice)| voice.words.is_some()).map(|(member, _)| *member).collect()
}

fn digits(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..12].to_owned()
}

/// The papers of a meeting by name.
fn papers(project: &Project, label: &str) -> Result<Vec<(String, Report)>> {
    let asked = report::Asked { meeting: Some(label.to_owned()), ..report::Asked::default() };
    let make = |name: &&str| {
        let made = report::make(project, name, Audience::Meeting, &asked)?;
        Ok((report::stem(project, &made, &asked)?, made))
    };
    PACK.iter().map(make).collect()
}

fn pack(project: &Project, meeting: &Meeting, formats: &[String], to: &[(Id, String)], print: Print) -> Result<Pack> {
    let formats = if formats.is_empty() { vec!["html".to_owned(), "docx".to_owned()] } else { formats.to_vec() };
    let renderers: Vec<&'static dyn Renderer> = report::renderers(&formats)?;
    let (mut files, mut sections) = (Vec::new(), Sections::new());
    for (stem, made) in papers(project, &project.label(meeting.id))? {
        sections.insert(made.key.to_owned(), sections_of(&made));
        let stem = report::stem_in(&stem, print);
        files.extend(output::bytes(project, made, &stem, &renderers, print)?);
    }
    for round in rounds(project, meeting.id) {
        let voters = voters(project, &round, to);
        if round.stage() == Stage::Open && round.terms().way != Way::Discussion && !voters.is_empty() {
            let round = project.label(round.id);
            let forms = [ballot::As::Html, ballot::As::Docx];
            let made = ballot::make_as(project, &round, &forms, false, &voters, print)?;
            files.extend(made.into_iter().map(|one| (one.name, one.bytes)));
        }
    }
    Ok(Pack { files, sections })
}

/// Tokens of those who vote and are sent the papers: members with a seat, and deputies of seats.
fn voters(project: &Project, round: &Round, to: &[(Id, String)]) -> Vec<String> {
    let is_sent = |token: &String| to.iter().any(|(_, one)| one == token);
    let seats = round::seats(project, round).into_iter().filter(|seat| !seat.left);
    let answering = seats.filter(|seat| is_sent(&seat.token) || seat.deputy.as_ref().is_some_and(is_sent));
    answering.map(|seat| seat.deputy.unwrap_or(seat.token)).collect()
}

/// What each section of a paper says. Who is coming is news every day, and no change of the papers.
fn sections_of(report: &Report) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = vec![("the first lines".to_owned(), String::new())];
    let (mut above, mut is_coming) = (String::new(), false);
    for block in &report.blocks {
        match block {
            Block::Heading { level: 2, text, id } => {
                is_coming = id == member_page::COMING;
                above.clone_from(text);
                if !is_coming {
                    sections.push((text.clone(), String::new()));
                }
            }
            Block::Heading { level: 3, text, .. } => sections.push((format!("{above}: {text}"), String::new())),
            _ => {}
        }
        if let Some((_, said)) = sections.last_mut().filter(|_| !is_coming) {
            said.push_str(&block.text());
            said.push('\n');
        }
    }
    sections.into_iter().map(|(title, text)| (title, digits(text.as_bytes()))).collect()
}

/// A section that is other than it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub paper: String,
    pub section: String,
    /// `changed`, `new` or `gone`.
    pub how: &'static str,
}

/// The sending that all who read the papers have seen: of what each of them was last sent the oldest.
fn seen_by_all<'m>(project: &Project, meeting: &'m Meeting) -> Option<&'m Issue> {
    let readers = readers(project, meeting, &[]).unwrap_or_default();
    let last_to = |id: Id| meeting.issued.iter().rposition(|one| one.to.contains(&id));
    let oldest = readers.iter().filter_map(|(id, _)| last_to(*id)).min();
    oldest.map_or(meeting.issued.last(), |at| meeting.issued.get(at))
}

/// What changed since papers were sent that somebody has not seen since; `None` where none were sent, or where what was sent is not on
/// this computer.
pub fn changes(project: &Project, meeting: &Meeting) -> Result<Option<(Issue, Vec<Change>)>> {
    let Some(last) = seen_by_all(project, meeting) else { return Ok(None) };
    let Some(sent) = project.unseal(&last.sections).and_then(|held| serde_json::from_value::<Sections>(held).ok())
    else {
        return Ok(None);
    };
    let now: Sections = papers(project, &project.label(meeting.id))?
        .into_iter()
        .map(|(_, made)| (made.key.to_owned(), sections_of(&made)))
        .collect();
    let mut changes = Vec::new();
    for (paper, sections) in &now {
        let before = sent.get(paper).cloned().unwrap_or_default();
        let change = |section: &String, how| Change { paper: paper.clone(), section: section.clone(), how };
        for (title, said) in sections {
            match before.iter().find(|(other, _)| other == title) {
                Some((_, was)) if was == said => {}
                Some(_) => changes.push(change(title, "changed")),
                None => changes.push(change(title, "new")),
            }
        }
        let gone = before.iter().filter(|(title, _)| sections.iter().all(|(other, _)| other != title));
        changes.extend(gone.map(|(title, _)| change(title, "gone")));
    }
    Ok(Some((last.clone(), changes)))
}

/// Writes the kept copies of what was sent into a folder, byte for byte. Gives the files.
///
/// Faults: `unknown-issue`, `copy-gone`, `folder-exists`.
pub fn copy(project: &Project, typed: &str, issue: &str, folder: &Path) -> Result<Vec<PathBuf>> {
    let meeting = find(project, typed)?;
    let label = project.label(meeting.id);
    let held = meeting.issued.iter().find(|one| one.key == issue.trim()).ok_or_else(|| {
        let keys: Vec<&str> = meeting.issued.iter().map(|one| one.key.as_str()).collect();
        fault("unknown-issue", format!("no papers of {label} were sent as '{issue}'"))
            .hint(format!("sent: {}", if keys.is_empty() { "nothing yet".to_owned() } else { keys.join(", ") }))
    })?;
    refuse_taken(folder)?;
    let mut files = Vec::new();
    for paper in &held.papers {
        let bytes = project.unseal_text(&paper.kept).and_then(|text| STANDARD.decode(text).ok());
        let bytes = bytes.filter(|bytes| digits(bytes) == paper.hash).ok_or_else(|| {
            fault("copy-gone", format!("the kept copy of {} is not on this computer", paper.name))
                .hint("it goes when words it may hold are destroyed; else let the sync client finish, or merge again")
        })?;
        files.push((folder.join(&paper.name), bytes));
    }
    let written = files.iter().map(|(path, _)| path.clone()).collect();
    if !project.surroundings().rehearsal {
        crate::disk::make_folder(folder)?;
        output::files(project, Audience::Meeting, files)?;
    }
    Ok(written)
}
