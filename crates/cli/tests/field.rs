//! What people really hold: one small file for each kind of fault and mix-up that was reported of files in the field, and what
//! has to be said of it.

use std::path::Path;
use std::process::{Command, Stdio};

/// A file, the exit status of its summary, and what the summary has to say.
struct Case(&'static str, i32, &'static [&'static str]);

/// The code objects of the one program that most of the files hold.
const SHAPES: [&str; 5] = ["<module>", "area(r, unit)", "Shape", "__init__(self, name)", "scale(self, k)"];

#[rustfmt::skip]
const CASES: [Case; 63] = [
    Case("alpha-3432-line-table-end.pyc", 0, &["CPython 3.10, 205 bytes", "problems none"]),
    Case("application.pyz", 1, &["a Python application (a zip archive)", "It holds 2 members"]),
    Case("armoured.txt", 0, &["CPython 3.12, 162 bytes", "problems none"]),
    Case("as-7-bits-3.9.pyc", 1, &["CPython 3.9", "No byte has its highest bit", "lost for good"]),
    Case("as-ascii-3.12.pyc", 1, &["no .pyc file", "header   none\n", "No byte has its highest bit"]),
    Case("as-crlf-3.9.pyc", 1, &["probably CPython 3.9", "LF became CR LF. That can be undone", "--repair reads the file as it was"]),
    Case("as-text-2.7.pyc", 1, &["probably CPython 2.7", "The file was transferred as text: CR LF became LF", "none: the marshalled object begins at 0x7", "The header cannot be read; the file is read as CPython 2.7"]),
    Case("as-utf16-3.8.pyc", 1, &["probably CPython 3.8", "written as UTF-16. That can be undone"]),
    Case("as-utf8-3.8.pyc", 1, &["CPython 3.8", "The file was taken for text in UTF-8", "Those bytes are lost for good"]),
    Case("as-utf8-behind-mark-3.10.pyc", 1, &["probably CPython 3.10", "written as UTF-8. That can be undone"]),
    Case("as-windows-1252-3.13.pyc", 1, &["probably CPython 3.13", "Windows-1252 and written as UTF-8. That can be undone"]),
    Case("base32.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("base85.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("blob.js", 1, &["text, 200 bytes", "It holds 1 payload"]),
    Case("class-text.txt", 1, &["Python source, 18 bytes"]),
    Case("code.pickle", 1, &["a pickle", "It holds 1 payload"]),
    Case("code3.7-magic3.8.pyc", 1, &["probably CPython 3.7", "--python 3.8 reads it as the magic number says", "the contents are those of CPython 3.7 and not of 3.8", "problems 1"]),
    Case("code3.8-magic3.7.pyc", 1, &["probably CPython 3.8", "--python 3.7 reads it as the magic number says", "the contents are those of CPython 3.8 and not of 3.7", "problems 1"]),
    Case("code3.9-magic3.8.pyc", 1, &["probably CPython 3.9", "--python 3.8 reads it as the magic number says", "the contents are those of CPython 3.9 and not of 3.8", "problems 1"]),
    Case("code3.10-magic3.9.pyc", 1, &["CPython 3.9,", "--python 3.10 reads it as the contents are written", "the contents are as CPython 3.10 writes them and 3.9 does not", "problems 1"]),
    Case("data-address.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("flags-3.9.pyc", 0, &["CPython 3.9, 373 bytes", "2 code objects", "co_flags has bits without a meaning", "copy_file(a, b, c)"]),
    Case("folder.tar", 1, &["a tar archive, 10240 bytes", "It holds 1 member"]),
    Case("gdb.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("header-of-12-3.11.pyc", 1, &["CPython 3.11", "The header has 12 bytes, the form of 3.3 – 3.6, where CPython 3.11 has 16", "6 code objects", "problems 1"]),
    Case("header-of-16-2.7.pyc", 1, &["CPython 2.7", "it is 8 bytes too long", "5 code objects", "problems 1"]),
    Case("header-of-8-3.13.pyc", 1, &["CPython 3.13", "The header has 8 bytes, the form of 3.2 and before, where CPython 3.13 has 16", "5 code objects", "problems 1"]),
    Case("hexdump-words.txt", 1, &["CPython 3.12, 161 bytes", "problems 1"]),
    Case("jump-pypy3.10.pyc", 0, &["PyPy 3.10, 272 bytes", "problems none"]),
    Case("kinds-short-3.12.pyc", 1, &["CPython 3.12, 220 bytes", "co_localspluskinds has 2 bytes for 3 variables", "f(a, b)"]),
    Case("list-in-itself.bin", 0, &["probably any Python from 3.4 on", "objects  3", "problems none", "a cycle"]),
    Case("loader-added-2.7.pyc", 0, &["CPython 2.7", "payloads in 1 constant"]),
    Case("loader-added.py", 1, &["Python source", "It holds 1 payload"]),
    Case("loader-join-3.13.pyc", 0, &["CPython 3.13", "payloads in 1 constant"]),
    Case("loader-join.py", 1, &["Python source", "It holds 1 payload"]),
    Case("loader-lambda.py", 1, &["Python source", "It holds 1 payload"]),
    Case("loader-numbers-3.12.pyc", 0, &["CPython 3.12", "payloads in 1 constant"]),
    Case("loader-numbers-3.8.pyc", 0, &["CPython 3.8", "payloads in 1 constant"]),
    Case("loader-numbers.py", 1, &["Python source", "It holds 1 payload"]),
    Case("loader-rot13.py", 1, &["Python source", "It holds 1 payload"]),
    Case("loader-xor.py", 1, &["Python source", "It holds 1 payload"]),
    Case("loader.py", 1, &["Python source, 3591 bytes", "It holds 1 payload"]),
    Case("magic-only-2.7.pyc", 1, &["CPython 2.7", "by time, which is missing", "Nothing of the header is there but the magic number", "5 code objects", "problems 1"]),
    Case("magic-only-3.11.pyc", 1, &["CPython 3.11", "Nothing of the header is there but the magic number", "6 code objects", "problems 1"]),
    Case("marshal-list.bin", 0, &["CPython 3.12, by its contents", "5 code objects", "problems none"]),
    Case("micropython-6.mpy", 1, &["a MicroPython .mpy file, version 6 of the format"]),
    Case("newline-before-3.11.pyc", 1, &["CPython 3.11", "1 foreign byte (0a) precedes the header at 0x1", "6 code objects", "problems 1"]),
    Case("octal-escapes.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("od.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("percent.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("py2exe-script-2.7.bin", 0, &["CPython 2.7", "none: the marshalled object begins at 0x1c", "The file has no header, and is read as CPython 2.7", "6 code objects", "problems none"]),
    Case("pypy3.8-magic3413.pyc", 1, &["probably PyPy 3.8", "the contents are those of PyPy 3.8 and not of CPython 3.8", "problems 1"]),
    Case("removed-code-3.9.pyc", 0, &["CPython 3.9, 421 bytes", "3 code objects", "problems none"]),
    Case("rustpython.pyc", 1, &["RustPython", "1634033969 (31 61 65 61)"]),
    Case("source-latin-1.py", 1, &["Python source"]),
    Case("stream.pyc.gz", 1, &["a gzip stream, 842 bytes", "It holds 1 member"]),
    Case("text-utf-16.txt", 1, &["text, "]),
    Case("tuple-in-its-own-set.bin", 0, &["objects  4", "problems none", "a cycle"]),
    Case("two-headers-3.8.pyc", 1, &["CPython 3.8", "A second header follows at 0x10: the 16 bytes before it are a header too many", "6 code objects", "problems 1"]),
    Case("uuencoded.txt", 0, &["CPython 3.12, 162 bytes"]),
    Case("zeros12-3.7.pyc", 0, &["The magic number 0 is not known; the file is read as CPython 3.7", "CPython 3.7, by its contents", "6 code objects", "problems none"]),
    Case("zeros8-3.12.pyc", 0, &["CPython 3.12, by its contents", "5 code objects", "problems none"]),
    Case("zeros8-3.7.pyc", 0, &["CPython 3.7, by its contents", "6 code objects", "problems none"]),
];

fn said(words: &[&str]) -> (Option<i32>, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/field");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pycxray"));
    command.args(words).current_dir(folder).env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    let output = command.output().expect("the command can be started");
    (output.status.code(), String::from_utf8(output.stdout).expect("output is text"))
}

#[test]
fn every_file_is_read_or_named_for_what_it_is() {
    for Case(file, status, sentences) in CASES {
        let (exit, text) = said(&[file]);
        assert_eq!(exit, Some(status), "{file}:\n{text}");
        for sentence in sentences {
            assert!(text.contains(sentence), "{sentence:?} is not said of {file}:\n{text}");
        }
    }
}

#[test]
fn the_program_is_whole_behind_every_header() {
    for Case(file, ..) in CASES.iter().filter(|Case(file, ..)| file.contains("header") || file.starts_with("zeros")) {
        let (_, text) = said(&[file]);
        for name in SHAPES {
            assert!(text.contains(name), "{file} has no {name}:\n{text}");
        }
    }
}

#[test]
fn what_holds_nothing_else_is_named_in_lists_as_in_summaries() {
    for Case(file, ..) in CASES.iter().filter(|Case(file, ..)| {
        ["zeros", "newline", "marshal-list", "rustpython", "header"].iter().any(|kind| file.starts_with(kind))
    }) {
        let (exit, text) = said(&["list", file]);
        assert_eq!(exit, Some(0), "{text}");
        assert!(text.contains("Python ") && text.ends_with(" It holds no members and no payloads.\n"), "{text}");
    }
}

#[test]
fn where_there_is_no_code_there_is_no_source_and_the_status_is_that_of_the_file() {
    assert_eq!(said(&["source", "rustpython.pyc"]), (Some(1), String::new()));
    assert_eq!(said(&["source", "list-in-itself.bin"]), (Some(0), String::new()));
}

#[test]
fn a_list_is_the_root_of_its_tree() {
    let (_, tree) = said(&["tree", "marshal-list.bin"]);
    assert!(tree.starts_with("00000000..00000628  root  TYPE_LIST"), "{tree}");
}

#[test]
fn jumps_of_pypy_3_10_count_units_of_two_bytes() {
    let (_, listing) = said(&["dis", "jump-pypy3.10.pyc"]);
    assert!(listing.contains("7  (to 14)"), "{listing}");
}

#[test]
fn what_a_loader_hides_is_a_member_of_it() {
    let loaders = CASES.iter().filter(|Case(file, ..)| file.starts_with("loader"));
    for Case(file, ..) in
        loaders.chain(CASES.iter().filter(|Case(file, ..)| matches!(*file, "blob.js" | "code.pickle")))
    {
        let (_, listing) = said(&["list", file]);
        let is_there = listing.contains("a marshalled code object)") || file.contains("lambda");
        assert!(is_there && listing.contains("  payload-1  "), "{file}:\n{listing}");
        assert_eq!(listing.matches("payload-").count(), 1, "{file}:\n{listing}");
    }
}

#[test]
fn what_a_transfer_did_is_undone() {
    for file in ["as-crlf-3.9.pyc", "as-utf16-3.8.pyc", "as-utf8-behind-mark-3.10.pyc", "as-windows-1252-3.13.pyc"] {
        let (exit, text) = said(&["--repair", file]);
        assert_eq!(exit, Some(0), "{file}:\n{text}");
        assert!(SHAPES.iter().filter(|shape| text.contains(**shape)).count() == SHAPES.len(), "{file}:\n{text}");
    }
}
