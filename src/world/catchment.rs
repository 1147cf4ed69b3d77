//! The hospitals of a region, and how what comes in divides over them.

use core::ops::Range;

use crate::model::Model;
use crate::model::geography::Region;
use crate::units::HospitalIdx;
use crate::world::draws::pick;

/// The hospitals of one region in a cumulative distribution over the hospitals of the nation.
pub(super) struct Catchment<'a> {
    first: u16,
    /// The distribution up to each of the region's hospitals.
    cumulative: &'a [f64],
    /// The distribution before the first of them.
    from: f64,
    /// The region's share of the nation.
    pub(super) share: f64,
}

impl<'a> Catchment<'a> {
    /// The catchments of all regions, in their order.
    pub(super) fn all(model: &Model, cumulative: &'a [f64]) -> Vec<Self> {
        let of_region = |region: &Region| Self::new(cumulative, &region.hospitals);
        model.regions.iter().map(of_region).collect()
    }

    fn new(cumulative: &'a [f64], hospitals: &Range<u16>) -> Self {
        let (before, up_to) = cumulative.split_at(usize::from(hospitals.start));
        let cumulative = &up_to[..hospitals.len()];
        let from = before.last().copied().unwrap_or(0.0);
        let to = cumulative.last().copied().unwrap_or(from);
        Self {
            first: hospitals.start,
            cumulative,
            from,
            share: to - from,
        }
    }

    /// The hospital at the mark `u` in (0, 1).
    ///
    /// Only the region's own hospitals are searched: a mark that rounding puts on the region's upper
    /// bound stays in its last one.
    pub(super) fn hospital(&self, u: f64) -> HospitalIdx {
        let offset = pick(self.cumulative, self.from + u * self.share);
        HospitalIdx::at(usize::from(self.first) + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hospital without patients begins and ends the second region.
    const CUMULATIVE: [f64; 7] = [0.125, 0.5, 0.5, 0.625, 0.875, 0.875, 1.0];

    #[test]
    fn a_region_picks_what_the_nation_would() {
        for hospitals in [0..2, 2..6, 6..7] {
            let catchment = Catchment::new(&CUMULATIVE, &hospitals);
            for step in 1..1_000 {
                let u = f64::from(step) / 1_000.0;
                let level = catchment.from + u * catchment.share;
                let national = CUMULATIVE.partition_point(|bound| *bound <= level);
                let picked = catchment.hospital(u);
                assert_eq!(picked, HospitalIdx::at(national), "{hospitals:?} at {u}");
            }
        }
    }

    #[test]
    fn a_mark_on_the_upper_bound_stays_in_the_region() {
        let catchment = Catchment::new(&CUMULATIVE, &(0..2));
        assert_eq!(catchment.hospital(1.0), HospitalIdx(1), "the last hospital");
    }
}
