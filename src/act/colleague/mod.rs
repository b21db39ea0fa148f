//! Word and Excel as colleagues use them: a document goes out as numbered turns, and what they write
//! beside the words comes back as codings, draft statements and memos.
//!
//! Out: [`export`], laid out by `page` and `rows`. Back: `returned` reads a file from a word processor and
//! `ground` finds where its comments stand in the document, `rows` does both for a workbook; `remark` says
//! what a comment asks for, and [`comments`] does it all in one operation.

pub mod comments;
pub mod export;
mod ground;
mod page;
mod remark;
mod returned;
mod rows;

pub use page::opens_like_an_export;
pub use returned::{MARK, version_named};

crate::vocabulary! {
    /// What a colleague works with.
    pub enum Format "format for a colleague" {
        Docx "docx",
        Xlsx "xlsx",
    }
}

#[cfg(test)]
mod tests;
