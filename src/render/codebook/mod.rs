//! Codebooks for other programs and for people: an [`Outline`] becomes bytes, one file a format. What is
//! written here `import/codebook` reads back, field by field.

mod md;
mod qdc;
mod table;
mod toml;
mod xlsx;

use crate::codebook::Outline;
use crate::diagnostic::Result;
use crate::import::codebook::Format;

/// Writes a codebook. The same outline gives the same bytes. Fault `bad-workbook`.
pub fn render(format: Format, outline: &Outline) -> Result<Vec<u8>> {
    Ok(match format {
        Format::Csv => crate::render::csv::table(&table::table(outline)),
        Format::Xlsx => xlsx::render(&table::table(outline))?,
        Format::Qdc => qdc::render(outline)?,
        Format::Md => md::render(outline).into_bytes(),
        Format::Toml => toml::render(outline).into_bytes(),
    })
}

#[cfg(test)]
mod tests;
