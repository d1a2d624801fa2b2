//! `cargo xtask size`: what the built page weighs over the wire, file by file.

use crate::page_size;
use crate::project::Project;
use anyhow::Result;

pub(super) fn run(project: &Project) -> Result<()> {
    page_size::check(project)
}
