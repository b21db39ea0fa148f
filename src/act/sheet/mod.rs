//! The same as [`super::write`] through a spreadsheet: a sheet of a document's passages with columns
//! to fill in, and reading it back however the spreadsheet program saved it.

pub(super) mod cells;
mod make;
mod read;

pub use cells::Form;
pub(super) use make::key;
pub use make::{Made, make};
pub use read::{Answer, Refused, read, read_workbook};
pub(super) use read::{Said, read_before};
