//! The bytes of an RTF file, cut into groups, control words and text. Whatever the bytes are, it comes
//! to an end and asks for no memory.

/// One piece of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'b> {
    Open,
    Close,
    /// `\fs24`: the word, and its number where it has one.
    Word(&'b str, Option<i32>),
    /// `\~`: a sign that is no letter.
    Sign(u8),
    /// A letter's byte: as it stands, or as `\'hh`.
    Byte(u8),
    /// What `\bin` announced.
    Binary(usize),
}

pub struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub fn of(bytes: &'b [u8]) -> Self {
        Tokens { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.peek()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        if first == b'\'' {
            let digits = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
            if let Some(byte) = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                self.at += 2;
                return Some(Token::Byte(byte));
            }
        }
        Some(Token::Sign(first))
    }

    fn word(&mut self) -> Token<'b> {
        const LONGEST: usize = 32;
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        self.at += length;
        let number = self.number();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        match (word, number.and_then(|number| usize::try_from(number).ok())) {
            ("bin", Some(length)) => {
                let length = length.min(self.bytes.len() - self.at);
                self.at += length;
                Token::Binary(length)
            }
            _ => Token::Word(word, number),
        }
    }

    fn number(&mut self) -> Option<i32> {
        let rest = &self.bytes[self.at..];
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        self.at += sign + digits;
        let written = std::str::from_utf8(&rest[..sign + digits]).unwrap_or_default();
        Some(written.parse().unwrap_or(if sign == 1 { i32::MIN } else { i32::MAX }))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                b'\r' | b'\n' | 0 => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut() {
        let found: Vec<Token> = Tokens::of(b"{\\b\\fs-24 a\\'e9\\~\\bin3 {{}b\r\n\\'zz}").collect();
        let expected = [
            Token::Open,
            Token::Word("b", None),
            Token::Word("fs", Some(-24)),
            Token::Byte(b'a'),
            Token::Byte(0xe9),
            Token::Sign(b'~'),
            Token::Binary(3),
            Token::Byte(b'b'),
            Token::Sign(b'\''),
            Token::Byte(b'z'),
            Token::Byte(b'z'),
            Token::Close,
        ];
        assert_eq!(found, expected);
        assert_eq!(Tokens::of(b"\\bin999999999 x").count(), 1);
        assert_eq!(Tokens::of(b"\\fs99999999999999 \\").count(), 1);
    }
}
