//! The same work once, for a tool that counts the instructions of the machine: `counted read`, `counted decode`,
//! `counted disassemble`. Each does what the one before it does, and more.

mod corpus;
mod work;

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    let size = corpus::size();
    // Built once a program, whatever the files are; with small files it would be most of what is counted.
    let versions = pycxray::python::all().count();
    let mut instructions = 0;
    if what != "read" {
        let decoded = work::decode();
        if what == "disassemble" {
            instructions = work::disassemble(&decoded);
        }
        // Taking it down again is another matter.
        std::mem::forget(decoded);
    }
    println!("{size} bytes, {instructions} instructions; {versions} versions");
}
