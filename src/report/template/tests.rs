//! Shapes are those of the papers, and templates do what they say.

use super::shape::{Rule, Section};
use super::{SHAPES, Shape, read};
use crate::participant::Audience;
use crate::report::sample::{self, id};
use crate::report::{Block, Brief, Report};

fn paper(key: &str) -> Report {
    let mut synthesis = sample::synthesis();
    synthesis.decisions[0].uncertainty = Some(id(crate::id::Kind::Uncertainty, 2));
    let brief = Brief { meeting: (key == "member-page").then(sample::meeting), ..Brief::new(Audience::Team) };
    (crate::report::find(key).unwrap().make)(&synthesis, &brief)
}

fn set(key: &str, text: &str) -> Report {
    let shape = Shape::of(key).unwrap();
    read(shape, "templates/x.toml", text).unwrap().apply(shape, paper(key))
}

fn ids(report: &Report, level: u8) -> Vec<String> {
    let id = |block: &Block| match block {
        Block::Heading { level: this, id, .. } if *this == level => Some(id.clone()),
        _ => None,
    };
    report.blocks.iter().filter_map(id).collect()
}

fn is_of(section: &Section, id: &str) -> bool {
    id == section.key || (section.rule == Rule::Many && id.starts_with(&format!("{}-", section.key)))
}

#[test]
fn the_shapes_name_every_section_of_their_papers_in_order() {
    for shape in SHAPES {
        let report = paper(shape.paper);
        let met: Vec<&str> = ids(&report, 2)
            .iter()
            .map(|id| {
                let section = shape.sections.iter().find(|section| is_of(section, id));
                section.unwrap_or_else(|| panic!("{} has no section {id}", shape.paper)).key
            })
            .collect();
        let mut once = met.clone();
        once.dedup();
        // A paper that quotes nobody has nothing to say of what was withheld.
        let stands = |key: &&str| *key != "withheld" || once.contains(key);
        let told: Vec<&str> = shape.sections.iter().map(|section| section.key).filter(stands).collect();
        assert_eq!(once, told, "{}", shape.paper);
        for part in shape.sections.iter().flat_map(|section| section.parts) {
            assert!(ids(&report, 3).iter().any(|id| id.ends_with(&format!("-{}", part.key))), "{}", part.key);
        }
    }
}

#[test]
fn the_template_that_is_shipped_changes_nothing() {
    for shape in SHAPES {
        assert_eq!(set(shape.paper, &shape.shipped()), paper(shape.paper), "{}", shape.paper);
    }
}

#[test]
fn sections_are_put_in_order_named_anew_and_given_own_words() {
    let text = "title = \"Our meeting\"\n[[section]]\nkey = \"today\"\nheading = \"What we ask of you\"\n\
                before = \"\"\"Welcome.\n\nTea is at three.\"\"\"\n[[section]]\nkey = \"decisions\"\n\
                text = \"The panel decides.\"\n[[section]]\nkey = \"settled\"\nleave_out = true\n";
    let report = set("agenda", text);
    assert_eq!(report.title, "Our meeting");
    let all = ids(&report, 2);
    assert_eq!(all[..3], ["today", "decisions", "purpose"]);
    assert!(!all.contains(&"settled".to_owned()) && all.contains(&"withheld".to_owned()));
    let texts: Vec<String> = report.blocks.iter().map(Block::text).collect();
    let at = texts.iter().position(|text| text == "What we ask of you").unwrap();
    assert_eq!(texts[at + 1..at + 3], ["Welcome.", "Tea is at three."]);
    let at = texts.iter().position(|text| text == "How decisions will be taken").unwrap();
    assert_eq!(texts[at + 1..at + 3], ["The panel decides.", "Purpose"]);
}

#[test]
fn parts_of_every_briefing_are_set_alike() {
    let text = "[[section]]\nkey = \"briefing\"\n[[section.part]]\nkey = \"voices\"\nheading = \"What people say\"\n\
                [[section.part]]\nkey = \"why-it-matters\"\nleave_out = true\n";
    let report = set("briefing", text);
    let parts = ids(&report, 3);
    assert!(parts.iter().all(|id| !id.ends_with("-why-it-matters")));
    assert_eq!(parts.iter().filter(|id| id.ends_with("-voices")).count(), 2);
    assert_eq!(parts[0], "briefing-u1-gj-voices");
    assert!(report.blocks.iter().any(|block| block.text() == "What people say"));
}

#[test]
fn a_fault_names_its_line_and_what_to_do() {
    let fault = |text: &str| {
        let fault = read(Shape::of("agenda").unwrap(), "templates/agenda.toml", text).unwrap_err();
        assert_eq!(fault.0.code, "bad-template");
        (fault.0.place.as_ref().unwrap().line.unwrap(), format!("{} {}", fault.0, fault.0.hints.join(" ")))
    };
    let (line, said) = fault("paper = \"agenda\"\n\n[[section]]\nkey = \"porpose\"\n");
    assert!(line == 4 && said.contains("templates/agenda.toml:4:") && said.contains("purpose"), "{said}");
    let (line, said) = fault("[[section]]\nkey = \"withheld\"\nleave_out = true\n");
    assert!(line == 3 && said.contains("cannot be left out"), "{said}");
    assert_eq!(fault("[[section]]\nkey = \"today\"\ntext = \"x\"\n").0, 3, "not its own words");
    assert_eq!(fault("[[section]]\nkey = \"today\"\n[[section]]\nkey = \"today\"\n").0, 4, "twice");
    assert_eq!(fault("[[section]]\nkey = \"briefing\"\nheading = \"x\"\n").0, 3, "many headings");
    assert_eq!(fault("paper = \"slides\"\n").0, 1, "of another paper");
    assert_eq!(fault("[[section]]\nkey = \"today\"\nhaeding = \"x\"\n").0, 3, "a field nobody knows");
    assert_eq!(fault("[[section]\n").0, 1, "no TOML at all");
    let (line, said) = fault("[[section]]\nkey = \"today\"\nbefore = \"For {{title}}\"\n");
    assert!(line == 3 && said.contains("no fields in braces"), "{said}");
}
