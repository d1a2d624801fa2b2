//! What hides in constants, literals and texts is found, whatever it is wrapped in.

mod files;

use std::io::Write;
use std::sync::Arc;

use data_encoding::{BASE32, BASE64, HEXLOWER, HEXUPPER};
use flate2::Compression as Level;
use flate2::write::{GzEncoder, ZlibEncoder};
use proptest::prelude::*;
use pycxray::Pyc;
use pycxray_container::{Address, Container, Kind, Limits, Step, bytes_in_text, payloads_in_source};

/// A marshalled code object without its header.
fn code() -> Vec<u8> {
    files::bytes("fixtures/cpython-3.11/hello.pyc")[16..].to_vec()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Level::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn loader(encoded: &str) -> Vec<u8> {
    format!("import base64, marshal, zlib\nexec(marshal.loads(zlib.decompress(base64.b64decode({encoded}))))\n").into()
}

/// The chain and the kind of the only payload of a source.
fn only(source: &[u8]) -> (String, Kind) {
    let found = payloads_in_source(source, &Limits::default()).found;
    assert_eq!(found.len(), 1, "{found:?} in {}", String::from_utf8_lossy(source));
    (found[0].chain.to_string(), found[0].kind)
}

#[test]
fn the_classical_loader_is_opened() {
    let source = loader(&format!("b'{}'", BASE64.encode(&zlib(&code()))));
    assert_eq!(only(&source), ("base64 → zlib".to_owned(), Kind::Code));
    let found = Address::resolve(Arc::new(source), "payload-1", Limits::default()).expect("the payload");
    assert_eq!(found.unpacked.bytes, code());
}

#[test]
fn encodings_are_told_apart() {
    let code = code();
    let reversed: String = BASE64.encode(&zlib(&code)).chars().rev().collect();
    let escaped: String = zlib(&code).iter().map(|byte| format!("\\x{byte:02x}")).collect();
    let cases = [
        (HEXLOWER.encode(&code), "hex"),
        (HEXUPPER.encode(&gzip(&code)), "hex → gzip"),
        (BASE32.encode(&zlib(&code)), "base32 → zlib"),
        (BASE64.encode(BASE64.encode(&code).as_bytes()), "base64 → base64"),
        (reversed, "reversed → base64 → zlib"),
        (escaped, "zlib"),
    ];
    for (text, chain) in cases {
        assert_eq!(only(&loader(&format!("'{text}'"))), (chain.to_owned(), Kind::Code), "{text}");
    }
}

#[test]
fn literals_that_are_joined_are_one() {
    let text = BASE64.encode(&zlib(&code()));
    let (front, behind) = text.split_at(text.len() / 2);
    for joined in [
        format!("'{front}' + '{behind}'"),
        format!("('{front}'\n    '{behind}')"),
        format!("'{front}' \\\n '{behind}'"),
    ] {
        assert_eq!(only(&loader(&joined)).0, "base64 → zlib", "{joined}");
    }
}

#[test]
fn constants_of_a_pyc_are_looked_into() {
    // A marshalled tuple with the encoded code object among other things.
    let text = BASE64.encode(&zlib(&code()));
    let mut bytes = b")\x02s".to_vec();
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.push(b'N');
    let container = Container::of_payloads(&Pyc::parse(bytes), Limits::default()).expect("a payload");
    assert_eq!(container.kind_of(0), Kind::Code);
    assert_eq!(container.read(0).bytes, code());
}

#[test]
fn ordinary_texts_hold_nothing() {
    let source = b"PATH = '/usr/lib/python3/dist-packages/encodings'\nNAME = 'load_module_from_file_location'\n\
        DIGEST = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\nTOKEN = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'\n";
    assert_eq!(payloads_in_source(source, &Limits::default()).found, []);
    let pyc = Pyc::parse(files::bytes("fixtures/cpython-3.12/constants.pyc").to_vec());
    assert!(Container::of_payloads(&pyc, Limits::default()).is_none());
}

/// A tuple may name one long string any number of times: joined they would be a thousand times the file.
#[test]
fn a_string_that_is_joined_with_itself_is_too_much() {
    let (string, count) = (vec![b'x'; 1 << 20], 5_000_u32);
    let mut tuple = [&b"U\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0("[..], &(count + 1).to_le_bytes(), b"\xf5"].concat();
    tuple.extend((string.len() as u32).to_le_bytes());
    tuple.extend(string);
    (0..count).for_each(|_| tuple.extend(b"r\0\0\0\0"));
    let pyc = Pyc::parse(tuple);
    assert_eq!(pyc.diagnostics(), []);
    let payloads = pycxray_container::payloads(&pyc, &Limits::default());
    assert!(payloads.is_cut && payloads.found.is_empty());
}

#[test]
fn a_bomb_ends_with_a_sentence() {
    let mut bomb = vec![0; 20 << 20];
    for _ in 0..2 {
        bomb = zlib(&bomb);
    }
    let limits = Limits { payload_bytes: 1 << 20, ..Limits::default() };
    let found = payloads_in_source(&loader(&format!("'{}'", BASE64.encode(&bomb))), &limits);
    let trouble = found.found[0].trouble.as_deref().expect("it ends early");
    assert!(trouble.contains("the rest is left out"), "{trouble}");
}

#[test]
fn texts_that_write_bytes_out_are_read() {
    let bytes = code();
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    let dump: String = bytes
        .chunks(16)
        .enumerate()
        .map(|(line, chunk)| {
            let groups: Vec<String> =
                chunk.chunks(2).map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
            let text: String =
                chunk.iter().map(|&byte| if byte.is_ascii_graphic() { byte.into() } else { '.' }).collect();
            format!("{:08x}: {:<39}  {text}\n", line * 16, groups.join(" "))
        })
        .collect();
    let canonical: String = bytes
        .chunks(16)
        .enumerate()
        .map(|(line, chunk)| {
            let half = |half: &[u8]| half.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
            let (front, behind) = chunk.split_at(chunk.len().min(8));
            format!("{:08x}  {}  {}  |{}|\n", line * 16, half(front), half(behind), "x".repeat(chunk.len()))
        })
        .collect();
    let cases = [
        (pairs.join(" "), Step::Hex),
        (pairs.concat(), Step::Hex),
        (format!("b'\\x{}'", pairs.join("\\x")), Step::Literal),
        (format!("\\x{}", pairs.join("\\x")), Step::Literal),
        (format!("[{}]", numbers.join(", ")), Step::Numbers),
        (format!("unsigned char code[] = {{\n  0x{}\n}};\n", pairs.join(", 0x")), Step::Numbers),
        (dump, Step::HexDump),
        (canonical, Step::HexDump),
        (BASE64.encode(&bytes), Step::Base64),
    ];
    for (text, step) in cases {
        assert_eq!(bytes_in_text(text.as_bytes(), &Limits::default()), Some((step, bytes.clone())), "{text}");
    }
}

proptest! {
    #[test]
    fn no_source_is_too_much(source in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!payloads_in_source(&source, &Limits::default()).is_cut);
    }

    #[test]
    fn what_is_encoded_comes_out(steps in proptest::collection::vec(0_usize..5, 1..6)) {
        let wrapped = steps.iter().fold(code(), |bytes, step| match step {
            0 => BASE64.encode(&bytes).into_bytes(),
            1 => HEXLOWER.encode(&bytes).into_bytes(),
            2 => BASE32.encode(&bytes).into_bytes(),
            3 => zlib(&bytes),
            _ => gzip(&bytes),
        });
        let literal: String = wrapped.iter().map(|byte| format!("\\x{byte:02x}")).collect();
        let found = payloads_in_source(format!("x = b'{literal}'").as_bytes(), &Limits::default()).found;
        prop_assert_eq!(found[0].kind, Kind::Code);
        prop_assert_eq!(found[0].size, code().len());
    }
}
