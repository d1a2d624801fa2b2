//! The npm package: what wasm-pack builds for bundlers, for pages and for Node, put together around one program.

use crate::cache::remove_folder;
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use crate::tally::Tally;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// What wasm-pack calls its targets, and what their files are called in the package.
const TARGETS: [(&str, &[(&str, &str)]); 3] = [
    (
        "bundler",
        &[
            ("pycxray.js", "pycxray.js"),
            ("pycxray_bg.js", "pycxray_bg.js"),
            ("pycxray.d.ts", "pycxray.d.ts"),
            (PROGRAM, PROGRAM),
        ],
    ),
    ("web", &[("pycxray.js", "web.js"), ("pycxray.d.ts", "web.d.ts")]),
    ("nodejs", &[("pycxray.js", "node.cjs"), ("pycxray.d.ts", "node.d.cts")]),
];

/// The program, the same for every target.
const PROGRAM: &str = "pycxray_bg.wasm";

/// Builds the package and gives its folder.
pub(crate) fn build(project: &Project, tools: &Tools) -> Result<PathBuf> {
    let folder = project.target().join("npm");
    let package = folder.join("pycxray");
    remove_folder(&package)?;
    fs::create_dir_all(&package)?;
    report::step("npm package", "building it for bundlers, pages and Node with wasm-pack", || {
        for (target, files) in TARGETS {
            let built = folder.join(target);
            let wasm_pack =
                tools.run("wasm-pack").words("--quiet build --mode no-install --no-pack --out-name pycxray");
            let wasm_pack = wasm_pack.arg("--target").arg(target).arg("--out-dir").arg(&built).arg("crates/js");
            wasm_pack.folder(&project.root).watched()?;
            for (from, to) in files {
                fs::copy(built.join(from), package.join(to))?;
            }
            let program = |folder: &Path| fs::read(folder.join(PROGRAM));
            if program(&built)? != program(&package)? {
                bail!("wasm-pack made another program for {target} than for the others");
            }
        }
        let source = project.root.join("crates").join("js");
        for file in ["package.json", "README.md"] {
            fs::copy(source.join(file), package.join(file))?;
        }
        for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
            fs::copy(project.root.join(file), package.join(file))?;
        }
        Ok(())
    })?;
    let program = package.join(PROGRAM);
    report::step("wasm-opt", "making the package's program smaller", || {
        tools.run("wasm-opt").words("-O3").arg(&program).arg("-o").arg(&program).quiet().map(drop)
    })?;
    report::note(format_args!("the package is in {}", package.display()));
    Ok(package)
}

/// Installs the package into an empty project, as its users do, and runs its tests there.
pub(crate) fn test(project: &Project, package: &Path) -> Result<Tally> {
    let folder = project.target().join("npm");
    let empty = folder.join("project");
    remove_folder(&empty)?;
    fs::create_dir_all(&empty)?;
    let npm = || anyhow::Ok(Run::new(find_program("npm", &[]).context("npm is not on PATH")?).folder(&empty));
    let packed = npm()?.words("pack --silent").arg(package).quiet()?;
    let packed = packed.lines().last().unwrap_or_default().trim().to_owned();
    fs::write(empty.join("package.json"), "{\"name\": \"somebody\", \"private\": true, \"type\": \"module\"}\n")?;
    npm()?.words("install --offline --no-audit --no-fund --loglevel=error").arg(format!("./{packed}")).quiet()?;

    let source = project.root.join("crates").join("js");
    fs::copy(source.join("tests").join("package.test.mjs"), empty.join("package.test.mjs"))?;
    fs::copy(source.join("examples").join("node").join("functions.mjs"), empty.join("functions.mjs"))?;
    let node = Run::new("node").words("--test --test-reporter=tap package.test.mjs").folder(&empty);
    let finished = node.env("PYCXRAY_FIXTURES", project.root.join("tests").join("fixtures")).overheard()?;
    Ok(tally_of(&finished.stdout, finished.success))
}

/// The sums at the end of what `node --test` says in TAP: `# pass 7`, `# fail 0`.
fn tally_of(output: &str, success: bool) -> Tally {
    let number = |word: &str| {
        let line = output.lines().rev().find_map(|line| line.strip_prefix(word));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    let mut tally = Tally { passed: number("# pass "), failed: number("# fail ") };
    if tally.failed == 0 && (!success || tally.passed == 0) {
        tally.failed = 1;
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_node_are_read() {
        assert_eq!(tally_of("ok 1\n# tests 8\n# pass 7\n# fail 1\n", false), Tally { passed: 7, failed: 1 });
        assert_eq!(tally_of("", true), Tally { passed: 0, failed: 1 });
        assert_eq!(tally_of("# pass 7\n# fail 0\n", false), Tally { passed: 7, failed: 1 });
    }

    #[test]
    fn the_package_has_the_version_of_the_workspace() {
        let project = Project::find().unwrap();
        let read = |file: &str| std::fs::read_to_string(project.root.join(file)).unwrap();
        let manifest = read("Cargo.toml");
        let version = manifest.split("[workspace.package]\nversion = \"").nth(1).unwrap().split('"').next().unwrap();
        assert!(read("crates/js/package.json").contains(&format!("\"version\": \"{version}\"")), "{version}");
    }
}
