//! Bytecode without a code object: made into one that has nothing else.

use std::sync::Arc;

use crate::Pyc;
use crate::marshal::{Encoding, Field, layout};
use crate::parse::Options;
use crate::python::{CodeLayout, Python};
use crate::version::Version;

impl Pyc {
    /// A file that holds this bytecode alone, as a code object of this Python: its constants and names are empty, so that
    /// arguments stay numbers.
    ///
    /// ```
    /// use pycxray::{Pyc, python};
    ///
    /// let python = python::named("3.8").unwrap();
    /// let pyc = Pyc::of_bytecode(b"d\x00S\x00", python);
    /// let code = pyc.code(pyc.codes()[0]).unwrap();
    /// let names: Vec<&str> = code.instructions().filter_map(|found| python.opcode(found.opcode)).map(|op| op.name).collect();
    /// assert_eq!(names, ["LOAD_CONST", "RETURN_VALUE"]);
    /// ```
    #[must_use]
    pub fn of_bytecode(bytecode: &[u8], python: &'static Python) -> Self {
        let options = Options { python: Some(python), ..Options::default() };
        Self::parse_with(Arc::new(marshalled(bytecode, python)), options)
    }
}

/// The bytecode as a marshalled code object, all else of which is empty or 0.
fn marshalled(bytecode: &[u8], python: &Python) -> Vec<u8> {
    let string = |bytes: &[u8]| [&b"s"[..], &(bytes.len() as u32).to_le_bytes(), bytes].concat();
    let text = |text: &[u8]| {
        let code = if python.version < Version::new(3, 0) { b"s" } else { b"u" };
        [&code[..], &(text.len() as u32).to_le_bytes(), text].concat()
    };
    let mut bytes = if python.format.code == CodeLayout::V1_0 { b"C".to_vec() } else { b"c".to_vec() };
    for &(field, encoding) in layout(python.format.code) {
        match encoding {
            Encoding::U16 => bytes.extend([0; 2]),
            Encoding::I32 => bytes.extend([0; 4]),
            Encoding::Object => bytes.extend(match field {
                Field::Code => string(bytecode),
                Field::Filename | Field::Name | Field::Qualname => text(b"<bytecode>"),
                Field::Localspluskinds
                | Field::Linetable
                | Field::Endlinetable
                | Field::Columntable
                | Field::Exceptiontable => string(b""),
                _ => b"(\0\0\0\0".to_vec(),
            }),
        }
    }
    bytes
}
