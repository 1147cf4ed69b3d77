//! Why a command stopped: the message, and the exit code that says what kind of failure it was.

use std::io::{self, ErrorKind, IsTerminal};
use std::process::ExitCode;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode,
};

use crate::cli::stop::Signal;
use crate::cli::{UNEXPECTED, remark};
use crate::report::ReportError;
use crate::scenario::{Place, ScenarioErrors, SourceText, Violation};

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something that should not happen; exit code 1.
    Unexpected(anyhow::Error),
    /// A known answer did not come out, which has been said already; exit code 1.
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
    /// Prints the message and gives the exit code. A reader of standard output who went away is no
    /// failure.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::Unexpected(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
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

    /// A failure to write the output of a run.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "it stands in `map_err`, which gives a value"
    )]
    pub(crate) fn output(error: ReportError) -> Self {
        let advice = match error {
            ReportError::Exists(_) => "; use --force to replace a run, or another --out",
            ReportError::Foreign(_) => "; use another folder",
            ReportError::Locked(_) => "; wait for it to end, or use another folder",
            _ => "",
        };
        Self::Output(format!("{error}{advice}"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unexpected(error.into())
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Self::Unexpected(error.into())
    }
}

fn stop(code: u8, message: &str) -> ExitCode {
    remark(message);
    ExitCode::from(code)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// Every violation with the lines that it stands in, and how many there are.
fn described(violations: &[Violation], sources: &[SourceText], what: &str) -> String {
    let is_plain = !io::stderr().is_terminal() || std::env::var_os("NO_COLOR").is_some();
    let theme = if is_plain {
        GraphicalTheme::unicode_nocolor()
    } else {
        GraphicalTheme::unicode()
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
    let mut text = String::new();
    for violation in violations {
        let finding = Finding::new(violation, sources);
        if handler.render_report(&mut text, &finding).is_err() {
            text.push_str(&violation.to_string());
        }
    }
    let n = violations.len();
    let mistakes = if n == 1 { "mistake" } else { "mistakes" };
    format!("{text}\nerror: {what}: {n} {mistakes}")
}

/// A violation in the form that miette draws.
#[derive(Debug)]
struct Finding {
    message: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    span: core::ops::Range<usize>,
}

impl Finding {
    fn new(violation: &Violation, sources: &[SourceText]) -> Self {
        let (source, span) = match &violation.place {
            Place::File { name, span, .. } => {
                let file = sources.iter().find(|source| source.name == *name);
                let source = file.map(|file| NamedSource::new(&file.name, file.text.clone()));
                (source, span.clone())
            }
            Place::Override(_) | Place::Whole(_) => (None, 0..0),
        };
        let message = match &violation.place {
            Place::File { .. } => located(&violation.path, violation),
            // An override says its own path.
            Place::Override(text) => located(&format!("--set {text}"), violation),
            Place::Whole(name) => located(name, violation),
        };
        let help = violation.allowed.as_ref();
        Self {
            message,
            help: help.map(|allowed| format!("allowed: {allowed}")),
            source,
            span,
        }
    }
}

/// What is wrong, after where it is.
fn located(place: &str, violation: &Violation) -> String {
    if place.is_empty() {
        return violation.message.clone();
    }
    format!("{place}: {}", violation.message)
}

impl core::fmt::Display for Finding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for Finding {}

impl Diagnostic for Finding {
    fn help<'a>(&'a self) -> Option<Box<dyn core::fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let source = self.source.as_ref()?;
        Some(source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        let label = LabeledSpan::new_with_span(None, self.span.clone());
        Some(Box::new(core::iter::once(label)))
    }
}
