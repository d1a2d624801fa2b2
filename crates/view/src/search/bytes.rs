//! Looking for bytes.

/// Where in `bytes`, from `from` on, a pattern begins; `None` in it stands for any byte. Looks at places before `end` alone.
pub(crate) fn find(bytes: &[u8], pattern: &[Option<u8>], from: usize, end: usize) -> Option<usize> {
    let last = bytes.len().checked_sub(pattern.len())?;
    let end = end.min(last + 1);
    // The first byte that is known is looked for by itself.
    let (lead, first) = pattern.iter().enumerate().find_map(|(at, byte)| Some((at, (*byte)?)))?;
    let mut at = from;
    while at < end {
        let ahead = bytes[at + lead..end + lead].iter().position(|&byte| byte == first)?;
        at += ahead;
        let window = &bytes[at..at + pattern.len()];
        if pattern.iter().zip(window).all(|(wanted, byte)| wanted.is_none_or(|wanted| wanted == *byte)) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found() {
        let all = |bytes: &[u8], pattern: &[Option<u8>]| {
            let mut found = Vec::new();
            while let Some(at) = find(bytes, pattern, found.last().map_or(0, |last| last + 1), usize::MAX) {
                found.push(at);
            }
            found
        };
        assert_eq!(all(b"abcabcab", &[Some(b'a'), Some(b'b')]), [0, 3, 6]);
        assert_eq!(all(b"aaaa", &[Some(b'a'), Some(b'a')]), [0, 1, 2]);
        assert_eq!(all(b"axbayb", &[Some(b'a'), None, Some(b'b')]), [0, 3]);
        assert_eq!(all(b"xayb", &[None, Some(b'a'), None]), [0]);
        assert_eq!(all(b"a", &[Some(b'a'), Some(b'b')]), [0_usize; 0]);
        assert_eq!(find(b"abcabc", &[Some(b'a')], 1, 3), None, "it begins behind the end");
    }
}
