//! How a file stands to the source that belongs to it, in words.

use pycxray_view::protocol::Standing;

/// What a verdict is called, and its class.
pub fn standing_words(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Proved => ("proved", "consistent"),
        Standing::Consistent => ("consistent", "consistent"),
        Standing::Inconsistent => ("inconsistent", "inconsistent"),
        Standing::CannotTell => ("cannot tell", "cannot-tell"),
        Standing::Verifying => ("verifying…", "verifying"),
        Standing::Unverified | Standing::Absent => ("not verified", "cannot-tell"),
    }
}
