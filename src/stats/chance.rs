//! Chance with a memory: every draw has a random stream of its own, named by the recorded seed and the
//! number of the draw. The same seed gives the same answer on every machine, on any number of threads.

use rand::SeedableRng;
use rand::seq::SliceRandom;
pub use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// How many draws are made, and from what seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Draws {
    pub number: u32,
    pub seed: u64,
}

/// Makes the draws on all the machine's threads; the answers stand in the order of the draws.
pub fn draw<T: Send>(draws: Draws, one: impl Fn(&mut ChaCha8Rng) -> T + Sync) -> Vec<T> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(draws.number.max(1) as usize);
    let share = draws.number.div_ceil(u32::try_from(workers).unwrap_or(1)).max(1);
    let one = &one;
    let run = move |first: u32| {
        let last = first.saturating_add(share).min(draws.number);
        (first..last).map(|number| one(&mut stream(draws.seed, number))).collect::<Vec<T>>()
    };
    std::thread::scope(|scope| {
        let starts = (0..draws.number).step_by(share as usize);
        let threads: Vec<_> = starts.map(|first| scope.spawn(move || run(first))).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, Vec<T>>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    })
}

/// Monte Carlo p-value: the share of shuffles at least as extreme as what was observed, which counts as
/// one of them, `(1 + hits) / (1 + draws)`. Davison and Hinkley, Bootstrap Methods, 1997, 4.2.
pub fn permutation_p(draws: Draws, is_as_extreme: impl Fn(&mut ChaCha8Rng) -> bool + Sync) -> f64 {
    let hits = draw(draws, is_as_extreme).into_iter().filter(|hit| *hit).count();
    (1 + hits) as f64 / (1.0 + f64::from(draws.number))
}

/// Puts a list into an order by chance.
pub fn shuffle<T>(list: &mut [T], rng: &mut ChaCha8Rng) {
    list.shuffle(rng);
}

fn stream(seed: u64, number: u32) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(u64::from(number));
    rng
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;
    use rand::RngExt;

    #[test]
    fn a_seed_gives_the_same_draws_for_ever() {
        let three = |seed| draw(Draws { number: 3, seed }, |rng| rng.random_range(0..1_000_000_u32));
        assert_eq!(three(1), three(1));
        assert_ne!(three(1), three(2));
        // Written down once: a library that drew differently would change every interval ever published.
        assert_eq!(three(1), PINNED);
    }

    const PINNED: [u32; 3] = [549_378, 890_467, 567_176];

    #[test]
    fn every_draw_is_made_once() {
        for number in [0, 1, 7, 100] {
            assert_eq!(draw(Draws { number, seed: 1 }, |_| ()).len(), number as usize);
        }
        close(permutation_p(Draws { number: 9, seed: 1 }, |_| true), 1.0, 1e-12);
        close(permutation_p(Draws { number: 9, seed: 1 }, |_| false), 0.1, 1e-12);
    }
}
