//! The outcome of a backtest in a few lines of text.

use crate::backtest::regions::HELD_SHARE;
use crate::backtest::shape::{Shape, ShapeKind};
use crate::backtest::{Compared, Findings, Forecaster, Part, RegionCounts, Series};
use crate::experiment::StudyFrame;
use crate::report::backtest::date_of;
use crate::report::conclusion::FILES_IN;
use crate::report::phrase::{Phrase, phrases};
use crate::report::terminal::{aligned, wrapped};
use crate::report::wording::Wording;
use crate::report::{Language, Manifest, RunFolder};

/// Level of the bands in the text, and its position among all bands.
const LEVEL: f64 = 0.8;
const LEVEL_AT: usize = 1;

phrases! {
    HEADING =
        "{title}, “{policy}”, against {file}: {worlds}, seed {seed}",
        "{title}, “{policy}”, naast {file}: {worlds}, seed {seed}";
    LEGEND =
        "WIS: weighted interval score; smaller is better. Beside it are the scores of the last value known before, and of the expected wave with a bed for everyone.",
        "WIS: gewogen intervalscore; kleiner is beter. Ernaast staan de scores van de laatste waarde die ervoor bekend was, en van de verwachte golf met een bed voor iedereen.";
    PEAK =
        "Peak of {series}: {observed} around {date}; simulated {value} ({low} to {high}, 80% of {seasons}) around {day}.",
        "Piek van {series}: {observed} rond {date}; gesimuleerd {value} ({low} tot {high}, 80% van de {seasons}) rond {day}.";
    FIRST_DAY =
        "On the first day, {date}, there are {observed} {series}; simulated {value} ({low} to {high}, 80% of {seasons}).",
        "Op de eerste dag, {date}, zijn er {observed} {series}; gesimuleerd {value} ({low} tot {high}, 80% van de {seasons}).";
    SLOPE =
        "Other ICU patients per COVID patient in the ICU: {observed} ({least} to {most}); simulated {value} ({low} to {high}, 80% of {seasons}).",
        "Andere IC-patiënten per COVID-patiënt op de IC: {observed} ({least} tot {most}); gesimuleerd {value} ({low} tot {high}, 80% van de {seasons}).";
    REGIONS =
        "At least {share}% of the observations lie in the 80% band in {held} of {regions} {areas}; the WIS is below that of the last value in {last}, and below that of a bed for everyone in {free}.",
        "Minstens {share}% van de waarnemingen ligt in de 80%-band in {held} van {regions} {areas}; de WIS ligt in {last} onder die van de laatste waarde, en in {free} onder die van een bed voor ieder.";
    IN_REGION = "{region}: {name}", "{region}: {name}";
    pub(crate) OBSERVED = "observed", "waargenomen";
}

const COLUMNS: [Phrase; 6] = [
    Phrase::new("series", "reeks"),
    OBSERVED,
    Phrase::new("in 80% band", "in 80%-band"),
    Phrase::new("WIS", "WIS"),
    Phrase::new("last value", "laatste waarde"),
    Phrase::new("bed for everyone", "bed voor ieder"),
];

/// What is said above the scores of a part of the window, by its name.
const PARTS: [(&str, Phrase); 2] = [
    (
        "fit",
        Phrase::new(
            "Fitted, {first} to {last}",
            "Gekalibreerd, {first} tot en met {last}",
        ),
    ),
    (
        "predicted",
        Phrase::new(
            "Predicted, {first} to {last}",
            "Voorspeld, {first} tot en met {last}",
        ),
    ),
];

/// A short table of the scores for each part of the window and a sentence per peak and slope, for the terminal; `file` is the
/// name of the observed data.
pub fn verdict(
    findings: &Findings,
    (manifest, file): (&Manifest, &str),
    folder: &RunFolder,
    language: Language,
) -> String {
    let wording = Wording::new(language, &manifest.frame);
    let winters = wording.seasons(findings.n_worlds);
    let heading = wording.say(
        HEADING,
        &[
            ("title", language.name(&manifest.frame.title)),
            (
                "policy",
                language.name(&manifest.frame.policies[findings.policy].label),
            ),
            ("file", file),
            ("worlds", &winters),
            ("seed", &manifest.seed.to_string()),
        ],
    );
    let tables: Vec<String> = findings
        .parts
        .iter()
        .map(|part| table(findings, *part, (wording, &manifest.frame)))
        .collect();
    let legend = wording.say(LEGEND, &[]);
    let sentences: String = sentences(findings, wording)
        .iter()
        .map(|sentence| wrapped(sentence) + "\n")
        .collect();
    let path = folder.path().display().to_string();
    let files = wording.say(FILES_IN, &[("path", &path)]);
    format!(
        "{}\n\n{}\n{}\n{sentences}{files}\n",
        wrapped(&heading),
        tables.join("\n"),
        wrapped(&legend)
    )
}

/// The scores of one part of the window, under its dates where there are two parts.
fn table(findings: &Findings, part: Part, (wording, frame): (Wording<'_>, &StudyFrame)) -> String {
    let mut rows = vec![COLUMNS.map(|name| wording.say(name, &[])).to_vec()];
    let series = findings.series.iter();
    rows.extend(series.filter_map(|series| row(findings, part, series, (wording, frame))));
    let heading = PARTS.iter().find(|(name, _)| *name == part.name);
    let heading = heading.map_or(String::new(), |(_, phrase)| {
        let (first, last) = (
            wording.language.date(part.first),
            wording.language.date(part.last),
        );
        wording.say(*phrase, &[("first", &first), ("last", &last)]) + "\n"
    });
    let regions = findings.regions(part);
    let regions = regions.map_or(String::new(), |counts| {
        wrapped(&regional(counts, wording)) + "\n"
    });
    heading + &aligned(&rows) + &regions
}

/// In how many regions the worlds do well.
fn regional(counts: RegionCounts, wording: Wording<'_>) -> String {
    let number = |n: usize| wording.language.number(n as f64, 0);
    let gaps = [
        ("held", &*number(counts.held)),
        ("regions", &number(counts.regions)),
        ("share", &wording.language.number(100.0 * HELD_SHARE, 0)),
        ("last", &number(counts.beat_last_value)),
        ("free", &number(counts.beat_beds_for_everyone)),
    ];
    wording.say(REGIONS, &gaps)
}

fn row(
    findings: &Findings,
    part: Part,
    series: &Series,
    (wording, frame): (Wording<'_>, &StudyFrame),
) -> Option<Vec<String>> {
    let about = (series.compared, series.region);
    let score = |forecaster| findings.score_in(part, about, forecaster);
    let total = |forecaster| {
        score(forecaster).map_or(String::new(), |one| {
            wording.language.number(one.interval_score.total(), 1)
        })
    };
    let own = score(Forecaster::Simulation)?;
    let inside = own.coverage[LEVEL_AT] * own.n as f64;
    Some(vec![
        heading(series, (wording, frame)),
        wording.language.number(own.n as f64, 0),
        wording.language.number(inside, 0),
        total(Forecaster::Simulation),
        total(Forecaster::LastValue),
        total(Forecaster::BedsForEveryone),
    ])
}

/// The name of a series, after that of its region.
fn heading(series: &Series, (wording, frame): (Wording<'_>, &StudyFrame)) -> String {
    let name = wording.say(name(series.compared), &[]);
    series.region.map_or(name.clone(), |region| {
        let place = wording.language.name(&frame.regions[region.idx()].name);
        wording.say(IN_REGION, &[("name", &name), ("region", place)])
    })
}

/// The name of a series.
pub(crate) const fn name(compared: Compared) -> Phrase {
    match compared {
        Compared::CovidIc => Phrase::new("COVID patients in the ICU", "COVID-patiënten op de IC"),
        Compared::OtherIc => Phrase::new("other patients in the ICU", "andere patiënten op de IC"),
        Compared::OccupiedIc => Phrase::new("all patients in the ICU", "alle patiënten op de IC"),
        Compared::CovidWard => Phrase::new(
            "COVID patients on the ward",
            "COVID-patiënten op de afdeling",
        ),
        Compared::CovidIcWeek => Phrase::new(
            "COVID patients in the ICU, by week",
            "COVID-patiënten op de IC, per week",
        ),
        Compared::OtherIcWeek => Phrase::new(
            "other patients in the ICU, by week",
            "andere patiënten op de IC, per week",
        ),
        Compared::CovidWardWeek => Phrase::new(
            "COVID patients on the ward, by week",
            "COVID-patiënten op de afdeling, per week",
        ),
        Compared::StaffedBeds => Phrase::new("staffed ICU beds", "bemenste IC-bedden"),
        Compared::MovesBetweenRegions => Phrase::new(
            "moves between {areas} per day",
            "overplaatsingen tussen {areas} per dag",
        ),
        Compared::HospitalsStopped => Phrase::new(
            "hospitals that stopped plannable care",
            "ziekenhuizen zonder planbare zorg",
        ),
        Compared::IcAdmissions => Phrase::new(
            "COVID ICU admissions per week",
            "COVID-opnames op de IC per week",
        ),
        Compared::HospitalsFailingNorm => Phrase::new(
            "hospitals over the norm of {norm}",
            "ziekenhuizen boven de norm van {norm}",
        ),
        Compared::OperationsPercent => {
            Phrase::new("operations, % of normal", "operaties, % van normaal")
        }
    }
}

/// One sentence for each census that is known of the first day, one per peak, and one on the slope.
fn sentences(findings: &Findings, wording: Wording<'_>) -> Vec<String> {
    let shapes = &findings.shapes;
    let first_days = findings.series.iter();
    let first_days = first_days.filter_map(|series| first_day(series, wording));
    let peaks = shapes
        .iter()
        .filter(|shape| shape.kind == ShapeKind::PeakSize);
    let peaks = peaks.filter_map(|size| {
        let day = shapes
            .iter()
            .find(|day| day.kind == ShapeKind::PeakDay && day.compared == size.compared)?;
        peak(size, day, findings, wording)
    });
    let slopes = shapes.iter().filter(|shape| shape.kind == ShapeKind::Slope);
    first_days
        .chain(peaks)
        .chain(slopes.map(|shape| slope(shape, wording)))
        .collect()
}

/// Where the worlds stand on the first day, if that is known of a census; a scenario can be given only some of
/// them.
fn first_day(series: &Series, wording: Wording<'_>) -> Option<String> {
    let is_census = matches!(
        series.compared,
        Compared::CovidIc | Compared::OtherIc | Compared::CovidWard
    );
    let first = series.observed.first()?;
    if !is_census || first.position != 0 || series.region.is_some() {
        return None;
    }
    let worlds = series.forecast(0);
    let band = worlds.central(LEVEL);
    let number = |value| wording.language.number(value, 0);
    let gaps = [
        ("date", &*wording.language.date(first.date)),
        ("observed", &number(first.value)),
        ("series", &wording.say(name(series.compared), &[])),
        ("value", &number(worlds.quantile(0.5))),
        ("low", &number(band.low)),
        ("high", &number(band.high)),
    ];
    Some(wording.say(FIRST_DAY, &gaps))
}

fn peak(size: &Shape, day: &Shape, findings: &Findings, wording: Wording<'_>) -> Option<String> {
    let band = size.worlds.central(LEVEL);
    let number = |value| wording.language.number(value, 0);
    let date = |value| Some(wording.language.date(date_of(day, value, findings)?));
    Some(wording.say(
        PEAK,
        &[
            ("series", &wording.say(name(size.compared), &[])),
            ("observed", &number(size.observed)),
            ("date", &date(day.observed)?),
            ("value", &number(size.worlds.quantile(0.5))),
            ("low", &number(band.low)),
            ("high", &number(band.high)),
            ("day", &date(day.worlds.quantile(0.5))?),
        ],
    ))
}

fn slope(shape: &Shape, wording: Wording<'_>) -> String {
    let band = shape.worlds.central(LEVEL);
    let number = |value| wording.language.number(value, 2);
    let end = |of: fn(&crate::statistics::interval::Interval) -> f64| {
        shape
            .interval
            .as_ref()
            .map_or(String::new(), |interval| number(of(interval)))
    };
    wording.say(
        SLOPE,
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
