//! `cargo xtask size`: what the built page weighs over the wire, file by file, and what its program is made of.

use super::{Command, Options};
use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use crate::wasm_module::sections;
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
    print_sections(project)?;
    if total <= MOST { Ok(()) } else { Err(Failure::new(format!("the page is {} B too heavy", total - MOST))) }
}

/// Whether the page waits for a file before it can show anything: for neither pictures, nor what browsers and other sites ask
/// for in their own time.
fn is_needed(file: &Path) -> bool {
    let is_later = file.file_name().is_some_and(|name| name == "offline.js");
    let kind = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !is_later && matches!(kind, "html" | "css" | "js" | "lzma")
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

fn print_sections(project: &Project) -> Result {
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
    let file = project.program();
    let program = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
    report::headline("the program, before it is packed");
    let mut sections = sections(&program).ok_or_else(|| Failure::new("the program is no WebAssembly"))?;
    sections.sort_by_key(|(_, content)| std::cmp::Reverse(content.len()));
    for (id, content) in sections {
        let name = NAMES.get(usize::from(id)).copied().unwrap_or("other");
        report::line(format_args!("{:>9} B   {name}", content.len()));
    }
    Ok(())
}
