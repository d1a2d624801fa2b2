//! What no compiler writes, put into files that the compilers of all versions wrote: findings depend on the opcodes, the width of
//! instructions and the tables of a version.

mod fixtures;

use fixtures::Fixture;
use pycxray::python::{self, InstructionLayout, LineTable, Python};
use pycxray::{Code, Field, Instruction, Pyc, Version};

/// `a = 10`, `b = 20`, `total = a + b`, from the compilers of many versions.
fn sums() -> Vec<(Version, Fixture)> {
    let named = fixtures::compiled().filter(|fixture| fixture.name.ends_with("/hello.pyc"));
    let known = named.filter_map(|fixture| Some((fixture.python()?.1, fixture)));
    let all: Vec<_> = known.filter(|(_, fixture)| fixture.name.starts_with("cpython")).collect();
    assert!(all.len() > 20, "{} versions", all.len());
    all
}

/// What is found in a fixture when some bytes are written over a part of its first code object.
fn found_after(
    fixture: &Fixture,
    change: impl Fn(&Code<'_>, &[Instruction]) -> Option<(usize, Vec<u8>)>,
) -> Option<Vec<&'static str>> {
    let mut bytes = fixture.bytes.clone();
    let pyc = fixture.parse();
    let code = pyc.code(pyc.codes()[0]).expect("a code object");
    let instructions: Vec<_> = code.instructions().collect();
    let (at, new) = change(&code, &instructions)?;
    bytes[at..at + new.len()].copy_from_slice(&new);
    let inspection = Pyc::parse(bytes).inspect(None);
    Some(inspection.findings.iter().map(|finding| finding.code.as_str()).filter(|code| *code != "build-path").collect())
}

fn number_of(python: &Python, name: &str) -> u8 {
    let is_it = |number: &u8| python.opcode(*number).is_some_and(|opcode| opcode.name == name);
    (0..=255).find(is_it).unwrap_or_else(|| panic!("{name} in {}", python.version))
}

fn place_of(code: &Code<'_>, instruction: &Instruction) -> usize {
    (code.bytecode_start() + instruction.offset) as usize
}

/// The first instruction that does something, and the last one, of which nothing is skipped by a jump to it.
fn first_and_last<'i>(python: &Python, instructions: &'i [Instruction]) -> (&'i Instruction, &'i Instruction) {
    let is_load = |one: &&Instruction| python.opcode(one.opcode).is_some_and(|opcode| opcode.name.starts_with("LOAD_"));
    (instructions.iter().find(is_load).expect("a load"), instructions.last().expect("a return"))
}

/// A jump from the first instruction to `distance` bytes behind it.
fn jump(code: &Code<'_>, from: &Instruction, distance: u32) -> (usize, Vec<u8>) {
    let python = code.python();
    let scale = if python.version >= Version::new(3, 10) { 2 } else { 1 };
    let argument = u8::try_from(distance / scale).expect("a short way");
    (place_of(code, from), vec![number_of(python, "JUMP_FORWARD"), argument])
}

/// Of which versions it is known how deep the stack is.
fn has_known_depths(version: Version) -> bool {
    version == Version::new(2, 7) || version >= Version::new(3, 6)
}

#[test]
fn nothing_in_the_files_themselves() {
    for (version, fixture) in sums() {
        let found = found_after(&fixture, |code, _| Some((code.bytecode_start() as usize, Vec::new())));
        assert_eq!(found, Some(vec![]), "{version}");
    }
}

#[test]
fn opcodes_that_a_version_does_not_have() {
    for (version, fixture) in sums() {
        let found = found_after(&fixture, |code, instructions| {
            let python = code.python();
            // One that no version has which could be meant as well.
            let like = || python::all().filter(|other| other.format.code == python.format.code);
            let is_free = |number: &u8| like().all(|other| other.opcode(*number).is_none());
            let unknown = (0..=255).rev().find(|number| python.opcode(*number).is_none() && is_free(number));
            let unknown = unknown.expect("a free number");
            Some((place_of(code, first_and_last(python, instructions).0), vec![unknown]))
        });
        assert!(found.as_ref().is_some_and(|found| found.contains(&"unknown-opcodes")), "{version}: {found:?}");
    }
}

#[test]
fn arguments_to_what_is_not_there() {
    for (version, fixture) in sums() {
        let found = found_after(&fixture, |code, instructions| {
            let name = number_of(code.python(), "LOAD_NAME");
            let load = instructions.iter().find(|instruction| instruction.opcode == name)?;
            Some((place_of(code, load) + 1, vec![99]))
        });
        assert!(found.as_ref().is_some_and(|found| found.contains(&"arguments-out-of-range")), "{version}: {found:?}");
    }
}

/// Compilers before 3.4 leave names behind, those before 3.12 the operands of what they fold: there it means nothing.
#[test]
fn names_and_constants_that_nothing_uses() {
    let (mut names, mut constants) = (0, 0);
    for (version, fixture) in sums() {
        // `total` is stored as `a`; 20 is loaded as 10.
        let with_first = |name: &str, arg: u32| {
            found_after(&fixture, |code, instructions| {
                let number = number_of(code.python(), name);
                let user = instructions.iter().find(|one| one.opcode == number && one.arg == Some(arg))?;
                Some((place_of(code, user) + 1, vec![0]))
            })
        };
        let found = with_first("STORE_NAME", 2).expect("a third name");
        assert_eq!(found.contains(&"unused-name"), version >= Version::new(3, 4), "{version}: {found:?}");
        names += usize::from(found.contains(&"unused-name"));
        if let Some(found) = with_first("LOAD_CONST", 1) {
            assert_eq!(found.contains(&"unused-constant"), version >= Version::new(3, 12), "{version}: {found:?}");
            constants += usize::from(found.contains(&"unused-constant"));
        }
    }
    assert!(names > 8 && constants > 0, "{names}, {constants}");
}

#[test]
fn instructions_that_nothing_leads_to() {
    for (version, fixture) in sums() {
        let found = found_after(&fixture, |code, instructions| {
            let (first, last) = first_and_last(code.python(), instructions);
            Some(jump(code, first, last.offset - first.end()))
        });
        let found = found.expect("a jump");
        assert!(found.contains(&"unreached-code"), "{version}: {found:?}");
        // It returns what nothing has pushed. From 3.12 on it returns a constant.
        let is_taken = has_known_depths(version) && version < Version::new(3, 12);
        assert_eq!(found.contains(&"stack-underflow"), is_taken, "{version}: {found:?}");
    }
}

/// Behind loops and handlers the depth is known as well, in most code objects: without what is to be returned at the end, more is
/// taken than is there.
#[test]
fn stack_depths_behind_blocks() {
    let (mut told, mut blocks) = (0, 0);
    for fixture in fixtures::compiled() {
        let old =
            fixture.python().is_some_and(|(_, version)| version < Version::new(3, 8) && has_known_depths(version));
        if !old {
            continue;
        }
        let pyc = fixture.parse();
        for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
            let instructions: Vec<_> = code.instructions().collect();
            let name = |one: &Instruction| code.python().opcode(one.opcode).map_or("", |opcode| opcode.name);
            let [.., load, end] = instructions.as_slice() else { continue };
            let has_blocks = instructions.iter().any(|one| matches!(name(one), "SETUP_LOOP" | "SETUP_EXCEPT"));
            if !has_blocks || (name(load), name(end)) != ("LOAD_CONST", "RETURN_VALUE") {
                continue;
            }
            let mut bytes = fixture.bytes.clone();
            let at = place_of(&code, load);
            bytes[at..at + load.size as usize].fill(number_of(code.python(), "NOP"));
            let inspection = Pyc::parse(bytes).inspect(None);
            blocks += 1;
            told += usize::from(inspection.findings.iter().any(|finding| finding.code == "stack-underflow"));
        }
    }
    assert!(told >= 9, "{told} of {blocks}");
}

#[test]
fn jumps_into_instructions() {
    let mut versions = 0;
    for (version, fixture) in sums().into_iter().filter(|(version, _)| *version < Version::new(3, 10)) {
        let found = found_after(&fixture, |code, instructions| {
            Some(jump(code, first_and_last(code.python(), instructions).0, 1))
        });
        assert!(found.as_ref().is_some_and(|found| found.contains(&"jump-into-instruction")), "{version}: {found:?}");
        versions += 1;
    }
    assert!(versions > 10, "{versions}");
}

/// Up to 3.9 a table says where lines begin: none can begin behind the code.
#[test]
fn lines_that_begin_past_the_end() {
    let mut versions = 0;
    for (version, fixture) in sums() {
        let change = |distance: u8| {
            found_after(&fixture, move |code, _| {
                let is_lnotab = matches!(code.python().format.lines, LineTable::Lnotab | LineTable::SignedLnotab);
                let (table, span) = code.data(Field::Linetable).filter(|_| is_lnotab)?;
                let spare =
                    code.bytecode().len() - table.iter().step_by(2).map(|&byte| usize::from(byte)).sum::<usize>();
                let size = usize::from(table[0]) + spare + usize::from(distance);
                Some((span.start as usize, vec![u8::try_from(size).expect("a short code")]))
            })
        };
        let Some(found) = change(0) else { continue };
        assert_eq!(found, [""; 0], "{version}: compilers leave such pairs for what they drop at the end");
        assert_eq!(change(1), Some(vec!["line-table-misfit"]), "{version}");
        versions += 1;
    }
    assert!(versions > 10, "{versions}");
}

/// A test of the test: both widths of instructions are among them.
#[test]
fn instructions_are_of_both_widths() {
    let layouts = sums().into_iter().filter_map(|(_, fixture)| {
        let pyc = fixture.parse();
        let code = pyc.code(pyc.codes()[0])?;
        Some(code.python().format.instructions == InstructionLayout::Words)
    });
    let words: Vec<bool> = layouts.collect();
    assert!(words.contains(&true) && words.contains(&false));
}
