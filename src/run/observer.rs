//! Who watches a run, and can stop it.

/// Watches a run; any thread may call it.
pub trait Observer: Sync {
    /// So many worlds need not be simulated, because they are stored.
    fn skip(&self, _n: usize) {}

    /// One more world is simulated.
    fn step(&self) {}

    /// Something that a reader may want to know.
    fn remark(&self, _text: &str) {}

    /// Whether the run goes on; it is asked before each world and several times in each.
    fn goes_on(&self) -> bool {
        true
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl Observer for Unobserved {}
