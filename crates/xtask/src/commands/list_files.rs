//! `cargo xtask list-files`: the last step of Trunk's build, which lists what the page is made of.

use crate::page_size::files_in;
use anyhow::{Context, Result};
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// What the browser itself looks for, and the list: no digest of these is of use to anyone.
const LEFT_OUT: [&str; 3] = ["index.html", "offline.js", "files.json"];

/// Writes `files.json` into the folder that Trunk builds in: the SHA-256 of each file, by its name. The service worker keeps
/// nothing else (`web/static/offline.js`).
pub(super) fn run() -> Result<()> {
    let folder: PathBuf = std::env::var_os("TRUNK_STAGING_DIR").context("this is called by Trunk")?.into();
    let mut digests = BTreeMap::new();
    for file in files_in(&folder)? {
        let name = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        if !LEFT_OUT.contains(&name.as_str()) {
            digests.insert(name, digest(&fs::read(&file)?)?);
        }
    }
    fs::write(folder.join("files.json"), serde_json::to_string(&digests)?)?;
    Ok(())
}

fn digest(bytes: &[u8]) -> Result<String> {
    let mut digits = String::new();
    for byte in Sha256::digest(bytes) {
        write!(digits, "{byte:02x}")?;
    }
    Ok(digits)
}
