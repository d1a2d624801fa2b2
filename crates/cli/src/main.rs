//! The `pycxray` command.

use std::io::Write;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&args[2]).unwrap();
    let pyc = pycxray::Pyc::parse(bytes);
    let s = pycxray::JsonExport::whole(&pyc, Some(&args[2]), pycxray::Limits { text: 1 << 24, ..Default::default() });
    std::io::stdout().write_all(s.as_bytes()).unwrap();
}
