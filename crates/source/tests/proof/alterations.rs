//! Altered files: what is proved is no longer proved when an instruction of it is taken out, those among them that a proof passes
//! over, since they have no part in what the source says.

use std::path::PathBuf;

use pycxray::Pyc;
use pycxray_source::unit::CodeId;
use pycxray_source::{Judge, Verdict};

use crate::read::File;

/// Those of CPython whose compilers write every instruction for a reason.
const VERSIONS: [&str; 8] = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"];

/// Fixtures with `try`, `with`, generators, coroutines, closures, classes, comprehensions.
const FILES: [&str; 3] = ["three", "py33", "py36"];

/// What does nothing that a program could see.
const IDLE: [&str; 4] = ["NOP", "NOT_TAKEN", "RESUME", "GEN_START"];

/// What nobody sees either: what is left on the stack before something is raised, and jumps that lead to jumps.
const UNSEEN: [(&str, &str); 4] =
    [("errors", "POP_TOP"), ("chained", "POP_TOP"), ("chained", "JUMP_ABSOLUTE"), ("chained", "JUMP_BACKWARD")];

#[test]
fn no_instruction_can_be_taken_out() {
    let mut count = 0;
    for (version, name) in VERSIONS.into_iter().flat_map(|version| FILES.map(|file| (version, file))) {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(here.join(format!("../../tests/fixtures/cpython-{version}/{name}.pyc"))).unwrap();
        let (pyc, file) = (Pyc::parse(bytes.clone()), File::read(name.to_owned(), bytes.clone()));
        let opcode = |number| pyc.python().opcode(number).map_or("", |known| known.name);
        let nop = (0..=u8::MAX).find(|&number| opcode(number) == "NOP").unwrap();
        for (index, &node) in pyc.codes().iter().enumerate() {
            let (code, id) = (pyc.code(node).unwrap(), CodeId(index as u32));
            for instruction in code.instructions().filter(|instruction| !IDLE.contains(&opcode(instruction.opcode))) {
                // Up to 3.10 compilers leave instructions that nothing leads to; from then on what is not lifted are handlers.
                let is_dead =
                    !pyc.python().format.cells_in_localsplus && file.graphs[index].dead.contains(&instruction.offset);
                let (of, what) = (&file.units.units[index].qualname, opcode(instruction.opcode));
                if is_dead || UNSEEN.contains(&(&**of, what)) {
                    continue;
                }
                let mut altered = bytes.clone();
                altered[(code.bytecode_start() + instruction.offset) as usize] = nop;
                // Of the source that the file was made of, not of one that fits it now.
                let graphs = File::read(name.to_owned(), altered).graphs;
                let verdict = Judge::new(&file.units, &file.bodies, &graphs).verdict(id);
                let at = instruction.offset;
                assert_ne!(verdict, Verdict::Proved, "{version} {name}: {of} without {what} at {at}");
                count += 1;
            }
        }
    }
    assert!(count > 1000, "tried {count} times");
}
