//! What stands in the margins of pages and is no part of the text: running heads, page numbers, numbers
//! of lines and paragraphs. Taken out, counted, and said.

use super::order::{Line, Page};
use crate::diagnostic::Diagnostic;
use std::collections::{BTreeMap, BTreeSet};

/// What was taken out.
#[derive(Debug, Default)]
pub struct Removed {
    /// Running heads as they first stood, without page numbers alone.
    heads: BTreeSet<String>,
    lines: usize,
    numbers: usize,
}

impl Removed {
    pub fn advice(&self) -> Vec<Diagnostic> {
        let mut advice = Vec::new();
        if self.lines > 0 {
            let message = format!("{} running heads and page numbers were left out", self.lines);
            advice.push(Diagnostic::note("running-heads", message));
        }
        if self.numbers > 0 {
            let message = format!("{} numbers of lines or paragraphs in the margin were left out", self.numbers);
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

fn take_heads(pages: &mut [Page], removed: &mut Removed) {
    let total = pages.len();
    let mut met: BTreeMap<(bool, String), BTreeSet<usize>> = BTreeMap::new();
    let outer: Vec<(bool, Vec<Place>)> =
        (0..total).flat_map(|page| [true, false].map(|is_head| (is_head, outermost(pages, page, is_head)))).collect();
    for (is_head, places) in &outer {
        for place in places {
            let key = (*is_head, shape(&line(pages, *place).text));
            met.entry(key).or_default().insert(place.page);
        }
    }
    let mut taken: BTreeSet<Place> = BTreeSet::new();
    for (is_head, places) in &outer {
        for (nth, place) in places.iter().enumerate() {
            let text = &line(pages, *place).text;
            let shape = shape(text);
            let times = met.get(&(*is_head, shape.clone())).map_or(0, BTreeSet::len);
            let is_number = is_page_number(text, pages[place.page].number);
            let is_repeated = times >= 3 && (times * 10 >= total * 6 || is_set_apart(pages, places, nth) || shape == "#");
            if !is_number && !is_repeated {
                break;
            }
            if shape.chars().any(char::is_alphabetic) && !is_number {
                removed.heads.insert(text.clone());
            }
            taken.insert(*place);
        }
    }
    removed.lines = taken.len();
    for place in taken.into_iter().rev() {
        pages[place.page].regions[place.region].lines.remove(place.line);
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
    let mut places: Vec<Place> = regions
        .flat_map(|(region, one)| (0..one.lines.len()).map(move |line| Place { page, region, line }))
        .collect();
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

/// `7`, `- 7 -`, `7 / 12`, `Page 7 of 12` on the seventh page.
fn is_page_number(text: &str, page: usize) -> bool {
    let shape = shape(text);
    let bare: String = shape.chars().filter(|letter| letter.is_alphanumeric() || *letter == '#').collect();
    let is_number = ["#", "##", "page#", "page#of#", "#of#", "p#"].contains(&bare.as_str());
    let first: String =
        text.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    is_number && first.parse() == Ok(page)
}

/// Numbers of lines or paragraphs: in one column at the left, counting up. Others go back to their lines.
fn take_numbers(pages: &mut [Page], removed: &mut Removed) {
    const FEWEST: usize = 5;
    let all = pages.iter().flat_map(Page::lines).count();
    let numbers: Vec<(usize, f32, f32)> = pages
        .iter()
        .flat_map(|page| page.lines().filter_map(|line| line.number.map(|one| (page.number, one))))
        .map(|(_, one)| (one.value as usize, one.left, one.right))
        .collect();
    let aligned = numbers.iter().filter(|one| numbers.iter().filter(|other| in_column(one, other)).count() * 2 > numbers.len()).count();
    let steps = numbers.windows(2).filter(|pair| (1..=5).contains(&(pair[1].0.wrapping_sub(pair[0].0)))).count();
    let is_margin = numbers.len() >= FEWEST
        && numbers.len() * 100 >= all * 15
        && aligned * 10 >= numbers.len() * 7
        && steps * 10 >= (numbers.len() - 1) * 8;
    let are_lines = numbers.len() * 10 >= all * 7;
    for line in pages.iter_mut().flat_map(|page| &mut page.regions).flat_map(|region| &mut region.lines) {
        let Some(number) = line.number.take() else { continue };
        if is_margin && number.right < line.left {
            removed.numbers += 1;
            line.starts = !are_lines;
        } else {
            line.text = format!("{} {}", number.value, line.text);
            line.left = number.left;
        }
    }
}

/// Their left or right edges are in one line.
fn in_column(a: &(usize, f32, f32), b: &(usize, f32, f32)) -> bool {
    const OFF: f32 = 3.0;
    (a.1 - b.1).abs() < OFF || (a.2 - b.2).abs() < OFF
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_years() {
        assert!(is_page_number("7", 7) && is_page_number("– 7 –", 7) && is_page_number("Page 7 of 12", 7));
        assert!(is_page_number("7 / 12", 7));
        assert!(!is_page_number("2019", 7) && !is_page_number("7 people", 7) && !is_page_number("7", 8));
        assert_eq!(shape("Interview 12, page iv"), "interview #, page #");
    }
}
