use pycxray_view::{Document, Key};

use crate::fixture::{one_of_each, open};

#[test]
fn every_byte_leads_to_a_row_that_has_it() {
    for path in one_of_each() {
        let mut document = open(&path);
        for offset in 0..document.pyc().bytes().len() as u32 {
            document.select_offset(offset);
            let selection = document.selection();
            assert!(selection.span.contains(offset), "{path} at {offset:#x}");
            let item = selection.item.expect("it is something");
            assert_eq!(document.pyc().span(item), selection.span);
            let row =
                document.tree_selected_row().unwrap_or_else(|| panic!("{path} at {offset:#x}: {item:?} has no row"));
            let row = &document.tree_rows(row..row + 1)[0];
            assert!(row.selected && row.span.covers(selection.span), "{path} at {offset:#x}: {row:?}");
            let columns = 16;
            let cells = &document.hex_rows(document.hex_selected_row(columns), 1, columns)[0];
            assert!(cells.cells[(offset - cells.offset) as usize].selected, "{path} at {offset:#x}");
            document.select(item);
            assert_eq!(document.selection().span, selection.span, "the item has the bytes that led to it");
        }
    }
}

#[test]
fn a_click_on_a_byte_chooses_what_a_reader_means() {
    let mut document = open("cpython-3.12/py38.pyc");
    document.select_offset(0xad);
    assert_eq!(document.status(), "0x00ad–0x00b6 · 10 bytes selected");
    let crumbs: Vec<String> = document.crumbs().into_iter().map(|crumb| crumb.label).collect();
    assert_eq!(crumbs.join(" › "), "<module> › constants › walrus › bytecode › 46 LOAD_GLOBAL");
    assert_eq!(document.path(document.selected_item().expect("chosen")), "<module>.co_consts[2].co_code[46]");
}

#[test]
fn a_range_chooses_what_it_lies_in() {
    let mut document = open("cpython-3.12/py38.pyc");
    document.select_range(0xaf, 0xad);
    assert_eq!(document.status(), "0x00ad–0x00af · 3 bytes selected");
    assert_eq!(document.crumbs().last().expect("a path").label, "46 LOAD_GLOBAL");
    document.select_range(0xad, 0xbb);
    assert_eq!(document.crumbs().last().expect("a path").label, "bytecode");
    assert_eq!(document.selected_bytes().len(), 15);
}

#[test]
fn the_history_goes_back_and_forward() {
    let mut document = open("cpython-3.12/py38.pyc");
    assert!(!document.can_go_back() && !document.back());
    document.select_offset(0xad);
    document.select_offset(0x20);
    assert!(document.back());
    assert_eq!(document.selection().span.start, 0xad);
    assert!(document.back());
    assert_eq!(document.selection().span.start, 16, "the module is chosen first");
    assert!(!document.can_go_back());
    assert!(document.forward() && document.forward() && !document.forward());
    assert_eq!(document.cursor(), 0x20);
    // Walking with the arrows is one step.
    for _ in 0..5 {
        document.tree_key(Key::Down, 20);
    }
    assert!(document.back());
    assert_eq!(document.cursor(), 0x20);
    // A new choice drops what was gone back over.
    document.select_offset(0x65);
    assert!(!document.can_go_forward());
}

#[test]
fn files_that_are_none_are_shown_all_the_same() {
    for bytes in [&b""[..], b"\xcb", b"\xcb\r\r\n", b"hello, world", &[0; 64], b"\xcb\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0"] {
        let mut document = Document::open("odd.pyc", bytes.to_vec());
        assert!(document.trouble_count() > 0 || bytes.is_empty(), "{bytes:?}");
        assert!(!document.problems().is_empty(), "{bytes:?}");
        for problem in document.problems().to_vec() {
            document.select_problem(&problem);
        }
        for offset in 0..bytes.len() as u32 {
            document.select_offset(offset);
            assert!(document.selection().span.contains(offset));
        }
        document.tree_key(Key::Down, 10);
        let _ = (document.summary(), document.card(), document.status(), document.crumbs());
    }
}
