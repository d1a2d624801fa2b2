//! A sound file is never told that it has a problem: what real interpreters wrote, what their pre-releases would have written, and
//! what `marshal.loads` takes.

mod fixtures;
mod forge;

use forge::{bytes, name, tuple};
use pycxray::{Pyc, Severity};

/// All that is said of a file but notes.
fn problems(pyc: &Pyc) -> Vec<String> {
    let inspection = pyc.inspect(None);
    let diagnostics = pyc.diagnostics().iter().chain(&inspection.diagnostics);
    let said = diagnostics.map(|one| (one.severity, &one.message));
    let said = said.chain(inspection.findings.iter().map(|one| (one.severity, &one.message)));
    said.filter(|(severity, _)| *severity != Severity::Note).map(|(_, message)| message.clone()).collect()
}

#[test]
fn what_interpreters_wrote() {
    let mut seen = 0;
    for fixture in fixtures::compiled().filter(|fixture| fixture.python().is_some()) {
        assert_eq!(problems(&fixture.parse()), [""; 0], "{}", fixture.name);
        seen += 1;
    }
    assert!(seen > 200, "{seen} files");
}

/// A file of a version from 3.8 to 3.10, and of the PyPys like it, with one code object.
struct Older {
    magic: u16,
    locals: u32,
    flags: u32,
    stacksize: u32,
    bytecode: Vec<u8>,
    lines: Vec<u8>,
}

impl Older {
    fn parse(&self) -> Pyc {
        let mut file = self.magic.to_le_bytes().to_vec();
        file.extend(b"\r\n\0\0\0\0\0\0\0\0\0\0\0\0\xe3");
        for number in [1, 0, 0, self.locals, self.stacksize, self.flags] {
            file.extend(number.to_le_bytes());
        }
        file.extend(bytes(&self.bytecode));
        file.extend([tuple(&[b"N".to_vec()]), tuple(&[]), tuple(&[name("x")]), tuple(&[]), tuple(&[])].concat());
        file.extend([name("made.py"), name("made")].concat());
        file.extend(1_u32.to_le_bytes());
        file.extend(bytes(&self.lines));
        Pyc::parse(file)
    }
}

/// `while x: pass`, then `return x`: the jump's argument counts units of two bytes.
#[test]
fn jumps_of_pypy_count_code_units() {
    // LOAD_FAST, POP_JUMP_IF_FALSE 3, JUMP_ABSOLUTE 0, LOAD_FAST, RETURN_VALUE.
    let bytecode = vec![124, 0, 114, 3, 113, 0, 124, 0, 83, 0];
    // An entry for each instruction: line 1, no columns.
    let lines = vec![1, 0, 1, 0, 1, 0, 1, 0, 1, 0];
    let pyc = Older { magic: 384, locals: 1, flags: 0x43, stacksize: 1, bytecode, lines }.parse();
    assert_eq!(problems(&pyc), [""; 0]);
    let code = pyc.code(pyc.codes()[0]).expect("a code object");
    let targets: Vec<u32> = code.instructions().filter_map(|one| one.target(pyc.python())).collect();
    assert_eq!(targets, [6, 0]);
}

#[test]
fn line_tables_of_the_alphas_of_3_10_end_with_a_mark() {
    // LOAD_FAST, RETURN_VALUE; both on the first line.
    let (bytecode, lines) = (vec![124, 0, 83, 0], vec![4, 0, 255, 128]);
    let alpha = Older { magic: 3432, locals: 1, flags: 0x43, stacksize: 1, bytecode, lines };
    let pyc = alpha.parse();
    assert_eq!(problems(&pyc), [""; 0]);
    let code = pyc.code(pyc.codes()[0]).expect("a code object");
    let ranges: Vec<_> = code.line_entries().map(|entry| (entry.start, entry.end, entry.position.line)).collect();
    assert_eq!(ranges, [(0, 4, Some(1)), (4, 4, None)]);
    // In the release a pair is a pair, whatever it says.
    let released = Older { magic: 3439, ..alpha }.parse();
    assert!(problems(&released).iter().any(|said| said.contains("reaches to offset 259")), "{:?}", problems(&released));
}

/// Generators begin with a value on the stack since `GEN_START` takes it away.
#[test]
fn generators_of_3_10_alpha_1_begin_with_nothing() {
    // LOAD_FAST, YIELD_VALUE, RETURN_VALUE: what is sent in is returned.
    let bytecode = vec![124, 0, 86, 0, 83, 0];
    let pyc = Older { magic: 3430, locals: 1, flags: 0x63, stacksize: 1, bytecode, lines: vec![] }.parse();
    assert_eq!(problems(&pyc), [""; 0]);
}

/// What a pre-release's opcodes do is not always known: then nothing is concluded from them.
#[test]
fn nothing_is_concluded_from_opcodes_that_are_the_nearest_known() {
    let mut nearest = 0;
    for magic in 3500_u16..3531 {
        let mut file = magic.to_le_bytes().to_vec();
        file.extend(b"\r\n\0\0\0\0\0\0\0\0\0\0\0\0\xe3");
        for number in [0_u32, 0, 0, 1, 3] {
            file.extend(number.to_le_bytes());
        }
        // RESUME, then bytes that may be anything.
        file.extend(bytes(&[151, 0, 253, 9, 93, 77, 100, 44]));
        file.extend([tuple(&[b"N".to_vec()]), tuple(&[]), tuple(&[]), bytes(&[])].concat());
        file.extend([name("made.py"), name("made"), name("made")].concat());
        file.extend(1_u32.to_le_bytes());
        file.extend([bytes(&[0x83 | 0x68, 0]), bytes(&[])].concat());
        let pyc = Pyc::parse(file);
        if !pyc.python().exact {
            assert_eq!(problems(&pyc), [""; 0], "{magic}");
            nearest += 1;
        }
    }
    assert!(nearest > 20, "{nearest}");
}

/// `l = [1]; l.append(l)`.
#[test]
fn a_list_that_holds_itself() {
    let pyc = Pyc::parse(forge::file(b"\xdb\x02\0\0\0i\x01\0\0\0r\0\0\0\0".to_vec()));
    assert_eq!(problems(&pyc), [""; 0]);
    assert!(pyc.diagnostics().iter().any(|said| said.code == "reference-cycle"));
}

/// `dis` counts from behind a jump, wherever that leads: before the start, too.
#[test]
fn a_jump_before_the_start_is_printed_as_dis_does() {
    // RESUME, JUMP_BACKWARD 4, RETURN_CONST None.
    let bytecode = bytes(&[151, 0, 140, 4, 121, 0]);
    let pyc = Pyc::parse(forge::file(forge::code(&forge::Parts {
        code: bytecode,
        consts: tuple(&[b"N".to_vec()]),
        ..forge::Parts::default()
    })));
    let mut listing = String::new();
    pycxray::Listing::new(&pyc, pycxray::ListingOptions::default(), pycxray::Limits::default())
        .write(&mut listing, &pyc);
    assert!(listing.contains("(to -4)"), "{listing}");
}

/// Frames of 3.8 have as many slots as `co_nlocals` says.
#[test]
fn slots_that_are_not_as_many_as_their_names() {
    let (bytecode, lines) = (vec![124, 0, 83, 0], vec![]);
    let mut file = Older { magic: 3413, locals: 1, flags: 0x43, stacksize: 1, bytecode, lines };
    assert_eq!(problems(&file.parse()), [""; 0]);
    file.locals = 2;
    assert_eq!(problems(&file.parse()), ["co_nlocals is 2, but co_varnames has 1: they must be the same."]);
}
