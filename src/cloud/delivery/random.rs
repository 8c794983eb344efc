//! Randomness for jitter, from a seed: SplitMix64.

#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A time between three quarters and five quarters of `middle`.
    pub(super) fn around(&mut self, middle: i64) -> i64 {
        let width = (middle / 2).max(1);
        middle - middle / 4 + (self.next() % width as u64) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spread_around_their_middle() {
        let mut random = Random::new(7);
        let mut eighths = [0; 4];
        for _ in 0..4000 {
            let time = random.around(1000);
            assert!((750..1250).contains(&time), "{time}");
            eighths[(time as usize - 750) / 125] += 1;
        }
        assert!(eighths.iter().all(|count| (800..1200).contains(count)), "{eighths:?}");
        assert_ne!(Random::new(1).around(100_000), Random::new(2).around(100_000));
    }
}
