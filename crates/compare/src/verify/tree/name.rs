//! Names as compilers write them: normalized (PEP 3131), and private ones with the name of their class.

use pycxray_source::constant::Name;
use pycxray_source::unit::mangled;
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
        in_class(self.at.class.as_deref(), plain(written))
    }
}

/// A name that no class changes: of an argument in a call.
pub(super) fn plain(written: &str) -> Name {
    if written.is_ascii() { written.into() } else { written.nfkc().collect::<String>().into() }
}

fn in_class(class: Option<&str>, name: Name) -> Name {
    class.and_then(|class| mangled(class, &name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{in_class, plain};

    #[test]
    fn private_names_bear_the_name_of_their_class() {
        let name = |class, name: &str| in_class(class, plain(name)).to_string();
        assert_eq!(name(Some("_C"), "__x"), "_C__x");
        assert_eq!(name(Some("__"), "__x"), "__x");
        assert_eq!(name(Some("C"), "__x__"), "__x__");
        assert_eq!(name(Some("C"), "__a.b"), "__a.b");
        assert_eq!(name(None, "__x"), "__x");
        assert_eq!(name(None, "ﬁn"), "fin");
    }
}
