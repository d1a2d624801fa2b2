//! All that the page can ask of an engine, asked of any file whatever. The mutation run and the fuzz target call this.

#![allow(unreachable_pub, reason = "the fuzz target takes it as a module of its own")]

use pycxray_view::Span;
use pycxray_view::protocol::{
    Action, Answer, CopyAs, ExportKind, HexAction, HexMove, ItemKey, Place, Question, Request, Ribbon, RowKey,
    SearchAction, TreeAction,
};

use crate::screen::{FILE, Screen};

/// How many rows are looked at, at each end.
const ROWS: usize = 60;
/// How many items are chosen in turn.
const CHOSEN: usize = 12;

/// Opens, unfolds, chooses, searches, writes out.
pub fn document(name: &str, bytes: &[u8]) {
    let mut screen = Screen::open(name, bytes);
    rows(&mut screen);
    hex(&mut screen);
    listing(&mut screen);
    search(&mut screen);
    screen.finish();
    let problems = screen.problems();
    assert!(problems.complete);
    let (wrong, findings) = (problems.problems.shown.clone(), problems.findings.shown.clone());
    for problem in wrong.iter().take(20).chain(findings.iter().take(20)) {
        screen.act(Action::SelectSpan { span: problem.span, item: problem.item });
        assert!(screen.selected_item().is_some() || bytes.is_empty(), "{problem:?}");
    }
    rows(&mut screen);
    ribbon(&mut screen);
    for kind in ExportKind::ALL {
        screen.ask_all(Question::Export(kind));
    }
    assert!(screen.progress.iter().all(|progress| (0.0..=1.0).contains(&progress.share)));
    screen.ask_text(Question::ListingText { limit: 10_000 });
    let keys: Vec<ItemKey> = screen.tree_rows(0..CHOSEN).into_iter().map(|row| row.item).collect();
    let python = screen.summary().pythons.last().map(|python| python.name.clone());
    screen.send(Request::ReadAs { id: FILE, python });
    // The page may not have heard of the other reading yet.
    for item in keys {
        screen.act(Action::Tree(TreeAction::Enter(item)));
        screen.select(item);
        screen.ask(Question::Value);
    }
}

fn rows(screen: &mut Screen) {
    let top: Vec<ItemKey> =
        screen.tree_rows(0..ROWS).iter().filter(|row| row.depth == 0).map(|row| row.item).take(CHOSEN).collect();
    for item in top {
        screen.expand_all(item);
    }
    let length = screen.tree_len();
    let mut rows = screen.tree_rows(0..length.min(ROWS));
    rows.extend(screen.tree_rows(length.saturating_sub(ROWS)..length));
    for row in &rows {
        assert!(row.span.end <= screen.summary().size, "{row:?}");
        assert!(row.position >= 1 && row.position <= row.set_size, "{row:?}");
    }
    let step = (rows.len() / CHOSEN).max(1);
    for row in rows.iter().step_by(step) {
        screen.select(row.item);
        assert_eq!(screen.selected_item(), Some(row.item));
        let at = screen.tree_selected_row().expect("what is open can be seen");
        assert_eq!(screen.tree_rows(at..at + 1)[0].item, row.item);
        screen.path();
        screen.ask_text(Question::Value);
        let place = screen.place().clone();
        assert!(screen.go_to_place(&Place::parse(&place.fragment())), "{place:?}");
        screen.act(Action::Tree(TreeAction::Enter(row.item)));
    }
    use RowKey::{Down, End, Enter, Home, Left, PageUp, Right, Toggle, Up};
    for key in [Home, Down, Right, Left, Enter, End, PageUp, Up, Toggle] {
        screen.tree_key(key, 7);
    }
    screen.act(Action::Tree(TreeAction::TypeAhead("co".to_owned())));
    screen.act(Action::Tree(TreeAction::CollapseSiblings));
}

fn hex(screen: &mut Screen) {
    let length = screen.summary().size;
    for columns in [8, 16, 32] {
        let rows = screen.hex(0..20, columns).total;
        assert_eq!(rows, length.div_ceil(columns) as usize);
        assert!(!screen.hex(rows.saturating_sub(5)..rows + 5, columns).bytes.is_empty() || length == 0);
    }
    let step = (length / CHOSEN as u32).max(1) as usize;
    for offset in (0..length).step_by(step) {
        assert!(matches!(screen.ask(Question::Hover { side: None, offset }), Answer::Hover(_)));
        screen.select_offset(offset);
        screen.act(Action::Hex(HexAction::Move { to: HexMove::Down, extend: false, columns: 16, page: 10 }));
        screen.act(Action::Hex(HexAction::Move { to: HexMove::Right, extend: true, columns: 16, page: 10 }));
        for form in CopyAs::ALL {
            assert!(!screen.ask_text(Question::CopyBytes(form)).is_empty());
        }
    }
}

fn listing(screen: &mut Screen) {
    screen.show_caches(true);
    for row in screen.all_outline_rows().into_iter().take(CHOSEN) {
        screen.select(row.item);
        let length = screen.listing_len();
        let rows = screen.listing_rows(0..length.min(ROWS));
        assert_eq!(rows.len(), length.min(ROWS));
        if let Some(row) = rows.get(rows.len() / 2) {
            screen.select(row.item);
        }
        screen.listing_key(RowKey::Down, 9);
        screen.listing_rows(length.saturating_sub(ROWS)..length);
    }
}

fn search(screen: &mut Screen) {
    for query in ["a", "hex:00 ?0", "\"\\x01\"", "LOAD", "hex:zz", "1"] {
        screen.search(query);
        let state = screen.search_state().expect("a search");
        assert!(state.complete, "{query}: {state:?}");
        let hits = screen.found(0..CHOSEN).rows.len();
        for hit in 0..hits {
            screen.act(Action::Search(SearchAction::Select(hit)));
        }
        screen.act(Action::Search(SearchAction::Next));
        screen.act(Action::Search(SearchAction::Previous));
    }
}

fn ribbon(screen: &mut Screen) {
    let size = screen.summary().size;
    let whole = screen.ribbon(Ribbon { view: Span::default(), width: 300 }).ribbon;
    let zoomed = whole.zoomed(150, 9.0, size);
    screen.ribbon(zoomed);
    for ribbon in [whole, zoomed] {
        for pixel in [0, 100, 299] {
            screen.ask(Question::RibbonHover { ribbon, pixel });
            screen.act(Action::RibbonSelect { ribbon, pixel });
            screen.act(Action::RibbonStep { ribbon, forward: pixel > 0 });
        }
    }
}
