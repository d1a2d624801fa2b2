//! The files that the tests look at.

use std::path::{Path, PathBuf};

use pycxray_view::protocol::{TreeContent, TreeRow};

use crate::screen::Screen;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

/// The bytes of a file in `tests/fixtures`.
pub(crate) fn read(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file in `tests/fixtures`, on screen.
pub(crate) fn open(path: &str) -> Screen {
    Screen::open(path.rsplit('/').next().unwrap_or(path), &read(path))
}

/// A marshalled code object of CPython 3.8 called `m`, with this bytecode, these constants and names.
pub(crate) fn code(bytecode: &[u8], consts: &[&[u8]], names: &[&str]) -> Vec<u8> {
    let long = |number: usize| (number as u32).to_le_bytes();
    let name = |name: &&str| [b"z", &[name.len() as u8][..], name.as_bytes()].concat();
    let mut bytes = [&b"c"[..], &[0; 24], b"s", &long(bytecode.len()), bytecode].concat();
    bytes.extend([b')', consts.len() as u8]);
    bytes.extend(consts.concat());
    bytes.extend([b')', names.len() as u8]);
    bytes.extend(names.iter().flat_map(name));
    // No variables; file, name, first line, line table.
    bytes.extend(b")\0".repeat(3));
    bytes.extend([b"z\x01fz\x01m", &long(1)[..], b"s", &long(0)].concat());
    bytes
}

/// A CPython 3.8 file that holds this marshalled object, on screen.
pub(crate) fn file_of(object: &[u8]) -> Screen {
    let header = [&3413_u16.to_le_bytes()[..], b"\r\n", &[0; 12]].concat();
    Screen::open("made.pyc", &[&header, object].concat())
}

/// One file of each interpreter, and the odd ones.
pub(crate) fn one_of_each() -> Vec<String> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the fixtures are there") {
        let name = entry.expect("a folder").file_name().into_string().expect("a name");
        let files: Vec<String> = std::fs::read_dir(folder().join(&name))
            .into_iter()
            .flatten()
            .filter_map(|file| file.ok()?.file_name().into_string().ok())
            .collect();
        if name == "variants" {
            let odd = files.iter().filter(|file| file.contains("-3.12") || file.contains("values"));
            paths.extend(odd.map(|file| format!("{name}/{file}")));
        } else if let Some(file) = ["py38.pyc", "three.pyc", "classic.pyc", "classic_early.pyc"]
            .into_iter()
            .find(|&wanted| files.iter().any(|file| file == wanted))
        {
            paths.push(format!("{name}/{file}"));
        }
    }
    paths.sort();
    assert!(paths.len() > 30, "only {paths:?}");
    paths
}

/// What a row is to its parent; empty for an instruction.
pub(crate) fn label(row: &TreeRow) -> &str {
    match &row.content {
        TreeContent::Value { label, .. } => label,
        TreeContent::Instruction(_) => "",
    }
}

/// The value that a row shows; empty for an instruction.
pub(crate) fn value(row: &TreeRow) -> String {
    match &row.content {
        TreeContent::Value { value, .. } => value.to_string(),
        TreeContent::Instruction(_) => String::new(),
    }
}

/// A row as a line: its depth in dots, marks for open and closed, label, value, meaning.
pub(crate) fn line(row: &TreeRow) -> String {
    let twisty = match (row.expandable, row.expanded) {
        (false, _) => ' ',
        (true, false) => '+',
        (true, true) => '-',
    };
    let dots = ".".repeat(row.depth as usize);
    let text = match &row.content {
        TreeContent::Instruction(cells) => {
            let line = cells.line.map_or(String::new(), |line| line.to_string());
            let arg = cells.arg.map_or(String::new(), |arg| arg.to_string());
            let target = if cells.is_target { ">>" } else { "" };
            format!("{line}|{target}|{}|{}|{arg}|{}", cells.offset, cells.opname, cells.operand)
        }
        TreeContent::Value { label, value, meaning, .. } => format!("{label}: {value} {meaning}"),
    };
    format!("{dots}{twisty}{}", text.trim_end())
}

/// The rows as lines.
pub(crate) fn lines(screen: &mut Screen) -> Vec<String> {
    screen.all_tree_rows().iter().map(line).collect()
}
