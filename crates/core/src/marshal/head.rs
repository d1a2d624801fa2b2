//! What the first bytes of an object tell, for the decode loop: one table by type code.

use super::{FLAG_REF, Kind};

/// What an object begins with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Picks the bits that are a length from the four bytes behind the type code: none, those of one byte, or all.
    pub(super) length: u32,
    /// How many bytes come before those that the length counts, the type code among them.
    pub(super) size: u8,
    /// What it is.
    pub(super) kind: Kind,
    /// What follows behind all this.
    pub(super) body: Body,
    /// Whether `FLAG_REF` gives it an index.
    pub(super) takes_reference: bool,
}

/// What follows behind the head of an object and the bytes that its length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing.
    Nothing,
    /// Nothing; the four bytes behind the type code are an index into the references.
    Reference,
    /// Nothing; the four bytes behind the type code are an index into the interned strings.
    InternedReference,
    /// Nothing; it may be listed as interned.
    Interned,
    /// The fields of a code object.
    Fields,
    /// Objects up to an end of their own.
    Objects,
    /// As many objects as the byte behind the type code says.
    ByteCounted,
    /// As many objects as the four bytes behind the type code say.
    Counted,
    /// A signed count, and so many digits.
    Digits,
    /// Two texts of a length each.
    TwoTexts,
    /// Nothing, and it stands for no object.
    Null,
    /// Nothing, since its writer could not write it.
    Unknown,
    /// What cannot be told.
    Invalid,
}

impl Head {
    const fn of(kind: Kind) -> Self {
        let (size, body) = match kind {
            Kind::None | Kind::False | Kind::True | Kind::StopIteration | Kind::Ellipsis => (1, Body::Nothing),
            Kind::Int => (5, Body::Nothing),
            Kind::Int64 | Kind::Float => (9, Body::Nothing),
            Kind::Complex => (17, Body::Nothing),
            Kind::FloatText | Kind::ShortAscii | Kind::ShortAsciiInterned => (2, Body::Nothing),
            Kind::Bytes | Kind::Unicode | Kind::Ascii | Kind::AsciiInterned => (5, Body::Nothing),
            Kind::Interned => (5, Body::Interned),
            Kind::Ref => (5, Body::Reference),
            Kind::StringRef => (5, Body::InternedReference),
            Kind::SmallTuple => (2, Body::ByteCounted),
            Kind::Tuple | Kind::List | Kind::Set | Kind::FrozenSet => (5, Body::Counted),
            Kind::Dict | Kind::Slice | Kind::FrozenDict => (1, Body::Objects),
            Kind::Code | Kind::OldCode => (1, Body::Fields),
            Kind::Long => (1, Body::Digits),
            Kind::ComplexText => (1, Body::TwoTexts),
            Kind::Null => (1, Body::Null),
            Kind::Unknown => (1, Body::Unknown),
            Kind::Invalid => (1, Body::Invalid),
        };
        let has_length = kind.is_string() || matches!(kind, Kind::FloatText);
        let length = match kind.length_size() {
            1 if has_length => 0xff,
            4 if has_length => u32::MAX,
            _ => 0,
        };
        Self { length, size, kind, body, takes_reference: kind.takes_reference() }
    }
}

/// By type code, [`FLAG_REF`] taken away.
pub(super) static HEADS: [Head; FLAG_REF as usize] = {
    let mut heads = [Head::of(Kind::Invalid); FLAG_REF as usize];
    let mut code = 0;
    while code < FLAG_REF {
        heads[code as usize] = Head::of(Kind::of(code));
        code += 1;
    }
    heads
};
