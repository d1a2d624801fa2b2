//! Words for sentences: counts, and what is told in the middle of one as a sentence of its own.

/// `the same bytes` as `The same bytes.`
pub(crate) fn as_sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

/// `1 byte`, `2 bytes`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
