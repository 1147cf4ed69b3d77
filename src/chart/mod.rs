//! Charts: each figure is one file with a plain input and one function `draw`.
//!
//! Every input holds numbers that were computed elsewhere and every word that is printed, so the
//! caller chooses the language. A chart places and formats; it never estimates, and it writes no
//! files. The same input gives the same bytes.
//!
//! A figure lays itself out on a page (title, body, caption) and adds marks to a canvas, in logical
//! pixels. The marks become [`svg::Svg`] through `backend`, where plotters writes the SVG text; a
//! PNG through resvg with embedded fonts; or a page of a tagged PDF through krilla.
//!
//! plotters is the drawing backend and nothing more: its coordinate systems and axes are not used,
//! because every text is measured and placed here, so that no two texts overlap.

pub mod numbers;
pub mod palette;

mod input;
mod font;
mod mark;

pub mod theme;

mod text;
mod backend;

pub mod svg;

mod canvas;
mod page;
mod scale;
mod axis;
mod date_axis;
mod legend;
mod direct_labels;
mod point_labels;
mod row_labels;
mod titled_plot;
mod multiples;
mod bar_panels;

pub mod dose;
pub mod fan;
pub mod forest;
pub mod funnel;
pub mod icons;
pub mod ladder;
pub mod phases;
pub mod ranges;
pub mod survival;
pub mod tile_map;
pub mod timeline;
pub mod tornado;
pub mod tradeoff;
pub mod transfers;
pub mod waterfall;
pub mod week_lines;

pub(crate) mod pdf;

#[cfg(test)]
mod fixture;

pub use input::{ChartError, Estimate};
pub use page::Words;
