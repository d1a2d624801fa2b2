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
        self.variables(Field::Varnames, CO_FAST_LOCAL)
    }

    /// The names of variables that inner functions use: `co_cellvars`. Likewise.
    #[must_use]
    pub fn cellvars(&self) -> Option<Vec<NodeId>> {
        self.variables(Field::Cellvars, CO_FAST_CELL)
    }

    /// The names of variables of enclosing functions: `co_freevars`. Likewise.
    #[must_use]
    pub fn freevars(&self) -> Option<Vec<NodeId>> {
        self.variables(Field::Freevars, CO_FAST_FREE)
    }

    fn variables(&self, field: Field, kind: u8) -> Option<Vec<NodeId>> {
        if !self.has_localsplus() {
            self.object(field)?;
            return Some(self.items(field).collect());
        }
        let (kinds, _) = self.data(Field::Localspluskinds)?;
        let names = self.items(Field::Localsplusnames).zip(kinds);
        Some(names.filter(|(_, kinds)| *kinds & kind != 0).map(|(name, _)| name).collect())
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
