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

/// [`philox4x32_10`] of several counters under one key, in step with each other, so that a compiler
/// can use vector instructions.
#[inline]
pub(super) fn in_step<const N: usize>(counters: [[u32; 4]; N], key: [u32; 2]) -> [[u32; 4]; N] {
    // Words in the lower halves; what is left in the upper halves of products is never looked at.
    let mut words: [[u64; N]; 4] =
        core::array::from_fn(|word| counters.map(|counter| u64::from(counter[word])));
    let mut round_key = key;
    for _ in 0..ROUNDS {
        let keys = round_key.map(u64::from);
        for lane in 0..N {
            let first = u64::from(MULTIPLIERS[0]) * (words[0][lane] & LOW);
            let second = u64::from(MULTIPLIERS[1]) * (words[2][lane] & LOW);
            words[0][lane] = (second >> 32) ^ words[1][lane] ^ keys[0];
            words[1][lane] = second;
            words[2][lane] = (first >> 32) ^ words[3][lane] ^ keys[1];
            words[3][lane] = first;
        }
        round_key[0] = round_key[0].wrapping_add(KEY_STEPS[0]);
        round_key[1] = round_key[1].wrapping_add(KEY_STEPS[1]);
    }
    core::array::from_fn(|lane| words.map(|word| low(word[lane])))
}

/// The lower half of a number.
const LOW: u64 = 0xffff_ffff;

#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower half is what is wanted"
)]
const fn low(number: u64) -> u32 {
    number as u32
}

/// The high and the low word of a product.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves are what is wanted"
)]
const fn wide_product(a: u32, b: u32) -> (u32, u32) {
    let product = a as u64 * b as u64;
    ((product >> 32) as u32, product as u32)
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn counters_in_step_give_what_each_gives_alone() {
        let counter = |i: u32| [i, u32::MAX - i, i.wrapping_mul(0x9e37_79b9), i << 16];
        for start in 0..1_000 {
            let counters = core::array::from_fn::<_, 5, _>(|lane| {
                counter(5 * start + u32::try_from(lane).expect("few lanes"))
            });
            let key = [start, !start];
            assert_eq!(
                in_step(counters, key),
                counters.map(|counter| philox4x32_10(counter, key)),
                "counters {counters:x?}"
            );
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
