//! The bits of `co_localspluskinds` (`Include/internal/pycore_code.h`, CPython 3.11 – 3.14).

/// Bit, what it says in a word, what it says in a sentence.
pub(crate) const BITS: [(u8, &str, &str); 8] = [
    (0x01, "reserved", "No version gives this bit a meaning."),
    (0x02, "positional", "It is a parameter that may be given by position (3.14+)."),
    (0x04, "keyword", "It is a parameter that may be given by keyword (3.14+)."),
    (0x08, "variadic", "It is `*args` or `**kwargs`: it takes the arguments that are left over (3.14+)."),
    (
        0x10,
        "hidden",
        "It belongs to a comprehension that was inlined, and is no variable of the function itself (3.12+).",
    ),
    (0x20, "local", "It is a local variable."),
    (0x40, "cell", "It is kept in a cell, because inner functions use it."),
    (0x80, "free", "It is a cell taken from an enclosing function."),
];

/// The kinds in words: `local, cell`.
pub(crate) fn words(byte: u8) -> String {
    let mut words = String::new();
    for (bit, word, _) in BITS.iter().rev() {
        if byte & bit != 0 {
            words.push_str(if words.is_empty() { "" } else { ", " });
            words.push_str(word);
        }
    }
    if words.is_empty() { "nothing".to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_from_the_highest_bit_on() {
        assert_eq!(words(0x20), "local");
        assert_eq!(words(0x60), "cell, local");
        assert_eq!(words(0x26), "local, keyword, positional");
        assert_eq!(words(0), "nothing");
    }
}
