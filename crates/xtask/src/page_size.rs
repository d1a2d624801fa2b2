//! What the built page weighs, compressed as a plain host does it.

use crate::project::Project;
use crate::report;
use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use fs_err as fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The steps in which the page comes: what is there then, what the files of the program begin with that comes with this step, and
/// how many bytes there may be up to it.
const STEPS: [(&str, &str, usize); 4] = [
    ("until it takes files", "", 432_000),
    ("until the first file is shown", "pycxray-engine", 1_065_000),
    ("with what writes source", "pycxray-prover", 1_495_000),
    ("with what holds a file against its source", "pycxray-verifier", 2_450_000),
];

/// Prints what each file weighs, the heaviest first, and fails if they weigh too much.
pub(crate) fn check(project: &Project) -> Result<()> {
    let dist = project.dist();
    if !dist.is_dir() {
        bail!("the page is not built yet: `cargo xtask build`");
    }
    let mut files = Vec::new();
    for file in files_in(&dist)? {
        let plain = fs::read(&file)?;
        files.push((gzipped(&plain)?, plain.len(), file));
    }
    files.sort_by_key(|(compressed, ..)| std::cmp::Reverse(*compressed));
    report::headline("the page, gzipped");
    for (compressed, plain, file) in &files {
        let name = file.strip_prefix(&dist).unwrap_or(file).display();
        report::line(format_args!("{compressed:>9} B of {plain:>9}   {name}"));
    }
    let mut weight = 0;
    for (step, (what, _, most)) in STEPS.into_iter().enumerate() {
        let its_files = files.iter().filter(|(.., file)| step_of(file) == step);
        weight += its_files.map(|(compressed, ..)| compressed).sum::<usize>();
        hold(what, weight, most)?;
    }
    Ok(())
}

/// The step with which a file comes: that of its program, or the first.
fn step_of(file: &Path) -> usize {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    STEPS.iter().rposition(|(_, program, _)| name.starts_with(program)).unwrap_or(0)
}

fn hold(what: &str, weight: usize, most: usize) -> Result<()> {
    report::line(format_args!("{weight:>9} B {what}; {most} at most"));
    if weight > most {
        bail!("{what}, the page is {} B too heavy", weight - most);
    }
    Ok(())
}

/// How many bytes gzip makes of these, at the level that servers have unless they are told otherwise.
fn gzipped(plain: &[u8]) -> Result<usize> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
    packed.write_all(plain)?;
    Ok(packed.finish()?.len())
}

/// Every file in a folder and in those that lie in it.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}
