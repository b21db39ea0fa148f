//! Identifiers and numbers as libraries write them: DOI, PMID, year, first page.

/// Letters of a field that are searched for a DOI.
const LONGEST: usize = 2000;

/// The DOI in a text, bare: `https://doi.org/10.1136/BMJ.l341` and `10.1136/BMJ.l341 [doi]` alike
/// give `10.1136/BMJ.l341`. Letters keep their case; compare without it.
pub fn doi(text: &str) -> Option<String> {
    let text = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]);
    let text = text.replace("%2F", "/").replace("%2f", "/").replace("&lt;", "<").replace("&gt;", ">");
    for (at, _) in text.match_indices("10.") {
        let rest = &text[at..];
        let registrant = rest[3..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        if registrant < 4 || !rest[3 + registrant..].starts_with('/') {
            continue;
        }
        // Old DOIs name year, volume and page as in `(2001)015<0530:BROPII>2.3.CO;2`.
        let is_old = rest.find('<').is_some_and(|at| rest[..at].contains(')') && rest[at + 1..].contains('>'));
        let ends = if is_old { "\"{}|\\^`" } else { "\"<>{}|\\^`" };
        let end = rest.find(|letter: char| letter.is_whitespace() || ends.contains(letter));
        let found = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', ']', '\'']);
        let found = if found.contains('(') { found } else { found.trim_end_matches(')') };
        if found.len() > 4 + registrant {
            return Some(found.to_owned());
        }
    }
    None
}

/// The number of a PubMed record: one to eight digits, whatever stands after them.
pub fn pmid(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("PMID:").or_else(|| text.strip_prefix("pmid:")).unwrap_or(text).trim_start();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let ends = text[digits.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    (ends && (1..=8).contains(&digits.len()) && !digits.bytes().all(|byte| byte == b'0')).then_some(digits)
}

/// The first number of four digits that can be a year of print (1450 to 2100).
pub fn year(text: &str) -> Option<i32> {
    text.split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .find(|year| (1450..=2100).contains(year))
}

/// Where a range of pages begins, without leading zeros and in lower case: `S12` of `S12-S19`.
pub fn first_page(pages: &str) -> Option<String> {
    let first = pages.split(['-', '–', '—', ',', ';', '+']).map(str::trim).find(|part| !part.is_empty())?;
    let first = first.trim_start_matches("pp").trim_start_matches("p.").trim_start_matches(['.', ' ', '0']);
    first.bytes().any(|byte| byte.is_ascii_digit()).then(|| first.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_are_found_in_any_dress() {
        for text in [
            "10.1136/bmj.l341",
            "doi: 10.1136/bmj.l341.",
            "https://doi.org/10.1136%2Fbmj.l341",
            "10.1136/bmj.l341 [doi]",
        ] {
            assert_eq!(doi(text).as_deref(), Some("10.1136/bmj.l341"), "{text}");
        }
        assert_eq!(doi("10.1016/S0140-6736(02)07895-1").as_deref(), Some("10.1016/S0140-6736(02)07895-1"));
        assert_eq!(doi("(see 10.1000/182)").as_deref(), Some("10.1000/182"));
        let old = "10.1892/0891-6640(2001)015<0530:BROPII>2.3.CO;2";
        assert_eq!(doi(&format!("doi:{old}")).as_deref(), Some(old));
        assert_eq!(doi("<a href=10.1000/182>x</a>").as_deref(), Some("10.1000/182"));
        for text in ["10.1", "version 10.12345", "110. 5/4", "10.1136/"] {
            assert_eq!(doi(text), None, "{text}");
        }
    }

    #[test]
    fn years_and_numbers_of_records() {
        assert_eq!(year("2001/09/01/"), Some(2001));
        assert_eq!(year("4/3/2024"), Some(2024));
        assert_eq!(year("YEAR/MONTH/DAY/ 99 12345"), None);
        assert_eq!(pmid("22664220").as_deref(), Some("22664220"));
        assert_eq!(pmid("PMID: 123 (see there)").as_deref(), Some("123"));
        assert_eq!(pmid("WOS:000"), None);
    }

    #[test]
    fn pages_begin_somewhere() {
        assert_eq!(first_page("0193--194").as_deref(), Some("193"));
        assert_eq!(first_page("e08-15").as_deref(), Some("e08"));
        assert_eq!(first_page("No-Specified"), None);
    }
}
