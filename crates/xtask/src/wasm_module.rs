//! WebAssembly modules as files, as far as their sections and names go (core specification, 5.5).

/// A section: its id, and what is in it.
pub(crate) type Section<'m> = (u8, &'m [u8]);

/// What a module begins with: its magic number and version.
pub(crate) const HEAD: &[u8] = b"\0asm\x01\0\0\0";

/// The id of the section that the module's users know it by no standard for: names of functions, say.
pub(crate) const CUSTOM: u8 = 0;
/// The id of the section of imports.
pub(crate) const IMPORTS: u8 = 2;

/// The sections of a module, in its order; `None` if it is none.
pub(crate) fn sections(module: &[u8]) -> Option<Vec<Section<'_>>> {
    let mut rest = module.strip_prefix(HEAD)?;
    let mut sections = Vec::new();
    while let Some((&id, behind)) = rest.split_first() {
        let (content, behind) = sized(behind)?;
        sections.push((id, content));
        rest = behind;
    }
    Some(sections)
}

/// Adds a section to a module.
pub(crate) fn push_section(module: &mut Vec<u8>, id: u8, content: &[u8]) {
    module.push(id);
    push_sized(module, content);
}

/// A number of variable length, and what follows it.
pub(crate) fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0_usize;
    for (position, &byte) in bytes.iter().enumerate().take(5) {
        number |= usize::from(byte & 0x7f) << (7 * position);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[position + 1..]));
        }
    }
    None
}

/// Bytes behind their count, and what follows them.
pub(crate) fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, behind) = number(bytes)?;
    behind.split_at_checked(size)
}

/// Adds a number of variable length.
pub(crate) fn push_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Adds bytes behind their count.
pub(crate) fn push_sized(bytes: &mut Vec<u8>, content: &[u8]) {
    push_number(bytes, content.len());
    bytes.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_taken_apart_and_put_together() {
        let module = b"\0asm\x01\0\0\0\x01\x03abc\x00\x05\x04name\x0b\x01x";
        let taken = sections(module).unwrap();
        assert_eq!(taken, [(1, &b"abc"[..]), (CUSTOM, b"\x04name"), (11, b"x")]);
        let mut whole = HEAD.to_vec();
        taken.iter().for_each(|(id, content)| push_section(&mut whole, *id, content));
        assert_eq!(whole, module);
        assert!(sections(b"\0asm\x01\0\0\0\x01\x09abc").is_none(), "it ends inside a section");
        assert!(sections(b"MZ").is_none());
    }

    #[test]
    fn numbers_come_back() {
        for expected in [0, 1, 127, 128, 300, 16_384, 2_000_000] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, expected);
            assert_eq!(number(&bytes), Some((expected, &[][..])));
        }
    }
}
