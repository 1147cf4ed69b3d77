//! One region of a country as a scenario of its own.
//!
//! National counts of a scenario are scaled to the region: each number by the share by which the model
//! itself divides it over hospitals and regions. So the hospitals of the region meet the
//! patients, and have the beds, teams and places, that they have in the country. What has no meaning
//! for one region is said.

mod beliefs;
mod scaled;
mod shares;

use core::fmt::Write;

pub use scaled::Scaled;

use crate::design::DesignError;
use crate::model::Model;
use crate::name::Name;
use crate::scenario::{self, Scenario, did_you_mean, quoted};
use beliefs::Beliefs;
use shares::Shares;

/// Name of the whole region in reports, in place of the country.
const ALL: &str = "all";

/// A region that was cut out.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Its scenario, as the text of one file that needs no other.
    pub text: String,
    /// What was scaled.
    pub scaled: Vec<Scaled>,
    /// In what else it differs from the region in its country, a sentence each.
    pub remarks: Vec<String>,
}

/// Why a region cannot be cut out.
#[derive(Debug, thiserror::Error)]
pub enum CutError {
    /// The scenario has no such region, or no other one.
    #[error("{0}")]
    Region(String),
    /// The scenario, or what was made of it, is not valid.
    #[error(transparent)]
    Design(#[from] DesignError),
}

/// Cuts the region called `key` out of a scenario.
///
/// # Errors
/// [`CutError::Region`] when there is no such region or no other one, and [`CutError::Design`] when a
/// scaled value is not valid.
pub fn cut(scenario: &Scenario, key: &str) -> Result<Cut, CutError> {
    let posterior = model(scenario)?.posterior.clone();
    let country = parsed(&scenario.to_toml(&[]), &scenario.file.key)?;
    let model = model(&country)?;
    let shares = Shares::of(&model, position(&model, key)?);
    let scaled = scaled::all(&country, &model, &shares);
    let beliefs = Beliefs::new(&country, &scaled, &shares);
    // The last ones decide.
    let mut settings = structure(&country, &model, &shares);
    settings.extend(scaled.iter().filter_map(|one| one.setting(&country)));
    settings.extend(alone(&country, &model, &shares));
    settings.extend(beliefs.settings());
    settings.extend(
        scaled
            .iter()
            .filter_map(|one| one.source_of_phases(&country)),
    );
    let region = country.with(&settings).map_err(DesignError::from)?;
    let sources: Vec<(String, String)> = scaled
        .iter()
        .filter_map(|one| one.source(&country.file.key))
        .collect();
    let mut text = region.to_toml(&sources);
    if let Some(sets) = posterior {
        let sets = quoted(&beliefs.sets(&sets).to_csv());
        let _ = writeln!(text, "\n[posterior]\nsets = {sets}");
    }
    self::model(&parsed(&text, &region.file.key)?)?;
    let remarks = remarks(&country, &model, &shares, &beliefs);
    Ok(Cut {
        text,
        scaled,
        remarks,
    })
}

fn parsed(text: &str, key: &str) -> Result<Scenario, DesignError> {
    Ok(scenario::parse(text, &format!("{key}.toml"))?)
}

fn model(scenario: &Scenario) -> Result<Model, DesignError> {
    Ok(Model::from_scenario(scenario)?)
}

fn position(model: &Model, key: &str) -> Result<usize, CutError> {
    let known: Vec<&str> = model.regions.iter().map(|one| one.key.as_str()).collect();
    if known.len() == 1 {
        return Err(CutError::Region("the scenario has one region".to_owned()));
    }
    known.iter().position(|one| *one == key).ok_or_else(|| {
        let (guess, list) = (did_you_mean(key, &known), known.join(", "));
        CutError::Region(format!(
            "there is no region {key:?}{guess} (there are: {list})"
        ))
    })
}

/// Settings that keep one region, the streams and mixes of its hospitals, and what policies say of it.
fn structure(country: &Scenario, model: &Model, shares: &Shares) -> Vec<String> {
    let file = &country.file;
    let region = &file.region[shares.region];
    let groups: Vec<&String> = region.hospital.iter().flat_map(|one| &one.groups).collect();
    let listed = |path: &str, keep: &[usize]| {
        let items = keep.iter().map(|n| format!("{path}[{n}]"));
        let items: Vec<String> = items.filter_map(|path| country.text_at(&path)).collect();
        format!("[{}]", items.join(", "))
    };
    let is_here = |group: &String| groups.contains(&group);
    let streams: Vec<usize> = (0..file.planned.stream.len())
        .filter(|n| shares.streams[*n] > 0.0)
        .collect();
    let mix: Vec<usize> = (0..file.sessions.mix.len())
        .filter(|n| is_here(&file.sessions.mix[*n].group))
        .collect();
    let mut settings = vec![
        format!("region={}", listed("region", &[shares.region])),
        format!("planned.stream={}", listed("planned.stream", &streams)),
        format!("sessions.mix={}", listed("sessions.mix", &mix)),
    ];
    for stream in streams.iter().map(|n| &file.planned.stream[*n]) {
        let performed = stream.performed_in.iter().flatten();
        let here: Vec<String> = performed
            .filter(|g| is_here(g))
            .map(|g| quoted(g))
            .collect();
        if !here.is_empty() {
            let (key, here) = (&stream.key, here.join(", "));
            settings.push(format!("planned.stream.{key}.performed_in=[{here}]"));
        }
    }
    let policies = file.policy.iter().flatten().enumerate();
    for (n, policy) in policies.filter(|(_, policy)| !policy.region_protection.is_empty()) {
        let own = |at: &usize| policy.region_protection[*at].region == region.key;
        let own: Vec<usize> = (0..policy.region_protection.len()).filter(own).collect();
        let kept = listed(&format!("policy[{n}].region_protection"), &own);
        settings.push(format!("policy.{}.region_protection={kept}", policy.key));
    }
    let (key, title) = (&model.key, &model.title);
    let title = named(&Name {
        en: format!("{} ({})", region.name.en, title.en),
        nl: format!("{} ({})", region.name.nl, title.nl),
        fr: (region.name.fr.as_ref().zip(title.fr.as_ref()))
            .map(|(region, title)| format!("{region} ({title})")),
    });
    settings.push(format!("key={key}-{}", region.key));
    settings.push(format!("title={title}"));
    settings.push(format!("words.country={ALL}"));
    settings
}

/// Settings of what the region had as one of several.
fn alone(country: &Scenario, model: &Model, shares: &Shares) -> Vec<String> {
    let region = &country.file.region[shares.region];
    let path = format!("region.{}", region.key);
    let mut settings = vec![format!("{path}.covid_share=1")];
    if region.fair_share.is_some() {
        settings.push(format!("{path}.fair_share=1"));
    }
    // Places and their rounding follow from a hospital's position among all of the country.
    let hospitals = region.hospital.iter().zip(shares.hospitals.clone());
    settings.extend(hospitals.map(|(hospital, at)| {
        let slots = model.hospitals[at].ic_slots;
        format!("{path}.hospital.{}.ic_slots={slots:?}", hospital.key)
    }));
    let own_teams =
        |stream: &usize| shares.own_time[*stream].is_some() && shares.streams[*stream] > 0.0;
    let streams = (0..shares.streams.len()).filter(own_teams);
    settings.extend(streams.map(|n| {
        let key = &country.file.planned.stream[n].key;
        format!("planned.stream.{key}.or_time_spread=0")
    }));
    if country.is_written("covid.spread") {
        let (size, of_region) = (model.covid.spread.size_sd_log, shares.own_spread);
        let together = scaled::six_digits(size.hypot(of_region));
        settings.push(format!("covid.spread.size_sd_log={together}"));
        settings.push("covid.spread.regional_sd_log=0".to_owned());
    }
    settings
}

fn named(name: &Name) -> String {
    let (en, nl) = (quoted(&name.en), quoted(&name.nl));
    let french = name
        .fr
        .as_deref()
        .map(|text| format!(", fr = {}", quoted(text)));
    format!("{{ en = {en}, nl = {nl}{} }}", french.unwrap_or_default())
}

fn remarks(
    country: &Scenario,
    model: &Model,
    shares: &Shares,
    beliefs: &Beliefs<'_>,
) -> Vec<String> {
    let mut said = vec![spreading(country, shares)];
    said.push(
        "Phases begin at the thresholds of the country times the region's share of COVID admissions, and by its own \
         census."
            .to_owned(),
    );
    let left_out: Vec<&str> = (model.planned.specialties.iter().zip(&shares.streams))
        .filter(|(_, share)| **share <= 0.0)
        .map(|(stream, _)| stream.key.as_str())
        .collect();
    if !left_out.is_empty() {
        said.push(format!(
            "Patients whom none of its hospitals operates on are left out: {}.",
            left_out.join(", ")
        ));
    }
    if country.file.clinics.is_some() {
        said.push("Clinics of other regions lend it no staff.".to_owned());
    }
    said.push(
        "How its wave differs between winters is put together from the spread of the country and that of the region's \
         share over the window."
            .to_owned(),
    );
    said.push("Hospitals keep the places in the program that they have in the country.".to_owned());
    if !beliefs.left_out.is_empty() {
        said.push(format!(
            "Beliefs about figures that it does not have are left out: {}.",
            beliefs.left_out.join(", ")
        ));
    }
    said
}

/// What becomes of the moves between regions.
fn spreading(country: &Scenario, shares: &Shares) -> String {
    let percent = |share: f64| format!("{:.1}%", 100.0 * share);
    let mut text = format!(
        "Moves between regions and the fair share have no meaning here: the region cares for its own {} of the \
         country's COVID patients",
        percent(shares.covid)
    );
    if let Some(fair) = country.file.region[shares.region].fair_share {
        let _ = write!(
            text,
            ", where the country agreed on {} for it",
            percent(fair)
        );
    }
    text + "."
}
