//! The standard library for the page's target, built from its source for one compiler.

use super::rust::{Compiler, WASM, crates, encode, remap, rustlib};
use crate::disk;
use crate::failure::Result;
use crate::process::Run;
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
pub(super) fn build(source: &Source<'_>, sysroot: &Path, workshop: &Path) -> Result {
    let compiler = source.compiler;
    // A sysroot for this alone, with the source where cargo looks for it. In the one that the page is compiled with it
    // must not be: a compiler that finds it writes its path into the page.
    let builder = workshop.join("builder");
    disk::remove_folder(&builder)?;
    link_sysroot(&compiler.sysroot, &builder)?;
    let place = rustlib(&builder).join("src").join("rust");
    disk::make_folder(&place)?;
    let library = place.join("library");
    disk::link(source.library, &library)?;
    let rustc = workshop.join("rustc");
    disk::write_script(&rustc, &wrapper(&compiler.program, &builder))?;

    let package = workshop.join("package");
    let manifest =
        "[package]\nname = \"nothing\"\nedition = \"2024\"\n[workspace]\n[profile.release]\npanic = \"abort\"\n";
    disk::write(&package.join("Cargo.toml"), manifest)?;
    disk::write(&package.join("src").join("lib.rs"), "#![no_std]\n")?;

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
    disk::make_folder(&libraries)?;
    for file in disk::entries(&target.join(WASM).join("release").join("deps"))? {
        let name = disk::name(&file);
        let is_library = name.ends_with(".rlib") || name.ends_with(".rmeta");
        if is_library && !name.starts_with("libnothing") {
            disk::copy(&file, &libraries.join(name))?;
        }
    }
    Ok(())
}

/// Makes a sysroot at `ours` that has all that the one at `real` has but source and std for the page's target, and to which
/// more can be added.
pub(super) fn link_sysroot(real: &Path, ours: &Path) -> Result {
    for (inner, left_out) in [("", &["lib"][..]), ("lib", &["rustlib"]), ("lib/rustlib", &["src", WASM])] {
        let ours = ours.join(inner);
        disk::make_folder(&ours)?;
        for entry in disk::entries(&real.join(inner))? {
            let name = disk::name(&entry);
            if !left_out.contains(&name.as_str()) {
                disk::link(&entry, &ours.join(name))?;
            }
        }
    }
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
        disk::remove_folder(&folder).unwrap();
        let (real, ours) = (folder.join("real"), folder.join("ours"));
        for file in [
            "bin/rustc",
            "lib/librustc_driver.so",
            "lib/rustlib/host/lib/libstd.rlib",
            "lib/rustlib/wasm32-unknown-unknown/lib/libstd.rlib",
            "lib/rustlib/src/rust/Cargo.lock",
        ] {
            disk::write(&real.join(file), "real").unwrap();
        }
        link_sysroot(&real, &ours).unwrap();
        let text = |file: &str| std::fs::read_to_string(ours.join(file)).ok();
        assert_eq!(text("bin/rustc").as_deref(), Some("real"));
        assert_eq!(text("lib/rustlib/host/lib/libstd.rlib").as_deref(), Some("real"));
        assert_eq!(text("lib/rustlib/src/rust/Cargo.lock"), None);
        disk::write(&rustlib(&ours).join(WASM).join("lib").join("libstd.rlib"), "ours").unwrap();
        disk::write(&rustlib(&ours).join("src/rust/Cargo.lock"), "ours").unwrap();
        assert_eq!(text("lib/rustlib/wasm32-unknown-unknown/lib/libstd.rlib").as_deref(), Some("ours"));
        let real_std = std::fs::read_to_string(rustlib(&real).join(WASM).join("lib").join("libstd.rlib"));
        assert_eq!(real_std.unwrap(), "real");
        disk::remove_folder(&ours).unwrap();
        assert_eq!(std::fs::read_to_string(real.join("bin/rustc")).unwrap(), "real");
        assert_eq!(std::fs::read_to_string(real.join("lib/rustlib/src/rust/Cargo.lock")).unwrap(), "real");
        disk::remove_folder(&folder).unwrap();
    }
}
