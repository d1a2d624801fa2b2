//! Inputs made to cost more than they should: each is shown or refused in work linear in its size. What is asserted are outcomes
//! and counts; a test that takes minutes has failed.

mod exercise;
mod forge;

use std::sync::Arc;

use forge::{Parts, bytes, code, file, name, reference, tuple};
use pycxray::{Field, Kind, Limits, Listing, ListingOptions, Meaning, Operands, Options, Pyc, Severity, schema};

fn has(pyc: &Pyc, code: &str) -> bool {
    pyc.diagnostics().iter().any(|diagnostic| diagnostic.code == code)
}

/// All listings of a file, in default options.
fn listing(pyc: &Pyc, limits: Limits) -> String {
    let mut text = String::new();
    Listing::new(pyc, ListingOptions::default(), limits).write(&mut text, pyc);
    text
}

#[test]
fn the_smallest_code_object_is_fine() {
    let pyc = Pyc::parse(file(code(&Parts::default())));
    assert_eq!(pyc.diagnostics(), []);
    let inspection = pyc.inspect(None);
    assert_eq!((inspection.diagnostics, inspection.findings), (vec![], vec![]));
}

#[test]
fn ten_thousand_nested_tuples_are_shown() {
    let pyc = Pyc::parse(file([b")\x01".repeat(10_000), b"N".to_vec()].concat()));
    assert_eq!(pyc.tree().len(), 10_001);
    assert!(has(&pyc, "deep-nesting"), "CPython refuses them");
    exercise::tiling(&pyc);
    exercise::nesting(&pyc);
    exercise::inspection(&pyc);
}

#[test]
fn a_million_nested_tuples_reach_the_limit() {
    let pyc = Pyc::parse(file(b")\x01".repeat(1_000_000)));
    assert!(has(&pyc, "limit-depth"));
    assert_eq!(pyc.tree().len(), Limits::default().depth as usize + 1);
    exercise::tiling(&pyc);
}

#[test]
fn a_million_nested_tuples_are_shown_where_limits_allow() {
    let limits = Limits { depth: u32::MAX, ..Limits::default() };
    let bytes = file([b")\x01".repeat(1_000_000), b"N".to_vec()].concat());
    let pyc = Pyc::parse_with(Arc::new(bytes), Options { limits, ..Options::default() });
    assert_eq!(pyc.tree().len(), 1_000_001);
    let innermost = pyc.tree().id(1_000_000).expect("the None");
    let depth = std::iter::successors(Some(innermost), |&id| pyc.tree().parent(id)).count();
    assert_eq!(depth, 1_000_001);
    exercise::tiling(&pyc);
}

#[test]
fn a_list_that_holds_itself_is_a_link() {
    let pyc = Pyc::parse(file([vec![b'[' | 0x80, 1, 0, 0, 0], reference(0)].concat()));
    assert!(has(&pyc, "reference-cycle"));
    assert_eq!(pyc.tree().len(), 2);
    exercise::decoding(pyc.bytes());
}

#[test]
fn a_tuple_that_claims_two_billion_items_takes_what_is_there() {
    let pyc = Pyc::parse(file([b"(\xff\xff\xff\x7f".to_vec(), b"N".repeat(20)].concat()));
    assert!(has(&pyc, "count-past-end"));
    assert_eq!(pyc.tree().len(), 21);
    exercise::decoding(pyc.bytes());
}

#[test]
fn an_integer_that_claims_two_billion_digits_is_refused() {
    for count in [i32::MAX, i32::MIN, -i32::MAX] {
        let pyc = Pyc::parse(file([vec![b'l'], count.to_le_bytes().to_vec(), vec![1; 100]].concat()));
        assert!(has(&pyc, "length-past-end"), "{count}");
        assert_eq!(pyc.tree().len(), 1, "{count}");
        exercise::decoding(pyc.bytes());
    }
}

#[test]
fn twenty_million_nones_reach_the_limit() {
    let count = 20_000_000_u32;
    let pyc = Pyc::parse(file([vec![b'('], count.to_le_bytes().to_vec(), vec![b'N'; count as usize]].concat()));
    assert!(has(&pyc, "limit-nodes"));
    assert_eq!(pyc.tree().len(), Limits::default().nodes as usize);
    let end = pyc.sections().last().expect("a section").span.end;
    assert_eq!(end as usize, pyc.bytes().len());
}

#[test]
fn twenty_million_bytes_that_are_no_type_code_are_searched_once() {
    let pyc = Pyc::parse(file(vec![0x02; 20_000_000]));
    assert!(has(&pyc, "bad-type-code") && has(&pyc, "undecoded"));
    assert_eq!(pyc.tree().len(), 1);
}

#[test]
fn five_million_bytes_that_may_each_begin_a_code_object() {
    let pyc = Pyc::parse(file([vec![0x02], vec![b'c'; 5_000_000]].concat()));
    assert!(has(&pyc, "bad-type-code") && has(&pyc, "undecoded"));
}

/// Every other code object is recovered, and cut off by the next.
#[test]
fn a_hundred_thousand_damaged_code_objects() {
    let whole = code(&Parts::default());
    let mut object = vec![0x02];
    for _ in 0..100_000 {
        object.extend(&whole[..whole.len() - 12]);
    }
    let pyc = Pyc::parse(file(object));
    assert!(pyc.codes().len() > 40_000, "{}", pyc.codes().len());
    // A thousand of each kind, and a line for what is more of it.
    for kind in ["recovered-code", "undecoded", "bad-type-code"] {
        let kept = pyc.diagnostics().iter().filter(|diagnostic| diagnostic.code == kind).count();
        assert_eq!(kept, Limits::default().diagnostics as usize, "{kind}");
        let closing = format!("more of this kind ({kind})");
        assert!(pyc.diagnostics().iter().any(|diagnostic| diagnostic.message.contains(&closing)), "{kind}");
    }
    exercise::tiling(&pyc);
}

/// Ten thousand references to nothing, and one NULL behind them; ten thousand bytes that are no opcode, and behind them one
/// argument that is out of range.
#[test]
fn a_flood_of_one_kind_does_not_hide_another() {
    let mut items = vec![reference(9); 10_000];
    items.push(b"0".to_vec());
    let pyc = Pyc::parse(file(tuple(&items)));
    let said: Vec<&str> = pyc.diagnostics()[999..].iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(said, ["bad-reference", "null-object", "more-diagnostics"]);
    assert!(pyc.diagnostics()[1_001].message.starts_with("9000 more"), "{}", pyc.diagnostics()[1_001].message);

    // Among others that are, so that they do not seem to be shuffled.
    let mut bytecode = [&[0xff, 0][..], &[9, 0].repeat(20)].concat().repeat(10_000);
    bytecode.extend([100, 9]);
    let pyc = Pyc::parse(file(code(&Parts::of(&bytecode))));
    let diagnostics = pyc.inspect(None).diagnostics;
    let said: Vec<&str> = diagnostics[999..].iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(said, ["unknown-opcode", "argument-out-of-range", "more-diagnostics"]);
    let closing = diagnostics.last().expect("a closing line");
    assert_eq!((closing.severity, closing.message.starts_with("9000 more")), (Severity::Error, true));
}

/// What is found is bounded by kind too: each of these code objects has a name that is none and a stack that overflows.
#[test]
fn a_flood_of_findings_is_counted() {
    let odd =
        code(&Parts { stacksize: 0, code: bytes(&[9, 0, 100, 0, 83, 0]), name: name("no name"), ..Parts::default() });
    let findings = Pyc::parse(file(tuple(&vec![odd; 3_000]))).inspect(None).findings;
    for kind in ["odd-name", "stack-overflow"] {
        assert_eq!(findings.iter().filter(|finding| finding.code == kind).count(), 1_000, "{kind}");
        let closing = format!("more of this kind ({kind})");
        assert!(findings.iter().any(|finding| finding.message.contains(&closing)), "{kind}");
    }
}

#[test]
fn two_hundred_thousand_code_objects() {
    let inner = code(&Parts::default());
    let pyc = Pyc::parse(file(tuple(&vec![inner; 200_000])));
    assert_eq!(pyc.codes().len(), 200_000);
    assert_eq!(pyc.inspect(None).diagnostics.len(), 0);
}

/// Each code object refers to one tuple of 50,000 names and to one bytecode of 200,000 bytes.
#[test]
fn tables_that_many_code_objects_share_are_not_walked_through_for_each() {
    let mut names = tuple(&vec![name("x"); 50_000]);
    names[0] |= 0x80;
    let mut bytecode = bytes(&[9, 0].repeat(100_000));
    bytecode[0] |= 0x80;
    let mut kinds = bytes(&vec![0x20; 50_000]);
    kinds[0] |= 0x80;
    let mut items = vec![names, bytecode, kinds];
    let sharing = Parts {
        code: reference(1),
        names: reference(0),
        consts: reference(0),
        variables: reference(0),
        kinds: reference(2),
        ..Parts::default()
    };
    items.extend(vec![code(&sharing); 20_000]);
    let pyc = Pyc::parse(file(tuple(&items)));
    assert_eq!(pyc.diagnostics(), []);
    assert_eq!(pyc.codes().len(), 20_000);
    let inspection = pyc.inspect(None);
    let limits = inspection.diagnostics.iter().filter(|diagnostic| diagnostic.code == "limit-shared-tables");
    assert_eq!(limits.count(), 1);
    let json = schema::to_json(&pyc, None, Limits::default());
    assert!(json.len() < 150 * pyc.bytes().len(), "{} bytes", json.len());
    let listing = listing(&pyc, Limits::default());
    assert!(listing.len() < 150 * pyc.bytes().len(), "{} bytes", listing.len());
    assert_eq!(listing.matches("Code object ").count(), 20_000);
    assert_eq!(pyc.instruction_count(), 20_000 * 100_000);
    // What the arguments of one of them mean is looked up where they are.
    let instruction = pyc.code(pyc.codes()[9]).and_then(|code| code.instructions().next()).expect("an instruction");
    for &id in pyc.codes() {
        let operands = Operands::new(&pyc.code(id).expect("a code object"), 80);
        assert_eq!(operands.meaning(&pyc, &instruction), Meaning::Nothing);
    }
}

/// A name of a megabyte, a file name of a megabyte, each referred to fifty thousand times.
#[test]
fn long_texts_that_many_refer_to_are_cut() {
    let long = |letter: u8| {
        let mut text = vec![b'a' | 0x80];
        text.extend(1_000_000_u32.to_le_bytes());
        text.extend(vec![letter; 1_000_000]);
        text
    };
    let mut names = tuple(&vec![reference(0); 50_000]);
    names[0] |= 0x80;
    // LOAD_NAME 0, over and over.
    let bytecode = bytes(&[101, 0].repeat(50_000));
    let first = code(&Parts { names, code: bytecode, ..Parts::default() });
    let small = code(&Parts { filename: reference(1), ..Parts::default() });
    let mut items = vec![long(b'a'), long(b'b'), first];
    items.extend(vec![small; 50_000]);
    let pyc = Pyc::parse(file(tuple(&items)));
    assert_eq!(pyc.codes().len(), 50_001);
    let most = (64 << 20) + 200 * pyc.bytes().len();
    let json = schema::to_json(&pyc, None, Limits::default());
    assert!(json.len() < most, "{} bytes of JSON", json.len());
    let listing = listing(&pyc, Limits::default());
    assert!(listing.len() < most, "{} bytes of listing", listing.len());
    assert!(pyc.inspect(None).findings.iter().all(|finding| finding.message.len() < 500));
}

/// A tuple that is shared by reference, whose first item is 90,000 tuples deep and is followed by 90,000 flat ones. Each of
/// 300,000 instructions asks for an item in the middle: were what is deep climbed out of, it would be ten thousand million steps.
#[test]
fn items_beside_what_is_deep_are_found_without_climbing() {
    let depth = 90_000;
    let deep = [b")\x01".repeat(depth), b"N".to_vec()].concat();
    let mut items = vec![deep];
    items.extend(vec![vec![b'N']; depth]);
    let mut shared = tuple(&items);
    shared[0] |= 0x80;
    let at = (depth / 2) as u16;
    let load = [144, (at >> 8) as u8, 100, at as u8];
    let user = code(&Parts { consts: reference(0), code: bytes(&load.repeat(300_000)), ..Parts::default() });
    let pyc = Pyc::parse(file(tuple(&[shared, user])));
    let constants = pyc.code(pyc.codes()[0]).and_then(|code| code.tuple(Field::Consts)).expect("constants");
    assert_eq!(pyc.tree().item_count(constants), depth as u32 + 1);
    for index in [0, 1, 63, 64, 65, 12_345, depth as u32] {
        let item = pyc.tree().item(constants, index).expect("an item");
        assert_eq!((pyc.tree().node(item).index, pyc.tree().parent(item)), (index, Some(constants)));
    }
    assert_eq!(pyc.tree().item(constants, depth as u32 + 1), None);
    let listing = listing(&pyc, Limits::default());
    assert_eq!(listing.matches("LOAD_CONST").count(), 300_000);
    assert!(pyc.inspect(None).findings.len() < 100);
}

/// Constants that nothing loads are looked for in those that were folded: many references to one long tuple, to one long text, and
/// tuples as deep as can be.
#[test]
fn folded_constants_are_compared_within_bounds() {
    let flagged = |mut object: Vec<u8>| {
        object[0] |= 0x80;
        object
    };
    let unused = name("unused");
    let long = flagged(tuple(&vec![vec![b'N']; 30_000]));
    let text = flagged([vec![b'u'], 2_000_000_u32.to_le_bytes().to_vec(), vec![b'x'; 2_000_000]].concat());
    let deep = [b")\x01".repeat(90_000), b"N".to_vec()].concat();
    let references = vec![reference(0); 30_000];
    let constants = [
        [vec![vec![b'N'], unused.clone(), long], references.clone()].concat(),
        vec![vec![b'N'], unused.clone(), tuple(&[vec![text], references].concat())],
        vec![vec![b'N'], unused, deep],
    ];
    for constants in constants {
        // 3.8: LOAD_CONST None, RETURN_VALUE; a header of 16 bytes, a number of six integers.
        let mut file = b"\x55\x0d\x0d\x0a".to_vec();
        file.extend([0; 12]);
        file.push(b'c');
        for number in [0_u32, 0, 0, 0, 1, 0x40] {
            file.extend(number.to_le_bytes());
        }
        for part in [bytes(&[100, 0, 83, 0]), tuple(&constants), tuple(&[]), tuple(&[]), tuple(&[]), tuple(&[])] {
            file.extend(part);
        }
        file.extend([name("f.py"), name("f"), 1_u32.to_le_bytes().to_vec(), bytes(&[])].concat());
        let pyc = Pyc::parse(file);
        assert!(
            pyc.diagnostics().iter().all(|diagnostic| diagnostic.code == "deep-nesting"),
            "{:?}",
            pyc.diagnostics()
        );
        assert_eq!(pyc.inspect(None).diagnostics, []);
    }
}

/// Tuples of ten references each, every one to the tuple before: written out they would be 10^30 times `None`.
#[test]
fn tuples_that_grow_tenfold_by_reference_are_cut() {
    let first = [vec![b'(' | 0x80, 10, 0, 0, 0], b"N".repeat(10)].concat();
    // The code object at the outermost level has index 0.
    let next = |before: u32| [vec![b'(' | 0x80, 10, 0, 0, 0], reference(before).repeat(10)].concat();
    let mut tuples = vec![first];
    tuples.extend((1..30).map(next));
    // LOAD_CONST 29, over and over.
    let bytecode = bytes(&[100, 29].repeat(1_000));
    let pyc = Pyc::parse(file(code(&Parts { consts: tuple(&tuples), code: bytecode, ..Parts::default() })));
    let limits = Limits { text: 1 << 24, ..Limits::default() };
    let most = (64 << 20) + (1 << 24) + 200 * pyc.bytes().len();
    let json = schema::to_json(&pyc, None, limits);
    assert!(json.len() < most, "{} bytes of JSON", json.len());
    let (mut options, mut exact) = (ListingOptions::default(), String::new());
    options.exact = true;
    Listing::new(&pyc, options, limits).write(&mut exact, &pyc);
    for listing in [listing(&pyc, limits), exact] {
        assert!(listing.len() < most, "{} bytes of listing", listing.len());
    }
}

/// Twenty thousand references to a tuple of twenty thousand `None`s, each of them loaded: what is long is written in full as long as
/// that is a few times the file.
#[test]
fn references_to_a_huge_tuple_are_cut() {
    let count = 20_000_u32;
    let mut huge = tuple(&vec![b"N".to_vec(); count as usize]);
    huge[0] |= 0x80;
    let consts = tuple(&[vec![huge], vec![reference(1); count as usize]].concat());
    let loads: Vec<u8> =
        (0..count).flat_map(|at| [144, (at >> 16) as u8, 144, (at >> 8) as u8, 100, at as u8]).collect();
    let pyc = Pyc::parse(file(code(&Parts { consts, code: bytes(&loads), ..Parts::default() })));
    let long = (8 << 20) + 16 * pyc.bytes().len();
    let short = 2 * 300 * count as usize;
    let json = schema::to_json(&pyc, None, Limits::default());
    assert!(json.len() < long + short + 200 * 3 * count as usize, "{} bytes", json.len());
}

/// Integers of 150,000 bits, a thousand of them: each would take a while to write in decimal.
#[test]
fn many_long_integers_are_not_all_written_out() {
    let long = [vec![b'l', 0x10, 0x27, 0, 0], vec![1; 20_000]].concat();
    let pyc = Pyc::parse(file(code(&Parts { consts: tuple(&vec![long; 1_000]), ..Parts::default() })));
    let json = schema::to_json(&pyc, None, Limits::default());
    let cut = json.matches("<int of 150000 bits>").count();
    assert!((1..1_000).contains(&cut), "{cut} are told by their size alone");
}

/// Constants that refer to one text of 100,000 bytes, and 100,000 entries of an exception table: no piece is longer than a text
/// may be, whatever the whole comes to.
#[test]
fn json_is_written_in_small_pieces_however_long_its_lists_are() {
    struct Pieces {
        longest: usize,
        all: usize,
    }
    impl std::io::Write for Pieces {
        fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
            (self.longest, self.all) = (self.longest.max(piece.len()), self.all + piece.len());
            Ok(piece.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let long = [b"\xf5".to_vec(), 100_000_u32.to_le_bytes().to_vec(), vec![b'x'; 100_000]].concat();
    let consts = tuple(&[vec![long], vec![reference(1); 10_000]].concat());
    let exceptions = bytes(&[0x80, 1, 1, 0].repeat(100_000));
    let pyc = Pyc::parse(file(code(&Parts { consts, exceptions, ..Parts::default() })));
    let mut pieces = Pieces { longest: 0, all: 0 };
    schema::write_json(&mut pieces, &pyc, None, Limits { text: 1 << 20, ..Limits::default() }, Vec::new)
        .expect("written");
    assert!(pieces.longest < 101_000, "{} bytes in one piece", pieces.longest);
    // What constants may come to before they are cut, what is left of those cut, and the entries of the table.
    let most = (64 << 20) + 64 * pyc.bytes().len() + 300 * 10_000 + 100 * 100_000;
    assert!(pieces.all < most, "{} bytes", pieces.all);
}

#[test]
fn five_million_bytes_of_jumps() {
    // JUMP_FORWARD 0, and at last RETURN_CONST.
    let mut bytecode = [110, 0].repeat(2_500_000);
    bytecode.extend([121, 0]);
    let pyc = Pyc::parse(file(code(&Parts::of(&bytecode))));
    let inspection = pyc.inspect(None);
    assert_eq!(inspection.diagnostics, []);
    assert_eq!(inspection.findings, []);
    let index = pyc.bytecode_index(pyc.codes()[0]);
    assert_eq!(index.count(), 2_500_001);
}

#[test]
fn jumps_that_all_lead_out_of_the_code_are_counted_past_the_limit() {
    // JUMP_BACKWARD 255 at the start, over and over: only the first hundred lead out. JUMP_FORWARD 255 at the end.
    let pyc = Pyc::parse(file(code(&Parts { code: bytes(&[100, 9].repeat(1_000_000)), ..Parts::default() })));
    let inspection = pyc.inspect(None);
    assert_eq!(inspection.diagnostics.len(), 1_001, "a thousand, and a line for the others");
    let out_of_range = inspection.findings.iter().find(|finding| finding.code == "arguments-out-of-range");
    assert!(out_of_range.expect("a finding").message.contains("1000000 arguments"));
}

#[test]
fn a_line_table_of_a_million_entries() {
    let pyc = Pyc::parse(file(code(&Parts { lines: bytes(&[0xf8].repeat(1_000_000)), ..Parts::default() })));
    let view = pyc.code(pyc.codes()[0]).expect("a code object");
    assert_eq!(view.line_entries().count(), 1_000_000);
    let codes: Vec<&str> = pyc.inspect(None).diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["line-range-out-of-code"]);
}

#[test]
fn an_exception_table_of_a_million_entries() {
    // start 0, length 1, target 1, depth 0
    let exceptions = bytes(&[0x80, 1, 1, 0].repeat(1_000_000));
    let pyc = Pyc::parse(file(code(&Parts { exceptions, ..Parts::default() })));
    let view = pyc.code(pyc.codes()[0]).expect("a code object");
    assert_eq!(view.exception_entries().count(), 1_000_000);
    let diagnostics = pyc.inspect(None).diagnostics;
    assert_eq!(diagnostics.len(), 1_001);
    assert!(diagnostics[..1_000].iter().all(|diagnostic| diagnostic.code == "exception-order"));
    assert!(diagnostics[1_000].message.contains("998999 more"), "{}", diagnostics[1_000].message);
}

/// One entry, for want of a byte that begins another.
#[test]
fn tables_that_are_one_entry_of_a_million_bytes() {
    let table = bytes(&[0x40].repeat(1_000_000));
    let parts = Parts { lines: table.clone(), exceptions: table, ..Parts::default() };
    let pyc = Pyc::parse(file(code(&parts)));
    let view = pyc.code(pyc.codes()[0]).expect("a code object");
    assert_eq!((view.line_entries().count(), view.exception_entries().count()), (1, 1));
    let inspection = pyc.inspect(None);
    let codes: Vec<&str> = inspection.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["bad-exception-entry", "bad-line-entry"]);
    exercise::tiling(&pyc);
}

#[test]
fn a_hundred_thousand_prefixes_belong_to_one_instruction() {
    let bytecode = [[144, 255].repeat(100_000), vec![121, 0]].concat();
    let pyc = Pyc::parse(file(code(&Parts { code: bytes(&bytecode), ..Parts::default() })));
    let inspection = pyc.inspect(None);
    let codes: Vec<&str> = inspection.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["argument-out-of-range"]);
    exercise::tiling(&pyc);
}

#[test]
fn three_hundred_thousand_names() {
    let names = tuple(&vec![name("n"); 300_000]);
    let pyc = Pyc::parse(file(code(&Parts { names, ..Parts::default() })));
    let view = pyc.code(pyc.codes()[0]).expect("a code object");
    assert_eq!(view.items(Field::Names).count(), 300_000);
    assert_eq!(pyc.tree().ids().filter(|&id| pyc.tree().node(id).kind == Kind::ShortAscii).count(), 300_003);
    let inspection = pyc.inspect(None);
    let unused = inspection.findings.iter().find(|finding| finding.code == "unused-name").expect("a finding");
    assert!(unused.message.contains("300000 names"));
}
