//! `cargo xtask npm`: the npm package, ready to be published.

use crate::npm_package;
use crate::project::Project;
use crate::setup::Tools;
use crate::tally::Checks;
use anyhow::Result;
use clap::Args;

/// Set up what is missing and build the npm package into target/npm
#[derive(Args)]
pub(super) struct Npm {
    /// And try it in Node
    #[arg(long)]
    test: bool,
}

impl Npm {
    pub(super) fn run(&self, project: &Project) -> Result<bool> {
        let mut tools = Tools::open()?;
        tools.for_page(project)?;
        tools.for_wasm_pack()?;
        let package = npm_package::build(project, &tools)?;
        let mut checks = Checks::new();
        if self.test {
            checks.run("npm package, in Node", &[], || npm_package::test(project, &package));
            return Ok(checks.close());
        }
        Ok(true)
    }
}
