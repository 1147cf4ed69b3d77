//! Stopping, confirmation, selection and comparison of policies, on made-up and on simulated worlds.

use std::collections::BTreeSet;
use std::sync::Mutex;

use zorgdruk::experiment::common_random_numbers::check_gain;
use zorgdruk::experiment::confirm::confirmation_seed;
use zorgdruk::experiment::estimand::{ESTIMANDS, Estimand};
use zorgdruk::experiment::multiplicity::{
    Allowance, CellRule, Mark, holm_p_values, mark_cells, with_the_best,
};
use zorgdruk::experiment::precision::{
    PrecisionTarget, TargetError, Watch, replicate_until_precise,
};
use zorgdruk::experiment::record::CHUNK;
use zorgdruk::experiment::select::{Contest, ContestError, Selection, Selector};
use zorgdruk::experiment::{Analysis, Chunk, Experiment, Measure, ReplicationRecord, StudyFrame};
use zorgdruk::model::Model;
use zorgdruk::statistics::best::Best;
use zorgdruk::statistics::confidence::Confidence;
use zorgdruk::statistics::interval::Status;
use zorgdruk::statistics::stopping::Decision;

use crate::fixture;

const LEVEL: Confidence = Confidence::P95;

/// A study with its first `n` policies, the first of them the baseline.
fn first(model: Model, n: usize) -> Model {
    let policies = model.policies()[..n].to_vec();
    let model = model.with_policies(policies, 0);
    model.expect("at least one policy")
}

/// Worlds of which the measures are made up: one simulated record with other numbers in it.
struct MadeUp {
    frame: StudyFrame,
    template: ReplicationRecord,
}

impl MadeUp {
    /// The small scenario with its first `n_policies` policies, the first of them the baseline.
    fn new(n_policies: usize) -> Self {
        let model = first(fixture::small(&[]), n_policies);
        let template = Experiment::new(&model, 1).replicate(0);
        Self {
            frame: StudyFrame::new(&model),
            template,
        }
    }

    /// The chunk with a measure given by world and policy.
    fn chunk(&self, number: u32, measure: Measure, value: impl Fn(u32, usize) -> i64) -> Chunk {
        let records = (number * CHUNK..(number + 1) * CHUNK).map(|replication| {
            let mut record = self.template.clone();
            record.replication = replication;
            for (policy, own) in record.policies.iter_mut().enumerate() {
                own.measures[measure.idx()] = value(replication, policy);
            }
            record
        });
        Chunk {
            number,
            records: records.collect(),
        }
    }

    fn analysis(
        &self,
        n_chunks: u32,
        measure: Measure,
        value: impl Fn(u32, usize) -> i64 + Copy,
    ) -> Analysis {
        let mut analysis = Analysis::new(self.frame.clone(), LEVEL);
        for number in 0..n_chunks {
            for record in &self.chunk(number, measure, value).records {
                analysis.add(record);
            }
        }
        analysis
    }

    fn watch(&self, target: &str, cap: u32) -> Watch {
        let target = PrecisionTarget::parse(target, &self.frame).expect("a target");
        Watch::new(self.frame.clone(), LEVEL, vec![target], cap)
    }
}

/// Noise from 0 to 99 that looks random and is the same everywhere.
fn noise(replication: u32, salt: u32) -> i64 {
    let mixed = replication.wrapping_mul(2_654_435_761) ^ salt.wrapping_mul(0x9e37_79b9);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b);
    i64::from((mixed ^ (mixed >> 13)) % 100)
}

fn salt(policy: usize) -> u32 {
    u32::try_from(policy).expect("few policies")
}

/// Feeds chunks in the order of `order` until the rule ends.
fn fed(made_up: &MadeUp, mut watch: Watch, order: &[u32]) -> (Watch, Option<Decision>) {
    let mut decision = None;
    for &number in order {
        let value = |replication, policy| noise(replication, salt(policy));
        decision = watch.take(made_up.chunk(number, Measure::Displaced, value));
    }
    (watch, decision)
}

#[test]
fn without_a_single_event_the_search_never_stops_before_the_cap() {
    let made_up = MadeUp::new(2);
    for target in ["displaced:absolute=1000", "displaced_share:absolute=100"] {
        let mut watch = made_up.watch(target, 600);
        let ended: Vec<Option<Decision>> = (0..10)
            .map(|number| watch.take(made_up.chunk(number, Measure::Displaced, |_, _| 0)))
            .collect();
        assert!(
            ended[..9].iter().all(Option::is_none),
            "{target}: {ended:?}"
        );
        assert!(
            matches!(ended[9], Some(Decision::CapReached { predicted_n }) if predicted_n > 600),
            "{target}: {ended:?}"
        );
        assert_eq!(watch.looks(), [256, 384, 576, 600], "{target}");
        assert_eq!(watch.analysis().n(), 600, "nothing beyond the cap counts");
    }
}

#[test]
fn the_search_ends_alike_in_whatever_order_chunks_come() {
    let made_up = MadeUp::new(2);
    // The noise has a standard deviation of 29: 2.5 takes about 515 worlds.
    let watch = made_up.watch("displaced:absolute=2.5", 5_000);
    let order: Vec<u32> = (0..16).collect();
    let (in_order, decision) = fed(&made_up, watch.clone(), &order);
    assert_eq!(decision, Some(Decision::Stop), "{in_order:?}");
    assert_eq!(in_order.looks(), [256, 384, 576], "looks");
    assert_eq!(in_order.analysis().n(), 576, "the prefix up to the look");
    for shuffle in [5, 7, 11] {
        let order: Vec<u32> = (0..16).map(|i| (i * shuffle + 3) % 16).collect();
        let (shuffled, decision) = fed(&made_up, watch.clone(), &order);
        assert_eq!(decision, Some(Decision::Stop), "order {order:?}");
        assert_eq!(shuffled.looks(), in_order.looks(), "order {order:?}");
        assert_eq!(
            shuffled.standings(),
            in_order.standings(),
            "order {order:?}"
        );
    }
}

#[test]
fn threads_do_not_change_how_many_worlds_are_simulated() {
    let model = small_and_fast();
    let frame = StudyFrame::new(&model);
    let target = PrecisionTarget::parse("peak_covid_ic:relative=0.02", &frame).expect("a target");
    let search = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let mut watch = Watch::new(frame.clone(), LEVEL, vec![target], 320);
        let experiment = Experiment::new(&model, 4);
        let kept = Mutex::new(BTreeSet::new());
        let chunk = |number| {
            kept.lock().expect("no thread panics").insert(number);
            Ok::<_, ()>(Some(experiment.chunk(number, 320, &|| {})))
        };
        let pool = pool.expect("a pool");
        let decision = pool.install(|| replicate_until_precise(&mut watch, chunk));
        let kept = kept.into_inner().expect("no thread panics");
        (decision, watch.analysis().n(), watch.standings(), kept)
    };
    let alone = search(1);
    assert!(alone.1 >= 256, "no look before 256: {}", alone.1);
    assert_eq!(
        alone.3.len(),
        alone.1.div_ceil(CHUNK) as usize,
        "kept chunks"
    );
    for threads in [2, 7] {
        assert_eq!(search(threads), alone, "{threads} threads");
    }
}

/// One policy and a window of two weeks, so that a world takes little time.
fn small_and_fast() -> Model {
    let model = fixture::small(&[
        "study.burn_in_weeks=1",
        "study.window_weeks=2",
        "study.follow_up_weeks=7",
    ]);
    first(model, 1)
}

#[test]
fn confirming_worlds_are_none_of_the_explored_ones() {
    let model = small_and_fast();
    let [explored, confirming] = [9, confirmation_seed(9)].map(|seed| {
        let experiment = Experiment::new(&model, seed);
        (0..6)
            .map(|replication| experiment.replicate(replication).policies)
            .collect::<Vec<_>>()
    });
    for (replication, world) in confirming.iter().enumerate() {
        assert!(!explored.contains(world), "replication {replication}");
    }
    assert_ne!(confirmation_seed(9), confirmation_seed(10), "seeds differ");
}

#[test]
fn a_target_that_is_not_understood_says_which_part() {
    let frame = MadeUp::new(2).frame;
    let read = |text: &str| PrecisionTarget::parse(text, &frame);
    let other = &frame.policies[1].key;
    let target = read(&format!("displaced@{other}:relative=0.05")).expect("a target");
    assert_eq!(target.policy, Some(1), "difference to the baseline");
    let wrong = [
        ("displaced", TargetError::Form("displaced".to_owned())),
        (
            "nonsense:absolute=1",
            TargetError::Estimand("nonsense".to_owned()),
        ),
        (
            "displaced@x:absolute=1",
            TargetError::Policy("x".to_owned()),
        ),
        (
            "displaced:absolute=-1",
            TargetError::Amount("-1".to_owned()),
        ),
        (
            "displaced:absolute=NaN",
            TargetError::Amount("NaN".to_owned()),
        ),
    ];
    for (text, expected) in wrong {
        assert_eq!(read(text), Err(expected), "{text}");
    }
    let baseline = format!("displaced@{}:absolute=1", frame.policies[0].key);
    assert!(
        matches!(read(&baseline), Err(TargetError::Baseline(_))),
        "{baseline}"
    );
}

fn contest(key: &str, cap: u32) -> Contest {
    Contest {
        estimand: Estimand::position(key).expect("an estimand"),
        best: Best::Smallest,
        indifference: Some(5.0),
        confidence: LEVEL,
        cap,
    }
}

fn held(made_up: &MadeUp, cap: u32, value: impl Fn(u32, usize) -> i64 + Copy) -> Selection {
    let mut selector = Selector::new(contest("displaced", cap), &made_up.frame).expect("a contest");
    for number in 0..cap.div_ceil(CHUNK) {
        if !selector.take(&made_up.chunk(number, Measure::Displaced, value)) {
            break;
        }
    }
    selector.selection()
}

#[test]
fn the_better_of_clearly_different_policies_is_selected_early() {
    let made_up = MadeUp::new(3);
    // The worlds are common; policies 0 and 2 displace 20 and 40 patients more, with little noise.
    let value = |replication, policy: usize| {
        let more = [20, 0, 40][policy];
        noise(replication, 7) + more + noise(replication, salt(policy)) / 10
    };
    let found = held(&made_up, 6_400, value);
    assert_eq!(found.selected, Some(1), "{found:?}");
    assert_eq!(found.n, CHUNK, "one stage is enough: {found:?}");
    assert_eq!(found.may_be_best, [false, true, false], "{found:?}");
    let gone: Vec<usize> = found.path.iter().map(|gone| gone.policy).collect();
    assert_eq!(gone, [0, 2], "elimination path");
}

#[test]
fn policies_that_tie_both_stay_possible() {
    let made_up = MadeUp::new(2);
    let close = held(&made_up, 128, |replication, policy| {
        noise(replication, salt(policy))
    });
    assert_eq!(close.selected, None, "the cap comes first: {close:?}");
    assert_eq!(close.may_be_best, [true, true], "{close:?}");
    let same = held(&made_up, 128, |replication, _| noise(replication, 1));
    assert_eq!(
        same.may_be_best,
        [true, true],
        "identical policies: {same:?}"
    );
}

#[test]
fn only_means_of_several_policies_are_contested() {
    let frame = MadeUp::new(2).frame;
    let refused = Selector::new(contest("displaced_share", 64), &frame).map(|_| ());
    assert_eq!(
        refused,
        Err(ContestError::NoMean("displaced_share")),
        "a ratio"
    );
    let refused = Selector::new(contest("displaced", 64), &MadeUp::new(1).frame).map(|_| ());
    assert_eq!(refused, Err(ContestError::OnePolicy), "one policy");
}

#[test]
fn comparisons_with_the_best_flag_what_may_be_best() {
    let made_up = MadeUp::new(3);
    // Two policies that differ by noise only, and one that is worse.
    let value = |replication, policy: usize| {
        noise(replication, 7) + noise(replication, salt(policy)) + [0, 0, 30][policy]
    };
    let analysis = made_up.analysis(2, Measure::Displaced, value);
    for key in ["displaced", "displaced_share"] {
        let found = with_the_best(&analysis, key).expect("a headline estimand");
        let flags: Vec<bool> = found
            .policies
            .iter()
            .map(|policy| policy.may_be_best)
            .collect();
        assert_eq!(flags, [true, true, false], "{found:?}");
        assert_eq!(
            found.allowance,
            Allowance::Pooled,
            "equal variances: {found:?}"
        );
    }
    assert_eq!(with_the_best(&analysis, "longest_run"), None, "no headline");
}

#[test]
fn identical_policies_are_compared_pair_by_pair_and_both_may_be_best() {
    let made_up = MadeUp::new(3);
    let value = |replication, policy: usize| {
        let worse = if policy == 2 {
            5 + noise(replication, 3) / 10
        } else {
            0
        };
        noise(replication, 7) + worse
    };
    let analysis = made_up.analysis(2, Measure::Displaced, value);
    let found = with_the_best(&analysis, "displaced").expect("a headline estimand");
    assert_eq!(
        found.allowance,
        Allowance::Pairwise,
        "a variance is zero: {found:?}"
    );
    let flags: Vec<bool> = found
        .policies
        .iter()
        .map(|policy| policy.may_be_best)
        .collect();
    assert_eq!(flags, [true, true, false], "{found:?}");
    let displaced = Estimand::position("displaced").expect("an estimand");
    let comparison = analysis.comparison(1, displaced);
    assert!(
        comparison.identical,
        "policy 1 equals the baseline in every world"
    );
    let adjusted = holm_p_values(&analysis, displaced);
    assert_eq!(adjusted[0], None, "the baseline is not tested");
    assert!(
        adjusted[1] > Some(0.99) && adjusted[2] < Some(1e-6),
        "{adjusted:?}"
    );
}

#[test]
fn pairing_that_does_harm_is_flagged() {
    let made_up = MadeUp::new(2);
    let value = |replication, policy: usize| match policy {
        0 => noise(replication, 1),
        _ => 100 - noise(replication, 1),
    };
    let analysis = made_up.analysis(2, Measure::Displaced, value);
    let displaced = Estimand::position("displaced").expect("an estimand");
    let opposed = analysis.comparison(1, displaced);
    assert!(
        opposed.pairing_harms(),
        "correlation {:?}",
        opposed.correlation
    );
    assert!(opposed.correlation < Some(-0.99), "{opposed:?}");
    assert!(
        !analysis.comparison(0, displaced).pairing_harms(),
        "the baseline with itself"
    );
}

#[test]
fn region_weeks_are_marked_only_where_worlds_differ_often() {
    let made_up = MadeUp::new(2);
    let mut analysis = Analysis::new(made_up.frame.clone(), LEVEL);
    let week = made_up.frame.window_weeks().start;
    for number in 0..4 {
        for mut record in made_up.chunk(number, Measure::Relocated, |_, _| 0).records {
            for policy in &mut record.policies {
                policy.displaced = zorgdruk::experiment::WeeklyDisplacement::new(
                    made_up.frame.regions.len(),
                    made_up.frame.study().n_weeks(),
                );
            }
            // In one cell the baseline alone displaces somebody, in three of four worlds.
            if record.replication % 4 > 0 {
                record.policies[0]
                    .displaced
                    .add(zorgdruk::units::RegionIdx(1), week);
            }
            analysis.add(&record);
        }
    }
    for rule in [CellRule::Simultaneous, CellRule::DiscoveryRate] {
        let marks = mark_cells(&analysis, 1, rule);
        assert_eq!(marks[1][0], Mark::Less, "{rule:?}");
        let n_marked = marks
            .iter()
            .flatten()
            .filter(|mark| **mark != Mark::Open)
            .count();
        assert_eq!(
            n_marked, 1,
            "{rule:?}: the other cells are equal in every world"
        );
    }
}

#[test]
fn a_rate_without_a_cost_is_unbounded_and_says_so() {
    let made_up = MadeUp::new(2);
    // One patient or two avoided per world, at a cost that may be zero.
    let analysis = {
        let mut analysis = Analysis::new(made_up.frame.clone(), LEVEL);
        for number in 0..2 {
            for mut record in made_up
                .chunk(
                    number,
                    Measure::Displaced,
                    |_, p| if p == 0 { 9 } else { 0 },
                )
                .records
            {
                let cost = noise(record.replication, 5) - 50;
                let [base, own] = &mut record.policies[..] else {
                    panic!("two policies")
                };
                for measure in [
                    Measure::ClinicValueLost,
                    Measure::LoanedNurseDays,
                    Measure::OperationsCutClass45,
                ] {
                    base.measures[measure.idx()] = 0;
                }
                own.measures[Measure::ClinicValueLost.idx()] = 0;
                own.measures[Measure::LoanedNurseDays.idx()] = cost;
                own.measures[Measure::OperationsCutClass45.idx()] =
                    9_000 + noise(record.replication, 6);
                analysis.add(&record);
            }
        }
        analysis
    };
    let [operations, euros, weeks] = analysis.trade_offs(1)[..] else {
        panic!("three rates")
    };
    assert_eq!(operations.shape(), "interval", "{operations:?}");
    // 9 patients per 9.05 operations.
    assert!((operations.value - 99.45).abs() < 0.2, "{operations:?}");
    assert_eq!(operations.status, Status::Ok, "every world says something");
    assert!(!euros.value.is_finite(), "nothing is spent: {euros:?}");
    assert!(
        matches!(euros.status, Status::Insufficient { .. }),
        "{euros:?}"
    );
    assert_ne!(weeks.shape(), "interval", "the cost may be zero: {weeks:?}");
}

#[test]
fn waits_and_first_days_agree_with_each_other() {
    let model = small_and_fast();
    let frame = StudyFrame::new(&model);
    let experiment = Experiment::new(&model, 3);
    let mut analysis = Analysis::new(frame, LEVEL);
    for replication in 0..20 {
        let record = experiment.replicate(replication);
        let own = &record.policies[0];
        let counted: u32 = own.all_waits().iter().sum();
        let lost = [
            Measure::BecameAcute,
            Measure::DiedOrUnfit,
            Measure::Withdrew,
        ];
        let lost: i64 = lost.iter().map(|measure| own.measure(*measure)).sum();
        assert_eq!(
            i64::from(counted),
            own.measure(Measure::Cohort) - lost,
            "every wait counts once"
        );
        let before = own.measure(Measure::FirstDay2D);
        let beyond = own.measure(Measure::Days2D) + own.measure(Measure::Days3);
        assert!(
            before + beyond <= 14,
            "{before} days before, {beyond} in 2D and 3"
        );
        analysis.add(&record);
    }
    let of = |key| analysis.estimate(0, Estimand::position(key).expect("an estimand"));
    let (mean, p90) = (of("mean_wait"), of("p90_wait"));
    assert!(
        mean.value > 0.0 && p90.value >= mean.value,
        "{mean:?} {p90:?}"
    );
    assert!(p90.interval.contains(p90.value), "{p90:?}");
}

#[test]
fn every_estimand_has_a_number_a_kind_and_a_status() {
    let mut made_up = MadeUp::new(2);
    // A price per patient has no value without patients.
    for own in &mut made_up.template.policies {
        own.measures[Measure::ProtectedByLoans.idx()] = 3;
    }
    let analysis = made_up.analysis(2, Measure::Displaced, |replication, policy| {
        noise(replication, salt(policy))
    });
    for (position, estimand) in ESTIMANDS.iter().enumerate() {
        let estimate = analysis.estimate(1, position);
        assert_eq!(estimate.n, 128, "{}", estimand.key);
        assert!(estimate.value.is_finite(), "{}: {estimate:?}", estimand.key);
        let comparison = analysis.comparison(1, position);
        let difference = comparison.difference;
        let expected = estimate.value - analysis.estimate(0, position).value;
        let error = (difference.value - expected).abs();
        assert!(
            error < 1e-9 * (1.0 + expected.abs()),
            "{}: {difference:?}",
            estimand.key
        );
        assert!(
            difference.interval.contains(difference.value),
            "{}: {difference:?}",
            estimand.key
        );
    }
}

#[test]
fn the_gain_of_common_worlds_is_about_what_the_formula_says() {
    let model = fixture::small(&["study.burn_in_weeks=1", "study.window_weeks=2"]);
    let model = first(model, 2);
    let gains = check_gain(&model, 5, 64, &|| {}).gains();
    let found = gains
        .iter()
        .find(|gain| gain.estimand.key == "operations_cut_class_4");
    let found = found.expect("an outcome that varies and differs");
    assert!(found.predicted > 1.0, "worlds are common: {found:?}");
    let ratio = found.measured / found.predicted;
    // With 64 worlds of each kind a variance is known to about 40 %.
    assert!((0.5..2.0).contains(&ratio), "{found:?}");
}

/// Runs the program and gives its standard output; it must succeed.
fn printed(arguments: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_zorgdruk"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("the program starts");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_confirmed_run_reports_on_fresh_worlds_and_tells_what_was_explored() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let files = ["1", "3"].map(|threads| {
        let folder = place.path().join(threads);
        let out = folder.to_str().expect("a path in UTF-8");
        let asked = "displaced@supplement-2021:absolute=20";
        printed(&[
            "run",
            "scenarios/small.toml",
            "--policy",
            "supplement-2021",
            "--seed",
            "11",
            "--precision",
            asked,
            "--max-replications",
            "128",
            "--confirm",
            "--no-figures",
            "--quiet",
            "--threads",
            threads,
            "--out",
            out,
        ]);
        ["precision.csv", "summary.csv", "best.csv", "trade_offs.csv"]
            .map(|name| std::fs::read_to_string(folder.join(name)).expect("a table"))
    });
    assert_eq!(files[0], files[1], "threads change nothing");
    let [precision, summary, ..] = &files[0];
    let rows: Vec<&str> = precision.lines().skip(1).collect();
    let fresh = confirmation_seed(11).to_string();
    assert_eq!(rows.len(), 2, "one target: {precision}");
    assert!(
        rows[0].contains(",small,explored,11,supplement-2021,framework-2020,displaced,"),
        "{precision}"
    );
    assert!(
        rows[1].contains(&format!(",small,confirmed,{fresh},")),
        "{precision}"
    );
    assert!(
        rows.iter().all(|row| row.contains(",128,ok,")),
        "both meet it: {precision}"
    );
    assert!(
        summary.lines().skip(1).all(|row| row.contains(",128,")),
        "128 fresh worlds"
    );
}

#[test]
fn a_selection_needs_no_zone_and_advises_one_that_decides() {
    let select = |more: &[&str]| {
        let small = ["select", "scenarios/small.toml", "--quiet"];
        printed(&[&small[..], more].concat())
    };
    let chosen = select(&["--max-replications", "128"]);
    assert!(chosen.contains(" is selected: the best"), "{chosen}");
    assert!(chosen.contains("is the smallest lead"), "{chosen}");
    let few = select(&["--max-replications", "63"]);
    assert!(
        few.contains("a selection takes at least 64 worlds"),
        "{few}"
    );
    let narrow = ["--max-replications", "64", "--indifference"];
    let open = select(&[&narrow[..], &["0.01"]].concat());
    let advice = open.split("--indifference ").nth(1).expect(&open);
    let advised = advice.split(' ').next().expect("a number");
    let decided = select(&[&narrow[..], &[advised]].concat());
    assert!(decided.contains(" is selected: the best"), "{decided}");
}

#[test]
fn a_selection_prints_who_drops_out_and_who_may_be_best() {
    let text = printed(&[
        "select",
        "scenarios/small.toml",
        "--indifference",
        "8",
        "--quiet",
        "--max-replications",
        "64",
    ]);
    assert!(text.contains("no-coordination drops out"), "{text}");
    assert!(
        text.contains("is selected: the best with 95 % confidence"),
        "{text}"
    );
    let possible = text.matches("not distinguishable from the best").count();
    assert!((1..6).contains(&possible), "{text}");
}
