//! The npm package: what wasm-pack builds for bundlers, for pages and for Node, put together around one program.

use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::file_server::{FileServer, Site};
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use crate::tally::Tally;
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
    disk::remove_folder(&package)?;
    disk::make_folder(&package)?;
    report::step("npm package", "building it for bundlers, pages and Node with wasm-pack", || {
        for (target, files) in TARGETS {
            let built = folder.join(target);
            let wasm_pack =
                tools.run("wasm-pack").words("--quiet build --mode no-install --no-pack --out-name pycxray");
            let wasm_pack = wasm_pack.arg("--target").arg(target).arg("--out-dir").arg(&built).arg("crates/js");
            wasm_pack.folder(&project.root).watched()?;
            for (from, to) in files {
                disk::copy(&built.join(from), &package.join(to))?;
            }
            let program = |folder: &Path| std::fs::read(folder.join(PROGRAM)).doing("read the program");
            if program(&built)? != program(&package)? {
                return Err(Failure::new(format!("wasm-pack made another program for {target} than for the others")));
            }
        }
        let source = project.root.join("crates").join("js");
        for file in ["package.json", "README.md"] {
            disk::copy(&source.join(file), &package.join(file))?;
        }
        for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
            disk::copy(&project.root.join(file), &package.join(file))?;
        }
        Ok(())
    })?;
    let program = package.join(PROGRAM);
    if find_program("wasm-opt", tools.folders()).is_some() {
        report::step("wasm-opt", "making the package's program smaller", || {
            tools.run("wasm-opt").words("-O3").arg(&program).arg("-o").arg(&program).quiet().map(drop)
        })?;
    }
    report::note(format_args!("the package is in {}", package.display()));
    Ok(package)
}

/// Installs the package into an empty project, as its users do, and runs its tests there; then opens the example page in the
/// browser.
pub(crate) fn test(project: &Project, tools: &Tools, package: &Path) -> Result<Tally> {
    let folder = project.target().join("npm");
    let empty = folder.join("project");
    disk::remove_folder(&empty)?;
    disk::make_folder(&empty)?;
    let npm = || Ok::<_, Failure>(Run::new(npm()?).folder(&empty));
    let packed = npm()?.words("pack --silent").arg(package).quiet()?;
    let packed = packed.lines().last().unwrap_or_default().trim().to_owned();
    disk::write(&empty.join("package.json"), "{\"name\": \"somebody\", \"private\": true, \"type\": \"module\"}\n")?;
    npm()?.words("install --offline --no-audit --no-fund --loglevel=error").arg(format!("./{packed}")).quiet()?;

    let source = project.root.join("crates").join("js");
    disk::copy(&source.join("tests").join("package.test.mjs"), &empty.join("package.test.mjs"))?;
    disk::copy(&source.join("examples").join("node").join("functions.mjs"), &empty.join("functions.mjs"))?;
    let node = Run::new("node").words("--test --test-reporter=tap package.test.mjs").folder(&empty);
    let finished = node.env("PYCXRAY_FIXTURES", project.root.join("tests").join("fixtures")).overheard()?;
    let mut tally = tally_of(&finished.stdout, finished.success);

    if let Some(browser) = tools.browser() {
        tally.passed += 1;
        if let Err(failure) = show_example_page(project, &browser.program, package) {
            report::line(failure);
            tally.passed -= 1;
            tally.failed += 1;
        }
    }
    Ok(tally)
}

/// The example page, beside the package and a file to begin with, in the browser: what it shows in the end.
fn show_example_page(project: &Project, browser: &Path, package: &Path) -> Result {
    let site = project.target().join("npm").join("page");
    disk::remove_folder(&site)?;
    disk::make_folder(&site.join("pycxray"))?;
    let source = project.root.join("crates").join("js").join("examples").join("page");
    for file in ["index.html", "page.js"] {
        disk::copy(&source.join(file), &site.join(file))?;
    }
    for file in ["web.js", PROGRAM] {
        disk::copy(&package.join(file), &site.join("pycxray").join(file))?;
    }
    let hello = ["tests", "fixtures", "cpython-3.12", "hello.pyc"].iter().collect::<PathBuf>();
    disk::copy(&project.root.join(hello), &site.join("hello.pyc"))?;
    let server = FileServer::start(Site::new(site), 0).doing("serve the example page")?;
    // A profile of its own: with the user's, it would hand the address to the browser that the user has open.
    let profile = project.target().join("npm").join("profile");
    let run = Run::new(browser).words("--headless --no-sandbox --disable-gpu --disable-component-update");
    let run = run.arg(format!("--user-data-dir={}", profile.display()));
    // Time in the page runs as fast as it can and stops while something is fetched; so nothing is waited for.
    let shown = run.words("--virtual-time-budget=60000 --dump-dom").arg(server.url()).quiet()?;
    let wanted = ["hello.pyc: CPython 3.12, 1 code objects, 0 problems", "RETURN_CONST"];
    match wanted.iter().find(|wanted| !shown.contains(**wanted)) {
        None => Ok(()),
        Some(missing) => Err(Failure::new(format!("the example page does not show `{missing}`:\n{shown}"))),
    }
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

fn npm() -> Result<PathBuf> {
    let found = find_program("npm", &[]).or_else(|| find_program("npm.cmd", &[]));
    found.ok_or_else(|| Failure::new("npm is not on PATH; install Node.js, which brings it"))
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
