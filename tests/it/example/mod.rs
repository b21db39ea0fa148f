//! The worked examples come out as they lie in the repository, byte for byte.
//!
//! With `REALIST_REMAKE_EXAMPLES=1` in the environment (`REALIST_REMAKE_EXAMPLES=1 cargo test --test it example`) what lies
//! in the repository is replaced by what comes out, instead of being compared with it. Look at the difference then.

mod integrated_model;
mod partners;

use crate::desk::{Desk, files_below};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn is_remaking() -> bool {
    std::env::var_os("REALIST_REMAKE_EXAMPLES").is_some()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, by its place there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let place = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files_below(folder).into_iter().map(|path| (place(&path), std::fs::read(path).unwrap())).collect()
}

/// What was made lies in a folder of the repository so, but for files there whose place begins with `beside`.
fn assert_kept(made: &Path, folder: &Path, beside: Option<&str>) {
    let (made, mut kept) = (files(made), files(folder));
    kept.retain(|place, _| beside.is_none_or(|beside| !place.starts_with(beside)));
    if is_remaking() {
        remake(&made, &kept, folder);
        return;
    }
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>(), "{}", folder.display());
    for (place, bytes) in &made {
        assert!(kept[place] == *bytes, "{place} is not what it was: make the example again and look at the difference");
    }
}

fn remake(made: &BTreeMap<String, Vec<u8>>, kept: &BTreeMap<String, Vec<u8>>, folder: &Path) {
    for place in kept.keys() {
        std::fs::remove_file(folder.join(place)).unwrap();
    }
    for (place, bytes) in made {
        let path = folder.join(place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// The project lies so in a folder of the repository: settings, texts, journal and its own codebooks.
fn assert_project_kept(project: &Path, folder: &Path) {
    for part in ["corpus", "journal"] {
        assert_kept(&project.join(part), &folder.join(part), None);
    }
    // Beside the first example's own codebooks lie those that come with the tool.
    assert_kept(&project.join("codebooks"), &folder.join("codebooks"), Some("ready/"));
    for name in ["realist.toml", ".gitattributes"] {
        let made = std::fs::read_to_string(project.join(name)).unwrap();
        let place = folder.join(name);
        if is_remaking() {
            std::fs::write(&place, &made).unwrap();
        }
        assert_eq!(made, std::fs::read_to_string(&place).unwrap(), "{}", place.display());
    }
}

/// Makes papers, and puts them into a folder of their own below `outputs/`; gives that folder.
fn make(desk: &Desk, project: &Path, commands: &[&str], stage: &str) -> PathBuf {
    let outputs = project.join("outputs");
    for command in commands {
        let words: Vec<String> = command
            .split(' ')
            .map(|word| if word == "outputs" { outputs.to_str().unwrap().to_owned() } else { word.to_owned() })
            .collect();
        let words = ["-C", project.to_str().unwrap()].into_iter().chain(words.iter().map(String::as_str));
        desk.outside(&words.collect::<Vec<_>>()).done();
    }
    let made: Vec<_> = std::fs::read_dir(&outputs).unwrap().map(|entry| entry.unwrap().path()).collect();
    let folder = outputs.join(stage);
    std::fs::create_dir(&folder).unwrap();
    for path in made.iter().filter(|path| path.is_file()) {
        std::fs::rename(path, folder.join(path.file_name().unwrap())).unwrap();
    }
    folder
}
