//! Statements.

use super::{ExprId, Keyword, PatternId};
use crate::constant::Name;
use crate::graph::BinaryOp;
use crate::unit::CodeId;

/// A statement of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StmtId(pub u32);

/// What code around a function knows of it. Its parameters are in its [`crate::unit::Unit`].
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its code object.
    pub code: CodeId,
    /// The defaults of the last positional parameters.
    pub defaults: Vec<ExprId>,
    /// The defaults of keyword-only parameters.
    pub kw_defaults: Vec<(Name, ExprId)>,
    /// The annotations of parameters, and `return` (up to 3.13; with `from __future__ import annotations`, constant texts).
    pub annotations: Vec<(Name, ExprId)>,
    /// The code object that makes the annotations (3.14+).
    pub annotate: Option<CodeId>,
}

/// `name as asname`
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// What is imported.
    pub name: Name,
    /// What it is bound to, if that is said.
    pub asname: Option<Name>,
}

/// `context_expr as optional_vars`
#[derive(Clone, Debug, PartialEq)]
pub struct WithItem {
    /// The manager.
    pub context_expr: ExprId,
    /// What is bound.
    pub optional_vars: Option<ExprId>,
}

/// `except type as name: …`
#[derive(Clone, Debug, PartialEq)]
pub struct ExceptHandler {
    /// The class; none for `except:`.
    pub typ: Option<ExprId>,
    /// What the exception is bound to.
    pub name: Option<Name>,
    /// The same in Python 2, where it may be any target and stays bound.
    pub target: Option<ExprId>,
    /// What is done.
    pub body: Vec<StmtId>,
}

/// Where the annotation of a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annotation {
    /// In the same body.
    Here(ExprId),
    /// In that of the code object that makes annotations when they are asked for (3.14+), whose statements are these annotations.
    Asked {
        /// That code object.
        code: CodeId,
        /// Which of its statements it is: an annotated name, or an `if` around one that may not be reached.
        index: u32,
    },
}

/// `case pattern if guard: …`
#[derive(Clone, Debug, PartialEq)]
pub struct MatchCase {
    /// The pattern.
    pub pattern: PatternId,
    /// The guard.
    pub guard: Option<ExprId>,
    /// What is done.
    pub body: Vec<StmtId>,
}

/// What a statement is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stmt {
    /// `def`, `async def`; which, the flags of its code object tell.
    FunctionDef {
        /// The function.
        function: Function,
        /// What it is bound to.
        name: Name,
        /// Decorators, the uppermost first.
        decorators: Vec<ExprId>,
        /// The code object of its type parameters, in which it is made (3.12+).
        type_params: Option<CodeId>,
    },
    /// `class`
    ClassDef {
        /// Its code object.
        code: CodeId,
        /// What it is bound to.
        name: Name,
        /// Bases, which may be starred.
        bases: Vec<ExprId>,
        /// Keywords.
        keywords: Vec<Keyword>,
        /// Decorators, the uppermost first.
        decorators: Vec<ExprId>,
        /// The code object of its type parameters, in which it is made (3.12+).
        type_params: Option<CodeId>,
    },
    /// `return value`
    Return(Option<ExprId>),
    /// `del a, b`
    Delete(Vec<ExprId>),
    /// `a = b = value`
    Assign {
        /// One target or more.
        targets: Vec<ExprId>,
        /// The value.
        value: ExprId,
    },
    /// `target += value`
    AugAssign {
        /// The target.
        target: ExprId,
        /// Which.
        op: BinaryOp,
        /// The value.
        value: ExprId,
    },
    /// `target: annotation = value`
    AnnAssign {
        /// The target.
        target: ExprId,
        /// The annotation.
        annotation: Annotation,
        /// The value.
        value: Option<ExprId>,
        /// Whether the target is a name without parentheses around it.
        simple: bool,
    },
    /// `for target in iter: … else: …`
    For {
        /// What is bound.
        target: ExprId,
        /// What is iterated over.
        iter: ExprId,
        /// What is done.
        body: Vec<StmtId>,
        /// What is done at the end.
        orelse: Vec<StmtId>,
        /// `async for`
        is_async: bool,
    },
    /// `while test: … else: …`
    While {
        /// The condition.
        test: ExprId,
        /// What is done.
        body: Vec<StmtId>,
        /// What is done at the end.
        orelse: Vec<StmtId>,
    },
    /// `if test: … else: …`
    If {
        /// The condition.
        test: ExprId,
        /// What is done if it holds.
        body: Vec<StmtId>,
        /// And if it does not.
        orelse: Vec<StmtId>,
    },
    /// `with items: …`
    With {
        /// The managers.
        items: Vec<WithItem>,
        /// What is done.
        body: Vec<StmtId>,
        /// `async with`
        is_async: bool,
    },
    /// `match subject: …`
    Match {
        /// The subject.
        subject: ExprId,
        /// The cases.
        cases: Vec<MatchCase>,
    },
    /// `raise exc from cause`
    Raise {
        /// What is raised.
        exc: Option<ExprId>,
        /// What it is raised from; in Python 2, the value that a class is raised with.
        cause: Option<ExprId>,
        /// The traceback that it is raised with (Python 2).
        tback: Option<ExprId>,
    },
    /// `print >>dest, values` (Python 2)
    Print {
        /// The file to print to.
        dest: Option<ExprId>,
        /// What is printed.
        values: Vec<ExprId>,
        /// Whether the line ends: there is no comma behind the last value.
        newline: bool,
    },
    /// `exec code in globals, locals` (Python 2)
    Exec {
        /// What is run.
        code: ExprId,
        /// The dict of global names, and of local ones if it is another.
        names: Option<(ExprId, Option<ExprId>)>,
    },
    /// `try: … except …: … else: … finally: …`
    Try {
        /// What is tried.
        body: Vec<StmtId>,
        /// Handlers.
        handlers: Vec<ExceptHandler>,
        /// What is done if there was no exception.
        orelse: Vec<StmtId>,
        /// What is done in any case.
        finalbody: Vec<StmtId>,
        /// `except*`
        is_star: bool,
    },
    /// `assert test, msg`
    Assert {
        /// The condition.
        test: ExprId,
        /// The message.
        msg: Option<ExprId>,
    },
    /// `import a.b as c`
    Import {
        /// What is imported.
        names: Vec<Alias>,
        /// `lazy import` (3.15+)
        is_lazy: bool,
    },
    /// `from module import a as b`
    ImportFrom {
        /// The module; empty for `from . import a`.
        module: Name,
        /// What is imported; `*` alone.
        names: Vec<Alias>,
        /// How many dots.
        level: u32,
        /// `lazy from` (3.15+)
        is_lazy: bool,
    },
    /// `global a`
    Global(Vec<Name>),
    /// `nonlocal a`
    Nonlocal(Vec<Name>),
    /// `type name = …` (3.12+)
    TypeAlias {
        /// Its name.
        name: Name,
        /// The code object of its type parameters, if it has any; else that of its value.
        code: CodeId,
    },
    /// An expression.
    Expr(ExprId),
    /// `pass`
    Pass,
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// A region without a shape.
    Unshaped {
        /// Where it begins in the bytecode, in bytes.
        start: u32,
        /// Where it ends.
        end: u32,
        /// Why.
        reason: String,
    },
}
