//! Standard output: one buffer, written at once; colours where they are wanted.

use std::ffi::OsString;
use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

/// Why a run ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody reads the output any more.
    Closed,
    /// Writing failed.
    Failed(io::Error),
    /// The command was called wrongly.
    Misused(String),
    /// A file has had all the output that it may have.
    Exhausted,
    /// There is no room to keep so much ([`Output::aside`]).
    NoRoom,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ if error.get_ref().is_some_and(|inner| inner.is::<Exhausted>()) => Self::Exhausted,
            _ => Self::Failed(error),
        }
    }
}

/// [`Stop::Exhausted`] on its way through a writer.
#[derive(Debug)]
struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the output has its full length")
    }
}

impl std::error::Error for Exhausted {}

/// Whether the output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// From this size on the buffer is written out: large enough that writing costs nothing, small enough to stay in the
/// processor's caches. A buffer for all of a large file costs a third more time, spent on fresh memory.
pub(crate) const FULL: usize = 32 << 10;

/// What any file may have as output, in bytes.
const BASE_OUTPUT: u64 = 8 << 20;
/// What a file may have besides, for each of its bytes. Files that a Python has compiled have less than half of it even as JSON; one
/// that refers to the same names again and again could have it without end.
const OUTPUT_PER_BYTE: u64 = 200;

/// How many bytes of output a file of this size may have.
pub(crate) const fn allowance(size: u64) -> u64 {
    BASE_OUTPUT.saturating_add(size.saturating_mul(OUTPUT_PER_BYTE))
}

/// What is to be written.
pub(crate) struct Output {
    /// The text so far.
    pub(crate) text: String,
    /// Whether some of it has been written out.
    has_written: bool,
    /// How many bytes may still be written out.
    left: u64,
    /// What is kept instead of written out, where it is.
    kept: Option<Kept>,
    colored: bool,
    terminal: bool,
}

/// What is kept instead of written out.
struct Kept {
    bytes: Vec<u8>,
    /// How many bytes it may have.
    room: usize,
}

/// How a piece of text is set off.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Bold,
    Dim,
    Red,
    Yellow,
    Green,
    Cyan,
}

/// Says on standard error what went wrong. If nobody hears it, the exit status still tells.
pub(crate) fn complain(what: fmt::Arguments<'_>) {
    drop(writeln!(io::stderr(), "pycxray: {what}"));
}

/// Whether to colour. What the command line says goes before the environment, and there NO_COLOR before all else
/// (no-color.org, bixense.com/clicolors).
fn wants_color(color: Color, terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let is = |name: &str, test: fn(&str) -> bool| variable(name).is_some_and(|value| test(&value.to_string_lossy()));
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is("NO_COLOR", |value| !value.is_empty()) => false,
        Color::Auto if is("CLICOLOR_FORCE", |value| !value.is_empty() && value != "0") => true,
        Color::Auto => terminal && !is("CLICOLOR", |value| value == "0") && !is("TERM", |value| value == "dumb"),
    }
}

impl Output {
    pub(crate) fn new(color: Color) -> Self {
        let terminal = io::stdout().is_terminal();
        let colored = wants_color(color, terminal, |name| std::env::var_os(name));
        Self { text: String::new(), has_written: false, left: u64::MAX, kept: None, colored, terminal }
    }

    /// One with colours, for tests.
    #[cfg(test)]
    pub(crate) fn colored() -> Self {
        Self { text: String::new(), has_written: false, left: u64::MAX, kept: None, colored: true, terminal: false }
    }

    /// One for text that is to be written out later: up to so many bytes are kept, and more is [`Stop::NoRoom`].
    pub(crate) fn aside(&self, room: usize) -> Self {
        let kept = Some(Kept { bytes: Vec::new(), room });
        Self { text: String::new(), has_written: false, left: u64::MAX, kept, ..*self }
    }

    /// What was kept. `None` if `written` says that there was no room for all of it.
    pub(crate) fn into_kept(mut self, written: Result<(), Stop>) -> Result<Option<String>, Stop> {
        match written.and_then(|()| self.flush()) {
            Ok(()) => Ok(self.kept.map(|kept| String::from_utf8_lossy(&kept.bytes).into_owned())),
            Err(Stop::NoRoom) => Ok(None),
            Err(stop) => Err(stop),
        }
    }

    /// From here on no more than so many bytes are written out.
    pub(crate) fn allow(&mut self, bytes: u64) {
        self.left = bytes;
    }

    /// Whether pieces of text are set off.
    pub(crate) fn is_colored(&self) -> bool {
        self.colored
    }

    /// Whether there is any text yet, written out or not.
    pub(crate) fn has_begun(&self) -> bool {
        self.has_written || !self.text.is_empty()
    }

    /// Whether someone looks at it as it is written.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Adds text that is put together here, without memory of its own.
    pub(crate) fn put(&mut self, text: impl fmt::Display) {
        // Writing to a string does not fail.
        let _ = write!(self.text, "{text}");
    }

    /// The same, set off.
    pub(crate) fn styled(&mut self, style: Style, text: impl fmt::Display) {
        if !self.colored {
            self.put(text);
            return;
        }
        self.text.push_str(match style {
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
            Style::Red => "\x1b[31m",
            Style::Yellow => "\x1b[33m",
            Style::Green => "\x1b[32m",
            Style::Cyan => "\x1b[36m",
        });
        self.put(text);
        self.text.push_str("\x1b[0m");
    }

    /// Writes out what there is, if that is much.
    pub(crate) fn relieve(&mut self) -> Result<(), Stop> {
        if self.text.len() >= FULL { self.flush() } else { Ok(()) }
    }

    /// Writes out what there is. The memory that it took serves for what comes.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        let mut text = std::mem::take(&mut self.text);
        let written = self.write_out(text.as_bytes());
        text.clear();
        self.text = text;
        written
    }

    /// Writes out bytes, or as many lines of them as are allowed.
    fn write_out(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        let shown = match bytes.get(..left) {
            Some(allowed) if allowed.len() < bytes.len() => {
                &allowed[..allowed.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1)]
            }
            _ => bytes,
        };
        match &mut self.kept {
            Some(kept) if kept.bytes.len() + shown.len() > kept.room => return Err(Stop::NoRoom),
            Some(kept) => kept.bytes.extend_from_slice(shown),
            None => {
                let mut stdout = io::stdout().lock();
                stdout.write_all(shown).and_then(|()| stdout.flush())?;
            }
        }
        self.has_written |= !shown.is_empty();
        self.left -= shown.len() as u64;
        if shown.len() < bytes.len() {
            self.left = 0;
            return Err(Stop::Exhausted);
        }
        Ok(())
    }

    /// For what writes by itself.
    pub(crate) fn writer(&mut self) -> io::BufWriter<Writer<'_>> {
        io::BufWriter::with_capacity(FULL, Writer(self))
    }
}

/// Output as the library's writers want it.
pub(crate) struct Writer<'o>(&'o mut Output);

impl Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_out(bytes).map(|()| bytes.len()).map_err(|stop| match stop {
            Stop::Failed(error) => error,
            Stop::Closed => io::ErrorKind::BrokenPipe.into(),
            Stop::Exhausted | Stop::NoRoom | Stop::Misused(_) => io::Error::other(Exhausted),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_long_as_there_is_room() {
        let kept = |room, allowed| {
            let mut aside = Output::new(Color::Never).aside(room);
            aside.allow(allowed);
            let written = ["one\n", "two\n"].iter().try_for_each(|line| {
                aside.text.push_str(line);
                aside.flush()
            });
            aside.into_kept(written)
        };
        assert_eq!(kept(8, u64::MAX).ok().flatten().as_deref(), Some("one\ntwo\n"));
        assert!(matches!(kept(7, u64::MAX), Ok(None)));
        assert!(matches!(kept(8, 7), Err(Stop::Exhausted)));
    }

    #[test]
    fn the_environment_has_its_say() {
        let colored = |color, terminal, environment: &[(&str, &str)]| {
            wants_color(color, terminal, |name| {
                environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
            })
        };
        assert!(colored(Color::Auto, true, &[]));
        assert!(colored(Color::Auto, true, &[("NO_COLOR", ""), ("CLICOLOR", "1"), ("TERM", "xterm")]));
        assert!(!colored(Color::Auto, false, &[]));
        assert!(!colored(Color::Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(!colored(Color::Auto, true, &[("CLICOLOR", "0")]));
        assert!(!colored(Color::Auto, true, &[("TERM", "dumb")]));
        assert!(colored(Color::Auto, false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!colored(Color::Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(colored(Color::Always, false, &[("NO_COLOR", "1")]));
        assert!(!colored(Color::Never, true, &[("CLICOLOR_FORCE", "1")]));
    }
}
