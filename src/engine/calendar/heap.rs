//! A 4-ary implicit heap of event keys, smallest on top.

use super::EventKey;

/// The pending events whose place in time does not allow anything faster.
///
/// Four children share one aligned group, so that a step down touches one cache line (*The
/// influence of caches on the performance of heaps*, ACM Journal of Experimental Algorithmics 1,
/// 1996). Unused places hold [`EventKey::NEVER`], so that the smallest of four is found without
/// asking how many there are.
#[derive(Debug)]
pub(super) struct QuadHeap {
    root: EventKey,
    /// Group `g` holds the children of place `g`; place `4 g + s + 1` is slot `s` of group `g`.
    groups: Vec<Group>,
    len: usize,
}

/// Four sibling keys, half a cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Group([EventKey; 4]);

impl QuadHeap {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self {
            root: EventKey::NEVER,
            groups: Vec::with_capacity(capacity / 4),
            len: 0,
        }
    }

    /// The smallest key, or [`EventKey::NEVER`].
    pub(super) fn first(&self) -> EventKey {
        self.root
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, key: EventKey) {
        let mut place = self.len;
        self.len += 1;
        if place > 4 * self.groups.len() {
            self.groups.push(Group([EventKey::NEVER; 4]));
        }
        while place > 0 {
            let parent = (place - 1) / 4;
            let above = self.key_at(parent);
            if above <= key {
                break;
            }
            self.put_at(place, above);
            place = parent;
        }
        self.put_at(place, key);
    }

    /// Removes the smallest key, or gives [`EventKey::NEVER`].
    pub(super) fn pop(&mut self) -> EventKey {
        let smallest = self.root;
        if self.len <= 1 {
            self.clear();
        } else {
            self.len -= 1;
            let last = self.key_at(self.len);
            self.put_at(self.len, EventKey::NEVER);
            self.groups.truncate(self.len.div_ceil(4));
            self.sink(last);
        }
        smallest
    }

    pub(super) fn clear(&mut self) {
        self.root = EventKey::NEVER;
        self.groups.clear();
        self.len = 0;
    }

    /// Puts `key` in the place of the root and lets it sink to where it belongs.
    fn sink(&mut self, key: EventKey) {
        let mut place = 0;
        while let Some(children) = self.groups.get(place) {
            let (child, slot) = smallest_of(&children.0);
            if key <= child {
                break;
            }
            self.put_at(place, child);
            place = 4 * place + slot + 1;
        }
        self.put_at(place, key);
    }

    fn key_at(&self, place: usize) -> EventKey {
        if place == 0 {
            self.root
        } else {
            self.groups[(place - 1) / 4].0[(place - 1) % 4]
        }
    }

    fn put_at(&mut self, place: usize, key: EventKey) {
        if place == 0 {
            self.root = key;
        } else {
            self.groups[(place - 1) / 4].0[(place - 1) % 4] = key;
        }
    }
}

/// The smallest of four keys and its slot, by comparisons that the processor need not predict.
fn smallest_of(keys: &[EventKey; 4]) -> (EventKey, usize) {
    let left = if keys[1] < keys[0] {
        (keys[1], 1)
    } else {
        (keys[0], 0)
    };
    let right = if keys[3] < keys[2] {
        (keys[3], 3)
    } else {
        (keys[2], 2)
    };
    if right.0 < left.0 { right } else { left }
}

impl Clone for QuadHeap {
    fn clone(&self) -> Self {
        Self {
            root: self.root,
            groups: self.groups.clone(),
            len: self.len,
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.root = source.root;
        self.groups.clone_from(&source.groups);
        self.len = source.len;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_heap_sorts(times in prop::collection::vec(0_u32..50, 0..200)) {
            let mut heap = QuadHeap::with_capacity(0);
            for &time in &times {
                heap.push(EventKey::new(time, 0, 0, 0));
            }
            let mut sorted = times;
            sorted.sort_unstable();
            for time in sorted {
                prop_assert_eq!(heap.pop(), EventKey::new(time, 0, 0, 0));
            }
            prop_assert_eq!(heap.pop(), EventKey::NEVER);
            prop_assert_eq!(heap.len(), 0);
        }
    }
}
