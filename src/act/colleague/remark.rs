//! What a colleague's comment asks for: `#code`, `If … then …`, or nothing but to be kept.

use crate::text::words::on_one_line;

/// One thing a comment asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A code by its name, as it was typed or as it is known.
    Code(String),
    /// A draft statement.
    Claim(String),
    Memo(String),
}

/// Reads a comment. A code may be followed by others and by free text, which is read in its turn; names
/// of several words are known from `names`, or written with hyphens or in quotation marks: `#care-partner`,
/// `#"care partner"`. A space behind the sign does not matter where a code is known by that name.
pub fn read(comment: &str, names: &[String]) -> Vec<Ask> {
    let mut asks = Vec::new();
    let mut rest = comment.trim();
    while let Some(tagged) = rest.strip_prefix('#') {
        let Some((name, after)) = code(tagged, names) else { break };
        let ask = Ask::Code(name);
        if !asks.contains(&ask) {
            asks.push(ask);
        }
        rest = after.trim_start_matches(|letter: char| letter.is_whitespace() || ",;:.–—".contains(letter));
        rest = rest.strip_prefix("- ").unwrap_or(rest).trim();
    }
    if rest.is_empty() {
        return asks;
    }
    asks.push(if is_claim(rest) { Ask::Claim(on_one_line(rest)) } else { Ask::Memo(rest.to_owned()) });
    asks
}

/// The codes of a cell: `trust; care partner`, or `#trust #access`.
pub fn codes(cell: &str, names: &[String]) -> Vec<Ask> {
    if cell.contains('#') {
        return read(cell, names);
    }
    let each = cell.split([';', '\n', ',']).map(str::trim).filter(|name| !name.is_empty());
    each.map(|name| Ask::Code(known(name, names).unwrap_or_else(|| name.to_owned()))).collect()
}

/// Begins with the word `if`.
pub fn is_claim(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| word.eq_ignore_ascii_case("if")) && words.next().is_some()
}

/// The code after a `#`, and what follows it: what stands in quotation marks, else the longest name that is
/// known, else one word.
fn code<'c>(tagged: &'c str, names: &[String]) -> Option<(String, &'c str)> {
    let apart = tagged.trim_start();
    let is_apart = apart.len() < tagged.len();
    if let Some((name, rest)) = quoted(apart) {
        let known = known(name, names);
        let code = known.or_else(|| (!is_apart).then(|| name.to_owned()));
        return code.map(|code| (code, rest));
    }
    if is_apart {
        let longest = names.iter().filter_map(|name| Some((name, after(apart, name)?)));
        return longest.max_by_key(|(name, _)| name.len()).map(|(name, rest)| (name.clone(), rest));
    }
    let longest = names.iter().filter_map(|name| Some((name, after(tagged, name)?)));
    if let Some((name, rest)) = longest.max_by_key(|(name, _)| name.len()) {
        return Some((name.clone(), rest));
    }
    let end = tagged.find(|letter: char| letter.is_whitespace() || ",;:#".contains(letter)).unwrap_or(tagged.len());
    let word = tagged[..end].trim_end_matches(['.', '!', '?', ')']);
    (!word.is_empty()).then(|| (word.to_owned(), &tagged[word.len()..]))
}

/// What stands in quotation marks at the start of a text, straight or as a word processor sets them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    const MARKS: &[char] = &['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'];
    let (name, rest) = text.strip_prefix(MARKS)?.split_once(MARKS)?;
    let name = name.trim();
    (!name.is_empty()).then_some((name, rest))
}

fn known(typed: &str, names: &[String]) -> Option<String> {
    names.iter().find(|name| after(typed, name).is_some_and(str::is_empty)).cloned()
}

/// What follows a name at the start of a text: capitals do not matter, and a hyphen or low line stands for
/// a space; the name ends where a word does.
fn after<'c>(text: &'c str, name: &str) -> Option<&'c str> {
    let plain = |letter: char| if matches!(letter, '-' | '_') { ' ' } else { letter };
    let lower = |letter: char| plain(letter).to_lowercase().collect::<String>();
    let mut left = text.chars();
    for letter in name.chars() {
        if lower(left.next()?) != lower(letter) {
            return None;
        }
    }
    let rest = left.as_str();
    let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric() && !matches!(next, '-' | '_'));
    ends.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["Trust", "Care", "Care partner", "C.A.R.E."].map(str::to_owned).to_vec()
    }

    fn code(name: &str) -> Ask {
        Ask::Code(name.to_owned())
    }

    #[test]
    fn codes_come_first_and_what_follows_is_read_in_its_turn() {
        assert_eq!(read("#trust", &names()), [code("Trust")]);
        assert_eq!(
            read(" #Trust, #access: she says so", &names()),
            [code("Trust"), code("access"), Ask::Memo("she says so".to_owned())]
        );
        assert_eq!(read("#trust #TRUST", &names()), [code("Trust")]);
        assert_eq!(
            read("#trust\nIf known,\nthen they stay", &names()),
            [code("Trust"), Ask::Claim("If known, then they stay".to_owned())]
        );
    }

    #[test]
    fn names_of_several_words_are_known() {
        assert_eq!(
            read("#care partner came late", &names()),
            [code("Care partner"), Ask::Memo("came late".to_owned())]
        );
        assert_eq!(read("#care-partner", &names()), [code("Care partner")]);
        assert_eq!(read("#care partners", &names()), [code("Care"), Ask::Memo("partners".to_owned())]);
        assert_eq!(read("#careful.", &names()), [code("careful")]);
        assert_eq!(codes("trust; Care partner, hope", &names()), [code("Trust"), code("Care partner"), code("hope")]);
        assert_eq!(codes("#trust #hope", &names()), [code("Trust"), code("hope")]);
    }

    #[test]
    fn a_space_or_quotation_marks_behind_the_sign_do_not_matter() {
        assert_eq!(read("# trust", &names()), [code("Trust")]);
        assert_eq!(
            read("# care partner, she says", &names()),
            [code("Care partner"), Ask::Memo("she says".to_owned())]
        );
        assert_eq!(read("#trust\n#care partner", &names()), [code("Trust"), code("Care partner")]);
        assert_eq!(
            read("#trust\n\u{201c}so\u{201d}", &names()),
            [code("Trust"), Ask::Memo("\u{201c}so\u{201d}".to_owned())]
        );
        assert_eq!(read("#\"care partner\" came", &names()), [code("Care partner"), Ask::Memo("came".to_owned())]);
        assert_eq!(read("#\u{201c}Lost hope\u{201d}", &names()), [code("Lost hope")]);
        assert_eq!(read("# nothing known", &names()), [Ask::Memo("# nothing known".to_owned())]);
    }

    #[test]
    fn a_statement_begins_with_if_and_all_else_is_a_memo() {
        assert_eq!(read("if only", &[]), [Ask::Claim("if only".to_owned())]);
        for memo in ["Iffy", "If", "see #trust above", "# 3 of 4", "#"] {
            assert_eq!(read(memo, &[]), [Ask::Memo(memo.to_owned())], "{memo}");
        }
        assert_eq!(read("  ", &[]), []);
    }
}
