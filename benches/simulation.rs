//! The parts of one replication of the national scenario: world, burn-in, twin, one policy, and all
//! of it together.
//!
//! The same world serves every measurement, so that rows of one run can be divided by each other.

use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use zorgdruk::engine::Simulator;
use zorgdruk::experiment::Experiment;
use zorgdruk::model::Model;
use zorgdruk::outcome::Log;
use zorgdruk::scenario;
use zorgdruk::world::World;

criterion_group!(benches, parts, whole);
criterion_main!(benches);

const SEED: u64 = 1;
const REPLICATION: u32 = 0;

fn parts(criterion: &mut Criterion) {
    let model = national();
    let simulator = Simulator::new(&model);
    let world = World::draw(&model, SEED, REPLICATION);
    let state = simulator.burn_in(&world);
    let mut group = criterion.benchmark_group("national");
    group.throughput(Throughput::Elements(world.arrivals.len() as u64));
    group.bench_function("world", |bencher| {
        bencher.iter(|| World::draw(&model, SEED, REPLICATION));
    });
    group.bench_function("burn_in", |bencher| {
        bencher.iter(|| simulator.burn_in(&world));
    });
    group.bench_function("fork", |bencher| bencher.iter(|| state.clone()));
    group.bench_function("twin", |bencher| {
        bencher.iter(|| simulator.simulate_without_wave(&world));
    });
    for policy in model.policies() {
        group.bench_function(BenchmarkId::new("policy", &policy.key), |bencher| {
            let policy = model.schedule(policy);
            bencher.iter(|| simulator.simulate(&world, &policy, &state));
        });
    }
    group.bench_function("policy_with_log", |bencher| {
        bencher.iter(|| {
            let mut log = Log::default();
            simulator.simulate_recorded(
                &world,
                &model.schedule(&model.policies()[2]),
                &state,
                &mut log,
            );
            log.entries.len()
        });
    });
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let model = national();
    let experiment = Experiment::new(&model, SEED);
    let mut group = criterion.benchmark_group("national_replication");
    group.throughput(Throughput::Elements(1));
    group.bench_function("six_policies_and_twin", |bencher| {
        bencher.iter(|| experiment.replicate(REPLICATION));
    });
    group.finish();
}

fn national() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/nl-autumn-2021.toml");
    let scenario = scenario::load(&path, &[]).expect("a sound scenario");
    Model::from_scenario(&scenario).expect("a model in range")
}
