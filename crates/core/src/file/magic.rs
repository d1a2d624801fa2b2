//! Every magic number: the first four bytes of a file tell which Python wrote it.
//!
//! CPython changes its number whenever files of the one before can no longer be run, so each pre-release may have one.
//! The history is told in CPython's `Include/internal/pycore_magic_number.h` (3.14; before in
//! `Lib/importlib/_bootstrap_external.py` and `Python/import.c`).

use crate::python::{self, Python};
use crate::version::{Implementation, Version};

/// A magic number, and who writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Magic {
    /// The first two bytes of the file, little-endian; up to 1.2 all four.
    pub number: u32,
    /// Who made the interpreter that writes it.
    pub implementation: Implementation,
    /// The version that it belongs to.
    pub version: Version,
    /// The release that wrote it first, such as `3.11a4`; development versions before an alpha included.
    pub first_seen: &'static str,
    /// Whether no file with it is known: its writer is inferred from the numbers around it.
    pub is_inferred: bool,
}

/// What the first four bytes of a file tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// The magic number.
    pub magic: &'static Magic,
    /// Whether the file was written under `-U`, which made every string literal a `unicode` one (2.0 – 2.7): such
    /// files have the magic number plus 1.
    pub unicode: bool,
    /// Who else writes the same number. Only what follows can decide.
    pub other: Option<&'static Magic>,
}

impl Magic {
    /// The first four bytes of a file with this number.
    #[must_use]
    pub const fn bytes(&self) -> [u8; 4] {
        let [low, high, ..] = self.number.to_le_bytes();
        // Later ones end in CR LF, which a transfer in text mode would spoil; up to 1.2 nothing guarded against that.
        if self.number > 0xFFFF { self.number.to_le_bytes() } else { [low, high, b'\r', b'\n'] }
    }

    /// The Python that wrote files of this magic number: layouts, and as far as they are known opcodes, as they were in
    /// that very pre-release. For implementations that have no table of their own, CPython's of the version they follow.
    #[must_use]
    pub fn python(&self) -> &'static Python {
        python::of_number(self.implementation, self.version, self.number)
            .or_else(|| python::find(Implementation::CPython, self.version))
            .unwrap_or_else(python::latest)
    }

    /// The Pythons whose final releases write this magic number: more than one for that of 1.1 and 1.2 alone.
    pub fn sharing(&self) -> impl Iterator<Item = &'static Python> + use<> {
        python::with_number(self.implementation, self.number)
    }

    /// Another that writes the same number.
    pub(crate) fn other(&self) -> Option<&'static Self> {
        OTHERS.iter().find(|other| other.number == self.number)
    }

    /// Who writes it: `CPython 3.12`, or `CPython 1.1 or 1.2`, which cannot be told apart by it.
    #[must_use]
    pub fn writer(&self) -> String {
        let versions: Vec<String> = self.sharing().map(|python| python.version.to_string()).collect();
        match versions.as_slice() {
            [] | [_] => format!("{} {}", self.implementation, self.version),
            versions => format!("{} {}", self.implementation, versions.join(" or ")),
        }
    }
}

/// Who wrote a file that begins with these four bytes; `None` if nobody known.
#[must_use]
pub fn of(first: [u8; 4]) -> Option<Found> {
    let find = |bytes: [u8; 4]| MAGICS.iter().find(|magic| magic.bytes() == bytes);
    let other = OTHERS.iter().find(|magic| magic.bytes() == first);
    if let Some(magic) = find(first) {
        return Some(Found { magic, unicode: false, other });
    }
    let plain = u32::from_le_bytes(first).wrapping_sub(1).to_le_bytes();
    find(plain).filter(|magic| magic.has_unicode_twin()).map(|magic| Found { magic, unicode: true, other })
}

/// RustPython up to 0.4 had the first four hexadecimal digits of a Git revision for a magic number, another one in each build:
/// told by what its code object begins with, the number of instructions.
pub(crate) fn of_revision(bytes: &[u8]) -> Option<&'static Magic> {
    let is_revision = bytes.first_chunk::<4>()?.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let (&code, count) = bytes.get(RUSTPYTHON.python().format.header.size() as usize..)?.split_first()?;
    let count = u32::from_le_bytes(*count.first_chunk()?) as usize;
    (is_revision && code == b'c' && count <= bytes.len()).then_some(&RUSTPYTHON)
}

/// That of a RustPython whose number says nothing more.
static RUSTPYTHON: Magic = row(0, RustPython, (3, 13), "0.4");

impl Magic {
    /// Whether this Python has the option `-U`.
    fn has_unicode_twin(&self) -> bool {
        self.implementation == Implementation::CPython
            && (Version::new(2, 0)..=Version::new(2, 7)).contains(&self.version)
    }
}

/// Every magic number known.
pub fn all() -> impl Iterator<Item = &'static Magic> {
    MAGICS.iter().chain(OTHERS)
}

const fn row(number: u32, implementation: Implementation, version: (u8, u8), first_seen: &'static str) -> Magic {
    Magic { number, implementation, version: Version::new(version.0, version.1), first_seen, is_inferred: false }
}

/// A number that no known file has, between numbers that files have.
const fn inferred(number: u32, implementation: Implementation, version: (u8, u8), first_seen: &'static str) -> Magic {
    Magic { is_inferred: true, ..row(number, implementation, version, first_seen) }
}

use Implementation::{CPython, Dropbox, GraalPy, Jython, PyPy, Pyston, RustPython};

/// Numbers that already belong to another.
static OTHERS: &[Magic] = &[row(3531, RustPython, (3, 12), "3.12"), row(3413, PyPy, (3, 8), "7.3.6")];

static MAGICS: &[Magic] = &[
    row(10066178, CPython, (1, 0), "1.0"),
    row(10066179, CPython, (1, 1), "1.1, 1.2"),
    row(11913, CPython, (1, 3), "1.3"),
    row(5892, CPython, (1, 4), "1.4"),
    row(20121, CPython, (1, 5), "1.5, 1.5.1, 1.5.2"),
    row(50428, CPython, (1, 6), "1.6"),
    row(50823, CPython, (2, 0), "2.0"),
    row(60202, CPython, (2, 1), "2.1"),
    row(60717, CPython, (2, 2), "2.2"),
    row(62011, CPython, (2, 3), "2.3a0"),
    row(62021, CPython, (2, 3), "2.3a0"),
    row(62041, CPython, (2, 4), "2.4a0"),
    row(62051, CPython, (2, 4), "2.4a3"),
    row(62061, CPython, (2, 4), "2.4b1"),
    row(62071, CPython, (2, 5), "2.5a0"),
    row(62081, CPython, (2, 5), "2.5a0"),
    row(62091, CPython, (2, 5), "2.5a0"),
    row(62092, CPython, (2, 5), "2.5a0"),
    row(62101, CPython, (2, 5), "2.5b3"),
    row(62111, CPython, (2, 5), "2.5b3"),
    row(62121, CPython, (2, 5), "2.5c1"),
    row(62131, CPython, (2, 5), "2.5c2"),
    row(62151, CPython, (2, 6), "2.6a0"),
    row(62161, CPython, (2, 6), "2.6a1"),
    row(62171, CPython, (2, 7), "2.7a0"),
    row(62181, CPython, (2, 7), "2.7a0"),
    row(62191, CPython, (2, 7), "2.7a0"),
    row(62201, CPython, (2, 7), "2.7a0"),
    row(62211, CPython, (2, 7), "2.7a0"),
    row(3000, CPython, (3, 0), "Python 3000"),
    row(3010, CPython, (3, 0), "Python 3000"),
    row(3020, CPython, (3, 0), "Python 3000"),
    row(3030, CPython, (3, 0), "Python 3000"),
    row(3040, CPython, (3, 0), "Python 3000"),
    row(3050, CPython, (3, 0), "Python 3000"),
    row(3060, CPython, (3, 0), "Python 3000"),
    row(3061, CPython, (3, 0), "Python 3000"),
    row(3071, CPython, (3, 0), "Python 3000"),
    row(3081, CPython, (3, 0), "Python 3000"),
    row(3091, CPython, (3, 0), "Python 3000"),
    row(3101, CPython, (3, 0), "Python 3000"),
    row(3103, CPython, (3, 0), "Python 3000"),
    row(3111, CPython, (3, 0), "3.0a4"),
    row(3131, CPython, (3, 0), "3.0b1"),
    row(3141, CPython, (3, 1), "3.1a1"),
    row(3151, CPython, (3, 1), "3.1a1"),
    row(3160, CPython, (3, 2), "3.2a1"),
    row(3170, CPython, (3, 2), "3.2a2"),
    row(3180, CPython, (3, 2), "3.2a3"),
    row(3190, CPython, (3, 3), "3.3a1"),
    row(3200, CPython, (3, 3), "3.3a1"),
    row(3210, CPython, (3, 3), "3.3a1"),
    row(3220, CPython, (3, 3), "3.3a2"),
    row(3230, CPython, (3, 3), "3.3a4"),
    row(3250, CPython, (3, 4), "3.4a1"),
    row(3260, CPython, (3, 4), "3.4a1"),
    row(3270, CPython, (3, 4), "3.4a1"),
    row(3280, CPython, (3, 4), "3.4a1"),
    row(3290, CPython, (3, 4), "3.4a4"),
    row(3300, CPython, (3, 4), "3.4a4"),
    row(3310, CPython, (3, 4), "3.4rc2"),
    row(3320, CPython, (3, 5), "3.5a1"),
    row(3330, CPython, (3, 5), "3.5b1"),
    row(3340, CPython, (3, 5), "3.5b2"),
    row(3350, CPython, (3, 5), "3.5b3"),
    row(3351, CPython, (3, 5), "3.5.2"),
    row(3360, CPython, (3, 6), "3.6a0"),
    row(3361, CPython, (3, 6), "3.6a1"),
    row(3370, CPython, (3, 6), "3.6a2"),
    row(3371, CPython, (3, 6), "3.6a2"),
    row(3372, CPython, (3, 6), "3.6a2"),
    row(3373, CPython, (3, 6), "3.6b1"),
    row(3375, CPython, (3, 6), "3.6b1"),
    row(3376, CPython, (3, 6), "3.6b1"),
    row(3377, CPython, (3, 6), "3.6b1"),
    row(3378, CPython, (3, 6), "3.6b2"),
    row(3379, CPython, (3, 6), "3.6rc1"),
    row(3390, CPython, (3, 7), "3.7a1"),
    row(3391, CPython, (3, 7), "3.7a2"),
    row(3392, CPython, (3, 7), "3.7a4"),
    row(3393, CPython, (3, 7), "3.7b1"),
    row(3394, CPython, (3, 7), "3.7b5"),
    row(3400, CPython, (3, 8), "3.8a1"),
    row(3401, CPython, (3, 8), "3.8a1"),
    row(3410, CPython, (3, 8), "3.8a1"),
    row(3411, CPython, (3, 8), "3.8b2"),
    row(3412, CPython, (3, 8), "3.8b2"),
    row(3413, CPython, (3, 8), "3.8b4"),
    row(3420, CPython, (3, 9), "3.9a0"),
    row(3421, CPython, (3, 9), "3.9a0"),
    row(3422, CPython, (3, 9), "3.9a0"),
    row(3423, CPython, (3, 9), "3.9a2"),
    row(3424, CPython, (3, 9), "3.9a2"),
    row(3425, CPython, (3, 9), "3.9a2"),
    row(3430, CPython, (3, 10), "3.10a1"),
    row(3431, CPython, (3, 10), "3.10a1"),
    row(3432, CPython, (3, 10), "3.10a2"),
    row(3433, CPython, (3, 10), "3.10a2"),
    row(3434, CPython, (3, 10), "3.10a6"),
    row(3435, CPython, (3, 10), "3.10a7"),
    row(3436, CPython, (3, 10), "3.10b1"),
    row(3437, CPython, (3, 10), "3.10b1"),
    row(3438, CPython, (3, 10), "3.10b1"),
    row(3439, CPython, (3, 10), "3.10b1"),
    row(3450, CPython, (3, 11), "3.11a1"),
    row(3451, CPython, (3, 11), "3.11a1"),
    row(3452, CPython, (3, 11), "3.11a1"),
    row(3453, CPython, (3, 11), "3.11a1"),
    row(3454, CPython, (3, 11), "3.11a1"),
    row(3455, CPython, (3, 11), "3.11a1"),
    row(3456, CPython, (3, 11), "3.11a1"),
    row(3457, CPython, (3, 11), "3.11a1"),
    row(3458, CPython, (3, 11), "3.11a1"),
    row(3459, CPython, (3, 11), "3.11a1"),
    row(3460, CPython, (3, 11), "3.11a1"),
    row(3461, CPython, (3, 11), "3.11a1"),
    row(3462, CPython, (3, 11), "3.11a2"),
    row(3463, CPython, (3, 11), "3.11a3"),
    row(3464, CPython, (3, 11), "3.11a3"),
    row(3465, CPython, (3, 11), "3.11a3"),
    row(3466, CPython, (3, 11), "3.11a4"),
    row(3467, CPython, (3, 11), "3.11a4"),
    row(3468, CPython, (3, 11), "3.11a4"),
    row(3469, CPython, (3, 11), "3.11a4"),
    row(3470, CPython, (3, 11), "3.11a4"),
    row(3471, CPython, (3, 11), "3.11a4"),
    row(3472, CPython, (3, 11), "3.11a4"),
    row(3473, CPython, (3, 11), "3.11a4"),
    row(3474, CPython, (3, 11), "3.11a4"),
    row(3475, CPython, (3, 11), "3.11a5"),
    row(3476, CPython, (3, 11), "3.11a5"),
    row(3477, CPython, (3, 11), "3.11a5"),
    row(3478, CPython, (3, 11), "3.11a5"),
    row(3479, CPython, (3, 11), "3.11a5"),
    row(3480, CPython, (3, 11), "3.11a5"),
    row(3481, CPython, (3, 11), "3.11a5"),
    row(3482, CPython, (3, 11), "3.11a5"),
    row(3483, CPython, (3, 11), "3.11a5"),
    row(3484, CPython, (3, 11), "3.11a5"),
    row(3485, CPython, (3, 11), "3.11a5"),
    row(3486, CPython, (3, 11), "3.11a6"),
    row(3487, CPython, (3, 11), "3.11a6"),
    row(3488, CPython, (3, 11), "3.11a6"),
    row(3489, CPython, (3, 11), "3.11a6"),
    row(3490, CPython, (3, 11), "3.11a6"),
    row(3491, CPython, (3, 11), "3.11a6"),
    row(3492, CPython, (3, 11), "3.11a7"),
    row(3493, CPython, (3, 11), "3.11a7"),
    row(3494, CPython, (3, 11), "3.11a7"),
    row(3495, CPython, (3, 11), "3.11b4"),
    row(3500, CPython, (3, 12), "3.12a1"),
    row(3501, CPython, (3, 12), "3.12a1"),
    row(3502, CPython, (3, 12), "3.12a1"),
    row(3503, CPython, (3, 12), "3.12a1"),
    row(3504, CPython, (3, 12), "3.12a1"),
    row(3505, CPython, (3, 12), "3.12a1"),
    row(3506, CPython, (3, 12), "3.12a1"),
    row(3507, CPython, (3, 12), "3.12a1"),
    row(3508, CPython, (3, 12), "3.12a1"),
    row(3509, CPython, (3, 12), "3.12a1"),
    row(3510, CPython, (3, 12), "3.12a2"),
    row(3511, CPython, (3, 12), "3.12a2"),
    row(3512, CPython, (3, 12), "3.12a2"),
    row(3513, CPython, (3, 12), "3.12a4"),
    row(3514, CPython, (3, 12), "3.12a4"),
    row(3515, CPython, (3, 12), "3.12a5"),
    row(3516, CPython, (3, 12), "3.12a5"),
    row(3517, CPython, (3, 12), "3.12a5"),
    row(3518, CPython, (3, 12), "3.12a6"),
    row(3519, CPython, (3, 12), "3.12a6"),
    row(3520, CPython, (3, 12), "3.12a6"),
    row(3521, CPython, (3, 12), "3.12a7"),
    row(3522, CPython, (3, 12), "3.12a7"),
    row(3523, CPython, (3, 12), "3.12a7"),
    row(3524, CPython, (3, 12), "3.12a7"),
    row(3525, CPython, (3, 12), "3.12b1"),
    row(3526, CPython, (3, 12), "3.12b1"),
    row(3527, CPython, (3, 12), "3.12b1"),
    row(3528, CPython, (3, 12), "3.12b1"),
    row(3529, CPython, (3, 12), "3.12b1"),
    row(3530, CPython, (3, 12), "3.12b1"),
    row(3531, CPython, (3, 12), "3.12b1"),
    row(3550, CPython, (3, 13), "3.13a1"),
    row(3551, CPython, (3, 13), "3.13a1"),
    row(3552, CPython, (3, 13), "3.13a1"),
    row(3553, CPython, (3, 13), "3.13a1"),
    row(3554, CPython, (3, 13), "3.13a1"),
    row(3555, CPython, (3, 13), "3.13a1"),
    row(3556, CPython, (3, 13), "3.13a1"),
    row(3557, CPython, (3, 13), "3.13a1"),
    row(3558, CPython, (3, 13), "3.13a1"),
    row(3559, CPython, (3, 13), "3.13a1"),
    row(3560, CPython, (3, 13), "3.13a1"),
    row(3561, CPython, (3, 13), "3.13a1"),
    row(3562, CPython, (3, 13), "3.13a1"),
    row(3563, CPython, (3, 13), "3.13a1"),
    row(3564, CPython, (3, 13), "3.13a1"),
    row(3565, CPython, (3, 13), "3.13a1"),
    row(3566, CPython, (3, 13), "3.13a1"),
    row(3567, CPython, (3, 13), "3.13a1"),
    row(3568, CPython, (3, 13), "3.13a1"),
    row(3569, CPython, (3, 13), "3.13a5"),
    row(3570, CPython, (3, 13), "3.13a6"),
    row(3571, CPython, (3, 13), "3.13b1"),
    row(3600, CPython, (3, 14), "3.14a1"),
    row(3601, CPython, (3, 14), "3.14a1"),
    row(3602, CPython, (3, 14), "3.14a1"),
    row(3603, CPython, (3, 14), "3.14a1"),
    row(3604, CPython, (3, 14), "3.14a1"),
    row(3605, CPython, (3, 14), "3.14a1"),
    row(3606, CPython, (3, 14), "3.14a1"),
    row(3607, CPython, (3, 14), "3.14a1"),
    row(3608, CPython, (3, 14), "3.14a1"),
    row(3609, CPython, (3, 14), "3.14a2"),
    row(3610, CPython, (3, 14), "3.14a4"),
    row(3611, CPython, (3, 14), "3.14a4"),
    row(3612, CPython, (3, 14), "3.14a4"),
    row(3613, CPython, (3, 14), "3.14a4"),
    row(3614, CPython, (3, 14), "3.14a5"),
    row(3615, CPython, (3, 14), "3.14a5"),
    row(3616, CPython, (3, 14), "3.14a5"),
    row(3617, CPython, (3, 14), "3.14a6"),
    row(3618, CPython, (3, 14), "3.14a6"),
    row(3619, CPython, (3, 14), "3.14a6"),
    row(3620, CPython, (3, 14), "3.14a6"),
    row(3621, CPython, (3, 14), "3.14a7"),
    row(3622, CPython, (3, 14), "3.14a7"),
    row(3623, CPython, (3, 14), "3.14a7"),
    row(3624, CPython, (3, 14), "3.14b1"),
    row(3625, CPython, (3, 14), "3.14b3"),
    row(3626, CPython, (3, 14), "3.14rc2"),
    row(3627, CPython, (3, 14), "3.14rc3"),
    row(3650, CPython, (3, 15), "3.15a0"),
    row(3651, CPython, (3, 15), "3.15a1"),
    row(3652, CPython, (3, 15), "3.15a1"),
    row(3653, CPython, (3, 15), "3.15a1"),
    row(3654, CPython, (3, 15), "3.15a1"),
    row(3655, CPython, (3, 15), "3.15a1"),
    row(3656, CPython, (3, 15), "3.15a2"),
    row(3657, CPython, (3, 15), "3.15a3"),
    row(3658, CPython, (3, 15), "3.15a4"),
    row(3659, CPython, (3, 15), "3.15a5"),
    row(3660, CPython, (3, 15), "3.15a6"),
    row(3661, CPython, (3, 15), "3.15a7"),
    row(3662, CPython, (3, 15), "3.15a7"),
    row(3663, CPython, (3, 15), "3.15a7"),
    row(3664, CPython, (3, 15), "3.15a7"),
    row(3665, CPython, (3, 15), "3.15a7"),
    row(3666, CPython, (3, 15), "3.15b1"),
    row(62135, Dropbox, (2, 5), "2.5"),
    row(21150, GraalPy, (3, 8), "3.8"),
    row(21260, GraalPy, (3, 8), "3.8"),
    row(21280, GraalPy, (3, 10), "3.10"),
    row(21290, GraalPy, (3, 11), "3.11"),
    inferred(21300, GraalPy, (3, 12), "25.0"),
    inferred(21310, GraalPy, (3, 12), "25.0"),
    inferred(21320, GraalPy, (3, 12), "25.0"),
    inferred(21330, GraalPy, (3, 12), "25.0"),
    row(1011, Jython, (2, 7), "2.7"),
    row(65226, Jython, (2, 7), "2.7"),
    row(62218, PyPy, (2, 7), "2.7"),
    row(48, PyPy, (3, 2), "3.2a2"),
    row(3187, PyPy, (3, 2), "3.2"),
    row(64, PyPy, (3, 3), "3.3"),
    row(112, PyPy, (3, 5), "3.5"),
    row(160, PyPy, (3, 6), "3.6"),
    row(192, PyPy, (3, 6), "3.6"),
    row(224, PyPy, (3, 7), "3.7"),
    row(240, PyPy, (3, 7), "3.7"),
    row(256, PyPy, (3, 8), "3.8"),
    row(320, PyPy, (3, 9), "3.9"),
    row(336, PyPy, (3, 9), "3.9"),
    row(384, PyPy, (3, 10), "3.10"),
    row(416, PyPy, (3, 11), "3.11"),
    row(432, PyPy, (3, 11), "3.11 of 8.0"),
    row(2657, Pyston, (2, 7), "2.7"),
    row(22138, Pyston, (2, 7), "2.7"),
    inferred(2990, RustPython, (3, 14), "0.5"),
    inferred(2991, RustPython, (3, 14), "0.5"),
    inferred(2992, RustPython, (3, 14), "0.5"),
    inferred(2993, RustPython, (3, 14), "0.5"),
    row(2994, RustPython, (3, 14), "0.5"),
    row(12641, RustPython, (3, 12), "3.12"),
    row(12897, RustPython, (3, 12), "3.12"),
    row(13413, RustPython, (3, 13), "3.13"),
    row(24881, RustPython, (3, 13), "3.13"),
    row(35310, RustPython, (3, 13), "3.13"),
];
