//! `realist`: a toolkit for realist synthesis.
//!
//! The modules stand in reading order, and reading order is dependency order: **a module uses only
//! modules above it** (`tests/it/tidy.rs` reads the `use` lines). `ARCHITECTURE.md` says what each
//! layer is for; start there.
#![forbid(unsafe_code)]

// Ground: no noun of the field yet.
pub mod text;
pub mod diagnostic;
pub mod vocabulary;
pub mod id;
pub mod language;
pub mod table;
pub mod shelf;

// Nouns: types and their pure operations. No disk, no clock, no terminal, no polars, no tantivy.
pub mod strand;
pub mod settings;
pub mod sealed;
pub mod reference;
pub mod origin;
pub mod source;
pub mod cut;
pub mod document;
pub mod manuscript;
pub mod passage;
pub mod redact;
pub mod participant;
pub mod identifier;
pub mod codebook;
pub mod coding;
pub mod memo;
pub mod hypothesis;
pub mod link;
pub mod appraisal;
pub mod evidence;
pub mod cerqual;
pub mod tidier;
pub mod theory;
pub mod model;
pub mod pathway;
pub mod need;
pub mod searching;
pub mod grouping;
pub mod regularity;
pub mod uncertainty;
pub mod panel;
pub mod round;
pub mod vote;
pub mod decision;
pub mod action;
pub mod recommendation;
pub mod meeting;
pub mod training;
pub mod saved;
pub mod pass;
pub mod synthesis;
pub mod programme;

// Method: statistics, and what keeps people unknown, as pure functions.
pub mod stats;
pub mod consensus;
pub mod chain;
pub mod compare;
pub mod stepped;
pub mod grounds;
pub mod coverage;
pub mod screening;
pub mod privacy;

// History: operations and how they fold. Pure.
pub mod history;

// Disk.
pub mod disk;
pub mod journal;
pub mod project;

// Machinery.
pub mod import;
pub mod extract;
pub mod query;
pub mod index;
pub mod retrieve;
pub mod matrix;
pub mod picture;
pub mod bibliography;
pub mod consolidate;
pub mod pattern;
pub mod frame;

// Judgement.
pub mod check;
pub mod report;
pub mod render;

// Doing.
pub mod act;

// Faces.
pub mod cli;

#[cfg(test)]
mod testdata;
