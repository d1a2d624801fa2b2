//! Building the page: what Trunk makes is the page.

use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use std::path::{Path, PathBuf};

/// Builds the release page into `dist`.
pub(crate) fn build(project: &Project, tools: &Tools, public_url: Option<&str>) -> Result {
    report::step("page", "building it for release with trunk", || {
        let mut trunk = tools.trunk("build --release").folder(&project.root);
        // Where Trunk stood when cargo failed is of no use to anybody here.
        trunk = trunk.env("RUST_BACKTRACE", "0");
        if let Some(url) = public_url {
            trunk = trunk.arg("--public-url").arg(url);
        }
        trunk.watched()
    })?;
    report::note(format_args!("the page is in {}", project.dist().display()));
    Ok(())
}

/// Downloads the crates that `Cargo.lock` names, so that their folders are known before the compiler runs.
pub(crate) fn fetch_crates(project: &Project) -> Result {
    Run::new("cargo").words("fetch --quiet --locked").folder(&project.root).watched()
}

/// Fails if the program or a text of the page names a folder of the machine that it was built on.
pub(crate) fn check_for_local_paths(project: &Project) -> Result {
    let mut folders = vec![project.root.clone()];
    folders.extend(["HOME", "USERPROFILE", "CARGO_HOME"].iter().filter_map(std::env::var_os).map(PathBuf::from));
    let folders: Vec<_> = folders.iter().filter_map(|folder| folder.to_str()).filter(|name| name.len() > 3).collect();
    let mut found = Vec::new();
    let mut waiting = vec![project.dist()];
    while let Some(folder) = waiting.pop() {
        for file in disk::entries(&folder)? {
            if file.is_dir() {
                waiting.push(file);
            } else if is_ours(&file) {
                let content = std::fs::read(&file).doing(format_args!("read {}", file.display()))?;
                found.extend(folders.iter().filter_map(|folder| mention(&file, &content, folder)));
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(Failure::new(found.join("\n"))) }
}

fn is_ours(file: &Path) -> bool {
    file.extension().is_some_and(|extension| ["js", "html", "css", "wasm"].iter().any(|ours| extension == *ours))
}

/// Where `content` names `folder`, in words.
fn mention(file: &Path, content: &[u8], folder: &str) -> Option<String> {
    let start = content.windows(folder.len()).position(|window| window == folder.as_bytes())?;
    let shown = &content[start..content.len().min(start + 120)];
    Some(format!("{} names a folder of this machine: {}", file.display(), String::from_utf8_lossy(shown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_path_in_a_file_is_found() {
        let file = Path::new("app.wasm");
        assert!(mention(file, b"\0asm /home/ada/pycxray/web/src/main.rs", "/home/ada").is_some());
        assert!(mention(file, b"\0asm web/src/main.rs", "/home/ada").is_none());
    }
}
