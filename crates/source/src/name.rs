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
    is_first && letters.all(|letter| letter == '_' || letter.is_alphanumeric()) && !KEYWORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::is_identifier;

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
