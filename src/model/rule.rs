//! The sentences of the two policy documents as numbered rules, and sets of rules.
//!
//! `A` numbers the supplement of 18 November 2021 to the temporary policy framework, `Z` the policy
//! of the clinics' association ZKN of 9 December 2021. An id names the rule's code, its test and
//! its switch, and never changes meaning.

use serde::{Deserialize, Serialize};

/// Number of a sentence of the policy documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the registry documents each id")]
pub enum RuleId {
    A01,
    A02,
    A03,
    A04,
    A05,
    A06,
    A07,
    A08,
    A09,
    A10,
    A11,
    A12,
    A13,
    A14,
    A15,
    A16,
    A17,
    A18,
    A19,
    A20,
    A21,
    A22,
    A23,
    A24,
    A25,
    A26,
    A27,
    A28,
    A29,
    A30,
    A31,
    A32,
    A33,
    A34,
    A35,
    A36,
    A37,
    A38,
    A39,
    A40,
    A41,
    A42,
    A43,
    A44,
    A45,
    A46,
    A47,
    Z01,
    Z02,
    Z03,
    Z04,
    Z05,
    Z06,
    Z07,
    Z08,
    Z09,
    Z10,
    Z11,
    Z12,
    Z13,
    Z14,
    Z15,
    Z16,
    Z17,
    Z18,
    Z19,
    Z20,
    Z21,
    Z22,
    Z23,
    Z24,
    Z25,
    Z26,
    Z27,
    Z28,
    Z29,
    Z30,
}

impl RuleId {
    /// All ids, in the order of the documents.
    pub const ALL: [Self; 77] = [
        Self::A01,
        Self::A02,
        Self::A03,
        Self::A04,
        Self::A05,
        Self::A06,
        Self::A07,
        Self::A08,
        Self::A09,
        Self::A10,
        Self::A11,
        Self::A12,
        Self::A13,
        Self::A14,
        Self::A15,
        Self::A16,
        Self::A17,
        Self::A18,
        Self::A19,
        Self::A20,
        Self::A21,
        Self::A22,
        Self::A23,
        Self::A24,
        Self::A25,
        Self::A26,
        Self::A27,
        Self::A28,
        Self::A29,
        Self::A30,
        Self::A31,
        Self::A32,
        Self::A33,
        Self::A34,
        Self::A35,
        Self::A36,
        Self::A37,
        Self::A38,
        Self::A39,
        Self::A40,
        Self::A41,
        Self::A42,
        Self::A43,
        Self::A44,
        Self::A45,
        Self::A46,
        Self::A47,
        Self::Z01,
        Self::Z02,
        Self::Z03,
        Self::Z04,
        Self::Z05,
        Self::Z06,
        Self::Z07,
        Self::Z08,
        Self::Z09,
        Self::Z10,
        Self::Z11,
        Self::Z12,
        Self::Z13,
        Self::Z14,
        Self::Z15,
        Self::Z16,
        Self::Z17,
        Self::Z18,
        Self::Z19,
        Self::Z20,
        Self::Z21,
        Self::Z22,
        Self::Z23,
        Self::Z24,
        Self::Z25,
        Self::Z26,
        Self::Z27,
        Self::Z28,
        Self::Z29,
        Self::Z30,
    ];
}

/// A set of rules, for example those that a policy switches off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSet(u128);

impl RuleSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// Whether `rule` is in the set.
    pub const fn contains(self, rule: RuleId) -> bool {
        self.0 >> (rule as u8) & 1 == 1
    }

    /// The set with `rule` added.
    #[must_use]
    pub const fn with(self, rule: RuleId) -> Self {
        Self(self.0 | 1 << (rule as u8))
    }

    /// The rules in the set, in the order of the documents.
    pub fn iter(self) -> impl Iterator<Item = RuleId> {
        RuleId::ALL
            .into_iter()
            .filter(move |rule| self.contains(*rule))
    }
}

impl FromIterator<RuleId> for RuleSet {
    fn from_iter<I: IntoIterator<Item = RuleId>>(rules: I) -> Self {
        rules.into_iter().fold(Self::EMPTY, Self::with)
    }
}
