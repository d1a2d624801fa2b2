//! A member of a container: what its table says of it, and where its bytes are.

use pycxray::Span;

use crate::kind::Compression;
use crate::payload::chain::Chain;

/// Something that a container holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Member {
    /// What the container calls it. Text, never a path: it may begin with `/`, or hold `..`. No two members of a container
    /// have the same: a second one ends in `#2`.
    pub name: String,
    /// What it is to its container.
    pub role: Role,
    /// Where its bytes lie in the container, packed as they are; `None` if they are put together from several places.
    pub span: Option<Span>,
    /// How many bytes it claims to have unpacked, if the container says so.
    pub size: Option<u64>,
    /// Whether it belongs to the standard library, a known package or the packer, not to the program's author.
    pub is_library: bool,
    /// How its bytes are got.
    pub(crate) storage: Storage,
}

/// What a member is to its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// A file of any kind.
    File,
    /// A script with which the program begins: marshalled code without a header.
    Script,
    /// A module: marshalled code without a header.
    Module,
    /// The `__init__` of a package: marshalled code without a header.
    Package,
    /// A shared library or another program.
    Binary,
    /// An option for the loader; its name is all there is of it.
    Setting,
    /// What encoded bytes among the constants of a file come to.
    Payload,
}

impl Role {
    /// One word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Script => "script",
            Self::Module => "module",
            Self::Package => "package",
            Self::Binary => "binary",
            Self::Setting => "setting",
            Self::Payload => "payload",
        }
    }

    /// Whether it is code that the container keeps without the header of a `.pyc` file.
    #[must_use]
    pub const fn is_bare_code(self) -> bool {
        matches!(self, Self::Script | Self::Module | Self::Package)
    }
}

/// How a member's bytes are got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    /// They lie there as they are.
    Plain,
    /// Bare deflate data.
    Deflated,
    /// A stream.
    Compressed(Compression),
    /// LZMA as zip archives have it.
    ZipLzma,
    /// A zlib stream, encrypted with the key of its PYZ archive.
    Encrypted,
    /// Encoded in constants.
    Encoded(Chain),
    /// Not at all, for this reason.
    Refused(&'static str),
}

impl Member {
    /// A member in which nothing is compressed and nothing is known of its origin.
    pub(crate) fn plain(name: String, span: Span) -> Self {
        let size = Some(span.len().into());
        Self { name, role: Role::File, span: Some(span), size, is_library: false, storage: Storage::Plain }
    }

    /// Of a payload, how it is decoded out of constants.
    #[must_use]
    pub fn chain(&self) -> Option<&Chain> {
        match &self.storage {
            Storage::Encoded(chain) => Some(chain),
            _ => None,
        }
    }
}

/// Gives a number to each name that was there before.
pub(crate) fn number_repeated_names(members: &mut [Member]) {
    let mut seen = std::collections::HashMap::<String, usize>::new();
    for member in members {
        let count = seen.entry(member.name.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count > 1 {
            member.name = format!("{}#{count}", member.name);
        }
    }
}
