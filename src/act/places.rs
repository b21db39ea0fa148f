//! Every place on this computer that holds participants' words, for data management plans and for the
//! day somebody withdraws.

use crate::project::{Project, Size, measure};
use std::path::PathBuf;

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// What it is.
    pub what: &'static str,
    pub path: PathBuf,
    pub size: Size,
    /// What becomes of it.
    pub note: &'static str,
}

/// All places, those that are empty included: somebody who looks for one must find it named.
pub fn places(project: &Project) -> Vec<Room> {
    let corpus = project.root().join("corpus");
    let cache = project.cache_folder();
    let mut rooms: Vec<Room> = [
        ("files as given", corpus.join("originals"), "purge destroys a document's"),
        ("texts as read", corpus.join("text"), "purge destroys a document's"),
        ("names, titles, dissent", corpus.join("sealed"), "purge destroys a document's"),
        ("papers and sheets", project.outputs_folder(), "rebuildable: delete what you no longer need"),
        ("search index", cache.join("index"), "rebuildable; purge and 'realist cache clear' remove it"),
        (
            "folded journal",
            cache.join("fold"),
            "words only where somebody typed them into a memo or statement; 'realist cache clear' removes it",
        ),
        (
            "salvaged journal tails",
            cache.join("salvage"),
            "half-written lines; purge and 'realist cache clear' remove them",
        ),
    ]
    .into_iter()
    .map(|(what, path, note)| Room { what, size: measure(&path), path, note })
    .collect();
    rooms.extend(project.other_caches().into_iter().map(|path| Room {
        what: "index of another copy of this project",
        size: measure(&path),
        path,
        note: "'realist cache clear --all' removes it",
    }));
    rooms
}

/// Where words may be that this tool cannot see.
pub const OUT_OF_SIGHT: &str = "not seen from here: bundles and papers you sent, other people's copies, git history, backups, versions a sync service keeps";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Surroundings;

    #[test]
    fn every_place_is_named_and_the_cache_can_be_emptied() {
        let scratch = tempfile::tempdir().unwrap();
        let home = |name: &str| scratch.path().join(name);
        let surroundings = Surroundings::within(scratch.path(), Some("gj"));
        Project::create(&home("p"), "T", &[], &surroundings).unwrap();
        let project = Project::open(&home("p"), surroundings).unwrap();
        let index = project.cache_folder().join("index");
        std::fs::create_dir_all(&index).unwrap();
        std::fs::copy(home("p").join("realist.toml"), index.join("terms")).unwrap();
        let size = |project: &Project| places(project).into_iter().find(|one| one.path == index).unwrap().size;
        assert_eq!(size(&project).files, 1);
        assert_eq!(project.clear_cache(false).unwrap().files, 1);
        assert_eq!(size(&project), Size::default());
        assert_eq!(places(&project).len(), 7);
    }
}
