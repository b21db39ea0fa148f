//! The drawing of a report that has one, as a picture by itself.

use super::Renderer;
use super::figure;
use crate::diagnostic::{Result, fault};
use crate::report::{Block, Report};

pub struct Drawing;

impl Renderer for Drawing {
    fn key(&self) -> &'static str {
        "svg"
    }

    fn extension(&self) -> &'static str {
        "svg"
    }

    /// Fault `no-drawing`.
    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        let drawn = report.blocks.iter().find_map(|block| match block {
            Block::Figure(drawn) => Some(drawn),
            _ => None,
        });
        drawn.map(|drawn| figure::file(drawn).into_bytes()).ok_or_else(|| {
            fault("no-drawing", format!("the report '{}' has no drawing", report.key))
                .hint("drawings are in: statement-flow, document-flow; figures of the theory: realist theory graph")
        })
    }
}
