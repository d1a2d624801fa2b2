//! What archives and frozen programs hold.

use std::fs;
use std::path::Path;

use pycxray_view::protocol::{
    Action, Answer, DocumentId, MemberName, MemberRow, MembersAction, Place, Question, Request, RowKey,
};

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

/// The member whose name ends so.
fn member(screen: &mut Screen, ending: &str) -> MemberName {
    let members = rows(screen).into_iter().filter_map(|row| row.member);
    members
        .into_iter()
        .find(|member| member.name.ends_with(ending))
        .unwrap_or_else(|| panic!("no member ends in {ending}"))
}

/// What is to be seen: each row's label behind its depth, with a sign for what is in it.
fn drawn(screen: &mut Screen) -> Vec<String> {
    let line = |row: MemberRow| {
        let sign = match (row.expandable, row.expanded) {
            (true, true) => "-",
            (true, false) => "+",
            (false, _) => "",
        };
        format!("{}{sign}{}", "  ".repeat(row.depth as usize), row.label)
    };
    rows(screen).into_iter().map(line).collect()
}

fn act(screen: &mut Screen, action: MembersAction) {
    screen.act(Action::Members(action));
}

/// Opens a member as the page does, and answers what it is read as.
fn python_of_opened(screen: &mut Screen, member: &MemberName) -> String {
    let mut answers = screen.ask_all(Question::Member(member.number));
    let Some((Answer::Bytes, bytes)) = answers.pop() else { panic!("{answers:?} has no bytes") };
    let (id, name, python) = (DocumentId(2), "archive!member".to_owned(), member.python.clone());
    screen.send_with(Request::Open { id, name, python, place: None, on_screen: true }, bytes);
    screen.summary().python.clone()
}

#[test]
fn a_wheel_says_what_it_is_and_what_it_holds() {
    let mut screen = open("shop-1.0-py3-none-any.whl");
    let listed = rows(&mut screen);
    let summary = screen.summary();
    assert_eq!(summary.python, "a wheel (a zip archive)");
    let count = summary.members.expect("it has members");
    assert_eq!((summary.codes, summary.problems, summary.banner.as_deref()), (0, 0, None));
    assert_eq!(summary.parts[0].value.to_string(), format!("{count} members"));
    assert_eq!(screen.tabs.tabs[0].python, "a wheel (a zip archive)");
    let is_it = |row: &&MemberRow| row.member.as_ref().is_some_and(|member| member.name == "shop/__init__.py");
    let source = listed.iter().find(is_it).expect("its module");
    assert_eq!((source.kind.as_str(), &source.python, source.is_library), ("Python source", &None, false));
    assert!(source.size.is_some_and(|size| size > 0));
    assert_eq!((source.label.as_str(), source.depth), ("__init__.py", 1));
}

#[test]
fn a_payload_in_a_source_says_how_it_is_encoded_and_of_which_python_it_is() {
    let source = include_bytes!("../../../../tests/field/loader-added.py");
    let mut screen = Screen::open("loader.py", source);
    let row = rows(&mut screen)[0].clone();
    assert_eq!(row.label, "payload-1");
    assert!(row.kind.starts_with("base64 → "), "{row:?}");
    assert!(row.python.as_deref().is_some_and(|python| python.starts_with("CPython 3")), "{row:?}");
}

#[test]
fn a_frozen_program_is_a_tree_with_libraries_folded_away() {
    let mut screen = open("pyinstaller-6-3.12.bin");
    assert_eq!(
        drawn(&mut screen),
        ["prog", "-PYZ-00.pyz", "  basket", "  +Known libraries and packaging", "notes.txt"]
    );
    let group = rows(&mut screen)[3].clone();
    assert_eq!((group.kind.as_str(), group.member, group.position, group.set_size), ("1 member", None, 2, 2));
    act(&mut screen, MembersAction::Toggle(3));
    assert_eq!(drawn(&mut screen)[3..5], ["  -Known libraries and packaging", "    string"]);
    act(&mut screen, MembersAction::Select(4));
    act(&mut screen, MembersAction::Key(RowKey::Left, 9));
    assert_eq!(screen.members(0..9).selected, Some(3), "to what it is in");
    act(&mut screen, MembersAction::Key(RowKey::Left, 9));
    assert_eq!(drawn(&mut screen).len(), 5, "which is closed");
    act(&mut screen, MembersAction::Key(RowKey::Left, 9));
    assert_eq!(screen.members(0..9).selected, Some(1));
    act(&mut screen, MembersAction::Key(RowKey::Left, 9));
    assert_eq!(drawn(&mut screen), ["prog", "+PYZ-00.pyz", "notes.txt"]);
    act(&mut screen, MembersAction::Key(RowKey::ExpandAll, 9));
    assert!(drawn(&mut screen).contains(&"    string".to_owned()));
    act(&mut screen, MembersAction::Key(RowKey::Right, 9));
    assert_eq!(screen.members(0..9).selected, Some(2));
    act(&mut screen, MembersAction::TypeAhead("pr".to_owned()));
    assert_eq!(screen.members(0..9).selected, Some(0));
    act(&mut screen, MembersAction::Key(RowKey::End, 9));
    let last = drawn(&mut screen).len() - 1;
    assert_eq!(screen.members(0..9).selected, Some(last));
}

#[test]
fn what_hides_a_chosen_member_is_chosen_in_its_place() {
    let mut screen = open("pyinstaller-6-3.12.bin");
    act(&mut screen, MembersAction::Select(2));
    act(&mut screen, MembersAction::Toggle(1));
    assert_eq!(screen.members(0..9).selected, Some(1));
}

#[test]
fn the_place_of_a_member_is_found_again() {
    let mut screen = open("pyinstaller-6-3.12.bin");
    act(&mut screen, MembersAction::Filter("prog".to_owned()));
    let place = Place { member: Some("PYZ-00.pyz!string".to_owned()), ..Place::default() };
    assert!(matches!(screen.ask(Question::GoToPlace(place.clone())), Answer::Went(Ok(_))));
    let window = screen.members(0..9).clone();
    let row = &window.rows[window.selected.expect("it is in sight")];
    assert_eq!(row.label, "string", "folded libraries are laid open, and the filter is none");
    assert_eq!(screen.place(), &place);
    let nowhere = Place { member: Some("no such".to_owned()), ..Place::default() };
    let Answer::Went(Err(why)) = screen.ask(Question::GoToPlace(nowhere)) else { panic!("it went there") };
    assert!(why.ends_with("has no no such."), "{why}");
}

#[test]
fn code_in_the_archive_within_a_frozen_program_is_listed_and_opened() {
    for (name, python) in [("pyinstaller-6-3.12.bin", "CPython 3.12"), ("pyinstaller-3.6-2.7.bin", "CPython 2.7")] {
        let mut screen = open(name);
        let listed = rows(&mut screen);
        let row = listed.iter().find(|row| row.label == "basket").expect("a module of the author's");
        assert_eq!(row.python.as_deref(), Some(python), "{name}");
        let parts: Vec<String> = screen.summary().parts.iter().map(|part| part.value.to_string()).collect();
        assert!(parts[1].ends_with(" of them bytecode"), "{parts:?}");
        let basket = member(&mut screen, "!basket");
        let own = screen.ask_all(Question::Member(basket.number)).pop().expect("an answer").1;
        let file = screen.ask_all(Question::MemberFile(basket.number)).pop().expect("an answer").1;
        assert!(file.ends_with(&own) && file.len() > own.len(), "a header is put in front, no more");
        assert_eq!(python_of_opened(&mut screen, &basket), python, "{name}: its siblings tell whose it is");
        assert!(screen.summary().codes > 0);
        assert_eq!(screen.summary().size as usize, own.len(), "it is shown as it stands there");
    }
}

#[test]
fn members_of_a_compressed_tar_archive_are_opened() {
    for ending in ["gz", "bz2", "xz", "zst"] {
        let mut screen = open(&format!("folder.tar.{ending}"));
        let member = member(&mut screen, ".pyc");
        assert_eq!(python_of_opened(&mut screen, &member), "CPython 3.8", "{ending}");
    }
}

#[test]
fn a_filter_leaves_those_whose_names_hold_it() {
    let mut screen = open("shop-1.0-py3-none-any.whl");
    let all = rows(&mut screen).len();
    screen.act(Action::Members(MembersAction::Filter("__INIT__".to_owned())));
    let window = screen.members(0..1_000).clone();
    assert!(window.total > 0 && window.total < all, "{} of {all}", window.total);
    let names: Vec<&str> = window.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(names, ["shop", "__init__.py"], "with what it is in");
    assert_eq!(window.selected, Some(1));
    screen.act(Action::Members(MembersAction::Filter("no such name".to_owned())));
    assert_eq!((screen.members(0..9).total, screen.members(0..9).selected), (0, None));
    screen.act(Action::Members(MembersAction::Filter(String::new())));
    assert_eq!(rows(&mut screen).len(), all);
}

#[test]
fn choosing_a_member_chooses_its_bytes() {
    let mut screen = open("shop-1.0-py3-none-any.whl");
    let whole = screen.selection();
    assert!(whole.broad, "all of it is chosen, which is not to be drawn as if that were something in it");
    assert!(whole.crumbs.is_empty(), "an archive is no place in itself: {:?}", whole.crumbs);
    screen.act(Action::Members(MembersAction::Select(1)));
    assert_eq!(screen.members(0..9).selected, Some(1));
    assert!(!screen.selection().broad);
    let span = screen.selection().span;
    assert!(span.start > 0 && span.len() > 1, "{span:?} are packed bytes behind a local header");
    let chosen = screen.members(0..9).row(1).cloned().expect("a member");
    let card = screen.card().expect("there are bytes").clone();
    assert_eq!((&card.title, &card.subtitle), (&chosen.label, &chosen.kind), "the card is the member's");
    let told = card.definitions.iter().find(|said| said.term == "file bytes").expect("where they are");
    assert!(told.value.to_string().starts_with(&format!("0x{:04x}–", span.start)), "{told:?}");
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
    assert_eq!(drawn(&mut screen), ["-pkg", "  hello.pyc", "  empty.py", "notes.txt"]);
    assert_eq!(rows(&mut screen)[1].python.as_deref(), Some("CPython 3.12"));
    let answer = screen.ask_all(Question::Member(hello.number)).pop();
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

#[test]
fn bytes_that_are_no_file_are_read_as_bytecode_alone() {
    for bytes in [&b"d\0S\0"[..], b"6400 5300"] {
        let mut screen = Screen::open("bytes", bytes);
        let id = crate::screen::FILE;
        assert_eq!(screen.summary().python, "no .pyc file");
        screen.send(Request::ReadAs { id, python: Some("co_code of CPython 3.8".to_owned()) });
        let summary = screen.summary().clone();
        assert_eq!((summary.python.as_str(), summary.codes, summary.problems), ("CPython 3.8", 1, 0), "{summary:?}");
        let current: Vec<&str> =
            summary.pythons.iter().filter(|choice| choice.current).map(|choice| choice.name.as_str()).collect();
        assert_eq!(current, ["co_code of CPython 3.8"]);
        let names: Vec<String> = screen.listing(0..9).window.rows.iter().map(|row| format!("{row:?}")).collect();
        assert!(names.iter().any(|row| row.contains("RETURN_VALUE")), "{names:?}");
        screen.send(Request::ReadAs { id, python: None });
        assert_eq!(screen.summary().python, "no .pyc file", "the bytes are what they were");
        assert_eq!(screen.summary().size as usize, bytes.len());
    }
    let sound = Screen::open("hello.pyc", &crate::fixture::read("cpython-3.12/hello.pyc"));
    assert!(sound.summary().pythons.iter().all(|choice| !choice.name.starts_with("co_code")), "it has code objects");
}
