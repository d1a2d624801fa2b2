//! `cargo xtask size`: what the built page weighs over the wire, file by file, and what its program is made of.

use super::{Command, Options};
use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use std::path::{Path, PathBuf};

pub(super) const COMMAND: Command = Command {
    name: "size",
    usage: "",
    about: "what the built page weighs, file by file, compressed as servers send it",
    run,
};

/// What the whole page may weigh, compressed: 250 kB.
const MOST: u64 = 250_000;

fn run(project: &Project, options: Options) -> Result {
    options.end()?;
    let gzip = find_program("gzip", &[]).ok_or_else(|| Failure::new("gzip is not on PATH; it does the compressing"))?;
    let dist = project.dist();
    if !dist.is_dir() {
        return Err(Failure::new("the page is not built yet: `cargo xtask build`"));
    }
    let mut files = Vec::new();
    let packed = project.target().join("xtask").join("packed.gz");
    for file in files_in(&dist)? {
        let plain = std::fs::metadata(&file).doing(format_args!("look at {}", file.display()))?.len();
        disk::write(&packed, "")?;
        Run::new(&gzip).words("-9 -n -c").arg(&file).into_file(&packed)?;
        let compressed = std::fs::metadata(&packed).doing("look at what gzip made")?.len();
        files.push((compressed, plain, file));
    }
    files.sort_by_key(|(compressed, ..)| std::cmp::Reverse(*compressed));
    report::headline("the page, over the wire");
    for (compressed, plain, file) in &files {
        let name = file.strip_prefix(&dist).unwrap_or(file).display();
        report::line(format_args!("{compressed:>9} B of {plain:>9}   {name}"));
    }
    let total: u64 = files.iter().map(|(compressed, ..)| compressed).sum();
    let start: u64 = files.iter().filter(|(.., file)| is_needed(file)).map(|(compressed, ..)| compressed).sum();
    report::line(format_args!("{start:>9} B until the first file is shown"));
    report::line(format_args!("{total:>9} B together; {MOST} at most"));
    if let Some((.., program)) =
        files.iter().find(|(.., file)| file.extension().is_some_and(|extension| extension == "wasm"))
    {
        print_sections(program)?;
    }
    if total <= MOST { Ok(()) } else { Err(Failure::new(format!("the page is {} B too heavy", total - MOST))) }
}

/// Whether the page waits for a file before it can show anything: for neither pictures, nor what browsers and other sites ask
/// for in their own time.
fn is_needed(file: &Path) -> bool {
    let is_later = file.file_name().is_some_and(|name| name == "offline.js");
    let kind = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !is_later && matches!(kind, "html" | "css" | "js" | "wasm")
}

/// Every file in a folder and in those that lie in it.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for path in disk::entries(&folder)? {
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}

fn print_sections(program: &Path) -> Result {
    let bytes = std::fs::read(program).doing(format_args!("read {}", program.display()))?;
    report::headline("the program, before compression");
    let mut sections = sections(&bytes).ok_or_else(|| Failure::new("the program is no WebAssembly"))?;
    sections.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    for (name, size) in sections {
        report::line(format_args!("{size:>9} B   {name}"));
    }
    Ok(())
}

/// The sections of a WebAssembly module with their sizes in bytes (core specification, 5.5).
fn sections(module: &[u8]) -> Option<Vec<(String, usize)>> {
    const NAMES: [&str; 14] = [
        "custom",
        "types",
        "imports",
        "functions",
        "tables",
        "memory",
        "globals",
        "exports",
        "start",
        "elements",
        "code",
        "data",
        "data count",
        "tags",
    ];
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0")?;
    let mut sections = Vec::new();
    while let Some((&id, behind)) = rest.split_first() {
        let (size, behind) = leb128(behind)?;
        let content = behind.get(..size)?;
        rest = &behind[size..];
        let name = if id == 0 {
            let (length, name) = leb128(content)?;
            format!("custom: {}", String::from_utf8_lossy(name.get(..length)?))
        } else {
            NAMES.get(usize::from(id)).map_or_else(|| format!("section {id}"), |name| (*name).to_owned())
        };
        sections.push((name, size));
    }
    Some(sections)
}

/// A number of variable length, and what follows it.
fn leb128(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0_usize;
    for (position, &byte) in bytes.iter().enumerate().take(5) {
        number |= usize::from(byte & 0x7f) << (7 * position);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[position + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_taken_apart() {
        let module = b"\0asm\x01\0\0\0\x01\x03abc\x00\x05\x04name\x0b\x81\x00x";
        let expected = [("types", 3), ("custom: name", 5), ("data", 1)].map(|(name, size)| (name.to_owned(), size));
        assert_eq!(sections(module).unwrap(), expected);
        assert!(sections(b"\0asm\x01\0\0\0\x01\x09abc").is_none(), "it ends inside a section");
        assert!(sections(b"MZ").is_none());
    }
}
