//! Nothing that is written runs: no page without its content policy, no script, no formula, whatever the text.

use super::{PAYLOADS, disputes, poisoned, text_of};
use crate::participant::Audience;
use crate::picture::figure::{Arrow, Item, Look};
use crate::picture::{Figure, Shape};
use crate::render::cards::{self, Card};
use crate::render::{RENDERERS, figure};
use crate::report::{Brief, REPORTS};
use crate::table::Table;
use std::collections::BTreeSet;

const POLICY: &str =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'";
const FORMULAS: [&str; 10] =
    ["=HYPERLINK(\"x\")", "+1+1", "-1-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "＝1+1", "'=1+1"];

/// A page names its policy before anything of the project, and runs nothing.
fn is_inert(page: &str, what: &str) {
    let policy = page.find(POLICY).unwrap_or_else(|| panic!("{what} has no content policy"));
    let title = page.find("<title>").unwrap();
    assert!(policy < title && page[..policy].matches('<').count() < 6, "{what}: the policy comes too late");
    let lower = page.to_lowercase();
    for runs in ["<script", "javascript:", "<iframe", "<object", "<embed", "<form", "<base", "http-equiv=\"refresh"] {
        assert!(!lower.contains(runs), "{what} holds {runs}");
    }
    // What stands between quotation marks is a value, and those of the text are escaped.
    for (tag, _) in page.split('<').skip(1).filter_map(|rest| rest.split_once('>')) {
        let names: String = tag.split('"').step_by(2).collect();
        assert!(!names.contains(" on"), "{what}: {tag}");
    }
}

#[test]
fn every_page_has_a_strict_policy_and_runs_nothing() {
    for payload in PAYLOADS {
        let all = poisoned(payload);
        for audience in [Audience::Team, Audience::Publication] {
            let brief = Brief { disagreements: Some(disputes::of(&all)), ..Brief::new(audience) };
            for kind in REPORTS {
                let report = (kind.make)(&all, &brief);
                for renderer in RENDERERS.iter().filter(|one| one.extension() == "html") {
                    is_inert(&text_of(renderer.render(&report).unwrap()), kind.key);
                }
            }
        }
        for format in figure::FORMATS.iter().filter(|one| one.key == "html") {
            is_inert(&(format.write)(&drawing(payload)), "a figure");
        }
        is_inert(&String::from_utf8(cards::html(payload, &[card(payload)])).unwrap(), "cards");
    }
}

#[test]
fn no_cell_is_run_in_any_format() {
    for payload in FORMULAS {
        let all = poisoned(payload);
        let brief = Brief { disagreements: Some(disputes::of(&all)), ..Brief::new(Audience::Team) };
        for kind in REPORTS {
            let report = (kind.make)(&all, &brief);
            for renderer in RENDERERS {
                let text = text_of(renderer.render(&report).unwrap());
                match renderer.key() {
                    "csv" => no_formula(&text),
                    "xlsx" => assert!(!text.contains("<f>") && !text.contains("<f "), "{} as xlsx", kind.key),
                    _ => {}
                }
            }
        }
        for format in figure::FORMATS.iter().filter(|one| one.key == "csv") {
            no_formula(&(format.write)(&drawing(payload)));
        }
    }
}

fn no_formula(text: &str) {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            let begins = cell.trim_start_matches([' ', '\u{a0}']);
            let runs = begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            assert!(!runs || cell.parse::<f64>().is_ok(), "{cell:?}");
        }
    }
}

/// The words of a drawing stay words: as many tags as without them, and quotation marks in pairs.
#[test]
fn labels_of_drawings_are_words_in_every_format() {
    for payload in PAYLOADS.iter().copied().chain(["\"]; click n0 \"x\"", "a\\\"; b -> c; \"", "]]>", "a\n\"b"]) {
        for format in figure::FORMATS {
            let (written, harmless) = ((format.write)(&drawing(payload)), (format.write)(&drawing("word")));
            match format.key {
                // How many lines a text takes is the drawing's affair; which elements there are is not.
                "svg" | "html" | "graphml" => {
                    assert_eq!(elements(&written), elements(&harmless), "{payload} as {}", format.key);
                }
                "dot" => {
                    let bare = written.replace("\\\\", "").replace("\\\"", "");
                    assert!(bare.lines().all(|line| line.matches('"').count() % 2 == 0), "{bare}");
                    assert_eq!(written.lines().count(), harmless.lines().count(), "{payload}");
                }
                "mermaid" => {
                    assert_eq!(written.lines().count(), harmless.lines().count(), "{payload}");
                    let drawn = |text: &str| text.lines().skip(3).map(|line| line.matches('"').count()).sum::<usize>();
                    assert_eq!(drawn(&written), drawn(&harmless), "{payload}");
                }
                _ => {}
            }
        }
    }
}

/// The elements of a page or a drawing, and the attributes of each; breaks of lines apart.
fn elements(markup: &str) -> BTreeSet<(Vec<u8>, Vec<Vec<u8>>)> {
    let tokens = html5gum::Tokenizer::new(markup).filter_map(Result::ok);
    let of = |token: html5gum::Token<()>| match token {
        html5gum::Token::StartTag(tag) if tag.name.as_slice() != b"br" => {
            Some((tag.name.0, tag.attributes.into_keys().map(|key| key.0).collect()))
        }
        _ => None,
    };
    tokens.filter_map(of).collect()
}

fn drawing(text: &str) -> Figure {
    let item = |key: &str| Item {
        key: key.to_owned(),
        heading: text.to_owned(),
        words: text.to_owned(),
        remark: text.to_owned(),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    };
    let mut table = Table::with(&[("a", "A")]);
    table.push(vec![text.into()]);
    Figure {
        key: "map".to_owned(),
        title: text.to_owned(),
        description: text.to_owned(),
        items: vec![item("n0"), item("n1")],
        arrows: vec![Arrow {
            from: 0,
            to: 1,
            weight: 1,
            is_contested: false,
            remark: text.to_owned(),
            origins: Vec::new(),
        }],
        shape: Shape::Network,
        notes: vec![text.to_owned()],
        table,
    }
}

fn card(text: &str) -> Card {
    Card {
        label: text.to_owned(),
        sentence: text.to_owned(),
        parts: vec![(text.to_owned(), text.to_owned())],
        kinds: vec![(text.to_owned(), 1)],
        component: Some(text.to_owned()),
    }
}
