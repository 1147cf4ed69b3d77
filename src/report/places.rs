//! Where operations come too late: how often in each region, over the weeks of the window and in each of them.
//! Figures and pages say it in the same words.

use crate::experiment::Analysis;
use crate::report::phrase::phrases;
use crate::report::wording::Wording;

phrases! {
    TITLE =
        "In {region} an urgent operation comes too late in {n} of 100 weeks under “{baseline}”, in {quiet} in {m}",
        "In {region} komt in {n} van de 100 weken een kritieke operatie te laat onder “{baseline}”, in {quiet} in {m}";
    /// When there is one region, or all have the same share.
    TITLE_EQUAL =
        "In every {area} an urgent operation comes too late in {n} of 100 weeks under “{baseline}”",
        "In elke {area} komt in {n} van de 100 weken een kritieke operatie te laat onder “{baseline}”";
    pub(super) ABOUT =
        "Weeks in which an urgent operation comes too late, % over {seasons}; each tile is a {area}",
        "Weken waarin een kritieke operatie te laat kwam, % over {seasons}; elk vak is een {area}";
}

/// Percentage of weeks with displacement, by region.
pub(crate) fn shares(analysis: &Analysis, policy: usize) -> Vec<f64> {
    let frame = analysis.frame();
    let share = |region| {
        let cells = frame.window_weeks().map(|week| {
            let bits = analysis.displaced_cell(policy, region, week);
            (bits.n11 + bits.n10, bits.n())
        });
        let (with, all) = cells.fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        100.0 * with as f64 / all.max(1) as f64
    };
    (0..frame.regions.len()).map(share).collect()
}

/// Percentage of worlds with displacement, by region and week of the window.
pub(crate) fn by_week(analysis: &Analysis, policy: usize) -> Vec<Vec<f64>> {
    let frame = analysis.frame();
    let share = |region, week| {
        let bits = analysis.displaced_cell(policy, region, week);
        100.0 * (bits.n11 + bits.n10) as f64 / bits.n().max(1) as f64
    };
    let weeks = |region| frame.window_weeks().map(move |week| share(region, week));
    let regions = 0..frame.regions.len();
    regions.map(|region| weeks(region).collect()).collect()
}

/// The regions with the most and the least, of the shares under the baseline.
pub(crate) fn title(analysis: &Analysis, wording: Wording<'_>, shares: &[f64]) -> String {
    let (frame, language) = (analysis.frame(), wording.language);
    let order = |a: &usize, b: &usize| shares[*a].total_cmp(&shares[*b]);
    let most = (0..shares.len()).rev().max_by(order).unwrap_or(0);
    let least = (0..shares.len()).min_by(order).unwrap_or(0);
    let [n, m] = [most, least].map(|region| language.number(shares[region], 0));
    let gaps = [
        ("region", language.name(&frame.regions[most].name)),
        ("quiet", language.name(&frame.regions[least].name)),
        ("n", &n),
        ("m", &m),
        (
            "baseline",
            language.name(&frame.policies[frame.baseline].label),
        ),
    ];
    wording.say(if n == m { TITLE_EQUAL } else { TITLE }, &gaps)
}
