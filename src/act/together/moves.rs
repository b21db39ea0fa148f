//! What the two people do.

use super::site::{Site, copy};
use crate::act::anchor::Spot;
use crate::act::bundle::Since;
use crate::act::colleague::{self, comments, export};
use crate::act::report::renderers;
use crate::act::{
    bundle, carry, code, codebook, document, evidence, hypothesis, import, memo, merge, purge, report, undo, update,
    withdraw,
};
use crate::diagnostic::Result;
use crate::document::Role;
use crate::evidence::Stance;
use crate::id::Id;
use crate::memo::Access;
use crate::participant::{Audience, Scope};
use crate::project::Project;
use crate::strand::SourceKind;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Names of the two documents.
pub(super) const DOCUMENTS: [&str; 2] = ["one", "two"];
/// Who speaks in each, in the order they first speak.
pub(super) const SPEAKERS: [&str; 3] = ["Moderator", "Ana", "Ben"];
const TURNS: usize = 9;

/// The word that only this person says, and says in every turn.
pub(super) fn tell(document: usize, speaker: usize) -> String {
    format!("zq{}{}", SPEAKERS[speaker].to_lowercase(), DOCUMENTS[document])
}

type Turn = (usize, String);

fn text(turns: &[Turn]) -> String {
    let said: Vec<String> =
        turns.iter().map(|(speaker, words)| format!("{}: {words}\n\n", SPEAKERS[*speaker])).collect();
    said.concat()
}

pub(super) struct World {
    pub sites: [Site; 2],
    pub documents: [Id; 2],
    /// The words that each coding and link was set on.
    pub meant: BTreeMap<Id, String>,
    /// What was done, for whoever reads of a broken promise.
    pub trail: Vec<String>,
    room: tempfile::TempDir,
    chance: u64,
    /// The documents as last corrected.
    turns: [Vec<Turn>; 2],
    bundles: Vec<PathBuf>,
    pages: Vec<PathBuf>,
}

pub(super) struct Move {
    pub weight: u64,
    name: &'static str,
    run: fn(&mut World, &mut Project) -> Result<()>,
    /// Leaves no operation that could be undone.
    is_final: bool,
}

pub(super) const fn undoable(weight: u64, name: &'static str, run: fn(&mut World, &mut Project) -> Result<()>) -> Move {
    Move { weight, name, run, is_final: false }
}

const fn last(weight: u64, name: &'static str, run: fn(&mut World, &mut Project) -> Result<()>) -> Move {
    Move { weight, name, run, is_final: true }
}

pub(super) const MOVES: &[Move] = &[
    undoable(20, "code", code_turn),
    undoable(10, "link", link_turn),
    undoable(10, "memo on words", memo_on_turn),
    undoable(5, "memo about a thing", memo_about),
    undoable(12, "correct", correct),
    undoable(4, "carry", |_, project| carry::carry(project, &[]).map(drop)),
    undoable(5, "join", join),
    undoable(4, "role", set_role),
    undoable(4, "merge codes", |_, project| codebook::merge::merge(project, &["Trust".to_owned()], "Hope").map(drop)),
    undoable(2, "revive", |_, project| codebook::place::revive(project, "Trust").map(drop)),
    undoable(4, "split", split),
    undoable(6, "comments back", comments_back),
    last(5, "comments out", comments_out),
    last(9, "withdraw", withdraw_somebody),
    last(1, "purge", |world, project| {
        let document = project.label(world.documents[world.pick(2)]);
        purge::purge(project, &document, "by lot").map(drop)
    }),
    last(3, "bundle", pack),
    last(3, "old bundle", unpack),
    last(3, "paper", |_, project| {
        let made = report::make(project, "evidence", Audience::Team, &report::Asked::default())?;
        report::write(project, made, &renderers(&["md".to_owned()])?).map(drop)
    }),
    last(6, "undo", |world, project| {
        let cascade = world.pick(2) == 0;
        undo::undo(project, None, cascade).map(drop)
    }),
    last(3, "redo", |_, project| undo::redo(project).map(drop)),
];

impl World {
    pub fn new(seed: u64) -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let room = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let sites = ["gj", "mb"].map(|coder| Site { folder: room.path().join(coder), coder });
        let first = Site { folder: room.path().join("gj"), coder: "su" };
        let settings = "title = \"Two\"\n[[strand]]\nkey = \"interviews\"\ntitle = \"Interviews\"\nkinds = [\"interview\"]\n\
            [[group]]\nkey = \"gps\"\ntitle = \"GPs\"\n";
        Project::create_with(&first.root(), settings, &first.surroundings()).unwrap();
        let mut project = first.open();
        let turns = [0, 1].map(|document| {
            let turn = |at: usize| {
                let speaker = at % 3;
                let words = ["river", "amber", "slowly", "again", "harbour"].map(|word| format!("{word}{at}"));
                (speaker, format!("{} {}", tell(document, speaker), words.join(" ")))
            };
            (0..TURNS).map(turn).collect::<Vec<Turn>>()
        });
        let mut documents = Vec::new();
        for (name, turns) in DOCUMENTS.iter().zip(&turns) {
            let path = room.path().join(format!("{name}.txt"));
            crate::disk::replace(&path, text(turns).as_bytes()).unwrap();
            let wanted = import::Wanted::of(vec![path], SourceKind::Interview);
            let done = import::import(&mut project, &wanted, &|_, _| {}).unwrap().answer;
            documents.push(project.state().labelled(&done.imported[0].id.parse().unwrap()).unwrap());
        }
        for name in ["Trust", "Hope"] {
            let entry = codebook::Entry { name: Some(name.to_owned()), ..codebook::Entry::default() };
            codebook::add(&mut project, &entry).unwrap();
        }
        let entry =
            hypothesis::Entry { statement: Some("If known, they stay".to_owned()), ..hypothesis::Entry::default() };
        hypothesis::add(&mut project, &entry).unwrap();
        drop(project);
        copy(&sites[0].root(), &sites[1].root());
        World {
            sites,
            documents: [documents[0], documents[1]],
            meant: BTreeMap::new(),
            trail: vec![format!("seed {seed}")],
            room,
            chance: seed,
            turns,
            bundles: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// A number below `below` (splitmix64).
    pub fn draw(&mut self, below: u64) -> u64 {
        self.chance = self.chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.chance;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn pick(&mut self, below: usize) -> usize {
        usize::try_from(self.draw(below as u64)).unwrap()
    }

    /// One person does one thing; every fourth thing that can be is undone at once, and sometimes done again.
    pub fn act(&mut self, chosen: &Move) {
        let at = self.pick(2);
        let coder = self.sites[at].coder;
        let mut project = self.sites[at].open();
        let is_tried = !chosen.is_final && self.pick(4) == 0;
        let before = is_tried.then(|| super::promises::answers(&project));
        let operations = project.state().operations();
        let said = (chosen.run)(self, &mut project);
        let came = said.as_ref().map_or_else(|fault| fault.0.code, |()| "done");
        self.trail.push(format!("{coder} {}: {came}", chosen.name));
        self.remember(&project);
        let Some(before) = before.filter(|_| said.is_ok() && project.state().operations() > operations) else {
            return;
        };
        let after = super::promises::answers(&project);
        undo::undo(&mut project, None, false).unwrap_or_else(|fault| panic!("{:?}: {fault}", self.trail));
        self.trail.push(format!("{coder} takes it back"));
        self.same(&before, &super::promises::answers(&self.sites[at].open()));
        if self.pick(2) == 0 {
            undo::redo(&mut self.sites[at].open()).unwrap_or_else(|fault| panic!("{:?}: {fault}", self.trail));
            self.trail.push(format!("{coder} does it again"));
            self.same(&after, &super::promises::answers(&self.sites[at].open()));
        }
    }

    fn path(&mut self, ending: &str) -> PathBuf {
        let name = format!("{}-{}.{ending}", self.trail.len(), self.draw(1 << 32));
        self.room.path().join(name)
    }

    /// Some turn of some document, whole or by a few of its words.
    fn spot(&mut self, project: &Project) -> Result<(usize, usize, Spot)> {
        let (document, at) = (self.pick(2), self.pick(TURNS));
        let label = project.label(self.documents[document]);
        if self.pick(3) == 0 {
            let words = format!("amber{at} slowly{at}");
            return Ok((document, at % 3, Spot::parse(&label, None, Some(&words))?));
        }
        // A correction may have moved the turns.
        let held: crate::document::Document = crate::act::resolve::read(project, self.documents[document])?;
        let shard = crate::act::text::shard(project, &held, &held.version, 0)?;
        let unit = shard.unit(at + 1).and_then(|unit| unit.speaker).unwrap_or(0);
        Ok((document, unit, Spot::parse(&label, Some(&format!("t{}", at + 1)), None)?))
    }
}

fn code_turn(world: &mut World, project: &mut Project) -> Result<()> {
    let (_, _, spot) = world.spot(project)?;
    let name = ["Trust", "Hope"][world.pick(2)].to_owned();
    code::add(project, &[code::Wish { codes: vec![name], spot, memo: None }]).map(drop)
}

fn link_turn(world: &mut World, project: &mut Project) -> Result<()> {
    let (_, _, spot) = world.spot(project)?;
    let judgement = evidence::Judgement { stance: Some(Stance::Supports), ..evidence::Judgement::default() };
    let hypothesis = "H1.su".to_owned();
    evidence::add(project, &[evidence::Wish { hypothesis, spot, judgement }]).map(drop)
}

fn memo_on_turn(world: &mut World, project: &mut Project) -> Result<()> {
    let (document, speaker, spot) = world.spot(project)?;
    // Nobody can repeat what is no longer there to be read.
    let words = crate::act::anchor::anchor(project, &project.lookup(), &spot)?.text;
    let said = if words.contains("[withdrawn]") { "this".to_owned() } else { tell(document, speaker) };
    let text = format!("why {said} here, {}?", world.draw(1 << 32));
    memo::add(project, &memo::Entry { spot: Some(spot), about: None, text, access: Access::Team }).map(drop)
}

fn memo_about(world: &mut World, project: &mut Project) -> Result<()> {
    let mut labels: Vec<String> = vec!["D1.su".to_owned(), "H1.su".to_owned(), "P1.su".to_owned()];
    labels.extend(project.state().all::<crate::coding::Coding>().iter().map(|one| project.label(one.id)));
    let about = Some(labels[world.pick(labels.len())].clone());
    let text = format!("thought {}", world.draw(1 << 32));
    memo::add(project, &memo::Entry { spot: None, about, text, access: Access::Team }).map(drop)
}

/// A word, a turn, or two turns are not what they were.
fn correct(world: &mut World, project: &mut Project) -> Result<()> {
    let document = world.pick(2);
    let fresh = world.draw(1 << 32);
    let mut turns = world.turns[document].clone();
    let at = world.pick(turns.len());
    match world.pick(4) {
        0 => turns[at].1 = turns[at].1.replacen("slowly", &format!("slow{fresh}"), 1),
        1 if turns.len() > 6 => drop(turns.remove(at)),
        2 => {
            let speaker = world.pick(3);
            turns.insert(at, (speaker, format!("{} new{fresh} words{fresh} came{fresh}", tell(document, speaker))));
        }
        _ => {
            let other = world.pick(turns.len());
            turns.swap(at, other);
        }
    }
    world.turns[document].clone_from(&turns);
    let path = world.path("txt");
    crate::disk::replace(&path, text(&turns).as_bytes())?;
    let label = project.label(world.documents[document]);
    let import = import::Wanted::of(vec![path], SourceKind::Interview);
    let done = update::update(project, &update::Wanted { import, document: Some(label) }, &|_, _| {})?.answer;
    done.failed.into_iter().next().map_or(Ok(()), |failed| Err(failed.fault))
}

/// One person speaks in both documents.
fn join(world: &mut World, project: &mut Project) -> Result<()> {
    let speaker = 1 + world.pick(2);
    let name = SPEAKERS[speaker];
    let [one, two] = world.documents.map(|id| project.label(id));
    let age = 20 + world.draw(60);
    let sheet =
        format!("Participant,Person,Group,Consent,Age\n{one}:{name},x,gps,yes,{age}\n{two}:{name},x,gps,yes,{age}\n");
    let path = world.path("csv");
    crate::disk::replace(&path, sheet.as_bytes())?;
    let taken_as = Some(import::As::Attributes);
    let wanted = import::Wanted { taken_as, ..import::Wanted::of(vec![path], SourceKind::Interview) };
    import::import(project, &wanted, &|_, _| {}).map(drop)
}

fn set_role(world: &mut World, project: &mut Project) -> Result<()> {
    let label = project.label(world.documents[world.pick(2)]);
    let role = [Role::Observer, Role::Participant][world.pick(2)];
    let roles = vec![(SPEAKERS[1 + world.pick(2)].to_owned(), role)];
    document::set(project, &label, &document::Changes { roles, ..document::Changes::default() }).map(drop)
}

fn split(world: &mut World, project: &mut Project) -> Result<()> {
    let code = crate::act::resolve::code(project, "Hope")?;
    let codings = project.state().all::<crate::coding::Coding>();
    let labels: Vec<String> = codings.iter().filter(|one| one.code == code).map(|one| project.label(one.id)).collect();
    let some = labels.into_iter().filter(|_| world.pick(2) == 0).map(|label| (label, None)).collect();
    let choice = codebook::split::Choice::Listed(some);
    let into = vec!["Faith".to_owned()];
    codebook::split::split(project, &codebook::split::Wish { code: "Hope".to_owned(), into, beside: false, choice })
        .map(drop)
}

fn comments_out(world: &mut World, project: &mut Project) -> Result<()> {
    let label = project.label(world.documents[world.pick(2)]);
    let wish = export::Wish { format: colleague::Format::Docx, without_names: false, with_memos: true };
    let made = export::make(project, &label, wish)?;
    let path = world.path("docx");
    crate::disk::replace(&path, &made.bytes)?;
    world.pages.push(path);
    Ok(())
}

fn comments_back(world: &mut World, project: &mut Project) -> Result<()> {
    if world.pages.is_empty() {
        return Ok(());
    }
    let drawn = world.pick(world.pages.len());
    let file = world.pages[drawn].clone();
    comments::take(project, &comments::Wish { file, document: None, make_codes: false }).map(drop)
}

fn withdraw_somebody(world: &mut World, project: &mut Project) -> Result<()> {
    let scope = [Scope::Turns, Scope::Turns, Scope::Turns, Scope::Quotes, Scope::Document][world.pick(5)];
    let who = format!("{}:{}", project.label(world.documents[world.pick(2)]), SPEAKERS[1 + world.pick(2)]);
    withdraw::withdraw(project, &who, scope, Some("asked")).map(drop)
}

fn pack(world: &mut World, project: &mut Project) -> Result<()> {
    let path = world.path("zip");
    bundle::make(project, Some(&path), &Since::Start, true)?;
    world.bundles.push(path);
    Ok(())
}

fn unpack(world: &mut World, project: &mut Project) -> Result<()> {
    if world.bundles.is_empty() {
        return Ok(());
    }
    let drawn = world.pick(world.bundles.len());
    let bundle = world.bundles[drawn].clone();
    merge::merge(project, &bundle, &[]).map(drop)
}
