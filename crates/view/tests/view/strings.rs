//! The list of strings, and the calls of note.

use pycxray_view::protocol::{Action, StringRow, StringsAction, StringsOrder};

use crate::members::container;
use crate::screen::Screen;

/// A module of CPython 3.11 that runs another one out of its constants, its list of strings on screen.
fn listed() -> Screen {
    let mut screen = Screen::open("loader.pyc", &container("loader-3.11.pyc"));
    screen.finish();
    act(&mut screen, StringsAction::Filter(String::new()));
    screen
}

fn act(screen: &mut Screen, action: StringsAction) {
    screen.act(Action::Strings(action));
}

fn rows(screen: &mut Screen) -> Vec<StringRow> {
    screen.strings(0..1_000).window.rows.clone()
}

fn find(screen: &mut Screen, part: &str) -> usize {
    let rows = rows(screen);
    rows.iter().position(|row| row.value.to_string().contains(part)).unwrap_or_else(|| panic!("no {part} in {rows:?}"))
}

#[test]
fn strings_say_what_they_look_like_and_what_they_hold() {
    let mut screen = listed();
    let url = find(&mut screen, "https://shop.example/basket");
    let row = rows(&mut screen)[url].clone();
    assert_eq!((row.kind.as_str(), row.length, row.code.as_str()), ("url", 27, "<module>"));
    let held: Vec<String> = rows(&mut screen).into_iter().filter_map(|row| row.holds).collect();
    assert_eq!(held, ["base64 → zlib → marshalled code (CPython 3.11)"]);
    assert!(rows(&mut screen).iter().all(|row| row.kind != "name"), "names come when they are asked for");
}

#[test]
fn strings_are_sorted_and_filtered() {
    let mut screen = listed();
    let all = rows(&mut screen).len();
    act(&mut screen, StringsAction::Order(StringsOrder::Length));
    let lengths: Vec<u32> = rows(&mut screen).iter().map(|row| row.length).collect();
    assert!(lengths.is_sorted_by(|a, b| a >= b) && lengths.len() == all, "{lengths:?}");
    act(&mut screen, StringsAction::Order(StringsOrder::Kind));
    assert_eq!(rows(&mut screen)[0].kind, "url");
    act(&mut screen, StringsAction::Filter("URL".to_owned()));
    assert_eq!(rows(&mut screen).len(), 1, "the word for a kind stands for that");
    act(&mut screen, StringsAction::Filter("Plain BYTES".to_owned()));
    assert_eq!(rows(&mut screen).len(), 1);
    act(&mut screen, StringsAction::Filter("no such string".to_owned()));
    assert!(rows(&mut screen).is_empty());
    act(&mut screen, StringsAction::Use(0));
    act(&mut screen, StringsAction::Filter(String::new()));
    act(&mut screen, StringsAction::ShowNames(true));
    assert!(rows(&mut screen).len() > all);
    find(&mut screen, "system");
}

#[test]
fn a_string_leads_to_where_it_is_used() {
    let mut screen = listed();
    let row = find(&mut screen, "echo done");
    act(&mut screen, StringsAction::Select(row));
    assert_eq!(screen.strings(0..9).window.selected, Some(row));
    assert_eq!(screen.card().expect("the string").title, "constants[6]");
    act(&mut screen, StringsAction::Use(row));
    assert_eq!(screen.card().expect("an instruction").title, "LOAD_CONST");
}

#[test]
fn the_card_of_a_module_names_what_it_calls_of_note() {
    let mut screen = listed();
    let card = screen.card().expect("the module").clone();
    let calls = card.definitions.iter().find(|definition| definition.term == "calls of note").expect("it calls some");
    let terms: Vec<&str> = card.definitions.iter().map(|definition| definition.term.as_str()).collect();
    let at = |term: &str| terms.iter().position(|known| *known == term);
    assert!(at("calls of note") < at("flags") && at("flags") < at("file bytes"), "{terms:?}");
    let said = calls.value.to_string();
    assert!(said.contains("runs code: exec") && said.contains("marshal.loads") && said.contains("os.system"), "{said}");
    screen.select(calls.value.link().expect("each leads to where it is called"));
    assert!(screen.card().expect("an instruction").title.starts_with("LOAD_"), "{:?}", screen.card());
    let listed = screen.problems().calls_of_note.clone();
    assert_eq!(screen.summary().calls_of_note, listed.shown.len());
    let system = listed.shown.iter().find(|noted| noted.message.starts_with("os.system")).expect("it is listed");
    assert_eq!(
        (system.message.as_str(), system.code.as_str()),
        ("os.system in <module> at 74, line 11", "starts programs")
    );
}

#[test]
fn strings_of_all_members_of_a_program_are_one_list() {
    let mut screen = Screen::open("program.exe", &container("pyinstaller-6-3.12.bin"));
    act(&mut screen, StringsAction::Filter(String::new()));
    screen.finish();
    let all = rows(&mut screen).len();
    let progress = screen.strings(0..9).progress.clone().expect("it has members");
    assert!(progress.is_complete && progress.message.starts_with("Of all "), "{progress:?}");
    act(&mut screen, StringsAction::Filter("THINGS IN".to_owned()));
    let listed = rows(&mut screen);
    let [row] = listed.as_slice() else { panic!("{listed:?}") };
    let (member, place) = row.member.clone().expect("it says where");
    assert_eq!((row.code.as_str(), member.name.as_str()), ("<module>", "PYZ-00.pyz!basket"));
    assert_eq!(place.code.as_deref(), Some("<module>"), "where it is used");
    assert!(place.at.is_some());
    act(&mut screen, StringsAction::Filter(String::new()));
    act(&mut screen, StringsAction::Order(StringsOrder::Length));
    let lengths: Vec<u32> = rows(&mut screen).iter().map(|row| row.length).collect();
    assert!(lengths.is_sorted_by(|a, b| a >= b) && lengths.len() == all, "{lengths:?}");
}

#[test]
fn looking_for_the_strings_of_members_can_be_stopped() {
    let mut screen = Screen::open("program.exe", &container("pyinstaller-6-3.12.bin"));
    act(&mut screen, StringsAction::Filter(String::new()));
    act(&mut screen, StringsAction::Stop);
    screen.finish();
    let progress = screen.strings(0..9).progress.clone().expect("it has members");
    assert!(progress.is_complete && progress.message.starts_with("Stopped: 0 of "), "{progress:?}");
    assert!(rows(&mut screen).is_empty());
}
