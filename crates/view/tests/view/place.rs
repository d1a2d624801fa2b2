use pycxray_view::protocol::Place;

use crate::fixture::{one_of_each, open};

fn chosen(path: &str, fragment: &str) -> Option<String> {
    let mut screen = open(path);
    screen.go_to_place(&Place::parse(fragment)).then(|| screen.path())
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
        let mut screen = open(&path);
        let size = screen.pyc.bytes().len() as u32;
        for offset in (0..size).step_by(3) {
            screen.select_offset(offset);
            let (selection, place) = (screen.selection().clone(), Place::parse(&screen.place().fragment()));
            screen.select_offset(0);
            assert!(screen.go_to_place(&place), "{path}: {place:?}");
            let back = screen.selection();
            assert_eq!((back.item, back.span), (selection.item, selection.span), "{path}: {place:?}");
        }
        // Containers are named by their range, ranges too.
        for (anchor, cursor) in [(3, 30), (size / 2, size / 2 + 9), (0, size - 1)] {
            screen.act(pycxray_view::protocol::Action::SelectRange { anchor, cursor });
            let (span, place) = (screen.selection().span, screen.place().clone());
            screen.select_offset(0);
            assert!(screen.go_to_place(&place), "{path}: {place:?}");
            assert_eq!(screen.selection().span, span, "{path}: {place:?}");
        }
    }
}

#[test]
fn code_objects_of_one_name_are_told_apart() {
    let mut screen = open("cpython-3.12/three.pyc");
    let mut fragments = Vec::new();
    for row in screen.all_outline_rows() {
        screen.select(row.item);
        let fragment = screen.place().fragment();
        assert!(!fragments.contains(&fragment), "{fragment} names two");
        screen.select_offset(0);
        assert!(screen.go_to_place(&Place::parse(&fragment)));
        assert_eq!(screen.selected_item(), Some(row.item), "{fragment}");
        fragments.push(fragment);
    }
}

#[test]
fn the_user_says_where_to_go() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let mut go = |text: &str| screen.go_to(text).map(|()| (screen.selection().cursor, screen.path()));
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
