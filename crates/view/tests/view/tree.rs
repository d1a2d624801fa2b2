use pycxray_view::{Document, Item, Key};

use crate::fixture::{line, lines, one_of_each, open, rows};

#[test]
fn a_file_opens_with_its_header_and_its_module() {
    let document = open("cpython-3.12/py38.pyc");
    let lines = lines(&document);
    assert_begins(
        &lines,
        &[
            "-header: 16 bytes",
            ". magic: 3531 CPython 3.12",
            ". flags: 0 timestamp-based",
            ". mtime: 2026-11-22 15:13:53 UTC",
            ". source size: 556 bytes",
            "-code: <module> py38.py",
            ". argcount: 0",
            ". posonlyargcount: 0",
            ". kwonlyargcount: 0",
            ". stacksize: 4",
            ". flags: 0x0 none",
            ".+bytecode: 21 instructions, 48 bytes",
            ".+constants: 7 (None, ('stop',), <code object walrus, file \"py38.py\", line …",
        ],
    );
}

#[track_caller]
fn assert_begins(lines: &[String], expected: &[&str]) {
    let lines: Vec<&str> = lines.iter().take(expected.len()).map(String::as_str).collect();
    assert_eq!(lines, expected);
}

/// The document of `walrus` with its bytecode open, and the row of that.
fn walrus() -> (Document, usize) {
    let mut document = open("cpython-3.12/py38.pyc");
    for wanted in ["constants", "[2]", "bytecode"] {
        let from = rows(&document);
        let at =
            from.iter().rposition(|row| row.label == wanted && (wanted != "bytecode" || row.depth == 3)).expect(wanted);
        document.tree_expand(from[at].item);
    }
    let at = rows(&document).iter().position(|row| row.label == "bytecode" && row.depth == 3).expect("it is open");
    (document, at)
}

#[test]
fn instructions_are_rows_with_columns() {
    let (document, at) = walrus();
    let lines: Vec<String> = document.tree_rows(at..at + 13).iter().map(line).collect();
    assert_begins(
        &lines,
        &[
            "...-bytecode: 63 instructions, 210 bytes",
            ".... 2||0|RESUME|0|",
            ".... 3||2|LOAD_FAST|0|data",
            "....+||4|LOAD_ATTR|1|NULL|self + read",
            ".... ||24|LOAD_CONST|1|10",
            "....+||26|CALL|1|",
            ".... ||34|COPY|1|",
            ".... ||36|STORE_FAST|3|chunk",
            ".... ||38|LOAD_CONST|2|b''",
            "....+||40|COMPARE_OP|55|!=",
            ".... ||44|POP_JUMP_IF_FALSE|56|to 158",
            "....+4|>>|46|LOAD_GLOBAL|3|NULL + len",
            ".... ||56|LOAD_FAST|3|chunk",
        ],
    );
}

#[test]
fn caches_fold_under_their_instruction() {
    let (mut document, at) = walrus();
    let global = document.tree_rows(at + 11..at + 12)[0].item;
    let before = document.tree_len();
    document.tree_expand(global);
    let lines: Vec<String> = document.tree_rows(at + 11..at + 17).iter().map(line).collect();
    assert_begins(
        &lines,
        &[
            "....-4|>>|46|LOAD_GLOBAL|3|NULL + len",
            "..... counter: 0",
            "..... index: 0",
            "..... module_keys_version: 0",
            "..... builtin_keys_version: 0",
            ".... ||56|LOAD_FAST|3|chunk",
        ],
    );
    document.tree_collapse(global);
    assert_eq!(document.tree_len(), before);
}

#[test]
fn any_window_of_rows_is_a_part_of_all_rows() {
    for path in one_of_each() {
        let mut document = open(&path);
        let roots: Vec<Item> = rows(&document).iter().filter(|row| row.depth == 0).map(|row| row.item).collect();
        roots.iter().for_each(|&root| assert!(document.tree_expand_all(root), "{path} is small"));
        let all = rows(&document);
        assert_eq!(all.len(), document.tree_len(), "{path}");
        for start in (0..all.len()).step_by(7) {
            let end = (start + 5).min(all.len());
            assert_eq!(document.tree_rows(start..end), all[start..end], "{path}, rows {start} to {end}");
        }
        assert!(document.tree_rows(all.len()..all.len() + 3).is_empty());
        for row in &all {
            assert_eq!(row.index, all[row.index].index);
            assert!(1 <= row.position && row.position <= row.set_size, "{path}: {row:?}");
            assert_eq!(document.tree_reveal(row.item), Some(row.index), "{path}: {}", line(row));
        }
    }
}

#[test]
fn what_is_closed_and_opened_again_is_as_it_was() {
    for path in ["cpython-3.12/py38.pyc", "cpython-2.7/two.pyc", "variants/values-3.12.bin"] {
        let mut document = open(path);
        let closed = rows(&document);
        let root = closed.iter().rfind(|row| row.depth == 0).expect("a root").item;
        document.tree_expand_all(root);
        let all = lines(&document);
        let open_rows: Vec<Item> = rows(&document).iter().filter(|row| row.expanded).map(|row| row.item).collect();
        for &item in &open_rows {
            document.tree_toggle(item);
            assert!(document.tree_len() < all.len());
            document.tree_toggle(item);
            assert_eq!(document.tree_len(), all.len(), "{path}");
        }
        assert_eq!(lines(&document), all, "{path}");
        // From the inside out, nothing is left but the top.
        open_rows.iter().rev().for_each(|&item| document.tree_collapse(item));
        assert!(rows(&document).iter().skip_while(|row| row.item != root).all(|row| row.depth == 0), "{path}");
    }
}

#[test]
fn keys_walk_through_the_tree() {
    let mut document = open("cpython-3.12/py38.pyc");
    assert_eq!(document.tree_selected_row(), Some(5), "the module is chosen first");
    assert_eq!(document.tree_key(Key::Home, 10), Some(0));
    assert_eq!(document.tree_key(Key::Down, 10), Some(1));
    assert_eq!(document.tree_key(Key::Up, 10), Some(0));
    assert_eq!(document.tree_key(Key::Up, 10), Some(0), "there is nothing above");
    assert_eq!(document.tree_key(Key::PageDown, 4), Some(3));
    assert_eq!(document.tree_key(Key::Left, 10), Some(0), "from a field to the header");
    assert_eq!(document.tree_key(Key::Left, 10), Some(0));
    assert_eq!(document.tree_rows(1..2)[0].label, "code", "the header is closed");
    assert_eq!(document.tree_key(Key::Down, 10), Some(1));
    assert_eq!(document.tree_key(Key::Right, 10), Some(2), "it is open: its first child follows");
    let last = document.tree_len() - 1;
    assert_eq!(document.tree_key(Key::End, 10), Some(last));
    assert_eq!(document.tree_key(Key::Home, 10), Some(0));
    assert_eq!(document.tree_key(Key::Right, 10), Some(0), "it opens");
    assert_eq!(document.tree_rows(1..2)[0].label, "magic");
    assert_eq!(document.tree_key(Key::ExpandAll, 10), Some(0));
    assert_eq!(document.tree_type_ahead("c"), Some(5), "code");
    assert_eq!(document.tree_type_ahead("c"), Some(12), "constants");
    assert_eq!(document.tree_type_ahead("CO"), Some(12), "more letters stay where they fit");
    assert_eq!(document.tree_type_ahead("mag"), Some(1), "round the end");
    assert_eq!(document.tree_type_ahead("no such row"), None);
}

#[test]
fn closing_around_what_is_chosen_chooses_what_was_closed() {
    let (mut document, at) = walrus();
    document.tree_select_row(at + 5);
    let root = rows(&document).iter().find(|row| row.label == "code").expect("the module").item;
    document.tree_collapse(root);
    assert_eq!(document.selected_item(), Some(root));
    assert!(document.tree_selected_row().is_some());
}

#[test]
fn siblings_close_together() {
    let (mut document, at) = walrus();
    let walrus = rows(&document)[..at].iter().rposition(|row| row.label == "[2]").expect("walrus");
    let item = rows(&document)[walrus].item;
    document.tree_collapse_siblings(item);
    assert!(!document.tree_rows(walrus..walrus + 1)[0].expanded);
    assert_eq!(document.tree_rows(walrus + 1..walrus + 2)[0].label, "[3]");
}

/// The header of Python 3.12, without a time or a size.
const HEADER: [u8; 16] = [0xcb, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// A file with a tuple of `count` numbers in place of code.
fn numbers(count: u32) -> Vec<u8> {
    let mut bytes = HEADER.to_vec();
    bytes.push(b'(');
    bytes.extend(count.to_le_bytes());
    for number in 0..count {
        bytes.push(b'i');
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

#[test]
fn hundreds_of_thousands_of_rows_are_found_at_once() {
    let count = 300_000;
    let mut document = Document::open("numbers.bin", numbers(count));
    let first = document.tree_len() - count as usize;
    for at in [1, 64, 65, 1_000, 299_999, 300_000] {
        let row = &document.tree_rows(first + at - 1..first + at)[0];
        assert_eq!((row.label.as_str(), row.position, row.set_size), (&*format!("[{}]", at - 1), at as u32, count));
        assert_eq!(row.value.to_string(), (at - 1).to_string());
        document.select(row.item);
        assert_eq!(document.tree_selected_row(), Some(first + at - 1));
    }
    assert_eq!(document.tree_key(Key::End, 50), Some(document.tree_len() - 1));
}

#[test]
fn deep_nesting_opens_and_closes() {
    let depth = 50_000;
    let mut bytes: Vec<u8> = [b')', 1].repeat(depth);
    bytes.push(b'N');
    let mut document = Document::open("deep.bin", bytes);
    document.select_offset(2 * depth as u32);
    assert_eq!(document.tree_len(), depth + 1);
    assert_eq!(document.tree_selected_row(), Some(depth));
    let rows = document.tree_rows(depth - 20..depth + 1);
    assert_eq!(rows.last().map(|row| (row.depth, row.value.to_string())), Some((depth as u32, "None".to_owned())));
    assert_eq!(document.crumbs().len(), 12, "of a long path the middle is left out");
    let first = document.tree_rows(0..1)[0].item;
    document.tree_collapse(first);
    assert_eq!(document.tree_len(), 1);
    assert!(document.tree_expand_all(first));
    assert_eq!(document.tree_len(), depth + 1);
}

#[test]
fn opening_all_stops_at_its_limit() {
    // 3,000 tuples of 255 numbers each: more than 300,000 rows.
    let mut bytes = vec![b'['];
    bytes.extend(3_000_u32.to_le_bytes());
    for _ in 0..3_000 {
        bytes.extend([b')', 255]);
        bytes.extend([b'N'; 255]);
    }
    let mut document = Document::open("wide.bin", bytes);
    let root = document.tree_rows(0..1)[0].item;
    assert!(!document.tree_expand_all(root));
    let rows = document.tree_len();
    assert!((250_000..310_000).contains(&rows), "{rows} rows");
    assert_eq!(document.tree_rows(rows - 1..rows)[0].label, "[2999]");
    assert!(!document.tree_rows(rows - 1..rows)[0].expanded);
}

#[test]
fn opening_all_stops_at_so_many_open_items() {
    // 120,000 tuples of one tuple with nothing in it: fewer than 300,000 rows, but more than 100,000 items to open.
    let mut bytes = vec![b'['];
    bytes.extend(120_000_u32.to_le_bytes());
    bytes.extend([b')', 1, b')', 0].repeat(120_000));
    let mut document = Document::open("narrow.bin", bytes);
    let root = document.tree_rows(0..1)[0].item;
    assert!(!document.tree_expand_all(root));
    let rows = document.tree_len();
    // The list, what is in it, and what is in each that is open besides the list.
    assert_eq!(rows, 1 + 120_000 + 99_999);
    assert_eq!(document.tree_rows(1..3).iter().map(|row| row.expanded).collect::<Vec<_>>(), [true, false]);
    assert!(document.tree_rows(2 * 99_999 - 1..2 * 99_999)[0].expanded);
    assert!(!document.tree_rows(rows - 1..rows)[0].expanded);
    // What was not opened can be.
    let last = document.tree_rows(rows - 1..rows)[0].item;
    assert!(document.tree_expand_all(last));
    assert_eq!(document.tree_len(), rows + 1);
}
