//! JSON: the report's own data, indented, keys in a fixed order.

use super::Renderer;
use crate::diagnostic::Result;
use crate::report::Report;

pub struct Json;

impl Renderer for Json {
    fn key(&self) -> &'static str {
        "json"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        Ok(format!("{:#}\n", report.data).into_bytes())
    }
}
