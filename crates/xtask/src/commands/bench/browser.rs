//! `cargo xtask bench --browser`: how fast the page is in the browser, beside Pyodide where one is at hand.

use super::corpus::Corpus;
use crate::failure::{Failure, Result};
use crate::process::Run;
use crate::project::Project;
use crate::setup::Tools;
use crate::{page, report};
use std::path::Path;

/// Builds the page and measures it, on files of `corpus`. `pyodide` is the folder of npm's package of that name.
pub(super) fn measure(project: &Project, corpus: &Corpus, pyodide: Option<&str>) -> Result {
    let mut tools = Tools::open()?;
    tools.for_wasm(project)?;
    tools.for_page(project)?;
    tools.for_browser()?;
    page::build(project, &tools, None)?;
    let browser = tools.browser().ok_or_else(|| Failure::new("there is no browser"))?;
    let mut run = Run::new("cargo").words("run --quiet --locked --package pycxray-tests --bin speed");
    run = run.folder(&project.root).env("PYCXRAY_DIST", project.dist());
    run = run.env("PYCXRAY_CHROME", &browser.program).env("PYCXRAY_CHROMEDRIVER", &browser.driver);
    if let Some(list) = &corpus.whole.list {
        run = run.env("PYCXRAY_CORPUS", list);
    }
    if let Some(folder) = pyodide {
        let folder = Path::new(folder);
        if !folder.join("pyodide.mjs").is_file() {
            return Err(Failure::new(format!("there is no pyodide.mjs in {}", folder.display())));
        }
        run = run.env("PYCXRAY_PYODIDE", folder);
    }
    report::headline("speed in the browser, by its own marks");
    run.watched()
}
