//! Rust for the page from Debian's packages, for machines on which rustup may not download.
//!
//! Both ways end in a folder of the cache with programs in `bin` and a sysroot that has std for the page.

use super::apt::Archive;
use super::rust::Compiler;
use super::std_from_source::{Source, build, link_sysroot, wrapper};
use crate::disk;
use crate::failure::{Failure, Result};
use std::path::{Path, PathBuf};

/// Where Debian keeps more versions of Rust than the machine's own release has.
const SUITES: &str = "trixie-backports forky sid";

/// A folder to be filled, and where it will be when it is.
pub(super) struct Place<'a> {
    pub(super) folder: &'a Path,
    pub(super) in_the_end: &'a Path,
    /// What is needed only meanwhile.
    pub(super) workshop: &'a Path,
}

/// The machine's own compiler, with std built from the source of its very version.
pub(super) fn with_own_compiler(compiler: &Compiler, place: &Place<'_>) -> Result {
    if !compiler.has_linker() {
        let path = compiler.program.display();
        return Err(Failure::new(format!("{path} has no linker for the page's target")));
    }
    let debian = Archive::of_suites(&place.workshop.join("apt"), SUITES)?;
    let wanted = format!("{}+", compiler.version);
    let version = debian.versions("rust-src")?.into_iter().find(|version| version.starts_with(&wanted));
    let version =
        version.ok_or_else(|| Failure::new(format!("Debian has no rust-src of Rust {}", compiler.version)))?;
    let root = place.workshop.join("source");
    disk::remove_folder(&root)?;
    debian.unpack(&format!("rust-src={version}"), "./usr/src/rustc-*/library/*", &root)?;
    beside_own_compiler(compiler, &library_below(&root)?, place)
}

/// A sysroot with all of the machine's own compiler's, and std built from `library`.
pub(super) fn beside_own_compiler(compiler: &Compiler, library: &Path, place: &Place<'_>) -> Result {
    let sysroot = place.folder.join("sysroot");
    link_sysroot(&compiler.sysroot, &sysroot)?;
    build(&Source { compiler, cargo: Path::new("cargo"), library }, &sysroot, place.workshop)?;
    disk::write_script(
        &place.folder.join("bin").join("rustc"),
        &wrapper(&compiler.program, &place.in_the_end.join("sysroot")),
    )
}

/// Debian's newest compiler, which it keeps for building web browsers, with cargo and clippy beside it. They are always
/// in step with each other.
pub(super) fn with_debian_compiler(place: &Place<'_>) -> Result {
    let debian = Archive::of_the_machine(&place.workshop.join("apt"))?;
    let root = place.workshop.join("root");
    disk::remove_folder(&root)?;
    let packages =
        ["rustc-web", "cargo-web", "libstd-rust-web-dev", "rust-web-src", "rust-web-llvm", "rust-web-clippy"];
    debian.unpack_all(&packages, &root)?;
    // rust-lld is a link to `lld-22`, say, which is in a package of that name.
    let linker = std::fs::read_link(root.join("usr/bin/rust-lld")).unwrap_or_default();
    debian.unpack_all(&[&disk::name(&linker)], &root)?;

    let library = library_below(&root)?;
    let programs = place.workshop.join("programs");
    write_programs(&programs, &root)?;
    let mut compiler = Compiler::find(&programs.join("rustc"), place.workshop)?;
    compiler.program = programs.join("rustc");
    let tools = root.join("usr/lib/rustlib").join(&compiler.host).join("bin");
    disk::make_folder(&tools)?;
    std::fs::copy(root.join("usr/bin/rust-lld"), tools.join("rust-lld"))
        .map_err(|error| Failure::new(format!("Debian's rust-lld cannot be copied: {error}")))?;
    let source = Source { compiler: &compiler, cargo: &programs.join("cargo"), library: &library };
    build(&source, &root.join("usr"), place.workshop)?;

    // Source in the sysroot would be named in the page; the rest is large and of no use here.
    for unneeded in ["usr/lib/rustlib/src", "usr/src", "usr/share"] {
        disk::remove_folder(&root.join(unneeded))?;
    }
    std::fs::rename(&root, place.folder.join("root"))
        .map_err(|error| Failure::new(format!("could not move {}: {error}", root.display())))?;
    write_programs(&place.folder.join("bin"), &place.in_the_end.join("root"))
}

/// Programs that find their libraries below `root`, where the system does not look for them.
pub(super) fn write_programs(folder: &Path, root: &Path) -> Result {
    let usr = root.join("usr");
    let libraries = usr.join("lib").join(format!("{}-linux-gnu", std::env::consts::ARCH));
    let (usr, libraries) = (usr.display(), libraries.display());
    let found = format!("#!/bin/sh\nexport LD_LIBRARY_PATH='{libraries}'\"${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\"\n");
    for program in ["rustc", "cargo", "cargo-clippy", "clippy-driver"] {
        disk::write_script(&folder.join(program), &format!("{found}exec '{usr}/bin/{program}' \"$@\"\n"))?;
    }
    Ok(())
}

/// The folder `library` of the Rust source that was unpacked below `root`.
fn library_below(root: &Path) -> Result<PathBuf> {
    let sources = disk::entries(&root.join("usr/src"))?;
    let libraries = sources.iter().map(|source| source.join("library"));
    let mut libraries = libraries.filter(|library| library.join("Cargo.lock").is_file());
    libraries.next().ok_or_else(|| Failure::new("Debian's source of Rust holds no std"))
}
