//! What stands in the margins of pages and is no part of the text: running heads, page numbers, numbers
//! of lines and paragraphs. Taken out, counted, and said.

use super::order::{Line, Number, Page};
use crate::diagnostic::Diagnostic;
use crate::import::completeness::letters;
use crate::text::words::counted;
use std::collections::{BTreeMap, BTreeSet};

/// What was taken out.
#[derive(Debug, Default)]
pub struct Removed {
    /// Running heads as they first stood, without page numbers alone.
    heads: BTreeSet<String>,
    lines: usize,
    numbers: usize,
    /// Letters and digits in all of that.
    pub letters: usize,
}

impl Removed {
    pub fn advice(&self) -> Vec<Diagnostic> {
        let mut advice = Vec::new();
        if self.lines > 0 {
            let message = format!("left out, as running heads and page numbers: {}", counted(self.lines, "line"));
            advice.push(Diagnostic::note("running-heads", message));
        }
        if self.numbers > 0 {
            let message = format!(
                "left out, as they number lines or paragraphs in the margin: {}",
                counted(self.numbers, "number")
            );
            advice.push(Diagnostic::note("margin-numbers", message));
        }
        advice
    }

    /// The heads themselves, to be kept beside the text.
    pub fn heads(&self) -> Option<String> {
        let heads: Vec<&str> = self.heads.iter().map(String::as_str).collect();
        (!heads.is_empty()).then(|| heads.join(" | "))
    }
}

/// Takes out of the pages what is in their margins.
pub fn clean(pages: &mut [Page]) -> Removed {
    let mut removed = Removed::default();
    take_heads(pages, &mut removed);
    take_numbers(pages, &mut removed);
    removed
}

/// Lines looked at from the top and from the bottom of a page.
const OUTERMOST: usize = 3;

/// A line at the head or foot of a page: which page, which region and line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    page: usize,
    region: usize,
    line: usize,
}

/// The pages whose head, or foot, has a line; and for lines of one shape what their numbers do.
#[derive(Default)]
struct Met {
    pages: BTreeSet<usize>,
    /// How far the first number in the line is from the number of the page, and how often.
    offsets: BTreeMap<i64, usize>,
}

impl Met {
    /// It counts with the pages.
    fn counts(&self) -> bool {
        let most = self.offsets.values().copied().max().unwrap_or(0);
        most >= 2 && most * 10 >= self.pages.len() * 6
    }

    /// On most pages, or on several near each other: every one, or every other.
    fn recurs(&self, total: usize) -> bool {
        const ROW: usize = 4;
        let mut longest = 1;
        let mut row = 1;
        for (before, page) in self.pages.iter().zip(self.pages.iter().skip(1)) {
            row = if page - before <= 2 { row + 1 } else { 1 };
            longest = longest.max(row);
        }
        longest >= ROW || (self.pages.len() >= 3 && self.pages.len() * 10 >= total * 6)
    }
}

/// Lines at the heads (`true`) and at the feet of pages, by what they say.
type Heads = BTreeMap<(bool, String), Met>;

fn take_heads(pages: &mut [Page], removed: &mut Removed) {
    let outer: Vec<(bool, Vec<Place>)> = (0..pages.len())
        .flat_map(|page| [true, false].map(|is_head| (is_head, outermost(pages, page, is_head))))
        .collect();
    let (mut shapes, mut texts) = (Heads::new(), Heads::new());
    for (is_head, place) in outer.iter().flat_map(|(is_head, places)| places.iter().map(move |one| (*is_head, *one))) {
        let text = &line(pages, place).text;
        texts.entry((is_head, text.clone())).or_default().pages.insert(place.page);
        let met = shapes.entry((is_head, shape(text))).or_default();
        met.pages.insert(place.page);
        if let (Some(number), Ok(page)) = (first_number(text), i64::try_from(pages[place.page].number)) {
            *met.offsets.entry(number - page).or_default() += 1;
        }
    }
    let mut taken: BTreeSet<Place> = BTreeSet::new();
    for (is_head, places) in &outer {
        for (nth, place) in places.iter().enumerate() {
            let text = &line(pages, *place).text;
            let shape = shape(text);
            let is_apart = is_set_apart(pages, places, nth);
            let counts = shapes.get(&(*is_head, shape.clone())).is_some_and(Met::counts);
            let recurs = texts.get(&(*is_head, text.clone())).is_some_and(|met| met.recurs(pages.len()));
            let is_number = is_number(&shape);
            let is_own = is_apart && is_number && is_page_number(text, pages[place.page].number);
            if !(is_own || (is_apart && counts) || (!is_number && recurs)) {
                break;
            }
            if !is_number {
                removed.heads.insert(text.clone());
            }
            taken.insert(*place);
        }
    }
    removed.lines = taken.len();
    for place in taken.into_iter().rev() {
        let line = pages[place.page].regions[place.region].lines.remove(place.line);
        removed.letters += letters(&line.text) + line.number.map_or(0, |number| number.digits);
    }
    for page in pages {
        page.regions.retain(|region| !region.lines.is_empty());
    }
}

fn line(pages: &[Page], place: Place) -> &Line {
    &pages[place.page].regions[place.region].lines[place.line]
}

/// The outermost lines of a page, from its edge inwards, and the one after them to measure against.
fn outermost(pages: &[Page], page: usize, is_head: bool) -> Vec<Place> {
    let regions = pages[page].regions.iter().enumerate();
    let mut places: Vec<Place> =
        regions.flat_map(|(region, one)| (0..one.lines.len()).map(move |line| Place { page, region, line })).collect();
    let y = |place: &Place| line(pages, *place).y;
    places.sort_by(|a, b| if is_head { y(b).total_cmp(&y(a)) } else { y(a).total_cmp(&y(b)) });
    places.truncate(OUTERMOST);
    places
}

/// Further from the next line inwards than lines of a text are.
fn is_set_apart(pages: &[Page], places: &[Place], nth: usize) -> bool {
    let here = line(pages, places[nth]);
    let next = places.get(nth + 1).map(|place| line(pages, *place));
    next.is_none_or(|next| (here.y - next.y).abs() > 1.7 * here.size.max(next.size))
}

/// A line with its numbers made alike: `Page 3 of 12` is `page # of #`.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for word in text.to_lowercase().split_whitespace() {
        let is_roman = !word.is_empty() && word.bytes().all(|byte| b"ivxlc".contains(&byte));
        let mut was_digit = false;
        for letter in if is_roman { "#" } else { word }.chars() {
            if !letter.is_numeric() {
                shape.push(letter);
            } else if !was_digit {
                shape.push('#');
            }
            was_digit = letter.is_numeric();
        }
        shape.push(' ');
    }
    shape.trim_end().to_owned()
}

/// The shape of `7`, `- 7 -`, `7 / 12`, `Page 7 of 12`.
fn is_number(shape: &str) -> bool {
    let bare: String = shape.chars().filter(|letter| letter.is_alphanumeric() || *letter == '#').collect();
    ["#", "##", "page#", "page#of#", "#of#", "p#"].contains(&bare.as_str())
}

fn is_page_number(text: &str, page: usize) -> bool {
    is_number(&shape(text)) && first_number(text) == i64::try_from(page).ok()
}

/// In digits, or of a line that is nothing else in Roman ones.
fn first_number(text: &str) -> Option<i64> {
    let digits: String =
        text.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().or_else(|| roman(text.trim()))
}

fn roman(text: &str) -> Option<i64> {
    let value = |letter: char| match letter.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let values: Vec<i64> = text.chars().map(value).collect::<Option<_>>()?;
    let signed =
        |at: usize| if values.get(at + 1).is_some_and(|next| *next > values[at]) { -values[at] } else { values[at] };
    (!values.is_empty()).then(|| (0..values.len()).map(signed).sum())
}

/// Numbers of lines or paragraphs: in one column at the left, counting up. Others go back to their lines.
fn take_numbers(pages: &mut [Page], removed: &mut Removed) {
    let all = pages.iter().flat_map(Page::lines).count();
    let numbers: Vec<Number> = pages.iter().flat_map(Page::lines).filter_map(|line| line.number).collect();
    let is_margin = is_margin(pages, &numbers, all);
    let are_lines = numbers.len() * 10 >= all * 7;
    if is_margin {
        // Beside a tall heading the number stands on a line of its own.
        for lines in pages.iter_mut().flat_map(|page| &mut page.regions).map(|region| &mut region.lines) {
            let before = lines.len();
            let letters = |lines: &[Line]| lines.iter().map(|line| letters(&line.text)).sum::<usize>();
            let held = letters(lines);
            lines.retain(|line| !stands_among(line, &numbers));
            removed.numbers += before - lines.len();
            removed.letters += held - letters(lines);
        }
    }
    for line in pages.iter_mut().flat_map(|page| &mut page.regions).flat_map(|region| &mut region.lines) {
        let Some(number) = line.number.take() else { continue };
        if is_margin {
            removed.numbers += 1;
            removed.letters += number.digits;
            line.starts = !are_lines;
        } else {
            line.text = format!("{:0digits$} {}", number.value, line.text, digits = number.digits);
            line.left = number.left;
        }
    }
}

/// Whether these numbers stand in a column of their own beside the text, and count up.
fn is_margin(pages: &[Page], numbers: &[Number], all: usize) -> bool {
    let fewest = if numbers.len() == all { 20 } else { 5 };
    let is_aligned = |one: &&Number| numbers.iter().filter(|other| in_column(one, other)).count() * 2 > numbers.len();
    let steps = numbers.windows(2).filter(|pair| (1..=5).contains(&pair[1].value.wrapping_sub(pair[0].value))).count();
    let edge = numbers.iter().map(|one| one.left).fold(f32::MAX, f32::min);
    let plain = || pages.iter().flat_map(Page::lines).filter(|line| line.number.is_none());
    let beside = plain().filter(|line| line.left < edge + 3.0).count();
    numbers.len() >= fewest
        && numbers.len() * 100 >= all * 15
        && numbers.iter().filter(is_aligned).count() * 10 >= numbers.len() * 7
        && steps * 10 >= (numbers.len() - 1) * 8
        && beside * 10 <= plain().count()
}

/// A number that is a line of its own, in the column of the others.
fn stands_among(line: &Line, numbers: &[Number]) -> bool {
    let value = line.text.parse().ok().filter(|_| line.number.is_none());
    let number = value.map(|value| Number { value, digits: line.text.len(), left: line.left, right: line.right });
    number.is_some_and(|number| numbers.iter().filter(|other| in_column(&number, other)).count() * 2 > numbers.len())
}

/// Their left or right edges are in one line.
fn in_column(a: &Number, b: &Number) -> bool {
    const OFF: f32 = 3.0;
    (a.left - b.left).abs() < OFF || (a.right - b.right).abs() < OFF
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_recurs_on_pages_near_each_other_and_a_chapter_does_not() {
        let met = |pages: &[usize]| Met { pages: pages.iter().copied().collect(), ..Met::default() };
        assert!(met(&[4, 6, 8, 10]).recurs(100) && met(&[1, 2, 3]).recurs(4));
        assert!(!met(&[4, 20, 41, 60, 77]).recurs(100) && !met(&[1, 2, 3]).recurs(100) && !met(&[1, 2]).recurs(2));
    }

    #[test]
    fn page_numbers_are_told_from_years() {
        assert!(is_page_number("7", 7) && is_page_number("– 7 –", 7) && is_page_number("Page 7 of 12", 7));
        assert!(is_page_number("7 / 12", 7));
        assert!(!is_page_number("2019", 7) && !is_page_number("7 people", 7) && !is_page_number("7", 8));
        assert_eq!(shape("Interview 12, page iv"), "interview #, page #");
        assert_eq!([roman("iv"), roman("XII"), roman("mix")], [Some(4), Some(12), None]);
    }
}
