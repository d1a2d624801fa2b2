//! Damage that keeps to the structure: whole objects where they do not belong. The mutation runs of the library and of the view
//! take them from here.

#![allow(dead_code, unreachable_pub, reason = "each of them needs some of it")]

use pycxray::{Item, NodeId, Pyc};

/// Numbers that look random and are the same in every run (xorshift64*).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound.max(1)
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Lengths, counts and numbers on the edge of what may be.
const NUMBERS: [i32; 14] = [0, 1, -1, 2, 5, 127, 128, 255, 256, 0x7fff, 0xffff, 0x0100_0000, i32::MAX, i32::MIN];

/// Objects that fit nowhere in particular.
const STRANGERS: [&[u8]; 16] = [
    b"N",
    b"0",
    b"?",
    b"T",
    b".",
    b"(\0\0\0\0",
    b")\x01N",
    b"[\0\0\0\0",
    b"{0",
    b"<\x01\0\0\0N",
    b">\0\0\0\0",
    b":NNN",
    b"i\xff\xff\xff\xff",
    b"l\x02\0\0\0\x01\0\x01\0",
    b"s\0\0\0\0",
    b"z\x02\xff\xfe",
];

/// A change of one object: which bytes become which.
pub fn change(pyc: &Pyc, donor: &Pyc, random: &mut Random) -> Option<(usize, usize, Vec<u8>)> {
    let tree = pyc.tree();
    let id = tree.id(random.below(tree.len()))?;
    let node = tree.node(id);
    let bytes = |pyc: &Pyc, id: NodeId| {
        let span = pyc.tree().node(id).span;
        pyc.bytes()[span.start as usize..span.end as usize].to_vec()
    };
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    Some(match random.below(13) {
        // Another object of this file, or of one of another version, in its place, whatever its kind.
        0 | 1 => (start, end, bytes(pyc, tree.id(random.below(tree.len()))?)),
        2 => (start, end, bytes(donor, donor.tree().id(random.below(donor.tree().len()))?)),
        3 | 4 => (start, end, random.of(&STRANGERS).to_vec()),
        // Left out; doubled; all around it in it.
        5 => (start, end, Vec::new()),
        6 => (end, end, bytes(pyc, id)),
        7 => {
            let mut outer = tree.parent(id)?;
            for _ in 0..random.below(3) {
                outer = tree.parent(outer).unwrap_or(outer);
            }
            (start, end, bytes(pyc, outer))
        }
        // A reference, to whatever it may be.
        8 => {
            let code = *random.of(b"rrrR");
            let index = if random.below(4) == 0 { *random.of(&NUMBERS) } else { random.below(40) as i32 };
            (start, end, [&[code][..], &index.to_le_bytes()].concat())
        }
        // Another type code, with or without FLAG_REF; the flag alone.
        9 => (
            start,
            start + 1,
            vec![*random.of(b"0NFTS.iIfgxylstRuaAzZ()[{<>cCr?:}\x02") | (random.below(2) as u8) << 7],
        ),
        10 => (start, start + 1, vec![pyc.bytes()[start] ^ 0x80]),
        // Another length or count.
        11 => {
            let span = pyc.span(Item::Length(id));
            let number = random.of(&NUMBERS).to_le_bytes();
            (span.start as usize, span.end as usize, number[..span.len() as usize].to_vec())
        }
        // Another number in a code object; another byte in a table.
        _ => {
            let code = pyc.code(*random.of(pyc.codes()))?;
            let fields: Vec<_> = code.fields().collect();
            let &(field, span) = random.of(&fields);
            if code.object(field).is_none() {
                let number = random.of(&NUMBERS).to_le_bytes();
                (span.start as usize, span.end as usize, number[..span.len() as usize].to_vec())
            } else {
                let (table, span) = code.data(field).filter(|(table, _)| !table.is_empty())?;
                let at = span.start as usize + random.below(table.len());
                (at, at + 1, vec![random.next() as u8])
            }
        }
    })
}

/// Up to four such changes one after the other, as far as code is left to change.
pub fn misplaced(pyc: &Pyc, donors: &[Pyc], most: usize, random: &mut Random) -> Pyc {
    let mut pyc = Pyc::parse(pyc.bytes());
    for _ in 0..=random.below(4) {
        if pyc.tree().is_empty() || pyc.codes().is_empty() {
            break;
        }
        let Some((start, end, new)) = change(&pyc, random.of(donors), random) else { continue };
        let mut bytes = pyc.bytes().to_vec();
        bytes.splice(start..end, new);
        if bytes.len() <= most {
            pyc = Pyc::parse(bytes);
        }
    }
    pyc
}
