//! The file: pages with their structure, outline and metadata.

use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use crate::chart::input::ChartError;
use crate::chart::mark::Mark;
use crate::chart::pdf::paint::{Faces, MARGINS, PAPER, Painter, Place, single};
use crate::chart::pdf::tags::Tags;
use crate::chart::text::one_line;
use crate::chart::theme::Theme;

/// Title, language (as in RFC 5646) and producer of a document, and the footer of each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentInfo {
    pub(crate) title: String,
    pub(crate) language: &'static str,
    pub(crate) producer: String,
    pub(crate) footer: String,
}

/// Marks that belong together.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) content: Content,
    pub(super) marks: Vec<Mark>,
    pub(super) place: Place,
}

/// The role of a piece for assistive technology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A line of text.
    Text,
    Figure,
    /// A decorative line.
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
pub(super) struct File<'a> {
    pub(super) pages: &'a [Vec<Piece>],
    pub(super) tags: &'a Tags,
    pub(super) headings: &'a [Heading],
}

impl File<'_> {
    /// The bytes of the file.
    ///
    /// # Errors
    /// As `Document::finish`.
    pub(super) fn write(&self, theme: &Theme, info: &DocumentInfo) -> Result<Vec<u8>, ChartError> {
        let faces = Faces::load().ok_or(ChartError::Font("Open Sans"))?;
        let mut file = krilla::Document::new_with(settings()?);
        let mut painted = Vec::new();
        for page in self.pages {
            let (width, height) = (single(PAPER.0), single(PAPER.1));
            let paper = PageSettings::from_wh(width, height)
                .ok_or_else(|| ChartError::Render("the paper has no size".to_owned()))?;
            let mut drawn = file.start_page_with(paper);
            let mut surface = drawn.surface();
            let mut painter = Painter {
                theme,
                faces: &faces,
                surface: &mut surface,
            };
            painted.extend(page.iter().filter_map(|piece| piece.paint(&mut painter)));
            surface.finish();
            drawn.finish();
        }
        file.set_tag_tree(self.tags.tree(&painted));
        file.set_outline(self.outline());
        file.set_metadata(metadata(info));
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
fn metadata(info: &DocumentInfo) -> Metadata {
    Metadata::new()
        .title(one_line(&info.title))
        .language(info.language.to_owned())
        .producer(info.producer.clone())
}
