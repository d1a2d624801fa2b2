//! What archives and frozen programs hold.

use std::fs;
use std::path::Path;

use pycxray_view::protocol::{Action, Answer, DocumentId, MemberRow, MembersAction, Question, Request};

use crate::screen::Screen;

pub(crate) fn container(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/containers");
    fs::read(folder.join(name)).expect("a container")
}

fn open(name: &str) -> Screen {
    Screen::open(name, &container(name))
}

fn rows(screen: &mut Screen) -> Vec<MemberRow> {
    screen.members(0..1_000).rows.clone()
}

/// The number of the member whose name ends so.
fn member(screen: &mut Screen, ending: &str) -> u32 {
    let row = rows(screen).into_iter().find(|row| row.name.ends_with(ending));
    row.unwrap_or_else(|| panic!("no member ends in {ending}")).member
}

/// Opens a member as the page does, and answers what it is read as.
fn python_of_opened(screen: &mut Screen, member: u32) -> String {
    let mut answers = screen.ask_all(Question::Member(member));
    let Some((Answer::Bytes, bytes)) = answers.pop() else { panic!("{answers:?} has no bytes") };
    screen.open_as(DocumentId(2), "archive!member", &bytes, None);
    screen.summary().python.clone()
}

#[test]
fn a_wheel_says_what_it_is_and_what_it_holds() {
    let mut screen = open("shop-1.0-py3-none-any.whl");
    let listed = rows(&mut screen);
    let summary = screen.summary();
    assert_eq!(summary.python, "a wheel (a zip archive)");
    assert_eq!(summary.members, Some(listed.len()));
    assert_eq!((summary.codes, summary.problems, summary.banner.as_deref()), (0, 0, None));
    assert_eq!(summary.parts[0].value.to_string(), format!("{} members", listed.len()));
    assert_eq!(screen.tabs.tabs[0].python, "a wheel (a zip archive)");
    let source = listed.iter().find(|row| row.name == "shop/__init__.py").expect("its module");
    assert_eq!((source.kind.as_str(), &source.python, source.is_library), ("Python source", &None, false));
    assert!(source.size.is_some_and(|size| size > 0));
    let first_library = listed.iter().position(|row| row.is_library).unwrap_or(listed.len());
    assert!(listed[first_library..].iter().all(|row| row.is_library), "what is the author's comes first");
}

#[test]
fn code_in_the_archive_within_a_frozen_program_is_listed_and_opened() {
    for (name, python) in [("pyinstaller-6-3.12.bin", "CPython 3.12"), ("pyinstaller-3.6-2.7.bin", "CPython 2.7")] {
        let mut screen = open(name);
        let listed = rows(&mut screen);
        let row = listed.iter().find(|row| row.name == "PYZ-00.pyz!basket").expect("a module of the author's");
        assert_eq!(row.python.as_deref(), Some(python), "{name}");
        let bytecode = listed.iter().filter(|row| row.kind.starts_with("bytecode")).count();
        assert_eq!(screen.summary().parts[1].value.to_string(), format!("{bytecode} of them bytecode"));
        assert_eq!(python_of_opened(&mut screen, row.member), python, "{name}: a header tells whose it is");
        assert!(screen.summary().codes > 0);
    }
}

#[test]
fn members_of_a_compressed_tar_archive_are_opened() {
    for ending in ["gz", "bz2", "xz", "zst"] {
        let mut screen = open(&format!("folder.tar.{ending}"));
        let member = member(&mut screen, ".pyc");
        assert_eq!(python_of_opened(&mut screen, member), "CPython 3.8", "{ending}");
    }
}

#[test]
fn a_filter_leaves_those_whose_names_hold_it() {
    let mut screen = open("shop-1.0-py3-none-any.whl");
    let all = rows(&mut screen).len();
    screen.act(Action::Members(MembersAction::Filter("__INIT__".to_owned())));
    let window = screen.members(0..1_000).clone();
    assert!(window.total > 0 && window.total < all, "{} of {all}", window.total);
    assert!(window.rows.iter().all(|row| row.name.contains("__init__")));
    assert_eq!(window.selected, Some(0));
    screen.act(Action::Members(MembersAction::Filter("no such name".to_owned())));
    assert_eq!((screen.members(0..9).total, screen.members(0..9).selected), (0, None));
    screen.act(Action::Members(MembersAction::Filter(String::new())));
    assert_eq!(rows(&mut screen).len(), all);
}

#[test]
fn choosing_a_member_chooses_its_bytes() {
    let mut screen = open("shop-1.0-py3-none-any.whl");
    screen.act(Action::Members(MembersAction::Select(1)));
    assert_eq!(screen.members(0..9).selected, Some(1));
    let span = screen.selection().span;
    assert!(span.start > 0 && span.len() > 1, "{span:?} are packed bytes behind a local header");
    let card = screen.card().expect("there are bytes");
    assert!(format!("{card:?}").contains("The bytes of the archive."), "{card:?}");
    screen.act(Action::Members(MembersAction::Select(usize::MAX)));
    let window = screen.members(0..9);
    assert_eq!(window.selected, Some(window.total - 1));
}

#[test]
fn what_cannot_be_opened_says_what_it_is_and_what_to_do() {
    for (name, bytes, what, next) in [
        ("a.py", &b"import os\nprint(os.name)\n"[..], "Python source", "no bytecode yet"),
        ("a.pickle", b"\x80\x04\x95\x03\x00\x00\x00\x00\x00\x00\x00]\x94.", "a pickle", "pickletools"),
    ] {
        let mut screen = Screen::open(name, bytes);
        let summary = screen.summary();
        assert_eq!((summary.python.as_str(), summary.members), (what, None));
        let banner = summary.banner.clone().unwrap_or_default();
        assert!(banner.contains(what) && banner.contains(next), "{banner}");
        assert_eq!(screen.ask(Question::Member(0)), Answer::Nothing);
    }
}

#[test]
fn a_damaged_archive_says_so_and_what_cannot_be_had_is_refused() {
    let bytes = container("shop-1.0-py3-none-any.whl");
    let screen = Screen::open("cut.whl", &bytes[..bytes.len() - 30]);
    assert!(screen.summary().problems > 0, "its table is cut off");
    let mut screen = open("shop-1.0-py3-none-any.whl");
    assert_eq!(screen.ask(Question::Member(u32::MAX)), Answer::Nothing, "there is no such member");
    assert!(matches!(screen.ask(Question::Member(0)), Answer::Bytes));
}

#[test]
fn a_folder_is_a_container() {
    let fixture = crate::fixture::read("cpython-3.12/hello.pyc");
    let files = [("notes.txt", &b"nothing"[..]), ("pkg/hello.pyc", &fixture), ("pkg/empty.py", b"")];
    let bytes = files.map(|(_, bytes)| bytes).concat();
    let mut screen = Screen::empty();
    let listed = files.map(|(path, bytes)| (path.to_owned(), bytes.len() as u32)).to_vec();
    let id = crate::screen::FILE;
    screen.send_with(Request::OpenFolder { id, name: "work".to_owned(), files: listed, on_screen: true }, bytes);
    assert_eq!((screen.summary().python.as_str(), screen.summary().members), ("a folder", Some(3)));
    let hello = member(&mut screen, "hello.pyc");
    let row = rows(&mut screen).into_iter().find(|row| row.member == hello).expect("it is listed");
    assert_eq!((row.name.as_str(), row.python.as_deref()), ("pkg/hello.pyc", Some("CPython 3.12")));
    let answer = screen.ask_all(Question::Member(hello)).pop();
    assert_eq!(answer, Some((Answer::Bytes, fixture)));
    screen.send(Request::ReadAs { id, python: None });
    assert_eq!(screen.tabs.tabs[0].python, "a folder", "it has no other reading");
}

#[test]
fn a_text_that_writes_bytes_out_is_read_as_those() {
    let bytes = crate::fixture::read("cpython-3.12/hello.pyc");
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let literal: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    for (text, form) in [(hex.join(" "), "hex"), (format!("b'{literal}'"), "Python literal")] {
        let screen = Screen::open("pasted", text.as_bytes());
        assert_eq!(screen.summary().python, "CPython 3.12");
        assert_eq!(screen.summary().size as usize, bytes.len());
        let part = screen.summary().parts.iter().find(|part| part.term == "written out as").expect("it says how");
        assert_eq!(part.value.to_string(), form);
    }
    assert_eq!(Screen::open("a.txt", b"c0ffee is a word of hex").summary().python, "no .pyc file");
}
