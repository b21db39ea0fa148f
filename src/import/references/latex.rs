//! What is left of LaTeX once the BibTeX reader has read accents and symbols: commands with an
//! argument, braces, dollars.

use crate::text::words::on_one_line;

/// Words alone: `\textit{Graves'} disease, $p < 0.05$` is `Graves' disease, p < 0.05`.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let mut command = String::new();
                while let Some(next) = letters.next_if(char::is_ascii_alphabetic) {
                    command.push(next);
                }
                if command.is_empty() {
                    out.extend(letters.next());
                } else {
                    let symbol = symbol(&command);
                    if symbol.is_empty() {
                        letters.next_if_eq(&' ');
                    }
                    out.push_str(symbol);
                }
            }
            '{' | '}' | '$' => {}
            '~' => out.push(' '),
            other => out.push(other),
        }
    }
    on_one_line(&out)
}

/// Greek letters and signs that titles of health and social care use; any other command is a matter of
/// looks and goes.
fn symbol(command: &str) -> &'static str {
    match command {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "sigma" => "σ",
        "chi" => "χ",
        "omega" => "ω",
        "geq" | "ge" => "≥",
        "leq" | "le" => "≤",
        "pm" => "±",
        "times" => "×",
        "sim" => "~",
        "textdegree" => "°",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn only_words_are_left() {
        assert_eq!(plain("\\textit{Graves'} disease, $p \\leq 0.05$"), "Graves' disease, p ≤ 0.05");
        assert_eq!(plain("{\\bf B}old~face \\& more"), "Bold face & more");
    }
}
