//! What the readers of XML have in common.

use quick_xml::events::BytesRef;

/// The letter that a reference stands for; U+FFFD where it stands for none that a text may hold.
pub fn letter(name: &BytesRef) -> char {
    let letter = match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten().filter(|letter| !letter.is_control()),
    };
    letter.unwrap_or('\u{fffd}')
}
