//! uuencode, as `binascii.b2a_uu` and the command of that name write it.

/// The longest line that is written, in bytes.
const LONGEST: usize = 45;

/// What stands between `begin` and `end`, or in bare lines.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).peekable();
    lines.next_if(|line| line.starts_with("begin "));
    let mut bytes = Vec::new();
    for line in lines.take_while(|line| *line != "end" && *line != "`") {
        bytes.extend(decode_line(line.as_bytes())?);
    }
    Some(bytes)
}

/// A line: its length, then four characters for each three bytes. Blanks at its end may be gone.
fn decode_line(line: &[u8]) -> Option<Vec<u8>> {
    let values: Option<Vec<u8>> = line.iter().map(|&c| value(c)).collect();
    let values = values?;
    let (length, digits) = values.split_first().map(|(length, digits)| (usize::from(*length), digits))?;
    let is_whole = length <= LONGEST && digits.len() <= length.div_ceil(3) * 4 + 1;
    let mut bytes = Vec::with_capacity(LONGEST + 3);
    for group in digits.chunks(4) {
        let digit = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let number = digit(0) << 18 | digit(1) << 12 | digit(2) << 6 | digit(3);
        bytes.extend_from_slice(&number.to_be_bytes()[1..]);
    }
    bytes.resize(length, 0);
    is_whole.then_some(bytes)
}

/// Six bits. Both the blank and the grave accent are 0.
fn value(character: u8) -> Option<u8> {
    matches!(character, b' '..=b'`').then(|| (character - b' ') & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_length_are_read() {
        assert_eq!(decode("begin 644 a\n#86)C\n`\nend\n").as_deref(), Some(&b"abc"[..]));
        assert_eq!(decode("$86)C9```\n").as_deref(), Some(&b"abcd"[..]));
        assert_eq!(
            decode("begin 644 a\n#86)C\n \nend\n").as_deref(),
            Some(&b"abc"[..]),
            "a blank line is of no length"
        );
        assert_eq!(decode("words of a text"), None);
    }
}
