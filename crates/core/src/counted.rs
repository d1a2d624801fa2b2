//! Counts in words.

/// A number with its unit, in the plural where that is due: `1 byte`, `2 bytes`.
///
/// ```
/// assert_eq!(pycxray::counted(1, "call"), "1 call");
/// assert_eq!(pycxray::counted(0, "call"), "0 calls");
/// ```
#[must_use]
pub fn counted(count: usize, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
