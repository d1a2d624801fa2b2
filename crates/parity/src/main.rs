//! `cargo xtask parity`: pycxray against every interpreter that is found, over its whole standard library.

mod interpreter;
mod listings;
mod round_trip;
mod spoiled;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use interpreter::Interpreter;
use listings::Listings;
use round_trip::RoundTrip;
use spoiled::Tally;

/// What the command line asks for.
#[derive(Default)]
struct Request {
    /// Files of each standard library, evenly spread; 0 for all.
    limit: usize,
    task: Task,
    interpreters: Vec<Interpreter>,
}

/// What is done with each interpreter.
#[derive(Clone, Copy, Default)]
enum Task {
    /// What it says of its files is compared with what pycxray says.
    #[default]
    List,
    /// Source is compiled again.
    CompileAgain,
    /// Its files are spoiled.
    Spoil,
}

/// How many of the reasons are told that code objects are not proved for.
const REASONS: usize = 12;

const USAGE: &str = "cargo xtask parity [--source | --spoiled] [--limit N] [--python PATH]... [--pyodide FOLDER]...

  --source           compile the source that pycxray makes of each file again, and compare the code objects
  --spoiled          spoil each file in every way that is known, and see what pycxray takes it for
  --limit N          about N files of each standard library, evenly spread; all of them without it
  --python PATH      this interpreter (2.7, or 3.4 and later); all that are found without it
  --pyodide FOLDER   the CPython in npm's `pyodide`, unpacked in FOLDER, run by node";

fn request(mut words: impl Iterator<Item = String>) -> Result<Request, String> {
    let mut request = Request::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value\n\n{USAGE}"));
        match word.as_str() {
            "--source" => request.task = Task::CompileAgain,
            "--spoiled" => request.task = Task::Spoil,
            "--limit" => request.limit = value()?.parse().map_err(|_| format!("--limit needs a number\n\n{USAGE}"))?,
            "--python" => request.interpreters.push(Interpreter::native(PathBuf::from(value()?))?),
            "--pyodide" => request.interpreters.push(Interpreter::pyodide(PathBuf::from(value()?))?),
            _ => return Err(format!("what is {word}?\n\n{USAGE}")),
        }
    }
    Ok(request)
}

fn main() -> ExitCode {
    let mut request = match request(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(what) => {
            eprintln!("{what}");
            return ExitCode::from(2);
        }
    };
    if request.interpreters.is_empty() {
        request.interpreters = interpreter::find_all();
    }
    if request.interpreters.is_empty() {
        eprintln!("No Python was found on PATH or under pyenv: name one with --python.");
        return ExitCode::from(2);
    }
    let is_fine = match request.task {
        Task::List => list(&request),
        Task::CompileAgain => compile_again(&request),
        Task::Spoil => spoil(&request),
    };
    ExitCode::from(u8::from(!is_fine))
}

/// Compares listings; whether all are the same.
fn list(request: &Request) -> bool {
    let mut rows = Vec::new();
    for interpreter in &request.interpreters {
        eprintln!("{}: compiling and listing its standard library", interpreter.title);
        match Listings::of(interpreter, request.limit) {
            Ok(row) => rows.push(row),
            Err(what) => eprintln!("{}: {what}", interpreter.title),
        }
    }
    print!("{}", table::of_listings(&rows));
    rows.len() == request.interpreters.len() && rows.iter().all(|row| row.differing_files == 0)
}

/// Compiles source again; whether all that is proved is the same.
fn compile_again(request: &Request) -> bool {
    let mut rows = Vec::new();
    for interpreter in request.interpreters.iter().filter(|interpreter| interpreter.has_source()) {
        eprintln!("{}: compiling its standard library, and the source of that", interpreter.title);
        match RoundTrip::of(interpreter, request.limit) {
            Ok(row) => {
                for (reason, count) in row.most_frequent(REASONS) {
                    eprintln!("  {count:>6} {reason}");
                }
                rows.push(row);
            }
            Err(what) => {
                eprintln!("{}: {what}", interpreter.title);
                return false;
            }
        }
    }
    print!("{}", table::of_source(&rows));
    rows.iter().all(|row| row.different == 0)
}

/// Spoils files; whether none is surely wrong, and 99 of 100 are right or rightly open.
fn spoil(request: &Request) -> bool {
    let mut tallies = Vec::new();
    for interpreter in &request.interpreters {
        eprintln!("{}: compiling its standard library, and spoiling it", interpreter.title);
        match Tally::of(interpreter, request.limit) {
            Ok(tally) => tallies.push(tally),
            Err(what) => {
                eprintln!("{}: {what}", interpreter.title);
                return false;
            }
        }
    }
    let (by_way, by_interpreter) = (spoiled::by_way(&tallies), spoiled::by_interpreter(&tallies));
    print!(
        "{}\n{}",
        table::of_spoiled("what became of it", &by_way),
        table::of_spoiled("interpreter", &by_interpreter)
    );
    by_interpreter.iter().all(|(_, counts)| counts.is_good())
}
