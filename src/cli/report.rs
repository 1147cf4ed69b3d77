//! `report`: the tables and figures of an earlier run again, from its stored rows.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::chart::theme::Width;
use crate::cli::arguments::{
    DecimalArguments, EstimateArguments, JsonArguments, LanguageArguments, QuietArguments,
};
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::cli::terminal::remark;
use crate::cli::watched::Site;
use crate::report::brief::write_brief;
use crate::report::conclusion::{as_json, conclusion};
use crate::report::figures::write_pictures;
use crate::report::{Decimal, Evidence, Language, RunFolder, write_crate};
use crate::run::checked::sound_manifest;
use crate::run::write_reports;

/// Write the tables and figures of an earlier run again from its stored rows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zorgdruk report output/small-1 --lang nl
  zorgdruk report output/small-1 --pdf")]
#[command(mut_arg("lang", |lang| lang.help(
    "Language of conclusion, figures and brief. By default, that of the run"
)))]
pub(crate) struct ReportArguments {
    /// Folder of an earlier run
    run_dir: PathBuf,
    /// Report on the worlds so far of a run that did not finish
    #[arg(long)]
    so_far: bool,
    /// Write the brief too, as brief.pdf, in Dutch brief.nl.pdf: two accessible pages that answer the question
    #[arg(long)]
    pdf: bool,
    /// Draw the figures for a phone or a slide too, as NAME.phone.svg or NAME.slide.svg; those of a page are always drawn
    #[arg(long, value_parser = width())]
    width: Option<Width>,
    #[command(flatten)]
    language: LanguageArguments,
    #[command(flatten)]
    estimates: EstimateArguments,
    #[command(flatten)]
    decimal: DecimalArguments,
    #[command(flatten)]
    quiet: QuietArguments,
    #[command(flatten)]
    json: JsonArguments,
}

pub(crate) fn report(arguments: &ReportArguments) -> Result<(), Failure> {
    if !RunFolder::is_run(&arguments.run_dir) {
        let folder = arguments.run_dir.display();
        return Err(Failure::Usage(format!("{folder}: not the folder of a run")));
    }
    let folder = RunFolder::reopen(&arguments.run_dir).map_err(Failure::output)?;
    sound_manifest(&folder)?;
    let mut evidence = if arguments.so_far {
        Evidence::gather_prefix(&folder)?
            .ok_or_else(|| Failure::Usage("the run has no world yet".to_owned()))?
    } else {
        Evidence::gather(&folder)?
    };
    if arguments.estimates.plain {
        evidence = evidence.plain();
    }
    evidence.decimal = arguments.decimal.sign();
    let report = Report {
        evidence: &evidence,
        folder: &folder,
        language: (arguments.language.lang).unwrap_or(evidence.manifest.language),
        is_quiet: arguments.quiet.quiet,
        told: if arguments.json.json {
            Told::Json
        } else {
            Told::text(arguments.quiet.quiet)
        },
    };
    report.draw_as_wide_as(arguments.width.unwrap_or_default())?;
    report.write(arguments.pdf)
}

/// The widths of figures by name.
fn width() -> impl TypedValueParser<Value = Width> {
    PossibleValuesParser::new(["phone", "page", "slide"]).map(|name| match name.as_str() {
        "phone" => Width::Phone,
        "slide" => Width::Slide,
        _ => Width::Page,
    })
}

/// What is printed at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing.
    Nothing,
    /// The conclusion in words.
    Words,
    /// The conclusion for programs.
    Json,
}

impl Told {
    pub(crate) const fn text(is_quiet: bool) -> Self {
        if is_quiet { Self::Nothing } else { Self::Words }
    }
}

/// Reports on a new run, from the rows in its folder.
pub(crate) fn finish(
    folder: &RunFolder,
    decimal: Decimal,
    is_quiet: bool,
    told: Told,
) -> Result<(), Failure> {
    let mut evidence = Evidence::gather(folder)?;
    evidence.decimal = decimal;
    let report = Report::of_run(&evidence, folder, is_quiet);
    Report { told, ..report }.write(false)
}

/// Reports on a run that did not finish, from the worlds before the first one that is missing. Gives
/// their number.
pub(crate) fn finish_so_far(site: &Site<'_>) -> Result<u32, Failure> {
    let Some(mut evidence) = Evidence::gather_prefix(site.folder)? else {
        return Ok(0);
    };
    evidence.decimal = site.decimal;
    Report::of_run(&evidence, site.folder, site.is_quiet).write(false)?;
    Ok(evidence.manifest.n_replications)
}

/// What is reported on, and how.
struct Report<'a> {
    evidence: &'a Evidence,
    folder: &'a RunFolder,
    language: Language,
    is_quiet: bool,
    told: Told,
}

impl<'a> Report<'a> {
    /// A report in the language of the run.
    fn of_run(evidence: &'a Evidence, folder: &'a RunFolder, is_quiet: bool) -> Self {
        Self {
            evidence,
            folder,
            language: evidence.manifest.language,
            is_quiet,
            told: Told::text(is_quiet),
        }
    }

    /// Writes everything that follows from the rows, and prints the conclusion.
    fn write(&self, with_brief: bool) -> Result<(), Failure> {
        self.remake()?;
        if with_brief {
            self.print_brief()?;
        }
        match self.told {
            Told::Nothing => Ok(()),
            Told::Words => print(&conclusion(self.evidence, self.folder, self.language)),
            Told::Json => print(&format!("{:#}\n", as_json(self.evidence, self.folder))),
        }
    }

    /// Tables, figures and report.
    fn remake(&self) -> Result<(), Failure> {
        let remarks = write_reports(self.evidence, self.folder, self.language);
        let remarks = remarks.map_err(Failure::output)?;
        if !self.is_quiet && !remarks.left_out.is_empty() {
            let one = |(name, reason): &(&str, String)| format!("{name} ({reason})");
            let all: Vec<String> = remarks.left_out.iter().map(one).collect();
            remark(&format!("not drawn: {}", all.join(", ")));
        }
        self.remark_on_characters("PNG figures show an empty box", &remarks.missing_characters);
        Ok(())
    }

    /// The figures for what is not a page, of which the report makes them anyway.
    fn draw_as_wide_as(&self, width: Width) -> Result<(), Failure> {
        if width == Width::Page || !self.evidence.manifest.figures {
            return Ok(());
        }
        write_pictures(self.evidence, self.folder, self.language, width).map_err(Failure::output)
    }

    /// The brief on paper.
    fn print_brief(&self) -> Result<(), Failure> {
        let missing =
            write_brief(self.evidence, self.folder, self.language).map_err(Failure::output)?;
        write_crate(self.evidence, self.folder).map_err(Failure::output)?;
        self.remark_on_characters("the brief shows a question mark", &missing);
        Ok(())
    }

    fn remark_on_characters<'c>(&self, what: &str, missing: impl IntoIterator<Item = &'c char>) {
        let characters: String = missing.into_iter().collect();
        if !self.is_quiet && !characters.is_empty() {
            remark(&format!("{what} for these characters: {characters}"));
        }
    }
}
