//! Arguments that several commands take: each stands here once.

use std::env;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, RangedI64ValueParser, TypedValueParser};
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use rayon::ThreadPool;

use crate::backtest::Part;
use crate::backtest::doubts::doubts;
use crate::calibrate::HISTORY;
use crate::cli::failure::Failure;
use crate::cli::machine::pool;
use crate::cli::terminal::{Progress, remark};
use crate::experiment::estimand::{ESTIMANDS, Estimand};
use crate::model::Model;
use crate::observed::{self, Observed};
use crate::report::folder::Existing;
use crate::report::{Decimal, Language};
use crate::run::CheckedScenario;
use crate::scenario::{did_you_mean, limits};
use crate::statistics::accumulate::MAX_COUNT;
use crate::units::Day;

// What may be asked for can be added up exactly.
const _: () = assert!((limits::REPLICATIONS as u64) <= MAX_COUNT);

/// Most threads that can be asked for.
const MOST_THREADS: u16 = 1_024;
/// Variables of the environment.
const THREADS: &str = "ZORGDRUK_THREADS";
const OUTPUT: &str = "ZORGDRUK_OUTPUT";

/// Which scenario.
#[derive(Debug, Clone, Args)]
pub(crate) struct ScenarioArguments {
    /// The scenario: a file, the name of one that the program contains, or - for standard input
    pub(crate) scenario: PathBuf,
    #[command(flatten)]
    pub(crate) changes: ChangeArguments,
}

impl ScenarioArguments {
    pub(crate) fn load(&self) -> Result<CheckedScenario, Failure> {
        Ok(CheckedScenario::load(&self.scenario, &self.changes.set)?)
    }
}

/// Changes of a scenario.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ChangeArguments {
    /// Change a value of the scenario, for example `staff.workforce_share=0.9`; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
}

/// The master seed.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SeedArguments {
    /// Master seed; the same seed gives the same worlds. By default, that of the scenario
    #[arg(long, value_name = "S", value_parser = seed)]
    pub(crate) seed: Option<u64>,
}

impl SeedArguments {
    /// The seed that was given, or else that of the scenario.
    pub(crate) fn or_of(&self, model: &Model) -> u64 {
        self.seed.unwrap_or(model.defaults.seed)
    }
}

/// Which worlds, and how many.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct WorldArguments {
    /// Number of possible worlds; more give narrower intervals. By default, that of the scenario
    #[arg(long, value_name = "N", value_parser = worlds(1))]
    pub(crate) replications: Option<u32>,
    #[command(flatten)]
    pub(crate) seed: SeedArguments,
}

impl WorldArguments {
    /// The number of worlds that was given, or else that of the scenario.
    pub(crate) fn number(&self, model: &Model) -> u32 {
        self.replications.unwrap_or(model.defaults.n_replications)
    }
}

/// What a run simulates of its scenario, and how it reports.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StudyArguments {
    /// Simulate this policy of the scenario; may be repeated. By default, all policies
    #[arg(long = "policy", value_name = "KEY")]
    pub(crate) policies: Vec<String>,
    #[command(flatten)]
    pub(crate) worlds: WorldArguments,
    #[command(flatten)]
    pub(crate) changes: ChangeArguments,
    #[command(flatten)]
    pub(crate) language: LanguageArguments,
    /// Draw no figures
    #[arg(long)]
    pub(crate) no_figures: bool,
}

/// The language of results.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LanguageArguments {
    /// Language of texts and figures. By default, English
    #[arg(long, value_parser = language())]
    pub(crate) lang: Option<Language>,
}

impl LanguageArguments {
    pub(crate) fn or_english(&self) -> Language {
        self.lang.unwrap_or(Language::En)
    }
}

/// Observed data.
#[derive(Debug, Clone, Args)]
pub(crate) struct ObservedArguments {
    /// Observed data (CSV with the columns date, series, region and value)
    #[arg(long, value_name = "FILE")]
    pub(crate) observed: PathBuf,
    /// Fit up to and with this ISO week, such as 2021-W48, and predict the weeks after it
    #[arg(long, value_name = "WEEK", value_parser = last_of_week)]
    pub(crate) fit_until: Option<Date>,
}

/// The Sunday of an ISO week.
fn last_of_week(text: &str) -> Result<Date, String> {
    let week = text.split_once("-W").and_then(|(year, week)| {
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        ISOWeekDate::new(year, week, Weekday::Sunday).ok()
    });
    let week = week.ok_or("an ISO week, as in 2021-W48, is expected")?;
    Ok(week.date())
}

impl ObservedArguments {
    /// Reads the observed data for the regions of a model. Says how many cannot be used, because they are
    /// of no day of the study and of none before it whose admissions matter.
    pub(crate) fn read(&self, model: &Model) -> Result<Observed, Failure> {
        let regions = model.regions.iter().map(|region| region.key.as_str());
        let regions: Vec<&str> = regions.collect();
        let observed = observed::load(&self.observed, &regions).map_err(Failure::Observed)?;
        let study = &model.study;
        let lookback = usize::from(model.covid.lookback_days);
        let before = HISTORY.max(lookback + usize::from(study.burn_in_days));
        let before = Span::new().days(i64::try_from(before).unwrap_or_default());
        let first = study.date(study.window_start()).saturating_sub(before);
        let days = first..=study.date(Day(study.end().0 - 1));
        self.remark_on(&observed, model);
        let n_outside = observed.n_outside(&days);
        if n_outside > 0 {
            remark(&format!(
                "{n_outside} of {} observations lie outside the study, {} to {}, and are not used",
                observed.len(),
                days.start(),
                days.end()
            ));
        }
        Ok(observed)
    }

    /// The parts of the window of a model.
    pub(crate) fn parts(&self, model: &Model) -> Result<Vec<Part>, Failure> {
        Part::of_window(&model.study, self.fit_until).ok_or_else(|| {
            let study = &model.study;
            Failure::Usage(format!(
                "--fit-until has to leave weeks on both sides: the window is {} to {}",
                study.date(study.window_start()),
                study.date(Day(study.window_end().0 - 1))
            ))
        })
    }

    /// The name of the file, and up to which day of it counts for a fit.
    pub(crate) fn fitted_to(&self) -> String {
        let file = self.observed.file_name().unwrap_or_default();
        let file = file.to_string_lossy();
        match self.fit_until {
            Some(last) => format!("{file} up to {last}"),
            None => file.into_owned(),
        }
    }

    /// Says what looks wrong in a file.
    fn remark_on(&self, observed: &Observed, model: &Model) {
        let scenarios = &observed.notes().scenarios;
        if !scenarios.is_empty() && !scenarios.contains(&model.key) {
            remark(&format!(
                "{} belongs to {}, and this scenario is {}",
                self.observed.display(),
                scenarios.join(", "),
                model.key
            ));
        }
        for doubt in doubts(model, observed) {
            remark(&doubt);
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, Args)]
pub(crate) struct EstimandArguments {
    /// Result to look at, by its key in the data dictionary
    // Its position among all estimands.
    #[arg(long, value_name = "KEY", default_value = "displaced_share", value_parser = estimand)]
    pub(crate) estimand: usize,
}

impl EstimandArguments {
    pub(crate) fn described(&self) -> &'static Estimand {
        &ESTIMANDS[self.estimand]
    }
}

/// How much is said.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct QuietArguments {
    /// Print no progress, no remarks and no conclusion
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// How the machine is used.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ExecutionArguments {
    /// Number of threads; the results do not depend on it. By default, one per core
    #[arg(long, value_name = "T", value_parser = threads())]
    pub(crate) threads: Option<u16>,
    #[command(flatten)]
    quiet: QuietArguments,
}

impl ExecutionArguments {
    pub(crate) const fn is_quiet(&self) -> bool {
        self.quiet.quiet
    }

    pub(crate) fn pool(&self) -> Result<ThreadPool, Failure> {
        let threads = match self.threads {
            Some(threads) => threads,
            None => threads_of_environment()?,
        };
        pool(usize::from(threads))
    }

    pub(crate) fn progress(&self, n: u32) -> Progress {
        Progress::start(n, self.is_quiet())
    }
}

/// The number of threads that the environment asks for; 0 when it asks for none.
fn threads_of_environment() -> Result<u16, Failure> {
    let Some(text) = env::var_os(THREADS).filter(|text| !text.is_empty()) else {
        return Ok(0);
    };
    let number = text.to_str().and_then(|text| text.parse().ok());
    let number = number.filter(|number| (1..=MOST_THREADS).contains(number));
    number.ok_or_else(|| {
        let text = text.display();
        Failure::Usage(format!("{THREADS} is {text}; allowed: 1 to {MOST_THREADS}"))
    })
}

/// Folder of runs that are not given one.
pub(crate) fn output_folder() -> PathBuf {
    let asked = env::var_os(OUTPUT).filter(|text| !text.is_empty());
    asked.map_or_else(|| PathBuf::from("output"), PathBuf::from)
}

/// How means are estimated.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct EstimateArguments {
    /// Take means over the worlds as they are, and do not adjust them by what is known of the worlds that were
    /// drawn (control variates)
    #[arg(long)]
    pub(crate) plain: bool,
}

/// How tables write numbers.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct DecimalArguments {
    /// Decimal sign of the tables; with `comma`, fields are separated by semicolons. By default, point
    #[arg(long, value_name = "SIGN", value_parser = decimal())]
    decimal: Option<Decimal>,
}

impl DecimalArguments {
    pub(crate) fn sign(self) -> Decimal {
        self.decimal.unwrap_or_default()
    }
}

/// For which reader the result is.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct JsonArguments {
    /// Print the result as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where results go. Each command says itself what `--out` is.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct OutputArguments {
    /// Write into this folder. By default, into output/SCENARIO-1, -2 and so on
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace what is there already
    #[arg(long)]
    pub(crate) force: bool,
}

/// What happens to an earlier run.
pub(crate) const fn existing(force: bool) -> Existing {
    if force {
        Existing::Replace
    } else {
        Existing::Keep
    }
}

/// A number of worlds.
pub(crate) fn worlds(least: i64) -> RangedI64ValueParser<u32> {
    RangedI64ValueParser::new().range(least..=i64::from(limits::REPLICATIONS))
}

/// A number of threads.
pub(crate) fn threads() -> RangedI64ValueParser<u16> {
    RangedI64ValueParser::new().range(1..=i64::from(MOST_THREADS))
}

/// A master seed that a scenario may have too.
fn seed(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|seed| *seed <= limits::SEED);
    number.ok_or_else(|| format!("allowed: a whole number from 0 to {}", limits::SEED))
}

fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code)).map(|code| {
        let named = |language: &Language| language.code() == code;
        Language::ALL
            .into_iter()
            .find(named)
            .unwrap_or(Language::En)
    })
}

fn decimal() -> impl TypedValueParser<Value = Decimal> {
    PossibleValuesParser::new(["point", "comma"]).map(|sign| match sign.as_str() {
        "comma" => Decimal::Comma,
        _ => Decimal::Point,
    })
}

fn estimand(key: &str) -> Result<usize, String> {
    let known: Vec<&str> = ESTIMANDS.iter().map(|estimand| estimand.key).collect();
    Estimand::position(key).ok_or_else(|| {
        let guess = did_you_mean(key, &known);
        format!("there is no such estimand{guess}")
    })
}
