//! A grid of marks: rows of items, a column for each source or group of them.

use super::draw::{Group, MARGIN, Patch, Picture, words};
use super::figure::{Figure, Grid, Look, Mark};
use super::measure::{self, wrap};

const CELL: i32 = 26;
/// Room for the words of a row.
const LABEL: i32 = 420;
/// Room for the longest slanting heading.
const LONGEST: i32 = 200;
const SIZE: i32 = 12;
const LINE: i32 = 15;

pub fn width(grid: &Grid) -> i32 {
    LABEL + CELL * i32::try_from(grid.columns.len()).unwrap_or(0) + headings(grid)
}

/// Height of the slanting headings, and how far the last reaches over its column.
fn headings(grid: &Grid) -> i32 {
    let longest = grid.columns.iter().map(|(short, _)| measure::width(short, SIZE).min(LONGEST)).max();
    longest.unwrap_or(0) * 4 / 5 + 14
}

/// Draws rows, headings and marks below `top`; answers how wide and high they are.
pub fn draw(picture: &mut Picture, figure: &Figure, grid: &Grid, top: i32) -> (i32, i32) {
    let mut y = top + headings(grid);
    for (column, (short, full)) in (0..).zip(&grid.columns) {
        let x = MARGIN + LABEL + CELL * column + CELL / 2;
        let mut heading = words(x, y - 8, wrap(short, SIZE, LONGEST, 1).concat(), SIZE, false);
        heading.is_aslant = true;
        let group = Group {
            key: format!("column-{}", column + 1),
            hover: full.clone(),
            words: vec![heading],
            patches: Vec::new(),
        };
        picture.groups.push(group);
    }
    for (item, marks) in figure.items.iter().zip(&grid.marks) {
        let text = [item.heading.as_str(), item.words.as_str()].join(" ");
        let is_bold = item.heading.is_empty();
        let room = if is_bold { measure::room_for_bold(LABEL - 34) } else { LABEL - 34 };
        let lines = wrap(text.trim(), SIZE, room, 2);
        let height = (LINE * i32::try_from(lines.len()).unwrap_or(2) + 10).max(CELL);
        let mut group =
            Group { key: item.key.clone(), hover: format!("{} {}", text.trim(), item.remark), ..Group::default() };
        if item.look != Look::Plain {
            group.patches.push(Patch { x: MARGIN, y: y + 3, width: 14, height: height - 6, look: Some(item.look) });
        }
        for (nth, line) in (1..).zip(lines) {
            group.words.push(words(MARGIN + 22, y + 4 + LINE * nth - 3, line, SIZE, is_bold));
        }
        for (column, mark) in (0..).zip(marks) {
            let x = MARGIN + LABEL + CELL * column;
            group.patches.push(Patch { x, y, width: CELL, height, look: mark.map(look) });
            if let Some(mark) = mark {
                let mut sign = words(x + CELL / 2, y + height / 2 + 5, mark.sign().to_owned(), 14, true);
                sign.is_centred = true;
                group.words.push(sign);
            }
        }
        picture.groups.push(group);
        y += height;
    }
    (width(grid), y - top)
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
