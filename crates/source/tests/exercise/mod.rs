//! What must hold of the source of any file whatever. The property tests and the fuzz target call this.

#![allow(unreachable_pub, reason = "the fuzz target takes it as a module of its own")]

use pycxray::{Pyc, TokenKind, Version};
use pycxray_source::{Options, Sources, is_supported, tokens};

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
        if pyc.python().version < Version::new(3, 0) {
            check_form(&source.text, what);
        } else if let Err(error) = ruff_python_parser::parse_module(&source.text) {
            let (error, at) = (error.to_string(), error.location.start().to_usize());
            let line = source.text[..at].lines().count();
            panic!("{what}: {error} in line {line}\n{}", source.text);
        }
    }
}

/// What no parser is at hand for is at least Python 2 in form: ASCII, strings and brackets closed, and no line further in than the one
/// before unless that opens a block.
fn check_form(text: &str, what: &str) {
    assert!(text.is_ascii(), "{what}: not in ASCII");
    let mut plain = text.to_owned().into_bytes();
    for (range, kind) in tokens(text) {
        let closes = matches!(kind, TokenKind::String | TokenKind::Comment);
        assert!(kind != TokenKind::String || text[range.clone()].ends_with(['"', '\'']), "{what}: a string is open");
        plain[range].iter_mut().filter(|_| closes).for_each(|byte| *byte = b'x');
    }
    let (mut open, mut before, mut opens) = (Vec::new(), 0, false);
    for line in plain.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        let indent = line.iter().take_while(|&&byte| byte == b' ').count();
        if open.is_empty() && line[indent..].first().is_some_and(|&first| first != b'x') {
            assert!(indent <= before || opens, "{what}: a line is further in");
        }
        before = if open.is_empty() { indent } else { before };
        for byte in line {
            match byte {
                b'(' | b'[' | b'{' => open.push(*byte),
                b')' | b']' | b'}' => assert!(open.pop().is_some(), "{what}: a bracket is closed"),
                _ => {}
            }
        }
        opens = open.is_empty() && line.ends_with(b":");
    }
    assert!(open.is_empty(), "{what}: a bracket is open");
}
