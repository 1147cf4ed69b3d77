//! The supplement of 18 November 2021 to the framework, for IC-dependent critical plannable care.

use crate::policy::agreement::{Protection, Visibility};
use crate::policy::levers::{LoanTrigger, ScaleDownTiming, ScalingOrder};
use crate::policy::plan::{Binding, is_from};
use crate::policy::regime::{Agreement, Because, EscalationTerms, Reading, Regime, Regional};
use crate::policy::sentence::{Sentence, sentences};
use crate::policy::{lnaz_plan, without_documents};
use crate::units::RegionIdx;

/// Whether the supplement holds today: from its first day (A47), in the phases that it is for (A11).
fn is_in_force(today: &Reading<'_>) -> bool {
    today.agreed(Binding::Supplement, today.policy.supplement_from)
}

/// What the supplement changes, sentence by sentence.
pub(super) fn amend(today: &Reading<'_>, regime: &mut Regime) {
    if today.since(today.policy.supplement_from) {
        begin(today, regime);
    }
    if is_in_force(today) {
        scale(today, regime);
        agree(today, regime);
        show(today, regime);
        regime.loans.is_open = lets_talk(today);
    }
}

/// What the supplement has brought from its first day on, whatever the phase: pressure that was
/// escalated stays so until it is over, and clinics continue (A43).
fn begin(today: &Reading<'_>, regime: &mut Regime) {
    regime.escalation = today.policy.escalation.map(|terms| EscalationTerms {
        terms,
        watches: false,
        counts_overdue: false,
        levels: [None; 3],
    });
    if !today.has(Sentence::A43) && !today.is_heaviest() {
        regime.clinic_activity = lnaz_plan::reduced_clinics(today);
    }
}

/// When and how care is cut and restored (A17, A20, A23, A24).
fn scale(today: &Reading<'_>, regime: &mut Regime) {
    let policy = today.policy;
    if today.has(Sentence::A17) {
        regime.timing = Because::of(regime.timing.value, Sentence::A17);
    } else {
        regime.staff_tire = false;
        without_documents::prepare(today, regime, policy.lead_days);
        if regime.scales_down {
            regime.timing = Because::usual(ScaleDownTiming::Forecast);
        }
    }
    if today.has(Sentence::A20) {
        regime.levers.notice_days = policy.levers.notice_days;
        regime.levers.notice_margin = policy.levers.notice_margin;
    }
    if today.has(Sentence::A23) {
        regime.critical_need = policy.critical_need;
    }
    if today.has(Sentence::A24) {
        regime.keeps_protection = is_from(today.plan.measures_kept_from, today.phase);
        regime.restart_order = Because {
            value: regime.scaling_order.value,
            sentence: (policy.scaling_order == ScalingOrder::UrgencyOrder).then_some(Sentence::A24),
        };
    } else {
        regime.restart_order = Because::usual(ScalingOrder::ProRata);
    }
}

/// How regions agree, and what follows when agreements are not kept (A21, A25, A26, A33 to A38).
fn agree(today: &Reading<'_>, regime: &mut Regime) {
    let policy = today.policy;
    let has = |sentence| today.has(sentence);
    if has(Sentence::A21) {
        let duty = has(Sentence::A26);
        regime.agreement = Some(Agreement {
            probability: duty.then_some(policy.agreement),
            days: if duty { policy.days_to_agree } else { 0 },
        });
    }
    if has(Sentence::A25) {
        regime.calls_meetings = true;
        regime.meet_at_overdue = policy.meet_at_overdue;
    }
    if has(Sentence::A33) {
        regime.shift_accepted = policy.finance.shift_accepted[1];
    }
    if has(Sentence::A34) {
        regime.agreed_compliance = policy.finance.compliance[1];
    }
    if let Some(escalation) = &mut regime.escalation {
        escalation.watches = has(Sentence::A35);
        escalation.counts_overdue = has(Sentence::A38);
        escalation.levels = [Sentence::A35, Sentence::A36, Sentence::A37]
            .map(|sentence| today.unless_struck(sentence));
    }
}

/// What providers show, and where patients may go (A30, A39, A42).
fn show(today: &Reading<'_>, regime: &mut Regime) {
    if today.has(Sentence::A30) {
        regime.shows_lists_daily = today.policy.visibility == Visibility::Daily;
    }
    regime.reports_lapse = !today.has(Sentence::A39);
    if today.has(Sentence::A42) {
        regime.mediation = today.policy.mediation;
    }
}

/// Whether the talk about loans may begin: by mutual consent (A45), or else on the threat (A44).
pub(super) fn lets_talk(today: &Reading<'_>) -> bool {
    let voluntary = today.policy.loans.trigger == LoanTrigger::VoluntaryAnyTime;
    today.has(if voluntary {
        Sentence::A45
    } else {
        Sentence::A44
    })
}

/// What the supplement lets `region` agree on, in its own way (A22, A28, A29, A30).
pub(super) fn regional(today: &Reading<'_>, region: RegionIdx) -> Regional {
    let in_force = is_in_force(today);
    let has = |sentence| in_force && today.has(sentence);
    let chosen = today.policy.protection_in(region);
    let shows = today.policy.visibility != Visibility::None && has(Sentence::A30);
    Regional {
        protection: if has(Sentence::A21) && has(Sentence::A22) {
            chosen
        } else {
            Protection::None
        },
        concentrates: match chosen {
            Protection::Concentrate { strength } if has(Sentence::A29) => Some(strength),
            _ => None,
        },
        pools_lists: chosen == Protection::PooledList && shows && has(Sentence::A28),
    }
}

#[rustfmt::skip]
sentences! {
    A16 [Output] "The supplement is about access to critical plannable care that needs the ICU."
        "De aanvulling gaat over de toegang tot kritieke planbare zorg waarvoor de IC nodig is."
        Always("an output") ["planned.stream"];
    A17 [Parameter, Decision] "A backlog, a rising wave and tired staff meet the wish to keep regular care for as long as possible."
        "Achterstanden, een opkomende golf en moe personeel staan tegenover de wens gewone zorg zo lang mogelijk te laten doorgaan."
        Switch("timing and tired staff", "timing en vermoeid personeel") ["sessions.initial_backlog_days", "policy.scale_down", "staff.absence", "staff.fatigue_share_per_week"];
    A18 [Output, Constraint] "Care that needs both an ICU bed and an operating room is hit sooner and more often than other care."
        "Zorg die een IC-bed en een operatiekamer nodig heeft, wordt eerder en vaker geraakt dan andere zorg."
        Always("a fact of operating rooms") ["planned.stream"];
    A19 [Output] "Losing this care costs health that could have been kept."
        "Als deze zorg vervalt, gaat gezondheid verloren die te behouden was."
        Always("an output") ["planned.stream.harm_per_month"];
    A20 [Output] "Cutting and restoring care should be alike everywhere and announced in time."
        "Zorg wordt overal op dezelfde manier en tijdig aangekondigd af- en opgeschaald."
        Switch("notice of moved dates", "tijdig verzetten van data") ["policy.notice_days", "policy.notice_margin"];
    A21 [Trigger, Decision] "In phase 2 every region agrees how it spreads COVID patients over its hospitals."
        "In fase 2 spreekt elke regio af hoe zij COVID-patiënten over haar ziekenhuizen verdeelt."
        Switch("agreement in each region", "afspraak per regio") ["policy.agreement"];
    A22 [Decision] "Such an agreement sets capacity aside for ICU-dependent critical plannable care."
        "Zo’n afspraak houdt capaciteit vrij voor kritieke planbare zorg waarvoor de IC nodig is."
        Switch("beds set aside", "bedden apart gehouden") ["policy.protection"];
    A23 [Decision] "The need for ICU capacity counts this care from now on, beside COVID and acute care."
        "Deze zorg telt voortaan mee in de behoefte aan IC-capaciteit, naast COVID-zorg en acute zorg."
        Switch("critical care counts as need", "kritieke zorg telt als behoefte") ["policy.critical_need"];
    A24 [Decision] "This holds when care is cut and when it is restored."
        "Dat geldt bij het afschalen van zorg en bij het opschalen."
        Switch("also when care is restored", "ook bij opschalen van zorg") ["policy.protection", "policy.critical_need"];
    A25 [Trigger] "The chair of the region opens the talk."
        "De voorzitter van de regio opent het gesprek."
        Switch("the chair calls a meeting", "de voorzitter roept bijeen") ["policy.meet_at_overdue"];
    A26 [Parameter] "All take part to reach agreement."
        "Iedereen werkt mee om het eens te worden."
        Switch("duty to reach agreement", "plicht om afspraken te maken") ["policy.agreement", "policy.days_to_agree"];
    A27 [NotModeled] "Professionals at the table help the talk."
        "Zorgprofessionals aan tafel helpen het gesprek vooruit."
        NotModeled("no known size of the effect; part of the probability of agreement") [];
    A28 [Parameter] "Each region may protect this care in its own way."
        "Elke regio mag deze zorg op haar eigen manier beschermen."
        Switch("each region its own way", "elke regio op eigen wijze") ["policy.protection", "policy.region_protection"];
    A29 [Decision, Constraint] "Hospitals may trade: one takes more COVID patients, another more critical care, and the region still gives its share."
        "Ziekenhuizen mogen ruilen: het ene neemt meer COVID-patiënten, het andere meer kritieke zorg, en de regio levert nog steeds haar deel."
        Switch("hospitals trade tasks", "ziekenhuizen ruilen taken") ["policy.protection"];
    A30 [Information, Parameter] "Providers show each other their lists, waits and deeds."
        "Zorgaanbieders laten elkaar hun wachtlijsten, wachttijden en inzet zien."
        Switch("lists shown to each other", "lijsten voor elkaar zichtbaar") ["policy.visibility"];
    A31 [Output] "What is agreed is written down with care."
        "Wat is afgesproken, wordt zorgvuldig vastgelegd."
        Always("an output") [];
    A32 [NotModeled] "Insurers create the conditions for access in the region."
        "Zorgverzekeraars scheppen de voorwaarden voor toegang in de regio."
        NotModeled("acts only through A33 and A42") [];
    A33 [Parameter] "Insurers make up for the financial effects of keeping agreements."
        "Zorgverzekeraars vergoeden de financiële gevolgen van het nakomen van afspraken."
        Switch("compensation of hospitals", "vergoeding aan ziekenhuizen") ["policy.finance.hospital_compensation"];
    A34 [Parameter] "Money may not stand in the way of any agreement."
        "Geld mag geen enkele afspraak in de weg staan."
        Switch("no financial barriers", "geen financiële drempels") ["policy.finance.supplement_comfort"];
    A35 [Trigger, Decision] "When deeds or access fall short, parties confront each other and look for a way out with the chair."
        "Schieten inzet of toegang tekort, dan spreken partijen elkaar aan en zoeken zij met de voorzitter een uitweg."
        Switch("parties confront each other", "partijen spreken elkaar aan") ["policy.escalation.after_days", "policy.escalation.compliance_step_share", "policy.escalation.delay_days"];
    A36 [Trigger] "If that does not help in time, the care authority or the inspectorate is told."
        "Helpt dat niet op tijd, dan horen de zorgautoriteit of de inspectie het."
        Switch("authorities are told", "toezichthouders ingelicht") ["policy.escalation.after_days"];
    A37 [Decision] "Both authorities see to it that each region talks, records and acts."
        "Beide toezichthouders zorgen dat elke regio overlegt, vastlegt en handelt."
        Switch("authorities intervene", "toezichthouders grijpen in") ["policy.escalation.after_days"];
    A38 [Output] "The care authority follows the pressure on critical plannable care in each hospital."
        "De zorgautoriteit volgt in elk ziekenhuis de druk op de kritieke planbare zorg."
        Switch("pressure per hospital counted", "druk per ziekenhuis geteld") ["policy.escalation.overdue_per_hospital"];
    A39 [Information] "What providers report is up to date."
        "Wat zorgaanbieders melden, is actueel."
        Switch("data kept up to date", "gegevens actueel gehouden") ["forecast.missing_report_probability"];
    A40 [NotModeled] "The request for data stays in proportion."
        "De vraag naar gegevens blijft in verhouding."
        NotModeled("the burden of reporting has no effect on capacity in the model") [];
    A41 [NotModeled] "All parties tell patients the same story."
        "Alle partijen vertellen patiënten hetzelfde verhaal."
        NotModeled("no known effect; part of the rates of withdrawal") [];
    A42 [Decision] "Patients hear of mediation by their insurer and are referred actively."
        "Patiënten horen dat hun zorgverzekeraar bemiddelt en worden actief verwezen."
        Switch("mediation by insurers", "bemiddeling door verzekeraars") ["policy.mediation.above_norm_days", "policy.mediation.acceptance_share", "policy.mediation.loss_per_tile_share"];
    A43 [Constraint, Parameter] "Through phase 2D clinics keep doing their plannable care unless it hinders acute or critical care."
        "Tot en met fase 2D doen klinieken hun planbare zorg, tenzij die acute of kritieke zorg hindert."
        Switch("clinics continue in 2D", "klinieken gaan door in 2D") ["policy.loans.trigger"];
    A44 [Trigger] "When phase 3 threatens, the region discusses where professionals of clinics can help."
        "Als fase 3 dreigt, bespreekt de regio waar personeel van klinieken kan helpen."
        Switch("talk when phase 3 threatens", "overleg als fase 3 dreigt") ["policy.loans.trigger", "phases.threat"];
    A45 [Parameter] "Such a talk may come sooner when both sides want it."
        "Zo’n gesprek mag eerder als beide kanten dat willen."
        Switch("loans by mutual consent", "vrijwillige uitleen") ["policy.loans.trigger", "clinics.willing_before_2d_share"];
    A46 [NotModeled] "The aim of it all is to prevent a breakdown of care."
        "Het doel van dit alles is te voorkomen dat de zorg vastloopt."
        NotModeled("states an aim; its measures are those of A12") [];
    A47 [Parameter] "All parties committed themselves on 18 November 2021."
        "Alle partijen hebben zich op 18 november 2021 verbonden."
        Always("`supplement_from`") ["policy.supplement_from"];
    A48 [Output] "Both authorities follow how agreements come about, are recorded and are carried out."
        "Beide toezichthouders volgen hoe afspraken tot stand komen, worden vastgelegd en worden uitgevoerd."
        Always("an output") ["policy.escalation"];
}
