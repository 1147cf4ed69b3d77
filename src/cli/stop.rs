//! Signals that ask a run to stop: the first one cleanly, the second one at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// A signal that asks to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Ctrl-C: the user wants to see the results so far.
    Interrupt,
    /// SIGTERM: the machine is needed, and the run will be resumed later.
    Terminate,
}

impl Signal {
    /// 130 is what shells give for an interrupt; 75 is `EX_TEMPFAIL`, "try again".
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Interrupt => 130,
            Self::Terminate => 75,
        }
    }
}

/// Whether the program was asked to stop.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    /// Exit code of the signal that asked to stop; zero before that.
    asked: Arc<AtomicUsize>,
    /// Whether the next signal ends the program at once.
    ends_at_once: Arc<AtomicBool>,
}

impl Stop {
    /// Listens to signals from now on.
    pub(crate) fn listen() -> io::Result<Self> {
        let stop = Self::default();
        for (number, signal) in [(SIGINT, Signal::Interrupt), (SIGTERM, Signal::Terminate)] {
            let code = signal.exit_code();
            // The order matters: the first signal must not find the flag that it sets itself.
            let ends_at_once = || Arc::clone(&stop.ends_at_once);
            flag::register_conditional_shutdown(number, code.into(), ends_at_once())?;
            flag::register(number, ends_at_once())?;
            flag::register_usize(number, Arc::clone(&stop.asked), code.into())?;
        }
        Ok(stop)
    }

    /// The signal that asked to stop.
    pub(crate) fn signal(&self) -> Option<Signal> {
        let asked = self.asked.load(Ordering::SeqCst);
        let is_asked = |signal: &Signal| usize::from(signal.exit_code()) == asked;
        [Signal::Interrupt, Signal::Terminate]
            .into_iter()
            .find(is_asked)
    }

    /// From now on a signal ends the program at once: there is nothing left to lose.
    pub(crate) fn end_at_once(&self) {
        self.ends_at_once.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_is_noticed() {
        let stop = Stop::default();
        assert_eq!(stop.signal(), None, "nobody asked");
        stop.asked.store(75, Ordering::SeqCst);
        assert_eq!(stop.signal(), Some(Signal::Terminate), "asked");
    }
}
