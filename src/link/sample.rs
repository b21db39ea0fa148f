//! Links made by hand, for tests.

use super::{Link, LinkKind};
use crate::id::Id;

/// A link of which nothing more is said; the same ends and kind are the same link.
pub fn link(from: Id, kind: LinkKind, to: Id) -> Link {
    Link {
        id: Id::derived([from.as_bytes().as_slice(), kind.word().as_bytes(), to.as_bytes(), b"sample"]),
        from,
        from_part: None,
        to,
        to_part: None,
        kind,
        enters_as: None,
        reason: None,
        author: "gj".to_owned(),
    }
}
