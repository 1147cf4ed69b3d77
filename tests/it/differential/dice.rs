//! Dice by which the countries of the comparison are drawn.

/// Numbers that only decide which country is drawn (splitmix64; Steele, Lea and Flood 2014).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A whole number from `low` to `high`.
    pub(super) fn whole(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// A share in hundredths.
    pub(super) fn share(&mut self) -> f64 {
        self.whole(0, 100) as f64 / 100.0
    }

    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = choices.len() as u64 - 1;
        choices[usize::try_from(self.whole(0, last)).expect("a position")]
    }

    pub(super) fn list(
        &mut self,
        length: usize,
        mut item: impl FnMut(&mut Self) -> String,
    ) -> String {
        let items: Vec<String> = (0..length).map(|_| item(self)).collect();
        format!("[{}]", items.join(","))
    }
}
