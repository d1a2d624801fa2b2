//! Files with much of one thing: what is asked of them at once was made in slices before, whose number is counted here.

use pycxray_view::{Document, Hue, Loading};

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
fn a_long_bytecode_is_prepared_in_slices() {
    let bytes = file(&long_bytecode(), b")\x01N", b")\x01z\x01x");
    let mut loading = Loading::new("long.pyc", bytes);
    let (mut steps, mut progress) = (0, 0.0);
    while !loading.step(1_000) {
        steps += 1;
        assert!((progress..=1.0).contains(&loading.progress()), "{progress} then {}", loading.progress());
        progress = loading.progress();
    }
    // A walk for the index, one for the lines, one for the jumps and rows.
    assert!(steps >= 400 + 150 + 400, "{steps} slices");
    let mut document = loading.finish();
    assert_eq!(document.listing_len(), 400_000);
    document.listing_show_caches(true);
    assert_eq!(document.listing_len(), 400_000 + 200_000 * 4, "LOAD_GLOBAL has four fields of caches");
    let rows = document.listing_rows(999_995..1_000_000);
    assert_eq!(rows.len(), 5);
}

/// Whether a search finds something, and in how many slices.
fn searched(document: &mut Document, query: &str) -> (usize, usize) {
    document.search(query);
    let mut steps = 1;
    while !document.search_step(100) {
        steps += 1;
    }
    (document.search_state().map_or(0, |state| state.total), steps)
}

#[test]
fn a_long_text_is_searched_in_slices() {
    let mut text = vec![b'.'; 2_000_000];
    // Over the end of a slice of 100 times 256 bytes.
    text[25_600 * 3 - 2..][..6].copy_from_slice(b"needle");
    let consts = [b")\x02Nu", &2_000_000_u32.to_le_bytes()[..], &text].concat();
    // LOAD_CONST 1; POP_TOP; RETURN_CONST 0
    let mut document = Document::open("text.pyc", file(&[100, 1, 1, 0, 121, 0], &consts, b")\0"));
    let (found, steps) = searched(&mut document, "needle");
    assert_eq!(found, 2, "the constant, and what loads it");
    assert!(steps < 20, "{steps} slices: it is looked through once, and not beyond the first place");
    let (found, steps) = searched(&mut document, "noodle");
    assert_eq!(found, 0);
    assert!((78..100).contains(&steps), "{steps} slices of 25,600 bytes");
}

#[test]
fn a_ribbon_of_many_objects_looks_at_some_of_them() {
    let consts = [b"(", &600_000_u32.to_le_bytes()[..], &b"i\x01\0\0\0".repeat(600_000)].concat();
    let document = Document::open("many.pyc", file(&[100, 0].repeat(300_000), &consts, b")\0"));
    let ribbon = document.whole_ribbon(1_000);
    let segments = document.ribbon(ribbon);
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
        let mut document = Document::open("many.pyc", many(count));
        let last = document.pyc().codes()[count as usize - 1];
        document.select(pycxray_view::Item::Object(last));
        let (chosen, place) = (document.selected_item(), document.place());
        assert_eq!((place.code.is_some(), place.offset.is_some()), (is_named, !is_named), "{place:?}");
        document.select_offset(0);
        assert!(document.go_to_place(&place));
        assert_eq!(document.selected_item(), chosen);
    }
}
