//! The ways in which files are spoiled, as reports tell of them.

use pycxray::python::Python;
use pycxray::{Implementation, Pyc, Version, magic};

/// A sound file.
pub(super) struct Whole {
    pub(super) bytes: Vec<u8>,
    /// How many of them are its header.
    header: usize,
    writer: &'static Python,
}

/// What has become of it.
pub(super) struct Spoiled {
    pub(super) way: &'static str,
    pub(super) bytes: Vec<u8>,
    /// Whether all its code objects are still there.
    pub(super) keeps_code: bool,
    /// Whom its magic number names now, if that is another than wrote it.
    pub(super) named: Option<&'static Python>,
}

impl Whole {
    pub(super) fn new(bytes: Vec<u8>, writer: &'static Python) -> Self {
        let header = writer.format.header.size() as usize;
        Self { bytes, header, writer }
    }

    fn head(&self) -> &[u8] {
        &self.bytes[..self.header.min(self.bytes.len())]
    }

    fn body(&self) -> &[u8] {
        &self.bytes[self.head().len()..]
    }

    /// The object behind something else.
    fn behind(&self, head: &[u8]) -> Vec<u8> {
        [head, self.body()].concat()
    }

    /// The magic number and as many bytes more as are wanted: those of the header, then zeros.
    fn odd_header(&self, length: usize) -> Vec<u8> {
        let mut head = self.head().to_vec();
        head.resize(length, 0);
        self.behind(&head)
    }

    /// The largest power of two that is less than its size.
    fn block(&self) -> usize {
        1 << (self.bytes.len() - 1).ilog2()
    }
}

/// The file, spoiled in every way.
pub(super) fn all(file: &Whole) -> Vec<Spoiled> {
    let kept = |way, bytes| Spoiled { way, bytes, keeps_code: true, named: None };
    let lost = |way, bytes| Spoiled { keeps_code: false, ..kept(way, bytes) };
    let mut all = vec![kept("no header", file.body().to_vec())];
    for (way, length) in [
        ("the magic number alone", 4),
        ("a header of 8 bytes", 8),
        ("a header of 12 bytes", 12),
        ("a header of 16 bytes", 16),
    ] {
        if length != file.header {
            all.push(kept(way, file.odd_header(length)));
        }
    }
    for (way, length) in [("4 zeros", 4), ("8 zeros", 8), ("12 zeros", 12), ("16 zeros", 16)] {
        all.push(kept(way, file.behind(&vec![0; length])));
    }
    all.push(kept("an unknown magic number", [b"\xee\xee\r\n", &file.bytes[4..]].concat()));
    all.push(kept("two headers", file.behind(&file.head().repeat(2))));
    all.extend(other_numbers(file));
    all.push(kept("a line feed in front", [b"\n", &file.bytes[..]].concat()));
    all.push(kept("300 bytes in front", [&[0xfe; 300], &file.bytes[..]].concat()));
    all.push(kept("a byte order mark in front", [b"\xef\xbb\xbf", &file.bytes[..]].concat()));
    all.push(lost("CR LF to LF", replaced(&file.bytes, b"\r\n", b"\n")));
    all.push(lost("LF to CR LF", replaced(&file.bytes, b"\n", b"\r\n")));
    all.push(lost("Latin-1 to UTF-8", file.bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into()));
    all.push(lost("ef bf bd for what is no UTF-8", String::from_utf8_lossy(&file.bytes).into_owned().into()));
    all.push(lost("cut at a power of two", file.bytes[..file.block()].to_vec()));
    let zeros = vec![0; file.bytes.len() - file.block()];
    all.push(lost("zeros from a power of two on", [&file.bytes[..file.block()], &zeros].concat()));
    all.push(kept("zeros behind it", [&file.bytes[..], &[0; 4096]].concat()));
    all.push(kept("shuffled opcodes", shuffled(file)));
    all
}

/// The magic number of each other release since 2.7, the rest as it was.
fn other_numbers(file: &Whole) -> Vec<Spoiled> {
    let released = magic::all().filter(|magic| {
        let python = magic.python();
        magic.implementation == Implementation::CPython
            && magic.version >= Version::new(2, 7)
            && magic.version != file.writer.version
            && python.exact
            && python.magic == magic.number
    });
    let of = |magic: &magic::Magic| Spoiled {
        way: "the magic number of another version",
        bytes: [&magic.bytes()[..], &file.bytes[4..]].concat(),
        keeps_code: true,
        named: Some(magic.python()),
    };
    released.map(of).collect()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, behind)) = rest.split_first() {
        match rest.strip_prefix(from) {
            Some(behind) => {
                replaced.extend(to);
                rest = behind;
            }
            None => {
                replaced.push(first);
                rest = behind;
            }
        }
    }
    replaced
}

/// The file with another number for each opcode.
fn shuffled(file: &Whole) -> Vec<u8> {
    let pyc = Pyc::parse(file.bytes.clone());
    let mut bytes = file.bytes.clone();
    for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
        for instruction in code.instructions() {
            let opcode = &mut bytes[(code.bytecode_start() + instruction.offset) as usize];
            *opcode = opcode.wrapping_mul(91).wrapping_add(77);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn line_ends_are_replaced_one_by_one() {
        assert_eq!(replaced(b"\r\r\n\n\r", b"\r\n", b"\n"), b"\r\n\n\r");
        assert_eq!(replaced(b"\n\n", b"\n", b"\r\n"), b"\r\n\r\n");
    }
}
