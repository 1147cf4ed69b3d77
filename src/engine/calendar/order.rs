//! Putting the keys of a window in order.

use super::EventKey;
use super::wheel::WIDTH_BITS;

const WIDTH: usize = 1 << WIDTH_BITS;
/// How many keys are counted by tick: with fewer it does not pay, and a byte counts no more.
const COUNTED: core::ops::RangeInclusive<usize> = 12..=u8::MAX as usize;

/// Sorts the `keys` of one window in descending order; `spare` lends its memory.
///
/// There are about as many ticks in a window as keys, so that counting how many keys each tick has
/// tells almost every key its place (distribution counting; Knuth, *The Art of Computer
/// Programming*, volume 3, 5.2).
pub(super) fn sort_descending(keys: &mut Vec<EventKey>, spare: &mut Vec<EventKey>) {
    if !COUNTED.contains(&keys.len()) {
        keys.sort_unstable_by(|one, other| other.cmp(one));
        return;
    }
    let mut places = first_places(keys);
    spare.clear();
    spare.resize(keys.len(), EventKey::NEVER);
    for &key in keys.iter() {
        let place = &mut places[slot(key)];
        spare[usize::from(*place)] = key;
        *place += 1;
    }
    core::mem::swap(keys, spare);
    sort_by_insertion(keys);
}

/// Position of the tick of `key` in its window, from the last one on.
const fn slot(key: EventKey) -> usize {
    !(key.time() as usize) % WIDTH
}

/// The first place of each slot, when slots follow one another: eight slots at a time, in the bytes of
/// one number. There are at most 255 keys, so that no byte overflows.
fn first_places(keys: &[EventKey]) -> [u8; WIDTH] {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let mut places = [0; WIDTH];
    for &key in keys {
        places[slot(key)] += 1;
    }
    let (eights, _) = places.as_chunks_mut::<8>();
    let mut before = 0;
    for eight in eights {
        let n = u64::from_le_bytes(*eight);
        // Times ones, each byte becomes the sum of those up to it.
        let up_to = n.wrapping_mul(EACH) + before * EACH;
        *eight = (up_to - n).to_le_bytes();
        before = up_to >> 56;
    }
    places
}

/// Sorts keys of which few stand in the wrong place, and those near the right one.
fn sort_by_insertion(keys: &mut [EventKey]) {
    for end in 1..keys.len() {
        let key = keys[end];
        let mut place = end;
        while place > 0 && keys[place - 1] < key {
            keys[place] = keys[place - 1];
            place -= 1;
        }
        keys[place] = key;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_of_a_window_come_out_in_descending_order(
            window in 0..3_u32,
            parts in prop::collection::vec((0..1_u32 << WIDTH_BITS, 0..3_u16), 0..400),
            few_ticks in any::<bool>(),
        ) {
            let tick = |tick: u32| if few_ticks { tick % 2 } else { tick };
            let mut keys: Vec<_> = parts
                .iter()
                .map(|(time, tie)| EventKey::new((window << WIDTH_BITS) + tick(*time), 0, *tie, 0))
                .collect();
            let mut sorted = keys.clone();
            sorted.sort();
            sorted.reverse();
            sort_descending(&mut keys, &mut vec![EventKey::NEVER; 3]);
            prop_assert_eq!(keys, sorted);
        }
    }
}
