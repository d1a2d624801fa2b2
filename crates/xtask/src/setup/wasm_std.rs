//! The standard library for the page's target.

use super::debian_rust::{Place, with_debian_compiler, with_own_compiler};
use super::rust::{Compiler, WASM, encode, remap, remapping};
use super::{Tools, apt};
use crate::cache::Cache;
use crate::disk;
use crate::failure::{Failure, Result};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use std::path::{Path, PathBuf};

/// Sets up what compiles Rust for the page, and has it leave the folders of this machine out of the page.
pub(super) fn set_up(tools: &mut Tools, project: &Project) -> Result {
    let compiler = Compiler::find(Path::new("rustc"), &project.root)?;
    let sysroot = provide(tools, project, &compiler)?;
    tools.set_env("CARGO_ENCODED_RUSTFLAGS", flags(&compiler, sysroot.as_deref(), project)?);
    Ok(())
}

/// The options for compiling with std from `sysroot`, where that is not the compiler's own.
pub(super) fn flags(compiler: &Compiler, sysroot: Option<&Path>, project: &Project) -> Result<String> {
    let mut flags = remapping(compiler, &project.root)?;
    flags.extend(std::env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned));
    // Cargo tells compilers apart by version alone. That what was compiled with one std is not mixed with what was compiled
    // with another, this option sees to.
    flags.extend(sysroot.map(|sysroot| remap(sysroot, "/rust")));
    Ok(encode(&flags))
}

/// Finds std in the compiler's sysroot, or has rustup add it; or, where rustup must not download, makes it from Debian's
/// packages in the cache. Tells the sysroot it is in, if that is not the compiler's own.
fn provide(tools: &mut Tools, project: &Project, compiler: &Compiler) -> Result<Option<PathBuf>> {
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
            Err(failure) => tried = format!("{failure}\n"),
        }
    }
    if apt::is_there() {
        match from_debian(tools, compiler, &what) {
            Ok(sysroot) => return Ok(Some(sysroot)),
            Err(failure) => tried = format!("{tried}{failure}\n"),
        }
    }
    Err(Failure::new(format!("{tried}{what} is needed; you can install it by `rustup target add {WASM}`")))
}

/// Uses what was made from Debian's packages before, or makes it, and tells the sysroot.
fn from_debian(tools: &mut Tools, compiler: &Compiler, what: &str) -> Result<PathBuf> {
    let own = format!("rust-{}", compiler.key());
    let debians = debians_for(compiler);
    let version = &compiler.version;
    if tools.cache.has(&own) || tools.cache.has(&debians) {
        report::found(what, format_args!("made before from Debian's packages, for rustc {version}"));
    }
    if !tools.cache.has(&debians) {
        let why = format!("missing for rustc {version}, so it is built once from Debian's source of it");
        match make(&tools.cache, &own, what, &why, |place| with_own_compiler(compiler, place)) {
            Ok(folder) => {
                let sysroot = folder.join("sysroot");
                tools.add_rust(&folder.join("bin"), &sysroot);
                return Ok(sysroot);
            }
            Err(failure) => report::note(failure),
        }
    }
    let folder = make(&tools.cache, &debians, what, "it comes once with Debian's own compiler", with_debian_compiler)?;
    let sysroot = folder.join("root").join("usr");
    tools.add_rust(&folder.join("bin"), &sysroot);
    Ok(sysroot)
}

/// What the folder of the cache is called that has Debian's own compiler in place of `compiler`.
pub(super) fn debians_for(compiler: &Compiler) -> String {
    format!("rust-web-for-{}", compiler.key())
}

/// The folder `name` of the cache, filled by `fill` if it is not there.
pub(super) fn make(
    cache: &Cache,
    name: &str,
    what: &str,
    why: &str,
    fill: impl FnOnce(&Place<'_>) -> Result,
) -> Result<PathBuf> {
    let workshop = cache.workshop(name);
    let folder = cache.folder(name, |folder, in_the_end| {
        report::step(what, why, || fill(&Place { folder, in_the_end, workshop: &workshop }))
    })?;
    disk::remove_folder(&workshop)?;
    Ok(folder)
}
