//! What the command line says.

use std::ffi::OsString;

use lexopt::prelude::*;
use pycxray::python::{self, Python};
use pycxray::{Implementation, ListingOptions};

use crate::options::{self, Id, Opt, Takes};
use crate::{completions, help};

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
    /// Those that have a word of their own, with what they give.
    pub(crate) const NAMED: &[(&str, Self, &str)] = &[
        ("dis", Self::Dis, "listings"),
        ("tree", Self::Tree, "every object and every byte"),
        ("json", Self::Json, "everything, as JSON"),
        ("check", Self::Check, "problems of files and folders"),
    ];

    fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, ..)| *known == name).map(|(_, command, _)| *command)
    }

    /// Its word; `FILE` for the summary, which has none.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, command, _)| *command == self).map_or("FILE", |(name, ..)| name)
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
    let mut command = None;
    let mut given: Vec<&Opt> = Vec::new();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        let found = match &argument {
            Short(letter) => options::short(*letter),
            Long(name) => options::long(name),
            Value(_) => None,
        };
        if let Some(option) = found {
            let value = value(&mut parser, option)?;
            match option.id {
                Id::Help => return Ok(Request::Print(help::of(command))),
                Id::Version => {
                    return Ok(Request::Print(concat!("pycxray ", env!("CARGO_PKG_VERSION"), "\n").to_owned()));
                }
                Id::Completions => return Ok(Request::Print(completions::of(&value).unwrap_or_default())),
                _ => arguments.set(option, &value)?,
            }
            given.push(option);
            continue;
        }
        let Value(word) = argument else { return Err(argument.unexpected().to_string()) };
        let is_first = command.is_none() && arguments.paths.is_empty();
        match word.to_str().filter(|_| is_first).and_then(Command::named) {
            Some(named) => command = Some(named),
            None if word == "help" && is_first => return help_on(&mut parser),
            None => arguments.paths.push(word),
        }
    }
    if let Some(option) = given.iter().find(|option| !option.fits(command)) {
        let of = option.of.map_or("", Command::name);
        return Err(format!("--{} belongs to 'pycxray {of}'", option.long));
    }
    if arguments.paths.is_empty() {
        return Err("no file is given".to_owned());
    }
    if arguments.paths.iter().filter(|path| *path == "-").count() > 1 {
        return Err("standard input, '-', can be read only once".to_owned());
    }
    arguments.command = command.unwrap_or(Command::Summary);
    Ok(Request::Run(arguments))
}

/// What follows `help`: a command, or nothing.
fn help_on(parser: &mut lexopt::Parser) -> Result<Request, String> {
    match parser.next().map_err(|error| error.to_string())? {
        Some(Value(word)) if word != "help" => {
            let command = word.to_str().and_then(Command::named);
            let command = command.ok_or_else(|| format!("there is no command '{}'", word.to_string_lossy()))?;
            Ok(Request::Print(help::of(Some(command))))
        }
        _ => Ok(Request::Print(help::of(None))),
    }
}

impl Arguments {
    /// Takes an option with its value, which is one of those that there are.
    fn set(&mut self, option: &Opt, value: &str) -> Result<(), String> {
        match option.id {
            Id::ShowCaches => self.listing.show_caches = true,
            Id::ShowPositions => self.listing.show_positions = true,
            Id::FileOffsets => self.listing.file_offsets = true,
            Id::Json => self.json = true,
            Id::Quiet => self.quiet = true,
            Id::DecodeOnly => self.decode_only = true,
            Id::Format => self.format = if value == "json" { Format::Json } else { Format::Text },
            Id::Jobs => self.jobs = value.parse().map_err(|_| format!("--jobs is a number, not '{value}'"))?,
            Id::Python => self.python = Some(python_named(value)?),
            Id::Color => {
                self.color = match value {
                    "always" => Color::Always,
                    "never" => Color::Never,
                    _ => Color::Auto,
                };
            }
            Id::Completions | Id::Help | Id::Version => {}
        }
        Ok(())
    }
}

/// What follows an option; empty if nothing does.
fn value(parser: &mut lexopt::Parser, option: &Opt) -> Result<String, String> {
    if matches!(option.takes, Takes::Nothing) {
        return Ok(String::new());
    }
    let value = parser.value().map_err(|error| error.to_string())?;
    let value = value.into_string().map_err(|raw| format!("'{}' is not text", raw.to_string_lossy()))?;
    match option.choices() {
        [] => Ok(value),
        choices if choices.contains(&value.as_str()) => Ok(value),
        [rest @ .., last] => Err(format!("--{} is {} or {last}, not '{value}'", option.long, rest.join(", "))),
    }
}

/// The Python of a name such as `3.9`, `pypy3.9` or `cpython-3.9`.
fn python_named(name: &str) -> Result<&'static Python, String> {
    python::named(name).ok_or_else(|| {
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
    fn mistakes_are_named() {
        let message = |line: &[&str]| parsed(line).err().unwrap_or_default();
        assert!(message(&[]).contains("no file"));
        assert!(message(&["--python", "9.9", "x"]).contains("3.12"), "the known ones are listed");
        assert!(message(&["--show-caches", "x"]).contains("pycxray dis"));
        assert!(message(&["--nonsense", "x"]).contains("--nonsense"));
        assert!(message(&["check", "--jobs", "many", "x"]).contains("many"));
        assert!(message(&["--color", "sometimes", "x"]).contains("auto, always or never, not 'sometimes'"));
        assert!(message(&["--quiet=5", "check", "x"]).contains("--quiet"));
        assert!(message(&["help", "dsi"]).contains("dsi"));
        assert!(message(&["dis", "-", "x", "-"]).contains("only once"));
    }
}
