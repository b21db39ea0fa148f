//! What an import would make of one document, unit by unit (`realist import FILE --dry-run`).

use super::import::speakers;
use super::shared::{counted, excerpt};
use crate::act::import::language;
use crate::cli::Context;
use crate::diagnostic::Result;
use crate::document::{Speaker, Unit};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::table::Table;
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// Units shown to a person; a program gets all of them.
const SHOWN: usize = 40;

/// `said` is the language that the person named.
pub fn show(context: &Context, name: &str, draft: &dyn Manuscript, said: Option<Language>) -> Result<()> {
    let header = draft.header();
    let language = language(draft, said)?;
    context.ui.heading(&format!(
        "{name}: {}, {}, {}, {}; {}",
        draft.format(),
        language.name(),
        counted(header.units, "unit"),
        counted(header.turns, "turn"),
        speakers(&header.speakers)
    ));
    let most = if context.ui.is_for_reading() { SHOWN } else { usize::MAX };
    let columns = [("n", "#"), ("time", "Time"), ("kind", "Kind"), ("speaker", "Speaker"), ("text", "Text")];
    let mut table = Table::with(&columns);
    let mut units = Vec::new();
    draft.each_shard(&mut |text, shard| {
        for unit in shard.iter().take(most - units.len()) {
            let speaker = unit.speaker.and_then(|index| header.speakers.get(index));
            let words = unit.speech_span().of(text).unwrap_or_default();
            units.push(told(unit, speaker, words));
            table.push(vec![
                unit.n.into(),
                unit.time.map(clock).into(),
                unit.kind.word().into(),
                speaker.map(|one| one.label.clone()).into(),
                excerpt(words, 90).into(),
            ]);
        }
        Ok(if units.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    let more = header.units - units.len();
    let answer = json!({
        "path": name, "format": draft.format(), "language": language, "turns": header.turns, "words": header.words,
        "speakers": header.speakers, "units": units,
    });
    context.ui.list(&table, &answer);
    if more > 0 {
        context.ui.say(&format!("and {more} more; all of them with --format json"));
    }
    Ok(())
}

fn told(unit: &Unit, speaker: Option<&Speaker>, words: &str) -> Value {
    json!({
        "n": unit.n, "kind": unit.kind, "speaker": speaker.map(|one| &one.label), "role": speaker.map(|one| one.role),
        "time": unit.time, "page": unit.page, "text": words,
    })
}

/// Seconds as `1:02:03`.
fn clock(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let whole = seconds.abs().floor();
    format!("{sign}{:.0}:{:02.0}:{:02.0}", (whole / 3600.0).floor(), (whole / 60.0).floor() % 60.0, whole % 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_on_a_clock() {
        assert_eq!([3723.9, 59.999, -10.0].map(clock), ["1:02:03", "0:00:59", "-0:00:10"]);
    }
}
