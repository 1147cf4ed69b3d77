//! What is kept of a replication, and how it is stored: compact, checked, in whole numbers.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::experiment::cohort::COHORTS;
use crate::experiment::displacement::WeeklyDisplacement;
use crate::experiment::measure::Measure;
use crate::experiment::policy_run::PolicyRun;
use crate::experiment::stream::{PER_STREAM, StreamMeasure, by_stream, position};
use crate::experiment::study_frame::StudyFrame;
use crate::model::Model;
use crate::model::size::{self, BESIDES, PER_DAY, PER_REGION_WEEK, PER_WEEK};
use crate::outcome::{DayMeasure, DaySeries, Outcome, WeekCounts, WeekMeasure};
use crate::statistics::accumulate::MAX_ABS;
use crate::units::{RegionIdx, UrgencyClass};
use crate::world::{Control, World};

/// Replications in one stored chunk; the last chunk of an experiment may hold fewer.
pub const CHUNK: u32 = 64;

/// Replications of which single values are kept for quantiles and tails over worlds; beyond them
/// only sums and counts go on, so that memory stays bounded.
pub const KEPT_VALUES: u32 = 100_000;

/// Week measures that are kept by region; the others are kept for the nation.
pub const REGIONAL: [WeekMeasure; 34] = [
    WeekMeasure::DisruptionsClass3,
    WeekMeasure::DisruptionsTooEarlyClass3,
    WeekMeasure::OperatedIcClass3,
    WeekMeasure::CovidIcAdmissions,
    WeekMeasure::CovidWithoutBed,
    WeekMeasure::TransfersOut,
    WeekMeasure::TransfersIn,
    WeekMeasure::BedMinutesCovid,
    WeekMeasure::BedMinutesAcute,
    WeekMeasure::BedMinutesPlanned,
    WeekMeasure::BedMinutesStaffed,
    WeekMeasure::HospitalsFailingNorm,
    WeekMeasure::LoanGateTrigger,
    WeekMeasure::LoanGateSignature,
    WeekMeasure::LoanGateScaleDown,
    WeekMeasure::LoanGateExchange,
    WeekMeasure::LoanGateHire,
    WeekMeasure::LoanGateNoBenefit,
    WeekMeasure::LoanGateOpen,
    WeekMeasure::LoanedMilliNurseDays,
    WeekMeasure::OperationsClass3,
    WeekMeasure::OperationsClass4,
    WeekMeasure::OperationsClass5,
    WeekMeasure::NormalOperationsClass3,
    WeekMeasure::NormalOperationsClass4,
    WeekMeasure::NormalOperationsClass5,
    WeekMeasure::OperatedIcClass2,
    WeekMeasure::OperatedLateIcClass2,
    WeekMeasure::AcuteOutsideIc,
    WeekMeasure::BedMinutesStretched,
    WeekMeasure::CovidMoved,
    WeekMeasure::HospitalsWithoutClass45,
    WeekMeasure::ExchangedMilliTeamDays,
    WeekMeasure::ExternalMilliNurseDays,
];

// A record holds no more than its size was reckoned to be.
const _: () = assert!(REGIONAL.len() < PER_REGION_WEEK && WeekMeasure::ALL.len() <= PER_WEEK);
const _: () = assert!(PER_STREAM <= size::PER_STREAM);
const _: () = assert!(DayMeasure::ALL.len() + COHORTS <= PER_DAY && Measure::COUNT <= BESIDES);

/// All policies in one world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplicationRecord {
    /// Number of the replication.
    pub replication: u32,
    /// What of the world is zero on average, by [`Control`], in thousandths.
    pub controls: [i32; Control::COUNT],
    /// By policy, in the order of the frame.
    pub policies: Vec<PolicyRecord>,
}

impl ReplicationRecord {
    /// The record without its numbers by region, week and day, which are most of it.
    #[must_use]
    pub fn of_estimands(self) -> Self {
        let policies = self.policies.into_iter();
        Self {
            policies: policies.map(PolicyRecord::of_estimands).collect(),
            ..self
        }
    }

    /// Whether there is a number for everything that `frame` speaks of, and none that could not be
    /// added up: true of every record of a simulation, and of whatever is read from a file only if it
    /// was checked.
    pub fn fits(&self, frame: &StudyFrame) -> bool {
        self.policies.len() == frame.policies.len()
            && self.policies.iter().all(|policy| policy.fits(frame))
    }
}

/// One policy in one world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRecord {
    /// By [`crate::experiment::Measure`].
    pub measures: Vec<i64>,
    /// Class 3 patients who became displaced, by region and week.
    pub displaced: WeeklyDisplacement,
    /// By region, study week and [`REGIONAL`] measure.
    pub regional: Vec<i64>,
    /// By study week and [`WeekMeasure`], summed over regions.
    pub national: Vec<i64>,
    /// National numbers by day.
    pub days: DaySeries,
    /// By third of the window in which they were indicated, and by whole days of waiting: class 3
    /// patients of the cohort whose wait was not lost. An untreated patient counts with the days up
    /// to the end of follow-up.
    pub waits: [Vec<u32>; COHORTS],
    /// By stream, class and [`StreamMeasure`].
    pub streams: Vec<i64>,
}

impl PolicyRecord {
    /// What is kept of an outcome, beside its twin without the wave.
    pub(crate) fn new(model: &Model, world: &World, outcome: Outcome, twin: &Outcome) -> Self {
        let run = PolicyRun::new(model, world, &outcome, twin);
        Self {
            measures: Measure::ALL.map(|measure| measure.of(&run)).to_vec(),
            waits: run.waits(),
            streams: by_stream(model, world, &outcome, twin),
            displaced: run.into_displaced(),
            regional: regional(&outcome.weeks),
            national: outcome.weeks.national(),
            days: outcome.days,
        }
    }

    fn of_estimands(self) -> Self {
        Self {
            regional: Vec::new(),
            national: Vec::new(),
            days: DaySeries::default(),
            streams: Vec::new(),
            ..self
        }
    }

    fn fits(&self, frame: &StudyFrame) -> bool {
        let study = frame.study();
        let (weeks, regions) = (study.n_weeks(), frame.regions.len());
        self.measures.len() == Measure::COUNT
            && self.measures.iter().all(|value| is_addable(*value))
            && self.displaced.fits(regions, weeks)
            && self.regional.len() == regions * weeks * REGIONAL.len()
            && self.regional.iter().all(|value| is_addable(*value))
            && self.national.len() == weeks * WeekMeasure::ALL.len()
            && self.national.iter().all(|value| is_addable(*value))
            && self.days.fits(study.n_days())
            && self.streams.len() == frame.streams.len() * PER_STREAM
            && self.streams.iter().all(|value| is_addable(*value))
            && self.waits.iter().all(|part| {
                part.len() <= study.n_days() + 1 && part.iter().all(|n| *n <= MOST_PATIENTS)
            })
    }

    /// Waits of the whole cohort: by whole days, patients.
    pub fn all_waits(&self) -> Vec<u32> {
        let longest = self.waits.iter().map(Vec::len).max().unwrap_or(0);
        let of_day = |day| self.waits.iter().filter_map(|part| part.get(day)).sum();
        (0..longest).map(of_day).collect()
    }

    /// The number of a measure.
    pub fn measure(&self, measure: Measure) -> i64 {
        self.measures[measure.idx()]
    }

    /// A regional count; `measure` is a position in [`REGIONAL`].
    pub fn regional(&self, region: usize, week: usize, measure: usize) -> i64 {
        self.regional[(region * self.displaced.n_weeks() + week) * REGIONAL.len() + measure]
    }

    /// A number of the planned patients of a stream and a class.
    pub fn of_stream(&self, stream: usize, class: UrgencyClass, measure: StreamMeasure) -> i64 {
        self.streams[position(stream, class, measure)]
    }

    /// A national count.
    pub fn national(&self, week: usize, measure: WeekMeasure) -> i64 {
        self.national[week * WeekMeasure::ALL.len() + measure.idx()]
    }
}

/// By region, week and measure of [`REGIONAL`].
fn regional(weeks: &WeekCounts) -> Vec<i64> {
    let regions = (0..weeks.n_regions()).map(RegionIdx::at);
    regions
        .flat_map(|region| (0..weeks.n_weeks()).map(move |week| (region, week)))
        .flat_map(|(region, week)| REGIONAL.map(|measure| weeks.get(region, week, measure)))
        .collect()
}

/// Patients in one world, far above what a study within the scenario's bounds gives.
const MOST_PATIENTS: u32 = 1 << 28;

/// Largest number of a record. A difference of differences can still be added up.
pub const MOST: i64 = MAX_ABS / 4;

/// Whether sums over all replications can hold a number.
const fn is_addable(value: i64) -> bool {
    value.unsigned_abs() <= MOST.unsigned_abs()
}

/// Consecutive replications, as they are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Position of the chunk: the first replication of a whole one is [`CHUNK`] times this.
    pub number: u32,
    /// The replications, in order; of a shard, those that are its own.
    pub records: Vec<ReplicationRecord>,
}

/// SHA-256 of everything that replications follow from but their numbers: the same for all parts of an
/// experiment, and another one for any other seed, scenario or program.
pub type Origin = [u8; 32];

/// Marks the beginning of a stored chunk, with the version of its layout.
const MAGIC: [u8; 8] = *b"zorgdrk6";
/// Bytes before the payload: magic, number, payload length before compression, origin, checksum.
const HEADER: usize = 8 + 4 + 8 + 32 + 32;
/// Most bytes of a number, and of the lengths of a policy's lists, in a payload.
const NUMBER_BYTES: usize = 10;
const LISTS_BYTES: usize = 128;

/// Most bytes of a payload of `n` replications of the study that `frame` describes: what claims to
/// have more is none of it, and is not unpacked.
pub fn most_bytes(frame: &StudyFrame, n: usize) -> usize {
    let of_one = frame.n_numbers() * NUMBER_BYTES + frame.policies.len() * LISTS_BYTES;
    (n + 1).saturating_mul(of_one + LISTS_BYTES)
}

/// Most bytes of a stored chunk with a payload of at most `payload` bytes: what cannot be compressed
/// grows by its envelope.
pub const fn most_stored_bytes(payload: usize) -> usize {
    HEADER + payload + payload / 1_000 + 1_024
}

/// A stored chunk that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// The bytes do not begin as a chunk does, or end too early.
    #[error("not a chunk of replications, or cut short")]
    NotAChunk,
    /// The bytes have changed since they were written.
    #[error("checksum does not match: the chunk was damaged")]
    Damaged,
    /// The replications cannot be turned into bytes.
    #[error("the replications cannot be turned into bytes")]
    Unwritable,
    /// The contents do not fit this version of the program.
    #[error("the chunk's contents cannot be read by this version")]
    Unreadable,
    /// The replications are sound, but of another experiment.
    #[error(
        "these worlds were simulated with another seed, scenario or program than the manifest says"
    )]
    Foreign,
}

impl Chunk {
    /// The chunk of the experiment `origin` as bytes: header, checksum, compressed payload.
    ///
    /// # Errors
    /// [`ChunkError::Unwritable`].
    pub fn to_bytes(&self, origin: &Origin) -> Result<Vec<u8>, ChunkError> {
        packed(self.number, &self.records, origin)
    }

    /// Reads back a chunk of the experiment `origin`, with a payload of at most `most` bytes.
    ///
    /// # Errors
    /// [`ChunkError`] says whether the bytes are not a chunk, damaged, of another version, or of another
    /// experiment. Nothing of a chunk with an error may be used.
    pub fn from_bytes(bytes: &[u8], origin: &Origin, most: usize) -> Result<Self, ChunkError> {
        let unpacked = Unpacked::from_bytes(bytes, origin, most)?;
        Ok(Self {
            number: unpacked.number,
            records: unpacked.records().collect::<Result<_, _>>()?,
        })
    }
}

/// A stored chunk whose replications can be read one by one, since all of them together take five
/// times the memory.
#[derive(Debug)]
pub struct Unpacked {
    /// Position of the chunk.
    pub number: u32,
    n_records: usize,
    payload: Vec<u8>,
    /// Where the first replication begins in the payload: a list is stored as its length, and then
    /// one after the other.
    first: usize,
}

impl Unpacked {
    /// Checks and unpacks a chunk of the experiment `origin`, with a payload of at most `most` bytes.
    ///
    /// # Errors
    /// As [`Chunk::from_bytes`].
    pub fn from_bytes(bytes: &[u8], origin: &Origin, most: usize) -> Result<Self, ChunkError> {
        let (header, packed) = bytes
            .split_at_checked(HEADER)
            .ok_or(ChunkError::NotAChunk)?;
        if header[..8] != MAGIC {
            return Err(ChunkError::NotAChunk);
        }
        let number = u32::from_le_bytes(array(&header[8..12])?);
        let length = u64::from_le_bytes(array(&header[12..20])?);
        let found: Origin = array(&header[20..52])?;
        if header[52..] != checksum(&header[8..52], packed) {
            return Err(ChunkError::Damaged);
        }
        if found != *origin {
            return Err(ChunkError::Foreign);
        }
        let length = usize::try_from(length).map_err(|_| ChunkError::Unreadable)?;
        if length > most {
            return Err(ChunkError::Unreadable);
        }
        let payload = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, length)
            .map_err(|_| ChunkError::Unreadable)?;
        let (n_records, rest) =
            postcard::take_from_bytes(&payload).map_err(|_| ChunkError::Unreadable)?;
        Ok(Self {
            number,
            n_records,
            first: payload.len() - rest.len(),
            payload,
        })
    }

    /// The replications, in the order in which they were stored; nothing can be read after one that
    /// cannot ([`ChunkError::Unreadable`]).
    pub fn records(&self) -> impl Iterator<Item = Result<ReplicationRecord, ChunkError>> + '_ {
        let mut rest = &self.payload[self.first..];
        (0..self.n_records).map(move |_| {
            let (record, after) =
                postcard::take_from_bytes(rest).map_err(|_| ChunkError::Unreadable)?;
            rest = after;
            Ok(record)
        })
    }
}

/// The bytes of a chunk with these records.
pub(crate) fn packed<T: Serialize>(
    number: u32,
    records: &[T],
    origin: &Origin,
) -> Result<Vec<u8>, ChunkError> {
    let payload = postcard::to_stdvec(records).map_err(|_| ChunkError::Unwritable)?;
    let packed = miniz_oxide::deflate::compress_to_vec(&payload, 3);
    let mut bytes = Vec::with_capacity(HEADER + packed.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(origin);
    let sum = checksum(&bytes[MAGIC.len()..], &packed);
    bytes.extend_from_slice(&sum);
    bytes.extend_from_slice(&packed);
    Ok(bytes)
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], ChunkError> {
    bytes.try_into().map_err(|_| ChunkError::NotAChunk)
}

/// Of what stands between the magic and the checksum, and of the payload.
fn checksum(header: &[u8], packed: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(header);
    hash.update(packed);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use serde::Serializer;
    use serde::ser::Error;

    use super::*;
    use crate::experiment::study_frame::{PolicyName, RegionName, StreamName};
    use crate::model::vocabulary::Vocabulary;

    type Change = fn(&mut PolicyRecord);

    const ORIGIN: Origin = [3; 32];
    const BYTES: usize = 100_000;

    fn chunk() -> Chunk {
        let record = PolicyRecord {
            measures: vec![1, -2, 3_000_000_000],
            displaced: WeeklyDisplacement::new(2, 3),
            regional: vec![0; 2 * 3 * REGIONAL.len()],
            national: vec![7; 3 * WeekMeasure::ALL.len()],
            days: DaySeries::new(21),
            waits: [vec![0, 3, 1], Vec::new(), vec![2]],
            streams: vec![1; PER_STREAM],
        };
        let records = (128..131)
            .map(|replication| ReplicationRecord {
                replication,
                controls: [-7; Control::COUNT],
                policies: vec![record.clone()],
            })
            .collect();
        Chunk { number: 2, records }
    }

    #[test]
    fn a_chunk_survives_storage() {
        let bytes = chunk().to_bytes(&ORIGIN).expect("bytes");
        assert_eq!(
            Chunk::from_bytes(&bytes, &ORIGIN, BYTES),
            Ok(chunk()),
            "round trip"
        );
    }

    #[test]
    fn records_that_cannot_be_turned_into_bytes_are_an_error() {
        struct Unwritable;
        impl Serialize for Unwritable {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(S::Error::custom("no bytes"))
            }
        }
        let bytes = packed(2, &[Unwritable], &ORIGIN);
        assert_eq!(bytes, Err(ChunkError::Unwritable));
    }

    #[test]
    fn a_chunk_of_another_experiment_is_told_from_a_damaged_one() {
        let bytes = chunk().to_bytes(&ORIGIN).expect("bytes");
        let found = Chunk::from_bytes(&bytes, &[4; 32], BYTES);
        assert_eq!(found, Err(ChunkError::Foreign), "sound, but not ours");
    }

    #[test]
    fn a_chunk_that_claims_too_much_is_not_unpacked() {
        let bytes = chunk().to_bytes(&ORIGIN).expect("bytes");
        let found = Chunk::from_bytes(&bytes, &ORIGIN, 100);
        assert_eq!(
            found,
            Err(ChunkError::Unreadable),
            "more than its study has"
        );
    }

    #[test]
    fn waits_of_all_cohorts_add_up() {
        let record = &chunk().records[0].policies[0];
        assert_eq!(record.all_waits(), [2, 3, 1], "day by day");
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let bytes = chunk().to_bytes(&ORIGIN).expect("bytes");
        for position in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[position] ^= 0x10;
            assert!(
                Chunk::from_bytes(&damaged, &ORIGIN, BYTES).is_err(),
                "byte {position} was changed"
            );
        }
    }

    #[test]
    fn a_record_fits_its_own_study_only() {
        let region = |key: &str| RegionName {
            key: key.to_owned(),
            name: key.into(),
            short_name: key.into(),
            tile: (0, 0),
            n_hospitals: 1,
        };
        let frame = StudyFrame {
            scenario: String::new(),
            title: "".into(),
            first_date: jiff::civil::date(2021, 10, 4),
            burn_in_days: 7,
            window_days: 7,
            follow_up_days: 7,
            regions: vec![region("a"), region("b")],
            policies: vec![PolicyName {
                key: String::new(),
                label: "".into(),
                description: "".into(),
            }],
            baseline: 0,
            physical_beds: 1,
            agreed_beds: vec![1; 6],
            phases: vec![String::new(); 6],
            norm_days: 42,
            urgent_permille: 0,
            streams: vec![StreamName {
                key: String::new(),
                name: "".into(),
            }],
            words: Vocabulary::default(),
        };
        let mut sound = chunk().records.remove(0);
        sound.policies[0].measures = vec![MOST; Measure::COUNT];
        assert!(sound.fits(&frame), "a number for everything");
        let payload = postcard::to_stdvec(&vec![sound.clone(); 3]).expect("rows");
        assert!(payload.len() <= most_bytes(&frame, 3), "within its bound");
        let changes: [(&str, Change); 8] = [
            ("measures", |one| one.measures.truncate(1)),
            ("a measure", |one| one.measures[0] = -MOST - 1),
            ("displaced", |one| {
                one.displaced = WeeklyDisplacement::new(1, 5);
            }),
            ("regional", |one| one.regional.push(0)),
            ("national", |one| one.national[0] = i64::MIN),
            ("days", |one| one.days = DaySeries::new(20)),
            ("waits", |one| one.waits[1] = vec![0; 23]),
            ("streams", |one| one.streams.push(0)),
        ];
        for (what, change) in changes {
            let mut wrong = sound.clone();
            change(&mut wrong.policies[0]);
            assert!(!wrong.fits(&frame), "{what}");
        }
        sound.policies.clear();
        assert!(!sound.fits(&frame), "a policy is missing");
    }

    #[test]
    fn a_chunk_cut_short_is_noticed() {
        let bytes = chunk().to_bytes(&ORIGIN).expect("bytes");
        for length in 0..bytes.len() {
            assert!(
                Chunk::from_bytes(&bytes[..length], &ORIGIN, BYTES).is_err(),
                "cut to {length} bytes"
            );
        }
    }
}
