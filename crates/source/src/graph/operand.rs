//! What operations are about, besides values: operators, scopes, kinds of what is built.

/// Where a variable is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Among the local variables of a function (`LOAD_FAST`).
    Fast,
    /// In a cell that functions share (`LOAD_DEREF`).
    Deref,
    /// In the module, then among the built-in names (`LOAD_GLOBAL`).
    Global,
    /// In the names of a class body or module, then as a global (`LOAD_NAME`).
    Name,
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-x`
    USub,
    /// `+x`
    UAdd,
    /// `~x`
    Invert,
    /// `not x`
    Not,
}

/// A binary operator, with the names of `ast`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    /// `/` of Python 2 without `from __future__ import division`. Only of operations: a tree has [`BinaryOp::Div`].
    ClassicDiv,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
}

/// A comparison, with the names of `ast`. `is` and `in` are operations of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CompareOp {
    Lt,
    LtE,
    Eq,
    NotEq,
    Gt,
    GtE,
}

/// What is built of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BuildKind {
    /// A tuple. If all items are constants it is one itself.
    Tuple,
    /// A list.
    List,
    /// A set.
    Set,
    /// A dict: key, value, key, value, …
    Dict,
    /// Text: the parts of an f-string.
    String,
    /// A slice of two or three.
    Slice,
}

/// When a module is imported (PEP 810, 3.15+).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImportTime {
    /// When the interpreter is told to: at once, if nothing else is said. Up to 3.14 always.
    Any,
    /// When a name of it is used first: `lazy import`.
    Lazy,
    /// At once, since it stands in a function, a class or a `try`, or takes all names.
    Eager,
}

/// `!s`, `!r`, `!a` in an f-string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Conversion {
    Str,
    Repr,
    Ascii,
}

/// What a function is given when it is made, besides its code. In the order in which operands stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FunctionPart {
    /// A tuple of the defaults of positional parameters.
    Defaults,
    /// A dict of the defaults of keyword-only parameters, by name.
    KwDefaults,
    /// Annotations: a dict by name (up to 3.9), a tuple of names and values in turn (3.10 – 3.13).
    Annotations,
    /// A tuple of cells.
    Closure,
    /// A function that makes the annotations (3.14+).
    Annotate,
}

/// What makes a type parameter (3.12+).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeParamKind {
    /// `T`: of its name.
    TypeVar,
    /// `T: bound`: of its name and a function that makes the bound.
    TypeVarWithBound,
    /// `T: (a, b)`: of its name and a function that makes the constraints.
    TypeVarWithConstraints,
    /// `**P`: of its name.
    ParamSpec,
    /// `*Ts`: of its name.
    TypeVarTuple,
}

/// Which bounds a slice has (Python 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Whether there is a first.
    pub lower: bool,
    /// Whether there is a second.
    pub upper: bool,
}
