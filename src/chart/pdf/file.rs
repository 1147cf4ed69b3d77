//! The file: pages with their structure, outline and particulars.

use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use crate::chart::ChartError;
use crate::chart::canvas::Mark;
use crate::chart::pdf::paint::{Faces, PAPER, Painter, Place, single};
use crate::chart::pdf::tags::Tags;
use crate::chart::pdf::{MARGINS, Particulars};
use crate::chart::text::one_line;
use crate::chart::theme::Theme;

/// Marks that belong together.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) content: Content,
    pub(super) marks: Vec<Mark>,
    pub(super) place: Place,
}

/// What a piece is to those who do not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A line of text.
    Text,
    Figure,
    /// A line that says nothing.
    Rule,
    Footer,
}

/// A heading for the outline.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) top: f64,
}

/// All that is in a file.
pub(super) struct Sheets<'a> {
    pub(super) pages: &'a [Vec<Piece>],
    pub(super) tags: &'a Tags,
    pub(super) headings: &'a [Heading],
}

impl Sheets<'_> {
    /// The bytes of the file.
    ///
    /// # Errors
    /// As [`Document::finish`](super::Document::finish).
    pub(super) fn write(
        &self,
        theme: &Theme,
        particulars: &Particulars,
    ) -> Result<Vec<u8>, ChartError> {
        let faces = Faces::load().ok_or(ChartError::Font("Open Sans"))?;
        let mut file = krilla::Document::new_with(settings()?);
        let mut painted = Vec::new();
        for page in self.pages {
            let (width, height) = (single(PAPER.0), single(PAPER.1));
            let paper = PageSettings::from_wh(width, height)
                .ok_or_else(|| ChartError::Render("the paper has no size".to_owned()))?;
            let mut sheet = file.start_page_with(paper);
            let mut surface = sheet.surface();
            let mut painter = Painter {
                theme,
                faces: &faces,
                surface: &mut surface,
            };
            painted.extend(page.iter().filter_map(|piece| piece.paint(&mut painter)));
            surface.finish();
            sheet.finish();
        }
        file.set_tag_tree(self.tags.tree(&painted));
        file.set_outline(self.outline());
        file.set_metadata(metadata(particulars));
        let refused = |error| ChartError::Render(format!("no accessible PDF: {error:?}"));
        file.finish().map_err(refused)
    }

    fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for heading in self.headings {
            let at = krilla::geom::Point::from_xy(single(MARGINS.0), single(heading.top));
            let place = XyzDestination::new(heading.page, at);
            outline.push_child(OutlineNode::new(heading.text.clone(), place));
        }
        outline
    }
}

impl Piece {
    /// Paints the piece and gives what it was painted as, if it belongs in the tree.
    fn paint(&self, painter: &mut Painter<'_, '_>) -> Option<Identifier> {
        let tag = match self.content {
            Content::Text => ContentTag::Span(SpanTag::empty()),
            Content::Figure => ContentTag::Other,
            Content::Rule => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
            Content::Footer => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)),
        };
        let painted = painter.surface.start_tagged(tag);
        painter.marks(&self.marks, self.place);
        painter.surface.end_tagged();
        let is_read = matches!(self.content, Content::Text | Content::Figure);
        is_read.then_some(painted)
    }
}

/// PDF/UA-1, and nothing that differs from run to run.
fn settings() -> Result<SerializeSettings, ChartError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| ChartError::Render(format!("no accessible PDF: {error:?}")))?;
    Ok(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    })
}

/// What the document says about itself, without a date, which would differ each time.
fn metadata(particulars: &Particulars) -> Metadata {
    Metadata::new()
        .title(one_line(&particulars.title))
        .language(particulars.language.to_owned())
        .producer(particulars.producer.clone())
}
