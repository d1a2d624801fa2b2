//! Python 2.3 goes through its line tables by instructions. What looks lines up says the same as what walks along with them.

use pycxray::tables::LineIndex;
use pycxray::{Limits, Pyc, schema};
use serde_json::Value;

#[test]
fn looking_up_is_walking_along() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-2.3");
    let (mut compared, mut differ) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "pyc") {
            continue;
        }
        let pyc = Pyc::parse(std::fs::read(&path).unwrap());
        let json: Value = serde_json::from_str(&schema::to_json(&pyc, None, Limits::default())).unwrap();
        for (code, listed) in pyc.codes().iter().zip(json["codes"].as_array().unwrap()) {
            let code = pyc.code(*code).unwrap();
            let index = LineIndex::new(&code);
            for instruction in listed["instructions"].as_array().unwrap() {
                let offset = instruction["offset"].as_u64().unwrap() as u32;
                let line = index.position(&code.line_entries(), offset).line;
                assert_eq!(line.map(i64::from), instruction["line"].as_i64(), "{} at {offset}", path.display());
                compared += 1;
                let told = code.line_entries().find(|entry| (entry.start..entry.end).contains(&offset));
                differ += usize::from(told.is_some_and(|entry| entry.position.line != line));
            }
        }
    }
    assert!(compared > 100 && differ > 0, "{compared} instructions, {differ} of which tell the two apart");
}
