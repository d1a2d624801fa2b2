//! The tools that the page and its tests are built with. What the machine has in the right version is used as it is;
//! the rest is installed into the [cache](crate::cache), and nowhere else.

mod browsers;
mod cargo_tool;
mod debian;
mod npm_tools;
mod rust;
mod wasm_std;

use crate::cache::Cache;
use crate::process::{Run, find_program, path_with};
use crate::project::Project;
use crate::report;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub(crate) use browsers::{Browser, BrowserName};

const TRUNK: &str = "0.21.14";
const WASM_PACK: &str = "0.15.1";

/// The profile that index.html has Trunk compile the page with.
const PAGE_PROFILE: &str = "web";

/// What set-up has found and installed so far: how to run a program so that it finds all that it needs.
pub(crate) struct Tools {
    cache: Cache,
    /// Looked into before PATH.
    folders: Vec<PathBuf>,
    env: Vec<(String, OsString)>,
    /// The folder `node_modules` with axe-core, if it could be had.
    node_modules: Option<PathBuf>,
    trunk_downloads: bool,
}

/// What turns the compiled page into files to serve.
struct PageTools {
    folders: Vec<PathBuf>,
    trunk_downloads: bool,
}

impl Tools {
    /// The tools of the machine, before any set-up.
    pub(crate) fn open() -> Result<Self> {
        let (folders, env) = (Vec::new(), Vec::new());
        Ok(Self { cache: Cache::open()?, folders, env, node_modules: None, trunk_downloads: false })
    }

    /// A run of `program` that finds these tools.
    pub(crate) fn run(&self, program: &str) -> Run {
        let path = find_program(program, &self.folders).map_or_else(|| program.into(), PathBuf::into_os_string);
        // A compiler named by the user is one for this machine; the target for the page was looked up without it.
        let run = Run::new(path).without_env("RUSTC").env("PATH", path_with(&self.folders));
        self.env.iter().fold(run, |run, (name, value)| run.env(name, value))
    }

    /// A run of Trunk. It downloads nothing by itself, unless set-up had to leave that to it.
    pub(crate) fn trunk(&self, words: &str) -> Run {
        let run = self.run("trunk").words(words);
        if self.trunk_downloads { run.env("XDG_CACHE_HOME", self.cache.root()) } else { run.arg("--offline") }
    }

    /// The script of axe-core, if it could be had.
    pub(crate) fn axe(&self) -> Option<PathBuf> {
        Some(self.node_modules.as_ref()?.join("axe-core").join("axe.min.js"))
    }

    /// Sets up what builds the page, and has cargo compile it for as long as tools are built: on a machine without any, both
    /// take minutes.
    pub(crate) fn for_page(&mut self, project: &Project) -> Result<()> {
        Run::new("cargo").words("fetch --quiet --locked").folder(&project.root).watched()?;
        let (node_modules, has_wasm_opt) = self.for_npm(project)?;
        let (rust, page_tools) = std::thread::scope(|scope| {
            let cache = &self.cache;
            let page_tools = scope.spawn(|| page_tools(cache, project, has_wasm_opt));
            let rust = wasm_std::set_up(cache, project);
            if let Ok(rust) = &rust
                && !page_tools.is_finished()
            {
                compile_meanwhile(project, rust);
            }
            (rust, page_tools.join().expect("it does not panic"))
        });
        self.add_rust(rust?);
        let page_tools = page_tools?;
        self.folders.extend(page_tools.folders);
        self.folders.extend(node_modules);
        self.trunk_downloads = page_tools.trunk_downloads;
        Ok(())
    }

    /// Sets up what comes from npm; what needs it can do without. Gives the folder of its programs, and whether there is a
    /// wasm-opt as wanted.
    fn for_npm(&mut self, project: &Project) -> Result<(Option<PathBuf>, bool)> {
        let is_on_path = npm_tools::has_wasm_opt(&project.tool_version("wasm_opt")?);
        match npm_tools::set_up(&self.cache, project) {
            Ok(modules) => {
                let programs = modules.join(".bin");
                self.node_modules = Some(modules);
                Ok((Some(programs).filter(|_| !is_on_path), true))
            }
            Err(error) => {
                report::note(format_args!("{error:#}"));
                if !is_on_path {
                    report::note("Trunk will try to download wasm-opt instead");
                }
                Ok((None, is_on_path))
            }
        }
    }

    /// Sets up what runs component tests and makes the npm package, after [`Tools::for_page`].
    pub(crate) fn for_wasm_pack(&mut self) -> Result<()> {
        self.folders.extend(cargo_tool::WASM_PACK.set_up(&self.cache, WASM_PACK)?);
        Ok(())
    }

    /// Sets up a browser and its driver.
    pub(crate) fn for_browser(&mut self, name: BrowserName) -> Result<Browser> {
        let browser = name.set_up(&self.cache)?;
        // wasm-pack looks for drivers on PATH alone.
        let folder = browser.driver.parent().map(Path::to_path_buf);
        self.folders.extend(folder.filter(|_| find_program(driver_name(&browser.driver), &[]).is_none()));
        Ok(browser)
    }

    fn add_rust(&mut self, rust: wasm_std::WasmRust) {
        self.env = rust_env(&rust);
        self.folders.extend(rust.debian.map(|debian| debian.programs));
    }
}

fn driver_name(driver: &Path) -> &str {
    driver.file_stem().and_then(|name| name.to_str()).unwrap_or_default()
}

fn page_tools(cache: &Cache, project: &Project, has_wasm_opt: bool) -> Result<PageTools> {
    let bindings = cargo_tool::WASM_BINDGEN.set_up(cache, &project.tool_version("wasm_bindgen")?)?;
    let trunk = if has_wasm_opt { &cargo_tool::TRUNK } else { &cargo_tool::DOWNLOADING_TRUNK };
    let trunk = trunk.set_up(cache, TRUNK).context("the page is built with Trunk")?;
    Ok(PageTools { folders: bindings.into_iter().chain(trunk).collect(), trunk_downloads: !has_wasm_opt })
}

/// What cargo must be told to compile for the page.
fn rust_env(rust: &wasm_std::WasmRust) -> Vec<(String, OsString)> {
    let mut env = vec![("CARGO_ENCODED_RUSTFLAGS".to_owned(), OsString::from(&rust.flags))];
    if let Some(debian) = &rust.debian {
        // Cargo is told by RUSTC; wasm-pack asks `rustc` on PATH; clippy asks neither, but SYSROOT.
        env.push(("RUSTC".to_owned(), debian.programs.join("rustc").into()));
        env.push(("SYSROOT".to_owned(), debian.sysroot.clone().into()));
    }
    env
}

/// Compiles the page as Trunk will, which then finds it done. If it fails, Trunk will say why.
fn compile_meanwhile(project: &Project, rust: &wasm_std::WasmRust) {
    let programs: Vec<PathBuf> = rust.debian.iter().map(|debian| debian.programs.clone()).collect();
    let words = "build --quiet --locked --package pycxray-web --bins --target";
    let run = Run::new("cargo").words(words).arg(rust::WASM).arg("--profile").arg(PAGE_PROFILE);
    let run = run.folder(&project.root).without_env("RUSTC").env("PATH", path_with(&programs));
    let run = rust_env(rust).into_iter().fold(run, |run, (name, value)| run.env(name, value));
    let _ = report::step("the page's program", "compiled while the tools are built", || run.quiet());
}
