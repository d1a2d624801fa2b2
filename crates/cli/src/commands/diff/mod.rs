//! `pycxray diff`: what differs between two files.

mod all;
mod inputs;
mod json;
mod text;

use std::ffi::OsString;

use clap::{Args, ValueEnum, ValueHint};
use pycxray::Pyc;
use pycxray_compare::diff::{Class, Classes, Difference, Options, Verdict, diff};

use crate::input::{self, Reading};
use crate::output::{Output, Stop, complain};
use crate::status::Status;
use inputs::Input;

const ABOUT: &str = "Compare two files: what the program does, apart from how it is written";

const LONG_ABOUT: &str = "\
Compare two files: what the program does, apart from how it is written.

Code objects are matched by name, then by likeness, and their instructions aligned: a constant is compared by its value, a jump by the
instruction that it leads to. Files of two Python versions are compared by the meaning of their opcodes. FILE!MEMBER is taken too, and
so are two archives or frozen programs, and two folders: what they hold is paired by name, bytecode is compared as above, and all else
by its bytes.

The verdict comes first. What differs belongs to a class, each of which can be left out:

  header          time, size and hash of the source, flags
  references      FLAG_REF, references, interned strings
  set-order       in which order the items of sets are written
  filename        co_filename
  positions       lines and columns
  constant-order  in which order constants and names stand
  encoding        EXTENDED_ARG that says nothing, inline caches
  python          the Python that wrote the file
  program         code objects, instructions, constants, names, flags; the bytes of what is no bytecode";

const AFTER: &str = "\
Exit status: 0 the same, 1 different, 2 usage or I/O.

Examples:
  pycxray diff old.pyc new.pyc
  pycxray diff --program build1/ build2/
  pycxray diff --ignore header,filename shop-1.0.whl shop-1.1.whl
  git difftool --extcmd 'pycxray diff' HEAD~1";

/// What `pycxray diff` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Diff {
    /// The first file, or folder
    #[arg(value_name = "A", value_hint = ValueHint::AnyPath)]
    before: OsString,
    /// The second
    #[arg(value_name = "B", value_hint = ValueHint::AnyPath)]
    after: OsString,
    /// Classes of difference to leave out, with commas between them
    #[arg(long, value_name = "CLASSES", value_delimiter = ',', value_parser = class_named)]
    ignore: Vec<Class>,
    /// Leave out every class but the last: is it the same program?
    #[arg(long)]
    program: bool,
    /// How many instructions to show around those that differ
    #[arg(long, short = 'U', value_name = "COUNT", default_value = "3")]
    context: usize,
    /// The verdict alone
    #[arg(long, short)]
    quiet: bool,
    /// End the output for a pair after so many bytes; unless given, 8 MiB and 200 times the size of both
    #[arg(long, value_name = "BYTES")]
    max_output: Option<u64>,
    /// How to report; json is an object for every pair of files, one a line, behind one for all where there are several
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How `diff` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn class_named(word: &str) -> Result<Class, String> {
    Class::named(word).ok_or_else(|| {
        let known: Vec<&str> = Class::ALL.iter().map(|class| class.word()).collect();
        format!("it is not known; these are: {}", known.join(" "))
    })
}

impl Diff {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        crate::files::read_stdin_once([&self.before, &self.after])?;
        let [Some(before), Some(after)] = [&self.before, &self.after].map(|path| {
            Input::of(path, reading)
                .map_err(|error| complain(format_args!("{}: {error}", input::shown_path(path))))
                .ok()
        }) else {
            return Ok(Status::Failed);
        };
        match (before, after) {
            (Input::One(before), Input::One(after)) => {
                let paths = [self.before.clone(), self.after.clone()];
                let files = [*before, *after];
                let said = self.compared(&files);
                self.pair(out, &paths, &files, &said).map(|()| status_of(said.verdict))
            }
            (Input::Many(before), Input::Many(after)) => self.all(out, [&before, &after]),
            _ => {
                complain(format_args!(
                    "a file is not compared with a folder or an archive; FILE!MEMBER names what is in one"
                ));
                Ok(Status::Failed)
            }
        }
    }

    fn options(&self) -> Options {
        let classes = if self.program { Classes::program() } else { Classes::all() };
        Options::of(self.ignore.iter().fold(classes, |classes, &class| classes.without(class)))
    }

    /// What differs between two files.
    fn compared(&self, [before, after]: &[Pyc; 2]) -> Difference {
        diff(before, after, self.options())
    }

    /// Writes what differs between two files.
    fn pair(&self, out: &mut Output, paths: &[OsString; 2], files: &[Pyc; 2], said: &Difference) -> Result<(), Stop> {
        let titles = shown(paths);
        let bound = (&*titles.join(" and "), files.iter().map(|file| file.bytes().len()).sum());
        let files = [&files[0], &files[1]];
        crate::files::bounded(out, self.max_output, bound, |out| match self.format {
            Format::Text => text::write(out, &titles, files, said, (!self.quiet).then_some(self.context)),
            Format::Json => {
                out.text.push_str(&json::pair(paths, files, said, !self.quiet));
                out.text.push('\n');
                Ok(())
            }
        })?;
        Ok(())
    }
}

/// What two files are called on a terminal.
fn shown(paths: &[OsString; 2]) -> [String; 2] {
    [input::shown_path(&paths[0]), input::shown_path(&paths[1])]
}

fn status_of(verdict: Verdict) -> Status {
    if matches!(verdict, Verdict::Identical | Verdict::Same) { Status::Fine } else { Status::Problems }
}
