//! A COVID patient: the pathway, where it leads, and what is left of it.

use crate::units::{HospitalIdx, Minutes};

/// A COVID patient with the pathway that awaits: ward, and perhaps IC and ward again, once more perhaps.
/// Stays of patients who were in hospital before day 0 are what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CovidPatient {
    /// Where the patient comes in.
    pub hospital: HospitalIdx,
    /// Keyed mark below 1 000 that orders patients who could be transferred; patients with marks at
    /// or above the transferable share are not fit for transport.
    pub transfer_mark: u16,
    /// Keyed mark below 4 096 that orders events of patients in one minute.
    pub tie: u16,
    /// Keyed mark below 1 000: patients without need of the IC with low marks can be cared for at
    /// home, or go home early with oxygen; of patients with that need, those with low marks have an IC stay that
    /// can be foreseen.
    pub home_mark: u16,
    /// Keyed mark below 1 000: the patient needs a nursing home or home care (VVT) after the ward
    /// when it is below the share of those who do.
    pub vvt_mark: u16,
    /// Whether the patient needs the IC.
    pub needs_ic: bool,
    /// Whether the patient leaves the IC alive.
    pub survives_ic: bool,
    /// Ward stay until discharge or until the IC is needed.
    pub first_ward: Minutes,
    /// IC stay; zero without IC.
    pub ic: Minutes,
    /// Ward stay after the IC; zero without.
    pub second_ward: Minutes,
    /// The return to the IC, before the second ward stay.
    pub readmission: Option<SecondStay>,
}

/// A return to the IC of a patient who left it alive; the patient leaves it alive again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondStay {
    /// Ward stay until then.
    pub ward: Minutes,
    /// IC stay.
    pub ic: Minutes,
}

/// Where a patient is at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// Not in hospital any more.
    Gone,
    /// On the ward.
    Ward,
    /// On the IC.
    Ic,
}

/// Where a patient is this many minutes after arrival.
pub(super) fn whereabouts(patient: &CovidPatient, since: i64) -> Whereabouts {
    let again = patient.readmission.map(|again| [again.ward, again.ic]);
    let stays = [patient.first_ward, patient.ic].into_iter();
    let stays = stays
        .chain(again.into_iter().flatten())
        .chain([patient.second_ward]);
    let places = [Whereabouts::Ward, Whereabouts::Ic].into_iter().cycle();
    let mut left = since;
    for (stay, place) in stays.zip(places) {
        left -= i64::from(stay.0);
        if left < 0 {
            return place;
        }
    }
    Whereabouts::Gone
}

/// What is left of a pathway after `elapsed` minutes; `None` when nothing is.
pub(super) fn remaining(mut patient: CovidPatient, mut elapsed: u32) -> Option<CovidPatient> {
    let again = patient.readmission.as_mut();
    let again = again.map(|again| [&mut again.ward, &mut again.ic]);
    let stays = [&mut patient.first_ward, &mut patient.ic].into_iter();
    let mut total = 0;
    for stay in stays
        .chain(again.into_iter().flatten())
        .chain([&mut patient.second_ward])
    {
        let passed = stay.0.min(elapsed);
        elapsed -= passed;
        stay.0 -= passed;
        total += stay.0;
    }
    if total == 0 && elapsed > 0 {
        return None;
    }
    // A patient whose IC stay has passed is a ward patient now, or one before the IC who will come back.
    if patient.needs_ic && patient.ic.0 == 0 && patient.first_ward.0 == 0 {
        let again = patient.readmission.take();
        if let Some(again) = again.filter(|again| again.ic.0 > 0) {
            (patient.first_ward, patient.ic) = (again.ward, again.ic);
        } else {
            patient.needs_ic = false;
            patient.first_ward = patient.second_ward;
            patient.second_ward = Minutes(0);
        }
    }
    Some(patient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returning() -> CovidPatient {
        CovidPatient {
            hospital: HospitalIdx(0),
            transfer_mark: 0,
            tie: 0,
            home_mark: 0,
            vvt_mark: 0,
            needs_ic: true,
            survives_ic: true,
            first_ward: Minutes(10),
            ic: Minutes(20),
            second_ward: Minutes(50),
            readmission: Some(SecondStay {
                ward: Minutes(30),
                ic: Minutes(40),
            }),
        }
    }

    #[test]
    fn what_is_left_of_a_pathway_leads_through_the_second_stay() {
        let left = |elapsed| {
            let left = remaining(returning(), elapsed)?;
            let again = left.readmission.map(|again| [again.ward.0, again.ic.0]);
            let stays = [left.first_ward, left.ic, left.second_ward].map(|stay| stay.0);
            Some((left.needs_ic, stays, again))
        };
        assert_eq!(left(5), Some((true, [5, 20, 50], Some([30, 40]))), "ward");
        assert_eq!(left(15), Some((true, [0, 15, 50], Some([30, 40]))), "IC");
        assert_eq!(left(40), Some((true, [20, 40, 50], None)), "between");
        assert_eq!(left(90), Some((true, [0, 10, 50], None)), "IC again");
        assert_eq!(left(110), Some((false, [40, 0, 0], None)), "ward at last");
        assert_eq!(left(150), Some((false, [0, 0, 0], None)), "leaves now");
        assert_eq!(left(151), None, "gone");
    }

    #[test]
    fn a_patient_is_found_where_the_stays_lead() {
        let patient = returning();
        let is_on_ic = |since| whereabouts(&patient, since) == Whereabouts::Ic;
        let on_ic: Vec<i64> = (0..200).filter(|since| is_on_ic(*since)).collect();
        let expected: Vec<i64> = (10..30).chain(60..100).collect();
        assert_eq!(on_ic, expected, "twice");
        assert!(whereabouts(&patient, 149) == Whereabouts::Ward);
        assert!(whereabouts(&patient, 150) == Whereabouts::Gone);
    }
}
