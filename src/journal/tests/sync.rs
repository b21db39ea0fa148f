//! Three machines whose journal folders a sync client carries to and fro: late, twice, in part, an older
//! file over a newer one, with conflict copies under the names that clients give them. When every file
//! has reached every machine, all hold the same, nothing is lost and nothing double.

use super::*;
use std::collections::HashSet;

/// A fixed row of numbers that look like chance.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn hex(&mut self) -> String {
        format!("{:08x}", self.below(1 << 31))
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// The name of the n-th copy of a file, from its stem.
type Called = fn(&str, usize) -> String;

/// How clients call the copy they keep when two versions of a file collide.
const CLIENTS: [(&str, Called); 11] = [
    ("Dropbox", |stem, n| format!("{stem} (Mia's conflicted copy 2026-03-{:02}).jsonl", n + 1)),
    ("Dropbox, by computer", |stem, n| format!("{stem} (LAPTOP-3's conflicted copy 2026-03-01) ({n}).jsonl")),
    ("OneDrive", |stem, n| format!("{stem}-LAPTOP-{n}.jsonl")),
    ("Google Drive", |stem, n| format!("{stem} ({}).jsonl", n + 1)),
    ("Google Drive, older", |stem, n| format!("[Conflict] {stem} {n}.jsonl")),
    ("iCloud", |stem, n| format!("{stem} {}.jsonl", n + 2)),
    ("Nextcloud", |stem, n| format!("{stem} (conflicted copy 2026-03-01 0936{n:02}).jsonl")),
    ("ownCloud, older", |stem, n| format!("{stem}_conflict-20260301-0936{n:02}.jsonl")),
    ("Syncthing", |stem, n| format!("{stem}.sync-conflict-20260301-0918{n:02}-M7QB72N.jsonl")),
    ("Synology", |stem, n| format!("{stem}_Andys-PC_Mar-01-0918{n:02}-2026_Conflict.jsonl")),
    ("Resilio", |stem, n| format!("{stem}.{n}.Conflict.jsonl")),
];

fn conflict_copy(dice: &mut Dice, folder: &Path, name: &str) -> PathBuf {
    let stem = name.strip_suffix(".jsonl").unwrap();
    let (_, called) = CLIENTS[dice.below(CLIENTS.len())];
    (0..100).map(|n| folder.join(called(stem, n))).find(|path| !path.exists()).unwrap()
}

#[allow(clippy::disallowed_methods)] // as a sync client writes
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}

/// One device of one person.
struct Machine {
    folder: PathBuf,
    tag: &'static str,
    /// What the state folder remembers: the stream, and the last hash written to it.
    memory: Option<(Stream, String)>,
}

struct World {
    machines: Vec<Machine>,
    dice: Dice,
    /// Everything ever acknowledged.
    written: Vec<Operation>,
}

fn state_of(journal: Journal) -> State {
    let suffixes = journal.streams.into_iter().filter_map(|(stream, header)| Some((stream, header.suffix?))).collect();
    State::fold(journal.operations, &suffixes)
}

impl World {
    fn new(room: &Path, seed: u64) -> Self {
        // Two people, one of them on two devices.
        let machines = ["gj", "gj", "mb"].into_iter().enumerate().map(|(at, tag)| {
            let folder = room.join(format!("{seed} m{at}"));
            fs::create_dir(&folder).unwrap();
            Machine { folder, tag, memory: None }
        });
        World { machines: machines.collect(), dice: Dice(seed), written: Vec::new() }
    }

    fn read(&self, who: usize) -> Journal {
        super::super::read(&self.machines[who].folder, project()).unwrap()
    }

    /// What the transaction does: read, go on with one's own stream or begin one, mend, append, remember.
    fn write(&mut self, who: usize) {
        let journal = self.read(who);
        let torn = journal.torn.clone();
        let taken: Vec<Header> = journal.streams.values().cloned().collect();
        let state = state_of(journal);
        let number = self.written.len() as u64;
        let tag = self.machines[who].tag;
        let remembered = self.machines[who].memory.take();
        let stream = match remembered.filter(|(_, head)| state.holds(head)) {
            Some((stream, _)) => stream,
            None => self.begin(tag, &taken),
        };
        let prev = state.last_of(&stream.header.stream).map(|hash| hash.to_string());
        let mut operation = Operation {
            id: Id::derived([b"sync".as_slice(), number.to_le_bytes().as_slice()]),
            stream: stream.header.stream.clone(),
            lamport: state.lamport() + 1,
            time: "2026-01-01T00:00:00Z".to_owned(),
            by: tag.to_owned(),
            act: "test".to_owned(),
            after: state.heads().iter().map(ToString::to_string).filter(|hash| Some(hash) != prev.as_ref()).collect(),
            prev: prev.unwrap_or_default(),
            records: vec![self.record(&state, tag, number)],
            hash: String::new(),
        };
        let (line, hash) = operation.to_line();
        operation.hash.clone_from(&hash);
        let path = self.machines[who].folder.join(stream.file_name());
        let mut bytes = fs::read(&path).unwrap_or_else(|_| stream.header.to_line().into_bytes());
        if let Some((_, good)) = torn.iter().find(|(torn, _)| *torn == path) {
            bytes.truncate(usize::try_from(*good).unwrap());
        }
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line.as_bytes());
        put(&path, &bytes);
        self.machines[who].memory = Some((stream, hash));
        self.written.push(operation);
    }

    fn begin(&mut self, tag: &str, taken: &[Header]) -> Stream {
        let suffix = taken.iter().any(|header| header.tag == tag).then(|| self.dice.hex()[..2].to_owned());
        let header =
            Header { realist: FORMAT, project: project(), stream: self.dice.hex(), tag: tag.to_owned(), suffix };
        Stream { header }
    }

    fn record(&mut self, state: &State, tag: &str, number: u64) -> Record {
        let codes: Vec<Id> = state.of_kind(Kind::Code).map(|(id, _)| id).collect();
        let value = Fields::from_iter([(format!("f{}", self.dice.below(3)), number.into())]);
        let gone = Fields::from_iter([("gone".to_owned(), "test".into())]);
        let some = |dice: &mut Dice| codes[dice.below(codes.len())];
        match self.dice.below(6) {
            2 | 3 if !codes.is_empty() => Record::put(Kind::Code, some(&mut self.dice), None, &value),
            4 if !codes.is_empty() => Record::put(Kind::Code, some(&mut self.dice), None, &gone),
            5 if !state.notes().is_empty() => {
                Record::Undo { undo: state.notes()[self.dice.below(state.notes().len())].id() }
            }
            _ => {
                let id = Id::derived([b"made".as_slice(), number.to_le_bytes().as_slice()]);
                let label = Label::new(Kind::Code, state.next_number(Kind::Code, tag), tag);
                Record::put(Kind::Code, id, Some(label), &value)
            }
        }
    }

    /// A client carries one file from one machine to another, in whatever state it finds it.
    fn carry(&mut self, from: usize, to: usize) {
        let files = files(&self.machines[from].folder).unwrap();
        if files.is_empty() {
            return;
        }
        let path = &files[self.dice.below(files.len())];
        let whole = fs::read(path).unwrap();
        let bytes = match self.dice.below(6) {
            // As it was some time ago, or as far as it has come by now.
            0 => {
                let lines = whole.split_inclusive(|byte| *byte == b'\n').count();
                let kept = self.dice.below(lines + 1);
                whole.split_inclusive(|byte| *byte == b'\n').take(kept).flatten().copied().collect()
            }
            1 => whole[..self.dice.below(whole.len() + 1)].to_vec(),
            _ => whole,
        };
        self.arrive(to, path.file_name().unwrap().to_str().unwrap(), &bytes);
    }

    /// A version of a file arrives where another may be. What no other machine holds is kept as a copy.
    fn arrive(&mut self, to: usize, name: &str, bytes: &[u8]) {
        let folder = self.machines[to].folder.clone();
        let path = folder.join(name);
        let there = fs::read(&path).ok();
        match there {
            Some(there) if !bytes.starts_with(&there) => {
                let older = there.starts_with(bytes);
                if older && self.dice.once_in(2) {
                    return;
                }
                let incoming_wins = self.dice.once_in(2);
                let (winner, loser) = if incoming_wins { (bytes, &there[..]) } else { (&there[..], bytes) };
                if self.dice.once_in(3) || !self.is_held_elsewhere(to, &there) {
                    put(&conflict_copy(&mut self.dice, &folder, name), loser);
                }
                put(&path, winner);
            }
            _ => put(&path, bytes),
        }
    }

    /// Does another machine hold every line of these bytes?
    fn is_held_elsewhere(&self, but: usize, bytes: &[u8]) -> bool {
        let others = (0..self.machines.len()).filter(|who| *who != but);
        let held: HashSet<String> = others.flat_map(|who| hashes(&self.read(who))).collect();
        hashes(&parsed(bytes)).iter().all(|hash| held.contains(hash))
    }

    /// In the end every version of every file reaches every machine, which calls one of them by its name
    /// and the others as its client does.
    fn settle(&mut self) {
        let mut versions: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
        for machine in &self.machines {
            for path in files(&machine.folder).unwrap() {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                versions.entry(name).or_default().insert(fs::read(path).unwrap());
            }
        }
        for who in 0..self.machines.len() {
            let folder = self.machines[who].folder.clone();
            for path in files(&folder).unwrap() {
                fs::remove_file(path).unwrap();
            }
            let mut copies: Vec<(&str, &[u8])> = Vec::new();
            for (name, contents) in &versions {
                let main = self.dice.below(contents.len());
                for (at, bytes) in contents.iter().enumerate() {
                    if at == main {
                        put(&folder.join(name), bytes);
                    } else {
                        copies.push((name, bytes));
                    }
                }
            }
            for (name, bytes) in copies {
                put(&conflict_copy(&mut self.dice, &folder, name), bytes);
            }
        }
    }
}

/// Everything a person could see of a state.
fn seen(state: &State) -> Vec<String> {
    let things = state.entities().map(|(id, entity)| {
        format!("{id} {} {:?} {:?}", entity.is_here(), state.labels_in(id, &entity), entity.fields())
    });
    let operations = state.notes().into_iter().map(|note| format!("{} {}", note.id(), note.undone));
    things.chain(operations).chain(state.conflicts().iter().map(|one| format!("{one:?}"))).collect()
}

fn live(room: &Path, seed: u64) {
    let mut world = World::new(room, seed);
    for _ in 0..10 + world.dice.below(20) {
        let (who, other) = (world.dice.below(3), world.dice.below(3));
        match world.dice.below(5) {
            0 | 1 => world.write(who),
            _ if who != other => world.carry(who, other),
            _ => {}
        }
    }
    world.settle();
    let states: Vec<Vec<String>> = (0..3)
        .map(|who| {
            let journal = world.read(who);
            let odd = journal.troubles.iter().find(|one| !["torn-line", "empty-journal"].contains(&one.code));
            assert!(odd.is_none(), "seed {seed}: {odd:?}");
            let acknowledged: BTreeSet<String> = world.written.iter().map(|one| one.hash.clone()).collect();
            assert_eq!(hashes(&journal), acknowledged, "seed {seed}, machine {who}");
            let state = state_of(journal);
            assert_eq!(state.notes().len(), world.written.len(), "seed {seed}: an act counts once");
            let mut labels: Vec<String> =
                state.entities().flat_map(|(id, _)| state.labels_of(id)).map(|label| label.to_string()).collect();
            labels.sort();
            let all = labels.len();
            labels.dedup();
            assert_eq!(labels.len(), all, "seed {seed}: a label names one thing");
            seen(&state)
        })
        .collect();
    assert!(states.windows(2).all(|pair| pair[0] == pair[1]), "seed {seed}: the machines differ");
    let suffixes = world.read(0).streams.into_iter().filter_map(|(id, header)| Some((id, header.suffix?))).collect();
    assert_eq!(states[0], seen(&State::fold(world.written.clone(), &suffixes)), "seed {seed}");
    let before = world.written.len();
    world.write(0);
    assert_eq!(state_of(world.read(0)).notes().len(), before + 1, "seed {seed}: writing goes on");
}

#[test]
fn a_thousand_histories_converge_whatever_the_sync_client_does() {
    let room = tempfile::tempdir().unwrap();
    (1..=1_000).for_each(|seed| live(room.path(), seed));
}
