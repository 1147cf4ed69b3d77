//! Why a planned patient loses a date.

use crate::units::listed::described;

described! {
    /// What a planned patient lacks who loses a date; the name stands in the log.
    pub enum Lack {
        Bed("no-bed", "", "no ICU bed is free that morning"),
        KeptBed("bed-kept", "", "the ICU beds that are free are kept for COVID patients"),
        Team("no-team", "", "the general operating-room teams have no time"),
        StreamTeam("no-team-of-stream", "", "the operating-room teams of the patient's stream have no time"),
        Class("class-stopped", "", "the hospital has stopped the patient's class"),
        ExpectedBed("no-bed-expected", "", "no ICU bed is expected on the day"),
    }
}
