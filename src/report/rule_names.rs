//! Short names in both languages of the rules that can be switched off.

use crate::model::rule::RuleId;
use crate::report::Language;

/// A rule as its number and a short name; the number alone when it cannot be switched off.
pub(crate) fn rule_name(rule: RuleId, language: Language) -> String {
    let found = NAMES.iter().find(|(known, ..)| *known == rule);
    found.map_or_else(
        || format!("{rule:?}"),
        |(_, en, nl)| {
            let name = match language {
                Language::En => en,
                Language::Nl => nl,
            };
            format!("{rule:?} {name}")
        },
    )
}

#[rustfmt::skip]
const NAMES: [(RuleId, &str, &str); 56] = [
    (RuleId::A02, "forecast told to hospitals", "verwachting aan ziekenhuizen"),
    (RuleId::A03, "acting on the told number", "handelen naar het opgegeven aantal"),
    (RuleId::A04, "making room as expected", "ruimte maken naar verwachting"),
    (RuleId::A05, "urgency and safe staffing", "urgentie en veilige bezetting"),
    (RuleId::A06, "help along the chain", "samenwerking in de keten"),
    (RuleId::A07, "current picture", "actueel beeld"),
    (RuleId::A08, "financial certainty", "financiële zekerheid"),
    (RuleId::A10, "supervision of spreading", "toezicht op spreiding"),
    (RuleId::A11, "in phase 2 only", "alleen in fase 2"),
    (RuleId::A13, "cooperation and solidarity", "samenwerking en solidariteit"),
    (RuleId::A14, "agreements are binding", "afspraken zijn bindend"),
    (RuleId::A15, "fair share", "fair share"),
    (RuleId::A17, "timing and tired staff", "timing en vermoeid personeel"),
    (RuleId::A20, "notice of moved dates", "tijdig verzetten van data"),
    (RuleId::A21, "agreement in each region", "afspraak per regio"),
    (RuleId::A22, "beds set aside", "bedden apart gehouden"),
    (RuleId::A23, "critical care counts as need", "kritieke zorg telt als behoefte"),
    (RuleId::A24, "also when care is restored", "ook bij opschalen van zorg"),
    (RuleId::A25, "the chair calls a meeting", "de voorzitter roept bijeen"),
    (RuleId::A26, "duty to reach agreement", "plicht om afspraken te maken"),
    (RuleId::A28, "each region its own way", "elke regio op eigen wijze"),
    (RuleId::A29, "hospitals trade tasks", "ziekenhuizen ruilen taken"),
    (RuleId::A30, "lists shown to each other", "lijsten voor elkaar zichtbaar"),
    (RuleId::A33, "compensation of hospitals", "vergoeding aan ziekenhuizen"),
    (RuleId::A34, "no financial barriers", "geen financiële drempels"),
    (RuleId::A35, "parties confront each other", "partijen spreken elkaar aan"),
    (RuleId::A36, "authorities are told", "toezichthouders ingelicht"),
    (RuleId::A37, "authorities intervene", "toezichthouders grijpen in"),
    (RuleId::A38, "pressure per hospital counted", "druk per ziekenhuis geteld"),
    (RuleId::A39, "data kept up to date", "gegevens actueel gehouden"),
    (RuleId::A42, "mediation by insurers", "bemiddeling door verzekeraars"),
    (RuleId::A43, "clinics continue in 2D", "klinieken gaan door in 2D"),
    (RuleId::A44, "talk when phase 3 threatens", "overleg als fase 3 dreigt"),
    (RuleId::A45, "loans by mutual consent", "vrijwillige uitleen"),
    (RuleId::Z01, "phases by the calendar", "fasen volgens de kalender"),
    (RuleId::Z05, "clinics spare home care", "klinieken ontzien thuiszorg"),
    (RuleId::Z07, "requests are specified", "verzoeken zijn gespecificeerd"),
    (RuleId::Z08, "requests taken up at once", "verzoeken direct opgepakt"),
    (RuleId::Z10, "business case per loan", "businesscase per uitleen"),
    (RuleId::Z11, "no care with follow-up", "geen zorg met nazorg"),
    (RuleId::Z12, "scheme of 6 December", "regeling van 6 december"),
    (RuleId::Z13, "hospitals ask together", "ziekenhuizen vragen samen"),
    (RuleId::Z14, "classes 4 and 5 down first", "eerst klasse 4 en 5 afgeschaald"),
    (RuleId::Z15, "exchange in the region first", "eerst uitwisseling in de regio"),
    (RuleId::Z16, "hiring first", "eerst inhuren"),
    (RuleId::Z17, "the loan prevents something", "de uitleen voorkomt iets"),
    (RuleId::Z18, "inventory of staff", "inventarisatie van personeel"),
    (RuleId::Z19, "deployability stated", "inzetbaarheid aangegeven"),
    (RuleId::Z22, "survey in 2D", "uitvraag in 2D"),
    (RuleId::Z23, "for classes 1 to 3 only", "alleen voor klasse 1 tot 3"),
    (RuleId::Z24, "preparation in 2D", "voorbereiding in 2D"),
    (RuleId::Z25, "booster and induction", "booster en inwerken"),
    (RuleId::Z26, "a team misses its member", "een team mist zijn lid"),
    (RuleId::Z27, "clinics continue in phase 3", "klinieken gaan door in fase 3"),
    (RuleId::Z28, "care moves to clinics", "zorg naar klinieken"),
    (RuleId::Z30, "favorable attitude", "positieve houding"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::registry::RULES;

    #[test]
    fn every_rule_that_can_be_switched_off_has_a_name_and_no_other() {
        for rule in RULES.iter().filter(|rule| rule.can_be_switched_off()) {
            for language in Language::ALL {
                let name = rule_name(rule.id, language);
                assert!(name.len() > 6, "the name of {name}");
            }
        }
        let n = RULES
            .iter()
            .filter(|rule| rule.can_be_switched_off())
            .count();
        assert_eq!(NAMES.len(), n, "one name each");
    }
}
