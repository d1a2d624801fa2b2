//! Code objects behind damage: where the next one plausibly begins.

use crate::marshal::{Encoding, FLAG_REF, Field, Kind, layout};
use crate::python::Python;
use crate::reader::Reader;

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A code object seems to begin here.
    Code(u32),
    /// Not up to here; the search can go on.
    NothingYet(u32),
    /// There is none up to the end of the file.
    Nothing,
}

/// Looks at up to `budget` bytes from `from` on for what could be a code object of this Python.
pub(crate) fn find_code(bytes: &[u8], from: u32, budget: u32, python: &Python) -> Found {
    let end = (from as usize).saturating_add(budget as usize).min(bytes.len());
    let start = (from as usize).min(end);
    for (distance, &byte) in bytes[start..end].iter().enumerate() {
        let at = (start + distance) as u32;
        if Kind::of(byte).is_code() && is_plausible(bytes, at, python) {
            return Found::Code(at);
        }
    }
    if end == bytes.len() { Found::Nothing } else { Found::NothingYet(end as u32) }
}

/// Whether what begins at `at` has the type code of a code object, numbers such as compilers write, and bytecode that fits
/// in the file.
pub(crate) fn is_plausible(bytes: &[u8], at: u32, python: &Python) -> bool {
    let mut reader = Reader::new(bytes, at);
    let Some(code) = reader.u8() else { return false };
    let wanted = if python.format.code == crate::python::CodeLayout::V1_0 { Kind::OldCode } else { Kind::Code };
    if Kind::of(code) != wanted {
        return false;
    }
    for &(field, encoding) in layout(python.format.code) {
        let number = match encoding {
            Encoding::U16 => reader.u16().map(i64::from),
            Encoding::I32 => reader.i32().map(i64::from),
            Encoding::Object => break,
        };
        let greatest = match field {
            Field::Flags => 0x0fff_ffff,
            Field::Stacksize => 0xf_ffff,
            _ => 0xffff,
        };
        if !number.is_some_and(|number| (0..=greatest).contains(&number)) {
            return false;
        }
    }
    match reader.u8().map(|code| (Kind::of(code & !FLAG_REF), reader.i32())) {
        Some((Kind::Bytes, Some(length))) => length > 0 && length as u32 <= reader.remaining(),
        Some((Kind::Ref, Some(_))) => true,
        _ => false,
    }
}
