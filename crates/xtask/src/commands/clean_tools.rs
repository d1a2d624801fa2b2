//! `cargo xtask clean-tools`: away with what set-up has installed.

use super::{Command, Options};
use crate::failure::Result;
use crate::project::Project;
use crate::{cache, report};

pub(super) const COMMAND: Command =
    Command { name: "clean-tools", usage: "", about: "remove the tools that set-up has installed", run };

fn run(_: &Project, options: Options) -> Result {
    options.end()?;
    let folder = cache::remove()?;
    report::line(format_args!("{} is removed", folder.display()));
    Ok(())
}
