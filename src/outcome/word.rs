//! The words of the log: what can happen, and what the number that goes with it means.

use crate::units::listed::described;

described! {
    /// What happened or was decided, with the unit of the value of its entry. The list is complete: a
    /// log holds no other word.
    pub enum Word {
        CovidArrived("covid-arrived", "", "a COVID patient comes to the hospital"),
        KeptAtHome("kept-at-home", "patient", "a COVID patient is cared for at home by the GP; the value is the patient's number"),
        CovidWithoutBed("covid-without-bed", "", "a COVID patient needs the ICU and finds no staffed bed free"),
        CovidExported("covid-exported", "", "a COVID patient finds no bed place in the whole region and leaves the system"),
        CovidNotAdmitted("covid-not-admitted", "minutes", "a COVID patient who needs the ICU is not admitted to it; the value is the stay that was expected"),
        CovidIcAdmitted("covid-ic-admitted", "minutes", "a COVID patient enters the ICU; the value is the stay that is to come"),
        CovidTransferred("covid-transferred", "hospital", "a COVID patient arrives from another hospital; the value is the position of that hospital"),
        CovidNeedsIcAgain("covid-needs-ic-again", "", "a COVID patient who left the ICU comes back to it from the ward"),
        StepDownBlocked("step-down-blocked", "", "a COVID patient is ready to leave the ICU and finds no ward bed"),
        CovidSteppedDown("covid-stepped-down", "", "a COVID patient leaves the ICU for the ward"),
        WardExitBlocked("ward-exit-blocked", "", "a COVID patient is ready to leave the ward and finds no place in a nursing home or home care"),
        CovidDischarged("covid-discharged", "", "a COVID patient leaves the ward"),
        CovidDied("covid-died", "", "a COVID patient dies in the ICU"),
        AcuteOutsideIc("acute-outside-ic", "", "an acute patient is cared for outside the ICU"),
        AcuteAdmitted("acute-admitted", "minutes", "an acute patient enters the ICU; the value is the stay that is to come"),
        AcuteExported("acute-exported", "", "an acute patient finds no bed place in the whole region and leaves the system"),
        AcuteStepDownBlocked("acute-step-down-blocked", "", "an acute patient is ready to leave the ICU and the ward has no room today"),
        AcuteLeft("acute-left", "", "an acute patient leaves the ICU"),
        PlannedIndicated("planned-indicated", "", "a planned patient joins the waiting list"),
        PlannedDated("planned-dated", "day", "a planned patient gets a date; the value is the study day"),
        PlannedReclassified("planned-reclassified", "day", "a planned patient of class {c4} becomes class {c3}; the value is the study day until which treatment is within the norm"),
        PlannedDisrupted("planned-disrupted", "event", "a planned patient loses the date, for the reason given; the value is 2, 3 or 4, as the number of the event E"),
        PlannedOperated("planned-operated", "minutes", "a planned patient is operated on; the value is the operating time"),
        PlannedIcAdmitted("planned-ic-admitted", "", "a planned patient comes from the operating room to the ICU"),
        PlannedStepDownBlocked("planned-step-down-blocked", "", "a planned patient is ready to leave the ICU and the ward has no room today"),
        PlannedLeft("planned-left", "", "a planned patient leaves the ICU"),
        PlannedRelocated("planned-relocated", "hospital", "a planned patient gets a date in another hospital; the value is the position of the former one"),
        PlannedWaitEnded("planned-wait-ended", "status", "the wait of a planned patient ends without treatment; the value is 6, 7 or 8, as the number of the status F"),
        OfferedElsewhere("offered-elsewhere", "patient", "a hospital offers a place to a patient of another; the value is the patient's number"),
        DateMoved("date-moved", "days", "a date is taken back for which no bed is expected; the value is the notice"),
        KeptForOwnRisk("kept-for-own-risk", "patient", "a class {c4} patient keeps a place beyond the limit of the class; the value is the patient's number"),
        CriticalCut("critical-cut", "0.001 operations", "class {c3} operations of the day that are not done"),
        PlannableCut("plannable-cut", "0.001 operations", "class {c4} operations of the day that are not done"),
        DeferrableCut("deferrable-cut", "0.001 operations", "class {c5} operations of the day that are not done"),
        PlannableStopped("plannable-stopped", "0 or 1", "the hospital stops classes {c4} and {c5} (1) or restarts them (0)"),
        StaffExchanged("staff-exchanged", "0.001 teams", "freed people come from another hospital of the region for a week"),
        RestartInOrder("restart-in-order", "0.001 operations", "class {c4} and {c5} operations that wait until class {c3} is restored"),
        CareMoved("care-moved", "0.001 operations", "operations that clinics take over from the hospital"),
        ProtectedByLoan("protected-by-loan", "patients", "a class {c3} patient is operated on who would not have fitted without lent staff"),
        BedsStaffed("beds-staffed", "beds", "the number of ICU beds of normal nursing changes to this value, or that of beds on top does"),
        BedsToStretch("beds-to-stretch", "beds", "so many beds are there on top, as far as nurses can be stretched"),
        BedsProtected("beds-protected", "beds", "the number of beds kept from COVID patients changes to this value"),
        CapacityDecided("capacity-decided", "0.001 beds", "beds on converted staff that will open, or close where the value is negative"),
        ToldOtherwise("told-otherwise", "0.001 patients", "the number that planners were told, less their own COVID patients"),
        NeedByTiming("need-by-timing", "0.001 beds", "need that follows from the timing of scaling down, beyond the forecast"),
        NeedCountsCritical("need-counts-critical", "0.001 beds", "need that follows from counting critical plannable care"),
        StaffTire("staff-tire", "0.001 of staff", "staff whom fatigue keeps at home"),
        PictureIsOld("picture-is-old", "patients", "COVID patients in the report that is read today, less those who are there"),
        ReportMissing("report-missing", "patients", "a report does not arrive; the value is the COVID patients in the last one"),
        ExpectedInAWeek("expected-in-a-week", "patients", "COVID patients expected on the country's ICs in a week"),
        ExpectedPublished("expected-published", "0.001 patients", "COVID patients that the hospital is told to expect"),
        CapacityOffered("capacity-offered", "patients", "COVID patients for whom a region offers to care"),
        OfferWithheld("offer-withheld", "patients", "COVID patients for whom a region could care and does not offer to"),
        MovedForFairShare("moved-for-fair-share", "region", "a COVID patient is moved to a region below its share; the value is the position of that region"),
        MovedInSolidarity("moved-in-solidarity", "region", "a COVID patient is moved to a region that takes more than its share; the value is its position"),
        MovedToRelieve("moved-to-relieve", "region", "a COVID patient is moved from a region that lacks beds to one with room; the value is the position of that region"),
        MovedToConcentrate("moved-to-concentrate", "patient", "a COVID patient is moved where the region concentrates them; the value is the patient's number"),
        PhaseEntered("phase-entered", "phase", "the country enters a phase; the value is its position in the plan"),
        ThreatNotice("threat-notice", "0 or 1", "the notice that the heaviest phase threatens is given (1) or withdrawn (0)"),
        MeetingCalled("meeting-called", "", "the chair of a region calls a meeting"),
        AgreementReached("agreement-reached", "day", "a region comes to an agreement; the value is the study day of its effect"),
        AgreementWaits("agreement-waits", "days", "an agreement takes effect later"),
        Escalated("escalated", "level", "pressure on a region is escalated; the value is the level, 1 to 3"),
        LoanGate("loan-gate", "step", "a loan round comes to a step: 0 trigger, 1 signatures, 2 scale-down, 3 exchange, 4 hire, 5 no benefit, 6 open"),
        RequestIncomplete("request-incomplete", "", "a request for staff does not say in full who is needed"),
        LoanDoesNotPay("loan-does-not-pay", "euro cents", "a clinic refuses a loan; the value is what a day of the loan costs it"),
        ExternalHired("external-hired", "0.001 nurses", "external nurses begin to work"),
        ExternalLeft("external-left", "0.001 nurses", "external nurses leave"),
        WorkerLent("worker-lent", "day", "a clinic worker is lent; the value is the study day on which induction ends"),
        InductionBegins("induction-begins", "day", "a lent worker is inducted; the value is the study day on which that ends"),
        WorkerStarts("worker-starts", "", "a lent worker begins to work"),
        WorkerReturns("worker-returns", "", "a lent worker goes back to the clinic"),
    }
}

impl Word {
    /// Whether an entry with this word has a planned patient as its subject.
    pub fn is_of_planned_patient(self) -> bool {
        self.key().starts_with("planned-")
    }
}
