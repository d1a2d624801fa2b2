//! `pycxray check`: files and folders, several at a time; a line for each that has problems, and a total.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum, ValueHint};
use pycxray::python::Python;
use pycxray::schema::{self, JsonText};
use pycxray::{Basis, Diagnostic, DiagnosticCode, Options, Pyc, Severity, Span, counted};
use pycxray_container::{Container, Kind, identify};
use serde::Serialize;

use crate::files::read_stdin_once;
use crate::in_order::in_order;
use crate::input::{self, Reading};
use crate::members;
use crate::output::{Output, Stop, Style, complain};
use crate::problems;
use crate::progress::Progress;
use crate::source::Source;
use crate::status::Status;
use crate::walk;

const ABOUT: &str = "Decode and disassemble files and folders: a line for each file that has problems, and a total";

const LONG_ABOUT: &str = "\
Decode and disassemble files, and all .pyc and .pyo files in folders: a line for each that has problems, and a total.
Archives and frozen programs are opened, and the code in them is checked.

Folders are walked in the order of their names, and reported in that order. Links to folders are not followed.";

const AFTER: &str = "\
With --format json a line is {\"file\", \"python\", \"bytes\", \"codes\", \"instructions\", \"problems\": [{\"severity\", \"code\",
\"message\", \"span\": [start, end]}, ...]}, or {\"file\", \"error\"} where the file could not be read. Bytes of a name that
are no text become lone surrogates, as in Python.

A note, such as that Python never compares a file with its source, is told and counts as no problem. Where execution leads
is not followed: 'pycxray FILE' does that.

Examples:
  pycxray check /usr/lib/python3
  pycxray check --quiet . && echo fine
  pycxray check --format json build | jq -r 'select(any(.problems[]; .severity != \"note\")) | .file'
  find / -name '*.pyc' -print0 | xargs -0 -n 1000 pycxray check --format json";

/// What `pycxray check` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Check {
    /// Files and folders to check; '-' is standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    paths: Vec<OsString>,
    /// The total alone
    #[arg(long, short)]
    quiet: bool,
    /// Decode the objects, but not instructions and tables
    #[arg(long)]
    decode_only: bool,
    /// How to report; json is an object for every file, one a line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// So many files at a time; as many as there are processors unless given
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
}

/// How `check` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

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

impl Check {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        read_stdin_once(&self.paths)?;
        let mut total = Total::default();
        let paths = self.files(&mut total);
        let mut progress = Progress::of(paths.len());
        let work = |number: usize| check(&paths[number], reading.python, self.decode_only);
        in_order(paths.len(), self.jobs, work, |number, outcome| {
            progress.show(number);
            match outcome {
                Ok(outcomes) => {
                    for (address, outcome) in outcomes {
                        total.add(&outcome);
                        self.report(out, &mut progress, &member_path(&paths[number], &address), Ok(outcome));
                    }
                }
                Err(error) => {
                    total.unreadable += 1;
                    self.report(out, &mut progress, &paths[number], Err(error));
                }
            }
            // On a terminal someone waits for the lines; behind a pipe perhaps someone who wants but the first.
            if out.text.is_empty() || (!out.is_terminal() && out.text.len() < OFTEN) {
                return Ok(());
            }
            progress.clear();
            out.flush()
        })?;
        drop(progress);
        if self.format == Format::Text {
            total.write(out, self.decode_only);
        }
        Ok(match total {
            Total { unreadable: 1.., .. } => Status::Failed,
            Total { troubled: 1.., .. } => Status::Problems,
            _ => Status::Fine,
        })
    }

    /// The files that the paths stand for.
    fn files(&self, total: &mut Total) -> Vec<OsString> {
        let mut paths = Vec::new();
        for path in &self.paths {
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
        paths
    }

    fn report(&self, out: &mut Output, progress: &mut Progress, path: &OsStr, outcome: io::Result<Outcome>) {
        if let Err(error) = &outcome {
            progress.clear();
            complain(format_args!("{}: {error}", input::shown_path(path)));
        }
        if self.format == Format::Json {
            write_json(&mut out.text, path, outcome);
            return;
        }
        if let Ok(outcome) = outcome
            && !self.quiet
        {
            write_first(out, path, &outcome.diagnostics);
        }
    }
}

/// What is to be called by a path: the file, or a member of it.
fn member_path(path: &OsStr, address: &str) -> OsString {
    let mut whole = path.to_owned();
    if !address.is_empty() {
        whole.push("!");
        whole.push(address);
    }
    whole
}

/// What became of a file, or of each file with code that a container holds.
fn check(path: &OsStr, python: Option<&'static Python>, decode_only: bool) -> io::Result<Vec<(String, Outcome)>> {
    let source = Source::of(path)?;
    let is_container = python.is_none() && identify(&source.bytes).is_container();
    let mut outcomes = Vec::new();
    if !is_container {
        let options = Options { python, likely: source.python, ..Options::default() };
        outcomes.push((String::new(), check_file(source.bytes, options, decode_only)));
        return Ok(outcomes);
    }
    let size = source.bytes.len();
    let container = members::walk(source.bytes, pycxray_container::Limits::default(), &mut |place| {
        // What is bytecode by its name is damaged if it is none by its contents, as in a folder.
        let is_named = || walk::is_compiled(Path::new(&place.container.members()[place.member].name));
        if !matches!(place.kind, Kind::Pyc(_) | Kind::Code) && (place.kind.is_container() || !is_named()) {
            return true;
        }
        let options = Options { likely: place.container.python_of(place.member), ..Options::default() };
        let unpacked = place.container.read(place.member);
        let mut outcome = check_file(Arc::new(unpacked.bytes), options, decode_only);
        let damaged =
            |trouble| Diagnostic::new(Severity::Error, DiagnosticCode::DamagedMember, Span::default(), trouble);
        outcome.diagnostics.extend(unpacked.trouble.map(damaged));
        outcomes.push((place.address.to_owned(), outcome));
        false
    });
    let mut own = Outcome { python: None, bytes: size, codes: 0, instructions: 0, diagnostics: Vec::new() };
    own.diagnostics.extend(container.iter().flat_map(Container::diagnostics).cloned());
    if outcomes.is_empty() && own.diagnostics.is_empty() {
        let message = "It holds no bytecode: there is nothing to check.";
        own.diagnostics.push(Diagnostic::new(Severity::Note, DiagnosticCode::NoCode, Span::default(), message));
    }
    if !own.diagnostics.is_empty() {
        outcomes.insert(0, (String::new(), own));
    }
    Ok(outcomes)
}

fn check_file(bytes: Arc<Vec<u8>>, options: Options, decode_only: bool) -> Outcome {
    let pyc = Pyc::parse_with(bytes, options);
    let mut diagnostics = pyc.diagnostics().to_vec();
    let mut instructions = 0;
    if !decode_only {
        diagnostics.extend_from_slice(pyc.damage());
        instructions = pyc.instruction_count();
    }
    diagnostics.retain(problems::is_problem);
    // Whoever checks a folder wants to know of these.
    diagnostics.extend(pyc.header().unchecked_hash());
    let is_known = pyc.detection().basis != Basis::Nothing;
    let python = is_known.then(|| format!("{} {}", pyc.python().implementation, pyc.python().version));
    Outcome { python, bytes: pyc.bytes().len(), codes: pyc.codes().len(), instructions, diagnostics }
}

/// A line for the first problem, if there is one, with how many more there are.
fn write_first(out: &mut Output, path: &OsStr, diagnostics: &[Diagnostic]) {
    let Some(first) = diagnostics.iter().find(|said| problems::is_problem(said)).or(diagnostics.first()) else {
        return;
    };
    let others = diagnostics.len() - 1;
    out.styled(Style::Bold, input::shown_path(path));
    let more = if others == 0 { String::new() } else { format!(" (and {others} more)") };
    let style = problems::style(first.severity);
    out.text.push_str(": ");
    out.styled(style, first.severity.name());
    out.put(format_args!(" at {:#x}: {}{more}\n", first.span.start, first.message));
}

/// What `--json` says of a file.
#[derive(Serialize)]
struct Line<'f> {
    file: JsonText<'f>,
    #[serde(flatten)]
    outcome: LineOutcome,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LineOutcome {
    Read { python: Option<String>, bytes: usize, codes: usize, instructions: usize, problems: Vec<schema::Diagnostic> },
    NotRead { error: String },
}

fn write_json(out: &mut String, path: &OsStr, outcome: io::Result<Outcome>) {
    let outcome = match outcome {
        Ok(Outcome { python, bytes, codes, instructions, diagnostics }) => {
            let problems = diagnostics.iter().map(schema::Diagnostic::from).collect();
            LineOutcome::Read { python, bytes, codes, instructions, problems }
        }
        Err(error) => LineOutcome::NotRead { error: error.to_string() },
    };
    out.push_str(&schema::json_line(&Line { file: input::json_path(path), outcome }));
    out.push('\n');
}

impl Total {
    fn add(&mut self, outcome: &Outcome) {
        self.files += 1;
        self.bytes += outcome.bytes;
        self.codes += outcome.codes;
        self.instructions += outcome.instructions;
        self.troubled += usize::from(outcome.diagnostics.iter().any(problems::is_problem));
    }

    fn write(&self, out: &mut Output, decode_only: bool) {
        let what = [
            (self.files, "file"),
            (self.bytes, "byte"),
            (self.codes, "code object"),
            (self.instructions, "instruction"),
        ];
        let what = what.map(|(count, unit)| counted(count, unit).to_string());
        let shown = if decode_only { &what[..3] } else { &what[..] };
        out.text.push_str(&shown.join(", "));
        out.text.push_str(": ");
        match self.troubled {
            0 => out.text.push_str("no problems"),
            troubled => out.styled(Style::Red, format_args!("{troubled} with problems")),
        }
        if self.unreadable > 0 {
            out.styled(Style::Red, format_args!(", {} could not be read", self.unreadable));
        }
        out.text.push('\n');
    }
}
