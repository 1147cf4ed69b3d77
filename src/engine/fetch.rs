//! Asking memory for patients before their turn, while others are handled.
//!
//! Records of patients fill megabytes, so that the nearest caches do not hold them, and each event is too
//! long for the processor to look beyond it. But those of one day stand together, in the order of days,
//! and who is on a day's program is known. What is asked for in vain costs next to nothing, and no result
//! depends on it.

use prefetch_index::prefetch_index;

use crate::engine::simulation::Run;

/// Places in a list of patients between one who arrives and one who is asked for: about a day of the
/// whole country. Each of those who arrive asks for another one, so that in the end all are asked for.
const AHEAD: usize = 256;

/// Asks for a patient who arrives about a day after this one.
pub(crate) fn fetch_after<T>(patients: &[T], patient: u32) {
    prefetch_index(patients, patient as usize + AHEAD);
}

impl<R> Run<'_, R> {
    /// Asks for a planned patient.
    pub(crate) fn fetch_planned(&self, patient: usize) {
        prefetch_index(&self.world.planned, patient);
        prefetch_index(&self.body.planned, patient);
    }
}
