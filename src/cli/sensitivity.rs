//! `sensitivity`: which uncertain figures matter.

mod findings;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::cli::arguments::{Method, SensitivityArguments};
use crate::cli::failure::Failure;
use crate::cli::figure;
use crate::cli::prepared::Prepared;
use crate::cli::progress::Progress;
use crate::cli::sensitivity::findings::{Findings, Unit};
use crate::cli::sweep::{check_targets, failure, table, undrawn, write};
use crate::cli::table::CsvTable;
use crate::cli::{remark, run};
use crate::design::study::Point;
use crate::design::{
    DesignError, Response, Study, latin_hypercube, morris, nested, sobol, tornado,
};
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::experiment::study_frame::PolicyName;
use crate::report::figures::designs::{Ends, Finding};
use crate::scenario::did_you_mean;
use crate::statistics::confidence::Confidence;

/// Replications per parameter set of `split`.
const PER_SET: u32 = 2;

pub(crate) fn sensitivity(arguments: &SensitivityArguments) -> Result<(), Failure> {
    let worlds = &arguments.worlds;
    let prepared = Prepared::load(&worlds.scenario, &worlds.set)?;
    check_size(arguments)?;
    let estimand = estimand_for(&arguments.estimand, arguments.method)?;
    let policies = policies(arguments, &prepared)?;
    let seed = worlds.seed.unwrap_or(prepared.model.defaults.seed);
    let study = Study::new(&prepared.scenario, &policies, seed)
        .map_err(|error| failure(error, &prepared))?;
    check(&study, &prepared)?;
    check_targets(&arguments.worlds, &arguments.figure)?;
    let response = Response {
        estimand,
        policy: 0,
        minus: (policies.len() > 1).then_some(1),
    };
    let analysis = Analysis {
        study: &study,
        response,
        seed,
        arguments,
        policies: policies.join(" minus "),
    };
    let pool = run::pool(worlds.threads)?;
    let found = pool.install(|| match arguments.method {
        Method::Tornado => analysis.tornado(),
        Method::Morris => analysis.morris().map(Found::from),
        Method::Sobol => analysis.sobol().map(Found::from),
        Method::Split => analysis.split().map(Found::from),
    });
    let found = found.map_err(|error| failure(error, &prepared))?;
    write(&found.table, worlds.out.as_deref())?;
    analysis.draw(&found.points, &found.compared)?;
    Ok(())
}

/// A number that the method would not use is a mistake.
fn check_size(arguments: &SensitivityArguments) -> Result<(), Failure> {
    let is_tornado = arguments.method == Method::Tornado;
    let message = match (arguments.worlds.replications, arguments.rows) {
        (Some(_), _) if !is_tornado => "this method takes --rows, not --replications",
        (_, Some(_)) if is_tornado => "a tornado takes --replications, not --rows",
        _ => return check_figure(arguments),
    };
    Err(Failure::Usage(message.to_owned()))
}

/// There is one figure, and it is a tornado of one policy.
fn check_figure(arguments: &SensitivityArguments) -> Result<(), Failure> {
    let is_one_tornado = arguments.method == Method::Tornado && arguments.worlds.policies.len() < 2;
    if arguments.figure.figure.is_none() || is_one_tornado {
        return Ok(());
    }
    let message = "--figure shows a tornado under one policy";
    Err(Failure::Usage(message.to_owned()))
}

/// There are no figures.
/// The estimand by its key, if the method can use it.
fn estimand_for(key: &str, method: Method) -> Result<&'static Estimand, Failure> {
    let estimand = estimand(key)?;
    if method != Method::Tornado && !Response::is_per_world(estimand) {
        let message = format!("{key} has no value in a single world; only a tornado can use it");
        return Err(Failure::Usage(message));
    }
    Ok(estimand)
}

/// The estimand by its key.
pub(crate) fn estimand(key: &str) -> Result<&'static Estimand, Failure> {
    let known: Vec<&str> = ESTIMANDS.iter().map(|estimand| estimand.key).collect();
    Estimand::named(key).ok_or_else(|| {
        let guess = did_you_mean(key, &known);
        Failure::Usage(format!("there is no estimand {key:?}{guess}"))
    })
}

/// The policy to look at, by default the baseline, and the one to subtract.
fn policies(arguments: &SensitivityArguments, prepared: &Prepared) -> Result<Vec<String>, Failure> {
    let baseline = &prepared.model.policies[prepared.model.baseline].key;
    let mut keys = arguments.worlds.policies.clone();
    if keys.len() > 1 && arguments.method != Method::Tornado {
        let message = "this method looks at one policy; --minus subtracts another".to_owned();
        return Err(Failure::Usage(message));
    }
    if keys.is_empty() {
        keys.push(baseline.clone());
    }
    if let Some(minus) = &arguments.minus {
        if arguments.method == Method::Tornado || keys[0] == *minus {
            let message = "--minus takes another policy, and no tornado".to_owned();
            return Err(Failure::Usage(message));
        }
        keys.push(minus.clone());
    }
    for key in &keys {
        prepared.policy(key)?;
    }
    Ok(keys)
}

/// The scenario must say what is uncertain, and every extreme must be allowed.
fn check(study: &Study<'_>, prepared: &Prepared) -> Result<(), Failure> {
    if study.figures().is_empty() {
        let message = "the scenario has no [uncertainty]: nothing varies".to_owned();
        return Err(Failure::Usage(message));
    }
    let violations = study.violations();
    if violations.is_empty() {
        return Ok(());
    }
    let sources = prepared.scenario.sources().to_vec();
    Err(Failure::Scenario(violations, sources))
}

/// A policy with what was found under it.
type Compared = (PolicyName, crate::experiment::Analysis);

/// What an analysis found: its table, and the points of a tornado for its figure.
struct Found {
    table: CsvTable,
    points: Vec<Point>,
    compared: Vec<Compared>,
}

impl From<CsvTable> for Found {
    fn from(table: CsvTable) -> Self {
        Self {
            table,
            points: Vec::new(),
            compared: Vec::new(),
        }
    }
}

/// The value that a point sets.
fn end_of(point: &Point) -> &str {
    let setting = point.settings.first().map_or("", String::as_str);
    setting.split_once('=').map_or(setting, |(_, value)| value)
}

/// One analysis.
struct Analysis<'a> {
    study: &'a Study<'a>,
    response: Response,
    seed: u64,
    arguments: &'a SensitivityArguments,
    policies: String,
}

impl Analysis<'_> {
    fn rows(&self, default: u32) -> u32 {
        self.arguments.rows.unwrap_or(default)
    }

    /// Says how much there is to do, and counts parameter sets.
    fn progress(&self, n_sets: u32) -> Progress {
        let quiet = self.arguments.worlds.quiet;
        if !quiet {
            let n = self.study.figures().len();
            remark(&format!("{n} uncertain figures, {n_sets} steps"));
        }
        Progress::start(n_sets, quiet)
    }

    fn tornado(&self) -> Result<Found, DesignError> {
        let points = tornado::points(self.study);
        let n = self.arguments.worlds.replications.unwrap_or(200);
        let progress = self.progress(n);
        let step = || progress.step();
        let compared = self.study.compare(&points, n, Confidence::P95, &step)?;
        progress.finish();
        let key = self.response.estimand.key;
        let n_figures = self.study.figures().len();
        let order = tornado::widest_first(n_figures, |point| {
            let position = Estimand::position(key).unwrap_or_default();
            compared[0].1.comparison(point, position).difference.value
        });
        Ok(Found {
            table: table(&compared, (&points, &order), Some(key)),
            points,
            compared,
        })
    }

    /// Draws the tornado, if that was asked for.
    fn draw(&self, points: &[Point], compared: &[Compared]) -> Result<(), Failure> {
        let figure = &self.arguments.figure;
        let (Some(path), [(policy, analysis), ..]) = (&figure.figure, compared) else {
            return Ok(());
        };
        let key = self.response.estimand.key;
        let finding = Finding {
            analysis,
            estimand: Estimand::position(key).unwrap_or_default(),
            policy: &policy.label,
            seed: self.seed,
            language: figure.lang.into(),
        };
        // After the scenario as written come two points of each figure, low and high.
        let ends = |(number, pair): (usize, &[Point])| Ends {
            input: format!(
                "{}\u{a0}\u{2013}\u{a0}{}",
                pair[0].settings.join(" ").replacen('=', ": ", 1),
                end_of(&pair[1])
            ),
            low: 2 * number + 1,
            high: 2 * number + 2,
        };
        let inputs: Vec<Ends> = points[1..].chunks_exact(2).enumerate().map(ends).collect();
        let svg = finding.tornado(&inputs);
        let svg = svg.map_err(|error| undrawn(&error))?;
        figure::save(&svg, path)
    }

    fn morris(&self) -> Result<CsvTable, DesignError> {
        let figures = self.study.figures();
        let n_sets = self.rows(20) * self.n_inputs(1);
        let progress = self.progress(n_sets);
        let stars = morris::evaluate(self.rows(20), figures.len(), self.seed, |point, keys| {
            progress.step();
            self.study.values(&self.response, point, keys)
        })?;
        progress.finish();
        let mut found = self.findings(stars.len());
        let effects = morris::effects(&stars, Confidence::P95, self.seed);
        for (figure, effect) in figures.iter().zip(effects) {
            for (quantity, value) in [
                ("mean_absolute", &effect.mean_absolute),
                ("mean", &effect.mean),
                ("sd", &effect.sd),
                ("noise_sd", &effect.noise_sd),
            ] {
                found.push(&figure.path, (quantity, Unit::Output), value);
            }
        }
        Ok(found.table)
    }

    fn sobol(&self) -> Result<CsvTable, DesignError> {
        let figures = self.study.figures();
        let progress = self.progress(self.rows(256) * self.n_inputs(2));
        let rows = sobol::evaluate(self.rows(256), figures.len(), self.seed, |point, keys| {
            progress.step();
            self.study.values(&self.response, point, keys)
        })?;
        progress.finish();
        let indices = sobol::indices(&rows, Confidence::P95, self.seed);
        let mut found = self.findings(rows.len());
        for (quantity, values) in [("first", &indices.first), ("total", &indices.total)] {
            for (figure, value) in figures.iter().zip(values) {
                found.push(&figure.path, (quantity, Unit::Share), value);
            }
        }
        let variance = ("parameter_variance", Unit::OutputSquared);
        found.push("", variance, &indices.parameter_variance);
        found.push("", ("noise_share", Unit::Share), &indices.noise_share);
        Ok(found.table)
    }

    fn split(&self) -> Result<CsvTable, DesignError> {
        let n_sets = self.rows(256);
        let progress = self.progress(n_sets);
        let points = latin_hypercube::hypercube(n_sets, self.study.figures().len(), self.seed, 3);
        let sets: Vec<Result<Vec<f64>, DesignError>> = points
            .par_iter()
            .enumerate()
            .map(|(set, point)| {
                progress.step();
                let first = u32::try_from(set).unwrap_or(u32::MAX) * PER_SET;
                let keys: Vec<u32> = (first..first + PER_SET).collect();
                self.study.values(&self.response, point, &keys)
            })
            .collect();
        progress.finish();
        let sets = sets.into_iter().collect::<Result<Vec<_>, _>>()?;
        let split = nested::split(&sets.concat(), PER_SET as usize, Confidence::P95, self.seed);
        let mut found = self.findings(sets.len());
        for (quantity, unit, value) in [
            ("mean", Unit::Output, &split.mean),
            ("parameter_share", Unit::Share, &split.parameter_share),
            ("variance_between", Unit::OutputSquared, &split.between),
            ("variance_within", Unit::OutputSquared, &split.within),
        ] {
            found.push("", (quantity, unit), value);
        }
        found.push_range(split.mean.value, split.param90);
        Ok(found.table)
    }

    fn n_inputs(&self, more: u32) -> u32 {
        u32::try_from(self.study.figures().len()).unwrap_or(u32::MAX - more) + more
    }

    fn findings(&self, n_rows: usize) -> Findings<'_> {
        Findings::of(self.response.estimand, &self.policies, n_rows)
    }
}
