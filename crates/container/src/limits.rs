//! What opening containers may cost: looked at before anything is reserved.

/// What one container, and all that is in it, may cost. Where a limit ends something, a diagnostic says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Members of one container that are listed. Default: 100,000.
    pub members: usize,
    /// Containers within each other. Default: 8.
    pub depth: usize,
    /// Bytes that one member may have unpacked. Default: 256 MiB.
    pub member_bytes: usize,
    /// Bytes that containers within each other may have unpacked together. Default: 1 GiB.
    pub total_bytes: usize,
    /// Bytes that the constants of one file may be decoded to while payloads are looked for. Default: 64 MiB.
    pub payload_bytes: usize,
    /// Encodings of one payload within each other. Default: 16.
    pub payload_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            members: 100_000,
            depth: 8,
            member_bytes: 256 << 20,
            total_bytes: 1 << 30,
            payload_bytes: 64 << 20,
            payload_depth: 16,
        }
    }
}
