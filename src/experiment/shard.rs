//! A part of an experiment that one machine simulates.

use core::fmt;
use core::ops::Range;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// Most parts of one experiment.
pub const MOST_SHARDS: u32 = 1_000_000;

/// One of the equal parts of an experiment: consecutive replications, so that parts put one after
/// the other are the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Shard {
    /// Which part this is, from 1.
    pub number: u32,
    /// Number of parts.
    pub of: u32,
}

/// A shard as a file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    number: u32,
    of: u32,
}

/// A text that names no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a shard: expected i/N with i from 1 to N, and N at most {MOST_SHARDS}")]
pub struct ShardError(String);

impl Shard {
    /// The replications of this part of an experiment of `n`. Sizes of parts differ by one at most;
    /// with more parts than replications some are empty.
    pub fn replications(self, n: u32) -> Range<u32> {
        let until = |parts: u32| {
            let share = u64::from(n) * u64::from(parts) / u64::from(self.of);
            u32::try_from(share).unwrap_or(n)
        };
        until(self.number - 1)..until(self.number)
    }
}

impl TryFrom<Written> for Shard {
    type Error = ShardError;

    fn try_from(Written { number, of }: Written) -> Result<Self, ShardError> {
        if (1..=of).contains(&number) && of <= MOST_SHARDS {
            return Ok(Self { number, of });
        }
        Err(ShardError(format!("{number}/{of}")))
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        let (number, of) = numbers.ok_or_else(|| ShardError(text.to_owned()))?;
        Self::try_from(Written { number, of })
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_in_order_are_the_whole_and_of_equal_size() {
        for n in [1, 2, 63, 64, 200, 1_000_003, u32::MAX] {
            for of in [1, 2, 3, 7, 100] {
                let mut next = 0;
                for number in 1..=of {
                    let part = Shard { number, of }.replications(n);
                    assert_eq!(part.start, next, "{number}/{of} of {n} follows on");
                    let size = u64::from(part.end - part.start);
                    let share = u64::from(n) / u64::from(of);
                    assert!(
                        (share..=share + 1).contains(&size),
                        "{number}/{of} of {n} has {size}"
                    );
                    next = part.end;
                }
                assert_eq!(next, n, "{of} parts");
            }
        }
    }

    #[test]
    fn a_shard_is_named_as_it_is_read() {
        for text in ["1/1", "3/8", "100/100"] {
            let shard: Shard = text.parse().expect("a shard");
            assert_eq!(shard.to_string(), text, "the same name");
        }
        for text in [
            "",
            "1",
            "0/3",
            "4/3",
            "1/0",
            "-1/3",
            "1/3/5",
            "a/b",
            "1/1000001",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text:?} is no shard");
        }
    }
}
