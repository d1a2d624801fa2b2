//! The engine as a page sees it: what is sent, and what is not.

use pycxray_view::protocol::{
    Action, Answer, DocumentId, ExportKind, Part, Place, Question, QuestionId, Request, RowKey, Rows, Task, TreeAction,
    Update, View, Viewport,
};
use pycxray_view::{Engine, Message};

use crate::fixture::read;
use crate::screen::{FILE, Screen, clock};

/// What the engine sends for a request.
fn messages(engine: &mut Engine, request: Request, bytes: Vec<u8>) -> Vec<Message> {
    let mut messages = Vec::new();
    engine.handle(request, bytes, &mut |message| messages.push(message));
    messages
}

/// The names of the parts in what the engine sends.
fn parts(messages: &[Message]) -> Vec<String> {
    let name = |part: &Part| format!("{part:?}").split('(').next().unwrap_or_default().to_owned();
    let updates = messages.iter().flat_map(|message| &message.updates);
    updates
        .flat_map(|update| match update {
            Update::Snapshot(snapshot) => snapshot.parts.iter().map(name).collect(),
            _ => Vec::new(),
        })
        .collect()
}

fn open(id: u32, on_screen: bool) -> Request {
    Request::Open { id: DocumentId(id), name: format!("{id}.pyc"), python: None, place: None, on_screen }
}

fn watch(document: Option<DocumentId>, viewport: Viewport) -> Request {
    Request::Watch { document, viewport }
}

fn act(action: Action) -> Request {
    Request::Act { document: DocumentId(1), action }
}

const ROWS: Rows = Rows { start: 0, count: 90 };

#[test]
fn only_what_changed_is_sent_and_only_of_what_is_watched() {
    let mut engine = Engine::new(clock());
    assert_eq!(messages(&mut engine, watch(None, Viewport::Tree(ROWS)), Vec::new()), []);
    let sent = messages(&mut engine, open(1, true), read("cpython-3.12/py38.pyc"));
    assert_eq!(parts(&sent), ["Summary", "Selection", "Card", "Place", "Search", "Companion", "Tree"]);
    assert_eq!(sent.len(), 1, "tabs and snapshot come together");
    let first = Some(DocumentId(1));
    assert_eq!(messages(&mut engine, watch(first, Viewport::Tree(ROWS)), Vec::new()), [], "the page has these rows");
    let hex = Viewport::Hex { rows: ROWS, columns: 16 };
    assert_eq!(parts(&messages(&mut engine, watch(first, hex), Vec::new())), ["Hex"]);
    let sent = messages(&mut engine, act(Action::SelectOffset(0xad)), Vec::new());
    assert_eq!(parts(&sent), ["Selection", "Card", "Place", "Tree"], "the bytes stay where they are");
    messages(&mut engine, Request::Unwatch(View::Tree), Vec::new());
    let sent = messages(&mut engine, act(Action::Tree(TreeAction::Key(RowKey::Home, 10))), Vec::new());
    assert_eq!(parts(&sent), ["Selection", "Card", "Place"]);
    assert_eq!(messages(&mut engine, act(Action::Tree(TreeAction::Key(RowKey::Home, 10))), Vec::new()).len(), 1);
}

#[test]
fn another_document_is_sent_whole_when_it_comes_on_screen() {
    let mut engine = Engine::new(clock());
    messages(&mut engine, open(1, true), read("cpython-3.12/py38.pyc"));
    let sent = messages(&mut engine, open(2, false), read("cpython-3.12/hello.pyc"));
    assert_eq!(parts(&sent), [""; 0], "it is behind the first");
    messages(&mut engine, watch(Some(DocumentId(1)), Viewport::Tree(ROWS)), Vec::new());
    let sent = messages(&mut engine, Request::Activate(DocumentId(2)), Vec::new());
    assert_eq!(parts(&sent), ["Summary", "Selection", "Card", "Place", "Search", "Companion", "Tree"]);
    let sent = messages(&mut engine, Request::Close(DocumentId(2)), Vec::new());
    let Some(Update::Tabs(tabs)) = sent[0].updates.first() else { panic!("the tabs come first: {sent:?}") };
    assert_eq!((tabs.tabs.len(), tabs.active), (1, Some(DocumentId(1))));
    let sent = messages(&mut engine, Request::Close(DocumentId(1)), Vec::new());
    let closed = |update: &Update| matches!(update, Update::Tabs(tabs) if tabs.active.is_none());
    assert!(sent[0].updates.iter().all(closed), "there is nothing more to show");
}

#[test]
fn the_window_follows_what_is_chosen_elsewhere() {
    let mut screen = Screen::open("py38.pyc", &read("cpython-3.12/py38.pyc"));
    assert_eq!(screen.listing(0..9).window.start, 0);
    screen.go_to("walrus:150").expect("it is there");
    screen.send(Request::Unwatch(View::Tree));
    let window = &screen.listing(0..9).window;
    assert_eq!(window.start, 0, "the page asks for what it likes");
    screen.go_to("walrus:158").expect("it is there");
    let row = screen.listing(0..0).window.selected.expect("it is listed");
    assert!(row > 9);
}

#[test]
fn a_new_engine_shows_what_the_one_before_it_showed() {
    let mut screen = Screen::open("py38.pyc", &read("cpython-3.12/py38.pyc"));
    screen.send(Request::ReadAs { id: FILE, python: Some("CPython 3.11".to_owned()) });
    screen.select_offset(0xad);
    let (place, selection) = (screen.place().clone(), screen.selection().clone());
    let mut again = Screen::empty();
    let request = Request::Open {
        id: FILE,
        name: "py38.pyc".to_owned(),
        python: Some("CPython 3.11".to_owned()),
        place: Some(place),
        on_screen: true,
    };
    again.send_with(request, read("cpython-3.12/py38.pyc"));
    assert_eq!(again.summary().python, "CPython 3.11");
    assert_eq!((again.selection().item, again.selection().span), (selection.item, selection.span));
}

#[test]
fn an_export_comes_in_pieces() {
    let mut screen = Screen::open("py38.pyc", &read("cpython-3.12/py38.pyc"));
    for kind in ExportKind::ALL {
        screen.progress.clear();
        let answers = screen.ask_all(Question::Export(kind));
        let (last, pieces) = answers.split_last().expect("it is answered");
        assert_eq!(*last, (Answer::Done, Vec::new()));
        assert!(pieces.iter().all(|(answer, bytes)| *answer == Answer::Bytes && !bytes.is_empty()));
        let text: Vec<u8> = pieces.iter().flat_map(|(_, bytes)| bytes).copied().collect();
        assert!(String::from_utf8(text).expect("it is text").contains("walrus"), "{kind:?}");
        let last = screen.progress.last().expect("it tells how far it is");
        assert_eq!((last.task, last.share), (Task::Exporting, 1.0));
    }
}

#[test]
fn what_is_closed_or_gone_is_answered_with_nothing() {
    let mut screen = Screen::open("py38.pyc", &read("cpython-3.12/py38.pyc"));
    let last = screen.all_tree_rows().last().expect("a row").item;
    screen.search("len");
    screen.open_as(DocumentId(2), "small.bin", b"N", Some(Place::parse("code=nobody")));
    let stale = Request::Act { document: DocumentId(2), action: Action::Select(last) };
    screen.send(stale);
    assert_ne!(screen.selection().item, Some(last), "this file has no such object");
    screen.send(Request::Close(FILE));
    screen.act(Action::Select(last));
    assert_eq!(screen.ask(Question::Value), Answer::Nothing);
    let question = Request::Ask { question_id: QuestionId(9), document: DocumentId(7), question: Question::Path };
    let mut engine = Engine::new(clock());
    let sent = messages(&mut engine, question, Vec::new());
    let nothing = Update::Answer { question_id: QuestionId(9), answer: Answer::Nothing };
    assert_eq!(sent, [Message { updates: vec![nothing], bytes: Vec::new() }]);
}

#[test]
fn switching_keeps_the_function_where_both_files_have_it() {
    let mut screen = crate::fixture::open("cpython-3.12/py38.pyc");
    screen.open_as(DocumentId(2), "other.pyc", &crate::fixture::read("cpython-3.13/py38.pyc"), None);
    screen.open_as(DocumentId(3), "hello.pyc", &crate::fixture::read("cpython-3.12/hello.pyc"), None);
    screen.send(Request::Activate(DocumentId(1)));
    assert!(screen.go_to("walrus").is_ok());
    screen.send(Request::Activate(DocumentId(2)));
    assert_eq!(screen.card().expect("something is chosen").title, "walrus");
    screen.send(Request::Activate(DocumentId(3)));
    assert_eq!(screen.card().expect("something is chosen").title, "<module>", "it has no such function");
}

#[test]
fn what_a_transfer_spoiled_can_be_read_repaired() {
    let sound = read("cpython-3.12/py38.pyc");
    let as_text: String = sound.iter().map(|&byte| char::from(byte)).collect();
    let marked = [b"\xef\xbb\xbf", &sound[..]].concat();
    let windows: Vec<u8> = sound
        .iter()
        .flat_map(|&byte| if byte == b'\n' { &b"\r\n"[..] } else { std::slice::from_ref(&byte) }.to_vec())
        .collect();
    for spoiled in [as_text.into_bytes(), marked, windows] {
        let mut screen = Screen::open("py38.pyc", &spoiled);
        let before = screen.summary().clone();
        assert!(before.banner.is_some(), "it is said");
        let repair = before.repair.clone().expect("it can be repaired");
        screen.send(Request::ReadAs { id: FILE, python: Some(repair) });
        let after = screen.summary();
        assert!(after.banner.is_none() && after.codes == 6, "{:?}", after.banner);
        assert!(after.parts.iter().any(|part| part.term == "read"), "it is said how it is read");
        assert_eq!(after.size as usize, sound.len());
        screen.send(Request::ReadAs { id: FILE, python: None });
        assert_eq!(screen.summary(), &before, "as it is");
    }
    assert_eq!(Screen::open("py38.pyc", &sound).summary().repair, None);
}
