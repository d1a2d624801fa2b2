//! What is done to the page after Trunk: everything that makes it smaller and that Trunk does not do.

mod index;
mod names;
mod packing;

use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use index::Index;
use std::path::Path;

/// The scripts that stand beside the program.
const SCRIPTS: [&str; 4] = ["start.js", "unpack.js", "offline.js", "theme.js"];

/// Makes the built page smaller: short names between program and bindings, small scripts, one style sheet, and the program
/// packed. What it is before it is packed stays in [`Project::program`].
pub(crate) fn finish(project: &Project, tools: &Tools) -> Result {
    let dist = project.dist();
    let file = dist.join("index.html");
    let mut index = Index { text: read(&file)? };
    finish_program(project, tools, &mut index)?;
    for script in SCRIPTS {
        shrink(tools, &dist.join(script))?;
    }
    finish_styles(tools, &dist, &mut index)?;
    disk::write(&file, &index.text)
}

fn finish_program(project: &Project, tools: &Tools, index: &mut Index) -> Result {
    let dist = project.dist();
    let name = |attribute: &str| {
        let name = index.named_by(attribute).map(str::to_owned);
        name.ok_or_else(|| Failure::new(format!("index.html names nothing as {attribute}")))
    };
    let (wasm, js) = (name("data-wasm")?, name("data-js")?);
    let mut program = std::fs::read(dist.join(&wasm)).doing(format_args!("read {wasm}"))?;
    let bindings = read(&dist.join(&js))?;
    match names::shorten(&program, &bindings) {
        Some((shorter, bindings)) => {
            program = shorter;
            disk::write(&dist.join(&js), &bindings)?;
        }
        None => report::note("the program's imports keep their names: they are not as wasm-bindgen writes them"),
    }
    shrink(tools, &dist.join(&js))?;
    disk::write(&project.program(), &program)?;

    // A file that differs gets another name: browsers keep files, and these two must fit.
    let digest = digest(&[&program, read(&dist.join(&js))?.as_bytes()]);
    let (new_wasm, new_js) = (format!("pycxray-{digest}.wasm.lzma"), format!("pycxray-{digest}.js"));
    disk::write(&dist.join(&new_wasm), packing::packed(&program)?)?;
    disk::remove_file(&dist.join(&wasm))?;
    std::fs::rename(dist.join(&js), dist.join(&new_js)).doing(format_args!("rename {js}"))?;
    index.rename(&wasm, &new_wasm);
    index.rename(&js, &new_js);
    // It is preloaded as what it is.
    index.rename(" type=\"application/wasm\"", "");
    Ok(())
}

/// Makes one style sheet of all.
fn finish_styles(tools: &Tools, dist: &Path, index: &mut Index) -> Result {
    let names = index.styles();
    let Some((first, others)) = names.split_first() else { return Ok(()) };
    let mut all = String::new();
    for name in &names {
        all.push_str(&read(&dist.join(name))?);
        disk::remove_file(&dist.join(name))?;
    }
    let name = format!("pycxray-{}.css", digest(&[all.as_bytes()]));
    disk::write(&dist.join(&name), &all)?;
    shrink(tools, &dist.join(&name))?;
    others.iter().for_each(|other| index.remove_style(other));
    index.rename(first, &name);
    Ok(())
}

/// Takes out of a script or a style sheet what only people need.
fn shrink(tools: &Tools, file: &Path) -> Result {
    let Some(esbuild) = tools.esbuild() else { return Ok(()) };
    let mut esbuild = esbuild.words("--minify --charset=utf8 --log-level=warning --allow-overwrite").arg(file);
    if file.extension().is_some_and(|extension| extension == "js") {
        esbuild = esbuild.arg("--format=esm");
    }
    esbuild.arg(format!("--outfile={}", file.display())).quiet().map(drop)
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).doing(format_args!("read {}", file.display()))
}

/// Sixteen digits that differ for different contents (FNV-1a).
fn digest(contents: &[&[u8]]) -> String {
    let bytes = contents.iter().copied().flatten();
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}
