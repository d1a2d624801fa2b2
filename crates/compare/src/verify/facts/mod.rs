//! From the tree of a source to its scopes.

mod definitions;
mod visit;

use std::collections::HashSet;

use pycxray_source::unit::mangled;
use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::lines::Lines;
use super::reach::{has_constant_truth, leaves};
use super::scope::{Facts, Must, Named, Scope, ScopeKind};

/// The scopes of a module, the module itself first.
pub(super) fn scopes(module: &ast::ModModule, lines: &Lines) -> Vec<Scope> {
    let mut walk = Walk {
        lines,
        scopes: Vec::new(),
        open: Vec::new(),
        classes: Vec::new(),
        generic_class: None,
        is_live: true,
        parentheses: None,
        f_string: None,
        has_text_annotations: has_text_annotations(&module.body),
    };
    walk.open_scope(ScopeKind::Module, "<module>", (1, lines.count()));
    walk.docstring(&module.body);
    walk.suite(&module.body);
    walk.scopes
}

/// The tree of an annotation, to be compared with that of the text which it became: `Callable[..., None]` is `Callable[(Ellipsis, None)]`
/// up to 3.8. One that is starred has the star before it.
pub(super) fn annotation_tree(annotation: &Expr) -> String {
    let (star, annotation) = match annotation {
        Expr::Starred(starred) => ("*", &*starred.value),
        annotation => ("", annotation),
    };
    let tree = format!("{:?}", ast::comparable::ComparableExpr::from(annotation));
    star.to_owned() + &tree.replace("Name(ExprName { id: \"Ellipsis\" })", "EllipsisLiteral")
}

/// Whether annotations become text (PEP 563).
pub(super) fn has_text_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::ImportFrom(import) => {
            import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
                && import.names.iter().any(|alias| alias.name.as_str() == "annotations")
        }
        _ => false,
    })
}

/// The walk through the tree.
pub(super) struct Walk<'s> {
    lines: &'s Lines,
    scopes: Vec<Scope>,
    /// The scopes around where the walk is, the innermost last.
    open: Vec<usize>,
    /// The names of the classes around, for private names; `None` for a scope that is none.
    classes: Vec<String>,
    /// The class with type parameters whose header is walked through.
    pub(super) generic_class: Option<String>,
    /// Whether what is met is surely compiled, and left in the file.
    pub(super) is_live: bool,
    has_text_annotations: bool,
    /// The line on which the parentheses of a call begin, whose only argument is a generator expression: they are its own.
    parentheses: Option<u32>,
    /// The lines of the f-string around: what stands in one bears any of them, up to 3.11.
    pub(super) f_string: Option<(u32, u32)>,
}

impl Walk<'_> {
    pub(super) fn line(&self, node: &impl Ranged) -> u32 {
        self.lines.of(node.start().to_u32())
    }

    pub(super) fn last_line(&self, node: &impl Ranged) -> u32 {
        self.lines.of(node.end().to_u32().saturating_sub(1))
    }

    pub(super) fn scope(&mut self) -> &mut Scope {
        let innermost = self.open.last().copied().unwrap_or(0);
        &mut self.scopes[innermost]
    }

    pub(super) fn facts(&mut self) -> &mut Facts {
        &mut self.scope().facts
    }

    fn open_scope(&mut self, kind: ScopeKind, name: &str, (first_line, last_line): (u32, u32)) {
        let id = self.scopes.len();
        let qualname = match self.open.last().map(|&parent| &self.scopes[parent]) {
            None => name.to_owned(),
            Some(parent) if parent.kind == ScopeKind::Module => name.to_owned(),
            // Comprehensions are functions, but not to `co_qualname` (`Python/compile.c`, `compiler_set_qualname`).
            Some(parent) if matches!(parent.kind, ScopeKind::Class | ScopeKind::Comprehension) => {
                format!("{}.{name}", parent.qualname)
            }
            Some(parent) => format!("{}.<locals>.{name}", parent.qualname),
        };
        if let Some(&parent) = self.open.last() {
            self.scopes[parent].children.push(id);
        }
        self.scopes.push(Scope {
            kind,
            name: name.to_owned(),
            qualname,
            first_line,
            last_line,
            parameters: Vec::new(),
            counts: [0; 3],
            is_live: self.is_live,
            parent: self.open.last().copied(),
            children: Vec::new(),
            facts: Facts::default(),
            live: Vec::new(),
        });
        self.open.push(id);
    }

    fn close_scope(&mut self) {
        self.open.pop();
    }

    /// Visits what may be dropped by the compiler.
    pub(super) fn maybe(&mut self, visit: impl FnOnce(&mut Self)) {
        let was_live = std::mem::replace(&mut self.is_live, false);
        visit(self);
        self.is_live = was_live;
    }

    /// A name that code may use, and must if it is live.
    fn name(&mut self, name: &str, line: u32) {
        let name: String = unicode_normalization::UnicodeNormalization::nfkc(name).collect();
        let class = self.generic_class.as_ref().or(self.classes.last());
        let mangled = class.and_then(|class| mangled(class, &name)).map(|mangled| mangled.to_string());
        // Of type parameters and of bases versions mangle some with the name of the class itself, and leave others.
        let is_either = self.generic_class.is_some() && mangled.is_some();
        let is_live = self.is_live && !is_either;
        let scope = self.scope();
        if let Some(mangled) = &mangled {
            scope.facts.names.insert(mangled.clone());
        }
        if is_live {
            scope.live.push(Must { what: Named::Name(mangled.unwrap_or_else(|| name.clone())), line });
        }
        scope.facts.names.insert(name);
    }

    /// A name that may stand in the file, or may not: keywords of calls, names of imports.
    pub(super) fn possible_name(&mut self, name: &str) {
        self.maybe(|walk| walk.name(name, 0));
    }

    /// The statements of a block. What follows one that always leaves it may be dropped.
    fn suite(&mut self, body: &[Stmt]) {
        let was_live = self.is_live;
        for stmt in body {
            self.visit_stmt(stmt);
            if leaves(stmt) {
                self.is_live = false;
            }
        }
        self.is_live = was_live;
    }

    /// A condition and what is compiled when it holds or not: where it is constant, one of them is dropped.
    fn condition(&mut self, test: &Expr) -> bool {
        let is_constant = has_constant_truth(test);
        if is_constant {
            self.maybe(|walk| walk.visit_expr(test));
        } else {
            self.visit_expr(test);
        }
        is_constant
    }

    fn branch(&mut self, is_constant: bool, body: &[Stmt]) {
        if is_constant {
            self.maybe(|walk| walk.suite(body));
        } else {
            self.suite(body);
        }
    }
}

/// The lines on which something stands that is compiled: neither blank nor a comment alone.
pub(super) fn lines_with_code(tokens: &ast::token::Tokens, lines: &Lines) -> HashSet<u32> {
    let mut found = HashSet::new();
    for token in tokens.iter().filter(|token| !token.kind().is_trivia()) {
        if token.start() < token.end() {
            let (first, last) = (lines.of(token.start().to_u32()), lines.of(token.end().to_u32() - 1));
            found.extend(first..=last);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::annotation_tree;

    #[test]
    fn annotations_are_the_same_as_the_texts_that_they_become() {
        let tree = |text: &str| annotation_tree(ruff_python_parser::parse_expression(text).unwrap().expr());
        assert_eq!(tree("Callable[..., None]"), tree("Callable[(Ellipsis, None)]"));
        assert_ne!(tree("Callable[..., None]"), tree("Callable[None, ...]"));
    }
}
