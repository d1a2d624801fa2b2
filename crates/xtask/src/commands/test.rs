//! `cargo xtask test`: every check there is, over everything, with one count at the end.

use super::{Command, Options};
use crate::disk;
use crate::failure::{Failure, Result};
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::setup::Tools;
use crate::tally::{Checks, Tally};
use crate::{npm_package, page, page_size, report};

pub(super) const COMMAND: Command = Command {
    name: "test",
    usage: "[--firefox]",
    about: "set up what is missing and run every check; --firefox: component tests there too",
    run,
};

fn run(project: &Project, mut options: Options) -> Result {
    let firefox = options.flag("--firefox");
    options.end()?;
    report::headline("set-up");
    let mut tools = Tools::open()?;
    let checkers = tools.for_checks(project);
    let wasm = tools.for_wasm(project);
    let trunk = tools.for_page(project);
    let components = tools.for_components(project);
    let browser = tools.for_browser();

    let mut checks = Checks::new();
    checks.run("formatting", &[&checkers], || one(cargo("fmt --all --check", project)));
    checks.run("clippy", &[&checkers], || {
        let words = "clippy --locked --workspace --exclude pycxray-web --all-targets -- -D warnings";
        one(cargo(words, project))
    });
    checks.run("clippy for the page", &[&checkers, &wasm], || {
        let words =
            "clippy --locked --package pycxray-web --target wasm32-unknown-unknown --all-targets -- -D warnings";
        one(tools.run("cargo").words(words).folder(&project.root))
    });
    checks.run("documentation", &[], || {
        let run = cargo("doc --locked --no-deps --workspace --exclude pycxray-web", project);
        one(run.env("RUSTDOCFLAGS", "-D warnings"))
    });
    if let Some(rustc) = tools.oldest_rust(project).transpose() {
        checks.run("the oldest Rust that is promised", &[], || {
            let rustc = rustc?;
            // In a folder of its own: what one compiler has made, another makes again.
            let check = |words: &str| {
                let run = cargo("check --locked", project).words(words).env("RUSTC", &rustc);
                one(run.env("CARGO_TARGET_DIR", project.target().join("oldest")))
            };
            check("--package pycxray --all-features")
        });
    }
    checks
        .run("native tests", &[], || counted(cargo("test --locked --no-fail-fast --features pycxray/serde", project)));
    checks.run("component tests in Chrome", &[&wasm, &components, &browser], || {
        let run = tools.run("wasm-pack").words("test --headless --chrome --mode no-install web");
        counted(with_capabilities(run, project, &tools)?.folder(&project.root))
    });
    if firefox {
        checks.run("component tests in Firefox", &[&wasm, &components], || {
            let run = tools.run("wasm-pack").words("test --headless --firefox --mode no-install web");
            counted(run.folder(&project.root))
        });
    }
    let mut built = Err(Failure::new("the page was not built"));
    checks.run("the page's build", &[&wasm, &trunk], || {
        page::build(project, &tools, None)?;
        built = Ok(());
        page::check_for_local_paths(project)?;
        Ok(Tally { passed: 1, failed: 0 })
    });
    checks.run("the page's size", &[&built], || page_size::check(project).map(|()| Tally::one(true)));
    checks.run("end-to-end tests in Chromium", &[&built, &browser], || {
        let mut run = cargo("test --locked --package pycxray-tests --no-fail-fast", project);
        run = run
            .env("PYCXRAY_DIST", project.dist())
            .env("PYCXRAY_SCREENSHOTS", project.target().join("e2e-screenshots"));
        if let Some(browser) = tools.browser() {
            run = run.env("PYCXRAY_CHROME", &browser.program).env("PYCXRAY_CHROMEDRIVER", &browser.driver);
        }
        if let Some(axe) = tools.axe() {
            run = run.env("PYCXRAY_AXE", axe);
        }
        counted(run)
    });
    if find_program("node", &[]).is_some() {
        checks.run("npm package, in Node and Chromium", &[&wasm, &components, &browser], || {
            let package = npm_package::build(project, &tools)?;
            npm_package::test(project, &tools, &package)
        });
    } else {
        report::note("the npm package is not tested: Node.js is not on PATH");
    }
    checks.close()
}

/// Cargo, as anybody would run it here.
fn cargo(words: &str, project: &Project) -> Run {
    Run::new("cargo").words(words).folder(&project.root)
}

/// A run that is one check.
fn one(run: Run) -> Result<Tally> {
    let finished = run.overheard()?;
    Ok(Tally::one(finished.success))
}

/// A run of many tests that tells how each group of them went.
fn counted(run: Run) -> Result<Tally> {
    let finished = run.overheard()?;
    Ok(Tally::of_test_results(&finished.stdout, finished.success))
}

/// Tells the runner of component tests which browser to start, and that it is to keep to itself.
fn with_capabilities(run: Run, project: &Project, tools: &Tools) -> Result<Run> {
    let Some(browser) = tools.browser() else { return Ok(run) };
    let file = project.target().join("xtask").join("webdriver.json");
    let program = browser.program.display().to_string().replace('\\', "\\\\");
    let flags = "\"disable-gpu\", \"disable-quic\", \"no-first-run\", \"disable-background-networking\", \
                 \"disable-component-update\", \"disable-sync\"";
    let text = format!("{{\"goog:chromeOptions\": {{\"binary\": \"{program}\", \"args\": [{flags}]}}}}\n");
    disk::write(&file, &text)?;
    // In seconds, for all of them; a machine under load is slow.
    Ok(run.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", file).env("WASM_BINDGEN_TEST_TIMEOUT", "300"))
}
