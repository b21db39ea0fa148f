//! From bytes to what the border speaks: code points, UTF-16 units, lines and columns.

/// Code points before `byte`, for a look-up or two where a table would not pay.
pub fn chars_before(text: &str, byte: usize) -> usize {
    text[..text.floor_char_boundary(byte)].chars().count()
}

/// A table over one text; building it reads the text once, a look-up reads at most one line.
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Byte at which each line starts, with the code points and UTF-16 units before it.
    lines: Vec<(usize, usize, usize)>,
}

impl<'t> Offsets<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut lines = vec![(0, 0, 0)];
        let (mut chars, mut wide) = (0, 0);
        for (byte, letter) in text.char_indices() {
            chars += 1;
            wide += letter.len_utf16();
            if letter == '\n' {
                lines.push((byte + 1, chars, wide));
            }
        }
        Offsets { text, lines }
    }

    fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|(start, ..)| *start <= byte) - 1
    }

    fn within_line(&self, byte: usize) -> (usize, &'t str, usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.line_of(byte);
        let (start, chars, wide) = self.lines[line];
        let mut end = byte;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        (line, &self.text[start..end], chars, wide)
    }

    /// Code points before `byte`.
    pub fn chars(&self, byte: usize) -> usize {
        let (_, part, chars, _) = self.within_line(byte);
        chars + part.chars().count()
    }

    /// UTF-16 units before `byte`.
    pub fn utf16(&self, byte: usize) -> usize {
        let (_, part, _, wide) = self.within_line(byte);
        wide + part.chars().map(char::len_utf16).sum::<usize>()
    }

    /// Line and column, both from 1, the column in code points.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let (line, part, ..) = self.within_line(byte);
        (line + 1, part.chars().count() + 1)
    }

    /// The byte at which code point number `chars` starts; the text's length where there are fewer.
    pub fn byte_of_char(&self, chars: usize) -> usize {
        let line = self.lines.partition_point(|(_, before, _)| *before <= chars) - 1;
        let (start, before, _) = self.lines[line];
        self.text[start..].char_indices().nth(chars - before).map_or(self.text.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_place_in_every_unit() {
        let text = "aé\n😀b\nc";
        let at = Offsets::new(text);
        let b = text.find('b').unwrap();
        assert_eq!(at.chars(b), 4);
        assert_eq!(at.utf16(b), 5);
        assert_eq!(at.line_column(b), (2, 2));
        assert_eq!(at.byte_of_char(4), b);
        assert_eq!(at.byte_of_char(99), text.len());
        assert_eq!(at.chars(text.len()), 7);
    }

    proptest::proptest! {
        #[test]
        fn code_points_and_bytes_are_inverse(text in "[a-zé😀\n]{0,40}") {
            let at = Offsets::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(at.chars(byte), count);
                assert_eq!(at.byte_of_char(count), byte);
                assert_eq!(at.utf16(byte), text[..byte].encode_utf16().count());
            }
        }
    }
}
