//! Text as this tool sees it: frozen UTF-8 with LF, addressed by half-open byte spans.
//!
//! Offsets are bytes inside and become code points, UTF-16 units or lines only at the border
//! ([`offsets`]). Words are those of UAX 29 ([`words`]). Quotations are found as people retype them
//! ([`quote`]), edited ones too ([`near`]); places in a text that was corrected are carried over ([`carry`], upon [`align`]).

pub mod align;
pub mod carry;
pub mod formula;
pub mod near;
pub mod offsets;
pub mod quote;
pub mod span;
pub mod words;

pub use offsets::{Offsets, chars_before};
pub use span::Span;

/// What stands where the team has written nothing yet.
pub const TO_WRITE: &str = "TO WRITE";
