//! Records that the program itself contains.

use std::path::Path;

use crate::observed::Observed;
use crate::scenario::shipped;

/// What was observed of the scenario called `key`, if the program contains a record of it; one without a source
/// is an example and no record. `regions` are the keys of its regions.
pub fn record_of(key: &str, regions: &[&str]) -> Option<Observed> {
    let files = shipped::files().into_iter();
    let records =
        files.filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "csv"));
    let mut read = records.filter_map(|(name, text)| Observed::parse(text, name, regions).ok());
    read.find(|record| {
        let notes = record.notes();
        !notes.sources.is_empty() && notes.scenarios.iter().any(|one| one == key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_belongs_to_the_scenarios_that_it_names() {
        assert!(record_of("nl-autumn-2021", &[]).is_some(), "of the autumn");
        assert!(record_of("small", &[]).is_none(), "an example is no record");
    }
}
