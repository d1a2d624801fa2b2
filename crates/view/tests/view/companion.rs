//! A source beside its file: which goes where, what its text became, and whether the file can have been made of it.

use pycxray_view::protocol::{
    Action, CompanionAction, CompanionWindow, DocumentId, ListingContent, Outcome, Request, RowKey, Source, Standing,
    TextPoint,
};

use crate::fixture::read;
use crate::screen::{FILE, Screen};

const SOURCE: DocumentId = DocumentId(7);
const OTHER: DocumentId = DocumentId(8);

fn source() -> Vec<u8> {
    read("src/py38.py")
}

/// A file with this source dropped after it.
fn beside(path: &str, source: &[u8]) -> Screen {
    let mut screen = Screen::empty();
    let bytes = read(path);
    screen.pyc = pycxray::Pyc::parse(bytes.clone());
    screen.open_as(FILE, "py38.pyc", &bytes, None);
    screen.open_as(SOURCE, "py38.py", source, None);
    screen
}

/// A source that is beside the file, and no other one.
fn beside_file(id: DocumentId) -> Source {
    Source { id, files: vec![FILE] }
}

fn standing(screen: &Screen) -> Standing {
    screen.companion().expect("the file can have one").standing
}

/// Where some text begins, as it is drawn.
fn point(screen: &mut Screen, text: &str) -> TextPoint {
    let rows = &screen.companion_text(0..1_000).window.rows;
    let line = |at: usize| format!("{}{}{}", rows[at].before, rows[at].chosen, rows[at].after);
    let found = (0..rows.len()).find_map(|row| Some(TextPoint { row, column: line(row).find(text)? }));
    found.unwrap_or_else(|| panic!("no line says {text}"))
}

fn pick(screen: &mut Screen, text: &str) {
    let from = point(screen, text);
    screen.act(Action::Companion(CompanionAction::Pick(from, from)));
}

/// The text that is marked as chosen, line by line.
fn chosen(window: &CompanionWindow) -> Vec<String> {
    let chosen = window.window.rows.iter().map(|row| row.chosen.to_string());
    chosen.filter(|text| !text.is_empty()).collect()
}

/// The instructions of the listing that are marked together.
fn together(screen: &mut Screen) -> Vec<String> {
    let rows = screen.all_listing_rows().into_iter().filter(|row| row.is_together);
    rows.filter_map(|row| match row.content {
        ListingContent::Instruction { cells, .. } => Some(cells.opname),
        _ => None,
    })
    .collect()
}

#[test]
fn a_source_goes_into_the_tab_of_its_file_whichever_comes_first() {
    let after = beside("cpython-3.12/py38.pyc", &source());
    let mut before = Screen::empty();
    before.open_as(SOURCE, "py38.py", &source(), None);
    assert_eq!(before.tabs.tabs.len(), 1, "alone, it waits in a tab");
    before.open_as(FILE, "py38.cpython-312.pyc", &read("cpython-3.12/py38.pyc"), None);
    for screen in [after, before] {
        assert_eq!((screen.tabs.tabs.len(), screen.tabs.active), (1, Some(FILE)));
        assert_eq!(screen.tabs.sources, [beside_file(SOURCE)], "the page is told where it went");
        assert_eq!(screen.companion().expect("one").name, "py38.py");
        assert_eq!(standing(&screen), Standing::Proved);
        assert_eq!(screen.paired, Some(FILE));
    }
}

#[test]
fn a_source_of_another_name_is_a_tab_until_it_is_chosen_for_a_file() {
    let mut screen = Screen::open("py38.pyc", &read("cpython-3.12/py38.pyc"));
    assert_eq!(standing(&screen), Standing::Absent);
    let missing = screen.companion_text(0..9).missing.clone().expect("why there is no text");
    assert!(missing.contains("py38.py"), "{missing}");
    screen.open_as(SOURCE, "copy.py", &source(), None);
    assert_eq!((screen.tabs.tabs.len(), screen.tabs.sources.len()), (2, 0));
    let request = Request::OpenSource { id: OTHER, name: "copy.py".to_owned(), files: vec![FILE] };
    screen.send_with(request, source());
    screen.send(Request::Activate(FILE));
    assert_eq!((standing(&screen), screen.tabs.sources.clone()), (Standing::Proved, vec![beside_file(OTHER)]));
}

#[test]
fn a_source_goes_beside_all_files_that_it_was_beside_before() {
    let mut screen = Screen::empty();
    let (first, gone, second) = (DocumentId(1), DocumentId(2), DocumentId(3));
    for id in [first, second] {
        screen.open_as(id, "other.pyc", &read("cpython-3.12/py38.pyc"), None);
    }
    let request = Request::OpenSource { id: SOURCE, name: "copy.py".to_owned(), files: vec![first, gone, second] };
    screen.send_with(request, source());
    assert_eq!(screen.tabs.sources, [Source { id: SOURCE, files: vec![first, second] }]);
    let request = Request::OpenSource { id: OTHER, name: "copy.py".to_owned(), files: vec![gone] };
    screen.send_with(request, source());
    assert_eq!(screen.tabs.tabs.last().map(|tab| tab.id), Some(OTHER), "beside none, it has a tab");
}

#[test]
fn a_source_is_known_by_what_the_file_was_compiled_from() {
    let mut screen = Screen::open("deadbeef", &read("cpython-3.12/py38.pyc"));
    screen.open_as(SOURCE, "py38.py", &source(), None);
    assert_eq!(screen.tabs.sources, [beside_file(SOURCE)]);
}

#[test]
fn the_source_of_a_member_is_the_one_in_its_container() {
    let python = read("cpython-3.12/py38.pyc");
    let files = [("pkg/__pycache__/py38.cpython-312.pyc", python.clone()), ("pkg/py38.py", b"import os\n".to_vec())];
    let mut screen = Screen::empty();
    screen.open_as(OTHER, "py38.py", &source(), None);
    let listed = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.len() as u32)).collect();
    let request = Request::OpenFolder { id: SOURCE, name: "site".to_owned(), files: listed, on_screen: true };
    screen.send_with(request, files.map(|(_, bytes)| bytes).concat());
    screen.open_as(FILE, "site!pkg/__pycache__/py38.cpython-312.pyc", &python, None);
    assert_eq!(standing(&screen), Standing::Inconsistent);
    assert_eq!(screen.companion().expect("one").name, "pkg/py38.py");
    assert_eq!((screen.paired, screen.tabs.tabs.len()), (None, 3), "the one that came alone is another's");
    screen.open_as(DocumentId(9), "py38.py", &source(), None);
    assert_eq!(standing(&screen), Standing::Proved, "one that is dropped on it is meant for it");
}

#[test]
fn closing_a_file_closes_its_source_and_another_source_takes_its_place() {
    let mut screen = beside("cpython-3.12/py38.pyc", &source());
    screen.open_as(OTHER, "py38.py", b"import os\n", None);
    assert_eq!((standing(&screen), screen.tabs.sources.clone()), (Standing::Inconsistent, vec![beside_file(OTHER)]));
    screen.send(Request::ReadAs { id: FILE, python: Some("CPython 3.12".to_owned()) });
    assert_eq!(screen.tabs.sources, [beside_file(OTHER)], "another reading keeps it");
    screen.send(Request::Close(FILE));
    assert_eq!((screen.tabs.tabs.len(), screen.tabs.sources.len()), (0, 0));
}

#[test]
fn what_speaks_against_a_file_leads_to_bytes_and_to_text() {
    let text = String::from_utf8(source()).expect("text").replace("'cleanup'", "'clean-up'");
    let mut screen = beside("cpython-3.12/py38.pyc", text.as_bytes());
    let verify = screen.verify();
    let verification = verify.verification.expect("it was verified");
    assert_eq!((verify.standing, verification.contents), (Standing::Inconsistent, Standing::Inconsistent));
    assert!(verification.header.contains("bytes"), "{}", verification.header);
    let constant = verification.evidence.iter().position(|evidence| evidence.message.contains("'cleanup'"));
    let at = constant.expect("the text that the source has not");
    screen.act(Action::Companion(CompanionAction::Evidence(at)));
    assert_eq!(screen.selection().span, verification.evidence[at].span);
    let lacking = verification.evidence.iter().position(|evidence| evidence.message.contains("'clean-up'"));
    let at = lacking.expect("the text that the file has not");
    screen.act(Action::Companion(CompanionAction::Evidence(at)));
    let window = screen.companion_text(0..100);
    let line = verification.evidence[at].line.expect("its line") as usize;
    assert_eq!(window.window.selected, Some(line - 1), "the text is in sight");
    assert_eq!(chosen(window), ["print('clean-up')"]);
    assert!(window.window.rows[line - 1].is_evidence);
}

#[test]
fn an_instruction_marks_its_exact_columns_or_its_line() {
    let mut screen = beside("cpython-3.12/py38.pyc", &source());
    screen.go_to("walrus:46").expect("it is there");
    assert_eq!(chosen(screen.companion_text(0..100)), ["len"]);
    let mut screen = beside("cpython-3.8/py38.pyc", &source());
    screen.go_to("walrus:30").expect("it is there");
    let line = chosen(screen.companion_text(0..100));
    assert_eq!(line.len(), 1);
    assert!(line[0].starts_with("if (n := len(chunk))"), "{line:?}");
}

#[test]
fn text_marks_the_instructions_bytes_and_rows_that_it_became() {
    let mut screen = beside("cpython-3.12/py38.pyc", &source());
    pick(&mut screen, "len(chunk)");
    assert_eq!(together(&mut screen), ["LOAD_GLOBAL"], "a click means the smallest text around it");
    let from = point(&mut screen, "len(chunk)");
    let to = TextPoint { column: from.column + "len(chunk)".len(), ..from };
    screen.act(Action::Companion(CompanionAction::Pick(to, from)));
    assert_eq!(together(&mut screen), ["LOAD_GLOBAL", "LOAD_FAST", "CALL"]);
    assert_eq!(chosen(screen.companion_text(0..100)), ["len(chunk)"]);
    let bytes: u32 = screen.hex(0..100, 16).together.iter().map(|span| span.len()).sum();
    assert_eq!(bytes, 10 + 2 + 8, "with their caches");
    assert_eq!(screen.all_tree_rows().iter().filter(|row| row.is_together).count(), 3);
    screen.go_to("early").expect("it is there");
    assert_eq!(together(&mut screen), Vec::<String>::new(), "something else is chosen");
}

#[test]
fn a_line_is_tinted_as_its_instructions_unless_declined() {
    let mut screen = beside("cpython-3.12/py38.pyc", &source());
    screen.go_to("star_return").expect("it is there");
    let row = point(&mut screen, "return 1, *rest").row;
    let line = screen.companion_text(0..100).window.rows[row].clone();
    assert!(line.tint.is_some());
    screen.act(Action::Select(line.item.expect("instructions")));
    let tints: Vec<Option<u8>> = screen.all_listing_rows().iter().map(|row| row.tint).collect();
    assert!(tints.iter().filter(|tint| **tint == line.tint).count() >= 3, "{tints:?}");
    let blank = screen.companion_text(0..100).window.rows[0].clone();
    assert_eq!((blank.tint, blank.item), (None, None), "a comment became nothing");
    screen.act(Action::Companion(CompanionAction::Tint(false)));
    assert!(screen.all_listing_rows().iter().all(|row| row.tint.is_none()));
    assert!(screen.companion_text(0..100).window.rows.iter().all(|row| row.tint.is_none()));
}

#[test]
fn keys_go_from_line_to_line_that_became_something() {
    let mut screen = beside("cpython-3.12/py38.pyc", &source());
    pick(&mut screen, "def early");
    let mut press = |key| {
        screen.act(Action::Companion(CompanionAction::Key(key, 20)));
        screen.companion_text(0..100).window.selected
    };
    assert_eq!(press(RowKey::Down), Some(9));
    assert_eq!(press(RowKey::Up), Some(8));
    assert_eq!(press(RowKey::Home), Some(1), "the first line is a comment");
}

#[test]
fn what_cannot_be_read_or_verified_says_why() {
    let mut screen = beside("cpython-3.12/py38.pyc", b"# coding: klingon\n");
    assert_eq!(screen.verify().verification.expect("it was verified").contents, Standing::CannotTell);
    assert!(screen.companion_text(0..9).missing.clone().expect("why").contains("klingon"));
    let mut screen = Screen::open("py38.pyc", &read("cpython-3.12/py38.pyc"));
    let verifier = screen.run_errand;
    screen.run_errand = |errand, _| Outcome {
        document: errand.document,
        serial: errand.serial,
        work: errand.work,
        made: Err("It was given up.".to_owned()),
    };
    screen.open_as(SOURCE, "py38.py", &source(), None);
    assert_eq!(standing(&screen), Standing::Unverified);
    let verify = screen.verify();
    assert_eq!((verify.sentence.as_str(), verify.can_retry), ("It was given up.", true));
    screen.run_errand = verifier;
    screen.act(Action::Companion(CompanionAction::Retry));
    assert_eq!(standing(&screen), Standing::Proved);
}

#[test]
fn every_pair_of_a_file_and_a_source_is_shown_without_harm() {
    for path in crate::fixture::one_of_each() {
        let mut screen = beside(&path, &source());
        for row in 0..30 {
            let from = TextPoint { row, column: 3 };
            let to = TextPoint { row: row / 2, column: usize::MAX };
            screen.act(Action::Companion(CompanionAction::Pick(from, to)));
            screen.act(Action::Companion(CompanionAction::Evidence(row)));
            screen.act(Action::Companion(CompanionAction::Key(RowKey::PageDown, 5)));
        }
        screen.companion_text(0..100);
        screen.all_listing_rows();
    }
}

#[test]
fn what_is_not_proved_says_why_and_where() {
    let all = beside("cpython-3.12/py38.pyc", &source()).verify();
    let verification = all.verification.expect("it was verified");
    assert_eq!((verification.proved, verification.proofs, verification.unproved.len()), (6, 6, 0));
    // The same names and constants, otherwise put together.
    let text = String::from_utf8(source()).expect("text").replace("(n := len(chunk)) > 5", "5 > (n := len(chunk))");
    let mut screen = beside("cpython-3.12/py38.pyc", text.as_bytes());
    let verify = screen.verify();
    let verification = verify.verification.expect("it was verified");
    assert_ne!(verify.standing, Standing::Proved);
    assert!(verification.proved < verification.proofs);
    let unproved = &verification.unproved[0];
    assert!(unproved.message.starts_with("walrus: "), "{}", unproved.message);
    screen.act(Action::Companion(CompanionAction::Evidence(verification.evidence.len())));
    assert_eq!(screen.selection().span, unproved.span);
}
