//! Which code object is which scope of the source.

use pycxray::{Code, Field, Pyc};

use super::contents::field;
use super::scope::{Scope, ScopeKind};

/// The scopes that a code object may be the code of: more than one where two look alike, such as two lambdas on a line.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) scopes: Vec<usize>,
    /// How many lines further down than the scope it begins.
    pub(super) shift: i64,
    /// Whether that is what it is, or what the code object around it is.
    pub(super) line_fits: bool,
}

/// How a code object stands to the scopes inside those of its parent.
pub(super) enum Place {
    /// It is the code of one of them.
    Scope(Match),
    /// The compiler made it of a part of the parent: annotations, type parameters, the value of a type alias.
    PartOfParent,
    /// There is none of its name.
    Nowhere,
}

/// Where `code` comes from, a code object inside one that is the code of `parents` and `shift` lines further down.
pub(super) fn place(pyc: &Pyc, code: &Code<'_>, scopes: &[Scope], parents: &[usize], shift: i64) -> Place {
    let name = field(code, Field::Name);
    let first_line = code.number(Field::Firstlineno);
    let named: Vec<usize> = candidates(scopes, parents).filter(|&id| scopes[id].name == name).collect();
    let is_compilers = name == "__annotate__" || name.starts_with("<generic parameters of ");
    if named.is_empty() {
        let is_part = is_compilers || is_type_name(pyc, scopes, parents, &name);
        return if is_part { Place::PartOfParent } else { Place::Nowhere };
    }
    let fits = |scope: &Scope, shift: i64| match (first_line, scope.kind) {
        (None, _) => true,
        // Up to 3.7 a generator expression begins where its element does.
        (Some(line), ScopeKind::Comprehension) => {
            (i64::from(scope.first_line)..=i64::from(scope.last_line)).contains(&line.saturating_sub(shift))
        }
        (Some(line), _) => line.saturating_sub(shift) == i64::from(scope.first_line),
    };
    for shift in [shift, 0] {
        let fitting: Vec<usize> = named.iter().copied().filter(|&id| fits(&scopes[id], shift)).collect();
        if !fitting.is_empty() {
            return Place::Scope(Match { scopes: fitting, shift, line_fits: true });
        }
    }
    // A class may have an `__annotate__` of its own beside the compiler's.
    if is_compilers {
        return Place::PartOfParent;
    }
    let shift = match (first_line, &named[..]) {
        (Some(line), &[id]) => line.saturating_sub(i64::from(scopes[id].first_line)),
        // Which of them it is cannot be told.
        _ => 0,
    };
    Place::Scope(Match { scopes: named, shift, line_fits: false })
}

/// The scopes inside `parents`, and inside comprehensions there, which may have become part of the parent (PEP 709).
fn candidates<'s>(scopes: &'s [Scope], parents: &'s [usize]) -> impl Iterator<Item = usize> + 's {
    let mut left: Vec<usize> = parents.iter().rev().flat_map(|&id| scopes[id].children.iter().rev().copied()).collect();
    std::iter::from_fn(move || {
        let id = left.pop()?;
        if scopes[id].kind == ScopeKind::Comprehension {
            left.extend(scopes[id].children.iter().rev());
        }
        Some(id)
    })
}

/// Whether the code object is the value of a type alias or the bound of a type variable (PEP 695), which bear their names.
fn is_type_name(pyc: &Pyc, scopes: &[Scope], parents: &[usize], name: &str) -> bool {
    pyc.python().version >= pycxray::Version::new(3, 12)
        && parents.iter().any(|&id| scopes[id].facts.names.contains(name))
}
