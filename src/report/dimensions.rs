//! `policies.csv` and `regions.csv`: what the keys in the other tables stand for.

use crate::report::cell::Cell;
use crate::report::column::{Column, POLICY, REGION};
use crate::report::table::{Rows, Table};
use crate::report::{Evidence, ReportError, folder};

const ORDER: Column = Column("order", "", "position in reports, from 1");

#[rustfmt::skip]
pub(crate) const POLICIES: Table = Table::new(folder::POLICIES, "one policy", &[&[
    POLICY,
    ORDER,
    Column("label", "", "name in English reports"),
    Column("label_nl", "", "name in Dutch reports"),
    Column("label_fr", "", "name in French, where the scenario gives it"),
    Column("description", "", "one sentence on what it is"),
    Column("description_nl", "", "the same in Dutch"),
    Column("is_baseline", "0 or 1", "whether the others are compared with it"),
]]);

#[rustfmt::skip]
pub(crate) const REGIONS: Table = Table::new(folder::REGIONS, "one region, or the country, which comes last", &[&[
    REGION,
    ORDER,
    Column("name", "", "name in English reports"),
    Column("name_nl", "", "name in Dutch reports"),
    Column("name_fr", "", "name in French, where the scenario gives it"),
    Column("hospitals", "hospitals", "number of hospitals"),
    Column("map_column", "tiles", "column on the schematic map; empty for the country"),
    Column("map_row", "tiles", "row on the schematic map; empty for the country"),
]]);

pub(crate) fn write_policies(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    for (position, policy) in frame.policies.iter().enumerate() {
        rows.push(&[
            policy.key.as_str().into(),
            (position as u64 + 1).into(),
            policy.label.en.as_str().into(),
            policy.label.nl.as_str().into(),
            policy.label.fr.as_deref().into(),
            policy.description.en.as_str().into(),
            policy.description.nl.as_str().into(),
            i64::from(position == frame.baseline).into(),
        ])?;
    }
    Ok(())
}

pub(crate) fn write_regions(evidence: &Evidence, rows: &mut Rows<'_>) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    for (position, region) in frame.regions.iter().enumerate() {
        let (column, row) = region.tile;
        rows.push(&[
            region.key.as_str().into(),
            (position as u64 + 1).into(),
            region.name.en.as_str().into(),
            region.name.nl.as_str().into(),
            region.name.fr.as_deref().into(),
            u64::from(region.n_hospitals).into(),
            u64::from(column).into(),
            u64::from(row).into(),
        ])?;
    }
    let hospitals = frame
        .regions
        .iter()
        .map(|region| u64::from(region.n_hospitals));
    let country = frame.words.country.as_str();
    rows.push(&[
        country.into(),
        (frame.regions.len() as u64 + 1).into(),
        country.into(),
        country.into(),
        Cell::Empty,
        hospitals.sum::<u64>().into(),
        Cell::Empty,
        Cell::Empty,
    ])
}
