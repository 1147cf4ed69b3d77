//! Why a command stopped: the message, and the exit code that says what kind of failure it was.

use core::ops::Range;
use std::io::{self, ErrorKind, IsTerminal};
use std::process::ExitCode;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, NamedSource, SourceCode, SourceSpan, SpanContents,
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
            ReportError::Exists(_) => "; use --force to replace it, or another name",
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
    source: Option<Excerpt>,
    span: Range<usize>,
}

impl Finding {
    fn new(violation: &Violation, sources: &[SourceText]) -> Self {
        let (source, span) = match &violation.place {
            Place::File { name, span, .. } => {
                let file = sources.iter().find(|source| source.name == *name);
                file.map_or((None, 0..0), |file| {
                    let (excerpt, span) = Excerpt::new(file, span);
                    (Some(excerpt), span)
                })
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
            message: in_short(&message),
            help: help.map(|allowed| format!("allowed: {allowed}")),
            source,
            span,
        }
    }
}

/// Most characters of a line or a message that are shown.
const LONGEST: usize = 200;
/// Stands where something was cut off.
const CUT: &str = "\u{2026}";

/// A file with its long lines cut, which still says in which column something stands.
#[derive(Debug)]
struct Excerpt {
    source: NamedSource<String>,
    /// Characters before the place that is shown, in its line as it was written.
    column: usize,
}

impl Excerpt {
    /// `file` as it is shown, and where `span` lies in that.
    fn new(file: &SourceText, span: &Range<usize>) -> (Self, Range<usize>) {
        let before = file.text.get(..span.start).unwrap_or(&file.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let (above, rest) = file.text.split_at(line_start);
        let (line, below) = rest.split_at(rest.find('\n').unwrap_or(rest.len()));
        let column = before[line_start..].chars().count();
        let (cut, at) = cut_around(line, before.len() - line_start);
        let above = above.split_inclusive('\n').map(cut_end).collect::<String>();
        let below = below.split_inclusive('\n').map(cut_end).collect::<String>();
        let start = above.len() + at;
        let end = (start + span.len()).min(above.len() + cut.len());
        let source = NamedSource::new(&file.name, above + &cut + &below);
        (Self { source, column }, start..end)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        n_before: usize,
        n_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let shown = self.source.read_span(span, n_before, n_after)?;
        // Only the place itself is asked for without the lines around it.
        let column = if n_before + n_after == 0 {
            self.column
        } else {
            shown.column()
        };
        let contents = MietteSpanContents::new_named(
            self.source.name().to_owned(),
            shown.data(),
            *shown.span(),
            shown.line(),
            column,
            shown.line_count(),
        );
        Ok(Box::new(contents))
    }
}

/// A line with no more than is shown around byte `at`, and where that byte is now.
fn cut_around(line: &str, at: usize) -> (String, usize) {
    if line.chars().count() <= LONGEST {
        return (line.to_owned(), at);
    }
    let n_cut = line[..at].chars().count().saturating_sub(LONGEST / 2);
    let from = line.char_indices().nth(n_cut).map_or(0, |(byte, _)| byte);
    let mark = if from > 0 { CUT } else { "" };
    let text = format!("{mark}{}", cut_end(&line[from..]));
    (text, at - from + mark.len())
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

/// The beginning of a text, with its line end if it has one.
fn cut_end(text: &str) -> String {
    let content = text.trim_end_matches('\n');
    let Some((until, _)) = content.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    format!("{}{CUT}{}", &content[..until], &text[content.len()..])
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

#[cfg(test)]
mod tests {
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
