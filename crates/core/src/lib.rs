//! Placeholder crate page.
pub mod python;
mod span;
mod version;

pub use span::Span;
pub use version::{Implementation, Version};
