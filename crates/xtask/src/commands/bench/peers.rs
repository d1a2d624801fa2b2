//! The others that do the same: CPython's own `marshal` and `dis`, xdis, pycdas. Whoever is not there is left out.

use super::corpus::Corpus;
use crate::disk;
use crate::failure::{Doing, Result};
use crate::process::{Run, find_program};
use crate::report;
use crate::setup::Tools;
use std::path::Path;
use std::time::Instant;

const CPYTHON: &str = include_str!("cpython.py");
const XDIS: &str = include_str!("xdis_peer.py");
const XDIS_VERSION: &str = "6.3.0";

/// Seconds that each took.
#[derive(Default)]
pub(super) struct Peers {
    /// `marshal.loads` of the whole corpus.
    pub(super) loads: Option<f64>,
    /// `dis` of the sample.
    pub(super) dis: Option<f64>,
    /// xdis of the sample, loading included.
    pub(super) xdis: Option<f64>,
    /// pycdas of the sample, a process a file.
    pub(super) pycdas: Option<f64>,
}

/// Lets each do its work on the files of the corpus.
pub(super) fn measure(tools: &Tools, corpus: &Corpus) -> Result<Peers> {
    let mut peers = Peers::default();
    let (Some(python), Some(whole), Some(sample)) = (&corpus.program, &corpus.whole.list, &corpus.sample.list) else {
        return Ok(peers);
    };
    let folder = sample.parent().unwrap_or(Path::new("."));
    report::step(&corpus.python, "its own marshal and dis on the same files", || {
        let script = folder.join("cpython.py");
        disk::write(&script, CPYTHON)?;
        let said = Run::new(python).arg(&script).arg(whole).arg(sample).quiet()?;
        peers.loads = number(&said, "loads");
        peers.dis = number(&said, "dis");
        Ok(())
    })?;
    let xdis = report::step("xdis", "from the Python Package Index, on the same files", || {
        let packages = tools.python_package(python, "xdis", XDIS_VERSION)?;
        let script = folder.join("xdis_peer.py");
        disk::write(&script, XDIS)?;
        Run::new(python).arg(&script).arg(sample).env("PYTHONPATH", packages).quiet()
    });
    match xdis {
        Ok(said) => peers.xdis = number(&said, "dis"),
        Err(failure) => report::note(format_args!("xdis is left out: {failure}")),
    }
    match find_program("pycdas", &[]) {
        Some(pycdas) => peers.pycdas = Some(time_of_pycdas(&pycdas, sample)?),
        None => report::note("pycdas is left out: it is not on PATH"),
    }
    Ok(peers)
}

fn time_of_pycdas(program: &Path, sample: &Path) -> Result<f64> {
    report::step("pycdas", "found on PATH; on the same files", || {
        let files = std::fs::read_to_string(sample).doing(format_args!("read {}", sample.display()))?;
        let started = Instant::now();
        for file in files.lines() {
            // It ends with a failure on files that it does not understand to the end.
            let _ = Run::new(program).arg(file).quiet();
        }
        Ok(started.elapsed().as_secs_f64())
    })
}

/// The number behind `word` at the beginning of a line.
fn number(said: &str, word: &str) -> Option<f64> {
    said.lines().find_map(|line| line.strip_prefix(word)?.trim().parse().ok())
}
