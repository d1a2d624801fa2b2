//! Places that can be written down: in the address bar behind `#`.

use serde::{Deserialize, Serialize};

use crate::number::read;
use crate::text::displayable;

/// A place in some file, as the address bar's `#` holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// A sample to open first: `#sample=py312`.
    pub sample: Option<String>,
    /// The name of the file that it is in: `#file=test.pyc`.
    pub file: Option<String>,
    /// A member of the archive that the file is, by the names that lead to it: `#member=PYZ-00.pyz!basket`.
    pub member: Option<String>,
    /// A code object, by its qualified name: `#code=A.method`. The second one of that name is `A.method~2`.
    pub code: Option<String>,
    /// An offset in that code object's bytecode: `#code=walrus&at=46`.
    pub at: Option<u32>,
    /// An offset in the file: `#offset=0xad`.
    pub offset: Option<u32>,
    /// How many bytes are chosen from there on, where they are not those of the smallest thing there: `#offset=0x10&length=21`.
    pub length: Option<u32>,
}

impl Place {
    /// Reads a fragment, with or without its `#`. What it does not know is left out.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut place = Self::default();
        for part in fragment.trim_start_matches('#').split('&') {
            let Some((key, value)) = part.split_once('=') else { continue };
            let value = decoded(value);
            match key {
                "sample" => place.sample = Some(value),
                "file" => place.file = Some(value),
                "member" => place.member = Some(value),
                "code" => place.code = Some(value),
                "at" => place.at = number(&value),
                "offset" => place.offset = number(&value),
                "length" => place.length = number(&value),
                _ => {}
            }
        }
        place
    }

    /// The fragment, without `#`; empty for nowhere.
    #[must_use]
    pub fn fragment(&self) -> String {
        let mut fragment = String::new();
        let mut say = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                fragment.push_str(if fragment.is_empty() { "" } else { "&" });
                fragment.push_str(key);
                fragment.push_str(&value);
            }
        };
        say("sample=", self.sample.as_deref().map(encoded));
        say("file=", self.file.as_deref().map(encoded));
        say("member=", self.member.as_deref().map(encoded));
        say("code=", self.code.as_deref().map(encoded));
        say("at=", self.at.map(|at| at.to_string()));
        say("offset=", self.offset.map(|offset| format!("{offset:#x}")));
        say("length=", self.length.map(|length| length.to_string()));
        fragment
    }

    /// Where in its file it is, in words: `Basket.total`, `offset 0xad`; `None` for the file as a whole.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        if let Some(member) = &self.member {
            return Some(displayable(member).into_owned());
        }
        match (&self.code, self.at, self.offset) {
            (Some(code), Some(at), _) => Some(format!("{} at {at}", displayable(code))),
            (Some(code), None, _) => Some(displayable(code).into_owned()),
            (None, _, Some(offset)) => Some(format!("offset {offset:#x}")),
            (None, _, None) => None,
        }
    }
}

/// Text as a fragment may hold it: all but letters, digits and a few harmless signs as `%` and two digits for each byte.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"_-.~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The text that was encoded. A `%` that begins nothing stays one.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        let escape = digits.filter(|_| byte == b'%').and_then(|digits| read(digits, 16));
        decoded.push(escape.map_or(byte, |escape| escape as u8));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// A number in decimal or, behind `0x`, in hexadecimal.
pub(crate) fn number(text: &str) -> Option<u32> {
    let number = match text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        Some(digits) => read(digits, 16),
        None => read(text, 10),
    };
    number.and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_read_as_they_were_written() {
        for fragment in [
            "code=walrus&at=46",
            "file=a%20b.pyc&code=x",
            "offset=0xad",
            "sample=py312&offset=0x10&length=21",
            "code=%3Cmodule%3E",
            "file=a.exe&member=PYZ-00.pyz%21basket",
            "",
        ] {
            assert_eq!(Place::parse(fragment).fragment(), fragment);
            assert_eq!(Place::parse(&format!("#{fragment}")), Place::parse(fragment));
        }
        let odd = Place { code: Some("a&b=c%é <locals>".to_owned()), ..Place::default() };
        assert_eq!(Place::parse(&odd.fragment()), odd);
        let words = |fragment: &str| Place::parse(fragment).words().unwrap_or_default();
        assert_eq!(words("code=walrus&at=46"), "walrus at 46");
        assert_eq!(
            (words("code=walrus"), words("offset=173"), words("file=a.pyc")),
            ("walrus".into(), "offset 0xad".into(), String::new())
        );
        assert_eq!(Place::parse("offset=173").offset, Some(173));
        assert_eq!(Place::parse("offset=-1&at=x&unknown=1&code"), Place::default());
        assert_eq!(Place::parse("code=100%"), Place { code: Some("100%".to_owned()), ..Place::default() });
    }
}
