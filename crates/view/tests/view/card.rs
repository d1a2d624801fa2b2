use pycxray_view::{Card, Document, Ink, Item, Styled};

use crate::fixture::{code, file_of, one_of_each, open, rows};

/// The card of a place that the user names, as lines.
fn card(path: &str, place: &str) -> Vec<String> {
    let mut document = open(path);
    document.go_to(place).expect("it is there");
    lines(&document.card().expect("something is chosen"))
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
fn flags_are_spelled_out() {
    let mut document = open("cpython-3.12/py38.pyc");
    document.go_to("walrus").expect("it is there");
    document.tree_expand(document.selected_item().expect("chosen"));
    let flags = rows(&document).into_iter().find(|row| row.label == "flags" && row.depth == 3).expect("it is open");
    let card = lines(&document.card_of(flags.item));
    assert!(card.iter().any(|line| line.starts_with("0x1 CO_OPTIMIZED: Local variables")), "{card:?}");
    assert!(card.iter().any(|line| line.starts_with("0x2 CO_NEWLOCALS: ")));
}

#[test]
fn references_lead_both_ways() {
    let mut document = open("cpython-3.12/py38.pyc");
    let root = rows(&document)[5].item;
    document.tree_expand_all(root);
    let reference =
        rows(&document).into_iter().find(|row| row.value.to_string().starts_with("→ ")).expect("there is one");
    let target = document.follow(reference.item).expect("it leads somewhere");
    let card = document.card_of(target);
    let back = card.definitions.iter().find(|definition| definition.term == "referred to by").expect("it says so");
    assert!(back.value.0.iter().any(|piece| piece.link == Some(reference.item)), "{back:?}");
    let row = document.tree_reveal(target).expect("it has a row");
    assert!(document.tree_rows(row..row + 1)[0].references > 0);
}

/// Every item of a document: all rows, with all caches, and the parts of all objects.
fn all_items(document: &mut Document) -> Vec<Item> {
    for item in rows(document).iter().filter(|row| row.depth == 0).map(|row| row.item).collect::<Vec<_>>() {
        document.tree_expand_all(item);
    }
    let rows: Vec<Item> = rows(document).into_iter().map(|row| row.item).collect();
    let mut items = rows.clone();
    for item in rows {
        match item {
            Item::Object(id) => items.extend(document.pyc().parts(id)),
            Item::Instruction(..) => items.extend(document.pyc().children(item)),
            _ => {}
        }
    }
    items
}

#[test]
fn everything_has_a_card_in_plain_words() {
    for path in one_of_each() {
        let mut document = open(&path);
        let size = document.pyc().bytes().len() as u32;
        for item in all_items(&mut document) {
            let card = document.card_of(item);
            let said = lines(&card);
            assert!(!card.title.is_empty() && !card.text.is_empty(), "{path}: {said:?}");
            assert!(said.iter().all(|line| !line.chars().any(char::is_control)), "{path}: {said:?}");
            let sentences = card.text.iter().map(Styled::to_string);
            for sentence in sentences {
                assert!(sentence.ends_with(['.', '!']) && !sentence.contains('`'), "{path}: {sentence}");
            }
            let pieces = card.text.iter().chain(card.definitions.iter().map(|definition| &definition.value));
            for piece in pieces.flat_map(|text| &text.0) {
                assert!(!piece.text.is_empty());
                if let Some(link) = piece.link {
                    assert!(document.pyc().span(link).end <= size, "{path}: {said:?}");
                    assert!(document.tree_reveal(link).is_some(), "{path}: {link:?} of {said:?} has no row");
                }
                let troubled = document.problems().iter().any(|problem| problem.span == card.span);
                assert!(troubled || piece.ink != Ink::Damage, "{path} is whole: {said:?}");
            }
            assert!(!document.path(item).is_empty());
            let _ = document.value_text(item);
        }
    }
}

#[test]
fn the_time_of_the_source_is_given_by_the_readers_clock_too() {
    let mut document = open("cpython-3.12/hello.pyc");
    let mtime = document.mtime().expect("it is in the header");
    document.set_minutes_ahead(-90);
    document.select_offset(8);
    let said = lines(&document.card().expect("it is chosen"));
    assert!(said.contains(&format!("seconds: {mtime} since 1970")), "{said:?}");
    assert!(said.contains(&"local time: 2026-11-22 13:43:53 -01:30".to_owned()), "{said:?}");
}

#[test]
fn a_module_says_what_is_imported() {
    let card = |document: &Document| lines(&document.card().expect("the module is chosen first"));
    let module = card(&open("cpython-3.12/three.pyc"));
    assert!(module.contains(&"imports: sys, collections, os.path".to_owned()), "{module:?}");
    let module = card(&open("cpython-2.7/two_later.pyc"));
    assert!(module.contains(&"imports: __future__, contextlib, ., pkg".to_owned()), "{module:?}");
    // IMPORT_NAME 0, in a function in a function.
    let inner = code(&[108, 0], &[], &["socket"]);
    let outer = code(&[108, 0], &[&inner], &["ctypes"]);
    let module = file_of(&code(&[108, 0], &[&outer], &["os"]));
    let said = card(&module);
    assert!(said.contains(&"imports: os".to_owned()), "{said:?}");
    assert!(said.contains(&"imports inside: ctypes in m, socket in m".to_owned()), "{said:?}");
}
