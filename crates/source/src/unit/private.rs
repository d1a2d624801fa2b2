//! Private names: `__x` in `class C` is `_C__x` in bytecode (`_Py_Mangle` in CPython's `compile.c`).

use std::rc::Rc;

use super::{Unit, UnitKind};
use crate::constant::Name;

/// What the names of the code objects of type parameters begin with.
pub(super) const GENERIC: &str = "<generic parameters of ";

impl Unit {
    /// A name of this code object as it was written.
    #[must_use]
    pub fn unmangled(&self, name: &Name) -> Name {
        let Some(class) = self.class.as_ref().filter(|_| self.may_mangle(name)) else { return name.clone() };
        let written = name.strip_prefix('_').and_then(|rest| rest.strip_prefix(class.trim_start_matches('_')));
        match written.filter(|written| mangled(class, written).is_some()) {
            Some(written) => written.into(),
            None => name.clone(),
        }
    }

    /// What a name that is written in this code object is in bytecode.
    #[must_use]
    pub fn mangled(&self, written: &Name) -> Name {
        let mangled = self.class.as_ref().and_then(|class| mangled(class, written));
        mangled.filter(|mangled| self.may_mangle(mangled)).unwrap_or_else(|| written.clone())
    }

    fn may_mangle(&self, mangled: &Name) -> bool {
        self.mangled_alone.as_ref().is_none_or(|names| names.contains(mangled))
    }

    /// Enters which class private names bear the name of: that around, but of a class and of its type parameters it is that very
    /// class. In what belongs to its type parameters these alone are mangled (`ste_mangled_names` in CPython's `symtable.c`).
    pub(super) fn learn_class(&mut self, around: Option<&Self>) {
        let generic_class = self.generic_class();
        (self.class, self.mangled_alone) = match (self.kind, generic_class) {
            (UnitKind::Class, _) => (Some(self.name.clone()), None),
            (_, Some(class)) => {
                let own = self.varnames.iter().chain(&self.cellvars).filter(|name| !name.starts_with('.'));
                (Some(class), Some(own.cloned().collect::<Rc<[Name]>>()))
            }
            _ => around.map(|around| (around.class.clone(), around.mangled_alone.clone())).unwrap_or_default(),
        };
    }

    /// The class that these are the type parameters of.
    fn generic_class(&self) -> Option<Name> {
        let is_of_class = self.cellvars.iter().any(|name| &**name == ".type_params");
        let name = self.name.strip_prefix(GENERIC).and_then(|name| name.strip_suffix('>'));
        name.filter(|_| is_of_class && self.kind == UnitKind::TypeParameters).map(Name::from)
    }
}

/// What a private name that is written in a class is in bytecode; `None` if the name is none. A class of underscores alone leaves all
/// names as they are, as are those of modules within others.
#[must_use]
pub fn mangled(class: &str, written: &str) -> Option<Name> {
    let class = class.trim_start_matches('_');
    let is_private = written.starts_with("__") && !written.ends_with("__") && !written.contains('.');
    (is_private && !class.is_empty()).then(|| format!("_{class}{written}").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constant::CodeId;

    fn unit(class: &str, alone: Option<&[&str]>) -> Unit {
        let alone = alone.map(|names| names.iter().map(|&name| Name::from(name)).collect());
        Unit { class: Some(class.into()), mangled_alone: alone, ..Unit::left_out(CodeId(0), None) }
    }

    #[test]
    fn private_names_bear_the_name_of_their_class() {
        let unit = unit("__C", None);
        for (written, mangled) in [("__x", "_C__x"), ("__x__", "__x__"), ("_x", "_x"), ("_C__x", "_C__x")] {
            assert_eq!(*unit.mangled(&written.into()), *mangled);
        }
        for (mangled, written) in [("_C__x", "__x"), ("_D__x", "_D__x"), ("_C__x__", "_C__x__"), ("__x", "__x")] {
            assert_eq!(*unit.unmangled(&mangled.into()), *written);
        }
    }

    #[test]
    fn of_what_belongs_to_type_parameters_of_a_class_these_alone_do() {
        let unit = unit("C", Some(&["_C__T"]));
        assert_eq!((&*unit.mangled(&"__T".into()), &*unit.unmangled(&"_C__T".into())), ("_C__T", "__T"));
        assert_eq!((&*unit.mangled(&"__x".into()), &*unit.unmangled(&"_C__x".into())), ("__x", "_C__x"));
    }

    #[test]
    fn a_class_of_underscores_changes_no_name() {
        let unit = unit("__", None);
        assert_eq!((&*unit.mangled(&"__x".into()), &*unit.unmangled(&"___x".into())), ("__x", "___x"));
    }
}
