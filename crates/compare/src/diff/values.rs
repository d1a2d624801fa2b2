//! Objects of two files as values: equal objects get one number, however they are written.

use std::collections::HashMap;
use std::sync::Arc;

use pycxray::{Kind, NodeId, Pyc, Value};

/// A value: two objects have the same one if they are equal, whichever of the two files they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ValueId(u32);

/// What a value is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'p> {
    /// `None`, `True` and their like.
    Singleton(Kind),
    /// An integer of up to 60 bits.
    Int(i64),
    /// A longer one: whether it is negative, its digits as marshal writes them.
    Long(bool, &'p [u8]),
    /// A float, by its bits.
    Float(u64),
    /// A complex number, likewise.
    Complex(u64, u64),
    /// Text.
    Text(&'p [u8]),
    /// A byte string.
    Bytes(&'p [u8]),
    /// A code object, by its name: what is in it is compared elsewhere.
    Code(&'p [u8]),
    /// What could not be read, by its bytes.
    Damaged(&'p [u8]),
    /// An object inside itself; or none at all.
    Nothing,
    /// Something made of others.
    Many(Whole, Box<[ValueId]>),
}

/// What is made of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Whole {
    /// A tuple, list, dict, slice. A tuple is one, however its length is written.
    Container(Kind),
    /// A set in the order in which it is written; as a value its items are in order.
    WrittenSet,
    /// What a code object does, apart from what it is called and where it stands.
    Content,
}

/// All values of two files.
#[derive(Debug)]
pub(super) struct Values<'p> {
    ids: HashMap<Key<'p>, ValueId>,
    /// Whether a byte string of Python 2 is the text of the same letters.
    strings_alike: bool,
}

impl<'p> Values<'p> {
    /// None yet. `strings_alike`: a byte string of Python 2 is the text of the same letters.
    pub(super) fn new(strings_alike: bool) -> Self {
        Self { ids: HashMap::new(), strings_alike }
    }

    /// The number of a value.
    pub(super) fn id(&mut self, key: Key<'p>) -> ValueId {
        let next = ValueId(self.ids.len() as u32);
        *self.ids.entry(key).or_insert(next)
    }

    /// The number of something made of others.
    pub(super) fn many(&mut self, whole: Whole, items: impl Into<Box<[ValueId]>>) -> ValueId {
        self.id(Key::Many(whole, items.into()))
    }
}

/// The objects of one file whose values are known.
#[derive(Debug)]
pub(super) struct Objects<'p> {
    pub(super) pyc: &'p Pyc,
    /// By object; `None` while what is in it is looked at.
    known: HashMap<NodeId, Option<ValueId>>,
    /// The sets met, each as a value and as it is written.
    pub(super) sets: Vec<(ValueId, ValueId)>,
    /// Its code objects, numbered alike in both files.
    pub(super) numbers: Numbers,
}

/// Code objects by number: one that is in both files has the same number there.
pub(super) type Numbers = Arc<HashMap<NodeId, u32>>;

/// An object whose items are being looked at.
struct Open {
    id: NodeId,
    children: Vec<NodeId>,
    items: Vec<ValueId>,
}

impl<'p> Objects<'p> {
    pub(super) fn new(pyc: &'p Pyc) -> Self {
        Self { pyc, known: HashMap::new(), sets: Vec::new(), numbers: Numbers::default() }
    }

    /// Whether an object, or what it refers to, is a code object.
    pub(super) fn is_code(&self, id: NodeId) -> bool {
        let tree = self.pyc.tree();
        tree.node(tree.resolve(id)).kind.is_code()
    }

    /// The number of a code object.
    pub(super) fn number(&self, id: NodeId) -> Option<u32> {
        self.numbers.get(&self.pyc.tree().resolve(id)).copied()
    }

    /// The value of an object; a reference is followed. Each object is looked at once.
    pub(super) fn value(&mut self, values: &mut Values<'p>, id: NodeId) -> ValueId {
        let mut open: Vec<Open> = Vec::new();
        let mut next = id;
        loop {
            let mut done = self.enter(values, next, &mut open);
            // What is whole goes into the one around it, which may be whole then.
            loop {
                let Some(innermost) = open.last_mut() else {
                    return done.unwrap_or_else(|| values.id(Key::Nothing));
                };
                innermost.items.extend(done);
                if let Some(child) = innermost.children.pop() {
                    next = child;
                    break;
                }
                let Some(Open { id, items, .. }) = open.pop() else { break };
                let value = self.close(values, id, items);
                self.known.insert(id, Some(value));
                done = Some(value);
            }
        }
    }

    /// The value of an object that is not made of others; one that is becomes the innermost open one.
    fn enter(&mut self, values: &mut Values<'p>, id: NodeId, open: &mut Vec<Open>) -> Option<ValueId> {
        let target = self.pyc.tree().resolve(id);
        match self.known.get(&target) {
            Some(Some(value)) => return Some(*value),
            Some(None) => return Some(values.id(Key::Nothing)),
            None => {}
        }
        if self.pyc.value(target) == Value::Container {
            let mut children: Vec<NodeId> = self.pyc.tree().children(target).collect();
            children.reverse();
            self.known.insert(target, None);
            open.push(Open { id: target, items: Vec::with_capacity(children.len()), children });
            return None;
        }
        let value = self.single(values, target);
        self.known.insert(target, Some(value));
        Some(value)
    }

    fn close(&mut self, values: &mut Values<'p>, id: NodeId, mut items: Vec<ValueId>) -> ValueId {
        let kind = match self.pyc.tree().node(id).kind {
            Kind::SmallTuple => Kind::Tuple,
            kind => kind,
        };
        if !matches!(kind, Kind::Set | Kind::FrozenSet) {
            return values.many(Whole::Container(kind), items);
        }
        let written = values.many(Whole::WrittenSet, items.clone());
        items.sort_unstable();
        let value = values.many(Whole::Container(kind), items);
        self.sets.push((value, written));
        value
    }

    fn single(&self, values: &mut Values<'p>, id: NodeId) -> ValueId {
        let node = self.pyc.tree().node(id);
        let bytes = || self.pyc.bytes().get(node.span.start as usize..node.span.end as usize).unwrap_or_default();
        let key = match self.pyc.value(id) {
            Value::Int(value) => Key::Int(value),
            Value::Long { negative, digits } => long(negative, digits),
            Value::Float(value) => Key::Float(value.to_bits()),
            value @ Value::FloatText(_) => {
                value.as_float().map_or(Key::Damaged(bytes()), |float| Key::Float(float.to_bits()))
            }
            Value::Complex(real, imaginary) => Key::Complex(real.to_bits(), imaginary.to_bits()),
            Value::ComplexText(real, imaginary) => {
                let number = |text| Value::FloatText(text).as_float();
                match (number(real), number(imaginary)) {
                    (Some(real), Some(imaginary)) => Key::Complex(real.to_bits(), imaginary.to_bits()),
                    _ => Key::Damaged(bytes()),
                }
            }
            Value::Text(text) => Key::Text(text),
            Value::Bytes(bytes) if values.strings_alike && self.pyc.python().version.major < 3 => Key::Text(bytes),
            Value::Bytes(bytes) => Key::Bytes(bytes),
            Value::Code => {
                let name = self.pyc.code(id).and_then(|code| code.text(pycxray::Field::Name));
                Key::Code(name.unwrap_or_default())
            }
            Value::Reference(_) | Value::Unreadable => Key::Damaged(bytes()),
            _ => Key::Singleton(node.kind),
        };
        values.id(key)
    }
}

/// An integer of digits of 15 bits; a short one is the same as one written in 32 or 64 bits.
fn long(negative: bool, digits: &[u8]) -> Key<'_> {
    let zeros = digits.rchunks_exact(2).take_while(|digit| *digit == [0, 0]).count();
    let digits = &digits[..digits.len() - 2 * zeros];
    if digits.len() > 8 {
        return Key::Long(negative, digits);
    }
    let value = digits
        .chunks_exact(2)
        .rev()
        .fold(0_i64, |value, digit| value << 15 | i64::from(u16::from_le_bytes([digit[0], digit[1]]) & 0x7fff));
    Key::Int(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(files: [&[u8]; 2]) -> [ValueId; 2] {
        let files = files.map(|bytes| Pyc::parse([&[0xcb, 0x0d, 0x0d, 0x0a][..], &[0; 12], bytes].concat()));
        let mut values = Values::new(false);
        let [a, b] = &files;
        [a, b].map(|pyc| {
            let root = pyc.tree().id(0).expect("an object");
            Objects::new(pyc).value(&mut values, root)
        })
    }

    #[test]
    fn values_are_equal_however_they_are_written() {
        let [small, large] = values([b")\x02i\x05\0\0\0z\x01a", b"(\x02\0\0\0l\x01\0\0\0\x05\0u\x01\0\0\0a"]);
        assert_eq!(small, large);
        let [one, other] = values([b">\x02\0\0\0NT", b">\x02\0\0\0TN"]);
        assert_eq!(one, other, "the order in a set is not its value");
        let [one, other] = values([b")\x02NT", b")\x02TN"]);
        assert_ne!(one, other);
        let [text, bytes] = values([b"z\x01a", b"s\x01\0\0\0a"]);
        assert_ne!(text, bytes);
        let [minus, plus] = values([b"g\0\0\0\0\0\0\0\x80", b"g\0\0\0\0\0\0\0\0"]);
        assert_ne!(minus, plus);
    }

    #[test]
    fn what_is_inside_itself_ends() {
        let [one, other] = values([b"\xa9\x01r\0\0\0\0", b"\xa9\x01r\0\0\0\0"]);
        assert_eq!(one, other);
    }
}
