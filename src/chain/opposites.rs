//! A thing and its opposite. A wording that begins with `~` (or `not:`) is the opposite of the rest, as causal maps
//! write it; folding the two keeps, for each telling of a link, at which of its ends the opposite stood.

/// Takes the mark of an opposite off a wording; says whether it was there.
///
/// ```
/// use realist::chain::opposites::bare;
/// assert_eq!(bare("~ Improved health"), ("Improved health", true));
/// assert_eq!(bare("~~trust"), ("trust", false));
/// ```
pub fn bare(wording: &str) -> (&str, bool) {
    let mut rest = wording.trim();
    let mut is_opposite = false;
    while let Some(next) = rest.strip_prefix('~').or_else(|| rest.strip_prefix("not:")) {
        rest = next.trim_start();
        is_opposite = !is_opposite;
    }
    (rest, is_opposite)
}
