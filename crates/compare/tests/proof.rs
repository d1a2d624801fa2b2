//! Files that are proved to be their source, code object by code object, and sources that are changed so little that names, constants
//! and lines stay what they are.

use std::path::{Path, PathBuf};

use pycxray::Pyc;
use pycxray_compare::verify::{Outcome, Verdict, Verification, verify};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof")
}

fn shop() -> String {
    std::fs::read_to_string(folder().join("shop.py")).expect("the source is there")
}

/// The shop, as each version compiled it at each level of optimization.
fn files() -> Vec<(String, Pyc)> {
    compiled("shop")
}

fn compiled(program: &str) -> Vec<(String, Pyc)> {
    let versions = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"];
    let names =
        versions.iter().flat_map(|version| (0..3).map(move |level| format!("{program}-{version}-opt{level}.pyc")));
    names
        .map(|name| (name.clone(), Pyc::parse(std::fs::read(folder().join(name)).expect("the file is there"))))
        .collect()
}

/// The code objects that are not proved.
fn unproved(said: &Verification) -> Vec<String> {
    let left = said.proofs.iter().filter(|proof| proof.outcome != Outcome::Proved);
    left.map(|proof| format!("{}: {:?}", proof.name, proof.outcome)).collect()
}

#[test]
fn a_file_is_proved_to_be_its_source_at_each_level_of_optimization() {
    let source = shop();
    for (name, pyc) in files() {
        let said = verify(&pyc, source.as_bytes());
        assert_eq!((said.contents, unproved(&said)), (Verdict::Proved, vec![]), "{name}");
        assert_eq!((said.proofs.len(), said.unproved), (pyc.codes().len(), None), "{name}");
    }
}

/// Its level shows in docstrings of modules and classes alone, and in what is never reached.
#[test]
fn a_program_without_docstrings_of_functions_is_proved_at_each_level() {
    let source = std::fs::read(folder().join("plain.py")).expect("the source is there");
    for (name, pyc) in compiled("plain") {
        let said = verify(&pyc, &source);
        assert_eq!((said.contents, unproved(&said)), (Verdict::Proved, vec![]), "{name}: {:?}", said.evidence);
    }
}

/// Which variables a class saves for a comprehension, and which of them are cells, what is one constant and what is computed when it
/// runs: each is that version's own, 3.12.1, 3.13.0, 3.14, 3.15.
#[test]
fn what_each_version_does_in_its_own_way_is_proved() {
    for program in ["inlined", "apart", "scopes"] {
        let source = std::fs::read(folder().join(format!("{program}.py"))).expect("the source is there");
        for version in ["3.12", "3.13", "3.14", "3.15"] {
            let name = format!("{program}-{version}-opt0.pyc");
            let said = verify(&Pyc::parse(std::fs::read(folder().join(&name)).expect("the file is there")), &source);
            assert_eq!((said.contents, unproved(&said)), (Verdict::Proved, vec![]), "{name}: {:?}", said.evidence);
        }
    }
}

/// What was put together before it was taken apart is found in parts. From 3.14 on it is not taken apart, which is not proved.
#[test]
fn a_text_that_is_added_up_and_formatted_is_its_source() {
    let source = std::fs::read(folder().join("added.py")).expect("the source is there");
    for (version, verdict) in [
        ("3.12", Verdict::Proved),
        ("3.13", Verdict::Proved),
        ("3.14", Verdict::Consistent),
        ("3.15", Verdict::Consistent),
    ] {
        let file = folder().join(format!("added-{version}-opt0.pyc"));
        let said = verify(&Pyc::parse(std::fs::read(file).expect("the file is there")), &source);
        assert_eq!(said.contents, verdict, "{version}: {:?}", said.evidence);
    }
}

/// What is changed in the source, in which function, and whether that is certain enough to speak against the file.
const CHANGES: [(&str, &str, &str, bool); 18] = [
    ("item[key] if item else -1", "-1 if item else item[key]", "<lambda>", false),
    ("amount * 60", "amount / 60", "total", true),
    ("price - count", "count - price", "add", false),
    ("price - count", "price + count", "add", true),
    ("amount += reduced", "amount -= reduced", "total", true),
    ("first < second", "second < first", "sorted_by", false),
    ("first < second", "first > second", "sorted_by", true),
    ("first < second", "first <= second", "sorted_by", true),
    (
        "    first = key(items)\n    second = items(key)\n",
        "    second = items(key)\n    first = key(items)\n",
        "sorted_by",
        false,
    ),
    (
        "    first = key(items)\n    second = items(key)\n",
        "    first = items(key)\n    second = key(items)\n",
        "sorted_by",
        false,
    ),
    ("count > self.limit or not rest", "count > self.limit and not rest", "add", false),
    ("or not rest", "or rest", "add", false),
    ("if item else -1", "if not item else -1", "<lambda>", false),
    ("name not in {", "name in {", "<genexpr>", false),
    ("in (first, second)", "in (second, first)", "sorted_by", false),
    ("key: value for key, value", "value: key for key, value", "later", false),
    ("self.owner = owner", "owner = self.owner", "__init__", false),
    ("/, *more", "*more", "add", false),
];

#[test]
fn a_source_that_is_changed_a_little_is_not_proved() {
    let source = shop();
    for (old, new, function, is_certain) in CHANGES {
        assert_eq!(source.matches(old).count(), 1, "{old}");
        let changed = source.replace(old, new);
        for (name, pyc) in files() {
            let said = verify(&pyc, changed.as_bytes());
            let left = unproved(&said);
            let says = || format!("{name}: {old:?} as {new:?}: {:?}, {left:#?}", said.contents);
            assert_ne!(said.contents, Verdict::Proved, "{}", says());
            // Up to 3.11 a comprehension is a code object of its own.
            let is_it = |left: &String| left.contains(function) || left.contains("comp>");
            assert!(left.iter().any(is_it), "{}", says());
            if is_certain {
                assert_eq!(said.contents, Verdict::Inconsistent, "{}", says());
                let points = |evidence: &pycxray_compare::verify::Evidence| {
                    evidence.line.is_some_and(|line| source.lines().nth(line as usize - 1).unwrap().contains(old))
                };
                assert!(said.evidence.iter().any(points), "{:#?}", said.evidence);
            }
        }
    }
}

#[test]
fn what_only_one_level_drops_is_not_proved_where_it_is_missing() {
    let (source, files) = (shop(), files());
    let changes = [
        ("assert price > 0", "assert price < 0", [false, true, true]),
        ("            print(name)\n", "            print(price)\n", [false, true, true]),
        ("Takes an owner", "Takes no owner", [false, false, true]),
        ("Its indentation is", "Its indentation was", [false, false, true]),
    ];
    for (old, new, is_proved) in changes {
        assert_eq!(source.matches(old).count(), 1, "{old}");
        let changed = source.replace(old, new);
        for (at, (name, pyc)) in files.iter().enumerate() {
            let said = verify(pyc, changed.as_bytes());
            assert_eq!(said.contents == Verdict::Proved, is_proved[at % 3], "{name}: {new}: {:?}", unproved(&said));
        }
    }
}

/// Programs with each production of the grammar, and such as once were shown wrongly.
#[test]
fn programs_with_all_of_the_grammar_are_proved() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../source/tests");
    let (mut files, mut wrong) = (0, Vec::new());
    for set in ["grammar", "found"] {
        for version in ["3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"] {
            let Ok(entries) = std::fs::read_dir(tests.join(set).join(version)) else { continue };
            for entry in entries {
                let path = entry.expect("the folder can be read").path();
                let source = tests.join(set).join(path.file_name().unwrap()).with_extension("py");
                let (Ok(bytes), Ok(source)) = (std::fs::read(&path), std::fs::read(source)) else { continue };
                let said = verify(&Pyc::parse(bytes), &source);
                files += 1;
                if said.contents != Verdict::Proved {
                    wrong.push(format!(
                        "{set}/{version}/{:?}: {:?} {:#?}",
                        path.file_name(),
                        said.contents,
                        unproved(&said)
                    ));
                }
            }
        }
    }
    assert!(files > 40, "only {files} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Annotations that are made when they are asked for, and t-strings.
#[test]
fn what_is_made_when_it_is_asked_for_is_proved() {
    let source = std::fs::read_to_string(folder().join("lazily.py")).expect("the source is there");
    let changes = [
        ("first: int\n", "first: str\n", "__annotate__"),
        ("    a: T\n", "    a: U\n", "Generic.__annotate__"),
        ("        m: int\n", "        m: str\n", "Generic.__annotate__"),
        ("v: U, w: T = 1", "v: T, w: U = 1", "__annotate__"),
        ("{ first !r}", "{first!r}", "<module>"),
        ("first.attribute: int = 4", "first.attribute: int = 5", "Generic"),
    ];
    for version in ["3.14", "3.15"] {
        let name = format!("lazily-{version}.pyc");
        let pyc = Pyc::parse(std::fs::read(folder().join(&name)).expect("the file is there"));
        let said = verify(&pyc, source.as_bytes());
        assert_eq!((said.contents, unproved(&said)), (Verdict::Proved, vec![]), "{name}: {:?}", said.evidence);
        for (old, new, code) in changes {
            assert_eq!(source.matches(old).count(), 1, "{old}");
            let said = verify(&pyc, source.replace(old, new).as_bytes());
            let left = unproved(&said);
            assert_ne!(said.contents, Verdict::Proved, "{name}: {new}");
            // 3.15 names the function whose annotations they are too.
            let is_it = |left: &String| left.split_once(':').is_some_and(|(name, _)| name.ends_with(code));
            assert!(left.iter().any(is_it), "{name}: {new}: {left:#?}");
        }
    }
}

/// What clauses of `finally` come to doubles with each that stands in another.
#[test]
fn sources_that_compilers_take_long_for_are_given_up() {
    let (_, pyc) = files().remove(0);
    let mut source = String::from("def total(self):\n");
    for depth in 0..60 {
        let indentation = " ".repeat(depth + 1);
        source.push_str(&format!("{indentation}try:\n{indentation} f()\n{indentation}finally:\n"));
    }
    source.push_str(&format!("{}f()\n", " ".repeat(61)));
    assert_eq!(verify(&pyc, source.as_bytes()).contents, Verdict::Inconsistent);
}

#[test]
fn what_stands_for_a_missing_code_object_is_said_in_words() {
    let source = shop().replace("def total", "def sum_of");
    assert_ne!(source, shop());
    let (_, pyc) = files().into_iter().find(|(name, _)| name == "shop-3.12-opt0.pyc").expect("it is there");
    let said = unproved(&verify(&pyc, source.as_bytes())).join("\n");
    assert!(!said.contains("without a code object"), "{said}");
    assert!(said.contains("what the file has no code object for"), "{said}");
}

/// The source has two lines more at its top than when it was compiled: all is what it was, further down.
#[test]
fn what_stands_on_other_lines_is_proved_all_the_same() {
    let source = shop().replacen("docstring.\"\"\"\n", "docstring.\"\"\"\n# One.\n# Two.\n", 1);
    assert_ne!(source, shop());
    for (name, pyc) in files() {
        let said = verify(&pyc, source.as_bytes());
        assert_eq!((said.contents, unproved(&said)), (Verdict::Inconsistent, vec![]), "{name}");
    }
}

/// A function was taken out of the source: what comes after it is on other lines, and what it was.
#[test]
fn what_is_missing_leaves_the_rest_proved() {
    let source = shop();
    let start = source.find("def total").expect("it is there") - 4;
    let end = source.find("def sorted_by").expect("it is there");
    let source = format!("{}\n\n{}", &source[..start], &source[end..]);
    for (name, pyc) in files() {
        let said = verify(&pyc, source.as_bytes());
        assert_eq!(said.contents, Verdict::Inconsistent, "{name}");
        let unproved = unproved(&said);
        let is_of_total =
            |text: &str| text.contains("total") || text.starts_with("<genexpr>") || text.starts_with("Basket:");
        assert!(unproved.iter().all(|text| is_of_total(text)), "{name}: {unproved:?}");
        assert!(unproved.iter().any(|text| text.contains("the source has nothing")), "{name}: {unproved:?}");
        // That they begin on another line is said once of each, and of nothing in them.
        let said_of = |name| said.evidence.iter().filter(|evidence| evidence.message.starts_with(name)).count();
        assert_eq!((said_of("sorted_by"), said_of("later")), (1, 1), "{name}: {:?}", said.evidence);
    }
}

/// Which part of the source a code object is that stands on another line is likely alone: what differs in it is no evidence.
#[test]
fn what_differs_on_other_lines_is_said_of_the_proof_alone() {
    let changed = shop().replace("price - count", "price + count");
    let moved = format!("# One line.\n{changed}");
    let (_, pyc) = files().into_iter().find(|(name, _)| name == "shop-3.12-opt0.pyc").expect("it is there");
    let evidence = |source: &str| {
        let said = verify(&pyc, source.as_bytes());
        assert!(unproved(&said).iter().any(|text| text.contains("a - b is a + b in the source")), "{said:?}");
        said.evidence.iter().filter(|evidence| evidence.message.contains("In the file, ")).count()
    };
    assert_eq!((evidence(&changed), evidence(&moved)), (1, 0));
}

/// So are annotations, which have code objects of their own from 3.14 on: those of a module or class are named as those of functions.
#[test]
fn annotations_on_other_lines_are_proved_all_the_same() {
    for (program, file) in [("lazily", ""), ("scopes", "-opt0")] {
        let source = std::fs::read_to_string(folder().join(format!("{program}.py"))).expect("the source is there");
        let source = format!("# One line.\n{source}");
        for version in ["3.14", "3.15"] {
            let name = format!("{program}-{version}{file}.pyc");
            let said =
                verify(&Pyc::parse(std::fs::read(folder().join(&name)).expect("it is there")), source.as_bytes());
            assert_eq!((said.contents, unproved(&said)), (Verdict::Inconsistent, vec![]), "{name}");
        }
    }
}
