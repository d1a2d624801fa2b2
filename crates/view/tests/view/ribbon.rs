use pycxray_view::Span;
use pycxray_view::protocol::{Action, Answer, Hue, Question, Ribbon};

use super::hex::hue_at;
use crate::fixture::{one_of_each, open};
use crate::screen::Screen;

/// The whole file, a pixel a byte.
fn whole(screen: &Screen) -> Ribbon {
    let size = screen.pyc.bytes().len() as u32;
    Ribbon { view: Span::new(0, size), width: size }
}

#[test]
fn segments_cover_the_ribbon_without_gaps() {
    for path in one_of_each() {
        let mut screen = open(&path);
        let size = screen.pyc.bytes().len() as u32;
        for width in [1, 7, 100, 1_400, size, size * 3 + 1] {
            for view in [Span::new(0, size), Span::new(size / 3, size / 2 + 1)] {
                let segments = &screen.ribbon(Ribbon { view, width }).segments;
                let (mut pixel, mut byte) = (0, view.start);
                for segment in segments {
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
        let mut screen = open(&path);
        let whole = whole(&screen);
        let segments = screen.ribbon(whole).segments.clone();
        let hex = screen.hex(0..1, whole.width);
        for segment in segments {
            for pixel in segment.start..segment.end {
                assert_eq!(segment.hue, hue_at(hex, pixel), "{path} at {pixel:#x}");
            }
        }
    }
}

#[test]
fn a_pixel_leads_to_a_part_and_its_name() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let ribbon = whole(&screen);
    assert_eq!(screen.ask_text(Question::RibbonHover { ribbon, pixel: 0xad }), "walrus › bytecode · 215 bytes");
    assert_eq!(screen.ask_text(Question::RibbonHover { ribbon, pixel: 0 }), "header · 16 bytes");
    let drawn = screen.ribbon(ribbon);
    assert_eq!(drawn.segments[0].hue, Hue::Header);
    assert!(!drawn.segments[0].selected && drawn.segments[1].selected, "the module is chosen first");
    assert_eq!(drawn.owner.as_deref(), Some("<module> › type code · 1 byte"));
    let nothing = Ribbon { width: 700, ..Ribbon::default() };
    assert_eq!(screen.ribbon(nothing).ribbon, Ribbon { width: 700, ..ribbon }, "nothing asked for is the whole");
    assert_ne!(screen.ask(Question::RibbonHover { ribbon: nothing, pixel: 0 }), Answer::Nothing);
}

#[test]
fn the_ribbon_is_clicked_and_stepped_through() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let ribbon = whole(&screen);
    screen.act(Action::RibbonSelect { ribbon, pixel: 0xad });
    assert_eq!(screen.path(), "<module>.co_consts[2].co_code");
    let end = screen.selection().span.end;
    screen.act(Action::RibbonStep { ribbon, forward: true });
    assert!(screen.selection().span.contains(end));
    screen.act(Action::RibbonStep { ribbon, forward: false });
    assert!(screen.selection().span.start < end);
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
