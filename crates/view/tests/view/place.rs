use pycxray_view::Place;

use crate::fixture::{one_of_each, open};

fn chosen(path: &str, fragment: &str) -> Option<String> {
    let mut document = open(path);
    let there = document.go_to_place(&Place::parse(fragment));
    there.then(|| document.path(document.selected_item().expect("something is chosen")))
}

#[test]
fn a_fragment_leads_to_its_place() {
    let path = "cpython-3.12/py38.pyc";
    assert_eq!(chosen(path, "#code=walrus&at=46").as_deref(), Some("<module>.co_consts[2].co_code[46]"));
    assert_eq!(
        chosen(path, "#code=walrus&at=50").as_deref(),
        Some("<module>.co_consts[2].co_code[46]"),
        "in its cache"
    );
    assert_eq!(chosen(path, "code=walrus").as_deref(), Some("<module>.co_consts[2]"));
    assert_eq!(chosen(path, "offset=0xad").as_deref(), Some("<module>.co_consts[2].co_code[46]"));
    assert_eq!(chosen(path, "offset=0"), Some("header.magic".to_owned()));
    assert_eq!(chosen(path, "code=nobody"), None);
    assert_eq!(chosen(path, "code=walrus&at=9999"), None);
    assert_eq!(chosen(path, "offset=999999"), None);
    assert_eq!(chosen(path, ""), None);
    // Up to 3.10 a code object does not know its qualified name.
    assert_eq!(chosen("cpython-3.8/py38.pyc", "code=A.f").is_some(), chosen(path, "code=A.f").is_some());
}

#[test]
fn every_place_that_can_be_chosen_can_be_written_down() {
    for path in one_of_each() {
        let mut document = open(&path);
        let size = document.pyc().bytes().len() as u32;
        for offset in (0..size).step_by(3) {
            document.select_offset(offset);
            let (selection, place) = (document.selection(), Place::parse(&document.place().fragment()));
            document.select_offset(0);
            assert!(document.go_to_place(&place), "{path}: {place:?}");
            let back = document.selection();
            assert_eq!((back.item, back.span), (selection.item, selection.span), "{path}: {place:?}");
        }
        // Containers are named by their range, ranges too.
        for (anchor, cursor) in [(3, 30), (size / 2, size / 2 + 9), (0, size - 1)] {
            document.select_range(anchor, cursor);
            let (selection, place) = (document.selection(), document.place());
            document.select_offset(0);
            assert!(document.go_to_place(&place), "{path}: {place:?}");
            assert_eq!(document.selection().span, selection.span, "{path}: {place:?}");
        }
    }
}

#[test]
fn code_objects_of_one_name_are_told_apart() {
    let mut document = open("cpython-3.12/three.pyc");
    let rows = document.outline_rows(0..document.outline_len());
    let mut fragments = Vec::new();
    for row in &rows {
        document.select(row.item);
        let fragment = document.place().fragment();
        assert!(!fragments.contains(&fragment), "{fragment} names two");
        assert!(document.go_to_place(&Place::parse(&fragment)));
        assert_eq!(document.selected_item(), Some(row.item), "{fragment}");
        fragments.push(fragment);
    }
}

#[test]
fn the_user_says_where_to_go() {
    let mut document = open("cpython-3.12/py38.pyc");
    let mut go = |text: &str| {
        document.go_to(text).map(|()| (document.cursor(), document.path(document.selected_item().expect("chosen"))))
    };
    assert_eq!(go("0xad").expect("it is there").0, 0xad);
    assert_eq!(go(" +16").expect("it is there").0, 0xbd);
    assert_eq!(go("- 0x10").expect("it is there").0, 0xad);
    assert_eq!(go("100").expect("it is there").0, 100);
    assert_eq!(go("walrus:46").expect("it is there").1, "<module>.co_consts[2].co_code[46]");
    assert_eq!(go(":0").expect("it is there").1, "<module>.co_consts[2].co_code[0]");
    assert_eq!(go("line 4").expect("it is there").1, "<module>.co_consts[2].co_code[46]");
    for wrong in ["", "99999999", "-5000", "nobody", "walrus:x", "walrus:70000", "+", "line 4000", ":99999", "\u{202e}"]
    {
        let error = go(wrong).expect_err(wrong);
        assert!(error.ends_with('.') && !error.contains('\u{202e}'), "{error}");
    }
}
