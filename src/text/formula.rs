//! Texts in tables that spreadsheets would run as formulas: those that begin with `=`, `+`, `-`, `@`, tab or
//! a line break, also behind spaces, and the wide signs that some read alike. An apostrophe before them keeps them from running.

/// What begins a formula.
const RUNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Keeps a spreadsheet from running a text as a formula. A text that looks guarded already gets another
/// apostrophe, so that [`unguard`] gives back what was written.
pub fn guard(text: &str) -> String {
    if runs_below(text) { format!("'{text}") } else { text.to_owned() }
}

/// Takes the guard off again.
pub fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| runs_below(rest)).unwrap_or(text)
}

/// It would run, were it not for apostrophes.
fn runs_below(text: &str) -> bool {
    text.trim_start_matches('\'').trim_start_matches([' ', '\u{a0}', '\u{feff}']).starts_with(RUNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_kept_from_running() {
        for start in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u{a0}+1", "＝1"] {
            assert_eq!(guard(start), format!("'{start}"));
            assert_eq!(unguard(&guard(start)), start);
            assert_eq!(unguard(&guard(&guard(start))), guard(start));
        }
        assert_eq!(guard("a=b"), "a=b");
    }
}
