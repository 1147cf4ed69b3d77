//! A ring of windows for the events of the coming ticks.

use super::EventKey;

/// Ticks of one window, as a power of two.
pub(super) const WIDTH_BITS: u32 = 7;
/// Windows that the ring looks ahead: with ticks of a minute 91 days.
pub(super) const SPAN: u32 = 1 << 10;
const MASK: u32 = SPAN - 1;
const WORDS: usize = SPAN as usize / 64;
/// Keys in one link of a window's chain, so that a link is one cache line.
const KEYS: usize = 7;

/// The number of the window in which `tick` lies.
pub(super) const fn window_of(tick: u32) -> u32 {
    tick >> WIDTH_BITS
}

/// The first tick of window `window`.
pub(super) const fn start_of(window: u32) -> u32 {
    window << WIDTH_BITS
}

/// Unsorted keys of each of the [`SPAN`] windows after some window.
///
/// Putting a key in costs the same however many keys there are; sorting waits until a window is
/// reached, when it holds some tens of keys at most (the timing wheel of Varghese and Lauck, *Hashed
/// and hierarchical timing wheels*, IEEE/ACM Transactions on Networking 5(6), 1997). One bit per
/// window leads to the next that is not empty.
#[derive(Debug)]
pub(super) struct Wheel {
    /// First link of each window.
    heads: Box<[Head; SPAN as usize]>,
    links: Vec<Link>,
    /// First link that is free for use again.
    free: u32,
    /// One bit per window: does it hold a key?
    filled: [u64; WORDS],
    len: usize,
}

/// The first link of a window's chain, and how many keys it holds; the other links are full. To put a
/// key in, a link need not be read.
#[derive(Debug, Clone, Copy)]
struct Head(u32);

impl Head {
    const LEN_BITS: u32 = 3;
    const LEN: u32 = (1 << Self::LEN_BITS) - 1;
    /// Before nothing: full, so that the first key needs a new link.
    const NONE: Self = Self(u32::MAX);

    /// A link with one key.
    fn new(link: usize) -> Self {
        let link = u32::try_from(link).ok();
        let link = link.filter(|link| *link < Self::NONE.link());
        Self(link.expect("a calendar holds fewer than 2^29 events") << Self::LEN_BITS | 1)
    }

    /// Position of the link; no link has that of [`Self::NONE`].
    const fn link(self) -> u32 {
        self.0 >> Self::LEN_BITS
    }

    const fn len(self) -> usize {
        (self.0 & Self::LEN) as usize
    }
}

/// Some keys of one window, and the position of the link with the others.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Link {
    keys: [EventKey; KEYS],
    next: u32,
}

impl Wheel {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self {
            heads: Box::new([Head::NONE; SPAN as usize]),
            links: Vec::with_capacity(capacity.div_ceil(KEYS)),
            free: Head::NONE.link(),
            filled: [0; WORDS],
            len: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Puts `key` in its window, which must lie in the span that the caller keeps to.
    #[inline]
    pub(super) fn put(&mut self, key: EventKey) {
        let window = (window_of(key.time()) & MASK) as usize;
        self.len += 1;
        let head = self.heads[window];
        if head.len() < KEYS {
            self.links[head.link() as usize].keys[head.len()] = key;
            self.heads[window] = Head(head.0 + 1);
        } else {
            self.begin_link(window, key);
        }
    }

    /// Puts `key` in a link of its own, before the others of `window`. Apart, so that putting a key in a
    /// link that has room stays short.
    #[inline(never)]
    fn begin_link(&mut self, window: usize, key: EventKey) {
        self.heads[window] = self.new_link(key, self.heads[window].link());
        self.filled[window / 64] |= 1 << (window % 64);
    }

    /// A link with `key` alone, before the link `next`.
    fn new_link(&mut self, key: EventKey, next: u32) -> Head {
        let idx = self.free as usize;
        if let Some(link) = self.links.get_mut(idx) {
            self.free = link.next;
            link.keys[0] = key;
            link.next = next;
            return Head::new(idx);
        }
        let keys = [key; KEYS];
        self.links.push(Link { keys, next });
        Head::new(self.links.len() - 1)
    }

    /// The first window after `window` that holds a key.
    pub(super) fn next_window(&self, window: u32) -> Option<u32> {
        if self.len == 0 {
            return None;
        }
        let start = window + 1;
        let first = start & MASK;
        let word = first as usize / 64;
        let here = self.filled[word] & (u64::MAX << (first % 64));
        let found = if here != 0 {
            bit_number(word, here)
        } else {
            self.next_word(word)
        };
        Some(start + (found.wrapping_sub(first) & MASK))
    }

    /// The first filled window in the words after `word`, around the ring to itself.
    fn next_word(&self, word: usize) -> u32 {
        let found = (1..=WORDS)
            .map(|ahead| (word + ahead) % WORDS)
            .find(|&other| self.filled[other] != 0)
            .expect("a wheel that holds keys has a filled window");
        bit_number(found, self.filled[found])
    }

    /// Moves all keys of `window` to `keys`.
    pub(super) fn drain(&mut self, window: u32, keys: &mut Vec<EventKey>) {
        let window = (window & MASK) as usize;
        let head = core::mem::replace(&mut self.heads[window], Head::NONE);
        let (mut idx, mut len) = (head.link(), head.len());
        while let Some(link) = self.links.get_mut(idx as usize) {
            let filled = keys.len() + len;
            // All places of a link at once: it costs less than asking how many.
            keys.extend_from_slice(&link.keys);
            keys.truncate(filled);
            self.len -= len;
            len = KEYS;
            let next = core::mem::replace(&mut link.next, self.free);
            self.free = core::mem::replace(&mut idx, next);
        }
        self.filled[window / 64] &= !(1 << (window % 64));
    }

    /// The smallest key in `window`, or [`EventKey::NEVER`].
    pub(super) fn first_in(&self, window: u32) -> EventKey {
        let head = self.heads[(window & MASK) as usize];
        let (mut idx, mut len) = (head.link(), head.len());
        let mut smallest = EventKey::NEVER;
        while let Some(link) = self.links.get(idx as usize) {
            let keys = &link.keys[..len];
            smallest = keys.iter().fold(smallest, |first, key| first.min(*key));
            (idx, len) = (link.next, KEYS);
        }
        smallest
    }

    pub(super) fn clear(&mut self) {
        self.heads.fill(Head::NONE);
        self.links.clear();
        self.free = Head::NONE.link();
        self.filled.fill(0);
        self.len = 0;
    }
}

/// The number of the lowest set bit of `bits`, counted through all words when these are word
/// `word`.
fn bit_number(word: usize, bits: u64) -> u32 {
    let word = u32::try_from(word).expect("a wheel has fewer than 2^32 windows");
    64 * word + bits.trailing_zeros()
}

impl Clone for Wheel {
    fn clone(&self) -> Self {
        Self {
            heads: self.heads.clone(),
            links: self.links.clone(),
            free: self.free,
            filled: self.filled,
            len: self.len,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.heads.clone_from(&source.heads);
        self.links.clone_from(&source.links);
        self.free = source.free;
        self.filled = source.filled;
        self.len = source.len;
    }
}
