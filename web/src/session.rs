//! What an instance knows, and how it answers.

use serde::Serialize;
use serde_json::{Value, json};
use zorgdruk::experiment::ReplicationRecord;
use zorgdruk::report::Manifest;
use zorgdruk::run::RunError;
use zorgdruk::run::page::mark;
use zorgdruk::scenario::Violation;

use crate::desk::Desk;
use crate::request::{Open, Request};
use crate::study::Study;

/// A scenario that is simulated, or the worlds of one that were added: an instance has one of both.
#[derive(Default)]
pub struct Session {
    study: Option<Study>,
    desk: Option<Desk>,
}

impl Session {
    /// Carries out a request in JSON. An answer in JSON that cannot be given has the key `error`.
    pub fn call(&mut self, request: &[u8]) -> Vec<u8> {
        let answer = serde_json::from_slice(request).map_err(said);
        answer
            .and_then(|request| self.answer(request))
            .unwrap_or_else(|error| text(&json!({ "error": error })))
    }

    /// Adds a world, as the request to simulate one gives it. The answer is the number of worlds so far.
    pub fn add(&mut self, world: &[u8]) -> Vec<u8> {
        let added = self.add_world(world);
        text(&added.map_or_else(|error| json!({ "error": error }), |n| json!({ "n": n })))
    }

    fn add_world(&mut self, world: &[u8]) -> Result<u32, String> {
        let desk = self.desk.as_mut().ok_or(NO_RUN)?;
        let world: ReplicationRecord = postcard::from_bytes(world).map_err(said)?;
        desk.add(world).map_err(str::to_owned)
    }

    fn answer(&mut self, request: Request) -> Result<Vec<u8>, String> {
        match request {
            Request::Program => json(&json!({ "mark": mark() })),
            Request::Open(request) => json(&self.open(&request)),
            Request::About => json(&about(self.study()?)),
            Request::Simulate { replication } => {
                postcard::to_stdvec(&self.study()?.simulate(replication)).map_err(said)
            }
            Request::Levers => json(&self.study()?.checked().scenario.levers()),
            Request::Remarks => json(&self.study()?.checked().remarks()),
            Request::Diary(asked) => json(&self.study()?.diary(&asked).map_err(said)?),
            Request::Toml => Ok(self.study()?.checked().scenario.to_toml(&[]).into_bytes()),
            Request::Begin { plan } => json(&self.begin(*plan)),
            Request::View { language } => json(&self.desk()?.view(language)),
            Request::Table { name } => {
                let table = self.desk()?.table(&name).map_err(said)?;
                table.ok_or_else(|| format!("there is no table {name}"))
            }
        }
    }

    fn study(&self) -> Result<&Study, String> {
        self.study.as_ref().ok_or_else(|| NOT_OPEN.to_owned())
    }

    fn desk(&self) -> Result<&Desk, String> {
        self.desk.as_ref().ok_or_else(|| NO_RUN.to_owned())
    }

    fn open(&mut self, request: &Open) -> Value {
        match Study::open(request) {
            Ok(study) => {
                let plan = json!({ "plan": study.plan() });
                self.study = Some(study);
                plan
            }
            Err(RunError::Scenario(errors)) => {
                json!({ "mistakes": errors.violations.iter().map(mistake).collect::<Value>() })
            }
            Err(error) => json!({ "error": error.to_string() }),
        }
    }

    fn begin(&mut self, plan: Manifest) -> Value {
        let before = self.desk.take().and_then(Desk::kept);
        self.desk = Some(Desk::new(plan, before));
        json!({ "n": 0 })
    }
}

const NOT_OPEN: &str = "no scenario is open";
const NO_RUN: &str = "no run has begun";

/// What a scenario is, for the page around the answer.
fn about(study: &Study) -> Value {
    let frame = &study.plan().frame;
    json!({
        "title": frame.title,
        "season": frame.words.season,
        "seasons": frame.words.seasons,
        "areas": frame.words.regions,
        "policies": frame.policies,
        "baseline": frame.policies[frame.baseline].key,
        "questions": study.checked().scenario.questions(),
    })
}

fn mistake(violation: &Violation) -> Value {
    json!({ "path": violation.path, "message": violation.message, "allowed": violation.allowed })
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, String> {
    serde_json::to_vec(value).map_err(said)
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an error that is mapped is handed over"
)]
fn said(error: impl ToString) -> String {
    error.to_string()
}
