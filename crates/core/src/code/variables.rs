//! The variables of a code object, which 3.11 put into one tuple with a byte of kinds beside it.

use crate::Code;
use crate::marshal::{Field, NodeId};
use crate::python::CodeLayout;

/// In `co_localspluskinds`: a local variable (`Include/internal/pycore_code.h`, CPython 3.11).
pub const CO_FAST_LOCAL: u8 = 0x20;
/// In `co_localspluskinds`: a variable that inner functions use.
pub const CO_FAST_CELL: u8 = 0x40;
/// In `co_localspluskinds`: a variable of an enclosing function.
pub const CO_FAST_FREE: u8 = 0x80;

impl<'p> Code<'p> {
    /// The names of local variables, parameters first: `co_varnames`. `None` where the version has no such thing.
    #[must_use]
    pub fn varnames(&self) -> Option<Vec<NodeId>> {
        self.variables(Field::Varnames)
    }

    /// The names of variables that inner functions use: `co_cellvars`. Likewise.
    #[must_use]
    pub fn cellvars(&self) -> Option<Vec<NodeId>> {
        self.variables(Field::Cellvars)
    }

    /// The names of variables of enclosing functions: `co_freevars`. Likewise.
    #[must_use]
    pub fn freevars(&self) -> Option<Vec<NodeId>> {
        self.variables(Field::Freevars)
    }

    fn variables(&self, field: Field) -> Option<Vec<NodeId>> {
        let mut names = Vec::new();
        self.add_variables(field, &mut names).then_some(names)
    }

    /// Adds the names of such a field to `names`. `false` where the version has no such thing.
    pub(crate) fn add_variables(&self, field: Field, names: &mut Vec<NodeId>) -> bool {
        if !self.has_localsplus() {
            names.extend(self.items(field));
            return self.object(field).is_some();
        }
        let kind = match field {
            Field::Varnames => CO_FAST_LOCAL,
            Field::Cellvars => CO_FAST_CELL,
            _ => CO_FAST_FREE,
        };
        let Some((kinds, _)) = self.data(Field::Localspluskinds) else { return false };
        let all = self.items(Field::Localsplusnames).zip(kinds);
        names.extend(all.filter(|(_, kinds)| *kinds & kind != 0).map(|(name, _)| name));
        true
    }

    /// How many local variables there are: `co_nlocals`, from 3.11 on counted.
    #[must_use]
    pub fn nlocals(&self) -> Option<i64> {
        if !self.has_localsplus() {
            return self.number(Field::Nlocals);
        }
        let (kinds, _) = self.data(Field::Localspluskinds)?;
        Some(kinds.iter().filter(|kind| *kind & CO_FAST_LOCAL != 0).count() as i64)
    }

    pub(crate) fn has_localsplus(&self) -> bool {
        self.python().format.code == CodeLayout::V3_11
    }
}
