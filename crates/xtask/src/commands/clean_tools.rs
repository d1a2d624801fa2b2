//! `cargo xtask clean-tools`: away with what set-up has installed.

use crate::{cache, report};
use anyhow::Result;

pub(super) fn run() -> Result<()> {
    let folder = cache::remove()?;
    report::line(format_args!("{} is removed", folder.display()));
    Ok(())
}
