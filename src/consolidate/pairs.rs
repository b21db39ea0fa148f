//! Which pairs are worth comparing: those whose wordings have a cosine of [`FLOOR`] or more, whatever is
//! denied in them.
//!
//! Found exactly and without comparing every pair: the terms of a statement are gone through from the rarest
//! on, each against the list of earlier statements that hold it. Once what is left of a statement weighs less
//! than the floor allows, a pair that shared nothing so far cannot come to it any more: common words begin no
//! pair, they only add to those begun.

use super::account::Account;
use super::likeness::Weights;

/// Least cosine of two wordings that are compared at all.
pub const FLOOR: f64 = 0.15;

/// Calls `visit` with the places (smaller first) of every pair at the floor or above it.
pub fn visit(accounts: &[Account], weights: &Weights, mut visit: impl FnMut(usize, usize)) {
    let norms: Vec<f64> =
        accounts.iter().map(|one| stems(one).map(|stem| square(weights, stem)).sum::<f64>()).collect();
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); weights.whole.len()];
    let mut sums = vec![0.0_f64; accounts.len()];
    let mut begun: Vec<u32> = Vec::new();
    for (at, account) in accounts.iter().enumerate() {
        let mut own: Vec<u32> = stems(account).collect();
        own.sort_by(|a, b| square(weights, *b).total_cmp(&square(weights, *a)).then(a.cmp(b)));
        let mut left = norms[at];
        for stem in &own {
            // |rest of this| · |all of the other| bounds what a pair can still gain.
            let may_begin = left >= FLOOR * FLOOR * norms[at] * CAUTION;
            let gain = square(weights, *stem);
            for earlier in &holders[*stem as usize] {
                let sum = &mut sums[*earlier as usize];
                if *sum > 0.0 {
                    *sum += gain;
                } else if may_begin {
                    *sum = gain;
                    begun.push(*earlier);
                }
            }
            left -= gain;
        }
        begun.sort_unstable();
        for earlier in begun.drain(..) {
            let earlier = earlier as usize;
            if sums[earlier] >= FLOOR * (norms[at] * norms[earlier]).sqrt() {
                visit(earlier, at);
            }
            sums[earlier] = 0.0;
        }
        for stem in own {
            holders[stem as usize].push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }
}

/// Sums are rounded.
const CAUTION: f64 = 1.0 - 1e-9;

fn square(weights: &Weights, stem: u32) -> f64 {
    weights.whole[stem as usize].powi(2)
}

/// Stems of a wording, each once.
fn stems(account: &Account) -> impl Iterator<Item = u32> {
    account.whole.chunk_by(|a, b| a.stem == b.stem).map(|terms| terms[0].stem)
}
