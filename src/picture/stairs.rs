//! Stairs: steps one above the other, the lowest at the bottom and each rank further to the right. What makes one move to
//! the next box stands between the two; moves that pass a box by run beside the boxes, and their words stand in the box
//! they leave; what leads out of the stairs stands to the right.

use super::draw::{Dashes, Group, Line, MARGIN, Most, Picture, moved, set, words};
use super::figure::{Figure, Going, Inside, Item, Look, Stairs};
use super::measure::{room_for_bold, wrap};

const BOX: i32 = 430;
const NARROW_BOX: i32 = 346;
/// How far all ranks together lead to the right, and one of few.
const REACH: i32 = 120;
const NARROW_REACH: i32 = 80;
const INDENT: i32 = 40;
/// For the places that moves lead out to.
const PLACE: i32 = 164;
const NARROW_PLACE: i32 = 140;
/// From the boxes to these.
const ARM: i32 = 40;
/// Between arrows that run beside the boxes.
const LANE: i32 = 13;
const SMALL: i32 = 11;
const LINE: i32 = 15;
/// Lines beside one arrow.
const MOST: usize = 5;

/// Where boxes and lanes are.
struct Plan<'f> {
    figure: &'f Figure,
    moves: &'f [Going],
    /// Widths of a box, and of what is said of places.
    wide: i32,
    place: i32,
    /// Left edges, from the lowest.
    lefts: Vec<i32>,
    /// Arrows that run to the left of the boxes, and to the right.
    rising: Vec<usize>,
    falling: Vec<usize>,
    /// Right edge of the rightmost box.
    edge: i32,
    /// Where the places begin.
    places: i32,
}

/// How wide stairs are.
pub fn width(figure: &Figure, stairs: &Stairs) -> i32 {
    Plan::of(figure, stairs).width()
}

impl<'f> Plan<'f> {
    fn of(figure: &'f Figure, stairs: &'f Stairs) -> Self {
        let steps = stairs.ranks.len();
        let passes_by = |at: &usize| {
            let arrow = &figure.arrows[*at];
            arrow.from < steps && arrow.to < steps && arrow.from.abs_diff(arrow.to) != 1
        };
        let of = |is_rising: bool| {
            let arrows = 0..figure.arrows.len().min(stairs.moves.len());
            arrows
                .filter(passes_by)
                .filter(|at| (figure.arrows[*at].from < figure.arrows[*at].to) == is_rising)
                .collect()
        };
        let (rising, falling): (Vec<usize>, Vec<usize>) = (of(true), of(false));
        let mut ranks = stairs.ranks.clone();
        ranks.dedup();
        let levels = i32::try_from(ranks.len()).unwrap_or(1);
        let (wide, reach, place) =
            if stairs.is_narrow { (NARROW_BOX, NARROW_REACH, NARROW_PLACE) } else { (BOX, REACH, PLACE) };
        let indent = INDENT.min(reach / (levels - 1).max(1));
        let gutter = MARGIN + LANE * count(&rising);
        let level = |rank: &u32| i32::try_from(ranks.iter().position(|one| one == rank).unwrap_or(0)).unwrap_or(0);
        let lefts: Vec<i32> = stairs.ranks.iter().map(|rank| gutter + indent * level(rank)).collect();
        let edge = lefts.iter().max().copied().unwrap_or(gutter) + wide;
        let places = edge + LANE * count(&falling) + ARM;
        Plan { figure, moves: &stairs.moves, wide, place, lefts, rising, falling, edge, places }
    }

    /// From the margin to the right of the places, or of what runs beside the boxes where nothing leads out.
    fn width(&self) -> i32 {
        let has_places = self.figure.items.len() > self.lefts.len();
        (if has_places { self.places + self.place } else { self.places }) - MARGIN
    }

    /// Arrows that lead out of a step.
    fn out_of(&self, step: usize) -> impl Iterator<Item = usize> {
        let (steps, arrows) = (self.lefts.len(), &self.figure.arrows);
        (0..self.moves.len().min(arrows.len())).filter(move |at| arrows[*at].from == step && arrows[*at].to >= steps)
    }

    /// Arrows between a step and the one drawn above it: those that rise first.
    fn between(&self, lower: usize) -> Vec<usize> {
        let arrows = &self.figure.arrows;
        let is = |at: &usize, from: usize, to: usize| arrows[*at].from == from && arrows[*at].to == to;
        let all = || 0..self.moves.len().min(arrows.len());
        let rising = all().filter(|at| is(at, lower, lower + 1));
        rising.chain(all().filter(|at| is(at, lower + 1, lower))).collect()
    }

    /// A step with the words of the moves that pass a box by.
    fn item(&self, step: usize) -> Item {
        let mut item = self.figure.items[step].clone();
        let passing = self.rising.iter().chain(&self.falling).filter(|at| self.figure.arrows[**at].from == step);
        item.inside.extend(passing.map(|at| passing_by(self.figure, self.moves, *at)));
        item
    }

    fn line(&self, at: usize, corners: Vec<(i32, i32)>) -> Line {
        let arrow = &self.figure.arrows[at];
        let heading = |item: usize| {
            let item = &self.figure.items[item];
            if item.heading.is_empty() { item.words.as_str() } else { item.heading.as_str() }
        };
        let going = self.figure.going(at).unwrap_or_default();
        let hover = format!("{} → {}: {going}", heading(arrow.from), heading(arrow.to));
        Line { corners, dashes: dashes(self.moves[at]), hover }
    }
}

/// A move in the words that stand in the box it leaves.
pub(super) fn passing_by(figure: &Figure, moves: &[Going], at: usize) -> Inside {
    let arrow = &figure.arrows[at];
    let (going, to) = (moves[at].title(), &figure.items[arrow.to].heading);
    let when = if arrow.remark.is_empty() { String::new() } else { format!(": {}", arrow.remark) };
    Inside { words: format!("{going} to {to}{when}"), look: Look::Plain }
}

fn count(arrows: &[usize]) -> i32 {
    i32::try_from(arrows.len()).unwrap_or(0)
}

/// How a move is drawn, so that it is told without colour.
pub fn dashes(going: Going) -> Dashes {
    match going {
        Going::Up => Dashes::Solid,
        Going::Down => Dashes::Dashed,
        Going::Out => Dashes::Dotted,
    }
}

/// Draws the steps below `top`; answers how wide and high they are.
pub fn draw(picture: &mut Picture, figure: &Figure, stairs: &Stairs, top: i32) -> (i32, i32) {
    let plan = Plan::of(figure, stairs);
    let steps = plan.lefts.len();
    // Of each step, top and bottom of its box.
    let mut boxes = vec![(0, 0); steps];
    let mut y = top;
    for step in (0..steps).rev() {
        let group = set(&plan.item(step), plan.wide, &Most::USUAL);
        let height = group.patches.first().map_or(0, |patch| patch.height);
        boxes[step] = (y, y + height);
        picture.groups.push(moved(group, plan.lefts[step], y));
        let out_to = exits(picture, &plan, step, y);
        y = (y + height).max(out_to);
        if let Some(lower) = step.checked_sub(1) {
            y = between(picture, &plan, lower, (boxes[step].1, y));
        }
    }
    beside(picture, &plan, &boxes);
    (plan.width(), y - top)
}

/// What leads out of a step; answers how far down that reaches.
fn exits(picture: &mut Picture, plan: &Plan, step: usize, top: i32) -> i32 {
    let mut y = top + 6;
    for at in plan.out_of(step) {
        let place = &plan.figure.items[plan.figure.arrows[at].to].words;
        let mut group = Group { key: format!("out-{}", at + 1), hover: place.clone(), ..Group::default() };
        let first = y + LINE;
        for line in wrap(&format!("out: {place}"), SMALL, room_for_bold(plan.place), 2) {
            y += LINE;
            group.words.push(words(plan.places, y, line, SMALL, true));
        }
        for line in
            wrap(&plan.figure.arrows[at].remark, SMALL, plan.place, MOST).into_iter().filter(|line| !line.is_empty())
        {
            y += LINE;
            group.words.push(words(plan.places, y, line, SMALL, false));
        }
        y += 8;
        picture.groups.push(group);
        let from = plan.lefts[step] + plan.wide;
        picture.lines.push(plan.line(at, vec![(from, first - 4), (plan.places - 6, first - 4)]));
    }
    y
}

/// Moves between a step and the box above it, whose bottom and what stands beside it end at `above`; answers where the
/// lower box begins.
fn between(picture: &mut Picture, plan: &Plan, lower: usize, above: (i32, i32)) -> i32 {
    let arrows = plan.between(lower);
    let left = plan.lefts[lower].max(plan.lefts[lower + 1]);
    let right = plan.lefts[lower].min(plan.lefts[lower + 1]) + plan.wide;
    let slot = (right - left) / count(&arrows).max(2);
    let said: Vec<Vec<String>> =
        arrows.iter().map(|at| wrap(&plan.figure.going(*at).unwrap_or_default(), SMALL, slot - 34, MOST)).collect();
    let lines = said.iter().map(Vec::len).max().unwrap_or(0);
    let high = (LINE * i32::try_from(lines).unwrap_or(0) + 20).max(34);
    let (ceiling, floor) = (above.0, (above.0 + high).max(above.1 + 8));
    for ((nth, at), lines) in (0..).zip(&arrows).zip(said) {
        let x = left + slot * nth + 14;
        let (from, to) = if plan.figure.arrows[*at].from == lower { (floor, ceiling) } else { (ceiling, floor) };
        picture.lines.push(plan.line(*at, vec![(x, from), (x, to)]));
        let mut group = Group {
            key: format!("move-{}", at + 1),
            hover: plan.figure.going(*at).unwrap_or_default(),
            ..Group::default()
        };
        for (nth, line) in (1..).zip(lines) {
            group.words.push(words(x + 9, ceiling + 4 + LINE * nth, line, SMALL, false));
        }
        picture.groups.push(group);
    }
    floor
}

/// Moves that pass a box by: up on the left, down on the right. Where they leave and enter a box no other line runs.
fn beside(picture: &mut Picture, plan: &Plan, boxes: &[(i32, i32)]) {
    for (nth, at) in (1..).zip(&plan.rising) {
        let arrow = &plan.figure.arrows[*at];
        let lane = MARGIN + LANE * (nth - 1);
        let (from, to) = (from_above(picture, boxes[arrow.from]), from_below(picture, boxes[arrow.to]));
        let corners = vec![(plan.lefts[arrow.from], from), (lane, from), (lane, to), (plan.lefts[arrow.to], to)];
        picture.lines.push(plan.line(*at, corners));
    }
    for (nth, at) in (1..).zip(&plan.falling) {
        let arrow = &plan.figure.arrows[*at];
        let lane = plan.edge + 10 + LANE * (nth - 1);
        let (from, to) = (from_below(picture, boxes[arrow.from]), from_above(picture, boxes[arrow.to]));
        let edges = (plan.lefts[arrow.from] + plan.wide, plan.lefts[arrow.to] + plan.wide);
        picture.lines.push(plan.line(*at, vec![(edges.0, from), (lane, from), (lane, to), (edges.1, to)]));
    }
}

/// Between lines that run side by side.
const APART: i32 = 6;

/// The first height of a box, from its top, where no line runs; where it is full, that of its middle.
fn from_above(picture: &Picture, (top, bottom): (i32, i32)) -> i32 {
    let mut heights = top + 10..bottom - 4;
    heights.find(|y| is_free(picture, *y)).unwrap_or(i32::midpoint(top, bottom))
}

/// The same from its bottom.
fn from_below(picture: &Picture, (top, bottom): (i32, i32)) -> i32 {
    let mut heights = (top + 4..bottom - 10).rev();
    heights.find(|y| is_free(picture, *y)).unwrap_or(i32::midpoint(top, bottom))
}

fn is_free(picture: &Picture, y: i32) -> bool {
    let mut level = picture.lines.iter().flat_map(|one| one.corners.windows(2)).filter(|pair| pair[0].1 == pair[1].1);
    level.all(|pair| (pair[0].1 - y).abs() >= APART)
}

#[cfg(test)]
mod tests {
    use crate::picture::figure::{Going, Stairs};
    use crate::picture::measure::width as measured;
    use crate::picture::{Arrow, Figure, Item, Look, Shape, draw};
    use crate::table::Table;
    use proptest::prelude::*;

    fn item(at: usize, words: &str) -> Item {
        Item {
            key: format!("item-{at}"),
            heading: format!("Item {at}"),
            words: words.to_owned(),
            remark: String::new(),
            look: Look::Low,
            inside: Vec::new(),
            layer: None,
        }
    }

    /// Steps by how far each rises above the one before, then one place; arrows between any two, and out.
    fn figure(rises: &[u32], arrows: &[(usize, usize, &str)]) -> Figure {
        let ranks: Vec<u32> = rises
            .iter()
            .scan(1, |at, rise| {
                *at += rise;
                Some(*at)
            })
            .collect();
        let steps = ranks.len();
        let items: Vec<Item> = (0..=steps).map(|at| item(at, "what is offered")).collect();
        let arrows: Vec<Arrow> = arrows
            .iter()
            .map(|(from, to, when)| (from % steps, to % (steps + 1), when))
            .filter(|(from, to, _)| from != to)
            .map(|(from, to, when)| Arrow {
                from,
                to,
                weight: 1,
                is_contested: false,
                remark: (*when).to_owned(),
                origins: Vec::new(),
            })
            .collect();
        let going = |one: &Arrow| match one.to {
            to if to == steps => Going::Out,
            to if to > one.from => Going::Up,
            _ => Going::Down,
        };
        let moves = arrows.iter().map(going).collect();
        Figure {
            key: "stairs".to_owned(),
            title: "Stairs with a title that is a good deal longer than they are wide themselves".to_owned(),
            description: "Steps.".to_owned(),
            items,
            arrows,
            shape: Shape::Stairs(Stairs { ranks, moves, is_narrow: false }),
            notes: Vec::new(),
            table: Table::with(&[("step", "Step")]),
        }
    }

    proptest! {
        #[test]
        fn every_step_and_arrow_is_drawn_once_and_no_box_covers_another(
            rises in proptest::collection::vec(0_u32..3, 1..7),
            arrows in proptest::collection::vec((0_usize..7, 0_usize..8, "[a-z ]{0,60}"), 0..14),
        ) {
            let arrows: Vec<(usize, usize, &str)> = arrows.iter().map(|(from, to, when)| (*from, *to, when.as_str())).collect();
            let figure = figure(&rises, &arrows);
            let picture = draw(&figure);
            prop_assert_eq!(picture.lines.len(), figure.arrows.len());
            let outlines: Vec<_> =
                picture.groups.iter().filter(|one| one.key.starts_with("item-")).map(|one| &one.patches[0]).collect();
            prop_assert_eq!(outlines.len(), rises.len());
            for pair in outlines.windows(2) {
                prop_assert!(pair[0].y + pair[0].height < pair[1].y, "the lower below the higher");
            }
            for one in &picture.furniture.words {
                prop_assert!(one.x + measured(&one.text, one.size) <= picture.width, "{}", one.text);
            }
            let corners = picture.lines.iter().flat_map(|one| &one.corners);
            let words = picture.groups.iter().flat_map(|one| &one.words).map(|one| (one.x, one.y));
            let boxes = outlines.iter().map(|one| (one.x + one.width, one.y + one.height));
            for (x, y) in corners.copied().chain(words).chain(boxes) {
                prop_assert!((0..picture.width).contains(&x) && (0..picture.height).contains(&y), "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_move_to_the_next_step_says_what_makes_it_beside_its_arrow_and_one_further_in_the_box() {
        let figure = figure(&[1, 1, 1], &[(0, 1, "no better"), (0, 2, "in crisis"), (2, 3, "well")]);
        let picture = draw(&figure);
        let said = |key: &str| {
            let group = picture.groups.iter().find(|one| one.key == key).unwrap();
            group.words.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(said("move-1"), "up: no better");
        assert!(said("item-0").contains("up to Item 2: in crisis"));
        assert_eq!(said("out-3"), "out: what is offered well");
    }

    #[test]
    fn no_arrow_runs_along_another() {
        let arrows = [(2, 0, "well"), (0, 4, "enough"), (2, 4, "home"), (0, 2, "in crisis"), (3, 0, "better")];
        let picture = draw(&figure(&[1, 1, 1, 1], &arrows));
        let level = picture.lines.iter().map(|one| one.corners.windows(2).filter(|pair| pair[0].1 == pair[1].1));
        let level: Vec<Vec<i32>> = level.map(|pairs| pairs.map(|pair| pair[0].1).collect()).collect();
        for (at, one) in level.iter().enumerate() {
            assert!(level[at + 1..].iter().flatten().all(|other| !one.contains(other)), "{level:?}");
        }
    }
}
