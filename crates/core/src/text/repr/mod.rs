//! Python's `repr` of a constant, as the version that wrote the file would give it.

mod number;
mod string;

use crate::marshal::{Field, Kind, NodeId, Value, parse_float};
use crate::python::Operand;
use crate::text::buffer::Text;
use crate::text::sink::{Sink, Token, TokenKind};
use crate::text::visible::{CUT, NameStyle, write_plain};
use crate::{Code, Item, Pyc, Version};
use number::FloatStyle;
use string::StringStyle;

/// How deep containers are shown in each other: about where Python's own `repr` gives up.
const DEPTH: usize = 1000;

/// How many decimal digits an integer may have: the time to make them grows with the square of their number.
const DECIMAL_DIGITS: usize = 100_000;

/// How many steps all integers together may take: well below a second's worth.
const DECIMAL_STEPS: u64 = 1 << 28;

/// From how many 15-bit digits on the text of an integer is kept, since making it is slow.
const KEPT_DIGITS: usize = 128;

/// How many bytes of such texts are kept.
const KEPT_BYTES: usize = 1 << 22;

impl Pyc {
    /// Python's `repr` of an object, cut at `limit` bytes ([`Limits::text`](crate::Limits)). That of a code object is without
    /// its address.
    #[must_use]
    pub fn repr(&self, id: NodeId, limit: usize) -> String {
        let mut out = String::new();
        Reprs::new(self.python().version).write(&mut out, self, id, limit);
        out
    }
}

/// Writes `repr`s of the objects of one file, and keeps what is costly for the next time.
#[derive(Clone, Debug)]
pub struct Reprs {
    version: Version,
    names: NameStyle,
    floats: FloatStyle,
    strings: StringStyle,
    stack: Vec<Frame>,
    kept: std::collections::HashMap<NodeId, Box<[u8]>>,
    kept_bytes: usize,
    /// Steps that integers have taken.
    steps: u64,
}

/// A container that is being written.
#[derive(Clone, Copy, Debug)]
struct Frame {
    id: NodeId,
    kind: Kind,
    /// The arena position of its next item, and the one behind its last.
    next: u32,
    end: u32,
    /// How many items have been written.
    written: u32,
}

impl Reprs {
    /// For the objects of a file of this version.
    #[must_use]
    pub fn new(version: Version) -> Self {
        Self {
            version,
            names: NameStyle::default(),
            floats: FloatStyle::of(version),
            strings: StringStyle::of(version),
            stack: Vec::new(),
            kept: std::collections::HashMap::new(),
            kept_bytes: 0,
            steps: 0,
        }
    }

    /// From now on the names of code objects are written like this.
    pub(crate) fn write_names_in(&mut self, style: NameStyle) {
        self.names = style;
    }

    /// Writes the `repr` of an object of `pyc`. A text of more than `limit` bytes is cut, and [`CUT`] put in place of the rest.
    pub fn write(&mut self, out: &mut dyn Sink, pyc: &Pyc, id: NodeId, limit: usize) {
        let mut text = Text::for_sink(out);
        self.write_text(&mut text, pyc, id, limit);
        text.hand_to(out);
    }

    /// The same into a [`Text`].
    pub(crate) fn write_text(&mut self, out: &mut Text, pyc: &Pyc, id: NodeId, limit: usize) {
        let end = out.len().saturating_add(limit);
        if !self.write_whole(out, pyc, id, end) {
            out.push(CUT);
        }
    }

    /// `false` if there is more text than fits.
    #[inline]
    fn write_whole(&mut self, out: &mut Text, pyc: &Pyc, id: NodeId, end: usize) -> bool {
        let target = pyc.tree().resolve(id);
        match pyc.value(target) {
            Value::Container => self.write_container(out, pyc, target, end),
            value => self.write_atom(out, pyc, (id, target), value, end),
        }
    }

    fn write_container(&mut self, out: &mut Text, pyc: &Pyc, id: NodeId, end: usize) -> bool {
        self.stack.clear();
        self.open(out, pyc, id);
        while let Some(frame) = self.stack.last_mut() {
            if out.len() >= end {
                return false;
            }
            let following = if frame.next < frame.end { pyc.tree().id(frame.next as usize) } else { None };
            let ends_dict = |item| pyc.tree().node(item).kind == Kind::Null;
            let is_dict = matches!(frame.kind, Kind::Dict | Kind::FrozenDict);
            let Some(item) = following.filter(|&item| !(is_dict && ends_dict(item))) else {
                out.push_str(closing(frame, self.version));
                self.stack.pop();
                continue;
            };
            match frame.written {
                0 => {}
                written if is_dict && written % 2 == 1 => out.push_str(": "),
                _ => out.push_str(", "),
            }
            frame.written += 1;
            frame.next = pyc.tree().behind(item) as u32;
            let target = pyc.tree().resolve(item);
            match pyc.value(target) {
                Value::Container => {
                    // Only a reference from within its target can close a circle.
                    let from_within = target < item && pyc.tree().behind(target) > item.index();
                    if from_within && self.stack.iter().any(|frame| frame.id == target) {
                        out.push_str(circle(pyc.tree().node(target).kind));
                    } else if self.stack.len() >= DEPTH {
                        return false;
                    } else {
                        self.open(out, pyc, target);
                    }
                }
                value => {
                    if !self.write_atom(out, pyc, (item, target), value, end) {
                        return false;
                    }
                }
            }
        }
        true
    }

    fn open(&mut self, out: &mut Text, pyc: &Pyc, id: NodeId) {
        let kind = pyc.tree().node(id).kind;
        let (next, end) = (id.0 + 1, pyc.tree().behind(id) as u32);
        out.push_str(opening(kind, next == end, self.version));
        self.stack.push(Frame { id, kind, next, end, written: 0 });
    }

    /// Writes what is made of no other objects: one that stands in one place and, if that is a reference, is in another.
    fn write_atom(
        &mut self,
        out: &mut Text,
        pyc: &Pyc,
        (id, target): (NodeId, NodeId),
        value: Value<'_>,
        end: usize,
    ) -> bool {
        let start = out.len();
        let is_whole = self.write_value(out, pyc, target, value, end);
        out.token(start, Token { kind: kind_of(value), item: Some(Item::Object(id)) });
        is_whole
    }

    fn write_value(&mut self, out: &mut Text, pyc: &Pyc, id: NodeId, value: Value<'_>, end: usize) -> bool {
        let room = end.saturating_sub(out.len());
        match value {
            Value::None => out.push_str("None"),
            Value::Bool(true) => out.push_str("True"),
            Value::Bool(false) => out.push_str("False"),
            Value::Ellipsis => out.push_str("Ellipsis"),
            Value::StopIteration if self.version.major >= 3 => out.push_str("<class 'StopIteration'>"),
            Value::StopIteration => out.push_str("<type 'exceptions.StopIteration'>"),
            Value::Null => out.push_str("<NULL>"),
            Value::Int(value) => out.push_i64(value),
            Value::Long { negative, digits } => return self.write_long(out, id, negative, digits, room),
            Value::Float(value) => number::write_float(out, value, self.floats),
            Value::Complex(real, imaginary) => number::write_complex(out, real, imaginary, self.floats),
            Value::FloatText(text) => match parse_float(text) {
                Some(value) => number::write_float(out, value, self.floats),
                None => write_plain(out, text),
            },
            Value::ComplexText(real, imaginary) => match (parse_float(real), parse_float(imaginary)) {
                (Some(real), Some(imaginary)) => number::write_complex(out, real, imaginary, self.floats),
                _ => {
                    write_plain(out, real);
                    write_plain(out, imaginary);
                    out.push('j');
                }
            },
            Value::Bytes(bytes) => {
                if self.version.major >= 3 {
                    out.push('b');
                }
                return string::write_bytes(out, bytes, self.strings, room);
            }
            Value::Text(text) => {
                if self.version.major < 3 {
                    out.push('u');
                }
                return string::write_text(out, text, self.strings, room);
            }
            Value::Container => {}
            Value::Code => write_code(out, pyc, id, self.names, room),
            Value::Reference(index) => {
                out.push_str("<reference ");
                out.push_u64(index.into());
                out.push('>');
            }
            Value::Unreadable => out.push_str("<unreadable>"),
        }
        // Names, and floats that are no number, may be of any length.
        let fits = out.len() <= end || !matches!(value, Value::Code | Value::FloatText(_) | Value::ComplexText(..));
        if !fits {
            out.truncate_to_text(end);
        }
        fits
    }

    fn write_long(&mut self, out: &mut Text, id: NodeId, negative: bool, digits: &[u8], room: usize) -> bool {
        let count = digits.len() / 2;
        if let Some(text) = self.kept.get(&id).filter(|text| text.len() <= room) {
            out.push_utf8(text);
            return true;
        }
        // Each pair of digits is multiplied into half of the chunks of nine decimal digits, on average.
        let steps = (count as u64 / 2).saturating_mul(number::decimal_digits(count) as u64 / 18);
        let is_dear = steps > DECIMAL_STEPS.saturating_sub(self.steps);
        if number::decimal_digits(count) > room.min(DECIMAL_DIGITS) || is_dear {
            // The first digits of a number this size cannot be had without all of it.
            out.push_str("<int of ");
            out.push_u64(count as u64 * 15);
            out.push_str(" bits>");
            return true;
        }
        self.steps += steps;
        let start = out.len();
        number::write_long(out, negative, digits);
        if self.version.major < 3 {
            out.push('L');
        }
        if count >= KEPT_DIGITS && self.kept_bytes < KEPT_BYTES {
            self.kept_bytes += out.len() - start;
            self.kept.insert(id, out.as_bytes()[start..].into());
        }
        true
    }
}

/// What the text of a value that is made of no others is.
fn kind_of(value: Value<'_>) -> TokenKind {
    match value {
        Value::Bytes(_) | Value::Text(_) => TokenKind::String,
        Value::Int(_) | Value::Long { .. } => TokenKind::Number,
        Value::Float(_) | Value::FloatText(_) | Value::Complex(..) | Value::ComplexText(..) => TokenKind::Number,
        Value::None | Value::Bool(_) | Value::Ellipsis => TokenKind::Keyword,
        Value::Code => TokenKind::Code,
        Value::Null | Value::Reference(_) | Value::Unreadable => TokenKind::Damage,
        Value::Container | Value::StopIteration => TokenKind::Plain,
    }
}

/// What a code object's `repr` says, but for its address.
fn write_code(out: &mut Text, pyc: &Pyc, id: NodeId, names: NameStyle, room: usize) {
    let code = pyc.code(id);
    let text = |field| {
        let text = code.and_then(|code| code.text(field)).unwrap_or(b"?");
        &text[..text.len().min(room)]
    };
    out.push_str("<code object ");
    names.write(out, text(Field::Name));
    out.push_str(", file \"");
    names.write(out, text(Field::Filename));
    out.push_str("\", line ");
    out.push_i64(code.and_then(first_line).unwrap_or(-1));
    out.push('>');
}

/// The line on which a code object begins. Up to 1.4 its first instruction says so.
fn first_line(code: Code<'_>) -> Option<i64> {
    code.number(Field::Firstlineno).or_else(|| {
        let first = code.instructions().next()?;
        let sets_line = code.python().opcode(first.opcode)?.operand == Operand::LineNumber;
        first.arg.filter(|_| sets_line).map(i64::from)
    })
}

fn opening(kind: Kind, empty: bool, version: Version) -> &'static str {
    let python2 = version.major < 3;
    match kind {
        Kind::List => "[",
        Kind::Dict => "{",
        Kind::FrozenDict => "frozendict({",
        Kind::FrozenSet if python2 => "frozenset([",
        Kind::FrozenSet if empty => "frozenset(",
        Kind::FrozenSet => "frozenset({",
        Kind::Set if python2 && version < Version::new(2, 7) => "set([",
        Kind::Set if empty && python2 => "set([",
        Kind::Set if empty => "set(",
        Kind::Set => "{",
        Kind::Slice => "slice(",
        _ => "(",
    }
}

fn closing(frame: &Frame, version: Version) -> &'static str {
    let (python2, empty) = (version.major < 3, frame.written == 0);
    match frame.kind {
        Kind::List => "]",
        Kind::Dict => "}",
        Kind::FrozenDict => "})",
        Kind::FrozenSet if python2 => "])",
        Kind::FrozenSet if empty => ")",
        Kind::FrozenSet => "})",
        Kind::Set if python2 && version < Version::new(2, 7) => "])",
        Kind::Set if empty && python2 => "])",
        Kind::Set if empty => ")",
        Kind::Set => "}",
        Kind::Slice => ")",
        _ if frame.written == 1 => ",)",
        _ => ")",
    }
}

/// What stands for a container within itself.
fn circle(kind: Kind) -> &'static str {
    match kind {
        Kind::List => "[...]",
        Kind::Dict | Kind::Set => "{...}",
        _ => "(...)",
    }
}
