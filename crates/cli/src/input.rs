//! Files, read and decoded.

use std::cell::OnceCell;
use std::ffi::{OsStr, OsString};
use std::io;

use pycxray::python::Python;
use pycxray::schema::JsonText;
use pycxray::{Code, Field, Inspection, Options, Pyc, shown};
use pycxray_container::{Kind, Limits, bytes_in_text, identify};

use crate::other::Other;
use crate::output::complain;
use crate::source::Source;
use crate::status::Status;

/// A file that was read and decoded.
pub(crate) struct File {
    /// What it is called; `None` for standard input.
    pub(crate) name: Option<OsString>,
    /// What to call it on a terminal.
    title: String,
    pub(crate) pyc: Pyc,
    /// Why not all of it is there, if it comes out of a container.
    pub(crate) trouble: Option<String>,
    /// What was found besides, inside bytecode and tables.
    inspection: OnceCell<Inspection>,
    wanted: Wanted,
}

impl File {
    /// The code objects of this name or qualified name, each with its place among all.
    pub(crate) fn codes_named<'f>(&'f self, name: &'f str) -> impl Iterator<Item = (usize, Code<'f>)> {
        let codes = self.pyc.codes().iter().enumerate();
        let codes = codes.filter_map(|(place, &node)| Some((place, self.pyc.code(node)?)));
        codes.filter(|(_, code)| {
            [Field::Qualname, Field::Name].into_iter().any(|field| code.text(field) == Some(name.as_bytes()))
        })
    }

    /// What to call it on a terminal.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// What was found besides, inside bytecode and tables; looked for when first asked for.
    pub(crate) fn inspection(&self) -> &Inspection {
        self.inspection.get_or_init(|| match self.wanted {
            Wanted::Damage => Inspection { diagnostics: self.pyc.damage().to_vec(), findings: Vec::new() },
            Wanted::Everything => self.pyc.inspect(now()),
        })
    }
}

/// What is looked for besides what decoding tells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// Damage alone, which the exit status tells of.
    Damage,
    /// All that is worth knowing.
    Everything,
}

/// How files are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    /// The Python to read them as, whatever they say.
    pub(crate) python: Option<&'static Python>,
    /// Whether what a transfer did to them is undone.
    pub(crate) repair: bool,
}

/// What a path leads to.
pub(crate) enum Found {
    /// Something that is read as Python bytecode.
    Pyc(Box<File>),
    /// Something else, which may hold such files.
    Other(Box<Other>),
}

/// Reads a file, or a member of one, and decodes it; `-` is standard input. What is no bytecode by its contents is decoded all the
/// same if a Python is given.
pub(crate) fn read(path: &OsStr, reading: Reading, wanted: Wanted) -> io::Result<Found> {
    let source = Source::of(path)?;
    let (name, title) = ((path != "-").then(|| path.to_owned()), shown_path(path));
    let python = reading.python;
    let source = if python.is_some() { source } else { source.written_out() };
    let source = if reading.repair { source.repaired() } else { source };
    let kind = identify(&source.bytes);
    if python.is_none() && !kind.is_code() && !matches!(kind, Kind::Unknown | Kind::Empty) {
        return Ok(Found::Other(Box::new(Other::new(title, kind, source.bytes))));
    }
    let options = Options { python, likely: source.python, ..Options::default() };
    let pyc = Pyc::parse_with(source.bytes, options);
    let (trouble, inspection) = (source.trouble, OnceCell::new());
    Ok(Found::Pyc(Box::new(File { name, title, pyc, trouble, inspection, wanted })))
}

/// The same, for who needs bytecode: anything else is complained of, and ends with this status.
pub(crate) fn read_pyc(path: &OsStr, reading: Reading, wanted: Wanted) -> Result<File, Status> {
    match read(path, reading, wanted) {
        Ok(Found::Pyc(file)) => Ok(*file),
        Ok(Found::Other(other)) => {
            other.complain();
            Err(Status::Problems)
        }
        Err(error) => {
            complain(format_args!("{}: {error}", shown_path(path)));
            Err(Status::Failed)
        }
    }
}

/// Bytecode that stands alone in a file, or is written out in a text, as a code object of this Python.
pub(crate) fn read_bytecode(path: &OsStr, python: &'static Python) -> io::Result<File> {
    let source = Source::of(path)?;
    let bytecode = match bytes_in_text(&source.bytes, &Limits::default()) {
        Some((_, bytes)) => bytes,
        None if matches!(identify(&source.bytes), Kind::Text | Kind::Source) => {
            let is_hex = |byte: &u8| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace();
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                match source.bytes.iter().all(is_hex) {
                    true => "it looks like hex, but its digits do not come in pairs",
                    false => {
                        "it is a text, but none that writes bytes out: hex, a hex dump, a literal, numbers, base64"
                    }
                },
            ));
        }
        None => source.bytes.to_vec(),
    };
    let pyc = Pyc::of_bytecode(&bytecode, python);
    let title = shown_path(path);
    Ok(File { name: None, title, pyc, trouble: None, inspection: OnceCell::new(), wanted: Wanted::Damage })
}

/// A path as a terminal can show it: names of files may hold whatever a terminal obeys.
pub(crate) fn shown_path(path: &OsStr) -> String {
    if path == "-" {
        return "standard input".to_owned();
    }
    shown(path.as_encoded_bytes(), usize::MAX)
}

/// A path as JSON has it: whole, whatever it holds.
pub(crate) fn json_path(path: &OsStr) -> JsonText<'_> {
    JsonText::from(path.as_encoded_bytes())
}

/// Seconds since 1970, UTC.
fn now() -> Option<u64> {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok().map(|passed| passed.as_secs())
}
