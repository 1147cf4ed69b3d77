//! Independent clinics and the policy of ZKN: A43 to A45, and Z01 to Z30.

use zorgdruk::experiment::estimand::Estimand;
use zorgdruk::outcome::{DayMeasure, WeekMeasure};
use zorgdruk::policy::info::LoanRound;
use zorgdruk::policy::levers::{GateScope, LoanTrigger};
use zorgdruk::policy::loans::{Gate, LoanTerms, gate};
use zorgdruk::policy::sentence::Sentence;
use zorgdruk::units::{Day, PerMille};
use zorgdruk::world::World;

use super::{Case, IN_2D, SEED, count, decisions, model, sum, total};

/// Loans by mutual consent in a region short of staff, with every step certain.
pub(super) const LENDING: &[&str] = &[
    "supplement_from=2021-10-25",
    "clinic_policy_from=2021-10-25",
    "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}]",
    "loans.trigger=\"voluntary-any-time\"",
    "finance.log_odds_per_comfort=0",
    "finance.most_uncompensated_euros=1000000",
    "staff.workforce_share=0.7",
    "clinics.willing_before_2d_share=0.8",
    "clinics.willing_in_2d_share=0.8",
    "clinics.willing_under_threat_share=0.8",
    "clinics.complete_request_share=1",
    "clinics.listed_share=1",
    "clinics.listed_loss_per_week_share=0",
    "clinics.not_clear_share=0",
    "region.*.lendable_workers=40",
];
const NEVER: &str = "loans.trigger=\"never\"";

fn lent(settings: &[&str]) -> i64 {
    sum(&[LENDING, settings], |case| count(case.told("worker-lent")))
}

/// The first day on which `what` happened.
fn first(settings: &[&str], what: &str) -> u16 {
    let case = Case::run(&[LENDING, settings], 0);
    let days = case.told(what).map(|entry| entry.time.day().0);
    days.min().expect("it happens")
}

#[test]
fn a43_clinics_are_untouched_through_phase_2d() {
    let done = |off: &[&str]| total(&[IN_2D, &[NEVER], off], WeekMeasure::ClinicOperations);
    let off = done(&["disabled_rules=[\"A43\"]"]);
    assert!(off < done(&[]), "they would scale down as hospitals do");
    assert_eq!(
        total(&[IN_2D, &[NEVER]], WeekMeasure::ClinicOperationsLost),
        0,
        "nobody is lent"
    );
    let threat = [
        "phases.threat.beds=1",
        "loans.trigger=\"threat-notice\"",
        "loans.full_scale_down_share=0",
        "staff.external_hire.nurses=0",
    ];
    let lost = |beds: &str| {
        total(
            &[LENDING, &threat, &[beds]],
            WeekMeasure::ClinicOperationsLost,
        )
    };
    assert_eq!(
        lost("phases.threat.beds=100000"),
        0,
        "nothing stands in the way"
    );
    assert!(
        lost("phases.threat.beds=1") > 0,
        "it stands in the way of other care"
    );
}

#[test]
fn a44_the_threat_notice_opens_the_talk() {
    let stopped = |settings: &[&str]| {
        total(
            &[IN_2D, &["loans.trigger=\"threat-notice\""], settings],
            WeekMeasure::LoanGateTrigger,
        )
    };
    let never = stopped(&["phases.threat.beds=100000"]);
    let always = stopped(&["phases.threat.beds=1"]);
    assert!(always < never, "rounds get past the trigger");
    let off = stopped(&["phases.threat.beds=1", "disabled_rules=[\"A44\"]"]);
    assert_eq!(off, never, "without the rule the threat changes nothing");
}

#[test]
fn a45_two_parties_may_agree_before_the_threat() {
    let open = |off: &[&str]| {
        let calm = ["phases.threat.beds=100000"];
        total(&[LENDING, &calm, off], WeekMeasure::LoanGateOpen)
    };
    assert!(open(&[]) > 0, "by mutual consent");
    assert_eq!(open(&["disabled_rules=[\"A45\"]"]), 0, "without the rule");
}

#[test]
fn z01_a_calendar_forces_the_phase() {
    let phases = |off: &[&str]| {
        let case = Case::run(&[IN_2D, off], 0);
        let start = case.model.study.window_start();
        let days = (start.0..case.model.study.window_end().0).map(Day);
        days.map(|day| case.outcome.days.get(day, DayMeasure::Phase))
            .collect::<Vec<u32>>()
    };
    assert!(phases(&[]).iter().all(|phase| *phase == 4), "2D all along");
    let free = phases(&["disabled_rules=[\"Z01\"]"]);
    assert!(
        free.iter().any(|phase| *phase != 4),
        "by the thresholds: {free:?}"
    );
}

#[test]
fn z05_clinics_leave_places_in_home_care_to_hospitals() {
    let scarce = [
        NEVER,
        "chain.vvt_places_per_day=12",
        "clinics.follow_up_share=1",
        "clinics.daily_operations_per_block=50",
    ];
    let stuck = |off: &str| total(&[IN_2D, &scarce, &[off]], WeekMeasure::WardExitsBlocked);
    let both = stuck("disabled_rules=[\"Z05\", \"Z11\"]");
    assert!(
        stuck("disabled_rules=[\"Z11\"]") < both,
        "places are left to hospitals"
    );
}

#[test]
fn z07_no_complete_request_no_match() {
    let vague = "clinics.complete_request_share=0";
    assert!(lent(&[]) > 0, "with complete requests");
    assert_eq!(lent(&[vague]), 0, "with none");
    assert!(
        lent(&[vague, "disabled_rules=[\"Z07\"]"]) > 0,
        "without the rule"
    );
    let n = total(&[LENDING, &[vague]], WeekMeasure::RequestsIncomplete);
    assert!(n > 0, "it is counted");
}

#[test]
fn z08_requests_are_taken_up_at_once_and_steps_are_serial() {
    let day = |settings: &[&str]| first(settings, "worker-lent");
    let start = model(&[LENDING]).study.window_start().0;
    let steps = [
        "clinics.specification_days=6",
        "clinics.procedure_days=9",
        "clinics.prepared_procedure_days=9",
    ];
    let on = day(&steps);
    assert!(on >= start + 15, "six days and nine days");
    let off = [&steps[..], &["disabled_rules=[\"Z08\"]"]].concat();
    assert!(
        (7..10).contains(&(day(&off) - on)),
        "a week later, at the next round"
    );
}

#[test]
fn z10_a_loan_without_a_business_case_does_not_happen() {
    let strict = "finance.most_uncompensated_euros=100";
    assert_eq!(lent(&[strict]), 0, "the loss is much larger");
    assert!(
        decisions(&[LENDING, &[strict]], Sentence::Z10, "loan-does-not-pay") > 0,
        "and says so"
    );
    assert!(
        lent(&[strict, "disabled_rules=[\"Z10\"]"]) > 0,
        "without the rule"
    );
    let paid = [
        "finance.compensated_share=1",
        "finance.scheme_compensated_share=1",
    ];
    assert!(
        lent(&[strict, paid[0], paid[1]]) > 0,
        "insurers make up for it"
    );
}

#[test]
fn z11_clinics_give_no_care_with_follow_up() {
    let done = |off: &[&str]| {
        total(
            &[IN_2D, &[NEVER, "clinics.follow_up_share=0.2"], off],
            WeekMeasure::ClinicOperations,
        )
    };
    let (on, off) = (done(&[]), done(&["disabled_rules=[\"Z11\"]"]));
    // The policy holds in all of the window and the weeks after it, not in the burn-in.
    let weeks = [20, 16].map(i64::from);
    assert_eq!(
        on * weeks[0] * 10,
        off * (weeks[0] * 10 - weeks[1] * 2),
        "{on} of {off}"
    );
}

#[test]
fn z12_the_scheme_makes_clinics_more_willing() {
    let willing = |settings: &[&str]| {
        let scheme = [
            "finance.scheme_from=2021-10-25",
            "finance.scheme_comfort=1",
            "finance.log_odds_per_comfort=10",
        ];
        let half = [
            "clinics.willing_in_2d_share=0.3",
            "clinics.willing_under_threat_share=0.3",
        ];
        sum(&[LENDING, &half, &scheme, settings], |case| {
            i64::from(case.outcome.funnel.willing)
        })
    };
    let off = willing(&["disabled_rules=[\"Z12\"]"]);
    assert!(willing(&[]) > off, "from the scheme's first day");
    assert_eq!(
        willing(&["finance.scheme_from=\"never\""]),
        off,
        "no scheme"
    );
}

/// A round in which every condition is met.
const MET: LoanRound = LoanRound {
    prepares: true,
    is_heaviest: false,
    threat: true,
    all_signed: true,
    hospitals: 4,
    scaled_down: 4,
    activity: PerMille(0),
    critical_short_milli: 0,
    short_milli: 3_000,
    spare_milli: 0,
    for_hire: 0,
};
const LOANS: LoanTerms = LoanTerms {
    is_open: true,
    trigger: LoanTrigger::ThreatNotice,
    criteria: [
        Some(Sentence::Z13),
        Some(Sentence::Z14),
        Some(Sentence::Z15),
        Some(Sentence::Z16),
        Some(Sentence::Z17),
    ],
    full_scale_down: PerMille(1_000),
    no_activity: PerMille(20),
    ..LoanTerms::NONE
};

/// Asserts that `round` is stopped at `expected` by `sentence`, and open without it.
fn assert_stopped(round: LoanRound, sentence: Sentence, expected: Gate) {
    assert_eq!(gate(&LOANS, &MET).0, Gate::Open, "all conditions are met");
    let stopped = gate(&LOANS, &round);
    assert_eq!(stopped, (expected, Some(sentence)), "the sentence stops it");
    let others = LOANS
        .criteria
        .map(|other| other.filter(|other| *other != sentence));
    let without = LoanTerms {
        criteria: others,
        ..LOANS
    };
    assert_eq!(gate(&without, &round).0, Gate::Open, "struck out");
}

#[test]
fn z13_one_hospital_that_does_not_sign_stops_the_loan() {
    let all_signed = false;
    assert_stopped(
        LoanRound { all_signed, ..MET },
        Sentence::Z13,
        Gate::Signature,
    );
}

#[test]
fn z14_full_scale_down_is_the_first_condition() {
    let scaled_down = 3;
    let round = LoanRound { scaled_down, ..MET };
    assert_stopped(round, Sentence::Z14, Gate::ScaleDown);
    let three_of_four = LoanTerms {
        full_scale_down: PerMille(750),
        ..LOANS
    };
    assert_eq!(gate(&three_of_four, &round).0, Gate::Open, "by share");
    let region = LoanTerms {
        scope: GateScope::RegionAggregate,
        ..LOANS
    };
    assert_eq!(gate(&region, &round).0, Gate::Open, "by region");
}

#[test]
fn z15_exchange_within_the_region_comes_first() {
    let spare_milli = 1_000;
    assert_stopped(
        LoanRound { spare_milli, ..MET },
        Sentence::Z15,
        Gate::Exchange,
    );
}

#[test]
fn z16_external_staff_come_first_and_leave_when_pressure_is_over() {
    let for_hire = 1;
    assert_stopped(LoanRound { for_hire, ..MET }, Sentence::Z16, Gate::Hire);
    let falling =
        "phase_calendar=[{from=\"2021-10-25\", phase=\"2D\"}, {from=\"2021-11-22\", phase=\"2A\"}]";
    let case = Case::run(&[LENDING, &[falling, NEVER]], 0);
    let days = |from: usize, to: usize| {
        case.outcome
            .weeks
            .total(from..to, WeekMeasure::ExternalMilliNurseDays)
    };
    let start = case.model.study.week(case.model.study.window_start());
    assert!(days(start, start + 4) > 0, "external staff work");
    assert!(case.told("external-left").count() > 0, "they leave");
    let left = case.told("external-left").map(|entry| entry.time).max();
    let hired = case
        .decided(Sentence::Z16, "external-hired")
        .map(|entry| entry.time);
    let later = hired.filter(|time| Some(*time) > left).count();
    assert!(
        later > 0 || days(start + 5, start + 8) == 0,
        "and are paid no longer"
    );
}

#[test]
fn z17_a_loan_must_prevent_something() {
    let short_milli = 0;
    assert_stopped(
        LoanRound { short_milli, ..MET },
        Sentence::Z17,
        Gate::NoBenefit,
    );
}

#[test]
fn z18_only_listed_workers_are_asked_and_lists_get_old() {
    let asked = |settings: &[&str]| {
        sum(&[LENDING, settings], |case| {
            i64::from(case.outcome.funnel.asked)
        })
    };
    assert_eq!(asked(&["clinics.listed_share=0"]), 0, "nobody is listed");
    let off = asked(&["clinics.listed_share=0", "disabled_rules=[\"Z18\"]"]);
    assert!(off > 0, "without the rule all are asked");
    // An inventory that loses everyone in its first week is of no use when requests come later.
    let late = [
        "clinics.listed_loss_per_week_share=1",
        "clinics.procedure_days=10",
        "clinics.prepared_procedure_days=10",
    ];
    assert_eq!(asked(&late), 0, "an old inventory");
}

#[test]
fn z19_who_is_not_clear_yet_waits() {
    let unclear = ["clinics.not_clear_share=1", "clinics.days_until_clear=300"];
    assert_eq!(lent(&unclear), 0, "not clear for a long time");
    let off = [&unclear[..], &["disabled_rules=[\"Z19\"]"]].concat();
    assert!(lent(&off) > 0, "without the rule");
    let soon = ["clinics.not_clear_share=1", "clinics.days_until_clear=12"];
    assert!(
        first(&soon, "worker-lent") >= first(&[], "worker-lent") + 12,
        "once it is clear"
    );
}

#[test]
fn z20_lost_value_is_lost_operations_times_price() {
    let case = Case::run(&[LENDING], 0);
    let lost = case.total(WeekMeasure::ClinicOperationsLost);
    assert!(lost > 0, "teams stop");
    // 2 500 euro an operation; operations are counted in thousandths.
    assert_eq!(
        case.total(WeekMeasure::ClinicValueLost),
        lost * 250,
        "in cents"
    );
}

#[test]
fn z21_patients_protected_by_loans_are_reported() {
    let estimand = Estimand::named("protected_by_loans").expect("an estimand");
    assert_eq!(estimand.unit, "patients", "its unit");
    let on_lent = total(&[LENDING], WeekMeasure::Class3OnLentStaff);
    assert!(on_lent > 0, "patients are operated on lent capacity");
    let never = total(&[LENDING, &[NEVER]], WeekMeasure::Class3OnLentStaff);
    assert_eq!(never, 0, "none without loans");
}

fn willing(settings: &[&str]) -> i64 {
    sum(&[LENDING, settings], |case| {
        i64::from(case.outcome.funnel.willing)
    })
}

#[test]
fn z22_the_survey_in_2d_raises_willingness() {
    let survey = [
        "clinics.willing_before_2d_share=0",
        "clinics.willing_in_2d_share=1",
        "phases.threat.beds=100000",
    ];
    assert!(willing(&survey) > 0, "when asked in 2D");
    let off = [&survey[..], &["disabled_rules=[\"Z22\"]"]].concat();
    assert_eq!(willing(&off), 0, "never asked again");
}

#[test]
fn z23_staff_can_be_lent_for_other_care_than_covid_only() {
    let none = [
        "loans.purpose=\"without-covid\"",
        "clinics.without_covid_share=0",
    ];
    assert_eq!(lent(&none), 0, "nobody suits");
    let off = [&none[..], &["disabled_rules=[\"Z23\"]"]].concat();
    assert!(lent(&off) > 0, "without the rule");
    assert!(
        lent(&["clinics.without_covid_share=0"]) > 0,
        "COVID care, too"
    );
}

#[test]
fn lent_operating_hours_never_serve_classes_4_and_5() {
    // Nobody but lent staff operates, and class 3 leaves them time.
    let only_lent = [
        "clinics.or_role_share=1",
        "clinics.ic_role_share=0",
        "region.*.hospital.*.or_teams=0",
        "sessions.weekly_operations=[5, 50, 50]",
    ];
    let done = |settings: &[&str], measure| total(&[LENDING, &only_lent, settings], measure);
    assert!(done(&[], WeekMeasure::OperationsClass3) > 0, "class 3");
    let of_others = |settings: &[&str]| {
        done(settings, WeekMeasure::OperationsClass4)
            + done(settings, WeekMeasure::OperationsClass5)
    };
    assert_eq!(of_others(&["disabled_rules=[\"L03\"]"]), 0, "nothing else");
    let free = ["disabled_rules=[\"L03\", \"Z23\"]"];
    assert!(of_others(&free) > 0, "without the rule");
}

#[test]
fn z24_preparation_shortens_the_steps() {
    let steps = [
        "clinics.procedure_days=20",
        "clinics.prepared_procedure_days=2",
        // Long lead opens beds so early that for some weeks no staff are wanted.
        "lead_days=4",
    ];
    let off = [&steps[..], &["disabled_rules=[\"Z24\"]"]].concat();
    let gained = first(&off, "worker-lent") - first(&steps, "worker-lent");
    assert!(
        (16..=20).contains(&gained),
        "eighteen days in rounds of three: {gained}"
    );
}

#[test]
fn z25_induction_takes_days_and_trainers() {
    let until_work = |settings: &[&str]| {
        let case = Case::run(&[LENDING, settings], 0);
        let mut days = case.told("worker-starts").map(|start| {
            let mut lent = case.told("worker-lent");
            let lent = lent
                .find(|entry| entry.subject == start.subject)
                .expect("lent before");
            start.time.day().0 - lent.time.day().0
        });
        days.next().expect("someone works")
    };
    let same = [
        "clinics.induction_days=[9, 9, 9]",
        "clinics.without_booster_share=1",
        "clinics.booster_days=2",
    ];
    assert_eq!(until_work(&same), 11, "booster and induction");
    let off = [&same[..], &["disabled_rules=[\"Z25\"]"]].concat();
    assert_eq!(until_work(&off), 1, "the next morning");
}

#[test]
fn z26_a_team_without_a_member_stops() {
    let lost = |off: &[&str]| {
        let case = Case::run(&[LENDING, off], 0);
        case.total(WeekMeasure::ClinicOperationsLost)
    };
    assert!(
        lost(&[]) > lost(&["disabled_rules=[\"Z26\"]"]),
        "more than in proportion"
    );
    assert!(lost(&["disabled_rules=[\"Z26\"]"]) > 0, "in proportion");
}

#[test]
fn z27_clinics_that_cannot_help_continue_in_phase_3() {
    let in_3 = ["phase_calendar=[{from=\"2021-10-25\", phase=\"3\"}]"];
    let done =
        |settings: &[&str]| total(&[LENDING, &in_3, settings], WeekMeasure::ClinicOperations);
    let useless = [
        "clinics.willing_before_2d_share=0",
        "clinics.willing_in_2d_share=0",
        "clinics.willing_under_threat_share=0",
    ];
    let on = done(&useless);
    assert_eq!(on, done(&[NEVER]), "nobody can help, so all continue");
    let off = [&useless[..], &["disabled_rules=[\"Z27\"]"]].concat();
    assert!(done(&off) < on, "without the rule they scale down");
}

#[test]
fn z28_care_moves_to_clinics_with_the_hours_that_loans_leave() {
    let moved = |settings: &[&str]| {
        total(
            &[LENDING, &["moved_care_share=0.5"], settings],
            WeekMeasure::OperationsMovedClass3,
        )
    };
    assert!(moved(&[NEVER]) > 0, "care moves");
    assert!(moved(&[]) < moved(&[NEVER]), "loans take the same hours");
    assert_eq!(moved(&["disabled_rules=[\"Z28\"]"]), 0, "without the rule");
    assert_eq!(moved(&["moved_care_share=0"]), 0, "no hours are offered");
    let own = |share: &str| total(&[LENDING, &[NEVER, share]], WeekMeasure::ClinicOperations);
    let given = own("moved_care_share=0") - own("moved_care_share=0.5");
    assert_eq!(
        given,
        moved(&[NEVER]),
        "clinics do so much less of their own"
    );
}

#[test]
fn z29_nobody_moves_who_is_not_willing() {
    let none = [
        "clinics.willing_before_2d_share=0",
        "clinics.willing_in_2d_share=0",
        "clinics.willing_under_threat_share=0",
    ];
    for trigger in [
        "voluntary-any-time",
        "from-phase-2d",
        "threat-notice",
        "phase-3",
    ] {
        let trigger = format!("loans.trigger=\"{trigger}\"");
        assert_eq!(lent(&[none[0], none[1], none[2], &trigger]), 0, "{trigger}");
    }
    let off = [&none[..], &["disabled_rules=[\"Z29\"]"]].concat();
    assert_eq!(lent(&off), 0, "nor can a policy switch the will off");
    let world = World::draw(&model(&[LENDING]), SEED, 0);
    let case = Case::run(&[LENDING], 0);
    for entry in case.told("worker-lent") {
        let worker = entry.subject.expect("a worker") as usize;
        assert!(
            world.workers[worker].willing_mark < 800,
            "worker {worker} was willing"
        );
    }
}

#[test]
fn z30_attitude_raises_willingness_under_threat() {
    let threat = [
        "phases.threat.beds=1",
        "clinics.willing_before_2d_share=0",
        "clinics.willing_in_2d_share=0",
        "clinics.willing_under_threat_share=1",
    ];
    assert!(willing(&threat) > 0, "when phase 3 threatens");
    let off = [&threat[..], &["disabled_rules=[\"Z30\"]"]].concat();
    assert_eq!(willing(&off), 0, "without the rule no more than before");
}
