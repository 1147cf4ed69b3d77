//! Signals that ask a run to stop: the first one cleanly, the second one at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// A signal that asks to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Ctrl-C: somebody wants to see what there is.
    Interrupt,
    /// SIGTERM: a machine wants its time back, and will begin the run again.
    Terminate,
}

impl Signal {
    const ALL: [Self; 2] = [Self::Interrupt, Self::Terminate];

    const fn number(self) -> i32 {
        match self {
            Self::Interrupt => SIGINT,
            Self::Terminate => SIGTERM,
        }
    }

    /// Of an interrupted program as shells have it; of a terminated one `EX_TEMPFAIL`, "try again".
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
    /// Position in [`Signal::ALL`], counted from 1.
    asked: Arc<AtomicUsize>,
    /// Whether the next signal ends the program at once.
    ends_at_once: Arc<AtomicBool>,
}

impl Stop {
    /// Listens to signals from now on.
    pub(crate) fn listen() -> io::Result<Self> {
        let stop = Self::default();
        for (position, signal) in Signal::ALL.into_iter().enumerate() {
            let (number, code) = (signal.number(), i32::from(signal.exit_code()));
            // The order matters: the first signal must find that it is the first.
            flag::register_conditional_shutdown(number, code, Arc::clone(&stop.ends_at_once))?;
            flag::register(number, Arc::clone(&stop.ends_at_once))?;
            flag::register_usize(number, Arc::clone(&stop.asked), position + 1)?;
        }
        Ok(stop)
    }

    /// The signal that asked to stop.
    pub(crate) fn signal(&self) -> Option<Signal> {
        let position = self.asked.load(Ordering::SeqCst).checked_sub(1)?;
        Signal::ALL.get(position).copied()
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
        stop.asked.store(2, Ordering::SeqCst);
        assert_eq!(stop.signal(), Some(Signal::Terminate), "asked");
    }
}
