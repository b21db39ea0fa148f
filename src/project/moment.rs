//! Clock and chance, the two things that make runs differ: asked for here and nowhere else, and both
//! can be fixed.

use super::place::Surroundings;
use crate::id::Id;
use std::cell::Cell;

/// What time it is for this run.
#[allow(clippy::disallowed_methods)] // this is the door
pub fn now(surroundings: &Surroundings) -> jiff::Timestamp {
    surroundings.now.unwrap_or_else(|| {
        jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    })
}

/// `2026-03-14`
pub fn today(surroundings: &Surroundings) -> String {
    now(surroundings).strftime("%Y-%m-%d").to_string()
}

/// A temporary file last written to before this moment belongs to nobody at work.
pub(super) fn left_behind(surroundings: &Surroundings) -> std::time::SystemTime {
    let hour = jiff::SignedDuration::from_hours(1);
    now(surroundings).checked_sub(hour).map_or(std::time::UNIX_EPOCH, Into::into)
}

/// Random bytes: the system's, or a fixed run of them for `(seed, salt)`.
#[derive(Debug)]
pub struct Chance {
    fixed: Option<[u8; 32]>,
    drawn: Cell<u64>,
    millis: u64,
}

impl Chance {
    pub fn new(surroundings: &Surroundings, salt: &str) -> Self {
        let fixed = surroundings
            .seed
            .as_ref()
            .map(|seed| blake3::derive_key("realist fixed chance v1", format!("{seed}\n{salt}").as_bytes()));
        let millis = u64::try_from(now(surroundings).as_millisecond()).unwrap_or(0);
        Chance { fixed, drawn: Cell::new(0), millis }
    }

    fn bytes(&self) -> [u8; 16] {
        let Some(key) = &self.fixed else { return *uuid::Uuid::new_v4().as_bytes() };
        let count = self.drawn.get();
        self.drawn.set(count + 1);
        let hash = blake3::keyed_hash(key, &count.to_le_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        bytes
    }

    /// A UUIDv7 of this moment. Under a fixed seed ids of one run sort in the order they were drawn.
    pub fn id(&self) -> Id {
        let count = self.drawn.get();
        let bytes = self.bytes();
        let mut random = [0; 10];
        random.copy_from_slice(&bytes[..10]);
        if self.fixed.is_some() {
            random[..4].copy_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
        }
        Id::new(self.millis, random)
    }

    /// `digits` random hexadecimal digits, at most 32.
    pub fn hex(&self, digits: usize) -> String {
        let hex = format!("{:032x}", u128::from_be_bytes(self.bytes()));
        hex[..digits].to_owned()
    }

    /// Two characters for a coder's later stream: a letter and a digit, hard to misread.
    pub fn suffix(&self) -> String {
        let bytes = self.bytes();
        let letter = b"abcdefghjkmnpqrstuvwxyz"[usize::from(bytes[0]) % 23];
        let digit = b"23456789"[usize::from(bytes[1]) % 8];
        format!("{}{}", char::from(letter), char::from(digit))
    }
}
