//! Rust for the page from Debian's packages, for machines on which rustup may not download.
//!
//! Both ways end in a folder of the cache with programs in `bin` and a sysroot that has std for the page.

pub(super) mod apt;
mod std_source;

use super::rust::Compiler;
use crate::cache::{Cache, remove_folder};
use crate::report;
use anyhow::{Context, Result, bail};
use apt::Archive;
use fs_err as fs;
use std::path::{Path, PathBuf};
use std_source::{Source, build, link_sysroot, wrapper, write_script};

/// Where Debian keeps more versions of Rust than the machine's own release has.
const SUITES: &str = "trixie-backports forky sid";

/// A compiler that has std for the page.
pub(super) struct DebianRust {
    pub(super) programs: PathBuf,
    pub(super) sysroot: PathBuf,
}

/// A folder to be filled, and where it will be when it is.
struct Place<'a> {
    folder: &'a Path,
    in_the_end: &'a Path,
    /// What is needed only meanwhile.
    workshop: &'a Path,
}

/// Uses what was made from Debian's packages before, or makes it.
pub(super) fn provide(cache: &Cache, compiler: &Compiler, what: &str) -> Result<DebianRust> {
    let own = format!("rust-{}", compiler.key());
    let debians = format!("rust-web-for-{}", compiler.key());
    let version = &compiler.version;
    if cache.has(&own) || cache.has(&debians) {
        report::found(what, format_args!("made before from Debian's packages, for rustc {version}"));
    }
    if !cache.has(&debians) {
        let why = format!("missing for rustc {version}, so it is built once from Debian's source of it");
        match make(cache, &own, what, &why, |place| with_own_compiler(compiler, place)) {
            Ok(folder) => return Ok(DebianRust { programs: folder.join("bin"), sysroot: folder.join("sysroot") }),
            Err(error) => report::note(format_args!("{error:#}")),
        }
    }
    let folder = make(cache, &debians, what, "it comes once with Debian's own compiler", with_debian_compiler)?;
    Ok(DebianRust { programs: folder.join("bin"), sysroot: folder.join("root").join("usr") })
}

/// The folder `name` of the cache, filled by `fill` if it is not there.
fn make(
    cache: &Cache,
    name: &str,
    what: &str,
    why: &str,
    fill: impl FnOnce(&Place<'_>) -> Result<()>,
) -> Result<PathBuf> {
    let workshop = cache.workshop(name);
    let folder = cache.folder(name, |folder, in_the_end| {
        report::step(what, why, || fill(&Place { folder, in_the_end, workshop: &workshop }))
    })?;
    remove_folder(&workshop)?;
    Ok(folder)
}

/// The machine's own compiler, with std built from the source of its very version.
fn with_own_compiler(compiler: &Compiler, place: &Place<'_>) -> Result<()> {
    if !compiler.has_linker() {
        bail!("{} has no linker for the page's target", compiler.program.display());
    }
    let debian = Archive::of_suites(&place.workshop.join("apt"), SUITES)?;
    let version = debian.version("rust-src", &format!("{}+", compiler.version))?;
    let root = place.workshop.join("source");
    remove_folder(&root)?;
    debian.unpack(&format!("rust-src={version}"), "./usr/src/rustc-*/library/*", &root)?;
    let library = library_below(&root)?;
    let sysroot = place.folder.join("sysroot");
    link_sysroot(&compiler.sysroot, &sysroot)?;
    build(&Source { compiler, cargo: Path::new("cargo"), library: &library }, &sysroot, place.workshop)?;
    let script = wrapper(&compiler.program, &place.in_the_end.join("sysroot"));
    write_script(&place.folder.join("bin").join("rustc"), &script)
}

/// Debian's newest compiler, which it keeps for building web browsers, with cargo and clippy beside it. They are always
/// in step with each other.
fn with_debian_compiler(place: &Place<'_>) -> Result<()> {
    let debian = Archive::of_the_machine(&place.workshop.join("apt"))?;
    let root = place.workshop.join("root");
    remove_folder(&root)?;
    let packages =
        ["rustc-web", "cargo-web", "libstd-rust-web-dev", "rust-web-src", "rust-web-llvm", "rust-web-clippy"];
    debian.unpack_all(&packages, &root)?;
    // rust-lld is a link to `lld-22`, say, which is in a package of that name.
    let linker = fs::read_link(root.join("usr/bin/rust-lld")).unwrap_or_default();
    debian.unpack_all(&[&linker.file_name().unwrap_or_default().to_string_lossy()], &root)?;

    let programs = place.workshop.join("programs");
    write_programs(&programs, &root)?;
    let mut compiler = Compiler::find(&programs.join("rustc"), place.workshop)?;
    compiler.program = programs.join("rustc");
    let tools = root.join("usr/lib/rustlib").join(&compiler.host).join("bin");
    fs::create_dir_all(&tools)?;
    fs::copy(root.join("usr/bin/rust-lld"), tools.join("rust-lld"))?;
    let library = library_below(&root)?;
    let source = Source { compiler: &compiler, cargo: &programs.join("cargo"), library: &library };
    build(&source, &root.join("usr"), place.workshop)?;

    // Source in the sysroot would be named in the page; the rest is large and of no use here.
    for unneeded in ["usr/lib/rustlib/src", "usr/src", "usr/share"] {
        remove_folder(&root.join(unneeded))?;
    }
    fs::rename(&root, place.folder.join("root"))?;
    write_programs(&place.folder.join("bin"), &place.in_the_end.join("root"))
}

/// Programs that find their libraries below `root`, where the system does not look for them.
fn write_programs(folder: &Path, root: &Path) -> Result<()> {
    let usr = root.join("usr");
    let libraries = usr.join("lib").join(format!("{}-linux-gnu", std::env::consts::ARCH));
    let (usr, libraries) = (usr.display(), libraries.display());
    let found = format!("#!/bin/sh\nexport LD_LIBRARY_PATH='{libraries}'\"${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\"\n");
    for program in ["rustc", "cargo", "cargo-clippy", "clippy-driver"] {
        write_script(&folder.join(program), &format!("{found}exec '{usr}/bin/{program}' \"$@\"\n"))?;
    }
    Ok(())
}

/// The folder `library` of the Rust source that was unpacked below `root`.
fn library_below(root: &Path) -> Result<PathBuf> {
    let sources = fs::read_dir(root.join("usr/src"))?.flatten();
    let mut libraries = sources.map(|source| source.path().join("library"));
    libraries.find(|library| library.join("Cargo.lock").is_file()).context("Debian's source of Rust holds no std")
}
