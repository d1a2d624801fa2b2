//! What was found, as plain values that serde can write: what `pycxray diff` and `pycxray verify` write with `--format json`, and
//! what the npm package gives.

mod difference;
#[cfg(feature = "verify")]
mod verification;

pub use difference::{Change, Code, Difference, Line, Row, Side};
#[cfg(feature = "verify")]
pub use verification::{Evidence, Header, Proof, Verification};
