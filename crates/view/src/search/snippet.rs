//! Why something was found: the part of it in which what is searched for stands, with a mark on that.

use std::ops::Range;

use super::query::Needle;
use crate::protocol::{Run, Style, Styled};
use crate::text::text_of;

/// How much of a long text is shown before what was found in it, in bytes.
const BEFORE: usize = 24;
/// How much of it is shown from there on, in characters.
const BEHIND: usize = 100;

/// Marks each place of a displayed text in which what is searched for stands.
pub(super) fn mark(text: Styled, needle: &Needle) -> Styled {
    let mut marked = Styled::default();
    for run in text.0 {
        let mut at = 0;
        while let Some(found) = needle.find(&run.text[at..]).filter(|found| !found.is_empty()) {
            let Range { start, end } = at + found.start..at + found.end;
            push(&mut marked, &run, run.style, &run.text[at..start]);
            push(&mut marked, &run, Style::Hit, &run.text[start..end]);
            at = end;
        }
        push(&mut marked, &run, run.style, &run.text[at..]);
    }
    marked
}

fn push(text: &mut Styled, of: &Run, style: Style, part: &str) {
    if !part.is_empty() {
        text.0.push(Run { text: part.to_owned(), style, link: of.link });
    }
}

/// The part of a text in which it was found; `None` where it is not in the text as such.
pub(super) fn around(contents: &[u8], needle: &Needle, style: Style) -> Option<Styled> {
    let found = needle.find_in_bytes(contents)?;
    let is_start = |at: &usize| contents[*at] & 0xc0 != 0x80;
    let from = (found.start.saturating_sub(BEFORE)..found.start).find(is_start).unwrap_or(found.start);
    let mut text = Styled::of(Style::Muted, if from > 0 { "…" } else { "" });
    text.push(style, &text_of(&contents[from..found.start], BEFORE));
    text.push(Style::Hit, &text_of(&contents[found.clone()], BEHIND));
    text.push(style, &text_of(&contents[found.end..], BEHIND));
    Some(text)
}
