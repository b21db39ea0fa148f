//! What is to be drawn, before anything has a place: items with arrows between them, or a grid of marks.

use crate::table::Table;
use std::collections::BTreeMap;

/// How an item looks: said by words in the item, by the pattern of its edge, and by colour, in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Evidential standings.
    None,
    SingleSource,
    Supported,
    Contested,
    RefutedOnly,
    /// Slots of a configuration.
    Context,
    Resource,
    Mechanism,
    Outcome,
    /// Components.
    Settled,
    Open,
    NotDecided,
    /// Intensity of a step.
    Low,
    Moderate,
    High,
    /// Anything else.
    Plain,
}

impl Look {
    /// Name in a style sheet and in data.
    pub fn key(self) -> &'static str {
        match self {
            Look::None => "none",
            Look::SingleSource => "single-source",
            Look::Supported => "supported",
            Look::Contested => "contested",
            Look::RefutedOnly => "refuted-only",
            Look::Context => "context",
            Look::Resource => "resource",
            Look::Mechanism => "mechanism",
            Look::Outcome => "outcome",
            Look::Settled => "settled",
            Look::Open => "open",
            Look::NotDecided => "not-decided",
            Look::Low => "low",
            Look::Moderate => "moderate",
            Look::High => "high",
            Look::Plain => "plain",
        }
    }

    /// What a legend says.
    pub fn title(self) -> &'static str {
        match self {
            Look::None => "no evidence",
            Look::SingleSource => "one source",
            Look::Supported => "supported",
            Look::Contested => "contested",
            Look::RefutedOnly => "refuted only",
            Look::Context => "context",
            Look::Resource => "resource or intervention",
            Look::Mechanism => "mechanism",
            Look::Outcome => "outcome",
            Look::Settled => "component settled",
            Look::Open => "component with an open question",
            Look::NotDecided => "component not decided on",
            Look::Low => "low intensity",
            Look::Moderate => "moderate intensity",
            Look::High => "high intensity",
            Look::Plain => "factor",
        }
    }
}

/// One box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Unique in the figure; letters, digits and hyphens.
    pub key: String,
    /// In bold above the words; may be empty.
    pub heading: String,
    pub words: String,
    /// Smaller, below.
    pub remark: String,
    pub look: Look,
    /// Things listed inside, each on its own lines with its own look.
    pub inside: Vec<Inside>,
    /// Layer to stand in, where the figure says so.
    pub layer: Option<usize>,
}

/// One line of a box that lists things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    pub words: String,
    pub look: Look,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Indices of items.
    pub from: usize,
    pub to: usize,
    /// Sources that tell it.
    pub weight: usize,
    /// Some source speaks against it.
    pub is_contested: bool,
    /// Said when one points at it, and in data.
    pub remark: String,
    /// Statements behind it.
    pub origins: Vec<String>,
}

/// Marks in a grid instead of arrows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// Heading of each column and its full name. Headings stand aslant unless all are very short.
    pub columns: Vec<(String, String)>,
    /// Rows are the items; marks by row and column: a sign and what it means.
    pub marks: Vec<Vec<Option<Mark>>>,
    /// What stands over a row and those below it, by the place of the row.
    pub headings: BTreeMap<usize, String>,
    pub margins: Option<Margins>,
    /// What an empty cell says, for the legend.
    pub blank: Option<String>,
}

/// What is told of every row in a last column, and of every column in a last row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Margins {
    /// What they tell.
    pub title: String,
    pub rows: Vec<String>,
    /// Empty: there is no last row.
    pub columns: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    For,
    Refines,
    Against,
    /// Speaks both for and against.
    Both,
    Unclear,
    /// Features of models of care.
    Present,
    Partial,
    Absent,
    Contested,
    NotReported,
    /// Ties of components to needs, and to drivers.
    Explained,
    Disputed,
    Unexplained,
    Aligned,
    InConflict,
}

impl Mark {
    pub fn sign(self) -> &'static str {
        match self {
            Mark::For => "+",
            Mark::Refines => "~",
            Mark::Against => "\u{2212}",
            Mark::Both => "\u{b1}",
            Mark::Unclear | Mark::Unexplained => "?",
            Mark::Present => "P",
            Mark::Partial => "\u{bd}",
            Mark::Absent | Mark::Aligned => "A",
            Mark::Contested => "C",
            Mark::NotReported => "\u{2013}",
            Mark::Explained => "E",
            Mark::Disputed => "D",
            Mark::InConflict => "\u{d7}",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Mark::For => "supports",
            Mark::Refines => "refines",
            Mark::Against => "refutes",
            Mark::Both => "supports and refutes",
            Mark::Unclear => "unclear",
            Mark::Present => "present",
            Mark::Partial => "partial",
            Mark::Absent => "absent",
            Mark::Contested => "contested",
            Mark::NotReported => "not reported",
            Mark::Explained => "explained",
            Mark::Disputed => "disputed",
            Mark::Unexplained => "unexplained",
            Mark::Aligned => "aligned",
            Mark::InConflict => "in conflict",
        }
    }
}

/// How many of each kind there are of every item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bars {
    pub kinds: Vec<(String, Look)>,
    /// By item, then by kind.
    pub counts: Vec<Vec<usize>>,
    /// At the end of each bar.
    pub told: Vec<String>,
}

/// Steps one above the other. The items are first the steps, from the lowest, then the places that moves lead out to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stairs {
    /// How high each step stands: equal for those of one rank.
    pub ranks: Vec<u32>,
    /// What each arrow is, whose remark says what makes one move.
    pub moves: Vec<Going>,
    /// Boxes are set narrower, so that letters are larger on a page.
    pub is_narrow: bool,
}

/// What an arrow of stairs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Going {
    Up,
    Down,
    Out,
}

impl Going {
    pub fn title(self) -> &'static str {
        match self {
            Going::Up => "up",
            Going::Down => "down",
            Going::Out => "out",
        }
    }
}

/// Boxes from the top down, row by row, in columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Descent {
    /// Of each item.
    pub spots: Vec<Spot>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// 0: the way down; 1: what leaves it; 2: a second way.
    pub column: usize,
    pub row: usize,
}

/// How the items of a figure lie to each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shape {
    /// In layers, by the arrows between them.
    #[default]
    Network,
    /// The same from the top down: as narrow as its widest layer, for an upright page.
    Upright,
    Grid(Grid),
    Stairs(Stairs),
    Descent(Descent),
    Bars(Bars),
}

impl Shape {
    /// Where a network drawn by other programs begins and ends, in the letters that Graphviz and Mermaid share.
    pub fn direction(&self) -> &'static str {
        match self {
            Shape::Stairs(_) => "BT",
            Shape::Descent(_) | Shape::Upright => "TB",
            Shape::Network | Shape::Grid(_) | Shape::Bars(_) => "LR",
        }
    }
}

impl Figure {
    pub fn grid(&self) -> Option<&Grid> {
        match &self.shape {
            Shape::Grid(grid) => Some(grid),
            _ => None,
        }
    }

    pub fn stairs(&self) -> Option<&Stairs> {
        match &self.shape {
            Shape::Stairs(stairs) => Some(stairs),
            _ => None,
        }
    }

    /// The same as a table stands with it; where it has no columns, what it would say is said near by.
    pub fn has_table(&self) -> bool {
        !self.table.columns.is_empty()
    }

    /// What is written beside an arrow: what makes one move, where the arrow is one of stairs.
    pub fn going(&self, arrow: usize) -> Option<String> {
        let going = self.stairs()?.moves.get(arrow)?;
        let when = self.arrows.get(arrow).map_or("", |one| one.remark.as_str());
        Some(if when.is_empty() { going.title().to_owned() } else { format!("{}: {when}", going.title()) })
    }
}

/// A figure, with the same content as a table for readers who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stem of its files.
    pub key: String,
    pub title: String,
    /// What it shows, in a few sentences, for a reader who does not see it.
    pub description: String,
    pub items: Vec<Item>,
    pub arrows: Vec<Arrow>,
    pub shape: Shape,
    /// What was left out, and why.
    pub notes: Vec<String>,
    pub table: Table,
}
