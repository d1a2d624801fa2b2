//! `cargo xtask test`: every check there is, over everything, with one count at the end.

use super::serve::Serve;
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::setup::{Browser, BrowserName, Tools};
use crate::tally::{Checks, Tally};
use crate::{npm_package, page, page_size, report};
use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};
use fs_err as fs;
use std::path::Path;

/// Set up what is missing and run every check
#[derive(Args)]
pub(super) struct Test {
    /// Which; all of them unless given
    parts: Vec<Part>,
    /// Run the tests in a browser in this one alone; may be given more than once
    #[arg(long, value_name = "NAME")]
    browser: Vec<BrowserName>,
}

/// Checks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting, lints, documentation, native tests, dependencies
    Native,
    /// wasm-pack test --headless
    Components,
    /// The page's build, its end-to-end tests, the npm package
    Page,
}

/// The end-to-end tests that every engine goes through. The others, which look deeper by means that only its driver has, run in
/// Chromium.
const JOURNEYS: &str = "--test journeys";

impl Test {
    pub(super) fn run(&self, project: &Project) -> Result<bool> {
        report::headline("set-up");
        let mut tools = Tools::open()?;
        let page_tools = tools.for_page(project);
        let wasm_pack = tools.for_wasm_pack();
        let browsers: Vec<(BrowserName, Result<Browser>)> =
            self.browsers().into_iter().map(|name| (name, tools.for_browser(name))).collect();

        let mut checks = Checks::new();
        if self.wants(Part::Native) {
            check_sources(&mut checks, project, &tools, &page_tools);
        }
        if self.wants(Part::Components) {
            for (name, browser) in &browsers {
                test_components(&mut checks, project, &tools, *name, browser, &[&page_tools, &wasm_pack]);
            }
        }
        if self.wants(Part::Page) {
            let built = build(&mut checks, project, &tools, &page_tools);
            for (name, browser) in &browsers {
                let what = format!("end-to-end tests in {}", name.title());
                checks.run(&what, &[&built], || counted(end_to_end(project, &tools, needed(browser)?)));
            }
            if let Some((_, Ok(browser))) = browsers.iter().find(|(name, _)| *name == BrowserName::Chromium) {
                checks.run("npm package, in Node and Chromium", &[&page_tools, &wasm_pack], || {
                    let package = npm_package::build(project, &tools)?;
                    let in_browser = counted(package_in_browser(project, &package, browser))?;
                    Ok(npm_package::test(project, &package)? + in_browser)
                });
            }
        }
        Ok(checks.close())
    }

    fn wants(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }

    /// Those that were asked for, or all.
    fn browsers(&self) -> Vec<BrowserName> {
        if self.browser.is_empty() { BrowserName::value_variants().to_vec() } else { self.browser.clone() }
    }
}

/// What can be said of the sources without running them.
fn check_sources(checks: &mut Checks, project: &Project, tools: &Tools, page: &Result<()>) {
    checks.run("formatting", &[], || one(cargo("fmt --all --check", project)));
    checks.run("clippy", &[], || {
        let words = "clippy --locked --workspace --exclude pycxray-web --all-targets -- -D warnings";
        one(cargo(words, project))
    });
    checks.run("clippy for the page", &[page], || {
        let words =
            "clippy --locked --package pycxray-web --target wasm32-unknown-unknown --all-targets -- -D warnings";
        one(tools.run("cargo").words(words).folder(&project.root))
    });
    checks.run("documentation", &[], || {
        let run = cargo("doc --locked --no-deps --workspace --exclude pycxray-web", project);
        one(run.env("RUSTDOCFLAGS", "-D warnings"))
    });
    checks.run("native tests", &[], || counted(cargo("test --locked --no-fail-fast --features pycxray/json", project)));
    if find_program("cargo-deny", &[]).is_some() {
        // Without a network the advisories as they were fetched last will do, or none.
        let are_there = cargo("deny --locked fetch db", project).quiet().is_ok();
        let checked = if are_there { "advisories licenses bans sources" } else { "licenses bans sources" };
        checks.run("dependencies", &[], || one(cargo("deny --locked check", project).words(checked)));
    } else {
        report::note("dependencies are not checked: cargo-deny is not on PATH (they are weekly, on GitHub)");
    }
}

/// The page as it is published, and what is demanded of it. Tells whether it was built.
fn build(checks: &mut Checks, project: &Project, tools: &Tools, page_tools: &Result<()>) -> Result<()> {
    let mut built = Err(anyhow!("the page was not built"));
    checks.run("the page's build", &[page_tools], || {
        page::build(project, tools, None)?;
        built = Ok(());
        page::check_for_local_paths(project)?;
        Ok(Tally::one(true))
    });
    checks.run("what serves the page", &[page_tools], || Serve::check(tools, project).map(|()| Tally::one(true)));
    checks.run("the page's size", &[&built], || page_size::check(project).map(|()| Tally::one(true)));
    built
}

/// The browser, or why there is none.
fn needed(browser: &Result<Browser>) -> Result<&Browser> {
    browser.as_ref().map_err(|error| anyhow!("not run: {error:#}"))
}

/// The tests of components, in browsers that wasm-pack can drive.
fn test_components(
    checks: &mut Checks,
    project: &Project,
    tools: &Tools,
    name: BrowserName,
    browser: &Result<Browser>,
    needs: &[&Result<()>],
) {
    let flag = match name {
        BrowserName::Chromium => "--chrome",
        BrowserName::Firefox => "--firefox",
        BrowserName::Webkit => {
            report::note("component tests are skipped in WebKitGTK: wasm-pack cannot drive it");
            return;
        }
    };
    checks.run(&format!("wasm-pack test --headless {flag}"), needs, || {
        let run = tools.run("wasm-pack").words("test --headless --mode no-install").arg(flag).arg("web");
        counted(with_capabilities(run, project, needed(browser)?)?.folder(&project.root))
    });
}

fn end_to_end(project: &Project, tools: &Tools, browser: &Browser) -> Run {
    let cargo = "cargo test --locked --package pycxray-tests --no-fail-fast";
    let run = match browser.name {
        BrowserName::Chromium => Run::new("cargo").words(&cargo["cargo ".len()..]),
        BrowserName::Firefox => Run::new("cargo").words(&cargo["cargo ".len()..]).words(JOURNEYS),
        // Nobody sees its windows, but it wants a screen to draw them on.
        BrowserName::Webkit => Run::new("xvfb-run").words("--auto-servernum").words(cargo).words(JOURNEYS),
    };
    let run = with_browser(run.folder(&project.root), project, browser).env("PYCXRAY_DIST", project.dist());
    tools.axe().into_iter().fold(run, |run, script| run.env("PYCXRAY_AXE", script))
}

/// The npm package's example page, shown in a browser.
fn package_in_browser(project: &Project, package: &Path, browser: &Browser) -> Run {
    let run = cargo("test --locked --package pycxray-tests --test package -- --ignored", project);
    with_browser(run, project, browser).env("PYCXRAY_NPM_PACKAGE", package)
}

fn with_browser(run: Run, project: &Project, browser: &Browser) -> Run {
    let run = run.env("PYCXRAY_SCREENSHOTS", project.target().join("e2e-screenshots"));
    browser.env().into_iter().fold(run, |run, (name, value)| run.env(name, value))
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
fn with_capabilities(run: Run, project: &Project, browser: &Browser) -> Result<Run> {
    // In seconds, for all of them; a machine under load is slow.
    let run = run.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    let Browser { name, program: Some(program), .. } = browser else { return Ok(run) };
    let program = program.display().to_string().replace('\\', "\\\\");
    let text = match name {
        BrowserName::Chromium => {
            let flags = "\"disable-gpu\", \"disable-quic\", \"no-first-run\", \"disable-background-networking\", \
                         \"disable-component-update\", \"disable-sync\"";
            format!("{{\"goog:chromeOptions\": {{\"binary\": \"{program}\", \"args\": [{flags}]}}}}\n")
        }
        _ => format!("{{\"moz:firefoxOptions\": {{\"binary\": \"{program}\", \"args\": [\"-headless\"]}}}}\n"),
    };
    let folder = project.target().join("xtask");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("webdriver-{}.json", name.word()));
    fs::write(&file, text)?;
    Ok(run.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", file))
}
