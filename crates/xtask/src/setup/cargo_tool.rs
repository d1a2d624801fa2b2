//! Tools that cargo can build: Trunk, wasm-pack and the program half of wasm-bindgen.

use super::Tools;
use crate::disk::remove_folder;
use crate::failure::{Failure, Result};
use crate::process::{Run, find_program};
use crate::report;

/// A tool on the package registry.
pub(super) struct CargoTool {
    package: &'static str,
    /// Its programs; the first tells the version.
    programs: &'static [&'static str],
    /// Whether it can be built with the versions that its own lock file names.
    locked: bool,
    /// How much to optimise: these programs run for seconds, and their own profiles would take minutes.
    opt_level: &'static str,
}

pub(super) const TRUNK_TOOL: CargoTool =
    CargoTool { package: "trunk", programs: &["trunk"], locked: true, opt_level: "0" };

pub(super) const WASM_PACK_TOOL: CargoTool =
    CargoTool { package: "wasm-pack", programs: &["wasm-pack"], locked: true, opt_level: "0" };

/// Its lock file names a package that was withdrawn; hence not `locked`. It works through the whole of the page's code.
pub(super) const WASM_BINDGEN_TOOL: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    locked: false,
    opt_level: "1",
};

impl CargoTool {
    /// Finds the tool in this very `version`, or builds it into the cache.
    pub(super) fn set_up(&self, tools: &mut Tools, version: &str) -> Result {
        let what = format!("{} {version}", self.package);
        if self.is_on_path(version) {
            report::found(&what, "on PATH");
            return Ok(());
        }
        let name = format!("{}-{version}", self.package);
        if tools.cache.has(&name) {
            report::found(&what, "installed before");
        }
        let workshop = tools.cache.workshop(&name);
        let folder = tools.cache.folder(&name, |folder, _| {
            report::step(&what, "not on PATH in this version, so cargo builds it once", || {
                let mut cargo = Run::new("cargo").words("install --quiet --no-track");
                if self.locked {
                    cargo = cargo.arg("--locked");
                }
                cargo = cargo.arg("--version").arg(format!("={version}")).arg("--root").arg(folder).arg(self.package);
                // In the cache's own folder, for the settings of the clone are none of the tool's.
                let cargo = cargo
                    .folder(folder)
                    .env("CARGO_TARGET_DIR", &workshop)
                    .without_env("RUSTFLAGS")
                    .without_env("CARGO_BUILD_TARGET");
                self.with_quick_profile(cargo).watched()
            })
        });
        let folder = folder.map_err(|failure| {
            let remedy = format!("cargo install {} --version {version}", self.package);
            Failure::new(format!("{failure}\n{what} is needed; you can install it by `{remedy}`"))
        })?;
        remove_folder(&workshop)?;
        tools.add_folder(folder.join("bin"));
        Ok(())
    }

    fn with_quick_profile(&self, cargo: Run) -> Run {
        cargo
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
    }

    fn is_on_path(&self, version: &str) -> bool {
        self.programs.iter().all(|program| {
            let Some(path) = find_program(program, &[]) else { return false };
            // "trunk 0.21.14"
            let says = Run::new(path).arg("--version").quiet();
            says.is_ok_and(|says| says.split_whitespace().nth(1) == Some(version))
        })
    }
}
