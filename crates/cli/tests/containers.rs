//! Archives, frozen programs and loaders, as the command's users meet them.

mod folder;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use folder::Folder;
use rawzip::ZipArchiveWriter;

fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(name).to_string_lossy().into_owned()
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pycxray"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command can be started");
    // It may end without having read everything.
    drop(child.stdin.take().expect("a pipe").write_all(input));
    child.wait_with_output().expect("it ends")
}

fn stdout(arguments: &[&str]) -> (String, Option<i32>) {
    let output = run(arguments, b"");
    (String::from_utf8(output.stdout).expect("output is text"), output.status.code())
}

const PROGRAM: &str = "containers/pyinstaller-4.10-3.9.bin";

#[test]
fn a_program_is_listed_down_to_its_modules() {
    let (text, status) = stdout(&["list", &file(PROGRAM)]);
    assert_eq!(status, Some(0));
    for part in
        ["a program frozen by PyInstaller", "prog  (code of CPython 3.9)", "PYZ-00.pyz!basket  (code of CPython 3.9)"]
    {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    assert!(
        text.contains("2 members of known libraries or of packaging; --all lists them") && !text.contains("!string"),
        "{text}"
    );
    assert!(stdout(&["list", "--all", &file(PROGRAM)]).0.contains("PYZ-00.pyz!string"));
}

#[test]
fn a_member_has_an_address_in_every_command() {
    let address = format!("{}!PYZ-00.pyz!basket", file(PROGRAM));
    for (arguments, part) in [
        (vec![address.as_str()], "CPython 3.9, by its contents"),
        (vec!["dis", &address], "LOAD_GLOBAL"),
        (vec!["json", &address], "\"version\":\"3.9\""),
        (vec!["tree", &address], "co_consts"),
        (vec!["check", &address], "no problems"),
    ] {
        let (text, status) = stdout(&arguments);
        assert_eq!(status, Some(0), "{arguments:?}");
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let wrong = run(&["dis", &format!("{}!nothing", file(PROGRAM))], b"");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("There is no member \"nothing\""));
}

#[test]
fn what_is_no_bytecode_is_named() {
    let (text, status) = stdout(&[&file("containers/zipapp-3.12.pyz")]);
    assert_eq!(status, Some(1));
    assert!(
        text.contains("a Python application (a zip archive), 1378 bytes") && text.contains("It holds 3 members"),
        "{text}"
    );
    let refused = run(&["json", &file("containers/folder.tar.xz")], b"");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("it is a tar archive in xz"));
}

#[test]
fn check_walks_into_containers() {
    let (text, status) = stdout(&["check", &file(PROGRAM)]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.starts_with("4 files"), "{text}");
}

/// What no interpreter minds is a note, and the same one everywhere.
#[test]
fn an_unchecked_file_and_an_archive_without_bytecode_are_noted() {
    let path = file("fixtures/variants/three-3.12-unchecked-hash.pyc");
    for arguments in [&["check", &path][..], &[&path]] {
        let (text, status) = stdout(arguments);
        assert_eq!(status, Some(0), "{text}");
        let note = "note at 0x4: The file is hash-based and unchecked: Python loads it without looking whether its source is still the same.";
        assert!(text.contains(note), "{text}");
    }
    let (text, status) = stdout(&["check", &file("containers/shop-1.0-py3-none-any.whl")]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("note at 0x0: It holds no bytecode") && text.contains(": no problems"), "{text}");
}

#[test]
fn members_named_as_bytecode_are_checked() {
    let folder = Folder::new("check-named");
    let hello = std::fs::read(file("fixtures/cpython-3.12/hello.pyc")).expect("the fixture is there");
    let archive = within(&folder, "members.zip");
    let members = [("a.pyc", &b"text"[..]), ("empty.pyc", b""), ("fine.pyc", &hello), ("notes.txt", b"text")];
    std::fs::write(&archive, zip_of(&members)).expect("it can be written");
    let (text, status) = stdout(&["check", &archive]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("3 files, ") && text.contains(": 2 with problems"), "{text}");
    assert!(text.contains("!empty.pyc: error at 0x0: The file is empty."), "{text}");
}

#[test]
fn texts_that_write_bytes_out_are_read() {
    let bytes = std::fs::read(file("fixtures/cpython-3.12/hello.pyc")).expect("the fixture is there");
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x} ")).collect();
    let literal: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    for text in [hex, format!("b'{literal}'\n")] {
        let output = run(&["-"], text.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stdout).contains("CPython 3.12, 162 bytes"));
    }
    let output = run(&["dis", "--code", "--python", "3.8", "-"], b"6400 5300");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0));
    assert!(text.contains("LOAD_CONST") && text.contains("RETURN_VALUE"), "{text}");
    assert_eq!(run(&["dis", "--code", "-"], b"6400").status.code(), Some(2));
}

#[test]
fn what_looks_like_hex_is_hex_or_refused() {
    let listed = |text: &str| {
        let output = run(&["dis", "--code", "--python", "3.12", "-"], text.as_bytes());
        let listing = String::from_utf8_lossy(&output.stdout).into_owned();
        let words = listing.lines().skip(2).flat_map(str::split_ascii_whitespace);
        let names: Vec<_> = words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).collect();
        (names.join(" "), output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for text in ["97006400 5300", "9700 6400\n5300\n", "00000000  97 00 64 00 53 00", "0x97 0 0x64 0 0x53 0"] {
        let (names, status, _) = listed(text);
        assert_eq!((names.as_str(), status), ("RESUME LOAD_CONST RETURN_VALUE", Some(0)), "{text}");
    }
    for text in ["9700640", "97006400 530", "9 7 0 0"] {
        let (names, status, said) = listed(text);
        assert_eq!((names.as_str(), status), ("", Some(2)), "{text}");
        assert!(said.contains("its digits do not come in pairs"), "{said}");
    }
    assert!(listed("9700 64g0").2.contains("it is a text, but none that writes bytes out"));
}

/// A zip archive with these members.
fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut writer = ZipArchiveWriter::new(&mut zip);
    for (name, contents) in members {
        let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let (mut entry, config) = writer.new_file(path).start().expect("an entry");
        let mut data = config.wrap(&mut entry);
        data.write_all(contents).expect("memory takes it");
        let (_, descriptor) = data.finish().expect("memory takes it");
        entry.finish(descriptor).expect("memory takes it");
    }
    writer.finish().expect("memory takes it");
    zip
}

/// The path of what is in a folder under this name, as a word of the command line.
fn within(folder: &Folder, name: &str) -> String {
    folder.path(name).to_string_lossy().into_owned()
}

#[test]
fn what_is_extracted_has_its_header() {
    let folder = Folder::new("extract");
    let (text, status) = stdout(&["extract", &file(PROGRAM), "-o", &within(&folder, "out")]);
    assert_eq!(status, Some(0), "{text}");
    for name in ["out/prog.pyc", "out/PYZ-00.pyz.d/basket.pyc"] {
        let (text, status) = stdout(&[&within(&folder, name)]);
        assert_eq!(status, Some(0), "{name}");
        assert!(text.contains(": CPython 3.9, "), "{text}");
    }
}

#[test]
fn nothing_is_written_outside_of_the_folder() {
    let folder = Folder::new("outside");
    let names = ["../escaped.txt", "/tmp/pycxray-escaped.txt", "a/../../escaped.txt", "fine.txt", "fine.txt"];
    let zip = zip_of(&names.map(|name| (name, &b"text"[..])));
    std::fs::write(within(&folder, "evil.zip"), zip).expect("it can be written");
    let (text, _) = stdout(&["extract", &within(&folder, "evil.zip"), "-o", &within(&folder, "deep/out")]);
    assert!(text.contains("5 files written"), "{text}");
    let outside: Vec<_> = std::fs::read_dir(folder.as_ref())
        .expect("it is there")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(outside.len(), 2, "{outside:?}");
    assert_eq!(std::fs::read_dir(within(&folder, "deep")).expect("it is there").count(), 1);
    assert!(!Path::new("/tmp/pycxray-escaped.txt").exists());
    assert!(Path::new(&within(&folder, "deep/out/fine.txt")).exists());
}

#[test]
fn a_source_to_verify_may_be_in_an_archive() {
    let folder = Folder::new("verify-member");
    let read = |name: &str| std::fs::read(file(name)).expect("the fixture is there");
    let (pyc, source) = (read("fixtures/cpython-3.12/hello.pyc"), read("fixtures/src/hello.py"));
    let zip = zip_of(&[("hello.pyc", &pyc), ("hello.py", &source)]);
    let archive = within(&folder, "both.zip");
    std::fs::write(&archive, zip).expect("it can be written");
    let (text, status) = stdout(&["verify", &format!("{archive}!hello.pyc"), &format!("{archive}!hello.py")]);
    assert!(status == Some(0) && text.contains(": proved"), "{text}");
}

#[test]
fn strings_of_a_program_are_those_of_its_members() {
    let (text, status) = stdout(&["strings", &file(PROGRAM)]);
    assert_eq!(status, Some(0), "{text}");
    let title = format!("{}!PYZ-00.pyz!basket:", file(PROGRAM));
    let at = text.find(&title).expect("its module has a heading");
    assert!(text[at..].contains("Things in a basket."), "{text}");
    assert!(!text.contains("!string:"), "known libraries are left out");
    assert!(stdout(&["strings", "--all", "--names", &file(PROGRAM)]).0.contains("!string:"));
    let nothing = run(&["strings", &file("field/class-text.txt")], b"");
    assert_eq!((nothing.status.code(), nothing.stdout.len()), (Some(1), 0));
}
