//! Where operations come from.

/// Where an operation comes from. A hint, never evidence: no proof looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Origin {
    /// From nowhere in particular.
    #[default]
    None,
    /// From bytecode.
    Bytecode {
        /// Where its instructions begin, in bytes.
        start: u32,
        /// Where they end.
        end: u32,
        /// Its line, where it has one.
        line: Option<u32>,
        /// Its last line (3.11+).
        end_line: Option<u32>,
        /// Its first column, in bytes of UTF-8 from 0 (3.11+).
        column: Option<u32>,
        /// The column behind it (3.11+).
        end_column: Option<u32>,
    },
    /// From the node of a syntax tree, by its number.
    Node(u32),
}

impl Origin {
    /// Where it begins in the bytecode, in bytes.
    #[must_use]
    pub fn start(self) -> Option<u32> {
        match self {
            Self::Bytecode { start, .. } => Some(start),
            _ => None,
        }
    }

    /// Where it ends in the bytecode, in bytes.
    #[must_use]
    pub fn end(self) -> Option<u32> {
        match self {
            Self::Bytecode { end, .. } => Some(end),
            _ => None,
        }
    }

    /// Its first column, in bytes of UTF-8 from 0, where one is known.
    #[must_use]
    pub fn column(self) -> Option<u32> {
        match self {
            Self::Bytecode { column, .. } => column,
            _ => None,
        }
    }

    /// The line, where one is known.
    #[must_use]
    pub fn line(self) -> Option<u32> {
        match self {
            Self::Bytecode { line, .. } => line,
            _ => None,
        }
    }
}
