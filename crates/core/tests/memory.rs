//! What a decoded file takes in memory: for files as interpreters write them at most 6 bytes for each of theirs. An object takes
//! as much however few bytes it has, so a file of nothing but the smallest ones takes more; [`pycxray::Limits::nodes`] bounds it.

use std::path::PathBuf;

use pycxray::Pyc;

/// Bytes of memory for each byte of the file.
fn ratio(bytes: Vec<u8>) -> f64 {
    let size = bytes.len() as f64;
    Pyc::parse(bytes).memory() as f64 / size
}

fn fixtures() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "pyc")).collect()
}

/// A file of CPython 3.12 that holds this object.
fn file(object: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = vec![0xcb, 0x0d, 0x0d, 0x0a];
    bytes.resize(16, 0);
    object(&mut bytes);
    bytes
}

#[test]
fn files_of_interpreters() {
    let mut seen = 0;
    for path in fixtures() {
        let bytes = std::fs::read(&path).unwrap();
        if bytes.len() >= 1024 {
            let ratio = ratio(bytes);
            assert!(ratio <= 6.0, "{}: {ratio:.1} bytes for each", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} fixtures are large enough");
}

#[test]
fn nested_constants() {
    let count = 200_000_u32;
    let wide = file(|bytes| {
        bytes.push(b'(');
        bytes.extend(count.to_le_bytes());
        // A tuple of two integers each: 12 bytes for three objects.
        (0..count).for_each(|_| bytes.extend(b")\x02i\x01\0\0\0i\x02\0\0\0"));
    });
    assert!(ratio(wide) <= 12.0);
    let deep = file(|bytes| (0..90_000).for_each(|_| bytes.extend(b"(\x01\0\0\0")));
    assert!(ratio(deep) <= 12.0);
}

/// One byte an object: the worst there is.
#[test]
fn the_smallest_objects() {
    let count = 200_000_u32;
    let nothing = file(|bytes| {
        bytes.push(b'(');
        bytes.extend(count.to_le_bytes());
        bytes.extend((0..count).map(|_| b'N'));
    });
    assert!(ratio(nothing) <= 40.0);
}
