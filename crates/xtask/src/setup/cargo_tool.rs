//! Tools that cargo can install: Trunk, wasm-pack, the program half of wasm-bindgen, Firefox's driver.

use crate::cache::{Cache, remove_folder};
use crate::process::{Run, find_program};
use crate::report;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// A tool on the package registry.
pub(super) struct CargoTool {
    package: &'static str,
    /// Its programs; the first tells the version.
    programs: &'static [&'static str],
    /// Whether it can be built with the versions that its own lock file names.
    locked: bool,
    /// What is built of it: what its default features bring besides, such as asking the network for news, nobody uses here.
    features: &'static str,
}

/// It comes without what downloads other tools: set-up has them.
pub(super) const TRUNK: CargoTool =
    CargoTool { package: "trunk", programs: &["trunk"], locked: true, features: "--no-default-features" };

/// The same where wasm-opt could not be had, and Trunk is to download it.
pub(super) const DOWNLOADING_TRUNK: CargoTool =
    CargoTool { features: "--no-default-features --features rustls", ..TRUNK };

pub(super) const WASM_PACK: CargoTool =
    CargoTool { package: "wasm-pack", programs: &["wasm-pack"], locked: true, features: "" };

/// Its lock file names a package that was withdrawn; hence not `locked`.
pub(super) const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    locked: false,
    features: "--no-default-features",
};

pub(super) const GECKODRIVER: CargoTool =
    CargoTool { package: "geckodriver", programs: &["geckodriver"], locked: true, features: "" };

impl CargoTool {
    /// Finds the tool in this very `version`, or installs it into the cache. Gives the folder of its programs, where that is not
    /// on PATH.
    pub(super) fn set_up(&self, cache: &Cache, version: &str) -> Result<Option<PathBuf>> {
        let what = format!("{} {version}", self.package);
        if self.is_on_path(version) {
            report::found(&what, "on PATH");
            return Ok(None);
        }
        let name = format!("{}-{version}{}", self.package, self.features.replace([' ', '-'], ""));
        if cache.has(&name) {
            report::found(&what, "installed before");
        }
        let workshop = cache.workshop(&name);
        let folder = cache.folder(&name, |folder, _| {
            if find_program("cargo-binstall", &[]).is_some() {
                let downloaded =
                    report::step(&what, "not on PATH in this version, so cargo-binstall fetches it", || {
                        let run =
                            Run::new("cargo").words("binstall --no-confirm --disable-telemetry --root").arg(folder);
                        run.arg(format!("{}@{version}", self.package)).quiet().map(drop)
                    });
                match downloaded {
                    Ok(()) => return Ok(()),
                    Err(error) => report::note(format_args!("{error:#}")),
                }
            }
            report::step(&what, "not on PATH in this version, so cargo builds it once", || {
                self.build(version, folder, &workshop)
            })
        });
        let remedy = || format!("{what} is needed; you can install it by `cargo install {}@{version}`", self.package);
        let folder = folder.with_context(remedy)?;
        remove_folder(&workshop)?;
        Ok(Some(folder.join("bin")))
    }

    /// Builds it without optimisation: it runs for seconds, and its own profile would take minutes.
    fn build(&self, version: &str, folder: &Path, workshop: &Path) -> Result<()> {
        let mut cargo = Run::new("cargo").words("install --quiet --no-track").words(self.features);
        if self.locked {
            cargo = cargo.arg("--locked");
        }
        cargo = cargo.arg("--version").arg(format!("={version}")).arg("--root").arg(folder).arg(self.package);
        // In the cache's own folder, for the settings of the clone are none of the tool's.
        cargo
            .folder(folder)
            .env("CARGO_TARGET_DIR", workshop)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .without_env("RUSTFLAGS")
            .without_env("CARGO_BUILD_TARGET")
            .watched()
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
