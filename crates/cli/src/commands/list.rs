//! `pycxray list`: what archives, frozen programs and loaders hold.

use std::sync::Arc;

use clap::Args;
use pycxray::{Basis, Options, Pyc, counted};
use pycxray_container::{Kind, Limits};

use crate::commands::summary::origin;
use crate::files::Files;
use crate::input;
use crate::members::{self, Place};
use crate::output::{Output, Stop, Style, complain};
use crate::source::Source;
use crate::status::Status;

const ABOUT: &str = "List what archives, frozen programs and loaders hold";

const LONG_ABOUT: &str = "\
List what archives, frozen programs and loaders hold, down to the code: size in bytes, what it is, and the name behind
FILE! by which every command takes it.

Wheels, eggs, zip applications and other zip archives, tar archives, gzip, bz2, xz and zstd, programs frozen by PyInstaller,
py2exe and cx_Freeze, and whatever is encoded in the constants of a .pyc file or in the literals of a .py file.";

const AFTER: &str = "\
Examples:
  pycxray list program.exe
  pycxray list --all shop-1.0-py3-none-any.whl
  pycxray dis program.exe!PYZ-00.pyz!shop.basket";

/// What `pycxray list` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct List {
    #[command(flatten)]
    files: Files,
    /// Members of known libraries and of packaging too, which are counted alone otherwise
    #[arg(long, short)]
    all: bool,
}

impl List {
    pub(crate) fn run(&self, out: &mut Output) -> Result<Status, Stop> {
        let mut status = Status::Fine;
        for path in self.files.paths() {
            let title = input::shown_path(path);
            let source = match Source::of(path) {
                Ok(source) => source,
                Err(error) => {
                    complain(format_args!("{title}: {error}"));
                    status = Status::Failed;
                    continue;
                }
            };
            status = status.max(self.list(out, &title, source));
            out.relieve()?;
        }
        Ok(status)
    }

    fn list(&self, out: &mut Output, title: &str, source: Source) -> Status {
        let kind = pycxray_container::identify(&source.bytes);
        out.styled(Style::Bold, title);
        let mut rows = String::new();
        let mut libraries = 0;
        let container = members::walk(Arc::clone(&source.bytes), Limits::default(), &mut |place| {
            let is_library = place.container.members()[place.member].is_library;
            libraries += usize::from(is_library);
            if !is_library || self.all {
                rows.push_str(&row(place));
            }
            !is_library || self.all
        });
        let Some(container) = container else {
            let (name, is_code) = name_of_code(kind, source).map_or((kind.name(), kind.is_code()), |name| (name, true));
            out.put(format_args!(": {name}. It holds no members and no payloads.\n"));
            return if is_code { Status::Fine } else { Status::Problems };
        };
        out.put(format_args!(": {}\n{rows}", container.name()));
        if libraries > 0 && !self.all {
            let them = if libraries == 1 { "it" } else { "them" };
            let count = counted(libraries, "member");
            out.styled(Style::Dim, format_args!("{count} of known libraries or of packaging; --all lists {them}\n"));
        }
        for said in container.diagnostics() {
            complain(format_args!("{title}: {} at {:#x}: {}", said.severity.name(), said.span.start, said.message));
        }
        if container.diagnostics().is_empty() { Status::Fine } else { Status::Problems }
    }
}

/// What is to be said of bytecode that does not show by how it begins: it has to be decoded.
fn name_of_code(kind: Kind, source: Source) -> Option<String> {
    if kind != Kind::Unknown {
        return None;
    }
    let options = Options { likely: source.python, ..Options::default() };
    let pyc = Pyc::parse_with(source.bytes, options);
    (pyc.detection().basis != Basis::Nothing).then(|| origin(&pyc))
}

/// Size, what it is, and its name.
fn row(place: &Place<'_>) -> String {
    let member = &place.container.members()[place.member];
    let size = member.size.map_or_else(String::new, |size| size.to_string());
    let what = match (place.kind, place.container.python_of(place.member)) {
        (Kind::Code, Some(python)) => format!("code of {} {}", python.implementation, python.version),
        (Kind::Pyc(magic), _) => magic.writer(),
        (kind, _) => kind.name(),
    };
    let what = match member.chain() {
        Some(chain) => chain.leading_to(&what),
        None => what,
    };
    let name = pycxray::shown(place.address.as_bytes(), usize::MAX);
    format!("{size:>10}  {:8}  {name}  ({what})\n", member.role.name())
}
