//! A grid of marks: rows of items, a column for each source or group of them, what is told of each at the margins.

use super::draw::{Group, MARGIN, Patch, Picture, words};
use super::figure::{Figure, Grid, Item, Look, Margins, Mark};
use super::measure::{self, wrap};

const CELL: i32 = 26;
/// Least and most room for the words of a row.
const LABEL: (i32, i32) = (150, 420);
/// Left of the words of a row: the strip of its look, and beyond them the space to the first cell.
const INDENT: i32 = 22;
const GAP: i32 = 12;
/// Headings no wider than this stand upright.
const UPRIGHT: i32 = 52;
const SIZE: i32 = 12;
const SMALL: i32 = 11;
const LINE: i32 = 15;
/// Lines of a row.
const MOST_LINES: usize = 4;
/// Room under the rise of a slanting heading for two lines beside it.
const BELOW_SLANT: i32 = 26;
/// Most room for what is told at the end of a row.
const TOLD: i32 = 150;

/// Where everything stands.
struct Room {
    label: i32,
    cell: i32,
    is_upright: bool,
    /// Of the headings.
    height: i32,
    /// Of what is told of rows; 0 where nothing is.
    told: i32,
    /// Between the last cell and that: its heading stands below the last slanting one.
    aside: i32,
    /// How far slanting headings reach over the last column.
    over: i32,
}

impl Room {
    fn of(figure: &Figure, grid: &Grid) -> Self {
        let heads = longest(grid.columns.iter().map(|(short, _)| short.as_str()));
        let is_upright = heads <= UPRIGHT;
        let margins = grid.margins.as_ref();
        let words = |one: &str| measure::width(one, SMALL) + 6;
        let feet = margins.iter().flat_map(|all| &all.columns).flat_map(|text| text.split_whitespace());
        let feet = feet.map(words).max().unwrap_or(0);
        let rows = figure.items.iter().map(label_of).collect::<Vec<_>>();
        let label = longest(rows.iter().map(String::as_str)) + INDENT + GAP;
        let told = margins.map_or(0, |all| longest(all.rows.iter().map(String::as_str)).min(TOLD) + GAP);
        let told = margins.map_or(0, |all| {
            let title = longest(all.title.split_whitespace()) * 112 / 100;
            told.max(title + GAP)
        });
        let heads = if is_upright { (LINE + 10, heads + 8, 0) } else { (heads * 4 / 5 + 14, 0, heads * 4 / 5 + 14) };
        Room {
            label: label.clamp(LABEL.0, LABEL.1),
            cell: CELL.max(feet).max(heads.1),
            is_upright,
            height: heads.0.max(margins.map_or(0, |all| LINE * count(title_lines(all, told)) + 10)),
            told,
            aside: if is_upright || told == 0 { 0 } else { BELOW_SLANT },
            over: heads.2,
        }
    }

    /// Where what is told of rows begins.
    fn beside(&self, columns: usize) -> i32 {
        MARGIN + self.label + self.cell * count(columns) + self.aside + GAP / 2
    }

    /// From the words of rows to the end of what is told of them.
    fn across(&self, grid: &Grid) -> i32 {
        self.label + self.cell * count(grid.columns.len()) + self.aside + self.told
    }
}

/// Of the longest text.
fn longest<'t>(texts: impl Iterator<Item = &'t str>) -> i32 {
    texts.map(|text| measure::width(text, SIZE)).max().unwrap_or(0)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn title_lines(margins: &Margins, room: i32) -> usize {
    wrap(&margins.title, SIZE, measure::room_for_bold(room - GAP / 2), MOST_LINES).len()
}

fn label_of(item: &Item) -> String {
    [item.heading.as_str(), item.words.as_str()].join(" ").trim().to_owned()
}

pub fn width(figure: &Figure, grid: &Grid) -> i32 {
    let room = Room::of(figure, grid);
    room.across(grid).max(room.label + room.cell * count(grid.columns.len()) + room.over)
}

/// Draws headings, rows and marks below `top`, and what is told at the margins; answers how wide and high they are.
pub fn draw(picture: &mut Picture, figure: &Figure, grid: &Grid, top: i32) -> (i32, i32) {
    let room = Room::of(figure, grid);
    let mut y = top + room.height;
    draw_headings(picture, grid, &room, y);
    for (at, (item, marks)) in figure.items.iter().zip(&grid.marks).enumerate() {
        if let Some(heading) = grid.headings.get(&at) {
            y += draw_heading(picture, heading, at, room.across(grid), y);
        }
        let told = grid.margins.as_ref().and_then(|all| all.rows.get(at)).map_or("", String::as_str);
        y += draw_row(picture, item, marks, told, &room, y);
    }
    if let Some(margins) = grid.margins.as_ref().filter(|all| !all.columns.is_empty()) {
        y += draw_foot(picture, margins, &room, y);
    }
    (width(figure, grid), y - top)
}

fn draw_headings(picture: &mut Picture, grid: &Grid, room: &Room, y: i32) {
    for (column, (short, full)) in (0..).zip(&grid.columns) {
        let x = MARGIN + room.label + room.cell * column + room.cell / 2;
        let mut heading = words(x, y - 8, short.clone(), SIZE, false);
        (heading.is_aslant, heading.is_centred) = (!room.is_upright, room.is_upright);
        picture.groups.push(Group {
            key: format!("column-{}", column + 1),
            hover: full.clone(),
            words: vec![heading],
            patches: Vec::new(),
        });
    }
    if let Some(margins) = &grid.margins {
        let lines = wrap(&margins.title, SIZE, measure::room_for_bold(room.told - GAP / 2), MOST_LINES);
        let first = y - 8 - LINE * (count(lines.len()) - 1);
        let left = room.beside(grid.columns.len());
        let set = (0..).zip(lines).map(|(nth, line)| words(left, first + LINE * nth, line, SIZE, true));
        picture.furniture.words.extend(set);
    }
}

/// A row of its own; answers its height.
fn draw_heading(picture: &mut Picture, heading: &str, at: usize, wide: i32, y: i32) -> i32 {
    let mut group = Group { key: format!("heading-{}", at + 1), hover: heading.to_owned(), ..Group::default() };
    let lines = wrap(heading, SIZE, measure::room_for_bold(wide), MOST_LINES);
    let height = LINE * count(lines.len()) + 12;
    group.words.extend((1..).zip(lines).map(|(nth, line)| words(MARGIN, y + 6 + LINE * nth - 2, line, SIZE, true)));
    picture.groups.push(group);
    height
}

/// Answers its height.
fn draw_row(picture: &mut Picture, item: &Item, marks: &[Option<Mark>], told: &str, room: &Room, y: i32) -> i32 {
    let text = label_of(item);
    let lines = wrap(&text, SIZE, room.label - INDENT - GAP, MOST_LINES);
    let said = wrap(told, SIZE, (room.told - GAP / 2).max(1), MOST_LINES);
    let height = (LINE * count(lines.len().max(said.len())) + 10).max(CELL);
    let mut group = Group { key: item.key.clone(), hover: format!("{text} {}", item.remark), ..Group::default() };
    if item.look != Look::Plain {
        group.patches.push(Patch { x: MARGIN, y: y + 3, width: 14, height: height - 6, look: Some(item.look) });
    }
    for (nth, line) in (1..).zip(lines) {
        group.words.push(words(MARGIN + INDENT, y + 4 + LINE * nth - 3, line, SIZE, false));
    }
    for (column, mark) in (0..).zip(marks) {
        let x = MARGIN + room.label + room.cell * column;
        group.patches.push(Patch { x, y, width: room.cell, height, look: mark.map(look) });
        if let Some(mark) = mark {
            let mut sign = words(x + room.cell / 2, y + height / 2 + 5, mark.sign().to_owned(), 14, true);
            sign.is_centred = true;
            group.words.push(sign);
        }
    }
    let left = room.beside(marks.len());
    let first = y + height / 2 + 4 - LINE * (count(said.len()) - 1) / 2;
    let said = (0..).zip(said).filter(|(_, line)| !line.is_empty());
    group.words.extend(said.map(|(nth, line)| words(left, first + LINE * nth, line, SIZE, false)));
    picture.groups.push(group);
    height
}

/// What is told of each column, below it; answers its height.
fn draw_foot(picture: &mut Picture, margins: &Margins, room: &Room, y: i32) -> i32 {
    let mut group = Group { key: "told".to_owned(), hover: margins.title.clone(), ..Group::default() };
    group.words.push(words(MARGIN + INDENT, y + LINE + 1, margins.title.clone(), SIZE, true));
    let mut most = 1;
    for (column, text) in (0..).zip(&margins.columns) {
        let lines = wrap(text, SMALL, room.cell - 2, usize::MAX);
        most = most.max(count(lines.len()));
        for (nth, line) in (1..).zip(lines) {
            let mut told =
                words(MARGIN + room.label + room.cell * column + room.cell / 2, y + 1 + LINE * nth, line, SMALL, false);
            told.is_centred = true;
            group.words.push(told);
        }
    }
    picture.groups.push(group);
    LINE * most + 6
}

pub fn look(mark: Mark) -> Look {
    match mark {
        Mark::For | Mark::Present | Mark::Explained | Mark::Aligned => Look::Supported,
        Mark::Refines | Mark::Partial => Look::SingleSource,
        Mark::Both | Mark::Contested | Mark::Disputed => Look::Contested,
        Mark::Against | Mark::Absent | Mark::InConflict => Look::RefutedOnly,
        Mark::Unclear | Mark::NotReported | Mark::Unexplained => Look::None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Words, draw as drawn};
    use super::*;
    use crate::picture::Shape;
    use crate::table::Table;
    use std::collections::BTreeMap;

    const LONG: &str = "Regular review of progress by the whole team, with the person, at intervals agreed beforehand";

    fn figure(heads: &[&str], blank: bool) -> Figure {
        let item = |at: usize| Item {
            key: format!("row-{at}"),
            heading: String::new(),
            words: if at == 1 { LONG.to_owned() } else { "Short".to_owned() },
            remark: String::new(),
            look: Look::Plain,
            inside: Vec::new(),
            layer: None,
        };
        let mark = |at: usize| (!blank || at > 0).then_some(Mark::Present);
        Figure {
            key: "grid".to_owned(),
            title: "Grid".to_owned(),
            description: String::new(),
            items: (0..3).map(item).collect(),
            arrows: Vec::new(),
            shape: Shape::Grid(Grid {
                columns: heads.iter().map(|head| ((*head).to_owned(), (*head).to_owned())).collect(),
                marks: (0..3).map(|at| vec![mark(at); heads.len()]).collect(),
                headings: BTreeMap::from([(0, "First".to_owned()), (2, "Second".to_owned())]),
                margins: Some(Margins {
                    title: "Not reported".to_owned(),
                    rows: (0..3).map(|at| format!("{at} of 240")).collect(),
                    columns: heads.iter().map(|_| "12 of 13".to_owned()).collect(),
                }),
                blank: Some("nobody looked".to_owned()),
            }),
            notes: vec!["A note of many words. ".repeat(60)],
            table: Table::with(&[]),
        }
    }

    fn said(picture: &Picture) -> Vec<&Words> {
        picture.groups.iter().chain([&picture.furniture]).flat_map(|group| &group.words).collect()
    }

    #[test]
    fn nothing_that_is_told_of_rows_and_columns_is_cut() {
        for heads in [&["M1.gj", "M2.gj"][..], &["A model of a longer name", "M2.gj"]] {
            let picture = drawn(&figure(heads, false));
            let words = said(&picture);
            assert!(words.iter().all(|one| !one.text.contains('…')), "{heads:?}");
            let all = words.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ");
            for told in ["First", "Second", "Not reported", "0 of 240", "2 of 240", "beforehand", heads[0]] {
                assert!(all.contains(told), "{told} is not in {all}");
            }
            assert_eq!(all.matches("A note of many words.").count(), 60);
            let upright = words.iter().filter(|one| one.text == "M2.gj" && !one.is_aslant).count();
            assert_eq!(upright, usize::from(heads[0] == "M1.gj"), "short headings stand upright");
            let right = words.iter().filter(|one| !one.is_centred && !one.is_aslant);
            let right = right.map(|one| one.x + measure::width(&one.text, one.size)).max().unwrap();
            assert!(right <= picture.width, "{right} of {}", picture.width);
        }
    }

    #[test]
    fn a_heading_stands_over_its_rows_and_a_foot_below_the_last() {
        let picture = drawn(&figure(&["M1.gj", "M2.gj"], false));
        let y = |wanted: &str| {
            let group = picture.groups.iter().find(|group| group.key == wanted).unwrap();
            group.words[0].y
        };
        let order = ["heading-1", "row-0", "row-1", "heading-3", "row-2", "told"].map(y);
        assert!(order.is_sorted(), "{order:?}");
        let told = picture.groups.iter().find(|group| group.key == "told").unwrap();
        assert_eq!(told.words.iter().filter(|one| one.text.contains("12")).count(), 2);
    }

    #[test]
    fn the_legend_says_what_an_empty_cell_is_where_there_is_one() {
        let is_told = |blank| said(&drawn(&figure(&["M1.gj"], blank))).iter().any(|one| one.text == "nobody looked");
        assert!(is_told(true) && !is_told(false));
    }
}
