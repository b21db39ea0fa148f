//! What every format promises of a figure: nothing unescaped, the same bytes each time, and the words in it.

use super::FORMATS;
use crate::picture::figure::{Grid, Inside, Mark};
use crate::picture::{Arrow, Figure, Item, Look, Shape};
use crate::table::Table;

fn figure() -> Figure {
    let item = |at: usize, words: &str, look| Item {
        key: format!("factor-{at}"),
        heading: String::new(),
        words: words.to_owned(),
        remark: "H1.gj".to_owned(),
        look,
        inside: vec![Inside { words: "H2.gj \"quoted\" & <b>".to_owned(), look: Look::Contested }],
        layer: None,
    };
    let arrow = |from, to, weight, is_contested| Arrow {
        from,
        to,
        weight,
        is_contested,
        remark: "H1.gj; told by <2>".to_owned(),
        origins: vec!["H1.gj".to_owned()],
    };
    let mut table = Table::with(&[("from", "From"), ("to", "To")]);
    table.push(vec!["<script>trust</script>".into(), "a \"b\" & c; [d] {e} | #f `g` \\".into()]);
    Figure {
        key: "map".to_owned(),
        title: "A <title> & more".to_owned(),
        description: "Two factors.".to_owned(),
        items: vec![
            item(1, "<script>trust</script>", Look::Context),
            item(2, "a \"b\" & c; [d] {e} | #f `g` \\", Look::Outcome),
        ],
        arrows: vec![arrow(0, 1, 3, false), arrow(1, 0, 1, true), arrow(1, 1, 1, false)],
        shape: Shape::Network,
        notes: vec!["left out: <none>".to_owned()],
        table,
    }
}

fn grid() -> Figure {
    let grid = Grid {
        columns: vec![("S1.gj".to_owned(), "S1.gj, <interview>".to_owned())],
        marks: vec![vec![Some(Mark::Both)], vec![None]],
        ..Grid::default()
    };
    Figure { shape: Shape::Grid(grid), arrows: Vec::new(), ..figure() }
}

fn read(xml: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depth = 0_i32;
    let mut elements = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(_) => {
                depth += 1;
                elements += 1;
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    elements
}

#[test]
fn every_format_gives_the_same_bytes_and_lets_no_mark_through() {
    for format in FORMATS {
        for figure in [figure(), grid()] {
            let written = (format.write)(&figure);
            assert_eq!(written, (format.write)(&figure), "{}", format.key);
            assert!(
                !written.contains("<script") || format.key == "csv" || format.key == "dot",
                "{}:\n{written}",
                format.key
            );
        }
    }
}

#[test]
fn a_purge_knows_every_figure() {
    use crate::project::{PAPER_ENDINGS, PAPERS};
    assert!(["map", "theory", "evidence-matrix"].iter().all(|key| PAPERS.contains(key)));
    assert!(FORMATS.iter().all(|format| PAPER_ENDINGS.contains(&format.key)));
}

#[test]
fn svg_is_well_formed_and_says_what_it_shows() {
    for figure in [figure(), grid()] {
        let svg = super::svg::write(&figure);
        assert!(read(&svg) > 20);
        for promise in [
            "role=\"img\"",
            "<title id=\"map-title\">A &lt;title&gt; &amp; more</title>",
            "<desc id=\"map-about\">Two factors.</desc>",
            "<pattern",
        ] {
            assert!(svg.contains(promise), "{promise}\n{svg}");
        }
        assert!(!svg.contains("href") && !svg.contains("@import") && !svg.contains("url(http"), "nothing from outside");
    }
    let svg = super::svg::write(&figure());
    assert!(
        svg.contains("stroke-dasharray=\"9 5\"") && svg.contains("marker-start"),
        "a contested arrow that leads back"
    );
    let mut denied = figure();
    (denied.arrows[0].weight, denied.arrows[0].is_contested) = (0, true);
    assert!(super::dot::write(&denied).contains("style=dotted"), "told by nobody, whoever denies it");
    assert!(super::svg::write(&denied).contains("denied"));
}

#[test]
fn graphs_for_other_programs_hold_every_node_and_edge() {
    let (figure, count) = (figure(), |text: &str, what: &str| text.matches(what).count());
    let graphml = super::graphml::write(&figure);
    read(&graphml);
    assert_eq!((count(&graphml, "<node "), count(&graphml, "<edge ")), (2, 3));
    let dot = super::dot::write(&figure);
    assert_eq!((count(&dot, "[label="), count(&dot, " -> ")), (2, 3));
    assert!(dot.contains("a \\\"b\\\" & c; [d] {e} | #f `g` \\\\"), "{dot}");
    let mermaid = super::mermaid::write(&figure);
    assert_eq!(
        (count(&mermaid, "[\""), count(&mermaid, "--> ") + count(&mermaid, "-->|") + count(&mermaid, "-.->|")),
        (2, 3),
        "{mermaid}"
    );
    assert!(mermaid.contains("#60;script#62;trust"), "{mermaid}");
}

#[test]
fn the_page_holds_drawing_and_table() {
    let page = super::html::write(&figure());
    assert!(page.contains("<svg") && page.contains("<table") && page.contains("default-src 'none'"));
    for printed in ["max-width: 100%", "size: A4", "header { display: none; }", "h2 { break-before: page; }"] {
        assert!(page.contains(printed), "{printed}");
    }
}
