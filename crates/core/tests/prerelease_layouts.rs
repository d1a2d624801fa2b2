//! Code objects as the alphas of 3.11 and PyPy 3.11 lay them out, made by hand: no such alpha is at hand to ask.

mod forge;

use forge::{bytes, name, tuple};
use pycxray::{Field, Pyc, Severity};

/// The fields in order, by one letter each.
const LETTERS: [(char, Field); 18] = [
    ('a', Field::Argcount),
    ('p', Field::Posonlyargcount),
    ('k', Field::Kwonlyargcount),
    ('l', Field::Nlocals),
    ('s', Field::Stacksize),
    ('f', Field::Flags),
    ('B', Field::Code),
    ('C', Field::Consts),
    ('N', Field::Names),
    ('V', Field::Varnames),
    ('F', Field::Freevars),
    ('L', Field::Localsplusnames),
    ('K', Field::Localspluskinds),
    ('Q', Field::Qualname),
    ('i', Field::Firstlineno),
    ('T', Field::Linetable),
    ('E', Field::Endlinetable),
    ('X', Field::Exceptiontable),
];

/// A file of this magic number: `def name(x): …`, its code object's fields in this order. `D` is the cell variables, `G` the
/// file name, `M` the name, `O` the columns.
fn file(magic: u16, order: &str) -> Vec<u8> {
    let mut file = magic.to_le_bytes().to_vec();
    file.extend(b"\r\n\0\0\0\0\0\0\0\0\0\0\0\0\xe3");
    for field in order.chars() {
        let number = |value: u32| value.to_le_bytes().to_vec();
        file.extend(match field {
            'a' | 'l' | 's' => number(1),
            'p' | 'k' => number(0),
            'f' => number(3),
            'i' => number(7),
            // LOAD_FAST, RETURN_VALUE: 124 and 83 in all of them.
            'B' => bytes(&[124, 0, 83, 0]),
            'C' | 'N' | 'F' | 'D' => tuple(&[]),
            'V' | 'L' => tuple(&[name("x")]),
            'K' => bytes(&[0x20]),
            'G' => name("made.py"),
            'M' => name("same"),
            'Q' => name("Class.same"),
            'T' | 'E' | 'O' if magic < 1_000 => bytes(&[1, 0, 1, 0]),
            'T' | 'E' => bytes(&[4, 1]),
            'O' => bytes(&[4, 5, 4, 5]),
            _ => bytes(&[]),
        });
    }
    file
}

#[test]
fn each_field_is_found_in_its_place() {
    let layouts = [
        (3451, "apklsfBCNVFDGMiTX"),
        (3452, "apksfBCNVFDGMiTX"),
        (3458, "apksfBCNLKGMiTX"),
        (3459, "apksfBCNLKGMiTEOX"),
        (3461, "apksfBCNLKGMQiTEOX"),
        (3493, "apksfBCNLKGMQiTEOX"),
        (416, "apklsfBCNVFDGMQiT"),
        (432, "apklsfBCNVFDGMQiTX"),
    ];
    for (magic, order) in layouts {
        let pyc = Pyc::parse(file(magic, order));
        let errors: Vec<_> = pyc.diagnostics().iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{magic}: {errors:?}");
        let code = pyc.code(pyc.codes()[0]).unwrap();
        assert_eq!(code.number(Field::Firstlineno), Some(7), "{magic}");
        assert_eq!(code.text(Field::Name), Some(&b"same"[..]), "{magic}");
        assert_eq!(code.text(Field::Qualname), order.contains('Q').then_some(&b"Class.same"[..]), "{magic}");
        for (letter, field) in LETTERS {
            assert_eq!(code.field_span(field).is_some(), order.contains(letter), "{magic} {field:?}");
        }
        let names: Vec<&str> = code
            .instructions()
            .filter_map(|found| pyc.python().opcode(found.opcode))
            .map(|opcode| opcode.name)
            .collect();
        assert_eq!(names, ["LOAD_FAST", "RETURN_VALUE"], "{magic}");
        let mut lines = code.line_entries().map(|entry| entry.position.line);
        assert!(lines.any(|line| line.is_some_and(|line| line >= 7)), "{magic}");
    }
}
