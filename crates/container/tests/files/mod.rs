//! The files in `tests/containers` and `tests/fixtures`.

use std::path::Path;
use std::sync::Arc;

/// The bytes of a file in `tests`, `containers/folder.tar.gz` for instance.
pub(crate) fn bytes(name: &str) -> Arc<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(name);
    Arc::new(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
