//! Which letters bytes are: code pages of the file and of its fonts.

use crate::import::symbol::SymbolFont;
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Font {
    /// `None`: the file's own code page.
    pub encoding: Option<&'static Encoding>,
    pub symbols: Option<SymbolFont>,
}

/// The font table, as it is read.
#[derive(Debug, Default)]
pub struct Fonts {
    by_number: BTreeMap<i32, Font>,
    open: i32,
    name: String,
}

impl Fonts {
    pub fn open(&mut self, number: i32) {
        self.open = number;
        self.name.clear();
        self.by_number.insert(number, Font::default());
    }

    pub fn charset(&mut self, charset: i32) {
        let encoding = of_charset(charset);
        if let Some(font) = self.by_number.get_mut(&self.open) {
            font.encoding = font.encoding.or(encoding);
        }
    }

    pub fn code_page(&mut self, page: i32) {
        if let Some(font) = self.by_number.get_mut(&self.open) {
            font.encoding = of_page(page).or(font.encoding);
        }
    }

    /// A byte of the open font's name, which a semicolon ends.
    pub fn name(&mut self, byte: u8) {
        const LONGEST: usize = 64;
        if byte != b';' {
            if self.name.len() < LONGEST {
                self.name.push(char::from(byte));
            }
        } else if let Some(font) = self.by_number.get_mut(&self.open) {
            font.symbols = SymbolFont::named(&self.name);
            self.name.clear();
        }
    }

    pub fn get(&self, number: i32) -> Font {
        self.by_number.get(&number).copied().unwrap_or_default()
    }
}

/// The code page of a font's character set; none for sets that follow the file.
fn of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        0 => WINDOWS_1252,
        77 => MACINTOSH,
        128 => SHIFT_JIS,
        129 | 130 => EUC_KR,
        134 => GBK,
        136 => BIG5,
        161 => WINDOWS_1253,
        162 => WINDOWS_1254,
        163 => WINDOWS_1258,
        177 => WINDOWS_1255,
        178..=180 => WINDOWS_1256,
        186 => WINDOWS_1257,
        204 => WINDOWS_1251,
        222 => WINDOWS_874,
        238 => WINDOWS_1250,
        _ => return None,
    })
}

/// A code page by its number; `None` where it is not known.
pub fn of_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 | 1361 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 0 | 819 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        54936 => encoding_rs::GB18030,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}
