//! The outcome of a backtest in a few lines of text.

use crate::backtest::shape::{Shape, ShapeKind};
use crate::backtest::{Compared, Findings, Forecaster};
use crate::report::backtest::date_of;
use crate::report::conclusion::{aligned, wrapped};
use crate::report::wording::Wording;
use crate::report::words::{Language, Word};
use crate::report::{Manifest, RunFolder};

/// Level of the bands that are spoken of, and its position among the bands.
const LEVEL: f64 = 0.8;
const LEVEL_AT: usize = 1;

/// A short table of the scores and a sentence per peak and slope, for the terminal; `file` is the
/// name of the observed data.
pub fn verdict(
    findings: &Findings,
    (manifest, file): (&Manifest, &str),
    folder: &RunFolder,
    language: Language,
) -> String {
    let winters = Wording::new(language, &manifest.frame).seasons(findings.n_worlds);
    let heading = language.say(
        Word::BacktestHeading,
        &[
            ("title", &manifest.frame.title),
            ("policy", &manifest.frame.policies[findings.policy].label),
            ("file", file),
            ("winters", &winters),
            ("seed", &manifest.seed.to_string()),
        ],
    );
    let mut rows = vec![header(language)];
    rows.extend(
        findings
            .series
            .iter()
            .map(|series| row(findings, series.compared, language)),
    );
    let legend = language.say(Word::BacktestLegend, &[]);
    let sentences: String = sentences(findings, language)
        .iter()
        .map(|sentence| wrapped(sentence) + "\n")
        .collect();
    let path = folder.path().display().to_string();
    let files = language.say(Word::FilesIn, &[("path", &path)]);
    format!(
        "{}\n\n{}\n{}\n{sentences}{files}\n",
        wrapped(&heading),
        aligned(&rows),
        wrapped(&legend)
    )
}

fn header(language: Language) -> Vec<String> {
    [
        Word::BacktestSeries,
        Word::BacktestObservations,
        Word::BacktestInside,
        Word::BacktestScore,
        Word::BacktestLastValue,
        Word::BacktestFreeBeds,
    ]
    .map(|word| language.say(word, &[]))
    .to_vec()
}

fn row(findings: &Findings, compared: Compared, language: Language) -> Vec<String> {
    let score = |forecaster| findings.score(compared, forecaster);
    let total = |forecaster| {
        score(forecaster).map_or(String::new(), |one| {
            language.number(one.interval_score.total(), 1)
        })
    };
    let own = score(Forecaster::Simulation);
    let n = own.map_or(0, |one| one.n);
    let inside = own.map_or(0.0, |one| one.coverage[LEVEL_AT] * n as f64);
    vec![
        language.say(name(compared), &[]),
        language.number(n as f64, 0),
        language.number(inside, 0),
        total(Forecaster::Simulation),
        total(Forecaster::LastValue),
        total(Forecaster::BedsForEveryone),
    ]
}

/// What a series is called.
pub(crate) const fn name(compared: Compared) -> Word {
    match compared {
        Compared::CovidIc => Word::BacktestCovidIc,
        Compared::OtherIc => Word::BacktestOtherIc,
        Compared::OccupiedIc => Word::BacktestOccupiedIc,
        Compared::CovidWard => Word::BacktestCovidWard,
        Compared::IcAdmissions => Word::BacktestIcAdmissions,
        Compared::HospitalsFailingNorm => Word::BacktestHospitals,
        Compared::OperationsPercent => Word::BacktestOperations,
    }
}

/// One sentence per peak, and one on the slope.
fn sentences(findings: &Findings, language: Language) -> Vec<String> {
    let shapes = &findings.shapes;
    let peaks = shapes
        .iter()
        .filter(|shape| shape.kind == ShapeKind::PeakSize);
    let peaks = peaks.filter_map(|size| {
        let day = shapes
            .iter()
            .find(|day| day.kind == ShapeKind::PeakDay && day.compared == size.compared)?;
        peak(size, day, findings, language)
    });
    let slopes = shapes.iter().filter(|shape| shape.kind == ShapeKind::Slope);
    peaks
        .chain(slopes.map(|shape| slope(shape, language)))
        .collect()
}

fn peak(size: &Shape, day: &Shape, findings: &Findings, language: Language) -> Option<String> {
    let band = size.worlds.central(LEVEL);
    let number = |value| language.number(value, 0);
    let date = |value| Some(language.date(date_of(day, value, findings)?));
    Some(language.say(
        Word::BacktestPeak,
        &[
            ("series", &language.say(name(size.compared), &[])),
            ("observed", &number(size.observed)),
            ("date", &date(day.observed)?),
            ("value", &number(size.worlds.quantile(0.5))),
            ("low", &number(band.low)),
            ("high", &number(band.high)),
            ("day", &date(day.worlds.quantile(0.5))?),
        ],
    ))
}

fn slope(shape: &Shape, language: Language) -> String {
    let band = shape.worlds.central(LEVEL);
    let number = |value| language.number(value, 2);
    let end = |of: fn(&crate::statistics::interval::Interval) -> f64| {
        shape
            .interval
            .as_ref()
            .map_or(String::new(), |interval| number(of(interval)))
    };
    language.say(
        Word::BacktestSlope,
        &[
            ("observed", &number(shape.observed)),
            ("least", &end(|interval| interval.low)),
            ("most", &end(|interval| interval.high)),
            ("value", &number(shape.worlds.quantile(0.5))),
            ("low", &number(band.low)),
            ("high", &number(band.high)),
        ],
    )
}
