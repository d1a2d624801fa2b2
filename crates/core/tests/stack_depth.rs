//! What opcodes do to the stack, against what compilers computed: no way through a code object may need more places than
//! its `co_stacksize`, nor pop what was never pushed. For versions before 3.4 nothing else tells whether effects are right.

mod fixtures;

use pycxray::python::Flow;
use pycxray::{Code, Field, Implementation, Instruction, Version};

/// The least and the greatest depth of the stack on all ways through a code object.
fn depths(code: &Code<'_>) -> (i64, i64) {
    let python = code.python();
    // Up to 3.8 a `finally` clause may be entered with one value or with several, which no opcode's effect can tell.
    let certain = python.version >= Version::new(3, 9);
    let instructions: Vec<Instruction> = code.instructions().collect();
    let position = |offset: u32| instructions.binary_search_by_key(&offset, |instruction| instruction.offset).ok();
    let mut seen = vec![false; instructions.len()];
    let (mut least, mut greatest) = (0, 0);
    // Generators of 3.10 – 3.12 begin with a None that nothing in their code has pushed.
    let generator = code.number(Field::Flags).is_some_and(|flags| flags & 0x2A0 != 0);
    let given = generator && (Version::new(3, 10)..=Version::new(3, 12)).contains(&python.version);
    let mut ways = vec![(0, i64::from(given && python.implementation == Implementation::CPython))];
    for entry in code.exception_entries() {
        let depth = i64::from(entry.depth) + i64::from(entry.lasti) + 1;
        ways.extend(position(entry.target).map(|target| (target, depth)));
    }
    while let Some((at, depth)) = ways.pop() {
        let depth = if certain { depth } else { depth.max(0) };
        (least, greatest) = (depth.min(least), depth.max(greatest));
        if at >= instructions.len() || std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let instruction = &instructions[at];
        let opcode = python.opcode(instruction.opcode).expect("an opcode of this version");
        let after = |jump| depth + opcode.effect.of(instruction.arg.unwrap_or(0), jump).expect("a known effect");
        let target = instruction.target(python).filter(|_| opcode.operand.is_jump()).and_then(position);
        match opcode.flow {
            Flow::Next => ways.push((at + 1, after(false))),
            Flow::End => {}
            Flow::Jump => ways.extend(target.map(|target| (target, after(true)))),
            Flow::Branch | Flow::Setup => {
                ways.push((at + 1, after(false)));
                ways.extend(target.map(|target| (target, after(true))));
            }
        }
    }
    (least, greatest)
}

#[test]
fn stay_within_co_stacksize() {
    let mut codes = 0;
    for fixture in fixtures::compiled().filter(|fixture| fixture.python().is_some()) {
        let pyc = fixture.parse();
        for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
            let Some(stacksize) = code.number(Field::Stacksize) else { continue };
            let (least, greatest) = depths(&code);
            let what = format!("{}: {:?}", fixture.name, code.text(Field::Name).map(String::from_utf8_lossy));
            assert!(least >= 0 && greatest <= stacksize, "{what}: {least} to {greatest} of {stacksize}");
            codes += 1;
        }
    }
    assert!(codes > 1000, "{codes}");
}
