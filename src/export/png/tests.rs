//! Tests of pictures in pixels.

use super::super::testing;
use super::*;
use crate::model::{Unit, View, ViewKind};
use crate::scene::Options;

fn decoded(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn every_view_gives_a_picture_with_ink_the_same_each_time() {
    let bakery = testing::bakery();
    for view in bakery.views() {
        let input = Input { title: true, legend: true, ..Input::new(&bakery.document, Some(view), &bakery.options) };
        let output = export(&input).unwrap();
        assert_eq!(output, export(&input).unwrap());
        assert_eq!(output.warnings, Vec::<String>::new());
        let (width, height, pixels) = decoded(&output.bytes);
        assert!(width > 400 && height > 200);
        let dark = pixels.chunks_exact(3).filter(|pixel| pixel.iter().all(|part| *part < 96)).count();
        assert!(dark > 1000, "{dark} dark pixels");
        assert_eq!(pixels.get(..3), Some(&[255, 255, 255][..]), "the margin is paper");
        if let Ok(folder) = std::env::var("REMIT_PICTURES") {
            let name = &bakery.document.get::<View>(view).unwrap().name;
            for (theme, word) in [(Theme::print(), ""), (Theme::light(), "-light"), (Theme::dark(), "-dark")] {
                let bytes = render(&input, theme).unwrap().bytes;
                std::fs::write(format!("{folder}/{name}{word}.png"), bytes).unwrap();
            }
        }
    }
}

#[test]
fn a_transparent_picture_has_no_paper() {
    let bakery = testing::bakery();
    let input = Input { transparent: true, ..Input::new(&bakery.document, Some(bakery.chart), &bakery.options) };
    let (_, _, pixels) = decoded(&export(&input).unwrap().bytes);
    assert_eq!(pixels.get(..4), Some(&[0; 4][..]));
}

#[test]
fn a_scale_that_would_fill_the_memory_is_refused_with_one_that_fits() {
    let bakery = testing::bakery();
    let input = Input { scale: 32.0, ..Input::new(&bakery.document, Some(bakery.chart), &bakery.options) };
    let Err(ExportError::TooLarge { fitting, .. }) = export(&input) else { panic!("not refused") };
    let fits = Input { scale: fitting.parse().unwrap(), ..input };
    assert!(pixel_size(&sheet(&fits).unwrap(), fits.scale).is_ok());
    assert_eq!(export(&Input { scale: f32::NAN, ..input }), Err(ExportError::Scale));
}

#[test]
fn letters_that_the_font_lacks_are_named() {
    let mut document = crate::model::Document::default();
    document.insert(Unit::new("店 Shop"));
    let view = document.insert(View::new("Chart", ViewKind::organisation(None)));
    let options = Options::default();
    let output = export(&Input::new(&document, Some(view), &options)).unwrap();
    assert!(output.warnings.iter().any(|warning| warning.contains('店')), "{:?}", output.warnings);
}
