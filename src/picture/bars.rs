//! Bars that lie one below the other: how many of each kind there are of every item, one bar an item.

use super::draw::{Group, MARGIN, Patch, Picture, words};
use super::figure::{Bars, Figure, Item};
use super::measure::{self, wrap};

/// Room for the names of items.
const LABEL: i32 = 260;
/// Of the longest bar, and of one unit at most.
const PLOT: i32 = 320;
const UNIT: i32 = 36;
const HEIGHT: i32 = 22;
const GAP: i32 = 12;
const SIZE: i32 = 12;
const LINE: i32 = 15;
const MOST_LINES: usize = 4;

pub fn width(bars: &Bars) -> i32 {
    let told = bars.told.iter().map(|text| measure::width(text, SIZE)).max().unwrap_or(0);
    LABEL + GAP + PLOT + GAP + told
}

/// Draws a bar an item below `top`, and what the kinds are; answers how wide and high they are.
pub fn draw(picture: &mut Picture, figure: &Figure, bars: &Bars, top: i32) -> (i32, i32) {
    let longest = bars.counts.iter().map(|counts| counts.iter().sum::<usize>()).max().unwrap_or(0).max(1);
    let mut y = top;
    for ((item, counts), told) in figure.items.iter().zip(&bars.counts).zip(&bars.told) {
        y += draw_bar(picture, bars, (item, counts, told), longest, y);
    }
    (width(bars), draw_kinds(picture, bars, y + 18) - top)
}

/// Answers its height.
fn draw_bar(
    picture: &mut Picture,
    bars: &Bars,
    (item, counts, told): (&Item, &[usize], &str),
    longest: usize,
    y: i32,
) -> i32 {
    let lines = wrap(&item.words, SIZE, LABEL, MOST_LINES);
    let height = (LINE * count(lines.len())).max(HEIGHT) + 10;
    let mut group =
        Group { key: item.key.clone(), hover: format!("{}: {}", item.words, item.remark), ..Group::default() };
    group.words.extend((1..).zip(lines).map(|(nth, line)| words(MARGIN, y + LINE * nth, line, SIZE, false)));
    let left = MARGIN + LABEL + GAP;
    let mut so_far = 0;
    for (number, (_, look)) in counts.iter().zip(&bars.kinds).filter(|(number, _)| **number > 0) {
        let (from, to) = (left + long(so_far, longest), left + long(so_far + number, longest));
        so_far += number;
        group.patches.push(Patch { x: from, y, width: to - from, height: HEIGHT, look: Some(*look) });
        let sign = number.to_string();
        if measure::width(&sign, SIZE) + 4 <= to - from {
            let mut set = words(i32::midpoint(from, to), y + HEIGHT / 2 + 4, sign, SIZE, true);
            set.is_centred = true;
            group.words.push(set);
        }
    }
    let end = left + long(so_far, longest) + GAP;
    group.words.push(words(end, y + HEIGHT / 2 + 4, told.to_owned(), SIZE, false));
    picture.groups.push(group);
    height
}

/// How long so many are, where the longest bar has its whole room unless that were more than [`UNIT`] each.
fn long(number: usize, longest: usize) -> i32 {
    let whole = PLOT.min(UNIT * count(longest));
    count(number * usize::try_from(whole).unwrap_or(0) / longest)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Which pattern is which kind; answers where that ends.
fn draw_kinds(picture: &mut Picture, bars: &Bars, y: i32) -> i32 {
    let mut x = MARGIN;
    for (title, look) in &bars.kinds {
        picture.furniture.patches.push(Patch { x, y: y - 12, width: 22, height: 16, look: Some(*look) });
        picture.furniture.words.push(words(x + 28, y, title.clone(), SIZE, false));
        x += 30 + measure::width(title, SIZE) + 20;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::figure::{Look, Shape};
    use crate::table::Table;

    #[test]
    fn bars_are_as_long_as_their_counts_and_every_number_that_fits_is_told() {
        let item = |at: usize| Item {
            key: format!("row-{at}"),
            heading: String::new(),
            words: format!("Model {at}"),
            remark: String::new(),
            look: Look::Plain,
            inside: Vec::new(),
            layer: None,
        };
        let figure = Figure {
            key: "bars".to_owned(),
            title: "Counts".to_owned(),
            description: String::new(),
            items: vec![item(1), item(2)],
            arrows: Vec::new(),
            shape: Shape::Bars(Bars {
                kinds: vec![("up".to_owned(), Look::Resource), ("down".to_owned(), Look::Context)],
                counts: vec![vec![2, 1], vec![0, 6]],
                told: vec!["3 results".to_owned(), "6 results".to_owned()],
            }),
            notes: Vec::new(),
            table: Table::with(&[]),
        };
        let picture = crate::picture::draw(&figure);
        let widths = |key: &str| -> Vec<i32> {
            let group = picture.groups.iter().find(|group| group.key == key).unwrap();
            group.patches.iter().map(|patch| patch.width).collect()
        };
        assert_eq!((widths("row-1"), widths("row-2")), (vec![72, 36], vec![216]));
        let said: Vec<&str> =
            picture.groups.iter().flat_map(|group| &group.words).map(|one| one.text.as_str()).collect();
        assert_eq!(said, ["Model 1", "2", "1", "3 results", "Model 2", "6", "6 results"]);
        assert!(picture.groups.iter().flat_map(|group| &group.words).all(|one| one.y < picture.height));
    }
}
