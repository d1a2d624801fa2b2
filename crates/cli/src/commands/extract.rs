//! `pycxray extract`: what archives, frozen programs and loaders hold, as files.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use pycxray::counted;
use pycxray_container::{Kind, Limits, Role};

use crate::files::Files;
use crate::input;
use crate::members::{self, Place};
use crate::output::{Output, Stop, complain};
use crate::source::Source;
use crate::status::Status;

const ABOUT: &str = "Write what archives, frozen programs and loaders hold as files";

const LONG_ABOUT: &str = "\
Write what archives, frozen programs and loaders hold as files below a folder. Code that lacks its header gets one with the
magic number of its siblings. Names are made harmless: nothing is written outside of the folder, and nothing that is there
is written over.";

const AFTER: &str = "\
Examples:
  pycxray extract program.exe -o program
  pycxray extract loader.py -o payloads && pycxray dis payloads/*.pyc";

/// How many names are tried for a file whose name is taken.
const TRIES: usize = 1_000;
/// The longest name of a file, in bytes.
const NAME: usize = 120;

/// What `pycxray extract` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Extract {
    #[command(flatten)]
    files: Files,
    /// The folder to write to; it is made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: PathBuf,
    /// Members of known libraries too
    #[arg(long, short)]
    all: bool,
}

impl Extract {
    pub(crate) fn run(&self, out: &mut Output) -> Result<Status, Stop> {
        let mut status = Status::Fine;
        for path in self.files.paths() {
            let title = input::shown_path(path);
            match Source::of(path) {
                Ok(source) => status = status.max(self.extract(out, &title, source)),
                Err(error) => {
                    complain(format_args!("{title}: {error}"));
                    status = Status::Failed;
                }
            }
        }
        Ok(status)
    }

    fn extract(&self, out: &mut Output, title: &str, source: Source) -> Status {
        let (mut written, mut status) = (0, Status::Fine);
        let container = members::walk(source.bytes, Limits::default(), &mut |place| {
            let member = &place.container.members()[place.member];
            let is_wanted = self.all || !member.is_library;
            if is_wanted && member.role != Role::Setting {
                match write(&self.output, place) {
                    Ok(None) => written += 1,
                    Ok(Some(trouble)) => {
                        complain(format_args!("{title}!{}: {trouble}", pycxray::shown(place.address.as_bytes(), NAME)));
                        status = status.max(Status::Problems);
                        written += 1;
                    }
                    Err(error) => {
                        complain(format_args!("{title}!{}: {error}", pycxray::shown(place.address.as_bytes(), NAME)));
                        status = Status::Failed;
                    }
                }
            }
            is_wanted
        });
        let Some(container) = container else {
            complain(format_args!("{title}: it holds no members and no payloads"));
            return Status::Problems;
        };
        let count = counted(written, "file");
        out.put(format_args!("{title}: {count} written to {}\n", input::shown_path(self.output.as_os_str())));
        if container.diagnostics().is_empty() { status } else { status.max(Status::Problems) }
    }
}

/// Writes a member below a folder. `Some` says why not all of it is there.
fn write(folder: &Path, place: &Place<'_>) -> io::Result<Option<String>> {
    let member = &place.container.members()[place.member];
    let unpacked = place.container.export(place.member);
    let path = folder.join(harmless(place.address, member.role, place.kind));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    create(&path)?.write_all(&unpacked.bytes)?;
    Ok(unpacked.trouble)
}

/// A new file of this name, or of one that differs by a number.
fn create(path: &Path) -> io::Result<fs::File> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..TRIES {
        let mut name = path.as_os_str().to_owned();
        if number > 0 {
            name.push(format!("~{number}"));
        }
        match OpenOptions::new().write(true).create_new(true).open(name) {
            Ok(file) => return Ok(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// The names that lead to a member as a path that stays below where it is put: no `..`, no drive, no root, nothing that a system
/// takes for more than a name. What is in a container gets a folder beside it.
fn harmless(address: &str, role: Role, kind: Kind) -> PathBuf {
    let mut path = PathBuf::new();
    let mut names = address.split('!').peekable();
    while let Some(name) = names.next() {
        let is_last = names.peek().is_none();
        let parts: Vec<&str> = match is_last && matches!(role, Role::Module | Role::Package) {
            true => name.split('.').collect(),
            false => name.split(['/', '\\']).collect(),
        };
        let parts: Vec<String> = parts.into_iter().filter_map(harmless_name).collect();
        let count = parts.len();
        for (index, part) in parts.into_iter().enumerate() {
            let is_folder = !is_last && index + 1 == count;
            path.push(if is_folder { format!("{part}.d") } else { part });
        }
    }
    if path.as_os_str().is_empty() {
        path.push("_");
    }
    if role == Role::Package {
        path.push("__init__");
    }
    let ending = kind.ending(&path.to_string_lossy());
    path.as_mut_os_string().push(ending);
    path
}

/// A part of a path that is a name and no more; `None` where nothing is left of it.
fn harmless_name(name: &str) -> Option<String> {
    let is_odd = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let kept: String = name.chars().map(|c| if is_odd(c) { '_' } else { c }).collect();
    let kept = kept.trim_matches([' ', '.']);
    let end = kept.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= NAME).last()?;
    let kept = &kept[..end];
    // Names that Windows keeps for devices, with or without an extension.
    let stem = kept.split('.').next().unwrap_or(kept).to_ascii_uppercase();
    let is_device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || ((stem.starts_with("COM") || stem.starts_with("LPT")) && stem.len() == 4);
    Some(if is_device { format!("_{kept}") } else { kept.to_owned() })
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_name_leads_outside(address in "([./\\\\!: ~a-z\u{0}-\u{1f}]|\\.\\.|\\PC){0,40}", role in 0_usize..4) {
            let role = [Role::File, Role::Module, Role::Package, Role::Script][role];
            for kind in [Kind::Text, Kind::Code] {
                let path = harmless(&address, role, kind);
                prop_assert!(path.components().next().is_some());
                for part in path.components() {
                    let Component::Normal(name) = part else { panic!("{address:?} leads to {}", path.display()) };
                    let name = name.to_str().expect("text");
                    prop_assert!(!name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)), "{name:?}");
                    prop_assert!(name.len() <= NAME + 8, "{name:?}");
                }
            }
        }
    }

    #[test]
    fn names_lead_nowhere_else() {
        let path = |name, role| harmless(name, role, Kind::Text).to_string_lossy().replace('\\', "/");
        for (name, wanted) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\Windows\\x.dll", "C_/Windows/x.dll"),
            ("a/./b//c", "a/b/c"),
            ("..", "_"),
            ("nul.txt", "_nul.txt"),
            ("PYZ-00.pyz!../x", "PYZ-00.pyz.d/x"),
        ] {
            assert_eq!(path(name, Role::File), wanted, "{name}");
        }
        let module = |name, role| harmless(name, role, Kind::Code).to_string_lossy().replace('\\', "/");
        assert_eq!(module("PYZ-00.pyz!shop.basket", Role::Module), "PYZ-00.pyz.d/shop/basket.pyc");
        assert_eq!(module("shop", Role::Package), "shop/__init__.pyc");
        assert_eq!(module("prog", Role::Script), "prog.pyc");
    }
}
