//! **method**: what the method asks of statements and links.
//!
//! An active statement is a complete configuration; an abduced or retroduced one has a memo; an
//! extracted one rests on a passage; a score of 0 or 3 has a reason; a link names a part that is
//! still there; sources that count as one another do not go round in a circle, and what looks like one
//! interview or study does not count as two; no two codes share a name.

use crate::codebook::Code;
use crate::diagnostic::{Diagnostic, Result};
use crate::document::Document;
use crate::hypothesis::{Editorial, Hypothesis, Inference, Origin};
use crate::id::Id;
use crate::project::Project;
use crate::source::Source;
use crate::synthesis::Synthesis;
use crate::text::words::fold;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    let linked: BTreeSet<_> = synthesis.evidence.values().map(|link| link.hypothesis).collect();
    let written_of: BTreeSet<_> = synthesis.memos.values().filter_map(|memo| memo.about).collect();
    for one in synthesis.hypotheses.values() {
        found.extend(of_statement(synthesis, one, linked.contains(&one.id), written_of.contains(&one.id)));
    }
    for link in synthesis.evidence.values() {
        let label = synthesis.label(link.id);
        let extreme =
            [link.relevance, link.richness, link.rigour].into_iter().any(|score| matches!(score, Some(0 | 3)));
        if extreme && link.reason.is_none() {
            found.push(
                Diagnostic::warning("reason-needed", format!("{label}: a score of 0 or 3 has no reason"))
                    .hint(format!("realist evidence edit {label} --reason \"...\"")),
            );
        }
        let read_into = matches!(link.inference, Some(Inference::Abduced | Inference::Retroduced));
        if read_into && link.reason.is_none() && !written_of.contains(&link.id) {
            found.push(
                Diagnostic::warning("memo-needed", format!("{label} is inferred, and nothing says how"))
                    .hint(format!("realist evidence edit {label} --reason \"...\", or realist memo add --about {label}")),
            );
        }
        let parts = synthesis.hypotheses.get(&link.hypothesis).map(|one| &one.parts);
        let lost =
            link.part.as_ref().filter(|key| parts.is_some_and(|parts| !parts.iter().any(|part| part.key == **key)));
        if let Some(key) = lost {
            found.push(
                Diagnostic::warning(
                    "part-gone",
                    format!(
                        "{label} bears on part {key} of {}, which is no longer there",
                        synthesis.label(link.hypothesis)
                    ),
                )
                .hint(format!("realist evidence edit {label} --part ...")),
            );
        }
    }
    let circular = synthesis.sources.values().filter(|source| {
        let mut at = source.same_study;
        let mut steps = 0;
        while let Some(next) = at {
            if next == source.id || steps > synthesis.sources.len() {
                return true;
            }
            at = synthesis.sources.get(&next).and_then(|source| source.same_study);
            steps += 1;
        }
        false
    });
    found.extend(circular.map(|source| {
        Diagnostic::warning(
            "same-study-circle",
            format!("{}: sources count as one another in a circle", synthesis.label(source.id)),
        )
        .hint("mark all but one of them: realist source set S2.gj --same-study S1.gj")
    }));
    found.extend(same_names(synthesis));
    found.extend(same_interviews(synthesis));
    found.extend(same_studies(synthesis));
    Ok(found)
}

/// Groups of two and more with the same key, by key.
fn alike<K: Ord, T>(items: impl Iterator<Item = (K, T)>) -> impl Iterator<Item = Vec<T>> {
    let mut groups: BTreeMap<K, Vec<T>> = BTreeMap::new();
    for (key, item) in items {
        groups.entry(key).or_default().push(item);
    }
    groups.into_values().filter(|group| group.len() > 1)
}

/// Two codes of one name: coders cannot tell which they put on.
fn same_names(synthesis: &Synthesis) -> Vec<Diagnostic> {
    let codes = synthesis.codes.values().filter(|code| !code.retired);
    let tell = |group: Vec<&Code>| {
        let labels: Vec<String> = group.iter().map(|code| synthesis.label(code.id)).collect();
        Diagnostic::note("same-name", format!("{} are all called '{}'", labels.join(", "), group[0].name.trim()))
            .hint(format!("rename one: realist codebook edit {} --name \"...\"", labels[1]))
    };
    alike(codes.map(|code| (fold(code.name.trim()), code))).map(tell).collect()
}

/// One interview taken in twice, say as docx and as txt, would count as two sources.
fn same_interviews(synthesis: &Synthesis) -> Vec<Diagnostic> {
    let mut own: Vec<&Document> =
        synthesis.documents.values().filter(|one| one.kind.is_own_data() && !one.purged).collect();
    own.sort_by_key(|one| synthesis.labels.get(&one.id));
    let keyed = own.into_iter().filter_map(|one| {
        let version = one.versions.get(&one.version)?;
        Some(((synthesis.titles.get(&one.id)?, version.words, version.turns), one))
    });
    let parted = |group: &Vec<&Document>| distinct(synthesis, group.iter().map(|one| one.source)).len() > 1;
    let tell = |group: Vec<&Document>| {
        let labels: Vec<String> = group.iter().map(|one| synthesis.label(one.id)).collect();
        Diagnostic::note("same-interview", format!("{} may be the same: name, words and turns are", labels.join(", ")))
            .hint(count_once(synthesis, group[0].source, group[1].source))
    };
    alike(keyed).filter(parted).map(tell).collect()
}

/// One study named in two tables.
fn same_studies(synthesis: &Synthesis) -> Vec<Diagnostic> {
    let mut sources: Vec<&Source> = synthesis.sources.values().collect();
    sources.sort_by_key(|source| synthesis.labels.get(&source.id));
    let keyed = sources.into_iter().filter_map(|source| {
        let study = source.study?;
        let key = &synthesis.headers.get(&study.document)?.studies.get(study.index)?.key;
        Some((key, source.id))
    });
    let parted = |group: &Vec<Id>| distinct(synthesis, group.iter().copied()).len() > 1;
    let tell = |group: Vec<Id>| {
        let labels: Vec<String> = group.iter().map(|id| synthesis.label(*id)).collect();
        let title = synthesis.source_title(group[0]);
        Diagnostic::note("same-study", format!("{} may be one study: {title}", labels.join(", ")))
            .hint(count_once(synthesis, group[0], group[1]))
    };
    alike(keyed).filter(parted).map(tell).collect()
}

fn distinct(synthesis: &Synthesis, sources: impl Iterator<Item = Id>) -> BTreeSet<Id> {
    sources.map(|source| synthesis.counts_as(source)).collect()
}

fn count_once(synthesis: &Synthesis, one: Id, other: Id) -> String {
    format!(
        "if so, count them once: realist source set {} --same-study {}",
        synthesis.label(other),
        synthesis.label(one)
    )
}

fn of_statement(synthesis: &Synthesis, one: &Hypothesis, linked: bool, has_memo: bool) -> Vec<Diagnostic> {
    let label = synthesis.label(one.id);
    let mut found = Vec::new();
    let missing = one.missing(synthesis.settings.configuration);
    if one.status == Editorial::Active && !missing.is_empty() {
        found
            .push(Diagnostic::warning("incomplete", format!("{label} is active but has no {}", missing.join(", no "))));
    }
    if matches!(one.inference, Some(Inference::Abduced | Inference::Retroduced)) && one.memo.is_none() && !has_memo {
        found.push(Diagnostic::warning("memo-needed", format!("{label} is inferred and has no memo that says how")));
    }
    if one.origin == Some(Origin::Extracted) && !linked {
        found.push(Diagnostic::note(
            "no-passage",
            format!("{label} is said to be extracted, but no passage is linked to it"),
        ));
    }
    found
}
