//! How tightly the parts of an expression bind.

/// How tightly an expression binds: one in a place that asks for more stands in parentheses. In the order of the language reference's
/// table (6.17), loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Precedence {
    /// A slice: only between brackets.
    Slice,
    /// A tuple without parentheses, or a starred item in one.
    Tuple,
    /// `yield`, where a statement has it alone.
    Yield,
    /// `name := value`
    Named,
    /// `a if b else c`, `lambda`.
    Test,
    /// `or`
    Or,
    /// `and`
    And,
    /// `not`
    Not,
    /// Comparisons.
    Compare,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `<<`, `>>`
    Shift,
    /// `+`, `-`
    Arith,
    /// `*`, `/`, …
    Term,
    /// `-x`, `+x`, `~x`
    Factor,
    /// `**`
    Power,
    /// `await`
    Await,
    /// An integer: an attribute of it would be read as a float.
    Number,
    /// Anything that holds together by itself.
    Atom,
}

impl Precedence {
    /// The next tighter one.
    pub(super) const fn tighter(self) -> Self {
        match self {
            Self::Slice => Self::Tuple,
            Self::Tuple => Self::Yield,
            Self::Yield => Self::Named,
            Self::Named => Self::Test,
            Self::Test => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Compare,
            Self::Compare => Self::BitOr,
            Self::BitOr => Self::BitXor,
            Self::BitXor => Self::BitAnd,
            Self::BitAnd => Self::Shift,
            Self::Shift => Self::Arith,
            Self::Arith => Self::Term,
            Self::Term => Self::Factor,
            Self::Factor => Self::Power,
            Self::Power => Self::Await,
            Self::Await => Self::Number,
            Self::Number | Self::Atom => Self::Atom,
        }
    }
}
