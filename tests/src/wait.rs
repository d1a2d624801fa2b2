//! Waiting for what the browser does in its own time.

use std::time::{Duration, Instant};

/// How long anything may take before a test gives up. A machine under load is slow; nothing here tests speed.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Asks `condition` again and again until it gives something.
///
/// # Panics
/// When it has given nothing for [`PATIENCE`]; `what` says what was waited for.
#[track_caller]
pub fn until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < deadline, "waited {PATIENCE:?} in vain until {what}");
        // Only so that asking does not keep the browser from working.
        std::thread::sleep(Duration::from_millis(10));
    }
}
