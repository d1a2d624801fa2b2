//! What each Python is: one file a version, each stating only what changed since the one before.
//!
//! A `Release` is a list of changes against its base. [`Python`] is the outcome for one version: a dense table of
//! 256 opcodes and the layouts of everything that holds them. It is built when that version is first asked for, by
//! applying the releases from the first Python on; so a version's file is the only place that knows of it.
//!
//! ```
//! use pycxray::{Implementation, Version, python};
//!
//! let python = python::find(Implementation::CPython, Version::new(3, 12)).unwrap();
//! let opcode = python.opcode(100).unwrap();
//! assert_eq!(opcode.name, "LOAD_CONST");
//! assert_eq!(opcode.effect.of(0, false), Some(1));
//! ```

mod bound;
mod effect;
mod form;
mod format;
mod history;
mod meaning;
mod opcode;
mod release;
mod shape;
mod table;

mod cpython_1_0;
mod cpython_1_1;
mod cpython_1_2;
mod cpython_1_3;
mod cpython_1_4;
mod cpython_1_5;
mod cpython_1_6;
mod cpython_2_0;
mod cpython_2_1;
mod cpython_2_2;
mod cpython_2_3;
mod cpython_2_4;
mod cpython_2_5;
mod cpython_2_6;
mod cpython_2_7;
mod cpython_3_0;
mod cpython_3_1;
mod cpython_3_10;
mod cpython_3_11;
mod cpython_3_11_alphas;
mod cpython_3_12;
mod cpython_3_13;
mod cpython_3_14;
mod cpython_3_15;
mod cpython_3_2;
mod cpython_3_3;
mod cpython_3_4;
mod cpython_3_5;
mod cpython_3_6;
mod cpython_3_7;
mod cpython_3_8;
mod cpython_3_9;
mod pypy_2_7;
mod pypy_3_10;
mod pypy_3_11;
mod pypy_3_2;
mod pypy_3_3;
mod pypy_3_5;
mod pypy_3_6;
mod pypy_3_7;
mod pypy_3_8;
mod pypy_3_9;

pub use effect::StackRule;
pub use format::{CodeLayout, DisStyle, ExceptionLayout, Format, HeaderLayout, InstructionLayout, LineTable};
pub use history::{all, find, latest, named};
pub(crate) use history::{of_number, released, with_number};
pub use meaning::{Container, Meaning, Variable};
pub use opcode::{CacheField, Effect, Flow, Opcode, Operand};

pub(crate) use bound::Bound;
pub(crate) use form::Form;
pub(crate) use shape::Shape;

use crate::version::{Implementation, Version};

/// One Python: its opcodes and layouts.
#[derive(Debug)]
pub struct Python {
    /// Who made it.
    pub implementation: Implementation,
    /// Its version.
    pub version: Version,
    /// The magic number its final release writes.
    pub magic: u32,
    /// Whether the opcodes are known to be those of the magic number asked for. If not (some alphas), they are the
    /// nearest known: those of the next pre-release known, or of the final release.
    pub exact: bool,
    /// Its layouts and the words of its `dis`.
    pub format: Format,
    opcodes: Box<[Option<Opcode>; 256]>,
    shapes: Box<[Shape; 256]>,
    forms: Box<[Form; 256]>,
    bounds: Box<[Bound; 256]>,
}

impl Python {
    /// The opcode of this number; `None` where this version has none.
    #[must_use]
    pub fn opcode(&self, number: u8) -> Option<&Opcode> {
        self.opcodes[usize::from(number)].as_ref()
    }

    /// How instructions with the opcode of this number are laid out.
    #[inline]
    pub(crate) fn shape(&self, number: u8) -> Shape {
        self.shapes[usize::from(number)]
    }

    /// The same for all opcodes.
    pub(crate) fn shapes(&self) -> &[Shape; 256] {
        &self.shapes
    }

    /// How what arguments mean is written, by opcode.
    pub(crate) fn forms(&self) -> &[Form; 256] {
        &self.forms
    }

    /// What bounds the argument of the opcode of this number.
    #[inline]
    pub(crate) fn bound(&self, number: u8) -> Bound {
        self.bounds[usize::from(number)]
    }

    /// Its opcodes, by number.
    pub fn opcodes(&self) -> impl Iterator<Item = &Opcode> {
        self.opcodes.iter().flatten()
    }

    /// The opcode of this name.
    #[must_use]
    pub fn opcode_named(&self, name: &str) -> Option<&Opcode> {
        self.opcodes().find(|opcode| opcode.name == name)
    }

    /// What the interpreter puts in place of the opcode of this name while it runs, once it has seen what that works on
    /// (PEP 659). No file holds it.
    pub fn specializations(&self, name: &str) -> impl Iterator<Item = &'static str> {
        let of_opcode = move |opcode: &&Opcode| opcode.form_of == Some(name);
        let is_specialized = |name: &&str| !name.starts_with("INSTRUMENTED_");
        let named = self.opcodes().filter(of_opcode).map(|opcode| opcode.name).filter(is_specialized);
        let unnamed = self.format.specializations.iter().filter(move |(opcode, _)| *opcode == name);
        named.chain(unnamed.flat_map(|(_, forms)| forms.split(' ')))
    }

    /// Whether an instruction with this opcode has an argument, also where the version has no such opcode:
    /// `HAVE_ARGUMENT` decides up to 3.11, from then on only known opcodes have one.
    #[must_use]
    pub fn takes_argument(&self, number: u8) -> bool {
        match self.opcode(number) {
            Some(opcode) => opcode.operand != Operand::Unused,
            None => u16::from(number) >= self.format.have_argument,
        }
    }
}
