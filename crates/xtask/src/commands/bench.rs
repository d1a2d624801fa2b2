//! `cargo xtask bench`: how fast pycxray is, beside whatever else on the machine does the same.

mod browser;
mod corpus;
mod counts;
mod divan;
mod peers;
mod table;

use super::{Command, Options};
use crate::failure::Result;
use crate::process::Run;
use crate::project::Project;
use crate::report;
use crate::setup::Tools;
use corpus::Corpus;
use divan::Times;
use table::{Row, Table};

pub(super) const COMMAND: Command = Command {
    name: "bench",
    usage: "[--python PATH] [--counts] [--bless] | --browser [--python PATH] [--pyodide FOLDER]",
    about: "measure speed, beside CPython, xdis and pycdas; --counts: instructions and memory alone; --bless: keep their numbers; \
            --browser: the page, beside Pyodide",
    run,
};

fn run(project: &Project, mut options: Options) -> Result {
    let python = options.value("--python")?;
    let bless = options.flag("--bless");
    let counts_alone = options.flag("--counts") || bless;
    let in_browser = options.flag("--browser");
    let pyodide = options.value("--pyodide")?;
    options.end()?;
    if in_browser {
        let corpus = Corpus::find(project, python.as_deref())?;
        return browser::measure(project, &corpus, pyodide.as_deref());
    }
    if !counts_alone {
        let tools = Tools::open()?;
        let corpus = Corpus::find(project, python.as_deref())?;
        speeds(project, &tools, &corpus)?;
    }
    counts::compare(project, bless)
}

/// Measures everything on the same files, and prints one table.
fn speeds(project: &Project, tools: &Tools, corpus: &Corpus) -> Result {
    let whole = report::step("decoding", format_args!("measured on {}", corpus.whole), || {
        benchmark(project, "pycxray", corpus.whole.list.as_deref(), "decode")
    })?;
    let whole_copy = benchmark(project, "pycxray", corpus.whole.list.as_deref(), "copy")?;
    let sample = report::step("text", format_args!("measured on {}", corpus.sample), || {
        benchmark(project, "pycxray", corpus.sample.list.as_deref(), "")
    })?;
    let view = report::step("view", "measured on the same", || {
        benchmark(project, "pycxray-view", corpus.sample.list.as_deref(), "")
    })?;
    let peers = peers::measure(tools, corpus)?;

    let mut table = Table::default();
    let per_second = |files: &corpus::Files, seconds: f64| format!("{:.1} MB/s", files.bytes as f64 / seconds / 1e6);
    let mut row = |what: &str, files: &corpus::Files, seconds: f64, peer: Option<(&str, f64)>| {
        table.push(Row {
            what: what.to_owned(),
            ours: per_second(files, seconds),
            peer: peer.map_or_else(String::new, |(name, seconds)| format!("{name} {}", per_second(files, seconds))),
            ratio: peer.map_or_else(String::new, |(_, theirs)| format!("{:.1}x", theirs / seconds)),
        });
    };
    let decode = whole.seconds("decode")?;
    row("decode to the tree", &corpus.whole, decode, peers.loads.map(|seconds| ("marshal.loads", seconds)));
    let copy = whole_copy.seconds("copy")?;
    row("copying the same bytes", &corpus.whole, copy, None);
    let listing = sample.seconds("listing")?;
    let with_decoding = listing + sample.seconds("decode")?;
    row("listing", &corpus.sample, listing, peers.dis.map(|seconds| ("dis", seconds)));
    row("decode and list", &corpus.sample, with_decoding, peers.xdis.map(|seconds| ("xdis", seconds)));
    if let Some(pycdas) = peers.pycdas {
        row("decode and list", &corpus.sample, with_decoding, Some(("pycdas, a process a file", pycdas)));
    }
    let json = sample.seconds("json")?;
    row("JSON", &corpus.sample, json, Some(("the listing", listing)));
    row("look for damage", &corpus.sample, sample.seconds("damage")?, None);
    row("hex rows of a file", &corpus.sample, view.seconds("hex_rows")?, None);
    row("search through a file", &corpus.sample, view.seconds("search")?, None);
    for (what, times, name) in [("disassemble", &sample, "disassemble"), ("tree rows", &view, "tree_rows")] {
        let ours = times.rate(name)?;
        table.push(Row { what: what.to_owned(), ours, peer: String::new(), ratio: String::new() });
    }
    report::headline(format_args!("speed on one core, beside {}", corpus.python));
    table.print();
    Ok(())
}

/// Runs the benchmarks of `package` whose names hold `filter`, with the files of `list`.
fn benchmark(project: &Project, package: &str, list: Option<&std::path::Path>, filter: &str) -> Result<Times> {
    let words = format!("bench --quiet --locked --package {package} --bench speed -- {filter}");
    let mut run = Run::new("cargo").words(&words).folder(&project.root);
    if let Some(list) = list {
        run = run.env("PYCXRAY_CORPUS", list);
    }
    Ok(Times::read(&run.quiet()?))
}
