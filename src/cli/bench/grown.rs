//! Scenarios with more of something, to see how cost grows with it.

use crate::scenario::shape::{Census, Hospital, PhaseEntry, Policy, Region, ScenarioFile, Staff};

/// What there is more of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// Hospitals of the same sizes in the same regions, each with its patients.
    Hospitals,
    /// Patients, beds and staff of the same hospitals.
    Patients,
    /// Policies: copies of one, each simulated by itself.
    Policies,
    /// Weeks in the window, wave after wave.
    Weeks,
}

impl Axis {
    pub(super) const ALL: [Self; 4] =
        [Self::Hospitals, Self::Patients, Self::Policies, Self::Weeks];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Hospitals => "hospitals",
            Self::Patients => "patients",
            Self::Policies => "policies",
            Self::Weeks => "weeks",
        }
    }

    /// The scenario under its policy `key`, with `factor` times as much. What is drawn from ranges or sets
    /// is left out, since all sizes shall differ in size only.
    pub(super) fn grown(self, file: &ScenarioFile, key: &str, factor: u16) -> ScenarioFile {
        let mut grown = file.clone();
        (grown.uncertainty, grown.posterior) = (None, None);
        (grown.question, grown.sweep) = (None, None);
        keep_policies(
            &mut grown,
            key,
            if self == Self::Policies { factor } else { 1 },
        );
        match self {
            Self::Hospitals => {
                for region in &mut grown.region {
                    copy_hospitals(region, factor);
                }
                grow_country(&mut grown, factor);
            }
            Self::Patients => {
                let hospitals = grown.region.iter_mut().flat_map(|r| &mut r.hospital);
                hospitals.for_each(|hospital| grow_hospital(hospital, factor));
                grow_country(&mut grown, factor);
            }
            Self::Policies => {}
            Self::Weeks => lengthen(&mut grown, factor),
        }
        grown
    }
}

/// A name beside which its copies stand.
fn copied(key: &str, number: u16) -> String {
    format!("{key}-{number}")
}

fn copy_hospitals(region: &mut Region, factor: u16) {
    let copy = |hospital: &Hospital, number| Hospital {
        key: copied(&hospital.key, number),
        name: None,
        ..hospital.clone()
    };
    let copies =
        (0..factor).flat_map(|number| region.hospital.iter().map(move |one| copy(one, number)));
    region.hospital = copies.collect();
}

fn grow_hospital(hospital: &mut Hospital, factor: u16) {
    hospital.regular_beds *= factor;
    hospital.physical_beds *= factor;
    grow(hospital.or_teams.as_mut(), factor);
    if let Some(beds) = &mut hospital.covid_ward_beds {
        *beds *= factor;
    }
    if let Some(slots) = &mut hospital.ic_slots {
        *slots = slots.map(|slots| slots.saturating_mul(u8::try_from(factor).unwrap_or(u8::MAX)));
    }
}

/// Everything that is counted for the whole country.
fn grow_country(file: &mut ScenarioFile, factor: u16) {
    let n = u32::from(factor);
    grow(&mut file.covid.weekly_admissions, factor);
    grow_census(file.covid.census_at_start.as_mut(), n);
    grow([&mut file.acute.weekly_arrivals], factor);
    grow(
        file.planned
            .stream
            .iter_mut()
            .map(|one| &mut one.weekly_indications),
        factor,
    );
    grow(&mut file.sessions.weekly_operations, factor);
    grow_staff(&mut file.staff, factor);
    for region in &mut file.region {
        region.lendable_workers *= n;
        grow(region.weekly_admissions.iter_mut().flatten(), factor);
        grow_census(region.census_at_start.as_mut(), n);
    }
    file.phases
        .phase
        .iter_mut()
        .for_each(|phase| grow_phase(phase, n));
    if let Some(threat) = &mut file.phases.threat {
        threat.beds *= n;
    }
    for policy in file.policy.iter_mut().flatten() {
        policy.moves_per_day *= factor;
        policy.regional_moves_per_day *= factor;
    }
}

fn grow_staff(staff: &mut Staff, factor: u16) {
    let n = u32::from(factor);
    grow(
        [
            &mut staff.ramp_beds_per_day,
            &mut staff.ramp_down_beds_per_day,
        ],
        factor,
    );
    staff.ward.planned_inpatients *= n;
    staff.ward.covid_beds *= n;
    staff.absence.share_per_thousand_weekly_admissions /= f64::from(factor);
    if let Some(hire) = &mut staff.external_hire {
        hire.nurses *= n;
        hire.nurses_per_week *= n;
    }
}

const fn grow_phase(phase: &mut PhaseEntry, n: u32) {
    phase.enter_at_covid_ic *= n;
    phase.national_ic_beds *= n;
    phase.ordered_ic_beds *= n;
}

const fn grow_census(census: Option<&mut Census>, n: u32) {
    if let Some(census) = census {
        census.ic *= n;
        census.ward *= n;
    }
}

fn grow<'a>(numbers: impl IntoIterator<Item = &'a mut f64>, factor: u16) {
    numbers
        .into_iter()
        .for_each(|number| *number *= f64::from(factor));
}

/// Copies of one policy, and no others.
fn keep_policies(file: &mut ScenarioFile, key: &str, n: u16) {
    let mut policies = file.policy.take().unwrap_or_default();
    policies.retain(|policy| policy.key == key);
    let copy = |number| {
        policies.iter().map(move |policy| Policy {
            key: copied(&policy.key, number),
            label: copied(&policy.key, number).into(),
            ..policy.clone()
        })
    };
    let copies: Vec<Policy> = (0..n).flat_map(copy).collect();
    let keys: Vec<String> = copies.iter().map(|policy| policy.key.clone()).collect();
    file.baseline = keys.first().cloned();
    file.policies = Some(keys);
    file.policy = Some(copies);
}

fn lengthen(file: &mut ScenarioFile, factor: u16) {
    let more = usize::from(file.study.window_weeks) * usize::from(factor - 1);
    file.study.window_weeks *= factor;
    repeat(&mut file.covid.weekly_admissions, more);
    repeat(&mut file.covid.weekly_ic_share, more);
    for region in &mut file.region {
        if let Some(admissions) = &mut region.weekly_admissions {
            repeat(admissions, more);
        }
    }
}

/// Goes on from the start of the list after its end, for so many numbers more.
fn repeat(list: &mut Vec<f64>, more: usize) {
    *list = list
        .iter()
        .copied()
        .cycle()
        .take(list.len() + more)
        .collect();
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::Model;
    use crate::scenario;

    fn grown(axis: Axis, factor: u16) -> Model {
        let mut scenario = scenario::load(Path::new("small"), &[]).expect("a shipped scenario");
        scenario.file = axis.grown(&scenario.file, "supplement-2021", factor);
        Model::from_scenario(&scenario).expect("a sound model")
    }

    /// Hospitals, admissions per day of the window, policies, and days of the window.
    fn sizes(model: &Model) -> [f64; 4] {
        let study = &model.study;
        let window = usize::from(model.covid.lookback_days + study.window_start().0);
        let first_weeks = &model.covid.daily_admissions[window..][..usize::from(study.window_days)];
        [
            model.hospitals.len() as f64,
            first_weeks.iter().sum::<f64>() / first_weeks.len() as f64,
            model.policies.len() as f64,
            first_weeks.len() as f64,
        ]
    }

    #[test]
    fn each_axis_grows_what_it_names() {
        let small = sizes(&grown(Axis::Patients, 1));
        let expected = [
            (Axis::Hospitals, [3.0, 3.0, 1.0, 1.0]),
            (Axis::Patients, [1.0, 3.0, 1.0, 1.0]),
            (Axis::Policies, [1.0, 1.0, 3.0, 1.0]),
        ];
        for (axis, times) in expected {
            let large = sizes(&grown(axis, 3));
            for at in 0..4 {
                let ratio = large[at] / small[at];
                assert!((ratio - times[at]).abs() < 1e-9, "{}: {ratio}", axis.name());
            }
        }
        let long = sizes(&grown(Axis::Weeks, 3));
        assert!((long[3] / small[3] - 3.0).abs() < 1e-9, "weeks");
        assert!(
            (0.5..1.5).contains(&(long[1] / small[1])),
            "wave after wave"
        );
    }
}
