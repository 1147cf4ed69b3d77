//! Regions and hospitals, and how demand and capacity are divided over them.

use core::ops::Range;

use crate::model::demand::{PlannedDemand, SessionDemand};
use crate::model::geography::{Hospital, Region, StreamTime};
use crate::model::validate::apportion::apportion;
use crate::model::validate::capacity::{
    class_weights, or_teams, spread_by_factors, spread_over_weekdays, stream_minutes, turn,
    weekly_planned,
};
use crate::model::validate::check::Checker;
use crate::name::Name;
use crate::numeric::clamp_to_u32;
use crate::policy::fair_share::FairShareWeights;
use crate::policy::levers::FairShare;
use crate::scenario::limits;
use crate::scenario::shape::{self, ScenarioFile};
use crate::units::{Beds, RegionIdx};

/// The whole in millionths.
const MILLION: u32 = 1_000_000;

/// Relative sizes of all hospitals, in the order of the scenario.
#[derive(Debug)]
pub(super) struct Sizes {
    /// Weight of each hospital in its region's patients and in the country's operations.
    pub(super) weights: Vec<f64>,
    /// Regular IC beds.
    pub(super) regular_beds: Vec<f64>,
    /// Positions of each region's hospitals.
    pub(super) regions: Vec<Range<usize>>,
    /// Groups of each hospital.
    pub(super) groups: Vec<Vec<String>>,
}

impl Sizes {
    /// Checks numbers, keys and weights of regions and hospitals.
    pub(super) fn of(file: &ScenarioFile, check: &mut Checker<'_>) -> Self {
        check_keys(file, check);
        check_mix(file, check);
        let mut sizes = Self {
            weights: Vec::new(),
            regular_beds: Vec::new(),
            regions: Vec::new(),
            groups: Vec::new(),
        };
        for (r, region) in file.region.iter().enumerate() {
            let start = sizes.weights.len();
            for hospital in &region.hospital {
                sizes.add(hospital);
            }
            let range = start..sizes.weights.len();
            if sizes.weights[range.clone()].iter().sum::<f64>() <= 0.0 {
                let path = format!("region[{r}].hospital");
                check.fail(&path, "no hospital has beds or a weight", None);
            }
            sizes.regions.push(range);
        }
        sizes
    }

    fn add(&mut self, hospital: &shape::Hospital) {
        let beds = f64::from(hospital.regular_beds);
        self.weights.push(hospital.weight.unwrap_or(beds));
        self.regular_beds.push(beds);
        self.groups.push(hospital.groups.clone());
    }

    /// Weights of the hospitals that are in one of `groups`, zero for the others; of all hospitals
    /// when no groups are given.
    pub(super) fn weights_in(&self, groups: Option<&[String]>) -> Vec<f64> {
        let Some(groups) = groups else {
            return self.weights.clone();
        };
        let performs = |own: &[String]| own.iter().any(|group| groups.contains(group));
        let pairs = self.weights.iter().zip(&self.groups);
        pairs
            .map(|(weight, own)| if performs(own) { *weight } else { 0.0 })
            .collect()
    }
}

fn hospital_path(region: usize, hospital: usize) -> String {
    format!("region[{region}].hospital[{hospital}]")
}

/// Every group of a mix of classes has hospitals.
fn check_mix(file: &ScenarioFile, check: &mut Checker<'_>) {
    let known: Vec<&String> = (file.region.iter())
        .flat_map(|region| &region.hospital)
        .flat_map(|hospital| &hospital.groups)
        .collect();
    for (n, mix) in file.sessions.mix.iter().enumerate() {
        if !known.contains(&&mix.group) {
            let path = format!("sessions.mix[{n}].group");
            check.fail(&path, "no hospital is in this group", None);
        }
    }
}

fn check_keys(file: &ScenarioFile, check: &mut Checker<'_>) {
    let regions = || file.region.iter().enumerate();
    let keys: Vec<&str> = regions().map(|(_, region)| region.key.as_str()).collect();
    check.keys(&keys, |r| format!("region[{r}].key"));
    let names: Vec<_> = regions().map(|(_, region)| &region.name).collect();
    check.names(&names, |r| format!("region[{r}].name"));
    let own = |(r, region): (usize, &'_ shape::Region)| Some((r, region.short_name.clone()?));
    let short: Vec<(usize, Name)> = regions().filter_map(own).collect();
    let names: Vec<&Name> = short.iter().map(|(_, name)| name).collect();
    check.names(&names, |n| format!("region[{}].short_name", short[n].0));
    let hospitals: Vec<(String, &shape::Hospital)> = regions()
        .flat_map(|(r, region)| region.hospital.iter().enumerate().map(move |h| (r, h)))
        .map(|(r, (h, hospital))| (hospital_path(r, h), hospital))
        .collect();
    let keys: Vec<&str> = hospitals.iter().map(|(_, one)| one.key.as_str()).collect();
    check.keys(&keys, |n| format!("{}.key", hospitals[n].0));
    let names: Vec<Name> = hospitals.iter().map(|(_, one)| name(one)).collect();
    let names: Vec<&Name> = names.iter().collect();
    check.names(&names, |n| format!("{}.name", hospitals[n].0));
}

fn short_name(region: &shape::Region) -> Name {
    let own = region.short_name.as_ref();
    own.unwrap_or(&region.name).clone()
}

/// Its name in reports.
fn name(hospital: &shape::Hospital) -> Name {
    let own = hospital.name.clone();
    own.unwrap_or_else(|| hospital.key.as_str().into())
}

/// Bounds what is checked one by one; nothing else may be looked at before.
pub(super) fn check_counts(file: &ScenarioFile, check: &mut Checker<'_>) {
    let n_hospitals: usize = file.region.iter().map(|region| region.hospital.len()).sum();
    for (what, count, most) in [
        ("regions", file.region.len(), limits::REGIONS),
        ("hospitals", n_hospitals, limits::HOSPITALS),
    ] {
        if count == 0 || count > most {
            let message = format!("there are {count} {what}");
            check.fail("region", &message, Some(format!("1 to {most}")));
        }
    }
}

/// The regions with their hospitals' positions and their weights under each 'fair share' key.
pub(super) fn regions(file: &ScenarioFile, sizes: &Sizes, check: &mut Checker<'_>) -> Vec<Region> {
    check_tiles(file, check);
    let fair_shares = fair_shares(file, check);
    let pairs = file.region.iter().zip(&sizes.regions).zip(fair_shares);
    let build = |((region, hospitals), fair_share): ((&shape::Region, &Range<usize>), _)| Region {
        key: region.key.clone(),
        name: region.name.clone(),
        short_name: short_name(region),
        population: region.population,
        hospitals: position(hospitals.start)..position(hospitals.end),
        tile: region.tile.into(),
        fair_share,
    };
    pairs.map(build).collect()
}

/// Two regions on one tile would be one on a map, and no distance apart.
fn check_tiles(file: &ScenarioFile, check: &mut Checker<'_>) {
    for (r, region) in file.region.iter().enumerate() {
        let earlier = file.region[..r].iter();
        if let Some(other) = earlier.rev().find(|other| other.tile == region.tile) {
            let message = format!("the region {} is on this tile already", other.key);
            check.fail(&format!("region[{r}].tile"), &message, None);
        }
    }
}

/// Agreed shares of the COVID task; zero where none were agreed, which no policy may then ask for.
fn agreed_shares(file: &ScenarioFile, check: &mut Checker<'_>) -> Vec<f64> {
    if file.region.iter().all(|region| region.fair_share.is_none()) {
        for (n, policy) in file.policy.iter().flatten().enumerate() {
            if policy.fair_share == FairShare::Agreed {
                let allowed = Some("off, population, regular-beds".to_owned());
                let path = format!("policy[{n}].fair_share");
                check.fail(&path, "no region has an agreed share", allowed);
            }
        }
        return vec![0.0; file.region.len()];
    }
    let share = |(r, region): (usize, &shape::Region)| {
        if region.fair_share.is_none() {
            let path = format!("region[{r}].fair_share");
            check.fail(&path, "missing: other regions have an agreed share", None);
        }
        region.fair_share.unwrap_or_default()
    };
    let agreed: Vec<f64> = file.region.iter().enumerate().map(share).collect();
    check.whole_of_shares("region[0].fair_share", &agreed);
    agreed
}

fn fair_shares(file: &ScenarioFile, check: &mut Checker<'_>) -> Vec<FairShareWeights> {
    let agreed = agreed_shares(file, check);
    let regions = || file.region.iter();
    let population = regions()
        .map(|region| f64::from(region.population))
        .collect();
    let of_region = |region: &shape::Region| -> f64 {
        let beds = region.hospital.iter().map(|h| f64::from(h.regular_beds));
        beds.sum()
    };
    let beds = regions().map(of_region).collect();
    let keys = [population, beds, agreed].map(|weights: Vec<f64>| apportion(&weights, MILLION));
    (0..file.region.len())
        .map(|r| FairShareWeights {
            population: keys[0][r],
            regular_beds: keys[1][r],
            agreed: keys[2][r],
        })
        .collect()
}

/// The hospitals; capacities that the scenario leaves out follow from `demand`.
pub(super) fn hospitals(
    file: &ScenarioFile,
    sizes: &Sizes,
    demand: (&PlannedDemand, &SessionDemand),
    check: &mut Checker<'_>,
) -> Vec<Hospital> {
    let derived = Derived::of(file, sizes, demand);
    let mut hospitals = Vec::with_capacity(sizes.weights.len());
    for (r, region) in file.region.iter().enumerate() {
        for (h, hospital) in region.hospital.iter().enumerate() {
            let at = hospitals.len();
            let region = RegionIdx::at(r);
            hospitals.push(derived.hospital(hospital, (region, at), &hospital_path(r, h), check));
        }
    }
    hospitals
}

/// What hospitals have unless the scenario says otherwise.
struct Derived {
    session_share: Vec<u32>,
    class_share: [Vec<u32>; 3],
    stream_minutes: Vec<Vec<StreamTime>>,
    covid_ward_beds: Vec<u32>,
    or_teams: Vec<f64>,
    weekly_slots: Vec<f64>,
    weekday_factors: Option<[f64; 5]>,
}

impl Derived {
    fn of(file: &ScenarioFile, sizes: &Sizes, demand: (&PlannedDemand, &SessionDemand)) -> Self {
        let (planned, sessions) = demand;
        let slack = file.planned.slot_slack_share;
        let spread = file.planned.slot_slack_spread;
        let weekly = weekly_planned(planned, sizes.weights.len());
        let class_weights = class_weights(file, &sizes.weights, &sizes.groups);
        let slots = |(at, patients): (usize, &Vec<[f64; 2]>)| {
            let patients: f64 = patients.iter().map(|[n, _]| n).sum();
            let own = 2.0 * turn(at) - 1.0;
            patients * (1.0 + slack + spread * own).max(0.0)
        };
        Self {
            session_share: apportion(&sizes.weights, MILLION),
            or_teams: or_teams(file, (planned, sessions), &weekly, &class_weights),
            stream_minutes: stream_minutes(planned, &weekly, sessions),
            class_share: class_weights.map(|weights| apportion(&weights, MILLION)),
            covid_ward_beds: apportion(&sizes.weights, file.staff.ward.covid_beds),
            weekly_slots: weekly.iter().enumerate().map(slots).collect(),
            weekday_factors: file.planned.weekday_factors,
        }
    }

    fn hospital(
        &self,
        file: &shape::Hospital,
        (region, at): (RegionIdx, usize),
        path: &str,
        check: &mut Checker<'_>,
    ) -> Hospital {
        if file.physical_beds < file.regular_beds {
            let allowed = format!("{} to {}", file.regular_beds, limits::BEDS);
            let path = format!("{path}.physical_beds");
            check.fail(&path, "fewer than its nurses can staff", Some(allowed));
        }
        let teams = file.or_teams.unwrap_or(self.or_teams[at]);
        let ward = file
            .covid_ward_beds
            .map_or(self.covid_ward_beds[at], u32::from);
        let slots = file
            .ic_slots
            .unwrap_or_else(|| match &self.weekday_factors {
                None => spread_over_weekdays(self.weekly_slots[at], at),
                Some(factors) => spread_by_factors(self.weekly_slots[at], factors, at),
            });
        Hospital {
            key: file.key.clone(),
            name: name(file),
            region,
            regular_beds: Beds(file.regular_beds),
            physical_beds: Beds(file.physical_beds),
            or_teams_milli: clamp_to_u32(libm::ceil(teams * 1_000.0)),
            covid_ward_beds: Beds(u16::try_from(ward).unwrap_or(u16::MAX)),
            ic_slots: slots,
            stream_minutes: self.stream_minutes[at].clone(),
            session_share: self.session_share[at],
            class_share: core::array::from_fn(|class| self.class_share[class][at]),
        }
    }
}

fn position(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
