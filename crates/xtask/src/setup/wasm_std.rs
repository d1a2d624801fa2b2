//! The standard library for the page's target.

use super::rust::{Compiler, SEPARATOR, WASM, remap, remapping, rustlib};
use super::{Tools, apt};
use crate::cache::remove_folder;
use crate::failure::{Doing, Failure, Result};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use std::path::Path;

/// Where Debian keeps more versions of Rust than the machine's own release has.
const SUITES: &str = "trixie-backports forky sid";

/// Finds it in the compiler's sysroot, or has rustup add it; or, where rustup must not download, builds it from Debian's
/// source of this very compiler into a sysroot in the cache.
pub(super) fn set_up(tools: &mut Tools, project: &Project) -> Result {
    let compiler = Compiler::find(&project.root)?;
    let flags = remapping(&compiler, &project.root)?;
    let others = std::env::var("RUSTFLAGS").unwrap_or_default();
    let flags = others.split_whitespace().fold(flags, |flags, other| flags + SEPARATOR + other);
    tools.set_env("CARGO_ENCODED_RUSTFLAGS", flags);

    let what = format!("std of Rust {} for {WASM}", compiler.version);
    if compiler.knows_wasm() {
        report::found(&what, "in rustc's sysroot");
        return Ok(());
    }
    let mut tried = Vec::new();
    if compiler.grows_by_rustup() {
        let added = report::step(&what, "not there yet; rustup may download it", || {
            Run::new("rustup").words("target add").arg(WASM).folder(&project.root).quiet().map(drop)
        });
        match added {
            Ok(()) => return Ok(()),
            Err(failure) => tried.push(failure.to_string()),
        }
    }
    if apt::is_there() {
        match from_source(tools, &compiler, &what) {
            Ok(()) => return Ok(()),
            Err(failure) => tried.push(failure.to_string()),
        }
    }
    let tried = tried.join("\n");
    Err(Failure::new(format!("{tried}\n{what} is needed; you can install it by `rustup target add {WASM}`")))
}

/// Uses, or makes, a sysroot in the cache: the compiler's own by links, and beside them std for the page.
fn from_source(tools: &mut Tools, compiler: &Compiler, what: &str) -> Result {
    let name = format!("rust-{}", compiler.key());
    if tools.cache.has(&name) {
        report::found(what, "built before");
    }
    let workshop = tools.cache.workshop(&name);
    let folder = tools.cache.folder(&name, |folder, final_folder| {
        report::step(what, "rustup must not download here, so it is built once from Debian's rust-src", || {
            let sysroot = folder.join("sysroot");
            link_sysroot(&compiler.sysroot, &sysroot)?;
            build_std(compiler, &sysroot, &workshop)?;
            write_wrapper(folder, compiler, &final_folder.join("sysroot"))
        })
    })?;
    remove_folder(&workshop)?;
    // Cargo is told by RUSTC; wasm-pack asks `rustc` on PATH; clippy asks neither, but SYSROOT.
    tools.set_env("RUSTC", folder.join("bin").join("rustc"));
    tools.set_env("SYSROOT", folder.join("sysroot"));
    tools.add_folder(folder.join("bin"));
    Ok(())
}

/// Builds std from source and adds it to `sysroot`. The source is there only while it is compiled: a compiler that finds
/// it would write its path into the page.
fn build_std(compiler: &Compiler, sysroot: &Path, workshop: &Path) -> Result {
    let debian = apt::PrivateApt::with_suites(&workshop.join("apt"), SUITES)?;
    let wanted = format!("{}+", compiler.version);
    let versions = debian.versions("rust-src")?;
    let version = versions.iter().find(|version| version.starts_with(&wanted));
    let version =
        version.ok_or_else(|| Failure::new(format!("Debian has no rust-src of Rust {}", compiler.version)))?;
    let source = workshop.join("source");
    debian.unpack(&format!("rust-src={version}"), "./usr/src/rustc-*/library/*", &source)?;
    let library = source.join("usr/src").join(format!("rustc-{}", compiler.version)).join("library");

    // A sysroot of its own, with the source where cargo looks for it.
    let builder = workshop.join("builder");
    remove_folder(&builder)?;
    link_sysroot(&compiler.sysroot, &builder.join("sysroot"))?;
    let place = rustlib(&builder.join("sysroot")).join("src").join("rust");
    remove_folder(&place)?;
    make_folder(&place)?;
    link(&library, &place.join("library"))?;
    write_wrapper(&builder, compiler, &builder.join("sysroot"))?;

    let package = workshop.join("package");
    make_folder(&package.join("src"))?;
    let manifest =
        "[package]\nname = \"nothing\"\nedition = \"2024\"\n[workspace]\n[profile.release]\npanic = \"abort\"\n";
    write(&package.join("Cargo.toml"), manifest)?;
    write(&package.join("src").join("lib.rs"), "#![no_std]\n")?;

    let (real, linked) = (library.as_path(), place.join("library"));
    let home = std::env::home_dir().unwrap_or_default();
    let crates = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), Into::into);
    let inside = format!("/rustc/{}/library", compiler.commit);
    let flags = [
        "-Cembed-bitcode=yes".to_owned(),
        remap(real, &inside),
        remap(&linked, &inside),
        remap(&crates.join("registry").join("src"), "/rust/deps"),
    ];
    let target = workshop.join("target");
    Run::new("cargo")
        .words("build --quiet --release -Zbuild-std=std,panic_abort,proc_macro,test --target")
        .arg(WASM)
        .folder(&package)
        .env("RUSTC", builder.join("bin").join("rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join(SEPARATOR))
        .without_env("RUSTFLAGS")
        .watched()?;

    let libraries = rustlib(sysroot).join(WASM).join("lib");
    make_folder(&libraries)?;
    let built = target.join(WASM).join("release").join("deps");
    for file in std::fs::read_dir(&built).doing(format_args!("read {}", built.display()))?.flatten() {
        let (path, name) = (file.path(), file.file_name());
        let is_library = path.extension().is_some_and(|extension| extension == "rlib" || extension == "rmeta");
        if is_library && !name.to_string_lossy().starts_with("libnothing") {
            std::fs::copy(&path, libraries.join(name)).doing(format_args!("copy {}", path.display()))?;
        }
    }
    Ok(())
}

/// A sysroot at `ours` that has all that the one at `real` has, and to which more can be added.
fn link_sysroot(real: &Path, ours: &Path) -> Result {
    for inner in ["", "lib", "lib/rustlib"] {
        let (real, ours) = (real.join(inner), ours.join(inner));
        make_folder(&ours)?;
        for entry in std::fs::read_dir(&real).doing(format_args!("read {}", real.display()))?.flatten() {
            let name = entry.file_name();
            if inner == "lib/rustlib" || (name != "lib" && name != "rustlib") {
                link(&entry.path(), &ours.join(name))?;
            }
        }
    }
    Ok(())
}

/// A `rustc` in `folder/bin` that is the machine's with another sysroot.
fn write_wrapper(folder: &Path, compiler: &Compiler, sysroot: &Path) -> Result {
    let rustc = compiler.sysroot.join("bin").join("rustc");
    let script = format!("#!/bin/sh\nexec '{}' --sysroot '{}' \"$@\"\n", rustc.display(), sysroot.display());
    let wrapper = folder.join("bin").join("rustc");
    make_folder(&folder.join("bin"))?;
    write(&wrapper, &script)?;
    make_executable(&wrapper)
}

fn make_folder(folder: &Path) -> Result {
    std::fs::create_dir_all(folder).doing(format_args!("make {}", folder.display()))
}

fn write(file: &Path, text: &str) -> Result {
    std::fs::write(file, text).doing(format_args!("write {}", file.display()))
}

#[cfg(unix)]
fn link(real: &Path, ours: &Path) -> Result {
    std::os::unix::fs::symlink(real, ours).doing(format_args!("link {}", ours.display()))
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result {
    use std::os::unix::fs::PermissionsExt;
    let permissions = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(file, permissions).doing(format_args!("make {} executable", file.display()))
}

/// Debian is never without these.
#[cfg(not(unix))]
fn link(_: &Path, ours: &Path) -> Result {
    Err(Failure::new(format!("could not link {}: this system has no symbolic links", ours.display())))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result {
    Ok(())
}
