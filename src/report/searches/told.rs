//! What is said of searches and screening in a sentence, in whatever paper.

use super::super::block::count_of;
use crate::screening::{Screening, is_purposive, searches};
use crate::searching::{Search, Stage};
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

/// How many searches, in which streams, between which dates.
pub fn in_short(synthesis: &Synthesis) -> Option<String> {
    let all = searches(synthesis);
    if all.is_empty() {
        return None;
    }
    let mut streams: Vec<String> = Vec::new();
    for one in &all {
        let title = one.stream.title().to_lowercase();
        if !streams.contains(&title) {
            streams.push(title);
        }
    }
    let of = |n: usize, what: &str| (n > 0).then(|| format!("; {n} {what}"));
    let scoping = of(all.iter().filter(|one| one.scoping).count(), "at the outset, to see what there is");
    let later = of(all.iter().filter(|one| is_purposive(one)).count(), "made later, for the theory as it stood");
    let against = of(all.iter().filter(|one| !one.against.is_empty()).count(), "that looked for exceptions");
    let parts = [scoping, later, against].into_iter().flatten().collect::<String>();
    Some(format!("{}{} ({}){parts}.", count_of(all.len(), "search"), span(&all), streams.join(", ")))
}

/// `, 2011-06 to 2012-05`, of those that say when.
pub fn span(all: &[&Search]) -> String {
    let dates: BTreeSet<&str> = all.iter().filter_map(|one| one.date.as_deref()).collect();
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(only), _) => format!(", {only}"),
        _ => String::new(),
    }
}

/// Whether cases against these statements or uncertainties, named by their labels, were searched for, and where.
pub fn cases_against(synthesis: &Synthesis, labels: &[&str]) -> String {
    let is_about = |one: &Search| one.against.iter().any(|id| labels.contains(&synthesis.label(*id).as_str()));
    let all = searches(synthesis).into_iter().filter(|one| is_about(one));
    let said: Vec<String> = all
        .map(|one| {
            let date = one.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
            format!("{}{date}", one.place_in_full())
        })
        .collect();
    if said.is_empty() {
        "No search for cases against is recorded.".to_owned()
    } else {
        format!("Cases against were searched for: {}.", said.join("; "))
    }
}

/// How many records went through screening, where somebody counted; with the sentence that does not add up.
pub fn screening(synthesis: &Synthesis) -> Option<String> {
    let screening = Screening::of(synthesis);
    let gaps: usize = screening.accounts.iter().map(|one| one.gaps().len()).sum();
    let short = super::super::document_flow::records::in_short(&screening)?;
    Some(match gaps {
        0 => short,
        1 => format!("{short} 1 stage does not add up."),
        some => format!("{short} {some} stages do not add up."),
    })
}

/// How records were screened, in the team's words: said once where all streams were screened alike, else of which streams it
/// holds.
pub fn how_screened(synthesis: &Synthesis) -> Vec<String> {
    let screening = Screening::of(synthesis);
    let mut how: Vec<(&str, Vec<String>)> = Vec::new();
    for account in &screening.accounts {
        let Some(said) = account.flow.and_then(|flow| flow.how.as_deref()) else { continue };
        match how.iter_mut().find(|(known, _)| *known == said) {
            Some((_, streams)) => streams.push(account.stream.title()),
            None => how.push((said, vec![account.stream.title()])),
        }
    }
    match how.as_slice() {
        [(said, streams)] if streams.len() == screening.accounts.len() => vec![(*said).to_owned()],
        several => several.iter().map(|(said, streams)| format!("{}: {said}", streams.join("; "))).collect(),
    }
}

/// What was searched, each place once.
pub fn places(synthesis: &Synthesis) -> Vec<String> {
    let places: BTreeSet<String> = searches(synthesis).iter().map(|one| one.place_in_full()).collect();
    places.into_iter().collect()
}

/// Why records were left out, over all streams, the most frequent first.
pub fn reasons(synthesis: &Synthesis) -> Vec<String> {
    let screening = Screening::of(synthesis);
    let all = Stage::REASONED.iter().flat_map(|stage| screening.reasons(*stage));
    let mut reasons: Vec<String> = Vec::new();
    for (reason, _) in all {
        if !reasons.iter().any(|held| held.eq_ignore_ascii_case(reason)) {
            reasons.push(reason.to_owned());
        }
    }
    reasons
}

/// Sentences for a methods section, and what is still to be written.
pub fn methods(synthesis: &Synthesis) -> Vec<(String, bool)> {
    let mut sentences = Vec::new();
    match in_short(synthesis) {
        Some(short) => sentences.push((format!("{short} We searched {}.", places(synthesis).join("; ")), false)),
        None => sentences.push(("the searches.".to_owned(), true)),
    }
    let how = how_screened(synthesis);
    match screening(synthesis) {
        Some(counts) => sentences.push((counts, false)),
        None => sentences.push(("how many records were screened.".to_owned(), true)),
    }
    let differences = Screening::of(synthesis).differences();
    if !differences.is_empty() {
        sentences.push((format!("why numbers differ ({}).", differences.join("; ")), true));
    }
    let reasons = reasons(synthesis);
    if !reasons.is_empty() {
        sentences.push((format!("Records were left out as: {}.", reasons.join("; ")), false));
    }
    match how.as_slice() {
        [] => sentences.push(("the criteria, and who screened.".to_owned(), true)),
        how => {
            let how: Vec<&str> = how.iter().map(|one| one.trim_end_matches('.')).collect();
            sentences.push((format!("Screening: {}.", how.join(". ")), false));
        }
    }
    sentences
}
