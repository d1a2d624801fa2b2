//! `cargo xtask serve`: the page, built for release, at an address of this machine.

use super::{Command, Options};
use crate::failure::{Doing, Failure, Result};
use crate::file_server::{FileServer, Site};
use crate::process::Run;
use crate::project::Project;
use crate::setup::Tools;
use crate::{page, report};
use std::io::ErrorKind;
use std::time::Instant;

pub(super) const COMMAND: Command = Command {
    name: "serve",
    usage: "[--port N] [--open]",
    about: "set up what is missing, build the release page and serve it at http://127.0.0.1:8080",
    run,
};

fn run(project: &Project, mut options: Options) -> Result {
    let started = Instant::now();
    let port = match options.value("--port")? {
        Some(port) => port.parse().map_err(|_| options.wrong(&format!("`{port}` is no port")))?,
        None => 8080,
    };
    let open = options.flag("--open");
    options.end()?;

    // Taken before the long work, so that nobody waits for a build that cannot be served.
    let server = FileServer::start(Site::new(project.dist()), port).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format!("port {port} is in use; name another one: --port N")),
        _ => Failure::new(format!("could not serve at port {port}: {error}")),
    })?;
    let mut tools = Tools::open()?;
    tools.for_wasm(project)?;
    tools.for_page(project)?;
    page::build(project, &tools, None)?;
    // From here on nothing of it is needed, and another run may remove it.
    drop(tools);

    let address = server.url();
    if open && let Err(failure) = open_browser(&address) {
        report::note(format_args!("the browser was not opened: {failure}"));
    }
    report::line(format_args!("ready after {}; end it with Ctrl-C\n{address}", report::took(started.elapsed())));
    server.wait();
    Ok(())
}

fn open_browser(address: &str) -> Result {
    let run = if cfg!(target_os = "macos") {
        Run::new("open")
    } else if cfg!(windows) {
        Run::new("cmd").words("/C start")
    } else {
        Run::new("xdg-open")
    };
    run.arg(address).quiet().map(drop).doing("show the page")
}
