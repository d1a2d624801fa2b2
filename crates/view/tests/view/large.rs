//! Files with much of one thing.

use pycxray::Item;
use pycxray_view::Span;
use pycxray_view::protocol::{Action, Hue, Request, Ribbon, SearchAction, Task, Viewport};

use crate::screen::{FILE, Screen};

/// A file of Python 3.12 with this bytecode, these constants and names, made by hand.
fn file(bytecode: &[u8], consts: &[u8], names: &[u8]) -> Vec<u8> {
    let bytes = |content: &[u8]| [b"s", &(content.len() as u32).to_le_bytes()[..], content].concat();
    let mut file = b"\xcb\x0d\x0d\x0a\0\0\0\0\0\0\0\0\0\0\0\0\xe3".to_vec();
    file.extend([0_u32, 0, 0, 1, 0].into_iter().flat_map(u32::to_le_bytes));
    let lines = vec![0xff; bytecode.len() / 16];
    for part in
        [&bytes(bytecode)[..], consts, names, b")\0", &bytes(b""), b"z\x04f.pyz\x01fz\x01f\x01\0\0\0", &bytes(&lines)]
    {
        file.extend(part);
    }
    file.extend(bytes(b""));
    file
}

/// 400,000 instructions: `POP_JUMP_IF_FALSE`, `LOAD_GLOBAL` with its four caches, over and over.
fn long_bytecode() -> Vec<u8> {
    [114, 5, 116, 1, 0, 0, 0, 0, 0, 0, 0, 0].repeat(200_000)
}

#[test]
fn any_part_of_a_long_bytecode_is_listed() {
    let mut screen = Screen::open("long.pyc", &file(&long_bytecode(), b")\x01N", b")\x01z\x01x"));
    assert_eq!(screen.listing_len(), 400_000);
    screen.show_caches(true);
    assert_eq!(screen.listing_len(), 400_000 + 200_000 * 4, "LOAD_GLOBAL has four fields of caches");
    assert_eq!(screen.listing_rows(999_995..1_000_000).len(), 5);
}

#[test]
fn what_takes_long_to_decode_tells_how_far_it_is() {
    let count = 2_500_000_u32;
    let bytes = [&b"["[..], &count.to_le_bytes(), &b"N".repeat(count as usize)].concat();
    let screen = Screen::open("many.bin", &bytes);
    let shares: Vec<f64> = screen.progress.iter().map(|progress| progress.share).collect();
    assert!(screen.progress.iter().all(|progress| progress.document == FILE && progress.task == Task::Decoding));
    assert!(shares.len() >= 2 && shares.is_sorted() && (0.0..=1.0).contains(&shares[0]), "{shares:?}");
}

#[test]
fn a_long_text_is_searched_whole() {
    let mut text = vec![b'.'; 2_000_000];
    text[1_800_000..][..6].copy_from_slice(b"needle");
    let consts = [b")\x02Nu", &2_000_000_u32.to_le_bytes()[..], &text].concat();
    // LOAD_CONST 1; POP_TOP; RETURN_CONST 0
    let mut screen = Screen::open("text.pyc", &file(&[100, 1, 1, 0, 121, 0], &consts, b")\0"));
    screen.search("needle");
    assert_eq!(screen.search_state().map(|state| state.total), Some(2), "the constant, and what loads it");
    screen.search("noodle");
    assert_eq!(screen.search_state().map(|state| state.total), Some(0));
}

#[test]
fn requests_are_answered_while_a_search_goes_on() {
    let mut screen = Screen::open("long.pyc", &file(&long_bytecode(), b")\x01N", b")\x01z\x01x"));
    screen.finish();
    screen.act(Action::Search(SearchAction::Query("op:LOAD".to_owned())));
    let state = screen.search_state().expect("it began");
    assert!(!state.complete && state.total == 0, "nothing is looked at before the engine has nothing else to do");
    let mut steps = 0;
    while screen.engine.is_busy() {
        let mut once = true;
        screen.engine.work(&mut || std::mem::take(&mut once), &mut |_| {});
        steps += 1;
        assert_eq!(screen.tree_rows(0..1).len(), 1);
    }
    assert!(steps >= 10, "{steps} steps");
}

#[test]
fn a_ribbon_of_many_objects_looks_at_some_of_them() {
    let consts = [b"(", &600_000_u32.to_le_bytes()[..], &b"i\x01\0\0\0".repeat(600_000)].concat();
    let mut screen = Screen::open("many.pyc", &file(&[100, 0].repeat(300_000), &consts, b")\0"));
    let segments = &screen.ribbon(Ribbon { view: Span::default(), width: 1_000 }).segments;
    assert_eq!((segments[0].start, segments[segments.len() - 1].end), (0, 1_000));
    assert!(segments.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].span.end == pair[1].span.start));
    let hues: Vec<Hue> = segments.iter().map(|segment| segment.hue).collect();
    assert_eq!(hues, [Hue::Bytecode, Hue::Const, Hue::Lines]);
}

#[test]
fn among_very_many_code_objects_a_place_is_an_offset() {
    let code = file(&[100, 0], b")\x01N", b")\0").split_off(16);
    let many =
        |count: u32| [&file(&[], b"", b"")[..16], b"(", &count.to_le_bytes(), &code.repeat(count as usize)].concat();
    for (count, is_named) in [(9, true), (20_000, false)] {
        let mut screen = Screen::open("many.pyc", &many(count));
        let last = screen.pyc.codes()[count as usize - 1];
        screen.select(Item::Object(last));
        let (chosen, place) = (screen.selected_item(), screen.place().clone());
        assert_eq!((place.code.is_some(), place.offset.is_some()), (is_named, !is_named), "{place:?}");
        screen.select_offset(0);
        assert!(screen.go_to_place(&place));
        assert_eq!(screen.selected_item(), chosen);
    }
}

/// The bytes of a message, as it would be sent.
fn size(screen: &mut Screen, viewport: Viewport) -> usize {
    let mut size = 0;
    screen.engine.handle(Request::Watch { document: Some(FILE), viewport }, Vec::new(), &mut |message| {
        size += postcard::to_allocvec(&message.updates).expect("it can be written").len();
    });
    size
}

#[test]
fn no_message_grows_with_the_file() {
    let rows = pycxray_view::protocol::Rows { start: 1_000, count: 150 };
    let sizes = |bytes: &[u8]| {
        let mut screen = Screen::open("long.pyc", bytes);
        [Viewport::Tree(rows), Viewport::Listing(rows), Viewport::Hex { rows, columns: 16 }]
            .map(|viewport| size(&mut screen, viewport))
    };
    let short = sizes(&file(&long_bytecode()[..240_000], b")\x01N", b")\x01z\x01x"));
    let long = sizes(&file(&long_bytecode(), b")\x01N", b")\x01z\x01x"));
    for (short, long) in short.into_iter().zip(long) {
        assert!(long < short + short / 8 && long < 40_000, "{short} bytes of a short file, {long} of a long one");
    }
}
