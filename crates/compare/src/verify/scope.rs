//! What a source says, scope by scope: the constants and names that its code objects may hold, and those that they must.

use std::collections::HashSet;

use super::constant::Constant;

/// What a code object of the scope is called by the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopeKind {
    /// The module.
    Module,
    /// A function.
    Function,
    /// A class.
    Class,
    /// A `lambda`.
    Lambda,
    /// A comprehension or generator expression.
    Comprehension,
}

/// A module, class, function, lambda or comprehension of a source.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    /// The name of its code object: `f`, `<lambda>`, `<listcomp>`.
    pub(super) name: String,
    /// Its qualified name (PEP 3155).
    pub(super) qualname: String,
    /// The line on which it begins: that of its first decorator.
    pub(super) first_line: u32,
    /// The line on which it ends.
    pub(super) last_line: u32,
    /// Its parameters, in the order of `co_varnames`.
    pub(super) parameters: Vec<String>,
    /// How many of them are positional, positional-only, keyword-only.
    pub(super) counts: [usize; 3],
    /// Whether its code surely is in the file: nothing drops it.
    pub(super) is_live: bool,
    /// The scope around it.
    pub(super) parent: Option<usize>,
    /// The scopes inside it.
    pub(super) children: Vec<usize>,
    /// What it may have made.
    pub(super) facts: Facts,
    /// What it must have made.
    pub(super) live: Vec<Must>,
}

/// What code objects of a scope may hold.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Constants, folded ones among them.
    pub(super) constants: HashSet<Constant>,
    /// Names of variables, attributes, modules, keywords.
    pub(super) names: HashSet<String>,
    /// Docstrings without their indentation and blanks.
    pub(super) docstrings: HashSet<String>,
    /// Annotations, which may stand in the file as text, as trees that are compared without their layout.
    pub(super) annotations: HashSet<String>,
    /// Whether a constant expression could not be worked out, so that any number or text may be its value.
    pub(super) has_unknown: bool,
    /// Whether `%` formats a literal, which is taken apart from 3.11 on.
    pub(super) has_formats: bool,
}

/// A constant or name that must be in the file, and the line that has it.
#[derive(Clone, Debug)]
pub(super) struct Must {
    pub(super) what: Named,
    pub(super) line: u32,
}

/// What must be in the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Named {
    /// A name.
    Name(String),
    /// A constant.
    Constant(Constant),
}

/// Text in which layout does not count: for docstrings, which 3.13 frees of their indentation.
pub(super) fn without_layout(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
