//! Figures: one format per file. Drawn ones for reading, the others for programs that lay out for themselves. The same
//! figure always gives the same bytes.

mod dot;
mod graphml;
mod html;
mod mermaid;
pub(super) mod svg;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Result, fault};
use crate::picture::Figure;
use crate::picture::chart::{self, Chart};

/// A format that figures are written in.
pub struct Format {
    /// Name on the command line, and ending of the file.
    pub key: &'static str,
    pub write: fn(&Figure) -> String,
}

/// Every format, in the order help lists them.
pub static FORMATS: &[Format] = &[
    Format { key: "svg", write: svg::write },
    Format { key: "html", write: html::write },
    Format { key: "dot", write: dot::write },
    Format { key: "mermaid", write: mermaid::write },
    Format { key: "graphml", write: graphml::write },
    Format { key: "csv", write: |figure| String::from_utf8_lossy(&super::csv::table(&figure.table)).into_owned() },
];

/// A chart, by the ending of its file: svg, or html with the same content as a table below. Fault `unknown-format`.
pub fn chart(chart: &Chart, ending: &str) -> Result<String> {
    let picture = chart::draw(chart);
    match ending {
        "svg" => Ok(svg::picture(&picture, true)),
        "html" => Ok(html::page(std::slice::from_ref(&picture), &picture.title, &chart.table)),
        other => {
            Err(fault("unknown-format", format!("charts are not written as '{other}'")).hint("formats: svg, html"))
        }
    }
}

pub fn find(key: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.key == key)
}

/// The drawing as a file of its own.
pub(super) fn file(figure: &Figure) -> String {
    svg::write(figure)
}

/// The drawing as an element of a page.
pub(super) fn drawing(figure: &Figure) -> String {
    svg::picture(&crate::picture::draw(figure), false)
}

/// Text for XML: on one line, without what XML does not allow.
fn escape(text: &str) -> String {
    super::one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
