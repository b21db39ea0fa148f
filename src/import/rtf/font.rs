//! Which letters bytes are: the fonts of a file and their code pages.

use super::code_page::CodePage;
use crate::import::symbol::SymbolFont;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Font {
    /// `None`: the file's own code page.
    pub page: Option<CodePage>,
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
        let page = CodePage::of_charset(charset);
        if let Some(font) = self.by_number.get_mut(&self.open) {
            font.page = font.page.or(page);
        }
    }

    pub fn code_page(&mut self, page: i32) {
        if let Some(font) = self.by_number.get_mut(&self.open) {
            font.page = CodePage::numbered(page).or(font.page);
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
