//! The worked example comes out as it lies at the top of the repository, byte for byte.

use crate::desk::Desk;
use std::collections::BTreeMap;
use std::path::Path;

/// Every file below a folder, by its place there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let place = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(place, std::fs::read(path).unwrap());
            }
        }
    }
    found
}

fn assert_alike(made: &Path, kept: &Path) {
    let (made, kept) = (files(made), files(kept));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (place, bytes) in &made {
        assert!(kept[place] == *bytes, "{place} is not what it was: make the example again and look at the difference");
    }
}

#[test]
fn the_example_and_its_papers_come_out_as_they_lie_here() {
    let desk = Desk::bare();
    let folder = desk.room().join("example");
    let place = folder.to_str().unwrap();
    desk.outside(&["init", place, "--example"]).done().says("every quotation synthetic");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["corpus", "journal"] {
        assert_alike(&folder.join(part), &here.join(part));
    }
    // Beside the example's own codebooks lie those that come with the tool.
    let mut kept = files(&here.join("codebooks"));
    kept.retain(|place, _| !place.starts_with("ready/"));
    assert!(files(&folder.join("codebooks")) == kept, "codebooks/ is not what it was: make the example again");
    assert_eq!(std::fs::read(folder.join("realist.toml")).unwrap(), std::fs::read(here.join("realist.toml")).unwrap());
    desk.outside(&["-C", place, "report", "agenda", "--to", "html", "--to", "md", "--to", "json"]).done();
    desk.outside(&["-C", place, "report", "evidence", "--to", "html", "--to", "md", "--to", "csv"]).done();
    for name in ["slides", "record"] {
        desk.outside(&["-C", place, "report", name, "--to", "html", "--to", "md"]).done();
    }
    let figures =
        ["--figure", "theory", "--figure", "map", "--figure", "matrix", "--to", "svg", "--to", "html", "--to", "csv"];
    desk.outside(&[&["-C", place, "theory", "graph"], &figures[..]].concat()).done();
    assert_alike(&folder.join("outputs"), &here.join("outputs"));
    desk.outside(&["-C", place, "check"]).done();
}

#[test]
fn the_example_has_what_it_promises() {
    let desk = Desk::bare();
    let folder = desk.room().join("example");
    let place = folder.to_str().unwrap();
    desk.outside(&["init", place, "--example"]).done();
    let list = |what: &str| desk.outside(&["-C", place, what, "list", "--format", "json"]).done().json();
    let count = |what: &str| list(what).as_array().unwrap().len();
    assert!(count("source") >= 12 && count("document") >= 8 && count("hypothesis") >= 60);
    assert_eq!((count("component"), count("uncertainty")), (8, 3));
    let sources = list("source");
    let strands: std::collections::BTreeSet<_> =
        sources.as_array().unwrap().iter().map(|one| one["strand"].to_string()).collect();
    assert_eq!(strands.len(), 4);
    let components = list("component");
    assert!(components.as_array().unwrap().iter().all(|one| one["consensus"] == "agreed"));
    let standings: std::collections::BTreeSet<_> =
        list("hypothesis").as_array().unwrap().iter().map(|one| one["evidential"].to_string()).collect();
    assert_eq!(standings.len(), 5, "all five standings occur: {standings:?}");
    desk.outside(&["init", desk.room().join("x").to_str().unwrap(), "--example", "nonsense"])
        .refused()
        .says("partners");
}
