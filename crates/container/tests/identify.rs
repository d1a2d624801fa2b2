//! Files are told by their contents, and none of them is taken for bytecode.

mod files;

use pycxray_container::{Compression, Container, Kind, Limits, Maker, NativeFormat, identify};

#[test]
fn files_are_known_by_their_contents() {
    let pe = [&b"MZ"[..], &[0; 58], &64_u32.to_le_bytes(), b"PE\0\0", &[0; 64]].concat();
    let cases: &[(&[u8], Kind)] = &[
        (b"", Kind::Empty),
        (b"import os\n", Kind::Source),
        (b"class A:\n    pass\n", Kind::Source),
        (b"#!/usr/bin/env python3\nx = 1\n", Kind::Source),
        (b"#!/bin/sh\nexec python3 \"$0\"\n", Kind::Text),
        (b"{\"name\": \"value\", \"from\": 3}\n", Kind::Text),
        (b"int main(void) { return 0; }\n", Kind::Text),
        (b"cats and dogs\n", Kind::Text),
        (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", Kind::Foreign("a PNG image")),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Kind::Foreign("a PDF document")),
        (b"\x80\x04\x95\x0b\0\0\0\0\0\0\0]\x94(K\x01K\x02K\x03e.", Kind::Pickle),
        (b"M\x06\0\x1f\x02\0\x0ctest.py\0", Kind::Mpy(6)),
        (b"PY007444\0\x03\x0b\0", Kind::PyArmor),
        (b"from pyarmor_runtime import __pyarmor__\n__pyarmor__(__name__, __file__, b'PY')\n", Kind::PyArmor),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", Kind::Native(NativeFormat::Elf, Maker::Unknown)),
        (b"\x7fELF\x02\x01\x01\0 __pyx_capi__", Kind::Native(NativeFormat::Elf, Maker::Cython)),
        (b"\x7fELF\x02\x01\x01\0 NUITKA_PACKAGE_HOME", Kind::Native(NativeFormat::Elf, Maker::Nuitka)),
        (b"\x7fELF\x02\x01\x01\0 from cx_Freeze import", Kind::Native(NativeFormat::Elf, Maker::CxFreeze)),
        (
            b"\x7fELF\x02\x01\x01\0 Unable to calculate directory of executable!",
            Kind::Native(NativeFormat::Elf, Maker::CxFreeze),
        ),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01", Kind::Native(NativeFormat::MachO, Maker::Unknown)),
        (&pe, Kind::Native(NativeFormat::Pe, Maker::Unknown)),
        (&[0; 64], Kind::Unknown),
        (&[0xff; 64], Kind::Unknown),
    ];
    for (bytes, kind) in cases {
        assert_eq!(identify(bytes), *kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_payload_of_nuitka_is_named() {
    let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
    bytes.resize(4096, 0);
    bytes.extend(b"KAY\x28\xb5\x2f\xfd and so on");
    bytes.extend(4096_u64.to_le_bytes());
    assert_eq!(identify(&bytes), Kind::Native(NativeFormat::Elf, Maker::NuitkaOnefile));
}

#[test]
fn streams_are_known_by_their_heads() {
    for (extension, compression) in
        [("gz", Compression::Gzip), ("bz2", Compression::Bzip2), ("xz", Compression::Xz), ("zst", Compression::Zstd)]
    {
        let bytes = files::bytes(&format!("containers/folder.tar.{extension}"));
        assert_eq!(identify(&bytes), Kind::Compressed(compression));
    }
}

#[test]
fn a_sentence_says_what_to_do_with_what_is_not_opened() {
    for bytes in [&b"\x7fELF\x02\x01\x01\0"[..], b"M\x06\0\x1f\x02\0", b"PY007444\0", b"%PDF-1.7\n", b"x = 1\n"] {
        let kind = identify(bytes);
        assert!(kind.advice().ends_with('.'), "{kind:?}");
    }
}

#[test]
fn a_tar_archive_without_a_mark_is_known_by_its_sum() {
    let mut header = [0; 512];
    header[..5].copy_from_slice(b"a.txt");
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(b"00000000003\0");
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let tar = [&header[..], b"abc", &[0; 509 + 1024]].concat();
    assert_eq!(identify(&tar), Kind::Tar);
    let container = Container::open(tar.clone().into(), Limits::default()).expect("it is one");
    assert_eq!((container.members()[0].name.as_str(), container.read(0).bytes), ("a.txt", b"abc".to_vec()));
    let mut other = tar;
    other[0] = b'b';
    assert_ne!(identify(&other), Kind::Tar, "the sum is another");
}
