//! The attributes of `self` that the methods of a class set, which it keeps as `__static_attributes__` (3.13+), in any order
//! (`maybe_add_static_attribute_to_class` in CPython's `compile.c`).

use std::collections::BTreeSet;

use pycxray_source::constant::{Constant, Name};
use pycxray_source::unit::UnitKind;
use ruff_python_ast as ast;

use super::Converter;
use super::name::plain;

impl Converter<'_> {
    /// Notes that an attribute is set.
    pub(super) fn sets_attribute(&mut self, node: &ast::ExprAttribute) {
        let is_self = matches!(&*node.value, ast::Expr::Name(name) if name.id.as_str() == "self");
        if let Some(class) = self.at.class_around.filter(|_| is_self) {
            self.attributes.entry(class).or_default().insert(plain(&node.attr));
        }
    }

    /// Compares what classes keep with what their methods set.
    pub(super) fn check_static_attributes(&mut self) {
        if !self.since(13) {
            return;
        }
        for unit in self.units.units.iter().filter(|unit| unit.kind == UnitKind::Class) {
            let kept: Option<BTreeSet<Name>> = match &unit.static_attributes {
                Some(Constant::Tuple(items)) => items.iter().map(text).collect(),
                _ => None,
            };
            if kept != Some(self.attributes.get(&unit.id).cloned().unwrap_or_default()) {
                self.note(unit.id, "its __static_attributes__ are others in the source");
            }
        }
    }
}

fn text(constant: &Constant) -> Option<Name> {
    match constant {
        Constant::Str(text) => std::str::from_utf8(text).ok().map(Name::from),
        _ => None,
    }
}
