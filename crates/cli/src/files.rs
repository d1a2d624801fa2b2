//! The files that a command is given, and what is done with each.

use std::ffi::OsString;

use clap::{Args, ValueHint};
use pycxray::counted;

use crate::input::{self, File, Found, Reading, Wanted};
use crate::other::Other;
use crate::output::{Output, Stop, allowance, complain};
use crate::problems;
use crate::status::Status;

/// The files that a command is given.
#[derive(Args, Debug)]
pub(crate) struct Files {
    /// Files to read; '-' is standard input, 'FILE!MEMBER' what is in an archive or program
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    paths: Vec<OsString>,
    /// End the output for a file after so many bytes; unless given, 8 MiB and 200 times the file's size
    #[arg(long, value_name = "BYTES")]
    max_output: Option<u64>,
}

impl Files {
    /// Whether there is more than one.
    pub(crate) fn are_several(&self) -> bool {
        self.paths.len() > 1
    }

    /// The files.
    pub(crate) fn paths(&self) -> &[OsString] {
        &self.paths
    }

    /// Reads one file after the other and has `write` say what is wanted of it, with an empty line between two. A file that
    /// cannot be read is told of, and the others are read all the same.
    pub(crate) fn each(
        &self,
        reading: Reading,
        wanted: Wanted,
        out: &mut Output,
        write: impl FnMut(&mut Output, &File) -> Result<(), Stop>,
    ) -> Result<Status, Stop> {
        self.each_with_members(reading, wanted, out, |_, _| Ok(false), write)
    }

    /// The same, with `write_members` for what is no bytecode itself. It answers whether there was anything to write; if not,
    /// what the file is is told as by [`Files::each`].
    pub(crate) fn each_with_members(
        &self,
        reading: Reading,
        wanted: Wanted,
        out: &mut Output,
        mut write_members: impl FnMut(&mut Output, &Other) -> Result<bool, Stop>,
        mut write: impl FnMut(&mut Output, &File) -> Result<(), Stop>,
    ) -> Result<Status, Stop> {
        read_stdin_once(&self.paths)?;
        let mut status = Status::Fine;
        for (position, path) in self.paths.iter().enumerate() {
            let found = match input::read(path, reading, wanted) {
                Ok(found) => found,
                Err(error) => {
                    complain(format_args!("{}: {error}", input::shown_path(path)));
                    status = Status::Failed;
                    continue;
                }
            };
            if position > 0 && out.has_begun() {
                out.text.push('\n');
            }
            let written = match &found {
                Found::Pyc(file) => bounded(out, self.max_output, (file.title(), file.pyc.bytes().len()), |out| {
                    write(out, file).map(|()| problems::status(file))
                }),
                Found::Other(other) => bounded(out, self.max_output, (other.title(), other.bytes().len()), |out| {
                    match (write_members(out, other)?, wanted) {
                        (true, _) => return Ok(Status::Fine),
                        (false, Wanted::Everything) => other.write(out),
                        (false, Wanted::Damage) => other.complain(),
                    }
                    Ok(Status::Problems)
                }),
            };
            status = status.max(written?.unwrap_or(Status::Problems));
        }
        Ok(status)
    }
}

/// Has `write` write up to so many bytes, or up to what a file of this size may have written. `None` where it would have written
/// more, which is said.
pub(crate) fn bounded<T>(
    out: &mut Output,
    max_output: Option<u64>,
    (title, size): (&str, usize),
    write: impl FnOnce(&mut Output) -> Result<T, Stop>,
) -> Result<Option<T>, Stop> {
    let allowed = max_output.unwrap_or_else(|| allowance(size as u64));
    out.allow(allowed);
    let written = write(out).and_then(|written| out.flush().map(|()| written));
    out.allow(u64::MAX);
    match written {
        Err(Stop::Exhausted) => {
            complain(format_args!(
                "{title}: the output ends, as it would have more than {}; --max-output raises that",
                counted(allowed, "byte")
            ));
            Ok(None)
        }
        other => other.map(Some),
    }
}

/// What standard input holds can be read only once.
pub(crate) fn read_stdin_once<'p>(paths: impl IntoIterator<Item = &'p OsString>) -> Result<(), Stop> {
    let is_stdin = |path: &&OsString| path.as_encoded_bytes().split(|&byte| byte == b'!').next() == Some(b"-");
    match paths.into_iter().filter(is_stdin).count() {
        0 | 1 => Ok(()),
        _ => Err(Stop::Misused("standard input, '-', can be read only once".to_owned())),
    }
}
