//! The Rust compiler of the machine, and what it has for the page's target.

use crate::failure::{Doing, Failure, Result};
use crate::process::{Run, find_program};
use std::path::{Path, PathBuf};

/// What the page is compiled for.
pub(super) const WASM: &str = "wasm32-unknown-unknown";

/// The compiler that `rustc` on PATH stands for in the clone's folder.
pub(super) struct Compiler {
    /// `1.95.0`
    pub(super) version: String,
    pub(super) commit: String,
    /// The machine's own target.
    pub(super) host: String,
    pub(super) sysroot: PathBuf,
}

impl Compiler {
    pub(super) fn find(folder: &Path) -> Result<Self> {
        let rustc = || Run::new("rustc").folder(folder);
        let facts = rustc().arg("-vV").quiet()?;
        let fact = |name: &str| {
            let value = facts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.map(str::to_owned).ok_or_else(|| Failure::new(format!("`rustc -vV` tells no {name}")))
        };
        let sysroot = rustc().words("--print sysroot").quiet()?.trim().into();
        Ok(Self { version: fact("release")?, commit: fact("commit-hash")?, host: fact("host")?, sysroot })
    }

    /// Whether it can compile for the page as it is.
    pub(super) fn knows_wasm(&self) -> bool {
        let libraries = std::fs::read_dir(rustlib(&self.sysroot).join(WASM).join("lib"));
        libraries
            .is_ok_and(|files| files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    }

    /// Whether rustup manages it, and may download.
    pub(super) fn grows_by_rustup(&self) -> bool {
        let managed = self.sysroot.parent().is_some_and(|folder| folder.ends_with("toolchains"));
        let forbidden = std::env::var_os("RUSTUP_AUTO_INSTALL").is_some_and(|value| value == "0");
        managed && !forbidden && find_program("rustup", &[]).is_some()
    }

    /// A name for what was made for this compiler and fits no other.
    pub(super) fn key(&self) -> String {
        let commit = self.commit.get(..9).unwrap_or(&self.commit);
        format!("{}-{commit}-{}", self.version, self.host)
    }
}

/// Where a sysroot keeps the standard libraries.
pub(super) fn rustlib(sysroot: &Path) -> PathBuf {
    sysroot.join("lib").join("rustlib")
}

/// What keeps the folders of this machine out of the page: the compiler writes other names in their place.
pub(super) fn remapping(compiler: &Compiler, root: &Path) -> Result<String> {
    let mut flags = vec![remap(root, "/pycxray")];
    let home = std::env::home_dir().unwrap_or_default();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let sources = cargo.join("registry").join("src");
    for registry in std::fs::read_dir(&sources).doing(format_args!("read {}", sources.display()))?.flatten() {
        flags.push(remap(&registry.path(), "/crates"));
    }
    let library = rustlib(&compiler.sysroot).join("src").join("rust");
    flags.push(remap(&library, &format!("/rustc/{}", compiler.commit)));
    Ok(flags.join(SEPARATOR))
}

/// Between flags in `CARGO_ENCODED_RUSTFLAGS`, where they may hold blanks.
pub(super) const SEPARATOR: &str = "\x1f";

pub(super) fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}
