//! Asking memory for patients before their turn, while others are handled.
//!
//! Who comes next is known: arrivals stand in the world, and a day's patients in the program. Their
//! records lie anywhere in megabytes, so that the nearest caches do not hold them, and each event is
//! too long for the processor to look beyond it. What is asked for in vain costs next to nothing, and
//! no result depends on it.

use prefetch_index::prefetch_index;

use crate::engine::simulation::Run;
use crate::world::ArrivalKind;

/// Arrivals by which a patient is asked for before the turn: enough that memory answers, and few
/// enough that nothing else takes the place in the cache meanwhile.
const AHEAD: usize = 2;

impl<R> Run<'_, R> {
    /// Asks for the record of the patient who arrives soon after the one at `next`; the state is so small
    /// that the caches hold those of the day.
    pub(crate) fn fetch_arrival(&self, next: usize) {
        let Some(arrival) = self.world.arrivals.get(next + AHEAD) else {
            return;
        };
        // Without a branch, since the kind cannot be foreseen: of other kinds the first patient is asked
        // for, in vain.
        let of = |kind| usize::from(arrival.kind == kind) * arrival.patient as usize;
        prefetch_index(&self.world.covid, of(ArrivalKind::Covid));
        prefetch_index(&self.world.acute, of(ArrivalKind::Acute));
        prefetch_index(&self.world.planned, of(ArrivalKind::Planned));
    }

    /// Asks for a planned patient.
    pub(crate) fn fetch_planned(&self, patient: usize) {
        prefetch_index(&self.world.planned, patient);
        prefetch_index(&self.body.planned, patient);
    }
}
