//! What is measured with: the standard library of a Python found on the machine, compiled by it.

use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use std::fmt;
use std::path::{Path, PathBuf};

/// The script that compiles the library.
const SCRIPT: &str = include_str!("corpus.py");

/// Where a Python is looked for: 3.12 before all others, because the aims are stated for it.
const PYTHONS: [&str; 6] = ["python3.12", "python3.13", "python3.11", "python3.10", "python3", "python"];

/// The files, and the Python that made them.
pub(super) struct Corpus {
    /// `CPython 3.12.1`, or that there is none.
    pub(super) python: String,
    /// The program, if there is one.
    pub(super) program: Option<PathBuf>,
    /// The whole library.
    pub(super) whole: Files,
    /// Some of it, for what takes long elsewhere.
    pub(super) sample: Files,
}

/// Some files.
pub(super) struct Files {
    /// The file that names them; `None` for the fixtures, which the benchmarks find by themselves.
    pub(super) list: Option<PathBuf>,
    pub(super) count: usize,
    pub(super) bytes: u64,
}

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} files, {:.1} MB", self.count, self.bytes as f64 / 1e6)
    }
}

impl Files {
    fn listed(list: PathBuf) -> Result<Self> {
        let text = std::fs::read_to_string(&list).doing(format_args!("read {}", list.display()))?;
        let (mut count, mut bytes) = (0, 0);
        for path in text.lines() {
            count += 1;
            bytes += std::fs::metadata(path).doing(format_args!("look at {path}"))?.len();
        }
        Ok(Self { list: Some(list), count, bytes })
    }
}

impl Corpus {
    /// Finds a Python, or takes that at `chosen`, and has it compile its library, once.
    pub(super) fn find(project: &Project, chosen: Option<&str>) -> Result<Self> {
        let folder = project.target().join("bench");
        let found = match chosen {
            Some(path) => {
                let version = version_of(Path::new(path));
                Some(
                    version
                        .map(|version| (PathBuf::from(path), version))
                        .ok_or_else(|| Failure::new(format!("{path} does not run, or is no CPython 3.7 or later")))?,
                )
            }
            None => PYTHONS.iter().filter_map(|name| find_program(name, &[])).find_map(|program| {
                let version = version_of(&program)?;
                Some((program, version))
            }),
        };
        let Some((program, version)) = found else {
            report::note("no Python was found: the fixtures are measured, and nothing is beside them");
            return Self::of_fixtures(project);
        };
        let library = folder.join(format!("cpython-{version}"));
        if !library.join("whole.list").is_file() {
            let script = folder.join("corpus.py");
            disk::write(&script, SCRIPT)?;
            report::step("library", format_args!("compiled once by CPython {version}"), || {
                Run::new(&program).words("-W ignore").arg(&script).arg(&library).quiet().map(drop)
            })?;
        }
        let whole = Files::listed(library.join("whole.list"))?;
        let sample = Files::listed(library.join("sample.list"))?;
        Ok(Self { python: format!("CPython {version}"), program: Some(program), whole, sample })
    }

    fn of_fixtures(project: &Project) -> Result<Self> {
        let files = || {
            let (mut count, mut bytes) = (0, 0);
            for folder in
                disk::entries(&project.root.join("tests").join("fixtures"))?.iter().filter(|path| path.is_dir())
            {
                for file in disk::entries(folder)? {
                    if file.extension().is_some_and(|extension| extension == "pyc") {
                        count += 1;
                        bytes += std::fs::metadata(&file).doing(format_args!("look at {}", file.display()))?.len();
                    }
                }
            }
            Ok(Files { list: None, count, bytes })
        };
        Ok(Self { python: "nothing".to_owned(), program: None, whole: files()?, sample: files()? })
    }
}

/// The version of a CPython that writes headers of 16 bytes, and runs.
fn version_of(program: &Path) -> Option<String> {
    let ask = "import sys; print(*sys.version_info[:3], sep='.') if sys.implementation.name == 'cpython' and sys.version_info >= (3, 7) else None";
    let says = Run::new(program).arg("-c").arg(ask).quiet().ok()?;
    let version = says.trim();
    version.split('.').all(|number| number.parse::<u32>().is_ok()).then(|| version.to_owned())
}
