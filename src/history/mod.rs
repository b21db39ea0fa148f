//! What people did, and what follows from it. Pure: lines come in, a state comes out.
//!
//! One [`Operation`] is what one act of a person did, however many records. The [`State`] is a fold
//! over the *set* of operations: reading one twice changes nothing, and the order files are read in
//! does not matter. Operations are ordered causally, then by (Lamport number, stream), never by the
//! clock.

mod conflict;
mod entity;
mod layers;
mod note;
mod operation;
mod order;
mod past;
mod state;
mod stored;
mod summary;
mod take;
mod veil;
#[cfg(test)]
mod tests;

pub use conflict::Conflict;
pub use entity::{Entity, Write};
pub use note::{Hash, OpNote, Place};
pub use operation::{Broken, Fields, Header, Operation, Record, StreamId, parse_header, parse_line};
pub use past::Past;
pub use state::{Heal, State};
pub use stored::{Stored, anchor_in, versions_in};
pub use summary::Purge;
pub use veil::Veil;

/// Stream of what lies over the journal in memory only.
pub const OVERLAY: &str = "overlay";
