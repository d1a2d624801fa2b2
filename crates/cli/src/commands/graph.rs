//! `pycxray graph`: the control flow of one code object.

use std::ffi::OsString;

use clap::{Args, ValueEnum, ValueHint};
use pycxray::control_flow::{BlockText, Chart, write_dot, write_svg};
use pycxray::{Code, ControlFlow, counted};

use crate::input::{self, Reading, Wanted};
use crate::output::{Output, Stop, Style, complain};
use crate::problems;
use crate::status::Status;

const ABOUT: &str = "The control flow of a function as a graph: blocks, the ways between them, loops";

const LONG_ABOUT: &str = "\
The control flow of a function as a graph: blocks of instructions, the ways between them by kind (fall, jump, exception), loops.
As a list, as DOT for Graphviz, or drawn as SVG. A function of very many blocks is folded: runs of blocks become one node.";

const AFTER: &str = "\
Examples:
  pycxray graph hello.pyc Shop.total
  pycxray graph hello.pyc Shop.total --format svg > total.svg
  pycxray graph hello.pyc '<module>' --format dot | dot -Tpdf > module.pdf";

/// What `pycxray graph` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Graph {
    /// The file; '-' is standard input, 'FILE!MEMBER' what is in an archive or program
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: OsString,
    /// The name of the code object, qualified or not; the first of that name is taken. The module unless given
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// How many nodes there are at the most
    #[arg(long, value_name = "COUNT", default_value = "200", value_parser = clap::value_parser!(u16).range(1..=1000))]
    nodes: u16,
}

/// How `graph` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Dot,
    Svg,
}

/// How many instructions of a block are listed.
const ROWS: usize = 1000;

impl Graph {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        let file = match input::read_pyc(&self.file, reading, Wanted::Damage) {
            Ok(file) => file,
            Err(status) => return Ok(status),
        };
        // The module is the first of all, whatever it is called: up to 2.3 that is `?`.
        let Some(first) = file.pyc.codes().first().and_then(|&id| file.pyc.code(id)) else {
            complain(format_args!("{}: no code object could be read", file.title()));
            return Ok(problems::status(&file));
        };
        let found = match &self.name {
            Some(name) => file.codes_named(name).next().map(|(_, code)| code),
            None => Some(first),
        };
        let Some(code) = found else {
            let name = pycxray::shown(self.name.as_deref().unwrap_or_default().as_bytes(), 200);
            complain(format_args!(
                "{}: there is no code object {name}; without a command its names are shown",
                file.title()
            ));
            return Ok(Status::Failed);
        };
        let flow = ControlFlow::of(&code);
        let chart = flow.chart(0..flow.blocks().len(), self.nodes.into());
        match self.format {
            Format::Text => write_text(out, &code, &flow, &chart)?,
            Format::Dot => write_dot(&mut out.text, &code, &flow, &chart),
            Format::Svg => write_svg(&mut out.text, &code, &flow, &chart),
        }
        Ok(problems::status(&file))
    }
}

/// Lists the blocks with the ways from them.
fn write_text(out: &mut Output, code: &Code<'_>, flow: &ControlFlow, chart: &Chart) -> Result<(), Stop> {
    let mut texts = BlockText::new(code);
    let (blocks, loops) = (counted(flow.blocks().len(), "block"), counted(flow.loops().len(), "loop"));
    out.put(format_args!("{blocks}, {}, {loops}\n", counted(flow.ways().len(), "way")));
    for (number, node) in chart.nodes.iter().enumerate() {
        let heads = |block: usize| flow.loops().binary_search_by_key(&block, |found| found.head).is_ok();
        let depth = flow.blocks()[node.blocks.clone()].iter().map(|block| block.depth).max().unwrap_or(0);
        let mut notes = Vec::new();
        if node.blocks.clone().any(heads) {
            notes.push("a loop begins".to_owned());
        } else if depth > 0 {
            notes.push(format!("in {}", counted(depth, "loop")));
        }
        if !flow.blocks()[node.blocks.clone()].iter().any(|block| block.is_reached) {
            notes.push("nothing leads here".to_owned());
        }
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        out.styled(Style::Bold, format_args!("\nblock {number}{notes}\n"));
        for row in texts.rows(flow, node, ROWS) {
            out.put(format_args!("  {row}\n"));
        }
        for way in chart.ways_from(number) {
            let back = if way.is_back { ", back" } else { "" };
            out.styled(Style::Cyan, format_args!("  {} to block {}{back}\n", way.kind.word(), way.to));
        }
        out.relieve()?;
    }
    Ok(())
}
