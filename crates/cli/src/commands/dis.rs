//! `pycxray dis`: listings in the manner of that version's `dis`.

use clap::Args;
use pycxray::python::Python;
use pycxray::{Implementation, Listing, ListingOptions, Version};

use crate::files::Files;
use crate::input::{self, File, Reading, Wanted};
use crate::output::{Output, Stop, complain};
use crate::paint::Painter;
use crate::status::Status;
use crate::text::limits;

const ABOUT: &str = "List the instructions of every code object, as that version's dis would";

const LONG_ABOUT: &str = "\
List the instructions of every code object, as that version's dis would.

The columns: source line, mark of what something leads to (>>, or a label from 3.13 on), offset in the bytecode, name,
argument, and in parentheses what the argument means. Marks, labels and meanings are those of that version's dis.dis;
--exact has its columns too, and differs from it in this alone: code objects have no addresses, and characters that
cannot be seen are written as escapes.";

const AFTER: &str = "\
Examples:
  pycxray dis hello.pyc
  pycxray dis --color always hello.pyc | less -R
  pycxray dis --show-caches --show-positions hello.pyc       all that CPython 3.11 and later know
  diff <(pycxray dis --exact hello.pyc) <(python3.12 -m dis hello.py)
  diff <(pycxray dis old.pyc) <(pycxray dis new.pyc)         what a change of the source changed
  echo 64005300 | pycxray dis --code --python 3.8 -          bytecode alone
  pycxray dis program.exe!prog                               a script in a frozen program
  pycxray dis --python 3.8 code.bin                          marshalled code without a header";

/// What `pycxray dis` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Dis {
    #[command(flatten)]
    files: Files,
    /// Letter for letter what that version's dis.dis prints (CPython 2.7, 3.4 and later)
    #[arg(long, conflicts_with_all = ["show_caches", "show_positions", "file_offsets"])]
    exact: bool,
    /// A row for each field of the inline caches (3.11 and later)
    #[arg(long)]
    show_caches: bool,
    /// From where to where in the source: line:column-line:column (3.11 and later)
    #[arg(long)]
    show_positions: bool,
    /// Where in the file each instruction is, in hexadecimal
    #[arg(long)]
    file_offsets: bool,
    /// The files hold bytecode alone, as bytes or written out as hex; needs --python
    #[arg(long, conflicts_with = "file_offsets")]
    code: bool,
}

impl Dis {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        if self.code {
            return self.run_bytecode(reading.python, out);
        }
        self.files.each(reading, Wanted::Damage, out, |out, file| {
            if self.files.are_several() {
                out.text.push_str("==> ");
                out.text.push_str(file.title());
                out.text.push_str(" <==\n");
            }
            write(out, file, self.listing())
        })
    }

    /// Lists bytecode that has no code object around it.
    fn run_bytecode(&self, python: Option<&'static Python>, out: &mut Output) -> Result<Status, Stop> {
        let Some(python) = python else {
            return Err(Stop::Misused("--code needs --python: bytecode alone does not say whose it is".to_owned()));
        };
        let mut status = Status::Fine;
        for path in self.files.paths() {
            match input::read_bytecode(path, python) {
                Ok(file) => write(out, &file, self.listing())?,
                Err(error) => {
                    complain(format_args!("{}: {error}", input::shown_path(path)));
                    status = Status::Failed;
                }
            }
        }
        Ok(status)
    }

    fn listing(&self) -> ListingOptions {
        let mut options = ListingOptions::default();
        options.exact = self.exact;
        options.show_caches = self.show_caches;
        options.show_positions = self.show_positions;
        options.file_offsets = self.file_offsets;
        options
    }
}

/// The listings of a file.
fn write(out: &mut Output, file: &File, options: ListingOptions) -> Result<(), Stop> {
    if file.pyc.codes().is_empty() {
        complain(format_args!("{}: no code object could be read", file.title()));
    }
    let python = file.pyc.python();
    if options.exact && !has_exact(python) {
        complain(format_args!(
            "{}: what dis of {} {} prints is not known letter for letter; --exact writes what the nearest one would",
            file.title(),
            python.implementation,
            python.version
        ));
    }
    let mut painter = Painter::new(out);
    Listing::new(&file.pyc, options, limits()).write(&mut painter, &file.pyc);
    painter.finish()
}

/// Whether `--exact` writes what that version's own `dis` prints, letter for letter.
fn has_exact(python: &Python) -> bool {
    let version = python.version;
    python.implementation == Implementation::CPython && (version == Version::new(2, 7) || version >= Version::new(3, 4))
}
