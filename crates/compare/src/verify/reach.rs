//! What surely is compiled: what follows a statement that is always left, or stands under a condition known in advance, may be dropped.

use ruff_python_ast::{Expr, Stmt};

use super::fold::fold;

/// Whether the statement never goes on behind itself, as far as compilers see.
pub(super) fn leaves(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::If(stmt) => {
            let last = stmt.elif_else_clauses.last();
            let has_else = last.is_some_and(|clause| clause.test.is_none());
            // `if not __debug__: return`: what follows is dropped with `-O`.
            let tests = std::iter::once(&*stmt.test)
                .chain(stmt.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref()));
            let bodies = || std::iter::once(&stmt.body).chain(stmt.elif_else_clauses.iter().map(|clause| &clause.body));
            let may_always = tests.into_iter().any(has_constant_truth) && bodies().any(|body| ends(body));
            may_always || has_else && ends(&stmt.body) && stmt.elif_else_clauses.iter().all(|clause| ends(&clause.body))
        }
        // A loop or guard that is never left is rare; what follows is then dropped.
        Stmt::While(stmt) => has_constant_truth(&stmt.test),
        Stmt::With(stmt) => ends(&stmt.body),
        Stmt::Try(stmt) => ends(&stmt.finalbody) || ends(&stmt.body) || ends(&stmt.orelse),
        Stmt::Assert(stmt) => has_constant_truth(&stmt.test),
        Stmt::Match(stmt) => stmt.cases.iter().any(|case| ends(&case.body)),
        _ => false,
    }
}

pub(super) fn ends(body: &[Stmt]) -> bool {
    body.iter().any(leaves)
}

/// Whether compilers may know the truth of a condition, or of a part on which it hangs.
pub(super) fn has_constant_truth(test: &Expr) -> bool {
    match test {
        Expr::Name(name) => name.id.as_str() == "__debug__",
        Expr::UnaryOp(unary) => has_constant_truth(&unary.operand),
        Expr::BoolOp(operation) => operation.values.iter().any(has_constant_truth),
        Expr::If(choice) => {
            [&choice.test, &choice.body, &choice.orelse].into_iter().any(|part| has_constant_truth(part))
        }
        Expr::Named(named) => has_constant_truth(&named.value),
        Expr::Compare(comparison) => {
            has_constant_truth(&comparison.left) && comparison.comparators.iter().all(has_constant_truth)
        }
        Expr::FString(_) | Expr::Lambda(_) => true,
        other => fold(other).is_some(),
    }
}
