//! Who did how much.

use super::links::grouped;
use super::{broken, numbers};
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use polars::prelude::{Column, DataFrame, IntoLazy, col, len};
use std::collections::{BTreeMap, BTreeSet};

/// One row a coder's tag; what coders settled on together is nobody's own: codings, the codes and documents they touch, statements written (whatever
/// became of them), evidence links judged and how many of those are appraised.
pub fn coder_activity(synthesis: &Synthesis) -> Result<Table> {
    let coders = coders(synthesis);
    let place = |tag: &str| coders.binary_search(&tag).unwrap_or_default();
    let codings = tally(own(synthesis).map(|one| (place(&one.coder), one.code, one.anchor.document)))?;
    let written = tally(synthesis.hypotheses.values().map(|one| (place(&one.author), one.id, one.id)))?;
    let links = tally(synthesis.evidence.values().map(|one| (place(&one.appraiser), one.hypothesis, one.id)))?;
    let appraised = synthesis.evidence.values().filter(|one| one.is_appraised());
    let appraised = tally(appraised.map(|one| (place(&one.appraiser), one.hypothesis, one.id)))?;
    let mut table = Table::with(&[
        ("coder", "Coder"),
        ("codings", "Codings"),
        ("codes", "Codes used"),
        ("documents", "Documents coded"),
        ("hypotheses", "Statements written"),
        ("links", "Evidence links"),
        ("appraised", "Of these appraised"),
    ]);
    for (n, tag) in coders.iter().enumerate() {
        let of = |tally: &BTreeMap<usize, [usize; 3]>| tally.get(&n).copied().unwrap_or_default();
        let [made, codes, documents] = of(&codings);
        let rest = [made, codes, documents, of(&written)[0], of(&links)[0], of(&appraised)[0]];
        let name = if tag.is_empty() { "(not recorded)" } else { tag };
        table.push(std::iter::once(Cell::from(name)).chain(rest.map(Cell::from)).collect());
    }
    Ok(table)
}

/// Codings that a coder made and somebody has read; not those that passes settled on.
fn own(synthesis: &Synthesis) -> impl Iterator<Item = &Coding> {
    synthesis.codings.values().filter(|one| one.pass.is_none() && !one.unread)
}

fn coders(synthesis: &Synthesis) -> Vec<&str> {
    let codings = own(synthesis).map(|one| one.coder.as_str());
    let authors = synthesis.hypotheses.values().map(|one| one.author.as_str());
    let appraisers = synthesis.evidence.values().map(|one| one.appraiser.as_str());
    codings.chain(authors).chain(appraisers).collect::<BTreeSet<&str>>().into_iter().collect()
}

/// By coder: acts, distinct first things, distinct second things.
fn tally(acts: impl Iterator<Item = (usize, Id, Id)>) -> Result<BTreeMap<usize, [usize; 3]>> {
    let acts: Vec<(usize, Id, Id)> = acts.collect();
    let column = |name: &str, of: &dyn Fn(&(usize, Id, Id)) -> u32| {
        Column::new(name.into(), acts.iter().map(of).collect::<Vec<u32>>())
    };
    let (first, second) = (places(acts.iter().map(|act| act.1)), places(acts.iter().map(|act| act.2)));
    let columns = vec![
        column("coder", &|act| u32::try_from(act.0).unwrap_or(u32::MAX)),
        column("first", &|act| first[&act.1]),
        column("second", &|act| second[&act.2]),
    ];
    let frame = DataFrame::new(acts.len(), columns).map_err(broken)?;
    let aggregates = [len().alias("acts"), col("first").n_unique(), col("second").n_unique()];
    let groups = grouped(frame.lazy(), &["coder"], &aggregates)?;
    let counts = numbers(&groups, "acts")?.into_iter().zip(numbers(&groups, "first")?);
    let counts = counts.zip(numbers(&groups, "second")?).map(|((acts, first), second)| [acts, first, second]);
    Ok(numbers(&groups, "coder")?.into_iter().zip(counts).collect())
}

fn places(ids: impl Iterator<Item = Id>) -> BTreeMap<Id, u32> {
    ids.collect::<BTreeSet<Id>>().into_iter().zip(0..).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, anchor};
    use super::*;
    use crate::evidence::Stance;
    use crate::strand::SourceKind;

    #[test]
    fn each_coder_has_a_row_in_order_of_tags() {
        let mut sample = Sample::new();
        let (hypothesis, source) = (sample.hypothesis(), sample.source(SourceKind::Interview));
        sample.link(hypothesis, source, Stance::Supports);
        sample.link(hypothesis, source, Stance::Supports).rigour = None;
        for n in 0..3_u8 {
            let (id, code) = (Id::derived([&[n][..]]), Id::derived([&[n % 2][..]]));
            let coding = Coding {
                id,
                code,
                anchor: anchor(source, usize::from(n)),
                coder: "ab".to_owned(),
                memo: None,
                carried: None,
                unread: false,
                pass: None,
                of: Vec::new(),
                reason: None,
            };
            sample.synthesis.codings.insert(id, coding);
        }
        let settled = sample.synthesis.codings.values().next().unwrap().clone();
        let id = Id::derived([b"settled".as_slice()]);
        let settled = Coding { id, coder: "consensus".to_owned(), pass: Some(id), ..settled };
        sample.synthesis.codings.insert(id, settled);
        let table = coder_activity(&sample.synthesis).unwrap();
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(|cell| cell.show(0)).collect()).collect();
        assert_eq!(rows, [["ab", "3", "2", "1", "0", "0", "0"], ["gj", "0", "0", "0", "1", "2", "1"]]);
    }
}
