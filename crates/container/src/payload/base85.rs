//! The two base-85 encodings of Python's `base64` module: five characters for four bytes.

/// The alphabet of `b85encode` (RFC 1924).
const RFC1924: &[u8; 85] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

/// What `base64.b85decode` gives.
pub(super) fn decode_rfc1924(text: &[u8]) -> Option<Vec<u8>> {
    let mut values = [None; 256];
    for (value, &byte) in RFC1924.iter().enumerate() {
        values[usize::from(byte)] = Some(value as u8);
    }
    let digits: Option<Vec<u8>> = text.iter().map(|&byte| values[usize::from(byte)]).collect();
    groups(&digits?)
}

/// What `base64.a85decode` gives, also for what Adobe puts between `<~` and `~>`.
pub(super) fn decode_ascii85(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_prefix(b"<~").unwrap_or(text);
    let text = text.strip_suffix(b"~>").unwrap_or(text);
    let mut digits = Vec::with_capacity(text.len());
    for &byte in text {
        match byte {
            b'!'..=b'u' => digits.push(byte - b'!'),
            // Four zeros; only where a group begins.
            b'z' if digits.len() % 5 == 0 => digits.extend([0; 5]),
            _ => return None,
        }
    }
    groups(&digits)
}

/// Five digits of base 85 make four bytes; of a last group that is short, one byte less than it has digits.
fn groups(digits: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(digits.len() / 5 * 4 + 4);
    for group in digits.chunks(5) {
        let digit = |index: usize| u64::from(group.get(index).copied().unwrap_or(84));
        let number = (0..5).fold(0, |number, index| number * 85 + digit(index));
        let number = u32::try_from(number).ok()?;
        bytes.extend_from_slice(&number.to_be_bytes()[..group.len() - 1]);
    }
    Some(bytes)
}
