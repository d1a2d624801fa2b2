use pycxray_view::protocol::{Action, ItemKey, RowKey, TreeAction, TreeContent};

use crate::fixture::{label, line, lines, one_of_each, open, value};
use crate::screen::Screen;

#[test]
fn a_file_opens_with_its_header_and_its_module() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let lines = lines(&mut screen);
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

/// The screen of `walrus` with its bytecode open, and the row of that.
fn walrus() -> (Screen, usize) {
    let mut screen = open("cpython-3.12/py38.pyc");
    for wanted in ["constants", "[2]", "bytecode"] {
        let from = screen.all_tree_rows();
        let at = from
            .iter()
            .rposition(|row| label(row) == wanted && (wanted != "bytecode" || row.depth == 3))
            .expect(wanted);
        screen.toggle(from[at].item);
    }
    let at =
        screen.all_tree_rows().iter().position(|row| label(row) == "bytecode" && row.depth == 3).expect("it is open");
    (screen, at)
}

#[test]
fn instructions_are_rows_with_columns() {
    let (mut screen, at) = walrus();
    let lines: Vec<String> = screen.tree_rows(at..at + 13).iter().map(line).collect();
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
    let (mut screen, at) = walrus();
    let global = screen.tree_rows(at + 11..at + 12)[0].item;
    let before = screen.tree_len();
    screen.toggle(global);
    let lines: Vec<String> = screen.tree_rows(at + 11..at + 17).iter().map(line).collect();
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
    screen.toggle(global);
    assert_eq!(screen.tree_len(), before);
}

/// The outermost items.
fn roots(screen: &mut Screen) -> Vec<ItemKey> {
    screen.all_tree_rows().iter().filter(|row| row.depth == 0).map(|row| row.item).collect()
}

#[test]
fn any_window_of_rows_is_a_part_of_all_rows() {
    for path in one_of_each() {
        let mut screen = open(&path);
        for root in roots(&mut screen) {
            screen.expand_all(root);
        }
        let all = screen.all_tree_rows();
        assert_eq!(all.len(), screen.tree_len(), "{path}");
        for start in (0..all.len()).step_by(7) {
            let end = (start + 5).min(all.len());
            assert_eq!(screen.tree_rows(start..end), all[start..end], "{path}, rows {start} to {end}");
        }
        let beyond = screen.tree(all.len() + 7..all.len() + 10);
        assert_eq!((beyond.start, beyond.rows.len()), (all.len() - 3, 3), "beyond the end there is the end");
        for (index, row) in all.iter().enumerate() {
            assert!(1 <= row.position && row.position <= row.set_size, "{path}: {row:?}");
            screen.select(row.item);
            assert_eq!(screen.tree_selected_row(), Some(index), "{path}: {}", line(row));
        }
    }
}

#[test]
fn what_is_closed_and_opened_again_is_as_it_was() {
    for path in ["cpython-3.12/py38.pyc", "cpython-2.7/two.pyc", "variants/values-3.12.bin"] {
        let mut screen = open(path);
        let root = *roots(&mut screen).last().expect("a root");
        screen.expand_all(root);
        let all = lines(&mut screen);
        let open_rows: Vec<ItemKey> =
            screen.all_tree_rows().iter().filter(|row| row.expanded).map(|row| row.item).collect();
        for &item in &open_rows {
            screen.toggle(item);
            assert!(screen.tree_len() < all.len());
            screen.toggle(item);
            assert_eq!(screen.tree_len(), all.len(), "{path}");
        }
        assert_eq!(lines(&mut screen), all, "{path}");
        // From the inside out, nothing is left but the top.
        open_rows.iter().rev().for_each(|&item| screen.toggle(item));
        assert!(screen.all_tree_rows().iter().skip_while(|row| row.item != root).all(|row| row.depth == 0), "{path}");
    }
}

#[test]
fn keys_walk_through_the_tree() {
    let mut screen = open("cpython-3.12/py38.pyc");
    assert_eq!(screen.tree_selected_row(), Some(5), "the module is chosen first");
    assert_eq!(screen.tree_key(RowKey::Home, 10), Some(0));
    assert_eq!(screen.tree_key(RowKey::Down, 10), Some(1));
    assert_eq!(screen.tree_key(RowKey::Up, 10), Some(0));
    assert_eq!(screen.tree_key(RowKey::Up, 10), Some(0), "there is nothing above");
    assert_eq!(screen.tree_key(RowKey::PageDown, 4), Some(3));
    assert_eq!(screen.tree_key(RowKey::Left, 10), Some(0), "from a field to the header");
    assert_eq!(screen.tree_key(RowKey::Left, 10), Some(0));
    assert_eq!(label(&screen.tree_rows(1..2)[0]), "code", "the header is closed");
    assert_eq!(screen.tree_key(RowKey::Down, 10), Some(1));
    assert_eq!(screen.tree_key(RowKey::Right, 10), Some(2), "it is open: its first child follows");
    let last = screen.tree_len() - 1;
    assert_eq!(screen.tree_key(RowKey::End, 10), Some(last));
    assert_eq!(screen.tree_key(RowKey::Home, 10), Some(0));
    assert_eq!(screen.tree_key(RowKey::Right, 10), Some(0), "it opens");
    assert_eq!(label(&screen.tree_rows(1..2)[0]), "magic");
    assert_eq!(screen.tree_key(RowKey::ExpandAll, 10), Some(0));
    let mut typed = |text: &str| {
        screen.act(Action::Tree(TreeAction::TypeAhead(text.to_owned())));
        screen.tree_selected_row()
    };
    assert_eq!(typed("c"), Some(5), "code");
    assert_eq!(typed("c"), Some(12), "constants");
    assert_eq!(typed("CO"), Some(12), "more letters stay where they fit");
    assert_eq!(typed("mag"), Some(1), "round the end");
    assert_eq!(typed("no such row"), Some(1), "nothing begins so");
}

#[test]
fn closing_around_what_is_chosen_chooses_what_was_closed() {
    let (mut screen, at) = walrus();
    let inside = screen.tree_rows(at + 5..at + 6)[0].item;
    screen.select(inside);
    let root = screen.all_tree_rows().iter().find(|row| label(row) == "code").expect("the module").item;
    screen.toggle(root);
    assert_eq!(screen.selected_item(), Some(root));
    assert!(screen.tree_selected_row().is_some());
}

#[test]
fn a_click_twice_follows_a_reference_or_opens() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let rows = screen.all_tree_rows();
    let constants = rows.iter().find(|row| label(row) == "constants").expect("they are there");
    screen.act(Action::Tree(TreeAction::Enter(constants.item)));
    assert_eq!(screen.tree_len(), rows.len() + 7, "it opens");
    let root = roots(&mut screen)[1];
    screen.expand_all(root);
    let rows = screen.all_tree_rows();
    let reference = rows.iter().find(|row| value(row).starts_with("→ ")).expect("there is one");
    screen.act(Action::Tree(TreeAction::Enter(reference.item)));
    let TreeContent::Value { value, .. } = &reference.content else { panic!("it has a value") };
    assert_eq!(screen.selected_item(), value.link(), "it is followed");
}

#[test]
fn siblings_close_together() {
    let (mut screen, at) = walrus();
    let walrus = screen.all_tree_rows()[..at].iter().rposition(|row| label(row) == "[2]").expect("walrus");
    let item = screen.all_tree_rows()[walrus].item;
    screen.select(item);
    screen.act(Action::Tree(TreeAction::CollapseSiblings));
    assert!(!screen.tree_rows(walrus..walrus + 1)[0].expanded);
    assert_eq!(label(&screen.tree_rows(walrus + 1..walrus + 2)[0]), "[3]");
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
    let mut screen = Screen::open("numbers.bin", &numbers(count));
    let first = screen.tree_len() - count as usize;
    for at in [1, 64, 65, 1_000, 299_999, 300_000] {
        let row = &screen.tree_rows(first + at - 1..first + at)[0];
        assert_eq!((label(row), row.position, row.set_size), (&*format!("[{}]", at - 1), at as u32, count));
        assert_eq!(value(row), (at - 1).to_string());
        screen.select(row.item);
        assert_eq!(screen.tree_selected_row(), Some(first + at - 1));
    }
    let last = screen.tree_len() - 1;
    assert_eq!(screen.tree_key(RowKey::End, 50), Some(last));
}

#[test]
fn deep_nesting_opens_and_closes() {
    let depth = 50_000;
    let mut bytes: Vec<u8> = [b')', 1].repeat(depth);
    bytes.push(b'N');
    let mut screen = Screen::open("deep.bin", &bytes);
    screen.select_offset(2 * depth as u32);
    assert_eq!(screen.tree_len(), depth + 1);
    assert_eq!(screen.tree_selected_row(), Some(depth));
    let rows = screen.tree_rows(depth - 20..depth + 1);
    assert_eq!(rows.last().map(|row| (row.depth, value(row))), Some((depth as u32, "None".to_owned())));
    assert_eq!(screen.selection().crumbs.len(), 12, "of a long path the middle is left out");
    let first = screen.tree_rows(0..1)[0].item;
    screen.toggle(first);
    assert_eq!(screen.tree_len(), 1);
    screen.expand_all(first);
    assert_eq!(screen.tree_len(), depth + 1);
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
    let mut screen = Screen::open("wide.bin", &bytes);
    let root = screen.tree_rows(0..1)[0].item;
    screen.expand_all(root);
    let rows = screen.tree_len();
    assert!((250_000..310_000).contains(&rows), "{rows} rows");
    let last = &screen.tree_rows(rows - 1..rows)[0];
    assert_eq!(label(last), "[2999]");
    assert!(!last.expanded);
}

#[test]
fn opening_all_stops_at_so_many_open_items() {
    // 120,000 tuples of one tuple with nothing in it: fewer than 300,000 rows, but more than 100,000 items to open.
    let mut bytes = vec![b'['];
    bytes.extend(120_000_u32.to_le_bytes());
    bytes.extend([b')', 1, b')', 0].repeat(120_000));
    let mut screen = Screen::open("narrow.bin", &bytes);
    let root = screen.tree_rows(0..1)[0].item;
    screen.expand_all(root);
    let rows = screen.tree_len();
    // The list, what is in it, and what is in each that is open besides the list.
    assert_eq!(rows, 1 + 120_000 + 99_999);
    assert_eq!(screen.tree_rows(1..3).iter().map(|row| row.expanded).collect::<Vec<_>>(), [true, false]);
    assert!(screen.tree_rows(2 * 99_999 - 1..2 * 99_999)[0].expanded);
    let last = screen.tree_rows(rows - 1..rows).remove(0);
    assert!(!last.expanded);
    // What was not opened can be.
    screen.expand_all(last.item);
    assert_eq!(screen.tree_len(), rows + 1);
}
