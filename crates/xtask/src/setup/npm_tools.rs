//! What comes from npm: wasm-opt of Binaryen, which makes the page smaller by a third, and axe-core, which looks for barriers to
//! people who use it with other means than eyes and mouse. `crates/xtask/npm` names their versions and digests.

use super::debian::apt;
use crate::cache::Cache;
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use anyhow::{Context, Result};
use fs_err as fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

/// The folder `node_modules` with both.
pub(super) fn set_up(cache: &Cache, project: &Project) -> Result<PathBuf> {
    let wanted = project.root.join("crates").join("xtask").join("npm");
    let lock = fs::read_to_string(wanted.join("package-lock.json"))?;
    let mut digest = DefaultHasher::new();
    lock.hash(&mut digest);
    let name = format!("npm-{:016x}", digest.finish());
    if cache.has(&name) {
        report::found("binaryen and axe-core", "installed before");
    }
    let folder = cache.folder(&name, |folder, _| {
        let npm = npm()?;
        report::step("binaryen and axe-core", "wasm-opt and a check of the page, so npm installs them once", || {
            for file in ["package.json", "package-lock.json"] {
                fs::copy(wanted.join(file), folder.join(file))?;
            }
            Run::new(npm).words("ci --ignore-scripts --no-audit --no-fund --loglevel=error").folder(folder).quiet()?;
            Ok(())
        })
    })?;
    Ok(folder.join("node_modules"))
}

/// Whether wasm-opt is on PATH in `version`, written as Trunk does: `version_132`.
pub(super) fn has_wasm_opt(version: &str) -> bool {
    let Some(path) = find_program("wasm-opt", &[]) else { return false };
    // "wasm-opt version 132 (version_132)"; Trunk goes by the third word.
    let says = Run::new(path).arg("--version").quiet().unwrap_or_default();
    says.split_whitespace().nth(2).is_some_and(|number| format!("version_{number}") == version)
}

/// npm itself.
fn npm() -> Result<PathBuf> {
    let find = || find_program("npm", &[]);
    if find().is_none() && apt::may_install() {
        apt::install("npm", "what is not on this machine comes through it", &["nodejs", "npm"])?;
    }
    find().context("npm is not on PATH; install Node.js, which brings it")
}
