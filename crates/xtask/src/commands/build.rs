//! `cargo xtask build`: the page, ready to be put on any server of files.

use super::{Command, Options};
use crate::failure::Result;
use crate::page;
use crate::project::Project;
use crate::setup::Tools;

pub(super) const COMMAND: Command = Command {
    name: "build",
    usage: "[--public-url PATH]",
    about: "set up what is missing and build the release page into dist/",
    run,
};

fn run(project: &Project, mut options: Options) -> Result {
    let public_url = options.value("--public-url")?;
    options.end()?;
    let mut tools = Tools::open()?;
    tools.for_wasm(project)?;
    tools.for_page(project)?;
    page::build(project, &tools, public_url.as_deref())
}
