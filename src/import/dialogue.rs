//! Tables that are conversations: a column of names, a column of speech, perhaps one of times. Their
//! rows become turns, `Name: speech`, as if they had been typed so.

use super::composition::{Block, Mark, Paragraph, Row};
use super::layout::{flat_cell, flat_row};
use super::{label, role, sight, stamp};
use std::collections::BTreeSet;

/// Headings of a column of names.
const NAMES: &[&str] = &["speaker", "name", "who", "participant", "person", "voice", "speakers"];

/// The rows as paragraphs that begin with a label; `None` where the table is no conversation.
pub fn turns(rows: &[Row]) -> Option<Vec<Paragraph>> {
    let grid: Vec<Vec<Paragraph>> = rows.iter().map(|row| row.iter().map(|cell| flat_cell(cell)).collect()).collect();
    let width = grid.iter().map(Vec::len).max().filter(|width| (2..=4).contains(width))?;
    let has_heading = grid.first()?.iter().any(|cell| NAMES.contains(&role::key(words(cell)).as_str()));
    let body = &grid[usize::from(has_heading)..];
    let columns = Columns::of(body, width)?;
    let labels: Vec<String> = body.iter().map(|row| role::key(name(row, columns.name))).collect();
    takes_turns(&labels, has_heading).then(|| {
        let (heading, spoken) = rows.split_at(usize::from(has_heading));
        let spoken = spoken.iter().zip(body);
        heading.iter().map(|row| flat_row(row)).chain(spoken.flat_map(|(row, flat)| columns.turn(row, flat))).collect()
    })
}

fn words(cell: &Paragraph) -> &str {
    cell.text.trim()
}

/// The label in a row, without its colon; empty where the row goes on with the speech before.
fn name(row: &[Paragraph], column: usize) -> &str {
    row.get(column).map_or("", |cell| words(cell).trim_end_matches([':', '：']).trim_end())
}

/// Several labels, some of which come again: under a heading that says so, or parts in a conversation, or
/// names that alternate as talk does and the themes of a table do not.
fn takes_turns(labels: &[String], has_heading: bool) -> bool {
    let spoken: Vec<&String> = labels.iter().filter(|label| !label.is_empty()).collect();
    let distinct: BTreeSet<&String> = spoken.iter().copied().collect();
    let changes = spoken.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let parts = spoken.iter().filter(|label| role::is_part(label)).count();
    let alternates = spoken.len() >= 4 && distinct.len() * 2 <= spoken.len() && changes * 10 >= spoken.len() * 7;
    let recurs = (2..spoken.len()).contains(&distinct.len());
    recurs && (has_heading || parts * 2 >= spoken.len() || alternates)
}

/// What the columns of a conversation hold.
struct Columns {
    name: usize,
    speech: usize,
    time: Option<usize>,
}

impl Columns {
    fn of(body: &[Vec<Paragraph>], width: usize) -> Option<Self> {
        let cells = |column: usize| body.iter().filter_map(move |row| row.get(column)).map(words);
        let all = |column: usize, is: fn(&str) -> bool| {
            cells(column).any(|cell| !cell.is_empty()) && cells(column).all(|cell| cell.is_empty() || is(cell))
        };
        let is_time = |column: usize| all(column, |cell| sight::lone_stamp(cell).is_some());
        let lengths = |column: &usize| cells(*column).map(str::len).sum::<usize>();
        let speech = (0..width).filter(|column| !is_time(*column)).max_by_key(lengths)?;
        let mut columns = Columns { name: width, speech, time: None };
        for column in (0..width).filter(|column| *column != speech) {
            if columns.time.is_none() && is_time(column) {
                columns.time = Some(column);
            } else if columns.name == width && all(column, is_label) {
                columns.name = column;
            } else if cells(column).any(|cell| !cell.is_empty()) {
                return None;
            }
        }
        (columns.name < width).then_some(columns)
    }

    /// A row as paragraphs: the first begins with the time and the label, others are the cell's own.
    fn turn(&self, row: &Row, flat: &[Paragraph]) -> Vec<Paragraph> {
        let mut turn = Paragraph::default();
        if let Some(time) = self.time.and_then(|time| flat.get(time)).filter(|time| !words(time).is_empty()) {
            let is_apart = stamp::at_start(words(time)).is_some_and(|stamp| stamp.apart);
            turn.append("", &if is_apart { time.clone() } else { in_brackets(time) });
            turn.text.push(' ');
        }
        let label = name(flat, self.name);
        if !label.is_empty() {
            turn.append("", &Paragraph { text: format!("{label}: "), ..Paragraph::default() });
        }
        let mut speech = row.get(self.speech).map_or(&[][..], Vec::as_slice).iter();
        let first = speech.by_ref().find_map(|block| match block {
            Block::Paragraph(paragraph) if paragraph.text.trim().is_empty() => None,
            block => Some(flat_cell(std::slice::from_ref(block))),
        });
        if let Some(first) = first {
            turn.append("", &first);
        }
        let rest = speech.map(|block| flat_cell(std::slice::from_ref(block)));
        std::iter::once(turn).chain(rest).filter(|one| !one.text.trim().is_empty()).collect()
    }
}

fn is_label(cell: &str) -> bool {
    let name = cell.trim_end_matches([':', '：']).trim_end();
    label::at_start(&format!("{name}:")).is_some()
}

fn in_brackets(time: &Paragraph) -> Paragraph {
    let marks: Vec<(usize, Mark)> = time.marks.iter().map(|(at, mark)| (at + 1, mark.clone())).collect();
    Paragraph { text: format!("[{}]", time.text), marks, ..Paragraph::default() }
}
