//! A file that changes while it is taken in costs that file and leaves nothing of it.

use crate::act::desk::Desk;
use crate::document::{Draft, Header};
use crate::id::Id;
use crate::import::{self, Request};
use crate::manuscript::{Manuscript, See};
use crate::project::Original;
use crate::strand::SourceKind;
use std::cell::Cell;
use std::fs;

const TABLE: &str = "Study,Quote\nA 2001,They knew my name\nB 2002,They did not\n";

fn draft(table: &str) -> Draft {
    let (mapping, format, sheet) = (None, Some("csv"), None);
    let kind = SourceKind::Interview;
    let request = Request { name: "t.csv", bytes: table.as_bytes(), kind, mapping, format, sheet, roles: &[] };
    import::read(&request).unwrap().draft
}

/// Says something else when it is gone through again.
struct Changing(Cell<Option<Draft>>, Draft);

impl Manuscript for Changing {
    fn format(&self) -> &'static str {
        self.1.format
    }

    fn header(&self) -> &Header {
        &self.1.header
    }

    fn each_shard(&self, see: &mut See) -> crate::diagnostic::Result<()> {
        self.0.take().as_ref().unwrap_or(&self.1).each_shard(see)
    }

    fn is_table(&self) -> bool {
        true
    }

    fn names_every_study(&self) -> bool {
        true
    }
}

fn files(desk: &Desk) -> usize {
    let corpus = desk.project.root().join("corpus");
    ["originals", "text", "sealed"].iter().map(|folder| fs::read_dir(corpus.join(folder)).unwrap().count()).sum()
}

#[test]
fn nothing_is_left_of_a_file_that_changed_while_it_was_read() {
    let mut desk = Desk::with_interview();
    let before = files(&desk);
    let changing = Changing(Cell::new(Some(draft(TABLE))), draft(&TABLE.replace("my name", "my face")));
    let room = tempfile::tempdir().unwrap();
    let path = room.path().join("t.csv");
    fs::write(&path, TABLE).unwrap();
    let original = Original::look(&path).unwrap();
    fs::write(&path, "otherwise").unwrap();
    let done = desk.project.write("import", false, |batch| {
        let text = batch.attempt(|batch| batch.freeze(&changing, Id::derived([b"one".as_slice()]), 1)).unwrap_err();
        let copy = batch.attempt(|batch| {
            batch.freeze(&draft(TABLE), Id::derived([b"two".as_slice()]), 1)?;
            batch.keep_original(&original, "csv")
        });
        assert!(!batch.cannot_write(), "the disk is not at fault");
        batch.seal(&"kept".into())?;
        batch.undo(Id::derived([b"nothing".as_slice()]));
        Ok([text.0.code, copy.unwrap_err().0.code])
    });
    assert_eq!(done.unwrap().answer, ["changed-meanwhile"; 2]);
    assert_eq!(files(&desk), before + 1, "what was sealed, and no more");
}
