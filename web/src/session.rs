//! What an instance knows, and how it answers.

use serde_json::{Value, json};
use zorgdruk::experiment::ReplicationRecord;
use zorgdruk::run::RunError;
use zorgdruk::scenario::Violation;

use crate::desk::Desk;
use crate::request::{Open, Request};
use crate::study::Study;

/// An open scenario, and the worlds of it that were added.
#[derive(Default)]
pub struct Session {
    open: Option<(Study, Desk)>,
}

impl Session {
    /// Carries out a request in JSON. An answer in JSON that cannot be given has the key `error`.
    pub fn call(&mut self, request: &[u8]) -> Vec<u8> {
        let answer = serde_json::from_slice(request).map_err(|error| error.to_string());
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
        let (_, desk) = self.open.as_mut().ok_or(NOT_OPEN)?;
        let world: ReplicationRecord =
            postcard::from_bytes(world).map_err(|error| error.to_string())?;
        desk.add(&world).map_err(str::to_owned)
    }

    fn answer(&mut self, request: Request) -> Result<Vec<u8>, String> {
        if let Request::Open(request) = request {
            return Ok(text(&self.open(&request)));
        }
        let (study, desk) = self.open.as_ref().ok_or(NOT_OPEN)?;
        match request {
            Request::Open(_) => unreachable!("was carried out"),
            Request::Simulate { replication } => {
                postcard::to_stdvec(&study.simulate(replication)).map_err(|error| error.to_string())
            }
            Request::View { language } => {
                serde_json::to_vec(&desk.view(language)).map_err(|error| error.to_string())
            }
            Request::Table { name } => {
                let table = desk.table(&name).map_err(|error| error.to_string())?;
                table.ok_or_else(|| format!("there is no table {name}"))
            }
        }
    }

    fn open(&mut self, request: &Open) -> Value {
        match Study::open(request) {
            Ok(study) => {
                let about = about(&study);
                let desk = Desk::new(study.plan().clone());
                self.open = Some((study, desk));
                about
            }
            Err(RunError::Scenario(errors)) => {
                json!({ "mistakes": errors.violations.iter().map(mistake).collect::<Value>() })
            }
            Err(error) => json!({ "error": error.to_string() }),
        }
    }
}

const NOT_OPEN: &str = "no scenario is open";

/// What a scenario is, for the page around the answer.
fn about(study: &Study) -> Value {
    let plan = study.plan();
    json!({ "frame": plan.frame, "seed": plan.seed, "remarks": study.checked().remarks() })
}

fn mistake(violation: &Violation) -> Value {
    json!({ "path": violation.path, "message": violation.message, "allowed": violation.allowed })
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
