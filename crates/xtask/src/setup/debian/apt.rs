//! Debian's packages: installed for the machine, or fetched into a folder of ours and unpacked there.

use crate::cache::remove_folder;
use crate::process::{Run, find_program};
use crate::report;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::path::{Path, PathBuf};

/// Whether packages can be installed for the whole machine: it has apt, and the user is its administrator.
pub(in crate::setup) fn may_install() -> bool {
    is_there() && Run::new("id").arg("-u").quiet().is_ok_and(|id| id.trim() == "0")
}

/// Whether the machine has apt.
pub(in crate::setup) fn is_there() -> bool {
    find_program("apt-get", &[]).is_some()
}

/// Installs packages for the whole machine.
pub(in crate::setup) fn install(what: &str, why: &str, packages: &[&str]) -> Result<()> {
    report::step(what, format_args!("{why}; apt-get installs {}", packages.join(" and ")), || {
        // Another apt at work is waited for.
        let apt = || {
            let run = Run::new("apt-get").words("-qq -y --no-install-recommends -o DPkg::Lock::Timeout=600");
            run.env("DEBIAN_FRONTEND", "noninteractive")
        };
        apt().arg("update").quiet()?;
        packages.iter().fold(apt().arg("install"), Run::arg).quiet().map(drop)
    })
}

/// Packages that are fetched without being installed, with lists of our own; nobody need be administrator for that.
pub(super) struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// The packages that the machine is set up for. What is fetched and read goes to `folder`.
    pub(super) fn of_the_machine(folder: &Path) -> Result<Self> {
        Self::open(folder, "")
    }

    /// The packages in other `suites` of Debian, from the mirror that the machine itself uses.
    pub(super) fn of_suites(folder: &Path, suites: &str) -> Result<Self> {
        let sources = folder.join("suites.sources");
        let keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
        let mirror = mirror()?;
        let text = format!("Types: deb\nURIs: {mirror}\nSuites: {suites}\nComponents: main\nSigned-By: {keys}\n");
        fs::create_dir_all(folder)?;
        fs::write(&sources, &text)?;
        Self::open(folder, &format!("Dir::Etc::sourcelist \"{}\";\nDir::Etc::sourceparts \"-\";\n", sources.display()))
    }

    fn open(folder: &Path, settings: &str) -> Result<Self> {
        let archive = Self { folder: folder.to_path_buf() };
        let path = folder.display();
        let own = format!("Dir::State::lists \"{path}/lists\";\nDir::Cache \"{path}/cache\";\n");
        let quick = "Acquire::Languages \"none\";\nDebug::NoLocking \"1\";\nAPT::Sandbox::User \"\";\n";
        fs::create_dir_all(folder.join("lists").join("partial"))?;
        fs::create_dir_all(archive.packages().join("partial"))?;
        fs::write(archive.settings(), format!("{settings}{own}{quick}"))?;
        // Among many sources one may be out of reach. Whether what is needed is there, the next steps find out.
        let _ = archive.run("apt-get").words("-qq update").quiet();
        Ok(archive)
    }

    fn settings(&self) -> PathBuf {
        self.folder.join("apt.conf")
    }

    fn packages(&self) -> PathBuf {
        self.folder.join("cache").join("archives")
    }

    fn run(&self, program: &str) -> Run {
        Run::new(program).env("APT_CONFIG", self.settings()).folder(&self.folder)
    }

    /// The newest version of `package` that begins with `prefix`.
    pub(super) fn version(&self, package: &str, prefix: &str) -> Result<String> {
        // " rust-src | 1.95.0+dfsg1-2 | ADDRESS sid/main amd64 Packages"
        let table = self.run("apt-cache").arg("madison").arg(package).quiet()?;
        let mut versions = table.lines().filter_map(|row| row.split('|').nth(1)).map(str::trim);
        let found = versions.find(|version| version.starts_with(prefix));
        Ok(found.with_context(|| format!("Debian has no {package} {prefix}"))?.to_owned())
    }

    /// Unpacks a single package (`name=version`) into `root`: those of its files that fit `pattern`.
    pub(super) fn unpack(&self, package: &str, pattern: &str, root: &Path) -> Result<()> {
        let folder = self.folder.join("single");
        remove_folder(&folder)?;
        fs::create_dir_all(&folder)?;
        fs::create_dir_all(root)?;
        self.run("apt-get").words("-qq download").arg(package).folder(&folder).quiet()?;
        for package in packages_in(&folder)? {
            let pipe = "dpkg-deb --fsys-tarfile \"$1\" | tar -x -C \"$2\" --wildcards \"$3\"";
            Run::new("sh").arg("-c").arg(pipe).arg("sh").arg(&package).arg(root).arg(pattern).quiet()?;
        }
        Ok(())
    }

    /// Unpacks packages into `root`, together with all that they need and the machine does not have.
    pub(super) fn unpack_all(&self, packages: &[&str], root: &Path) -> Result<()> {
        let run = self.run("apt-get").words("-qq -y --no-install-recommends --reinstall --download-only install");
        packages.iter().fold(run, Run::arg).quiet()?;
        fs::create_dir_all(root)?;
        for package in packages_in(&self.packages())? {
            Run::new("dpkg-deb").arg("-x").arg(&package).arg(root).quiet()?;
            fs::remove_file(&package)?;
        }
        Ok(())
    }
}

fn packages_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let packages: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "deb")).collect();
    if packages.is_empty() {
        bail!("apt-get left no package in {}", folder.display());
    }
    Ok(packages)
}

/// The address of the Debian mirror that the machine is set up with.
fn mirror() -> Result<String> {
    let ask = |filter: &[&str]| {
        let run = Run::new("apt-get").arg("indextargets").arg("--format").arg("$(REPO_URI)");
        let addresses = filter.iter().fold(run, Run::arg).quiet().unwrap_or_default();
        addresses.lines().find(|line| !line.contains("security")).map(str::to_owned)
    };
    // Only where lists have been read before is it known whose they are.
    ask(&["Origin: Debian"]).or_else(|| ask(&[])).context("apt knows no mirror of Debian")
}
