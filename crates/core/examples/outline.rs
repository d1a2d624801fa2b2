//! Prints every part of a file with its bytes: `cargo run --example outline -- FILE`.

use pycxray::{Item, Pyc};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "tests/fixtures/cpython-3.12/hello.pyc".to_owned());
    let pyc = Pyc::parse(std::fs::read(&path)?);
    println!("{path}: {} {}", pyc.python().implementation, pyc.python().version);
    // A stack of our own: however deep a file nests, this does not.
    let mut open: Vec<(usize, Item)> = pyc.top().rev().map(|item| (0, item)).collect();
    while let Some((depth, item)) = open.pop() {
        let name = match item {
            Item::Object(id) => pyc.tree().node(id).kind.name(),
            Item::Number(_, field) => field.name(),
            other => other.sort(),
        };
        println!("{:<14} {:width$}{name}", pyc.span(item).to_string(), "", width = depth * 2);
        let children: Vec<Item> = pyc.children(item).collect();
        open.extend(children.into_iter().rev().map(|child| (depth + 1, child)));
    }
    for diagnostic in pyc.diagnostics() {
        println!("{}: {}", diagnostic.severity.name(), diagnostic.message);
    }
    Ok(())
}
