//! A sequence of draws under one name, for samplers that need an unknown number of them.

use rand::TryRng;
use rand::rand_core::{Infallible, utils};

use super::{Block, Keys, Purpose, Stratum};

/// The blocks 0, 1, 2, ... of one entity and purpose, as a generator for the `rand` crates.
///
/// For samplers by rejection, whose use of random numbers varies; it stays inside one name, so
/// nothing else shifts. What policies or parameters may shift is drawn by inversion instead.
/// Repeats after 2³⁴ words.
#[derive(Debug, Clone)]
pub struct KeyedStream {
    keys: Keys,
    purpose: Purpose,
    stratum: Stratum,
    entity: u32,
    next_block: u32,
    current: Block,
    next_word: usize,
}

impl KeyedStream {
    /// The sequence of draws of one entity for one purpose, from its first block.
    pub const fn new(keys: Keys, purpose: Purpose, stratum: Stratum, entity: u32) -> Self {
        let current = keys.block(purpose, stratum, entity, 0);
        Self {
            keys,
            purpose,
            stratum,
            entity,
            next_block: 1,
            current,
            next_word: 0,
        }
    }

    fn next_word(&mut self) -> u32 {
        if self.next_word == 4 {
            self.current =
                self.keys
                    .block(self.purpose, self.stratum, self.entity, self.next_block);
            self.next_block = self.next_block.wrapping_add(1);
            self.next_word = 0;
        }
        let word = self.current.word(self.next_word);
        self.next_word += 1;
        word
    }
}

impl TryRng for KeyedStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next_word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.next_word());
        Ok(u64::from(self.next_word()) << 32 | low)
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        utils::fill_bytes_via_next_word(destination, || self.try_next_u32())
    }
}

#[cfg(test)]
mod tests {
    use rand::{Rng, RngExt};

    use super::*;

    const KEYS: Keys = Keys::new(5, 1);
    const STRATUM: Stratum = Stratum {
        region: 0,
        class: 4,
    };

    fn stream() -> KeyedStream {
        KeyedStream::new(KEYS, Purpose::Bootstrap, STRATUM, 9)
    }

    fn words() -> impl Iterator<Item = u32> {
        (0..).flat_map(|block| {
            let block = KEYS.block(Purpose::Bootstrap, STRATUM, 9, block);
            (0..4).map(move |i| block.word(i))
        })
    }

    #[test]
    fn a_stream_equals_successive_blocks() {
        let mut stream = stream();
        for (i, word) in words().take(400).enumerate() {
            assert_eq!(stream.next_u32(), word, "word {i}");
        }
    }

    #[test]
    fn longer_draws_take_successive_words_low_first() {
        let expected: Vec<u32> = words().take(12).collect();
        let mut stream = stream();
        for pair in expected[..8].chunks(2) {
            let joined = u64::from(pair[1]) << 32 | u64::from(pair[0]);
            assert_eq!(stream.next_u64(), joined, "two words");
        }
        let mut bytes = [0; 7];
        stream.fill_bytes(&mut bytes);
        assert_eq!(
            bytes[..4],
            expected[8].to_le_bytes(),
            "the first four bytes"
        );
        assert_eq!(
            bytes[4..],
            expected[9].to_le_bytes()[..3],
            "the last three bytes"
        );
    }

    #[test]
    fn the_methods_of_the_rand_crate_accept_a_stream() {
        let mut stream = stream();
        let die: u32 = stream.random_range(1..=6);
        assert!((1..=6).contains(&die), "a die shows {die}");
        assert!(stream.random::<f64>() < 1.0, "a share of one");
    }
}
