//! Which characters can be shown as they are: one rule for listings, JSON, messages and screens.
//!
//! Text in a file is its author's, who may want it to look like something else. A terminal obeys control characters; characters
//! without ink hide; some turn the text around them; one that is not assigned yet may come to do any of this. All those are
//! written as escapes, as Python writes them in a string, so that what is seen is what is there.

use std::borrow::Cow;

use super::ascii::is_printable_ascii;
use super::buffer::Text;
use super::printable::{is_printable, newest_release};
use super::wtf8::decode;

/// What stands where a text was cut.
pub const CUT: char = '…';

/// Whether a character can be shown as it is: the newest Python counts it as printable (`str.isprintable`), and it has ink or
/// takes its place.
///
/// ```
/// assert!(pycxray::is_visible('é') && pycxray::is_visible(' '));
/// assert!(!pycxray::is_visible('\u{202e}') && !pycxray::is_visible('\u{3164}'));
/// ```
#[must_use]
pub fn is_visible(character: char) -> bool {
    match character {
        ' '..='~' => true,
        '\0'..='\u{a0}' => false,
        _ => is_printable(character.into(), newest_release()) && !is_invisible(character),
    }
}

/// Whether it is invisible, or has no width: joiners, fillers, selectors, tags, soft hyphens. They are those with the property
/// `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`, Unicode 17.0), and the Braille pattern without dots.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Text with escapes in place of the characters that are not [visible](is_visible). A line of it stays a line. Letters of
/// right-to-left scripts stay as they are: whoever draws them isolates them.
///
/// ```
/// assert_eq!(pycxray::displayable("plain"), "plain");
/// assert_eq!(pycxray::displayable("a\u{202e}b\n"), r"a\u202eb\n");
/// ```
#[must_use]
pub fn displayable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_visible) { Cow::Borrowed(text) } else { Cow::Owned(shown(text.as_bytes(), usize::MAX)) }
}

/// Text of a file, or its name, as a line can quote it: cut at `limit` bytes, with [`CUT`] in place of the rest. Whatever a
/// terminal would obey, what is invisible or turns the text around it, and what is no character, is written as escapes.
///
/// ```
/// assert_eq!(pycxray::shown(b"a\x1b[31m\xff", 80), r"a\x1b[31m\xff");
/// assert_eq!(pycxray::shown("name\u{202e}".as_bytes(), 4), "name…");
/// ```
#[must_use]
pub fn shown(text: &[u8], limit: usize) -> String {
    let mut size = text.len().min(limit);
    // Not inside a character.
    while size > 0 && text.get(size).is_some_and(|byte| byte & 0xc0 == 0x80) {
        size -= 1;
    }
    let mut plain = Text::default();
    write_plain(&mut plain, &text[..size]);
    if size < text.len() {
        plain.push(CUT);
    }
    let mut shown = String::new();
    plain.hand_to(&mut shown);
    shown
}

/// Writes text as it is, where that can be seen: control characters, which a terminal would obey, what is invisible or turns
/// the text around it, and what is no character, are written as escapes.
#[inline]
pub(crate) fn write_plain(out: &mut Text, text: &[u8]) {
    NameStyle::Visible.write(out, text);
}

/// Which characters of a name are written as they are. What is no character never is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NameStyle {
    /// Those that are [visible](is_visible).
    #[default]
    Visible,
    /// Those that Python counts as printable. Some that identifiers may have are invisible; no terminal obeys one of them.
    Printable,
    /// All of them, for programs: whoever writes the text on makes it harmless.
    #[cfg(feature = "serde")]
    Literal,
}

impl NameStyle {
    /// Writes a name.
    #[inline]
    pub(crate) fn write(self, out: &mut Text, text: &[u8]) {
        if is_printable_ascii(text) {
            out.push_utf8(text);
        } else {
            write_where(out, text, |c| match self {
                Self::Visible => is_visible(c),
                Self::Printable => is_printable(c.into(), newest_release()),
                #[cfg(feature = "serde")]
                Self::Literal => true,
            });
        }
    }
}

/// Writes the characters that `stays` is true of, and escapes for the others.
fn write_where(out: &mut Text, mut text: &[u8], stays: impl Fn(char) -> bool) {
    while let Some(&byte) = text.first() {
        let size = match decode(text) {
            Some((character, size)) => {
                match char::from_u32(character).filter(|&c| stays(c)) {
                    Some(character) => out.push(character),
                    None => write_escape(out, character),
                }
                size
            }
            None => {
                write_escape(out, byte.into());
                1
            }
        };
        text = &text[size..];
    }
}

/// Writes a character or byte as Python writes it in a string where it cannot be shown.
fn write_escape(out: &mut Text, character: u32) {
    match character {
        0x09 => out.push_str("\\t"),
        0x0a => out.push_str("\\n"),
        0x0d => out.push_str("\\r"),
        ..0x100 => out.push_hex("\\x", character, 2),
        0x100..0x1_0000 => out.push_hex("\\u", character, 4),
        _ => out.push_hex("\\U", character, 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_cannot_lie() {
        let plain = |text: &[u8]| {
            let mut out = Text::default();
            write_plain(&mut out, text);
            String::from_utf8_lossy(out.as_bytes()).into_owned()
        };
        assert_eq!(plain("naïve Ωμέγα".as_bytes()), "naïve Ωμέγα");
        assert_eq!(plain(b"\x1b[31mred\x07\r\n"), "\\x1b[31mred\\x07\\r\\n");
        assert_eq!(plain("a\u{202e}b\u{200b}\u{e0041}".as_bytes()), "a\\u202eb\\u200b\\U000e0041");
        assert_eq!(plain(b"\xff\xed\xa0\x80"), "\\xff\\ud800");
    }
}
