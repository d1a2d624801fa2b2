//! `cargo xtask npm`: the npm package, ready to be published.

use super::{Command, Options};
use crate::failure::Result;
use crate::npm_package;
use crate::project::Project;
use crate::setup::Tools;
use crate::tally::Checks;

pub(super) const COMMAND: Command = Command {
    name: "npm",
    usage: "[--test]",
    about: "set up what is missing and build the npm package into target/npm; --test: and try it",
    run,
};

fn run(project: &Project, mut options: Options) -> Result {
    let test = options.flag("--test");
    options.end()?;
    let mut tools = Tools::open()?;
    tools.for_wasm(project)?;
    tools.for_package(project)?;
    if !test {
        return npm_package::build(project, &tools).map(drop);
    }
    tools.for_browser()?;
    let mut checks = Checks::new();
    checks.run("npm package, in Node and Chromium", &[], || {
        let package = npm_package::build(project, &tools)?;
        npm_package::test(project, &tools, &package)
    });
    checks.close()
}
