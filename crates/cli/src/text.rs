//! What the texts of the library may cost here.

use pycxray::Limits;

/// Texts are shown in full: a file, unlike a page, has room.
pub(crate) fn limits() -> Limits {
    Limits { text: 1 << 24, ..Limits::default() }
}
