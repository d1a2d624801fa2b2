//! UTF-8 in which surrogates may stand alone, as CPython writes text with `surrogatepass` (`Python/marshal.c`).

/// The character that a text begins with, and how many bytes it has: UTF-8 that may hold surrogates.
pub(crate) fn decode(text: &[u8]) -> Option<(u32, usize)> {
    let next = |position: usize| match text.get(position) {
        Some(&byte @ 0x80..=0xbf) => Some(u32::from(byte & 0x3f)),
        _ => None,
    };
    let first = u32::from(*text.first()?);
    let (character, size, least) = match first {
        0x00..=0x7f => (first, 1, 0),
        0xc2..=0xdf => ((first & 0x1f) << 6 | next(1)?, 2, 0x80),
        0xe0..=0xef => ((first & 0x0f) << 12 | next(1)? << 6 | next(2)?, 3, 0x800),
        0xf0..=0xf4 => ((first & 0x07) << 18 | next(1)? << 12 | next(2)? << 6 | next(3)?, 4, 0x1_0000),
        _ => return None,
    };
    (least..0x11_0000).contains(&character).then_some((character, size))
}
