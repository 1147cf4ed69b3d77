//! The values of a scenario that count something in the country, and what each is multiplied by.

use super::shares::Shares;
use crate::model::Model;
use crate::scenario::{Scenario, path_steps, quoted};

/// A value that was scaled, or a list of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaled {
    /// Where it stands; elements of lists by their key, where they have one.
    pub path: String,
    /// The factor by which all its numbers are multiplied, or one factor for each.
    pub factors: Vec<f64>,
    /// The share that the factor is, in words.
    pub share: &'static str,
    is_whole: bool,
}

/// Whether numbers must be whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Real,
    Whole,
}

const COVID: &str = "the region's share of COVID admissions";
/// So many factors are listed one by one.
const FEW: usize = 3;
const BEDS: &str = "the region's share of regular beds";
const SIZE: &str = "the region's share of the sizes of hospitals";

impl Scaled {
    fn new(path: impl Into<String>, factor: f64, share: &'static str, kind: Kind) -> Self {
        Self {
            path: path.into(),
            factors: vec![factor],
            share,
            is_whole: kind == Kind::Whole,
        }
    }

    /// The same for one of its numbers.
    pub(super) fn with(&self, factor: f64) -> Self {
        Self {
            factors: vec![factor],
            ..self.clone()
        }
    }

    /// The override that scales the value; `None` where nothing is written.
    pub(super) fn setting(&self, country: &Scenario) -> Option<String> {
        let written = country.text_at(&indexed(&self.path, country))?;
        Some(format!("{}={}", self.path, self.text(&written)))
    }

    /// Where a source of the value is cited, and the source; `None` for elements of the list of phases,
    /// whose sources stand together.
    pub(super) fn source(&self, country: &str) -> Option<(String, String)> {
        let is_phase = self.path.starts_with("phases.phase");
        (!is_phase).then(|| (self.path.clone(), self.cited(country)))
    }

    /// The override that cites the source of a number of a phase, where such sources stand.
    pub(super) fn source_of_phases(&self, country: &Scenario) -> Option<String> {
        let (_, key) = self.path.strip_prefix("phases.phase")?.rsplit_once('.')?;
        let place = format!("phases.source.\"phase.{key}\"");
        let is_there = country.is_written(&place);
        is_there.then(|| format!("{place}={}", quoted(&self.cited(&country.file.key))))
    }

    /// The source of the value.
    pub(super) fn cited(&self, country: &str) -> String {
        let (times, share) = (self.times(), self.share);
        format!("derived: that of {country} times {times}, {share}")
    }

    /// Its factors as readers see them: each of a few, or the least and the largest of many.
    pub fn times(&self) -> String {
        let factors = self.factors.iter();
        if factors.len() <= FEW {
            let each: Vec<String> = factors.map(|x| format!("{x:.4}")).collect();
            return each.join(", ");
        }
        let (least, most) = factors.fold((f64::MAX, f64::MIN), |(least, most), x| {
            (least.min(*x), most.max(*x))
        });
        format!("{least:.4} to {most:.4}")
    }

    /// The factor of a path that is this one or goes on in its list; `None` for another one.
    pub(super) fn factor_of(&self, path: &str) -> Option<f64> {
        let mut steps = path_steps(path);
        let is_same = path_steps(&self.path).all(|step| steps.next() == Some(step));
        let position = steps.next().and_then(|step| step.parse::<usize>().ok());
        let factor = self.factors.get(position.unwrap_or(0));
        is_same.then(|| factor.copied().unwrap_or(self.factors[0]))
    }

    /// A number that was multiplied by `factor`, as it is written.
    pub(super) fn number(&self, x: f64, factor: f64) -> f64 {
        if self.is_whole {
            (x * factor).round()
        } else {
            six_digits(x * factor)
        }
    }

    /// A number or a list of numbers, scaled.
    pub(super) fn text(&self, written: &str) -> String {
        let inner = written.trim_matches(['[', ']']);
        let factors = self
            .factors
            .iter()
            .chain(self.factors.last().into_iter().cycle());
        let numbers = inner.split(',').zip(factors).map(|(number, factor)| {
            let number = number.trim().replace('_', "");
            let scaled = number
                .parse()
                .map(|x: f64| self.number(x, *factor).to_string());
            scaled.unwrap_or(number)
        });
        let numbers = numbers.collect::<Vec<String>>().join(", ");
        if written.starts_with('[') {
            format!("[{numbers}]")
        } else {
            numbers
        }
    }
}

/// A number with six significant digits.
pub(super) fn six_digits(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// Everything that is written and counts something in the country.
pub(super) fn all(country: &Scenario, model: &Model, shares: &Shares) -> Vec<Scaled> {
    let mut all = of_patients(shares);
    all.extend(of_staff(shares));
    all.extend(of_streams(model, shares));
    all.extend((0..model.phases.records.len()).flat_map(|n| of_phase(n, shares)));
    all.extend(country.file.policy.iter().flatten().map(|policy| {
        let path = format!("policy.{}.chain.vvt_places_per_day", policy.key);
        Scaled::new(path, shares.covid, COVID, Kind::Whole)
    }));
    all.retain(|one| country.is_written(&indexed(&one.path, country)));
    all
}

fn of_patients(shares: &Shares) -> Vec<Scaled> {
    let covid = |path, kind| Scaled::new(path, shares.covid, COVID, kind);
    let of_census = |path, factor| {
        let share = "the region's share of the patients at the start of the window";
        let share = if shares.has_census { share } else { COVID };
        Scaled::new(path, factor, share, Kind::Whole)
    };
    let acute = "the region's share of acute patients";
    let classes = "the region's shares of operations of classes 3, 4 and 5";
    vec![
        Scaled {
            factors: shares.covid_by_week.clone(),
            ..covid("covid.weekly_admissions", Kind::Real)
        },
        of_census("covid.census_at_start.ic", shares.census[0]),
        of_census("covid.census_at_start.ward", shares.census[1]),
        Scaled::new("acute.weekly_arrivals", shares.acute, acute, Kind::Real),
        Scaled {
            factors: shares.classes.to_vec(),
            ..Scaled::new("sessions.weekly_operations", 0.0, classes, Kind::Real)
        },
    ]
}

fn of_staff(shares: &Shares) -> Vec<Scaled> {
    let beds = |path, kind| Scaled::new(path, shares.beds, BEDS, kind);
    let size = |path| Scaled::new(path, shares.size, SIZE, Kind::Whole);
    let per_admission = 1.0 / shares.covid.max(f64::MIN_POSITIVE);
    vec![
        beds("staff.ramp_beds_per_day", Kind::Real),
        beds("staff.ramp_down_beds_per_day", Kind::Real),
        beds("staff.external_hire.nurses", Kind::Whole),
        beds("staff.external_hire.nurses_per_week", Kind::Whole),
        size("staff.ward.planned_inpatients"),
        size("staff.ward.covid_beds"),
        Scaled::new(
            "staff.absence.share_per_thousand_weekly_admissions",
            per_admission,
            "as the region's admissions stand for the country's",
            Kind::Real,
        ),
        beds("phases.threat.beds", Kind::Whole),
    ]
}

fn of_streams(model: &Model, shares: &Shares) -> Vec<Scaled> {
    let streams = model.planned.specialties.iter().enumerate();
    let here = streams.filter(|(n, _)| shares.streams[*n] > 0.0);
    here.flat_map(|(n, stream)| {
        let path = |key: &str| format!("planned.stream.{}.{key}", stream.key);
        let patients = Scaled::new(
            path("weekly_indications"),
            shares.streams[n],
            "the share of the hospitals that perform it",
            Kind::Real,
        );
        let time = shares.own_time[n]
            .zip(stream.own_teams)
            .map(|(here, usual)| {
                let factor = here / usual.as_fraction().max(f64::MIN_POSITIVE);
                let share = "as the teams of the region's hospitals have it together";
                Scaled::new(path("or_time_share"), factor, share, Kind::Real)
            });
        core::iter::once(patients).chain(time)
    })
    .collect()
}

fn of_phase(n: usize, shares: &Shares) -> [Scaled; 3] {
    let path = |key: &str| format!("phases.phase[{n}].{key}");
    [
        Scaled::new(path("enter_at_covid_ic"), shares.covid, COVID, Kind::Whole),
        Scaled::new(path("national_ic_beds"), shares.beds, BEDS, Kind::Whole),
        Scaled::new(path("ordered_ic_beds"), shares.beds, BEDS, Kind::Whole),
    ]
}

/// A path in which elements of the lists of streams and policies stand by their position.
pub(super) fn indexed(path: &str, country: &Scenario) -> String {
    let file = &country.file;
    let by_position =
        |start: &str, n: Option<usize>, rest: &str| n.map(|n| format!("{start}[{n}].{rest}"));
    let found = if let Some(rest) = path.strip_prefix("planned.stream.") {
        rest.rsplit_once('.').and_then(|(key, rest)| {
            let n = file.planned.stream.iter().position(|one| one.key == key);
            by_position("planned.stream", n, rest)
        })
    } else if let Some(rest) = path.strip_prefix("policy.") {
        rest.split_once(".chain.").and_then(|(key, rest)| {
            let mut policies = file.policy.iter().flatten();
            let n = policies.position(|one| one.key == key);
            by_position("policy", n, &format!("chain.{rest}"))
        })
    } else {
        None
    };
    found.unwrap_or_else(|| path.to_owned())
}
