//! Files for others: pictures of views and tables of the matrix.
//!
//! Everything here gives bytes; writing them to a place is the caller's. The same input gives the same bytes on every
//! machine. Pictures use the print theme whatever the screen shows, and carry no mark of the interface.

mod cards;
mod csv;
mod cutout;
mod exhibit;
mod ladder;
mod notes;
mod png;
mod pocket;
mod sheet;
mod svg;
mod xlsx;

pub use ladder::{ladder_pixels, ladder_svg};

use crate::model::{Date, Document, ElementRef, ViewId};
use crate::scene::Options;
pub use crate::scene::PocketOf;
use crate::scene::display::Display;

/// What is to be exported, and how.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The document.
    pub document: &'a Document,
    /// The view; tables of the matrix take the whole matrix where it is none or no matrix.
    pub view: Option<ViewId>,
    /// What of the view is drawn, with the lines between; all of it where it is none. Tables take no notice.
    pub only: Option<&'a [ElementRef]>,
    /// Figures and marks to be shown.
    pub options: &'a Options,
    /// Pixels per world unit of pictures in pixels.
    pub scale: f32,
    /// Whether the name of the view stands above the picture.
    pub title: bool,
    /// The day that stands beside the title.
    pub date: Option<Date>,
    /// Whether colours and signs are explained below the picture.
    pub legend: bool,
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Whether letters are written as outlines, for programs that lack the font.
    pub text_as_paths: bool,
    /// For a matrix: the paper that it is cut for, and which of the pages this is, from 0.
    pub page: Option<(Paper, usize)>,
    /// Whose pocket card is made in the place of a picture of a view; none for the view.
    pub pocket: Option<PocketOf>,
    /// What an exhibit of the analysis shows, in the place of a view; none for the view.
    pub exhibit: Option<&'a Display>,
    /// Whether a text begins with a byte order mark, which some spreadsheets need to see that it is UTF-8.
    pub byte_order_mark: bool,
}

impl<'a> Input<'a> {
    /// A plain picture of a view, or a table of the matrix.
    pub fn new(document: &'a Document, view: Option<ViewId>, options: &'a Options) -> Self {
        Self {
            document,
            view,
            only: None,
            options,
            scale: 2.0,
            title: false,
            date: None,
            legend: false,
            transparent: false,
            text_as_paths: false,
            page: None,
            pocket: None,
            exhibit: None,
            byte_order_mark: false,
        }
    }
}

/// A size of paper, lying or standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Width in tenths of a millimetre.
    pub width: u16,
    /// Height in tenths of a millimetre.
    pub height: u16,
}

impl Paper {
    /// The sizes by name (ISO 216; ANSI), lying.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("a4", Self { width: 2970, height: 2100 }),
        ("a3", Self { width: 4200, height: 2970 }),
        ("letter", Self { width: 2794, height: 2159 }),
        ("tabloid", Self { width: 4318, height: 2794 }),
    ];

    /// The same paper, turned.
    pub fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// Room inside the margins in world units, of which 96 are an inch.
    fn room(self, margin: f32) -> emath::Vec2 {
        let units = |tenths: u16| f32::from(tenths) / 254.0 * 96.0 - 2.0 * margin;
        emath::Vec2::new(units(self.width), units(self.height))
    }
}

/// How many pages a view takes on a paper; one for all but matrices, which are cut between rows and columns.
pub fn page_count(input: &Input<'_>, paper: Paper) -> usize {
    let paged = Input { page: Some((paper, 0)), ..*input };
    sheet::pages(&paged).map_or(1, |pages| pages.len())
}

/// What an export gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The file.
    pub bytes: Vec<u8>,
    /// What a reader of the file should know, a sentence each.
    pub warnings: Vec<String>,
}

/// Why there is no export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// A picture of no view.
    #[error("a picture shows one view; name the view to be exported")]
    NoView,
    /// A pocket card of nobody.
    #[error("the role or unit of the pocket card is not there any more; choose another one")]
    NoCard,
    /// More pixels than a picture may have.
    #[error(
        "the picture would have {width} × {height} pixels, which is {megapixels} million; the limit is {limit} million. \
         A scale of {fitting} fits; an SVG has no limit"
    )]
    TooLarge {
        /// Pixels from left to right.
        width: u64,
        /// Pixels from top to bottom.
        height: u64,
        /// Their product in millions.
        megapixels: u64,
        /// The most, in millions.
        limit: u64,
        /// The largest scale that fits, rounded down.
        fitting: String,
    },
    /// A page that there is not.
    #[error("there is no page {wanted}; the view takes {count}")]
    NoPage {
        /// The page, from 1.
        wanted: usize,
        /// How many there are.
        count: usize,
    },
    /// A scale that is no scale.
    #[error("a scale is a number between 0.05 and 32")]
    Scale,
    /// What an encoder refused.
    #[error("the {format} file could not be made: {reason}")]
    Encoding {
        /// Label of the format.
        format: &'static str,
        /// Its own words.
        reason: String,
    },
}

/// What kind of file a format makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture of one view.
    Picture,
    /// A table.
    Table,
    /// A text to be read.
    Text,
}

/// A format of export.
pub struct Format {
    /// What it is called on the command line.
    pub id: &'static str,
    /// What it is called in menus.
    pub label: &'static str,
    /// Ending of its files, without the point.
    pub extension: &'static str,
    /// What it makes.
    pub kind: Kind,
    /// Makes it.
    pub export: fn(&Input<'_>) -> Result<Output, ExportError>,
}

/// A picture as pixels, for a clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: usize,
    /// From top to bottom.
    pub height: usize,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

/// The pixels that a PNG picture would have.
///
/// # Errors
/// The same as those of the PNG format.
pub fn pixels(input: &Input<'_>) -> Result<Pixels, ExportError> {
    png::pixels(input)
}

/// Every format, sorted by id.
pub const FORMATS: &[Format] =
    &[cards::FORMAT, csv::FORMAT, notes::FORMAT, png::FORMAT, pocket::FORMAT, svg::FORMAT, xlsx::FORMAT];

/// The format with this id.
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_sorted_and_found_by_their_id() {
        assert!(FORMATS.is_sorted_by(|one, next| one.id < next.id));
        for one in FORMATS {
            assert_eq!(format(one.id).map(|found| found.label), Some(one.label));
        }
        assert!(format("docx").is_none());
    }

    #[test]
    fn a_picture_needs_a_view() {
        let document = Document::default();
        let options = Options::default();
        for format in FORMATS.iter().filter(|format| format.kind == Kind::Picture) {
            assert_eq!((format.export)(&Input::new(&document, None, &options)), Err(ExportError::NoView));
        }
    }
}
