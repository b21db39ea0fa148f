//! Letters of symbol fonts (Symbol, Wingdings), which word processors store by their place in the
//! font, as the letters they show.

/// A font whose letters are not what their numbers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolFont {
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Other,
}

impl SymbolFont {
    /// By its name; `None` for fonts of ordinary letters.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().as_str() {
            "symbol" | "standardsymbolsps" | "symbol (tt)" => Some(SymbolFont::Symbol),
            "wingdings" => Some(SymbolFont::Wingdings),
            "wingdings 2" => Some(SymbolFont::Wingdings2),
            "wingdings 3" => Some(SymbolFont::Wingdings3),
            "webdings" | "zapfdingbats" | "monotype sorts" => Some(SymbolFont::Other),
            _ => None,
        }
    }

    /// What the letter at a place of the font (0x20 to 0xff, or that plus 0xf000) shows.
    pub fn letter(self, code: u32) -> Option<char> {
        let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
        let place = u8::try_from(code).ok().filter(|place| *place >= 0x20)?;
        let found = match self {
            SymbolFont::Symbol => symbol(place),
            SymbolFont::Wingdings => in_table(WINGDINGS, place),
            SymbolFont::Wingdings2 => in_table(WINGDINGS2, place),
            SymbolFont::Wingdings3 => in_table(WINGDINGS3, place),
            SymbolFont::Other => None,
        };
        found.or((place == 0x20).then_some(' '))
    }
}

/// A letter of the private area that symbol fonts use, where the font is not known: a bullet is what
/// it mostly is.
pub fn bullet(letter: char, font: Option<SymbolFont>) -> char {
    let is_private = ('\u{e000}'..='\u{f8ff}').contains(&letter);
    match font.and_then(|font| font.letter(u32::from(letter))) {
        Some(known) => known,
        None if is_private || letter == '\u{b7}' => '•',
        None => letter,
    }
}

fn in_table(table: &[(u8, char)], place: u8) -> Option<char> {
    table.iter().find(|(one, _)| *one == place).map(|(_, letter)| *letter)
}

/// The encoding of the Symbol font: figures and marks as in ASCII, Greek for the Latin letters, then
/// signs of mathematics. A space stands where the font has nothing.
fn symbol(place: u8) -> Option<char> {
    const LOWER: &str =
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const UPPER: &str =
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
    let place = usize::from(place);
    let found = if place >= 0xa0 { UPPER.chars().nth(place - 0xa0) } else { LOWER.chars().nth(place - 0x20) };
    found.filter(|letter| *letter != ' ')
}

const WINGDINGS: &[(u8, char)] = &[
    (0x22, '✂'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2a, '✉'),
    (0x36, '⌛'),
    (0x3e, '✇'),
    (0x3f, '✍'),
    (0x41, '✌'),
    (0x43, '👍'),
    (0x44, '👎'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4a, '☺'),
    (0x4b, '😐'),
    (0x4c, '☹'),
    (0x51, '✈'),
    (0x52, '☼'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x70, '❐'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '⌧'),
    (0x80, '⓪'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8a, '⑩'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xaa, '✦'),
    (0xab, '★'),
    (0xd5, '⌫'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe7, '🡄'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xf3, '⬄'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
const WINGDINGS2: &[(u8, char)] = &[
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0x98, '●'),
    (0xa2, '■'),
    (0xa3, '□'),
];
const WINGDINGS3: &[(u8, char)] = &[
    (0x21, '→'),
    (0x22, '↑'),
    (0x23, '↓'),
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x7d, '▶'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x74, '◀'),
    (0x75, '▶'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_letters_are_named() {
        let symbol = |code| SymbolFont::Symbol.letter(code);
        assert_eq!(
            (symbol(0x61), symbol(0xf06d), symbol(0xb3), symbol(0xf0b7)),
            (Some('α'), Some('μ'), Some('≥'), Some('•'))
        );
        assert_eq!((symbol(0xae), symbol(0xd5), symbol(0xe5)), (Some('→'), Some('∏'), Some('∑')));
        assert_eq!((symbol(0x7e), symbol(0xf2), symbol(0x80)), (Some('∼'), Some('∫'), None));
        assert_eq!(SymbolFont::named("Wingdings").and_then(|font| font.letter(0xf0fc)), Some('✓'));
        assert_eq!(SymbolFont::named("Times New Roman"), None);
    }

    #[test]
    fn bullets_of_any_font_are_bullets() {
        assert_eq!(bullet('\u{f0b7}', None), '•');
        assert_eq!(bullet('\u{f0a7}', Some(SymbolFont::Wingdings)), '▪');
        assert_eq!(bullet('–', None), '–');
    }
}
