//! What is told in the middle of a sentence, as a sentence of its own.

/// `the same bytes` as `The same bytes.`
pub(crate) fn as_sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
