//! CSV as people have it: comma, semicolon or tab, headings in any dress.

use crate::diagnostic::{Fault, Place, Result, fault};

/// The separator is the one of which the heading line has most.
pub fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|one| (first.bytes().filter(|byte| byte == one).count(), *one == b','))
        .unwrap_or(b',');
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(false).from_reader(text.as_bytes())
}

/// The headings as keys.
pub fn headings(reader: &mut csv::Reader<&[u8]>, name: &str) -> Result<Vec<String>> {
    let headings = reader.headers().map_err(|error| refused(&error, name))?;
    Ok(headings.iter().map(heading).collect())
}

/// `Rival of` is `rival_of`.
pub fn heading(typed: &str) -> String {
    typed.trim().to_lowercase().replace([' ', '-'], "_")
}

/// What is wrong with a line, and where.
pub fn refused(error: &csv::Error, name: &str) -> Fault {
    let line = error.position().and_then(|position| usize::try_from(position.line()).ok());
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this row has {len} cells, the heading has {expected_len}")
        }
        _ => format!("this is not CSV: {error}"),
    };
    fault("bad-csv", what)
        .at(Place { file: Some(name.to_owned()), line, ..Place::default() })
        .hint("a cell that holds the separator stands in quotation marks; nothing was changed")
}
