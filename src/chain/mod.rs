//! Chains of configurations: the outcome of one is a context or resource of the next. Pure.
//!
//! A configuration is a hyperedge: {contexts, resources} × {mechanism} → {outcomes}. What runs over graphs needs links
//! from one thing to one other, so configurations are projected ([`weave`]), and every link keeps the configurations,
//! evidence links and sources it comes from. Two rules keep chains honest:
//!
//! - A chain passes from one configuration to the next only where an outcome of the one **is** a context or resource of
//!   the other. A mechanism belongs to its own configuration: that two name it alike joins nothing.
//! - A link is told by a source that speaks for both its ends, or for the statement as a whole. A *thread* is a chain
//!   that one source tells from end to end; any other is stitched together by the reader.
//!
//! [`network`] is the graph; [`trace`] finds paths and threads, [`disbelief`] their robustness (by way of [`flow`]),
//! [`cycles`] feedback, [`zoom`] rolls up, [`opposites`] folds a thing and its opposite.

pub mod network;
pub mod opposites;
pub mod trace;
pub mod flow;
pub mod disbelief;
pub mod cycles;
pub mod weave;
pub mod zoom;

#[cfg(test)]
mod naive;
#[cfg(test)]
mod tests;

pub use network::{Factor, Link, Network, Node, Place, Telling};
