//! The encodings that a source may name.

use super::code_pages::CODE_PAGES;

/// An encoding, as Python has it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Encoding {
    Utf8,
    Latin1,
    /// One byte for each character: those of the bytes from 0x80 on.
    CodePage(&'static str),
    /// Two bytes and more for a character.
    #[cfg(feature = "east-asian")]
    EastAsian(super::east_asian::EastAsian),
}

/// What a code page has for a byte of no character.
const NOTHING: char = '\u{fffd}';

impl Encoding {
    /// The one of a name; `None` if it is not known here.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = normalized(name);
        // The tokenizer knows these by their beginning: Emacs adds how lines end (`get_normal_name` in CPython's `helpers.c`).
        let begins =
            |known: &str| name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        if begins("utf_8") || ["utf8", "u8", "utf", "ascii", "us_ascii", "us", "646"].contains(&&*name) {
            return Some(Self::Utf8);
        }
        if ["latin_1", "iso_8859_1", "iso_latin_1"].into_iter().any(begins) || LATIN_1.contains(&&*name) {
            return Some(Self::Latin1);
        }
        if let Some((_, upper)) = CODE_PAGES.iter().find(|(names, _)| names.contains(&&*name)) {
            return Some(Self::CodePage(upper));
        }
        #[cfg(feature = "east-asian")]
        if let Some(found) = super::east_asian::EastAsian::named(&name) {
            return Some(Self::EastAsian(found));
        }
        None
    }

    /// The text of bytes, or the offset of the first that is none of it.
    pub(super) fn decode(self, bytes: &[u8]) -> Result<String, usize> {
        match self {
            Self::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => Err(error.valid_up_to()),
            },
            Self::Latin1 => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
            Self::CodePage(upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let letter = |(at, &byte): (usize, &u8)| match byte.checked_sub(0x80) {
                    None => Ok(char::from(byte)),
                    Some(high) => upper.get(usize::from(high)).copied().filter(|&letter| letter != NOTHING).ok_or(at),
                };
                bytes.iter().enumerate().map(letter).collect()
            }
            #[cfg(feature = "east-asian")]
            Self::EastAsian(encoding) => encoding.decode(bytes),
        }
    }
}

/// Python's other names for Latin-1.
const LATIN_1: [&str; 9] =
    ["8859", "cp819", "csisolatin1", "ibm819", "iso8859", "iso8859_1", "iso_8859_1_1987", "l1", "latin1"];

/// A name as Python looks it up: in lower case, with `_` for whatever is neither letter, digit nor dot (`normalize_encoding`).
fn normalized(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter.is_ascii_alphanumeric() || letter == '.' {
            true => out.push(letter.to_ascii_lowercase()),
            false if out.ends_with('_') || out.is_empty() => {}
            false => out.push('_'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_python_finds_them() {
        for (name, byte, letter) in [
            ("KOI8-R", 0xd0, "п"),
            ("latin-1-unix", 0xe9, "é"),
            ("iso_8859-15", 0xa4, "€"),
            ("windows-1251", 0xef, "п"),
            ("ISO-8859-9", 0xfd, "ı"),
            ("cp437", 0x9b, "¢"),
        ] {
            assert_eq!(Encoding::named(name).map(|found| found.decode(&[byte])), Some(Ok(letter.into())), "{name}");
        }
        assert!(matches!(Encoding::named("utf-8-unix"), Some(Encoding::Utf8)));
        for unknown in ["utf-16", "hz", "klingon", "", "utf_89"] {
            assert!(Encoding::named(unknown).is_none(), "{unknown}");
        }
    }

    #[test]
    fn code_pages_are_whole() {
        for (names, upper) in CODE_PAGES {
            assert_eq!(upper.chars().count(), 128, "{names:?}");
        }
    }
}
