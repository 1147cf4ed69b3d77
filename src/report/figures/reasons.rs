//! Why a figure is left out.

use crate::report::phrase::phrases;

phrases! {
    pub(super) TOO_FEW =
        "the run has too few {seasons} for an interval",
        "de run heeft te weinig {seasons} voor een interval";
    pub(super) NO_PATIENTS =
        "in no {season} is there an urgent planned operation that needs the ICU",
        "in geen enkele {season} is er een kritiek planbare operatie waarvoor de IC nodig is";
    pub(super) NOBODY_LATE =
        "under the baseline nobody comes too late",
        "onder de basis komt niemand te laat";
    pub(super) SAME_PLACE =
        "two {areas} have the same place on the map",
        "twee {areas} hebben dezelfde plek op de kaart";
    pub(super) ONE_POLICY =
        "there is no other policy to compare with",
        "er is geen ander beleid om mee te vergelijken";
    pub(super) FREE =
        "under no policy is this price paid",
        "onder geen enkel beleid wordt deze prijs betaald";
    pub(super) SHORT =
        "the period has fewer than two weeks, or a {area} has no such operations",
        "de periode telt minder dan twee weken, of een {area} heeft zulke operaties niet";
    pub(super) SHORT_FOLLOW_UP =
        "patients are followed for less than {norm}, or there are too few for an interval",
        "patiënten worden korter dan {norm} gevolgd, of het zijn er te weinig voor een interval";
    pub(super) NO_TRANSFERS =
        "no patient is moved to another {area}",
        "geen enkele patiënt gaat naar een andere {area}";
    pub(super) NO_LOANS =
        "under no policy of the run can clinics lend staff",
        "bij geen enkel beleid van de run kunnen klinieken personeel uitlenen";
}
