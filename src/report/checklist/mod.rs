//! Reporting checklists, filled as far as the project goes: each item in our own words, what the project holds for it and
//! where, and what is still to be written. One checklist a file; what they ask of the project is answered in `holdings`, of panels and
//! rounds in `consensus`, of meetings in `meetings`, of the intervention in `intervention`; what is only a draft stands in `drafts`.

// A method of a type that borrows is not general enough to stand in a table.
#![allow(clippy::redundant_closure_for_method_calls)]

pub mod accord;
mod consensus;
mod drafts;
pub mod entreq;
mod holdings;
mod intervention;
mod meetings;
pub mod rameses1;
pub mod rameses2;
mod searches;
pub mod tidier;

use super::block::{Block, Report, sentence_case};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use super::{Brief, TO_WRITE};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use holdings::Holdings;
use serde_json::{Value, json};

/// What there is for an item.
struct Answer {
    /// What the project holds, and the paper that tells it.
    held: Option<String>,
    /// What nobody but the authors can say.
    to_write: Option<String>,
}

impl Answer {
    fn cells(&self) -> [Cell; 2] {
        let to_write = self.to_write.as_ref().map(|what| format!("{TO_WRITE}: {what}"));
        [self.held.clone().into(), to_write.into()]
    }
}

/// The project says it all.
fn held(text: String) -> Answer {
    Answer { held: Some(text), to_write: None }
}

/// It says some; the rest is to be written.
fn partly(text: String, to_write: impl Into<String>) -> Answer {
    Answer { held: Some(text), to_write: Some(to_write.into()) }
}

/// It says nothing of it.
fn to_write(what: impl Into<String>) -> Answer {
    Answer { held: None, to_write: Some(what.into()) }
}

/// One item of a checklist.
struct Item {
    number: &'static str,
    section: &'static str,
    /// Its short name as published; empty where it has none.
    name: &'static str,
    /// In our own words.
    asks: &'static str,
    answer: fn(&Holdings<'_>) -> Answer,
}

impl Item {
    /// A number where it is one, so that a spreadsheet sorts 10 behind 9.
    fn ordinal(&self) -> Cell {
        self.number.parse::<usize>().map_or_else(|_| self.number.into(), Cell::from)
    }

    /// `Data sources. Which were searched, when, and why`; a section with one item of its name says it already.
    fn named(&self) -> String {
        let asks = sentence_case(self.asks);
        if self.name.is_empty() || self.name == self.section { asks } else { format!("{}. {asks}", self.name) }
    }
}

const fn item(
    number: &'static str,
    section: &'static str,
    name: &'static str,
    asks: &'static str,
    answer: fn(&Holdings<'_>) -> Answer,
) -> Item {
    Item { number, section, name, asks, answer }
}

struct Checklist {
    key: &'static str,
    title: &'static str,
    /// Where its own wording is to be found.
    cites: &'static str,
    items: &'static [Item],
}

impl Checklist {
    fn report(&self, synthesis: &Synthesis, brief: &Brief) -> Report {
        let press = Press::new(synthesis, brief.audience);
        let holdings = Holdings { synthesis, brief };
        let answers: Vec<(&Item, Answer)> = self.items.iter().map(|item| (item, (item.answer)(&holdings))).collect();
        let open = answers.iter().filter(|(_, answer)| answer.to_write.is_some()).count();
        let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
        blocks.push(Block::paragraph(format!(
            "{} items: {} filled from the project, {open} with something to be written.",
            answers.len(),
            answers.len() - open
        )));
        blocks.push(Block::heading(2, self.title, "items"));
        blocks.push(Block::table(self.title, table(&answers)));
        blocks.push(Block::rule(format!(
            "Items stand under their published numbers and names, and are told in our own words; the wording that counts is in {}. What the project holds is filled in; what only \
             the authors can say reads {TO_WRITE}. A filled item says that there is something to report, not that it is reported well.",
            self.cites
        )));
        if !press.tally().is_empty() {
            blocks.extend(closing(&press));
        }
        Report {
            key: self.key,
            title: format!("{}: {}", synthesis.settings.title, self.title),
            subtitle: subtitle(brief),
            audience: brief.audience,
            blocks,
            data: json!({
                "report": self.key,
                "title": synthesis.settings.title,
                "audience": brief.audience,
                "synthetic": synthesis.settings.synthetic,
                "cites": self.cites,
                "items": answers.iter().map(|(item, answer)| told(item, answer)).collect::<Vec<Value>>(),
                "open": open,
                "withheld": withheld(&press),
            }),
            sheet: sheet(&answers),
        }
    }
}

fn told(item: &Item, answer: &Answer) -> Value {
    json!({
        "number": item.number,
        "section": item.section,
        "name": Some(item.name).filter(|name| !name.is_empty()),
        "asks": item.asks,
        "held": answer.held,
        "to_write": answer.to_write,
    })
}

fn table(answers: &[(&Item, Answer)]) -> Table {
    let mut table = Table::with(&[
        ("number", "No."),
        ("section", "Section"),
        ("asks", "Item"),
        ("held", "What the project holds, and where"),
        ("to_write", "To be written"),
    ]);
    for (item, answer) in answers {
        let [held, to_write] = answer.cells();
        table.push(vec![item.ordinal(), item.section.into(), item.named().into(), held, to_write]);
    }
    table
}

/// The same for spreadsheets: the published name has a column of its own.
fn sheet(answers: &[(&Item, Answer)]) -> Table {
    let mut table = Table::with(&[
        ("number", "Item"),
        ("section", "Section"),
        ("name", "Name"),
        ("asks", "What is asked"),
        ("held", "What the project holds, and where"),
        ("to_write", "To be written"),
    ]);
    for (item, answer) in answers {
        let [held, to_write] = answer.cells();
        let name = if item.name.is_empty() { Cell::Empty } else { item.name.into() };
        table.push(vec![item.ordinal(), item.section.into(), name, sentence_case(item.asks).into(), held, to_write]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::report::sample;

    #[test]
    fn every_item_is_there_once_and_says_what_is_held_or_to_be_written() {
        let all = sample::synthesis();
        let brief = Brief::new(Audience::Publication);
        for (checklist, items) in [
            (&rameses1::CHECKLIST, 19),
            (&rameses2::CHECKLIST, 20),
            (&entreq::CHECKLIST, 21),
            (&tidier::CHECKLIST, 12),
            (&accord::CHECKLIST, 35),
        ] {
            let numbers: std::collections::BTreeSet<&str> = checklist.items.iter().map(|item| item.number).collect();
            assert_eq!((checklist.items.len(), numbers.len()), (items, items), "{}", checklist.key);
            let holdings = Holdings { synthesis: &all, brief: &brief };
            for item in checklist.items {
                let answer = (item.answer)(&holdings);
                assert!(answer.held.is_some() || answer.to_write.is_some(), "{} {}", checklist.key, item.number);
            }
            assert_eq!(checklist.report(&all, &brief).sheet.rows.len(), items);
        }
    }

    #[test]
    fn sections_of_accord_hold_as_many_items_as_published() {
        let begins =
            |letter: char| accord::CHECKLIST.items.iter().filter(|item| item.number.starts_with(letter)).count();
        assert_eq!(['T', 'I', 'M', 'R', 'D', 'O'].map(begins), [1, 3, 21, 5, 2, 3]);
    }

    #[test]
    fn an_empty_project_claims_nothing() {
        let nothing = Synthesis::empty(sample::settings());
        let brief = Brief::new(Audience::Team);
        let report = rameses1::make(&nothing, &brief);
        let held = |number: &str| {
            let items = report.data["items"].as_array().unwrap();
            items.iter().find(|item| item["number"] == number).unwrap()["held"].clone()
        };
        assert_eq!(held("12"), Value::Null, "no flow without a source");
        assert_eq!(held("14"), Value::Null, "no findings without a statement");
        let report = entreq::make(&nothing, &brief);
        let items = report.data["items"].as_array().unwrap();
        let claimed: Vec<&Value> =
            items.iter().filter(|item| !item["held"].is_null()).map(|item| &item["number"]).collect();
        assert_eq!(claimed, ["1", "15"], "the question and the software");
    }

    fn answer(checklist: &Checklist, number: &str, all: &Synthesis, brief: &Brief) -> (String, String) {
        let item = checklist.items.iter().find(|item| item.number == number).unwrap();
        let answer = (item.answer)(&Holdings { synthesis: all, brief });
        (answer.held.unwrap_or_default(), answer.to_write.unwrap_or_default())
    }

    #[test]
    fn items_stand_under_their_published_names_and_numbers() {
        let names = |checklist: &Checklist| -> Vec<&str> { checklist.items.iter().map(|item| item.name).collect() };
        assert_eq!(names(&tidier::CHECKLIST)[10..], ["How well: planned", "How well: actual"]);
        assert_eq!(names(&entreq::CHECKLIST)[18], "Derivation of themes");
        let domains: Vec<&str> = entreq::CHECKLIST.items.iter().map(|item| item.section).collect();
        let count = |domain: &str| domains.iter().filter(|one| **one == domain).count();
        assert_eq!(
            [count("Literature search and selection"), count("Appraisal"), count("Synthesis of findings")],
            [7, 4, 8]
        );
        let report = entreq::make(&sample::synthesis(), &Brief::new(Audience::Team));
        assert_eq!(report.sheet.rows[9][0], Cell::Whole(10), "a spreadsheet sorts it behind 9");
        assert_eq!(accord::make(&sample::synthesis(), &Brief::new(Audience::Team)).sheet.rows[0][0], "T1".into());
    }

    #[test]
    fn agreement_evidence_and_consent_are_told_as_they_are() {
        use crate::decision::Outcome;
        use crate::participant::Consent;
        let mut all = sample::synthesis();
        let brief = Brief::new(Audience::Publication);
        let of = |all: &Synthesis, number: &str| answer(&rameses2::CHECKLIST, number, all, &brief).0;
        let component = sample::id(crate::id::Kind::Component, 1);
        all.decisions[0].components = [component].into_iter().collect();
        all.decisions[0].outcome = Outcome::AgreedWithDissent;
        assert!(of(&all, "15").contains("1 of 3 components agreed by a decision, 1 of them with dissent: K1.gj"));
        let findings = of(&all, "15");
        assert!(findings.contains(" with evidence against, ") && findings.contains(" with none"), "{findings}");
        let people = all.participants.len();
        for (at, person) in all.participants.values_mut().enumerate() {
            person.withdrawn = false;
            person.consent.clear();
            let consent = [Some(Consent::Anonymous), Some(Consent::None), None][at.min(2)];
            person.consent.extend(consent.map(|consent| (Audience::Publication, consent)));
        }
        let said = format!("given by 1 of {people} people, refused by 1, not recorded of {}", people - 2);
        assert!(of(&all, "6").contains(&said), "{}", of(&all, "6"));
    }

    #[test]
    fn only_what_people_were_asked_was_put_to_them() {
        let mut all = sample::synthesis();
        let brief = Brief::new(Audience::Team);
        all.decisions.clear();
        assert_eq!(answer(&accord::CHECKLIST, "I2", &all, &brief).0, "", "an uncertainty that waits");
        all.decisions = sample::synthesis().decisions;
        all.decisions[0].uncertainty = all.uncertainties.keys().next().copied();
        assert_eq!(answer(&accord::CHECKLIST, "I2", &all, &brief).0, "", "a decision of a body nobody named");
        all.decisions[0].body = crate::decision::Body::Stakeholders;
        let said = answer(&accord::CHECKLIST, "I2", &all, &brief).0;
        assert_eq!(said, "1 of 3 uncertainties put to people, with options (report agenda); 2 not yet");
        assert_eq!(answer(&accord::CHECKLIST, "M8", &all, &brief).0, "", "no paper was sent");
        assert_eq!(answer(&accord::CHECKLIST, "M17", &all, &brief).0, "", "no sheet is on record");
    }

    #[test]
    fn items_speak_of_the_same_statements_and_name_how_many() {
        use crate::hypothesis::Editorial;
        let mut all = sample::synthesis();
        let brief = Brief::new(Audience::Team);
        for one in all.hypotheses.values_mut() {
            one.status = Editorial::Draft;
        }
        all.hypotheses.get_mut(&sample::id(crate::id::Kind::Hypothesis, 1)).unwrap().status = Editorial::Active;
        let of = |number: &str| answer(&rameses1::CHECKLIST, number, &all, &brief).0;
        assert!(of("14").contains("1 active statement: "), "{}", of("14"));
        assert!(of("16").starts_with("to look at, of 1 active statement: "), "{}", of("16"));
        let decisions = all.decisions.len();
        let settled = Holdings { synthesis: &all, brief: &brief }.settled().unwrap();
        assert!(settled.contains("0 decisions by stakeholders; "), "{settled}");
        assert!(settled.contains(&format!("; {decisions} by the team or by a body that is not stated")), "{settled}");
    }

    #[test]
    fn what_draws_on_the_flow_is_not_filled_where_counts_lack_or_differ() {
        use crate::origin::Way;
        use crate::report::searches::sample::search;
        use crate::searching::{Flow, Stage};
        let mut all = sample::synthesis();
        let brief = Brief::new(Audience::Team);
        let came = all.sources.values_mut().filter(|one| !one.kind.is_own_data());
        let works = came.map(|one| one.origin = Some(Way::Databases.into())).count() as u64;
        let stream = Way::Databases.into();
        let counts = [works + 60, 10, works + 50, 40, works + 10, 10, works];
        let flow = Flow {
            id: Flow::id_of(stream),
            stream,
            how: Some("two people".to_owned()),
            counts: Stage::ALL.iter().copied().zip(counts).collect(),
            skipped: std::collections::BTreeSet::new(),
            reasons: std::collections::BTreeMap::new(),
            author: None,
        };
        let of = |all: &Synthesis, number: &str| answer(&rameses1::CHECKLIST, number, all, &brief).1;
        all.flows.insert(flow.id, flow.clone());
        assert_eq!(of(&all, "12"), "why records were left out");
        assert_eq!(answer(&entreq::CHECKLIST, "7", &all, &brief).1, "");
        all.flows.get_mut(&flow.id).unwrap().counts.insert(Stage::Included, works + 1);
        let lacking = of(&all, "12");
        assert!(lacking.starts_with("what does not add up; why counts differ"), "{lacking}");
        all.flows.insert(flow.id, flow);
        let grey = search(1, "Websites", Way::Grey);
        all.searches.insert(grey.id, grey);
        assert!(of(&all, "12").starts_with("the counts that are not recorded"), "{}", of(&all, "12"));
        let (held, lacking) = answer(&entreq::CHECKLIST, "7", &all, &brief);
        assert!(held.contains("Databases and registers: two people"), "{held}");
        assert!(lacking.ends_with("how records of some streams were screened, and by how many"), "{lacking}");
        assert!(answer(&rameses1::CHECKLIST, "2", &all, &brief).0.contains("; searches of Websites, 2011-01;"));
    }

    #[test]
    fn the_outset_is_the_first_version_and_not_what_stands_today() {
        let all = sample::synthesis();
        let mut brief = Brief::new(Audience::Team);
        assert_eq!(answer(&rameses2::CHECKLIST, "4", &all, &brief).0, "");
        let first = crate::report::Outset {
            name: "IPT (V1.gj)".to_owned(),
            date: "2026-02-01".to_owned(),
            statements: 4,
            components: 2,
        };
        brief.outset = Some(first);
        let said = answer(&rameses2::CHECKLIST, "4", &all, &brief).0;
        assert!(said.starts_with("IPT (V1.gj) of 2026-02-01: 4 active statements in 2 components"), "{said}");
    }

    #[test]
    fn drafts_recommendations_and_funding_come_from_the_project() {
        let mut all = sample::synthesis();
        let brief = Brief::new(Audience::Team);
        let of = |all: &Synthesis, number: &str| answer(&rameses1::CHECKLIST, number, all, &brief);
        assert_eq!(of(&all, "1"), ("DRAFT: Care in practice: a realist synthesis".to_owned(), "the title".to_owned()));
        let (draft, _) = of(&all, "2");
        assert!(draft.starts_with("DRAFT. Background: TO WRITE. Objectives: What works"), "{draft}");
        assert!(of(&all, "18").0.contains("recommendation"), "{:?}", of(&all, "18"));
        assert_eq!(of(&all, "19").0, "");
        all.settings.reporting.funding = Some("A programme grant.".to_owned());
        assert_eq!(of(&all, "19"), ("Funding: A programme grant.".to_owned(), "interests".to_owned()));
    }

    #[test]
    fn components_answer_the_description_of_the_intervention() {
        use crate::tidier::Tidier;
        let mut all = sample::synthesis();
        let brief = Brief::new(Audience::Team);
        let of = |all: &Synthesis, number: &str| answer(&tidier::CHECKLIST, number, all, &brief);
        assert_eq!(of(&all, "5"), (String::new(), "providers and their training".to_owned()));
        let component = all.components.get_mut(&sample::id(crate::id::Kind::Component, 1)).unwrap();
        component.tidier.insert(Tidier::Who, Some("A nurse, trained for five days.".to_owned()));
        component.tidier.insert(Tidier::Procedures, None);
        component.tidier.insert(Tidier::Planned, Some("Supervisors keep a note".to_owned()));
        let said = "Said of 1 of 3 components. K1.gj A named care partner: A nurse, trained for five days.";
        assert_eq!(of(&all, "5"), (said.to_owned(), "providers and their training, of K2.gj, K3.gj".to_owned()));
        assert!(of(&all, "4").0.contains("One sentence that says what it is"), "its description says it");
        assert!(of(&all, "11").1.ends_with("of K2.gj, K3.gj"), "fidelity asks after those that are silent");
        assert!(of(&all, "2").0.contains("K1.gj A named care partner ("), "why is the programme theory");
    }
}
