//! How wide words are, and where to break them: by a table of widths, since a picture must come out alike on machines
//! that have other fonts. The table is of a wide face (DejaVu Sans), so that words of most others fit too.

use unicode_segmentation::UnicodeSegmentation;

/// Advance widths of U+0020 to U+007E, in hundredths of the size of the type.
const WIDTHS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69,
    61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63,
    59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/// Of a letter beyond ASCII; the wide ones of East Asia and most signs take a full square.
const OTHER: i32 = 75;
const SQUARE: i32 = 100;

/// Width of a text in pixels at this size, rounded up.
pub fn width(text: &str, size: i32) -> i32 {
    let hundredths: i32 = text.graphemes(true).map(grapheme).sum();
    (hundredths * size + 99) / 100
}

/// Bold letters are wider: a room for plain ones that holds as much.
pub fn room_for_bold(room: i32) -> i32 {
    room * 100 / 112
}

fn grapheme(grapheme: &str) -> i32 {
    let Some(first) = grapheme.chars().next() else { return 0 };
    let ascii = u32::from(first).checked_sub(32).and_then(|at| WIDTHS.get(at as usize));
    match ascii {
        Some(width) => i32::from(*width),
        None if u32::from(first) < 0x2e80 => OTHER,
        None => SQUARE,
    }
}

/// Lines of at most `room` pixels, broken between words and within words that are too long; of more than `most` lines
/// the rest is left out, which an ellipsis says.
///
/// ```
/// use realist::picture::measure::wrap;
/// assert_eq!(wrap("trusts the worker", 12, 90, 3), ["trusts the", "worker"]);
/// assert_eq!(wrap("trusts the worker", 12, 90, 1), ["trusts the…"]);
/// ```
pub fn wrap(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        for (nth, piece) in pieces(word, size, room).into_iter().enumerate() {
            let line = lines.last_mut().filter(|line| nth == 0 && !line.is_empty());
            match line {
                Some(line) if width(line, size) + width(" ", size) + width(&piece, size) <= room => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                None if nth == 0 => lines[0] = piece,
                _ => lines.push(piece),
            }
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            shorten(last, size, room);
        }
    }
    lines
}

/// A word, cut where it is wider than the room.
fn pieces(word: &str, size: i32, room: i32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut so_far = 0;
    for one in word.graphemes(true) {
        let wide = grapheme(one) * size;
        if so_far + wide > room * 100 && so_far > 0 {
            pieces.push(String::new());
            so_far = 0;
        }
        so_far += wide;
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(one);
        }
    }
    pieces
}

/// Ends a line with an ellipsis, which takes the place of words where there is no room for it.
fn shorten(line: &mut String, size: i32, room: i32) {
    while width(line, size) + width("\u{2026}", size) > room {
        match line.rfind(' ') {
            Some(at) => line.truncate(at),
            None if line.pop().is_none() => break,
            None => {}
        }
    }
    line.push('\u{2026}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "[a-zé世 ]{0,80}", room in 30_i32..200) {
            let lines = wrap(&text, 12, room, usize::MAX);
            prop_assert!(lines.iter().all(|line| width(line, 12) <= room + 1));
            let letters = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for most in 1..4 {
                let cut = wrap(&text, 12, room, most);
                prop_assert!(cut.len() <= most && cut.iter().all(|line| width(line, 12) <= room + 1));
            }
        }
    }
}
