//! `cargo xtask build`: the page, ready to be put on any server of files.

use crate::page;
use crate::project::Project;
use crate::setup::Tools;
use anyhow::Result;
use clap::Args;

/// Set up what is missing and build the release page into dist/
#[derive(Args)]
pub(super) struct Build {
    /// The path that the page will have, where relative addresses will not do
    #[arg(long, value_name = "PATH")]
    public_url: Option<String>,
}

impl Build {
    pub(super) fn run(&self, project: &Project) -> Result<()> {
        let mut tools = Tools::open()?;
        tools.for_page(project)?;
        page::build(project, &tools, self.public_url.as_deref())
    }
}
