//! `pycxray json`: everything that is known of a file.

use std::ffi::OsStr;
use std::io::Write;

use clap::Args;
use pycxray::schema;

use crate::files::Files;
use crate::input::{File, Reading, Wanted};
use crate::output::{Output, Stop};
use crate::status::Status;
use crate::text::limits;

const ABOUT: &str = "Write everything that is known of a file as JSON";

const LONG_ABOUT: &str = "\
Write everything that is known of a file as JSON (schema 1): header, code objects, constants, instructions with their
lines, columns and jump targets, exception tables, problems. What a Python does not have is null; of what is no .pyc file,
implementation and version are empty, and there are no candidates. Bytes of a name that are no text become lone surrogates,
as in Python.

Several files give several documents, one behind the other.";

const AFTER: &str = "\
Examples:
  pycxray json hello.pyc | jq -r '.codes[] | \"\\(.firstlineno) \\(.qualname // .name)\"'
  pycxray json hello.pyc | jq -r '.codes[].instructions[] | select(.opname == \"IMPORT_NAME\") | .argrepr'
  pycxray json *.pyc | jq -c '{file: .file.name, python: .python.version}'";

/// What `pycxray json` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Json {
    #[command(flatten)]
    files: Files,
}

impl Json {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        self.files.each(reading, Wanted::Damage, out, write)
    }
}

fn write(out: &mut Output, file: &File) -> Result<(), Stop> {
    out.flush()?;
    let more = || file.inspection().diagnostics.clone();
    let name = file.name.as_deref().map(OsStr::as_encoded_bytes);
    let mut writer = out.writer();
    schema::write_json(&mut writer, &file.pyc, name, limits(), more)?;
    Ok(writer.flush()?)
}
