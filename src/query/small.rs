//! Operators typed in small letters: they are words, and hardly anybody means them so.

use super::lex::{Token, tokens};
use super::relation;

/// The other operators: those that stand before what they are about, and those that join.
const OTHERS: [&str; 5] = ["AND", "OR", "NOT", "ONLY", "ATLEAST"];

/// Words of a query that would be operators in capitals: as typed, and as the operator is written. Nothing of a line
/// that cannot be read.
pub fn small_operators(line: &str) -> Vec<(String, String)> {
    let tokens = tokens(line).unwrap_or_default();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_value = false;
    for (token, _) in tokens {
        if let Token::Bare(text) = &token
            && let Some(operator) = operator(text).filter(|_| !is_value)
            && !found.iter().any(|(typed, _)| typed == text)
        {
            found.push((text.clone(), operator));
        }
        is_value = matches!(token, Token::Field(_));
    }
    found
}

/// `within` is `WITHIN`, `near` is `NEAR/5`, `near/turn` is `NEAR/turn`.
fn operator(typed: &str) -> Option<String> {
    let (word, distance) = typed.split_once('/').map_or((typed, None), |(word, distance)| (word, Some(distance)));
    let word = word.to_uppercase();
    if !relation::WORDS.contains(&word.as_str()) && !OTHERS.contains(&word.as_str()) {
        return None;
    }
    let distance = distance.or(match word.as_str() {
        "NEAR" => Some("5"),
        "ATLEAST" => Some("2"),
        _ => None,
    });
    Some(distance.map_or_else(|| word.clone(), |distance| format!("{word}/{distance}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_in_small_letters_are_found_and_those_in_capitals_are_not() {
        let of = |line: &str| {
            small_operators(line).into_iter().map(|(typed, written)| format!("{typed} {written}")).collect::<Vec<_>>()
        };
        assert_eq!(
            of("code:a within code:b and Touches or within"),
            ["within WITHIN", "and AND", "Touches TOUCHES", "or OR"]
        );
        assert_eq!(of("a near/5 b near c near/turn d"), ["near/5 NEAR/5", "near NEAR/5", "near/turn NEAR/turn"]);
        assert_eq!(
            of("atleast(a b) precedes/2min only x"),
            ["atleast ATLEAST/2", "precedes/2min PRECEDES/2min", "only ONLY"]
        );
        for meant in [
            "code:a WITHIN code:b",
            "=within",
            "\"not within\"",
            "code:only trust",
            "text:near",
            "nearly without",
            "\"open",
        ] {
            assert!(of(meant).is_empty(), "{meant}: {:?}", of(meant));
        }
    }

    #[test]
    fn what_is_suggested_is_an_operator() {
        for word in relation::WORDS.iter().chain(&OTHERS) {
            let suggested = operator(&word.to_lowercase()).unwrap();
            let line = if *word == "ATLEAST" { format!("{suggested}(a b)") } else { format!("{suggested} a") };
            assert!(!matches!(tokens(&line).unwrap()[0].0, Token::Bare(_)), "{line}");
        }
    }
}
