//! The numbers of lists and headings: how one is written, for docx and odt alike.

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numeral {
    #[default]
    Decimal,
    /// `01`
    PaddedDecimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// `1st`
    Ordinal,
    Bullet,
    None,
}

impl Numeral {
    /// `number` from 1; 0 and less as figures.
    pub fn write(self, number: i64) -> String {
        let letters = |first: u8| letters(number, first).unwrap_or_else(|| number.to_string());
        let roman = || roman(number).unwrap_or_else(|| number.to_string());
        match self {
            Numeral::Decimal => number.to_string(),
            Numeral::PaddedDecimal => format!("{number:02}"),
            Numeral::LowerLetter => letters(b'a'),
            Numeral::UpperLetter => letters(b'A'),
            Numeral::LowerRoman => roman().to_lowercase(),
            Numeral::UpperRoman => roman(),
            Numeral::Ordinal => format!("{number}{}", ending(number)),
            Numeral::Bullet | Numeral::None => String::new(),
        }
    }
}

/// `a` to `z`, then `aa`, `bb`, as word processors count.
fn letters(number: i64, first: u8) -> Option<String> {
    let at = usize::try_from(number.checked_sub(1)?).ok()?;
    let letter = char::from(first + u8::try_from(at % 26).ok()?);
    (at < 26 * 20).then(|| letter.to_string().repeat(at / 26 + 1))
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut written = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            written.push_str(sign);
            left -= value;
        }
    }
    Some(written)
}

fn ending(number: i64) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_processors_do() {
        let cases = [
            (Numeral::Decimal, 12, "12"),
            (Numeral::PaddedDecimal, 3, "03"),
            (Numeral::LowerLetter, 3, "c"),
            (Numeral::UpperLetter, 28, "BB"),
            (Numeral::LowerRoman, 14, "xiv"),
            (Numeral::UpperRoman, 1999, "MCMXCIX"),
            (Numeral::UpperRoman, 0, "0"),
            (Numeral::LowerLetter, i64::MIN, "-9223372036854775808"),
            (Numeral::Ordinal, 22, "22nd"),
            (Numeral::Ordinal, 12, "12th"),
            (Numeral::Bullet, 1, ""),
        ];
        for (numeral, number, expected) in cases {
            assert_eq!(numeral.write(number), expected);
        }
    }
}
