use pycxray::{Field, Item, NodeId, Role};
use pycxray_view::protocol::{Card, ItemKey, ListingContent, ListingRow, Question, Style, Styled, TreeContent};

use crate::fixture::{code, file_of, label, one_of_each, open, read, value};
use crate::screen::Screen;

/// The card of a place that the user names, as lines.
fn card(path: &str, place: &str) -> Vec<String> {
    let mut screen = open(path);
    screen.go_to(place).expect("it is there");
    chosen(&screen)
}

/// The card of what is chosen, as lines.
fn chosen(screen: &Screen) -> Vec<String> {
    lines(screen.card().expect("something is chosen"))
}

fn lines(card: &Card) -> Vec<String> {
    let title = [format!("{} [{}]", card.title, card.subtitle)];
    let text = card.text.iter().map(Styled::to_string);
    let definitions = card.definitions.iter().map(|definition| format!("{}: {}", definition.term, definition.value));
    let parts = card.parts.iter().map(|part| format!("{} {}", part.label, part.value));
    title.into_iter().chain(text).chain(definitions).chain(parts).collect()
}

#[test]
fn an_instruction_is_taken_apart() {
    assert_eq!(
        card("cpython-3.12/py38.pyc", "walrus:46"),
        [
            "LOAD_GLOBAL [opcode 116 · 0x74]",
            "Pushes the value of a global or built-in name. Bit 0 pushes a NULL before it, to make room for a call.",
            "argument: 3 → co_names[1] len, push NULL too, ready for a call",
            "stack: +2",
            "source: line 4, columns 17–20",
            "reached from: 156 JUMP_BACKWARD",
            "inline cache: counter 0 · index 0 · module_keys_version 0 · builtin_keys_version 0",
            "specialized as: LOAD_GLOBAL_BUILTIN, LOAD_GLOBAL_MODULE",
            "file bytes: 0x00ad–0x00b6 · 74 03 00 00 00 00 00 00 00 00",
            "counter 0",
            "index 0",
            "module_keys_version 0",
            "builtin_keys_version 0",
        ]
    );
    let jump = card("cpython-3.12/py38.pyc", "walrus:44");
    assert!(jump.contains(&"argument: 56 → 158 LOAD_FAST (114 bytes on)".to_owned()), "{jump:?}");
    assert!(jump.contains(&"stack: −1".to_owned()));
    assert!(jump.contains(&"then: goes on at the next instruction or at 158 LOAD_FAST".to_owned()));
    let guarded = card("cpython-3.12/py38.pyc", "walrus:170");
    assert!(guarded.iter().any(|line| line.starts_with("guarded: an exception here leads to 200 ")), "{guarded:?}");
    let handler = card("cpython-3.12/py38.pyc", "walrus:200");
    assert!(handler.contains(&"handles: exceptions raised in 166 to 184, 186 to 194".to_owned()), "{handler:?}");
    let call = card("cpython-3.12/py38.pyc", "walrus:58");
    assert!(call[1].contains("Pops N arguments") && call.contains(&"argument: N = 1".to_owned()), "{call:?}");
    let constant = card("cpython-2.7/two.pyc", "<module>:0");
    assert!(constant.iter().any(|line| line.starts_with("argument: 0 → co_consts[0] ")), "{constant:?}");
}

#[test]
fn a_function_is_described() {
    let walrus = card("cpython-3.12/py38.pyc", "walrus");
    for line in [
        "walrus [code object · TYPE_CODE]",
        "A function of 3 parameters.",
        "parameters: (data, /, start, *, stop)",
        "lines: 2 to 6",
        "uses: len, print",
        "flags: 0x3 OPTIMIZED | NEWLOCALS",
    ] {
        assert!(walrus.iter().any(|known| known == line), "{line} in {walrus:#?}");
    }
    let module = card("cpython-3.12/three.pyc", "<module>");
    assert!(module.contains(&"imports: sys, collections, os.path".to_owned()), "{module:#?}");
    assert!(module.iter().any(|line| line.starts_with("defines: Meta, Base, ")));
    let class = card("cpython-3.8/py38.pyc", "A");
    assert!(class.iter().any(|line| line.starts_with("The body of a class")), "{class:#?}");
}

#[test]
fn an_opcode_names_the_forms_that_it_is_specialized_as() {
    // The `dis` of 3.14 names them, that of 3.12 does not.
    for file in ["cpython-3.14/py38.pyc", "cpython-3.12/py38.pyc"] {
        let mut screen = open(file);
        screen.go_to("walrus").expect("it is there");
        let rows = screen.all_listing_rows();
        let is_attribute = |row: &&ListingRow| matches!(&row.content, ListingContent::Instruction { cells, .. } if cells.opname == "LOAD_ATTR");
        screen.select(rows.iter().find(is_attribute).expect("it reads one").item);
        let attribute = chosen(&screen);
        let forms = attribute.iter().find(|line| line.starts_with("specialized as: ")).expect("it has some");
        assert!(forms.contains("LOAD_ATTR_SLOT"), "{attribute:#?}");
        assert!(!forms.contains("INSTRUMENTED"), "those are for tracing");
    }
}

#[test]
fn a_jump_into_an_instruction_says_what_is_carried_out_there() {
    let whole = open("cpython-2.7/two.pyc");
    let leads = |code: NodeId| {
        let bytecode = whole.pyc.code(code).expect("it is one").bytecode();
        let mut instructions = pycxray::Instructions::new(bytecode, whole.pyc.python());
        let jump = instructions.find(|instruction| instruction.target(whole.pyc.python()).is_some())?;
        Some((code, jump.offset))
    };
    let (code, offset) = whole.pyc.codes().iter().find_map(|&code| leads(code)).expect("one jumps");
    let mut bytes = read("cpython-2.7/two.pyc");
    // One byte further than it led to: into the argument of that instruction.
    bytes[whole.pyc.span(Item::Instruction(code, offset)).start as usize + 1] += 1;
    let mut screen = Screen::open("two.pyc", &bytes);
    screen.select(Item::Instruction(code, offset));
    let card = chosen(&screen);
    let decoded = card.iter().find(|line| line.starts_with("decoded from there: "));
    assert!(decoded.is_some_and(|line| line.contains(", ")), "{card:#?}");
}

#[test]
fn flags_are_spelled_out() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.go_to("walrus").expect("it is there");
    let walrus = screen.selected_item().expect("chosen");
    screen.toggle(walrus);
    let rows = screen.all_tree_rows();
    let flags = rows.iter().find(|row| label(row) == "flags" && row.depth == 3).expect("it is open");
    screen.select(flags.item);
    let card = chosen(&screen);
    assert!(card.iter().any(|line| line.starts_with("0x1 CO_OPTIMIZED: Local variables")), "{card:?}");
    assert!(card.iter().any(|line| line.starts_with("0x2 CO_NEWLOCALS: ")));
}

#[test]
fn references_lead_both_ways() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let root = screen.all_tree_rows()[5].item;
    screen.expand_all(root);
    let rows = screen.all_tree_rows();
    let reference = rows.iter().find(|row| value(row).starts_with("→ ")).expect("there is one");
    let TreeContent::Value { value, .. } = &reference.content else { panic!("it has a value") };
    screen.select(value.link().expect("it leads somewhere"));
    let card = screen.card().expect("it is chosen");
    let back = card.definitions.iter().find(|definition| definition.term == "referred to by").expect("it says so");
    assert!(back.value.0.iter().any(|run| run.link == Some(reference.item)), "{back:?}");
    let row = screen.tree_selected_row().expect("it has a row");
    let row = &screen.tree_rows(row..row + 1)[0];
    assert!(matches!(row.content, TreeContent::Value { references: 1.., .. }), "{row:?}");
}

#[test]
fn a_reference_is_shown_as_what_it_stands_for() {
    let mut seen = 0;
    for path in one_of_each() {
        let mut screen = open(&path);
        for item in all_items(&mut screen) {
            let Item::Object(id) = item else { continue };
            let tree = screen.pyc.tree();
            let (Role::Field(field), Some(_)) = (tree.node(id).role, tree.target(id)) else { continue };
            let (field, unit) = match field {
                Field::Exceptiontable => ("co_exceptiontable", "entries, 0 bytes"),
                Field::Filename => ("co_filename", ".py"),
                _ => continue,
            };
            screen.select(item);
            let card = chosen(&screen);
            assert!(card[0].contains(field), "{path}: {card:?}");
            assert!(card.iter().any(|line| line.starts_with("value: ") && line.contains(unit)), "{path}: {card:?}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} were seen");
}

/// Every item of a file: all rows, with all caches, and the parts of all objects.
fn all_items(screen: &mut Screen) -> Vec<Item> {
    let mut items: Vec<Item> = screen.pyc.top().collect();
    let mut at = 0;
    while let Some(&item) = items.get(at) {
        items.extend(screen.pyc.children(item));
        if let Item::Object(id) = item {
            items.extend(screen.pyc.parts(id));
        }
        at += 1;
    }
    items
}

#[test]
fn everything_has_a_card_in_plain_words() {
    for path in one_of_each() {
        let mut screen = open(&path);
        let items = all_items(&mut screen);
        let keys: Vec<ItemKey> = items.iter().map(|&item| item.into()).collect();
        let problems = screen.problems().problems.shown.clone();
        for &item in &items {
            screen.select(item);
            let card = screen.card().expect("it is chosen");
            let said = lines(card);
            assert!(!card.title.is_empty() && !card.text.is_empty(), "{path}: {said:?}");
            assert!(said.iter().all(|line| !line.chars().any(char::is_control)), "{path}: {said:?}");
            for sentence in card.text.iter().map(Styled::to_string) {
                assert!(sentence.ends_with(['.', '!']) && !sentence.contains('`'), "{path}: {sentence}");
            }
            let texts = card.text.iter().chain(card.definitions.iter().map(|definition| &definition.value));
            for run in texts.flat_map(|text| &text.0) {
                assert!(!run.text.is_empty());
                assert!(run.link.is_none_or(|link| keys.contains(&link)), "{path}: {run:?} of {said:?} leads nowhere");
                let troubled = problems.iter().any(|problem| problem.span == card.span);
                assert!(troubled || run.style != Style::Damage, "{path} is whole: {said:?}");
            }
            assert!(screen.tree_selected_row().is_some(), "{path}: {item:?} has no row");
            assert!(!screen.path().is_empty());
            screen.ask_text(Question::Value);
        }
    }
}

#[test]
fn the_time_of_the_source_is_given_by_the_readers_clock_too() {
    let mut screen = open("cpython-3.12/hello.pyc");
    screen.select_offset(8);
    let (said, mtime) = (chosen(&screen), screen.pyc.header().mtime.expect("it is in the header"));
    assert!(said.contains(&format!("seconds: {mtime} since 1970")), "{said:?}");
    assert!(said.contains(&"local time: 2026-11-22 13:43:53 -01:30".to_owned()), "{said:?}");
}

#[test]
fn a_module_says_what_is_imported() {
    let module = chosen(&open("cpython-3.12/three.pyc"));
    assert!(module.contains(&"imports: sys, collections, os.path".to_owned()), "{module:?}");
    let module = chosen(&open("cpython-2.7/two_later.pyc"));
    assert!(module.contains(&"imports: __future__, contextlib, ., pkg".to_owned()), "{module:?}");
    // IMPORT_NAME 0, in a function in a function.
    let inner = code(&[108, 0], &[], &["socket"]);
    let outer = code(&[108, 0], &[&inner], &["ctypes"]);
    let said = chosen(&file_of(&code(&[108, 0], &[&outer], &["os"])));
    assert!(said.contains(&"imports: os".to_owned()), "{said:?}");
    assert!(said.contains(&"imports inside: ctypes in m, socket in m".to_owned()), "{said:?}");
}

#[test]
fn the_magic_number_is_that_of_the_header_wherever_that_stands() {
    let marked = [b"\xef\xbb\xbf", &crate::fixture::read("cpython-3.12/py38.pyc")[..]].concat();
    let mut screen = Screen::open("py38.pyc", &marked);
    screen.select_offset(3);
    let card = screen.card().expect("a card");
    let writer = card.definitions.iter().find(|definition| definition.term == "written by").expect("it is told");
    assert_eq!(writer.value.to_string(), "CPython 3.12");
}

#[test]
fn a_magic_number_is_of_whom_the_file_is() {
    // RustPython had a number of its own in each build, and one of CPython's; what follows tells.
    for (first, writer) in [(b"9f3c", "RustPython 3.13"), (b"\xcb\x0d\r\n", "RustPython 3.12")] {
        let bytes = [&first[..], &[0; 12], b"c\x05\0\0\0\x97\0\0\0"].concat();
        let mut screen = Screen::open("rust.pyc", &bytes);
        assert_eq!(screen.summary().python, writer);
        screen.select_offset(0);
        let card = screen.card().expect("a card").clone();
        let told = card.definitions.iter().find(|definition| definition.term == "written by").expect("it is told");
        assert_eq!(told.value.to_string(), writer);
        let row = screen.tree_selected_row().expect("it has a row");
        let row = format!("{:?}", screen.tree_rows(row..row + 1));
        assert!(row.contains(writer) && !row.contains("no Python known"), "{row}");
    }
}
