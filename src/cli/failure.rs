//! Why a command stopped: the message, and the exit code that says what kind of failure it was.

use core::error::Error;
use core::fmt::Write;
use std::io::{self, ErrorKind};

use crate::cli::stop::Signal;
use crate::cli::terminal::remark;
use crate::report::ReportError;
use crate::run::RunError;
use crate::scenario::{Place, ScenarioErrors, SourceText, Violation, limits};

/// Exit code of an unexpected error.
pub(crate) const UNEXPECTED: u8 = 1;

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that should not happen; exit code 1.
    Unexpected(Box<dyn Error + Send + Sync>),
    /// A comparison with theory failed, and its table is printed already; exit code 1.
    Disagreement(String),
    /// The arguments do not fit the scenario or the run; exit code 2.
    Usage(String),
    /// The scenario is not valid; exit code 3.
    Scenario(Vec<Violation>, Vec<SourceText>),
    /// The observed data are not valid; exit code 3.
    Observed(ScenarioErrors),
    /// The output exists or cannot be written; exit code 4.
    Output(String),
    /// A signal asked the program to stop; the exit code says which.
    Stopped(Signal, String),
}

impl Failure {
    /// Prints the message and returns the exit code. A closed standard output is no failure.
    pub(crate) fn report(self) -> u8 {
        match self {
            Self::Unexpected(error) if is_broken_pipe(error.as_ref()) => 0,
            Self::Unexpected(error) => stop(UNEXPECTED, &format!("error: {error}")),
            Self::Disagreement(message) => stop(UNEXPECTED, &format!("error: {message}")),
            Self::Usage(message) => stop(2, &format!("error: {message}")),
            Self::Scenario(violations, sources) => stop(
                3,
                &described(&violations, &sources, "the scenario is not valid"),
            ),
            Self::Observed(errors) => {
                let what = "the observed data are not valid";
                stop(3, &described(&errors.violations, &errors.sources, what))
            }
            Self::Output(message) => stop(4, &format!("error: {message}")),
            Self::Stopped(signal, message) => stop(signal.exit_code(), &message),
        }
    }

    /// Why a run cannot take place.
    fn of_run(error: RunError) -> Self {
        match error {
            RunError::Scenario(errors) => Self::Scenario(errors.violations, errors.sources),
            RunError::Usage(message) => Self::Usage(message),
            RunError::Report(error) => Self::Unexpected(error.into()),
        }
    }

    /// A failure to write the output of a run.
    pub(crate) fn output(error: ReportError) -> Self {
        let advice = match error {
            ReportError::Manifest { .. } => return error.into(),
            ReportError::Exists(_) => "; use --force to replace it, or another name",
            ReportError::Foreign(_) => "; use another folder",
            ReportError::Locked(_) => "; wait for it to end, or use another folder",
            _ => "",
        };
        Self::Output(format!("{error}{advice}"))
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let error: Box<dyn Error + Send + Sync> = error.into();
        match error.downcast() {
            Ok(error) => Self::of_run(*error),
            Err(other) => Self::Unexpected(other),
        }
    }
}

fn stop(code: u8, message: &str) -> u8 {
    remark(message);
    code
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let is_broken = |cause: &io::Error| cause.kind() == ErrorKind::BrokenPipe;
    error.downcast_ref().is_some_and(is_broken) || error.source().is_some_and(is_broken_pipe)
}

/// Every violation with its line, and their number.
fn described(violations: &[Violation], sources: &[SourceText], what: &str) -> String {
    let mut text = String::new();
    for violation in violations {
        describe(&mut text, violation, sources);
    }
    let n = violations.len();
    let mistakes = if n == 1 { "mistake" } else { "mistakes" };
    let ends = if n < limits::VIOLATIONS {
        "; later checks may find more"
    } else {
        " and more"
    };
    format!("{text}error: {what}: {n} {mistakes}{ends}")
}

fn describe(text: &mut String, violation: &Violation, sources: &[SourceText]) {
    let place = match &violation.place {
        Place::File { .. } => violation.path.clone(),
        Place::Override(change) => match below(change, &violation.path) {
            Some(path) => format!("--set {change}: {path}"),
            None => format!("--set {change}"),
        },
        Place::Whole(name) => name.clone(),
    };
    let separator = if place.is_empty() { "" } else { ": " };
    let message = format!("{place}{separator}{}", violation.message);
    let _ = writeln!(text, "{}", in_short(&message));
    if let Place::File {
        name,
        line,
        column,
        span,
    } = &violation.place
    {
        let _ = writeln!(text, "  --> {name}:{line}:{column}");
        let source = sources.iter().find(|source| source.name == *name);
        let marked = source.and_then(|source| {
            let width = source.text.get(span.clone())?.chars().count();
            Some((source.text.lines().nth(line - 1)?, width))
        });
        if let Some((shown, width)) = marked {
            text.push_str(&excerpt(*line, shown, *column, width));
        }
    }
    if let Some(allowed) = &violation.allowed {
        let _ = writeln!(text, "  allowed: {allowed}");
    }
    text.push('\n');
}

/// The path of a mistake, when it lies within the value of an override, which says its own path.
fn below<'v>(change: &str, path: &'v str) -> Option<&'v str> {
    let last = path.rsplit('.').next().unwrap_or_default();
    let (set, _) = change.split_once('=')?;
    (!set.trim_end().ends_with(last)).then_some(path)
}

/// Most characters of a line or a message that are shown.
const LONGEST: usize = 200;
/// Marks where something was cut off.
const CUT: &str = "\u{2026}";

/// A line of a file, cut if it is long, with marks below the `width` characters from `column` on.
fn excerpt(number: usize, line: &str, column: usize, width: usize) -> String {
    let n_before = column - 1;
    let is_long = line.chars().count() > LONGEST;
    let n_cut = if is_long {
        n_before.saturating_sub(LONGEST / 2)
    } else {
        0
    };
    let mut shown: String = line.chars().skip(n_cut).take(LONGEST).collect();
    if n_cut > 0 {
        shown.insert_str(0, CUT);
    }
    if line.chars().count() > n_cut + LONGEST {
        shown.push_str(CUT);
    }
    let indent = n_before - n_cut + usize::from(n_cut > 0);
    let n_marks = width.clamp(1, shown.chars().count().saturating_sub(indent).max(1));
    let (blanks, marks) = (" ".repeat(indent), "^".repeat(n_marks));
    format!("{number:>4} | {shown}\n     | {blanks}{marks}\n")
}

/// A message without the middle of a value that it quotes at length.
fn in_short(message: &str) -> String {
    let n = message.chars().count();
    if n <= 3 * LONGEST {
        return message.to_owned();
    }
    let front: String = message.chars().take(LONGEST).collect();
    let back: String = message.chars().skip(n - LONGEST).collect();
    format!("{front}{CUT}{back}")
}

#[cfg(test)]
mod tests {
    use core::ops::Range;

    use super::*;

    fn shown(text: &str, span: Range<usize>) -> String {
        let source = SourceText {
            name: "a.toml".to_owned(),
            text: text.to_owned(),
        };
        let violation = Violation {
            path: "x".to_owned(),
            place: Place::in_file(&source, span.clone()),
            value: None,
            message: format!("{:?} is wrong", &text[span]),
            allowed: None,
        };
        described(&[violation], &[source], "not valid")
    }

    #[test]
    fn a_long_line_is_shown_around_its_mistake() {
        let filler = "\u{e9}".repeat(50_000);
        let text = format!("{filler}\n{filler}WRONG{filler}\n{filler}");
        let start = text.find("WRONG").expect("it is there");
        let said = shown(&text, start..start + 5);
        assert!(said.len() < 3_000, "{} bytes", said.len());
        assert!(said.contains("WRONG\u{e9}"), "the place: {said}");
        assert!(
            said.contains("a.toml:2:50001"),
            "its line and column: {said}"
        );
        let long = shown(&text, 0..100_000);
        assert!(long.len() < 5_000, "a long value: {} bytes", long.len());
    }

    #[test]
    fn a_mistake_within_a_value_that_was_set_is_named() {
        let change = "covid.ic_stay={ gamma = { mean_days = 10 } }";
        let missing = "covid.ic_stay.gamma.shape";
        assert_eq!(below(change, missing), Some(missing), "within");
        assert_eq!(below("a.b[2] = 40", "a.b[2]"), None, "the value itself");
        assert_eq!(
            below("policy.*.lead_days=99", "policy[1].lead_days"),
            None,
            "each"
        );
    }

    #[test]
    fn short_lines_are_shown_as_they_are() {
        for text in ["a = 1\nb = WRONG\nc = 3\n", "b = WRONG", "\n\nWRONG"] {
            let start = text.find("WRONG").expect("it is there");
            let said = shown(text, start..start + 5);
            let line = text.lines().find(|line| line.contains("WRONG"));
            assert!(said.contains(line.expect("a line")), "{said}");
            assert!(!said.contains(CUT), "nothing is cut: {said}");
        }
        let end = shown("a = ", 4..4);
        assert!(end.contains("a.toml:1:5"), "past the end: {end}");
    }
}
