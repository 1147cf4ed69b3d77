//! The known answers come out, at a small number of replications.

use zorgdruk::verify::{Check, Effort, verify};

/// Seconds in debug; every known answer is still tested.
const SMALL: Effort = Effort {
    n_worlds: 1_500,
    n_queues: 60,
    n_rows: 1_024,
    seed: 2021,
};

fn shown(check: &Check) -> String {
    format!(
        "{} | {} | {} | {:.6} | {:.6} ± {:.6} | z {:.2}",
        check.test,
        check.quantity,
        check.by.name(),
        check.expected,
        check.got,
        check.standard_error,
        check.z()
    )
}

#[test]
fn every_known_answer_comes_out() {
    let mut parts = Vec::new();
    let checks = verify(&SMALL, |part| parts.push(part.to_owned()));
    let wrong: Vec<String> = checks
        .iter()
        .filter(|check| !check.passes())
        .map(shown)
        .collect();
    assert!(
        wrong.is_empty(),
        "known answers fail:\n{}",
        wrong.join("\n")
    );
    assert_eq!(parts.len(), 13, "each part says when it is done: {parts:?}");
    assert!(
        checks.len() > 140,
        "all known answers, not {}",
        checks.len()
    );
}

#[test]
fn exact_checks_have_no_standard_error_and_all_others_have_one() {
    let effort = Effort {
        n_worlds: 200,
        n_queues: 10,
        n_rows: 64,
        seed: 1,
    };
    for check in verify(&effort, |_| {}) {
        let is_exact = check.test == "by hand" || check.quantity.starts_with("worlds in which");
        assert_eq!(check.standard_error <= 0.0, is_exact, "{}", shown(&check));
    }
}
