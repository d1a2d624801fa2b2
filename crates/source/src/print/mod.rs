//! Tree to text: the source of a file in the grammar of the Python that wrote it.
//!
//! Expressions are written from a list of what is still to be written, not by recursion, so their depth is no matter. Statements nest as
//! deep as Python's own limit of 100 indentations; what nests deeper is written as a region without a shape. With the text comes the range
//! of each node.

mod annotations;
mod constant;
mod definition;
mod expr;
mod format;
mod function;
mod lines;
mod module;
mod operator;
mod pattern;
mod precedence;
mod python2;
mod simple;
mod stmt;

pub(crate) use format::check_fields;

use std::ops::Range;

use crate::ast::Body;
use crate::constant::Name;
use crate::name::{Grammar, is_identifier, substitute};
use crate::unit::{CodeId, Unit, Units};

/// How the text is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// Whether each statement stands on its original line, as far as that is known and the text before it is not longer.
    pub keep_lines: bool,
}

/// Where a node stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRange {
    /// Whose body it is a node of.
    pub code: CodeId,
    /// Its number there.
    pub node: u32,
    /// Its text, in bytes.
    pub range: Range<usize>,
}

/// Gives the listing of a part of a code object's bytecode, from and to these bytes, for where source has no shape for it.
pub type Listing<'l> = &'l dyn Fn(CodeId, u32, u32) -> String;

/// What was printed.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// The text. Each line ends in `\n`.
    pub text: String,
    /// The range of each node that was written, an inner one before the one around it.
    pub ranges: Vec<NodeRange>,
    /// The code objects of which something could not be written.
    pub unwritten: Vec<CodeId>,
}

/// Prints the body of the module, and all that is made in it; below it, one after the other, those of other modules in the file, such
/// as py2exe's list has. `bodies` has those of all code objects, by [`CodeId`].
#[must_use]
pub fn print(units: &Units, bodies: &[Body], layout: Layout, listing: Listing<'_>) -> Printed {
    let mut printer = Printer::new(units, bodies, layout, listing);
    printer.module(CodeId(0));
    let others = units.units.iter().skip(1).filter(|unit| unit.parent.is_none() && unit.kind.is_module());
    others.for_each(|unit| printer.another_module(unit.id));
    printer.out
}

/// Prints one code object by itself: a function or class as the statement that makes it, without what the code around owns.
#[must_use]
pub fn print_one(units: &Units, bodies: &[Body], code: CodeId, layout: Layout, listing: Listing<'_>) -> Printed {
    let mut printer = Printer::new(units, bodies, layout, listing);
    printer.alone(code);
    printer.out
}

struct Printer<'p> {
    units: &'p Units,
    bodies: &'p [Body],
    layout: Layout,
    listing: Listing<'p>,
    out: Printed,
    indent: usize,
    /// How many line ends were written.
    lines: u32,
    /// The original line of the statement before.
    last_line: Option<u32>,
    /// The last original line of what is written of a statement.
    item_line: Option<u32>,
    /// In how many f-strings this is.
    format_depth: usize,
    /// In how many `try` statements.
    tries: usize,
    grammar: Grammar,
}

impl<'p> Printer<'p> {
    fn new(units: &'p Units, bodies: &'p [Body], layout: Layout, listing: Listing<'p>) -> Self {
        let out = Printed::default();
        let grammar = Grammar::of(units);
        Self {
            units,
            bodies,
            layout,
            listing,
            out,
            indent: 0,
            lines: 0,
            last_line: None,
            item_line: None,
            format_depth: 0,
            tries: 0,
            grammar,
        }
    }

    fn unit(&self, code: CodeId) -> &'p Unit {
        self.units.get(code)
    }

    /// The body of a code object, if it has one.
    fn body(&self, code: CodeId) -> Option<&'p Body> {
        self.bodies.get(code.0 as usize)
    }

    fn push(&mut self, text: &str) {
        self.out.text.push_str(text);
        self.lines += text.bytes().filter(|byte| *byte == b'\n').count() as u32;
    }

    /// What stands in the place of a part of a code object that cannot be written.
    fn push_unwritten(&mut self, code: CodeId) {
        self.push("__not_reconstructed__");
        self.out.unwritten.push(code);
    }

    fn begin_line(&mut self) {
        for _ in 0..self.indent {
            self.out.text.push_str("    ");
        }
    }

    fn end_line(&mut self) {
        self.push("\n");
    }

    /// Notes that a node was written from `start` on.
    fn note(&mut self, code: CodeId, node: u32, start: usize) {
        self.out.ranges.push(NodeRange { code, node, range: start..self.out.text.len() });
    }

    /// A name as it was written: private names of a class are mangled in bytecode (`_C__x` for `__x`).
    fn written(&self, code: CodeId, name: &Name) -> Name {
        spelled(&self.unit(code).unmangled(name), self.grammar)
    }
}

/// Text that stands in a comment, so that no line of it tells an encoding (PEP 263).
pub(crate) fn without_encoding(text: &str) -> String {
    text.replace("coding:", "coding :").replace("coding=", "coding =")
}

/// A name, or what is written in its place if it is none.
fn spelled(name: &Name, grammar: Grammar) -> Name {
    if is_identifier(name, grammar) { name.clone() } else { substitute(name).into() }
}

/// The same for the name of a module, with dots.
fn spelled_module(name: &str, grammar: Grammar) -> String {
    let part = |part: &str| if part.is_empty() { String::new() } else { spelled(&part.into(), grammar).to_string() };
    name.split('.').map(part).collect::<Vec<_>>().join(".")
}
