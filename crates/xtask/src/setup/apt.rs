//! Debian's packages.

use crate::failure::{Doing, Failure, Result};
use crate::process::{Run, find_program};
use crate::report;
use std::path::{Path, PathBuf};

/// Whether packages can be installed for the whole machine: it has apt, and the user is its administrator.
pub(super) fn may_install() -> bool {
    is_there() && Run::new("id").arg("-u").quiet().is_ok_and(|id| id.trim() == "0")
}

/// Whether the machine has apt.
pub(super) fn is_there() -> bool {
    find_program("apt-get", &[]).is_some()
}

/// Installs packages for the whole machine.
pub(super) fn install(what: &str, why: &str, packages: &[&str]) -> Result {
    report::step(what, format_args!("{why}; apt-get installs {}", packages.join(" and ")), || {
        // Another apt at work is waited for.
        let apt = || {
            let run = Run::new("apt-get").words("-qq -y --no-install-recommends -o DPkg::Lock::Timeout=600");
            run.env("DEBIAN_FRONTEND", "noninteractive")
        };
        apt().arg("update").quiet()?;
        let mut run = apt().arg("install");
        for package in packages {
            run = run.arg(package);
        }
        run.quiet().map(drop)
    })
}

/// Packages fetched into a folder of ours: with lists of its own, so that suites can be used that the machine is not
/// set up for, and without installing anything.
pub(super) struct PrivateApt {
    folder: PathBuf,
}

impl PrivateApt {
    /// Reads the lists of Debian's `suites`, from the mirror that the machine itself uses.
    pub(super) fn with_suites(folder: &Path, suites: &str) -> Result<Self> {
        let apt = Self { folder: folder.to_path_buf() };
        for part in ["lists/partial", "cache/archives/partial"] {
            let part = folder.join(part);
            std::fs::create_dir_all(&part).doing(format_args!("make {}", part.display()))?;
        }
        let sources = folder.join("suites.sources");
        let keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
        let text = format!("Types: deb\nURIs: {}\nSuites: {suites}\nComponents: main\nSigned-By: {keys}\n", mirror()?);
        std::fs::write(&sources, text).doing(format_args!("write {}", sources.display()))?;
        let path = folder.display();
        let text = format!(
            "Dir::Etc::sourcelist \"{path}/suites.sources\";\nDir::Etc::sourceparts \"-\";\n\
             Dir::State::lists \"{path}/lists\";\nDir::Cache \"{path}/cache\";\nAcquire::Languages \"none\";\n"
        );
        std::fs::write(apt.settings(), text).doing(format_args!("write {}", apt.settings().display()))?;
        apt.run("apt-get").words("update -qq").quiet()?;
        Ok(apt)
    }

    fn settings(&self) -> PathBuf {
        self.folder.join("apt.conf")
    }

    fn run(&self, program: &str) -> Run {
        Run::new(program).env("APT_CONFIG", self.settings()).folder(&self.folder)
    }

    /// The versions of `package` that there are, the newest first.
    pub(super) fn versions(&self, package: &str) -> Result<Vec<String>> {
        // " rust-src | 1.95.0+dfsg1-2 | ADDRESS sid/main amd64 Packages"
        let table = self.run("apt-cache").arg("madison").arg(package).quiet()?;
        Ok(table.lines().filter_map(|row| row.split('|').nth(1)).map(|version| version.trim().to_owned()).collect())
    }

    /// Downloads `package` (`name` or `name=version`) and unpacks those of its files whose path matches `pattern`.
    pub(super) fn unpack(&self, package: &str, pattern: &str, into: &Path) -> Result {
        let folder = self.folder.join("packages").join(package.replace(['=', '/'], "-"));
        std::fs::create_dir_all(&folder).doing(format_args!("make {}", folder.display()))?;
        self.run("apt-get").words("download -qq").arg(package).folder(&folder).quiet()?;
        let files = std::fs::read_dir(&folder).doing(format_args!("read {}", folder.display()))?;
        let archive =
            files.flatten().map(|entry| entry.path()).find(|path| path.extension().is_some_and(|e| e == "deb"));
        let archive = archive.ok_or_else(|| Failure::new(format!("apt-get downloaded no {package}")))?;
        let tar = folder.join("files.tar");
        std::fs::create_dir_all(into).doing(format_args!("make {}", into.display()))?;
        Run::new("dpkg-deb").arg("--fsys-tarfile").arg(&archive).into_file(&tar)?;
        let run = Run::new("tar").arg("-xf").arg(&tar).arg("-C").arg(into);
        run.arg("--wildcards").arg(pattern).quiet().map(drop)
    }
}

/// The address of the Debian mirror that the machine is set up with.
fn mirror() -> Result<String> {
    let ask = |filter: &[&str]| {
        let mut run = Run::new("apt-get").arg("indextargets").arg("--format").arg("$(REPO_URI)");
        for filter in filter {
            run = run.arg(filter);
        }
        let addresses = run.quiet().unwrap_or_default();
        addresses.lines().find(|line| !line.contains("security")).map(str::to_owned)
    };
    // The first answer needs lists that have been read before; the second does not.
    let address = ask(&["Origin: Debian"]).or_else(|| ask(&[]));
    address.ok_or_else(|| Failure::new("apt knows no mirror of Debian"))
}
