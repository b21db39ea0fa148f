//! Captions that scroll: each shows the lines of the one before again above what is new, as live captions and
//! those of YouTube do. What was said once then stands in the file two or three times.

use super::completeness::Tally;
use super::markup::voices;

/// Drops the lines that a caption shows again, in a file that scrolls; in any other, what stands there twice
/// was said twice.
#[derive(Debug, Default)]
pub struct Scroll {
    scrolls: bool,
    /// The lines last shown, without tags.
    shown: Vec<String>,
}

impl Scroll {
    /// Looks at the lines of each caption: a file scrolls where half of those of several lines begin with the
    /// line that the one before ended with.
    pub fn of<'t>(captions: impl Iterator<Item = Vec<&'t str>>) -> Self {
        let (mut several, mut again) = (0, 0);
        let mut last: Option<String> = None;
        for lines in captions.map(|lines| plain(&lines)) {
            if let [first, _, ..] = lines.as_slice() {
                several += 1;
                again += usize::from(last.as_ref() == Some(first));
            }
            last = lines.into_iter().last().or(last);
        }
        Scroll { scrolls: again >= 2 && again * 2 >= several, shown: Vec::new() }
    }

    /// What a caption shows that the one before did not; `tally` sets aside the rest.
    pub fn new_lines<'t>(&mut self, lines: &[&'t str], tally: &mut Tally) -> Vec<&'t str> {
        if !self.scrolls {
            return lines.to_vec();
        }
        let shows = plain(lines);
        let most = shows.len().min(self.shown.len());
        let again = (0..=most).rev().find(|count| self.shown.ends_with(&shows[..*count])).unwrap_or(0);
        self.shown = shows;
        lines[..again].iter().for_each(|line| tally.set_aside(line));
        lines[again..].to_vec()
    }
}

fn plain(lines: &[&str]) -> Vec<String> {
    let words = |line: &&str| {
        voices(line, &mut Tally::default()).into_iter().map(|(_, words)| words).collect::<String>().trim().to_owned()
    };
    lines.iter().map(words).collect()
}
