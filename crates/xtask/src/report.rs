//! What a person sees while a command runs: each step, why, and how long it took.

use anyhow::Result;
use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

/// Says that nothing had to be done for `what`, and why.
pub(crate) fn found(what: impl fmt::Display, how: impl fmt::Display) {
    line(format_args!("[ok] {what}: {how}"));
}

/// Does `work`, saying before what it is and why, and after how long it took.
pub(crate) fn step<T>(what: impl fmt::Display, why: impl fmt::Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    line(format_args!("[..] {what}: {why}"));
    let started = Instant::now();
    let result = work();
    let word = if result.is_ok() { "done" } else { "FAILED" };
    line(format_args!("[{word}] {what}, {}", took(started.elapsed())));
    result
}

/// Something that the user may want to know and that stops nothing.
pub(crate) fn note(message: impl fmt::Display) {
    line(format_args!("     {message}"));
}

/// A headline, for what follows up to the next one.
pub(crate) fn headline(what: impl fmt::Display) {
    line(format_args!("\n==== {what}"));
}

/// A line of output. A reader that went away is no reason to stop a build.
pub(crate) fn line(text: impl fmt::Display) {
    if cfg!(test) {
        // The one way out that a test's runner keeps to itself.
        println!("{text}");
        return;
    }
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// A duration as people say it.
pub(crate) fn took(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 59.95 {
        format!("{seconds:.1} s")
    } else {
        format!("{:.0} min {:02.0} s", (seconds / 60.0).floor(), seconds % 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(took(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(took(Duration::from_secs(229)), "3 min 49 s");
    }
}
