//! Counts in words.

use std::fmt::{self, Display, Formatter};

/// A number with its unit, in the plural where that is due: `1 byte`, `2 bytes`.
///
/// ```
/// assert_eq!(pycxray::counted(1_u64, "call").to_string(), "1 call");
/// assert_eq!(pycxray::counted(0_usize, "call").to_string(), "0 calls");
/// ```
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, unit: &str) -> impl Display {
    Counted { count, unit }
}

/// Written only where it is shown: of a flood of findings, few sentences are made.
struct Counted<'u, N> {
    count: N,
    unit: &'u str,
}

impl<N: Display + PartialEq + From<u8>> Display for Counted<'_, N> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let ending = if self.count == N::from(1) { "" } else { "s" };
        write!(f, "{} {}{ending}", self.count, self.unit)
    }
}
