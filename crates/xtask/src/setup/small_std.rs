//! The standard library that the page is compiled with, where it can be made from its source: the smaller of two.

use super::debian_rust::{Place, beside_own_compiler, with_own_compiler};
use super::rust::{Compiler, rustlib};
use super::std_from_source::Purpose;
use super::{Tools, apt, wasm_std};
use crate::failure::{Failure, Result};
use crate::process::Run;
use crate::project::Project;
use crate::report;
use std::path::{Path, PathBuf};

/// Has the page compiled with a small std. Where that cannot be had, it is compiled with the usual one.
pub(super) fn set_up(tools: &mut Tools, project: &Project) -> Result {
    let compiler = Compiler::find(Path::new("rustc"), &project.root)?;
    // Its std is made once, together with it.
    if tools.cache.has(&wasm_std::debians_for(&compiler)) {
        return Ok(());
    }
    match provide(tools, project, &compiler) {
        Ok(folder) => {
            let sysroot = folder.join("sysroot");
            tools.page_env = vec![
                ("RUSTC".to_owned(), folder.join("bin").join("rustc").into()),
                ("CARGO_ENCODED_RUSTFLAGS".to_owned(), wasm_std::flags(&compiler, Some(&sysroot), project)?.into()),
            ];
        }
        Err(failure) => {
            report::note(failure);
            report::note("the page is built with the usual std, and will be a sixteenth larger");
        }
    }
    Ok(())
}

/// The folder with that std, made if it is not there.
fn provide(tools: &Tools, project: &Project, compiler: &Compiler) -> Result<PathBuf> {
    if !cfg!(unix) {
        return Err(Failure::new("a small std is made on Unix only"));
    }
    let what = "Rust's std, small";
    let name = format!("small-rust-{}", compiler.key());
    if tools.cache.has(&name) {
        report::found(what, format_args!("made before for rustc {}", compiler.version));
    }
    wasm_std::make(&tools.cache, &name, what, "the page is a sixteenth smaller with it, so it is built once", |place| {
        fill(project, compiler, place)
    })
}

fn fill(project: &Project, compiler: &Compiler, place: &Place<'_>) -> Result {
    let library = rustlib(&compiler.sysroot).join("src").join("rust").join("library");
    let is_there = || library.join("Cargo.lock").is_file();
    if !is_there() && compiler.grows_by_rustup() {
        Run::new("rustup").words("component add rust-src").folder(&project.root).quiet()?;
    }
    if is_there() {
        return beside_own_compiler(compiler, Purpose::Page, &library, place);
    }
    if apt::is_there() {
        return with_own_compiler(compiler, Purpose::Page, place);
    }
    Err(Failure::new("Rust's std has no source here; you can install it by `rustup component add rust-src`"))
}
