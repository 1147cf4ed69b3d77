//! Grids of levers: every combination of the listed values.

use crate::design::study::{Point, Study};
use crate::scenario::shape::Setting;
use crate::scenario::{Scenario, Violation, path_steps};

/// A lever with the values that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// Path, as an override takes it.
    pub path: String,
    /// Values, as they are written.
    pub values: Vec<String>,
}

/// Most points of a grid.
pub const MOST_POINTS: usize = 4_096;
/// Most values of all levers in a scenario.
const MOST_VALUES: usize = 256;

/// Sections that do not affect any world.
const IDLE: [&str; 5] = ["run", "sweep", "uncertainty", "source", "version"];

/// Why a grid cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// A text is not a lever with values.
    #[error("{0:?} is not a lever: expected key=value,value")]
    NotALever(String),
    /// There are too many combinations.
    #[error("the grid has {0} points (at most {MOST_POINTS})")]
    TooLarge(usize),
    /// A lever changes nothing: seed and number of worlds are the same at all points, and what a design
    /// looks at is not part of a world.
    #[error("{0} is not a lever: it changes no world, and all points have the same ones")]
    NoEffect(String),
    /// A lever is listed twice, so that one of the two has no effect.
    #[error("the lever {0} is listed twice")]
    Twice(String),
}

impl Lever {
    /// Reads `key=a,b,c`. Commas inside brackets and braces belong to a value.
    ///
    /// # Errors
    /// [`GridError::NotALever`] when there is no key or a value is empty.
    pub fn parse(text: &str) -> Result<Self, GridError> {
        let wrong = || GridError::NotALever(text.to_owned());
        let (path, values) = text.split_once('=').ok_or_else(wrong)?;
        let values: Vec<String> = split_outside_brackets(values)
            .iter()
            .map(|value| value.trim().to_owned())
            .collect();
        if path.trim().is_empty() || values.iter().any(String::is_empty) {
            return Err(wrong());
        }
        Ok(Self {
            path: path.trim().to_owned(),
            values,
        })
    }
}

/// The levers of a scenario's `[sweep]`, in the order of their paths; none when there is no such
/// table.
pub fn levers(scenario: &Scenario) -> Vec<Lever> {
    let written = scenario.file.sweep.iter().flatten();
    let lever = |(path, values): (&String, &Vec<Setting>)| Lever {
        path: path.clone(),
        values: values.iter().map(|value| value.0.clone()).collect(),
    };
    written.map(lever).collect()
}

/// What is wrong with the `[sweep]` of a study's scenario: its size, values that stand twice, and
/// values that the scenario may not have, each tried by itself.
pub fn violations(study: &Study<'_>) -> Vec<Violation> {
    let scenario = study.scenario();
    let levers = levers(scenario);
    let mut found = Vec::new();
    for lever in &levers {
        if lever.values.is_empty() {
            found.push(scenario.violation(&place(lever), "there are no values", None));
        }
    }
    if let Err(error) = grid(&levers) {
        found.push(scenario.violation("sweep", &error.to_string(), None));
    }
    let n: usize = levers.iter().map(|lever| lever.values.len()).sum();
    if n > MOST_VALUES {
        let message = format!("there are {n} values, each of which is tried");
        let allowed = Some(format!("at most {MOST_VALUES}"));
        found.push(scenario.violation("sweep", &message, allowed));
    }
    if found.is_empty() {
        found.extend(levers.iter().flat_map(|lever| of_values(study, lever)));
    }
    found
}

fn of_values(study: &Study<'_>, lever: &Lever) -> Vec<Violation> {
    let mut found = Vec::new();
    for (n, value) in lever.values.iter().enumerate() {
        let place = format!("{}[{n}]", place(lever));
        if lever.values[..n].contains(value) {
            let message = "this value stands here already";
            found.push(study.scenario().violation(&place, message, None));
        } else {
            let setting = format!("{}={value}", lever.path);
            found.extend(study.violations_of(&setting, &place, ""));
        }
    }
    found
}

/// Where a lever stands in a scenario.
fn place(lever: &Lever) -> String {
    format!("sweep.\"{}\"", lever.path)
}

fn split_outside_brackets(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    text.split(|c: char| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

/// All combinations, the last lever changing fastest; the first point has the first value of each.
///
/// # Errors
/// [`GridError::TooLarge`] when there are more than [`MOST_POINTS`], [`GridError::NoEffect`] and
/// [`GridError::Twice`] when a lever could not act.
pub fn grid(levers: &[Lever]) -> Result<Vec<Point>, GridError> {
    for (n, lever) in levers.iter().enumerate() {
        let steps: Vec<&str> = path_steps(&lever.path).collect();
        if steps.first().is_some_and(|step| IDLE.contains(step)) {
            return Err(GridError::NoEffect(lever.path.clone()));
        }
        let is_same = |other: &Lever| path_steps(&other.path).eq(steps.iter().copied());
        if levers[..n].iter().any(is_same) {
            return Err(GridError::Twice(lever.path.clone()));
        }
    }
    let n = levers
        .iter()
        .fold(1_usize, |n, lever| n.saturating_mul(lever.values.len()));
    if n > MOST_POINTS {
        return Err(GridError::TooLarge(n));
    }
    let mut settings: Vec<Vec<String>> = vec![Vec::new()];
    for lever in levers {
        settings = settings
            .iter()
            .flat_map(|before| lever.values.iter().map(move |value| (before, value)))
            .map(|(before, value)| {
                let mut all = before.clone();
                all.push(format!("{}={value}", lever.path));
                all
            })
            .collect();
    }
    let point = |settings: Vec<String>| Point {
        name: settings.join(" "),
        settings,
    };
    Ok(settings.into_iter().map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_every_combination_once() {
        let levers = ["a.b=1,2", "c=[1, 2],x"].map(|text| Lever::parse(text).expect("a lever"));
        let names: Vec<String> = grid(&levers)
            .expect("small")
            .into_iter()
            .map(|point| point.name)
            .collect();
        assert_eq!(
            names,
            ["a.b=1 c=[1, 2]", "a.b=1 c=x", "a.b=2 c=[1, 2]", "a.b=2 c=x"]
        );
    }

    #[test]
    fn a_lever_needs_a_key_and_values() {
        for text in ["a", "=1", "a=", "a=1,,2"] {
            assert_eq!(
                Lever::parse(text),
                Err(GridError::NotALever(text.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_lever_that_cannot_act_is_refused() {
        let refused = |texts: &[&str]| {
            let levers: Vec<Lever> = texts.iter().filter_map(|t| Lever::parse(t).ok()).collect();
            assert_eq!(levers.len(), texts.len(), "levers: {texts:?}");
            grid(&levers).expect_err("no grid")
        };
        for path in ["run.seed", "run.replications"] {
            let expected = GridError::NoEffect(path.to_owned());
            assert_eq!(refused(&[&format!("{path}=1,2")]), expected, "{path}");
        }
        let expected = GridError::Twice("a.0.b".to_owned());
        let twice = refused(&["a[0].b=1,2", "c=1", "a.0.b=3"]);
        assert_eq!(twice, expected, "in another form");
    }

    #[test]
    fn a_grid_has_a_bound() {
        let lever = |path: &str| Lever {
            path: path.to_owned(),
            values: (0..100).map(|n| n.to_string()).collect(),
        };
        assert_eq!(
            grid(&[lever("a"), lever("b")]),
            Err(GridError::TooLarge(10_000))
        );
    }
}
