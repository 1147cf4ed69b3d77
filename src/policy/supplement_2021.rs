//! The supplement of 18 November 2021 to the framework, for IC-dependent critical plannable care.

use crate::policy::sentence::sentences;

#[rustfmt::skip]
sentences! {
    A16 [Output] "The supplement is about access to critical plannable care that needs the IC."
        Always("an output") ["planned.stream"];
    A17 [Parameter, Decision] "A backlog, a rising wave and tired staff meet the wish to keep regular care for as long as possible."
        Switch("timing and tired staff", "timing en vermoeid personeel") ["sessions.initial_backlog_days", "policy.scale_down", "staff.absence", "staff.fatigue_share_per_week"];
    A18 [Output, Constraint] "Care that needs both an IC bed and an operating room is hit sooner and more often than other care."
        Always("a fact of operating rooms") ["planned.stream"];
    A19 [Output] "Losing this care costs health that could have been kept."
        Always("an output") ["planned.stream.harm_per_month"];
    A20 [Output] "Cutting and restoring care should be alike everywhere and announced in time."
        Switch("notice of moved dates", "tijdig verzetten van data") ["policy.notice_days", "policy.notice_margin"];
    A21 [Trigger, Decision] "In phase 2 every region agrees how it spreads COVID patients over its hospitals."
        Switch("agreement in each region", "afspraak per regio") ["policy.agreement"];
    A22 [Decision] "Such an agreement sets capacity aside for IC-dependent critical plannable care."
        Switch("beds set aside", "bedden apart gehouden") ["policy.protection"];
    A23 [Decision] "The need for IC capacity counts this care from now on, beside COVID and acute care."
        Switch("critical care counts as need", "kritieke zorg telt als behoefte") ["policy.critical_need"];
    A24 [Decision] "This holds when care is cut and when it is restored."
        Switch("also when care is restored", "ook bij opschalen van zorg") ["policy.protection", "policy.critical_need"];
    A25 [Trigger] "The chair of the region opens the talk."
        Switch("the chair calls a meeting", "de voorzitter roept bijeen") ["policy.meet_at_overdue"];
    A26 [Parameter] "All take part to reach agreement."
        Switch("duty to reach agreement", "plicht om afspraken te maken") ["policy.agreement", "policy.days_to_agree"];
    A27 [NotModeled] "Professionals at the table help the talk."
        NotModeled("no known size of the effect; part of the probability of agreement") [];
    A28 [Parameter] "Each region may protect this care in its own way."
        Switch("each region its own way", "elke regio op eigen wijze") ["policy.protection", "policy.region_protection"];
    A29 [Decision, Constraint] "Hospitals may trade: one takes more COVID patients, another more critical care, and the region still gives its share."
        Switch("hospitals trade tasks", "ziekenhuizen ruilen taken") ["policy.protection"];
    A30 [Information, Parameter] "Providers show each other their lists, waits and deeds."
        Switch("lists shown to each other", "lijsten voor elkaar zichtbaar") ["policy.visibility"];
    A31 [Output] "What is agreed is written down with care."
        Always("an output") [];
    A32 [NotModeled] "Insurers create the conditions for access in the region."
        NotModeled("acts only through A33 and A42") [];
    A33 [Parameter] "Insurers make up for the financial effects of keeping agreements."
        Switch("compensation of hospitals", "vergoeding aan ziekenhuizen") ["policy.finance.hospital_compensation"];
    A34 [Parameter] "Money may not stand in the way of any agreement."
        Switch("no financial barriers", "geen financiële drempels") ["policy.finance.supplement_comfort"];
    A35 [Trigger, Decision] "When deeds or access fall short, parties confront each other and look for a way out with the chair."
        Switch("parties confront each other", "partijen spreken elkaar aan") ["policy.escalation.after_days", "policy.escalation.compliance_step_share", "policy.escalation.delay_days"];
    A36 [Trigger] "If that does not help in time, the care authority or the inspectorate is told."
        Switch("authorities are told", "toezichthouders ingelicht") ["policy.escalation.after_days"];
    A37 [Decision] "Both authorities see to it that each region talks, records and acts."
        Switch("authorities intervene", "toezichthouders grijpen in") ["policy.escalation.after_days"];
    A38 [Output] "The care authority follows the pressure on critical plannable care in each hospital."
        Switch("pressure per hospital counted", "druk per ziekenhuis geteld") ["policy.escalation.overdue_per_hospital"];
    A39 [Information] "What providers report is up to date."
        Switch("data kept up to date", "gegevens actueel gehouden") ["forecast.missing_report_probability"];
    A40 [NotModeled] "The request for data stays in proportion."
        NotModeled("the burden of reporting has no effect on capacity in the model") [];
    A41 [NotModeled] "All parties tell patients the same story."
        NotModeled("no known effect; part of the rates of withdrawal") [];
    A42 [Decision] "Patients hear of mediation by their insurer and are referred actively."
        Switch("mediation by insurers", "bemiddeling door verzekeraars") ["policy.mediation.above_norm_days", "policy.mediation.acceptance_share", "policy.mediation.loss_per_tile_share"];
    A43 [Constraint, Parameter] "Through phase 2D clinics keep doing their plannable care unless it hinders acute or critical care."
        Switch("clinics continue in 2D", "klinieken gaan door in 2D") ["policy.loans.trigger"];
    A44 [Trigger] "When phase 3 threatens, the region discusses where professionals of clinics can help."
        Switch("talk when phase 3 threatens", "overleg als fase 3 dreigt") ["policy.loans.trigger", "phases.threat"];
    A45 [Parameter] "Such a talk may come sooner when both sides want it."
        Switch("loans by mutual consent", "vrijwillige uitleen") ["policy.loans.trigger", "clinics.willing_before_2d_share"];
    A46 [NotModeled] "The aim of it all is to prevent a breakdown of care."
        NotModeled("states an aim; its measures are those of A12") [];
    A47 [Parameter] "All parties committed themselves on 18 November 2021."
        Always("`supplement_from`") ["policy.supplement_from"];
}
