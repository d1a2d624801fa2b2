//! Expressions.

use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, CompareOp, Conversion, UnaryOp};
use crate::unit::CodeId;

/// An expression of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// `and`, `or`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum BoolOp {
    And,
    Or,
}

/// An operator of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CmpOp {
    /// `<`, `==`, …
    Compare(CompareOp),
    /// `in`, `not in`
    In {
        /// `not in`
        negated: bool,
    },
    /// `is`, `is not`
    Is {
        /// `is not`
        negated: bool,
    },
}

/// `name=value` in a call, or `**value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The name; none for `**`.
    pub arg: Option<Name>,
    /// The value.
    pub value: ExprId,
}

/// `for target in iter if …` of a comprehension.
#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    /// What is bound.
    pub target: ExprId,
    /// What is iterated over. Of the first `for` of a comprehension that is a code object of its own, that is in the node which
    /// makes it, and this is `None`.
    pub iter: Option<ExprId>,
    /// The conditions.
    pub ifs: Vec<ExprId>,
    /// `async for`
    pub is_async: bool,
}

/// A part of an f-string or t-string.
#[derive(Clone, Debug, PartialEq)]
pub enum FormatPart {
    /// Text, as in [`Constant::Str`].
    Text(std::rc::Rc<[u8]>),
    /// `{value!r:spec}`
    Field {
        /// What is shown.
        value: ExprId,
        /// `!r`
        conversion: Option<Conversion>,
        /// The spec: parts of its own, or an expression that is none of an f-string.
        spec: Option<ExprId>,
        /// For a t-string, the text of the expression as it was written.
        text: Option<std::rc::Rc<[u8]>>,
    },
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A constant. Tuples and slices may be constants, too.
    Constant(Constant),
    /// A variable, with its name as the bytecode has it (mangled).
    Name(Name),
    /// `a and b`
    BoolOp {
        /// Which.
        op: BoolOp,
        /// Two operands or more.
        values: Vec<ExprId>,
    },
    /// `name := value`
    NamedExpr {
        /// The variable.
        target: Name,
        /// The value.
        value: ExprId,
    },
    /// `left + right`
    BinOp {
        /// The left operand.
        left: ExprId,
        /// Which.
        op: BinaryOp,
        /// The right operand.
        right: ExprId,
    },
    /// `-operand`
    UnaryOp {
        /// Which.
        op: UnaryOp,
        /// The operand.
        operand: ExprId,
    },
    /// `` `value` `` (Python 2)
    Repr(ExprId),
    /// `lambda: …`
    Lambda(super::Function),
    /// `body if test else orelse`
    IfExp {
        /// What is asked.
        test: ExprId,
        /// If it is true.
        body: ExprId,
        /// If it is not.
        orelse: ExprId,
    },
    /// `{key: value, **mapping}`: the key is `None` for `**`.
    Dict(Vec<(Option<ExprId>, ExprId)>),
    /// `{a, b}`
    Set(Vec<ExprId>),
    /// `[a, b]`
    List(Vec<ExprId>),
    /// `(a, b)`
    Tuple(Vec<ExprId>),
    /// `[elt for …]`, inlined (3.12+).
    ListComp {
        /// The items; here and in those that follow, a starred one has items of its own (3.15+).
        elt: ExprId,
        /// The loops.
        generators: Vec<Comprehension>,
    },
    /// `{elt for …}`, inlined (3.12+).
    SetComp {
        /// The items.
        elt: ExprId,
        /// The loops.
        generators: Vec<Comprehension>,
    },
    /// `{key: value for …}`, inlined (3.12+).
    DictComp {
        /// The keys; none for `{**value for …}` (3.15+).
        key: Option<ExprId>,
        /// The values.
        value: ExprId,
        /// The loops.
        generators: Vec<Comprehension>,
    },
    /// A comprehension or generator expression that is a code object of its own. Its body has one statement: a
    /// [`super::Stmt::Return`] of a `ListComp`, `SetComp`, `DictComp` or [`Expr::GeneratorExp`].
    OwnComp {
        /// The code object.
        code: CodeId,
        /// The iterable of its first `for`.
        iter: ExprId,
    },
    /// `(elt for …)`: only as the value of the body of a generator expression.
    GeneratorExp {
        /// The items.
        elt: ExprId,
        /// The loops.
        generators: Vec<Comprehension>,
    },
    /// `await value`
    Await(ExprId),
    /// `yield value`
    Yield(Option<ExprId>),
    /// `yield from value`
    YieldFrom(ExprId),
    /// `left < a < b`
    Compare {
        /// The leftmost operand.
        left: ExprId,
        /// Each operator with what stands behind it.
        rest: Vec<(CmpOp, ExprId)>,
    },
    /// `func(args, keyword=…)`
    Call {
        /// What is called.
        func: ExprId,
        /// Positional arguments.
        args: Vec<ExprId>,
        /// Keyword arguments.
        keywords: Vec<Keyword>,
    },
    /// An f-string.
    JoinedStr(Vec<FormatPart>),
    /// A t-string (3.14+).
    TemplateStr(Vec<FormatPart>),
    /// `value.attr`
    Attribute {
        /// The object.
        value: ExprId,
        /// The attribute, as the bytecode has it (mangled).
        attr: Name,
    },
    /// `value[slice]`
    Subscript {
        /// The container.
        value: ExprId,
        /// The index.
        slice: ExprId,
    },
    /// `*value`
    Starred(ExprId),
    /// `lower:upper:step`
    Slice {
        /// The start.
        lower: Option<ExprId>,
        /// The end.
        upper: Option<ExprId>,
        /// The step.
        step: Option<ExprId>,
    },
}

impl Expr {
    /// What a comprehension adds, and its loops.
    pub(crate) fn as_comprehension(&self) -> Option<([Option<ExprId>; 2], &[Comprehension])> {
        match self {
            Self::ListComp { elt, generators }
            | Self::SetComp { elt, generators }
            | Self::GeneratorExp { elt, generators } => Some(([Some(*elt), None], generators)),
            Self::DictComp { key, value, generators } => Some(([*key, Some(*value)], generators)),
            _ => None,
        }
    }

    /// Calls `each` with the expressions right inside of this one, in the order of writing. What stands inside of other code objects
    /// is not there.
    pub fn for_each_child(&self, mut each: impl FnMut(ExprId)) {
        match self {
            Self::Constant(_) | Self::Name(_) => {}
            Self::BoolOp { values: items, .. } | Self::Set(items) | Self::List(items) | Self::Tuple(items) => {
                items.iter().copied().for_each(each);
            }
            Self::NamedExpr { value, .. }
            | Self::UnaryOp { operand: value, .. }
            | Self::OwnComp { iter: value, .. }
            | Self::Repr(value)
            | Self::Await(value)
            | Self::YieldFrom(value)
            | Self::Starred(value)
            | Self::Attribute { value, .. } => each(*value),
            Self::BinOp { left, right, .. } | Self::Subscript { value: left, slice: right } => {
                [*left, *right].into_iter().for_each(each);
            }
            Self::Lambda(function) => {
                let named = function.kw_defaults.iter().map(|(_, value)| *value);
                function.defaults.iter().copied().chain(named).for_each(each);
            }
            Self::IfExp { test, body, orelse } => [*body, *test, *orelse].into_iter().for_each(each),
            Self::Dict(items) => {
                items.iter().flat_map(|&(key, value)| key.into_iter().chain([value])).for_each(each);
            }
            Self::ListComp { elt, generators }
            | Self::SetComp { elt, generators }
            | Self::GeneratorExp { elt, generators } => {
                each(*elt);
                generators.iter().for_each(|generator| generator.for_each_child(&mut each));
            }
            Self::DictComp { key, value, generators } => {
                key.iter().chain([value]).copied().for_each(&mut each);
                generators.iter().for_each(|generator| generator.for_each_child(&mut each));
            }
            Self::Yield(value) => value.iter().copied().for_each(each),
            Self::Compare { left, rest } => {
                each(*left);
                rest.iter().for_each(|&(_, right)| each(right));
            }
            Self::Call { func, args, keywords } => {
                each(*func);
                args.iter().copied().for_each(&mut each);
                keywords.iter().for_each(|keyword| each(keyword.value));
            }
            Self::JoinedStr(parts) | Self::TemplateStr(parts) => {
                for part in parts {
                    if let FormatPart::Field { value, spec, .. } = part {
                        each(*value);
                        spec.iter().copied().for_each(&mut each);
                    }
                }
            }
            Self::Slice { lower, upper, step } => [lower, upper, step].into_iter().flatten().copied().for_each(each),
        }
    }
}

impl Comprehension {
    fn for_each_child(&self, mut each: impl FnMut(ExprId)) {
        each(self.target);
        self.iter.iter().chain(&self.ifs).copied().for_each(&mut each);
    }
}
