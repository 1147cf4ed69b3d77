//! What `sweep`, `sensitivity` and `ablate` have in common: the same worlds for every point of a
//! design.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::chart::ChartError;
use crate::cli::arguments::{
    ExecutionArguments, LanguageArguments, OutputArguments, ScenarioArguments, WorldArguments,
};
use crate::cli::csv_table::{CsvTable, estimate, package_file};
use crate::cli::failure::Failure;
use crate::cli::output::check_writable;
use crate::design::study::Point;
use crate::design::{DesignError, Study};
use crate::experiment::Analysis;
use crate::experiment::estimand::ESTIMANDS;
use crate::experiment::study_frame::PolicyName;
use crate::report::Manifest;
use crate::report::cell::Cell;
use crate::report::column::{
    Column, ESTIMAND, FieldType, HIGH, Header, INTERVAL, LOW, N, POLICY, SCENARIO, STATUS, UNIT,
    VALUE,
};
use crate::run::CheckedScenario;
use crate::run::plan::plan;

/// From which run a row could also come.
pub(crate) const ORIGIN: [Column; 3] = [
    Column(
        "run",
        "",
        "key of the run that `run` makes of the scenario with these settings",
    ),
    SCENARIO,
    Column("seed", "", "master seed"),
];

/// The columns between those and the levers'.
const POINT: [Column; 2] = [
    Column("point", "", "number of the point, from 0"),
    Column("settings", "", "what the point sets"),
];

/// The columns after them.
const LAST: [Column; 14] = [
    POLICY,
    ESTIMAND,
    UNIT,
    VALUE,
    LOW,
    HIGH,
    INTERVAL,
    STATUS,
    Column(
        "difference",
        "see unit",
        "value less that of the first point",
    ),
    Column("difference_low", "see unit", "lower end of its interval"),
    Column("difference_high", "see unit", "upper end of its interval"),
    Column("difference_interval", "", "kind of its interval"),
    Column("difference_status", "", "its status"),
    N,
];

/// What a design simulates, and where its table and its figure go.
#[derive(Debug, Args)]
#[command(mut_arg("out", |out| out.value_name("FILE").help(
    "Write the table into this file, as CSV, or as lines of JSON where its name ends in .jsonl. By \
     default, to standard output"
)))]
#[command(mut_arg("lang", |lang| lang.requires("figure")))]
pub(crate) struct DesignArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    /// Simulate this policy of the scenario; may be repeated. By default, all policies
    #[arg(long = "policy", value_name = "KEY")]
    pub(crate) policies: Vec<String>,
    #[command(flatten)]
    pub(crate) worlds: WorldArguments,
    #[command(flatten)]
    pub(crate) execution: ExecutionArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
    /// Draw the result into this file (.svg or .png): for a sweep the response to one lever under one
    /// policy, for a sensitivity analysis the tornado
    #[arg(long, value_name = "FILE", value_parser = crate::cli::figure::name)]
    pub(crate) figure: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) language: LanguageArguments,
}

impl DesignArguments {
    /// Makes sure that table and figure can be written, and that neither replaces the other.
    pub(crate) fn check_targets(&self) -> Result<(), Failure> {
        if let (Some(table), Some(figure)) = (&self.output.out, &self.figure)
            && std::path::absolute(table)? == std::path::absolute(figure)?
        {
            let message = "--out and --figure name one file: give each its own";
            return Err(Failure::Usage(message.to_owned()));
        }
        let package = self.described().map(package_file);
        let mut files = self.output.out.iter().chain(&self.figure).chain(&package);
        files.try_for_each(|file| check_writable(file, self.output.force))
    }

    /// The CSV file of the table, which is described in a file of its own.
    fn described(&self) -> Option<&Path> {
        let out = self.output.out.as_deref();
        out.filter(|file| file.extension() == Some("csv".as_ref()))
    }

    /// Writes the table, with what its columns are, or shows `text`.
    pub(crate) fn show(
        &self,
        table: &CsvTable,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if let Some(file) = self.described() {
            table.describe(file)?;
        }
        let out = self.output.out.as_deref();
        table.show(out, self.execution.is_quiet(), text)
    }
}

/// A figure that cannot be drawn; the table is there already.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands in `map_err`, which gives a value"
)]
pub(crate) fn undrawn(error: ChartError) -> Failure {
    Failure::Output(format!("the figure cannot be drawn: {error}"))
}

/// A design that cannot be carried out, as the command line reports it.
pub(crate) fn failure(error: DesignError, checked: &CheckedScenario) -> Failure {
    let sources = checked.scenario.sources().to_vec();
    match error {
        DesignError::Scenario(errors) => Failure::Scenario(errors.violations, errors.sources),
        DesignError::Model(errors) => Failure::Scenario(errors.0, sources),
        DesignError::Shape(_) => Failure::Usage(error.to_string()),
    }
}

/// What was simulated, for the table of a design.
pub(crate) struct Design<'a> {
    pub(crate) study: &'a Study<'a>,
    pub(crate) points: &'a [Point],
    /// Numbers of points, in the order of the table.
    pub(crate) order: &'a [usize],
}

impl Design<'_> {
    /// Paths of the levers, in the order in which points set them.
    fn levers(&self) -> Vec<&str> {
        let mut levers = Vec::new();
        for (lever, _) in self.points.iter().flat_map(settings) {
            if !levers.contains(&lever) {
                levers.push(lever);
            }
        }
        levers
    }

    /// The columns of the table: a lever's is one of numbers where all its values are.
    fn columns(&self, levers: &[&str]) -> Vec<Header> {
        let of_lever = |lever: &&str| {
            let mut all = self.points.iter().flat_map(settings);
            let is_number = all.all(|(known, text)| known != *lever || number(text).is_some());
            Header {
                name: (*lever).to_owned(),
                unit: String::new(),
                meaning: "value of the lever".to_owned(),
                of: if is_number {
                    FieldType::Real
                } else {
                    FieldType::Text
                },
            }
        };
        let first = ORIGIN.iter().chain(&POINT).map(Header::from);
        let levers = levers.iter().map(of_lever);
        first
            .chain(levers)
            .chain(LAST.iter().map(Header::from))
            .collect()
    }

    /// The fields of a point: its run, its number, its settings, and its value of each lever, empty where
    /// that is as it is written.
    fn fields(&self, number: usize, levers: &[&str]) -> Vec<Cell<'static>> {
        let point = &self.points[number];
        let mut fields: Vec<Cell<'_>> = origin(self.study, &point.settings).into();
        fields.extend([(number as u64).into(), Cell::from(point.settings.join(" "))]);
        let value = |lever: &&str| settings(point).find(|(known, _)| known == lever);
        fields.extend(
            levers
                .iter()
                .map(|lever| value(lever).map(|(_, text)| number_or_text(text)).into()),
        );
        fields
    }
}

/// The fields of [`ORIGIN`].
pub(crate) fn origin(study: &Study<'_>, settings: &[String]) -> [Cell<'static>; 3] {
    [
        run(study, settings).into(),
        study.scenario().file.key.clone().into(),
        study.seed().into(),
    ]
}

/// Key of the run of a study with some values set; they were simulated, so they are valid.
fn run(study: &Study<'_>, settings: &[String]) -> Option<String> {
    let mut checked = CheckedScenario::checked(study.scenario().with(settings)).ok()?;
    checked.keep_policies(study.policies()).ok()?;
    let plan = plan(&checked).ok()?;
    let seed = study.seed();
    Some(Manifest { seed, ..plan }.key())
}

/// The levers that a point sets, with their values.
fn settings(point: &Point) -> impl Iterator<Item = (&str, &str)> {
    point
        .settings
        .iter()
        .filter_map(|setting| setting.split_once('='))
}

fn number_or_text(text: &str) -> Cell<'static> {
    number(text).map_or_else(|| text.to_owned().into(), Cell::from)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// One row per point, policy and estimand (or only the one called `only`); differences are to the first
/// point, in the same worlds.
pub(crate) fn table(
    analyses: &[(PolicyName, Analysis)],
    design: &Design<'_>,
    only: Option<&str>,
) -> CsvTable {
    let levers = design.levers();
    let mut table = CsvTable::with(design.columns(&levers));
    let is_wanted = |key: &str| only.is_none_or(|only| only == key);
    for &number in design.order {
        let point = design.fields(number, &levers);
        for (policy, analysis) in analyses {
            let estimands = ESTIMANDS.iter().enumerate();
            for (position, estimand) in estimands.filter(|(_, e)| is_wanted(e.key)) {
                let mut row = point.clone();
                row.extend([
                    policy.key.clone().into(),
                    estimand.key.into(),
                    estimand.unit.into(),
                ]);
                row.extend(estimate(&analysis.estimate(number, position)));
                row.extend(estimate(&analysis.comparison(number, position).difference));
                row.push(u64::from(analysis.n()).into());
                table.push(row);
            }
        }
    }
    table
}
