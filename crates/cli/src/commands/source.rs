//! `pycxray source`: Python that is proved to mean the same as the bytecode.

use clap::{Args, ValueEnum, ValueHint};
use pycxray::TokenKind;
use pycxray_source::schema::SourceText;
use pycxray_source::{Options, Sources, is_supported};

use crate::input::{self, File, Reading, Wanted};
use crate::output::{Output, Stop, Style, complain};
use crate::problems;
use crate::status::Status;

const ABOUT: &str = "Show a file as Python source, proved to mean the same as its bytecode";

const LONG_ABOUT: &str = "\
Show a file as Python source, proved to mean the same as its bytecode.

The first lines tell how many code objects are proved, and which are not, and why. What has no source stands in its place as
a comment with the instructions and a raise; the text compiles in any case. For files of CPython 2.7 and 3.6 to 3.15, and
of PyPy 3.9 to 3.11.";

const AFTER: &str = "\
Examples:
  pycxray source hello.pyc
  pycxray source hello.pyc Point.__init__                    one function, by its name or qualified name
  pycxray source --lines hello.pyc                           every statement on its original line
  pycxray source --format json hello.pyc                     text, what it owns, a verdict for each code object

The status is 1 when anything is not proved, or the file has problems, which is said on standard error.";

/// What `pycxray source` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Source {
    /// The file; '-' is standard input, 'FILE!MEMBER' what is in an archive or program
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: std::ffi::OsString,
    /// Only these code objects, by name or qualified name
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Every statement on its original line, where that is known and no statement before it reaches past it
    #[arg(long)]
    lines: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Python
    #[default]
    Text,
    /// An object with the text, ranges and verdicts, one a line where names are given
    Json,
}

impl Source {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        let file = match input::read_pyc(&self.file, reading, Wanted::Damage) {
            Ok(file) => file,
            Err(status) => return Ok(status),
        };
        if file.pyc.codes().is_empty() {
            complain(format_args!("{}: no code object could be read", file.title()));
            return Ok(problems::status(&file));
        }
        let found = file.pyc.python();
        if !is_supported(&file.pyc) {
            let (implementation, version) = (found.implementation, found.version);
            complain(format_args!(
                "{}: for {implementation} {version} there is a listing, and no source yet",
                file.title()
            ));
            return Ok(Status::Problems);
        }
        let sources = Sources::new(&file.pyc);
        let mut options = Options::default();
        options.keep_lines = self.lines;
        let Some(wanted) = self.wanted(&file, &sources, options) else { return Ok(Status::Failed) };
        let mut status = problems::status(&file);
        problems::complain_of(&file);
        for source in wanted {
            if !source.is_proved() {
                status = Status::Problems;
            }
            match self.format {
                Format::Text => paint(&source.text, out)?,
                Format::Json => {
                    let values = SourceText::of(&file.pyc, &source);
                    out.text.push_str(&serde_json::to_string(&values).unwrap_or_default());
                    out.text.push('\n');
                    out.relieve()?;
                }
            }
        }
        Ok(status)
    }

    /// The source of the file, or of the code objects asked for; `None` if one of them is not there.
    fn wanted(&self, file: &File, sources: &Sources<'_>, options: Options) -> Option<Vec<pycxray_source::Source>> {
        if self.names.is_empty() {
            return Some(vec![sources.module(options)]);
        }
        let mut wanted = Vec::new();
        for name in &self.names {
            let found: Vec<usize> = file.codes_named(name).map(|(place, _)| place).collect();
            if found.is_empty() {
                let name = pycxray::shown(name.as_bytes(), 200);
                complain(format_args!(
                    "{}: there is no code object {name}; without a command its names are shown",
                    file.title()
                ));
                return None;
            }
            wanted.extend(found.into_iter().filter_map(|index| sources.code(index, options)));
        }
        Some(wanted)
    }
}

/// Writes a source, in colours where they are wanted.
fn paint(text: &str, out: &mut Output) -> Result<(), Stop> {
    if !out.is_colored() {
        out.text.push_str(text);
        return out.relieve();
    }
    let mut written = 0;
    for (range, kind) in pycxray_source::tokens(text) {
        out.text.push_str(&text[written..range.start]);
        match style(kind) {
            Some(style) => out.styled(style, &text[range.clone()]),
            None => out.text.push_str(&text[range.clone()]),
        }
        written = range.end;
        out.relieve()?;
    }
    out.text.push_str(&text[written..]);
    out.relieve()
}

fn style(kind: TokenKind) -> Option<Style> {
    Some(match kind {
        TokenKind::Comment => Style::Dim,
        TokenKind::Keyword => Style::Cyan,
        TokenKind::String | TokenKind::Number => Style::Green,
        _ => return None,
    })
}
