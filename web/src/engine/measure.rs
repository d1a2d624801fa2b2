//! How long decoding takes, entered into the browser's record of performance: for what measures the page
//! (`tests/src/bin/speed`), and for whoever looks into the developer's tools. The engine decodes one file after the other: each
//! begins when the one before it is open.

/// Under which name the record has it.
const DECODE: &str = "pycxray:decode";
/// Since when the engine is at a file.
const BEGUN: &str = "pycxray:decode:begun";

/// The engine begins with a file.
pub(super) fn begin() {
    if let Some(record) = gloo::utils::window().performance() {
        // Fails for names that the record keeps for itself.
        let _ = record.mark(BEGUN);
    }
}

/// The engine has opened it, and begins with the next one.
pub(super) fn end() {
    if let Some(record) = gloo::utils::window().performance() {
        let _ = record.measure_with_start_mark(DECODE, BEGUN);
        record.clear_marks_with_mark_name(BEGUN);
    }
    begin();
}
