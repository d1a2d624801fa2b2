//! The Rust compiler of the machine, and what it has for the page's target.

use crate::process::{Run, find_program};
use anyhow::{Context, Result};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// What the page is compiled for.
pub(super) const WASM: &str = "wasm32-unknown-unknown";

/// A compiler.
pub(super) struct Compiler {
    /// The program itself, not one that stands for several.
    pub(super) program: PathBuf,
    /// `1.95.0`
    pub(super) version: String,
    /// The commit that it was built from, or its version where that is not told.
    pub(super) commit: String,
    /// The machine's own target.
    pub(super) host: String,
    pub(super) sysroot: PathBuf,
}

impl Compiler {
    /// The compiler that `rustc` stands for in `folder`.
    pub(super) fn find(rustc: &Path, folder: &Path) -> Result<Self> {
        let rustc = || Run::new(rustc).folder(folder);
        let facts = rustc().arg("-vV").quiet()?;
        let fact = |name: &str| {
            let value = facts.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.map(str::to_owned).with_context(|| format!("`rustc -vV` tells no {name}"))
        };
        let version = fact("release")?;
        let commit = fact("commit-hash").ok().filter(|hash| hash != "unknown").unwrap_or_else(|| version.clone());
        let sysroot = PathBuf::from(rustc().words("--print sysroot").quiet()?.trim());
        Ok(Self { program: sysroot.join("bin").join("rustc"), version, commit, host: fact("host")?, sysroot })
    }

    /// Whether it can compile for the page as it is.
    pub(super) fn knows_wasm(&self) -> bool {
        let libraries = fs::read_dir(rustlib(&self.sysroot).join(WASM).join("lib"));
        libraries.is_ok_and(|mut libraries| {
            libraries.any(|library| library.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
        })
    }

    /// Whether it has its own linker for the page's target, as those that rustup installs do.
    pub(super) fn has_linker(&self) -> bool {
        rustlib(&self.sysroot).join(&self.host).join("bin").join("rust-lld").exists()
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

/// The options of the compiler that keep the folders of this machine out of the page: other names are written instead.
pub(super) fn remapping(compiler: &Compiler, root: &Path) -> Result<Vec<String>> {
    let mut flags = vec![remap(root, "/pycxray")];
    for registry in fs::read_dir(crates())? {
        flags.push(remap(&registry?.path(), "/crates"));
    }
    let library = rustlib(&compiler.sysroot).join("src").join("rust");
    flags.push(remap(&library, &format!("/rustc/{}", compiler.commit)));
    Ok(flags)
}

/// Where cargo keeps the sources of crates, in a folder for each registry.
pub(super) fn crates() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join(".cargo"));
    home.join("registry").join("src")
}

/// The option that writes `to` where the compiler would write `from`.
pub(super) fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

/// Options as the variable `CARGO_ENCODED_RUSTFLAGS` holds them, in which they may have blanks.
pub(super) fn encode(flags: &[String]) -> String {
    flags.join("\x1f")
}
