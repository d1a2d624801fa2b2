//! Names as compilers write them: normalized (PEP 3131), and private ones with the name of their class.

use pycxray_source::constant::Name;
use unicode_normalization::UnicodeNormalization;

use super::Converter;

impl Converter<'_> {
    /// A name of a variable, an attribute or a module, in the class of this place.
    pub(super) fn name(&self, written: &str) -> Name {
        let unit = self.units.get(self.at.code);
        // In what belongs to the type parameters of a class these alone bear its name.
        if unit.mangled_alone.is_some() {
            return unit.mangled(&plain(written));
        }
        mangled(self.at.class.as_deref(), &plain(written))
    }
}

/// A name that no class changes: of an argument in a call.
pub(super) fn plain(written: &str) -> Name {
    if written.is_ascii() { written.into() } else { written.nfkc().collect::<String>().into() }
}

/// `__name` in `class C` is `_C__name` (`_Py_Mangle` in CPython's `compile.c`).
fn mangled(class: Option<&str>, name: &Name) -> Name {
    let is_private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
    let class = class.map(|class| class.trim_start_matches('_')).filter(|class| !class.is_empty());
    match class {
        Some(class) if is_private => format!("_{class}{name}").into(),
        _ => name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{mangled, plain};

    #[test]
    fn private_names_bear_the_name_of_their_class() {
        let name = |class, name: &str| mangled(class, &plain(name)).to_string();
        assert_eq!(name(Some("_C"), "__x"), "_C__x");
        assert_eq!(name(Some("__"), "__x"), "__x");
        assert_eq!(name(Some("C"), "__x__"), "__x__");
        assert_eq!(name(Some("C"), "__a.b"), "__a.b");
        assert_eq!(name(None, "__x"), "__x");
        assert_eq!(name(None, "ﬁn"), "fin");
    }
}
