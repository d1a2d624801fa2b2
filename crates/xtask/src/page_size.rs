//! What the built page weighs, compressed as a plain host does it.

use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::project::Project;
use crate::report;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What all files together may weigh, in bytes: 400 kB.
const MOST: usize = 400_000;

/// Prints what each file weighs, the heaviest first, and fails if all together weigh too much.
pub(crate) fn check(project: &Project) -> Result {
    let dist = project.dist();
    if !dist.is_dir() {
        return Err(Failure::new("the page is not built yet: `cargo xtask build`"));
    }
    let mut files = Vec::new();
    for file in files_in(&dist)? {
        let plain = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
        files.push((gzipped(&plain)?, plain.len(), file));
    }
    files.sort_by_key(|(compressed, ..)| std::cmp::Reverse(*compressed));
    report::headline("the page, gzipped");
    for (compressed, plain, file) in &files {
        let name = file.strip_prefix(&dist).unwrap_or(file).display();
        report::line(format_args!("{compressed:>9} B of {plain:>9}   {name}"));
    }
    let total: usize = files.iter().map(|(compressed, ..)| compressed).sum();
    report::line(format_args!("{total:>9} B together; {MOST} at most"));
    if total <= MOST { Ok(()) } else { Err(Failure::new(format!("the page is {} B too heavy", total - MOST))) }
}

/// How many bytes gzip makes of these, at the level that servers have unless they are told otherwise.
fn gzipped(plain: &[u8]) -> Result<usize> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
    packed.write_all(plain).doing("compress a file")?;
    Ok(packed.finish().doing("compress a file")?.len())
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
