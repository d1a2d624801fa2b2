//! `pycxray graph`, as its users meet it.

use std::path::Path;
use std::process::Command;

fn run(arguments: &[&str]) -> (String, String, Option<i32>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compare/tests/pairs/shop.312.pyc");
    let mut command = Command::new(env!("CARGO_BIN_EXE_pycxray"));
    let output = command.arg("graph").arg(file).args(arguments).output().expect("it can be started");
    let text = |bytes| String::from_utf8(bytes).expect("output is text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn a_function_is_listed_block_by_block() {
    let (text, _, status) = run(&["total"]);
    assert_eq!(status, Some(0));
    assert!(text.lines().next().is_some_and(|line| line.ends_with(", 1 loop")), "{text}");
    for part in ["(a loop begins)", "exception to block", "FOR_ITER", ", back\n"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

/// Up to 2.3 its name is `?`.
#[test]
fn the_module_is_drawn_unless_something_else_is_wanted() {
    for version in ["1.5.2", "2.2", "3.12"] {
        let path = format!("{}/../../tests/fixtures/cpython-{version}/hello.pyc", env!("CARGO_MANIFEST_DIR"));
        let output =
            Command::new(env!("CARGO_BIN_EXE_pycxray")).args(["graph", &path]).output().expect("it can be started");
        assert_eq!(output.status.code(), Some(0), "{version}");
        assert!(String::from_utf8_lossy(&output.stdout).contains(" ways, "), "{version}");
    }
}

#[test]
fn it_is_drawn() {
    assert!(run(&["Basket.weigh", "--format", "dot"]).0.starts_with("digraph {\n"));
    assert!(run(&["Basket.weigh", "--format", "svg"]).0.starts_with("<svg "));
    let (folded, ..) = run(&["total", "--nodes", "2"]);
    assert_eq!(folded.matches("\nblock ").count(), 2, "{folded}");
}

#[test]
fn a_name_that_is_not_there_is_told() {
    let (_, error, status) = run(&["nothing"]);
    assert_eq!(status, Some(2));
    assert!(error.contains("there is no code object nothing"), "{error}");
}
