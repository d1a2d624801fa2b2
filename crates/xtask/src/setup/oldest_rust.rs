//! The oldest Rust that the published crates promise to be compiled by: rustup's, if it is there, or Debian's.

use super::apt::{self, Archive};
use super::debian_rust::write_programs;
use crate::cache::Cache;
use crate::failure::{Failure, Result};
use crate::process::Run;
use crate::report;
use crate::{disk, project::Project};
use std::path::PathBuf;

/// What Debian calls packages with a Rust beside its own, of the kind that it builds web browsers with.
const PACKAGES: [&str; 2] = ["rustc-web", "libstd-rust-web-dev"];

/// The compiler of that version; `None` where it cannot be had.
pub(super) fn set_up(cache: &Cache, version: &str) -> Result<Option<PathBuf>> {
    // Without the leave to download: toolchains are the user's own affair.
    let rustup = Run::new("rustup").words("which rustc --toolchain").arg(version).env("RUSTUP_AUTO_INSTALL", "0");
    if let Ok(path) = rustup.quiet() {
        return Ok(Some(PathBuf::from(path.trim())));
    }
    let name = format!("oldest-rust-{version}");
    let program = |folder: PathBuf| Some(folder.join("bin").join("rustc"));
    if cache.has(&name) {
        return cache.folder(&name, |_, _| Ok(())).map(program);
    }
    if !apt::is_there() {
        return Ok(None);
    }
    let workshop = cache.workshop(&name);
    let archive = Archive::of_the_machine(&workshop.join("apt"))?;
    let wanted = format!("{version}.");
    let Some(found) = archive.versions(PACKAGES[0])?.into_iter().find(|found| found.starts_with(&wanted)) else {
        return Ok(None);
    };
    let folder = report::step("oldest Rust", format_args!("Rust {version} from Debian's {}", PACKAGES[0]), || {
        cache.folder(&name, |folder, in_the_end| {
            let packages = PACKAGES.map(|package| format!("{package}={found}"));
            let packages: Vec<&str> = packages.iter().map(String::as_str).collect();
            archive.unpack_all(&packages, &folder.join("root"))?;
            write_programs(&folder.join("bin"), &in_the_end.join("root"))
        })
    })?;
    disk::remove_folder(&workshop)?;
    Ok(program(folder))
}

/// The `rust-version` of the crates that are published: one for all.
pub(super) fn promised(project: &Project) -> Result<String> {
    let stated = |name: &str| {
        let path = project.root.join("crates").join(name).join("Cargo.toml");
        let manifest = std::fs::read_to_string(&path).unwrap_or_default();
        let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'));
        version.map(str::to_owned).ok_or_else(|| Failure::new(format!("{} states no rust-version", path.display())))
    };
    let (core, cli) = (stated("core")?, stated("cli")?);
    if core == cli { Ok(core) } else { Err(Failure::new(format!("core promises Rust {core}, cli {cli}"))) }
}
