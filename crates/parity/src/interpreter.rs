//! The interpreters on a machine, and what they say.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pycxray::Version;
use pycxray::python::{self, Python};

/// What an interpreter runs to compile its standard library.
const COMPILE: &str = concat!(include_str!("library.py"), "\nlist(compiled(*ARGUMENTS))\n");
/// What it runs to say what it makes of that.
const LISTING: &str = concat!(include_str!("dis_of_pypy.py"), include_str!("library.py"), include_str!("listing.py"));
/// What it runs to compile source again, and compare.
const AGAIN: &str = concat!(include_str!("dis_of_pypy.py"), include_str!("again.py"));
/// What node runs to have the interpreter in `pyodide` do the same.
const PYODIDE: &str = include_str!("pyodide.mjs");

/// How an interpreter is run.
enum How {
    Native(PathBuf),
    Pyodide(PathBuf),
}

/// An interpreter.
pub(crate) struct Interpreter {
    how: How,
    /// Such as `CPython 3.12.1`.
    pub(crate) title: String,
    /// Such as `cpython-3.12`.
    pub(crate) folder: String,
}

impl Interpreter {
    /// The interpreter of this path.
    pub(crate) fn native(path: PathBuf) -> Result<Self, String> {
        let ask = "import sys, platform; print(platform.python_implementation() + ' ' + platform.python_version())";
        let run = Command::new(&path).args(["-c", ask]).stdin(Stdio::null()).output();
        let run = run.map_err(|error| format!("{} cannot be run: {error}", path.display()))?;
        let title = String::from_utf8_lossy(&run.stdout).trim().to_owned();
        Self::new(How::Native(path.clone()), title)
            .ok_or_else(|| format!("{} does not say which Python it is", path.display()))
    }

    /// The interpreter in npm's `pyodide`.
    pub(crate) fn pyodide(folder: PathBuf) -> Result<Self, String> {
        let lock = fs::read_to_string(folder.join("pyodide-lock.json"))
            .map_err(|error| format!("{} is no unpacked pyodide: {error}", folder.display()))?;
        let lock: serde_json::Value = serde_json::from_str(&lock).map_err(|error| error.to_string())?;
        let version = lock["info"]["python"].as_str().unwrap_or_default();
        let folder = fs::canonicalize(&folder).map_err(|error| error.to_string())?;
        Self::new(How::Pyodide(folder), format!("CPython {version}")).ok_or_else(|| "which Python is it?".to_owned())
    }

    fn new(how: How, title: String) -> Option<Self> {
        let (implementation, version) = title.split_once(' ')?;
        let mut numbers = version.split('.');
        let folder = format!("{}-{}.{}", implementation.to_lowercase(), numbers.next()?, numbers.next()?);
        Some(Self { how, title, folder })
    }

    /// Lets it compile its standard library into a folder.
    pub(crate) fn compile(&self, out: &Path, limit: usize) -> Result<(), String> {
        self.run(COMPILE, out, limit)
    }

    /// Lets it compile its standard library into a folder, and say beside each file what it makes of it.
    pub(crate) fn list(&self, out: &Path, limit: usize) -> Result<(), String> {
        self.run(LISTING, out, limit)
    }

    /// Lets it compile the source that stands beside its files, and compare.
    pub(crate) fn compile_again(&self, out: &Path, limit: usize) -> Result<(), String> {
        self.run(AGAIN, out, limit)
    }

    /// Does something in a folder that is there only for that.
    pub(crate) fn in_folder<T>(&self, work: impl FnOnce(&Path) -> Result<T, String>) -> Result<T, String> {
        let out = std::env::temp_dir().join(format!("pycxray-parity-{}-{}", std::process::id(), self.folder));
        fs::create_dir_all(&out).map_err(|error| error.to_string())?;
        let outcome = work(&out);
        let _ = fs::remove_dir_all(&out); // left-overs in the temporary folder harm nobody
        outcome
    }

    /// Has it run a script.
    fn run(&self, script: &str, out: &Path, limit: usize) -> Result<(), String> {
        let mut command = match &self.how {
            How::Native(path) => {
                let mut command = Command::new(path);
                command.args(["-W", "ignore", "-c", script]).arg(out).arg(limit.to_string());
                command
            }
            How::Pyodide(folder) => {
                let node = out.join("pyodide.mjs");
                let script_file = out.join("script.py");
                fs::write(&node, PYODIDE)
                    .and_then(|()| fs::write(&script_file, script))
                    .map_err(|error| error.to_string())?;
                let mut command = Command::new("node");
                command.arg(node).arg(folder).arg(script_file).arg(out).arg(limit.to_string());
                command
            }
        };
        let run = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
        let run = run.map_err(|error| format!("it cannot be run: {error}"))?;
        if run.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&run.stderr);
        Err(format!("it failed: {}", said.lines().last().unwrap_or_default()))
    }
}

/// The files in a folder that have this extension.
pub(crate) fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    Ok(files)
}

/// One interpreter of each version: those of pyenv, then those on PATH.
pub(crate) fn find_all() -> Vec<Interpreter> {
    let home = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let pyenv = home("PYENV_ROOT").or_else(|| Some(home("HOME")?.join(".pyenv")));
    let versions = pyenv.and_then(|root| fs::read_dir(root.join("versions")).ok());
    let mut paths: Vec<PathBuf> =
        versions.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path().join("bin/python"))).collect();
    paths.sort();
    let names = ["python2.7", "pypy", "pypy3"].map(OsString::from).into_iter();
    let names = names.chain((4..16).map(|minor| OsString::from(format!("python3.{minor}"))));
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    paths.extend(names.filter_map(|name| folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file())));
    let mut seen = BTreeSet::new();
    let mut found: Vec<Interpreter> = paths
        .into_iter()
        .filter(|path| path.is_file())
        .filter_map(|path| Interpreter::native(path).ok())
        .filter(|interpreter| interpreter.is_supported() && seen.insert(interpreter.folder.clone()))
        .collect();
    found.sort_by_key(Interpreter::order);
    found
}

impl Interpreter {
    /// Implementation, then version.
    fn order(&self) -> (String, u32, u32) {
        let (implementation, version) = self.folder.split_once('-').unwrap_or_default();
        let mut numbers = version.split('.').map(|number| number.parse().unwrap_or_default());
        (implementation.to_owned(), numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default())
    }

    /// Whether source is made for its files.
    pub(crate) fn has_source(&self) -> bool {
        self.python().is_some_and(pycxray_source::is_supported_python)
    }

    /// What pycxray knows of it.
    pub(crate) fn python(&self) -> Option<&'static Python> {
        let (implementation, major, minor) = self.order();
        let version = Version::new(major as u8, minor as u8);
        let mut known = python::all().filter(|python| python.version == version);
        known.find(|python| python.implementation.name().to_lowercase() == implementation)
    }

    /// Whether what [`LISTING`] needs is there.
    fn is_supported(&self) -> bool {
        let (implementation, major, minor) = self.order();
        (implementation == "cpython" && (major, minor) == (2, 7)) || (major, minor) >= (3, 4)
    }
}
