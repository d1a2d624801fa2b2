//! `text % (values)`, of which compilers make an f-string since 3.11 (`optimize_format` in CPython's `ast_opt.c`).

/// A width or precision has fewer digits (`MAXDIGITS`).
const DIGITS: usize = 3;

/// Whether a compiler makes an f-string of a text, with so many values behind `%`: if it asks for each of them by nothing but
/// `%s`, `%r` or `%a`, with signs, width and precision.
pub(crate) fn is_formatted(text: &[u8], values: usize) -> bool {
    let mut asked = 0;
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&byte| byte == b'%') {
        rest = &rest[at + 1..];
        if let [b'%', behind @ ..] = rest {
            rest = behind;
            continue;
        }
        let Some(behind) = behind_conversion(rest) else { return false };
        rest = behind;
        asked += 1;
    }
    asked == values
}

/// What follows `-5.3s`, if that is what a text begins with.
fn behind_conversion(text: &[u8]) -> Option<&[u8]> {
    let flags = text.iter().take_while(|byte| b"-+ #0".contains(byte)).count();
    let rest = behind_number(&text[flags..])?;
    let rest = match rest {
        [b'.', precision @ ..] => behind_number(precision)?,
        _ => rest,
    };
    match rest {
        [b's' | b'r' | b'a', behind @ ..] => Some(behind),
        _ => None,
    }
}

fn behind_number(text: &[u8]) -> Option<&[u8]> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (digits < DIGITS).then(|| &text[digits..])
}

#[cfg(test)]
mod tests {
    use super::is_formatted;

    #[test]
    fn texts_that_ask_for_values_as_text_are_f_strings() {
        for (text, values) in [("%s.%s", 2), ("%-5.3s 100%%", 1), ("%r%a", 2), ("plain", 0)] {
            assert!(is_formatted(text.as_bytes(), values), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for (text, values) in [("%s", 2), ("%s %s", 1), ("%d", 1), ("%(a)s", 1), ("%*s", 2), ("%200s", 1), ("%", 1)] {
            assert!(!is_formatted(text.as_bytes(), values), "{text}");
        }
    }
}
