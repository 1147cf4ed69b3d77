//! Drawing worlds: the national scenario, the small one, and what a census to start from costs.

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use zorgdruk::model::Model;
use zorgdruk::scenario;
use zorgdruk::world::World;

criterion_group!(benches, draw);
criterion_main!(benches);

fn draw(criterion: &mut Criterion) {
    let national = model("nl-autumn-2021.toml");
    let mut unconditioned = national.clone();
    unconditioned.covid.census_at_start = None;
    let models = [
        ("national", national),
        ("national_without_census", unconditioned),
        ("small", model("small.toml")),
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

fn model(file: &str) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let scenario = scenario::load(&folder.join(file), &[]).expect("a sound scenario");
    Model::from_scenario(&scenario).expect("a model in range")
}
