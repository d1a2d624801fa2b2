use pycxray_view::{HexRow, HexStep, Hue, Item};

use crate::fixture::{one_of_each, open};

fn text(row: &HexRow) -> String {
    let bytes: Vec<String> = row.cells.iter().map(|cell| format!("{:02x}", cell.byte)).collect();
    let text: String = row.cells.iter().map(|cell| cell.text).collect();
    format!("{:06x} {} {text}", row.offset, bytes.join(" "))
}

#[test]
fn rows_show_bytes_and_their_owners() {
    let mut document = open("cpython-3.12/py38.pyc");
    document.select(Item::Header);
    let rows = document.hex_rows(0, 7, 16);
    assert_eq!(text(&rows[1]), "000010 e3 00 00 00 00 00 00 00 00 00 00 00 00 04 00 00 ················");
    assert_eq!(text(&rows[6]), "000060 04 73 74 6f 70 63 02 00 00 00 01 00 00 00 01 00 ·stopc··········");
    assert!(rows[0].cells.iter().all(|cell| cell.hue == Hue::Header && cell.selected));
    assert_eq!(
        rows[0].cells.iter().map(|cell| cell.starts).collect::<Vec<_>>()[..9],
        [true, false, false, false, true, false, false, false, true]
    );
    assert_eq!(rows[1].cells[0].hue, Hue::Code);
    assert_eq!(rows[2].cells[5].hue, Hue::Bytecode);
    assert_eq!(rows[5].cells[10].hue, Hue::Const);
}

#[test]
fn every_window_shows_the_same_bytes() {
    for path in one_of_each() {
        let document = open(&path);
        let bytes = document.pyc().bytes();
        for columns in [8, 16, 32] {
            let all = document.hex_rows(0, document.hex_len(columns), columns);
            assert!(all.iter().flat_map(|row| &row.cells).map(|cell| cell.byte).eq(bytes.iter().copied()), "{path}");
            for first in (0..document.hex_len(columns)).step_by(5) {
                let window = document.hex_rows(first, 3, columns);
                let end = (first as usize + 3).min(all.len());
                assert_eq!(window, all[first as usize..end], "{path} row {first}");
            }
        }
    }
}

#[test]
fn keys_move_the_cursor_and_the_range() {
    let mut document = open("cpython-3.12/py38.pyc");
    let last = document.pyc().bytes().len() as u32 - 1;
    document.select_offset(0xad);
    assert_eq!(document.hex_key(HexStep::Right, false, 16, 10), 0xae);
    assert_eq!(document.hex_key(HexStep::Down, false, 16, 10), 0xbe);
    assert_eq!(document.hex_key(HexStep::RowStart, false, 16, 10), 0xb0);
    assert_eq!(document.hex_key(HexStep::RowEnd, true, 16, 10), 0xbf);
    assert_eq!((document.selection().span.start, document.selection().span.end), (0xb0, 0xc0));
    assert_eq!(document.hex_key(HexStep::Up, true, 16, 10), 0xaf);
    assert_eq!(
        (document.selection().span.start, document.selection().span.end),
        (0xaf, 0xb1),
        "it turns round its anchor"
    );
    assert_eq!(document.hex_key(HexStep::End, false, 16, 10), last);
    assert_eq!(document.hex_key(HexStep::Right, false, 16, 10), last);
    assert_eq!(document.hex_key(HexStep::PageDown, false, 16, 10), last);
    assert_eq!(document.hex_key(HexStep::PageUp, false, 16, 10), last - 9 * 16);
    assert_eq!(document.hex_key(HexStep::Start, false, 16, 10), 0);
    assert_eq!(document.hex_key(HexStep::PageUp, false, 16, 10), 0);
    assert_eq!(document.hex_key(HexStep::Left, false, 16, 10), 0);
}

#[test]
fn hovering_names_the_owner() {
    let document = open("cpython-3.12/py38.pyc");
    let hover = document.hex_hover(0x00b0).expect("there is a byte");
    assert_eq!(hover.owner, "46 LOAD_GLOBAL › counter");
    assert_eq!((hover.span.start, hover.span.end), (0xaf, 0xb1));
}
