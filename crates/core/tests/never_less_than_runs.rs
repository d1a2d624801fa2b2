//! What a real interpreter runs is never shown as less than it is: the tricks of somebody who wants a file to be taken for something
//! else, each in a file that its Python loads and runs all the same.

mod fixtures;
mod forge;

use fixtures::Fixture;
use forge::{Parts, bytes, code, file, name, tuple};
use pycxray::python::InstructionLayout;
use pycxray::{Basis, Field, Pyc, TokenKind, python};

/// A bit of `co_flags` that no Python knows, nor minds.
const NO_FLAG: u8 = 0x10;

/// Whether the file is shown as the Python that its magic number names, all its code objects with it.
fn assert_is_shown(pyc: &Pyc, as_before: &Pyc, what: &str) {
    let (now, before) = (pyc.detection(), as_before.detection());
    assert_eq!(now.basis, Basis::Magic, "{what}: read as {}", now.writers());
    assert!(std::ptr::eq(now.python, before.python) && now.foreign().is_none(), "{what}: read as {}", now.writers());
    assert!(!now.is_shuffled, "{what}");
    assert_eq!(pyc.codes(), as_before.codes(), "{what}");
    assert!(pyc.sections().iter().zip(as_before.sections()).all(|(now, before)| now.span == before.span), "{what}");
}

/// Fixtures with some of their bytes changed in place, to what the interpreter does not look at.
fn changed(change: impl Fn(&Pyc, &mut [u8])) -> Vec<(Fixture, Pyc, Pyc)> {
    let mut all = Vec::new();
    for fixture in fixtures::compiled().filter(|fixture| fixture.python().is_some()) {
        let before = fixture.parse();
        if before.detection().basis != Basis::Magic {
            continue;
        }
        let mut bytes = fixture.bytes.clone();
        change(&before, &mut bytes);
        all.push((fixture, Pyc::parse(bytes), before));
    }
    assert!(all.len() > 200, "{}", all.len());
    all
}

/// Flags without a meaning in every code object.
#[test]
fn flags_without_a_meaning() {
    let all = changed(|pyc, bytes| {
        for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
            if let Some(span) = code.field_span(Field::Flags).filter(|span| span.len() == 4) {
                bytes[span.end as usize - 1] |= NO_FLAG;
            }
        }
    });
    for (fixture, now, before) in all {
        assert_is_shown(&now, &before, &fixture.name);
    }
}

/// An argument for every instruction that has none.
#[test]
fn arguments_without_a_meaning() {
    let all = changed(|pyc, bytes| {
        let python = pyc.python();
        if python.format.instructions != InstructionLayout::Words {
            return;
        }
        for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
            for one in code.instructions() {
                let has_none = python.opcode(one.opcode).is_some_and(|opcode| opcode.name == "POP_TOP");
                if has_none {
                    bytes[(code.bytecode_start() + one.offset) as usize + 1] = 0xff;
                }
            }
        }
    });
    for (fixture, now, before) in all {
        assert_is_shown(&now, &before, &fixture.name);
    }
}

/// RustPython writes this magic number too: without FLAG_REF, which marshal version 2 does not set, with odd flags and no code at
/// all, the file still is what CPython 3.12 loads.
#[test]
fn a_code_object_as_marshal_version_2_writes_it() {
    let codes = [vec![], vec![151, 0, 121, 0], [&[151, 0, 121, 0][..], &[0xff, 0xff].repeat(50)].concat()];
    for bytecode in codes {
        for flags in [0_u32, 0x1000_0000, 0xffff_ffff] {
            let mut object = code(&Parts { code: bytes(&bytecode), flags, ..Parts::default() });
            object[0] = b'c';
            let pyc = Pyc::parse([forge::HEADER, &object].concat());
            let detection = pyc.detection();
            assert_eq!((detection.basis, detection.foreign()), (Basis::Magic, None), "{bytecode:?} {flags:#x}");
            assert!(!detection.is_shuffled && detection.certain, "{bytecode:?} {flags:#x}");
            assert_eq!(pyc.codes().len(), 1);
        }
    }
}

/// Code that nothing leads to, of opcodes that there are not, does not make a file one of shuffled opcodes.
#[test]
fn opcodes_of_nobody_behind_the_end() {
    let python = python::named("3.12").expect("a Python");
    let unknown = (0..=u8::MAX).find(|&number| python.opcode(number).is_none()).expect("a free number");
    let junk = [unknown, 1].repeat(500);
    let inner = code(&Parts { code: bytes(&junk), name: name("never"), ..Parts::default() });
    // RESUME, LOAD_CONST, RETURN_VALUE.
    let bytecode = [&[151, 0, 100, 0, 83, 0][..], &junk].concat();
    let root = code(&Parts {
        code: bytes(&bytecode),
        consts: tuple(&[b"N".to_vec(), inner]),
        stacksize: 1,
        ..Parts::default()
    });
    let pyc = Pyc::parse(file(root));
    assert_eq!(pyc.detection().basis, Basis::Magic);
    assert!(!pyc.detection().is_shuffled);
    let inspection = pyc.inspect(None);
    assert!(inspection.diagnostics.iter().any(|said| said.code == "unknown-opcode"), "it is looked at");
}

/// Every instruction and name of a file is in its listing, whatever was done to it.
#[test]
fn listings_stay_whole() {
    struct Count(usize);
    impl pycxray::Sink for Count {
        fn push(&mut self, token: pycxray::Token, _: &str) {
            self.0 += usize::from(matches!(token.kind, TokenKind::Opcode | TokenKind::UnknownOpcode));
        }
    }
    let all = changed(|pyc, bytes| {
        let roots = pyc.codes().iter().filter_map(|&id| pyc.code(id));
        for code in roots.filter(|code| code.python().version.major == 3) {
            if let Some(span) = code.field_span(Field::Flags).filter(|span| span.len() == 4) {
                bytes[span.end as usize - 1] |= NO_FLAG;
            }
        }
    });
    for (fixture, now, before) in all {
        let count = |pyc: &Pyc| {
            let mut count = Count(0);
            pycxray::Listing::new(pyc, pycxray::ListingOptions::default(), pycxray::Limits::default())
                .write(&mut count, pyc);
            count.0
        };
        assert_eq!(count(&now), count(&before), "{}", fixture.name);
        assert_eq!(now.instruction_count(), before.instruction_count(), "{}", fixture.name);
    }
}
