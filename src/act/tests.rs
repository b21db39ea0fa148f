//! Laws of merging and bundling, on real projects in temporary folders.

#![allow(clippy::disallowed_methods)] // test material is written as people would

mod changing_file;
mod index_damage;
mod kept;
mod snapshot;
mod stale_state;

use super::bundle::Since;
use super::{bundle, codebook, hypothesis, import, merge, purge, undo};
use crate::document::Document;
use crate::project::{Project, Surroundings};
use crate::strand::SourceKind;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Machines that each hold a copy of one project.
struct Sites(tempfile::TempDir);

impl Sites {
    fn new() -> Self {
        let sites = Sites(tempfile::tempdir().unwrap());
        let (root, surroundings) = (sites.root(0), sites.surroundings(0, "gj"));
        Project::create(&root, "Care navigators", &[], &surroundings).unwrap();
        codebook::add(&mut sites.open(0, "gj"), &code("Trust")).unwrap();
        sites
    }

    fn root(&self, site: usize) -> PathBuf {
        self.0.path().join(format!("site{site}"))
    }

    fn surroundings(&self, site: usize, coder: &str) -> Surroundings {
        Surroundings::within(&self.0.path().join(format!("home{site}")), Some(coder))
    }

    fn open(&self, site: usize, coder: &str) -> Project {
        Project::open(&self.root(site), self.surroundings(site, coder)).unwrap()
    }

    fn copy(&self, from: usize, to: usize) {
        copy_folder(&self.root(from), &self.root(to));
    }

    fn merge(&self, into: usize, from: usize) -> merge::Merged {
        merge::merge(&mut self.open(into, "gj"), &self.root(from), &[]).unwrap()
    }

    fn import(&self, site: usize, text: &str) -> import::Summary {
        let file = self.0.path().join("talk.txt");
        fs::write(&file, text).unwrap();
        let wanted = import::Wanted::of(vec![file], SourceKind::Interview);
        import::import(&mut self.open(site, "gj"), &wanted, &|_, _| {}).unwrap().answer
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn code(name: &str) -> codebook::Entry {
    codebook::Entry { name: Some(name.to_owned()), ..codebook::Entry::default() }
}

fn claim(text: &str) -> hypothesis::Entry {
    hypothesis::Entry { statement: Some(text.to_owned()), ..hypothesis::Entry::default() }
}

/// All that a state says.
fn told(project: &Project) -> Vec<String> {
    let state = project.state();
    let things = state.entities().map(|(id, entity)| {
        format!("{id} {} {:?} {:?} {}", entity.kind, state.labels_in(id, &entity), entity.fields(), entity.is_here())
    });
    let notes = state.notes().into_iter().map(|note| format!("{} {}", note.hash, note.undone));
    things.chain(notes).chain(state.conflicts().iter().map(|one| format!("{one:?}"))).collect()
}

const TALK: &str = "Interviewer: How did it begin?\nAna: She came every single week until I trusted her word.\nInterviewer: And then?\nAna: Then I went on my own.\n";

#[test]
fn two_copies_merged_either_way_say_the_same() {
    let sites = Sites::new();
    sites.copy(0, 1);
    hypothesis::add(&mut sites.open(0, "gj"), &claim("If welcomed, then they stay")).unwrap();
    sites.import(0, TALK);
    hypothesis::add(&mut sites.open(1, "mb"), &claim("If pressed, then they leave")).unwrap();
    sites.import(1, TALK);
    sites.copy(0, 2);
    let merged = sites.merge(0, 1);
    assert_eq!((merged.taken.fresh(), merged.taken.files), (2, 0), "{merged:?}");
    assert_eq!(merged.taken.things.iter().map(|(kind, n)| (kind.word(), *n)).collect::<Vec<_>>(), [("hypothesis", 1)]);
    assert_eq!(merged.taken.conflicts, []);
    sites.merge(1, 2);
    assert_eq!(told(&sites.open(0, "gj")), told(&sites.open(1, "gj")));
    assert_eq!(sites.open(0, "gj").state().all::<Document>().len(), 1, "one file taken in twice is one document");
    let again = sites.merge(0, 1);
    assert_eq!((again.taken.fresh(), again.taken.files, again.settings.len()), (0, 0, 0));
}

#[test]
fn codebooks_edited_on_both_sides_meet_field_by_field() {
    let sites = Sites::new();
    sites.copy(0, 1);
    let define = codebook::Entry { definition: Some("Reliance".to_owned()), ..codebook::Entry::default() };
    codebook::edit(&mut sites.open(0, "gj"), "Trust", &define).unwrap();
    let rename = codebook::Entry { name: Some("Confidence".to_owned()), ..codebook::Entry::default() };
    codebook::edit(&mut sites.open(1, "mb"), "Trust", &rename).unwrap();
    sites.merge(0, 1);
    let project = sites.open(0, "gj");
    assert_eq!(project.hand_edits(), [], "what a merge brought is no edit by hand");
    let book = fs::read_to_string(sites.root(0).join("codebooks/codes.toml")).unwrap();
    assert!(book.contains("Confidence") && book.contains("Reliance"), "{book}");
}

#[test]
fn a_synced_journal_is_not_undone_by_a_codebook_file_that_lags() {
    let sites = Sites::new();
    sites.copy(0, 1);
    let define = codebook::Entry { definition: Some("Reliance".to_owned()), ..codebook::Entry::default() };
    codebook::edit(&mut sites.open(0, "gj"), "Trust", &define).unwrap();
    let rename = codebook::Entry { name: Some("Confidence".to_owned()), ..codebook::Entry::default() };
    codebook::edit(&mut sites.open(1, "mb"), "Trust", &rename).unwrap();
    // A sync client brings the journals both ways and the codebook neither way.
    for (from, to) in [(0, 1), (1, 0)] {
        copy_folder(&sites.root(from).join("journal"), &sites.root(to).join("journal"));
    }
    for site in 0..2 {
        let project = sites.open(site, "gj");
        assert_eq!(project.hand_edits(), []);
        let codes = project.state().all::<crate::codebook::Code>();
        assert_eq!((codes[0].name.as_str(), codes[0].definition.as_deref()), ("Confidence", Some("Reliance")));
    }
}

#[test]
fn a_hand_edit_of_the_other_copy_is_shown() {
    let sites = Sites::new();
    sites.copy(0, 1);
    let book = sites.root(1).join("codebooks/codes.toml");
    let text = fs::read_to_string(&book).unwrap().replace("\"Trust\"", "\"Faith\"");
    fs::write(&book, text).unwrap();
    let merged = sites.merge(0, 1);
    assert_eq!(merged.hand_edits.len(), 1);
    assert_eq!(merged.hand_edits[0].0, "C1.gj");
}

#[test]
fn concurrent_edits_are_kept_and_listed() {
    let sites = Sites::new();
    hypothesis::add(&mut sites.open(0, "gj"), &claim("A")).unwrap();
    sites.copy(0, 1);
    hypothesis::edit(&mut sites.open(0, "gj"), "H1.gj", &claim("Ours"), None).unwrap();
    hypothesis::edit(&mut sites.open(1, "mb"), "H1.gj", &claim("Theirs"), None).unwrap();
    let merged = sites.merge(0, 1);
    let [(label, conflict)] = merged.taken.conflicts.as_slice() else { panic!("{merged:?}") };
    let both = [&conflict.kept, &conflict.other].map(|value| value.as_str().unwrap().to_owned());
    assert!(label == "H1.gj" && both.contains(&"Ours".to_owned()) && both.contains(&"Theirs".to_owned()));
}

#[test]
fn another_project_is_refused_and_a_damaged_file_is_not_taken() {
    let sites = Sites::new();
    let other = Sites::new();
    let fault = merge::merge(&mut sites.open(0, "gj"), &other.root(0), &[]).unwrap_err();
    assert_eq!(fault.0.code, "other-project");
    sites.copy(0, 1);
    sites.import(1, TALK);
    for folder in ["originals", "text"] {
        for entry in fs::read_dir(sites.root(1).join("corpus").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let mut bytes = fs::read(&path).unwrap();
            bytes.push(b' ');
            fs::write(&path, bytes).unwrap();
        }
    }
    let merged = sites.merge(0, 1);
    assert_eq!(merged.taken.refused.len(), 2, "{merged:?}");
    assert_eq!(fs::read_dir(sites.root(0).join("corpus/text")).unwrap().count(), 0);
}

#[test]
fn a_file_here_is_never_replaced() {
    let sites = Sites::new();
    sites.import(0, TALK);
    sites.copy(0, 1);
    let path = fs::read_dir(sites.root(1).join("corpus/text")).unwrap().next().unwrap().unwrap().path();
    fs::write(&path, b"other words").unwrap();
    let ours = sites.root(0).join("corpus/text").join(path.file_name().unwrap());
    let before = fs::read(&ours).unwrap();
    let merged = sites.merge(0, 1);
    assert_eq!(merged.taken.differing.len(), 1);
    assert_eq!(fs::read(&ours).unwrap(), before);
}

#[test]
fn a_damaged_file_here_is_healed_by_a_whole_one() {
    let sites = Sites::new();
    sites.import(0, TALK);
    sites.copy(0, 1);
    for folder in ["originals", "text", "sealed"] {
        for entry in fs::read_dir(sites.root(0).join("corpus").join(folder)).unwrap() {
            fs::write(entry.unwrap().path(), b"").unwrap();
        }
    }
    let merged = sites.merge(0, 1);
    assert_eq!((merged.taken.files, merged.taken.differing.len()), (4, 0), "{merged:?}");
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for (site, found) in [(0, &mut here), (1, &mut there)] {
        for folder in ["originals", "text", "sealed"] {
            let entries = fs::read_dir(sites.root(site).join("corpus").join(folder)).unwrap();
            found.extend(entries.map(|entry| fs::read(entry.unwrap().path()).unwrap()));
        }
        found.sort();
    }
    assert_eq!(here, there);
}

#[test]
fn a_purge_takes_what_a_killed_import_left() {
    let sites = Sites::new();
    sites.import(0, TALK);
    let left = sites.root(0).join("corpus/originals/.realist-a1b2c3.tmp");
    fs::write(&left, TALK).unwrap();
    purge::purge(&mut sites.open(0, "gj"), "D1.gj", "consent withdrawn").unwrap();
    assert!(!left.exists());
}

#[test]
fn what_was_purged_does_not_come_back() {
    let sites = Sites::new();
    sites.import(0, TALK);
    sites.copy(0, 1);
    purge::purge(&mut sites.open(0, "gj"), "D1.team", "consent withdrawn")
        .or_else(|_| purge::purge(&mut sites.open(0, "gj"), "D1.gj", "consent withdrawn"))
        .unwrap();
    sites.merge(0, 1);
    assert_eq!(fs::read_dir(sites.root(0).join("corpus/text")).unwrap().count(), 0);
    sites.merge(1, 0);
    assert_eq!(fs::read_dir(sites.root(1).join("corpus/text")).unwrap().count(), 0);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let sites = Sites::new();
    sites.copy(0, 1);
    sites.import(1, TALK);
    let rehearsal = Surroundings { rehearsal: true, ..sites.surroundings(0, "gj") };
    let before = told(&sites.open(0, "gj"));
    let mut project = Project::open(&sites.root(0), rehearsal).unwrap();
    let would = merge::merge(&mut project, &sites.root(1), &[]).unwrap().taken;
    assert_eq!(told(&sites.open(0, "gj")), before);
    let did = sites.merge(0, 1).taken;
    assert_eq!((would.things, would.files, would.result), (did.things, did.files, did.result));
}

#[test]
fn settings_are_shown_and_taken_only_when_named() {
    let sites = Sites::new();
    sites.copy(0, 1);
    let path = sites.root(1).join("realist.toml");
    let text = fs::read_to_string(&path).unwrap().replace("Care navigators", "Navigators");
    fs::write(&path, text).unwrap();
    let merged = sites.merge(0, 1);
    assert_eq!(merged.settings.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), ["title"]);
    assert_eq!(sites.open(0, "gj").settings().title, "Care navigators");
    let taken = merge::merge(&mut sites.open(0, "gj"), &sites.root(1), &["title".to_owned()]).unwrap();
    assert!(taken.settings.is_empty());
    assert_eq!(sites.open(0, "gj").settings().title, "Navigators");
}

fn bundled(sites: &Sites, site: usize, since: &Since, texts: bool) -> Option<PathBuf> {
    let out = sites.0.path().join(format!("bundle{}.zip", fs::read_dir(sites.0.path()).unwrap().count()));
    bundle::make(&mut sites.open(site, "gj"), Some(&out), since, texts).unwrap().file
}

#[test]
fn a_bundle_carries_all_that_is_new_once() {
    let sites = Sites::new();
    sites.copy(0, 1);
    sites.import(0, TALK);
    let first = bundled(&sites, 0, &Since::Last, true).unwrap();
    assert_eq!(fs::read(&first).unwrap(), fs::read(bundled(&sites, 0, &Since::Start, true).unwrap()).unwrap());
    assert!(bundled(&sites, 0, &Since::Last, true).is_none(), "nothing new");
    merge::merge(&mut sites.open(1, "mb"), &first, &[]).unwrap();
    assert_eq!(told(&sites.open(0, "gj")), told(&sites.open(1, "mb")));
    let project = sites.open(1, "mb");
    let document = &project.state().all::<Document>()[0];
    assert!(project.header(document).unwrap().is_some() && project.original(document).exists());
    assert_eq!(project.title(document), sites.open(0, "gj").title(document), "the sealed name came along");

    hypothesis::add(&mut sites.open(1, "mb"), &claim("If welcomed, then they stay")).unwrap();
    let back = bundled(&sites, 1, &Since::Bundle(first), true).unwrap();
    let merged = merge::merge(&mut sites.open(0, "gj"), &back, &[]).unwrap();
    assert_eq!((merged.taken.there, merged.taken.fresh(), merged.taken.gaps), (1, 1, 0));
    assert_eq!(merge::merge(&mut sites.open(0, "gj"), &back, &[]).unwrap().taken.fresh(), 0);
}

#[test]
fn texts_left_out_can_follow() {
    let sites = Sites::new();
    sites.copy(0, 1);
    sites.import(0, TALK);
    let bare = bundled(&sites, 0, &Since::Start, false).unwrap();
    let merged = merge::merge(&mut sites.open(1, "mb"), &bare, &[]).unwrap();
    assert_eq!((merged.taken.fresh(), merged.taken.files), (1, 0));
    let full = bundled(&sites, 0, &Since::Start, true).unwrap();
    let merged = merge::merge(&mut sites.open(1, "mb"), &full, &[]).unwrap();
    assert_eq!((merged.taken.fresh(), merged.taken.files), (0, 4));
}

fn names(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        if path.is_dir() {
            names(&path, found);
        }
    }
}

#[test]
fn names_in_a_bundle_cannot_aim_at_other_files() {
    use std::io::Write;
    let sites = Sites::new();
    sites.copy(0, 1);
    sites.import(0, TALK);
    let good = bundled(&sites, 0, &Since::Start, true).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(fs::read(good).unwrap())).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        zip.raw_copy_file(archive.by_index_raw(at).unwrap()).unwrap();
    }
    let hostile = [
        "corpus/../../evil.txt",
        "corpus/text/../../../evil.txt",
        "/evil.txt",
        "corpus/sealed/.hidden.json",
        "corpus/journal/evil.jsonl",
        "corpus/originals/CON:evil.txt",
        "corpus/text/evil.txt",
    ];
    for name in hostile {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"{\"value\":1}").unwrap();
    }
    let path = sites.0.path().join("hostile.zip");
    fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    let merged = merge::merge(&mut sites.open(1, "mb"), &path, &[]).unwrap();
    assert_eq!(merged.taken.files, 4, "{merged:?}");
    let mut found = Vec::new();
    names(sites.0.path(), &mut found);
    assert!(!found.iter().any(|name| name.contains("evil") || name == ".hidden.json"), "{found:?}");
}

#[test]
fn what_is_no_bundle_is_refused() {
    let sites = Sites::new();
    let path = sites.0.path().join("no.zip");
    for bytes in [b"".as_slice(), b"PK\x03\x04 half", b"text"] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(merge::merge(&mut sites.open(0, "gj"), &path, &[]).unwrap_err().0.code, "no-bundle");
    }
}

/// Prints how long 100,000 operations take to pack and to take in.
#[test]
#[ignore = "a measurement: cargo test --release --lib exchange -- --ignored --nocapture"]
#[allow(clippy::print_stderr)] // a measurement is read
fn a_hundred_thousand_operations() {
    use crate::history::{Fields, Header, Operation, Record};
    use crate::id::{Id, Kind, Label};
    let sites = Sites::new();
    sites.copy(0, 1);
    let project = sites.open(0, "gj").settings().project;
    let header = Header { realist: 1, project, stream: "aaaa0000".to_owned(), tag: "mb".to_owned(), suffix: None };
    let (mut text, mut prev) = (header.to_line(), String::new());
    let code = Id::derived([b"code".as_slice()]);
    for n in 1..=100_000u32 {
        let id = Id::derived([n.to_le_bytes().as_slice()]);
        let anchor = serde_json::json!({"document": code, "version": "0123456789abcdef", "spans": [[n, n + 80]], "hashes": ["0123456789abcdef"]});
        let fields = Fields::from_iter([
            ("code".to_owned(), serde_json::json!(code)),
            ("anchor".to_owned(), anchor),
            ("coder".to_owned(), "mb".into()),
        ]);
        let operation = Operation {
            id,
            stream: header.stream.clone(),
            lamport: u64::from(n) + 1,
            time: "2026-01-01T00:00:00Z".to_owned(),
            by: "mb".to_owned(),
            act: "code add".to_owned(),
            after: Vec::new(),
            prev,
            records: vec![Record::put(Kind::Coding, id, Some(Label::new(Kind::Coding, n, "mb")), &fields)],
            hash: String::new(),
        };
        let (line, hash) = operation.to_line();
        text.push_str(&line);
        prev = hash;
    }
    fs::write(sites.root(0).join("journal/mb.aaaa0000.jsonl"), text).unwrap();
    let (mut ours, mut theirs) = (sites.open(0, "gj"), sites.open(1, "gj"));
    let out = sites.0.path().join("all.zip");
    let start = std::time::Instant::now();
    bundle::make(&mut ours, Some(&out), &Since::Start, true).unwrap();
    eprintln!("bundle: {:?}", start.elapsed());
    let start = std::time::Instant::now();
    assert_eq!(merge::merge(&mut theirs, &out, &[]).unwrap().taken.fresh(), 100_000);
    eprintln!("merge: {:?}", start.elapsed());
    let start = std::time::Instant::now();
    assert_eq!(merge::merge(&mut ours, &sites.root(1), &[]).unwrap().taken.fresh(), 0);
    eprintln!("merge of the same: {:?}", start.elapsed());
}

/// What may happen at a site.
#[derive(Debug, Clone)]
enum Step {
    Code { site: usize, name: u8 },
    Claim { site: usize, text: u8 },
    Edit { site: usize, text: u8 },
    Undo { site: usize },
    Merge { into: usize, from: usize },
    Send { from: usize, to: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let site = 0..3usize;
    let step = prop_oneof![
        (site.clone(), 0..4u8).prop_map(|(site, name)| Step::Code { site, name }),
        (site.clone(), 0..9u8).prop_map(|(site, text)| Step::Claim { site, text }),
        (site.clone(), 0..9u8).prop_map(|(site, text)| Step::Edit { site, text }),
        site.clone().prop_map(|site| Step::Undo { site }),
        (site.clone(), site.clone()).prop_map(|(into, from)| Step::Merge { into, from }),
        (site.clone(), site).prop_map(|(from, to)| Step::Send { from, to }),
    ];
    proptest::collection::vec(step, 1..14)
}

fn play(sites: &Sites, steps: &[Step]) {
    // Two people; one of them works at two sites.
    let coder = |site: usize| ["gj", "mb", "gj"][site];
    for step in steps {
        match *step {
            Step::Code { site, name } => {
                let _ = codebook::add(&mut sites.open(site, coder(site)), &code(&format!("Code {name}")));
            }
            Step::Claim { site, text } => {
                hypothesis::add(&mut sites.open(site, coder(site)), &claim(&format!("Claim {text}"))).unwrap();
            }
            Step::Edit { site, text } => {
                let _ = hypothesis::edit(
                    &mut sites.open(site, coder(site)),
                    "H1.gj",
                    &claim(&format!("Edit {text}")),
                    None,
                );
            }
            Step::Undo { site } => drop(undo::undo(&mut sites.open(site, coder(site)), None, false)),
            Step::Merge { into, from } if into != from => drop(sites.merge(into, from)),
            Step::Send { from, to } if to != from => {
                let file = bundled(sites, from, &Since::Start, true).unwrap();
                merge::merge(&mut sites.open(to, coder(to)), &file, &[]).unwrap();
            }
            Step::Merge { .. } | Step::Send { .. } => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The union does not depend on who merges what, nor in which order.
    #[test]
    fn copies_converge(steps in steps()) {
        let sites = Sites::new();
        sites.copy(0, 1);
        sites.copy(0, 2);
        play(&sites, &steps);
        for site in 0..3 {
            sites.copy(site, site + 3);
        }
        // (0 + 1) + 2, and 5 + (4 + 3), and each into the other once more.
        sites.merge(0, 1);
        sites.merge(0, 2);
        sites.merge(4, 3);
        sites.merge(5, 4);
        let (left, right) = (told(&sites.open(0, "gj")), told(&sites.open(5, "gj")));
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(sites.merge(0, 5).taken.fresh(), 0);
        prop_assert_eq!(&told(&sites.open(0, "gj")), &left);
        prop_assert_eq!(sites.open(0, "gj").hand_edits(), vec![]);
    }
}
