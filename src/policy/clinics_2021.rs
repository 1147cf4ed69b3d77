//! The policy of the clinics' association ZKN of 9 December 2021.

use crate::policy::levers::{LoanStaff, PhaseControl};
use crate::policy::lnaz_plan;
use crate::policy::loans::LoanTerms;
use crate::policy::phases::forced_phase;
use crate::policy::plan::{Binding, is_from};
use crate::policy::regime::{Reading, Regime};
use crate::policy::sentence::{Sentence, sentences};
use crate::policy::supplement_2021::lets_talk;
use crate::units::{DAYS_PER_WEEK, Day, PerMille};

/// Whether the policy of the clinics holds today: from its first day, in the phases of the plan that it
/// is for, the heaviest among them (Z27).
fn is_in_force(today: &Reading<'_>) -> bool {
    today.since(today.policy.clinic_policy_from) && today.record().binds(Binding::Clinics)
}

/// First day on which the calendar of `control` forces a phase (Z01).
pub(super) fn forced_from(control: &PhaseControl) -> Option<Day> {
    match control {
        PhaseControl::Endogenous => None,
        PhaseControl::Forced(calendar) => calendar.first().map(|(day, _)| *day),
    }
}

/// What the clinics' policy changes, sentence by sentence.
pub(super) fn amend(today: &Reading<'_>, regime: &mut Regime) {
    let (policy, has) = (today.policy, |sentence| today.has(sentence));
    if has(Sentence::Z01) {
        regime.forced_phase = forced_phase(&policy.phases, today.day);
    }
    if is_in_force(today) {
        regime.withholds_follow_up = has(Sentence::Z11);
        regime.spares_home_care = has(Sentence::Z05) || has(Sentence::Z11);
        if has(Sentence::Z28) {
            regime.levers.moved_care_share = policy.levers.moved_care_share;
        }
        regime.loans.is_open |= lets_talk(today);
    }
    if today.since(policy.clinic_policy_from) && today.is_heaviest() && !has(Sentence::Z27) {
        regime.clinic_activity = lnaz_plan::reduced_clinics(today);
    }
    // The scheme leads from the supplement on (Z08).
    if today.since(policy.later_documents_from()) {
        regime.loans = terms(today, regime.loans.is_open);
    }
}

/// The terms of loans under the scheme.
fn terms(today: &Reading<'_>, is_open: bool) -> LoanTerms {
    let (policy, has) = (today.policy, |sentence| today.has(sentence));
    let all = policy.loans.staff == LoanStaff::All;
    let scheme = usize::from(has(Sentence::Z12) && today.since(policy.finance.scheme_from));
    let criteria = [
        Sentence::Z13,
        Sentence::Z14,
        Sentence::Z15,
        Sentence::Z16,
        Sentence::Z17,
    ];
    LoanTerms {
        is_open,
        trigger: policy.loans.trigger,
        criteria: criteria.map(|criterion| today.unless_struck(criterion)),
        full_scale_down: policy.loans.full_scale_down,
        no_activity: policy.loans.no_activity,
        scope: policy.loans.scope,
        specifies: has(Sentence::Z07),
        prepares: has(Sentence::Z24),
        wait_days: if has(Sentence::Z08) { 0 } else { DAYS_PER_WEEK },
        takes_inventory: has(Sentence::Z18) && !all,
        checks_deployability: has(Sentence::Z19) && !all,
        purpose: has(Sentence::Z23).then_some(policy.loans.purpose),
        willingness: if all {
            [PerMille::ONE; 2]
        } else {
            willingness(today, policy.finance.willingness[scheme])
        },
        most_uncompensated: policy
            .finance
            .most_uncompensated
            .filter(|_| has(Sentence::Z10) && !all),
        compensated: policy.finance.compensated[scheme],
        inducts: has(Sentence::Z25) && !all,
        travels_anywhere: all,
        stops_teams: has(Sentence::Z26),
    }
}

/// Probability that a worker is willing when asked now, without and under the threat of phase 3 (Z29):
/// never a certainty, and never a duty. Without the survey in phase 2D (Z22) nobody is asked again
/// before phase 3 threatens; without the clinics' favorable attitude (Z30) the threat changes nothing.
fn willingness(today: &Reading<'_>, by: [PerMille; 3]) -> [PerMille; 2] {
    let [before_2d, in_2d, under_threat] = by;
    let asked_in_2d = if today.has(Sentence::Z22) {
        in_2d
    } else {
        before_2d
    };
    let threatened = if today.has(Sentence::Z30) {
        under_threat
    } else {
        asked_in_2d
    };
    let calm = if today.is_heaviest() {
        threatened
    } else if is_from(today.plan.clinics_prepare_from, today.phase) {
        asked_in_2d
    } else {
        before_2d
    };
    [calm, threatened]
}

#[rustfmt::skip]
sentences! {
    Z01 [Parameter] "The minister confirmed phase 2D as of 26 November 2021."
        "De minister heeft fase 2D bevestigd met ingang van 26 november 2021."
        Switch("phases by the calendar", "fasen volgens de kalender") ["policy.phase_calendar"];
    Z02 [NotModeled] "Clinics want to contribute in a way that matters."
        "Klinieken willen een bijdrage leveren die ertoe doet."
        NotModeled("states an intention; its effect is part of willingness") [];
    Z03 [NotModeled] "The confirmation of phase 2D, once more."
        "De bevestiging van fase 2D, nog een keer."
        NotModeled("repeats Z01") [];
    Z04 [NotModeled] "Clinics continue through phase 2D unless that hinders other care."
        "Klinieken gaan in fase 2D door, tenzij dat andere zorg hindert."
        NotModeled("repeats A43") [];
    Z05 [Constraint] "Clinics spare home and nursing care, and support hospitals where they can."
        "Klinieken ontzien thuiszorg en verpleging, en steunen ziekenhuizen waar zij kunnen."
        Switch("clinics spare home care", "klinieken ontzien thuiszorg") ["clinics.follow_up_share", "policy.chain.vvt_places_per_day"];
    Z06 [NotModeled] "The talk about help begins when phase 3 threatens."
        "Het gesprek over hulp begint als fase 3 dreigt."
        NotModeled("repeats A44") [];
    Z07 [Constraint] "A good match needs a request that says how many staff with which skills."
        "Een goede match vraagt een verzoek dat zegt hoeveel personeel met welke vaardigheden nodig is."
        Switch("requests are specified", "verzoeken zijn gespecificeerd") ["clinics.specification_days", "clinics.complete_request_share"];
    Z08 [Trigger, Decision] "From that moment the representatives of the clinics handle requests at once, by the steps of their scheme."
        "Vanaf dat moment nemen de vertegenwoordigers van de klinieken verzoeken direct in behandeling, volgens de stappen van hun regeling."
        Switch("requests taken up at once", "verzoeken direct opgepakt") ["clinics.round_days", "clinics.procedure_days"];
    Z09 [NotModeled] "Insurers create the conditions for access in the region."
        "Zorgverzekeraars scheppen de voorwaarden voor toegang in de regio."
        NotModeled("repeats A32") [];
    Z10 [Decision] "A scheme with insurers sets the conditions for clinics that scale down."
        "Een regeling met zorgverzekeraars bepaalt de voorwaarden voor klinieken die afschalen."
        Switch("business case per loan", "businesscase per uitleen") ["policy.finance.most_uncompensated_euros", "policy.finance.compensated_share"];
    Z11 [Constraint] "Clinics give no care that needs follow-up by home care or the GP."
        "Klinieken geven geen zorg waarna thuiszorg of de huisarts nodig is."
        Switch("no care with follow-up", "geen zorg met nazorg") ["clinics.follow_up_share", "policy.clinic_policy_from"];
    Z12 [Parameter] "The updated scheme of 6 December 2021 holds in all regions."
        "De vernieuwde regeling van 6 december 2021 geldt in alle regio’s."
        Switch("scheme of 6 December", "regeling van 6 december") ["policy.finance.scheme_from", "policy.finance.scheme_comfort", "policy.finance.scheme_compensated_share"];
    Z13 [Constraint] "The hospitals of a region ask for a loan together."
        "De ziekenhuizen van een regio vragen samen om personeel."
        Switch("hospitals ask together", "ziekenhuizen vragen samen") ["policy.agreement"];
    Z14 [Constraint] "First condition: all hospitals of the region have stopped clinical care of classes 4 and 5."
        "Eerste voorwaarde: alle ziekenhuizen van de regio hebben de klinische zorg van klasse 4 en 5 gestopt."
        Switch("classes 4 and 5 down first", "eerst klasse 4 en 5 afgeschaald") ["policy.loans.full_scale_down_share", "policy.loans.no_activity_share", "policy.loans.scope"];
    Z15 [Constraint] "Second condition: exchanging staff within the region offers no way out any more."
        "Tweede voorwaarde: personeel uitwisselen binnen de regio biedt geen uitweg meer."
        Switch("exchange in the region first", "eerst uitwisseling in de regio") ["policy.exchange_share"];
    Z16 [Constraint] "Third condition: no suitable staff can be hired any more."
        "Derde voorwaarde: er is geen geschikt personeel meer in te huren."
        Switch("hiring first", "eerst inhuren") ["staff.external_hire"];
    Z17 [Constraint] "Fourth condition: the loan prevents cuts in classes 1 to 3 or a gap in COVID care."
        "Vierde voorwaarde: de uitleen voorkomt dat zorg van klasse 1 tot en met 3 vervalt of dat COVID-zorg tekortschiet."
        Switch("the loan prevents something", "de uitleen voorkomt iets") ["policy.critical_need"];
    Z18 [Information] "Clinics list their deployable staff with hours, skills and willingness to travel."
        "Klinieken houden bij welk personeel inzetbaar is, met uren, vaardigheden en bereidheid om te reizen."
        Switch("inventory of staff", "inventarisatie van personeel") ["clinics.ic_role_share", "clinics.or_role_share", "clinics.maximum_distance_tiles", "clinics.listed_share", "clinics.listed_loss_per_week_share"];
    Z19 [Information] "They state whether staff suit COVID care, other care, or that this is not clear yet."
        "Zij geven aan of personeel geschikt is voor COVID-zorg, voor andere zorg, of dat dit nog niet duidelijk is."
        Switch("deployability stated", "inzetbaarheid aangegeven") ["clinics.without_covid_share", "clinics.not_clear_share", "clinics.days_until_clear"];
    Z20 [Output] "They compute how far their production value falls behind budget."
        "Zij berekenen hoeveel hun productie in euro’s achterblijft bij de begroting."
        Always("an output") ["clinics.price_euros", "clinics.daily_operations_per_block"];
    Z21 [Output] "This business case is the basis of compensation by insurers."
        "Deze businesscase is de grondslag voor vergoeding door zorgverzekeraars."
        Always("an output") ["clinics.price_euros"];
    Z22 [Information] "In phase 2D staff of clinics are asked whether they will help now."
        "In fase 2D wordt personeel van klinieken gevraagd of het nu wil helpen."
        Switch("survey in 2D", "uitvraag in 2D") ["clinics.willing_in_2d_share"];
    Z23 [Constraint] "Regions say which skills they need, for care of classes 1 to 3 only."
        "Regio’s zeggen welke vaardigheden zij nodig hebben, alleen voor zorg van klasse 1 tot en met 3."
        Switch("for classes 1 to 3 only", "alleen voor klasse 1 tot 3") ["clinics.ic_role_share", "clinics.or_role_share", "policy.loans.purpose", "policy.loans.staff"];
    Z24 [Parameter] "Clinics take stock in phase 2D to be ready for phase 3."
        "Klinieken inventariseren in fase 2D, zodat zij klaar zijn voor fase 3."
        Switch("preparation in 2D", "voorbereiding in 2D") ["clinics.prepared_procedure_days"];
    Z25 [Parameter] "Hospitals keep borrowed staff safe: a booster vaccination and a proper induction."
        "Ziekenhuizen zorgen voor de veiligheid van geleend personeel: een boostervaccinatie en een goede inwerkperiode."
        Switch("booster and induction", "booster en inwerken") ["clinics.induction_days", "clinics.booster_days", "clinics.without_booster_share", "clinics.trainer_nurses", "clinics.inductions_per_hospital"];
    Z26 [Decision] "A clinic that lends staff cuts its own care accordingly."
        "Een kliniek die personeel uitleent, schaalt haar eigen zorg evenredig af."
        Switch("a team misses its member", "een team mist zijn lid") ["clinics.workers_per_block"];
    Z27 [Decision] "A clinic whose staff cannot help continues, even in phase 3, once all steps were taken."
        "Een kliniek waarvan het personeel niet kan helpen, gaat door, ook in fase 3, als alle stappen zijn gezet."
        Switch("clinics continue in phase 3", "klinieken gaan door in fase 3") ["clinics.workers_per_block"];
    Z28 [Decision] "Hospital and clinic may also agree to move care to the clinic, or to lend staff for a concrete need."
        "Ziekenhuis en kliniek kunnen ook afspreken dat zorg naar de kliniek gaat, of dat personeel wordt uitgeleend voor een concreet tekort."
        Switch("care moves to clinics", "zorg naar klinieken") ["policy.moved_care_share"];
    Z29 [Constraint] "Secondment is voluntary: no law can force it."
        "Detachering is vrijwillig: geen wet kan haar afdwingen."
        Always("no law allows to force staff, so no policy can") ["clinics.willing_before_2d_share", "clinics.willing_in_2d_share", "clinics.willing_under_threat_share"];
    Z30 [Parameter] "Clinics look favorably on making staff available."
        "Klinieken staan er positief tegenover personeel beschikbaar te stellen."
        Switch("favorable attitude", "positieve houding") ["clinics.willing_under_threat_share"];
}
