//! The same work once, for a tool that counts the instructions of the machine: `counted read`, `counted decode`, and, each on
//! top of that, `counted disassemble`, `counted list`, `counted json`. It says how much there was to do, and how many bytes of
//! memory the decoded files take.

mod corpus;
mod work;

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    let size = corpus::size();
    // Built once a program, whatever the files are; with small files it would be most of what is counted.
    let versions = pycxray::python::all().count();
    let (mut units, mut memory) = (0, 0);
    if what != "read" {
        let decoded = work::decode();
        units = match what.as_str() {
            "disassemble" => work::disassemble(&decoded),
            "list" => work::list(&decoded),
            "json" => work::json(&decoded),
            _ => 0,
        };
        memory = decoded.iter().map(pycxray::Pyc::memory).sum();
        // Taking it down again is another matter.
        std::mem::forget(decoded);
    }
    println!("{size} bytes, {units} done, {memory} of memory; {versions} versions");
}
