//! Packages of the Python Package Index, for what pycxray is compared with.

use super::Tools;
use crate::failure::Result;
use crate::process::Run;
use crate::report;
use std::path::{Path, PathBuf};

impl Tools {
    /// A folder for PYTHONPATH that holds `package` in `version`, installed by the pip of `python`.
    pub(crate) fn python_package(&self, python: &Path, package: &str, version: &str) -> Result<PathBuf> {
        let what = format!("{package}-{version}");
        if self.cache.has(&what) {
            report::found(format_args!("{package} {version}"), "installed before");
        }
        self.cache.folder(&what, |folder, _| {
            let pip = Run::new(python).words("-m pip install --quiet --disable-pip-version-check --target");
            pip.arg(folder).arg(format!("{package}=={version}")).quiet().map(drop)
        })
    }
}
