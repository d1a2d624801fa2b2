//! The standard library for the page's target, built from its source for one compiler.

use crate::cache::remove_folder;
use crate::process::Run;
use crate::setup::rust::{Compiler, WASM, crates, encode, remap, rustlib};
use anyhow::Result;
use fs_err as fs;
use std::path::Path;

/// A compiler, and the source of the standard library that belongs to it.
pub(super) struct Source<'a> {
    pub(super) compiler: &'a Compiler,
    /// The cargo of the same version.
    pub(super) cargo: &'a Path,
    /// The folder `library` of Rust's source.
    pub(super) library: &'a Path,
}

/// Builds std and puts it into `sysroot`. What is needed only meanwhile goes to `workshop`.
pub(super) fn build(source: &Source<'_>, sysroot: &Path, workshop: &Path) -> Result<()> {
    let compiler = source.compiler;
    // A sysroot for this alone, with the source where cargo looks for it. In the one that the page is compiled with it
    // must not be: a compiler that finds it writes its path into the page.
    let builder = workshop.join("builder");
    remove_folder(&builder)?;
    link_sysroot(&compiler.sysroot, &builder)?;
    let place = rustlib(&builder).join("src").join("rust");
    fs::create_dir_all(&place)?;
    let library = place.join("library");
    link(source.library, &library)?;
    let rustc = workshop.join("rustc");
    write_script(&rustc, &wrapper(&compiler.program, &builder))?;

    let package = workshop.join("package");
    let manifest =
        "[package]\nname = \"nothing\"\nedition = \"2024\"\n[workspace]\n[profile.release]\npanic = \"abort\"\n";
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("Cargo.toml"), manifest)?;
    fs::write(package.join("src").join("lib.rs"), "#![no_std]\n")?;

    let inside = format!("/rustc/{}/library", compiler.commit);
    let flags = [
        // The page is optimised as a whole, and that goes by the libraries' bitcode.
        "-Cembed-bitcode=yes".to_owned(),
        remap(source.library, &inside),
        remap(&library, &inside),
        remap(&crates(), "/rust/deps"),
    ];
    let target = workshop.join("target");
    Run::new(source.cargo)
        .words("build --quiet --release -Zbuild-std=std,panic_abort,proc_macro,test --target")
        .arg(WASM)
        .folder(&package)
        .env("RUSTC", rustc)
        // Building std is not yet among what a stable cargo does without being told that this is meant.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_ENCODED_RUSTFLAGS", encode(&flags))
        .without_env("RUSTFLAGS")
        .watched()?;

    let libraries = rustlib(sysroot).join(WASM).join("lib");
    fs::create_dir_all(&libraries)?;
    for file in fs::read_dir(target.join(WASM).join("release").join("deps"))? {
        let file = file?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let is_library = name.ends_with(".rlib") || name.ends_with(".rmeta");
        if is_library && !name.starts_with("libnothing") {
            fs::copy(&file, libraries.join(name.as_ref()))?;
        }
    }
    Ok(())
}

/// Makes a sysroot at `ours` that has all that the one at `real` has but source and std for the page's target, and to which
/// more can be added.
pub(super) fn link_sysroot(real: &Path, ours: &Path) -> Result<()> {
    for (inner, left_out) in [("", &["lib"][..]), ("lib", &["rustlib"]), ("lib/rustlib", &["src", WASM])] {
        let ours = ours.join(inner);
        fs::create_dir_all(&ours)?;
        for entry in fs::read_dir(real.join(inner))? {
            let entry = entry?;
            if !left_out.iter().any(|name| entry.file_name() == *name) {
                link(&entry.path(), &ours.join(entry.file_name()))?;
            }
        }
    }
    Ok(())
}

/// Makes `link` stand for `real`.
#[cfg(unix)]
fn link(real: &Path, link: &Path) -> Result<()> {
    Ok(fs::os::unix::fs::symlink(real, link)?)
}

/// Nothing: where Debian's packages are, links are too.
#[cfg(not(unix))]
fn link(_: &Path, link: &Path) -> Result<()> {
    anyhow::bail!("could not link {}", link.display())
}

/// Writes a program for the shell, and the folder it lies in.
pub(super) fn write_script(file: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(file))?;
    fs::write(file, text)?;
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(())
}

/// A program for the shell that is `rustc` with another sysroot.
pub(super) fn wrapper(rustc: &Path, sysroot: &Path) -> String {
    format!("#!/bin/sh\nexec '{}' --sysroot '{}' \"$@\"\n", rustc.display(), sysroot.display())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// What is made here is written to and removed again; none of that may reach the user's own toolchain.
    #[test]
    fn nothing_done_to_a_linked_sysroot_reaches_the_real_one() {
        let folder = std::env::temp_dir().join(format!("pycxray-sysroot-{}", std::process::id()));
        remove_folder(&folder).unwrap();
        let (real, ours) = (folder.join("real"), folder.join("ours"));
        for file in [
            "bin/rustc",
            "lib/librustc_driver.so",
            "lib/rustlib/host/lib/libstd.rlib",
            "lib/rustlib/wasm32-unknown-unknown/lib/libstd.rlib",
            "lib/rustlib/src/rust/Cargo.lock",
        ] {
            let file = real.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "real").unwrap();
        }
        link_sysroot(&real, &ours).unwrap();
        let text = |file: &str| std::fs::read_to_string(ours.join(file)).ok();
        assert_eq!(text("bin/rustc").as_deref(), Some("real"));
        assert_eq!(text("lib/rustlib/host/lib/libstd.rlib").as_deref(), Some("real"));
        assert_eq!(text("lib/rustlib/src/rust/Cargo.lock"), None);
        for file in
            [rustlib(&ours).join(WASM).join("lib").join("libstd.rlib"), rustlib(&ours).join("src/rust/Cargo.lock")]
        {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "ours").unwrap();
        }
        assert_eq!(text("lib/rustlib/wasm32-unknown-unknown/lib/libstd.rlib").as_deref(), Some("ours"));
        let real_std = std::fs::read_to_string(rustlib(&real).join(WASM).join("lib").join("libstd.rlib"));
        assert_eq!(real_std.unwrap(), "real");
        remove_folder(&ours).unwrap();
        assert_eq!(std::fs::read_to_string(real.join("bin/rustc")).unwrap(), "real");
        assert_eq!(std::fs::read_to_string(real.join("lib/rustlib/src/rust/Cargo.lock")).unwrap(), "real");
        remove_folder(&folder).unwrap();
    }
}
