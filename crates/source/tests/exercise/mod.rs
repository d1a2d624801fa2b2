//! What must hold of the source of any file whatever. The property tests and the fuzz target call this.

#![allow(unreachable_pub, reason = "the fuzz target takes it as a module of its own")]

use pycxray::Pyc;
use pycxray_source::{Options, Sources, is_supported};

/// What must hold of the source of any file.
pub fn check(bytes: Vec<u8>, what: &str) {
    let pyc = Pyc::parse(bytes);
    if !is_supported(&pyc) {
        return;
    }
    let sources = Sources::new(&pyc);
    for keep_lines in [false, true] {
        let mut options = Options::default();
        options.keep_lines = keep_lines;
        let source = sources.module(options);
        assert_eq!(source.verdicts.len(), pyc.codes().len(), "{what}: each code object has a verdict");
        for owned in &source.owned {
            assert!(source.text.get(owned.text.clone()).is_some(), "{what}: {owned:?} is a part of the text");
            let code = pyc.codes().get(owned.code.0 as usize).and_then(|&node| pyc.code(node));
            let size = code.map_or(0, |code| code.bytecode().len() as u32);
            assert!(owned.bytecode.start <= owned.bytecode.end && owned.bytecode.end <= size, "{what}: {owned:?}");
        }
        if let Err(error) = ruff_python_parser::parse_module(&source.text) {
            let (error, at) = (error.to_string(), error.location.start().to_usize());
            let line = source.text[..at].lines().count();
            panic!("{what}: {error} in line {line}\n{}", source.text);
        }
    }
}
