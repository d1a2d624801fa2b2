//! `cargo xtask serve`: the page, built for release, at an address of this machine.

use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use anyhow::Result;
use clap::Args;
use std::time::Instant;

/// Set up what is missing, build the release page and serve it at http://127.0.0.1:8080
#[derive(Args)]
pub(super) struct Serve {
    /// Another port
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Show it in the browser
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(super) fn run(&self, project: &Project) -> Result<()> {
        let started = Instant::now();
        let mut tools = Tools::open()?;
        tools.for_page(project)?;
        report::line(format_args!(
            "[ok] set-up, {}; Trunk builds and serves the page",
            report::took(started.elapsed())
        ));
        self.trunk(&tools, project).watched()
    }

    /// Fails if Trunk does not understand what it is told, without building anything.
    pub(super) fn check(tools: &Tools, project: &Project) -> Result<()> {
        let serve = Self { port: 8080, open: true };
        serve.trunk(tools, project).arg("--help").quiet().map(drop)
    }

    fn trunk(&self, tools: &Tools, project: &Project) -> Run {
        let trunk = tools.trunk("serve --release").arg("--port").arg(self.port.to_string()).folder(&project.root);
        let trunk = if self.open { trunk.arg("--open") } else { trunk };
        trunk.env("RUST_BACKTRACE", "0")
    }
}
