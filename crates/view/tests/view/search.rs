use pycxray_view::{Document, HitKind};

use crate::fixture::{one_of_each, open};

/// Searches to the end, by small steps.
fn search(document: &mut Document, query: &str) {
    document.search(query);
    while !document.search_step(7) {
        let state = document.search_state().expect("it is under way");
        assert!((0.0..=1.0).contains(&state.progress) && !state.complete);
    }
}

fn found(document: &mut Document, query: &str) -> Vec<String> {
    search(document, query);
    document.search_hits(0..1000).into_iter().map(|(_, words)| words.to_string()).collect()
}

#[test]
fn names_constants_and_opcodes_are_found() {
    let mut document = open("cpython-3.12/py38.pyc");
    assert_eq!(
        found(&mut document, "chunk"),
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
    let state = document.search_state().expect("it is done");
    assert_eq!(state.counts, [(HitKind::Name, 1), (HitKind::Constant, 1), (HitKind::Instruction, 5)]);
    assert_eq!(state.message, "1 name, 1 constant, 5 instructions", "with what uses them");
    assert_eq!(found(&mut document, "len"), ["walrus › 46 LOAD_GLOBAL NULL + len", "walrus › names[1] 'len'"]);
    assert_eq!(found(&mut document, "WALRUS"), [""; 0], "capital letters count");
    assert!(found(&mut document, "load_global").iter().all(|hit| hit.contains("LOAD_GLOBAL")));
    assert_eq!(
        found(&mut document, "10"),
        [
            "walrus › 24 LOAD_CONST 10",
            "walrus › 134 LOAD_CONST 10",
            "walrus › constants[1] 10",
            "early › 12 LOAD_CONST 10"
        ]
    );
    search(&mut document, "");
    assert_eq!(document.search_state(), None);
}

#[test]
fn instructions_are_found_by_name_and_argument() {
    let mut document = open("cpython-3.12/py38.pyc");
    assert_eq!(found(&mut document, "op:LOAD_GLOBAL arg:len"), ["walrus › 46 LOAD_GLOBAL NULL + len"]);
    assert_eq!(found(&mut document, "arg:55 op:compare"), ["walrus › 40 COMPARE_OP !=", "walrus › 150 COMPARE_OP !="]);
    let all = found(&mut document, "op:*").len();
    let codes: Vec<_> = document.pyc().codes().to_vec();
    let instructions: usize = codes.iter().map(|&code| document.pyc().bytecode_index(code).count()).sum();
    assert_eq!(all, instructions);
}

#[test]
fn bytes_are_found_wherever_they_are() {
    let mut document = open("cpython-3.12/py38.pyc");
    search(&mut document, "hex:74 03 00");
    let first = document.search_next().expect("it is found");
    assert_eq!(first.span.start, 0xad);
    assert_eq!(document.selection().span, first.span);
    assert_eq!(found(&mut document, "\"walrus\"").len(), 1);
    assert!(!found(&mut document, "hex:??00").is_empty());
    let error = {
        search(&mut document, "hex:7");
        document.search_state().expect("it is there").error
    };
    assert!(error.is_some());
    assert_eq!(document.search_next(), None);
}

#[test]
fn hits_are_stepped_through_and_marked() {
    let mut document = open("cpython-3.12/py38.pyc");
    search(&mut document, "op:LOAD_GLOBAL");
    let total = document.search_state().expect("it is done").total;
    let mut seen = Vec::new();
    for _ in 0..total {
        let hit = document.search_next().expect("there is one");
        let row = document.tree_selected_row().expect("it has a row");
        assert!(document.tree_rows(row..row + 1)[0].marked);
        let row = document.listing_selected_row().expect("it is listed");
        assert!(document.listing_rows(row..row + 1)[0].marked);
        let cells = &document.hex_rows(hit.span.start, 1, 1)[0].cells;
        assert!(cells[0].marked);
        assert_eq!(document.search_state().expect("it is done").current, Some(seen.len()));
        seen.push(hit.span.start);
    }
    assert!(seen.is_sorted());
    assert_eq!(document.search_next().map(|hit| hit.span.start), seen.first().copied(), "round the end");
    assert_eq!(document.search_previous().map(|hit| hit.span.start), seen.last().copied(), "round the start");
    assert!(document.search_state().expect("it is done").message.starts_with(&format!("{total} of {total}: ")));
    let marked: usize =
        document.hex_rows(0, u32::MAX, 16).iter().flat_map(|row| &row.cells).filter(|cell| cell.marked).count();
    assert_eq!(marked, total * 10, "with their caches");
}

#[test]
fn slices_find_what_one_search_finds() {
    for path in one_of_each() {
        for query in ["a", "op:LOAD", "arg:x", "hex:64 00", "\"e\"", "None"] {
            let mut document = open(&path);
            search(&mut document, query);
            let sliced = document.search_hits(0..usize::MAX);
            document.search(query);
            assert!(document.search_step(u32::MAX));
            assert_eq!(sliced, document.search_hits(0..usize::MAX), "{path}: {query}");
            assert!(sliced.is_sorted_by_key(|(hit, _)| hit.span.start), "{path}: {query}");
        }
    }
}
