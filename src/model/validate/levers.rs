//! The levers of a policy's agreements, money and chain of care.

use crate::model::validate::policies::One;
use crate::numeric::clamp_to_u32;
use crate::policy::agreement::{Escalation, Mediation, Protection};
use crate::policy::conditions::{ByRegime, Chain, Finance};
use crate::policy::levers::LoanPolicy;
use crate::scenario::shape;
use crate::units::{Cents, PerMille};

/// Comfort at which money changes nothing.
const NEUTRAL: f64 = 0.5;

/// The protection of beds, with its part in thousandths.
fn protection(protection: shape::Protection) -> Protection {
    match protection {
        shape::Protection::None => Protection::None,
        shape::Protection::ProRata => Protection::ProRata,
        shape::Protection::RingFence { part_share } => Protection::RingFence {
            part: PerMille::from_fraction(part_share),
        },
        shape::Protection::Concentrate { strength_share } => Protection::Concentrate {
            strength: PerMille::from_fraction(strength_share),
        },
        shape::Protection::Rotate { turns } => Protection::Rotate { turns },
        shape::Protection::PooledList => Protection::PooledList,
        shape::Protection::WeeklyQuota { places } => Protection::WeeklyQuota { places },
    }
}

impl One<'_, '_, '_> {
    /// How beds are protected where a region did not choose for itself.
    pub(super) fn protection(&self) -> Protection {
        protection(self.file.protection)
    }

    /// Mediation, if there is any.
    pub(super) fn mediation(&self) -> Option<Mediation> {
        let file = self.file.mediation.as_ref()?;
        Some(Mediation {
            above_norm_days: file.above_norm_days,
            acceptance: PerMille::from_fraction(file.acceptance_share),
            loss_per_tile: PerMille::from_fraction(file.loss_per_tile_share),
        })
    }

    /// The chain of care.
    pub(super) fn chain(&self) -> Chain {
        let Some(file) = &self.file.chain else {
            return Chain::NORMAL;
        };
        Chain {
            inflow: PerMille::from_fraction(file.gp_inflow_factor),
            home_oxygen: PerMille::from_fraction(file.home_oxygen_share),
            home_oxygen_stay: PerMille::from_fraction(file.home_oxygen_stay_share),
            vvt_places_per_day: file.vvt_places_per_day,
        }
    }

    /// Loans of clinic staff.
    pub(super) fn loans(&self) -> LoanPolicy {
        let file = &self.file.loans;
        LoanPolicy {
            trigger: file.trigger,
            full_scale_down: PerMille::from_fraction(file.full_scale_down_share),
            no_activity: PerMille::from_fraction(file.no_activity_share),
            scope: file.scope,
            purpose: file.purpose,
            staff: file.staff,
        }
    }

    /// The protection of each region; empty when no region chose for itself.
    pub(super) fn protection_by_region(&mut self, default: Protection) -> Vec<Protection> {
        let chosen = &self.file.region_protection;
        if chosen.is_empty() {
            return Vec::new();
        }
        let mut by_region = vec![default; self.regions.len()];
        for (n, choice) in chosen.iter().enumerate() {
            let found = self.regions.iter().position(|key| *key == choice.region);
            if let Some(region) = found {
                by_region[region] = protection(choice.protection);
            } else {
                let at = self.at(&format!("region_protection[{n}].region"));
                let allowed = Some(self.regions.join(", "));
                self.check.fail(&at, "there is no such region", allowed);
            }
        }
        by_region
    }

    /// Escalation, if there is any.
    pub(super) fn escalation(&mut self) -> Option<Escalation> {
        let file = self.file.escalation.as_ref()?;
        if file.after_days.windows(2).any(|pair| pair[1] < pair[0]) {
            let at = self.at("escalation.after_days");
            self.check
                .fail(&at, "a higher level comes before a lower one", None);
        }
        Some(Escalation {
            after_days: file.after_days,
            overdue_milli_per_hospital: PerMille::from_fraction(file.overdue_per_hospital).0,
            compliance_step: PerMille::from_fraction(file.compliance_step_share),
            delay_days: file.delay_days,
        })
    }

    /// Money: every probability that it shifts, computed once.
    pub(super) fn finance(&mut self, compliance: f64) -> Finance {
        let file = &self.file.finance;
        let slope = file.log_odds_per_comfort;
        let shifted = |p: f64, comfort: f64| shift_logit(p, slope * (comfort - NEUTRAL));
        let willing = |comfort: f64| -> ByRegime { self.willing.map(|p| shifted(p, comfort)) };
        let euros = file.most_uncompensated_euros;
        Finance {
            compliance: [file.comfort, file.supplement_comfort].map(|c| shifted(compliance, c)),
            shift_accepted: [NEUTRAL, file.hospital_compensation].map(|c| shifted(compliance, c)),
            willingness: [willing(NEUTRAL), willing(file.scheme_comfort)],
            compensated: [file.compensated_share, file.scheme_compensated_share]
                .map(PerMille::from_fraction),
            most_uncompensated: euros.map(|euros| {
                let cents = clamp_to_u32((euros * 100.0).round());
                Cents(i64::from(cents))
            }),
            scheme_from: self.day("finance.scheme_from", file.scheme_from.as_deref()),
        }
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
