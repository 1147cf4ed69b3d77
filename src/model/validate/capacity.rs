//! What hospitals have unless a scenario says otherwise: teams, their time, and places in the program.

use crate::model::demand::{PlannedDemand, SessionDemand, Specialty};
use crate::model::geography::StreamTime;
use crate::numeric::clamp_to_u32;
use crate::scenario::shape::ScenarioFile;

/// Expected patients and operating minutes per week of IC-dependent care, by hospital and stream.
pub(super) fn weekly_planned(planned: &PlannedDemand, n_hospitals: usize) -> Vec<Vec<[f64; 2]>> {
    let mut weekly = vec![Vec::new(); n_hospitals];
    for stream in &planned.specialties {
        let minutes = stream.or_time.table.mean_ticks();
        let mut below = 0.0;
        for (at, cumulative) in stream.hospital_cumulative.iter().enumerate() {
            let patients = stream.daily_indications * 5.0 * (cumulative - below);
            below = *cumulative;
            weekly[at].push([patients, patients * minutes]);
        }
    }
    weekly
}

/// Weights of all hospitals in operations without IC, by class: their size, and what their group does.
pub(super) fn class_weights(
    file: &ScenarioFile,
    sizes: &[f64],
    groups: &[Vec<String>],
) -> [Vec<f64>; 3] {
    let factors = |groups: &[String]| {
        let mix = file.sessions.mix.iter();
        mix.into_iter()
            .find(|mix| groups.contains(&mix.group))
            .map_or([1.0; 3], |mix| mix.factors)
    };
    core::array::from_fn(|class| {
        let pairs = sizes.iter().zip(groups);
        pairs
            .map(|(weight, groups)| weight * factors(groups)[class])
            .collect()
    })
}

/// Time of the own teams of each stream, by hospital.
pub(super) fn stream_minutes(
    planned: &PlannedDemand,
    weekly: &[Vec<[f64; 2]>],
    sessions: &SessionDemand,
) -> Vec<Vec<StreamTime>> {
    let time = |(stream, [_, minutes]): (&Specialty, &[f64; 2]), at: usize| {
        let Some(part) = stream.own_teams.filter(|_| *minutes > 0.0) else {
            return StreamTime::default();
        };
        let used = minutes / 5.0 / sessions.or_use.as_fraction();
        let part = part.as_fraction() + stream.own_teams_spread * (2.0 * turn(at) - 1.0);
        let per_day = clamp_to_u32(libm::ceil(used * part.max(0.0)));
        let operation = clamp_to_u32(stream.or_time.table.mean_ticks());
        let most = (5 * per_day).max(3 * operation);
        StreamTime { per_day, most }
    };
    let of_hospital = |(at, weekly): (usize, &Vec<[f64; 2]>)| {
        let streams = planned.specialties.iter().zip(weekly);
        // A hospital with little time for one stream need not have little for the others.
        let places = (at..).step_by(weekly.len().max(1));
        let pairs = streams.zip(places);
        pairs.map(|(stream, place)| time(stream, place)).collect()
    };
    weekly.iter().enumerate().map(of_hospital).collect()
}

/// General teams that each hospital's expected operations take.
pub(super) fn or_teams(
    file: &ScenarioFile,
    (planned, sessions): (&PlannedDemand, &SessionDemand),
    weekly: &[Vec<[f64; 2]>],
    class_weights: &[Vec<f64>; 3],
) -> Vec<f64> {
    let team_minutes = f64::from(file.staff.team_minutes_per_day) * file.sessions.or_use_share;
    let without_ic = |at: usize| -> f64 {
        let minutes = (0..3).map(|class| {
            let weights = &class_weights[class];
            let share = weights[at] / weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            sessions.daily_operations[class] * f64::from(sessions.or_minutes[class]) * share
        });
        minutes.sum()
    };
    let with_ic = |weekly: &Vec<[f64; 2]>| -> f64 {
        let streams = planned.specialties.iter().zip(weekly);
        let general = streams.filter(|(stream, _)| stream.own_teams.is_none());
        general.map(|(_, [_, minutes])| minutes / 5.0).sum()
    };
    let teams =
        |(at, weekly): (usize, &Vec<[f64; 2]>)| (without_ic(at) + with_ic(weekly)) / team_minutes;
    weekly.iter().enumerate().map(teams).collect()
}

/// Where hospital `at` stands in the unit interval, over which hospitals are even.
pub(super) fn turn(at: usize) -> f64 {
    /// Multiples of it are even over the unit interval.
    const GOLDEN_RATIO: f64 = 0.618_033_988_749_894_8;
    let turn = at as f64 * GOLDEN_RATIO;
    turn - libm::floor(turn)
}

/// At least `weekly` places, whole and as even as possible over Monday to Friday. The days that
/// have one more differ from hospital to hospital, so that the country as a whole is even too.
pub(super) fn spread_over_weekdays(weekly: f64, hospital: usize) -> [u8; 5] {
    let places = usize::try_from(clamp_to_u32(libm::ceil(weekly))).unwrap_or(usize::MAX);
    let more = places % 5;
    let mut slots = [u8::try_from(places / 5).unwrap_or(u8::MAX); 5];
    for n in 0..more {
        let day = (hospital + n * 5 / more) % 5;
        slots[day] = slots[day].saturating_add(1);
    }
    slots
}

/// At least `weekly` places, whole and as close to the `factors` of Monday to Friday as can be. Days
/// that gain by rounding differ from hospital to hospital, so that the whole country follows them too.
pub(super) fn spread_by_factors(weekly: f64, factors: &[f64; 5], hospital: usize) -> [u8; 5] {
    let places = libm::ceil(weekly);
    let per_factor = places / factors.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    // The small part keeps sums of thirds and tenths from ending just below a whole number.
    let mut sum = turn(hospital) + 1e-9;
    let mut given = 0;
    factors.map(|factor| {
        sum += factor * per_factor;
        let slots = clamp_to_u32(libm::floor(sum)) - given;
        given += slots;
        u8::try_from(slots).unwrap_or(u8::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_even_over_the_week_and_start_on_another_day_in_each_hospital() {
        assert_eq!(
            spread_over_weekdays(6.2, 0),
            [2, 1, 2, 1, 1],
            "seven places"
        );
        assert_eq!(
            spread_over_weekdays(6.2, 1),
            [1, 2, 1, 2, 1],
            "the next hospital"
        );
        assert_eq!(spread_over_weekdays(0.0, 3), [0; 5], "no demand, no places");
        assert_eq!(
            spread_over_weekdays(0.1, 3),
            [0, 0, 0, 1, 0],
            "any demand has a place"
        );
    }

    #[test]
    fn places_follow_the_factors_of_weekdays_in_each_hospital_and_together() {
        let factors = [1.1, 1.0, 1.0, 1.0, 0.4];
        let mut together = [0_u32; 5];
        for hospital in 0..100 {
            let slots = spread_by_factors(8.6, &factors, hospital);
            let sum: u32 = slots.iter().map(|n| u32::from(*n)).sum();
            assert_eq!(sum, 9, "all of its places: {slots:?}");
            for (all, n) in together.iter_mut().zip(slots) {
                *all += u32::from(n);
            }
        }
        for (n, factor) in together.iter().zip(factors) {
            let expected = 900.0 * factor / 4.5;
            assert!((f64::from(*n) - expected).abs() < 5.0, "{together:?}");
        }
        assert_eq!(spread_by_factors(0.0, &factors, 3), [0; 5], "no demand");
    }
}
