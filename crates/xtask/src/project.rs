//! The clone that the command runs in, and what its files say about versions.

use anyhow::{Context, Result};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// The root folder of the workspace.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
}

impl Project {
    /// Finds the workspace: cargo names this package's folder, and it lies two below the root.
    pub(crate) fn find() -> Result<Self> {
        // Asked for at run time: clones that share a target directory share this program too.
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let package = package.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let root = package.parent().and_then(Path::parent);
        let root = root.context("run this as `cargo xtask` inside a clone of the project")?;
        Ok(Self { root: root.to_path_buf() })
    }

    /// Where the built page lies.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where cargo builds, and where reports and pictures of a test run go.
    pub(crate) fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }

    /// The value of `key` under `[tools]` in `Trunk.toml`, the one place that names these versions.
    pub(crate) fn tool_version(&self, key: &str) -> Result<String> {
        let file = self.root.join("Trunk.toml");
        let text = fs::read_to_string(&file)?;
        tool_version_in(&text, key).with_context(|| format!("{} names no {key} under [tools]", file.display()))
    }
}

fn tool_version_in(trunk_toml: &str, key: &str) -> Option<String> {
    let tools = trunk_toml.lines().skip_while(|line| line.trim() != "[tools]").skip(1);
    let mut tools = tools.take_while(|line| !line.trim_start().starts_with('['));
    tools.find_map(|line| {
        let (name, value) = line.split_once('=')?;
        (name.trim() == key).then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_the_tools_section_alone() {
        let text = "[build]\nwasm_opt = \"no\"\n[tools]\n# why\nwasm_bindgen = \"0.2.1\"\n[other]\nwasm_opt = \"no\"\n";
        assert_eq!(tool_version_in(text, "wasm_bindgen").as_deref(), Some("0.2.1"));
        assert_eq!(tool_version_in(text, "wasm_opt"), None);
    }

    /// The two halves of wasm-bindgen, the crate and the program, work together only in the same version.
    #[test]
    fn trunk_toml_names_the_wasm_bindgen_of_cargo_lock() {
        let project = Project::find().unwrap();
        let lock = std::fs::read_to_string(project.root.join("Cargo.lock")).unwrap();
        let version = project.tool_version("wasm_bindgen").unwrap();
        if let Some((_, rest)) = lock.split_once("name = \"wasm-bindgen\"\n") {
            assert_eq!(rest.lines().next(), Some(format!("version = \"{version}\"").as_str()));
        }
    }
}
