//! A descent: boxes from the top down, row by row, in columns. What leaves a row stands beside it; a column that ends above the
//! last row turns aside into the box it leads to.

use super::draw::{Dashes, Group, Line, MARGIN, Most, Picture, moved, set};
use super::figure::{Arrow, Descent, Figure, Spot};

/// Widths of columns: the way down, what is left out, a second way.
const WIDTHS: [i32; 3] = [262, 226, 176];
const GAP: i32 = 30;
const ROW: i32 = 26;
/// From the top of a row to an arrow that runs along it.
const ALONG: i32 = 18;

fn width_of(column: usize) -> i32 {
    WIDTHS.get(column).copied().unwrap_or(WIDTHS[2])
}

/// Left edge of each column that is in use, by its number.
fn lefts(descent: &Descent) -> Vec<i32> {
    let columns = descent.spots.iter().map(|spot| spot.column + 1).max().unwrap_or(0);
    let is_used = |column: usize| descent.spots.iter().any(|spot| spot.column == column);
    let step = |left: &mut i32, column: usize| {
        let own = *left;
        *left += if is_used(column) { width_of(column) + GAP } else { 0 };
        Some(own)
    };
    (0..columns).scan(MARGIN, step).collect()
}

/// How wide a descent is.
pub fn width(descent: &Descent) -> i32 {
    let lefts = lefts(descent);
    let right = descent.spots.iter().map(|spot| lefts[spot.column] + width_of(spot.column)).max();
    right.unwrap_or(MARGIN) - MARGIN
}

/// Draws it below `top`; answers how wide and high it is.
pub fn draw(picture: &mut Picture, figure: &Figure, descent: &Descent, top: i32) -> (i32, i32) {
    let lefts = lefts(descent);
    let boxed = |(spot, item)| {
        let spot: &Spot = spot;
        (spot, set(item, width_of(spot.column), &Most::WHOLE))
    };
    let set: Vec<(&Spot, Group)> = descent.spots.iter().zip(&figure.items).map(boxed).collect();
    let rows = descent.spots.iter().map(|spot| spot.row + 1).max().unwrap_or(0);
    let (mut tops, mut y) = (Vec::with_capacity(rows), top);
    for row in 0..rows {
        tops.push(y);
        let heights = set.iter().filter(|(spot, _)| spot.row == row).map(|(_, group)| high(group));
        y += heights.max().unwrap_or(0) + ROW;
    }
    // Of each item: left, top, right, bottom.
    let boxes: Vec<[i32; 4]> = set
        .iter()
        .map(|(spot, group)| {
            let (left, top) = (lefts[spot.column], tops[spot.row]);
            [left, top, left + width_of(spot.column), top + high(group)]
        })
        .collect();
    for ((_, group), [left, top, ..]) in set.into_iter().zip(&boxes) {
        picture.groups.push(moved(group, *left, *top));
    }
    let ends = figure.arrows.iter().filter(|arrow| arrow.from < boxes.len() && arrow.to < boxes.len());
    picture.lines.extend(ends.map(|arrow| line(figure, arrow, boxes[arrow.from], boxes[arrow.to])));
    (width(descent), y - ROW - top)
}

fn high(group: &Group) -> i32 {
    group.patches.first().map_or(0, |patch| patch.height)
}

fn line(figure: &Figure, arrow: &Arrow, from: [i32; 4], to: [i32; 4]) -> Line {
    let half = (from[2] - from[0]) / 2;
    let corners = if from[0] == to[0] {
        vec![(from[0] + half, from[3]), (from[0] + half, to[1])]
    } else if from[1] == to[1] {
        vec![(from[2], from[1] + ALONG), (to[0], from[1] + ALONG)]
    } else {
        let y = to[1] + ALONG;
        vec![(from[0] + half, from[3]), (from[0] + half, y), (to[2], y)]
    };
    let heading = |at: usize| figure.items[at].heading.as_str();
    Line { corners, dashes: Dashes::Solid, hover: format!("{} → {}", heading(arrow.from), heading(arrow.to)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Item, Look, Shape};
    use crate::table::Table;

    fn item(heading: &str) -> Item {
        Item {
            key: heading.to_lowercase(),
            heading: heading.to_owned(),
            words: String::new(),
            remark: String::new(),
            look: Look::Plain,
            inside: Vec::new(),
            layer: None,
        }
    }

    fn figure(spots: &[(usize, usize)], arrows: &[(usize, usize)]) -> Figure {
        let arrow = |(from, to): &(usize, usize)| Arrow {
            from: *from,
            to: *to,
            weight: 1,
            is_contested: false,
            remark: String::new(),
            origins: Vec::new(),
        };
        Figure {
            key: "descent".to_owned(),
            title: "Descent".to_owned(),
            description: String::new(),
            items: (0..spots.len()).map(|at| item(&format!("Box {at}"))).collect(),
            arrows: arrows.iter().map(arrow).collect(),
            shape: Shape::Descent(Descent {
                spots: spots.iter().map(|(column, row)| Spot { column: *column, row: *row }).collect(),
            }),
            notes: Vec::new(),
            table: Table::with(&[]),
        }
    }

    #[test]
    fn boxes_never_overlap_and_arrows_end_at_boxes() {
        let figure = figure(&[(0, 0), (1, 0), (0, 1), (2, 1), (0, 2)], &[(0, 1), (0, 2), (2, 4), (3, 4)]);
        let picture = crate::picture::draw(&figure);
        let boxes: Vec<_> = picture.groups.iter().map(|group| group.patches[0].clone()).collect();
        for (at, one) in boxes.iter().enumerate() {
            for other in &boxes[at + 1..] {
                let beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
                let apart = one.y + one.height <= other.y || other.y + other.height <= one.y;
                assert!(beside || apart, "{one:?} {other:?}");
            }
        }
        let ends = picture.lines.iter().filter_map(|line| line.corners.last());
        for (x, y) in ends {
            let touches = |one: &crate::picture::draw::Patch| {
                (one.x..=one.x + one.width).contains(x) && (one.y..=one.y + one.height).contains(y)
            };
            assert!(boxes.iter().any(touches), "({x}, {y})");
        }
        assert_eq!(picture.lines.len(), 4);
    }

    #[test]
    fn no_number_of_a_box_is_cut() {
        use crate::picture::figure::Inside;
        let mut figure = figure(&[(0, 0), (1, 0)], &[]);
        figure.items[1].heading = "Left out on title and abstract: 336, and 11 streams not recorded".to_owned();
        let words = format!("{}: 4711", "not about how collaborative care comes about in ordinary practice ".repeat(4));
        figure.items[1].inside.push(Inside { words, look: Look::Plain });
        let drawn: Vec<String> = crate::picture::draw(&figure)
            .groups
            .iter()
            .flat_map(|one| &one.words)
            .map(|one| one.text.clone())
            .collect();
        let drawn = drawn.join(" ");
        assert!(drawn.contains("11 streams not recorded") && drawn.contains(": 4711"), "{drawn}");
    }

    #[test]
    fn a_column_that_is_not_used_takes_no_room() {
        let both = figure(&[(0, 0), (1, 0), (2, 0)], &[]);
        let one = figure(&[(0, 0), (2, 0)], &[]);
        let room = |figure: &Figure| match &figure.shape {
            Shape::Descent(descent) => width(descent),
            _ => unreachable!("it descends"),
        };
        assert_eq!(room(&both) - room(&one), WIDTHS[1] + GAP);
    }
}
