//! `pycxray source`: Python that is proved to mean the same as the bytecode.

use clap::{Args, ValueEnum};
use pycxray::{Field, NodeId, Pyc};
use pycxray_source::{Options, Sources, Verdict, is_supported};
use serde::Serialize;

use crate::input::{self, File, Reading, Wanted};
use crate::output::{Output, Stop, complain};
use crate::status::Status;

const ABOUT: &str = "Show a file as Python source, proved to mean the same as its bytecode";

const LONG_ABOUT: &str = "\
Show a file as Python source, proved to mean the same as its bytecode.

The first lines tell how many code objects are proved, and which are not, and why. What has no source stands in its place as
a comment with the instructions and a raise; the text compiles in any case. For files of CPython 3.6 to 3.14.";

const AFTER: &str = "\
Examples:
  pycxray source hello.pyc
  pycxray source hello.pyc Point.__init__                    one function, by its name or qualified name
  pycxray source --lines hello.pyc                           every statement on its original line
  pycxray source --format json hello.pyc                     text, what it owns, a verdict for each code object

The status is 1 when anything is not proved.";

/// What `pycxray source` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Source {
    /// The file; - for standard input
    file: std::ffi::OsString,
    /// Only these code objects, by name or qualified name
    names: Vec<String>,
    /// Every statement on its original line, where that is known
    #[arg(long)]
    lines: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Python
    #[default]
    Text,
    /// An object with the text, ranges and verdicts
    Json,
}

impl Source {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        let file = match input::read_pyc(&self.file, reading, Wanted::Damage) {
            Ok(file) => file,
            Err(status) => return Ok(status),
        };
        let found = file.pyc.python();
        if !is_supported(&file.pyc) {
            let (implementation, version) = (found.implementation, found.version);
            complain(format_args!(
                "{}: for {implementation} {version} there is a listing, and no source yet",
                file.title()
            ));
            return Ok(Status::Problems);
        }
        let sources = Sources::new(&file.pyc);
        let mut options = Options::default();
        options.keep_lines = self.lines;
        let mut status = Status::Fine;
        for source in self.wanted(&file, &sources, options)? {
            if !source.is_proved() {
                status = Status::Problems;
            }
            match self.format {
                Format::Text => out.text.push_str(&source.text),
                Format::Json => {
                    out.text.push_str(&serde_json::to_string(&json(&file.pyc, &source)).unwrap_or_default());
                    out.text.push('\n');
                }
            }
            out.relieve()?;
        }
        Ok(status)
    }

    /// The source of the file, or of the code objects asked for.
    fn wanted(
        &self,
        file: &File,
        sources: &Sources<'_>,
        options: Options,
    ) -> Result<Vec<pycxray_source::Source>, Stop> {
        if self.names.is_empty() {
            return Ok(vec![sources.module(options)]);
        }
        let mut wanted = Vec::new();
        for name in &self.names {
            let found: Vec<usize> = file.codes_named(name).map(|(place, _)| place).collect();
            if found.is_empty() {
                complain(format_args!("there is no code object named {name}"));
            }
            wanted.extend(found.into_iter().filter_map(|index| sources.code(index, options)));
        }
        Ok(wanted)
    }
}

/// What `--format json` writes.
#[derive(Serialize)]
struct Json<'s> {
    text: &'s str,
    codes: Vec<CodeVerdict>,
    /// Text from, to; the code object's place; bytecode from, to.
    ranges: Vec<(usize, usize, u32, u32, u32)>,
}

/// How true the source of a code object is.
#[derive(Serialize)]
struct CodeVerdict {
    name: String,
    verdict: &'static str,
    says: String,
}

fn json<'s>(pyc: &Pyc, source: &'s pycxray_source::Source) -> Json<'s> {
    let code = |(node, verdict): &(NodeId, Verdict)| {
        let name = pyc.code(*node).and_then(|code| code.text(Field::Name)).unwrap_or(b"?");
        let word = match verdict {
            Verdict::Proved => "proved",
            Verdict::Differs { .. } => "differs",
            Verdict::NotReconstructed { .. } => "not reconstructed",
            _ => "not compared",
        };
        CodeVerdict { name: String::from_utf8_lossy(name).into_owned(), verdict: word, says: verdict.to_string() }
    };
    let ranges = source.owned.iter().map(|owned| {
        let (text, bytecode) = (&owned.text, &owned.bytecode);
        (text.start, text.end, owned.code.0, bytecode.start, bytecode.end)
    });
    Json { text: &source.text, codes: source.verdicts.iter().map(code).collect(), ranges: ranges.collect() }
}
