//! What is asked of text most often: whether it is nothing but letters that need no care. Eight bytes are asked at a time.

/// Whether a byte stands for itself in either quotes.
#[inline]
pub(crate) fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte) && byte != b'\\' && byte != b'\'' && byte != b'"'
}

/// Whether all of it is from the space to `~`.
#[inline]
pub(crate) fn is_printable_ascii(text: &[u8]) -> bool {
    all_by_eights(text, |word| odd_ones(word) & HIGHEST == 0)
}

/// Whether all of it stands for itself in either quotes ([`is_plain`]).
#[inline]
pub(crate) fn stands_for_itself(text: &[u8]) -> bool {
    all_by_eights(text, |word| (odd_ones(word) | is(word, b'\\') | is(word, b'\'') | is(word, b'"')) & HIGHEST == 0)
}

/// Whether all of it stands for itself in a string of JSON.
#[cfg(feature = "json")]
#[inline]
pub(crate) fn stands_for_itself_in_json(text: &[u8]) -> bool {
    all_by_eights(text, |word| (odd_ones(word) | is(word, b'\\') | is(word, b'"')) & HIGHEST == 0)
}

/// Each byte of eight.
const ONES: u64 = u64::MAX / 255;
const HIGHEST: u64 = ONES * 0x80;

/// Of each byte the highest bit if it is below the space, from 0x80 on, or 0x7f, which becomes 0x80 with one added.
#[inline]
fn odd_ones(word: u64) -> u64 {
    word.wrapping_sub(0x20 * ONES) | word | word.wrapping_add(ONES)
}

/// Of the first byte that is this one the highest bit: nothing but 0 becomes greater than 0x7f by taking one away, if it was not
/// so before.
#[inline]
fn is(word: u64, byte: u8) -> u64 {
    let zero = word ^ (ONES * u64::from(byte));
    zero.wrapping_sub(ONES) & !zero
}

/// Asks about eight bytes at a time, since names and strings are asked about more than anything else.
#[inline]
fn all_by_eights(text: &[u8], are_fine: impl Fn(u64) -> bool) -> bool {
    let fine = |bytes: &[u8; 8]| are_fine(u64::from_le_bytes(*bytes));
    match text.last_chunk::<8>() {
        // Spaces are fine, and no letters.
        None => are_fine(text.iter().fold(0x20 * ONES, |word, byte| word << 8 | u64::from(*byte))),
        Some(last) => text.chunks_exact(8).filter_map(|chunk| chunk.first_chunk()).all(fine) && fine(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_eight_letters_is_asked_of_each() {
        for byte in 0..=u8::MAX {
            for size in 1..20 {
                for place in 0..size {
                    let mut text = vec![b'a'; size];
                    text[place] = byte;
                    assert_eq!(stands_for_itself(&text), is_plain(byte), "{byte:#x} in {text:?}");
                    assert_eq!(is_printable_ascii(&text), (b' '..=b'~').contains(&byte), "{byte:#x} in {text:?}");
                }
            }
        }
    }
}
