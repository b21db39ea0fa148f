//! What holds after every merge.

use super::moves::{SPEAKERS, World, tell};
use crate::act::query::{self, Asked};
use crate::act::{carry, merge, search, withdraw};
use crate::codebook::{Code, Tree};
use crate::coding::Coding;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::history::Stored;
use crate::hypothesis::Editorial;
use crate::id::{Id, Kind};
use crate::link::LinkKind;
use crate::participant::{Participant, Scope};
use crate::passage::{Anchor, Carried, Wholeness};
use crate::project::{Depth, Project};
use crate::query::Query;
use std::collections::BTreeSet;

/// Findings that say what people have left open, or did.
const HONEST: &[&str] = &[
    "conflict",
    "carried",
    "merged-code",
    "version-withdrawn",
    "same-name",
    "to-confirm",
    "to-move",
    "clash",
    "feedback",
    "feeds-all-the-same",
    "merged-twice",
    "merged-and-standing",
    "said-anew-twice",
    "rivals-merged",
    "rival-fed",
    "circle",
    "incomplete",
];

/// What a person is told by a project: all that is here, and the words behind each link.
pub(super) fn answers(project: &Project) -> Vec<String> {
    let state = project.state();
    let here = state.entities().filter(|(_, entity)| entity.is_here());
    let mut answers: Vec<String> =
        here.map(|(id, entity)| format!("{id} {} {:?}", entity.kind, entity.fields())).collect();
    answers.sort();
    let synthesis = project.synthesis(Depth::Quotations).unwrap();
    answers.extend(synthesis.quotations.iter().map(|(id, quotation)| format!("{id} {quotation:?}")));
    answers.push(format!("{:?}", synthesis.standings()));
    answers
}

fn rests(project: &Project) -> Vec<(Id, Id, Anchor, Option<Carried>)> {
    let codings = project.state().all::<Coding>().into_iter().map(|one| (one.id, one.code, one.anchor, one.carried));
    let links = project.state().all::<Evidence>().into_iter();
    codings.chain(links.map(|one| (one.id, one.hypothesis, one.anchor, one.carried))).collect()
}

impl World {
    pub fn same(&self, expected: &[String], found: &[String]) {
        let (expected, found): (BTreeSet<&String>, BTreeSet<&String>) =
            (expected.iter().collect(), found.iter().collect());
        assert!(
            expected == found,
            "{:#?}\nlacking {:#?}\nmore {:#?}",
            self.trail,
            expected.difference(&found).collect::<Vec<_>>(),
            found.difference(&expected).collect::<Vec<_>>()
        );
    }

    /// Keeps in mind the words that new codings and links were set on.
    pub fn remember(&mut self, project: &Project) {
        let lookup = project.lookup();
        for (id, _, anchor, carried) in rests(project) {
            let quotation = project.quotation(&lookup, &anchor).unwrap();
            if quotation.wholeness == Wholeness::Whole && carried.is_none() {
                self.meant.entry(id).or_insert(quotation.text);
            }
        }
    }

    /// Both take in what the other has, and everything promised holds at both.
    pub fn meet(&mut self) {
        self.exchange();
        for _ in 0..4 {
            let Some(person) = self.crossed() else { break };
            self.trail.push(format!("finish the withdrawal of {person}"));
            withdraw::withdraw(&mut self.sites[0].open(), &person, Scope::Turns, None)
                .unwrap_or_else(|fault| panic!("{:#?}: {fault:?}", self.trail));
            self.exchange();
        }
        for at in 0..2 {
            self.holds(at);
        }
    }

    fn exchange(&mut self) {
        let roots = [0, 1].map(|at| self.sites[at].root());
        merge::merge(&mut self.sites[0].open(), &roots[1], &[]).unwrap();
        merge::merge(&mut self.sites[1].open(), &roots[0], &[]).unwrap();
        self.trail.push("they meet".to_owned());
        let [near, far] = [0, 1].map(|at| everything(&self.sites[at].open()));
        self.same(&near, &far);
    }

    /// Somebody whose withdrawal crossed with another.
    fn crossed(&self) -> Option<String> {
        let project = self.sites[0].open();
        let found = crate::check::run(&project, false).unwrap();
        let mut found = found.into_iter().flat_map(|rule| rule.diagnostics);
        let crossed = found.find(|one| one.code == "crossed-withdrawals")?;
        crossed.hints[0].split_whitespace().find(|word| word.starts_with('P')).map(str::to_owned)
    }

    fn holds(&mut self, at: usize) {
        let project = self.sites[at].open();
        for is_deep in [false, true] {
            let found = crate::check::run(&project, is_deep).unwrap();
            let found = found.into_iter().flat_map(|rule| rule.diagnostics);
            let damage: Vec<String> = found
                .filter(|one| !HONEST.contains(&one.code))
                .map(|one| format!("{} {one} {:?}", one.code, one.hints))
                .collect();
            assert_eq!(damage, Vec::<String>::new(), "{:#?}", self.trail);
        }
        for proof in carry::verify::verify(&project, &[]).unwrap() {
            assert!(!proof.is_broken(), "{:#?}\n{proof:#?}", self.trail);
        }
        self.what_was_done_twice_is_named(&project);
        self.words_are_meant(&project);
        self.words_of_others_stay(&project);
        self.search_stays_on_codings(&project);
        self.withdrawn_are_gone(at, &project);
    }

    /// What both did with one statement unaware of each other is told.
    fn what_was_done_twice_is_named(&self, project: &Project) {
        let found = crate::check::run(project, false).unwrap();
        let found: Vec<_> = found.into_iter().flat_map(|rule| rule.diagnostics).collect();
        let is_named =
            |code: &str, label: &str| found.iter().any(|one| one.code == code && one.message.starts_with(label));
        let synthesis = project.synthesis(Depth::Facts).unwrap();
        for (id, entity) in project.state().ever(Kind::Hypothesis).into_iter().filter(|(_, one)| one.is_here()) {
            let label = project.label(id);
            let superseded =
                |write: &&crate::history::Write| write.fields().get("status").is_some_and(|to| to == "superseded");
            let held: crate::hypothesis::Hypothesis = project.state().get(id).unwrap();
            let twice = entity.active_writes().filter(superseded).count() > 1 && held.status == Editorial::Superseded;
            assert_eq!(twice, is_named("said-anew-twice", &format!("{label} ")), "{label} {:#?}", self.trail);
            let parents = synthesis.linked_from(id, LinkKind::MergedInto).count();
            assert_eq!(parents > 1, is_named("merged-twice", &format!("{label} ")), "{label} {:#?}", self.trail);
        }
        for link in synthesis.links_of_kind(LinkKind::LeadsTo) {
            let ends = [link.from, link.to].map(|id| synthesis.speakers().of(id));
            let stands = ends.iter().all(|id| synthesis.hypotheses.get(id).is_some_and(|one| one.status.is_living()));
            let label = project.label(link.id);
            let waits = is_named("to-move", &format!("{label} "));
            let seen = synthesis.seen(link, &synthesis.speakers());
            let is_whole = seen.from.part.is_some() == link.from_part.is_some();
            assert!(!stands || waits || is_whole, "{label} is cut and nobody is told {:#?}", self.trail);
        }
    }

    /// What is quoted are the words that were meant.
    fn words_are_meant(&self, project: &Project) {
        let lookup = project.lookup();
        for (id, _, anchor, carried) in rests(project) {
            let quotation = project.quotation(&lookup, &anchor).unwrap();
            let Some(meant) = self.meant.get(&id) else { continue };
            match quotation.wholeness {
                Wholeness::Whole if carried != Some(Carried::Near) => {
                    assert_eq!(&quotation.text, meant, "{} {:#?}", project.label(id), self.trail);
                }
                Wholeness::Whole | Wholeness::Purged => {}
                other => panic!("{}: {other:?} {:#?}", project.label(id), self.trail),
            }
        }
    }

    /// What stands in the text in force, whole turns of it, is not lost for a coding that was set on it.
    fn words_of_others_stay(&self, project: &Project) {
        let lookup = project.lookup();
        for (id, _, anchor, _) in rests(project) {
            let document: Document = project.state().get(anchor.document).unwrap();
            let Some(meant) = self.meant.get(&id).filter(|meant| meant.contains("zq") && !document.purged) else {
                continue;
            };
            let shard = project.shard(&document, &document.version, 0).unwrap().unwrap();
            let stands = shard.text.contains(meant.as_str());
            let quotation = project.quotation(&lookup, &anchor).unwrap();
            assert!(
                !stands || quotation.wholeness != Wholeness::Purged,
                "{} on {}: {meant} {:#?}",
                project.label(id),
                anchor.version,
                self.trail
            );
        }
    }

    /// Asking for a code gives words that it stands on, and no others.
    fn search_stays_on_codings(&self, project: &Project) {
        let codes = project.state().all::<Code>();
        let tree = Tree::new(&codes);
        let lookup = project.lookup();
        for code in codes.iter().filter(|code| !code.retired && code.merged_into.is_none()) {
            let family = tree.family(code.id);
            let quotations: Vec<_> = rests(project)
                .into_iter()
                .filter(|(_, of, ..)| family.contains(&tree.stands_for(*of)))
                .map(|(.., anchor, _)| project.quotation(&lookup, &anchor).unwrap())
                .filter(|quotation| quotation.wholeness == Wholeness::Whole)
                .collect();
            let wanted = Query::parse(&format!("code:{}", project.label(code.id))).unwrap();
            for (document, n) in search::units(project, &wanted).unwrap() {
                let rests = |one: &crate::passage::Quotation| {
                    one.document == document && (one.units.0..=one.units.1).contains(&n)
                };
                assert!(quotations.iter().any(rests), "{} {n} {:#?}", project.label(document), self.trail);
            }
            let asked = Asked { query: wanted, scope: crate::retrieve::Scope::Unit, shared: false, limit: usize::MAX };
            for quoted in query::run(project, &asked, &|_, _| {}).unwrap().quotations {
                let is_meant = quotations.iter().any(|one| one.text.contains(&quoted.text));
                assert!(is_meant, "{quoted:?} {:#?}", self.trail);
            }
        }
    }

    /// No word of theirs is left anywhere that this tool reaches.
    fn withdrawn_are_gone(&self, at: usize, project: &Project) {
        for (id, entity) in project.state().ever(Kind::Participant) {
            let Ok(person) = Participant::read(id, &entity) else { continue };
            if !person.withdrawn || person.withdrawn_scope.is_none_or(|scope| scope == Scope::Quotes) {
                continue;
            }
            for spoke in &person.speaks {
                let document = self.documents.iter().position(|one| *one == spoke.document).unwrap();
                let held: Document = project.state().get(spoke.document).unwrap();
                assert!(held.purged || held.is_cut(), "{} {:#?}", project.label(id), self.trail);
                self.nowhere(at, &tell(document, spoke.speaker));
            }
        }
        for (document, id) in self.documents.iter().enumerate() {
            if project.state().is_purged(*id) {
                (0..SPEAKERS.len()).for_each(|speaker| self.nowhere(at, &tell(document, speaker)));
            }
        }
    }

    fn nowhere(&self, at: usize, word: &str) {
        let found = self.sites[at].holding(word.as_bytes());
        assert!(found.is_empty(), "{word} in {found:?} {:#?}", self.trail);
    }
}

/// All that can be seen of a project, its labels, what is gone and its texts included.
fn everything(project: &Project) -> Vec<String> {
    let state = project.state();
    let mut seen: Vec<String> = state
        .entities()
        .map(|(id, entity)| {
            format!(
                "{id} {} {:?} {:?} {}",
                entity.kind,
                state.labels_in(id, &entity),
                entity.fields(),
                entity.is_here()
            )
        })
        .collect();
    seen.extend(state.conflicts().iter().map(|one| format!("{one:?}")));
    seen.push(format!("{:?}", project.synthesis(Depth::Quotations).unwrap()));
    for document in state.all::<Document>() {
        let doomed = crate::document::doomed(&document.versions);
        for version in document.versions.keys() {
            let text = project.shard(&document, version, 0).unwrap().map(|shard| shard.text.clone());
            seen.push(format!("{version} {} {text:?}", doomed.contains(version)));
        }
    }
    seen
}
