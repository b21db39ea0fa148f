//! Texts of several lines in the TOML forms that people fill in.

/// A text to be written in without quotation marks that must be doubled; what such a text cannot hold is written with
/// escapes instead.
pub fn block(text: &str) -> String {
    let plain = |c: char| matches!(c, '\n' | '\t') || !c.is_control();
    match text {
        "" => "'''\n'''".to_owned(),
        text if text.contains("'''") || !text.chars().all(plain) => toml::Value::from(text).to_string(),
        text => format!("'''\n{text}\n'''"),
    }
}

/// The same on one line.
pub fn line(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_written_reads_back(text in "[a-z'\"\\\\\n\u{1b}\u{7f}é ]{0,24}") {
            let read = |written: String| toml::from_str::<toml::Table>(&format!("a = {written}\n")).unwrap()["a"].as_str().unwrap().trim().to_owned();
            prop_assert_eq!(read(block(text.trim())), text.trim());
            prop_assert_eq!(read(line(text.trim())), text.trim());
        }
    }
}
