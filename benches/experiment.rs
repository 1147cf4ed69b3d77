//! A chunk of 64 replications of the small scenario on one thread and on all, its analysis, and
//! its storage.

use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rayon::ThreadPoolBuilder;
use zorgdruk::experiment::record::{CHUNK, Origin, most_bytes};
use zorgdruk::experiment::{Analysis, Chunk, Experiment, StudyFrame};
use zorgdruk::model::Model;
use zorgdruk::scenario;
use zorgdruk::statistics::confidence::Confidence;

criterion_group!(benches, replications, afterwards);
criterion_main!(benches);

const SEED: u64 = 1;
const ORIGIN: Origin = [1; 32];

fn replications(criterion: &mut Criterion) {
    let model = small();
    let experiment = Experiment::new(&model, SEED);
    let mut group = criterion.benchmark_group("small_chunk");
    group.throughput(Throughput::Elements(u64::from(CHUNK)));
    group.sample_size(10);
    for threads in [1, 0] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("a pool of threads");
        let id = BenchmarkId::new("threads", pool.current_num_threads());
        group.bench_function(id, |bencher| {
            bencher.iter(|| pool.install(|| experiment.chunk(0, CHUNK, &|| {})));
        });
    }
    group.finish();
}

fn afterwards(criterion: &mut Criterion) {
    let model = small();
    let chunk = Experiment::new(&model, SEED).chunk(0, CHUNK, &|| {});
    let bytes = chunk.to_bytes(&ORIGIN).expect("rows that can be stored");
    let most = most_bytes(&StudyFrame::new(&model), CHUNK as usize);
    let mut group = criterion.benchmark_group("small_chunk_afterwards");
    group.throughput(Throughput::Elements(u64::from(CHUNK)));
    group.bench_function("analysis", |bencher| {
        bencher.iter(|| {
            let mut analysis = Analysis::new(StudyFrame::new(&model), Confidence::P95);
            chunk.records.iter().for_each(|record| analysis.add(record));
            analysis.n()
        });
    });
    group.bench_function("to_bytes", |bencher| {
        bencher.iter(|| chunk.to_bytes(&ORIGIN));
    });
    group.bench_function("from_bytes", |bencher| {
        bencher.iter(|| Chunk::from_bytes(&bytes, &ORIGIN, most).expect("a sound chunk"));
    });
    group.finish();
}

fn small() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small.toml");
    let scenario = scenario::load(&path, &[]).expect("a sound scenario");
    Model::from_scenario(&scenario).expect("a model in range")
}
