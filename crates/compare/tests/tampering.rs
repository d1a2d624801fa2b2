//! Two hundred tamperings, each drawn from a seed: none leaves a file that is proved to be its source, and most make it inconsistent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pycxray::Pyc;
use pycxray_compare::verify::{Verdict, verify};
use ruff_python_ast::token::TokenKind;
use ruff_text_size::Ranged;

/// Numbers that look drawn by chance, the same ones in each run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }
}

/// A file that is proved to be its source.
struct Pair {
    name: String,
    pyc: Pyc,
    source: String,
}

fn pairs() -> Vec<Pair> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut found = Vec::new();
    let mut add = |pyc: PathBuf, source: PathBuf| {
        let (Ok(bytes), Ok(text)) = (std::fs::read(&pyc), std::fs::read_to_string(source)) else { return };
        let name = format!("{:?}", pyc.strip_prefix(&tests).unwrap_or(&pyc));
        found.push(Pair { name, pyc: Pyc::parse(bytes), source: text });
    };
    for version in ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13"] {
        add(tests.join(format!("proof/shop-{version}-opt0.pyc")), tests.join("proof/shop.py"));
        for since in ["since_3_6", "since_3_8", "since_3_10", "since_3_11", "since_3_12"] {
            let grammar = tests.join("../../source/tests/grammar");
            add(grammar.join(version).join(format!("{since}.pyc")), grammar.join(format!("{since}.py")));
        }
    }
    found.retain(|pair| verify(&pair.pyc, pair.source.as_bytes()).contents == Verdict::Proved);
    assert!(found.len() > 20, "only {} pairs are proved", found.len());
    found
}

/// Changes a source in one place; `None` if it has no such place.
type Tampering = fn(&str, &mut Chance) -> Option<String>;

const TAMPERINGS: [(&str, Tampering); 5] = [
    ("a string changed", string_changed),
    ("a call added", call_added),
    ("a function swapped", function_swapped),
    ("lines shifted", lines_shifted),
    ("an operator changed", operator_changed),
];

/// The tokens of a source that one of these may be, each with its text.
fn tokens(source: &str, is_it: impl Fn(TokenKind, &str) -> bool) -> Vec<std::ops::Range<usize>> {
    let parsed = ruff_python_parser::parse_module(source).expect("it is Python");
    let ranges = parsed.tokens().iter().map(|token| (token.kind(), token.range().to_std_range()));
    ranges.filter(|(kind, range)| is_it(*kind, &source[range.clone()])).map(|(_, range)| range).collect()
}

fn replaced(source: &str, range: std::ops::Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &source[..range.start], &source[range.end..])
}

fn string_changed(source: &str, chance: &mut Chance) -> Option<String> {
    let mut strings =
        tokens(source, |kind, text| kind == TokenKind::String && text.len() > 4 && text.starts_with(['\'', '"']));
    // A statement that is nothing but a text leaves nothing behind.
    let is_statement = |range: &std::ops::Range<usize>| {
        let line = source[..range.start].rfind('\n').map_or(0, |end| end + 1);
        source[line..range.start].trim().is_empty() && source[range.end..].starts_with('\n')
    };
    strings.retain(|range| !is_statement(range));
    let range = strings.get(chance.below(strings.len().max(1)))?.clone();
    let text = &source[range.clone()];
    let letters: Vec<usize> =
        text.match_indices(|letter: char| letter.is_ascii_lowercase()).map(|(at, _)| at).collect();
    let at = *letters.get(chance.below(letters.len().max(1)))?;
    let letter = if text.as_bytes()[at] == b'z' { "a" } else { "z" };
    Some(replaced(source, range.start + at..range.start + at + 1, letter))
}

/// The ends of lines of simple statements in functions.
fn ends_of_statements(source: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end();
        let is_simple = text.starts_with("    ") && [" = ", " += "].iter().any(|sign| text.contains(sign));
        if is_simple && text.ends_with(|last: char| last.is_alphanumeric() || last == ')') && !text.contains(['#', '"'])
        {
            ends.push(at + text.len());
        }
        at += line.len();
    }
    ends
}

fn call_added(source: &str, chance: &mut Chance) -> Option<String> {
    let ends = ends_of_statements(source);
    let at = *ends.get(chance.below(ends.len().max(1)))?;
    let tampered = replaced(source, at..at, "; spy()");
    ruff_python_parser::parse_module(&tampered).is_ok().then_some(tampered)
}

/// Two functions without parameters, or with the same ones, that bear each other's names.
fn function_swapped(source: &str, chance: &mut Chance) -> Option<String> {
    let mut functions: BTreeMap<&str, Vec<std::ops::Range<usize>>> = BTreeMap::new();
    for (at, _) in source.match_indices("\ndef ") {
        let rest = &source[at + 5..];
        let (Some(open), Some(end)) = (rest.find('('), rest.find('\n')) else { continue };
        if open < end {
            functions.entry(&rest[open..end]).or_default().push(at + 5..at + 5 + open);
        }
    }
    let alike: Vec<_> = functions.into_values().filter(|alike| alike.len() > 1).collect();
    let alike = alike.get(chance.below(alike.len().max(1)))?;
    let first = chance.below(alike.len() - 1);
    let (one, other) = (alike[first].clone(), alike[first + 1].clone());
    let tampered = replaced(source, other.clone(), &source[one.clone()]);
    Some(replaced(&tampered, one, &source[other]))
}

fn lines_shifted(source: &str, chance: &mut Chance) -> Option<String> {
    let starts: Vec<usize> =
        source.match_indices("\ndef ").chain(source.match_indices("\n    return ")).map(|(at, _)| at).collect();
    let at = *starts.get(chance.below(starts.len().max(1)))?;
    Some(replaced(source, at..at, "\n\n"))
}

fn operator_changed(source: &str, chance: &mut Chance) -> Option<String> {
    const OTHERS: [(&str, &str); 12] = [
        ("+", "-"),
        ("-", "+"),
        ("*", "+"),
        ("/", "*"),
        ("<", ">"),
        (">", "<="),
        ("==", "!="),
        ("!=", "=="),
        ("and", "or"),
        ("or", "and"),
        ("+=", "-="),
        ("<<", ">>"),
    ];
    let other = |text: &str| OTHERS.iter().find(|(old, _)| *old == text).map(|(_, new)| *new);
    let operators =
        tokens(source, |kind, text| other(text).is_some() && kind != TokenKind::String && kind != TokenKind::Comment);
    let range = operators.get(chance.below(operators.len().max(1)))?.clone();
    let new = other(&source[range.clone()])?;
    let tampered = replaced(source, range, new);
    ruff_python_parser::parse_module(&tampered).is_ok().then_some(tampered)
}

#[test]
fn no_tampering_is_proved() {
    let (pairs, mut chance) = (pairs(), Chance(0x2026_1129));
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut tried = 0;
    while tried < 200 {
        let (what, tamper) = TAMPERINGS[tried % TAMPERINGS.len()];
        let pair = &pairs[chance.below(pairs.len())];
        let Some(tampered) = tamper(&pair.source, &mut chance) else { continue };
        tried += 1;
        let said = verify(&pair.pyc, tampered.as_bytes());
        let count = counts.entry(what).or_default();
        count[0] += 1;
        count[1] += usize::from(said.contents == Verdict::Inconsistent);
        if said.contents == Verdict::Proved {
            let changed = pair.source.lines().zip(tampered.lines()).find(|(old, new)| old != new);
            missed.push(format!("{}: {what}: {changed:?}", pair.name));
        }
    }
    println!("{counts:#?}");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    let inconsistent: usize = counts.values().map(|count| count[1]).sum();
    assert!(inconsistent >= 150, "{inconsistent}: {counts:?}");
}

/// What one release of a program was compiled to is not the source of another.
#[test]
fn another_release_is_not_proved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let mut tried = 0;
    for source in ["shop.py", "shop_changed.py", "shop_grown.py"] {
        let Ok(text) = std::fs::read(folder.join(source)) else { continue };
        for entry in std::fs::read_dir(&folder).expect("the folder is there").map_while(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".pyc") else { continue };
            let is_own = stem.split('.').next() == source.strip_suffix(".py");
            let said = verify(&Pyc::parse(std::fs::read(entry.path()).expect("it can be read")), &text);
            assert!(is_own || said.contents != Verdict::Proved, "{name} and {source}: {:?}", said.contents);
            tried += usize::from(!is_own);
        }
    }
    assert!(tried > 3, "only {tried} were tried");
}
