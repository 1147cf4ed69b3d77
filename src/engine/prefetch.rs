//! Prefetching of patients: their records are loaded into the cache before their turn.
//!
//! Records of patients fill megabytes, more than the nearest caches hold, and each event is too long for
//! the processor to look beyond it. But the records of one day stand together, in the order of days, and
//! the patients on a day's program are known. A prefetch in vain costs next to nothing, and no result
//! depends on one.

use prefetch_index::prefetch_index;

use crate::engine::run::Run;

/// Places in a list of patients between one who arrives and one who is prefetched: about a day of the
/// whole country. Each arrival prefetches another patient, so that in the end all are prefetched.
const AHEAD: usize = 256;

/// Prefetches a patient who arrives about a day after this one.
pub(crate) fn prefetch_after<T>(patients: &[T], patient: u32) {
    prefetch_index(patients, patient as usize + AHEAD);
}

impl<R> Run<'_, R> {
    /// Prefetches a planned patient.
    pub(crate) fn prefetch_planned(&self, patient: usize) {
        prefetch_index(&self.world.planned, patient);
        prefetch_index(&self.body.planned, patient);
    }
}
