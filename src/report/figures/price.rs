//! What less displacement is paid with: other operations, COVID patients above the beds, production of clinics.

use crate::report::figures::sketch::Sketch;
use crate::report::phrase::Phrase;
use crate::statistics::interval::Estimate;

/// Millions of euros in a euro.
const MILLIONTH: f64 = 1.0e-6;

/// What is paid for less displacement.
pub(super) struct Price {
    /// Its estimand.
    pub(super) key: &'static str,
    /// Drawn per unit of the estimand.
    pub(super) scale: f64,
    pub(super) axis: Phrase,
    /// Words of a line of equal price.
    pub(super) each: Phrase,
    /// The finding, beside another policy and for the baseline alone.
    pub(super) titles: [Phrase; 2],
}

pub(super) const OPERATIONS: Price = Price {
    key: "operations_cut_class_45",
    scale: 1.0,
    axis: Phrase::new(
        "class {c4} and {c5} operations not done, mean per {season}, minus the baseline",
        "vervallen operaties van klasse {c4} en {c5}, gemiddeld per {season}, min de basis",
    ),
    each: Phrase::new(
        "{n} operations for each patient in time",
        "{n} operaties voor elke patiënt op tijd",
    ),
    titles: [
        Phrase::new(
            "Under “{other}” {share}% come too late and {price} class {c4} and {c5} operations are not done; under “{baseline}” {base_share}% and {base_price}",
            "Onder “{other}” komt {share}% te laat en vervallen {price} operaties van klasse {c4} en {c5}; onder “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "Under “{baseline}” {base_share}% come too late and {base_price} class {c4} and {c5} operations are not done",
            "Onder “{baseline}” komt {base_share}% te laat en vervallen {base_price} operaties van klasse {c4} en {c5}",
        ),
    ],
};
pub(super) const PATIENTS: Price = Price {
    key: "covid_without_bed",
    scale: 1.0,
    axis: Phrase::new(
        "COVID patients above the staffed ICU beds, mean per {season}, minus the baseline",
        "COVID-patiënten boven de bemenste IC-bedden, gemiddeld per {season}, min de basis",
    ),
    each: Phrase::new(
        "{n} COVID patients for each patient in time",
        "{n} COVID-patiënten voor elke patiënt op tijd",
    ),
    titles: [
        Phrase::new(
            "Under “{other}” {share}% come too late and {price} COVID patients are above the staffed beds; under “{baseline}” {base_share}% and {base_price}",
            "Onder “{other}” komt {share}% te laat en liggen {price} COVID-patiënten boven de bemenste bedden; onder “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "Under “{baseline}” {base_share}% come too late and {base_price} COVID patients are above the staffed beds",
            "Onder “{baseline}” komt {base_share}% te laat en liggen {base_price} COVID-patiënten boven de bemenste bedden",
        ),
    ],
};
pub(super) const EUROS: Price = Price {
    key: "clinic_value_lost",
    scale: MILLIONTH,
    axis: Phrase::new(
        "production value that clinics lose, million euros, mean per {season}, minus the baseline",
        "gederfde productiewaarde van klinieken, miljoen euro, gemiddeld per {season}, min de basis",
    ),
    each: Phrase::new(
        "{n} million euros for each patient in time",
        "{n} miljoen euro voor elke patiënt op tijd",
    ),
    titles: [
        Phrase::new(
            "Under “{other}” {share}% come too late and clinics lose {price} million euros of production; under “{baseline}” {base_share}% and {base_price}",
            "Onder “{other}” komt {share}% te laat en verliezen klinieken {price} miljoen euro productie; onder “{baseline}” {base_share}% en {base_price}",
        ),
        Phrase::new(
            "Under “{baseline}” {base_share}% come too late and clinics lose {base_price} million euros of production",
            "Onder “{baseline}” komt {base_share}% te laat en verliezen klinieken {base_price} miljoen euro productie",
        ),
    ],
};

impl Price {
    /// What is paid of it under a policy.
    pub(super) fn of(&self, sketch: &Sketch<'_>, policy: usize) -> Estimate {
        let estimate = sketch.evidence.estimate(policy, self.key);
        estimate.scaled(self.scale)
    }
}
