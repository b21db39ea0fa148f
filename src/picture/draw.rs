//! From a figure to shapes with places: what a renderer writes down.

use super::descent;
use super::figure::{Arrow, Figure, Item, Look, Mark, Shape};
use super::layout::{Lane, Layout, PORT, layout};
use super::measure::{room_for_bold, width, wrap};
use super::stairs;
use super::{bars, grid};
use std::collections::BTreeSet;

/// Words at a place; `y` is the line they stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub x: i32,
    pub y: i32,
    pub text: String,
    pub size: i32,
    pub is_bold: bool,
    /// Set about their middle.
    pub is_centred: bool,
    /// Rising to the right.
    pub is_aslant: bool,
}

/// A rectangle: a box with an outline, or a patch of a look's pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// None: a plain box.
    pub look: Option<Look>,
}

/// What belongs together, with what is said when one points at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    pub key: String,
    pub hover: String,
    pub patches: Vec<Patch>,
    pub words: Vec<Words>,
}

/// An arrow: lanes from left to right, joined by curves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    pub lanes: Vec<Lane>,
    /// Points left.
    pub is_turned: bool,
    /// Tenths of a pixel.
    pub thickness: i32,
    pub dashes: Dashes,
    pub hover: String,
}

/// An arrow of straight stretches, which ends in its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub corners: Vec<(i32, i32)>,
    pub dashes: Dashes,
    pub hover: String,
}

/// What a broken line says, [`dashes`] has for arrows of a theory, and [`stairs`] for moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dashes {
    Solid,
    Dashed,
    Dotted,
}

/// Everything, in the order it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    pub key: String,
    pub title: String,
    pub description: String,
    pub width: i32,
    pub height: i32,
    pub curves: Vec<Curve>,
    pub lines: Vec<Line>,
    pub groups: Vec<Group>,
    /// Title, legend, notes.
    pub furniture: Group,
}

pub const MARGIN: i32 = 24;
const SIZE: i32 = 12;
const SMALL: i32 = 11;
const LINE: i32 = 16;
const PAD: i32 = 8;
/// Strip of the look's pattern down the left of a box.
const STRIP: i32 = 12;
const BOX: i32 = 216;
const WIDE_BOX: i32 = 340;
/// Three of them stand beside each other on an upright page.
const NARROW_BOX: i32 = 184;
/// Lines that are drawn of a box; of what has more the rest is left out.
pub(super) struct Most {
    /// Of its heading, and of the remark.
    heading: usize,
    words: usize,
    /// Of one thing in a list.
    inside: usize,
}

impl Most {
    pub(super) const USUAL: Most = Most { heading: 2, words: 6, inside: 3 };
    /// Of boxes whose numbers must all be read.
    pub(super) const WHOLE: Most = Most { heading: usize::MAX, words: usize::MAX, inside: usize::MAX };
}

/// A picture is never narrower than its words need.
const NARROWEST: i32 = 640;

/// Draws a figure.
pub fn draw(figure: &Figure) -> Picture {
    let mut picture = Picture {
        key: figure.key.clone(),
        title: figure.title.clone(),
        description: figure.description.clone(),
        ..Picture::default()
    };
    let top = |picture: &mut Picture, width: i32| picture.head(width.max(NARROWEST));
    let (top, (width, height)) = match &figure.shape {
        Shape::Grid(marks) => {
            let top = top(&mut picture, grid::width(figure, marks));
            (top, grid::draw(&mut picture, figure, marks, top))
        }
        Shape::Stairs(steps) => {
            let top = top(&mut picture, stairs::width(figure, steps));
            (top, stairs::draw(&mut picture, figure, steps, top))
        }
        Shape::Descent(rows) => {
            let top = top(&mut picture, descent::width(rows));
            (top, descent::draw(&mut picture, figure, rows, top))
        }
        Shape::Bars(counted) => {
            let top = top(&mut picture, bars::width(counted));
            (top, bars::draw(&mut picture, figure, counted, top))
        }
        Shape::Network => network(&mut picture, figure),
        Shape::Upright => upright(&mut picture, figure),
    };
    picture.width = width.max(NARROWEST) + 2 * MARGIN;
    picture.foot(figure, top + height + 28);
    picture
}

/// Where boxes and arrows of a network lie, its layers from left to right.
fn laid(figure: &Figure, set: &[Group], size: fn(&Patch) -> (i32, i32)) -> Layout {
    let sizes: Vec<(i32, i32)> = set.iter().map(|one| one.patches.first().map_or((0, 0), size)).collect();
    let ends: Vec<(usize, usize)> = figure.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let fixed: Vec<Option<usize>> = figure.items.iter().map(|item| item.layer).collect();
    layout(&sizes, &ends, &fixed)
}

/// Boxes in layers with curves between them; answers where they begin, and how wide and high they are.
fn network(picture: &mut Picture, figure: &Figure) -> (i32, (i32, i32)) {
    let mut set: Vec<Group> = figure.items.iter().map(|item| set(item, room_of(item), &Most::USUAL)).collect();
    make_room(&mut set, &figure.arrows);
    let places = laid(figure, &set, |patch| (patch.width, patch.height));
    let top = picture.head(places.width.max(NARROWEST));
    picture.groups =
        set.into_iter().zip(&places.corners).map(|(group, (x, y))| moved(group, MARGIN + x, top + y)).collect();
    for (arrow, (lanes, is_turned)) in figure.arrows.iter().zip(places.routes) {
        if !lanes.is_empty() {
            picture.curves.push(curve(figure, arrow, &lanes, is_turned, top));
        }
    }
    (top, (places.width, places.height))
}

/// The same, turned: layers lie below each other, and arrows are straight stretches.
fn upright(picture: &mut Picture, figure: &Figure) -> (i32, (i32, i32)) {
    let set: Vec<Group> = figure.items.iter().map(|item| set(item, NARROW_BOX, &Most::USUAL)).collect();
    let places = laid(figure, &set, |patch| (patch.height, patch.width));
    let top = picture.head(places.height.max(NARROWEST));
    picture.groups =
        set.into_iter().zip(&places.corners).map(|(group, (y, x))| moved(group, MARGIN + x, top + y)).collect();
    for (arrow, (lanes, is_turned)) in
        figure.arrows.iter().zip(places.routes).filter(|(_, (lanes, _))| !lanes.is_empty())
    {
        let down = lanes.iter().flat_map(|lane| [lane.left, lane.right].map(|y| (MARGIN + lane.y, top + y)));
        let mut corners: Vec<(i32, i32)> = down.collect();
        corners.dedup();
        if is_turned {
            corners.reverse();
        }
        picture.lines.push(Line { corners, dashes: dashes(arrow), hover: hover_of_arrow(figure, arrow) });
    }
    (top, (places.height, places.width))
}

impl Picture {
    /// Title and description; answers where the drawing begins.
    pub(super) fn head(&mut self, room: i32) -> i32 {
        let mut y = MARGIN + 14;
        for line in wrap(&self.title, 18, room_for_bold(room), 4) {
            self.furniture.words.push(words(MARGIN, y, line, 18, true));
            y += 24;
        }
        for line in wrap(&self.description, SIZE, room.min(900), 6) {
            self.furniture.words.push(words(MARGIN, y, line, SIZE, false));
            y += LINE;
        }
        y + 14
    }

    /// Legend and notes; the picture ends below them.
    fn foot(&mut self, figure: &Figure, top: i32) {
        let mut y = top;
        let inside = figure.items.iter().flat_map(|item| item.inside.iter().map(|one| one.look));
        let mut looks: Vec<Look> =
            figure.items.iter().map(|item| item.look).chain(inside).filter(|look| *look != Look::Plain).collect();
        looks.sort_unstable();
        looks.dedup();
        let mut x = MARGIN;
        for look in looks {
            let needs = 30 + width(look.title(), SIZE) + 20;
            if x + needs > self.width - MARGIN && x > MARGIN {
                (x, y) = (MARGIN, y + 24);
            }
            self.furniture.patches.push(Patch { x, y: y - 12, width: 22, height: 16, look: Some(look) });
            self.furniture.words.push(words(x + 28, y, look.title().to_owned(), SIZE, false));
            x += needs;
        }
        y += if x > MARGIN { 26 } else { 0 };
        y = self.foot_marks(figure, y);
        let said = figure.arrows.iter().map(dashes).fold([false; 3], |mut seen, one| {
            seen[one as usize] = true;
            seen
        });
        let mut notes = Vec::new();
        if figure.shape != Shape::Upright && figure.arrows.iter().any(|arrow| arrow.weight > 1) {
            notes.push("The thicker an arrow, the more independent sources tell it.".to_owned());
        }
        let tells_of_sources = figure.stairs().is_none();
        if tells_of_sources && said[Dashes::Dashed as usize] {
            notes.push("Dashed: some source speaks against it.".to_owned());
        }
        if tells_of_sources && said[Dashes::Dotted as usize] {
            let denied = figure.arrows.iter().any(|arrow| arrow.weight == 0 && arrow.is_contested);
            let denied = if denied { "; some of these are denied" } else { "" };
            notes.push(format!("Dotted: no source tells the link whole{denied}."));
        }
        if self.curves.iter().any(|curve| curve.is_turned) {
            notes.push("Arrows that point left lead back: feedback.".to_owned());
        }
        let points_up =
            |line: &Line| line.corners.first().zip(line.corners.last()).is_some_and(|(from, to)| to.1 < from.1);
        if figure.shape == Shape::Upright && self.lines.iter().any(points_up) {
            notes.push("Arrows that point up lead back: feedback.".to_owned());
        }
        notes.extend(figure.notes.iter().cloned());
        self.say(&notes, y);
    }

    /// Notes; the picture ends below them.
    pub(super) fn say(&mut self, notes: &[String], mut y: i32) {
        for line in notes.iter().flat_map(|note| wrap(note, SIZE, self.width - 2 * MARGIN, usize::MAX)) {
            self.furniture.words.push(words(MARGIN, y, line, SIZE, false));
            y += LINE;
        }
        self.height = y + MARGIN - LINE / 2;
    }
}

impl Picture {
    /// The legend of a grid: each mark that occurs as it stands in its cell. Answers the next line.
    fn foot_marks(&mut self, figure: &Figure, y: i32) -> i32 {
        let marks = figure.grid().into_iter().flat_map(|grid| grid.marks.iter().flatten().flatten());
        let marks: BTreeSet<Mark> = marks.copied().collect();
        let marked = marks.iter().map(|mark| (Some(*mark), mark.title()));
        let blank = figure.grid().into_iter().filter(|grid| grid.marks.iter().flatten().any(Option::is_none));
        let entries: Vec<(Option<Mark>, &str)> =
            marked.chain(blank.filter_map(|grid| Some((None, grid.blank.as_deref()?)))).collect();
        let (mut x, mut y) = (MARGIN, y);
        for (mark, title) in &entries {
            let needs = 30 + width(title, SIZE) + 20;
            if x + needs > self.width - MARGIN && x > MARGIN {
                (x, y) = (MARGIN, y + 24);
            }
            self.furniture.patches.push(Patch { x, y: y - 12, width: 22, height: 16, look: mark.map(grid::look) });
            if let Some(mark) = mark {
                let sign = Words { is_centred: true, ..words(x + 11, y + 1, mark.sign().to_owned(), SIZE, true) };
                self.furniture.words.push(sign);
            }
            self.furniture.words.push(words(x + 28, y, (*title).to_owned(), SIZE, false));
            x += needs;
        }
        if entries.is_empty() { y } else { y + 26 }
    }
}

pub(super) fn words(x: i32, y: i32, text: String, size: i32, is_bold: bool) -> Words {
    Words { x, y, text, size, is_bold, is_centred: false, is_aslant: false }
}

/// How wide a box is: wider where it lists long things.
fn room_of(item: &Item) -> i32 {
    let is_long = |words: &str| width(words, SMALL) > BOX - STRIP - 2 * PAD - 20;
    if item.inside.iter().any(|one| is_long(&one.words)) { WIDE_BOX } else { BOX }
}

/// A box so wide with its words, at 0, 0: its outline first.
pub(super) fn set(item: &Item, wide: i32, most: &Most) -> Group {
    let (left, room) = (STRIP + PAD, wide - STRIP - 2 * PAD);
    let mut group = Group { key: item.key.clone(), hover: hover(item), ..Group::default() };
    let mut y = PAD;
    let lines = |group: &mut Group, text: &str, size: i32, is_bold: bool, most: usize, y: &mut i32| {
        let room = if is_bold { room_for_bold(room) } else { room };
        for line in wrap(text, size, room, most).into_iter().filter(|line| !line.is_empty()) {
            *y += LINE;
            group.words.push(words(left, *y - 4, line, size, is_bold));
        }
    };
    lines(&mut group, &item.heading, SIZE, true, most.heading, &mut y);
    lines(&mut group, &item.words, SIZE, false, most.words, &mut y);
    lines(&mut group, &item.remark, SMALL, false, most.heading, &mut y);
    let mut strips = Vec::new();
    for one in &item.inside {
        y += 6;
        let from = y;
        let indent = if one.look == Look::Plain { 0 } else { 20 };
        for line in wrap(&one.words, SMALL, room - 20, most.inside) {
            y += LINE - 1;
            group.words.push(words(left + indent, y - 4, line, SMALL, false));
        }
        if one.look != Look::Plain {
            strips.push(Patch { x: left, y: from, width: 14, height: y - from, look: Some(one.look) });
        }
    }
    let height = y + PAD;
    group.patches.push(Patch { x: 0, y: 0, width: wide, height, look: None });
    if item.look != Look::Plain {
        group.patches.push(Patch { x: 0, y: 0, width: STRIP, height, look: Some(item.look) });
    }
    group.patches.append(&mut strips);
    group
}

/// A box where many arrows meet is made high enough for them to be told apart.
fn make_room(set: &mut [Group], arrows: &[Arrow]) {
    let mut ends = vec![[0_i32; 2]; set.len()];
    for arrow in arrows.iter().filter(|arrow| arrow.from != arrow.to) {
        ends[arrow.from][0] += 1;
        ends[arrow.to][1] += 1;
    }
    for (group, [leaving, arriving]) in set.iter_mut().zip(ends) {
        let needed = (leaving.max(arriving) - 1) * PORT + 2 * PAD;
        let outline = group.patches.first().map_or(0, |patch| patch.height);
        for patch in group.patches.iter_mut().filter(|patch| patch.x == 0 && patch.height == outline) {
            patch.height = outline.max(needed);
        }
    }
}

/// All of the words, those too that have no room in the box.
fn hover(item: &Item) -> String {
    let own = [&item.heading, &item.words, &item.remark].into_iter().filter(|text| !text.is_empty());
    own.cloned().chain(item.inside.iter().map(|one| one.words.clone())).collect::<Vec<_>>().join(" · ")
}

pub(super) fn moved(mut group: Group, x: i32, y: i32) -> Group {
    group.patches.iter_mut().for_each(|patch| (patch.x, patch.y) = (patch.x + x, patch.y + y));
    group.words.iter_mut().for_each(|one| (one.x, one.y) = (one.x + x, one.y + y));
    group
}

/// How an arrow of a theory is drawn: dashed where some source tells it and some speaks against it, dotted where none
/// tells it, whether or not some speak against it. The one place of the rule.
pub fn dashes(arrow: &Arrow) -> Dashes {
    match (arrow.weight, arrow.is_contested) {
        (0, _) => Dashes::Dotted,
        (_, true) => Dashes::Dashed,
        (_, false) => Dashes::Solid,
    }
}

fn curve(figure: &Figure, arrow: &Arrow, lanes: &[Lane], is_turned: bool, top: i32) -> Curve {
    let moved = |lane: &Lane| Lane { left: lane.left + MARGIN, right: lane.right + MARGIN, y: lane.y + top };
    Curve {
        lanes: lanes.iter().map(moved).collect(),
        is_turned,
        thickness: 12 + 8 * i32::try_from(arrow.weight.saturating_sub(1).min(6)).unwrap_or(6),
        dashes: dashes(arrow),
        hover: hover_of_arrow(figure, arrow),
    }
}

/// `Liaison → Follow-up: 3 sources`.
fn hover_of_arrow(figure: &Figure, arrow: &Arrow) -> String {
    let name = |at: usize| {
        let item = &figure.items[at];
        if item.words.is_empty() { &item.heading } else { &item.words }
    };
    format!("{} → {}: {}", name(arrow.from), name(arrow.to), arrow.remark)
}
