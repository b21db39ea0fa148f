//! Code pages: those of Windows and the Mac by `encoding_rs`, those of DOS by `oem_cp`.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use oem_cp::code_table::DECODING_TABLE_CP_MAP;
use std::borrow::Cow;

/// Which letters the bytes of a stretch are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CodePage {
    Modern(&'static Encoding),
    /// By its number.
    Dos(u16),
}

impl Default for CodePage {
    fn default() -> Self {
        CodePage::Modern(WINDOWS_1252)
    }
}

impl CodePage {
    pub const MAC: CodePage = CodePage::Modern(MACINTOSH);

    /// By its number; `None` where it is not known.
    pub fn numbered(page: i32) -> Option<Self> {
        let modern = match page {
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
            page => {
                let page = u16::try_from(page).ok()?;
                return DECODING_TABLE_CP_MAP.contains_key(&page).then_some(CodePage::Dos(page));
            }
        };
        Some(CodePage::Modern(modern))
    }

    /// That of a font's character set; none for sets that follow the file.
    pub fn of_charset(charset: i32) -> Option<Self> {
        Some(CodePage::Modern(match charset {
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
            // What DOS wrote; which of its code pages, only the file could say.
            255 => return CodePage::numbered(437),
            _ => return None,
        }))
    }

    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            CodePage::Modern(encoding) => encoding.decode_without_bom_handling(bytes).0,
            CodePage::Dos(page) => DECODING_TABLE_CP_MAP
                .get(&page)
                .map_or_else(|| String::from_utf8_lossy(bytes), |table| Cow::Owned(table.decode_string_lossy(bytes))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_dos_and_windows_are_told_apart() {
        let decoded = |page: i32, bytes: &'static [u8]| CodePage::numbered(page).unwrap().decode(bytes).into_owned();
        assert_eq!(decoded(437, b"caf\x82 \x9c2"), "café £2");
        assert_eq!(decoded(850, b"\xb5 \x9b"), "Á ø");
        assert_eq!(decoded(866, b"\x8f\xe0"), "Пр");
        assert_eq!(decoded(1252, b"caf\xe9"), "café");
        assert_eq!(CodePage::numbered(12_345), None);
        assert_eq!(CodePage::numbered(-1), None);
    }
}
