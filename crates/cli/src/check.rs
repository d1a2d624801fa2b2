//! `pycxray check`: files and folders, several at a time; a line for each that has problems, and a total.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use pycxray::{Diagnostic, Limits, ListingExport, ListingOptions, Options, Pyc, write_json_string};

use crate::Status;
use crate::arguments::{Arguments, Format};
use crate::input;
use crate::output::{Output, Stop, Style};
use crate::problems;
use crate::summary::counted;
use crate::walk;

/// What became of one file.
struct Outcome {
    python: String,
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
        let found = walk::files(path, &mut |path, error| {
            eprintln!("pycxray: {}: {error}", input::shown_path(path.as_os_str()));
            total.unreadable += 1;
        });
        if found.is_empty() {
            eprintln!("pycxray: {}: no .pyc files here", input::shown_path(path));
        }
        paths.extend(found);
    }
    check_all(arguments, &paths, |path, outcome| {
        match outcome {
            Ok(outcome) => {
                total.add(&outcome);
                report(out, arguments, path, &outcome);
            }
            Err(error) => {
                total.unreadable += 1;
                clear_progress();
                eprintln!("pycxray: {}: {error}", input::shown_path(path));
            }
        }
        // On a terminal someone waits for the lines.
        if out.is_terminal() && !out.text.is_empty() { out.flush() } else { out.relieve() }
    })?;
    if arguments.format == Format::Text {
        total.write(out, arguments);
    }
    Ok(match total {
        Total { unreadable: 1.., .. } => Status::Failed,
        Total { troubled: 1.., .. } => Status::Problems,
        _ => Status::Fine,
    })
}

/// Checks all files with as many threads as there should be, and hands the outcomes over in the order of the paths.
fn check_all(
    arguments: &Arguments,
    paths: &[OsString],
    mut each: impl FnMut(&OsString, std::io::Result<Outcome>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if arguments.jobs == 0 { processors } else { arguments.jobs };
    let jobs = jobs.min(paths.len()).max(1);
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = mpsc::sync_channel(jobs * 64);
    let now = input::now();
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (sender, next, stopped) = (sender.clone(), &next, &stopped);
            scope.spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = paths.get(number) else { break };
                    if sender.send((number, check(arguments, path, now))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Outcomes that came before their turn.
        let mut early: std::collections::BTreeMap<usize, std::io::Result<Outcome>> = Default::default();
        let (mut turn, mut outcome) = (0, Ok(()));
        for (number, checked) in receiver {
            early.insert(number, checked);
            while let Some(checked) = early.remove(&turn) {
                if outcome.is_ok() {
                    show_progress(turn, paths.len());
                    outcome = each(&paths[turn], checked);
                    stopped.store(outcome.is_err(), Ordering::Relaxed);
                }
                turn += 1;
            }
        }
        clear_progress();
        outcome
    })
}

fn check(arguments: &Arguments, path: &OsString, now: Option<u64>) -> std::io::Result<Outcome> {
    let options = Options { python: arguments.python, ..Options::default() };
    let bytes = if path == "-" { input::read_stdin()? } else { input::read_file(path)? };
    let pyc = Pyc::parse_with(Arc::new(bytes), options);
    let mut diagnostics = pyc.diagnostics().to_vec();
    let mut instructions = 0;
    if !arguments.decode_only {
        diagnostics.extend(pyc.inspect(now).diagnostics);
        disassemble(&pyc);
        instructions = pyc.instruction_count();
    }
    diagnostics.retain(problems::is_problem);
    let python = format!("{} {}", pyc.python().implementation, pyc.python().version);
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

fn report(out: &mut Output, arguments: &Arguments, path: &OsString, outcome: &Outcome) {
    match (arguments.format, outcome.diagnostics.first()) {
        (Format::Json, _) => write_json(&mut out.text, &path.to_string_lossy(), outcome),
        (Format::Text, Some(first)) if !arguments.quiet => {
            clear_progress();
            out.styled(Style::Bold, &input::shown_path(path));
            let count = outcome.diagnostics.len();
            let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
            let style = if first.severity == pycxray::Severity::Error { Style::Red } else { Style::Yellow };
            out.text.push_str(": ");
            out.styled(style, first.severity.name());
            out.text.push_str(&format!(" at {:#x}: {}{more}\n", first.span.start, first.message));
        }
        _ => {}
    }
}

fn write_json(out: &mut String, name: &str, outcome: &Outcome) {
    out.push_str("{\"file\":");
    write_json_string(out, name);
    out.push_str(",\"python\":");
    write_json_string(out, &outcome.python);
    let Outcome { bytes, codes, instructions, .. } = outcome;
    out.push_str(&format!(",\"bytes\":{bytes},\"codes\":{codes},\"instructions\":{instructions},\"problems\":["));
    for (position, problem) in outcome.diagnostics.iter().enumerate() {
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

/// How wide the progress bar is.
const BAR: usize = 30;

/// Shows how far it has come, on a terminal.
fn show_progress(done: usize, all: usize) {
    let mut stderr = std::io::stderr();
    if all >= 200 && done % 50 == 0 && stderr.is_terminal() {
        let filled = done * BAR / all;
        let bar = format!("\r{}{} {done} of {all} files", "█".repeat(filled), "░".repeat(BAR - filled));
        // A bar that cannot be drawn is no reason to stop.
        drop(stderr.write_all(bar.as_bytes()));
    }
}

fn clear_progress() {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        drop(stderr.write_all(b"\r\x1b[K"));
    }
}
