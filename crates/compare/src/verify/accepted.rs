//! What scopes of a source can have made: names, constants, texts.

use pycxray::{Implementation, Pyc};

use super::constant::Constant;
use super::scope::{Scope, ScopeKind, without_layout};

/// Names that compilers write themselves.
const OWN_NAMES: &[&str] = &[
    ".0",
    ".defaults",
    ".generic_base",
    ".kwdefaults",
    ".type_params",
    ".format",
    "format",
    "AssertionError",
    "False",
    "None",
    "True",
    "StopAsyncIteration",
    "StopIteration",
    "__annotate__",
    "__annotate_func__",
    "__annotations__",
    "__build_class__",
    "__class__",
    "__classcell__",
    "__classdict__",
    "__classdictcell__",
    "__conditional_annotations__",
    "__doc__",
    "__enter__",
    "__exit__",
    "__firstlineno__",
    "__locals__",
    "__module__",
    "__name__",
    "__orig_bases__",
    "__qualname__",
    "__static_attributes__",
    "__type_params__",
    "return",
    "NotImplementedError",
];

/// Whether the source can have made a constant.
pub(super) enum Answer {
    Yes,
    No,
    Unknown,
}

/// What scopes can have made.
pub(super) struct Accepted<'s> {
    scopes: &'s [Scope],
    /// The scopes, and the comprehensions inside them, whose code may have become theirs.
    own: Vec<usize>,
    /// All scopes inside them: variables pass through functions, and tuples of attributes are gathered from them.
    inner: Vec<usize>,
    is_cpython: bool,
}

impl<'s> Accepted<'s> {
    /// Those that a code object is the code of.
    pub(super) fn new(scopes: &'s [Scope], paired: &[usize], pyc: &Pyc) -> Self {
        let mut own = Vec::new();
        let mut left = paired.to_vec();
        while let Some(id) = left.pop() {
            own.push(id);
            left.extend(
                scopes[id].children.iter().copied().filter(|&child| scopes[child].kind == ScopeKind::Comprehension),
            );
        }
        let mut inner = Vec::new();
        let mut left = paired.to_vec();
        while let Some(id) = left.pop() {
            inner.push(id);
            left.extend(&scopes[id].children);
        }
        Self { scopes, own, inner, is_cpython: pyc.python().implementation == Implementation::CPython }
    }

    fn own(&self) -> impl Iterator<Item = &Scope> {
        self.own.iter().map(|&id| &self.scopes[id])
    }

    /// Whether they can have made a name.
    pub(super) fn name(&self, name: &str) -> bool {
        // `_[1]` holds what `with` and comprehensions work on, up to 3.1.
        if OWN_NAMES.contains(&name)
            || name.is_empty()
            || name.starts_with("_[")
            || (!self.is_cpython && name.starts_with('@'))
        {
            return true;
        }
        self.inner.iter().any(|&id| {
            let scope = &self.scopes[id];
            scope.facts.names.contains(name) || scope.name == name
        })
    }

    /// Whether they can have made a constant.
    pub(super) fn constant(&self, constant: &Constant) -> Answer {
        if self.own().any(|scope| scope.facts.constants.contains(constant)) {
            return Answer::Yes;
        }
        let is_known = match constant {
            Constant::Text(text) => self.text(text),
            Constant::Int(value) => {
                let small: Option<i64> = value.try_into().ok();
                // Levels of imports, flags of the compiler's own calls, the first line of a class.
                small.is_some_and(|small| {
                    (0..=2).contains(&small) || self.scopes.iter().any(|scope| i64::from(scope.first_line) == small)
                })
            }
            _ => false,
        };
        match is_known {
            true => Answer::Yes,
            false if self.own().any(|scope| scope.facts.has_unknown) => Answer::Unknown,
            false => Answer::No,
        }
    }

    fn text(&self, text: &str) -> bool {
        if self.name(text) || self.is_qualified_name(text) {
            return true;
        }
        let layout_free = without_layout(text);
        self.own().any(|scope| {
            scope.facts.docstrings.contains(&layout_free)
                || (scope.facts.has_formats && is_part_of_format(text, scope))
                || is_annotation(text, scope)
        })
    }

    /// The name of a function or class in or around the scope, which code stores as text. One that is declared global is qualified from
    /// there on.
    fn is_qualified_name(&self, text: &str) -> bool {
        let inside = |id: &usize| {
            let before = self.scopes[*id].qualname.strip_suffix(text);
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        self.own.iter().any(inside) || self.own().any(|scope| scope.children.iter().any(inside))
    }
}

/// Whether a literal that `%` formats may have been taken apart into this text, or into this format spec.
fn is_part_of_format(text: &str, scope: &Scope) -> bool {
    let is_spec = text.chars().all(|c| c.is_ascii_digit() || "<>.-+ #".contains(c));
    is_spec
        || scope.facts.constants.iter().any(|constant| match constant {
            Constant::Text(literal) => literal.contains(text) || literal.replace("%%", "%").contains(text),
            _ => false,
        })
}

/// Whether the text is an annotation of the scope (PEP 563), written as `ast.unparse` writes it.
fn is_annotation(text: &str, scope: &Scope) -> bool {
    if scope.facts.annotations.is_empty() || super::nesting::check_depth(text).is_err() {
        return false;
    }
    // `*args: *Ts` has a star (PEP 646), which is none of an expression.
    let (star, text) = text.strip_prefix('*').map_or(("", text), |text| ("*", text));
    let Ok(parsed) = ruff_python_parser::parse_expression(text) else { return false };
    scope.facts.annotations.contains(&format!("{star}{}", super::facts::annotation_tree(parsed.expr())))
}
