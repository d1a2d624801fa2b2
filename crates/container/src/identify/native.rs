//! Programs and libraries: their format, and what made them.

use memchr::memmem;

use crate::archive::zip;
use crate::kind::{Kind, Maker, NativeFormat};
use crate::{nuitka, py2exe, pyinstaller};

/// What a native file is; `None` if it is none.
pub(super) fn find(bytes: &[u8]) -> Option<Kind> {
    let format = format(bytes)?;
    if pyinstaller::find(bytes).is_some() {
        return Some(Kind::PyInstaller);
    }
    if py2exe::script(bytes).is_some() {
        return Some(Kind::Native(format, Maker::Py2exe));
    }
    if nuitka::payload(bytes).is_some() {
        return Some(Kind::Native(format, Maker::NuitkaOnefile));
    }
    if let Some(kind) = zip::kind(bytes) {
        return Some(kind);
    }
    Some(Kind::Native(format, maker(bytes)))
}

/// The format, by the first bytes.
pub(super) fn format(bytes: &[u8]) -> Option<NativeFormat> {
    match *bytes {
        [0x7f, b'E', b'L', b'F', ..] => Some(NativeFormat::Elf),
        [b'M', b'Z', ..] if is_pe(bytes) => Some(NativeFormat::Pe),
        // A fat binary has few architectures where a Java class has the version of its compiler, 45 or later.
        [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, count, ..] if count < 30 => Some(NativeFormat::MachO),
        [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] | [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..] => Some(NativeFormat::MachO),
        _ => None,
    }
}

/// Whether the header of DOS leads to that of Windows; a program of DOS alone is of no interest.
fn is_pe(bytes: &[u8]) -> bool {
    let at = bytes.get(0x3c..).and_then(<[u8]>::first_chunk).map(|at| u32::from_le_bytes(*at));
    at.and_then(|at| bytes.get(at as usize..)).is_some_and(|rest| rest.starts_with(b"PE\0\0"))
}

/// What the makers leave behind, the more telling first.
const MARKS: &[(&[u8], Maker)] = &[
    (b"pyarmor_runtime", Maker::PyArmorRuntime),
    (b"_pytransform", Maker::PyArmorRuntime),
    (b"__pyarmor__", Maker::PyArmorRuntime),
    (b"NUITKA_", Maker::Nuitka),
    (b"__nuitka_version__", Maker::Nuitka),
    (b"oxidized_importer", Maker::PyOxidizer),
    (b"cx_Freeze", Maker::CxFreeze),
    // Loaders of cx_Freeze before 7 do not name it: what they say where they do not find themselves.
    (b"Unable to calculate directory of executable!", Maker::CxFreeze),
    (b"cython_runtime", Maker::Cython),
    (b"__pyx_capi__", Maker::Cython),
];

fn maker(bytes: &[u8]) -> Maker {
    MARKS.iter().find(|(mark, _)| memmem::find(bytes, mark).is_some()).map_or(Maker::Unknown, |&(_, maker)| maker)
}
