//! Shards lately read, kept in memory up to so much text: the least lately used go first.

use super::texts::Shard;
use lru::LruCache;
use std::rc::Rc;

/// Bytes of text. A shard whose text was folded for quotations takes ten times its text.
const MOST_TEXT: usize = 16 << 20;

#[derive(Debug)]
pub(super) struct AtHand {
    /// By text version and number.
    shards: LruCache<(String, usize), Rc<Shard>>,
    text: usize,
}

impl Default for AtHand {
    fn default() -> Self {
        AtHand { shards: LruCache::unbounded(), text: 0 }
    }
}

impl AtHand {
    pub(super) fn get(&mut self, place: &(String, usize)) -> Option<Rc<Shard>> {
        self.shards.get(place).map(Rc::clone)
    }

    /// Keeps a shard that is not there yet, if need be in the place of others.
    pub(super) fn put(&mut self, place: (String, usize), shard: Rc<Shard>) {
        self.text += shard.text.len();
        self.shards.put(place, shard);
        while self.text > MOST_TEXT && self.shards.len() > 1 {
            if let Some((_, gone)) = self.shards.pop_lru() {
                self.text -= gone.text.len();
            }
        }
    }

    pub(super) fn clear(&mut self) {
        *self = AtHand::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Header, Voice};
    use std::collections::BTreeMap;

    fn place(number: usize) -> (String, usize) {
        ("version".to_owned(), number)
    }

    fn shard(length: usize) -> Rc<Shard> {
        let header = Header {
            format: 1,
            units: 0,
            turns: 0,
            words: 0,
            voice: Voice::Unknown,
            speakers: Vec::new(),
            studies: Vec::new(),
            particulars: BTreeMap::new(),
        };
        Rc::new(Shard::new(header, "a".repeat(length), Vec::new()))
    }

    #[test]
    fn what_was_used_least_lately_goes_first() {
        let mut at_hand = AtHand::default();
        for number in 0..3 {
            at_hand.put(place(number), shard(MOST_TEXT / 3));
        }
        assert!(at_hand.get(&place(0)).is_some());
        at_hand.put(place(3), shard(MOST_TEXT / 3));
        assert!(at_hand.get(&place(1)).is_none());
        assert!([0, 2, 3].iter().all(|number| at_hand.get(&place(*number)).is_some()));
        at_hand.put(place(4), shard(2 * MOST_TEXT));
        assert!(at_hand.get(&place(4)).is_some(), "one that is too large alone is kept alone");
        assert_eq!((at_hand.shards.len(), at_hand.text), (1, 2 * MOST_TEXT));
    }
}
