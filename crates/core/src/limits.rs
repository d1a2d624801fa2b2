//! How much an input may cost: looked at before anything is reserved.

/// What decoding may spend on one file. Hitting a limit ends that part with a diagnostic; what came before stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file that are looked at. The rest is shown as not decoded. Default: 1 GiB.
    pub bytes: u32,
    /// Objects nested in each other. CPython refuses more than 2,000. Default: 100,000.
    pub depth: u32,
    /// Objects in the tree, at 28 bytes each. Default: 16,777,216.
    pub nodes: u32,
    /// Entries in the reference list. Default: 16,777,216.
    pub references: u32,
    /// Diagnostics kept of each kind, findings likewise; of what there is more, the number is told. Default: 1,000.
    pub diagnostics: u32,
    /// Bytes of text that one value's `repr` may have where it stands among others. Default: 65,536.
    pub text: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 30, depth: 100_000, nodes: 1 << 24, references: 1 << 24, diagnostics: 1_000, text: 1 << 16 }
    }
}
