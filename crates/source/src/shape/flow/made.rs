//! Values that no single operation makes: those that branches lead to.

use super::Flow;
use crate::graph::{CompareOp, ValueId};

/// How a value is made by more than one operation.
#[derive(Clone, Debug)]
pub(in crate::shape) enum Made {
    /// `not x`, where a branch asks for the opposite of what is written.
    Not(ValueId),
    /// `a and b and …`, `a or b or …`
    Bool {
        /// `and`; else `or`.
        and: bool,
        /// The operands, two at least.
        values: Vec<ValueId>,
    },
    /// `body if test else orelse`
    IfExp {
        /// What is asked.
        test: ValueId,
        /// The value if it is true.
        body: ValueId,
        /// And if it is not.
        orelse: ValueId,
    },
    /// `a < b < …`
    Chain {
        /// The leftmost operand.
        first: ValueId,
        /// The comparisons with what they compare to, two at least.
        rest: Vec<(Comparison, ValueId)>,
    },
}

/// An operator of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shape) enum Comparison {
    /// `<`, `==`, …
    Compare(CompareOp),
    /// `in`, `not in`
    In { negated: bool },
    /// `is`, `is not`
    Is { negated: bool },
}

impl Comparison {
    /// The opposite, where there is one that a branch may be on.
    pub(in crate::shape) fn negated(self) -> Option<Self> {
        match self {
            Self::Compare(_) => None,
            Self::In { negated } => Some(Self::In { negated: !negated }),
            Self::Is { negated } => Some(Self::Is { negated: !negated }),
        }
    }
}

impl Flow<'_> {
    /// What a value was made of by shaping.
    pub(in crate::shape) fn made(&self, value: ValueId) -> Option<&Made> {
        self.made.get(&self.resolve(value))
    }

    /// A new value.
    pub(in crate::shape) fn make(&mut self, made: Made) -> ValueId {
        let value = ValueId(self.next_value);
        self.next_value += 1;
        self.made.insert(value, made);
        value
    }

    /// `not value`. What is negated already is not.
    pub(in crate::shape) fn negate(&mut self, value: ValueId) -> ValueId {
        if let Some(&Made::Not(inner)) = self.made(value) {
            return inner;
        }
        self.make(Made::Not(value))
    }

    /// `left and right`, joined with the operands that these have of the same kind.
    pub(in crate::shape) fn make_bool(&mut self, and: bool, left: ValueId, right: ValueId) -> ValueId {
        let mut values = Vec::new();
        for value in [left, right] {
            match self.made(value) {
                Some(Made::Bool { and: same, values: inner }) if *same == and && !self.named.contains_key(&value) => {
                    values.extend_from_slice(inner);
                }
                _ => values.push(value),
            }
        }
        self.make(Made::Bool { and, values })
    }
}
