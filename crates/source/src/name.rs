//! Which texts can be names in source.

/// Words that are no names, in any version from 3.8 on (`Lib/keyword.py`).
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Whether a text is written as a name.
#[must_use]
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut letters = text.chars();
    let is_first = letters.next().is_some_and(|first| first == '_' || first.is_alphabetic());
    let is_later = |letter: char| letter == '_' || letter.is_alphabetic() || letter.is_ascii_digit();
    is_first && letters.all(is_later) && !KEYWORDS.contains(&text)
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
    use super::{is_identifier, substitute};

    #[test]
    fn a_substitute_is_a_name() {
        for text in ["", "1a", "a b", "for", "\u{200b}", "x²"] {
            assert!(!is_identifier(text), "{text}");
            assert!(is_identifier(&substitute(text)), "{text}");
        }
        assert_ne!(substitute("a b"), substitute("a-b"));
    }

    #[test]
    fn names_are_told_from_other_texts() {
        for name in ["a", "_", "__x1", "é", "match", "print"] {
            assert!(is_identifier(name), "{name}");
        }
        for text in ["", "1a", "a b", "a.b", ".0", "<lambda>", "None", "lambda"] {
            assert!(!is_identifier(text), "{text}");
        }
    }
}
