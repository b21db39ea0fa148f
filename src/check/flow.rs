//! **flow**: counts of records add up, and agree with what the project holds.
//!
//! What went into a stage is what came out of it and what was left out, and reasons add up to what was left out. A gap is a
//! problem; nothing is adjusted. Noted are counts that differ from what the project knows by itself: records that searches
//! found, sources and texts that are here; streams of which nobody counted included works, where others are counted; published works of which nobody
//! said by which stream they came.

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::screening::Screening;
use crate::searching::Stage;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let screening = Screening::of(synthesis);
    let mut found = Vec::new();
    for account in &screening.accounts {
        let stream = account.stream;
        found.extend(account.gaps().into_iter().map(|gap| {
            Diagnostic::warning("does-not-add-up", gap.in_words())
                .hint(format!("correct what was miscounted: realist flow set {stream} --{} ...", option(gap.at)))
        }));
        if screening.is_counted() && account.count(Stage::Included).is_none() {
            let told = format!("{}: nobody counted what was included", stream.title());
            found.push(Diagnostic::note("not-counted", told).hint(format!("realist flow set {stream} --included 12")));
        }
    }
    let differences = screening.differences().into_iter();
    found.extend(differences.map(|told| Diagnostic::note("counted-otherwise", told).hint("realist flow show")));
    let unsaid = screening.of_no_stream.taken_in;
    if screening.is_counted() && unsaid > 0 {
        let works = crate::text::words::counted(unsaid, "published work");
        found.push(
            Diagnostic::note("no-stream", format!("of {works} nobody said by which stream they came"))
                .hint("realist flow origin databases S1.gj S2.gj"),
        );
    }
    Ok(found)
}

fn option(stage: Stage) -> String {
    stage.word().replace('_', "-")
}
