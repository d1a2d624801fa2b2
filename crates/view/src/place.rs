//! Places that can be written down: in the address bar behind `#`, or in the "go to" box.

use pycxray::{Field, NodeId};

use crate::number::read;
use crate::{Document, Item, labels};

/// A place in some file, as the address bar's `#` holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// A sample to open first: `#sample=py312`.
    pub sample: Option<String>,
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
        say("code=", self.code.as_deref().map(encoded));
        say("at=", self.at.map(|at| at.to_string()));
        say("offset=", self.offset.map(|offset| format!("{offset:#x}")));
        say("length=", self.length.map(|length| length.to_string()));
        fragment
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
fn number(text: &str) -> Option<u32> {
    let number = match text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        Some(digits) => read(digits, 16),
        None => read(text, 10),
    };
    number.and_then(|number| u32::try_from(number).ok())
}

/// Of a file with more code objects than this, places are told by offsets. The largest module of CPython's library has some
/// thousands.
const NAMED: usize = 10_000;

impl Document {
    /// The place of what is chosen; its `sample` is for the page to fill in.
    #[must_use]
    pub fn place(&self) -> Place {
        let span = self.selection.span;
        let by_offset = || {
            let mut place = Place { offset: Some(span.start), ..Place::default() };
            let smallest = crate::item::clicked(&self.pyc, span.start);
            if smallest.is_none_or(|item| self.pyc.span(item) != span) {
                place.length = Some(span.len());
            }
            place
        };
        match self.selection.item {
            None => Place::default(),
            // Which of those with its name it is takes a look at all of them.
            _ if self.pyc.codes().len() > NAMED => by_offset(),
            Some(item) if self.pyc.span(item) != span => by_offset(),
            Some(Item::Object(id)) if labels::is_code(&self.pyc, id) => self.code_place(id, None),
            Some(Item::Instruction(code, at)) => self.code_place(code, Some(at)),
            _ => by_offset(),
        }
    }

    fn code_place(&self, code: NodeId, at: Option<u32>) -> Place {
        let name = labels::qualname(&self.pyc, code);
        let earlier = self.codes_named(&name).take_while(|&other| other != code).count();
        // Where the name has a `~` itself, a number behind it tells them apart.
        let name = if earlier > 0 || name.contains('~') { format!("{name}~{}", earlier + 1) } else { name };
        Place { code: Some(name), at, ..Place::default() }
    }

    /// The code objects of this qualified name, in the order of the file.
    fn codes_named<'d>(&'d self, name: &'d str) -> impl Iterator<Item = NodeId> + 'd {
        let last = name.rsplit('.').next().unwrap_or(name);
        self.pyc.codes().iter().copied().filter(move |&code| {
            // Where the name has to be put together, most are ruled out by their own one, which is cheap to look at.
            let written = self.pyc.code(code).is_some_and(|code| code.text(Field::Qualname).is_some());
            (written || labels::code_name(&self.pyc, code).ends_with(last)) && labels::qualname(&self.pyc, code) == name
        })
    }

    /// The code object that a name names: `A.method`, `A.method~2`; or the first whose own name it is.
    fn code_named(&self, name: &str) -> Option<NodeId> {
        let numbered = name.rsplit_once('~').and_then(|(plain, nth)| Some((plain, number(nth)? as usize)));
        let (plain, nth) = numbered.unwrap_or((name, 1));
        let exact = self.codes_named(plain).nth(nth.max(1) - 1);
        let same = |&&code: &&NodeId| labels::code_name(&self.pyc, code) == plain;
        exact.or_else(|| self.pyc.codes().iter().filter(same).nth(nth.max(1) - 1).copied())
    }

    /// Goes to a place. `false` if this file has none such.
    pub fn go_to_place(&mut self, place: &Place) -> bool {
        if let Some(code) = &place.code {
            let Some(code) = self.code_named(code) else { return false };
            let item = match place.at {
                None => Some(Item::Object(code)),
                Some(at) => self.instruction_item(code, at),
            };
            item.inspect(|&item| self.select(item)).is_some()
        } else if let Some(offset) = place.offset.filter(|&offset| (offset as usize) < self.pyc.bytes().len()) {
            match place.length {
                Some(length) if length > 0 => {
                    self.select_range(offset, offset.saturating_add(length - 1));
                    // The whole of a thing is the thing.
                    let span = self.selection.span;
                    if let Some(item) = self.selection.item.filter(|&item| self.pyc.span(item) == span) {
                        self.select(item);
                    }
                }
                _ => self.select_offset(offset),
            }
            true
        } else {
            false
        }
    }

    /// Goes where the user says: `0xad`, `173`, `+16`, `-0x10` from the cursor, `walrus`, `walrus:46`, `:46` in the code object
    /// of the listing, `line 4` there.
    ///
    /// # Errors
    /// A sentence that says what was not understood, or is not there.
    pub fn go_to(&mut self, text: &str) -> Result<(), String> {
        let text = text.trim();
        let shown = crate::displayable(text).into_owned();
        if text.is_empty() {
            return Err("Type an offset such as 0xad, or a function and an offset in it such as main:46.".to_owned());
        }
        if let Some(distance) = text.strip_prefix(['+', '-']) {
            let distance = number(distance.trim()).ok_or_else(|| format!("{shown} is no distance."))?;
            let cursor = self.selection.cursor;
            let to = if text.starts_with('+') { cursor.checked_add(distance) } else { cursor.checked_sub(distance) };
            return self.go_to_offset(to, &shown);
        }
        if let Some(offset) = number(text) {
            return self.go_to_offset(Some(offset), &shown);
        }
        if let Some(line) = text.strip_prefix("line").and_then(|line| number(line.trim())) {
            return self.go_to_line(line);
        }
        let (name, at) = match text.rsplit_once(':') {
            Some((name, at)) => (name.trim(), Some(number(at.trim()).ok_or(format!("{shown}: {at} is no offset."))?)),
            None => (text, None),
        };
        let code = match name {
            "" => self.listing_code().and_then(Item::object),
            name => self.code_named(name),
        };
        let code = code.ok_or_else(|| format!("No function or class is called {}.", crate::displayable(name)))?;
        let item = match at {
            None => Some(Item::Object(code)),
            Some(at) => self.instruction_item(code, at),
        };
        let item = item.ok_or_else(|| format!("{shown}: its bytecode ends before that."))?;
        self.select(item);
        Ok(())
    }

    fn go_to_offset(&mut self, offset: Option<u32>, shown: &str) -> Result<(), String> {
        let size = self.pyc.bytes().len();
        match offset.filter(|&offset| (offset as usize) < size) {
            Some(offset) => {
                self.select_offset(offset);
                Ok(())
            }
            None if size == 0 => Err("The file is empty.".to_owned()),
            None => Err(format!("{shown} is not in the file, which ends at {:#x}.", size)),
        }
    }

    /// Goes to the first instruction of a source line: in the code object of the listing, else in any.
    fn go_to_line(&mut self, line: u32) -> Result<(), String> {
        let here = self.listing_code().and_then(Item::object);
        let mut found = here.and_then(|code| self.line_in(code, line));
        for &code in self.pyc.codes() {
            found = found.or_else(|| self.line_in(code, line));
        }
        let found = found.ok_or_else(|| format!("No bytecode belongs to line {line}."))?;
        self.select(found);
        Ok(())
    }

    /// The first instruction of a source line in a code object.
    fn line_in(&self, code: NodeId, line: u32) -> Option<Item> {
        let view = self.pyc.code(code)?;
        let (first, line) = (view.number(Field::Firstlineno).unwrap_or(0), i64::from(line));
        if first > line {
            return None;
        }
        // Up to 3.9 no entry is needed for the first line.
        if first == line && view.line_entries().implied_size() > 0 {
            return Some(Item::Instruction(code, 0));
        }
        let mut entries = view.line_entries();
        let entry =
            entries.find(|entry| entry.end > entry.start && entry.position.line.map(i64::from) == Some(line))?;
        self.instruction_item(code, entry.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_read_as_they_were_written() {
        for fragment in
            ["code=walrus&at=46", "offset=0xad", "sample=py312&offset=0x10&length=21", "code=%3Cmodule%3E", ""]
        {
            assert_eq!(Place::parse(fragment).fragment(), fragment);
            assert_eq!(Place::parse(&format!("#{fragment}")), Place::parse(fragment));
        }
        let odd = Place { code: Some("a&b=c%é <locals>".to_owned()), ..Place::default() };
        assert_eq!(Place::parse(&odd.fragment()), odd);
        assert_eq!(Place::parse("offset=173").offset, Some(173));
        assert_eq!(Place::parse("offset=-1&at=x&unknown=1&code"), Place::default());
        assert_eq!(Place::parse("code=100%"), Place { code: Some("100%".to_owned()), ..Place::default() });
    }
}
