//! Any bytes: their source, in both layouts.

#![no_main]

use pycxray_source::{Options, Sources, is_supported};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let pyc = pycxray::Pyc::parse(bytes);
    if !is_supported(&pyc) {
        return;
    }
    let sources = Sources::new(&pyc);
    for keep_lines in [false, true] {
        let mut options = Options::default();
        options.keep_lines = keep_lines;
        let source = sources.module(options);
        for owned in &source.owned {
            assert!(source.text.get(owned.text.clone()).is_some(), "{owned:?} is no part of the text");
        }
    }
});
