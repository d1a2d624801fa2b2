//! What must hold for any bytes whatever. The mutation run, the regressions and the fuzz targets all call these.

#![allow(dead_code, unreachable_pub, reason = "each of those needs some of them")]

use pycxray::{
    Field, Inspector, Item, Kind, Limits, Listing, ListingOptions, Operands, Pyc, Region, Sink, Token, schema,
};

/// The leaves tile the file, and each is found again at each end of its bytes.
pub fn tiling(pyc: &Pyc) {
    let mut end = 0;
    for (span, leaf) in pyc.leaves(0) {
        assert_eq!(span.start, end, "{leaf:?} begins where the leaf before it ends");
        assert!(!span.is_empty(), "{leaf:?} has a byte");
        assert_eq!(pyc.leaf_span(leaf), span, "{leaf:?} says the same of itself");
        for offset in [span.start, span.end - 1] {
            assert_eq!(pyc.leaf_at(offset), Some(leaf), "byte {offset:#x}");
        }
        end = span.end;
    }
    assert_eq!(end as usize, pyc.bytes().len(), "the leaves reach the end");
    assert_eq!(pyc.leaf_at(end), None);
}

/// The children of each item lie in it, in order, and name it as their parent. One walk says the same of all of them.
pub fn nesting(pyc: &Pyc) {
    let mut walk = pyc.items();
    let mut open: Vec<(usize, Item)> = pyc.top().rev().map(|item| (0, item)).collect();
    while let Some((depth, item)) = open.pop() {
        let span = pyc.span(item);
        assert_eq!(walk.next(), Some((depth, span, item)));
        assert!(Region::ALL.contains(&pyc.region(item)));
        let (mut at, first) = (span.start, open.len());
        for child in pyc.children(item) {
            assert_eq!(pyc.parent(child), Some(item), "{child:?}");
            let inner = pyc.span(child);
            assert!(span.covers(inner) && at <= inner.start, "{child:?} {inner} in {item:?} {span}");
            at = inner.end;
            open.push((depth + 1, child));
        }
        open[first..].reverse();
    }
    assert_eq!(walk.next(), None);
}

/// Every value can be read, every diagnostic lies in the file.
pub fn values(pyc: &Pyc) {
    for id in pyc.tree().ids() {
        std::hint::black_box(pyc.value(id));
        std::hint::black_box(pyc.text(id));
        if matches!(pyc.tree().node(id).kind, Kind::Tuple | Kind::SmallTuple | Kind::List | Kind::Set | Kind::FrozenSet)
        {
            let mut count = 0;
            let is_flat = pyc.tree().is_flat(id);
            for child in pyc.tree().children(id) {
                assert!(!is_flat || child.index() == id.index() + 1 + count as usize, "{id:?} is not flat");
                assert_eq!(pyc.tree().item(id, count), Some(child), "{id:?}");
                count += 1;
            }
            let is_tight = count > 0 && pyc.tree().behind(id) == id.index() + 1 + count as usize;
            assert_eq!(is_flat, is_tight, "{id:?}");
            assert_eq!((pyc.tree().item_count(id), pyc.tree().item(id, count)), (count, None), "{id:?}");
        }
    }
    for diagnostic in pyc.diagnostics() {
        assert!(diagnostic.span.start <= diagnostic.span.end, "{diagnostic:?}");
        assert!(diagnostic.span.end as usize <= pyc.bytes().len(), "{diagnostic:?} lies in the file");
        assert!(!diagnostic.message.is_empty() && !diagnostic.code.as_str().is_empty());
    }
}

/// Every code object answers, and its instructions tile its bytecode.
pub fn codes(pyc: &Pyc) {
    for &id in pyc.codes() {
        let code = pyc.code(id).expect("a code object");
        for (field, span) in code.fields() {
            assert!(code.span().covers(span), "{field:?}");
            std::hint::black_box((code.number(field), code.text(field), code.items(field).count()));
        }
    }
}

/// All of this of one file.
pub fn decoding(bytes: &[u8]) {
    let pyc = Pyc::parse(bytes);
    tiling(&pyc);
    nesting(&pyc);
    values(&pyc);
    codes(&pyc);
}

/// An inspection in small slices comes to the same as one at once; all it says lies in the file and names an item.
pub fn inspection(pyc: &Pyc) {
    let whole = pyc.inspect(Some(1_700_000_000));
    let mut inspector = Inspector::new(Some(1_700_000_000));
    let mut progress = 0.0;
    while !inspector.step(pyc, 37) {
        let now = inspector.progress(pyc);
        assert!((progress..=1.0).contains(&now), "{progress} then {now}");
        progress = now;
    }
    assert_eq!(inspector.finish(), whole);
    for diagnostic in &whole.diagnostics {
        assert!(diagnostic.span.start <= diagnostic.span.end, "{diagnostic:?}");
        assert!(diagnostic.span.end as usize <= pyc.bytes().len(), "{diagnostic:?} lies in the file");
        assert!(!diagnostic.message.is_empty() && !diagnostic.code.as_str().is_empty());
    }
    for finding in &whole.findings {
        assert!(finding.span.start <= finding.span.end, "{finding:?}");
        assert!(finding.span.end as usize <= pyc.bytes().len(), "{finding:?} lies in the file");
        assert!(pyc.span(finding.item).end as usize <= pyc.bytes().len());
        assert!(!finding.message.is_empty() && !finding.code.as_str().is_empty());
    }
}

/// Takes pieces one by one.
#[derive(Default)]
struct Pieces(String);

impl Sink for Pieces {
    fn push(&mut self, _: Token, text: &str) {
        assert!(!text.is_empty(), "a piece has text");
        self.0.push_str(text);
    }
}

/// What is written piece by piece is what is written at once; nothing is written for ever.
pub fn exports(pyc: &Pyc) {
    let limits = Limits { text: 1_000, ..Limits::default() };
    let json = schema::to_json(pyc, Some("a \"name\""), limits);
    assert!(json.starts_with("{\"schema\":1,") && json.ends_with("]}\n"));
    let mut everything = ListingOptions::default();
    (everything.show_caches, everything.show_positions, everything.file_offsets) = (true, true, true);
    let mut exact = ListingOptions::default();
    exact.exact = true;
    for options in [ListingOptions::default(), everything, exact] {
        let (mut text, mut pieces) = (String::new(), Pieces::default());
        Listing::new(pyc, options, limits).write(&mut text, pyc);
        Listing::new(pyc, options, limits).write(&mut pieces, pyc);
        assert!(text == pieces.0, "pieces joined are the text");
    }
}

/// The meaning of each argument can be told, each constant be written.
pub fn operands(pyc: &Pyc) {
    for &id in pyc.codes() {
        let code = pyc.code(id).expect("a code object");
        let mut operands = Operands::new(&code, 100);
        let index = pyc.bytecode_index(id);
        let mut text = String::new();
        for (position, instruction) in code.instructions().enumerate() {
            std::hint::black_box(operands.meaning(pyc, &instruction));
            text.clear();
            operands.write(&mut text, pyc, &instruction, index.labels());
            assert_eq!(index.at(code.bytecode(), code.python(), instruction.offset), Some((position, instruction)));
        }
        assert_eq!(index.count(), code.instructions().count());
        for constant in code.items(Field::Consts) {
            // The texts of old floats, of up to 255 bytes, are written whole.
            assert!(pyc.repr(constant, 50).len() < 50 + 2 * 4 * 255 + 10);
        }
    }
}
