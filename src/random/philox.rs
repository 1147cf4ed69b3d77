//! The counter-based generator behind every draw.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: u32 = 10;

/// Philox4x32-10: 128 random bits as a pure function of a counter and a key.
///
/// For each key this is a bijection of the counters; different keys give unrelated outputs.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC 2011.
#[inline]
pub const fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let mut words = counter;
    let mut round_key = key;
    let mut round = 0;
    while round < ROUNDS {
        let (high0, low0) = wide_product(MULTIPLIERS[0], words[0]);
        let (high1, low1) = wide_product(MULTIPLIERS[1], words[2]);
        words = [
            high1 ^ words[1] ^ round_key[0],
            low1,
            high0 ^ words[3] ^ round_key[1],
            low0,
        ];
        round_key[0] = round_key[0].wrapping_add(KEY_STEPS[0]);
        round_key[1] = round_key[1].wrapping_add(KEY_STEPS[1]);
        round += 1;
    }
    words
}

/// [`philox4x32_10`] of `N` counters under one key. Counters come word by word
/// (`counters[word][lane]`), blocks go lane by lane.
///
/// The same bits, in a form in which compilers find vector instructions: all lanes take the same
/// steps, words are widened so that a product needs no second place for its high half, and no
/// closure stands in between. In a loop, four lanes cost little more than one block alone.
#[expect(
    clippy::inline_always,
    reason = "round keys are then made once for a loop, which saves a third"
)]
#[inline(always)]
pub(super) fn philox4x32_10_lanes<const N: usize>(
    counters: [[u32; N]; 4],
    key: [u32; 2],
) -> [[u32; 4]; N] {
    let round_keys = round_keys(key);
    let [a, b, c, d] = counters;
    let mut blocks = [[0; 4]; N];
    for (lane, block) in blocks.iter_mut().enumerate() {
        let mut words = [wide(a[lane]), wide(b[lane]), wide(c[lane]), wide(d[lane])];
        for round_key in &round_keys {
            words = wide_round(words, *round_key);
        }
        let [a, b, c, d] = words;
        *block = [split(a).1, split(b).1, split(c).1, split(d).1];
    }
    blocks
}

/// The key of each round.
#[inline]
const fn round_keys(key: [u32; 2]) -> [[u32; 2]; ROUNDS as usize] {
    let mut keys = [key; ROUNDS as usize];
    let mut round = 1;
    while round < keys.len() {
        keys[round] = [
            keys[round - 1][0].wrapping_add(KEY_STEPS[0]),
            keys[round - 1][1].wrapping_add(KEY_STEPS[1]),
        ];
        round += 1;
    }
    keys
}

/// One round on words that lie in the lower half of a wider one; what is above them means nothing.
#[inline]
const fn wide_round(words: [u64; 4], round_key: [u32; 2]) -> [u64; 4] {
    const WORD: u64 = u32::MAX as u64;
    let product0 = (words[0] & WORD) * wide(MULTIPLIERS[0]);
    let product1 = (words[2] & WORD) * wide(MULTIPLIERS[1]);
    [
        (product1 >> 32) ^ words[1] ^ wide(round_key[0]),
        product1,
        (product0 >> 32) ^ words[3] ^ wide(round_key[1]),
        product0,
    ]
}

/// The high and the low word of a product.
#[inline]
const fn wide_product(a: u32, b: u32) -> (u32, u32) {
    split(wide(a) * wide(b))
}

/// A word in the lower half of a wider one.
#[inline]
const fn wide(word: u32) -> u64 {
    word as u64
}

/// The high and the low word of two.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves are what is wanted"
)]
const fn split(words: u64) -> (u32, u32) {
    ((words >> 32) as u32, words as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_published_known_answers_are_reproduced() {
        for (counter, key, expected) in [
            (
                [0; 4],
                [0; 2],
                [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
            ),
            (
                [u32::MAX; 4],
                [u32::MAX; 2],
                [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
            ),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ] {
            assert_eq!(
                philox4x32_10(counter, key),
                expected,
                "counter {counter:x?}"
            );
        }
    }

    proptest! {
        #[test]
        fn lanes_are_what_their_counters_give_one_by_one(
            counters: [[u32; 4]; 5],
            key: [u32; 2],
        ) {
            let lanes = core::array::from_fn(|word| counters.map(|counter| counter[word]));
            let blocks = philox4x32_10_lanes(lanes, key);
            for (lane, counter) in counters.into_iter().enumerate() {
                prop_assert_eq!(blocks[lane], philox4x32_10(counter, key));
            }
        }
    }

    #[test]
    fn it_can_be_evaluated_at_compile_time() {
        const WORDS: [u32; 4] = philox4x32_10([1, 2, 3, 4], [5, 6]);
        assert_eq!(
            WORDS,
            philox4x32_10([1, 2, 3, 4], [5, 6]),
            "the same function"
        );
    }
}
