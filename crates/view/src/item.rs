//! What can be chosen on screen.

use pycxray::NodeId;

/// What can be chosen on screen: anything that has bytes of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// The header.
    Header,
    /// A marshalled object.
    Object(NodeId),
}

/// Which of the page's colours something has: the same one in the tree, in the hex bytes and in the ribbon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// The header.
    Header,
    /// The structure of code objects.
    Code,
    /// Bytecode.
    Bytecode,
    /// Constants.
    Const,
    /// Names.
    Name,
    /// Line tables.
    Lines,
    /// Exception tables.
    Exceptions,
    /// What is damaged, trails, or could not be decoded.
    Damage,
}
