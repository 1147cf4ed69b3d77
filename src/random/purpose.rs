//! The permanent registry of what random numbers are drawn for.

/// What a draw is for. The number is part of the key of every draw.
///
/// Numbers are permanent: never reused, never changed. A retired purpose keeps its line. A new one
/// takes a free number and changes no existing draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum Purpose {
    /// Size of the epidemic wave.
    CovidSize = 1,
    /// Timing of the epidemic wave.
    CovidTiming = 2,
    /// How the wave divides over the regions.
    CovidRegionalShare = 3,
    /// Existence and moment of a COVID arrival.
    CovidArrival = 4,
    /// Hospital where a COVID patient presents.
    CovidHospital = 5,
    /// Route of a COVID patient through ward and IC.
    CovidPath = 6,
    /// Stay of a COVID patient on the ward.
    CovidWardStay = 7,
    /// Stay of a COVID patient in the IC.
    CovidIcStay = 8,
    /// Stay of a COVID patient on the ward after the IC.
    CovidWardAfterIcStay = 9,
    /// Survival or death of a COVID patient.
    CovidOutcome = 10,
    /// Fitness and consent of a COVID patient for a transfer.
    CovidTransfer = 11,
    /// Care of a COVID patient before and after the hospital.
    CovidChain = 12,
    /// Whether and when a COVID patient comes back to the IC.
    CovidReadmission = 13,
    /// Stay of a COVID patient in the IC for the second time.
    CovidSecondIcStay = 14,
    /// Length of IC stays in the epidemic wave.
    CovidStayLevel = 15,
    /// How IC stays drift within the wave.
    CovidStayDrift = 16,
    /// Existence and moment of an acute IC arrival.
    AcuteArrival = 20,
    /// Hospital where an acute patient presents.
    AcuteHospital = 21,
    /// Stay of an acute patient in the IC.
    AcuteStay = 22,
    /// Whether an acute patient is kept out of the IC by the wave.
    AcuteSubstitution = 23,
    /// Level of acute arrivals.
    AcuteLevel = 24,
    /// Existence and moment of an indication for planned care.
    PlannedArrival = 30,
    /// Hospital that indicates a planned patient.
    PlannedHospital = 31,
    /// Urgency class of a planned patient.
    PlannedClass = 32,
    /// When a planned patient is ready for surgery.
    PlannedReady = 33,
    /// Operating time of a planned patient.
    PlannedOrTime = 34,
    /// Stay of a planned patient in the IC.
    PlannedIcStay = 35,
    /// Moment at which a waiting patient would become acute.
    PlannedDeterioration = 36,
    /// Moment at which a waiting patient would die or become unfit.
    PlannedDeath = 37,
    /// Moment at which a waiting patient would withdraw.
    PlannedWithdrawal = 38,
    /// Whether a patient would accept mediation by the insurer.
    PlannedMediation = 39,
    /// How far a patient would travel.
    PlannedTravel = 40,
    /// Own risk of a patient, weighed by the planner.
    PlannedOwnRisk = 41,
    /// Moment at which a waiting patient would become more urgent.
    PlannedReclassification = 42,
    /// COVID patients present at the start.
    InitialCovid = 50,
    /// Acute patients present at the start.
    InitialAcute = 51,
    /// Waiting list at the start.
    InitialPlanned = 52,
    /// Absence of staff.
    StaffAbsence = 60,
    /// Error of a forecast.
    ForecastNoise = 61,
    /// Whether a report fails to arrive.
    ReportMissing = 62,
    /// Demand for operating sessions outside the IC-dependent flow.
    SessionDemand = 63,
    /// Attributes of a clinic worker.
    ClinicWorker = 70,
    /// Willingness of a clinic or worker in a week.
    ClinicWillingness = 71,
    /// How far a clinic worker would travel.
    ClinicWorkerTravel = 72,
    /// Productivity of a clinic worker on loan.
    ClinicProductivity = 73,
    /// Whether and when a loan is signed.
    LoanSignature = 74,
    /// Quality of the specification in a request.
    SpecificationQuality = 75,
    /// What an inventory says of a clinic worker.
    ClinicInventory = 76,
    /// Compliance of a hospital with an allocation.
    HospitalCompliance = 80,
    /// Whether a regional meeting reaches agreement.
    AgreementReached = 81,
    /// Whether and when a hospital stops classes 4 and 5 when told to.
    HospitalStop = 82,
    /// Order of simultaneous events.
    TieMark = 90,
    /// Uncertain parameters.
    ParameterDraw = 100,
    /// Resampling of replications.
    Bootstrap = 101,
    /// Offspring of a split trajectory.
    SplitChild = 102,
    /// Seeds of other experiments.
    DerivedSeed = 103,
}

impl Purpose {
    /// The permanent number.
    pub const fn id(self) -> u16 {
        self as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole list as it was published. Lines may be added, none may change.
    const REGISTRY: &str = "\
CovidSize = 1\n\
CovidTiming = 2\n\
CovidRegionalShare = 3\n\
CovidArrival = 4\n\
CovidHospital = 5\n\
CovidPath = 6\n\
CovidWardStay = 7\n\
CovidIcStay = 8\n\
CovidWardAfterIcStay = 9\n\
CovidOutcome = 10\n\
CovidTransfer = 11\n\
CovidChain = 12\n\
CovidReadmission = 13\n\
CovidSecondIcStay = 14\n\
CovidStayLevel = 15\n\
CovidStayDrift = 16\n\
AcuteArrival = 20\n\
AcuteHospital = 21\n\
AcuteStay = 22\n\
AcuteSubstitution = 23\n\
AcuteLevel = 24\n\
PlannedArrival = 30\n\
PlannedHospital = 31\n\
PlannedClass = 32\n\
PlannedReady = 33\n\
PlannedOrTime = 34\n\
PlannedIcStay = 35\n\
PlannedDeterioration = 36\n\
PlannedDeath = 37\n\
PlannedWithdrawal = 38\n\
PlannedMediation = 39\n\
PlannedTravel = 40\n\
PlannedOwnRisk = 41\n\
PlannedReclassification = 42\n\
InitialCovid = 50\n\
InitialAcute = 51\n\
InitialPlanned = 52\n\
StaffAbsence = 60\n\
ForecastNoise = 61\n\
ReportMissing = 62\n\
SessionDemand = 63\n\
ClinicWorker = 70\n\
ClinicWillingness = 71\n\
ClinicWorkerTravel = 72\n\
ClinicProductivity = 73\n\
LoanSignature = 74\n\
SpecificationQuality = 75\n\
ClinicInventory = 76\n\
HospitalCompliance = 80\n\
AgreementReached = 81\n\
HospitalStop = 82\n\
TieMark = 90\n\
ParameterDraw = 100\n\
Bootstrap = 101\n\
SplitChild = 102\n\
DerivedSeed = 103\n";

    #[test]
    fn the_registry_never_changes() {
        let source = include_str!("purpose.rs");
        let body = source
            .split_once("pub enum Purpose {")
            .expect("the enum is in this file")
            .1;
        let body = body.split_once('}').expect("the enum ends").0;
        let variants: Vec<&str> = body
            .lines()
            .filter(|line| !line.trim_start().starts_with("///"))
            .map(|line| line.trim().trim_end_matches(','))
            .filter(|line| !line.is_empty())
            .collect();
        let published: Vec<&str> = REGISTRY.lines().collect();
        assert_eq!(variants, published, "the registry of purposes has changed");
    }

    #[test]
    fn a_purpose_keeps_its_published_number() {
        assert_eq!(Purpose::CovidSize.id(), 1, "the first");
        assert_eq!(Purpose::TieMark.id(), 90, "one from the middle");
        assert_eq!(Purpose::DerivedSeed.id(), 103, "the last");
    }
}
