//! The options, in one table: what is read from the command line, what the help says, and what shells complete.

use crate::arguments::Command;

/// Which option it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Id {
    ShowCaches,
    ShowPositions,
    FileOffsets,
    Json,
    Quiet,
    DecodeOnly,
    Format,
    Jobs,
    Python,
    Color,
    Completions,
    Help,
    Version,
}

/// What follows an option.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    Nothing,
    /// Some value, by what the help calls it.
    Value(&'static str),
    /// One of these.
    One(&'static str, &'static [&'static str]),
}

/// An option.
#[derive(Debug)]
pub(crate) struct Opt {
    pub(crate) id: Id,
    /// Without its dashes.
    pub(crate) long: &'static str,
    pub(crate) short: Option<char>,
    pub(crate) takes: Takes,
    /// The command that it belongs to; `None` if to all.
    pub(crate) of: Option<Command>,
    pub(crate) about: &'static str,
}

/// All of them, in the order in which the help has them.
pub(crate) const ALL: &[Opt] = &[
    of(Command::Dis, Id::ShowCaches, "show-caches", "a row for each field of the inline caches (3.11 and later)"),
    of(
        Command::Dis,
        Id::ShowPositions,
        "show-positions",
        "from where to where in the source: line:column-line:column (3.11 and later)",
    ),
    of(Command::Dis, Id::FileOffsets, "file-offsets", "where in the file each instruction is, in hexadecimal"),
    of(Command::Tree, Id::Json, "json", "the leaves alone, which tile the file, as JSON"),
    Opt { short: Some('q'), ..of(Command::Check, Id::Quiet, "quiet", "the total alone") },
    of(Command::Check, Id::DecodeOnly, "decode-only", "decode the objects, but not instructions and tables"),
    Opt {
        takes: Takes::One("FORMAT", &["text", "json"]),
        ..of(Command::Check, Id::Format, "format", "text, or json: an object for every file, one a line")
    },
    Opt {
        short: Some('j'),
        takes: Takes::Value("N"),
        ..of(Command::Check, Id::Jobs, "jobs", "so many files at a time; as many as there are processors unless given")
    },
    Opt {
        takes: Takes::Value("VERSION"),
        ..common(Id::Python, "python", "the Python to read files as, whatever they say: 3.9, pypy3.9")
    },
    Opt {
        takes: Takes::One("WHEN", &["auto", "always", "never"]),
        ..common(Id::Color, "color", "auto, always or never; auto is on a terminal, and not if NO_COLOR is set")
    },
    Opt {
        takes: Takes::One("SHELL", &["bash", "zsh", "fish", "powershell"]),
        ..common(Id::Completions, "completions", "print completions for bash, zsh, fish or powershell")
    },
    Opt { short: Some('h'), ..common(Id::Help, "help", "print help; after a command, its own") },
    Opt { short: Some('V'), ..common(Id::Version, "version", "print the version") },
];

const fn common(id: Id, long: &'static str, about: &'static str) -> Opt {
    Opt { id, long, short: None, takes: Takes::Nothing, of: None, about }
}

const fn of(command: Command, id: Id, long: &'static str, about: &'static str) -> Opt {
    Opt { of: Some(command), ..common(id, long, about) }
}

/// The option of this name.
pub(crate) fn long(name: &str) -> Option<&'static Opt> {
    ALL.iter().find(|option| option.long == name)
}

/// The option of this letter.
pub(crate) fn short(letter: char) -> Option<&'static Opt> {
    ALL.iter().find(|option| option.short == Some(letter))
}

impl Opt {
    /// Whether it can stand with a command; `None` is the summary of a file, which has no word of its own.
    pub(crate) fn fits(&self, command: Option<Command>) -> bool {
        self.of.is_none_or(|of| Some(of) == command)
    }

    /// The values that there are, if they can be counted.
    pub(crate) fn choices(&self) -> &'static [&'static str] {
        match self.takes {
            Takes::One(_, choices) => choices,
            Takes::Nothing | Takes::Value(_) => &[],
        }
    }

    /// How the help shows it: `-j, --jobs N`.
    pub(crate) fn shown(&self) -> String {
        let short = self.short.map_or("    ".to_owned(), |letter| format!("-{letter}, "));
        let value = match self.takes {
            Takes::Nothing => String::new(),
            Takes::Value(name) | Takes::One(name, _) => format!(" {name}"),
        };
        format!("{short}--{}{value}", self.long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The options that a text names.
    fn named(text: &str) -> Vec<&str> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let mut names: Vec<&str> = words.filter_map(|word| word.strip_prefix("--")).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn the_manual_page_names_the_same_options() {
        let page = include_str!("../pycxray.1").replace("\\-", "-");
        let mut known: Vec<&str> = ALL.iter().map(|option| option.long).collect();
        known.sort_unstable();
        assert_eq!(named(&page), known);
        for option in ALL {
            if let Some(letter) = option.short {
                assert!(page.contains(&format!("-{letter} ")), "the manual page has no -{letter}");
            }
            for choice in option.choices() {
                assert!(page.contains(choice), "the manual page does not say {choice} of --{}", option.long);
            }
        }
    }

    #[test]
    fn names_and_letters_are_unique() {
        for (position, option) in ALL.iter().enumerate() {
            let before = &ALL[..position];
            assert!(before.iter().all(|other| other.id != option.id && other.long != option.long));
            assert!(option.short.is_none() || before.iter().all(|other| other.short != option.short));
        }
    }
}
