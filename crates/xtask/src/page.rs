//! Building the page: what Trunk makes is the page.

use crate::page_size::files_in;
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use anyhow::{Result, bail};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// Builds the release page into `dist`, once [`Tools::for_page`] has set up what that needs.
pub(crate) fn build(project: &Project, tools: &Tools, public_url: Option<&str>) -> Result<()> {
    report::step("page", "building it for release with trunk", || {
        // Where Trunk stood when cargo failed is of no use to anybody here.
        let trunk = tools.trunk("build --release").folder(&project.root).env("RUST_BACKTRACE", "0");
        public_url.iter().fold(trunk, |trunk, url| trunk.arg("--public-url").arg(url)).watched()
    })?;
    report::note(format_args!("the page is in {}", project.dist().display()));
    Ok(())
}

/// Fails if the program or a text of the page names a folder of the machine that it was built on.
pub(crate) fn check_for_local_paths(project: &Project) -> Result<()> {
    let mut folders = vec![project.root.clone()];
    folders.extend(["HOME", "USERPROFILE", "CARGO_HOME"].iter().filter_map(std::env::var_os).map(PathBuf::from));
    let folders: Vec<_> = folders.iter().filter_map(|folder| folder.to_str()).filter(|name| name.len() > 3).collect();
    let mut found = Vec::new();
    for file in files_in(&project.dist())? {
        let content = fs::read(&file)?;
        found.extend(folders.iter().filter_map(|folder| mention(&file, &content, folder)));
    }
    if !found.is_empty() {
        bail!("{}", found.join("\n"));
    }
    Ok(())
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
