//! The standard library for the page's target.

use super::debian::{self, DebianRust};
use super::rust::{Compiler, WASM, encode, remap, remapping};
use crate::cache::Cache;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use anyhow::{Result, bail};
use std::path::Path;

/// What compiles Rust for the page.
pub(super) struct WasmRust {
    /// The options that keep the folders of this machine out of the page, as `CARGO_ENCODED_RUSTFLAGS` has them.
    pub(super) flags: String,
    /// The compiler to be used, where it is not the machine's own.
    pub(super) debian: Option<DebianRust>,
}

/// Finds std in the compiler's sysroot, or has rustup add it; or, where rustup must not download, makes it from Debian's
/// packages in the cache.
pub(super) fn set_up(cache: &Cache, project: &Project) -> Result<WasmRust> {
    let compiler = Compiler::find(Path::new("rustc"), &project.root)?;
    let debian = provide(cache, project, &compiler)?;
    let mut flags = remapping(&compiler, &project.root)?;
    flags.extend(std::env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned));
    // Cargo tells compilers apart by version alone. That what was compiled with one std is not mixed with what was compiled
    // with another, this option sees to.
    flags.extend(debian.iter().map(|rust| remap(&rust.sysroot, "/rust")));
    Ok(WasmRust { flags: encode(&flags), debian })
}

fn provide(cache: &Cache, project: &Project, compiler: &Compiler) -> Result<Option<DebianRust>> {
    let what = format!("Rust's std for {WASM}");
    if compiler.knows_wasm() {
        report::found(&what, format_args!("there for rustc {}", compiler.version));
        return Ok(None);
    }
    let mut tried = String::new();
    if compiler.grows_by_rustup() {
        let why = format_args!("missing for rustc {}, and rustup may download it", compiler.version);
        let added = report::step(&what, why, || {
            Run::new("rustup").words("target add").arg(WASM).folder(&project.root).quiet().map(drop)
        });
        match added {
            Ok(()) => return Ok(None),
            Err(error) => tried = format!("{error:#}\n"),
        }
    }
    if debian::apt::is_there() {
        match debian::provide(cache, compiler, &what) {
            Ok(rust) => return Ok(Some(rust)),
            Err(error) => tried = format!("{tried}{error:#}\n"),
        }
    }
    bail!("{tried}{what} is needed; you can install it by `rustup target add {WASM}`")
}
