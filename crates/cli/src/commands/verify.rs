//! `pycxray verify`: is this file that source?

use std::ffi::OsString;
use std::path::Path;

use clap::{Args, ValueEnum, ValueHint};
use pycxray::counted;
use pycxray::python::Python;
use pycxray::schema::{JsonText, json_line};
use pycxray_compare::verify::{Outcome, Proof, Verdict, Verification, verify};
use pycxray_compare::{schema, source_path};
use serde::Serialize;

use crate::files::read_stdin_once;
use crate::input::{self, Found, Reading, Wanted};
use crate::output::{Output, Stop, Style, complain};
use crate::source::Source;
use crate::status::Status;
use crate::walk;

const ABOUT: &str = "Hold a file against a source: can it have been made of it?";

const LONG_ABOUT: &str = "\
Hold a file against a source: can it have been made of it? No Python is needed, and nothing is run.

The header says a hash, or a size, of the source; but whoever writes a file can write that. So the contents are what counts: strings,
numbers, names, functions, classes and lines that the file has and the source cannot have made, and the other way round.

Of CPython 3.6 to 3.15 the source is also lowered to operations, and each code object is proved to do the same, or said not to be.

The verdict is 'proved' (all code objects are), 'consistent' (nothing speaks against it, which is no proof), 'inconsistent' (with what
speaks against it), or 'cannot tell'.";

const AFTER: &str = "\
Exit status: 0 proved or consistent, 1 inconsistent or cannot tell, 2 usage or I/O.

Examples:
  pycxray verify __pycache__/hello.cpython-312.pyc hello.py
  pycxray verify --tree site-packages
  pycxray verify --format json hello.pyc hello.py | jq -r '.evidence[].message'
  pycxray verify --format json hello.pyc hello.py | jq -r '.proofs[] | select(.reason) | .name'";

/// What `pycxray verify` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Verify {
    /// The .pyc file; '-' is standard input, 'FILE!MEMBER' what is in an archive or program
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, required_unless_present = "tree")]
    file: Option<OsString>,
    /// Its source, likewise; found by the file's name unless given
    #[arg(value_name = "SOURCE", value_hint = ValueHint::FilePath)]
    source: Option<OsString>,
    /// Every .pyc file in a folder whose source is beside it, or beside its __pycache__
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with_all = ["file", "source"])]
    tree: Option<OsString>,
    /// How to report; json is an object for every file, one a line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How `verify` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// How many files came to each verdict.
#[derive(Default)]
struct Total {
    proved: usize,
    consistent: usize,
    inconsistent: usize,
    cannot_tell: usize,
    without_source: usize,
}

impl Verify {
    pub(crate) fn run(&self, python: Option<&'static Python>, out: &mut Output) -> Result<Status, Stop> {
        match (&self.tree, &self.file) {
            (Some(folder), _) => self.folder(folder, python, out),
            (None, Some(file)) => self.single(file, python, out),
            (None, None) => Err(Stop::Misused("a file or --tree is needed".into())),
        }
    }

    fn single(&self, file: &OsString, python: Option<&'static Python>, out: &mut Output) -> Result<Status, Stop> {
        let source = match self.source.clone().or_else(|| source_of(file)) {
            Some(source) => source,
            None => {
                let message = format!("which source {} was made of is not told by its name", input::shown_path(file));
                return Err(Stop::Misused(message));
            }
        };
        read_stdin_once([file, &source])?;
        let Some(said) = held(file, &source, python) else { return Ok(Status::Failed) };
        self.report(out, file, &source, &said);
        Ok(status(&said))
    }

    fn folder(&self, folder: &OsString, python: Option<&'static Python>, out: &mut Output) -> Result<Status, Stop> {
        if !Path::new(folder).is_dir() {
            let why = if Path::new(folder).exists() { "it is no folder" } else { "there is no such folder" };
            complain(format_args!("{}: {why}", input::shown_path(folder)));
            return Ok(Status::Failed);
        }
        let mut outcome = Status::Fine;
        let files = walk::files(folder, &mut |path, error| {
            complain(format_args!("{}: {error}", input::shown_path(path.as_os_str())));
            outcome = Status::Failed;
        });
        let mut total = Total::default();
        for file in &files {
            let Some(source) = source_of(file).filter(|source| Path::new(source).is_file()) else {
                total.without_source += 1;
                continue;
            };
            let Some(said) = held(file, &source, python) else {
                outcome = Status::Failed;
                continue;
            };
            match said.verdict() {
                Verdict::Proved => total.proved += 1,
                Verdict::Consistent => total.consistent += 1,
                Verdict::Inconsistent => total.inconsistent += 1,
                _ => total.cannot_tell += 1,
            }
            if self.format == Format::Json || !said.verdict().is_good() {
                self.report(out, file, &source, &said);
            }
            outcome = outcome.max(status(&said));
            out.relieve()?;
        }
        if self.format == Format::Text {
            total.write(out);
        }
        Ok(outcome)
    }

    fn report(&self, out: &mut Output, file: &OsString, source: &OsString, said: &Verification) {
        match self.format {
            Format::Text => text(out, file, source, said),
            Format::Json => {
                let (file, source) = (input::json_path(file), input::json_path(source));
                out.text.push_str(&json_line(&Pair { file, source, found: said.into() }));
                out.text.push('\n');
            }
        }
    }
}

impl Total {
    fn write(&self, out: &mut Output) {
        let all = self.proved + self.consistent + self.inconsistent + self.cannot_tell;
        let text = format!(
            "{} with a source: {} proved, {} consistent, {} inconsistent, {} that cannot be told; {} without a source\n",
            counted(all, "file"),
            self.proved,
            self.consistent,
            self.inconsistent,
            self.cannot_tell,
            self.without_source
        );
        out.text.push_str(&text);
    }
}

/// Holds a file against its source. `None` if one of them cannot be read, which is then told.
fn held(file: &OsString, source: &OsString, python: Option<&'static Python>) -> Option<Verification> {
    let unreadable = |path: &OsString, error: &std::io::Error| {
        complain(format_args!("{}: {error}", input::shown_path(path)));
    };
    let text = Source::of(source).map_err(|error| unreadable(source, &error)).ok()?;
    if let Some(trouble) = &text.trouble {
        complain(format_args!("{}: {trouble}", input::shown_path(source)));
    }
    let reading = Reading { python, ..Reading::default() };
    let file = match input::read(file, reading, Wanted::Damage).map_err(|error| unreadable(file, &error)).ok()? {
        Found::Pyc(file) => file,
        Found::Other(other) => {
            other.complain();
            return None;
        }
    };
    Some(verify(&file.pyc, &text.bytes))
}

/// The source that the name of a file tells of.
fn source_of(file: &OsString) -> Option<OsString> {
    let path = file.to_str()?;
    let path =
        if std::path::MAIN_SEPARATOR == '/' { path.to_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") };
    source_path(&path).map(OsString::from)
}

fn status(said: &Verification) -> Status {
    if said.verdict().is_good() { Status::Fine } else { Status::Problems }
}

fn text(out: &mut Output, file: &OsString, source: &OsString, said: &Verification) {
    let verdict = said.verdict();
    out.styled(Style::Bold, input::shown_path(file));
    out.put(format_args!(" and {}: ", input::shown_path(source)));
    let style = match verdict {
        Verdict::Proved | Verdict::Consistent => Style::Green,
        Verdict::Inconsistent => Style::Red,
        _ => Style::Yellow,
    };
    out.styled(style, verdict.word());
    out.put(format_args!("\n  {}\n", said.header.sentence()));
    for reason in &said.reasons {
        out.put(format_args!("  {reason}\n"));
    }
    for evidence in &said.evidence {
        let line = evidence.line.map(|line| format!(", line {line}")).unwrap_or_default();
        out.styled(Style::Dim, format_args!("  {:#x}{line}  ", evidence.span.start));
        out.put(format_args!("{}\n", evidence.message));
    }
    if said.more > 0 {
        out.put(format_args!("  and {} more\n", said.more));
    }
    proofs(out, said);
}

/// How many code objects that are not proved are named.
const UNPROVED: usize = 20;

fn proofs(out: &mut Output, said: &Verification) {
    let (all, proved) = (said.proofs.len(), said.proved());
    if let Some(reason) = &said.unproved {
        out.put(format_args!("  {reason}\n"));
    }
    if all == 0 {
        return;
    }
    let verb = if all == 1 { "is" } else { "are" };
    out.put(format_args!("  {proved} of {} {verb} proved to do what the source says.\n", counted(all, "code object")));
    let unproved = || said.proofs.iter().filter(|proof| proof.outcome != Outcome::Proved);
    for proof in unproved().take(UNPROVED) {
        let line = proof.line.map(|line| format!(", line {line}")).unwrap_or_default();
        out.styled(Style::Dim, format_args!("  {:#x}{line}  ", proof.span.start));
        out.put(format_args!("{}\n", sentence(proof)));
    }
    if all - proved > UNPROVED {
        out.put(format_args!("  and {} more\n", all - proved - UNPROVED));
    }
}

/// Why a code object is not proved.
fn sentence(proof: &Proof) -> String {
    let place = proof.outcome.offset().map(|offset| format!("at offset {offset}, ")).unwrap_or_default();
    let reason = format!("{place}{}", proof.outcome.reason().unwrap_or_default());
    format!("{} is not proved: {}", proof.name, pycxray::shown(reason.as_bytes(), 400).trim_matches('\''))
}

/// A file held against its source.
#[derive(Serialize)]
struct Pair<'t> {
    file: JsonText<'t>,
    source: JsonText<'t>,
    #[serde(flatten)]
    found: schema::Verification,
}
