//! Python's own tree, with the names of the `ast` module.
//!
//! Each code object has a [`Body`]: an arena of nodes that hold each other by number, so that no depth of nesting is a depth of
//! recursion, not even when it is dropped. A node that makes a code object (`def`, `lambda`, `class`, a comprehension of its own)
//! names that code object; what is inside is the body of that. What the code around owns stays in the node: decorators, defaults,
//! annotations, bases, the first iterable of a comprehension.

mod expr;
mod pattern;
mod stmt;
mod walk;

pub use expr::{BoolOp, CmpOp, Comprehension, Expr, ExprId, FormatPart, Keyword};
pub use pattern::{Pattern, PatternId};
pub use stmt::{Alias, Annotation, ExceptHandler, Function, MatchCase, Stmt, StmtId, WithItem};

use std::ops::Range;

use crate::graph::Origin;

/// The attribute that stands for something of which a file has no code object, where a tree is made of a source: no text can
/// spell it, so that it is equal to nothing in the file.
pub const WITHOUT_CODE: &str = "without a code object";

/// A node of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A statement.
    Stmt(Stmt),
    /// An expression.
    Expr(Expr),
    /// A pattern of `case`.
    Pattern(Pattern),
}

/// The tree of one code object.
#[derive(Clone, Debug, Default)]
pub struct Body {
    nodes: Vec<Node>,
    origins: Vec<Origin>,
    /// Its statements. A lambda, a comprehension and what is evaluated by `eval` have one: a [`Stmt::Return`].
    pub stmts: Vec<StmtId>,
}

impl Body {
    /// Adds a statement. `origin` tells where it stood, if that is known.
    pub fn stmt(&mut self, stmt: Stmt, origin: Origin) -> StmtId {
        StmtId(self.add(Node::Stmt(stmt), origin))
    }

    /// Adds an expression.
    pub fn expr(&mut self, expr: Expr, origin: Origin) -> ExprId {
        ExprId(self.add(Node::Expr(expr), origin))
    }

    /// Adds a pattern.
    pub fn pattern(&mut self, pattern: Pattern, origin: Origin) -> PatternId {
        PatternId(self.add(Node::Pattern(pattern), origin))
    }

    /// A body that is one statement.
    pub(crate) fn of_one(stmt: Stmt) -> Self {
        Self { nodes: vec![Node::Stmt(stmt)], origins: vec![Origin::None], stmts: vec![StmtId(0)] }
    }

    fn add(&mut self, node: Node, origin: Origin) -> u32 {
        self.nodes.push(node);
        self.origins.push(origin);
        self.nodes.len() as u32 - 1
    }

    /// A statement.
    ///
    /// # Panics
    /// If it is one of another body.
    #[must_use]
    pub fn get_stmt(&self, id: StmtId) -> &Stmt {
        match &self.nodes[id.0 as usize] {
            Node::Stmt(stmt) => stmt,
            _ => unreachable!("the number of a statement is given out for a statement"),
        }
    }

    /// The same, to change it.
    ///
    /// # Panics
    /// If it is one of another body.
    pub fn get_stmt_mut(&mut self, id: StmtId) -> &mut Stmt {
        match &mut self.nodes[id.0 as usize] {
            Node::Stmt(stmt) => stmt,
            _ => unreachable!("the number of a statement is given out for a statement"),
        }
    }

    /// An expression.
    ///
    /// # Panics
    /// If it is one of another body.
    #[must_use]
    pub fn get_expr(&self, id: ExprId) -> &Expr {
        match &self.nodes[id.0 as usize] {
            Node::Expr(expr) => expr,
            _ => unreachable!("the number of an expression is given out for an expression"),
        }
    }

    /// The same, to change it.
    ///
    /// # Panics
    /// If it is one of another body.
    pub fn get_expr_mut(&mut self, id: ExprId) -> &mut Expr {
        match &mut self.nodes[id.0 as usize] {
            Node::Expr(expr) => expr,
            _ => unreachable!("the number of an expression is given out for an expression"),
        }
    }

    /// A pattern.
    ///
    /// # Panics
    /// If it is one of another body.
    #[must_use]
    pub fn get_pattern(&self, id: PatternId) -> &Pattern {
        match &self.nodes[id.0 as usize] {
            Node::Pattern(pattern) => pattern,
            _ => unreachable!("the number of a pattern is given out for a pattern"),
        }
    }

    /// The parameter that a statement takes apart, and the target: what is written as a tuple among the parameters (Python 2) is one
    /// whose name begins with a dot, which the first statements of the function take apart.
    #[must_use]
    pub fn parameter_taken_apart(&self, id: StmtId) -> Option<(&crate::constant::Name, ExprId)> {
        let Stmt::Assign { targets, value } = self.get_stmt(id) else { return None };
        let (&[target], Expr::Name(name)) = (&targets[..], self.get_expr(*value)) else { return None };
        let is_parameter =
            name.strip_prefix('.').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        (is_parameter && matches!(self.get_expr(target), Expr::Tuple(_))).then_some((name, target))
    }

    /// The first part that has no shape, in bytes of the bytecode, and why.
    pub(crate) fn unshaped(&self) -> Option<(Range<u32>, &str)> {
        self.held().into_iter().find_map(|node| match &self.nodes[node as usize] {
            Node::Stmt(Stmt::Unshaped { start, end, reason }) => Some((*start..*end, reason.as_str())),
            _ => None,
        })
    }

    /// All nodes, by number.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Where a node stood in the bytecode, by its number.
    #[must_use]
    pub fn origin(&self, node: u32) -> Origin {
        self.origins.get(node as usize).copied().unwrap_or_default()
    }
}
