//! A ring of one-tick buckets for the events of the coming ticks.

use super::{EventKey, QuadHeap};

/// Ticks that the ring looks ahead: with ticks of a minute almost 23 days.
pub(super) const SPAN: u32 = 1 << 15;
const MASK: u32 = SPAN - 1;
const WORDS: usize = SPAN as usize / 64;
/// The end of a bucket's chain, and of the chain of free nodes.
const NONE: u32 = u32::MAX;

/// Unsorted buckets, one for each of the [`SPAN`] ticks from some tick on.
///
/// Putting a key in costs the same however many keys there are; sorting waits until a bucket's
/// tick is reached, when it holds a few keys at most (the timing wheel of Varghese and Lauck,
/// *Hashed and hierarchical timing wheels*, IEEE/ACM Transactions on Networking 5(6), 1997). Two
/// levels of bits lead to the next bucket that is not empty.
#[derive(Debug)]
pub(super) struct Wheel {
    /// First node of each bucket.
    heads: Vec<u32>,
    nodes: Vec<Node>,
    /// First node that is free for use again.
    free: u32,
    /// One bit per bucket: does it hold a key?
    filled: Vec<u64>,
    /// One bit per word of `filled`: is any of its bits set?
    filled_words: [u64; WORDS / 64],
    len: usize,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    key: EventKey,
    next: u32,
}

impl Wheel {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self {
            heads: vec![NONE; SPAN as usize],
            nodes: Vec::with_capacity(capacity),
            free: NONE,
            filled: vec![0; WORDS],
            filled_words: [0; WORDS / 64],
            len: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Puts `key` in the bucket of its tick, which must lie in the span that the caller keeps to.
    pub(super) fn put(&mut self, key: EventKey) {
        let bucket = (key.time() & MASK) as usize;
        let node = Node {
            key,
            next: self.heads[bucket],
        };
        self.heads[bucket] = self.store(node);
        self.filled[bucket / 64] |= 1 << (bucket % 64);
        self.filled_words[bucket / 4096] |= 1 << (bucket / 64 % 64);
        self.len += 1;
    }

    fn store(&mut self, node: Node) -> u32 {
        let idx = self.free;
        if let Some(place) = self.nodes.get_mut(idx as usize) {
            self.free = place.next;
            *place = node;
            return idx;
        }
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).expect("a calendar holds fewer than 2^32 events")
    }

    /// The first tick from `start` on whose bucket holds a key.
    pub(super) fn next_tick(&self, start: u32) -> Option<u32> {
        if self.len == 0 {
            return None;
        }
        let first = start & MASK;
        let bucket = self.next_bucket(first as usize);
        Some(start + (bucket.wrapping_sub(first) & MASK))
    }

    /// The first filled bucket from `first` on, around the ring; there must be one.
    fn next_bucket(&self, first: usize) -> u32 {
        let word = first / 64;
        let here = self.filled[word] & (u64::MAX << (first % 64));
        if here != 0 {
            return bit_number(word, here);
        }
        let later = (word + 1) % WORDS;
        let block = later / 64;
        let in_block = self.filled_words[block] & (u64::MAX << (later % 64));
        let found = if in_block != 0 {
            bit_number(block, in_block)
        } else {
            self.next_word(block)
        };
        bit_number(found as usize, self.filled[found as usize])
    }

    /// The first word with a set bit in the blocks after `block`, around the ring to itself.
    fn next_word(&self, block: usize) -> u32 {
        let blocks = self.filled_words.len();
        let found = (1..=blocks)
            .map(|ahead| (block + ahead) % blocks)
            .find(|&other| self.filled_words[other] != 0)
            .expect("a wheel that holds keys has a filled bucket");
        bit_number(found, self.filled_words[found])
    }

    /// Moves all keys of the bucket of `tick` to `heap`.
    pub(super) fn drain(&mut self, tick: u32, heap: &mut QuadHeap) {
        let bucket = (tick & MASK) as usize;
        let mut idx = core::mem::replace(&mut self.heads[bucket], NONE);
        while let Some(node) = self.nodes.get_mut(idx as usize) {
            heap.push(node.key);
            let next = core::mem::replace(&mut node.next, self.free);
            self.free = core::mem::replace(&mut idx, next);
            self.len -= 1;
        }
        self.filled[bucket / 64] &= !(1 << (bucket % 64));
        if self.filled[bucket / 64] == 0 {
            self.filled_words[bucket / 4096] &= !(1 << (bucket / 64 % 64));
        }
    }

    /// The smallest key in the bucket of `tick`, or [`EventKey::NEVER`].
    pub(super) fn first_at(&self, tick: u32) -> EventKey {
        let mut smallest = EventKey::NEVER;
        let mut idx = self.heads[(tick & MASK) as usize];
        while let Some(node) = self.nodes.get(idx as usize) {
            smallest = smallest.min(node.key);
            idx = node.next;
        }
        smallest
    }

    pub(super) fn clear(&mut self) {
        self.heads.fill(NONE);
        self.nodes.clear();
        self.free = NONE;
        self.filled.fill(0);
        self.filled_words.fill(0);
        self.len = 0;
    }
}

/// The number of the lowest set bit of `bits`, counted through all words when these are word
/// `word`.
fn bit_number(word: usize, bits: u64) -> u32 {
    let word = u32::try_from(word).expect("a wheel has fewer than 2^32 buckets");
    64 * word + bits.trailing_zeros()
}

impl Clone for Wheel {
    fn clone(&self) -> Self {
        Self {
            heads: self.heads.clone(),
            nodes: self.nodes.clone(),
            free: self.free,
            filled: self.filled.clone(),
            filled_words: self.filled_words,
            len: self.len,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.heads.clone_from(&source.heads);
        self.nodes.clone_from(&source.nodes);
        self.free = source.free;
        self.filled.clone_from(&source.filled);
        self.filled_words = source.filled_words;
        self.len = source.len;
    }
}
