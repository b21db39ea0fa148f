//! Which parts are one factor, and who tells a link.

use super::super::{disbelief, naive};
use super::*;
use crate::evidence::{Evidence, Stance};
use crate::link::Link;
use crate::passage::Anchor;
use crate::settings::{PriorityWeights, Settings, Thresholds};
use crate::strand::SlotScheme;
use proptest::prelude::*;

fn id(name: &str) -> Id {
    Id::derived([name.as_bytes()])
}

/// Statements as `context > mechanism > outcome`, with keys `c1`, `m1`, `o1`.
fn synthesis(statements: &[(&str, &str)]) -> Synthesis {
    let settings = Settings {
        format: 1,
        project: Id::derived([]),
        title: "Sample".to_owned(),
        questions: Vec::new(),
        configuration: SlotScheme::Cmo,
        synthetic: true,
        strands: Vec::new(),
        groups: Vec::new(),
        thresholds: Thresholds::default(),
        priority: PriorityWeights::default(),
        synonyms: BTreeMap::new(),
        part_groups: BTreeMap::new(),
        consolidation: crate::settings::Consolidation::default(),
        attribution: crate::settings::Attribution::default(),
        reporting: crate::settings::Reporting::default(),
        citation_style: None,
        limits: BTreeMap::new(),
    };
    let mut synthesis = Synthesis::empty(settings);
    for (name, words) in statements {
        let mut one: Hypothesis = serde_json::from_value(serde_json::json!({})).unwrap();
        one.id = id(name);
        let kinds = [("c1", PartKind::Context), ("m1", PartKind::Mechanism), ("o1", PartKind::Outcome)];
        let parts = words.split('>').zip(kinds).filter(|(text, _)| !text.trim().is_empty());
        one.parts = parts
            .map(|(text, (key, kind))| Part { key: key.to_owned(), kind, text: text.trim().to_owned(), ..blank() })
            .collect();
        synthesis.hypotheses.insert(one.id, one);
    }
    synthesis
}

fn blank() -> Part {
    serde_json::from_value(serde_json::json!({ "kind": "context", "text": "" })).unwrap()
}

fn tell(synthesis: &mut Synthesis, statement: &str, part: Option<&str>, source: &str, stance: Stance) {
    let name = format!("{statement} {part:?} {source}");
    let anchor = Anchor {
        document: id(source),
        version: "1".to_owned(),
        row: None,
        spans: Vec::new(),
        hashes: vec![name.clone()],
    };
    let record = serde_json::json!({
        "hypothesis": id(statement), "part": part, "anchor": anchor, "source": id(source), "stance": stance,
        "appraiser": "gj", "revision": "",
    });
    let mut link: Evidence = serde_json::from_value(record).unwrap();
    link.id = id(&name);
    synthesis.evidence.insert(link.id, link);
}

fn lead(synthesis: &mut Synthesis, from: &str, to: (&str, Option<&str>)) {
    let record = serde_json::json!({ "from": id(from), "to": id(to.0), "to_part": to.1, "kind": "leads_to" });
    let mut link: Link = serde_json::from_value(record).unwrap();
    link.id = id(&format!("{from} leads to {}", to.0));
    synthesis.links.insert(link.id, link);
}

/// Each link as `from > to: sources`.
fn links(synthesis: &Synthesis, wishes: &Wishes) -> Vec<String> {
    let network = weave(synthesis, wishes).network;
    let name = |node: usize| network.factors[node].name.as_str();
    let mut links: Vec<String> = network
        .links()
        .iter()
        .map(|link| format!("{} > {}: {}", name(link.from), name(link.to), link.sources().len()))
        .collect();
    links.sort();
    links
}

#[test]
fn a_link_is_told_by_who_speaks_of_both_ends_or_of_the_whole() {
    let mut synthesis = synthesis(&[("h", "a > m > b")]);
    assert_eq!(links(&synthesis, &Wishes::default()), ["a > b: 0"]);
    tell(&mut synthesis, "h", Some("c1"), "s1", Stance::Supports);
    assert_eq!(links(&synthesis, &Wishes::default()), ["a > b: 0"]);
    tell(&mut synthesis, "h", Some("o1"), "s1", Stance::Refines);
    tell(&mut synthesis, "h", None, "s2", Stance::Supports);
    tell(&mut synthesis, "h", Some("c1"), "s3", Stance::Ambiguous);
    tell(&mut synthesis, "h", Some("m1"), "s4", Stance::Supports);
    tell(&mut synthesis, "h", Some("o1"), "s5", Stance::Refutes);
    assert_eq!(links(&synthesis, &Wishes::default()), ["a > b: 2"]);
    let network = weave(&synthesis, &Wishes::default()).network;
    let telling = &network.links()[0].tellings[0];
    assert_eq!(telling.with_mechanism, BTreeSet::from([id("s2")]), "s1 says nothing of the mechanism");
    assert_eq!(telling.against, BTreeSet::from([id("s5")]));
    assert_eq!((telling.evidence.len(), &telling.through), (3, &vec!["m1".to_owned()]));
}

#[test]
fn parts_are_one_by_wording_by_group_and_by_what_leads_on() {
    let mut synthesis = synthesis(&[("h", "a > m > b"), ("i", "B.  > m > c"), ("j", "d > m > e"), ("k", "f > m > g")]);
    let three = ["B > c: 0", "a > b: 0", "b > c: 0", "d > e: 0", "f > g: 0"];
    let found = links(&synthesis, &Wishes::default());
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|link| three.contains(&link.as_str())), "{found:?}");
    lead(&mut synthesis, "i", ("j", Some("c1")));
    let network = weave(&synthesis, &Wishes::default());
    let node = |name: &str, part: &str| network.nodes[&Place { hypothesis: id(name), part: part.to_owned() }];
    assert_eq!(node("i", "o1"), node("j", "c1"));
    assert_ne!(node("h", "m1"), node("i", "m1"), "a mechanism stays in its own configuration");
    let grouped = [("j", "o1"), ("k", "c1")]
        .map(|(name, part)| (Place { hypothesis: id(name), part: part.to_owned() }, "x".to_owned()));
    let network = weave(&synthesis, &Wishes { grouped: grouped.into(), ..Wishes::default() });
    let node = |name: &str, part: &str| network.nodes[&Place { hypothesis: id(name), part: part.to_owned() }];
    assert_eq!(node("j", "o1"), node("k", "c1"));
}

#[test]
fn what_leads_on_to_no_part_is_one_more_beginning() {
    let mut synthesis = synthesis(&[("h", "a > m > b"), ("i", "c > m > d")]);
    lead(&mut synthesis, "h", ("i", None));
    tell(&mut synthesis, "h", None, "s1", Stance::Supports);
    tell(&mut synthesis, "i", None, "s1", Stance::Supports);
    tell(&mut synthesis, "i", None, "s2", Stance::Supports);
    assert_eq!(links(&synthesis, &Wishes::default()), ["a > b: 1", "b > d: 1", "c > d: 2"]);
}

#[test]
fn opposites_keep_their_sign_and_a_statement_of_no_context_begins_with_its_mechanism() {
    let synthesis = synthesis(&[("h", "a > m > ~b"), ("i", "b > m > c"), ("j", " > hope > d")]);
    assert_eq!(links(&synthesis, &Wishes::default()).len(), 3);
    let folded = weave(&synthesis, &Wishes { opposites: true, ..Wishes::default() }).network;
    let signs: Vec<[bool; 2]> = folded.links().iter().map(|link| link.tellings[0].turned).collect();
    assert_eq!(folded.factors.len(), 7 - 1 + 1, "b and not b are one; each mechanism is its own");
    assert!(signs.contains(&[false, true]) || signs.contains(&[true, false]), "{signs:?}");
    assert!(links(&synthesis, &Wishes::default()).contains(&"hope > d: 0".to_owned()));
}

/// Contexts, resources and outcomes of a statement, each one of twelve things; and who tells what of it: a source, and a
/// part or the whole.
type Drawn = (Vec<(PartKind, usize)>, Vec<(usize, Option<usize>)>);

const THINGS: usize = 12;
const SOURCES: usize = 5;

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let kind = prop_oneof![Just(PartKind::Context), Just(PartKind::Resource), Just(PartKind::Outcome)];
    let parts = prop::collection::vec((kind, 0..THINGS), 2..6);
    let told = prop::collection::vec((0..SOURCES, prop::option::of(0_usize..6)), 0..8);
    prop::collection::vec((parts, told), 1..8)
}

fn told_by(drawn: &[Drawn], is_believed: impl Fn(usize) -> bool) -> Synthesis {
    let names: Vec<String> = (0..drawn.len()).map(|at| format!("h{at}")).collect();
    let mut synthesis = synthesis(&names.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>());
    for (name, (parts, told)) in names.iter().zip(drawn) {
        let keyed = parts.iter().enumerate();
        let parts = keyed.map(|(at, (kind, thing))| Part::new(format!("p{at}"), *kind, format!("thing {thing}")));
        synthesis.hypotheses.get_mut(&id(name)).unwrap().parts = parts.collect();
        for (source, part) in told.iter().filter(|(source, _)| is_believed(*source)) {
            let part = part.map(|at| format!("p{at}"));
            tell(&mut synthesis, name, part.as_deref(), &format!("s{source}"), Stance::Supports);
        }
    }
    synthesis
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The definition, on statements with several parts: take the evidence of a set of sources away, and look whether
    /// anything that is still told leads from the one thing to the other.
    #[test]
    fn robustness_of_statements_is_the_fewest_sources_without_which_no_chain_is_told(drawn in drawn()) {
        let woven = weave(&told_by(&drawn, |_| true), &Wishes::default()).network;
        let node = |network: &Network, thing: usize| -> BTreeSet<Node> {
            let name = format!("thing {thing}");
            (0..network.factors.len()).filter(|at| network.factors[*at].name == name).collect()
        };
        let (from, to) = (node(&woven, 0), node(&woven, 1));
        prop_assume!(!from.is_empty() && !to.is_empty());
        let sources: Vec<Id> = (0..SOURCES).map(|at| id(&format!("s{at}"))).collect();
        let fewest = naive::fewest(&sources, |disbelieved| {
            let network = weave(&told_by(&drawn, |at| !disbelieved.contains(&sources[at])), &Wishes::default()).network;
            naive::is_left(&network, &node(&network, 0), &node(&network, 1), &BTreeSet::new())
        });
        prop_assert_eq!(disbelief::robustness(&woven, &from, &to).unwrap().sources.len(), fewest);
    }
}
