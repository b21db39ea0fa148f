//! How alike two references are: what speaks for and against one report, each with a weight, summed to
//! a certainty.
//!
//! The weights are log odds set by hand, in the manner of Fellegi and Sunter (1969), and checked on pairs
//! labelled by eye (`import/references/labelled.rs`; `docs/import.md` has the figures). A pair begins far below even odds.

use super::Features;

/// The least certainty worth showing to a person.
pub const LEAST: f64 = 0.5;

/// Log odds that two references which share a block are one report, before anything is compared.
const BEFORE: f64 = -6.0;

/// One thing that speaks for (positive) or against (negative).
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub says: String,
    pub weight: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// 0 to 1.
    pub certainty: f64,
    /// The weightiest first.
    pub reasons: Vec<Reason>,
}

/// Compares two references; the same from either side.
pub fn compare(one: &Features, two: &Features) -> Likeness {
    let title = likeness_of_titles(one, two);
    let found = [
        title.as_ref().map(|(similarity, prefix)| said_of_titles(one, two, *similarity, *prefix)),
        about(one.doi.as_ref(), two.doi.as_ref(), ("the same DOI", 7.0), ("different DOIs", -4.0)),
        about(one.pmid.as_ref(), two.pmid.as_ref(), ("the same PMID", 7.0), ("different PMIDs", -5.0)),
        authors(one, two),
        years(one, two),
        journals(one, two),
        places(one, two),
        notices(one, two),
        title.as_ref().and_then(|_| numbers(one, two)),
        (one.is_conference != two.is_conference).then(|| reason("one is a conference paper", -1.0)),
    ];
    let mut reasons: Vec<Reason> = found.into_iter().flatten().filter(|reason| reason.weight != 0.0).collect();
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.says.cmp(&b.says)));
    let odds = BEFORE + reasons.iter().map(|reason| reason.weight).sum::<f64>();
    Likeness { certainty: 1.0 / (1.0 + (-odds).exp()), reasons }
}

fn reason(says: impl Into<String>, weight: f64) -> Reason {
    Reason { says: says.into(), weight }
}

/// Nothing where either side does not say.
fn about(one: Option<&String>, two: Option<&String>, same: (&str, f64), other: (&str, f64)) -> Option<Reason> {
    let (says, weight) = if one? == two? { same } else { other };
    Some(reason(says, weight))
}

/// Similarity of two titles by edit distance (1: the same) and whether one is the beginning of the other.
fn likeness_of_titles(one: &Features, two: &Features) -> Option<(f64, bool)> {
    if one.title.is_empty() || two.title.is_empty() {
        return None;
    }
    if one.title == two.title {
        return Some((1.0, false));
    }
    let (short, long) = if one.title.len() <= two.title.len() { (one, two) } else { (two, one) };
    let is_prefix = short.has_telling_title() && long.title.starts_with(&format!("{} ", short.title));
    Some((strsim::normalized_levenshtein(&one.title, &two.title), is_prefix))
}

fn said_of_titles(one: &Features, two: &Features, similarity: f64, is_prefix: bool) -> Reason {
    let telling = one.has_telling_title() && two.has_telling_title();
    let alike = || format!("titles {:.0} % alike", similarity * 100.0);
    match similarity {
        1.0.. if telling => reason("the same title", 6.0),
        1.0.. => reason("the same title, but a short one", 3.0),
        _ if is_prefix => reason("one title is the beginning of the other", 4.5),
        0.95.. => reason(alike(), if telling { 5.0 } else { 2.0 }),
        0.9.. => reason(alike(), if telling { 4.0 } else { 1.0 }),
        0.8.. => reason(alike(), 2.0),
        0.7.. => reason(alike(), 0.0),
        0.5.. => reason(alike(), -3.0),
        _ => reason("different titles", -6.0),
    }
}

fn authors(one: &Features, two: &Features) -> Option<Reason> {
    let (first, other) = (one.family.as_ref()?, two.family.as_ref()?);
    let near = first == other || first.starts_with(other.as_str()) || other.starts_with(first.as_str());
    let shares_name = one.name_words.iter().any(|word| two.name_words.contains(word));
    if near || shares_name || strsim::normalized_levenshtein(first, other) >= 0.8 {
        return Some(reason("the same first author", 2.0));
    }
    let share = one.families.contains(other) || two.families.contains(first);
    Some(if share { reason("authors in another order", -0.5) } else { reason("different first authors", -4.0) })
}

fn years(one: &Features, two: &Features) -> Option<Reason> {
    let apart = one.year?.abs_diff(two.year?);
    Some(match apart {
        0 => reason("the same year", 1.5),
        1 => reason("one year apart", 0.5),
        2 => reason("two years apart", -2.0),
        years => reason(format!("{years} years apart"), -4.0),
    })
}

/// Journals are the same where a number or any of their names agrees, in full or shortened word by word.
fn journals(one: &Features, two: &Features) -> Option<Reason> {
    if one.issn.iter().any(|issn| two.issn.contains(issn)) {
        return Some(reason("the same ISSN", 1.0));
    }
    if one.journals.is_empty() || two.journals.is_empty() {
        return None;
    }
    let same = one.journals.iter().any(|name| two.journals.iter().any(|other| is_same_journal(name, other)));
    Some(if same { reason("the same journal", 1.0) } else { reason("different journals", -1.5) })
}

/// `j vet intern med` is `journal of veterinary internal medicine`.
fn is_same_journal(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let small = ["of", "the", "and", "for", "in", "on", "de", "la", "et", "und", "amp"];
        name.split(' ').filter(|word| !small.contains(word)).map(str::to_owned).collect()
    };
    let (one, other) = (words(one), words(other));
    let matching = one.iter().zip(&other).all(|(a, b)| a.starts_with(b.as_str()) || b.starts_with(a.as_str()));
    // One may go on, with a subtitle or a place.
    matching && !one.is_empty() && !other.is_empty() && (one.len() == other.len() || one.len().min(other.len()) >= 2)
}

/// Volume and first page. Electronic articles have numbers beside pages, so only two plain numbers differ.
fn places(one: &Features, two: &Features) -> Option<Reason> {
    let volume = one.volume.as_ref().zip(two.volume.as_ref()).map(|(a, b)| a == b);
    let page = one.page.as_ref().zip(two.page.as_ref());
    match (volume, page) {
        (Some(true), Some((a, b))) if a == b => Some(reason("the same volume and page", 3.0)),
        (_, Some((a, b))) if a == b && a != "1" => Some(reason("the same first page", 1.5)),
        (_, Some((a, b))) if is_page(a) && is_page(b) => Some(reason("different pages", -3.0)),
        (Some(false), _) => Some(reason("different volumes", -1.5)),
        (Some(true), _) => Some(reason("the same volume", 0.5)),
        _ => None,
    }
}

/// A page in print: digits, and not the 1 that every article of some journals begins on.
fn is_page(page: &str) -> bool {
    page != "1" && page.len() <= 5 && page.bytes().all(|byte| byte.is_ascii_digit())
}

fn notices(one: &Features, two: &Features) -> Option<Reason> {
    let differing: Vec<&str> = one.notices.symmetric_difference(&two.notices).copied().collect();
    (!differing.is_empty()).then(|| reason(format!("one is a {}", differing.join(" and ")), -8.0))
}

/// Part I is not part II, and one year's report is not the next one's.
fn numbers(one: &Features, two: &Features) -> Option<Reason> {
    (one.title != two.title && one.numbers != two.numbers).then(|| reason("other numbers in the titles", -4.0))
}
