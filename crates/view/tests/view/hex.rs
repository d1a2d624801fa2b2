use pycxray::Item;
use pycxray_view::protocol::{Action, Answer, HexAction, HexMove, HexWindow, Hue, Question};

use crate::fixture::{one_of_each, open};
use crate::screen::Screen;

/// The bytes of a window, row by row.
fn rows(window: &HexWindow) -> Vec<String> {
    let row = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    window.bytes.chunks(window.columns as usize).map(row).collect()
}

/// The colour of the byte at an offset.
pub(crate) fn hue_at(window: &HexWindow, offset: u32) -> Hue {
    window.owners[window.owners.partition_point(|owner| owner.offset <= offset) - 1].hue
}

#[test]
fn rows_show_bytes_and_their_owners() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.select(Item::Header);
    assert_eq!((screen.selection().span.start, screen.selection().span.end), (0, 16));
    let window = screen.hex(0..7, 16);
    assert_eq!(rows(window)[1], "e3 00 00 00 00 00 00 00 00 00 00 00 00 04 00 00");
    assert_eq!(rows(window)[6], "04 73 74 6f 70 63 02 00 00 00 01 00 00 00 01 00");
    let starts: Vec<u32> = window.owners.iter().map(|owner| owner.offset).take_while(|offset| *offset <= 8).collect();
    assert_eq!(starts, [0, 4, 8]);
    assert!((0..16).all(|offset| hue_at(window, offset) == Hue::Header));
    assert_eq!(hue_at(window, 0x10), Hue::Code);
    assert_eq!(hue_at(window, 0x25), Hue::Bytecode);
    assert_eq!(hue_at(window, 0x5a), Hue::Const);
}

#[test]
fn every_window_shows_the_same_bytes() {
    for path in one_of_each() {
        let mut screen = open(&path);
        let bytes = screen.pyc.bytes().to_vec();
        for columns in [8, 16, 32] {
            let all = screen.hex(0..usize::MAX, columns).clone();
            assert_eq!(all.bytes, bytes, "{path}");
            assert_eq!(all.total, bytes.len().div_ceil(columns as usize));
            for first in (0..all.total).step_by(5) {
                let window = screen.hex(first..first + 3, columns);
                let start = window.start * columns as usize;
                assert_eq!(window.start, first.min(all.total.saturating_sub(3)), "{path} row {first}");
                assert_eq!(window.bytes, bytes[start..start + window.bytes.len()], "{path} row {first}");
                for offset in start..start + window.bytes.len() {
                    assert_eq!(hue_at(window, offset as u32), hue_at(&all, offset as u32), "{path} at {offset}");
                }
            }
        }
    }
}

/// Where the cursor is after a key.
fn moved(screen: &mut Screen, to: HexMove, extend: bool) -> u32 {
    screen.act(Action::Hex(HexAction::Move { to, extend, columns: 16, page: 10 }));
    screen.selection().cursor
}

#[test]
fn keys_move_the_cursor_and_the_range() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let last = screen.pyc.bytes().len() as u32 - 1;
    screen.select_offset(0xad);
    let span = |screen: &Screen| (screen.selection().span.start, screen.selection().span.end);
    assert_eq!(moved(&mut screen, HexMove::Right, false), 0xae);
    assert_eq!(moved(&mut screen, HexMove::Down, false), 0xbe);
    assert_eq!(moved(&mut screen, HexMove::RowStart, false), 0xb0);
    assert_eq!(moved(&mut screen, HexMove::RowEnd, true), 0xbf);
    assert_eq!(span(&screen), (0xb0, 0xc0));
    assert_eq!(moved(&mut screen, HexMove::Up, true), 0xaf);
    assert_eq!(span(&screen), (0xaf, 0xb1), "it turns round its anchor");
    assert_eq!(moved(&mut screen, HexMove::End, false), last);
    assert_eq!(moved(&mut screen, HexMove::Right, false), last);
    assert_eq!(moved(&mut screen, HexMove::PageDown, false), last);
    assert_eq!(moved(&mut screen, HexMove::PageUp, false), last - 9 * 16);
    assert_eq!(moved(&mut screen, HexMove::Start, false), 0);
    assert_eq!(moved(&mut screen, HexMove::PageUp, false), 0);
    assert_eq!(moved(&mut screen, HexMove::Left, false), 0);
}

#[test]
fn hovering_names_the_owner() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let Answer::Hover(hover) = screen.ask(Question::Hover { side: None, offset: 0x00b0 }) else {
        panic!("there is a byte")
    };
    assert_eq!(hover.owner, "46 LOAD_GLOBAL › counter");
    assert_eq!((hover.span.start, hover.span.end), (0xaf, 0xb1));
    assert_eq!(screen.ask(Question::Hover { side: None, offset: u32::MAX }), Answer::Nothing);
}
