//! What loans of clinic staff do, in a sentence for each policy that tells something.

use crate::experiment::Measure;
use crate::report::answer::Answer;
use crate::report::answer::phrases as say;
use crate::report::phrase::{Phrase, phrases};

const CENTS_PER_EURO: f64 = 100.0;
/// Policies of which loans are told.
const MOST_TOLD: usize = 3;

phrases! {
    /// What is told of rounds of loans.
    pub(crate) GATE_ABOUT =
        "Loan rounds of {areas} by what stopped them, mean per {season}",
        "Uitleenrondes van {areas} naar wat ze tegenhield, gemiddeld per {season}";
    pub(crate) GATE_OPEN = "staff can be lent", "uitleen mogelijk";
}

/// What stops a round of loans, in the order of the gates.
#[rustfmt::skip]
pub(crate) const GATES: [(Measure, Phrase); 6] = [
    (Measure::GateTrigger, Phrase::new("loans are not allowed yet", "uitleen mag nog niet")),
    (Measure::GateSignature, Phrase::new("not all hospitals sign the request for them", "niet alle ziekenhuizen ondertekenen het verzoek daarom")),
    (Measure::GateScaleDown, Phrase::new("classes {c4} and {c5} have not fully stopped", "klasse {c4} en {c5} zijn nog niet helemaal gestopt")),
    (Measure::GateExchange, Phrase::new("the {area} can still exchange staff", "de {area} kan nog personeel uitwisselen")),
    (Measure::GateHire, Phrase::new("staff can still be hired", "er is nog personeel in te huren")),
    (Measure::GateNoBenefit, Phrase::new("a loan would not help", "uitleen zou niet helpen")),
];

impl Answer<'_> {
    /// What loans do under the policies of [`Self::lending`]; nothing in a study without clinics.
    pub(crate) fn loans(self) -> Vec<String> {
        let lending = self.lending();
        if lending.is_empty() && self.has_clinics() {
            return vec![self.wording.say(say::NO_LOANS, &[])];
        }
        let first = lending.first().map(|policy| self.gate(*policy));
        let loan = |(idx, policy): (usize, usize)| {
            let gate = self.gate(policy);
            // What was said of the first policy is not said again.
            let is_said = idx > 0 && first.as_ref() == Some(&gate);
            self.loan(policy, if is_said { "" } else { &gate })
        };
        lending.into_iter().enumerate().map(loan).collect()
    }

    /// The first policy that knows loans, and the others of [`MOST_TOLD`] that use most people.
    pub(crate) fn lending(self) -> Vec<usize> {
        let analysis = &self.evidence.analysis;
        let sum = |policy: usize, measure| analysis.measure(policy, measure).sum();
        let knows = |policy: &usize| {
            let stopped = GATES[1..].iter().map(|(gate, _)| sum(*policy, *gate));
            sum(*policy, Measure::GateOpen) + sum(*policy, Measure::Used) + stopped.sum::<i128>()
                > 0
        };
        let policies: Vec<usize> = (0..analysis.frame().policies.len()).filter(knows).collect();
        let Some((first, others)) = policies.split_first() else {
            return Vec::new();
        };
        let used = others.iter().copied();
        let mut using: Vec<usize> = used
            .filter(|policy| sum(*policy, Measure::Used) > 0)
            .collect();
        using.sort_by_key(|policy| core::cmp::Reverse(sum(*policy, Measure::Used)));
        using.truncate(MOST_TOLD - 1);
        using.sort_unstable();
        core::iter::once(*first).chain(using).collect()
    }

    fn loan(self, policy: usize, gate: &str) -> String {
        let used = self.evidence.analysis.measure(policy, Measure::Used);
        let number = |value: f64| self.count(value);
        let gaps = [
            ("policy", self.label(policy).to_owned()),
            ("n", self.whole(used.nonzero() as f64)),
            ("all", self.whole(used.n() as f64)),
            ("used", number(used.mean())),
            (
                "workers",
                self.whole(self.measure(policy, Measure::Workers)),
            ),
            ("gate", gate.to_owned()),
            ("effect", self.effect(policy)),
        ];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        let phrase = match used.nonzero() {
            0 => say::LOANS_NEVER,
            n if n == used.n() => say::LOANS_ALWAYS,
            _ => say::LOANS,
        };
        self.wording.say(phrase, &gaps)
    }

    /// What blocked loans most often, and what did after that.
    fn gate(self, policy: usize) -> String {
        let rounds = |gate: &(Measure, Phrase)| self.measure(policy, gate.0);
        let mut gates = GATES.to_vec();
        gates.retain(|gate| rounds(gate) > 0.0);
        gates.sort_by(|a, b| rounds(b).total_cmp(&rounds(a)));
        let said = |gate: &(Measure, Phrase)| self.wording.say(gate.1, &[]);
        let gate = match gates.as_slice() {
            [first, second, ..] => {
                let gaps = [("first", &*said(first)), ("then", &said(second))];
                self.wording.say(say::BLOCKED_TWICE, &gaps)
            }
            [only] => said(only),
            [] => said(&GATES[0]),
        };
        self.wording.say(say::BLOCKED, &[("gate", &gate)])
    }

    /// What loans change against the baseline, at what price; where policy and baseline differ in more than
    /// loans, what they make possible.
    fn effect(self, policy: usize) -> String {
        let base = self.baseline();
        if policy == base
            || self.measure(base, Measure::Used) > 0.0
            || self.differs_otherwise(policy)
        {
            let n = self.count(self.measure(policy, Measure::ProtectedByLoans));
            let gaps = [("n", &*n), ("cost", &self.cost(policy, None))];
            return self.wording.say(say::MADE_POSSIBLE, &gaps);
        }
        let late = self.evidence.compare(policy, "displaced");
        let ends = late.difference.published();
        let is_clear = ends.is_bounded() && !ends.contains(0.0);
        let is_better = is_clear && late.difference.value < 0.0;
        let phrase = match late.identical {
            true => say::CHANGE_NOTHING,
            false if is_better => say::CHANGE,
            false if is_clear => say::CHANGE_WORSE,
            false => say::CHANGE_UNCLEAR,
        };
        let in_time = late.difference.negated();
        let is_worse = is_clear && !is_better;
        let told = if is_worse { late.difference } else { in_time };
        let helped = is_better.then_some(in_time.value);
        let gaps = [
            ("n", &*self.change(&told)),
            ("cost", &self.cost(policy, helped)),
        ];
        self.wording.say(phrase, &gaps)
    }

    /// Whether a policy differs from the baseline in worlds without loans too.
    fn differs_otherwise(self, policy: usize) -> bool {
        let standing = self.evidence.standing(policy);
        let with_loans = self
            .evidence
            .analysis
            .measure(policy, Measure::Used)
            .nonzero();
        standing.below + standing.above > with_loans
    }

    /// What loans cost clinics, and what that is for each patient whom they help.
    fn cost(self, policy: usize, helped: Option<f64>) -> String {
        let lost = self.measure(policy, Measure::ClinicValueLost) / CENTS_PER_EURO;
        if lost <= 0.0 {
            return self.wording.say(say::COSTS_CLINICS_NOTHING, &[]);
        }
        let phrase = helped.map_or(say::COST, |_| say::COST_EACH);
        let each = helped.map_or(String::new(), |patients| self.euros(lost / patients));
        let gaps = [("lost", &*self.euros(lost)), ("each", &each)];
        self.wording.say(phrase, &gaps)
    }

    /// An amount in thousands of euros, or in millions.
    fn euros(self, amount: f64) -> String {
        let thousands = (amount / 1_000.0).round();
        let (phrase, n) = if thousands >= 1_000.0 {
            let millions = self.wording.language.number(thousands / 1_000.0, 1);
            (say::MILLIONS, millions)
        } else {
            (say::EUROS, self.whole(1_000.0 * thousands))
        };
        if thousands < 1.0 {
            return self.wording.say(say::FEW_EUROS, &[]);
        }
        self.wording.say(phrase, &[("n", &n)])
    }
}
