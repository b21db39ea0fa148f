//! Pictures of a theory: what is to be drawn ([`figure`]), where it goes ([`layout`]), and the drawing itself
//! ([`mod@draw`]), a list of boxes, lines and words that a renderer writes down. Pure, and the same input always gives the
//! same numbers: whole pixels throughout.
//!
//! The layout is layered, after Sugiyama, Tagawa and Toda (1981): cycles are broken and layers chosen ([`layers`]),
//! crossings reduced by medians ([`order`]), places found ([`place`]); lines run through lanes of their own beside the
//! boxes of a layer. Figures that are no network have a way of their own: [`grid`], [`bars`], [`chart`], [`mod@stairs`],
//! [`descent`]. What is too long for a page is cut by [`mod@sheets`].

pub mod measure;
pub mod figure;
pub mod layers;
pub mod order;
pub mod place;
pub mod layout;
pub mod draw;
pub mod grid;
pub mod bars;
pub mod chart;
pub mod stairs;
pub mod descent;
pub mod sheets;

pub use draw::{Picture, draw};
pub use figure::{Arrow, Figure, Item, Look, Shape};
pub use sheets::{pages, sheets};
