//! Finding a quotation that was edited: shortened without a mark, stitched together from several places, a word changed
//! or a remark put in brackets. What is found is *near*, never exact: a person must look at it.
//!
//! The words of the quotation are aligned with those of the text, so that as many as possible meet in order; going on
//! to a later place costs as much as two words, however far it is. What stands in square brackets may be missing for
//! nothing. [`super::quote`] finds what was copied faithfully.

use super::{Span, words};

/// Where an edited quotation comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// Its pieces, in the order of the text.
    pub spans: Vec<Span>,
    /// Share of its own words (those outside square brackets) that stand there, in `(0, 1]`.
    pub share: f64,
}

impl Near {
    /// From its first word to its last.
    pub fn hull(&self) -> Option<Span> {
        self.spans.iter().copied().reduce(Span::join)
    }
}

/// Of its own words so many must be found.
const ENOUGH: f64 = 0.5;

// Points of the alignment. A jump costs what two words that meet are worth.
const SAME: i32 = 4;
const ALIKE: i32 = 3;
const SKIPPED: i32 = 2;
const JUMP: i32 = 8;

/// Words of a piece that must meet; more where they stand in brackets.
const WORDS: usize = 4;
const WORDS_IN_BRACKETS: usize = 5;

struct Word {
    folded: String,
    span: Span,
    is_bracketed: bool,
}

/// Where the words of an edited quotation stand in a text; `None` where fewer than half of them do.
///
/// ```
/// let text = "We met each week at home. It rained, it snowed, the buses never came. She told me what she wrote.";
/// let near = realist::text::near::find(text, "We met every week at home [and] she told me what she wrote").unwrap();
/// let pieces: Vec<&str> = near.spans.iter().filter_map(|span| span.of(text)).collect();
/// assert_eq!(pieces, ["We met each week at home", "She told me what she wrote"]);
/// ```
pub fn find(text: &str, quotation: &str) -> Option<Near> {
    let (wanted, there) = (read(quotation, true), read(text, false));
    if wanted.is_empty() || there.is_empty() {
        return None;
    }
    let own = wanted.iter().filter(|word| !word.is_bracketed).count();
    let counts = |word: &Word| own == 0 || !word.is_bracketed;
    let all = if own == 0 { wanted.len() } else { own };
    let mut found = 0;
    let mut spans = Vec::new();
    for piece in pieces(&wanted, &there) {
        let Some(piece) = trusted(piece, &wanted, all) else { continue };
        found += piece.iter().filter(|(at, _)| counts(&wanted[*at])).count();
        if let [(_, first), ..] = piece[..]
            && let [.., (_, last)] = piece[..]
        {
            spans.push(there[first].span.join(there[last].span));
        }
    }
    let share = found as f64 / all as f64;
    (share >= ENOUGH).then_some(Near { spans, share })
}

fn read(text: &str, with_brackets: bool) -> Vec<Word> {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut read = Vec::new();
    for (span, word) in words::words(text) {
        for letter in text[at..span.start()].chars().filter(|_| with_brackets) {
            match letter {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        at = span.end();
        let folded = words::fold(word).replace('\u{2019}', "'");
        read.push(Word { folded, span, is_bracketed: depth > 0 });
    }
    read
}

/// Points for two words that meet; `None` where they are others.
fn meet(one: &str, other: &str) -> Option<i32> {
    if one == other {
        return Some(SAME);
    }
    let shorter = one.chars().count().min(other.chars().count());
    let is_far = one.len().abs_diff(other.len()) > 2 || one.chars().next() != other.chars().next();
    if shorter < 4 || is_far {
        return None;
    }
    let edits = strsim::levenshtein(one, other);
    (edits <= if shorter < 8 { 1 } else { 2 }).then_some(ALIKE)
}

#[derive(Clone, Copy)]
enum Step {
    Start,
    Meet,
    SkipWanted,
    SkipText,
    /// From an earlier place of the text.
    Jump(u32),
}

/// Pairs of words that meet: index in the quotation, index in the text.
type Pairs = Vec<(usize, usize)>;

/// The best alignment, cut where it jumps.
fn pieces(wanted: &[Word], there: &[Word]) -> Vec<Pairs> {
    let width = there.len() + 1;
    let mut steps = vec![Step::Start; width * (wanted.len() + 1)];
    let mut above = vec![0; width];
    let mut row = vec![0; width];
    for (at, word) in wanted.iter().enumerate() {
        let skipped = if word.is_bracketed { 0 } else { SKIPPED };
        let steps = &mut steps[width * (at + 1)..];
        row[0] = above[0] - skipped;
        steps[0] = Step::SkipWanted;
        let (mut best, mut best_at) = (row[0], 0);
        for column in 1..width {
            let mut most = (above[column] - skipped, Step::SkipWanted);
            if let Some(points) = meet(&word.folded, &there[column - 1].folded)
                && above[column - 1] + points > most.0
            {
                most = (above[column - 1] + points, Step::Meet);
            }
            if row[column - 1] - SKIPPED > most.0 {
                most = (row[column - 1] - SKIPPED, Step::SkipText);
            }
            if best - JUMP > most.0 {
                most = (best - JUMP, Step::Jump(best_at));
            }
            (row[column], steps[column]) = most;
            if most.0 > best {
                (best, best_at) = (most.0, u32::try_from(column).unwrap_or(u32::MAX));
            }
        }
        std::mem::swap(&mut above, &mut row);
    }
    let end = (0..width).rev().max_by_key(|column| above[*column]).unwrap_or(0);
    walk_back(&steps, width, (wanted.len(), end))
}

fn walk_back(steps: &[Step], width: usize, (mut row, mut column): (usize, usize)) -> Vec<Pairs> {
    let mut pieces: Vec<Pairs> = vec![Vec::new()];
    loop {
        match steps[row * width + column] {
            Step::Start => break,
            Step::Meet => {
                (row, column) = (row - 1, column - 1);
                if let Some(piece) = pieces.last_mut() {
                    piece.push((row, column));
                }
            }
            Step::SkipWanted => row -= 1,
            Step::SkipText => column -= 1,
            Step::Jump(from) => {
                column = from as usize;
                pieces.push(Vec::new());
            }
        }
    }
    pieces.reverse();
    for piece in &mut pieces {
        piece.reverse();
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A piece without loose ends: words that meet by chance behind words that do not. `None` where too little is left.
fn trusted(piece: Pairs, wanted: &[Word], all: usize) -> Option<Pairs> {
    let mut runs: Vec<Pairs> = Vec::new();
    for (one, other) in piece {
        match runs.last_mut().filter(|run| run.last() == Some(&(one.wrapping_sub(1), other.wrapping_sub(1)))) {
            Some(run) => run.push((one, other)),
            None => runs.push(vec![(one, other)]),
        }
    }
    let is_loose = |run: &Pairs, beside: &Pairs, gap: usize| run.len() < 3 && run.len() <= beside.len() && gap >= 2;
    let gap = |one: &Pairs, other: &Pairs| match (one.last(), other.first()) {
        (Some((a, b)), Some((c, d))) => (c - a).max(d - b) - 1,
        _ => 0,
    };
    while runs.len() > 1 && is_loose(&runs[0], &runs[1], gap(&runs[0], &runs[1])) {
        runs.remove(0);
    }
    while let [.., beside, last] = runs.as_slice()
        && is_loose(last, beside, gap(beside, last))
    {
        runs.pop();
    }
    let pairs: Pairs = runs.concat();
    let (first, last) = (*pairs.first()?, *pairs.last()?);
    let met = pairs.len();
    let is_all_bracketed = pairs.iter().all(|(at, _)| wanted[*at].is_bracketed);
    let needed = if is_all_bracketed { WORDS_IN_BRACKETS } else { WORDS };
    let is_long = met >= needed || met == wanted.len() || (met >= 2 && met * 5 >= all * 4);
    let own = wanted[first.0..=last.0].iter().filter(|word| !word.is_bracketed).count();
    let is_dense = met * 5 >= 3 * own.max(last.1 - first.1 + 1);
    (is_long && is_dense).then_some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "In the beginning nobody rang. Then a woman came from the practice, every week, and wrote all of \
        it down with me. My sister says that I am calmer now. I go to the group on Mondays because of her, and I cook.";

    fn pieces(quotation: &str) -> Vec<&'static str> {
        find(TEXT, quotation).map_or(Vec::new(), |near| near.spans.iter().filter_map(|span| span.of(TEXT)).collect())
    }

    #[test]
    fn what_was_left_out_without_a_mark_parts_the_pieces() {
        assert_eq!(
            pieces("Then a woman came from the practice every week. I go to the group on Mondays because of her."),
            ["Then a woman came from the practice, every week", "I go to the group on Mondays because of her"]
        );
    }

    #[test]
    fn remarks_in_brackets_may_be_missing() {
        assert_eq!(
            pieces("[Health improved because…] My sister says that I am [much] calmer now"),
            ["My sister says that I am calmer now"]
        );
    }

    #[test]
    fn spelling_may_be_mended() {
        assert_eq!(
            pieces("I go to the groop on Mondays becuase of her"),
            ["I go to the group on Mondays because of her"]
        );
    }

    #[test]
    fn what_only_sounds_alike_is_not_found() {
        assert!(find(TEXT, "She came to see my mother in the town and they went to the market").is_none());
        assert!(find(TEXT, "and the of it in my").is_none());
        assert!(find(TEXT, "").is_none() && find("", "words").is_none());
    }

    proptest! {
        #[test]
        fn a_stretch_of_the_text_is_found_where_it_stands(from in 0_usize..30, length in 5_usize..12) {
            let all: Vec<(Span, &str)> = words::words(TEXT).collect();
            let stretch = &all[from.min(all.len() - length)..][..length];
            let whole = stretch[0].0.join(stretch[length - 1].0);
            let near = find(TEXT, whole.of(TEXT).unwrap()).unwrap();
            prop_assert_eq!(near.hull(), Some(whole));
            prop_assert!(near.share > 0.999);
        }

        #[test]
        fn nothing_panics_and_spans_are_in_the_text(text in "[a-c\\[\\] ]{0,60}", quotation in "[a-c\\[\\] ]{0,40}") {
            if let Some(near) = find(&text, &quotation) {
                prop_assert!(near.spans.iter().all(|span| span.of(&text).is_some()));
                prop_assert!(near.spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
                prop_assert!(near.share > 0.0 && near.share <= 1.0);
            }
        }
    }
}
