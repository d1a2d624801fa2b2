//! All that the page can ask of a document, asked of any file whatever. The mutation run and the fuzz target call this.

#![allow(unreachable_pub, reason = "the fuzz target takes it as a module of its own")]

use pycxray_view::{CopyAs, Document, Export, ExportKind, HexStep, Key, Place};

/// How many rows are looked at, at each end.
const ROWS: usize = 60;
/// How many items are chosen in turn.
const CHOSEN: usize = 12;

/// Opens, unfolds, chooses, searches, writes out.
pub fn document(name: &str, bytes: &[u8]) {
    let mut document = Document::open(name, bytes.to_vec());
    rows(&mut document);
    hex(&mut document);
    listing(&mut document);
    search(&mut document);
    while !document.inspect_step(Some(1_700_000_000), 200) {}
    assert!(document.is_inspected());
    for problem in document.problems().to_vec().iter().take(20) {
        document.select_problem(problem);
        assert!(document.selection().item.is_some() || bytes.is_empty(), "{problem:?}");
    }
    for finding in document.findings().to_vec().iter().take(20) {
        document.select_problem(finding);
    }
    rows(&mut document);
    ribbon(&mut document);
    std::hint::black_box((document.summary(), document.pythons()));
    for kind in ExportKind::ALL {
        let mut export = Export::new(&document, kind);
        while !export.step(&document, 100) {
            assert!((0.0..=1.0).contains(&export.progress()));
        }
        std::hint::black_box(export.take());
    }
}

fn rows(document: &mut Document) {
    let top: Vec<_> = document.pyc().top().take(CHOSEN).collect();
    for item in top {
        document.tree_expand_all(item);
    }
    let length = document.tree_len();
    let mut rows = document.tree_rows(0..length.min(ROWS));
    rows.extend(document.tree_rows(length.saturating_sub(ROWS)..length));
    for row in &rows {
        assert!(row.span.end as usize <= document.pyc().bytes().len(), "{row:?}");
        assert!(row.position >= 1 && row.position <= row.set_size, "{row:?}");
        std::hint::black_box((document.card_of(row.item), document.path(row.item), document.value_text(row.item)));
    }
    let step = (rows.len() / CHOSEN).max(1);
    for row in rows.iter().step_by(step) {
        document.select(row.item);
        assert_eq!(document.selected_item(), Some(row.item));
        let at = document.tree_selected_row().expect("what is open can be seen");
        assert_eq!(document.tree_rows(at..at + 1)[0].item, row.item);
        let place = document.place();
        assert!(document.go_to_place(&Place::parse(&place.fragment())), "{place:?}");
        if let Some(target) = document.follow(row.item) {
            document.select(target);
        }
        std::hint::black_box((document.card(), document.status(), document.crumbs()));
    }
    for key in [Key::Home, Key::Down, Key::Right, Key::Left, Key::Enter, Key::End, Key::PageUp, Key::Up, Key::Toggle] {
        document.tree_key(key, 7);
    }
    while document.back() {}
    document.forward();
}

fn hex(document: &mut Document) {
    let length = document.pyc().bytes().len() as u32;
    for columns in [8, 16, 32] {
        let rows = document.hex_len(columns);
        assert_eq!(rows, length.div_ceil(columns));
        let drawn =
            document.hex_rows(0, 20, columns).len() + document.hex_rows(rows.saturating_sub(5), 20, columns).len();
        assert!(drawn > 0 || length == 0);
    }
    let step = (length / CHOSEN as u32).max(1) as usize;
    for offset in (0..length).step_by(step) {
        assert!(document.hex_hover(offset).is_some());
        document.select_offset(offset);
        document.hex_key(HexStep::Down, false, 16, 10);
        document.hex_key(HexStep::Right, true, 16, 10);
        for form in [CopyAs::Hex, CopyAs::Text, CopyAs::Python, CopyAs::Rust, CopyAs::C] {
            assert!(!document.copy(form).is_empty());
        }
    }
}

fn listing(document: &mut Document) {
    document.listing_show_caches(true);
    for row in document.outline_rows(0..document.outline_len().min(CHOSEN)) {
        document.select(row.item);
        let length = document.listing_len();
        let rows = document.listing_rows(0..length.min(ROWS));
        assert_eq!(rows.len(), length.min(ROWS));
        std::hint::black_box((document.listing_lanes(), document.listing_crumbs(), document.outline_current()));
        document.listing_select_row(length / 2);
        document.listing_key(Key::Down, 9);
        std::hint::black_box(document.listing_rows(length.saturating_sub(ROWS)..length));
    }
}

fn search(document: &mut Document) {
    for query in ["a", "hex:00 ?0", "\"\\x01\"", "LOAD", "hex:zz", "1"] {
        document.search(query);
        while !document.search_step(500) {}
        let state = document.search_state().expect("a search");
        assert!(state.complete || state.error.is_some(), "{query}: {state:?}");
        let hits = document.search_hits(0..CHOSEN);
        for position in 0..hits.len() {
            document.search_select(position);
        }
        document.search_next();
        document.search_previous();
    }
}

fn ribbon(document: &mut Document) {
    let whole = document.whole_ribbon(300);
    std::hint::black_box(document.ribbon(whole));
    let zoomed = whole.zoomed(150, 9.0, document.pyc().bytes().len() as u32);
    std::hint::black_box(document.ribbon(zoomed));
    for pixel in [0, 100, 299] {
        std::hint::black_box((document.ribbon_at(whole, pixel), document.ribbon_at(zoomed, pixel)));
    }
}
