//! Processor time of the thread that asks, which says little about what else the machine does.

/// Seconds that this thread has run on a processor, on Linux.
pub(crate) fn processor_seconds() -> Option<f64> {
    // The system updates the time of a thread when the thread yields its processor.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
