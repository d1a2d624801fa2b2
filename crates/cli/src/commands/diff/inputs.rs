//! What is compared: a file, or all that a folder or a container holds.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Options, Pyc};
use pycxray_container::{Container, Kind, Limits, identify};

use crate::bytes::bytes_of;
use crate::input::{self, Reading};
use crate::output::complain;
use crate::source::Source;
use crate::walk;

/// One side of a comparison.
pub(super) enum Input {
    /// A file of bytecode.
    One(Box<Pyc>),
    /// What holds several.
    Many(Inputs),
}

/// The files of a folder, or the members of a container; of containers within them, what is in those.
pub(super) struct Inputs {
    /// What stands before each name, to tell where it is.
    prefix: OsString,
    names: Vec<OsString>,
    files: Vec<File>,
    containers: Vec<Container>,
    reading: Reading,
}

/// Where the bytes of a file are.
enum File {
    Path(OsString),
    Member {
        /// Which of the containers it is in.
        container: usize,
        /// Which of that one's members it is.
        member: usize,
    },
}

/// A file or member that was read.
pub(super) struct Found {
    pub(super) bytes: Arc<Vec<u8>>,
    /// The Python of the files beside it, if it is bytecode without a header.
    likely: Option<&'static Python>,
    /// Whether it is bytecode.
    pub(super) is_code: bool,
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
    fn new(prefix: OsString, reading: Reading) -> Self {
        Self { prefix, names: Vec::new(), files: Vec::new(), containers: Vec::new(), reading }
    }

    fn of_folder(path: &OsStr, reading: Reading) -> Self {
        let root = Path::new(path);
        let unreadable = RefCell::new(Vec::new());
        let files = walk::all_files(root, &mut |path, error| {
            unreadable.borrow_mut().push(format!("{}: {error}", input::shown_path(path.as_os_str())));
        });
        unreadable.into_inner().iter().for_each(|said| complain(format_args!("{said}")));
        let mut prefix = path.to_owned();
        if !prefix.as_encoded_bytes().ends_with(b"/") {
            prefix.push("/");
        }
        let mut inputs = Self::new(prefix, reading);
        for file in files {
            let path = Path::new(&file);
            let mut name = OsString::new();
            for part in path.strip_prefix(root).unwrap_or(path).components() {
                name.push(if name.is_empty() { "" } else { "/" });
                name.push(part);
            }
            // What cannot be read is told when it is compared.
            let bytes = bytes_of(&file).unwrap_or_default();
            match Container::open(Arc::new(bytes), Limits::default()) {
                Some(container) => {
                    tell_of(&container, &input::shown_path(&file));
                    inputs.add_members(container, &name);
                }
                None => inputs.add(name, File::Path(file)),
            }
        }
        inputs
    }

    fn of_container(path: &OsStr, bytes: Arc<Vec<u8>>, reading: Reading) -> Self {
        let mut prefix = path.to_owned();
        prefix.push("!");
        let mut inputs = Self::new(prefix, reading);
        if let Some(container) = Container::open(bytes, Limits::default()) {
            tell_of(&container, &input::shown_path(path));
            inputs.add_members(container, OsStr::new(""));
        }
        inputs
    }

    fn add(&mut self, name: OsString, file: File) {
        self.names.push(name);
        self.files.push(file);
    }

    /// Adds all that is in a container, and in those within it which are its author's.
    fn add_members(&mut self, outermost: Container, name: &OsStr) {
        let mut waiting = vec![(outermost, name.to_owned())];
        let mut left = Limits::default().total_bytes as u64;
        while let Some((container, around)) = waiting.pop() {
            for (member, told) in container.members().iter().enumerate() {
                let mut name = around.clone();
                name.push(if around.is_empty() { "" } else { "!" });
                name.push(&told.name);
                let fits = told.size.is_some_and(|size| size <= left);
                let can_be_opened = container.kind_of(member).is_container() && !told.is_library && fits;
                match if can_be_opened { container.open_member(member) } else { None } {
                    Some(inner) => {
                        left = left.saturating_sub(inner.bytes().len() as u64);
                        waiting.push((inner, name));
                    }
                    None => self.add(name, File::Member { container: self.containers.len(), member }),
                }
            }
            self.containers.push(container);
        }
    }

    /// Where one of the files is.
    pub(super) fn path(&self, position: usize) -> OsString {
        let mut path = self.prefix.clone();
        path.push(&self.names[position]);
        path
    }

    /// The names of the files within, as text.
    pub(super) fn names(&self) -> Vec<String> {
        // Bytes that are no text are escaped, so that two names stay two.
        self.names.iter().map(|name| name.to_str().map_or_else(|| input::shown_path(name), str::to_owned)).collect()
    }

    /// One of the files.
    pub(super) fn read(&self, position: usize) -> io::Result<Found> {
        match &self.files[position] {
            File::Path(path) => {
                let bytes = bytes_of(path)?;
                // One that is damaged is bytecode by its name.
                let is_code = identify(&bytes).is_code() || walk::is_compiled(Path::new(path));
                Ok(Found { bytes: Arc::new(bytes), likely: None, is_code })
            }
            &File::Member { container, member } => {
                let container = &self.containers[container];
                let is_code = container.kind_of(member).is_code();
                let bytes = Arc::new(container.read(member).bytes);
                Ok(Found { bytes, likely: container.python_of(member), is_code })
            }
        }
    }

    /// One that is bytecode, decoded.
    pub(super) fn decode(&self, found: &Found) -> Pyc {
        let options = Options { python: self.reading.python, likely: found.likely, ..Options::default() };
        Pyc::parse_with(Arc::clone(&found.bytes), options)
    }
}

/// Says on standard error what is wrong with a container: what it does not show was not compared.
fn tell_of(container: &Container, title: &str) {
    for said in container.diagnostics() {
        complain(format_args!("{title}: {} at {:#x}: {}", said.severity.name(), said.span.start, said.message));
    }
}
