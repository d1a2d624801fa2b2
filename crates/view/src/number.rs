//! Numbers as people read them.

/// A number with commas between its thousands: `1,570`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An offset in the file: `0x00ad`.
#[must_use]
pub fn hex_offset(offset: u32) -> String {
    format!("{offset:#06x}")
}

/// The number that a text of digits is, in a base of up to 16; `None` if there are none, other letters, or too many.
pub(crate) fn read(digits: &str, base: u32) -> Option<u64> {
    let mut number = if digits.is_empty() { None } else { Some(0) };
    for digit in digits.chars() {
        let higher = number.filter(|higher| higher >> 60 == 0)?;
        number = Some(higher * u64::from(base) + u64::from(digit.to_digit(base)?));
    }
    number
}

/// Adds bytes in hexadecimal, two digits each, with something between them.
pub(crate) fn push_hex(text: &mut String, bytes: &[u8], between: &str) {
    for (at, byte) in bytes.iter().enumerate() {
        text.push_str(if at > 0 { between } else { "" });
        text.push(hex_digit(byte >> 4));
        text.push(hex_digit(byte & 0xf));
    }
}

fn hex_digit(digit: u8) -> char {
    (digit + if digit < 10 { b'0' } else { b'a' - 10 }).into()
}

/// A number with its unit, in the plural where that is due: `1 byte`, `1,570 bytes`, `2 entries`.
#[must_use]
pub fn counted(number: u64, unit: &str) -> String {
    let (stem, ending) = match unit.strip_suffix('y') {
        _ if number == 1 => (unit, ""),
        // A vowel keeps its `y`: ways.
        Some(stem) if !stem.ends_with('a') => (stem, "ies"),
        _ => (unit, "s"),
    };
    format!("{} {stem}{ending}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_570), "1,570");
        assert_eq!(grouped(104_857_600), "104,857,600");
        assert_eq!(counted(1, "byte"), "1 byte");
        assert_eq!(counted(2_000, "byte"), "2,000 bytes");
        assert_eq!(read("9223372036854775807", 10), Some(i64::MAX as u64));
        assert_eq!(read("fFfFfFfFfFfFfFfF", 16), Some(u64::MAX));
        for wrong in ["", "+1", "1_0", "18446744073709551617", "a"] {
            assert_eq!(read(wrong, 10), None, "{wrong}");
        }
        assert_eq!((counted(1, "entry"), counted(2, "entry")), ("1 entry".to_owned(), "2 entries".to_owned()));
    }
}
