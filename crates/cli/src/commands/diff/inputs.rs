//! What is compared: a file, or all code that a folder or a container holds.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Options, Pyc};
use pycxray_container::{Kind, Limits, identify};

use crate::bytes::bytes_of;
use crate::input::{self, Reading};
use crate::members;
use crate::source::Source;
use crate::walk;

/// One side of a comparison.
pub(super) enum Input {
    /// A file of bytecode.
    One(Box<Pyc>),
    /// What holds several.
    Many(Inputs),
}

/// The files of a folder, or the members of a container.
pub(super) struct Inputs {
    prefix: String,
    names: Vec<String>,
    files: Vec<File>,
    reading: Reading,
}

/// Where the bytes of a file are.
enum File {
    Path(OsString),
    Member(Arc<Vec<u8>>, Option<&'static Python>),
}

impl Input {
    /// What a path leads to.
    pub(super) fn of(path: &OsStr, reading: Reading) -> io::Result<Self> {
        if path != "-" && Path::new(path).is_dir() {
            return Ok(Self::Many(Inputs::of_folder(path, reading)));
        }
        let source = Source::of(path)?;
        let source = if reading.python.is_some() { source } else { source.written_out() };
        let source = if reading.repair { source.repaired() } else { source };
        let kind = identify(&source.bytes);
        if reading.python.is_none() && kind.is_container() {
            return Ok(Self::Many(Inputs::of_container(path, source.bytes, reading)));
        }
        if reading.python.is_none() && !kind.is_code() && !matches!(kind, Kind::Unknown | Kind::Empty) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("it is {kind}, and holds no code to compare"),
            ));
        }
        let options = Options { python: reading.python, likely: source.python, ..Options::default() };
        Ok(Self::One(Box::new(Pyc::parse_with(source.bytes, options))))
    }
}

impl Inputs {
    fn of_folder(path: &OsStr, reading: Reading) -> Self {
        let root = Path::new(path);
        let unreadable = RefCell::new(Vec::new());
        let files = walk::files(&path.to_owned(), &mut |path, error| {
            unreadable.borrow_mut().push(format!("{}: {error}", input::shown_path(path.as_os_str())));
        });
        unreadable.into_inner().iter().for_each(|said| crate::output::complain(format_args!("{said}")));
        let name = |file: &OsString| {
            let path = Path::new(file);
            let parts = path.strip_prefix(root).unwrap_or(path).components();
            parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
        };
        let names = files.iter().map(name).collect();
        let prefix = format!("{}/", root.to_string_lossy().trim_end_matches('/'));
        Self { prefix, names, files: files.into_iter().map(File::Path).collect(), reading }
    }

    fn of_container(path: &OsStr, bytes: Arc<Vec<u8>>, reading: Reading) -> Self {
        let prefix = format!("{}!", path.to_string_lossy());
        let mut inputs = Self { prefix, names: Vec::new(), files: Vec::new(), reading };
        members::walk(bytes, Limits::default(), &mut |place| {
            if place.kind.is_code() {
                let unpacked = place.container.read(place.member);
                inputs.names.push(place.address.to_owned());
                let python = place.container.python_of(place.member);
                inputs.files.push(File::Member(Arc::new(unpacked.bytes), python));
            }
            // What hides in constants is a part of the code.
            !place.kind.is_code()
        });
        inputs
    }

    /// What stands before each name, to tell where it is.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The names of the files within.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// One of the files.
    pub(super) fn read(&self, position: usize) -> io::Result<Pyc> {
        let (bytes, likely) = match &self.files[position] {
            File::Path(path) => (Arc::new(bytes_of(path)?), None),
            File::Member(bytes, python) => (Arc::clone(bytes), *python),
        };
        Ok(Pyc::parse_with(bytes, Options { python: self.reading.python, likely, ..Options::default() }))
    }
}
