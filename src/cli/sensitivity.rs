//! `sensitivity`: which uncertain figures matter.

mod findings;

use std::path::Path;

use clap::{Args, ValueEnum, value_parser};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::cli::arguments::EstimandArguments;
use crate::cli::csv_table::CsvTable;
use crate::cli::design::{Design, DesignArguments, failure, origin, table, undrawn};
use crate::cli::design_text::DesignText;
use crate::cli::failure::Failure;
use crate::cli::figure;
use crate::cli::sensitivity::findings::{Findings, Unit};
use crate::cli::terminal::{Progress, remark};
use crate::design::morris::Star;
use crate::design::response::{Scale, Terms};
use crate::design::sobol::Row;
use crate::design::study::Point;
use crate::design::{
    DesignError, Response, Study, latin_hypercube, morris, nested, sobol, tornado,
};
use crate::experiment::{self, study_frame::PolicyName};
use crate::report::figures::designs::{Ends, Finding};
use crate::run::CheckedScenario;
use crate::statistics::confidence::Confidence;

/// Replications per parameter set of `split`.
const PER_SET: u32 = 2;

/// Find out which uncertain figures matter most
#[derive(Debug, Args)]
#[command(mut_arg("policies", |policy| policy.help(
    "Simulate this policy of the scenario; may be repeated with a tornado. By default, the baseline"
)))]
#[command(mut_arg("replications", |n| n.help(
    "Number of possible worlds of a tornado, the same for every point. By default, 200"
)))]
pub(crate) struct SensitivityArguments {
    #[command(flatten)]
    design: DesignArguments,
    /// Method
    #[arg(long, value_enum, default_value_t = Method::Tornado)]
    method: Method,
    #[command(flatten)]
    estimand: EstimandArguments,
    /// Subtract the same estimand under this policy, in the same worlds
    #[arg(long, value_name = "KEY")]
    minus: Option<String>,
    /// Rows of the design: base points of morris (20), rows of sobol (256), parameter sets of split
    /// (256)
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(2..=100_000))]
    rows: Option<u32>,
}

/// A way to look at uncertain figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Each figure low and high, all others as written
    Tornado,
    /// Elementary effects over the whole range, beside their noise
    Morris,
    /// Shares of variance, corrected for noise
    Sobol,
    /// The variance split into parameters and chance
    Split,
}

pub(crate) fn sensitivity(arguments: &SensitivityArguments) -> Result<(), Failure> {
    let design = &arguments.design;
    let checked = design.scenario.load()?;
    check_method(arguments)?;
    let policies = policies(arguments, &checked)?;
    let seed = design.worlds.seed.or_of(&checked.model);
    let study =
        Study::new(&checked.scenario, &policies, seed).map_err(|error| failure(error, &checked))?;
    if study.figures().is_empty() {
        let message = "the scenario has no [uncertainty]: nothing varies".to_owned();
        return Err(Failure::Usage(message));
    }
    checked.refuse(study.violations())?;
    design.check_targets()?;
    let analysis = Analysis {
        study: &study,
        response: Response {
            estimand: arguments.estimand.described(),
            policy: 0,
            minus: (policies.len() > 1).then_some(1),
        },
        seed,
        arguments,
        policies: policies.join(" minus "),
    };
    let found = (design.execution.pool()?).install(|| match arguments.method {
        Method::Tornado => analysis
            .tornado()
            .map(|(table, text, found)| (table, text, Some(found))),
        Method::Morris => analysis.morris().map(shown),
        Method::Sobol => analysis.sobol().map(shown),
        Method::Split => analysis.split().map(shown),
    });
    let (table, text, tornado) = found.map_err(|error| failure(error, &checked))?;
    design.show(&table, || text)?;
    match (tornado, &design.figure) {
        (Some(tornado), Some(path)) => analysis.draw(&tornado, path),
        _ => Ok(()),
    }
}

/// The table of findings, and what it says to a reader.
fn shown(found: Findings<'_>) -> (CsvTable, String, Option<Tornado>) {
    let text = found.text();
    (found.table, text, None)
}

/// Refuses options that the method does not use, and estimands that it cannot use.
fn check_method(arguments: &SensitivityArguments) -> Result<(), Failure> {
    let (design, estimand) = (&arguments.design, arguments.estimand.described());
    let is_tornado = arguments.method == Method::Tornado;
    let message = if design.worlds.replications.is_some() && !is_tornado {
        "this method takes --rows, not --replications"
    } else if arguments.rows.is_some() && is_tornado {
        "a tornado takes --replications, not --rows"
    } else if design.figure.is_some() && !(is_tornado && design.policies.len() < 2) {
        "--figure shows a tornado under one policy"
    } else if !is_tornado && !Response::is_sum(estimand) {
        let key = estimand.key;
        let message = format!("{key} has no value in a single world; only a tornado can use it");
        return Err(Failure::Usage(message));
    } else {
        return Ok(());
    };
    Err(Failure::Usage(message.to_owned()))
}

/// The policy to look at, by default the baseline, and the one to subtract.
fn policies(
    arguments: &SensitivityArguments,
    checked: &CheckedScenario,
) -> Result<Vec<String>, Failure> {
    let mut keys = arguments.design.policies.clone();
    if keys.len() > 1 && arguments.method != Method::Tornado {
        let message = "this method looks at one policy; --minus subtracts another".to_owned();
        return Err(Failure::Usage(message));
    }
    if keys.is_empty() {
        keys.push(checked.baseline().key.clone());
    }
    if let Some(minus) = &arguments.minus {
        if arguments.method == Method::Tornado || keys[0] == *minus {
            let message =
                "--minus takes a policy other than the first, and does not work with a tornado"
                    .to_owned();
            return Err(Failure::Usage(message));
        }
        keys.push(minus.clone());
    }
    for key in &keys {
        checked.policy(key)?;
    }
    Ok(keys)
}

/// The points of a tornado, and what was found at them under each policy.
struct Tornado {
    points: Vec<Point>,
    compared: Vec<(PolicyName, experiment::Analysis)>,
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
        let execution = &self.arguments.design.execution;
        if !execution.is_quiet() {
            let n = self.study.figures().len();
            remark(&format!("{n} uncertain figures, {n_sets} steps"));
        }
        execution.progress(n_sets)
    }

    fn tornado(&self) -> Result<(CsvTable, String, Tornado), DesignError> {
        let points = tornado::points(self.study);
        let n = self.arguments.design.worlds.replications.unwrap_or(200);
        let progress = self.progress(n);
        let step = || progress.step();
        let compared = self.study.compare(&points, n, Confidence::P95, &step)?;
        progress.finish();
        let n_figures = self.study.figures().len();
        let order = tornado::widest_first(n_figures, |point| {
            let position = self.arguments.estimand.estimand;
            compared[0].1.comparison(point, position).difference.value
        });
        let key = self.response.estimand.key;
        let simulated = Design {
            study: self.study,
            points: &points,
            order: &order,
        };
        let table = table(&compared, &simulated, Some(key));
        let text = DesignText {
            analyses: &compared,
            points: &points,
            order: &order,
            estimand: self.arguments.estimand.estimand,
        };
        let text = text.widest_first();
        Ok((table, text, Tornado { points, compared }))
    }

    fn draw(&self, tornado: &Tornado, path: &Path) -> Result<(), Failure> {
        let (policy, analysis) = &tornado.compared[0];
        let language = self.arguments.design.language.or_english();
        let finding = Finding {
            analysis,
            estimand: self.arguments.estimand.estimand,
            policy: language.name(&policy.label),
            seed: self.seed,
            language,
        };
        // After the scenario as written come two points of each figure, low and high.
        let ends = |(number, pair): (usize, &[Point])| {
            let setting = pair[0].settings.first().map_or("", String::as_str);
            let path = setting.split_once('=').map_or(setting, |(path, _)| path);
            let (name, unit) = figure::in_words(self.study.scenario(), path, language);
            let [low, high] = [&pair[0], &pair[1]].map(end_of);
            let range = format!("{name}: {low}\u{a0}\u{2013}\u{a0}{high} {unit}");
            Ends {
                input: range.trim_end().to_owned(),
                low: 2 * number + 1,
                high: 2 * number + 2,
            }
        };
        let inputs: Vec<Ends> = tornado.points[1..]
            .chunks_exact(2)
            .enumerate()
            .map(ends)
            .collect();
        figure::save(&finding.tornado(&inputs).map_err(undrawn)?, path)
    }

    fn morris(&self) -> Result<Findings<'_>, DesignError> {
        let figures = self.study.figures();
        let n_sets = self.rows(20) * self.n_inputs(1);
        let progress = self.progress(n_sets);
        let stars = morris::evaluate(self.rows(20), figures.len(), self.seed, |point, keys| {
            progress.step();
            self.study.terms(&self.response, point, keys)
        })?;
        progress.finish();
        let scale = self.scale(stars.iter().flat_map(Star::outputs));
        let mut found = self.findings(scale.clone(), stars.len());
        let stars: Vec<Star> = stars
            .iter()
            .map(|star| star.map(|world| scale.value(world)))
            .collect();
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
        Ok(found)
    }

    fn sobol(&self) -> Result<Findings<'_>, DesignError> {
        let figures = self.study.figures();
        let progress = self.progress(self.rows(256) * self.n_inputs(2));
        let rows = sobol::evaluate(self.rows(256), figures.len(), self.seed, |point, keys| {
            progress.step();
            self.study.terms(&self.response, point, keys)
        })?;
        progress.finish();
        let scale = self.scale(rows.iter().flat_map(Row::outputs));
        let mut found = self.findings(scale.clone(), rows.len());
        let rows: Vec<Row> = rows
            .iter()
            .map(|row| row.map(|world| scale.value(world)))
            .collect();
        let indices = sobol::indices(&rows, Confidence::P95, self.seed);
        for (quantity, values) in [("first", &indices.first), ("total", &indices.total)] {
            for (figure, value) in figures.iter().zip(values) {
                found.push(&figure.path, (quantity, Unit::Share), value);
            }
        }
        let variance = ("parameter_variance", Unit::OutputSquared);
        found.push("", variance, &indices.parameter_variance);
        found.push("", ("noise_share", Unit::Share), &indices.noise_share);
        Ok(found)
    }

    fn split(&self) -> Result<Findings<'_>, DesignError> {
        let n_sets = self.rows(256);
        let progress = self.progress(n_sets);
        let points = latin_hypercube::hypercube(n_sets, self.study.figures().len(), self.seed, 3);
        let sets: Vec<Result<Vec<Terms>, DesignError>> = points
            .par_iter()
            .enumerate()
            .map(|(set, point)| {
                progress.step();
                let set = u32::try_from(set).unwrap_or(u32::MAX);
                let keys: Vec<u32> = (set * PER_SET..(set + 1) * PER_SET).collect();
                let settings = self.study.drawn(set, point);
                self.study.terms_with(&self.response, &settings, &keys)
            })
            .collect();
        progress.finish();
        let worlds = sets.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        let scale = self.scale(worlds.iter().copied());
        let values: Vec<f64> = worlds.iter().map(|world| scale.value(*world)).collect();
        let split = nested::split(&values, PER_SET as usize, Confidence::P95, self.seed);
        let mut found = self.findings(scale, split.n_sets);
        for (quantity, unit, value) in [
            ("mean", Unit::Output, &split.mean),
            ("parameter_share", Unit::Share, &split.parameter_share),
            ("variance_between", Unit::OutputSquared, &split.between),
            ("variance_within", Unit::OutputSquared, &split.within),
        ] {
            found.push("", (quantity, unit), value);
        }
        found.push_range(split.mean.value, split.param90);
        Ok(found)
    }

    fn n_inputs(&self, more: u32) -> u32 {
        u32::try_from(self.study.figures().len()).unwrap_or(u32::MAX - more) + more
    }

    /// The scale on which the worlds of a design add up to the estimand.
    fn scale(&self, worlds: impl Iterator<Item = Terms>) -> Scale {
        self.response.scale(worlds, self.study.frame())
    }

    fn findings(&self, scale: Scale, n_rows: usize) -> Findings<'_> {
        let origin = origin(self.study, &[]);
        let design = (scale, n_rows);
        Findings::of(self.response.estimand, &self.policies, design, origin)
    }
}
