//! What the command line says.

use std::ffi::OsString;

use lexopt::prelude::*;
use pycxray::python::{self, Python};
use pycxray::{Implementation, ListingOptions, Version};

use crate::help;

/// What is to be done with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Header, summary, problems, the shape of the code objects.
    Summary,
    /// Listings.
    Dis,
    /// The tree, or its leaves.
    Tree,
    /// Everything, as JSON.
    Json,
    /// Problems alone, of many files.
    Check,
}

impl Command {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "dis" => Self::Dis,
            "tree" => Self::Tree,
            "json" => Self::Json,
            "check" => Self::Check,
            _ => return None,
        })
    }
}

/// Whether the output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How `check` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A line for each file that has problems, and a total.
    Text,
    /// A JSON object for every file, one a line.
    Json,
}

/// A command with all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Arguments {
    pub(crate) command: Command,
    pub(crate) paths: Vec<OsString>,
    /// The Python that the files are read as, whatever they say.
    pub(crate) python: Option<&'static Python>,
    pub(crate) color: Color,
    pub(crate) listing: ListingOptions,
    /// `tree`: leaves as JSON.
    pub(crate) json: bool,
    /// `check`: the total alone.
    pub(crate) quiet: bool,
    /// `check`: no disassembly.
    pub(crate) decode_only: bool,
    pub(crate) format: Format,
    /// `check`: how many files at a time; 0 for as many as the machine has processors.
    pub(crate) jobs: usize,
}

/// What the user wants.
pub(crate) enum Request {
    /// A command.
    Run(Arguments),
    /// A text, such as the help.
    Print(String),
}

/// Reads the command line; the program's name comes first.
pub(crate) fn parse(line: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut parser = lexopt::Parser::from_iter(line);
    let mut arguments = Arguments {
        command: Command::Summary,
        paths: Vec::new(),
        python: None,
        color: Color::Auto,
        listing: ListingOptions::default(),
        json: false,
        quiet: false,
        decode_only: false,
        format: Format::Text,
        jobs: 0,
    };
    let mut named = false;
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Short('h') | Long("help") => {
                let command = named.then_some(arguments.command);
                return Ok(Request::Print(help::of(command)));
            }
            Short('V') | Long("version") => {
                return Ok(Request::Print(concat!("pycxray ", env!("CARGO_PKG_VERSION"), "\n").to_owned()));
            }
            Long("python") => arguments.python = Some(python_named(&value(&mut parser)?)?),
            Long("color" | "colour") => {
                arguments.color = match value(&mut parser)?.as_str() {
                    "auto" => Color::Auto,
                    "always" => Color::Always,
                    "never" => Color::Never,
                    other => return Err(format!("--color is auto, always or never, not '{other}'")),
                };
            }
            Long("show-caches") => arguments.listing.show_caches = true,
            Long("show-positions") => arguments.listing.show_positions = true,
            Long("file-offsets") => arguments.listing.file_offsets = true,
            Long("json") => arguments.json = true,
            Short('q') | Long("quiet") => arguments.quiet = true,
            Long("decode-only") => arguments.decode_only = true,
            Long("format") => {
                arguments.format = match value(&mut parser)?.as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    other => return Err(format!("--format is text or json, not '{other}'")),
                };
            }
            Short('j') | Long("jobs") => {
                let jobs = value(&mut parser)?;
                arguments.jobs = jobs.parse().map_err(|_| format!("--jobs is a number, not '{jobs}'"))?;
            }
            Long("completions") => return help::completions(&value(&mut parser)?).map(Request::Print),
            Value(word) => {
                let command = word.to_str().filter(|_| !named && arguments.paths.is_empty()).and_then(Command::named);
                match command {
                    Some(command) => {
                        arguments.command = command;
                        named = true;
                    }
                    None if word == "help" && !named && arguments.paths.is_empty() => {
                        let topic = parser.next().map_err(|error| error.to_string())?;
                        let command = match topic {
                            Some(Value(word)) => word.to_str().and_then(Command::named),
                            _ => None,
                        };
                        return Ok(Request::Print(help::of(command)));
                    }
                    None => arguments.paths.push(word),
                }
            }
            other => return Err(other.unexpected().to_string()),
        }
    }
    check_options(&arguments)?;
    if arguments.paths.is_empty() {
        return Err("no file is given".to_owned());
    }
    Ok(Request::Run(arguments))
}

/// Says so if an option belongs to another command.
fn check_options(arguments: &Arguments) -> Result<(), String> {
    let command = arguments.command;
    let given = [
        ("--show-caches", arguments.listing.show_caches, Command::Dis),
        ("--show-positions", arguments.listing.show_positions, Command::Dis),
        ("--file-offsets", arguments.listing.file_offsets, Command::Dis),
        ("--json", arguments.json, Command::Tree),
        ("--quiet", arguments.quiet, Command::Check),
        ("--decode-only", arguments.decode_only, Command::Check),
        ("--format", arguments.format != Format::Text, Command::Check),
        ("--jobs", arguments.jobs != 0, Command::Check),
    ];
    match given.iter().find(|(_, given, owner)| *given && *owner != command) {
        Some((option, _, owner)) => Err(format!("{option} belongs to 'pycxray {}'", help::name(*owner))),
        None => Ok(()),
    }
}

fn value(parser: &mut lexopt::Parser) -> Result<String, String> {
    let value = parser.value().map_err(|error| error.to_string())?;
    value.into_string().map_err(|raw| format!("'{}' is not text", raw.to_string_lossy()))
}

/// The Python of a name such as `3.9`, `pypy3.9` or `cpython-3.9`.
fn python_named(name: &str) -> Result<&'static Python, String> {
    let lower = name.to_ascii_lowercase();
    let (implementation, version) = match lower.strip_prefix("pypy") {
        Some(version) => (Implementation::PyPy, version),
        None => (Implementation::CPython, lower.strip_prefix("cpython").unwrap_or(&lower)),
    };
    let numbers = version.trim_start_matches(['-', ' ']).split_once('.');
    let version = numbers.and_then(|(major, minor)| Some(Version::new(major.parse().ok()?, minor.parse().ok()?)));
    version.and_then(|version| python::find(implementation, version)).ok_or_else(|| {
        let known = python::all().map(|python| match python.implementation {
            Implementation::CPython => python.version.to_string(),
            other => format!("{}{}", other.name().to_ascii_lowercase(), python.version),
        });
        format!("--python '{name}' is not known; these are: {}", known.collect::<Vec<_>>().join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &[&str]) -> Result<Request, String> {
        parse(["pycxray"].iter().chain(line).map(OsString::from))
    }

    fn run(line: &[&str]) -> Arguments {
        match parsed(line) {
            Ok(Request::Run(arguments)) => arguments,
            Ok(Request::Print(text)) => panic!("{line:?} prints {text}"),
            Err(message) => panic!("{line:?} is refused: {message}"),
        }
    }

    #[test]
    fn a_file_alone_is_summed_up() {
        let arguments = run(&["a.pyc"]);
        assert_eq!((arguments.command, arguments.paths.len()), (Command::Summary, 1));
    }

    #[test]
    fn only_the_first_word_names_a_command() {
        let arguments = run(&["dis", "tree", "--show-caches"]);
        assert_eq!(arguments.command, Command::Dis);
        assert_eq!(arguments.paths, ["tree"]);
        assert!(arguments.listing.show_caches);
    }

    #[test]
    fn standard_input_is_a_dash() {
        assert_eq!(run(&["json", "-"]).paths, ["-"]);
    }

    #[test]
    fn pythons_have_several_spellings() {
        let python = |name: &str| run(&["--python", name, "x"]).python.map(|p| (p.implementation, p.version));
        assert_eq!(python("3.9"), Some((Implementation::CPython, Version::new(3, 9))));
        assert_eq!(python("cpython-3.12"), Some((Implementation::CPython, Version::new(3, 12))));
        assert_eq!(python("pypy3.9"), Some((Implementation::PyPy, Version::new(3, 9))));
        assert_eq!(python("PyPy-3.9"), Some((Implementation::PyPy, Version::new(3, 9))));
    }

    #[test]
    fn mistakes_are_named() {
        let message = |line: &[&str]| parsed(line).err().unwrap_or_default();
        assert!(message(&[]).contains("no file"));
        assert!(message(&["--python", "9.9", "x"]).contains("3.12"), "the known ones are listed");
        assert!(message(&["--show-caches", "x"]).contains("pycxray dis"));
        assert!(message(&["--nonsense", "x"]).contains("--nonsense"));
        assert!(message(&["check", "--jobs", "many", "x"]).contains("many"));
    }
}
