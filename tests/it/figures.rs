//! Figures of a real run: every word fits, in each language.

use zorgdruk::experiment::Experiment;
use zorgdruk::report::folder::Existing;
use zorgdruk::report::{Evidence, Language, RowStore, RunFolder, figures};

use crate::fixture;

const REPLICATIONS: u32 = 12;

#[test]
fn every_word_of_every_figure_fits() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = RunFolder::create(place.path(), Existing::Keep).expect("a folder");
    let model = fixture::small(&[]);
    let manifest = fixture::manifest(&model, REPLICATIONS);
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
