use pycxray_view::protocol::{
    Action, DocumentId, EverywhereAction, Hit, HitKind, ListingContent, ListingRow, Request, Run, SearchAction,
    SearchState, Style, TreeContent,
};

use crate::fixture::{code, file_of, one_of_each, open};
use crate::screen::Screen;

/// What a search finds, searched to its end.
fn hits(screen: &mut Screen, query: &str) -> Vec<Hit> {
    screen.search(query);
    screen.found(0..1_000).rows.clone()
}

fn found(screen: &mut Screen, query: &str) -> Vec<String> {
    hits(screen, query).into_iter().map(|hit| hit.words.to_string()).collect()
}

fn state(screen: &Screen) -> &SearchState {
    screen.search_state().expect("there is a search")
}

fn step(screen: &mut Screen, action: SearchAction) -> u32 {
    screen.act(Action::Search(action));
    screen.selection().span.start
}

#[test]
fn names_constants_and_opcodes_are_found() {
    let mut screen = open("cpython-3.12/py38.pyc");
    assert_eq!(
        found(&mut screen, "chunk"),
        [
            "walrus › 36 STORE_FAST chunk",
            "walrus › 56 LOAD_FAST chunk",
            "walrus › 94 LOAD_CONST ' chunk='",
            "walrus › 96 LOAD_FAST chunk",
            "walrus › 146 STORE_FAST chunk",
            "walrus › constants[5] ' chunk='",
            "walrus › localsplusnames[3] 'chunk'",
        ]
    );
    assert_eq!(state(&screen).counts, [(HitKind::Name, 1), (HitKind::Constant, 1), (HitKind::Instruction, 5)]);
    assert_eq!(state(&screen).message, "1 name, 1 constant, 5 instructions", "with what uses them");
    assert_eq!(found(&mut screen, "len"), ["walrus › 46 LOAD_GLOBAL NULL + len", "walrus › names[1] 'len'"]);
    assert_eq!(found(&mut screen, "WALRUS"), [""; 0], "capital letters count");
    assert_eq!(state(&screen).message, "Not found");
    assert!(found(&mut screen, "load_global").iter().all(|hit| hit.contains("LOAD_GLOBAL")));
    assert_eq!(
        found(&mut screen, "10"),
        [
            "walrus › 24 LOAD_CONST 10",
            "walrus › 134 LOAD_CONST 10",
            "walrus › constants[1] 10",
            "early › 12 LOAD_CONST 10"
        ]
    );
    screen.search("");
    assert_eq!(screen.search_state(), None);
}

#[test]
fn instructions_are_found_by_name_and_argument() {
    let mut screen = open("cpython-3.12/py38.pyc");
    assert_eq!(found(&mut screen, "op:LOAD_GLOBAL arg:len"), ["walrus › 46 LOAD_GLOBAL NULL + len"]);
    assert_eq!(found(&mut screen, "arg:55 op:compare"), ["walrus › 40 COMPARE_OP !=", "walrus › 150 COMPARE_OP !="]);
    let all = found(&mut screen, "op:*").len();
    let pyc = &screen.pyc;
    let instructions: usize = pyc.codes().iter().map(|&code| pyc.bytecode_index(code).count()).sum();
    assert_eq!(all, instructions);
}

#[test]
fn bytes_are_found_wherever_they_are() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let first = hits(&mut screen, "hex:74 03 00")[0].span;
    assert_eq!(first.start, 0xad);
    assert_eq!(step(&mut screen, SearchAction::Next), 0xad);
    assert_eq!(screen.selection().span, first);
    assert_eq!(found(&mut screen, "\"walrus\"").len(), 1);
    assert!(!found(&mut screen, "hex:??00").is_empty());
    screen.search("hex:7");
    assert!(state(&screen).error.is_some() && state(&screen).complete);
    assert_eq!(step(&mut screen, SearchAction::Next), 0xad, "there is nothing to step to");
}

/// Whether a row of tree and listing, and the bytes, are marked where the choice is.
fn is_marked(screen: &mut Screen) -> [bool; 3] {
    let row = screen.tree_selected_row().expect("it has a row");
    let in_tree = screen.tree_rows(row..row + 1)[0].marked;
    let row = screen.listing_selected_row().expect("it is listed");
    let listed: &ListingRow = &screen.listing_rows(row..row + 1)[0];
    assert!(matches!(listed.content, ListingContent::Instruction { .. }));
    let in_listing = listed.marked;
    let start = screen.selection().span.start;
    let hits = &screen.hex(start as usize..start as usize + 1, 1).hits;
    [in_tree, in_listing, hits.iter().any(|hit| hit.contains(start))]
}

#[test]
fn hits_are_stepped_through_and_marked() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.search("op:LOAD_GLOBAL");
    let total = state(&screen).total;
    let mut seen = Vec::new();
    for _ in 0..total {
        let start = step(&mut screen, SearchAction::Next);
        assert_eq!(is_marked(&mut screen), [true; 3]);
        assert_eq!(state(&screen).current, Some(seen.len()));
        assert_eq!(screen.found(0..1).selected, Some(seen.len()));
        seen.push(start);
    }
    assert!(seen.is_sorted());
    assert_eq!(step(&mut screen, SearchAction::Next), seen[0], "round the end");
    assert_eq!(step(&mut screen, SearchAction::Previous), seen[total - 1], "round the start");
    assert_eq!(step(&mut screen, SearchAction::Select(0)), seen[0]);
    assert!(state(&screen).message.starts_with(&format!("1 of {total}: ")));
    let marked: u32 = screen.hex(0..1_000, 16).hits.iter().map(|hit| hit.len()).sum();
    assert_eq!(marked as usize, total * 10, "with their caches");
    let row = &screen.tree_rows(0..1)[0];
    assert!(!row.marked && matches!(row.content, TreeContent::Value { .. }));
}

#[test]
fn hits_are_in_the_order_of_the_file() {
    for path in one_of_each() {
        for query in ["a", "op:LOAD", "arg:x", "hex:64 00", "\"e\"", "None"] {
            let hits = hits(&mut open(&path), query);
            assert!(hits.is_sorted_by_key(|hit| hit.span.start), "{path}: {query}");
        }
    }
}

/// What is marked in the words of each hit.
fn marked(screen: &mut Screen, query: &str) -> Vec<String> {
    let runs = hits(screen, query).into_iter().map(|hit| hit.words.0);
    let hit = |run: Run| (run.style == Style::Hit).then_some(run.text);
    runs.map(|runs| runs.into_iter().filter_map(hit).collect::<Vec<String>>().join("|")).collect()
}

#[test]
fn a_hit_shows_why_it_was_found() {
    let mut screen = open("cpython-3.12/py38.pyc");
    assert!(marked(&mut screen, "chunk").iter().all(|marked| marked == "chunk"));
    assert_eq!(marked(&mut screen, "op:GLOBAL arg:len"), ["GLOBAL|len"]);
    let long = format!("{}needle{}", "x".repeat(5_000), "y".repeat(5_000));
    let mut constant = vec![b'u'];
    constant.extend((long.len() as u32).to_le_bytes());
    constant.extend(long.as_bytes());
    let mut screen = file_of(&code(b"d\0S\0", &[&constant], &[]));
    let hit = hits(&mut screen, "needle").pop().expect("it is found").words.to_string();
    assert!(hit.contains("…xxx") && hit.contains("xneedley") && hit.chars().count() < 200, "{hit}");
}

#[test]
fn regular_expressions_are_found() {
    let mut screen = open("cpython-3.12/py38.pyc");
    assert!(marked(&mut screen, "/^ch.nk$/").iter().all(|marked| marked == "chunk"), "quotes are no part of a text");
    assert!(found(&mut screen, "/^ch.nk$/").iter().any(|hit| hit.contains("LOAD_FAST chunk")));
    assert!(found(&mut screen, "/^LOAD_(FAST|GLOBAL)$/").len() > 3);
    assert!(found(&mut screen, "/no such/").is_empty());
    screen.search("/(/");
    assert!(state(&screen).message.starts_with("/(/ is no regular expression"), "{}", state(&screen).message);
}

#[test]
fn all_open_files_and_members_are_searched() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.open_as(DocumentId(2), "frozen", &crate::members::container("pyinstaller-6-3.12.bin"), None);
    screen.send(Request::Everywhere(EverywhereAction::Query("basket".to_owned())));
    screen.finish();
    let everywhere = screen.everywhere.clone().expect("it was told");
    assert!(everywhere.complete && everywhere.message.starts_with("Found in "), "{}", everywhere.message);
    let names: Vec<&str> =
        everywhere.found.iter().filter_map(|found| Some(found.member.as_ref()?.name.as_str())).collect();
    assert!(names.contains(&"PYZ-00.pyz!basket"), "{names:?}");
    assert!(everywhere.found.iter().all(|found| found.document == DocumentId(2) && !found.words.is_empty()));
    screen.send(Request::Everywhere(EverywhereAction::Query("chunk".to_owned())));
    screen.finish();
    let found = screen.everywhere.clone().expect("it was told").found;
    assert_eq!(found[0].document, DocumentId(1));
    assert_eq!(found[0].words, "1 name, 1 constant, 5 instructions");
    screen.send(Request::Everywhere(EverywhereAction::Query("basket".to_owned())));
    screen.send(Request::Everywhere(EverywhereAction::Stop));
    assert!(!screen.engine.is_busy() || screen.everywhere.as_ref().is_some_and(|everywhere| everywhere.complete));
    screen.send(Request::Everywhere(EverywhereAction::Query(String::new())));
    assert_eq!(screen.everywhere, None);
}
