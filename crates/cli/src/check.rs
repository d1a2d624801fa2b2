//! `pycxray check`: files and folders, several at a time; a line for each that has problems, and a total.

use std::ffi::OsStr;
use std::io;
use std::sync::Arc;

use pycxray::{Basis, Diagnostic, Limits, ListingExport, ListingOptions, Options, Pyc, write_json_string};

use crate::Status;
use crate::arguments::{Arguments, Format};
use crate::in_order::in_order;
use crate::input;
use crate::output::{Output, Stop, Style, complain};
use crate::problems;
use crate::progress::Progress;
use crate::summary::counted;
use crate::walk;

/// How many bytes of lines are gathered before they are written.
const OFTEN: usize = 64 << 10;

/// What became of one file.
struct Outcome {
    /// `None` where nothing tells.
    python: Option<String>,
    bytes: usize,
    codes: usize,
    instructions: usize,
    diagnostics: Vec<Diagnostic>,
}

/// What became of all of them.
#[derive(Default)]
struct Total {
    files: usize,
    bytes: usize,
    codes: usize,
    instructions: usize,
    troubled: usize,
    unreadable: usize,
}

pub(crate) fn run(arguments: &Arguments, out: &mut Output) -> Result<Status, Stop> {
    let mut total = Total::default();
    let mut paths = Vec::new();
    for path in &arguments.paths {
        let before = total.unreadable;
        let found = walk::files(path, &mut |path, error| {
            complain(format_args!("{}: {error}", input::shown_path(path.as_os_str())));
            total.unreadable += 1;
        });
        if found.is_empty() && total.unreadable == before {
            complain(format_args!("{}: no .pyc files here", input::shown_path(path)));
        }
        paths.extend(found);
    }
    let mut progress = Progress::of(paths.len());
    let work = |number: usize| check(arguments, &paths[number]);
    in_order(paths.len(), arguments.jobs, work, |number, outcome| {
        progress.show(number);
        match &outcome {
            Ok(outcome) => total.add(outcome),
            Err(_) => total.unreadable += 1,
        }
        report(out, &mut progress, arguments, &paths[number], outcome);
        // On a terminal someone waits for the lines; behind a pipe perhaps someone who wants but the first.
        if out.text.is_empty() || (!out.is_terminal() && out.text.len() < OFTEN) {
            return Ok(());
        }
        progress.clear();
        out.flush()
    })?;
    drop(progress);
    if arguments.format == Format::Text {
        total.write(out, arguments);
    }
    Ok(match total {
        Total { unreadable: 1.., .. } => Status::Failed,
        Total { troubled: 1.., .. } => Status::Problems,
        _ => Status::Fine,
    })
}

fn check(arguments: &Arguments, path: &OsStr) -> io::Result<Outcome> {
    let options = Options { python: arguments.python, ..Options::default() };
    let pyc = Pyc::parse_with(Arc::new(input::bytes_of(path)?), options);
    let mut diagnostics = pyc.diagnostics().to_vec();
    let mut instructions = 0;
    if !arguments.decode_only {
        diagnostics.extend(pyc.damage());
        disassemble(&pyc);
        instructions = pyc.instruction_count();
    }
    diagnostics.retain(problems::is_problem);
    let is_known = pyc.detection().basis != Basis::Nothing;
    let python = is_known.then(|| format!("{} {}", pyc.python().implementation, pyc.python().version));
    Ok(Outcome { python, bytes: pyc.bytes().len(), codes: pyc.codes().len(), instructions, diagnostics })
}

/// Lists the instructions of all code objects, and forgets the text.
fn disassemble(pyc: &Pyc) {
    let mut listing = ListingExport::new(pyc, ListingOptions::default(), Limits::default());
    let mut text = String::new();
    while !listing.step(pyc, 10_000, &mut text) {
        text.clear();
    }
}

fn report(
    out: &mut Output,
    progress: &mut Progress,
    arguments: &Arguments,
    path: &OsStr,
    outcome: io::Result<Outcome>,
) {
    if let Err(error) = &outcome {
        progress.clear();
        complain(format_args!("{}: {error}", input::shown_path(path)));
    }
    if arguments.format == Format::Json {
        write_json(&mut out.text, path, outcome);
        return;
    }
    let Ok(outcome) = outcome else { return };
    let Some(first) = outcome.diagnostics.first().filter(|_| !arguments.quiet) else { return };
    out.styled(Style::Bold, &input::shown_path(path));
    let more = match outcome.diagnostics.len() {
        1 => String::new(),
        count => format!(" (and {} more)", count - 1),
    };
    let style = if first.severity == pycxray::Severity::Error { Style::Red } else { Style::Yellow };
    out.text.push_str(": ");
    out.styled(style, first.severity.name());
    out.text.push_str(&format!(" at {:#x}: {}{more}\n", first.span.start, first.message));
}

/// Writes the name of a file. Bytes that are no text become lone surrogates, from which Python's `os.fsencode` makes them again.
fn write_name(out: &mut String, path: &OsStr) {
    if let Some(name) = path.to_str() {
        write_json_string(out, name);
        return;
    }
    out.push('"');
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        let mut quoted = String::new();
        write_json_string(&mut quoted, chunk.valid());
        out.push_str(&quoted[1..quoted.len() - 1]);
        out.extend(chunk.invalid().iter().map(|&byte| format!("\\u{:04x}", 0xdc00 + u32::from(byte))));
    }
    out.push('"');
}

fn write_json(out: &mut String, path: &OsStr, outcome: io::Result<Outcome>) {
    out.push_str("{\"file\":");
    write_name(out, path);
    let Outcome { python, bytes, codes, instructions, diagnostics } = match outcome {
        Ok(outcome) => outcome,
        Err(error) => {
            out.push_str(",\"error\":");
            write_json_string(out, &error.to_string());
            out.push_str("}\n");
            return;
        }
    };
    out.push_str(",\"python\":");
    match python {
        Some(python) => write_json_string(out, &python),
        None => out.push_str("null"),
    }
    out.push_str(&format!(",\"bytes\":{bytes},\"codes\":{codes},\"instructions\":{instructions},\"problems\":["));
    for (position, problem) in diagnostics.iter().enumerate() {
        out.push_str(if position == 0 { "{\"severity\":\"" } else { ",{\"severity\":\"" });
        out.push_str(problem.severity.name());
        out.push_str("\",\"code\":\"");
        out.push_str(problem.code);
        out.push_str("\",\"message\":");
        write_json_string(out, &problem.message);
        out.push_str(&format!(",\"span\":[{},{}]}}", problem.span.start, problem.span.end));
    }
    out.push_str("]}\n");
}

impl Total {
    fn add(&mut self, outcome: &Outcome) {
        self.files += 1;
        self.bytes += outcome.bytes;
        self.codes += outcome.codes;
        self.instructions += outcome.instructions;
        self.troubled += usize::from(!outcome.diagnostics.is_empty());
    }

    fn write(&self, out: &mut Output, arguments: &Arguments) {
        let what = [
            counted(self.files, "file"),
            counted(self.bytes, "byte"),
            counted(self.codes, "code object"),
            counted(self.instructions, "instruction"),
        ];
        let shown = if arguments.decode_only { &what[..3] } else { &what[..] };
        out.text.push_str(&shown.join(", "));
        out.text.push_str(": ");
        match self.troubled {
            0 => out.text.push_str("no problems"),
            troubled => out.styled(Style::Red, &format!("{troubled} with problems")),
        }
        if self.unreadable > 0 {
            out.styled(Style::Red, &format!(", {} could not be read", self.unreadable));
        }
        out.text.push('\n');
    }
}
