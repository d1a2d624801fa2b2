//! Which texts can be names in source.

use crate::unit::{Unit, Units};

/// Words that are no names, in any version from 3.8 on (`Lib/keyword.py`).
pub(crate) const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Those of them that are names in Python 2.
const NAMES_OF_PYTHON_2: [&str; 5] = ["False", "True", "async", "await", "nonlocal"];

/// Which words are names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grammar {
    Python3,
    Python2 {
        /// Whether `print` is a function: `from __future__ import print_function`.
        print_function: bool,
    },
}

impl Grammar {
    /// That of a file.
    pub(crate) fn of(units: &Units) -> Self {
        if units.since(3, 0) {
            return Self::Python3;
        }
        let print_function = units.units.first().is_some_and(|module| module.has(Unit::FUTURE_PRINT_FUNCTION));
        Self::Python2 { print_function }
    }

    fn is_keyword(self, text: &str) -> bool {
        match self {
            Self::Python3 => KEYWORDS.contains(&text),
            Self::Python2 { print_function } => {
                KEYWORDS.contains(&text) && !NAMES_OF_PYTHON_2.contains(&text)
                    || text == "exec"
                    || text == "print" && !print_function
            }
        }
    }
}

/// Whether a text is written as a name.
#[must_use]
pub(crate) fn is_identifier(text: &str, grammar: Grammar) -> bool {
    let mut letters = text.chars();
    let is_first = letters.next().is_some_and(|first| first == '_' || first.is_alphabetic());
    let is_later = |letter: char| letter == '_' || letter.is_alphabetic() || letter.is_ascii_digit();
    let fits = grammar == Grammar::Python3 || text.is_ascii();
    is_first && fits && letters.all(is_later) && !grammar.is_keyword(text)
}

/// A name to write in the place of a text that is none: what it has of a name, and the numbers of all other characters.
#[must_use]
pub(crate) fn substitute(text: &str) -> String {
    let mut name = String::from("not_a_name_");
    for letter in text.chars() {
        if letter == '_' || letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else {
            name.push_str(&format!("_{:x}_", u32::from(letter)));
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{Grammar, is_identifier, substitute};

    const PYTHON_2: Grammar = Grammar::Python2 { print_function: false };

    #[test]
    fn a_substitute_is_a_name() {
        for text in ["", "1a", "a b", "for", "\u{200b}", "x²"] {
            for grammar in [Grammar::Python3, PYTHON_2] {
                assert!(!is_identifier(text, grammar), "{text}");
                assert!(is_identifier(&substitute(text), grammar), "{text}");
            }
        }
        assert_ne!(substitute("a b"), substitute("a-b"));
    }

    #[test]
    fn names_are_told_from_other_texts() {
        for name in ["a", "_", "__x1", "é", "match", "print"] {
            assert!(is_identifier(name, Grammar::Python3), "{name}");
        }
        for name in ["True", "nonlocal", "async"] {
            assert!(is_identifier(name, PYTHON_2), "{name}");
        }
        for text in ["print", "exec", "é", "None"] {
            assert!(!is_identifier(text, PYTHON_2), "{text}");
        }
        for text in ["", "1a", "a b", "a.b", ".0", "<lambda>", "None", "lambda"] {
            assert!(!is_identifier(text, Grammar::Python3), "{text}");
        }
    }
}
