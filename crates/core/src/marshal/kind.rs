//! The type codes of `marshal`.

/// Bit 7 of a type code: the object takes the next index of the reference list (marshal version 3, Python 3.4).
pub const FLAG_REF: u8 = 0x80;

/// Declares every type code once: its variant, its byte, CPython's name for it, the first version that knows it, and what it is.
macro_rules! type_codes {
    ($($variant:ident = $code:literal, $name:literal, ($major:literal, $minor:literal), $doc:literal;)*) => {
        /// What a marshalled object is, by its type code (CPython's `Python/marshal.c`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $doc] $variant = $code,)*
            /// A byte that is no type code.
            Invalid = 0xff,
        }

        impl Kind {
            /// The kind that a type code names; its [`FLAG_REF`] is not looked at. [`Kind::Invalid`] for any other byte.
            #[must_use]
            pub const fn of(code: u8) -> Self {
                KINDS[(code & !FLAG_REF) as usize]
            }

            /// CPython's name for the type code, such as `TYPE_SMALL_TUPLE`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Invalid => "no type code",
                }
            }

            /// What it is, in a sentence.
            #[must_use]
            pub const fn doc(self) -> &'static str {
                match self {
                    $(Self::$variant => $doc,)*
                    Self::Invalid => "This byte is no type code of any Python.",
                }
            }

            /// The first Python version that reads it.
            #[must_use]
            pub const fn since(self) -> (u8, u8) {
                match self {
                    $(Self::$variant => ($major, $minor),)*
                    Self::Invalid => (u8::MAX, 0),
                }
            }
        }

        static KINDS: [Kind; 128] = {
            let mut kinds = [Kind::Invalid; 128];
            $(kinds[$code as usize] = Kind::$variant;)*
            kinds
        };
    };
}

type_codes! {
    Null = b'0', "TYPE_NULL", (1, 0), "No object at all: it ends a dict, and is damage anywhere else.";
    None = b'N', "TYPE_NONE", (1, 0), "The value None. Its type code is all there is.";
    False = b'F', "TYPE_FALSE", (2, 3), "The value False. Its type code is all there is.";
    True = b'T', "TYPE_TRUE", (2, 3), "The value True. Its type code is all there is.";
    StopIteration = b'S', "TYPE_STOPITER", (2, 2), "The exception class StopIteration.";
    Ellipsis = b'.', "TYPE_ELLIPSIS", (1, 4), "The value Ellipsis, written `...` in source.";
    Int = b'i', "TYPE_INT", (1, 0), "An integer of 32 bits, signed.";
    Int64 = b'I', "TYPE_INT64", (1, 5), "An integer of 64 bits, signed, as 64-bit builds wrote it up to 3.2.";
    FloatText = b'f', "TYPE_FLOAT", (1, 0), "A float as decimal text behind a one-byte length.";
    Float = b'g', "TYPE_BINARY_FLOAT", (2, 5), "A float in its eight bytes of IEEE 754 binary64.";
    ComplexText = b'x', "TYPE_COMPLEX", (1, 4), "A complex number as two decimal texts.";
    Complex = b'y', "TYPE_BINARY_COMPLEX", (2, 5), "A complex number as two binary64 values: real part, imaginary part.";
    Long = b'l', "TYPE_LONG", (1, 0), "An integer of any size: a signed count, then digits of 15 bits. The count's sign is the number's.";
    Bytes = b's', "TYPE_STRING", (1, 0), "A byte string behind a four-byte length: bytes in Python 3, str in Python 2.";
    Interned = b't', "TYPE_INTERNED", (2, 4), "An interned string behind a four-byte length. Up to 2.7 later R codes may refer to it.";
    StringRef = b'R', "TYPE_STRINGREF", (2, 4), "A reference to an interned string, by its index among them (2.4 to 2.7).";
    Unicode = b'u', "TYPE_UNICODE", (1, 6), "Text as UTF-8 behind a four-byte length. Lone surrogates are written as if they were characters.";
    Ascii = b'a', "TYPE_ASCII", (3, 4), "Text of ASCII characters alone, behind a four-byte length.";
    AsciiInterned = b'A', "TYPE_ASCII_INTERNED", (3, 4), "Interned text of ASCII characters alone, behind a four-byte length.";
    ShortAscii = b'z', "TYPE_SHORT_ASCII", (3, 4), "Text of at most 255 ASCII characters, behind a one-byte length.";
    ShortAsciiInterned = b'Z', "TYPE_SHORT_ASCII_INTERNED", (3, 4), "Interned text of at most 255 ASCII characters, behind a one-byte length.";
    Tuple = b'(', "TYPE_TUPLE", (1, 0), "A tuple behind a four-byte count of its items.";
    SmallTuple = b')', "TYPE_SMALL_TUPLE", (3, 4), "A tuple of at most 255 items, behind a one-byte count.";
    List = b'[', "TYPE_LIST", (1, 0), "A list behind a four-byte count of its items.";
    Dict = b'{', "TYPE_DICT", (1, 0), "A dict: keys and values in turn, ended by a NULL.";
    Set = b'<', "TYPE_SET", (2, 5), "A set behind a four-byte count of its items.";
    FrozenSet = b'>', "TYPE_FROZENSET", (2, 5), "A frozenset behind a four-byte count of its items.";
    Code = b'c', "TYPE_CODE", (1, 3), "A code object: what a module, function, class or comprehension compiles to.";
    OldCode = b'C', "TYPE_CODE", (1, 0), "A code object of Python 1.0 to 1.2: five objects and no numbers.";
    Ref = b'r', "TYPE_REF", (3, 4), "A reference to an object that came before, by its index among those with FLAG_REF.";
    Unknown = b'?', "TYPE_UNKNOWN", (1, 0), "An object that marshal could not write. Reading it fails.";
    Slice = b':', "TYPE_SLICE", (3, 14), "A slice: start, stop, step.";
    FrozenDict = b'}', "TYPE_FROZENDICT", (3, 15), "A frozendict: keys and values in turn, ended by a NULL.";
}

impl Kind {
    /// Whether [`FLAG_REF`] gives it an index in the reference list. It does not where there is one such object only.
    #[must_use]
    pub const fn takes_reference(self) -> bool {
        !matches!(
            self,
            Self::Null
                | Self::None
                | Self::False
                | Self::True
                | Self::StopIteration
                | Self::Ellipsis
                | Self::Ref
                | Self::StringRef
                | Self::Unknown
                | Self::Invalid
        )
    }

    /// Whether it is a code object.
    #[must_use]
    pub const fn is_code(self) -> bool {
        matches!(self, Self::Code | Self::OldCode)
    }

    /// Whether it is text or bytes with a length before it.
    #[must_use]
    pub const fn is_string(self) -> bool {
        matches!(
            self,
            Self::Bytes
                | Self::Interned
                | Self::Unicode
                | Self::Ascii
                | Self::AsciiInterned
                | Self::ShortAscii
                | Self::ShortAsciiInterned
        )
    }

    /// Whether it holds a counted or ended run of objects.
    #[must_use]
    pub const fn is_container(self) -> bool {
        matches!(
            self,
            Self::Tuple | Self::SmallTuple | Self::List | Self::Dict | Self::Set | Self::FrozenSet | Self::FrozenDict
        )
    }

    /// How many bytes its length or count takes behind the type code: 0, 1 or 4.
    #[must_use]
    pub const fn length_size(self) -> u32 {
        match self {
            Self::FloatText | Self::ShortAscii | Self::ShortAsciiInterned | Self::SmallTuple => 1,
            Self::Long
            | Self::Bytes
            | Self::Interned
            | Self::Unicode
            | Self::Ascii
            | Self::AsciiInterned
            | Self::Tuple
            | Self::List
            | Self::Set
            | Self::FrozenSet => 4,
            _ => 0,
        }
    }
}
