//! Standard output: one buffer, written at once; colours where they are wanted.

use std::io::{self, IsTerminal, Write};

use crate::Status;
use crate::arguments::Color;

/// Why writing ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody reads any more.
    Closed,
    /// It failed.
    Failed(io::Error),
}

/// From this size on the buffer is written out between files.
const FULL: usize = 8 << 20;

/// What is to be written.
pub(crate) struct Output {
    /// The text so far.
    pub(crate) text: String,
    colored: bool,
    terminal: bool,
}

/// How a piece of text is set off.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Bold,
    Dim,
    Red,
    Yellow,
    Cyan,
}

impl Output {
    pub(crate) fn new(color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        let colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        };
        Self { text: String::new(), colored, terminal }
    }

    /// Whether someone looks at it as it is written.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Adds a piece of text, set off.
    pub(crate) fn styled(&mut self, style: Style, text: &str) {
        if !self.colored {
            self.text.push_str(text);
            return;
        }
        self.text.push_str(match style {
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
            Style::Red => "\x1b[31m",
            Style::Yellow => "\x1b[33m",
            Style::Cyan => "\x1b[36m",
        });
        self.text.push_str(text);
        self.text.push_str("\x1b[0m");
    }

    /// Writes out what there is, if that is much.
    pub(crate) fn relieve(&mut self) -> Result<(), Stop> {
        if self.text.len() >= FULL { self.flush() } else { Ok(()) }
    }

    /// Writes out what there is.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        let mut stdout = io::stdout().lock();
        let outcome = stdout.write_all(self.text.as_bytes()).and_then(|()| stdout.flush());
        self.text.clear();
        outcome.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Closed,
            _ => Stop::Failed(error),
        })
    }

    /// Writes out the rest.
    pub(crate) fn finish(mut self, status: Status) -> Result<Status, Stop> {
        self.flush().map(|()| status)
    }
}
