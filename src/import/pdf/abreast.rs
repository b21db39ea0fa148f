//! Many things worked on at once, as many as the machine has processors for, and answered in their order.

use crate::import::THREADS;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Things that a thread must find to do to be worth starting.
const FEWEST: usize = 8;
/// Bytes of a thread's stack: as much as the main one has, for what is nested deep.
const STACK: usize = 8 << 20;

/// What `work` makes of each thing. Where no thread can be had this one does it all; a panic in one is
/// a panic here.
pub fn map<T: Sync, A: Send>(things: &[T], work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let go_on = || {
        let take = || {
            let place = next.fetch_add(1, Ordering::Relaxed);
            Some((place, things.get(place)?))
        };
        std::iter::from_fn(take).map(|(place, thing)| (place, work(thing))).collect::<Vec<_>>()
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let helpers = processors.min(usize::from(THREADS)).min(things.len() / FEWEST).saturating_sub(1);
    let mut done = thread::scope(|scope| {
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, go_on).ok();
        let started: Vec<_> = (0..helpers).filter_map(start).collect();
        let mut done = go_on();
        for helper in started {
            done.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..1_000).collect();
        assert_eq!(map(&things, |thing| thing * 2), things.iter().map(|thing| thing * 2).collect::<Vec<_>>());
        assert!(map(&things[..0], |thing| *thing).is_empty());
    }

    #[test]
    #[should_panic(expected = "on 500")]
    fn a_panic_is_not_lost() {
        let things: Vec<usize> = (0..1_000).collect();
        map(&things, |thing| assert!(*thing != 500, "on {thing}"));
    }
}
