//! Operations: what instructions of all versions mean.

use super::operand::{
    BinaryOp, Bounds, BuildKind, CompareOp, Conversion, FunctionPart, ImportTime, Scope, TypeParamKind, UnaryOp,
};
use super::origin::Origin;
use super::value::ValueId;
use crate::constant::Name;

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    /// What it does.
    pub kind: OpKind,
    /// What it does it with, in the order in which they were pushed on the stack: the deepest first.
    pub operands: Vec<ValueId>,
    /// Its first result. Further ones have the numbers behind it, in the order in which [`OpKind`] names them.
    pub first: ValueId,
    /// How many results it has.
    pub results: u32,
    /// Where it comes from.
    pub origin: Origin,
}

impl Op {
    /// Its results.
    pub fn results(&self) -> impl DoubleEndedIterator<Item = ValueId> + use<> {
        (self.first.0..self.first.0 + self.results).map(ValueId)
    }
}

/// What an operation does. Operands are named in the order in which they stand in [`Op::operands`]; `→` tells the results,
/// where there are any.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OpKind {
    // Variables.
    /// → the value of a variable. The check that a local one is bound is part of it.
    Load(Scope, Name),
    /// (value): binds a variable.
    Store(Scope, Name),
    /// Unbinds a variable.
    Delete(Scope, Name),
    /// → the dict of local names of a class body (`LOAD_LOCALS`).
    LoadLocals,
    /// (dict) → the value of a name there, or else a global (`LOAD_FROM_DICT_OR_GLOBALS`, 3.12+).
    LoadFromDictOrGlobals(Name),
    /// (dict) → the value of a name there, or else in a cell (`LOAD_FROM_DICT_OR_DEREF`; `LOAD_CLASSDEREF` is
    /// [`OpKind::LoadLocals`] and this).
    LoadFromDictOrDeref(Name),
    /// → the cell of a variable, for the closure of a function (`LOAD_CLOSURE`).
    LoadClosure(Name),
    /// Puts a variable into a new cell, amid a function: in a comprehension that is inlined (3.12+). Those at the start of a
    /// code object are not there.
    MakeCell(Name),
    /// → what a local variable was bound to, or nothing; it is unbound now (`LOAD_FAST_AND_CLEAR`, 3.12+). [`OpKind::Store`]
    /// of this value restores it.
    SaveAndClear(Name),
    /// → the function that makes classes (`LOAD_BUILD_CLASS`). A class is a [`OpKind::Call`] of it with a function, the name, bases and
    /// keywords.
    LoadBuildClass,
    /// → an object that code needs often, by its name (`LOAD_COMMON_CONSTANT`, 3.14+). `AssertionError` of `assert` in 3.9+.
    CommonConstant(Name),
    /// Makes sure that there is an `__annotations__`.
    SetupAnnotations,

    // Attributes and items.
    /// (object) → its attribute. Calls of methods are this and [`OpKind::Call`].
    LoadAttr(Name),
    /// (value, object): sets its attribute.
    StoreAttr(Name),
    /// (object): deletes its attribute.
    DeleteAttr(Name),
    /// (`super`, class, self) → an attribute (`LOAD_SUPER_ATTR`, 3.12+).
    SuperAttr {
        /// Which.
        name: Name,
        /// Whether `super` was written with two arguments; else with none.
        two_arguments: bool,
    },
    /// (container, index) → an item. A slice is a [`OpKind::Build`] before it.
    GetItem,
    /// (value, container, index): sets an item.
    SetItem,
    /// (container, index): deletes an item.
    DelItem,

    /// (container, the bounds that are there) → a slice: `x[a:b]` of Python 2.
    GetBounds(Bounds),
    /// (value, container, the bounds that are there): sets a slice.
    SetBounds(Bounds),
    /// (container, the bounds that are there): deletes a slice.
    DelBounds(Bounds),

    // Operators.
    /// (value) → the outcome.
    Unary(UnaryOp),
    /// (value) → its text: `` `x` `` of Python 2.
    Repr,
    /// (left, right) → the outcome.
    Binary {
        /// Which.
        op: BinaryOp,
        /// Whether it is `+=` and the like.
        inplace: bool,
    },
    /// (left, right) → the outcome.
    Compare(CompareOp),
    /// (item, container) → whether it holds it.
    Contains {
        /// `not in`
        negated: bool,
    },
    /// (left, right) → whether they are the same object.
    Is {
        /// `is not`
        negated: bool,
    },

    // Building.
    /// (items) → what is built of them, which are this many. A list or set of constants that the compiler copied from a
    /// constant (`BUILD_LIST 0; LOAD_CONST; LIST_EXTEND 1`) has its items here.
    Build(BuildKind, u32),
    /// (containers) → all their items in one: `BUILD_TUPLE_UNPACK` and its like (3.5 – 3.8).
    BuildUnpack(BuildKind, u32),
    /// The same for the arguments of a call: of dicts no key may come twice (`BUILD_MAP_UNPACK_WITH_CALL`, 3.5 – 3.8).
    BuildUnpackWithCall(BuildKind, u32),
    /// (list, item): appends it (`LIST_APPEND`). Here and in the next ones the container stays what it is.
    ListAppend,
    /// (set, item): adds it (`SET_ADD`).
    SetAdd,
    /// (dict, key, value): enters it (`MAP_ADD`).
    MapAdd,
    /// (list, iterable): appends its items (`LIST_EXTEND`, 3.9+).
    ListExtend,
    /// (set, iterable): adds its items (`SET_UPDATE`, 3.9+).
    SetUpdate,
    /// (dict, mapping): enters its items (`DICT_UPDATE`, 3.9+).
    DictUpdate,
    /// (dict, mapping): enters its items, none of which may be there (`DICT_MERGE`, 3.9+): keyword arguments.
    DictMerge,
    /// (list) → a tuple (`LIST_TO_TUPLE`, 3.9+).
    ListToTuple,
    /// (value) → its text.
    Convert(Conversion),
    /// (value) or (value, spec) → its text: a field of an f-string. Up to 3.12 a [`OpKind::Convert`] stands right before it,
    /// behind the spec.
    Format {
        /// Whether there is a spec.
        spec: bool,
    },
    /// (value, text of the expression), and the spec → an interpolation of a t-string (3.14+).
    Interpolation {
        /// `!s`, `!r`, `!a`.
        conversion: Option<Conversion>,
        /// Whether there is a spec.
        spec: bool,
    },
    /// (tuple of texts, tuple of interpolations) → a t-string (3.14+).
    Template,

    // Calls, functions, imports.
    /// (callee, positional arguments, keyword arguments) → the result.
    Call {
        /// How many are positional.
        positional: u32,
        /// The names of the others, in order.
        keywords: Vec<Name>,
    },
    /// (callee, positional arguments, keyword arguments), and what is starred → the result (Python 2).
    CallStar {
        /// How many are positional.
        positional: u32,
        /// The names of the others, in order.
        keywords: Vec<Name>,
        /// `*args`
        star: bool,
        /// `**kwargs`
        star_star: bool,
    },
    /// (callee, tuple of arguments), and the dict of keyword arguments → the result.
    CallEx {
        /// Whether there is such a dict.
        keywords: bool,
    },
    /// (code, parts) → a function.
    MakeFunction(Vec<FunctionPart>),
    /// (name, tuple of bases, dict) → a class (Python 2).
    BuildClass,
    /// (level, names) → a module: `import name`.
    ImportName(Name, ImportTime),
    /// (module) → what it has under this name: `from module import name`.
    ImportFrom(Name),
    /// (module): `from module import *`.
    ImportStar,

    // Iteration, generators, coroutines.
    /// (iterable) → its iterator. [`super::Terminator::ForIter`] uses it.
    GetIter,
    /// (iterable) → its asynchronous iterator.
    GetAiter,
    /// (awaitable) → its result: `await`.
    Await,
    /// (iterable) → its result: `yield from`.
    YieldFrom,
    /// (value) → what is sent in: `yield`.
    Yield,
    /// (iterable) → its items, which are this many: the first result is the first item.
    Unpack(u32),
    /// (iterable) → its only item, of which no target is bound: `*args: *Ts` (3.11+).
    Only,
    /// (iterable) → the items before the starred one, that as a list, those after it.
    UnpackEx {
        /// How many stand before it.
        before: u32,
        /// How many stand after it.
        after: u32,
    },

    // `with`.
    /// (manager) → its `__exit__`, and the result of its `__enter__` (for `async with` of `__aenter__`, to be awaited).
    WithEnter {
        /// `async with`
        is_async: bool,
    },
    /// (exit) → its result, called without an exception (for `async with` to be awaited).
    WithExit,
    /// (exit, exception) → its result, called with it: true to forget it (for `async with` to be awaited).
    WithExceptStart,

    // Exceptions.
    /// (exception, class) → whether it is of it: `except class`.
    CheckExcMatch,
    /// (exception, class) → what is left, what matches: `except* class`.
    CheckEgMatch,
    /// (original, list) → what is to be raised behind `except*`, or None.
    PrepReraiseStar,
    /// The exception is handled. In Python 2, where no instruction says so, what follows the `except` clauses begins.
    PopExcept,
    /// (value, traceback) → both, which a class is raised with (Python 2).
    WithTraceback,

    // Patterns (3.10+).
    /// (subject) → its length. The subject stays.
    GetLen,
    /// (subject) → whether it is a mapping.
    MatchMapping,
    /// (subject) → whether it is a sequence.
    MatchSequence,
    /// (subject, tuple of keys) → a tuple of values, or None. 3.10's flag that all were there is [`OpKind::Is`] of it and None, negated.
    MatchKeys,
    /// (subject, class, tuple of names) → a tuple of attributes, or None; the flag of 3.10 likewise.
    MatchClass {
        /// How many patterns are positional.
        positional: u32,
    },
    /// (subject, tuple of keys) → a dict without them: `**rest` (`COPY_DICT_WITHOUT_KEYS`, 3.10).
    CopyDictWithoutKeys,

    // Type parameters (3.12+).
    /// (name), for some and a function → a type parameter.
    TypeParam(TypeParamKind),
    /// (tuple of name, type parameters or None, function that makes the value) → `type name = value`.
    TypeAlias,
    /// (tuple of type parameters) → the base class `Generic[…]`.
    SubscriptGeneric,
    /// (function, tuple of type parameters) → the function with them.
    SetTypeParams,
    /// (type parameter, function) → it with a default (3.13+).
    SetTypeParamDefault,

    /// (value): shows it at the prompt (`PRINT_EXPR`).
    PrintExpr,
    /// (value), or (value, file): prints it (Python 2).
    PrintItem {
        /// Whether there is a file.
        to: bool,
    },
    /// (), or (file): ends the printed line (Python 2).
    PrintNewline {
        /// Whether there is a file.
        to: bool,
    },
    /// (code, dict of global names, dict of local names): runs it (Python 2).
    Exec,
}

impl OpKind {
    /// How many results it has.
    #[must_use]
    pub fn result_count(&self) -> u32 {
        match self {
            Self::Store(..)
            | Self::Delete(..)
            | Self::MakeCell(_)
            | Self::SetupAnnotations
            | Self::StoreAttr(_)
            | Self::DeleteAttr(_)
            | Self::SetItem
            | Self::DelItem
            | Self::ListAppend
            | Self::SetAdd
            | Self::MapAdd
            | Self::ListExtend
            | Self::SetUpdate
            | Self::DictUpdate
            | Self::DictMerge
            | Self::ImportStar
            | Self::PopExcept
            | Self::SetBounds(_)
            | Self::DelBounds(_)
            | Self::PrintItem { .. }
            | Self::PrintNewline { .. }
            | Self::Exec
            | Self::PrintExpr => 0,
            Self::WithEnter { .. } | Self::CheckEgMatch => 2,
            Self::Unpack(count) => *count,
            Self::UnpackEx { before, after } => before.saturating_add(*after).saturating_add(1),
            _ => 1,
        }
    }
}
