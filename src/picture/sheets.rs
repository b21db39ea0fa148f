//! A figure cut into sheets, each of which a page holds with letters of eight points: a grid by its rows, stairs by their
//! steps, the lowest first. Networks stay whole. A sheet has no table of its own.

use super::draw;
use super::figure::{Arrow, Figure, Grid, Margins, Shape, Stairs};
use super::stairs::passing_by;
use crate::table::Table;
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows of a grid on one sheet.
pub const ROWS: usize = 25;
/// How high stairs are at the most, in hundredths of their width: what a page of A4 holds below title and heading, and by itself.
const BELOW_A_HEADING: i32 = 105;
const BY_ITSELF: i32 = 139;

/// One or more, that together say what the figure says.
pub fn sheets(figure: &Figure) -> Vec<Figure> {
    cut_to(figure, BELOW_A_HEADING)
}

/// The same, of which each has a page to itself.
pub fn pages(figure: &Figure) -> Vec<Figure> {
    cut_to(figure, BY_ITSELF)
}

fn cut_to(figure: &Figure, highest: i32) -> Vec<Figure> {
    match &figure.shape {
        Shape::Grid(grid) => of_grid(figure, grid),
        Shape::Stairs(stairs) => of_stairs(figure, stairs, highest),
        Shape::Network | Shape::Upright | Shape::Descent(_) | Shape::Bars(_) => vec![whole(figure)],
    }
}

/// All of it on one sheet.
fn whole(figure: &Figure) -> Figure {
    Figure { table: Table::new(Vec::new()), ..figure.clone() }
}

/// What every sheet begins with: the words of the figure, and nothing drawn.
fn blank(figure: &Figure) -> Figure {
    Figure { items: Vec::new(), arrows: Vec::new(), shape: Shape::Network, ..whole(figure) }
}

/// A blank sheet by its number; `part` says what will be on it.
fn numbered(blank: &Figure, nth: usize, part: &str) -> Figure {
    let key = if nth == 0 { blank.key.clone() } else { format!("{}-{}", blank.key, nth + 1) };
    Figure { key, title: blank.title.clone() + part, ..blank.clone() }
}

/// So many things in so many parts, as equal as may be.
pub fn parts(things: usize, parts: usize) -> Vec<Range<usize>> {
    (0..parts).map(|nth| nth * things / parts..(nth + 1) * things / parts).filter(|one| !one.is_empty()).collect()
}

fn of_grid(figure: &Figure, grid: &Grid) -> Vec<Figure> {
    let rows = figure.items.len().min(grid.marks.len());
    if rows <= ROWS {
        return vec![whole(figure)];
    }
    let (all, blank) = (parts(rows, rows.div_ceil(ROWS)), blank(figure));
    let cut = all.iter().enumerate().map(|(nth, of)| {
        let part = format!(", rows {} to {} of {rows}", of.start + 1, of.end);
        let is_last = nth + 1 == all.len();
        Figure {
            items: figure.items[of.clone()].to_vec(),
            shape: Shape::Grid(rows_of(grid, of, is_last)),
            notes: if is_last { figure.notes.clone() } else { Vec::new() },
            ..numbered(&blank, nth, &part)
        }
    });
    cut.collect()
}

/// Some rows, under what heads them; the last row of the margins on the last sheet.
fn rows_of(grid: &Grid, of: &Range<usize>, is_last: bool) -> Grid {
    let mut headings: BTreeMap<usize, String> =
        grid.headings.range(of.clone()).map(|(at, heading)| (at - of.start, heading.clone())).collect();
    if let Some((_, heading)) = grid.headings.range(..=of.start).next_back() {
        headings.entry(0).or_insert_with(|| heading.clone());
    }
    let margins = grid.margins.as_ref().map(|margins| Margins {
        title: margins.title.clone(),
        rows: margins.rows.get(of.clone()).unwrap_or_default().to_vec(),
        columns: if is_last { margins.columns.clone() } else { Vec::new() },
    });
    Grid {
        columns: grid.columns.clone(),
        marks: grid.marks[of.clone()].to_vec(),
        headings,
        margins,
        blank: grid.blank.clone(),
    }
}

fn of_stairs(figure: &Figure, stairs: &Stairs, highest: i32) -> Vec<Figure> {
    let steps = stairs.ranks.len();
    let fits = |cut: &Vec<Figure>| cut.iter().all(|sheet| is_low(sheet, highest));
    let tried = (1..=steps).map(|number| cut(figure, stairs, number)).find(fits);
    tried.unwrap_or_else(|| cut(figure, stairs, steps))
}

/// No higher than a page takes.
fn is_low(sheet: &Figure, highest: i32) -> bool {
    let picture = draw(sheet);
    picture.height * 100 <= picture.width * highest
}

fn cut(figure: &Figure, stairs: &Stairs, number: usize) -> Vec<Figure> {
    if number < 2 {
        return vec![whole(figure)];
    }
    let steps = stairs.ranks.len();
    let all = parts(steps, number).into_iter().enumerate();
    all.map(|(nth, of)| steps_on_a_sheet(figure, stairs, nth, of)).collect()
}

/// Some steps; a move to one on another sheet is said in the box it leaves.
fn steps_on_a_sheet(figure: &Figure, stairs: &Stairs, nth: usize, of: Range<usize>) -> Figure {
    let steps = stairs.ranks.len();
    let mut items = figure.items[of.clone()].to_vec();
    let (mut arrows, mut moves, mut places) = (Vec::new(), Vec::new(), Vec::<usize>::new());
    for (at, (arrow, going)) in figure.arrows.iter().zip(&stairs.moves).enumerate() {
        if !of.contains(&arrow.from) {
            continue;
        }
        let to = if of.contains(&arrow.to) {
            arrow.to - of.start
        } else if arrow.to < steps {
            items[arrow.from - of.start].inside.push(passing_by(figure, &stairs.moves, at));
            continue;
        } else {
            let place = places.iter().position(|one| *one == arrow.to).unwrap_or(places.len());
            if place == places.len() {
                places.push(arrow.to);
            }
            of.len() + place
        };
        arrows.push(Arrow { from: arrow.from - of.start, to, ..arrow.clone() });
        moves.push(*going);
    }
    items.extend(places.iter().map(|at| figure.items[*at].clone()));
    let part = if of.len() == 1 {
        format!(", step {} of {steps}", of.end)
    } else {
        format!(", steps {} to {} of {steps}", of.start + 1, of.end)
    };
    let stairs = Stairs { ranks: stairs.ranks[of].to_vec(), moves, is_narrow: stairs.is_narrow };
    Figure { items, arrows, shape: Shape::Stairs(stairs), ..numbered(&blank(figure), nth, &part) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::figure::{Going, Mark};
    use crate::picture::{Item, Look, Shape};

    fn item(at: usize) -> Item {
        Item {
            key: format!("item-{at}"),
            heading: format!("Item {at}"),
            words: "what is said of it".to_owned(),
            remark: String::new(),
            look: Look::Low,
            inside: Vec::new(),
            layer: None,
        }
    }

    fn figure(items: usize) -> Figure {
        Figure {
            key: "figure".to_owned(),
            title: "A figure".to_owned(),
            description: "It shows something.".to_owned(),
            items: (1..=items).map(item).collect(),
            arrows: Vec::new(),
            shape: Shape::Network,
            notes: vec!["a note".to_owned()],
            table: Table::new(Vec::new()),
        }
    }

    #[test]
    fn a_long_grid_is_cut_by_rows_under_the_same_heads() {
        let columns = vec![("one".to_owned(), "the first".to_owned())];
        let headings = BTreeMap::from([(0, "first".to_owned()), (25, "second".to_owned())]);
        let margins = Margins {
            title: "told".to_owned(),
            rows: (0..60).map(|at| at.to_string()).collect(),
            columns: vec!["in all".to_owned()],
        };
        let marks = vec![vec![Some(Mark::Present)]; 60];
        let grid = Grid { columns, marks, headings, margins: Some(margins), blank: None };
        let all = sheets(&Figure { shape: Shape::Grid(grid), ..figure(60) });
        let rows: Vec<usize> = all.iter().map(|one| one.items.len()).collect();
        assert_eq!(rows, [20, 20, 20]);
        assert_eq!((all[1].title.as_str(), all[1].key.as_str()), ("A figure, rows 21 to 40 of 60", "figure-2"));
        let ends: Vec<usize> = all.iter().map(|one| one.notes.len()).collect();
        assert_eq!(ends, [0, 0, 1]);
        let grids: Vec<&Grid> = all.iter().filter_map(|one| one.grid()).collect();
        let heads = |at: usize| grids[at].headings.iter().map(|(at, name)| (*at, name.as_str())).collect::<Vec<_>>();
        assert_eq!(
            [heads(0), heads(1), heads(2)],
            [vec![(0, "first")], vec![(0, "first"), (5, "second")], vec![(0, "second")]]
        );
        let margins = |at: usize| grids[at].margins.as_ref().map(|one| (one.rows[0].as_str(), one.columns.len()));
        assert_eq!([margins(0), margins(1), margins(2)], [Some(("0", 0)), Some(("20", 0)), Some(("40", 1))]);
        assert!(all.iter().all(|one| one.grid().is_some_and(|grid| grid.marks.len() == 20 && grid.columns.len() == 1)));
    }

    #[test]
    fn high_stairs_are_cut_by_steps_and_every_move_is_still_told() {
        let arrow = |from, to| Arrow {
            from,
            to,
            weight: 1,
            is_contested: false,
            remark: format!("because {from}"),
            origins: Vec::new(),
        };
        let arrows: Vec<Arrow> =
            (0..11).map(|from| arrow(from, from + 1)).chain([arrow(0, 12), arrow(11, 12)]).collect();
        let moves = arrows.iter().map(|one| if one.to == 12 { Going::Out } else { Going::Up }).collect();
        let stairs = Stairs { ranks: (1..=12).collect(), moves, is_narrow: true };
        let high = Figure { arrows, shape: Shape::Stairs(stairs), ..figure(13) };
        let all = sheets(&high);
        assert!(all.len() > 1 && all.iter().all(|sheet| is_low(sheet, BELOW_A_HEADING)));
        assert!(pages(&high).len() <= all.len(), "a page by itself holds more");
        let drawn: usize = all.iter().map(|one| one.arrows.len()).sum();
        let said = |one: &Figure| one.items.iter().flat_map(|item| &item.inside).count();
        assert_eq!(drawn + all.iter().map(said).sum::<usize>(), 13);
        let last = all[0].items.iter().find_map(|item| item.inside.first()).unwrap();
        assert!(last.words.starts_with("up to Item ") && last.words.contains(": because "), "{}", last.words);
    }
}
