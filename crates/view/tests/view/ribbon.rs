use pycxray_view::{Hue, Ribbon, Span};

use crate::fixture::{one_of_each, open};

#[test]
fn segments_cover_the_ribbon_without_gaps() {
    for path in one_of_each() {
        let document = open(&path);
        let size = document.pyc().bytes().len() as u32;
        for width in [1, 7, 100, 1_400, size, size * 3 + 1] {
            for view in [Span::new(0, size), Span::new(size / 3, size / 2 + 1)] {
                let segments = document.ribbon(Ribbon { view, width });
                let (mut pixel, mut byte) = (0, view.start);
                for segment in &segments {
                    assert_eq!((segment.start, segment.span.start), (pixel, byte), "{path} {width} {view}");
                    assert!(segment.end > segment.start && !segment.span.is_empty());
                    (pixel, byte) = (segment.end, segment.span.end);
                }
                assert_eq!((pixel, byte), (width, view.end), "{path} {width} {view}");
                assert!(segments.windows(2).all(|pair| pair[0].hue != pair[1].hue));
            }
        }
    }
}

#[test]
fn at_a_pixel_a_byte_each_segment_has_the_colour_of_its_bytes() {
    for path in one_of_each() {
        let document = open(&path);
        let whole = document.whole_ribbon(document.pyc().bytes().len() as u32);
        let segments = document.ribbon(whole);
        let cells: Vec<Hue> = document.hex_rows(0, 1, whole.width)[0].cells.iter().map(|cell| cell.hue).collect();
        for segment in segments {
            for pixel in segment.start..segment.end {
                assert_eq!(segment.hue, cells[pixel as usize], "{path} at {pixel:#x}");
            }
        }
    }
}

#[test]
fn a_pixel_leads_to_a_part_and_its_name() {
    let document = open("cpython-3.12/py38.pyc");
    let whole = document.whole_ribbon(document.pyc().bytes().len() as u32);
    let (_, name) = document.ribbon_at(whole, 0xad).expect("there is something");
    assert_eq!(name, "walrus › bytecode · 215 bytes");
    let (_, name) = document.ribbon_at(whole, 0).expect("there is something");
    assert_eq!(name, "header · 16 bytes");
    assert_eq!(document.ribbon(whole)[0].hue, Hue::Header);
    assert!(!document.ribbon(whole)[0].selected && document.ribbon(whole)[1].selected, "the module is chosen first");
}

#[test]
fn zooming_keeps_the_byte_under_the_pointer() {
    let file = 1_000_000;
    let whole = Ribbon { view: Span::new(0, file), width: 1_000 };
    let mut ribbon = whole;
    for _ in 0..40 {
        let before = ribbon.offset(700);
        ribbon = ribbon.zoomed(700, 0.8, file);
        assert!(ribbon.offset(700).abs_diff(before) <= ribbon.view.len() / 1_000 + 2, "{ribbon:?}");
    }
    assert!(ribbon.view.len() >= 62, "bytes stay smaller than 16 pixels");
    for _ in 0..60 {
        ribbon = ribbon.zoomed(10, 1.5, file);
    }
    assert_eq!(ribbon, whole);
    let near = whole.zoomed(500, 0.1, file);
    assert_eq!(near.panned(-100_000, file).view.start, 0);
    assert_eq!(near.panned(100_000, file).view.end, file);
    let (start, end) = whole.frame(Span::new(999_990, 1_000_000), 8);
    assert_eq!((start, end), (992, 1_000), "a frame can always be seen");
}
