//! The value of a constant, told apart as the compiler tells constants apart: `1`, `True` and `1.0` are three, `0.0` and
//! `-0.0` are two.

use std::rc::Rc;

/// A name: of a variable, an attribute, a module.
pub type Name = Rc<str>;

/// A code object of the file: its place in `Pyc::codes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeId(pub u32);

/// A constant. Nested at most [`Constant::DEPTH`] deep, so that it can be compared, written and dropped by recursion.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `...`
    Ellipsis,
    /// An integer that fits into 64 bits.
    Int(i64),
    /// One that does not. Of Python 2, any of the type `long`.
    BigInt {
        /// Whether it is below 0.
        negative: bool,
        /// Its digits of 15 bits as marshal writes them: the lowest first, each two bytes little-endian, the highest not 0.
        digits: Rc<[u8]>,
    },
    /// A float, as its bits: NaNs are equal, zeros of different signs are not.
    Float(u64),
    /// A complex number: the bits of its real and its imaginary part.
    Complex(u64, u64),
    /// Text, as UTF-8 in which surrogates may stand alone. Of Python 2, the bytes of its `str`.
    Str(Rc<[u8]>),
    /// Text of Python 2's type `unicode`, as UTF-8.
    Unicode(Rc<[u8]>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A tuple. A tuple display of constants is folded to this by every compiler.
    Tuple(Rc<[Constant]>),
    /// A frozenset, its items in the order of constants, since that of the file depends on the hashes of the run that wrote it: what
    /// a set display behind `in` or `for` is folded to.
    FrozenSet(Rc<[Constant]>),
    /// A slice: start, stop, and step where one was given. Only inside `[…]` is there source for it.
    Slice(Rc<[Constant]>),
    /// A code object. Source makes one by `def`, `lambda`, `class`, a comprehension, …
    Code(CodeId),
}

impl Constant {
    /// How deep constants nest at most: CPython's parser allows 200 brackets (`MAXLEVEL`).
    pub const DEPTH: usize = 200;

    /// Whether it is true.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(bits) => f64::from_bits(*bits) != 0.0,
            Self::Complex(real, imaginary) => f64::from_bits(*real) != 0.0 || f64::from_bits(*imaginary) != 0.0,
            Self::Str(bytes) | Self::Unicode(bytes) | Self::Bytes(bytes) => !bytes.is_empty(),
            Self::Tuple(items) | Self::FrozenSet(items) => !items.is_empty(),
            Self::BigInt { digits, .. } => !digits.is_empty(),
            Self::Ellipsis | Self::Slice(_) | Self::Code(_) => true,
        }
    }

    /// Whether text has one word for it, which parsers read as a constant. What is negative, complex or made of parts has none.
    pub(crate) fn is_written_as_one(&self) -> bool {
        match self {
            Self::None | Self::Bool(_) | Self::Ellipsis | Self::Str(_) | Self::Unicode(_) | Self::Bytes(_) => true,
            Self::Int(value) => *value >= 0,
            Self::BigInt { negative, .. } => !negative,
            Self::Float(bits) => f64::from_bits(*bits).is_sign_positive() && f64::from_bits(*bits).is_finite(),
            Self::Complex(..) | Self::Tuple(_) | Self::FrozenSet(_) | Self::Slice(_) | Self::Code(_) => false,
        }
    }

    /// How deep it nests: 0 for what holds no others.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::Tuple(items) | Self::FrozenSet(items) | Self::Slice(items) => {
                1 + items.iter().map(Self::depth).max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// How much is in it, about: bytes of texts and integers, items of tuples. Bounded by [`Constant::DEPTH`].
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Str(bytes) | Self::Unicode(bytes) | Self::Bytes(bytes) | Self::BigInt { digits: bytes, .. } => {
                bytes.len()
            }
            Self::Tuple(items) | Self::FrozenSet(items) | Self::Slice(items) => {
                items.iter().fold(items.len(), |sum, item| sum.saturating_add(item.size()))
            }
            _ => 1,
        }
    }

    /// A text constant.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Str(text.as_bytes().into())
    }

    /// A float.
    #[must_use]
    pub fn float(value: f64) -> Self {
        Self::Float(value.to_bits())
    }
}
