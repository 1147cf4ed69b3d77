//! The levers of a policy's agreements, money and chain of care.

use crate::model::validate::policies::One;
use crate::policy::agreement::{Escalation, Mediation, Protection};
use crate::policy::conditions::{ByRegime, Chain, Finance};
use crate::scenario::shape;
use crate::units::{Cents, PerMille};

/// Comfort at which money changes nothing.
const NEUTRAL: f64 = 0.5;
/// Largest change of the log odds.
const STEEPEST: f64 = 20.0;
/// Largest number of patients, places or operations.
const MOST: u32 = 100_000;

impl One<'_, '_, '_> {
    /// The protection at `key`, or none.
    pub(super) fn protection(
        &mut self,
        key: &str,
        protection: Option<shape::Protection>,
    ) -> Protection {
        let at = |name: &str| format!("{key}.{name}");
        match protection {
            None | Some(shape::Protection::None) => Protection::None,
            Some(shape::Protection::ProRata) => Protection::ProRata,
            Some(shape::Protection::RingFence { part_share }) => Protection::RingFence {
                part: self.share(&at("ring-fence.part_share"), Some(part_share)),
            },
            Some(shape::Protection::Concentrate { strength_share }) => Protection::Concentrate {
                strength: self.share(&at("concentrate.strength_share"), Some(strength_share)),
            },
            Some(shape::Protection::Rotate { turns }) => Protection::Rotate {
                turns: self.short(&at("rotate.turns"), turns, 1..=52),
            },
            Some(shape::Protection::PooledList) => Protection::PooledList,
            Some(shape::Protection::WeeklyQuota { places }) => Protection::WeeklyQuota {
                places: self.short(&at("weekly-quota.places"), places, 0..=1_000),
            },
        }
    }

    /// The protection of each region; empty when no region chose for itself.
    pub(super) fn protection_by_region(&mut self, default: Protection) -> Vec<Protection> {
        let Some(chosen) = &self.file.region_protection else {
            return Vec::new();
        };
        let mut by_region = vec![default; self.regions.len()];
        for (n, choice) in chosen.iter().take(self.regions.len()).enumerate() {
            let path = format!("region_protection[{n}]");
            let protection =
                self.protection(&format!("{path}.protection"), Some(choice.protection));
            let found = self.regions.iter().position(|key| *key == choice.region);
            if let Some(region) = found {
                by_region[region] = protection;
            } else {
                let at = self.at(&format!("{path}.region"));
                let allowed = Some(self.regions.join(", "));
                self.check.fail(&at, "there is no such region", allowed);
            }
        }
        by_region
    }

    /// Escalation, if there is any.
    pub(super) fn escalation(&mut self) -> Option<Escalation> {
        let file = self.file.escalation.as_ref()?;
        let after_days = core::array::from_fn(|n| {
            let key = format!("escalation.after_days[{n}]");
            self.short(&key, file.after_days[n], 1..=365)
        });
        if after_days.windows(2).any(|pair| pair[1] < pair[0]) {
            let at = self.at("escalation.after_days");
            self.check
                .fail(&at, "a higher level comes before a lower one", None);
        }
        let overdue = self.check.permille(
            &self.at("escalation.overdue_per_hospital"),
            file.overdue_per_hospital,
            1_000.0,
        );
        Some(Escalation {
            after_days,
            overdue_milli_per_hospital: overdue.0,
            compliance_step: self.share(
                "escalation.compliance_step_share",
                Some(file.compliance_step_share),
            ),
            delay_days: self.short("escalation.delay_days", file.delay_days, 0..=365),
        })
    }

    /// Mediation, if there is any.
    pub(super) fn mediation(&mut self) -> Option<Mediation> {
        let file = self.file.mediation.as_ref()?;
        Some(Mediation {
            above_norm_days: self.short("mediation.above_norm_days", file.above_norm_days, 0..=365),
            acceptance: self.share("mediation.acceptance_share", Some(file.acceptance_share)),
            loss_per_tile: self.share(
                "mediation.loss_per_tile_share",
                Some(file.loss_per_tile_share),
            ),
        })
    }

    /// The chain of care.
    pub(super) fn chain(&mut self) -> Chain {
        let Some(file) = &self.file.chain else {
            return Chain::NORMAL;
        };
        let places = file.vvt_places_per_day.map(|places| {
            self.check
                .whole(&self.at("chain.vvt_places_per_day"), places, 0..=MOST)
        });
        Chain {
            inflow: self.share("chain.gp_inflow_factor", file.gp_inflow_factor),
            home_oxygen: self.part("chain.home_oxygen_share", file.home_oxygen_share),
            home_oxygen_stay: self.share(
                "chain.home_oxygen_stay_share",
                Some(file.home_oxygen_stay_share.unwrap_or(0.5)),
            ),
            vvt_places_per_day: places,
        }
    }

    /// Money: every probability that it shifts, computed once.
    pub(super) fn finance(&mut self, compliance: f64) -> Finance {
        let none = shape::Finance {
            comfort: None,
            supplement_comfort: None,
            hospital_compensation: None,
            scheme_from: None,
            scheme_comfort: None,
            log_odds_per_comfort: None,
            compensated_share: None,
            scheme_compensated_share: None,
            most_uncompensated_euros: None,
        };
        let file = self.file.finance.as_ref().unwrap_or(&none);
        let mut comfort = |key: &str, value: Option<f64>| {
            let at = format!("{}.finance.{key}", self.path);
            self.check.share(&at, value.unwrap_or(NEUTRAL)) - NEUTRAL
        };
        let levels = [
            comfort("comfort", file.comfort),
            comfort("supplement_comfort", file.supplement_comfort),
        ];
        let shifted = comfort("hospital_compensation", file.hospital_compensation);
        let scheme = comfort("scheme_comfort", file.scheme_comfort);
        let slope = self.check.real(
            &self.at("finance.log_odds_per_comfort"),
            file.log_odds_per_comfort.unwrap_or(2.0),
            0.0..=STEEPEST,
        );
        let willing = self.willing;
        let by_regime =
            |comfort: f64| -> ByRegime { willing.map(|p| shift_logit(p, slope * comfort)) };
        Finance {
            compliance: levels.map(|level| shift_logit(compliance, slope * level)),
            shift_accepted: [0.0, shifted].map(|level| shift_logit(compliance, slope * level)),
            scheme_from: self.day("finance.scheme_from", file.scheme_from.as_deref()),
            willingness: [by_regime(0.0), by_regime(scheme)],
            compensated: [
                self.part("finance.compensated_share", file.compensated_share),
                self.part(
                    "finance.scheme_compensated_share",
                    file.scheme_compensated_share,
                ),
            ],
            most_uncompensated: self.most_uncompensated(file),
        }
    }

    fn most_uncompensated(&mut self, file: &shape::Finance) -> Option<Cents> {
        let euros = file.most_uncompensated_euros?;
        let at = self.at("finance.most_uncompensated_euros");
        let euros = self.check.real(&at, euros, 0.0..=1e6);
        let cents = crate::numeric::clamp_to_u32((euros * 100.0).round());
        Some(Cents(i64::from(cents)))
    }
}

/// The probability whose log odds are those of `p` plus `shift`: certainty and impossibility stay
/// what they are.
fn shift_logit(p: f64, shift: f64) -> PerMille {
    let odds = libm::exp(shift);
    PerMille::from_fraction(p * odds / (1.0 - p + p * odds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_of_log_odds_keeps_certainty_and_moves_a_half() {
        assert_eq!(shift_logit(1.0, -3.0), PerMille::ONE, "certain");
        assert_eq!(shift_logit(0.0, 3.0), PerMille::ZERO, "impossible");
        assert_eq!(shift_logit(0.9, 0.0), PerMille(900), "no shift");
        // The logistic function at 1 is 0.7310586.
        assert_eq!(shift_logit(0.5, 1.0), PerMille(731), "even odds times e");
    }
}
