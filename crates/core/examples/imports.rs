//! Says what a file imports, without running it: `cargo run --example imports -- FILE`.

use pycxray::{Code, Meaning, Operands, Pyc};

/// A name that an import instruction holds is text of at most this many bytes.
const LIMIT: usize = 1_000;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "tests/fixtures/cpython-3.12/py35.pyc".to_owned());
    let pyc = Pyc::parse(std::fs::read(path)?);
    for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
        print_imports(&code);
    }
    Ok(())
}

fn print_imports(code: &Code<'_>) {
    let operands = Operands::new(code, LIMIT);
    for instruction in code.instructions() {
        let Some(opcode) = code.python().opcode(instruction.opcode) else { continue };
        if !["IMPORT_NAME", "IMPORT_FROM"].contains(&opcode.name) {
            continue;
        }
        if let Meaning::Name { name: Some(name), .. } = operands.meaning(code.pyc(), &instruction) {
            let name = code.pyc().text(name).map(String::from_utf8_lossy).unwrap_or_default();
            println!("{:>6} {:<12} {name}", instruction.offset, opcode.name);
        }
    }
}
