//! Whether the census at the start of the window can be met with the admissions before it.

use crate::model::demand::{CENSUS_DENSITY, CovidCensus, CovidDemand, Readmission, Stay};
use crate::model::study::Study;
use crate::model::validate::check::{Checker, below};
use crate::numeric::Tail;
use crate::numeric::poisson::poisson_quantile;
use crate::random::Distribution;
use crate::scenario::limits;
use crate::units::MINUTES_PER_DAY;

/// Pathways by which expected numbers are computed.
const PATHWAYS: u32 = 512;
/// Share of worlds in which an observed number may fall short, at the most.
const FALLS_SHORT: f64 = 0.001;
/// Share of worlds without a census at the start that have even more patients than may be asked for.
const RARE: f64 = 1e-6;

/// Expected patients on the IC and on the ward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expected {
    pub(super) ic: f64,
    pub(super) ward: f64,
}

/// How dense patients before the window must be drawn to meet the observed census. Notes a census that
/// admissions and stays do not lead to.
pub(super) fn density(covid: &CovidDemand, study: &Study, check: &mut Checker<'_>) -> f64 {
    let Some(census) = covid.census_at_start else {
        return CENSUS_DENSITY;
    };
    let days = usize::from(covid.lookback_days) + usize::from(study.burn_in_days);
    let before: f64 = covid.daily_admissions.iter().take(days).sum();
    let densest = (limits::PATIENTS / before).max(CENSUS_DENSITY);
    let mut densities = vec![CENSUS_DENSITY];
    let mut meet = |path: &str, census: CovidCensus, expected: Expected| {
        for (key, observed, expected) in [
            ("ic", census.ic, expected.ic),
            ("ward", census.ward, expected.ward),
        ] {
            let most = most(expected, densest);
            if observed > most {
                let message = format!(
                    "cannot be met: admissions and stays lead to about {expected:.1} patients"
                );
                check.fail(&below(path, key), &message, Some(format!("0 to {most}")));
            } else if observed > 0 {
                densities.push(drawn_for(observed) / expected);
            }
        }
    };
    if covid.regional_census.is_empty() {
        let expected = expected(covid, &covid.daily_admissions, study);
        meet("covid.census_at_start", census, expected);
    }
    for (region, census) in covid.regional_census.iter().enumerate() {
        let expected = expected(covid, &covid.admissions_of(region), study);
        meet(
            &format!("region[{region}].census_at_start"),
            *census,
            expected,
        );
    }
    densities.into_iter().fold(0.0, f64::max)
}

/// The largest census that may be asked for: what the usual density gives, and whatever chance alone
/// gives, which is far more than the expected number where that is small, as far as `densest` goes.
fn most(expected: f64, densest: f64) -> u32 {
    let by = |density: f64| poisson_quantile(density * expected, FALLS_SHORT);
    let by_chance = poisson_quantile(expected, 1.0 - RARE);
    by(CENSUS_DENSITY).max(by_chance.min(by(densest)))
}

/// The mean of a Poisson number that falls short of `n` as often as is allowed: it does when the n-th
/// event comes later, and that time is a gamma variable.
fn drawn_for(n: u32) -> f64 {
    let time = Distribution::gamma(f64::from(n), f64::from(n));
    time.quantile(Tail::Upper(FALLS_SHORT))
}

/// Patients expected at the start of the window: admissions of each day, times the share of
/// pathways that are on the IC or the ward by then.
pub(super) fn expected(covid: &CovidDemand, admissions: &[f64], study: &Study) -> Expected {
    let days = usize::from(covid.lookback_days) + usize::from(study.burn_in_days);
    let pathways: Vec<Pathway> = (0..PATHWAYS).map(|n| Pathway::new(covid, n)).collect();
    let admissions = admissions.iter().zip(&covid.ic_share);
    let mut found = Expected { ic: 0.0, ward: 0.0 };
    for (day, (rate, ic_share)) in admissions.take(days).enumerate() {
        let since =
            (days - day) as f64 * f64::from(MINUTES_PER_DAY) - f64::from(MINUTES_PER_DAY / 2);
        for pathway in &pathways {
            let (ic, ward) = pathway.at(since, *ic_share);
            found.ic += rate * ic / f64::from(PATHWAYS);
            found.ward += rate * ward / f64::from(PATHWAYS);
        }
    }
    found
}

/// Stays of one patient, in minutes: with and without need of the IC.
struct Pathway {
    ward_only: f64,
    before: f64,
    /// Of those who live, and of those who die.
    ic: [f64; 2],
    after: f64,
    survival: f64,
    again: Return,
}

/// The return to the IC of one patient.
struct Return {
    probability: f64,
    ward: f64,
    ic: f64,
}

impl Pathway {
    /// The n-th of a set that covers all combinations of stays evenly (a Kronecker sequence).
    fn new(covid: &CovidDemand, n: u32) -> Self {
        let at = |step: f64| (0.5 + f64::from(n) * step).fract();
        // Powers of the root of x⁴ = x + 1, which spread three numbers and more evenly (Roberts 2018).
        let [first, second, third] = [0.819_172_513_4, 0.671_043_606_7, 0.549_700_477_9].map(at);
        // Fractions of the roots of 2 and 3, for the few who come back.
        let sample = |stay: fn(&Readmission) -> &Stay, step: f64| {
            let sampled = |again| f64::from(stay(again).table.sample(at(step)));
            covid.readmission.as_ref().map_or(0.0, sampled)
        };
        Self {
            ward_only: f64::from(covid.ward_stay.table.sample(first)),
            before: f64::from(covid.ward_before_ic.table.sample(first)),
            ic: [true, false].map(|survives| {
                let stay = f64::from(covid.ic_stay.table.sample(second));
                stay * covid.ic_stay_factor(survives)
            }),
            after: f64::from(covid.ward_after_ic.table.sample(third)),
            survival: covid.ic_survival,
            again: Return {
                probability: (covid.readmission.as_ref()).map_or(0.0, |again| again.probability),
                ward: sample(|again| &again.ward_stay, 0.414_213_562_4),
                ic: sample(|again| &again.ic_stay, 0.732_050_807_6),
            },
        }
    }

    /// Probabilities of being on the IC, and on the ward, `since` minutes after admission.
    fn at(&self, since: f64, ic_share: f64) -> (f64, f64) {
        let within = |from: f64, to: f64| f64::from(u8::from(from <= since && since < to));
        let [lives, dies] = self.ic.map(|ic| within(self.before, self.before + ic));
        let on_ic = lives + (1.0 - self.survival) * (dies - lives);
        let stepped_down = self.before + self.ic[0];
        let again = stepped_down + self.again.ward;
        let left_again = again + self.again.ic;
        let without = within(stepped_down, stepped_down + self.after);
        let with = within(stepped_down, again) + within(left_again, left_again + self.after);
        let after = self.survival * (without + self.again.probability * (with - without));
        let on_ic = on_ic + self.survival * self.again.probability * within(again, left_again);
        let on_ward = within(0.0, self.before) + after;
        let alone = within(0.0, self.ward_only);
        (
            ic_share * on_ic,
            ic_share * on_ward + (1.0 - ic_share) * alone,
        )
    }
}
