//! `trade_offs.csv`: displaced patients avoided per unit of what a policy costs.

use crate::experiment::trade_off::{Rate, TRADE_OFFS, TradeOffRate};
use crate::report::cell::Cell;
use crate::report::column::{Column, INTERVAL, N, NEEDED, POLICY, UNIT};
use crate::report::table::{Names, Rows, Table};
use crate::report::{Evidence, ReportError, folder};
use crate::statistics::interval::Status;

#[rustfmt::skip]
pub(crate) const TABLE: Table = Table {
    file: folder::TRADE_OFFS,
    about: "one price of one policy, against the baseline in the same worlds (estimand E15)",
    columns: &[
        &[
            POLICY,
            Column("trade_off", "", "machine name of the trade-off"),
            UNIT,
            Column("rate", "see unit", "mean number avoided over mean cost; empty when nothing more is spent than under the baseline"),
            Column("low", "see unit", "lower end of the set, or of the gap in it"),
            Column("high", "see unit", "upper end of the set, or of the gap in it"),
            Column("set", "", "which rates the data do not reject: interval (between the ends), outside (all but those between the ends), any (every rate)"),
            INTERVAL,
            N,
            Column("status", "", "ok, or insufficient (too few worlds that differ in patients and in cost)"),
            NEEDED,
        ],
    ],
    names: Names::InCells("trade-off", || {
        let name = |one: &TradeOffRate| Column(one.key, one.unit, one.definition);
        TRADE_OFFS.iter().map(name).collect()
    }),
};

pub(crate) fn write(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    let others = (0..frame.policies.len()).filter(|policy| *policy != frame.baseline);
    for policy in others {
        for rate in evidence.analysis.trade_offs(policy) {
            rows.push(&row(&frame.policies[policy].key, &rate))?;
        }
    }
    Ok(())
}

fn row<'a>(policy: &'a str, rate: &Rate) -> Vec<Cell<'a>> {
    let (status, needed) = match rate.status {
        Status::Ok => ("ok", None),
        Status::Insufficient { needed } => ("insufficient", Some(needed)),
        Status::TargetNotMet { predicted_n } => ("target_not_met", Some(predicted_n)),
    };
    vec![
        policy.into(),
        rate.trade_off.key.into(),
        rate.trade_off.unit.into(),
        rate.value.into(),
        rate.ends().map(|ends| ends.low).into(),
        rate.ends().map(|ends| ends.high).into(),
        rate.shape().into(),
        rate.kind.to_string().into(),
        rate.n.into(),
        status.into(),
        needed.into(),
    ]
}
