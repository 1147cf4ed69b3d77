//! Figures of a real run: every word fits, in each language.

use zorgdruk::experiment::{Experiment, Frame};
use zorgdruk::model::Model;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::manifest::FORMAT;
use zorgdruk::report::{Evidence, Language, Manifest, RowStore, RunFolder, figures};
use zorgdruk::scenario;
use zorgdruk::statistics::confidence::Confidence;

const REPLICATIONS: u32 = 12;

fn manifest(model: &Model) -> Manifest {
    Manifest {
        format: FORMAT,
        version: "0.0.0".to_owned(),
        commit: "unknown".to_owned(),
        features: Vec::new(),
        stream_version: Experiment::STREAM_VERSION,
        scenario_sha256: String::new(),
        inputs: Vec::new(),
        overrides: Vec::new(),
        seed: 1,
        n_replications: REPLICATIONS,
        error_rate: Confidence::P95,
        language: Language::En,
        figures: true,
        frame: Frame::new(model),
        shard: None,
        precision: None,
    }
}

#[test]
fn every_word_of_every_figure_fits() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = RunFolder::create(place.path(), Existing::Keep).expect("a folder");
    let path = format!("{}/scenarios/small.toml", env!("CARGO_MANIFEST_DIR"));
    let scenario = scenario::load(path.as_ref(), &[]).expect("a scenario");
    let model = Model::from_scenario(&scenario).expect("a model");
    let manifest = manifest(&model);
    manifest.write(&folder).expect("written");
    let chunk = Experiment::new(&model, 1).chunk(0, REPLICATIONS, &|| {});
    let rows = RowStore::reported(&folder, &manifest);
    rows.write(&chunk).expect("written");
    let evidence = Evidence::gather(&folder).expect("evidence");
    for language in Language::ALL {
        let drawn = figures::draw_all(&evidence, language).expect("figures");
        assert_eq!(drawn.len(), 14, "all figures");
        for (name, figure) in drawn {
            let svg = figure.unwrap_or_else(|| panic!("{name} is left out")).svg;
            assert_eq!(svg.validate_in_bounds(), Ok(()), "{name} in {language:?}");
            assert!(!svg.as_str().contains('{'), "{name} has no open gap");
        }
    }
}
