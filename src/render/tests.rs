//! What must hold of every report in every format: nobody's words get past their consent, nothing in
//! a text is run as markup, and the same input gives the same bytes.

mod active;
mod consent;

use super::{RENDERERS, terminal};
use crate::decision::{Body, Decision, Method, Outcome};
use crate::id::{Id, Kind};
use crate::participant::{Audience, Consent};
use crate::passage::Wholeness;
use crate::report::disagreements::sample as disputes;
use crate::report::sample::{self, id};
use crate::report::{Block, Brief, REPORTS, Ranking, RankingPart, Report};
use crate::synthesis::Synthesis;
use crate::table::Table;
use std::collections::BTreeMap;

/// A file as text: of an archive, all its parts.
fn text_of(bytes: Vec<u8>) -> String {
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).expect("UTF-8");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
    }
    text
}

/// Every report in every format and in the terminal, with a name for messages.
fn everything(synthesis: &Synthesis, brief: &Brief) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let brief = Brief { disagreements: Some(disputes::of(synthesis)), ..brief.clone() };
    for kind in REPORTS {
        let report = (kind.make)(synthesis, &brief);
        for renderer in RENDERERS {
            let text = text_of(renderer.render(&report).unwrap());
            all.push((format!("{} as {}", kind.key, renderer.key()), text));
        }
        all.push((format!("{} in the terminal", kind.key), terminal::show(&report, 300)));
    }
    all
}

fn for_audience(audience: Audience) -> Vec<(String, String)> {
    everything(&sample::synthesis(), &Brief::new(audience))
}

fn agenda(synthesis: &Synthesis, brief: &Brief, format: &str) -> String {
    let report = (crate::report::find("agenda").unwrap().make)(synthesis, brief);
    text_of(super::find(format).unwrap().render(&report).unwrap())
}

fn evidence(synthesis: &Synthesis, brief: &Brief, format: &str) -> String {
    let report = (crate::report::find("evidence").unwrap().make)(synthesis, brief);
    text_of(super::find(format).unwrap().render(&report).unwrap())
}

#[test]
fn words_without_recorded_consent_are_in_no_paper_for_others() {
    for (name, text) in for_audience(Audience::Meeting) {
        for planted in ["LEFTWORDS", "SILENTWORDS", "STRAYWORDS"] {
            assert!(!text.contains(planted), "{planted} in {name}");
        }
    }
    for (name, text) in for_audience(Audience::Publication) {
        for planted in ["LEFTWORDS", "SILENTWORDS", "STRAYWORDS", "OPENWORDS", "LONEWORDS", "ROLEWORDS", "PLANWORDS"] {
            assert!(!text.contains(planted), "{planted} in {name}");
        }
    }
}

#[test]
fn words_with_consent_and_published_words_are_printed() {
    let papers = for_audience(Audience::Meeting);
    for format in ["md", "html", "json"] {
        let (_, text) = papers.iter().find(|(name, _)| name == &format!("evidence as {format}")).unwrap();
        for words in ["OPENWORDS", "NAMEDWORDS", "Peers were valued above all"] {
            assert!(text.contains(words), "{words} in {format}");
        }
    }
}

#[test]
fn the_team_reads_all_but_those_who_withdrew() {
    for (name, text) in for_audience(Audience::Team) {
        assert!(!text.contains("LEFTWORDS"), "{name}");
    }
    let text = evidence(&sample::synthesis(), &Brief::new(Audience::Team), "md");
    for words in ["SILENTWORDS", "STRAYWORDS", "Pseudonym4", "Interview with Jo Leader"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("\\[words withheld: the person withdrew\\]"));
}

#[test]
fn withheld_words_leave_a_placeholder_and_are_counted() {
    let text = evidence(&sample::synthesis(), &Brief::new(Audience::Meeting), "md");
    assert_eq!(text.matches("\\[words withheld: no recorded consent\\]").count(), 3);
    assert!(text.contains("3 quotations withheld: no recorded consent 3."));
    let data: serde_json::Value =
        serde_json::from_str(&evidence(&sample::synthesis(), &Brief::new(Audience::Meeting), "json")).unwrap();
    assert_eq!(data["withheld"]["quotations"], 3);
    assert_eq!(data["withheld"]["reasons"]["no_consent"], 3);
}

#[test]
fn names_of_speakers_and_own_documents_stay_with_the_team() {
    for audience in [Audience::Meeting, Audience::Publication] {
        for (name, text) in for_audience(audience) {
            for known in
                ["Jo Leader", "Northtown", "Pseudonym1", "Pseudonym7", "reason-of-the-coder", "memo-of-the-team"]
            {
                assert!(!text.contains(known), "{known} in {name}");
            }
            assert_eq!(
                text.contains("Pseudonym5"),
                audience == Audience::Meeting && prints_quotations(&name),
                "{name}"
            );
        }
    }
}

/// The rectangle of the agenda holds no quotations, and neither do slides and the record.
fn prints_quotations(name: &str) -> bool {
    let quoting = ["agenda", "briefing", "evidence", "passages", "cmo", "disagreements"];
    let rectangles = ["agenda as csv", "agenda as xlsx", "briefing as csv", "briefing as xlsx"];
    quoting.iter().any(|key| name.starts_with(&format!("{key} "))) && !rectangles.contains(&name)
}

#[test]
fn a_group_too_small_to_name_is_not_named() {
    let text = evidence(&sample::synthesis(), &Brief::new(Audience::Meeting), "md");
    assert!(text.contains("LONEWORDS"));
    assert!(!text.contains("GPs, focus group"));
    // Nor is the kind of source said, which fewer than three of those left over share.
    let line = text.lines().skip_while(|line| !line.contains("LONEWORDS")).find(|line| line.contains("participant"));
    assert!(line.is_some_and(|line| line.contains("participant; ")), "{line:?}");
    assert!(evidence(&sample::synthesis(), &Brief::new(Audience::Team), "md").contains("GPs, focus group"));
    let text = agenda(&sample::synthesis(), &Brief::new(Audience::Meeting), "json");
    assert!(!text.contains("\"group\": \"GPs\""));
}

#[test]
fn passages_that_do_not_stand_are_placeholders_for_everyone() {
    for wholeness in [Wholeness::Stale, Wholeness::Purged, Wholeness::Missing] {
        let mut synthesis = sample::synthesis();
        let link = id(Kind::Evidence, 1);
        synthesis.quotations.get_mut(&link).unwrap().wholeness = wholeness;
        for audience in Audience::ALL {
            for (name, text) in everything(&synthesis, &Brief::new(*audience)) {
                assert!(!text.contains("Peers were valued above all"), "{wholeness:?} in {name}");
            }
        }
    }
    let mut synthesis = sample::synthesis();
    synthesis.quotations.remove(&id(Kind::Evidence, 1));
    let text = evidence(&synthesis, &Brief::new(Audience::Team), "md");
    assert!(text.contains("the text is not on this computer 1"));
}

#[test]
fn generated_sentences_and_scores_are_the_teams() {
    let synthesis = sample::synthesis();
    let part = |key: &str, value| RankingPart {
        key: key.to_owned(),
        name: key.to_owned(),
        value,
        weight: 1.0,
        note: Some(format!("note on {key}")),
    };
    let mut brief = Brief::new(Audience::Team);
    brief.tables = BTreeMap::from([("coder_activity", Table::with(&[("coder", "Coder of codings")]))]);
    brief.rankings = vec![Ranking {
        uncertainty: id(Kind::Uncertainty, 1),
        place: 1,
        score: Some(0.6532),
        parts: vec![part("conflict", Some(0.734_694)), part("urgency", None)],
        missing: vec!["urgency".to_owned()],
        rank_range: Some((1, 2)),
        set_by_people: false,
    }];
    let team = agenda(&synthesis, &brief, "md");
    for shown in [
        "generated: If",
        "0.6532",
        "0.7347 | 1 | note on conflict",
        "Urgency | left out | 1 | note on urgency",
        "1 to 2: order not robust",
    ] {
        assert!(team.contains(shown), "{shown}");
    }
    assert!(evidence(&synthesis, &brief, "md").contains("Coder of codings"));
    for audience in [Audience::Meeting, Audience::Publication] {
        brief.audience = audience;
        for (name, text) in everything(&synthesis, &brief) {
            for kept in ["generated", "0.6532", "0.73", "weighted mean", "Coder of codings"] {
                assert!(!text.contains(kept), "{kept} in {name}");
            }
        }
    }
}

#[test]
fn gaps_are_shown_as_gaps() {
    let text = agenda(&sample::synthesis(), &Brief::new(Audience::Meeting), "md");
    assert!(text.contains("### What we do not know\n\n**TO WRITE**"));
    let row = text.lines().find(|line| line.starts_with("| Lead view, H4.gj |")).unwrap();
    assert!(row.contains("| none found | none found |") && row.contains("Against: none found"), "{row}");
    assert!(text.contains("Not stated: by whom"), "a component was agreed");
    assert!(text.contains("synthetic"));
}

#[test]
fn a_briefing_has_one_evidence_table_and_the_annex_only_what_is_at_stake() {
    for audience in Audience::ALL {
        let text = agenda(&sample::synthesis(), &Brief::new(*audience), "md");
        assert_eq!(text.matches("**Evidence on the views, ").count(), 2, "U2.gj has no statement");
        assert!(text.contains("\n| Lead view, H1.gj | For:") && text.contains("\n| Rival view, H2.gj |"));
        assert!(text.contains("#### H1.gj If peers") && text.contains("#### H2.gj If a peer"));
        let others = ["H3.gj", "H5.gj", "PLANWORDS", "One key worker"];
        assert!(!others.iter().any(|other| text.contains(other)), "statements of settled components");
        assert!(text.contains("in the evidence report"));
    }
}

#[test]
fn an_annexed_statement_prints_as_many_passages_a_side_as_the_threshold_allows() {
    let mut synthesis = sample::synthesis();
    synthesis.settings.thresholds.quotations = 1;
    let text = agenda(&synthesis, &Brief::new(Audience::Team), "md");
    let annex = &text[text.find("## Annex: the evidence").unwrap()..];
    assert!(annex.contains("**For (5)**") && annex.contains("and 3 more in the evidence report"), "{annex}");
    assert!(annex.contains("**Against (1)**") && annex.contains("**Works differently where (1)**"));
    assert_eq!(annex.matches("Peers were valued").count(), 1);
    assert!(!annex.contains("Hope grew"));
}

#[test]
fn what_is_to_be_known_of_the_ratings_stands_beside_them() {
    let mut synthesis = sample::synthesis();
    let one = id(Kind::Uncertainty, 1);
    synthesis.uncertainties.get_mut(&one).unwrap().ratings_note = Some("RATINGSNOTE".to_owned());
    let mut brief = Brief::new(Audience::Team);
    brief.rankings = vec![Ranking {
        uncertainty: one,
        place: 1,
        score: Some(0.5),
        parts: Vec::new(),
        missing: Vec::new(),
        rank_range: Some((1, 2)),
        set_by_people: false,
    }];
    let text = agenda(&synthesis, &brief, "md");
    assert!(text.contains("What the priority of U1.gj is made of. Ratings: RATINGSNOTE"));
    brief.audience = Audience::Meeting;
    let text = agenda(&synthesis, &brief, "md");
    assert!(!text.contains("RATINGSNOTE"));
    assert!(text.contains("The proposed order is not robust"));
}

#[test]
fn the_evidence_report_holds_every_passage() {
    let text = evidence(&sample::synthesis(), &Brief::new(Audience::Team), "md");
    for link in 1..=13 {
        assert!(text.contains(&format!("E{link}.gj")), "E{link}.gj");
    }
    assert!(!text.contains("OFFWORDS"), "judged irrelevant");
}

#[test]
fn every_view_gets_as_many_voices_as_any_other_on_either_side() {
    let data = |synthesis: &Synthesis, audience| -> serde_json::Value {
        serde_json::from_str(&agenda(synthesis, &Brief::new(audience), "json")).unwrap()
    };
    let mut one_more = sample::synthesis();
    let three = one_more.uncertainties.get_mut(&id(Kind::Uncertainty, 1)).unwrap();
    three.hypotheses.push(id(Kind::Hypothesis, 3));
    let rival =
        crate::link::sample::link(id(Kind::Hypothesis, 3), crate::link::LinkKind::RivalOf, id(Kind::Hypothesis, 1));
    one_more.links.insert(rival.id, rival);
    for (synthesis, views) in [(sample::synthesis(), 2), (one_more, 3)] {
        for audience in Audience::ALL {
            let all = data(&synthesis, *audience);
            assert_eq!(all["uncertainties"][0]["voices"].as_array().unwrap().len(), views);
            for one in all["uncertainties"].as_array().unwrap() {
                let sides = one["voices"].as_array().unwrap().iter().flat_map(|view| [&view["for"], &view["against"]]);
                let number = |side: &serde_json::Value, key: &str| side[key].as_u64().unwrap();
                let said: std::collections::BTreeSet<usize> = sides
                    .filter(|side| number(side, "found") > number(side, "withheld"))
                    .map(|side| side["quotations"].as_array().unwrap().len())
                    .collect();
                assert!(said.len() <= 1 && said.iter().all(|places| (1..=3).contains(places)), "{one}");
            }
        }
    }
    let peers = &data(&sample::synthesis(), Audience::Meeting)["uncertainties"][0]["voices"];
    let chosen = |view: usize, side: &str| -> Vec<String> {
        let quotations = peers[view][side]["quotations"].as_array().unwrap();
        quotations.iter().map(|one| one["evidence"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(chosen(0, "for"), ["E1.gj"], "best first, and no more than the other side has");
    assert_eq!(chosen(0, "against"), ["E6.gj"]);
    assert_eq!(chosen(0, "differently_where"), ["E7.gj"], "other circumstances stand apart");
    assert_eq!(chosen(1, "for"), ["E11.gj"], "what supports a rival is heard under it");
    assert_eq!(peers[0]["for"]["withheld"], 2);
}

#[test]
fn the_best_passage_comes_first_and_then_a_group_not_heard_yet() {
    let synthesis = sample::synthesis();
    let mut press = crate::report::words::Press::new(&synthesis, Audience::Meeting);
    let voices = crate::report::voices::Voices::of_statement(&mut press, id(Kind::Hypothesis, 2));
    assert_eq!(voices.in_favour.quotations.len(), 1, "nothing is against it: its own half is its own");
    let mut alone = sample::synthesis();
    alone.evidence.retain(|_, link| link.stance != crate::evidence::Stance::Refutes);
    let mut press = crate::report::words::Press::new(&alone, Audience::Meeting);
    let voices = crate::report::voices::Voices::of_statement(&mut press, id(Kind::Hypothesis, 1));
    let chosen: Vec<&str> = voices.in_favour.quotations.iter().map(|one| one.evidence.as_str()).collect();
    assert_eq!(chosen, ["E1.gj", "E3.gj", "E2.gj"]);
}

#[test]
fn what_works_differently_elsewhere_is_kept_apart_from_what_is_against() {
    let text = agenda(&sample::synthesis(), &Brief::new(Audience::Meeting), "md");
    let row = text.lines().find(|line| line.starts_with("| Lead view, H1.gj |")).unwrap();
    let all = "For: 4 (5)<br>Against: 1 (1)<br>Works differently where: 1 (1)<br>Refines or unclear:";
    // Interviews and groups are counted as one here: apart they would tell who spoke.
    let own = "| For: 2 (3)<br>Against: 1 (1)<br>Works differently where: 1 (1)<br>Refines or unclear: 2 (2) |";
    assert!(row.contains(own) && row.contains(all), "{row}");
    assert!(text.contains("1 source against, 1 source saying it works differently elsewhere"));
    assert!(text.contains("**Works differently where H1.gj (1)**"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for audience in Audience::ALL {
        assert_eq!(for_audience(*audience), for_audience(*audience));
    }
}

#[test]
fn an_empty_project_makes_papers() {
    for audience in Audience::ALL {
        for (name, text) in everything(&Synthesis::empty(sample::settings()), &Brief::new(*audience)) {
            assert!(!text.is_empty(), "{name}");
        }
    }
}

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><svg/onload=alert(1)>",
    "<!-- --!><b>",
];

/// Puts a text into every field a person or a document can fill.
fn poisoned(payload: &str) -> Synthesis {
    let mut all = sample::synthesis();
    let text = || payload.to_owned();
    all.settings.title = text();
    all.settings.questions = vec![text()];
    for strand in &mut all.settings.strands {
        strand.title = text();
    }
    for group in &mut all.settings.groups {
        group.title = text();
    }
    for source in all.sources.values_mut() {
        source.strand = text();
    }
    for component in all.components.values_mut() {
        (component.name, component.description) = (text(), Some(text()));
    }
    for hypothesis in all.hypotheses.values_mut() {
        hypothesis.statement = Some(text());
        for part in &mut hypothesis.parts {
            (part.key, part.text) = (text(), text());
        }
    }
    for link in all.evidence.values_mut() {
        link.part = Some(text());
    }
    for quotation in all.quotations.values_mut() {
        (quotation.text, quotation.spoken, quotation.speaker) = (text(), text(), Some(text()));
    }
    for participant in all.participants.values_mut() {
        participant.consent.insert(Audience::Publication, Consent::Named);
    }
    for one in all.uncertainties.values_mut() {
        one.text = text();
        (one.plain, one.why, one.unknown, one.introduced_by) = (Some(text()), Some(text()), Some(text()), Some(text()));
        for option in &mut one.options {
            (option.key, option.text, option.consequence) = (text(), text(), Some(text()));
            (option.needs, option.not_for) = (Some(text()), Some(text()));
        }
    }
    for decision in &mut all.decisions {
        (decision.text, decision.date) = (Some(text()), Some(text()));
        decision.present = BTreeMap::from([(text(), 9)]);
        all.dissent.insert(decision.id, BTreeMap::from([(text(), text())]));
    }
    all
}

/// A page without its drawing, whose lines break by the length of words.
fn undrawn(html: &str) -> String {
    match (html.find("<svg xmlns"), html.find("</svg>")) {
        (Some(begins), Some(ends)) => format!("{}{}", &html[..begins], &html[ends + "</svg>".len()..]),
        _ => html.to_owned(),
    }
}

#[test]
fn no_text_becomes_markup_in_html() {
    let tags = |html: &str| undrawn(html).matches('<').count();
    for payload in PAYLOADS {
        for audience in Audience::ALL {
            let brief = Brief::new(*audience);
            let (harmless, poisoned) = (poisoned("x"), poisoned(payload));
            for make in [agenda, evidence] {
                let html = make(&poisoned, &brief, "html");
                assert_eq!(tags(&html), tags(&make(&harmless, &brief, "html")), "{payload}");
                assert!(!html.contains("<script") && !html.contains("<img"), "{payload}");
                assert!(!undrawn(&html).contains("<svg"), "{payload}");
                assert!(!undrawn(&html).contains("' onmouseover"), "{payload}");
            }
        }
    }
}

#[test]
fn no_text_becomes_markup_in_markdown() {
    for payload in PAYLOADS {
        let text = agenda(&poisoned(payload), &Brief::new(Audience::Team), "md");
        assert!(!text.replace("<br>", "").contains('<'), "{payload}");
    }
}

#[test]
fn no_cell_of_a_sheet_runs() {
    for payload in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\t=1"] {
        for make in [agenda, evidence] {
            let text = make(&poisoned(payload), &Brief::new(Audience::Team), "csv");
            let mut reader = ::csv::Reader::from_reader(text.as_bytes());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                }
            }
        }
    }
}

#[test]
fn the_page_is_whole_in_itself_and_its_headings_are_in_order() {
    let html = agenda(&sample::synthesis(), &Brief::new(Audience::Team), "html");
    // A drawing names its language by an address, and its own patterns.
    assert!(!html.contains("url(http") && !html.contains("href=\"http"));
    let html = undrawn(&html);
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    assert!(html.contains("<html lang=\"en-GB\">"));
    for outside in ["http://", "https://", "<script", "<link", "@import", "url("] {
        assert!(!html.contains(outside), "{outside}");
    }
    for kind in REPORTS {
        let report: Report = (kind.make)(&sample::synthesis(), &Brief::new(Audience::Team));
        let mut level = 1;
        let mut ids = std::collections::BTreeSet::new();
        for block in &report.blocks {
            if let Block::Heading { level: next, id, text } = block {
                assert!(*next <= level + 1, "{text} leaves out a level");
                assert!(ids.insert(id.clone()), "{id} stands twice");
                level = *next;
            }
        }
    }
}

#[test]
fn lines_of_the_terminal_fit() {
    for kind in REPORTS {
        let text = terminal::show(&(kind.make)(&sample::synthesis(), &Brief::new(Audience::Team)), 100);
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
        assert!(long.is_empty(), "{long:?}");
    }
}

#[test]
fn dissent_is_read_by_the_team_alone() {
    let mut synthesis = sample::synthesis();
    let decision = Id::derived([b"dissent".as_slice()]);
    synthesis.decisions.push(Decision {
        id: decision,
        outcome: Outcome::AgreedWithDissent,
        body: Body::Stakeholders,
        method: Method::Discussion,
        date: Some("2026-03-14".to_owned()),
        counts_from: "2026-03-14".to_owned(),
        text: None,
        uncertainty: None,
        option: None,
        components: vec![id(Kind::Component, 3)],
        hypotheses: Vec::new(),
        present: BTreeMap::from([("users".to_owned(), 6), ("gps".to_owned(), 1)]),
        dissent: BTreeMap::new(),
        round: None,
        meeting: None,
        items: Vec::new(),
        snapshot: None,
        dissenting: Vec::new(),
        by_votes: None,
        effects: Vec::new(),
        registered: BTreeMap::new(),
    });
    synthesis.dissent.insert(decision, BTreeMap::from([("gps".to_owned(), "DISSENTWORDS".to_owned())]));
    let team = agenda(&synthesis, &Brief::new(Audience::Team), "md");
    assert!(team.contains("DISSENTWORDS") && team.contains("GPs 1"));
    for (name, text) in everything(&synthesis, &Brief::new(Audience::Meeting)) {
        assert!(!text.contains("DISSENTWORDS") && !text.contains("GPs 1"), "{name}");
    }
    let meeting = agenda(&synthesis, &Brief::new(Audience::Meeting), "md");
    assert!(meeting.contains("stakeholders: 7 people present") && !meeting.contains("Service users 6"));
    assert!(meeting.contains("a smaller group: \\[words withheld: no recorded consent\\]"));
}
