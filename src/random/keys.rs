//! From names of draws to random bits.

use super::philox::philox4x32_10_lanes;
use super::{Purpose, philox4x32_10};

/// Blocks that are drawn at once: as many as the vector registers of every processor can work on.
const FOUR: usize = 4;

/// The source of all draws of one replication: a master seed and a replication number.
///
/// Holds no state, so that a copy draws the same values and any replication can be redrawn alone.
///
/// ```
/// use zorgdruk::random::{Keys, Purpose, Stratum};
/// let stratum = Stratum { region: 3, class: 1 };
/// let block = Keys::new(2021, 0).block(Purpose::PlannedIcStay, stratum, 17, 0);
/// assert_eq!(block, Keys::new(2021, 0).block(Purpose::PlannedIcStay, stratum, 17, 0));
/// assert!(block.uniform(0) > 0.0 && block.uniform(0) < 1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys {
    seed: u64,
    replication: u32,
}

/// The region and class that a draw belongs to. Entities are numbered within a stratum, so that one
/// more patient in one region changes nobody elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    /// Index of the region.
    pub region: u8,
    /// Class within the region, numbered by whoever draws.
    pub class: u8,
}

/// 128 random bits: two uniforms, or four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block([u32; 4]);

impl Keys {
    /// The draws of one replication under a master seed.
    pub const fn new(seed: u64, replication: u32) -> Self {
        Self { seed, replication }
    }

    /// The random bits with this name.
    ///
    /// `entity` numbers patients, days or agents within the stratum; `block` numbers the draws of
    /// one entity for one purpose. Counter: replication, entity, region | class | purpose, block.
    #[inline]
    #[must_use]
    pub const fn block(self, purpose: Purpose, stratum: Stratum, entity: u32, block: u32) -> Block {
        Block(philox4x32_10(
            [self.replication, entity, name(purpose, stratum), block],
            halves(self.seed),
        ))
    }

    /// The first block of one entity for each of several purposes: what [`Self::block`] gives one by
    /// one. Blocks are drawn four by four, and four cost little more than one.
    #[expect(clippy::inline_always, reason = "as the lanes themselves")]
    #[inline(always)]
    #[must_use]
    pub fn blocks_for<const N: usize>(
        self,
        purposes: [Purpose; N],
        stratum: Stratum,
        entity: u32,
    ) -> [Block; N] {
        let mut blocks = [Block([0; 4]); N];
        for (purposes, blocks) in purposes.chunks(FOUR).zip(blocks.chunks_mut(FOUR)) {
            // Lanes past the last purpose are drawn along and left out.
            let lanes = core::array::from_fn(|lane| purposes[lane.min(purposes.len() - 1)]);
            let drawn = self.first_blocks([entity; FOUR], lanes.map(|lane| name(lane, stratum)));
            blocks.copy_from_slice(&drawn[..blocks.len()]);
        }
        blocks
    }

    /// The first blocks of four entities in a row: what [`Self::block`] gives one by one. Four cost
    /// little more than one.
    #[expect(clippy::inline_always, reason = "as the lanes themselves")]
    #[inline(always)]
    #[must_use]
    pub fn blocks_from(self, purpose: Purpose, stratum: Stratum, first: u32) -> [Block; FOUR] {
        let entities = [0, 1, 2, 3].map(|lane| first.wrapping_add(lane));
        self.first_blocks(entities, [name(purpose, stratum); FOUR])
    }

    #[expect(clippy::inline_always, reason = "as the lanes themselves")]
    #[inline(always)]
    fn first_blocks(self, entities: [u32; FOUR], names: [u32; FOUR]) -> [Block; FOUR] {
        let counters = [[self.replication; FOUR], entities, names, [0; FOUR]];
        let [a, b, c, d] = philox4x32_10_lanes(counters, halves(self.seed));
        [Block(a), Block(b), Block(c), Block(d)]
    }
}

/// Purpose and stratum as one word of a counter: region | class | purpose.
#[inline]
const fn name(purpose: Purpose, stratum: Stratum) -> u32 {
    u32::from_be_bytes([
        stratum.region,
        stratum.class,
        purpose.id().to_be_bytes()[0],
        purpose.id().to_be_bytes()[1],
    ])
}

impl Stratum {
    /// Draws that belong to no region and no class; never equal to a real region's.
    pub const NATIONAL: Self = Self {
        region: u8::MAX,
        class: u8::MAX,
    };

    /// Draws that belong to the region at a position, to no class. Positions are bounded far below
    /// 255 when a scenario is checked.
    pub const fn of_region(region: usize) -> Self {
        Self {
            region: position(region),
            class: u8::MAX,
        }
    }

    /// The same draws for one stream of patients.
    #[must_use]
    pub const fn with_class(self, class: usize) -> Self {
        Self {
            region: self.region,
            class: position(class),
        }
    }
}

/// A position as one byte of a key.
const fn position(position: usize) -> u8 {
    assert!(
        position < u8::MAX as usize,
        "too many regions or classes for a key"
    );
    #[expect(clippy::cast_possible_truncation, reason = "checked above")]
    let byte = position as u8;
    byte
}

impl Block {
    /// Uniform number `i`, 0 or 1, strictly between 0 and 1.
    ///
    /// An odd multiple of 2⁻⁵³ made from 52 random bits: every value and its complement `1 - u` are
    /// exact, so that both tails of a distribution are served alike. (With 53 bits the value
    /// nearest to one would round to one.)
    ///
    /// # Panics
    ///
    /// If `i` is neither 0 nor 1.
    #[inline]
    #[must_use]
    pub const fn uniform(self, i: usize) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
        ((self.bits(i) >> 12) as f64 + 0.5) * STEP
    }

    /// Word `i` of four, for marks and ties.
    ///
    /// # Panics
    ///
    /// If `i` exceeds 3.
    #[inline]
    #[must_use]
    pub const fn word(self, i: usize) -> u32 {
        self.0[i]
    }

    /// The 64 bits of words `2 i` (low) and `2 i + 1` (high).
    const fn bits(self, i: usize) -> u64 {
        self.0[2 * i] as u64 | (self.0[2 * i + 1] as u64) << 32
    }
}

/// The master seed of another experiment: the `n`-th seed under this label.
///
/// Runs that must be independent (calibration, confirmation) take derived seeds; `seed + 1` would
/// let sets of neighboring seeds overlap.
#[must_use]
pub const fn derive_seed(seed: u64, label: Purpose, n: u32) -> u64 {
    let name = (label.id() as u32) << 16 | Purpose::DerivedSeed.id() as u32;
    Block(philox4x32_10([0, n, name, 0], halves(seed))).bits(0)
}

/// The low and the high word of a seed.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves are what is wanted"
)]
const fn halves(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KEYS: Keys = Keys::new(0x0123_4567_89ab_cdef, 7);
    const STRATUM: Stratum = Stratum {
        region: 2,
        class: 1,
    };

    #[test]
    fn the_counter_is_laid_out_as_documented() {
        let block = KEYS.block(Purpose::ParameterDraw, STRATUM, 11, 13);
        let words = philox4x32_10([7, 11, 0x0201_0064, 13], [0x89ab_cdef, 0x0123_4567]);
        assert_eq!(
            block,
            Block(words),
            "replication, entity, stratum and purpose, block"
        );
    }

    #[test]
    fn blocks_drawn_together_are_those_drawn_one_by_one() {
        let purposes = [
            Purpose::CovidHospital,
            Purpose::AcuteStay,
            Purpose::PlannedDeath,
            Purpose::DerivedSeed,
            Purpose::TieMark,
        ];
        assert_eq!(
            KEYS.blocks_for(purposes, STRATUM, 17),
            purposes.map(|purpose| KEYS.block(purpose, STRATUM, 17, 0)),
            "five purposes of one entity"
        );
        assert_eq!(
            KEYS.blocks_from(Purpose::AcuteArrival, STRATUM, u32::MAX - 1),
            [u32::MAX - 1, u32::MAX, 0, 1].map(|entity| KEYS.block(
                Purpose::AcuteArrival,
                STRATUM,
                entity,
                0
            )),
            "four entities"
        );
    }

    #[test]
    fn every_part_of_the_name_changes_the_draw() {
        let elsewhere = Stratum {
            region: 1,
            class: 2,
        };
        let blocks = [
            KEYS.block(Purpose::AcuteStay, STRATUM, 0, 0),
            KEYS.block(Purpose::AcuteStay, STRATUM, 0, 1),
            KEYS.block(Purpose::AcuteStay, STRATUM, 1, 0),
            KEYS.block(Purpose::AcuteStay, elsewhere, 0, 0),
            KEYS.block(Purpose::AcuteStay, Stratum::of_region(2), 0, 0),
            KEYS.block(Purpose::AcuteStay, Stratum::NATIONAL, 0, 0),
            KEYS.block(Purpose::AcuteArrival, STRATUM, 0, 0),
            Keys::new(0x0123_4567_89ab_cdef, 8).block(Purpose::AcuteStay, STRATUM, 0, 0),
            Keys::new(0x0123_4567_89ab_cdee, 7).block(Purpose::AcuteStay, STRATUM, 0, 0),
        ];
        let distinct: BTreeSet<u32> = blocks.iter().map(|block| block.word(0)).collect();
        assert_eq!(
            distinct.len(),
            blocks.len(),
            "no two names share their bits"
        );
    }

    #[test]
    fn a_uniform_lies_strictly_between_zero_and_one_and_mirrors_exactly() {
        let (lowest, highest) = (Block([0; 4]), Block([u32::MAX; 4]));
        for i in [0, 1] {
            let (low, high) = (lowest.uniform(i), highest.uniform(i));
            assert!(low > 0.0, "above zero: {low}");
            assert!(high < 1.0, "below one: {high}");
            assert_eq!((1.0 - high).to_bits(), low.to_bits(), "the ends mirror");
        }
    }

    #[test]
    fn the_two_uniforms_use_different_words() {
        let block = Block([1, 2, 3, 4]);
        assert_eq!(block.bits(0), 0x0000_0002_0000_0001, "the first two words");
        assert_eq!(block.bits(1), 0x0000_0004_0000_0003, "the last two words");
    }

    #[test]
    fn keyed_uniforms_are_uniform_and_uncorrelated() {
        let n = 200_000_u32;
        let (mut sum, mut squares, mut products, mut previous) = (0.0, 0.0, 0.0, 0.5);
        for entity in 0..n {
            let centered = KEYS.block(Purpose::TieMark, STRATUM, entity, 0).uniform(0) - 0.5;
            sum += centered;
            squares += centered * centered;
            products += centered * previous;
            previous = centered;
        }
        let count = f64::from(n);
        assert!((sum / (count / 12.0).sqrt()).abs() < 5.0, "mean one half");
        assert!(
            ((squares - count / 12.0) / (count / 180.0).sqrt()).abs() < 5.0,
            "variance 1/12"
        );
        assert!(
            (products / (count / 144.0).sqrt()).abs() < 5.0,
            "neighbors are uncorrelated"
        );
    }

    #[test]
    fn derived_seeds_differ_by_seed_label_and_number() {
        let seeds: BTreeSet<u64> = [
            derive_seed(1, Purpose::Bootstrap, 0),
            derive_seed(1, Purpose::Bootstrap, 1),
            derive_seed(1, Purpose::ParameterDraw, 0),
            derive_seed(2, Purpose::Bootstrap, 0),
        ]
        .into();
        assert_eq!(seeds.len(), 4, "four seeds");
    }

    #[test]
    fn drawn_values_never_change() {
        let digest = (0..10_000_u32).fold(0xcbf2_9ce4_8422_2325_u64, |hash, entity| {
            let block = KEYS.block(Purpose::PlannedIcStay, STRATUM, entity, entity % 3);
            [block.uniform(0), block.uniform(1)]
                .into_iter()
                .fold(hash, |hash, u| {
                    u.to_bits()
                        .to_le_bytes()
                        .into_iter()
                        .fold(hash, |hash, byte| {
                            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
                        })
                })
        });
        assert_eq!(
            digest, 15_869_556_788_473_493_779,
            "FNV-1a of 20 000 uniforms; a change raises STREAM_VERSION"
        );
        assert_eq!(
            derive_seed(2021, Purpose::Bootstrap, 3),
            12_210_409_258_840_963_711,
            "a derived seed"
        );
    }
}
