//! Files of Python 3.12 made by hand, to say with them what no compiler would.

#![allow(dead_code, unreachable_pub, reason = "each test needs some of it")]

/// What precedes the object: a timestamp of 0, a source of 0 bytes.
pub const HEADER: &[u8] = b"\xcb\x0d\x0d\x0a\0\0\0\0\0\0\0\0\0\0\0\0";

/// A file with this object. A code object at the outermost level has FLAG_REF, as CPython writes it: RustPython, which has
/// the same magic number, does not.
pub fn file(object: impl IntoIterator<Item = u8>) -> Vec<u8> {
    let mut bytes: Vec<u8> = HEADER.iter().copied().chain(object).collect();
    if let Some(first @ b'c') = bytes.get_mut(HEADER.len()) {
        *first |= 0x80;
    }
    bytes
}

/// A byte string with its length.
pub fn bytes(content: &[u8]) -> Vec<u8> {
    with_length(b's', content)
}

/// A text of any length.
pub fn text(content: &str) -> Vec<u8> {
    with_length(b'u', content.as_bytes())
}

fn with_length(code: u8, content: &[u8]) -> Vec<u8> {
    let mut object = vec![code];
    object.extend((content.len() as u32).to_le_bytes());
    object.extend(content);
    object
}

/// A tuple of these objects.
pub fn tuple(items: &[Vec<u8>]) -> Vec<u8> {
    let mut object = vec![b'('];
    object.extend((items.len() as u32).to_le_bytes());
    items.iter().for_each(|item| object.extend(item));
    object
}

/// A short ASCII text.
pub fn name(text: &str) -> Vec<u8> {
    let mut object = vec![b'z', text.len() as u8];
    object.extend(text.as_bytes());
    object
}

/// A reference to the object with FLAG_REF of this index.
pub fn reference(index: u32) -> Vec<u8> {
    let mut object = vec![b'r'];
    object.extend(index.to_le_bytes());
    object
}

/// What a code object is made of.
pub struct Parts {
    /// co_argcount, co_posonlyargcount, co_kwonlyargcount.
    pub parameters: [u32; 3],
    pub stacksize: u32,
    pub flags: u32,
    pub code: Vec<u8>,
    pub consts: Vec<u8>,
    pub names: Vec<u8>,
    pub variables: Vec<u8>,
    pub kinds: Vec<u8>,
    pub filename: Vec<u8>,
    pub name: Vec<u8>,
    pub lines: Vec<u8>,
    pub exceptions: Vec<u8>,
}

impl Default for Parts {
    /// `RESUME`, `RETURN_CONST None`.
    fn default() -> Self {
        Self {
            parameters: [0; 3],
            stacksize: 1,
            flags: 0,
            code: bytes(&[151, 0, 121, 0]),
            consts: tuple(&[vec![b'N']]),
            names: tuple(&[]),
            variables: tuple(&[]),
            kinds: bytes(&[]),
            filename: name("f.py"),
            name: name("f"),
            lines: bytes(&[0xf9]),
            exceptions: bytes(&[]),
        }
    }
}

impl Parts {
    /// This bytecode, with a line table that says no more than how long it is.
    pub fn of(bytecode: &[u8]) -> Self {
        let units = bytecode.len() / 2;
        let mut lines = vec![0xff; units / 8];
        if units % 8 != 0 {
            lines.push(0xf8 | (units % 8 - 1) as u8);
        }
        Self { code: bytes(bytecode), lines: bytes(&lines), ..Self::default() }
    }
}

/// A code object.
pub fn code(parts: &Parts) -> Vec<u8> {
    let mut object = vec![b'c'];
    let [positional, only, keywords] = parts.parameters;
    for number in [positional, only, keywords, parts.stacksize, parts.flags] {
        object.extend(number.to_le_bytes());
    }
    for part in [&parts.code, &parts.consts, &parts.names, &parts.variables, &parts.kinds] {
        object.extend(part);
    }
    for part in [&parts.filename, &parts.name, &parts.name] {
        object.extend(part);
    }
    object.extend(1_u32.to_le_bytes());
    object.extend(&parts.lines);
    object.extend(&parts.exceptions);
    object
}
