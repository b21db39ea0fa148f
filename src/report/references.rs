//! References: published works in full, in the citation style that was asked for. As a paper of its own, and as a section of
//! those that cite. What the team gathered itself is listed by label and kind; a work whose particulars nobody took in reads
//! TO WRITE, and nothing is made up.

use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use super::{Brief, TO_WRITE, shelf_marks, tally};
use crate::bibliography::{Entry, Face, Style, csl};
use crate::id::Id;
use crate::reference::twins::{Features, compare};
use crate::reference::{Name, Reference, WorkKind, names};
use crate::source::Source;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use crate::text::words::fold;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Reports whose list of references follows a citation style.
pub const CITING: &[&str] = &["references", "characteristics", "cmo", "cerqual", "evidence", "needs"];

const TO_TAKE_IN: &str = "take each in from your library, and say that the two are one study";

/// Of works without particulars so many are named.
const NAMED: usize = 20;

/// The works that some sources are, once each.
pub(super) struct Listed<'s> {
    works: Vec<Work<'s>>,
    entries: Vec<Entry>,
    /// Published, but without particulars: source, and what papers call it.
    bare: Vec<(Id, String)>,
    /// The team's own material: source, and what papers call it.
    own: Vec<(Id, String)>,
    style: String,
}

struct Work<'s> {
    source: Id,
    /// What tables of this paper call it.
    cited: String,
    reference: std::borrow::Cow<'s, Reference>,
}

impl<'s> Listed<'s> {
    /// Of these sources and the further reports of the same studies.
    pub fn of(press: &Press<'s>, brief: &Brief, sources: impl IntoIterator<Item = Id>) -> Self {
        let synthesis = press.synthesis;
        let wanted: BTreeSet<Id> = sources.into_iter().map(|id| synthesis.counts_as(id)).collect();
        let mut reports: BTreeMap<Id, Vec<&Source>> = BTreeMap::new();
        for source in synthesis.sources.values() {
            let study = synthesis.counts_as(source.id);
            if wanted.contains(&study) {
                reports.entry(study).or_default().push(source);
            }
        }
        let style = brief.style.clone().or_else(|| Style::usual().ok());
        let mut listed =
            Listed { works: Vec::new(), entries: Vec::new(), bare: Vec::new(), own: Vec::new(), style: String::new() };
        for all in reports.values_mut() {
            all.sort_by_key(|one| (synthesis.counts_as(one.id) != one.id, synthesis.labels.get(&one.id), one.id));
        }
        for study in synthesis.in_label_order(reports.keys().copied()) {
            let cited = shelf_marks::source(press, study);
            if press.is_own_data(study) {
                listed.own.push((study, cited));
                continue;
            }
            let known = once_each(reports[&study].iter().filter_map(|one| work(synthesis, one, &cited)));
            if known.is_empty() {
                listed.bare.push((study, cited));
            }
            listed.works.extend(known);
        }
        if let Some(style) = style {
            let keyed: Vec<(String, &Reference)> =
                listed.works.iter().map(|work| (synthesis.label(work.source), &*work.reference)).collect();
            listed.entries = style.list(&keyed);
            style.title().clone_into(&mut listed.style);
        }
        listed
    }

    /// Of the sources behind these statements.
    pub fn behind(press: &Press<'s>, brief: &Brief, statements: impl IntoIterator<Item = Id>) -> Self {
        let links = statements.into_iter().flat_map(|id| tally::relevant(&press.bearings, id));
        Listed::of(press, brief, links.map(|link| link.source).collect::<BTreeSet<Id>>())
    }

    /// Works in the order of the list.
    fn in_order(&self, synthesis: &Synthesis) -> Vec<(&Entry, &Work<'s>)> {
        let by_key: BTreeMap<String, &Work> =
            self.works.iter().map(|work| (synthesis.label(work.source), work)).collect();
        self.entries.iter().filter_map(|entry| Some((entry, *by_key.get(&entry.key)?))).collect()
    }

    /// The list at the end of a paper that cites: what its tables call a work, and the work in full.
    pub fn section(&self, synthesis: &Synthesis) -> Vec<Block> {
        if self.works.is_empty() && self.bare.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::heading(2, "References", "references")];
        if !self.works.is_empty() {
            let pairs = self.in_order(synthesis).into_iter().map(|(entry, work)| (work.cited.clone(), runs(entry)));
            blocks.push(Block::Pairs(pairs.collect()));
        }
        blocks.extend(self.to_write(synthesis));
        blocks
    }

    fn to_write(&self, synthesis: &Synthesis) -> Option<Block> {
        let first = self.bare.iter().take(NAMED).map(|(id, cited)| marked(synthesis, *id, cited));
        let more = self.bare.len().checked_sub(NAMED).filter(|more| *more > 0).map(|more| format!("and {more} more"));
        let named: Vec<String> = first.chain(more).collect();
        (!named.is_empty()).then(|| {
            Block::to_write(&format!(
                "the particulars of {} ({}): {TO_TAKE_IN}",
                count_of(self.bare.len(), "published source"),
                named.join("; ")
            ))
        })
    }
}

/// Its label before what it is called, unless that begins with it.
fn marked(synthesis: &Synthesis, id: Id, cited: &str) -> String {
    let label = synthesis.label(id);
    if cited.starts_with(&label) { cited.to_owned() } else { format!("{label} {cited}") }
}

/// A source as its library has it, else as the table of studies it was read from does, if that gives its title.
fn work<'s>(synthesis: &'s Synthesis, source: &'s Source, cited: &str) -> Option<Work<'s>> {
    let reference = match &source.reference {
        Some(reference) => std::borrow::Cow::Borrowed(&**reference),
        None => std::borrow::Cow::Owned(from_table(synthesis, source)?),
    };
    Some(Work { source: source.id, cited: cited.to_owned(), reference })
}

/// From here on two records of one study are one work, as when libraries are taken in and pairs counted as one.
const ONE_WORK: f64 = 0.95;

/// The works among records of one study, each record beside any that is of the same work.
fn once_each<'s>(records: impl Iterator<Item = Work<'s>>) -> Vec<Work<'s>> {
    let mut works: Vec<Vec<(Work, Features)>> = Vec::new();
    for record in records {
        let features = Features::of(&record.reference);
        let known = works.iter_mut().find(|of| {
            of.iter().any(|(other, others)| is_one_work(&other.reference, others, &record.reference, &features))
        });
        match known {
            Some(of) => of.push((record, features)),
            None => works.push(vec![(record, features)]),
        }
    }
    works.into_iter().filter_map(fullest).collect()
}

/// Of records of one work the fullest among those that say who and when as tables do; the first of equals.
fn fullest(records: Vec<(Work<'_>, Features)>) -> Option<Work<'_>> {
    let works = records.into_iter().map(|(work, _)| work).rev();
    works.max_by_key(|work| (work.reference.citation() == work.cited, fullness(&work.reference)))
}

fn is_one_work(one: &Reference, features: &Features, other: &Reference, others: &Features) -> bool {
    match (&one.doi, &other.doi) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => is_one_title(one, other) || compare(features, others).certainty >= ONE_WORK,
    }
}

/// The same title, and no two years.
fn is_one_title(one: &Reference, other: &Reference) -> bool {
    let letters = |work: &Reference| {
        let title = work.title.as_deref().map(fold).unwrap_or_default();
        title.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>()
    };
    let differ = one.year.zip(other.year).is_some_and(|(one, other)| one != other);
    !differ && !letters(one).is_empty() && letters(one) == letters(other)
}

/// How many of the particulars that a list of references sets it has; who wrote it weighs most.
fn fullness(work: &Reference) -> usize {
    let texts = [&work.title, &work.journal, &work.volume, &work.issue, &work.pages, &work.doi];
    let people = !(work.authors.is_empty() && work.editors.is_empty());
    texts.iter().filter(|text| text.is_some()).count() + usize::from(work.year.is_some()) + 8 * usize::from(people)
}

fn from_table(synthesis: &Synthesis, source: &Source) -> Option<Reference> {
    let study = synthesis.study_of(source)?;
    let column = |names: &[&str]| {
        let is_it = |heading: &str| names.iter().any(|name| heading.trim().eq_ignore_ascii_case(name));
        let found = study.more.iter().find(|(heading, _)| is_it(heading));
        found.map(|(_, says)| says.trim().to_owned()).filter(|says| !says.is_empty())
    };
    let journal = column(&["journal", "source", "published in", "publication"]);
    let mut reference = Reference::new(if journal.is_some() { WorkKind::Article } else { WorkKind::Other });
    reference.title = Some(study.title.clone().filter(|title| !title.trim().is_empty())?);
    reference.authors = study.author.as_deref().map(signed).unwrap_or_default();
    reference.year = synthesis.source_year(source.id);
    reference.journal = journal;
    reference.volume = column(&["volume"]);
    reference.issue = column(&["issue", "number"]);
    reference.pages = column(&["pages", "page"]);
    reference.doi = column(&["doi"]).and_then(|doi| crate::reference::doi(&doi));
    Some(reference)
}

/// Authors as a table has them: names in full, or one mark such as `Adams et al.`, which stays whole.
fn signed(author: &str) -> Vec<Name> {
    if author.contains([',', ';']) { names(author) } else { vec![Name::collective(author)] }
}

fn runs(entry: &Entry) -> Vec<Run> {
    let mark = entry.mark.iter().map(|mark| Run::plain(format!("{mark} ")));
    let pieces = entry.pieces.iter().map(|piece| match piece.face {
        Face::Upright => Run::plain(piece.text.as_str()),
        Face::Italic => Run::Emphasis(piece.text.clone()),
        Face::Bold => Run::Strong(piece.text.clone()),
    });
    mark.chain(pieces).collect()
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let used = used(synthesis);
    let listed = Listed::of(&press, brief, used.iter().copied());
    let all: BTreeSet<Id> = synthesis.sources.keys().map(|id| synthesis.counts_as(*id)).collect();
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::paragraph(format!(
        "{} in full, {} without particulars, {} of the team's own. {} taken in besides, and nothing rests on them yet.",
        count_of(listed.works.len(), "published work"),
        listed.bare.len(),
        count_of(listed.own.len(), "piece"),
        count_of(all.len() - used.len(), "source")
    )));
    if !listed.works.is_empty() {
        blocks.push(Block::heading(2, "References", "references"));
        let items = listed.in_order(synthesis).into_iter().map(|(entry, _)| runs(entry));
        blocks.push(Block::List { ordered: false, items: items.collect() });
    }
    blocks.extend(listed.to_write(synthesis));
    if !listed.own.is_empty() {
        blocks.push(Block::heading(2, "The team's own material", "own-material"));
        let items = listed.own.iter().map(|(id, cited)| vec![Run::plain(marked(synthesis, *id, cited))]);
        blocks.push(Block::List { ordered: false, items: items.collect() });
    }
    blocks.push(Block::rule(format!(
        "Set in the style “{}”. Listed is every source with a passage that bears on a statement, and every work that lends a \
         theory; further reports of one study stand beside it, and of several records of one work the fullest. Particulars are as your library has them.",
        listed.style
    )));
    blocks.extend(closing(&press));
    Report {
        key: "references",
        title: format!("{}: references", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(synthesis, &listed),
        data: json!({
            "report": "references",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "style": listed.style,
            "references": listed.in_order(synthesis).into_iter().map(|(entry, work)| json!({
                "id": entry.key,
                "cited_as": work.cited,
                "reference": entry.text(),
                "csl": csl(&entry.key, &work.reference),
            })).collect::<Vec<_>>(),
            "to_write": listed.bare.iter().map(|(id, _)| synthesis.label(*id)).collect::<Vec<_>>(),
            "own_material": listed.own.iter().map(|(id, cited)| json!({
                "id": synthesis.label(*id),
                "cited_as": cited,
            })).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
    }
}

/// Sources that something rests on.
fn used(synthesis: &Synthesis) -> BTreeSet<Id> {
    let links = synthesis.evidence.values().filter(|link| !link.is_irrelevant() && !synthesis.is_gone(link));
    let lent = synthesis.substantive_theories.values().filter_map(|theory| theory.source);
    let needed = synthesis.needs.values().filter(|need| !need.retired).filter_map(|need| need.source);
    let driven = synthesis.policies.values().filter(|driver| !driver.retired).filter_map(|driver| driver.source);
    links.map(|link| link.source).chain(lent).chain(needed).chain(driven).map(|id| synthesis.counts_as(id)).collect()
}

fn sheet(synthesis: &Synthesis, listed: &Listed) -> Table {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("cited_as", "Cited as"),
        ("reference", "Reference"),
        ("doi", "DOI"),
        ("year", "Year"),
    ]);
    for (entry, work) in listed.in_order(synthesis) {
        let year = work.reference.year.map_or(Cell::Empty, |year| Cell::Whole(i64::from(year)));
        table.push(vec![
            entry.key.as_str().into(),
            work.cited.as_str().into(),
            entry.text().into(),
            work.reference.doi.clone().into(),
            year,
        ]);
    }
    for (id, cited) in &listed.bare {
        table.push(vec![synthesis.label(*id).into(), cited.as_str().into(), TO_WRITE.into(), Cell::Empty, Cell::Empty]);
    }
    for (id, cited) in &listed.own {
        table.push(vec![
            synthesis.label(*id).into(),
            cited.as_str().into(),
            "the team's own material".into(),
            Cell::Empty,
            Cell::Empty,
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    fn sourced() -> Synthesis {
        let mut all = sample::synthesis();
        let mut work = Reference::new(WorkKind::Article);
        work.title = Some("Follow-up in practice".to_owned());
        work.authors = names("Adams, Ann");
        work.year = Some(2014);
        work.journal = Some("Journal of Care".to_owned());
        all.sources.get_mut(&id(Kind::Source, 1)).unwrap().reference = Some(Box::new(work));
        all
    }

    #[test]
    fn a_work_is_listed_in_full_own_data_by_label_and_nothing_is_made_up() {
        let report = make(&sourced(), &Brief::new(Audience::Publication));
        let listed = report.data["references"].as_array().unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["reference"], "Adams, A. (2014). Follow-up in practice. Journal of Care.");
        assert_eq!(listed[0]["csl"]["container-title"], "Journal of Care");
        let said: String = report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
        assert!(said.contains("S2.gj Brook 2016") && said.contains(TO_WRITE), "{said}");
        assert!(said.contains("S5.gj (interview)") && !said.contains("Jo Leader"), "{said}");
        // The kind of source is not told of who is quoted from it.
        assert!(said.contains("S4.gj") && !said.contains("S4.gj (interview)"), "{said}");
    }

    #[test]
    fn authors_of_a_table_stay_as_it_has_them() {
        assert_eq!(signed("Adams et al."), [Name::collective("Adams et al.")]);
        assert_eq!(signed("Adams, Ann; Brook, Bo"), [Name::person("Adams", "Ann"), Name::person("Brook", "Bo")]);
    }

    #[test]
    fn a_paper_that_cites_says_what_its_marks_stand_for() {
        let all = sourced();
        let report = crate::report::cmo_table::make(&all, &Brief::new(Audience::Team));
        let pairs = report.blocks.iter().find_map(|block| match block {
            Block::Pairs(pairs) => Some(pairs),
            _ => None,
        });
        let (mark, runs) = &pairs.expect("references")[0];
        assert_eq!(mark, "Adams 2014");
        assert!(runs.iter().any(|run| *run == Run::Emphasis("Journal of Care".to_owned())), "{runs:?}");
    }

    #[test]
    fn records_of_one_work_are_one_entry_and_one_name() {
        let mut all = sourced();
        let work = all.sources[&id(Kind::Source, 1)].reference.clone().unwrap();
        let mut stub = Reference::new(WorkKind::Other);
        stub.title = Some("Follow-up in Practice.".to_owned());
        stub.year = Some(2014);
        let mut online = work.clone();
        online.doi = Some("10.1/ABC".to_owned());
        online.year = Some(2015);
        let mut fuller = work;
        fuller.doi = Some("10.1/abc".to_owned());
        fuller.volume = Some("7".to_owned());
        // Passages hang on the stub, and the library's record and its duplicate count as it.
        let study = id(Kind::Source, 1);
        all.sources.get_mut(&study).unwrap().reference = Some(Box::new(stub));
        for (number, record) in [(2, fuller), (3, online)] {
            let other = all.sources.get_mut(&id(Kind::Source, number)).unwrap();
            (other.same_study, other.reference) = (Some(study), Some(record));
        }
        let report = make(&all, &Brief::new(Audience::Publication));
        let listed = report.data["references"].as_array().unwrap();
        assert_eq!(listed.len(), 1, "{listed:?}");
        assert_eq!((&listed[0]["cited_as"], &listed[0]["csl"]["DOI"]), (&json!("Adams 2014"), &json!("10.1/abc")));
        assert!(report.blocks.iter().any(|block| block.text().starts_with("1 published work in full, ")));
        let cmo = crate::report::cmo_table::make(&all, &Brief::new(Audience::Team));
        let told = format!("{:?}", cmo.blocks);
        assert!(told.contains("Adams 2014") && !told.contains("Follow-up in Practice. 2014"), "{told}");
    }

    #[test]
    fn further_reports_of_one_study_stand_beside_it() {
        let mut all = sourced();
        let mut second = (**all.sources[&id(Kind::Source, 1)].reference.as_ref().unwrap()).clone();
        second.title = Some("Two years on".to_owned());
        let other = all.sources.get_mut(&id(Kind::Source, 2)).unwrap();
        (other.same_study, other.reference) = (Some(id(Kind::Source, 1)), Some(Box::new(second)));
        let report = make(&all, &Brief::new(Audience::Team));
        let titles = report.data["references"].as_array().unwrap().iter().map(|one| one["csl"]["title"].clone());
        assert_eq!(titles.collect::<Vec<_>>(), ["Follow-up in practice", "Two years on"]);
    }
}
