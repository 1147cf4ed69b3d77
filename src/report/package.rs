//! `datapackage.json`: what the tables of a run are, for programs that read Frictionless data packages.

use std::io::Write;

use serde_json::{Value, json};

use crate::report::cell::Decimal;
use crate::report::column::{Column, FieldType, Header, POLICY, REGION};
use crate::report::folder::{PACKAGE, POLICIES, REGIONS};
use crate::report::layout::is_table_of_run;
use crate::report::table::Table;
use crate::report::wording::Wording;
use crate::report::{Evidence, Language, ReportError, RunFolder, dictionary};

/// Name of a table that stands alone: that of its file may have any letters.
#[cfg(feature = "cli")]
const ALONE: &str = "table";

/// The tables that say what keys stand for, with the column of the key.
const KEYS: [(&str, Column); 2] = [(POLICIES, POLICY), (REGIONS, REGION)];

/// Describes the tables in the folder of a run, when all of them are there.
///
/// # Errors
/// [`ReportError::File`].
pub fn write_package(evidence: &Evidence, folder: &RunFolder) -> Result<(), ReportError> {
    let frame = evidence.analysis.frame();
    let wording = evidence.wording(Language::En);
    let tables = dictionary::tables();
    let there = tables
        .iter()
        .filter(|table| folder.path().join(table.file).is_file());
    let resource = |table| resource(table, evidence.decimal, wording);
    let package = json!({
        "profile": "tabular-data-package",
        "name": frame.scenario,
        "title": frame.title.en,
        "id": evidence.manifest.key(),
        "version": evidence.manifest.version,
        "resources": there.map(resource).collect::<Vec<Value>>(),
    });
    let mut file = folder.begin(PACKAGE)?;
    let written = writeln!(file, "{package:#}");
    written.map_err(ReportError::file(PACKAGE))?;
    file.finish()
}

fn resource(table: &Table, decimal: Decimal, wording: Wording<'_>) -> Value {
    let decimal = if is_table_of_run(table.file) {
        decimal
    } else {
        Decimal::Point
    };
    let columns = table.all_columns();
    let filled = |column: &Column| Header {
        meaning: wording.fill(column.2, &[]),
        ..Header::from(column)
    };
    let headers: Vec<Header> = columns.iter().map(filled).collect();
    let mut resource = described(&name(table.file), table.file, &headers, decimal);
    resource["description"] = json!(format!("One row is {}.", table.about));
    let schema = &mut resource["schema"];
    if let Some((_, key)) = KEYS.iter().find(|(file, _)| *file == table.file) {
        schema["primaryKey"] = json!([key.0]);
    } else {
        let keys = KEYS.iter().filter(|(_, key)| columns.contains(key));
        let foreign = keys.map(|(file, key)| {
            json!({ "fields": [key.0], "reference": { "resource": name(file), "fields": [key.0] } })
        });
        schema["foreignKeys"] = foreign.collect();
    }
    resource
}

/// The package of a table that stands alone, in the file `path` beside it.
#[cfg(feature = "cli")]
pub(crate) fn package_of(path: &str, columns: &[Header]) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": ALONE,
        "resources": [described(ALONE, path, columns, Decimal::Point)],
    })
}

/// The table `name` in the file `path`, by its columns.
fn described(name: &str, path: &str, columns: &[Header], decimal: Decimal) -> Value {
    let field = |column: &Header| field(column, decimal);
    let fields: Vec<Value> = columns.iter().map(field).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": decimal.signs().1 },
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

fn field(column: &Header, decimal: Decimal) -> Value {
    let mut field = json!({
        "name": column.name,
        "type": column.of.name(),
        "unit": column.unit,
        "description": column.meaning,
    });
    match column.of {
        FieldType::Flag => {
            field["trueValues"] = json!(["1"]);
            field["falseValues"] = json!(["0"]);
        }
        FieldType::Real => field["decimalChar"] = json!(decimal.signs().0),
        _ => {}
    }
    field
}

/// Name of the table in a file.
fn name(file: &str) -> String {
    file.trim_end_matches(".csv").replace('/', ".")
}
