//! The same scenario and seed give the same rows in every build, and tomorrow as well.
//! `tests/builds/run.sh` compares builds side by side; here every build meets one pinned answer.

use zorgdruk::experiment::Experiment;
use zorgdruk::report::input::fingerprint;

use crate::fixture;

/// Of two short winters of the small scenario under all its policies.
const ROWS: &str = "322cfe1ad03fedddd2866d7c745c156733bc10c9cf924dc88741a60a9938e88e";

#[test]
fn the_rows_of_a_small_study_are_what_they_were() {
    let model = fixture::small(&["study.burn_in_weeks=4", "study.window_weeks=8"]);
    let experiment = Experiment::new(&model, 2021);
    let rows: Vec<_> = (0..2).map(|world| experiment.replicate(world)).collect();
    let bytes = postcard::to_stdvec(&rows).expect("rows can be written");
    assert_eq!(
        fingerprint(format!("{bytes:?}").as_bytes()),
        ROWS,
        "results changed; where that is meant, pin the new ones here and say so in CHANGELOG.md"
    );
}
