//! `pycxray strings`: the texts and byte strings of a file.

use std::sync::Arc;

use clap::{Args, ValueEnum};
use pycxray::{Field, Options, Pyc, StringFound, shown, strings};
use pycxray_container::Limits;

use crate::files::Files;
use crate::input::{Reading, Wanted};
use crate::members;
use crate::other::Other;
use crate::output::{Output, Stop, Style};
use crate::status::Status;

const ABOUT: &str = "List the texts and byte strings of a file, with what they look like";

const LONG_ABOUT: &str = "\
List the texts and byte strings of a file: where each stands, its length in bytes, what it looks like (url, host, path,
registry-key, encoded, plain), the code object that has it, and the string, on one line. Of an archive or a frozen program,
those of all members that are bytecode, under the name by which each is a file of its own.";

const AFTER: &str = "\
Examples:
  pycxray strings hello.pyc
  pycxray strings --min-length 40 --sort length hello.pyc
  pycxray strings --sort look --names program.exe!main
  pycxray strings --all program.exe";

/// What `pycxray strings` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Strings {
    #[command(flatten)]
    files: Files,
    /// How long a string is at the least, in bytes
    #[arg(long, short = 'n', value_name = "BYTES", default_value = "4")]
    min_length: u32,
    /// In which order: of the file, the longest first, or by what they look like
    #[arg(long, value_name = "ORDER", default_value = "offset")]
    sort: Sort,
    /// Names of variables, functions and attributes too
    #[arg(long)]
    names: bool,
    /// Of archives and programs, members of known libraries too
    #[arg(long, short)]
    all: bool,
}

/// The order of the strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    Offset,
    Length,
    Look,
}

/// How many bytes of a string are shown.
const SHOWN: usize = 4096;
/// How many of the name of its code object.
const NAME: usize = 60;

impl Strings {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        let titled = self.files.are_several();
        let members = |out: &mut Output, other: &Other| self.write_members(out, other);
        self.files.each_with_members(reading, Wanted::Damage, out, members, |out, file| {
            self.write(out, &file.pyc, titled.then_some(file.title()))
        })
    }

    /// Those of all members that are bytecode. `false` if there are none.
    fn write_members(&self, out: &mut Output, other: &Other) -> Result<bool, Stop> {
        let (mut outcome, mut has_code) = (Ok(()), false);
        members::walk(other.bytes(), Limits::default(), &mut |place| {
            let is_wanted = self.all || !place.container.members()[place.member].is_library;
            if is_wanted && place.kind.is_code() && outcome.is_ok() {
                has_code = true;
                let bytes = Arc::new(place.container.read(place.member).bytes);
                let likely = place.container.python_of(place.member);
                let pyc = Pyc::parse_with(bytes, Options { likely, ..Options::default() });
                let title = format!("{}!{}", other.title(), shown(place.address.as_bytes(), usize::MAX));
                outcome = self.write(out, &pyc, Some(&title));
            }
            is_wanted && outcome.is_ok()
        });
        outcome.map(|()| has_code)
    }

    fn write(&self, out: &mut Output, pyc: &Pyc, title: Option<&str>) -> Result<(), Stop> {
        let wanted = |found: &StringFound| found.length >= self.min_length && (self.names || !found.is_name);
        let mut found: Vec<StringFound> = strings(pyc).filter(wanted).collect();
        match self.sort {
            Sort::Offset => {}
            Sort::Length => found.sort_by_key(|found| std::cmp::Reverse(found.length)),
            Sort::Look => found.sort_by_key(|found| found.look),
        }
        if let Some(title) = title.filter(|_| !found.is_empty()) {
            out.styled(Style::Bold, format_args!("{title}:\n"));
        }
        for one in found {
            let row = format!(
                "{:#010x} {:>7}  {:<12} {:<20} ",
                pyc.tree().node(one.id).span.start,
                one.length,
                one.look.word(),
                owner(pyc, &one)
            );
            out.styled(Style::Dim, &row);
            out.text.push_str(&shown(pyc.text(one.id).unwrap_or_default(), SHOWN));
            out.text.push('\n');
            out.relieve()?;
        }
        Ok(())
    }
}

/// The name of the code object that a string stands in.
fn owner(pyc: &Pyc, found: &StringFound) -> String {
    let code = found.code.and_then(|id| pyc.code(id));
    let name = code.and_then(|code| code.text(Field::Qualname).or_else(|| code.text(Field::Name)));
    shown(name.unwrap_or(b"-"), NAME)
}
