//! The tools that the page and its tests are built with. What the machine has in the right version is used as it is;
//! the rest is installed into the [cache](crate::cache), and nowhere else.

mod apt;
mod axe;
mod browser;
mod cargo_tool;
mod components;
mod debian_rust;
mod npm;
mod oldest_rust;
mod pip;
mod rust;
mod std_from_source;
mod wasm_opt;
mod wasm_std;

use crate::cache::Cache;
use crate::failure::Result;
use crate::process::{Run, find_program, path_with};
use crate::project::Project;
use crate::{page, report};
use browser::Browser;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const TRUNK: &str = "0.21.14";
const WASM_PACK: &str = "0.15.1";

/// What set-up has found and installed so far: how to run a program so that it finds all that it needs.
pub(crate) struct Tools {
    cache: Cache,
    /// Looked into before PATH.
    folders: Vec<PathBuf>,
    env: Vec<(String, OsString)>,
    browser: Option<Browser>,
    axe: Option<PathBuf>,
    has_bindings: bool,
    trunk_downloads: bool,
}

impl Tools {
    /// The tools of the machine, before any set-up.
    pub(crate) fn open() -> Result<Self> {
        Ok(Self {
            cache: Cache::open()?,
            folders: Vec::new(),
            env: Vec::new(),
            browser: None,
            axe: None,
            has_bindings: false,
            trunk_downloads: false,
        })
    }

    /// A run of `program` that finds these tools.
    pub(crate) fn run(&self, program: &str) -> Run {
        let path = find_program(program, &self.folders).map_or_else(|| program.into(), PathBuf::into_os_string);
        // A compiler named by the user is one for this machine; the target for the page was looked up without it.
        let mut run = Run::new(path).without_env("RUSTC").env("PATH", path_with(&self.folders));
        for (name, value) in &self.env {
            run = run.env(name, value);
        }
        run
    }

    /// A run of Trunk. It downloads nothing by itself, unless set-up had to leave that to it.
    pub(crate) fn trunk(&self, words: &str) -> Run {
        let run = self.run("trunk").words(words);
        if self.trunk_downloads { run.env("XDG_CACHE_HOME", self.cache.root()) } else { run.arg("--offline") }
    }

    /// The program of a browser and that of its driver, once [`Tools::for_browser`] has found them.
    pub(crate) fn browser(&self) -> Option<&Browser> {
        self.browser.as_ref()
    }

    /// The script of axe-core, if it could be had.
    pub(crate) fn axe(&self) -> Option<&PathBuf> {
        self.axe.as_ref()
    }

    /// Sets up what formats and lints Rust.
    pub(crate) fn for_checks(&self, project: &Project) -> Result {
        components::set_up(project)
    }

    /// Sets up what compiles Rust for the page.
    pub(crate) fn for_wasm(&mut self, project: &Project) -> Result {
        page::fetch_crates(project)?;
        wasm_std::set_up(self, project)
    }

    /// Sets up what turns the compiled page into files to serve, after [`Tools::for_wasm`].
    pub(crate) fn for_page(&mut self, project: &Project) -> Result {
        self.for_bindings(project)?;
        cargo_tool::TRUNK_TOOL.set_up(self, TRUNK)?;
        wasm_opt::set_up(self, &project.tool_version("wasm_opt")?);
        Ok(())
    }

    /// Sets up what runs tests in a browser, after [`Tools::for_wasm`].
    pub(crate) fn for_components(&mut self, project: &Project) -> Result {
        self.for_bindings(project)?;
        cargo_tool::WASM_PACK_TOOL.set_up(self, WASM_PACK)
    }

    /// Sets up what makes the npm package, after [`Tools::for_wasm`].
    pub(crate) fn for_package(&mut self, project: &Project) -> Result {
        self.for_components(project)?;
        wasm_opt::set_up(self, &project.tool_version("wasm_opt")?);
        Ok(())
    }

    /// The compiler of the oldest Rust that the published crates promise to be compiled by; `None` where it cannot be had.
    pub(crate) fn oldest_rust(&self, project: &Project) -> Result<Option<PathBuf>> {
        let version = oldest_rust::promised(project)?;
        let compiler = oldest_rust::set_up(&self.cache, &version)?;
        if compiler.is_none() {
            report::note(format_args!("the promise of Rust {version} is not tested: it cannot be had here"));
        }
        Ok(compiler)
    }

    /// Where programs are that were installed, or found beside PATH.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Sets up the program half of wasm-bindgen, unless this run has done so already.
    fn for_bindings(&mut self, project: &Project) -> Result {
        if !self.has_bindings {
            cargo_tool::WASM_BINDGEN_TOOL.set_up(self, &project.tool_version("wasm_bindgen")?)?;
            self.has_bindings = true;
        }
        Ok(())
    }

    /// Sets up the browser, its driver, and what is run in it beside the page.
    pub(crate) fn for_browser(&mut self) -> Result {
        self.browser = Some(browser::set_up(self)?);
        match axe::set_up(self) {
            Ok(script) => self.axe = Some(script),
            Err(failure) => report::note(format_args!("axe-core is left out: {failure}")),
        }
        Ok(())
    }

    fn leave_downloads_to_trunk(&mut self) {
        self.trunk_downloads = true;
    }

    fn add_folder(&mut self, folder: PathBuf) {
        if !self.folders.contains(&folder) {
            self.folders.insert(0, folder);
        }
    }

    /// Has the page compiled by the `rustc` in `programs`, whose libraries are in `sysroot`.
    fn add_rust(&mut self, programs: &Path, sysroot: &Path) {
        // Cargo is told by RUSTC; wasm-pack asks `rustc` on PATH; clippy asks neither, but SYSROOT.
        self.set_env("RUSTC", programs.join("rustc"));
        self.set_env("SYSROOT", sysroot);
        self.add_folder(programs.to_path_buf());
    }

    fn set_env(&mut self, name: &str, value: impl Into<OsString>) {
        self.env.push((name.to_owned(), value.into()));
    }
}
