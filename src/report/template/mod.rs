//! How a team sets its own papers: the order of their sections, headings, words of its own, what it leaves
//! out. A template says nothing of what stands in a section: that the reports alone decide, and what
//! fairness and honesty ask for cannot be left out.
//!
//! [`shape`] says what a paper is made of, [`read`] takes a template in, [`Template::apply`] sets a report by it.

mod apply;
mod read;
pub mod shape;
#[cfg(test)]
mod tests;

pub use read::read;
pub use shape::{SHAPES, Shape};

/// A template that was read and found to fit its paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub title: Option<String>,
    pub sections: Vec<Entry>,
}

/// What becomes of one section, or of one part of every section of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    pub key: String,
    pub heading: Option<String>,
    /// Own words, before what the tool writes, in its place, and after it.
    pub before: Option<String>,
    pub text: Option<String>,
    pub after: Option<String>,
    pub leave_out: bool,
    pub parts: Vec<Entry>,
}
