//! Which language a document is in: what the person said, else what its words tell, else English.

use crate::diagnostic::Result;
use crate::language::Language;
use crate::manuscript::Manuscript;
use std::ops::ControlFlow;

/// Bytes of speech looked at.
const SAMPLE: usize = 20_000;

/// The language of a manuscript's words, labels and times left out.
///
/// Faults: those of reading it.
pub fn language(manuscript: &dyn Manuscript, said: Option<Language>) -> Result<Language> {
    let mut sample = String::new();
    if said.is_none() {
        manuscript.each_shard(&mut |text, units| {
            for segment in units.iter().flat_map(|unit| &unit.speech) {
                sample.push_str(segment.span.of(text).unwrap_or_default());
                sample.push('\n');
                if sample.len() > SAMPLE {
                    break;
                }
            }
            Ok(ControlFlow::Break(()))
        })?;
    }
    Ok(said.or_else(|| Language::of_text(&sample)).unwrap_or_default())
}
