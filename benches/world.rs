//! Drawing worlds: the national scenario, the small one, and what a census to start from costs.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use zorgdruk::model::Model;
use zorgdruk::scenario::{self, Scenario};
use zorgdruk::world::World;

criterion_group!(benches, draw);
criterion_main!(benches);

fn draw(criterion: &mut Criterion) {
    const NATIONAL: &str = "nl-autumn-2021.toml";
    let models = [
        ("national", model(&read(NATIONAL))),
        ("national_without_census", model(&without_census(NATIONAL))),
        ("small", model(&read("small.toml"))),
    ];
    let mut group = criterion.benchmark_group("world");
    for (name, model) in &models {
        let patients = World::draw(model, 1, 0).arrivals.len() as u64;
        group.throughput(Throughput::Elements(patients));
        let mut replication = 0;
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                replication += 1;
                World::draw(model, 1, replication)
            });
        });
    }
    group.finish();
}

fn read(file: &str) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    scenario::load(&folder.join(file), &[]).expect("a sound scenario")
}

/// The scenario without its census, which no override takes away.
fn without_census(file: &str) -> Scenario {
    let text = read(file).to_toml(&[]);
    let sections = text.split("\n[");
    let others = sections.filter(|section| !section.starts_with("covid.census_at_start"));
    let others: Vec<&str> = others.collect();
    scenario::parse(&others.join("\n["), file).expect("a sound scenario")
}

fn model(scenario: &Scenario) -> Model {
    Model::from_scenario(scenario).expect("a model in range")
}
