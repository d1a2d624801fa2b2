//! How far a long run has come, on a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How wide the bar is.
const WIDTH: usize = 30;
/// With fewer files it would only flicker.
const WORTH_A_BAR: usize = 200;
/// How long a bar stays before it is drawn again.
const PAUSE: Duration = Duration::from_millis(50);

/// A bar on standard error. It is drawn there alone, so that what is written to standard output stays as it is.
pub(crate) struct Progress {
    all: usize,
    wanted: bool,
    /// When it was drawn last, if it can be seen.
    drawn: Option<Instant>,
}

impl Progress {
    pub(crate) fn of(all: usize) -> Self {
        Self { all, wanted: all >= WORTH_A_BAR && std::io::stderr().is_terminal(), drawn: None }
    }

    pub(crate) fn show(&mut self, done: usize) {
        if !self.wanted || self.drawn.is_some_and(|drawn| drawn.elapsed() < PAUSE) {
            return;
        }
        self.drawn = Some(Instant::now());
        let filled = done * WIDTH / self.all;
        let all = self.all;
        put(&format!("\r{}{} {done} of {all} files", "█".repeat(filled), "░".repeat(WIDTH - filled)));
    }

    /// Takes it away, so that something else can be written.
    pub(crate) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            put("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// A bar that cannot be drawn is no reason to stop.
fn put(text: &str) {
    drop(std::io::stderr().write_all(text.as_bytes()));
}
