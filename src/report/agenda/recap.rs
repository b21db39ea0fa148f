//! The theory so far: the components as a picture of letters large enough to read on paper, and the same as a short table, with
//! how many statements stand how.

use crate::picture::{Figure, Shape, draw};
use crate::report::block::Block;
use crate::report::figure::{self, View, Zoom};
use crate::report::version::Version;
use crate::report::words::Press;
use crate::table::Table;

/// Pixels beyond which a drawing, letters of twelve, is set smaller than six and a half points on an upright page of A4.
const WIDEST: i32 = 950;
/// And beyond which it does not stand on one page at that size.
const HIGHEST: i32 = 1230;

pub fn section(press: &Press, version: Option<&Version>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "The theory so far", "theory")];
    blocks.extend(version.map(|one| Block::paragraph(format!("The theory is {}.", one.in_words()))));
    if press.synthesis.components_in_order().is_empty() {
        blocks.push(Block::none_of("Components"));
        return blocks;
    }
    let view = View { zoom: Some(Zoom::Component), ..View::default() };
    let mut drawn = figure::theory(press.synthesis, &view);
    drawn.table = in_short(&drawn);
    "The parts of the help, and what the sources say of them".clone_into(&mut drawn.title);
    let words =
        "Beside each part of the help stands how many statements say what it does, and what the sources say of them.";
    blocks.push(Block::paragraph(words));
    let legible = legible(&drawn);
    blocks
        .push(legible.map_or_else(|| Block::table(drawn.title, drawn.table), |figure| Block::Figure(Box::new(figure))));
    blocks
}

/// The components by name and whether they are settled, from the top down; what is in them is in the table. `None` where the letters
/// would be too small, or nothing leads to anything.
fn legible(drawn: &Figure) -> Option<Figure> {
    let tied = |at: usize| drawn.arrows.iter().any(|arrow| arrow.from == at || arrow.to == at);
    let kept: Vec<usize> = (0..drawn.items.len()).filter(|at| tied(*at)).collect();
    let mut figure = Figure { shape: Shape::Upright, ..drawn.clone() };
    figure.items = kept.iter().map(|at| drawn.items[*at].clone()).collect();
    for item in &mut figure.items {
        item.inside.clear();
        item.remark.clear();
    }
    for arrow in &mut figure.arrows {
        arrow.from = kept.binary_search(&arrow.from).ok()?;
        arrow.to = kept.binary_search(&arrow.to).ok()?;
    }
    "An arrow says that what comes out of one part is what another begins with.".clone_into(&mut figure.description);
    figure.notes.clear();
    let loose = drawn.items.len() - figure.items.len();
    if loose > 0 {
        figure.notes.push("What is tied to no other part stands in the table alone.".to_owned());
    }
    let picture = draw(&figure);
    (!figure.items.is_empty() && picture.width <= WIDEST && picture.height <= HIGHEST).then_some(figure)
}

/// A row a component.
fn in_short(drawn: &Figure) -> Table {
    let mut table = Table::with(&[
        ("component", "Component"),
        ("settled", "Settled or open"),
        ("statements", "Statements, by what the sources say"),
    ]);
    for item in &drawn.items {
        let inside: Vec<&str> = item.inside.iter().map(|one| one.words.as_str()).collect();
        table.push(vec![item.heading.as_str().into(), item.remark.as_str().into(), inside.join("; ").into()]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Arrow, Item, Look};

    fn figure(names: &[&str], arrows: &[(usize, usize)]) -> Figure {
        let item = |name: &&str| Item {
            key: name.to_lowercase(),
            heading: (*name).to_owned(),
            words: String::new(),
            remark: "agreed; 7 statements".to_owned(),
            look: Look::Settled,
            inside: Vec::new(),
            layer: None,
        };
        let arrow = |(from, to): &(usize, usize)| Arrow {
            from: *from,
            to: *to,
            weight: 1,
            is_contested: false,
            remark: "1 source".to_owned(),
            origins: Vec::new(),
        };
        Figure {
            key: "theory".to_owned(),
            title: "Parts".to_owned(),
            description: String::new(),
            items: names.iter().map(item).collect(),
            arrows: arrows.iter().map(arrow).collect(),
            shape: Shape::Network,
            table: Table::new(Vec::new()),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_drawing_in_the_papers_is_as_wide_as_a_page_or_there_is_none() {
        let names = ["Liaison", "Records", "Goals", "Coaching", "Follow-up", "Loose"];
        let drawn = legible(&figure(&names, &[(0, 1), (1, 2), (1, 3), (2, 4), (4, 1)])).unwrap();
        assert_eq!(drawn.items.len(), 5, "what hangs with nothing stands in the table");
        let picture = draw(&drawn);
        assert!(picture.width <= WIDEST && picture.curves.is_empty() && picture.lines.len() == 5);
        let down = |line: &crate::picture::draw::Line| line.corners.last().unwrap().1 > line.corners[0].1;
        assert_eq!(picture.lines.iter().filter(|line| down(line)).count(), 4, "one leads back");
        let many: Vec<String> = (0..9).map(|at| format!("Part {at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let beside: Vec<(usize, usize)> = (1..9).map(|at| (0, at)).collect();
        assert!(legible(&figure(&many, &beside)).is_none());
        assert!(legible(&figure(&["Alone"], &[])).is_none());
    }
}
