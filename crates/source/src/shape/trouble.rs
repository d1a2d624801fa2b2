//! What comes of shaping something.

/// Why something has no shape.
pub(super) type Trouble = String;

/// What has a shape, or why not.
pub(super) type Shaped<T> = Result<T, Trouble>;
