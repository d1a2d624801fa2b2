//! A source's tree as the tree that `pycxray-source` lowers: one body for each code object of a file.
//!
//! What in the source makes a code object is given the code object that the file has for it, by name and line; whether it is that
//! one, the proof finds out. What has no counterpart is left out and said so: the code object that it stands in is not proved then.

mod annotation;
mod claim;
mod comprehension;
mod constant;
mod definition;
mod docstring;
mod expr;
mod fold;
mod format;
mod generics;
mod left_out;
mod name;
mod parameters;
mod pattern;
mod percent;
mod static_attributes;
mod stmt;
mod surrogates;

use std::collections::HashMap;

use pycxray_source::ast::{Body, Expr, ExprId, Stmt, StmtId};
use pycxray_source::constant::Name;
use pycxray_source::graph::Origin;
use pycxray_source::unit::{CodeId, Units};
use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

use super::lines::Lines;
use claim::Claims;

/// How a file was compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// As it stands.
    Plain,
    /// `-O`: without `assert`, `__debug__` is false.
    WithoutAsserts,
    /// `-OO`: without docstrings as well.
    WithoutDocstrings,
}

/// What became of a source.
#[derive(Debug)]
pub(super) struct Converted {
    /// By code object: its body.
    pub(super) bodies: Vec<Body>,
    /// By code object: why it is not what the source says, or was not compared with it.
    pub(super) notes: Vec<Option<String>>,
    /// What speaks for a level.
    pub(super) hints: Hints,
    /// The code objects that no part of the source has, in order.
    pub(super) without_source: Vec<CodeId>,
}

/// What in a source and its file tells how it was compiled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints {
    /// How many docstrings the source has.
    pub(super) docstrings: usize,
    /// How many of them are those of functions.
    pub(super) of_functions: usize,
    /// Of how many of these the file has one, too.
    pub(super) kept: usize,
    /// Whether the source has an `assert`, or asks for `__debug__`.
    pub(super) asks_debug: bool,
}

/// Why something was left out.
type Reason = String;

/// What was made of a part of the source.
type Made<T> = Result<T, Reason>;

/// How deep expressions and statements nest: lowering goes no deeper either.
const DEPTH: usize = 400;

/// Converts `module`, whose source has these lines and this text, for the code objects of a file. Those in `moved`, which is in order,
/// may be of other lines than they say.
pub(super) fn convert(
    units: &Units,
    module: &ast::ModModule,
    (lines, text): (&Lines, &str),
    level: Level,
    moved: &[CodeId],
) -> Converted {
    let count = units.units.len();
    let mut converter = Converter {
        units,
        lines,
        text,
        level,
        has_text_annotations: super::facts::has_text_annotations(&module.body),
        claims: Claims::new(units, moved),
        waiting: Vec::new(),
        bodies: vec![None; count],
        notes: vec![None; count],
        attributes: HashMap::new(),
        hints: Hints::default(),
        at: Place { code: CodeId(0), class: None, class_around: None },
        body: Body::default(),
        annotation_texts: None,
        deferred: None,
        begins: [module.body.first().map_or(1, |first| lines.of(annotation::begin(first))), 1],
        parentheses: None,
        missing_texts: Vec::new(),
        depth: 0,
    };
    converter.waiting.push((converter.at.clone(), Part::Module(&module.body)));
    while let Some((place, part)) = converter.waiting.pop() {
        converter.part(place, part);
    }
    converter.check_static_attributes();
    converter.finish()
}

/// Where the conversion is.
#[derive(Clone, Debug)]
struct Place {
    /// The code object.
    code: CodeId,
    /// The name of the innermost class around, or of the class itself: private names are mangled with it.
    class: Option<Name>,
    /// The code object of the innermost class around it.
    class_around: Option<CodeId>,
}

/// What is the source of a code object.
#[derive(Clone, Debug)]
enum Part<'s> {
    Module(&'s [ast::Stmt]),
    Function(&'s ast::StmtFunctionDef),
    Lambda(&'s ast::ExprLambda),
    Class(&'s ast::StmtClassDef),
    Comprehension(&'s ast::Expr),
    /// The value of a type alias, the bound or default of a type parameter.
    Value(&'s ast::Expr),
    /// The annotations of a function (3.14+).
    Annotations(&'s ast::StmtFunctionDef),
    /// Those of the variables of a module or class (3.14+).
    Deferred(annotation::Deferred<'s>),
}

struct Converter<'s> {
    units: &'s Units,
    lines: &'s Lines,
    text: &'s str,
    level: Level,
    /// `from __future__ import annotations`
    has_text_annotations: bool,
    /// Which part of the source has which code object.
    claims: Claims<'s>,
    /// What is still to be converted.
    waiting: Vec<(Place, Part<'s>)>,
    bodies: Vec<Option<Body>>,
    notes: Vec<Option<String>>,
    /// By class: the attributes of `self` that its methods set.
    attributes: HashMap<CodeId, std::collections::BTreeSet<Name>>,
    hints: Hints,
    at: Place,
    /// The body that is being made.
    body: Body,
    /// The texts among the constants of a code object, by the tree that they parse to.
    annotation_texts: Option<(CodeId, annotation::Texts)>,
    /// The annotations of the body at hand that are made when they are asked for.
    deferred: Option<annotation::Deferred<'s>>,
    /// The lines on which the module may be said to begin: that of its first statement, and the first.
    begins: [u32; 2],
    /// The line on which the parentheses of a call begin, whose only argument is a generator expression: they are its own.
    parentheses: Option<u32>,
    /// Where that stands in the body at hand for which the file has no code object.
    missing_texts: Vec<TextRange>,
    depth: usize,
}

impl<'s> Converter<'s> {
    fn since(&self, minor: u8) -> bool {
        self.units.since(3, minor)
    }

    /// The line of the source on which a node begins.
    fn line(&self, node: &impl Ranged) -> u32 {
        self.lines.of(node.start().to_u32())
    }

    /// Adds an expression to the body.
    fn add(&mut self, expr: Expr) -> ExprId {
        self.body.expr(expr, Origin::None)
    }

    /// Adds a statement to the body.
    fn add_stmt(&mut self, stmt: Stmt) -> StmtId {
        self.body.stmt(stmt, Origin::None)
    }

    /// Notes why a code object is not proved.
    fn note(&mut self, code: CodeId, reason: impl Into<String>) {
        if let Some(note) = self.notes.get_mut(code.0 as usize) {
            note.get_or_insert_with(|| reason.into());
        }
    }

    /// Converts what is the source of a code object.
    fn part(&mut self, place: Place, part: Part<'s>) {
        self.at = place;
        self.body = Body::default();
        self.depth = 0;
        self.parentheses = None;
        let mut stmts = match part {
            Part::Module(stmts) => self.module_body(stmts),
            Part::Function(function) => self.function_body(function),
            Part::Class(class) => self.class_body(class),
            Part::Lambda(lambda) => self.returned(&lambda.body),
            Part::Value(value) => self.returned(value),
            Part::Comprehension(comprehension) => self.comprehension_body(comprehension),
            Part::Annotations(function) => self.annotate_body(function),
            Part::Deferred(deferred) => self.deferred_body(&deferred),
        };
        if let Some(deferred) = self.deferred.take() {
            self.waiting.push((deferred.place.clone(), Part::Deferred(deferred)));
        }
        stmts.extend(self.names_of_missing());
        self.body.stmts = stmts;
        let code = self.at.code.0 as usize;
        if let Some(slot) = self.bodies.get_mut(code) {
            *slot = Some(std::mem::take(&mut self.body));
        }
    }

    /// The body that is one `return`.
    fn returned(&mut self, value: &'s ast::Expr) -> Vec<StmtId> {
        let stmt = match self.expr(value) {
            Ok(value) => self.add_stmt(Stmt::Return(Some(value))),
            Err(reason) => self.unshaped(reason),
        };
        vec![stmt]
    }

    fn finish(self) -> Converted {
        let body_of_none = || {
            let mut body = Body::default();
            let reason = "the source has nothing that it could be made of".to_owned();
            body.stmts = vec![body.stmt(Stmt::Unshaped { start: 0, end: 0, reason }, Origin::None)];
            body
        };
        let is_without = |code: &CodeId| {
            self.bodies.get(code.0 as usize).is_some_and(Option::is_none) && !self.units.get(*code).is_left_out
        };
        let without_source = self.units.units.iter().map(|unit| unit.id).filter(is_without).collect();
        let bodies = self.bodies.into_iter().map(|body| body.unwrap_or_else(body_of_none)).collect();
        Converted { bodies, notes: self.notes, hints: self.hints, without_source }
    }
}
