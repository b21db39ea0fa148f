//! Made statements: 2,000 claims, each told about five times in other words: words of a claim are drawn from a
//! vocabulary of 4,000 in which the n-th word is met n times more rarely than the first, and one in three is
//! put in another's place at each telling.

use realist::hypothesis::{Hypothesis, PartKind};
use realist::id::Id;

pub const STATEMENTS: usize = 10_000;
pub const CLAIMS: usize = 2_000;
const WORDS: u32 = 4_000;

/// Numbers that look like chance and are the same every time.
pub fn below(state: &mut u64, end: u32) -> u32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    u32::try_from((*state >> 33) % u64::from(end)).unwrap_or(0)
}

/// By Zipf's law, near enough: the n-th word in proportion to 1 / n.
fn word(state: &mut u64) -> String {
    let share = f64::from(below(state, 1_000_000)) / 1_000_000.0;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and WORDS
    let rank = f64::from(WORDS).powf(share) as u32;
    let letters = |mut number: u32| {
        let mut word = String::from("z");
        for _ in 0..4 {
            word.push(char::from(b'a' + u8::try_from(number % 20).unwrap_or(0)));
            word.push(['o', 'a', 'u'][(number % 3) as usize]);
            number /= 20;
        }
        word
    };
    letters(rank)
}

pub fn statements() -> Vec<Hypothesis> {
    const KINDS: [(PartKind, usize); 4] =
        [(PartKind::Context, 5), (PartKind::Resource, 5), (PartKind::Reasoning, 4), (PartKind::Outcome, 4)];
    let mut state = 7;
    let claims: Vec<Vec<Vec<String>>> = (0..CLAIMS)
        .map(|_| KINDS.iter().map(|(_, words)| (0..*words).map(|_| word(&mut state)).collect()).collect())
        .collect();
    (0..STATEMENTS)
        .map(|at| {
            let mut held: Hypothesis = serde_json::from_value(serde_json::json!({})).expect("a statement may be empty");
            held.id = Id::new(at as u64 + 1, [0; 10]);
            for ((kind, _), words) in KINDS.iter().zip(&claims[at % CLAIMS]) {
                let told: Vec<String> = words
                    .iter()
                    .map(|one| if below(&mut state, 3) == 0 { word(&mut state) } else { one.clone() })
                    .collect();
                let part = serde_json::json!({ "kind": kind, "text": told.join(" ") });
                held.parts.push(serde_json::from_value(part).expect("a part has a kind and a text"));
            }
            held
        })
        .collect()
}
